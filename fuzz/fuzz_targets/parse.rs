//! Any text: it is read without a crash, its tokens are the whole of it, and what can be formatted
//! means the same and is laid out for good.
#![no_main]

use huize::diagnostic::{Language, render};
use huize::format::{Dialect, FormatOptions, format};
use huize::source::SourceMap;
use huize::syntax::token::tokens;
use huize::syntax::{mask_markdown, parse};
use huize_fuzz::mutate_bytes;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    mutate_bytes(data, size, most, seed, fuzzer_mutate)
});

fuzz_target!(|bytes: &[u8]| {
    let text = &*String::from_utf8_lossy(bytes);
    let joined: String = tokens(text).iter().map(|token| token.text(text)).collect();
    assert_eq!(joined, text, "the tokens are the text");

    let mut sources = SourceMap::default();
    let source = sources.add("fuzz.hz", text);
    let parsed = parse(source, text);
    for error in &parsed.errors {
        for language in [Language::Zh, Language::En] {
            assert!(!render::plain(&error.diagnostic(), &sources, language).is_empty());
        }
    }
    assert_eq!(mask_markdown(text).len(), text.len(), "places in a literate file stay true");

    for dialect in [None, Some(Dialect::Zh), Some(Dialect::En)] {
        let options = FormatOptions { dialect, ..FormatOptions::default() };
        let Ok(once) = format(source, text, &options) else { continue };
        let twice = format(source, &once, &options).expect("what was formatted can be read");
        assert_eq!(once, twice, "formatting is idempotent");
    }
});
