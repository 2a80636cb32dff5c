//! How deep expressions and definitions stand in one another.
//!
//! What reads a program goes as deep as it does: a program beyond the limit is refused, whatever the
//! order that its rules are written in.

use std::panic::resume_unwind;
use std::thread::Builder;

use super::{Context, Lowerer};
use crate::hir::program::DefinitionId;
use crate::hir::{NodeId, error};
use crate::source::Span;

/// How many levels of expressions may stand in one another, those of the definitions that they read
/// counted too.
const MOST_LEVELS: u32 = 400;

/// So many levels are lowered on the stack of the caller, which may be that of a small thread: more
/// than laws have, so that a thread is started only for what is about to be refused, or nearly.
const LEVELS_ON_ONE_STACK: u32 = 64;

/// The stack for the others: half of it holds them, also unoptimised.
const STACK: usize = 16 * 1024 * 1024;

/// Does the work of a level, on a stack of its own where the caller's may end.
pub(super) fn with_room<R: Send>(level: u32, mut work: impl FnMut() -> R + Send) -> R {
    if level != LEVELS_ON_ONE_STACK {
        return work();
    }
    let done = std::thread::scope(|scope| {
        let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, &mut work).ok()?;
        Some(thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    // Where the system starts no thread, what is left of the stack has to do.
    done.unwrap_or_else(work)
}

/// How deep what has been lowered stands.
#[derive(Default)]
pub(super) struct Levels {
    /// By definition: how many levels it has below where it is read.
    of: Vec<u32>,
    /// The deepest that the definition which is being lowered has reached.
    deepest: u32,
    /// Whether it was said that a program is too deep: of the chain that is, any place is one.
    said: bool,
}

impl Levels {
    /// Whether a level is within the limit.
    pub(super) fn reach(&mut self, level: u32) -> bool {
        self.deepest = self.deepest.max(level);
        level <= MOST_LEVELS
    }

    /// Whether all of a definition that has been lowered is, where it is read at a level.
    pub(super) fn reach_with(&mut self, level: u32, id: DefinitionId) -> bool {
        let below = self.of.get(id.0 as usize).copied().unwrap_or(0);
        self.reach(level.saturating_add(below))
    }

    /// Begins a definition that is read at a level; gives back what [`end`](Self::end) takes.
    pub(super) const fn begin(&mut self, level: u32) -> u32 {
        std::mem::replace(&mut self.deepest, level)
    }

    /// Ends it: what stands around it is as deep as it is.
    pub(super) fn end(&mut self, id: DefinitionId, level: u32, around: u32) {
        let at = id.0 as usize;
        if self.of.len() <= at {
            self.of.resize(at.saturating_add(1), 0);
        }
        if let Some(levels) = self.of.get_mut(at) {
            *levels = self.deepest.saturating_sub(level);
        }
        self.deepest = self.deepest.max(around);
    }
}

impl Lowerer<'_> {
    /// In place of what stands too deep.
    pub(super) fn too_deep(&mut self, cx: Context, span: Span) -> NodeId {
        if !std::mem::replace(&mut self.levels.said, true) {
            self.report(error::too_deep(span, MOST_LEVELS));
        }
        self.poison(cx, span)
    }
}
