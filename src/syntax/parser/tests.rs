use std::fmt::Write as _;

use super::parse;
use crate::source::SourceId;
use crate::syntax::ast::{
    Body, BodyKind, CellValue, Citation, Declaration, ExprKind, File, NumberSuffix,
    TableCellContent, Text, TypeExprKind,
};
use crate::syntax::error::SyntaxError;
use crate::syntax::{pieces, words};

const SAMPLES: [(&str, &str); 4] = [
    ("lang", include_str!("../../../snapshot-tests/cases/syntax/lang.hz")),
    ("dec", include_str!("../../../snapshot-tests/cases/syntax/dec.hz")),
    ("misc", include_str!("../../../snapshot-tests/cases/syntax/misc.hz")),
    ("en", include_str!("../../../snapshot-tests/cases/syntax/en.hz")),
];
const WITHOUT_BLANKS: [(&str, &str); 3] = [
    ("lang", include_str!("../../../snapshot-tests/cases/syntax/lang-ns.hz")),
    ("dec", include_str!("../../../snapshot-tests/cases/syntax/dec-ns.hz")),
    ("misc", include_str!("../../../snapshot-tests/cases/syntax/misc-ns.hz")),
];

/// The samples are several files' texts in one; what that breaks is the place of headers only.
fn is_about_header(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::LateHeader { .. } | SyntaxError::MissingHeader { .. })
}

fn errors(text: &str) -> Vec<SyntaxError> {
    let mut errors = parse(SourceId(0), text).errors;
    errors.retain(|error| !is_about_header(error));
    errors
}

