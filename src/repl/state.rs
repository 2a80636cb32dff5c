//! Everything that a line may change, as one value: undoing is going back to an earlier one.

use std::sync::Arc;

use super::household::Household;
use crate::eval::Question;
use crate::value::{Date, YearMonth};

/// A point of the session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// Who there is, and what is said of each.
    pub(crate) household: Arc<Household>,
    /// Which month, as of when.
    pub(crate) time: Time,
    /// Under which law.
    pub(crate) law: Law,
}

/// The dates of the question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Time {
    pub(crate) period: Option<YearMonth>,
    pub(crate) as_of: Option<Date>,
    pub(crate) known_on: Option<Date>,
    pub(crate) strict: bool,
}

impl Time {
    /// The question, once there is a month.
    pub(crate) fn question(self) -> Option<Question> {
        let period = self.period?;
        Some(Question { period, as_of: self.as_of, known_on: self.known_on, strict: self.strict })
    }
}

/// The law that is asked, with what the session changed in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Law {
    /// What is asked.
    pub(crate) chosen: Chosen,
    /// The reforms, in the order they were made.
    pub(crate) reforms: Arc<Vec<Reform>>,
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// Nothing yet.
    #[default]
    Nothing,
    /// One policy, by its full name.
    Policy(String),
    /// All benefits of a place, by its name.
    Place(String),
}

impl Chosen {
    /// 中山.最低生活保障; the name of the place; empty for nothing.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Policy(name) | Self::Place(name) => name,
        }
    }

    /// 中山
    pub(crate) fn place(&self) -> &str {
        let name = self.name();
        name.split_once('.').map_or(name, |(place, _)| place)
    }
}

/// One declaration put in the place of another, for this session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reform {
    /// Its keyword in Chinese: 参数, 规则 …
    pub(crate) keyword: String,
    /// 低保标准; with the layer before it for a supplement.
    pub(crate) name: String,
    /// 家庭 of 低保（家庭）, where it says so.
    pub(crate) subject: Option<String>,
    /// The file that holds the declaration, or to which it is added.
    pub(crate) file: String,
    /// Which of the declarations of that name in the file.
    pub(crate) index: usize,
    /// The declaration as it is now.
    pub(crate) text: String,
}

impl Reform {
    /// Whether it takes the same place as another.
    pub(crate) fn is_about(&self, other: &Self) -> bool {
        (&self.keyword, &self.name, &self.file, self.index)
            == (&other.keyword, &other.name, &other.file, other.index)
    }
}

/// The steps behind and ahead.
#[derive(Clone, Debug, Default)]
pub(crate) struct Steps {
    behind: Vec<State>,
    ahead: Vec<State>,
}

impl Steps {
    /// Notes that `state` is about to be left.
    pub(crate) fn note(&mut self, state: &State) {
        self.behind.push(state.clone());
        self.ahead.clear();
    }

    /// Goes back so many steps, or as far as there are; how many it was.
    pub(crate) fn back(&mut self, state: &mut State, steps: usize) -> usize {
        Self::go(&mut self.behind, &mut self.ahead, state, steps)
    }

    /// Goes forward again.
    pub(crate) fn forward(&mut self, state: &mut State, steps: usize) -> usize {
        Self::go(&mut self.ahead, &mut self.behind, state, steps)
    }

    fn go(from: &mut Vec<State>, to: &mut Vec<State>, state: &mut State, steps: usize) -> usize {
        let mut done = 0;
        while done < steps
            && let Some(next) = from.pop()
        {
            to.push(std::mem::replace(state, next));
            done += 1;
        }
        done
    }

    /// The state before the last step.
    pub(crate) fn last(&self) -> Option<&State> {
        self.behind.last()
    }

    /// How many steps there are behind and ahead.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.behind.len(), self.ahead.len())
    }
}
