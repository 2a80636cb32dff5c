//! Help while a line is being typed: completion, hints, colours, and whether it goes on.

use std::ops::Range;
use std::sync::Arc;

use super::facts::{Target, field_named};
use super::read::{self, Input};
use super::session::{Compiled, Session};
use super::table::objects;
use super::verb::{self, Verb};
use crate::diagnostic::Language;
use crate::hir::{Field, Name, Program};
use crate::input::{Fact, InstanceId};
use crate::syntax::token::{TokenKind, tokens};
use crate::syntax::words::{CUTTING_WORDS, is_ascii_word, is_han};
use crate::types::{ObjectId, Type};

/// More candidates than this are of no help.
const MOST_CANDIDATES: usize = 40;

/// The same before a letter of the word has been typed.
const FEW_CANDIDATES: usize = 24;

/// What could stand where the cursor is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The byte where the word begins that would be replaced.
    pub start: usize,
    /// What could stand there, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// Whether a file is wanted, which the frontend knows.
    pub path: bool,
}

/// One thing that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The text that goes into the line.
    pub text: String,
    /// The text with its twin or meaning, for the list.
    pub shown: String,
}

/// A part of a line and its style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the line.
    pub range: Range<usize>,
    /// How it is shown.
    pub style: PieceStyle,
}

/// How a part of a line is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PieceStyle {
    /// The word of a command.
    Command,
    /// A word of the language.
    Word,
    /// A name that means something here.
    Known,
    /// A name that nothing has.
    Unknown,
    /// A number or a date.
    Number,
    /// A text in quotes.
    Text,
    /// A remark.
    Remark,
    /// Anything else.
    Plain,
}

/// A name that may be typed, with what is said of it in lists.
struct Offer {
    name: String,
    alias: Option<String>,
    /// 元/月
    about: String,
    /// Whether it is typed as it is, even where the grammar would not read it as one name.
    raw: bool,
}

impl Session {
    /// Whether more lines belong to what has been typed.
    #[must_use]
    pub fn goes_on(&self, text: &str) -> bool {
        let known = self.known_names();
        match read::read(text, &|name| known.contains(name)) {
            Input::Command { verb: Verb::Reform, rest, .. } => {
                let rest = text.get(rest).unwrap_or("");
                let ended = text.ends_with('\n');
                !ended && super::reform::lacks_body(rest) || read::goes_on(text, true)
            }
            _ => read::goes_on(text, false),
        }
    }

    /// Whether the next line of a script belongs to what has been read: something is open, or it is
    /// an indented line of a declaration.
    #[must_use]
    pub fn takes_next(&self, text: &str, next: &str) -> bool {
        if read::goes_on(text, false) {
            return true;
        }
        let indented = next.starts_with(|c: char| read::is_blank(c) || matches!(c, '｜' | '|'));
        let known = self.known_names();
        let is_reform = matches!(
            read::read(text, &|name| known.contains(name)),
            Input::Command { verb: Verb::Reform, .. }
        );
        is_reform && indented && !next.trim_matches(read::is_blank).is_empty()
    }

    /// What could be typed at byte `at` of a line.
    #[must_use]
    pub fn complete(&self, line: &str, at: usize) -> Completion {
        let before = line.get(..at).unwrap_or(line);
        let word = last_word(before);
        let start = before.len() - word.len();
        let head = before.get(..start).unwrap_or("");
        let none = Completion { start, ..Completion::default() };
        let known = self.known_names();
        let command = match read::read(before, &|name| known.contains(name)) {
            Input::Command { verb, word, rest } if word.end <= start || !rest.is_empty() => {
                Some((verb, rest))
            }
            _ => None,
        };
        let at_start =
            head.trim_matches(read::is_blank).trim_start_matches([':', '：', '=', '＝']).is_empty();
        let offers = match command {
            None if at_start => {
                let forced = head.contains(['=', '＝']);
                let mut offers = if forced { Vec::new() } else { self.commands() };
                offers.extend(self.names_after(head));
                offers
            }
            None => self.names_after(head),
            Some((verb, rest)) => match verb {
                Verb::Load
                    if super::example::of_case(before.get(rest.start..).unwrap_or(""))
                        .is_some() =>
                {
                    self.titles()
                }
                Verb::Load => {
                    return Completion {
                        start: rest.start.max(path_start(before)),
                        path: true,
                        ..none
                    };
                }
                Verb::Save if save_wants_path(before.get(rest.start..).unwrap_or("")) => {
                    return Completion { start: path_start(before), path: true, ..none };
                }
                _ => self.offers(verb, head, before.get(rest.start..).unwrap_or("")),
            },
        };
        Completion { candidates: self.pick(offers, word), ..none }
    }

