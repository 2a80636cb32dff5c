//! `cases/eval/*.hz`: the meaning of the language, as cases that pass.

use huize::diagnostic::Language;
use huize::diagnostic::render::plain;

use crate::program::{assert_unique_names, programs, run};
use crate::{case_files, each};

#[test]
fn cases_come_out_as_written() {
    each(&case_files("eval"), |case| {
        let mut wrong = Vec::new();
        for program in programs(case) {
            let checked = run(&program.files);
            let sources = checked.library.sources();
            let errors =
                checked.findings.iter().map(|finding| plain(finding, sources, Language::Zh));
            wrong.extend(errors.map(|text| format!("{}\n{text}", program.name)));
            if checked.reports.is_empty() {
                wrong.push(format!("{}: no case ran", program.name));
            }
        }
        assert!(wrong.is_empty(), "{}\n{}", case.path, wrong.join("\n"));
    });
}

#[test]
fn names_are_unique() {
    assert_unique_names("eval");
}