fn file(text: &str) -> File {
    let parsed = parse(SourceId(0), text);
    let errors: Vec<_> = parsed.errors.iter().filter(|error| !is_about_header(error)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    parsed.file
}

/// The tree without its places.
fn shape(file: &File) -> String {
    let text = format!("{file:#?}");
    let is_place = |line: &str| {
        let place = line.trim().trim_end_matches(',');
        let place = place
            .strip_prefix("0:")
            .unwrap_or_else(|| place.rsplit_once(": 0:").map_or("", |(_, place)| place));
        place.contains("..") && place.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let mut shape = String::new();
    for line in text.lines().filter(|line| !is_place(line)) {
        writeln!(shape, "{}", line.trim_end()).unwrap();
    }
    shape
}

#[test]
fn samples_parse() {
    for (name, text) in SAMPLES {
        let parsed = parse(SourceId(0), text);
        let errors: Vec<_> = parsed
            .errors
            .iter()
            .filter(|error| !is_about_header(error))
            .map(|error| (error, &text[error.span().start as usize..]))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        assert!(parsed.skipped.is_empty());
    }
}

#[test]
fn blanks_do_not_matter() {
    for (name, text) in WITHOUT_BLANKS {
        let (_, with_blanks) = SAMPLES.into_iter().find(|(other, _)| *other == name).unwrap();
        let (plain, dense) = (shape(&file(with_blanks)), shape(&file(text)));
        for (left, right) in plain.lines().zip(dense.lines()) {
            assert_eq!(left, right, "{name}");
        }
        assert_eq!(plain.len(), dense.len(), "{name}");
    }
}

#[test]
fn a_cut_text_breaks_only_the_declaration_that_is_cut() {
    for (name, text) in SAMPLES {
        for (end, _) in text.char_indices().step_by(3) {
            // The declarations before the last two were tried with shorter prefixes.
            let cut = pieces::cut(&text[..end]);
            let start = cut.pieces.iter().rev().nth(1).map_or(0, |piece| piece.range.start);
            let prefix = &text[start..end];
            let last = cut.pieces.last().map_or(0, |piece| piece.range.start - start);
            for error in errors(prefix) {
                assert!(error.span().range().start >= last, "{name} {end}: {error:?}");
                let diagnostic = error.diagnostic();
                assert_ne!(diagnostic.code, "huize::internal", "{name} {end}");
                assert!(!diagnostic.message.zh.is_empty() && !diagnostic.message.en.is_empty());
                let span = error.span().range();
                assert!(prefix.get(span).is_some(), "{name} {end}: {error:?}");
            }
        }
    }
}

/// The codes of the errors of `text` behind a header.
fn codes(text: &str) -> Vec<&'static str> {
    let text = format!("政策 甲.乙\n{text}");
    let parsed = parse(SourceId(0), &text);
    parsed.errors.iter().map(SyntaxError::code).collect()
}

/// The only error of `text`: its code without the prefix, the text it points at, the message and
/// the help, in Chinese.
fn told(text: &str) -> String {
    let text = format!("政策 甲.乙\n{text}");
    let parsed = parse(SourceId(0), &text);
    let [error] = parsed.errors.as_slice() else { panic!("{text}: {:#?}", parsed.errors) };
    let diagnostic = error.diagnostic();
    let help = diagnostic.help.map_or(String::new(), |help| format!("；{}", help.zh));
    let code = diagnostic.code.trim_start_matches("huize::syntax::");
    format!("{code} [{}] {}{help}", &text[error.span().range()], diagnostic.message.zh)
}

#[test]
fn slips_are_told_in_the_drafters_words() {
    let rule = |value: &str| told(&format!("规则 甲（人）：元/月 = {value}\n"));
    insta::assert_snapshot!(rule("工资—扣减"), @"dash_as_minus [—] “—”不是减号；减号写作 －");
    insta::assert_snapshot!(rule("1201元–扣减"), @"dash_as_minus [–] “–”不是减号；减号写作 －");
    insta::assert_snapshot!(rule("1201元一5元"), @"dash_as_minus [一] “一”不是减号；减号写作 －");
    insta::assert_snapshot!(rule("如果在业则1元否则0元"), @"glued_if [如果在业则1元否则0元] “则”或“否则”和前面的名称连在一起了；写作 如果 在业，则 1元，否则 0元");
    insta::assert_snapshot!(rule("如果在业，则工资否则0元"), @"glued_if [如果在业，则工资否则0元] “则”或“否则”和前面的名称连在一起了；写作 如果 在业，则 工资，否则 0元");
    insta::assert_snapshot!(rule("如果 在业则1元否则0元"), @"glued_if [如果 在业则1元否则0元] “则”或“否则”和前面的名称连在一起了；写作 如果 在业，则 1元，否则 0元");
    insta::assert_snapshot!(rule("如果 在业 则 1元"), @"missing_else [] “如果”没有“否则”；写明 否则 是什么：如果 …，则 …，否则 …");
    insta::assert_snapshot!(rule("（工资－扣减"), @"unclosed_bracket [（] 括号“（”没有合上；补上“）”");
    insta::assert_snapshot!(rule("工资－扣减）"), @"unopened_bracket [）] 括号“）”前面没有对应的括号");
    insta::assert_snapshot!(rule("合计（成员，工资；"), @"unclosed_bracket [（] 括号“（”没有合上；补上“）”");
    insta::assert_snapshot!(rule("工资 && 扣减"), @"foreign_operator [&&] 不用“&&”；写作 且");
    insta::assert_snapshot!(rule("在业 || 重病"), @"foreign_operator [||] 不用“||”；写作 或");
    insta::assert_snapshot!(rule("!在业"), @"foreign_operator [!] 不用“!”；写作 非");
    insta::assert_snapshot!(rule("在业且重病或失业"), @"mixed_and_or [在业且重病或失业] “且”和“或”混在一起，可以有两种读法；加括号，或者分成（一）（二）各项");
    insta::assert_snapshot!(rule("0元低于工资低于1元"), @"chained_comparison [0元低于工资低于1元] 比较不能连着写；用“且”连接两个比较，或者写 属于…以上不满…");
    insta::assert_snapshot!(rule("年龄大于70岁"), @"foreign_operator [大于] 不用“大于”；写作 高于");
    insta::assert_snapshot!(rule("标准乘0.3"), @"foreign_operator [乘] 不用“乘”；写作 ×");
    insta::assert_snapshot!(rule("1,200元"), @"thousands_separator [1,200元] “1,200元”是一个数还是两个数，看不出来；一个数写作 1200元；两个数写作 1， 200元");
    insta::assert_snapshot!(rule("6月"), @"bare_month [6月] “6月”可以是6个月，也可以是某年的6月；写作 6个月，或 2023年6月");
    insta::assert_snapshot!(rule("2023年2月30日"), @"invalid_date [2023年2月30日] 2023年2月没有30日");
    insta::assert_snapshot!(rule("12345678901234567890123456789元"), @"number_too_long [12345678901234567890123456789元] 数字太长");
    insta::assert_snapshot!(rule(""), @"expected [] 这里应当是一个值或条件，却是文末");
    insta::assert_snapshot!(rule("工资＋"), @"expected [] 这里应当是一个值或条件，却是文末");
    insta::assert_snapshot!(rule("工资 扣减"), @"expected [扣减] 这里应当是运算符、“依据”、取整、保底或封顶，却是“扣减”");
    insta::assert_snapshot!(told("规则年龄（人）：岁 = 1岁\n"), @"glued_keyword [规则] “规则”和后面的名称连在一起了；规则 后面空一格");
    insta::assert_snapshot!(told("规则 甲（人）：岁 = 1岁\n规则年龄（人）：岁 = 1岁\n"), @"glued_keyword [规则] “规则”和后面的名称连在一起了；规则 后面空一格");
    insta::assert_snapshot!(told("案例“三口之家”\n"), @"glued_keyword [案例] “案例”和后面的名称连在一起了；案例 后面空一格");
    insta::assert_snapshot!(told("规则 达到法定年龄（人）：是否 = 甲\n"), @"cutting_word_in_name [达到法定年龄] 名称里不能有“达到”；写作 「达到法定年龄」");
    insta::assert_snapshot!(told("对象 人\n  低于标准：是否\n"), @"cutting_word_in_name [低于标准] 名称里不能有“低于”；写作 「低于标准」");
    insta::assert_snapshot!(told("决定 甲（人）\n  给付 以上：元/月 = 1元\n"), @"cutting_word_in_name [以上] 名称里不能有“以上”；写作 「以上」");
    insta::assert_snapshot!(told("决定 甲（人）\n  给付 津贴：元/月 := 1元\n"), @"colon_equals [:=] 定义只写“=”；写作 =");
    insta::assert_snapshot!(told("规则 甲（人）：元/月\n  当 重残 = 标准的30%\n"), @"when_equals [当 重残 = 标准的30%] 条件和数额之间不写“=”；写作 ……的，……，例如 重度残疾的，低保标准的30%");
    insta::assert_snapshot!(told("规则 甲（人）：元/月\n  （一）重残：当 重残 = 标准的30%\n"), @"when_equals [当 重残 = 标准的30%] 条件和数额之间不写“=”；写作 ……的，……，例如 重度残疾的，低保标准的30%");
    insta::assert_snapshot!(told("规则 甲（人）：元/月 = 1元\n  给付 津贴：元/月 = 1元\n"), @"misplaced_clause [给付] “规则”里没有“给付”；它写在这些声明里：决定");
    insta::assert_snapshot!(told("集合 在业者（家庭），施行 自2023年7月1日起：成员，其中在业\n"), @"misplaced_clause [施行] “集合”里没有“施行”；集合没有自己的施行期间：把谁算在内写成规则，规则的头上写施行，集合写 其中那条规则");
    insta::assert_snapshot!(told("集合 在业者（家庭）：成员，其中在业，施行 自2023年7月1日起\n"), @"misplaced_clause [施行] “集合”里没有“施行”；集合没有自己的施行期间：把谁算在内写成规则，规则的头上写施行，集合写 其中那条规则");
    insta::assert_snapshot!(told("案例 “三口之家\n  所属期 2023年6月\n"), @"unclosed_quote [“三口之家] 引号 “ 在这一行没有合上；在这一行补上 ”");
    insta::assert_snapshot!(told("表 甲（年龄）：元\n  ｜年龄｜金额｜\n  ｜80岁｜1元\n"), @"open_table_row [｜80岁｜1元] 表格的这一行没有以“｜”结尾；在行末补上 ｜");
    insta::assert_snapshot!(told("表 甲（年龄）：元\n  ｜年龄｜金额｜\n  ｜80岁｜\n"), @"uneven_row [｜80岁｜] 第1行有1格，表头有2格；空着的格子也要写 ｜");
    insta::assert_snapshot!(told("参数 甲：元\n  自2023年1月1日起：\n"), @"expected [] 这里应当是一个值或条件，却是行末");
    insta::assert_snapshot!(told("枚举 甲\n"), @"expected [] 这里应当是“：”，却是文末");
    insta::assert_snapshot!(told("词汇 甲\n"), @"late_header [词汇] “政策”“词汇”只能写在文件开头，只写一次；另存为一个文件");
    insta::assert_snapshot!(told("规则 甲（人）：元/月，就高，就低 = 1元\n"), @"duplicate [就低] 各项的合并方式写了两次");
    insta::assert_snapshot!(told("规则 甲（人）：元/月 = 1元  依据\n"), @"empty_citation [依据] “依据”后面没有文字");
}

#[test]
fn every_broken_line_is_told() {
    let text = "对象 人\n  甲：是否\n  乙 是否\n  丙：是否\n  丁：\n  戊：元，不知道\n  己：是否\n";
    insta::assert_debug_snapshot!(codes(text), @r#"
[
    "huize::syntax::expected",
    "huize::syntax::expected",
    "huize::syntax::expected",
]
"#);
    let text = "参数 甲：元\n  自2023年1月1日起：1元 元\n  自2024年1月1日起：2元\n  自2025年1月1日起：3元 3元\n";
    insta::assert_debug_snapshot!(codes(text), @r#"
[
    "huize::syntax::expected",
    "huize::syntax::expected",
]
"#);
}

#[test]
fn a_file_needs_one_header_at_its_beginning() {
    let codes = |text| -> Vec<_> {
        parse(SourceId(0), text).errors.iter().map(SyntaxError::code).collect()
    };
    assert_eq!(codes(""), ["huize::syntax::missing_header"]);
    assert_eq!(codes("规则 甲 = 1元\n"), ["huize::syntax::missing_header"]);
    assert_eq!(codes("你好\n政策 甲.乙\n"), ["huize::syntax::stray_text"]);
    assert_eq!(codes("规则甲（人）：岁 = 1岁\n政策 甲.乙\n"), ["huize::syntax::glued_keyword"]);
    assert_eq!(codes("政策 甲.乙\n政策 甲.丙\n"), ["huize::syntax::late_header"]);
    assert_eq!(codes("\u{FEFF}# 注\n\n政策 甲.乙\n"), [""; 0]);
}

/// The value of the only rule.
fn value(text: &str) -> ExprKind {
    let file = file(&format!("政策 甲.乙\n规则 甲 = {text}\n"));
    let Some(Declaration::Rule(rule)) = file.declarations.into_iter().next() else {
        panic!("no rule in {text}")
    };
    match rule.tail.body {
        Some(Body { kind: BodyKind::Formula(formula), .. }) => formula.value.kind,
        body => panic!("{body:?}"),
    }
}

#[test]
fn operators_bind_as_documented() {
    insta::assert_snapshot!(outline(&value("非年龄达到70岁且重病")), @"且(非((年龄 GreaterOrEqual 70)), 重病)");
    insta::assert_snapshot!(outline(&value("甲且乙且丙")), @"且(甲, 乙, 丙)");
    insta::assert_snapshot!(outline(&value("甲＋乙×丙－丁÷戊")), @"((甲 Add (乙 Multiply 丙)) Subtract (丁 Divide 戊))");
    insta::assert_snapshot!(outline(&value("甲－乙－丙低于－丁×戊")), @"(((甲 Subtract 乙) Subtract 丙) Less (负(丁) Multiply 戊))");
    insta::assert_snapshot!(outline(&value("补贴若无则0元＋收入的30%")), @"((补贴 若无 0) Add (收入 Multiply 30))");
    insta::assert_snapshot!(outline(&value("甲＋乙属于1元以上2元以下、5元")), @"((甲 Add 乙) 属于 2 项)");
    insta::assert_snapshot!(outline(&value("父亲的低保的金额（应发）×2")), @"(((父亲.低保 None).金额 Some(Due)) Multiply 2)");
    // No blank is needed where a comma or a unit stands before.
    for text in ["如果在业，则1元否则0元", "如果 在业 则 1元 否则 0元"] {
        let ExprKind::If { condition, then, otherwise } = value(text) else { panic!("{text}") };
        let parts = [condition, then, otherwise].map(|part| outline(&part.kind));
        assert_eq!(parts, ["在业", "1", "0"], "{text}");
    }
    insta::assert_snapshot!(outline(&value("30% of standard")), @"(30 Multiply standard)");
}

/// An expression with brackets round everything.
fn outline(kind: &ExprKind) -> String {
    let of = |inner: &crate::syntax::ast::Expr| outline(&inner.kind);
    match kind {
        ExprKind::Name(name) => name.text.clone(),
        ExprKind::Number(number) => format!("{}", number.value),
        ExprKind::Not(inner) => format!("非({})", of(inner)),
        ExprKind::Negate(inner) => format!("负({})", of(inner)),
        ExprKind::Binary { operator, left, right, .. } => {
            format!("({} {operator:?} {})", of(left), of(right))
        }
        ExprKind::Compare { operator, left, right, .. } => {
            format!("({} {operator:?} {})", of(left), of(right))
        }
        ExprKind::Logic { all, operands } => {
            let operands: Vec<String> = operands.iter().map(of).collect();
            format!("{}({})", if *all { "且" } else { "或" }, operands.join(", "))
        }
        ExprKind::Within { value, alternatives, .. } => {
            format!("({} 属于 {} 项)", of(value), alternatives.len())
        }
        ExprKind::IfAbsent { value, otherwise } => {
            format!("({} 若无 {})", of(value), of(otherwise))
        }
        ExprKind::Access { base, member, stage } => {
            format!("({}.{} {stage:?})", of(base), of(member))
        }
        other => format!("{other:?}"),
    }
}

/// The only declaration of `text` behind a header.
fn only(text: &str) -> Declaration {
    let file = file(&format!("政策 甲.乙\n{text}"));
    let [declaration] = file.declarations.as_slice() else { panic!("{:#?}", file.declarations) };
    declaration.clone()
}

#[test]
fn rows_end_where_the_next_date_begins() {
    let text = "参数 等次（城乡、年龄）：类别\n  自2023年1月1日起：城镇 甲类，农村、老年 乙类\n  \
        自2024年起至2025年6月止：待查，样例\n  从2025年7月起：甲类\n";
    let Declaration::Parameter(parameter) = only(text) else { panic!() };
    let rows: Vec<String> = parameter
        .rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter().map(|cell| {
                let keys: Vec<&str> = cell.keys.iter().map(|key| key.text.as_str()).collect();
                match &cell.value {
                    CellValue::Value(value) => {
                        format!("{}={}", keys.join("+"), outline(&value.kind))
                    }
                    CellValue::Pending(_) => "待查".to_owned(),
                }
            });
            format!("{} {}", cells.collect::<Vec<_>>().join(" "), row.sample.is_some())
        })
        .collect();
    assert_eq!(rows, ["城镇=甲类 农村+老年=乙类 false", "待查 true", "=甲类 false"]);
}

#[test]
fn table_cells_are_read_by_their_column() {
    let text = "表 甲（年龄）：元\n  ｜年龄｜金额｜备注｜依据｜\n  \
        ｜80岁以上不满90岁、95岁｜100元｜见 （一） ｜《通知》第一条｜\n  ｜其他｜待查｜｜｜\n";
    let Declaration::Table(table) = only(text) else { panic!() };
    let columns: Vec<&str> = table.columns.iter().map(|column| column.text.as_str()).collect();
    assert_eq!(columns, ["年龄", "金额", "备注", "依据"]);
    let kinds = |row: usize| -> Vec<String> {
        let cells = table.rows[row].cells.iter().map(|cell| match &cell.content {
            TableCellContent::Alternatives(ranges) => format!("{}项", ranges.len()),
            TableCellContent::Citation(citation) => citation.text.clone(),
            other => format!("{other:?}"),
        });
        cells.collect()
    };
    assert_eq!(kinds(0), ["2项", "1项", "Words", "《通知》第一条"]);
    assert_eq!(kinds(1), ["Other", "Pending", "Empty", "Empty"]);
    let file_text = format!("政策 甲.乙\n{text}");
    let TableCellContent::Alternatives(ranges) = &table.rows[0].cells[0].content else { panic!() };
    assert_eq!(&file_text[ranges[1].span.range()], "95岁");
}

#[test]
fn a_case_keeps_dated_values_together() {
    let text = "案例 “x”\n  家庭：城镇，工资 1元（自2023年3月起），2元（自2023年9月起），在业 是\n  \
        ｜成员｜工资｜病｜名｜\n  ｜甲｜1元（自2023年3月起），2元（自2023年9月起）｜｜3号楼 甲｜\n";
    let Declaration::Case(case) = only(text) else { panic!() };
    let facts: Vec<(Option<&str>, usize)> = case.instances[0]
        .facts
        .iter()
        .map(|fact| (fact.field.as_ref().map(|field| field.text.as_str()), fact.values.len()))
        .collect();
    assert_eq!(facts, [(None, 1), (Some("工资"), 2), (Some("在业"), 1)]);
    let cells = &case.tables[0].rows[0].cells;
    assert_eq!(cells.iter().map(|cell| cell.values.len()).collect::<Vec<_>>(), [1, 2, 0, 1]);
    assert_eq!(cells[3].values[0].value.kind, ExprKind::Text("3号楼 甲".to_owned()));
}

#[test]
fn ages_in_english() {
    let text = "rule 甲(person): years_old = age(birth_date, assessment_date) at least 18years_old";
    let Declaration::Rule(rule) = only(text) else { panic!() };
    let ty = rule.tail.ty.unwrap();
    assert!(matches!(ty.kind, TypeExprKind::Unit(_)), "{ty:?}");
    let Some(Body { kind: BodyKind::Formula(formula), .. }) = rule.tail.body else { panic!() };
    let ExprKind::Compare { right, .. } = formula.value.kind else { panic!() };
    let ExprKind::Number(number) = right.kind else { panic!() };
    let NumberSuffix::Unit(unit) = number.suffix else { panic!() };
    assert_eq!(unit.numerator.text, "years_old");
}

#[test]
fn exceptions_know_their_labels() {
    let text = "规则 甲（人）：元/月 = 1元\n  例外（乙）丙的，0元；优先于（丁）、（戊）；依据 《x》第三条\n  \
        对（乙）的例外（己）庚的，工资的50%，向下取整到1元；施行 自2024年起\n";
    let Declaration::Rule(rule) = only(text) else { panic!() };
    let [first, second] = rule.tail.exceptions.as_slice() else { panic!() };
    let text = |label: &Option<Text>| label.as_ref().map(|label| label.text.clone());
    assert_eq!((text(&first.label), text(&first.target)), (Some("乙".to_owned()), None));
    let beats: Vec<&str> = first.beats.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(beats, ["丁", "戊"]);
    assert_eq!(first.citations.len(), 1);
    assert_eq!(text(&second.target), Some("乙".to_owned()));
    assert_eq!(second.value.steps.len(), 1);
    assert!(second.in_force.is_some() && second.condition.is_some());
}

#[test]
fn small_clauses_of_a_decision_keep_their_citations() {
    let text = "决定 甲（人）    依据 《一》\n  条件 乙    依据 《二》\n  复核 每12个月    依据 《三》\n  \
        起发 次月    依据 《四》\n  依据 《五》\n  停发 当月    依据 《六》\n";
    let Declaration::Decision(decision) = only(text) else { panic!() };
    let tail = decision.tail;
    let texts = |citations: &[Citation]| {
        citations.iter().map(|citation| citation.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&tail.citations), ["《一》"]);
    assert_eq!(texts(&tail.review_citations), ["《三》"]);
    assert_eq!(texts(&tail.starts.unwrap().citations), ["《四》", "《五》"]);
    assert_eq!(texts(&tail.stops.unwrap().citations), ["《六》"]);
}

#[test]
fn nothing_overflows_the_stack() {
    let rule = |value: &str| codes(&format!("规则 甲 = {value}\n"));
    let many = 100_000;
    assert_eq!(rule(&"（".repeat(many)), ["huize::syntax::too_deep"]);
    assert_eq!(rule(&"f（".repeat(many)), ["huize::syntax::too_deep"]);
    assert_eq!(rule(&"（「）」＋".repeat(many)), ["huize::syntax::too_deep"]);
    assert_eq!(rule(&"如果 甲 则 ".repeat(many)), ["huize::syntax::too_deep"]);
    assert_eq!(rule(&"如果 甲 则 乙 否则 ".repeat(many)), ["huize::syntax::too_deep"]);
    assert_eq!(rule(&"非".repeat(many)).len(), 1);
    assert_eq!(rule(&format!("甲{}", "＋甲".repeat(many))), ["huize::syntax::too_many_operators"]);
    assert_eq!(rule(&format!("甲{}", "的甲".repeat(many))), ["huize::syntax::too_many_operators"]);
    let deep = |levels: usize| format!("{}1元{}", "（".repeat(levels), "）".repeat(levels));
    assert_eq!(rule(&deep(64)), [""; 0]);
    let nested = format!("{}1元{}", "最大（如果 甲 则 ".repeat(32), " 否则 1元）".repeat(32));
    assert_eq!(rule(&nested), [""; 0]);
    let wide = format!("甲{}", "＋甲".repeat(500));
    assert_eq!(rule(&wide), [""; 0]);
}

mod mutations {
    use proptest::prelude::*;

    use super::{SAMPLES, SourceId, parse};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn a_changed_text_is_still_read(
            sample in 0..SAMPLES.len(),
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, ".|[（）“”「」【】，。；、：=｜的且或非一1 \n]"), 1..6),
        ) {
            let mut letters: Vec<char> = SAMPLES[sample].1.chars().collect();
            for (at, action, text) in changes {
                let at = at.index(letters.len());
                match action {
                    0 => { letters.remove(at); }
                    1 => letters.splice(at..at, text.chars()).for_each(drop),
                    _ => letters.splice(at..=at, text.chars()).for_each(drop),
                }
            }
            let text: String = letters.into_iter().collect();
            for error in parse(SourceId(0), &text).errors {
                prop_assert_ne!(error.code(), "huize::internal");
                prop_assert!(text.get(error.span().range()).is_some());
            }
        }
    }
}

