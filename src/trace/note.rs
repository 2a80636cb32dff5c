//! Marks and errors in words.

use super::Trace;
use crate::diagnostic::{Bilingual, Diagnostic, Language};
use crate::eval::row_of;
use crate::eval::{Fault, FaultKind, Marks, Note, Value};
use crate::hir::{Constant, DefinitionId, DefinitionKind, FieldId, NodeId, NodeKind, ParameterId};
use crate::input::InstanceId;
use crate::value::YearMonth;

/// The marks of a value, sorted by what they mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteGroups {
    /// Facts that could still change it.
    pub missing: Vec<String>,
    /// Values of law that it waits for.
    pub blocked: Vec<String>,
    /// Authorities that it waits for.
    pub discretion: Vec<String>,
    /// Defaults that were applied.
    pub assumed: Vec<String>,
    /// Made-up values that it rests on.
    pub unverified: Vec<String>,
}

impl Trace<'_> {
    /// Marks in words, each once, in the order of the program.
    #[must_use]
    pub fn notes(&self, marks: &Marks) -> NoteGroups {
        let mut groups = NoteGroups::default();
        let mut notes: Vec<&Note> =
            marks.iter().filter_map(|mark| self.evaluation.notes.get(mark)).collect();
        notes.sort();
        for note in notes {
            let (group, text) = match note {
                Note::Missing(field, who) => (&mut groups.missing, self.fact_path(*field, *who)),
                Note::Refused(field, who) => (
                    &mut groups.missing,
                    self.with_note(&self.fact_path(*field, *who), "拒答", "refused"),
                ),
                Note::Before(field, who, month) => (
                    &mut groups.missing,
                    self.with_text(&self.fact_path(*field, *who), &self.month(*month)),
                ),
                Note::History(definition, month) => {
                    let name = self.definition_name(*definition);
                    (&mut groups.missing, self.with_text(&name, &self.month(*month)))
                }
                Note::Measure(measure) => {
                    let text = self.program.measure(*measure).map(|found| self.written(found.span));
                    (&mut groups.missing, text.unwrap_or_default())
                }
                Note::Pending(parameter, row) => {
                    let status = self.say("待查", "pending");
                    (&mut groups.blocked, self.row_name(*parameter, *row, status))
                }
                Note::PendingText(node) => {
                    let text = match self.kind(*node) {
                        Some(NodeKind::Pending(text)) => text.clone(),
                        _ => String::new(),
                    };
                    (&mut groups.blocked, text)
                }
                Note::UnfilledParameter(parameter) => {
                    let name = self.parameter_name(*parameter);
                    let text = self.with_note(
                        &name,
                        "由地方规定，尚无规定",
                        "left to the locality, not set",
                    );
                    (&mut groups.blocked, text)
                }
                Note::UnfilledRule(definition) => {
                    let name = self.definition_name(*definition);
                    let text = self.with_note(
                        &name,
                        "由地方规定，尚无规定",
                        "left to the locality, not set",
                    );
                    (&mut groups.blocked, text)
                }
                Note::Discretion(node, _) => {
                    let text = match self.kind(*node) {
                        Some(NodeKind::Discretion { authority, .. }) => authority.clone(),
                        _ => String::new(),
                    };
                    (&mut groups.discretion, text)
                }
                Note::Assumed(field, who) => {
                    let value = self.default_text(*field);
                    (&mut groups.assumed, format!("{}={value}", self.fact_path(*field, *who)))
                }
                Note::NotInForce(definition, month) => {
                    (&mut groups.assumed, self.not_in_force_text(*definition, *month))
                }
                Note::SampleParameter(parameter, row) => {
                    let status = self.say("样例", "made up");
                    (&mut groups.unverified, self.row_name(*parameter, *row, status))
                }
                Note::SampleRule(definition) => (&mut groups.unverified, self.made_up(*definition)),
            };
            if !text.is_empty() && !group.contains(&text) {
                group.push(text);
            }
        }
        groups
    }

    /// `另补的金额（样例）`: a rule, a decision or a payment that is made up, or has made-up parts.
    pub(crate) fn made_up(&self, definition: DefinitionId) -> String {
        let name = self.definition_name(definition);
        let kind = self.program.definition(definition).map(|found| found.kind);
        let (Some(DefinitionKind::Payment(payment)) | Some(DefinitionKind::Due(payment))) = kind
        else {
            return self.with_note(&name, "样例", "made up");
        };
        let payment = self.program.payments.get(payment.0 as usize);
        let of = payment.and_then(|paid| self.program.decisions.get(paid.decision.0 as usize));
        let of = of.map_or("", |decision| self.name(&decision.name));
        let name = format!("{of}{}{name}", self.say("的", "."));
        self.with_note(&name, "样例", "made up")
    }

    fn not_in_force_text(&self, decision: DefinitionId, month: YearMonth) -> String {
        let name = self.definition_name(decision);
        match self.language {
            Language::Zh => format!("{name}（{}没有施行，按没有享受）", month.zh()),
            Language::En => format!("{name} (not in force in {month}, taken as not received)"),
        }
    }

    fn with_note(&self, name: &str, zh: &'static str, en: &'static str) -> String {
        self.with_text(name, self.say(zh, en))
    }

    /// A name with a remark in brackets.
    fn with_text(&self, name: &str, text: &str) -> String {
        match self.language {
            Language::Zh => format!("{name}（{text}）"),
            Language::En => format!("{name} ({text})"),
        }
    }

    fn month(&self, month: YearMonth) -> String {
        match self.language {
            Language::Zh => month.zh(),
            Language::En => month.to_string(),
        }
    }

    /// `甲.月工资`; of the root just the name.
    #[must_use]
    pub fn fact_path(&self, field: FieldId, who: InstanceId) -> String {
        let Some(declared) = self.program.field(field) else { return String::new() };
        format!("{}{}", self.prefix(declared.object, who), self.name(&declared.name))
    }

    fn parameter_name(&self, parameter: ParameterId) -> String {
        self.program
            .parameters
            .get(parameter.0 as usize)
            .map_or_else(String::new, |parameter| self.name(&parameter.name).to_owned())
    }

    pub(crate) fn definition_name(&self, definition: DefinitionId) -> String {
        self.program
            .definition(definition)
            .map_or_else(String::new, |found| self.name(&found.name).to_owned())
    }

    /// `低保标准（城镇，自2024年1月1日起）：待查`
    fn row_name(&self, parameter: ParameterId, row: u32, status: &str) -> String {
        let Some(declared) = self.program.parameters.get(parameter.0 as usize) else {
            return String::new();
        };
        let Some((place, row)) = row_of(declared, row) else {
            return self.name(&declared.name).to_owned();
        };
        let mut parts = self.key_names(parameter, place);
        if let Some(from) = row.validity.from {
            parts.push(match self.language {
                Language::Zh => format!("自{}起", from.zh()),
                Language::En => format!("from {from}"),
            });
        }
        parts.push(status.to_owned());
        self.with_text(self.name(&declared.name), &parts.join(self.say("，", ", ")))
    }

    /// The names of the keys of a row.
    pub(crate) fn key_names(&self, parameter: ParameterId, mut place: usize) -> Vec<String> {
        let Some(declared) = self.program.parameters.get(parameter.0 as usize) else {
            return Vec::new();
        };
        let mut names = Vec::new();
        for key in declared.keys.iter().rev() {
            let Some(key) = self.program.enumeration(*key) else { continue };
            let width = key.values.len().max(1);
            if let Some(value) = key.values.get(place % width) {
                names.push(self.name(value).to_owned());
            }
            place /= width;
        }
        names.reverse();
        names
    }

    /// An error of this case as a finding, with its places.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one message for each way to fail")]
    pub fn fault_diagnostic(&self, fault: &Fault) -> Diagnostic {
        let span = self.program.node(fault.node).map(|node| node.span).unwrap_or_default();
        let item = |item| {
            self.program.item(item).map_or_else(
                || (String::new(), String::new()),
                |item| {
                    let label = if item.label.is_empty() { &item.number } else { &item.label };
                    (label.clone(), item.citations.join("；"))
                },
            )
        };
        let finding = match &fault.kind {
            FaultKind::NoRow(parameter, day) => {
                let name = self.parameter_name(*parameter);
                Diagnostic::error(
                    "huize::eval::no_row",
                    Bilingual::new(
                        format!("无标准：参数“{name}”没有{}的数值", day.zh()),
                        format!("no standard: parameter `{name}` has no value for {day}"),
                    ),
                )
                .help(Bilingual::new(
                    "补上这一天的标准；找不到文件的，写 待查",
                    "add the row for that day; write `pending` where the document is not at hand",
                ))
            }
            FaultKind::Conflict(a, b) => {
                let ((a, a_source), (b, b_source)) = (item(*a), item(*b));
                Diagnostic::error(
                    "huize::eval::conflict",
                    Bilingual::new(
                        format!("冲突：“{a}”（{a_source}）与“{b}”（{b_source}）同时适用而结果不同"),
                        format!("conflict: `{a}` ({a_source}) and `{b}` ({b_source}) both apply and differ"),
                    ),
                )
                .help(Bilingual::new(
                    "在应当优先的一项后写 ；优先于（…），或写 就高、就低",
                    "write `over (…)` after the one that wins, or `highest`",
                ))
            }
            FaultKind::NothingHolds => Diagnostic::error(
                "huize::eval::nothing_holds",
                Bilingual::new(
                    "各项都不符合，也没有写此时给什么",
                    "no item holds and nothing is said for that",
                ),
            )
            .help(Bilingual::new("末尾加 均不符合的，…", "end with `otherwise …`")),
            FaultKind::Tied => Diagnostic::error(
                "huize::eval::tied",
                Bilingual::new(
                    "有几个并列，看不出取哪一个",
                    "several come first together, and nothing tells which is meant",
                ),
            )
            .help(Bilingual::new(
                "再写一项排序的依据：首个（成员，出生日期，月工资）",
                "add another key: `first_of(members, birth_date, monthly_wage)`",
            )),
            FaultKind::NotInForce(definition, day) => {
                let name = match self.definition_name(*definition) {
                    // A table is found by where it is written.
                    name if name.is_empty() => self.written(span),
                    name => name,
                };
                Diagnostic::error(
                    "huize::eval::not_in_force",
                    Bilingual::new(
                        format!("“{name}”在{}没有施行的规定", day.zh()),
                        format!("no version of `{name}` is in force on {day}"),
                    ),
                )
                .help(Bilingual::new(
                    "检查所属期，或补上当时的规定",
                    "check the month, or add the law of that time",
                ))
            }
            FaultKind::Arithmetic(error) => {
                let message = error.message();
                let code = match error {
                    crate::value::OpError::DivisionByZero => "huize::eval::division_by_zero",
                    crate::value::OpError::Overflow => "huize::eval::overflow",
                    _ => "huize::eval::arithmetic",
                };
                Diagnostic::error(code, message)
            }
            FaultKind::AbsentOperand => Diagnostic::error(
                "huize::eval::absent",
                Bilingual::new(
                    "这里要一个数，得到的是“无”",
                    "a number is needed here, and there is none",
                ),
            )
            .help(Bilingual::new("写作 …若无则 0元", "write `… or_if_none 0CNY`")),
            FaultKind::EmptyPopulation => Diagnostic::error(
                "huize::eval::empty_population",
                Bilingual::new(
                    "分母为零：没有统计对象，无从计算",
                    "there is nothing to take a share of: the denominator is zero",
                ),
            )
            .help(Bilingual::new(
                "核对统计范围；确实没有对象的，这个目标这一期不适用",
                "check what is counted; where there is truly none, the target does not apply",
            )),
            FaultKind::OutOfBounds => self.out_of_bounds(fault.node),
            FaultKind::NoHousehold => Diagnostic::error(
                "huize::eval::no_household",
                Bilingual::new(
                    "这里要读家庭的情况，而此人不在家庭成员之中，或没有这个人",
                    "this reads the household of somebody who is not a member, or does not exist",
                ),
            ),
        };
        finding.at(span, Bilingual::default())
    }

    /// What an authority decided lies outside of what the law leaves to it.
    fn out_of_bounds(&self, node: NodeId) -> Diagnostic {
        let (authority, low, high) = match self.kind(node) {
            Some(NodeKind::Discretion { authority, low, high, .. }) => {
                (authority.as_str(), *low, *high)
            }
            _ => ("", None, None),
        };
        let shown = |end: Option<NodeId>, language| {
            let bound = end.and_then(|end| self.program.node(end))?;
            let trace = Self { language, ..*self };
            Some(match &bound.kind {
                NodeKind::Constant(Constant::Number(number)) => {
                    trace.shown(&Value::number(*number, Marks::NONE), &bound.ty)
                }
                // The value is the subject's; the words are the law's.
                _ => trace.written(bound.span),
            })
        };
        let [zh, en] = [Language::Zh, Language::En].map(|l| (shown(low, l), shown(high, l)));
        let zh = match zh {
            (Some(low), Some(high)) => format!("应在 {low} 至 {high} 之间"),
            (Some(low), None) => format!("应不低于 {low}"),
            (None, high) => format!("应不超过 {}", high.unwrap_or_default()),
        };
        let en = match en {
            (Some(low), Some(high)) => format!("{low} to {high}"),
            (Some(low), None) => format!("at least {low}"),
            (None, high) => format!("at most {}", high.unwrap_or_default()),
        };
        Diagnostic::error(
            "huize::eval::out_of_bounds",
            Bilingual::new(
                format!("{authority}的决定超出了规定的幅度：{zh}"),
                format!("the decision of {authority} is outside the bounds of the law: {en}"),
            ),
        )
        .help(Bilingual::new(
            "核对决定的数额；幅度写错的，改规则里的幅度",
            "check the amount that was decided, or the bounds in the rule",
        ))
    }
}

/// The Chinese word by which a case names such a fault.
#[must_use]
pub(crate) fn fault_word(kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::NoRow(..) => "无标准",
        FaultKind::Conflict(..) => "冲突",
        FaultKind::NothingHolds => "无一符合",
        FaultKind::Tied => "并列",
        FaultKind::NotInForce(..) => "未施行",
        FaultKind::Arithmetic(crate::value::OpError::DivisionByZero) => "除以零",
        FaultKind::Arithmetic(crate::value::OpError::Overflow) => "溢出",
        FaultKind::Arithmetic(_) => "计算",
        FaultKind::EmptyPopulation => "分母为零",
        FaultKind::OutOfBounds => "超出幅度",
        FaultKind::AbsentOperand | FaultKind::NoHousehold => "数据",
    }
}
