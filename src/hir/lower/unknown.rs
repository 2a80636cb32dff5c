//! Names that nothing declares: what may have been meant.

use super::{Context, Lowerer, spoken};
use crate::builtins;
use crate::diagnostic::closest_name;
use crate::hir::error;
use crate::source::Span;
use crate::syntax::ast;

/// Words that are said for the language's own between two values, with what is written; longer ones
/// before those that they begin with.
const SPOKEN: &[(&str, &str)] = &[
    ("大于", "高于"),
    ("小于", "低于"),
    ("早于", "低于"),
    ("晚于", "高于"),
    ("不早于", "不低于"),
    ("不晚于", "不超过"),
    ("不大于", "不超过"),
    ("不小于", "不低于"),
    ("不是", "不等于"),
    ("不为", "不等于"),
    ("是", "等于"),
    ("为", "等于"),
    ("乘以", "×"),
    ("乘", "×"),
    ("除以", "÷"),
    ("加上", "＋"),
    ("加", "＋"),
    ("减去", "－"),
    ("减", "－"),
    ("其中", "，其中"),
];

/// Words before a value.
const BEFORE: &[(&str, &str)] = &[("非", "非"), ("没有", "非"), ("不是", "非")];

/// More ways than this to read one run are not looked for.
const MOST_READINGS: usize = 64;

impl Lowerer<'_> {
    /// Says that nothing has this name, with the closest one, or the split that would work.
    pub(super) fn unknown(&mut self, cx: Context, name: &ast::Reference) {
        if let Some((module, declared)) = self.private_elsewhere(cx, &name.text) {
            let whose = self.module_name(module);
            self.report(error::private_name(name.span, &name.text, &whose, declared));
            return;
        }
        let mut names = self.names_of_values(cx);
        // 户籍是本县: what is compared with may be a value of an enumeration.
        let mut lasts = names.clone();
        lasts.extend(self.scope.values.keys().cloned());
        // 成员人数 is no sum, although both are names.
        let total = self.total(&name.text);
        if let Some(written) = &total {
            self.report(error::unknown_run(name.span, &name.text, written));
            return;
        }
        if self.run_together(name, &names, &lasts) {
            return;
        }
        let written = self.spoken(&name.text, &names);
        if let Some(written) = written {
            self.report(error::unknown_run(name.span, &name.text, &written));
            return;
        }
        names.extend(builtins::word_names().map(str::to_owned));
        let close = closest_name(&name.text, names.iter().map(String::as_str)).map(str::to_owned);
        let finding = error::unknown_name(name.span, &name.text, close.as_deref());
        self.report_unknown(&name.text, finding);
    }

    /// The same of something that is called: 低保标准乘人数（成员）.
    pub(super) fn unknown_callee(&mut self, cx: Context, callee: &ast::Reference) {
        if let Some((module, declared)) = self.private_elsewhere(cx, &callee.text) {
            let whose = self.module_name(module);
            self.report(error::private_name(callee.span, &callee.text, &whose, declared));
            return;
        }
        let values = self.names_of_values(cx);
        let mut called: Vec<String> = self.scope.entries.keys().cloned().collect();
        called.extend(builtins::function_names().map(str::to_owned));
        if self.run_together(callee, &values, &called) {
            return;
        }
        if let Some((value, sign)) = before_bracket(&callee.text, &values) {
            let written = format!("{value}{sign}（…）");
            self.report(error::unknown_run(callee.span, &callee.text, &written));
            return;
        }
        if let Some(form) = spoken::function(&callee.text) {
            self.report(error::unknown_function(callee.span, &callee.text, form));
            return;
        }
        if let Some(written) = self.quantifier(&callee.text, "（…）…") {
            self.report(error::unknown_run(callee.span, &callee.text, &written));
            return;
        }
        let close = closest_name(&callee.text, called.iter().map(String::as_str));
        self.report(error::unknown_name(callee.span, &callee.text, close));
    }

    /// What has a value here: rules, parameters, facts.
    fn names_of_values(&self, cx: Context) -> Vec<String> {
        let mut names = self.names_seen(cx);
        for owner in self.reach(cx.subject) {
            let fields = self.program.object(owner).map(|object| object.fields.clone());
            for field in fields.unwrap_or_default() {
                if let Some(field) = self.program.field(field) {
                    names.push(field.name.text.clone());
                    names.extend(field.name.alias.clone());
                }
            }
        }
        names
    }

    /// Whether `name` is known names, the last of them of `lasts`, that run together, and then says
    /// so.
    fn run_together(&mut self, name: &ast::Reference, names: &[String], lasts: &[String]) -> bool {
        let Span { source, end, .. } = name.span;
        let next = self.sources.file(source).and_then(|file| file.text().get(end as usize..));
        if next.is_some_and(|next| next.starts_with("等于"))
            && let Some((known, spoken)) = before_equal(&name.text, names)
        {
            let written = if spoken == "大于" { "不低于" } else { "不超过" };
            let span = Span { end: end.saturating_add(6), ..name.span };
            self.report(error::spoken_comparison(span, &format!("{known}{spoken}等于"), written));
            return true;
        }
        if let Some(written) = before_outcome(&name.text, names) {
            self.report(error::unknown_run(name.span, &name.text, &written));
            return true;
        }
        let pair = side_by_side(&name.text, names);
        let finding = match (readings(&name.text, names, lasts).as_slice(), &pair) {
            ([only], None) => error::unknown_run(name.span, &name.text, only),
            ([], Some([first, second])) => error::glued_names(name.span, &name.text, first, second),
            // 月工资加班费 is 月工资 and 加班费, or 月工资＋班费.
            _ => return false,
        };
        self.report(finding);
        true
    }
}

