//! What a text says as a number on a document: all that is ever asked of a text.

use super::{PlaceCode, ResidentId};

/// A text read as a citizen identification number and as a place code. The text itself is not kept.
///
/// # Examples
///
/// ```
/// use huize::value::DocumentNumber;
///
/// let specimen = DocumentNumber::of(" 11010519491231002X ");
/// assert!(specimen.resident().is_some() && specimen.place().is_none());
/// assert!(DocumentNumber::of("442000").place().is_some());
/// assert_eq!(DocumentNumber::of("张三"), DocumentNumber::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNumber {
    resident: Option<ResidentId>,
    place: Option<PlaceCode>,
}

impl DocumentNumber {
    /// What `text` says, blanks around it left out.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { resident: text.trim().parse().ok(), place: text.trim().parse().ok() }
    }

    /// The citizen identification number, where it is a valid one.
    #[must_use]
    pub const fn resident(self) -> Option<ResidentId> {
        self.resident
    }

    /// The place, where it is a code of GB/T 2260.
    #[must_use]
    pub const fn place(self) -> Option<PlaceCode> {
        self.place
    }
}