/// What stands in the rule `name` of the grammar, a rule of several lines.
fn grammar_rule(name: &str) -> &'static str {
    let grammar = include_str!("../../../grammar/huize.pest");
    let body = grammar.split_once(&format!("\n{name} = _{{")).unwrap().1;
    body.split_once("\n}").unwrap().0
}

/// The stretches of letters in a rule that lists some.
fn stretches(rule: &str) -> Vec<(char, char)> {
    let letter = |quoted: &str| match quoted.strip_prefix("\\u{") {
        Some(code) => {
            let code = u32::from_str_radix(code.trim_end_matches('}'), 16).unwrap();
            char::from_u32(code).unwrap()
        }
        None => quoted.chars().next().unwrap(),
    };
    let ranges = grammar_rule(rule).split('|').filter_map(|range| range.split_once("'..'"));
    ranges
        .map(|(from, to)| (from, to.trim().trim_end_matches('\'')))
        .map(|(from, to)| (letter(from.trim().trim_start_matches('\'')), letter(to)))
        .collect()
}

/// Those of `words` that begin with a letter in a stretch of `rule`.
fn begun_in<'a>(rule: &str, words: &[&'a str]) -> Vec<&'a str> {
    let stretches = stretches(rule);
    assert!(stretches.len() > 1, "{rule}");
    let known = |letter: char| stretches.iter().any(|(from, to)| (*from..=*to).contains(&letter));
    words.iter().copied().filter(|word| word.starts_with(known)).collect()
}

