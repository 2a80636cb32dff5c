//! Huize behind a C interface: JSON texts in, JSON texts out.
//!
//! Every function is safe to call from several threads on one service. No panic crosses the
//! boundary: a failure of ours comes back as an error text. Texts are UTF-8 and end in NUL; a text
//! that a function returns is freed with [`huize_text_free`], a service with
//! [`huize_service_free`], each once.

use std::ffi::{CStr, CString, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};

use huize::diagnostic::Language;
use huize::engine::{JsonService, Library};

/// The version of this interface: it grows by one whenever a function or a meaning changes.
pub const HUIZE_ABI_VERSION: u32 = 1;

/// It went well: the text is the answer.
pub const HUIZE_OK: i32 = 0;
/// The input cannot be used: the text is a JSON list of findings, each with a code.
pub const HUIZE_REFUSED: i32 = 1;
/// A pointer was null, or a text was not UTF-8.
pub const HUIZE_BAD_ARGUMENT: i32 = 2;
/// An error of Huize itself.
pub const HUIZE_INTERNAL: i32 = 3;

/// Policies, ready to decide.
#[derive(Debug)]
pub struct HuizeService {
    service: JsonService,
}

/// The version of the interface that the library was built with; compare it with
/// `HUIZE_ABI_VERSION`.
#[unsafe(no_mangle)]
pub extern "C" fn huize_abi_version() -> u32 {
    HUIZE_ABI_VERSION
}

/// A service over the policies that come with Huize. Never null but for an error of Huize itself.
#[unsafe(no_mangle)]
pub extern "C" fn huize_service_builtin() -> *mut HuizeService {
    made(|| Some(Library::builtin()))
}

/// A service over policy texts: `count` names and as many texts. Null where a pointer is null or a
/// text is not UTF-8. What is wrong with the policies themselves, `huize_check` says.
///
/// # Safety
///
/// `names` and `texts` point to `count` pointers each, to texts that end in NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn huize_service_from_texts(
    names: *const *const c_char,
    texts: *const *const c_char,
    count: usize,
) -> *mut HuizeService {
    made(|| {
        if count > 0 && (names.is_null() || texts.is_null()) {
            return None;
        }
        let mut files = Vec::new();
        for at in 0..count {
            // SAFETY: the caller gives `count` pointers behind each of the two.
            let (name, text) = unsafe { (read(*names.add(at)), read(*texts.add(at))) };
            files.push((name?.to_owned(), text?.to_owned()));
        }
        Some(Library::from_texts(files))
    })
}

/// Frees a service; null is nothing.
///
/// # Safety
///
/// `service` comes from one of the functions above and is not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn huize_service_free(service: *mut HuizeService) {
    if !service.is_null() {
        // SAFETY: it was made by `Box::into_raw`, and the caller gives it up.
        drop(unsafe { Box::from_raw(service) });
    }
}

/// Decides a document of facts: `{"policy": …, "period": …, "household": {…}}`. Puts the decisions,
/// or the findings, into `answer` and returns one of the `HUIZE_` numbers.
///
/// # Safety
///
/// `service` is a service, `document` a text that ends in NUL, `answer` a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn huize_decide(
    service: *const HuizeService,
    document: *const c_char,
    answer: *mut *mut c_char,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { with(service, document, answer, |service, text| service.decide(text)) }
}

/// Decides and explains it. `english` other than 0 says names and values in English.
///
/// # Safety
///
/// As for `huize_decide`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn huize_explain(
    service: *const HuizeService,
    document: *const c_char,
    english: i32,
    answer: *mut *mut c_char,
) -> i32 {
    let language = if english == 0 { Language::Zh } else { Language::En };
    // SAFETY: as the caller says.
    unsafe { with(service, document, answer, |service, text| service.explain(text, language)) }
}

/// The JSON Schema of the facts of a policy or place, by name or alias; of its results where
/// `results` is other than 0.
///
/// # Safety
///
/// As for `huize_decide`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn huize_schema(
    service: *const HuizeService,
    name: *const c_char,
    results: i32,
    answer: *mut *mut c_char,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { with(service, name, answer, |service, name| service.schema(name, results != 0)) }
}

