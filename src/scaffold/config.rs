//! A `watpl.yaml` to begin from.

use crate::model::Language;

/// The initial configuration of a project.
#[derive(Debug)]
pub struct ConfigScaffold {
    /// Languages that every template should have.
    pub languages: Vec<Language>,
    /// An account at Meta, in addition to the sandbox.
    pub waba_id: Option<String>,
}

/// The configuration, with comments.
pub fn text(beginning: &ConfigScaffold) -> String {
    let languages: Vec<&str> = beginning.languages.iter().map(|language| language.code()).collect();
    format!(
        "# Template files and folders.\n\
         templates: [templates]\n\n\
         # Languages that every template must have.\n\
         languages: [{}]\n\n\
         # Values of ${{name}} in templates. An account can have its own values.\n\
         constants:\n  \
           company: My Company\n  \
           shop: https://shop.example\n  \
           portal: https://my.shop.example\n  \
           support_phone: \"+15550051310\"\n\n\
         # Severities of rules: off, info, warning or error. `watpl explain` lists the rules.\n\
         # lint:\n\
         #   rules: {{ phone-only-buttons: off }}\n\n\
         # The account that commands use without `--account`.\n\
         default_account: sandbox\n\n\
         accounts:\n  \
           sandbox: {{ kind: sandbox }} # an emulated Graph API; needs no account at Meta\n{}",
        languages.join(", "),
        account(beginning.waba_id.as_deref())
    )
}

fn account(waba_id: Option<&str>) -> String {
    let (mark, id) = match waba_id {
        Some(id) => ("", id),
        None => ("# ", "102290129340398"),
    };
    format!(
        "  {mark}production:\n  \
           {mark}  waba_id: \"{id}\"\n  \
           {mark}  token: {{ env: WATPL_TOKEN }} # or {{ file: … }} or {{ command: […] }}; never the token itself\n  \
           {mark}  constants: {{ shop: https://www.shop.example }}\n"
    )
}