    fn offers(&self, verb: Verb, head: &str, rest: &str) -> Vec<Offer> {
        let plain = |words: &[&str]| words.iter().map(|word| offer(word)).collect::<Vec<_>>();
        match verb {
            Verb::Set | Verb::Add => self.facts_or_values(head, rest),
            Verb::Unknown | Verb::Refused | Verb::Absent | Verb::Clear => self.facts_after(head),
            Verb::Sweep => self.facts_after(head),
            Verb::Remove | Verb::Table => self.keys(),
            Verb::Back | Verb::Keep => self.kept.keys().map(|name| raw(name)).collect(),
            Verb::Contrast => self.situations(),
            Verb::Policy => self
                .library
                .policies()
                .into_iter()
                .map(|policy| Offer { alias: policy.alias, ..raw(&policy.name) })
                .collect(),
            Verb::Place => self
                .library
                .places()
                .into_iter()
                .map(|place| Offer { alias: place.alias, ..raw(&place.name) })
                .collect(),
            Verb::Assessed => plain(&[self.say("缺省", "default")]),
            Verb::KnownOn => plain(&[self.say("不限", "any")]),
            Verb::Strict => plain(&[self.say("开", "on"), self.say("关", "off")]),
            Verb::Language => plain(&["中文", "英文", "zh", "en"]),
            Verb::Undo | Verb::Redo => plain(&[self.say("全部", "all")]),
            Verb::Save => plain(&[self.say("案例", "case"), "JSON"]),
            Verb::Why
            | Verb::WhyNot
            | Verb::How
            | Verb::Decide
            | Verb::Needs
            | Verb::Bounds
            | Verb::Expect => self.names_after(head),
            Verb::Reform | Verb::Restore => self.law_names(),
            Verb::Help => {
                let mut offers = self.commands();
                offers.extend(self.names_after(""));
                offers
            }
            Verb::Past
            | Verb::New
            | Verb::Load
            | Verb::Kept
            | Verb::Month
            | Verb::Next
            | Verb::Previous
            | Verb::Months
            | Verb::Reforms
            | Verb::Compare
            | Verb::Reload
            | Verb::Quit => Vec::new(),
        }
    }

    /// The offers that a word begins, in Chinese or by the twin; where none does, those that
    /// contain it.
    fn pick(&self, offers: Vec<Offer>, word: &str) -> Vec<Candidate> {
        let wanted = word.to_ascii_lowercase();
        let begins = |offer: &Offer| {
            offer.name.starts_with(word)
                || offer
                    .alias
                    .as_ref()
                    .is_some_and(|alias| alias.to_ascii_lowercase().starts_with(&wanted))
        };
        let contains = |offer: &Offer| {
            offer.name.contains(word)
                || offer
                    .alias
                    .as_ref()
                    .is_some_and(|alias| alias.to_ascii_lowercase().contains(&wanted))
        };
        let mut found: Vec<&Offer> = offers.iter().filter(|offer| begins(offer)).collect();
        if found.is_empty() {
            found = offers.iter().filter(|offer| contains(offer)).collect();
        }
        // Nothing typed yet: a list of everything helps nobody.
        let most = if word.is_empty() { FEW_CANDIDATES } else { MOST_CANDIDATES };
        let mut candidates: Vec<Candidate> = Vec::new();
        for offer in found {
            let in_english = self.options.language == Language::En;
            let text = match &offer.alias {
                Some(alias) if in_english && !offer.name.starts_with(word) | word.is_empty() => {
                    alias.clone()
                }
                _ => offer.name.clone(),
            };
            let text = if offer.raw { text } else { super::save::quoted(&text) };
            if candidates.iter().any(|known| known.text == text) {
                continue;
            }
            let twin = offer.alias.as_ref().filter(|alias| **alias != text);
            let twin = if text == offer.name { twin.cloned() } else { Some(offer.name.clone()) };
            let mut shown = text.clone();
            shown.extend(twin.map(|twin| format!("【{twin}】")));
            if !offer.about.is_empty() {
                shown.push_str(&format!("  {}", offer.about));
            }
            candidates.push(Candidate { text, shown });
            if candidates.len() >= most {
                break;
            }
        }
        candidates
    }