#[test]
fn letters_known_by_their_place_begin_no_cutting_word() {
    let words: Vec<&str> = grammar_rule("cutting_word").split('"').skip(1).step_by(2).collect();
    assert!(words.len() > 20);
    for rule in ["frequent_han", "seldom_han", "plain_start"] {
        assert_eq!(begun_in(rule, &words), [""; 0], "{rule}");
    }
}

#[test]
fn letters_known_by_their_place_begin_nothing_else() {
    assert_eq!(begun_in("plain_start", words::RESERVED_WORDS), [""; 0]);
    let values = ["如果", "是", "否", "近", "此前", "连续", "前", "（", "(", "“", "－", "1", "a"];
    assert_eq!(begun_in("name_letter", &values), [""; 0]);
    let operators = "或 并且 且 不低于 低于 不高于 高于 不超过 超过 不少于 少于 未达到 达到 不满 不等于 等于 不属于 \
        属于 若无则 的 ＋ － − × ＊ ÷ ／ ≥ ≤ ≠ ＞ ＜ ＝ ！＝ + - * / > < = != . or and at above below is in not of \
        or_if_none";
    let operators: Vec<&str> = operators.split_whitespace().collect();
    assert_eq!(begun_in("operand_end", &operators), [""; 0]);
    assert_eq!(begun_in("seen", &[" ", "\n", "\r", "\u{3000}", "\u{A0}", "\u{FEFF}"]), [""; 0]);
    assert_eq!(begun_in("seen", &["#", "＃", "注："]), [""; 0]);
}

/// A stop of English stands wherever one of Chinese may, behind a number too.
#[test]
fn every_sentence_may_end_with_a_stop_in_both_languages() {
    let text = "policy a.b\nenum k: x, y。\nunit bed。\nobject household\n  x: bool。\n\
        parameter p: CNY = 2CNY。\nset s(household): members, where x。\nrule r(household): CNY\n  \
        （一）low: when x then 2CNY；\n  otherwise 3。\ndecision d(household)\n  condition x。\n  \
        payment p: CNY = r, round_up to 1CNY。\nconstraint low: r at least 2。\n\
        case \"c\"\n  period 2023-06\n  household: x true\n  expect r = 22。\n  expect d is entitled。\n  \
        expect needs x。\n  expect error conflict。\n";
    for text in [text.to_owned(), text.replace(['。', '；'], ".")] {
        let found = errors(&text);
        let told: Vec<_> =
            found.iter().map(|error| (error.code(), &text[error.span().range()])).collect();
        assert!(told.is_empty(), "{told:?}\n{text}");
    }
}
