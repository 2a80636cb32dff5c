//! 怎样才: what would change a decision, or raise what is paid.

use super::explain::Target;
use super::problem;
use super::session::{Answer, Line, Session};
use super::world::World;
use crate::engine::Case;
use crate::solve::{ChangeOptions, text};

/// Words at the end that ask for more where something is paid already.
const MORE: [&str; 3] = ["更多", "多发", "more"];

impl Session {
    /// 怎样才
    pub(super) fn how(&mut self, line: &Line<'_>, world: &mut dyn World) -> Answer {
        let (law, facts, question) = self.asked(line)?;
        let (range, raise) = line.without(&MORE);
        let targets = self.targets(&law, line, range)?;
        let mut decisions: Vec<String> = targets.iter().map(Target::id).collect();
        if decisions.is_empty() {
            // Of everybody at once there would be too many; and a warning or a fine, which pays
            // nothing, is not what somebody asks how to come by.
            let decided = self.decided(&law, facts.clone(), question)?;
            let trace = decided.trace();
            let own = || trace.decided().filter(|found| found.subject == trace.program.root);
            let pays = own().any(|found| !found.payments.is_empty());
            let asked = own().filter(|found| !pays || !found.payments.is_empty());
            decisions = asked.map(|found| trace.program.called(found)).collect();
        }
        let clear = self.options.clear;
        let options = ChangeOptions { decisions, raise, work: None, clear };
        let language = self.options.language;
        let stop = || world.cancelled();
        let case = Case { facts };
        let found = law.policy.changes_until(&case, &question, &options, language, &stop);
        if world.cancelled() {
            return Err(problem::stopped(line.rest_span()));
        }
        let found = found.map_err(|findings| super::law::placed(findings.into(), line))?;
        let options = text::TextOptions { color: self.options.color, width: self.options.width };
        let mut paper = self.paper();
        // The lists begin with a blank line, to stand below a heading.
        paper.raw(text::change_lists(&found, language, options).trim_start_matches('\n'));
        Ok(paper.into())
    }
}
