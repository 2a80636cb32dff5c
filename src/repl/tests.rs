//! What must hold of every session: a case that it writes comes out as it says, a file that it
//! writes gives the same household back, and undoing all of it undoes all of it.

use proptest::prelude::*;

use super::household::Household;
use super::{Options, Session, Start, Status, World};
use crate::diagnostic::{Diagnostic, Language};
use crate::engine::Library;

const TOWN: [(&str, &str); 6] = [
    ("vocabulary.hz", include_str!("../../snapshot-tests/town/vocabulary.hz")),
    ("national-dibao.hz", include_str!("../../snapshot-tests/town/national-dibao.hz")),
    ("national-disability.hz", include_str!("../../snapshot-tests/town/national-disability.hz")),
    ("jia-dibao.hz", include_str!("../../snapshot-tests/town/jia-dibao.hz")),
    ("jia-disability.hz", include_str!("../../snapshot-tests/town/jia-disability.hz")),
    ("yi-dibao.hz", include_str!("../../snapshot-tests/town/yi-dibao.hz")),
];

const FAMILY: &str = include_str!("../../snapshot-tests/town/family.json");

const ZHONGSHAN_FAMILY: &str = include_str!("../../examples/zhongshan-family.json");

fn town() -> Vec<(String, String)> {
    TOWN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// The family, and what was written last.
#[derive(Default)]
struct Drawer {
    written: Option<String>,
}

impl World for Drawer {
    fn read(&mut self, _: &str) -> Result<String, Vec<Diagnostic>> {
        Ok(self.written.clone().unwrap_or_else(|| FAMILY.to_owned()))
    }

    fn write(&mut self, _: &str, text: &str) -> Result<(), Vec<Diagnostic>> {
        self.written = Some(text.to_owned());
        Ok(())
    }

    fn policies(&mut self) -> Result<Option<Vec<(String, String)>>, Vec<Diagnostic>> {
        Ok(Some(town()))
    }
}

fn session(language: Language) -> (Session, Drawer) {
    let mut drawer = Drawer::default();
    let mut session = Session::new(Options { language, ..Options::default() }, Some(town()));
    assert_eq!(session.line("载入 family.json", &mut drawer).status, Status::Done);
    (session, drawer)
}

/// Lines that change something, some of which make no sense of a household.
fn change() -> impl Strategy<Value = String> {
    let person = prop_oneof![Just("甲"), Just("乙"), Just("丙"), Just("丁")];
    let wage = prop_oneof![Just(0_u32), 0_u32..900_000, 359_000_u32..361_000];
    let wage = wage.prop_map(|fen| format!("{}.{:02}元", fen / 100, fen % 100));
    let truth = prop_oneof![Just("是"), Just("否"), Just("未知"), Just("拒答")];
    let field = prop_oneof![Just("在业"), Just("在校学生"), Just("重病")];
    let grade = prop_oneof![Just("无"), Just("1"), Just("3"), Just("4"), Just("未知")];
    let kind = prop_oneof![Just("无"), Just("智力"), Just("肢体"), Just("未知")];
    let household = prop_oneof![
        Just("设 农村".to_owned()),
        Just("设 财产核对合格 = 否".to_owned()),
        Just("未知 财产核对合格".to_owned()),
        Just("设 边缘财产核对合格 = 是".to_owned()),
        Just("清除 城乡".to_owned()),
        Just("设 其他月收入 = 123.45元".to_owned()),
        Just("历史 2023年5月：低保＝符合，低保金＝313元，甲的低保＝不符合".to_owned()),
    ];
    let time =
        (2022_i32..2025, 1_u32..13).prop_map(|(year, month)| format!("月 {year}-{month:02}"));
    prop_oneof![
        4 => (person.clone(), wage.clone()).prop_map(|(who, wage)| format!("设 {who}的月工资 = {wage}")),
        1 => (person.clone(), wage.clone(), wage).prop_map(|(who, a, b)| {
            format!("设 {who}的月工资 = {a}（自2023年1月起），{b}（自2023年9月15日起）")
        }),
        3 => (person.clone(), field, truth).prop_map(|(who, field, truth)| format!("设 {who}的{field} = {truth}")),
        2 => (person.clone(), grade, kind).prop_map(|(who, grade, kind)| {
            format!("设 {who}的残疾等级 = {grade}，{who}的残疾类别 = {kind}")
        }),
        1 => person.clone().prop_map(|who| format!("设 {who}的姓名 = “{who}某”")),
        1 => Just("加 丁：出生日期 2001年5月3日，父亲 甲".to_owned()),
        1 => Just("加 其他人员 戊：出生日期 1950年1月1日，月工资 10元".to_owned()),
        1 => Just("设 甲的父亲 = 戊".to_owned()),
        1 => person.prop_map(|who| format!("减 {who}")),
        2 => household,
        2 => time,
        1 => Just("评估日 2023-06-15".to_owned()),
    ]
}

fn household(session: &Session) -> Household {
    (*session.state.household).clone()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_saved_case_comes_out(
        lines in prop::collection::vec(change(), 0..12),
        english in any::<bool>(),
    ) {
        let language = if english { Language::En } else { Language::Zh };
        let (mut session, mut drawer) = session(language);
        for line in &lines {
            session.line(line, &mut drawer);
        }
        if session.summary_of_now().is_none() {
            return Ok(());
        }
        let saved = session.line("存为案例 “试”", &mut drawer);
        prop_assert_eq!(saved.status, Status::Done, "{:?}", saved.findings);
        let mut files = town();
        for (name, text) in &mut files {
            if name == "jia-dibao.hz" {
                text.push_str(&format!("\n{}", saved.text));
            }
        }
        let library = Library::from_texts(files);
        let policy = library.compile_with_cases("甲市.最低生活保障");
        let policy = policy.map_err(|found| TestCaseError::fail(format!("{found:#?}\n{}", saved.text)))?;
        let reports = policy.run_cases();
        prop_assert_eq!(reports.len(), 1);
        prop_assert!(reports[0].passed, "{:#?}\n{}", reports[0].failures, saved.text);
    }

    #[test]
    fn a_saved_file_gives_the_same_household(
        lines in prop::collection::vec(change(), 0..12),
        english in any::<bool>(),
    ) {
        let language = if english { Language::En } else { Language::Zh };
        let (mut session, mut drawer) = session(language);
        for line in &lines {
            session.line(line, &mut drawer);
        }
        if session.summary_of_now().is_none() {
            return Ok(());
        }
        let before = session.state.clone();
        let saved = session.line("存为 JSON f.json", &mut drawer);
        prop_assert_eq!(saved.status, Status::Done);
        let loaded = session.line("载入 f.json", &mut drawer);
        prop_assert_eq!(loaded.status, Status::Done, "{:?}\n{:?}", loaded.findings, drawer.written);
        prop_assert_eq!(&session.state.household, &before.household, "{:?}", drawer.written);
        prop_assert_eq!(session.state.time, before.time);
    }

    #[test]
    fn undoing_everything_undoes_everything(lines in prop::collection::vec(change(), 0..12)) {
        let (mut session, mut drawer) = session(Language::Zh);
        let (start, first) = (session.state.clone(), session.line("决定", &mut drawer).text);
        for line in &lines {
            let before = session.state.clone();
            if session.line(line, &mut drawer).status == Status::Failed {
                prop_assert_eq!(&session.state, &before, "{} changed something", line);
            }
        }
        let (end, last) = (session.state.clone(), session.line("决定", &mut drawer).text);
        session.line("撤销 全部", &mut drawer);
        prop_assert_eq!(&session.state, &start);
        prop_assert_eq!(session.line("决定", &mut drawer).text, first);
        session.line("重做 全部", &mut drawer);
        prop_assert_eq!(&session.state, &end);
        prop_assert_eq!(session.line("决定", &mut drawer).text, last);
    }

    /// Whatever is typed is answered: nothing panics, and what fails says why.
    /// What is explained from what was explained before says the same as what is explained anew.
    #[test]
    fn what_is_told_again_is_told_alike(lines in prop::collection::vec(change(), 1..9)) {
        let (mut from_before, mut drawer) = session(Language::Zh);
        let (mut anew, mut other) = session(Language::Zh);
        for line in &lines {
            from_before.line(line, &mut drawer);
            anew.line(line, &mut other);
            for asked in ["为何 全部", "为何", "为何 低保", "为何不 低保"] {
                anew.forget();
                let told = from_before.line(asked, &mut drawer);
                let anew = anew.line(asked, &mut other);
                prop_assert_eq!(told.text, anew.text, "{} after {}", asked, line);
            }
        }
    }

    #[test]
    fn anything_may_be_typed(line in "[设改为何不低保甲的月工资=＝：:（）()，、。“”一二三0-9a-z .%元/·\n　#?？-]{0,40}") {
        let (mut session, mut drawer) = session(Language::Zh);
        let before = household(&session);
        let _ = (session.goes_on(&line), session.hint(&line));
        for (at, _) in line.char_indices() {
            let _ = session.complete(&line, at);
        }
        let pieces = session.highlight(&line);
        let joined: String = pieces.iter().map(|piece| line.get(piece.range.clone()).unwrap_or("?")).collect();
        prop_assert_eq!(&joined, &line);
        let reply = session.line(&line, &mut drawer);
        if reply.status == Status::Failed {
            prop_assert!(!reply.findings.is_empty());
            prop_assert_eq!(household(&session), before);
        }
    }
}

/// What is decided from what was decided before says the same as what is decided anew.
#[test]
fn what_is_missing_is_listed_alike_whichever_way_it_came_about() {
    let (mut session, mut drawer) = session(Language::Zh);
    for line in ["清除 城乡", "加 丁：出生日期 2001年5月3日，父亲 甲", "设 甲的在校学生 = 未知"]
    {
        assert_eq!(session.line(line, &mut drawer).status, Status::Done, "{line}");
    }
    let from_before = session.summary_of_now().expect("a summary");
    session.line("撤销 全部", &mut drawer);
    session.line("重做 全部", &mut drawer);
    assert_eq!(session.summary_of_now(), Some(from_before));
}

/// The same over all benefits of a place: outcomes, items and exceptions come and go.
#[test]
fn all_benefits_of_a_place_are_told_again_alike() {
    let mut world = Drawer { written: Some(ZHONGSHAN_FAMILY.to_owned()) };
    let place = || {
        let mut session = Session::new(Options::default(), None);
        let start =
            Start {
                place: Some("中山".into()), facts: Some("家.json".into()), ..Start::default()
            };
        assert_eq!(
            session
                .start(&start, &mut Drawer { written: Some(ZHONGSHAN_FAMILY.to_owned()) })
                .status,
            Status::Done
        );
        session
    };
    let (mut from_before, mut anew) = (place(), place());
    for line in [
        "设 乙的月工资 = 100元",
        "设 乙的月工资 = 101元",
        "设 甲的月工资 = 9000元",
        "设 甲的月工资 = 2250元",
        "设 城乡 = 农村",
        "未知 甲的月工资",
        "设 甲的月工资 = 3603元",
        "设 甲的残疾等级 = 1，甲的残疾类别 = 肢体",
        "设 乙的残疾等级 = 2，乙的残疾类别 = 智力",
        "设 丙的出生日期 = 1940年1月1日",
        "月 2024-01",
        "设 乙的月工资 = 5元",
        "撤销 3",
        "设 乙的月工资 = 7元",
    ] {
        let told = from_before.line(line, &mut world);
        assert_eq!(told.status, Status::Done, "{line}: {:?}", told.findings);
        anew.line(line, &mut world);
        anew.forget();
        for asked in ["为何 全部", "决定"] {
            let told = from_before.line(asked, &mut world).text;
            assert!(told == anew.line(asked, &mut world).text, "{asked} after {line}");
        }
    }
}