/// What is wrong with the policies: a JSON list of findings, warnings among them.
///
/// # Safety
///
/// `service` is a service, `answer` a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn huize_check(
    service: *const HuizeService,
    answer: *mut *mut c_char,
) -> i32 {
    // SAFETY: as the caller says; the document is a text of ours.
    unsafe { with(service, c"".as_ptr(), answer, |service, _| Ok(service.check())) }
}

/// Frees a text that a function here returned; null is nothing.
///
/// # Safety
///
/// `text` comes from a function here and is not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn huize_text_free(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: it was made by `CString::into_raw`, and the caller gives it up.
        drop(unsafe { CString::from_raw(text) });
    }
}

/// The text behind a pointer, where it is UTF-8.
///
/// # Safety
///
/// Null, or a text that ends in NUL and lives as long as the result.
unsafe fn read<'a>(text: *const c_char) -> Option<&'a str> {
    if text.is_null() {
        return None;
    }
    // SAFETY: as the caller says.
    unsafe { CStr::from_ptr(text) }.to_str().ok()
}

fn made(library: impl FnOnce() -> Option<Library>) -> *mut HuizeService {
    let made = catch_unwind(AssertUnwindSafe(library));
    match made {
        Ok(Some(library)) => {
            Box::into_raw(Box::new(HuizeService { service: JsonService::new(library) }))
        }
        Ok(None) | Err(_) => std::ptr::null_mut(),
    }
}

/// # Safety
///
/// As for `huize_decide`.
unsafe fn with(
    service: *const HuizeService,
    text: *const c_char,
    answer: *mut *mut c_char,
    of: impl FnOnce(&JsonService, &str) -> Result<String, String>,
) -> i32 {
    if answer.is_null() {
        return HUIZE_BAD_ARGUMENT;
    }
    // SAFETY: it is not null, and the caller gives a place for a pointer.
    unsafe { *answer = std::ptr::null_mut() };
    // SAFETY: null, or as the caller says.
    let (service, text) = unsafe { (service.as_ref(), read(text)) };
    let (Some(service), Some(text)) = (service, text) else { return HUIZE_BAD_ARGUMENT };
    let (said, number) = match catch_unwind(AssertUnwindSafe(|| of(&service.service, text))) {
        Ok(Ok(said)) => (said, HUIZE_OK),
        Ok(Err(said)) => (said, HUIZE_REFUSED),
        Err(_) => ("[{\"code\":\"huize::internal\"}]".to_owned(), HUIZE_INTERNAL),
    };
    // JSON escapes NUL, so there is none inside.
    let Ok(said) = CString::new(said) else { return HUIZE_INTERNAL };
    // SAFETY: as above.
    unsafe { *answer = said.into_raw() };
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_the_one_that_is_generated() {
        let root = env!("CARGO_MANIFEST_DIR");
        let mut generated = Vec::new();
        cbindgen::generate(root).unwrap().write(&mut generated);
        let generated = String::from_utf8(generated).unwrap();
        let path = std::path::Path::new(root).join("huize.h");
        if std::env::var("HUIZE_WRITE_HEADER").is_ok() {
            std::fs::write(&path, &generated).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), generated);
    }

    #[test]
    fn bad_arguments_are_said_and_nothing_is_touched() {
        let service = huize_service_builtin();
        let mut answer = std::ptr::null_mut();
        // SAFETY: the pointers are ours, and null is allowed.
        unsafe {
            assert_eq!(huize_decide(std::ptr::null(), c"{}".as_ptr(), &mut answer), 2);
            assert_eq!(huize_decide(service, std::ptr::null(), &mut answer), 2);
            assert_eq!(huize_decide(service, c"\xff".as_ptr(), &mut answer), 2);
            assert_eq!(huize_decide(service, c"{}".as_ptr(), std::ptr::null_mut()), 2);
            assert!(answer.is_null());
            assert_eq!(huize_decide(service, c"{}".as_ptr(), &mut answer), HUIZE_REFUSED);
            assert!(CStr::from_ptr(answer).to_str().unwrap().contains("huize::engine::no_policy"));
            huize_text_free(answer);
            huize_text_free(std::ptr::null_mut());
            huize_service_free(service);
            huize_service_free(std::ptr::null_mut());
            assert!(huize_service_from_texts(std::ptr::null(), std::ptr::null(), 1).is_null());
        }
    }
}
