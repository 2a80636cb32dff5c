//! Lists of payments: a table of comma-separated values under a heading, or one JSON object a line.
//!
//! | column | English | |
//! | --- | --- | --- |
//! | 家庭 | `household` | the case, by its `id` |
//! | 人 | `person` | the member, by key |
//! | 身份证号 | `id_number` | the member, by ID number, in place of the two before |
//! | 待遇 | `benefit` | the decision or its payment: 低保, 护理补贴, 低保的低保金 |
//! | 月份 | `month` | the month that is paid: `2026-04`, `2026年4月` |
//! | 金额 | `amount` | yuan, exact; less than nothing where something was taken back |
//! | 账户 | `account` | the number of the account or card |
//! | 持卡人 | `holder` | whose account it is: a member's key or ID number |

use super::cells::{Cell, records};
use super::problem;
use crate::diagnostic::ReconciliationError;
use crate::facts::{NodeValue, read_json};
use crate::source::{SourceFile, SourceId, Span};
use crate::value::{Rational, YearMonth, grouped, half_width};

/// A list of payments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentList {
    /// Its rows, in order.
    pub rows: Vec<PaymentRow>,
    /// Whether it says accounts.
    pub has_accounts: bool,
    /// Columns that nothing reads.
    pub ignored: Vec<String>,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// `paid.csv:3`
    pub place: String,
    /// Where it stands.
    pub span: Span,
    /// The case that it is for.
    pub household: Option<String>,
    /// The member that it is for, by key.
    pub person: Option<String>,
    /// The member, by ID number.
    pub id_number: Option<String>,
    /// The benefit, as the list calls it.
    pub benefit: String,
    /// Where that stands.
    pub benefit_span: Span,
    /// The month that is paid.
    pub month: YearMonth,
    /// How much, in yuan.
    pub amount: Rational,
    /// The account.
    pub account: Option<String>,
    /// Whose account it is.
    pub holder: Option<String>,
}

/// What a list need not say itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presumed {
    /// The benefit of rows without one.
    pub benefit: Option<String>,
    /// The month of rows without one.
    pub month: Option<YearMonth>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Household,
    Person,
    IdNumber,
    Benefit,
    Month,
    Amount,
    Account,
    Holder,
}

/// The names of the columns; the first is what messages say, the second what English ones do.
const COLUMNS: [(Column, &[&str]); 8] = [
    (Column::Household, &["家庭", "household", "户", "案件"]),
    (Column::Person, &["人", "person", "对象"]),
    (Column::IdNumber, &["身份证号", "id_number", "身份证号码"]),
    (Column::Benefit, &["待遇", "benefit", "补贴", "项目"]),
    (Column::Month, &["月份", "month", "所属月份", "所属期", "period"]),
    (Column::Amount, &["金额", "amount", "发放金额", "实发金额"]),
    (Column::Account, &["账户", "account", "账号", "卡号", "银行账号"]),
    (Column::Holder, &["持卡人", "holder", "户名"]),
];

impl Column {
    fn named(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|found| !found.is_whitespace()).collect();
        COLUMNS.into_iter().find(|(_, names)| names.contains(&text.as_str())).map(|found| found.0)
    }

    pub(super) fn names(self) -> (&'static str, &'static str) {
        let names = COLUMNS.into_iter().find(|(column, _)| *column == self);
        names.and_then(|(_, names)| Some((*names.first()?, *names.get(1)?))).unwrap_or_default()
    }
}

/// What a row says in each column.
type Said<'r> = Vec<(Column, &'r Cell)>;

