//! The C interface: whatever the texts and pointers, a call comes back with one of its numbers, and
//! with a text of JSON that can be freed. An error of Huize itself is a crash here.
#![no_main]

use std::ffi::{CStr, CString, c_char};
use std::ptr::null_mut;

use huize_c::{
    HUIZE_BAD_ARGUMENT, HUIZE_OK, HUIZE_REFUSED, HuizeService, huize_check, huize_decide,
    huize_explain, huize_schema, huize_service_free, huize_service_from_texts, huize_text_free,
};
use huize_fuzz::mutate_bytes;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

const BETWEEN: &[u8] = b"\n=====\n";

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    mutate_bytes(data, size, most, seed, fuzzer_mutate)
});

fuzz_target!(|bytes: &[u8]| {
    let between = bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN);
    let (law, facts) = match between {
        Some(at) => (&bytes[..at], &bytes[at + BETWEEN.len()..]),
        None => (bytes, &b"{}"[..]),
    };
    // A text of C ends at its first NUL.
    let text = |bytes: &[u8]| {
        CString::new(bytes.split(|byte| *byte == 0).next().unwrap_or_default()).expect("no NUL")
    };
    let (law, facts, name) = (text(law), text(facts), c"fuzz.hz");
    let (names, texts) = ([name.as_ptr()], [law.as_ptr()]);
    // SAFETY: one pointer each, to texts that end in NUL and outlive the calls.
    let service = unsafe { huize_service_from_texts(names.as_ptr(), texts.as_ptr(), 1) };
    if service.is_null() {
        assert!(law.to_str().is_err(), "null for texts that are UTF-8");
        return;
    }
    let mut answer = null_mut();
    // SAFETY: a service of ours, texts that end in NUL, a place for a pointer; each answer is freed
    // once and the service last.
    unsafe {
        let decided = huize_decide(service, facts.as_ptr(), &mut answer);
        came_back(decided, answer);
        for english in [0, 1] {
            let explained = huize_explain(service, facts.as_ptr(), english, &mut answer);
            came_back(explained, answer);
        }
        for results in [0, 1] {
            let schema = huize_schema(service, c"fuzz".as_ptr(), results, &mut answer);
            came_back(schema, answer);
        }
        let checked = huize_check(service, &mut answer);
        came_back(checked, answer);
        bad_arguments(service, facts.as_ptr());
        huize_service_free(service);
    }
});

/// # Safety
///
/// `answer` comes from a call that has just returned `number`.
unsafe fn came_back(number: i32, answer: *mut c_char) {
    match number {
        HUIZE_OK | HUIZE_REFUSED => {
            // SAFETY: as the caller says.
            let text = unsafe { CStr::from_ptr(answer) }.to_str().expect("UTF-8");
            serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        }
        HUIZE_BAD_ARGUMENT => assert!(answer.is_null(), "no text for a bad argument"),
        other => panic!("an error of Huize itself: {other}"),
    }
    // SAFETY: as the caller says; null is nothing.
    unsafe { huize_text_free(answer) };
}

/// # Safety
///
/// `service` is a service, `facts` a text that ends in NUL.
unsafe fn bad_arguments(service: *const HuizeService, facts: *const c_char) {
    let mut answer = null_mut();
    // SAFETY: nulls where the interface says that they are looked at.
    unsafe {
        assert_eq!(huize_decide(service, facts, null_mut()), HUIZE_BAD_ARGUMENT);
        assert_eq!(huize_decide(service, std::ptr::null(), &mut answer), HUIZE_BAD_ARGUMENT);
        assert_eq!(huize_decide(std::ptr::null(), facts, &mut answer), HUIZE_BAD_ARGUMENT);
    }
    assert!(answer.is_null());
}