    fn commands(&self) -> Vec<Offer> {
        let command = |command: &verb::Command| Offer {
            name: command.word(Language::Zh).to_owned(),
            alias: Some(command.word(Language::En).to_owned()),
            about: command.does(self.options.language).to_owned(),
            raw: true,
        };
        verb::COMMANDS.iter().map(command).collect()
    }

    /// The cases of the policy.
    fn titles(&self) -> Vec<Offer> {
        let policy = self.current().and_then(|law| self.with_cases(&law).ok());
        let cases = policy.iter().flat_map(|policy| &policy.program().cases);
        cases.map(|case| raw(&case.written.title.text)).collect()
    }

    fn keys(&self) -> Vec<Offer> {
        self.state.household.beings.iter().skip(1).map(|being| offer(&being.key)).collect()
    }

    /// Names that an expression may go on with after `head`.
    fn names_after(&self, head: &str) -> Vec<Offer> {
        let Some(law) = self.current() else { return Vec::new() };
        let program = law.program();
        if let Some(owner) = owner_before(head) {
            if let Some((object, _)) = self.object_of(program, owner) {
                return self.of_object(&law, object, true);
            }
            let decision = program.decisions.iter().find(|decision| decision.name.is(owner));
            if let Some(decision) = decision {
                let payments =
                    decision.payments.iter().filter_map(|id| program.payments.get(id.0 as usize));
                return payments.map(|payment| named(&payment.name, String::new())).collect();
            }
        }
        let mut offers = self.of_object(&law, program.root, true);
        offers.extend(self.keys());
        for parameter in &program.parameters {
            offers.push(named(&parameter.name, self.unit_of(&law, &parameter.ty)));
        }
        if let Some(person) = super::household::person(program) {
            offers.extend(self.of_object(&law, person, true));
        }
        for found in crate::builtins::all() {
            let about = found.form();
            let about = self.say(&about.zh, &about.en).to_owned();
            offers.push(Offer { about, ..twin(found.name.zh, found.name.en) });
        }
        offers
    }

    /// The fields of an object, and its rules and decisions where `all`.
    fn of_object(&self, law: &Arc<Compiled>, object: ObjectId, all: bool) -> Vec<Offer> {
        let program = law.program();
        let fields = program.object(object).map_or(&[][..], |found| &found.fields);
        let mut offers: Vec<Offer> = fields
            .iter()
            .filter(|id| all || !program.owns(**id))
            .filter_map(|id| program.field(*id))
            .map(|field| named(&field.name, self.unit_of(law, &field.ty)))
            .collect();
        if all {
            for found in program.definitions.iter().filter(|found| found.subject == object) {
                offers.push(named(&found.name, self.unit_of(law, &found.ty)));
            }
        }
        offers
    }

    /// Facts that could be named after `head`.
    fn facts_after(&self, head: &str) -> Vec<Offer> {
        let Some(law) = self.current() else { return Vec::new() };
        let program = law.program();
        match owner_before(head).and_then(|owner| self.object_of(program, owner)) {
            Some((object, _)) => self.of_object(&law, object, false),
            None => {
                let mut offers = self.keys();
                offers.extend(self.of_object(&law, program.root, false));
                offers
            }
        }
    }

