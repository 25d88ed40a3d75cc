//! Any text, formatted in both surfaces: either refused with a reason, or stable.

#![no_main]

use libfuzzer_sys::fuzz_target;
use watpl::format;
use watpl::source::Sources;

fuzz_target!(|text: &str| {
    for name in ["fuzz.yaml", "fuzz.watpl"] {
        let mut sources = Sources::default();
        let first = sources.add(name, text);
        let Some(Ok(once)) = sources.get(first).map(|source| format::format(source)) else { continue };
        let mut again = Sources::default();
        let second = again.add(name, once.as_str());
        let twice = again.get(second).map(|source| format::format(source));
        assert_eq!(twice.and_then(Result::ok).as_ref(), Some(&once), "{text:?}");
    }
});