/// 收入大于, before 等于: the known name and the word behind it.
fn before_equal<'run>(run: &'run str, names: &[String]) -> Option<(&'run str, &'static str)> {
    ["大于", "小于"].into_iter().find_map(|word| {
        let known = run.strip_suffix(word)?;
        names.iter().any(|name| name == known).then_some((known, word))
    })
}

/// 低保不符合: the known name and the outcome behind it.
fn before_outcome(run: &str, names: &[String]) -> Option<String> {
    ["不符合", "符合", "待定", "酌定"].into_iter().find_map(|outcome| {
        let known = run.strip_suffix(outcome)?;
        let is_known = names.iter().any(|name| name == known);
        is_known.then(|| format!("{known} 等于 {outcome}"))
    })
}

/// 收入乘, before a bracket: the known name, and the sign for the word behind it.
fn before_bracket<'run>(run: &'run str, names: &[String]) -> Option<(&'run str, &'static str)> {
    SPOKEN.iter().find_map(|(word, sign)| {
        let value = run.strip_suffix(word)?;
        names.iter().any(|name| name == value).then_some((value, *sign))
    })
}

/// Every way to read `run` as values with words between them, as it would be written.
fn readings(run: &str, names: &[String], lasts: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    // What is written so far, what is left, whether a value has just ended.
    let mut open = vec![(String::new(), run, false)];
    while let Some((written, rest, ended)) = open.pop() {
        if found.len() + open.len() > MOST_READINGS {
            return Vec::new();
        }
        if ended {
            for (word, sign) in SPOKEN.iter().filter(|(word, _)| rest.starts_with(word)) {
                let rest = rest.strip_prefix(word).unwrap_or("");
                open.push((format!("{written}{sign}"), rest, false));
            }
            continue;
        }
        if written.is_empty() || written.ends_with(|end| !matches!(end, '非')) {
            for (word, sign) in BEFORE.iter().filter(|(word, _)| rest.starts_with(word)) {
                let rest = rest.strip_prefix(word).unwrap_or("");
                open.push((format!("{written}{sign}"), rest, false));
            }
        }
        if !written.is_empty() && lasts.iter().any(|name| name == rest) {
            found.push(format!("{written}{rest}"));
        }
        for name in names.iter().filter(|name| !name.is_empty()) {
            match rest.strip_prefix(name.as_str()) {
                Some(rest) if !rest.is_empty() => {
                    open.push((format!("{written}{name}"), rest, true));
                }
                _ => {}
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Two known names with nothing between them, if there is one such pair.
fn side_by_side(run: &str, names: &[String]) -> Option<[String; 2]> {
    let mut pairs = names.iter().filter_map(|first| {
        let second = run.strip_prefix(first.as_str()).filter(|second| !second.is_empty())?;
        names.iter().any(|name| name == second).then(|| [first.clone(), second.to_owned()])
    });
    let pair = pairs.next()?;
    pairs.all(|other| other == pair).then_some(pair)
}

#[cfg(test)]
mod tests {
    use super::{readings, side_by_side};

    fn names() -> Vec<String> {
        let names = ["低保", "标准", "低保标准", "加班费", "加", "班费", "月工资", "在业", "工资"];
        names.map(str::to_owned).to_vec()
    }

    fn read(run: &str) -> Vec<String> {
        let mut lasts = names();
        lasts.push("人数".to_owned());
        readings(run, &names(), &lasts)
    }

    #[test]
    fn a_run_is_read_where_there_is_one_way() {
        assert_eq!(read("低保标准乘人数"), ["低保标准×人数"]);
        assert_eq!(read("月工资大于低保标准"), ["月工资高于低保标准"]);
        assert_eq!(read("没有在业"), ["非在业"]);
        assert_eq!(read("月工资加加班费减去标准"), ["月工资＋加班费－标准"]);
    }

    #[test]
    fn what_can_be_read_two_ways_or_none_is_not() {
        assert_eq!(read("月工资乘"), [""; 0]);
        assert_eq!(read("乘月工资"), [""; 0]);
        assert_eq!(read("月工资乘别的"), [""; 0]);
        assert_eq!(side_by_side("月工资标准", &names()), Some(["月工资".into(), "标准".into()]));
        assert_eq!(side_by_side("月工资别的", &names()), None);
    }
}
