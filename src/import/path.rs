//! Names of files: what comes from an account never decides where something is written.

use sha2::{Digest, Sha256};

use crate::hash::hex;
use crate::model::{MediaFormat, TemplateName};

/// Names that are devices on Windows, whatever their ending (Microsoft, "Naming Files, Paths, and Namespaces").
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// The longest stem. File systems take 255 bytes, and an ending and the name of a temporary file are to fit.
const MAX_STEM: usize = 120;

/// The stem of the file of a template: its name, unless some system could not keep a file of that name.
pub fn file_stem(name: &TemplateName) -> String {
    let name = name.as_str();
    if is_device(name) {
        return format!("{name}_template");
    }
    if name.len() > MAX_STEM {
        let start: String = name.chars().take(MAX_STEM - 9).collect();
        let digest: String = hex(&Sha256::digest(name)).chars().take(8).collect();
        return format!("{start}_{digest}");
    }
    name.to_owned()
}

fn is_device(name: &str) -> bool {
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    DEVICES.contains(&name)
        || port.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
}

/// Where the sample of a media header is expected, relative to the template's file. Meta gives back an address that
/// ends to work, so the sample has to come from where it was made.
pub fn sample_path(name: &str, format: MediaFormat, card: Option<usize>) -> String {
    let stem = TemplateName::new(name).map(|name| file_stem(&name)).unwrap_or_default();
    let card = card.map(|card| format!("_card_{}", card + 1)).unwrap_or_default();
    let ending = match format {
        MediaFormat::Image => "jpg",
        MediaFormat::Video | MediaFormat::Gif => "mp4",
        MediaFormat::Document => "pdf",
    };
    format!("media/{stem}{card}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_can_keep_the_file() {
        let stem = |name: &str| file_stem(&TemplateName::new(name).expect("a name"));
        assert_eq!(stem("order_shipped"), "order_shipped");
        assert_eq!(stem("con"), "con_template");
        assert_eq!(stem("com1"), "com1_template");
        assert_eq!(stem("com10"), "com10");
        assert_eq!(stem("_"), "_");
        let (long, other) = ("a".repeat(512), format!("{}b", "a".repeat(511)));
        assert_eq!(stem(&long).len(), MAX_STEM);
        assert_ne!(stem(&long), stem(&other));
    }
}
