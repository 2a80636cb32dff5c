//! Which of two situations.

/// Before the change, or after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Before,
    After,
}

impl Side {
    pub(super) const BOTH: [Self; 2] = [Self::Before, Self::After];

    /// After where a cause has been changed.
    pub(super) fn changed(changed: bool) -> Self {
        if changed { Self::After } else { Self::Before }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }

    /// This side's of a pair.
    pub(super) fn of<T: Copy>(self, [before, after]: &[T; 2]) -> T {
        match self {
            Self::Before => *before,
            Self::After => *after,
        }
    }

    /// This side's of a pair, borrowed.
    pub(super) fn of_ref<T>(self, [before, after]: &[T; 2]) -> &T {
        match self {
            Self::Before => before,
            Self::After => after,
        }
    }

    /// Sets this side's of a pair.
    pub(super) fn put<T>(self, [before, after]: &mut [T; 2], value: T) {
        match self {
            Self::Before => *before = value,
            Self::After => *after = value,
        }
    }
}
