use super::{one_line, plain};
use crate::diagnostic::{Bilingual, Diagnostic, Language};
use crate::source::{SourceId, SourceMap, Span};

const POLICY: &str = "政策 甲\n\n  规则 甲（家庭）：元/月 = 月工资＋年收入\n";

fn sources(text: &str) -> (SourceMap, SourceId) {
    let mut sources = SourceMap::default();
    let id = sources.add("policies/x.hz", text);
    (sources, id)
}

fn place(sources: &SourceMap, id: SourceId, part: &str) -> Span {
    let start = sources.file(id).unwrap().text().find(part).unwrap();
    Span::new(id, start, start + part.len())
}

fn finding() -> Diagnostic {
    Diagnostic::error(
        "huize::types::unit_mismatch",
        Bilingual::new(
            "每年的金额不能与每月的金额相加",
            "a yearly and a monthly amount cannot be added",
        ),
    )
}

#[test]
fn the_underline_stands_below_wide_characters() {
    let (sources, id) = sources(POLICY);
    let finding = finding()
        .at(place(&sources, id, "年收入"), Bilingual::new("这是 元/年", "this is CNY/year"))
        .at(place(&sources, id, "月工资"), Bilingual::new("这是 元/月", "this is CNY/month"))
        .help(Bilingual::new("按月（年收入）", "per_month(年收入)"));
    insta::assert_snapshot!(plain(&finding, &sources, Language::Zh), @r"
    错误[huize::types::unit_mismatch] 每年的金额不能与每月的金额相加
      ┌─ policies/x.hz:3:22
    3 │   规则 甲（家庭）：元/月 = 月工资＋年收入
      │                                    ^^^^^^ 这是 元/年
      │                            ------ 这是 元/月
      = 改法：按月（年收入）
    ");
    insta::assert_snapshot!(one_line(&finding, &sources, Language::En), @"policies/x.hz:3:22: error[huize::types::unit_mismatch] a yearly and a monthly amount cannot be added");
}

#[test]
fn other_lines_and_files_get_their_own_excerpt() {
    let (mut sources, id) = sources(POLICY);
    let other = sources.add("b.hz", &format!("{}甲", "\n".repeat(99)));
    let finding = finding()
        .at(place(&sources, id, "规则"), Bilingual::same("A"))
        .at(place(&sources, other, "甲"), Bilingual::same("B"))
        .at(place(&sources, id, "政策"), Bilingual::default());
    insta::assert_snapshot!(plain(&finding, &sources, Language::En), @r"
    error[huize::types::unit_mismatch] a yearly and a monthly amount cannot be added
        ┌─ policies/x.hz:3:3
      3 │   规则 甲（家庭）：元/月 = 月工资＋年收入
        │   ^^^^ A
        ┌─ b.hz:100:1
    100 │ 甲
        │ -- B
        ┌─ policies/x.hz:1:1
      1 │ 政策 甲
        │ ----
    ");
}

#[test]
fn tabs_and_full_width_spaces_keep_their_width() {
    let (sources, id) = sources("\t\u{3000}a\t甲");
    let finding = finding().at(place(&sources, id, "甲"), Bilingual::same("here"));
    insta::assert_snapshot!(plain(&finding, &sources, Language::Zh), @r"
    错误[huize::types::unit_mismatch] 每年的金额不能与每月的金额相加
      ┌─ policies/x.hz:1:5
    1 │     　a 甲
      │         ^^ here
    ");
}

#[test]
fn the_end_of_a_file_and_several_lines_have_a_mark() {
    let (sources, id) = sources("政策 甲\r\n规则 乙\r\n");
    let end = sources.file(id).unwrap().text().len();
    let finding = finding()
        .at(Span::new(id, end, end), Bilingual::same("end"))
        .at(Span::new(id, 7, end), Bilingual::same("all"));
    insta::assert_snapshot!(plain(&finding, &sources, Language::En), @r"
    error[huize::types::unit_mismatch] a yearly and a monthly amount cannot be added
      ┌─ policies/x.hz:3:1
    3 │
      │ ^ end
      ┌─ policies/x.hz:1:4
    1 │ 政策 甲
      │      -- all
    ");
}

#[test]
fn a_long_line_is_cut_around_the_label() {
    let (sources, id) = sources(&format!("{}甲{}", "一".repeat(100), "二".repeat(100)));
    let finding = finding().at(place(&sources, id, "甲"), Bilingual::same("here"));
    let shown = plain(&finding, &sources, Language::Zh);
    let rows: Vec<_> = shown.lines().collect();
    assert_eq!(rows[2], format!("1 │ …{}甲{}…", "一".repeat(30), "二".repeat(59)));
    assert_eq!(rows[3], format!("  │ {}^^ here", " ".repeat(61)));
}

#[test]
fn nothing_hidden_reaches_the_terminal() {
    let (sources, id) = sources("a\u{1b}[31mb\u{202e}甲");
    let finding = Diagnostic::warning("huize::x::y", Bilingual::same("a\u{7}\nb"))
        .at(place(&sources, id, "甲"), Bilingual::default());
    insta::assert_snapshot!(plain(&finding, &sources, Language::En), @r"
    warning[huize::x::y] a? b
      ┌─ policies/x.hz:1:9
    1 │ a?[31mb�甲
      │         ^^
    ");
}

#[test]
fn a_place_in_no_file_is_said_in_words() {
    let lost = finding().at(Span::new(SourceId(7), 0, 4), Bilingual::same("lost"));
    let shown = plain(&lost, &SourceMap::default(), Language::En);
    assert!(shown.ends_with("added\n  = lost\n"), "{shown}");
    assert!(one_line(&lost, &SourceMap::default(), Language::En).starts_with("error["));
}

#[test]
fn impossible_spans_do_no_harm() {
    let (sources, id) = sources(POLICY);
    for (start, end) in [(1, 2), (9_999, 10_000), (5, 3), (0, 9_999)] {
        let finding = finding().at(Span { source: id, start, end }, Bilingual::same("x"));
        assert!(plain(&finding, &sources, Language::Zh).contains("x.hz"));
        #[cfg(feature = "cli")]
        assert!(!super::fancy(&finding, &sources, Language::Zh, false).is_empty());
    }
}

#[cfg(feature = "cli")]
#[test]
fn fancy_draws_one_source_at_a_time() {
    let (mut sources, id) = sources(POLICY);
    let other = sources.add("b.hz", "规则 甲\n");
    let finding = finding()
        .at(place(&sources, id, "年收入"), Bilingual::new("这是 元/年", "this is CNY/year"))
        .at(place(&sources, id, "月工资"), Bilingual::new("这是 元/月", "this is CNY/month"))
        .at(place(&sources, other, "甲"), Bilingual::new("已在这里", "already here"))
        .help(Bilingual::new("按月（年收入）", "per_month(年收入)"));
    insta::assert_snapshot!(super::fancy(&finding, &sources, Language::Zh, false), @r"
    huize::types::unit_mismatch

      × 每年的金额不能与每月的金额相加
       ╭─[policies/x.hz:3:22]
     3 │   规则 甲（家庭）：元/月 = 月工资＋年收入
       ·                            ───┬──  ───┬──
       ·                               │       ╰── 这是 元/年
       ·                               ╰── 这是 元/月
       ╰────
      ☞ 已在这里
       ╭─[b.hz:1:4]
     1 │ 规则 甲
       ·      ──
       ╰────
      改法：按月（年收入）
    ");
    let english = super::fancy(&finding, &sources, Language::En, false);
    assert!(english.ends_with("  help: per_month(年收入)\n"), "{english}");
    assert!(super::fancy(&finding, &sources, Language::En, true).contains("\u{1b}["));
}

#[cfg(feature = "cli")]
#[test]
fn fancy_marks_the_end_of_a_file_and_the_first_of_several_lines() {
    for text in ["政策 甲\r\n规则 乙\r\n", "政策 甲\r\n规则 乙"] {
        let (sources, id) = sources(text);
        let finding = Diagnostic::warning("huize::x::y", Bilingual::same("m"))
            .at(Span::new(id, text.len(), text.len()), Bilingual::same("end"))
            .at(Span::new(id, 7, text.len()), Bilingual::same("all"));
        insta::allow_duplicates! {
            insta::assert_snapshot!(super::fancy(&finding, &sources, Language::En, false), @r"
            huize::x::y

              ⚠ m
               ╭─[policies/x.hz:2:5]
             1 │ 政策 甲
               ·      ─┬
               ·       ╰── all
             2 │ 规则 乙
               ·        ▲
               ·        ╰── end
               ╰────
            ");
        }
    }
}