    /// In 设 and 加: a fact, or a value once a fact has been named.
    fn facts_or_values(&self, head: &str, rest: &str) -> Vec<Offer> {
        let Some(law) = self.current() else { return Vec::new() };
        let Some(field) = self.fact_before(&law, head, rest) else {
            // In a list of a new member's facts: whose they are is said already.
            let of_new = rest.contains(['：', ':']);
            let person = super::household::person(law.program()).filter(|_| of_new);
            return match person {
                Some(person) => self.of_object(&law, person, false),
                None => self.facts_after(head),
            };
        };
        let mut offers = match &field.ty {
            Type::Bool => vec![twin("是", "true"), twin("否", "false")],
            Type::Enum(id) => law.program().enumeration(*id).map_or_else(Vec::new, |found| {
                found.values.iter().map(|value| named(value, String::new())).collect()
            }),
            Type::Object(_) => self.keys(),
            _ => Vec::new(),
        };
        offers.push(twin("未知", "unknown"));
        offers.push(twin("拒答", "refused"));
        if field.optional {
            offers.push(twin("无", "none"));
        }
        if matches!(field.ty, Type::Number(_)) {
            // A formula may stand there: whose number it takes comes first.
            offers.extend(self.keys());
            offers.extend(self.names_after(head));
        }
        offers
    }

    /// The fact that the words before the cursor have named, after which its value stands.
    fn fact_before(&self, law: &Arc<Compiled>, head: &str, rest: &str) -> Option<Field> {
        let told = rest.get(..rest.len().min(head.len()))?;
        let part = head.rsplit(['，', ',', '、', '：', ':']).next()?;
        let part = part.trim_start_matches(read::is_blank);
        let part = if told.contains(part) { part } else { strip_verb(part) };
        let path = part.split(['=', '＝']).next()?.trim_matches(read::is_blank);
        if path.is_empty() || !part.ends_with(|c: char| read::is_blank(c) || "=＝".contains(c)) {
            return None;
        }
        let of_new = rest.contains(['：', ':']);
        self.field_of(law, path, of_new)
    }

    /// What a fact that a path names is now, where something is said of it.
    fn value_now(&self, law: &Arc<Compiled>, path: &str) -> Option<String> {
        let program = law.program();
        let (owner, name) = match path.rsplit_once(['的', '.']) {
            Some((owner, name)) => (Some(owner), name),
            None => (None, path),
        };
        let (object, key) = match owner {
            Some(owner) => self.object_of(program, owner)?,
            None => (program.root, program.object(program.root)?.name.text.clone()),
        };
        let field = field_named(program, object, name)?;
        let case = self.state.household.bind(program);
        let who = if object == program.root { InstanceId(0) } else { case.find(object, &key)? };
        let stated = *case.fact(field, who) != Fact::NotStated;
        stated.then(|| self.fact_text(law, &case, Target { field, who }))
    }

    /// The field that a path names.
    fn field_of(&self, law: &Arc<Compiled>, path: &str, of_new: bool) -> Option<Field> {
        let program = law.program();
        let (owner, name) = match path.rsplit_once(['的', '.']) {
            Some((owner, name)) => (Some(owner), name),
            None => (None, path),
        };
        let object = match owner {
            Some(owner) => self.object_of(program, owner)?.0,
            None if of_new => super::household::person(program)?,
            None => program.root,
        };
        program.field(field_named(program, object, name)?).cloned()
    }

    /// What a word before 的 is: the household, or somebody by key.
    fn object_of(&self, program: &Program, word: &str) -> Option<(ObjectId, String)> {
        let word = word.trim_matches(['「', '」']);
        let root = program.object(program.root)?;
        if root.name.is(word) {
            return Some((program.root, root.name.text.clone()));
        }
        let being = self.state.household.beings.iter().find(|being| being.key == word)?;
        let object = objects(program).find(|object| {
            program.object(*object).is_some_and(|found| found.name.text == being.object)
        })?;
        Some((object, being.key.clone()))
    }

    /// What 差异 can compare.
    fn situations(&self) -> Vec<Offer> {
        let mut offers: Vec<Offer> = self.kept.keys().map(|name| raw(name)).collect();
        offers.extend([twin("现在", "now"), twin("上一步", "last"), twin("原政策", "original")]);
        let places = self.library.places().into_iter();
        offers.extend(places.map(|place| Offer { alias: place.alias, ..raw(&place.name) }));
        offers
    }

