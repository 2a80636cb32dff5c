//! How much of anything is taken: what keeps a text or a case that is far too large, by mistake or
//! by intent, from holding up a service.

use crate::diagnostic::Bilingual;

/// How much of anything is taken. Beyond a limit there is an error with a code of its own, never
/// a half result.
///
/// | limit | default | beyond it |
/// | --- | --- | --- |
/// | [`work`](Self::work) | 4,000,000 values | `huize::engine::too_much_work` |
/// | [`nesting`](Self::nesting) | 64 levels | `huize::syntax::too_deep`, `huize::facts::too_deep` |
/// | levels of rules that read one another | 400 | `huize::check::too_deep` |
/// | [`operators`](Self::operators) | 512 | `huize::syntax::too_many_operators` |
/// | [`source_bytes`](Self::source_bytes) | 8 MiB | `huize::source::too_large` |
/// | [`facts_bytes`](Self::facts_bytes) | 8 MiB | `huize::facts::too_large` |
/// | [`people`](Self::people) | 1,000 | `huize::input::too_many_members` |
///
/// A look-back goes over at most 120 months; what lies before is unknown, which is no error.
///
/// # Examples
///
/// ```
/// use huize::engine::{Library, Limits};
///
/// // A service on a small machine takes families, not villages.
/// let limits = Limits::default().work(200_000).people(30).facts_bytes(64 * 1024);
/// let library = Library::builtin().within(limits);
/// assert_eq!(library.limits().people, 30);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The most values that one evaluation may compute: a value for each node, instance and month
    /// that it needs. A family of seven under the whole of dibao, looking back ten years, takes about
    /// a tenth of the default.
    pub work: usize,
    /// How deep brackets and 如果 stand in one another in a policy, and lists and maps in facts. It
    /// can be less than the default, not more: what reads the texts goes as deep as they do.
    pub nesting: usize,
    /// The most operators in one expression of a policy. It can be less than the default, not more.
    pub operators: u32,
    /// The largest policy file, in bytes of UTF-8.
    pub source_bytes: usize,
    /// The largest text of the facts of one case, in bytes of UTF-8.
    pub facts_bytes: usize,
    /// The most people and other members of lists in one case.
    pub people: usize,
}

impl Limits {
    /// The limits where nothing is said.
    pub const DEFAULT: Self = Self {
        work: 4_000_000,
        nesting: 64,
        operators: 512,
        source_bytes: 8 * 1024 * 1024,
        facts_bytes: 8 * 1024 * 1024,
        people: 1000,
    };

    /// With another limit of [`work`](Self::work).
    #[must_use]
    pub const fn work(self, work: usize) -> Self {
        Self { work, ..self }
    }

    /// With another limit of [`nesting`](Self::nesting); more than the default is the default.
    #[must_use]
    pub const fn nesting(self, nesting: usize) -> Self {
        let most = Self::DEFAULT.nesting;
        Self { nesting: if nesting < most { nesting } else { most }, ..self }
    }

    /// With another limit of [`operators`](Self::operators); more than the default is the default.
    #[must_use]
    pub const fn operators(self, operators: u32) -> Self {
        let most = Self::DEFAULT.operators;
        Self { operators: if operators < most { operators } else { most }, ..self }
    }

    /// With another limit of [`source_bytes`](Self::source_bytes).
    #[must_use]
    pub const fn source_bytes(self, source_bytes: usize) -> Self {
        Self { source_bytes, ..self }
    }

    /// With another limit of [`facts_bytes`](Self::facts_bytes).
    #[must_use]
    pub const fn facts_bytes(self, facts_bytes: usize) -> Self {
        Self { facts_bytes, ..self }
    }

    /// With another limit of [`people`](Self::people).
    #[must_use]
    pub const fn people(self, people: usize) -> Self {
        Self { people, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A number of bytes as people say it.
pub(crate) fn size(bytes: usize) -> Bilingual {
    match bytes {
        0 => Bilingual::new("0 字节", "0 bytes"),
        _ if bytes.is_multiple_of(1024 * 1024) => {
            Bilingual::same(format!("{} MiB", bytes / (1024 * 1024)))
        }
        _ if bytes.is_multiple_of(1024) => Bilingual::same(format!("{} KiB", bytes / 1024)),
        _ => Bilingual::new(format!("{bytes} 字节"), format!("{bytes} bytes")),
    }
}