/// Reads a table. The first record is its heading.
///
/// # Errors
///
/// Columns that are missing or there twice, a quote that is not closed, and every cell that is
/// wrong, each with its place.
pub fn read_csv(
    source: SourceId,
    file: &SourceFile,
    presumed: &Presumed,
) -> Result<PaymentList, ReconciliationError> {
    let records = records(source, file.text()).map_err(|from| vec![problem::unclosed(from)])?;
    let mut records = records.into_iter();
    let Some(heading) = records.next() else { return Err(problem::no_heading(source).into()) };
    let mut findings = Vec::new();
    let mut columns: Vec<Option<Column>> = Vec::new();
    let mut ignored = Vec::new();
    for cell in &heading {
        let column = Column::named(&cell.text);
        if let Some(column) = column
            && columns.contains(&Some(column))
        {
            findings.push(problem::column_twice(column.names(), cell.span));
        }
        if column.is_none() && !cell.text.is_empty() {
            ignored.push(cell.text.clone());
        }
        columns.push(column);
    }
    let whole = match (heading.first(), heading.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    };
    let has = |column: Column| columns.contains(&Some(column));
    let anyone = has(Column::Household) || has(Column::Person) || has(Column::IdNumber);
    for (column, fine) in [
        (Column::Household, anyone),
        (Column::Benefit, has(Column::Benefit) || presumed.benefit.is_some()),
        (Column::Month, has(Column::Month) || presumed.month.is_some()),
        (Column::Amount, has(Column::Amount)),
    ] {
        if !fine {
            findings.push(problem::no_column(column.names(), whole));
        }
    }
    if !findings.is_empty() {
        return Err(findings.into());
    }
    let mut list = PaymentList { has_accounts: has(Column::Account), ignored, rows: Vec::new() };
    for record in records {
        if let Some(extra) = record.get(columns.len()).filter(|cell| !cell.text.is_empty()) {
            findings.push(problem::more_cells(columns.len(), extra.span));
            continue;
        }
        let said: Said<'_> = columns
            .iter()
            .zip(&record)
            .filter(|(_, cell)| !cell.text.is_empty())
            .filter_map(|(column, cell)| Some(((*column)?, cell)))
            .collect();
        let span = match (record.first(), record.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::default(),
        };
        let (line, _) = file.line_column(span.start);
        let place = format!("{}:{line}", file.name());
        match row(place, span, &said, presumed) {
            Ok(row) => list.rows.push(row),
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() { Ok(list) } else { Err(problem::capped(findings).into()) }
}

/// Reads one row from a JSON object, `place` standing for it in reports. Adds it to the list.
///
/// # Errors
///
/// Text that is no JSON, and every value that is wrong, each with its place.
pub fn read_json_row(
    list: &mut PaymentList,
    source: SourceId,
    place: &str,
    text: &str,
    presumed: &Presumed,
) -> Result<(), ReconciliationError> {
    let node = read_json(source, text)?;
    let NodeValue::Map(entries) = &node.value else {
        return Err(problem::not_a_row(node.span).into());
    };
    let mut cells: Vec<(Column, Cell)> = Vec::new();
    let mut findings = Vec::new();
    for entry in entries {
        let Some(column) = Column::named(&entry.key) else {
            if !list.ignored.contains(&entry.key) {
                list.ignored.push(entry.key.clone());
            }
            continue;
        };
        if cells.iter().any(|(known, _)| *known == column) {
            findings.push(problem::column_twice(column.names(), entry.key_span));
        }
        match &entry.value.value {
            NodeValue::Text(text) | NodeValue::Number(text) => {
                let text = text.trim().to_owned();
                cells.push((column, Cell { text, span: entry.value.span }));
            }
            NodeValue::Null => {}
            NodeValue::Bool(_) | NodeValue::List(_) | NodeValue::Map(_) => {
                findings.push(problem::not_a_cell(column.names(), entry.value.span));
            }
        }
    }
    list.has_accounts |= cells.iter().any(|(column, _)| *column == Column::Account);
    let said: Said<'_> = cells
        .iter()
        .filter(|(_, cell)| !cell.text.is_empty())
        .map(|(column, cell)| (*column, cell))
        .collect();
    match row(place.to_owned(), node.span, &said, presumed) {
        Ok(row) if findings.is_empty() => {
            list.rows.push(row);
            Ok(())
        }
        Ok(_) => Err(findings.into()),
        Err(found) => {
            findings.extend(found);
            Err(findings.into())
        }
    }
}

fn row(
    place: String,
    span: Span,
    said: &Said<'_>,
    presumed: &Presumed,
) -> Result<PaymentRow, ReconciliationError> {
    let cell = |wanted: Column| said.iter().find(|(column, _)| *column == wanted).map(|c| c.1);
    let text = |wanted: Column| cell(wanted).map(|cell| cell.text.clone());
    let mut findings = Vec::new();
    let mut missing = |column: Column| findings.push(problem::empty_cell(column.names(), span));
    let household = text(Column::Household);
    let (person, id_number) = (text(Column::Person), text(Column::IdNumber));
    if household.is_none() && person.is_none() && id_number.is_none() {
        missing(Column::Household);
    }
    let benefit = match (cell(Column::Benefit), &presumed.benefit) {
        (Some(cell), _) => Some((cell.text.clone(), cell.span)),
        (None, Some(benefit)) => Some((benefit.clone(), span)),
        (None, None) => None,
    };
    if benefit.is_none() {
        missing(Column::Benefit);
    }
    let month = cell(Column::Month);
    if month.is_none() && presumed.month.is_none() {
        missing(Column::Month);
    }
    if cell(Column::Amount).is_none() {
        missing(Column::Amount);
    }
    let month = match month {
        None => presumed.month,
        Some(cell) => match month_of(&cell.text) {
            Some(month) => Some(month),
            None => {
                findings.push(problem::bad_month(&cell.text, cell.span));
                None
            }
        },
    };
    let amount = cell(Column::Amount).and_then(|cell| {
        let amount = amount_of(&cell.text);
        if amount.is_none() {
            findings.push(problem::bad_amount(&cell.text, cell.span));
        }
        amount
    });
    match (benefit, month, amount) {
        (Some((benefit, benefit_span)), Some(month), Some(amount)) if findings.is_empty() => {
            Ok(PaymentRow {
                place,
                span,
                household,
                person,
                id_number: id_number.map(|text| narrow(&text).to_ascii_uppercase()),
                benefit,
                benefit_span,
                month,
                amount,
                account: text(Column::Account).map(|text| narrow(&text)),
                holder: text(Column::Holder),
            })
        }
        _ => Err(findings.into()),
    }
}

fn narrow(text: &str) -> String {
    text.chars().map(half_width).filter(|found| !found.is_whitespace()).collect()
}

/// `2026-04`, `2026年4月`, `2026/4`, `202604`.
fn month_of(text: &str) -> Option<YearMonth> {
    let text = narrow(text);
    if let (6, true) = (text.len(), text.bytes().all(|byte| byte.is_ascii_digit())) {
        let (year, month) = (text.get(..4)?, text.get(4..)?);
        return YearMonth::new(year.parse().ok()?, month.parse().ok()?).ok();
    }
    text.parse().ok()
}

/// `120`, `120.00`, `1,200.5元`, `-100`: yuan and no less than a fen.
fn amount_of(text: &str) -> Option<Rational> {
    let text = narrow(text);
    let text = text.trim_start_matches(['¥', '￥']);
    let text = text.strip_suffix('元').unwrap_or(text);
    let bare = text.replace(',', "");
    // Commas only where thousands stand apart: `1,20` is a slip.
    if text.contains(',') && grouped(&bare) != text {
        return None;
    }
    let digits = bare.strip_prefix('-').unwrap_or(&bare);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !are_digits(whole) || !are_digits(fraction) || whole.len() > 12 {
        return None;
    }
    if fraction.trim_end_matches('0').len() > 2 {
        return None;
    }
    bare.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{amount_of, month_of};

    #[test]
    fn amounts_are_yuan_to_the_fen() {
        let text = |written| amount_of(written).map(|number| number.to_string());
        for (written, meant) in [
            ("120", "120"),
            ("120.00", "120"),
            ("１２０．５元", "120.5"),
            ("1,200.05", "1200.05"),
            ("-100", "-100"),
            ("¥0", "0"),
            ("120.100", "120.1"),
        ] {
            assert_eq!(text(written).as_deref(), Some(meant), "{written}");
        }
        for wrong in ["", "120.001", "1,20", "1e3", "12O", "--1", "120元/月", ".5", "5.", "1.2万"]
        {
            assert_eq!(text(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn months_as_lists_write_them() {
        for written in ["2026-04", "2026年4月", "2026/4", "202604", "２０２６年４月"] {
            let month = month_of(written).map(|month| month.to_string());
            assert_eq!(month.as_deref(), Some("2026-04"), "{written}");
        }
        for wrong in ["2026", "202613", "4月", "2026-04-01"] {
            assert_eq!(month_of(wrong), None, "{wrong}");
        }
    }
}