    fn law_names(&self) -> Vec<Offer> {
        let Some(law) = self.current() else { return Vec::new() };
        let program = law.program();
        let mut offers: Vec<Offer> = program
            .parameters
            .iter()
            .map(|parameter| named(&parameter.name, self.unit_of(&law, &parameter.ty)))
            .collect();
        offers.extend(
            program
                .definitions
                .iter()
                .map(|found| named(&found.name, self.unit_of(&law, &found.ty))),
        );
        offers.extend([twin("参数", "parameter"), twin("规则", "rule"), twin("决定", "decision")]);
        offers
    }

    fn unit_of(&self, law: &Arc<Compiled>, ty: &Type) -> String {
        match ty {
            Type::Number(number) if !number.unit.is_dimensionless() => {
                let words = crate::input::unit_words(law.program(), &number.unit);
                self.say(&words.zh, &words.en).to_owned()
            }
            Type::Bool => self.say("是否", "bool").to_owned(),
            Type::Date => self.say("日期", "date").to_owned(),
            Type::Enum(id) => {
                let found = law.program().enumeration(*id);
                found.map_or_else(String::new, |found| self.name(&found.name).to_owned())
            }
            _ => String::new(),
        }
    }

    /// What may follow the line as it stands: what a fact takes, how a command goes on.
    #[must_use]
    pub fn hint(&self, line: &str) -> Option<String> {
        let known = self.known_names();
        let language = self.options.language;
        match read::read(line, &|name| known.contains(name)) {
            Input::Command { verb, rest, .. } if rest.is_empty() => {
                let takes = verb::command(verb)?.takes(language);
                let blank = if line.ends_with(read::is_blank) { "" } else { " " };
                (!takes.is_empty()).then(|| format!("{blank}{takes}"))
            }
            Input::Command { verb: Verb::Set | Verb::Add, rest, .. } => {
                let law = self.current()?;
                let rest_text = line.get(rest.start..)?;
                let part = rest_text.rsplit(['，', ',', '、']).next()?;
                let part = part.rsplit(['：', ':']).next()?.trim_start_matches(read::is_blank);
                let equals = part.contains(['=', '＝']);
                let path = part.split(['=', '＝']).next()?;
                let value = part.get(path.len()..)?.trim_start_matches(['=', '＝']);
                if !value.trim_matches(read::is_blank).is_empty() {
                    return None;
                }
                let of_new = rest_text.contains(['：', ':']);
                let field = self.field_of(&law, path.trim_matches(read::is_blank), of_new)?;
                let mut text = self.takes_text(&law, &field);
                if let Some(now) = self.value_now(&law, path.trim_matches(read::is_blank)) {
                    text.push_str(&match language {
                        Language::Zh => format!("（现在 {now}）"),
                        Language::En => format!(" (now {now})"),
                    });
                }
                let blank = if line.ends_with(read::is_blank) { "" } else { " " };
                Some(if equals { format!("{blank}{text}") } else { format!("{blank}= {text}") })
            }
            Input::Expression(range) => {
                let law = self.current()?;
                let text = line.get(range)?;
                let name = text.rsplit_once(['的', '.']).map_or(text, |(_, name)| name);
                let program = law.program();
                let found = program
                    .definitions
                    .iter()
                    .find(|found| found.name.is(name))
                    .map(|found| &found.ty);
                let found = found.or_else(|| {
                    program
                        .parameters
                        .iter()
                        .find(|found| found.name.is(name))
                        .map(|found| &found.ty)
                });
                let found = found
                    .or_else(|| program.fields.iter().find(|f| f.name.is(name)).map(|f| &f.ty))?;
                let unit = self.unit_of(&law, found);
                (!unit.is_empty()).then(|| format!("  {unit}"))
            }
            _ => None,
        }
    }

