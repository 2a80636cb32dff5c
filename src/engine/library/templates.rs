//! Templates of notices that policies bring: `dibao.notice.zh.jinja` beside `dibao.hz`.

use super::Library;
use crate::diagnostic::Language;
use crate::engine::Policy;

/// Whether a file is a template rather than a policy.
pub(super) fn is_template(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|end| end == "jinja")
}

impl Library {
    /// The template of a policy's notice: its name and its text. That of the most local layer that
    /// has one; of all benefits of a place there is none.
    #[must_use]
    pub fn notice_template(&self, policy: &Policy, language: Language) -> Option<(&str, &str)> {
        let program = policy.program();
        if program.place.is_some() {
            return None;
        }
        let ending = match language {
            Language::Zh => "notice.zh.jinja",
            Language::En => "notice.en.jinja",
        };
        let own = program.layers.iter().rev().take(program.own_layers);
        let files = own.flat_map(|layer| self.files_named(&layer.policy));
        files.into_iter().find_map(|file| {
            let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
            let wanted = format!("{stem}.{ending}");
            let found = self.sources.iter().find(|(_, file)| file.name() == wanted);
            found.map(|(_, file)| (file.name(), file.text()))
        })
    }
}
