//! Any receipt: reading and verifying it ends, with a problem or a verdict, and what is read is
//! written again as it was. A receipt that was altered and sealed anew gets past its hash, so that
//! what lies behind is tried too.
#![no_main]

use huize::diagnostic::Language;
use huize::engine::Library;
use huize::receipt::{Law, Receipt};
use huize_fuzz::mutate_bytes;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use sha2::{Digest as _, Sha256};

const SEAL: &str = ",\n  \"sha256\": \"";

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    mutate_bytes(data, size, most, seed, fuzzer_mutate)
});

fuzz_target!(|bytes: &[u8]| {
    tried(bytes);
    if let Some(sealed) = std::str::from_utf8(bytes).ok().and_then(sealed) {
        tried(sealed.as_bytes());
    }
});

/// The text with the hash that it should have.
fn sealed(text: &str) -> Option<String> {
    let (body, _) = text.rsplit_once(SEAL)?;
    let hash: String =
        Sha256::digest(format!("{body}\n}}")).iter().map(|byte| format!("{byte:02x}")).collect();
    Some(format!("{body}{SEAL}{hash}\"\n}}\n"))
}

fn tried(bytes: &[u8]) {
    let receipt = match Receipt::read(bytes) {
        Ok(receipt) => receipt,
        Err(error) => return assert!(!error.to_string().is_empty(), "refused without a word"),
    };
    assert_eq!(receipt.to_text().as_bytes(), bytes, "read, and written as it was");
    for language in [Language::Zh, Language::En] {
        let _ = receipt.decided(language);
    }
    let empty = Library::from_texts(Vec::new());
    for law in [Law::Kept, Law::Given(&empty)] {
        match receipt.verify(law, None) {
            Ok(verdict) => drop(verdict.is_same()),
            Err(error) => assert!(!error.to_string().is_empty(), "refused without a word"),
        }
    }
}