    /// The line cut into pieces with styles; all of it, in order.
    #[must_use]
    pub fn highlight(&self, line: &str) -> Vec<Piece> {
        let known = self.known_names();
        let read = read::read(line, &|name| known.contains(name));
        let command = match &read {
            Input::Command { word, .. } => word.clone(),
            _ => 0..0,
        };
        let mut pieces = Vec::new();
        if !command.is_empty() {
            pieces.push(Piece { range: 0..command.end, style: PieceStyle::Command });
        }
        let introduces = matches!(
            read,
            Input::Command {
                verb: Verb::Add
                    | Verb::Keep
                    | Verb::Back
                    | Verb::Contrast
                    | Verb::Load
                    | Verb::Save
                    | Verb::Reform
                    | Verb::Policy
                    | Verb::Place
                    | Verb::Language
                    | Verb::Strict
                    | Verb::Table,
                ..
            }
        );
        let from = command.end;
        for token in tokens(line.get(from..).unwrap_or("")) {
            let range = from + token.start..from + token.end;
            let text = line.get(range.clone()).unwrap_or("");
            let style = match token.kind {
                TokenKind::Name | TokenKind::QuotedName
                    if introduces || known.contains(text.trim_matches(['「', '」'])) =>
                {
                    PieceStyle::Known
                }
                TokenKind::Name | TokenKind::QuotedName => PieceStyle::Unknown,
                TokenKind::Number | TokenKind::Date => PieceStyle::Number,
                TokenKind::String | TokenKind::CitationText => PieceStyle::Text,
                TokenKind::Comment => PieceStyle::Remark,
                TokenKind::Keyword
                | TokenKind::Clause
                | TokenKind::Reserved
                | TokenKind::CuttingWord
                | TokenKind::Operator => PieceStyle::Word,
                _ => PieceStyle::Plain,
            };
            pieces.push(Piece { range, style });
        }
        pieces
    }
}

fn offer(name: &str) -> Offer {
    Offer { name: name.to_owned(), alias: None, about: String::new(), raw: false }
}

fn raw(name: &str) -> Offer {
    Offer { raw: true, ..offer(name) }
}

fn twin(zh: &str, en: &str) -> Offer {
    Offer { alias: Some(en.to_owned()), ..offer(zh) }
}

fn named(name: &Name, about: String) -> Offer {
    Offer { alias: name.alias.clone(), about, ..offer(&name.text) }
}

/// The word that ends `text`: letters of one kind, back to a word that ends names.
fn last_word(text: &str) -> &str {
    let Some(last) = text.chars().next_back() else { return "" };
    let same: fn(char) -> bool = if is_han(last) {
        is_han
    } else if is_ascii_word(last) {
        is_ascii_word
    } else {
        return "";
    };
    let start = text.rfind(|letter: char| !same(letter)).map_or(0, |at| {
        at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    });
    let mut word = text.get(start..).unwrap_or("");
    // 甲的月: the word being typed is 月.
    while let Some((at, cut)) = CUTTING_WORDS
        .iter()
        .filter_map(|cut| Some((word.rfind(cut)?, *cut)))
        .max_by_key(|(at, cut)| at + cut.len())
    {
        word = word.get(at + cut.len()..).unwrap_or("");
    }
    word
}

/// The word before a 的 or a dot that ends `head`.
fn owner_before(head: &str) -> Option<&str> {
    let head = head.strip_suffix('的').or_else(|| head.strip_suffix('.'))?;
    let head = head.strip_suffix('」').map_or(head, |_| head);
    if let Some(at) = head.rfind('「') {
        return head.get(at..);
    }
    let word = last_word(head);
    let word = strip_verb(word);
    (!word.is_empty()).then_some(word)
}

/// A word without the command that is glued to it: 设甲 is 甲.
fn strip_verb(word: &str) -> &str {
    let found =
        verb::words().filter(|(verb, _)| verb.starts_with(is_han) && word.starts_with(verb));
    let longest = found.map(|(verb, _)| verb.len()).max().unwrap_or(0);
    let rest = word.get(longest..).unwrap_or(word);
    let rest = rest.trim_start_matches(read::is_blank);
    if rest.is_empty() { word } else { rest }
}

/// Where the path at the end of a line begins.
fn path_start(before: &str) -> usize {
    before.rfind(read::is_blank).map_or(0, |at| {
        at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    })
}

/// Whether what stands after 存为 has come to its file.
fn save_wants_path(rest: &str) -> bool {
    let rest = rest.trim_start_matches(read::is_blank);
    let lower = rest.to_ascii_lowercase();
    lower.starts_with("json ") || rest.contains(['”', '"']) && rest.ends_with(read::is_blank)
}
