//! 一卡通: what is asked of the payments themselves, whatever is due. All that is paid to a person
//! goes to one account, which is the person's own or that of the head of the household.

use std::collections::{BTreeMap, BTreeSet};

use super::list::{PaymentList, PaymentRow};
use super::roster::{Nobody, Recipient, Roster};
use super::{Asking, Assigned, CardFinding, CardFindingKind};
use crate::diagnostic::Bilingual;
use crate::engine::Policy;
use crate::value::{ResidentId, YearMonth};

/// How many characters of an account or ID number are shown.
const SHOWN: usize = 4;

/// A row for somebody whom nobody can tell.
pub(super) fn nobody(row: &PaymentRow, benefit: &str, why: &Nobody, clear: bool) -> CardFinding {
    let who = called(row, clear);
    let (kind, message) = match why {
        Nobody::Unknown => (
            CardFindingKind::UnknownRecipient,
            Bilingual::new(
                format!("发给{}的{benefit}：名册里没有这个对象", who.zh),
                format!("{benefit} paid to {}, whom the population has not", who.en),
            ),
        ),
        Nobody::Several(among) => (
            CardFindingKind::AmbiguousRecipient,
            Bilingual::new(
                format!("发给{}的{benefit}：{}都有，不知道是哪一个", who.zh, among.join("、")),
                format!("{benefit} paid to {}, who may be of {}", who.en, among.join(", ")),
            ),
        ),
    };
    CardFinding { kind, message, rows: vec![row.place.clone()] }
}

fn called(row: &PaymentRow, clear: bool) -> Bilingual {
    let household = row.household.iter().map(|label| format!("“{label}”")).collect::<String>();
    match (&row.person, &row.id_number) {
        (_, Some(id)) => {
            let id = shown(id, clear);
            Bilingual::new(
                format!("{household}身份证号{id}"),
                format!("{household} ID number {id}").trim().to_owned(),
            )
        }
        (Some(person), None) => Bilingual::same(format!("{household}“{person}”")),
        (None, None) => Bilingual::same(household),
    }
}

/// The end of a number that is nobody's business.
fn shown(number: &str, clear: bool) -> String {
    let count = number.chars().count();
    if clear || count <= SHOWN {
        return number.to_owned();
    }
    let tail: String = number.chars().skip(count.saturating_sub(SHOWN)).collect();
    format!("…{tail}")
}

/// Everything that is odd about the rows and the accounts, kind by kind, in the order of the list.
pub(super) fn findings(
    policy: &Policy,
    asking: &Asking,
    roster: &Roster,
    list: Option<&PaymentList>,
    rows: &[Assigned<'_>],
) -> Vec<CardFinding> {
    // A policy that reads no ID number knows nobody by it.
    let reads_ids = policy
        .program()
        .fields
        .iter()
        .any(|field| field.name.alias.as_deref() == Some("id_number"));
    let finder = Finder { roster, rows, clear: asking.clear };
    let mut found = finder.paid_twice();
    if list.is_some_and(|list| list.has_accounts) {
        found.extend(finder.shared_accounts());
        found.extend(finder.several_accounts());
        found.extend(finder.no_account());
    }
    found.extend(finder.foreign_holders());
    found.extend(finder.paid_after_death());
    found.extend(finder.invalid_ids());
    if reads_ids {
        found.extend(finder.in_two_households());
    }
    found
}

struct Finder<'a> {
    roster: &'a Roster,
    rows: &'a [Assigned<'a>],
    clear: bool,
}

impl Finder<'_> {
    fn known(&self) -> impl Iterator<Item = (&Assigned<'_>, Recipient)> {
        self.rows.iter().filter_map(|row| Some((row, row.recipient?)))
    }

    fn paid_twice(&self) -> Vec<CardFinding> {
        let mut groups: BTreeMap<(Recipient, &str, YearMonth), Vec<&PaymentRow>> = BTreeMap::new();
        let mut order = Vec::new();
        for (row, recipient) in self.known().filter(|(row, _)| row.row.amount.signum() > 0) {
            let key = (recipient, row.row.benefit.as_str(), row.row.month);
            if !groups.contains_key(&key) {
                order.push(key);
            }
            groups.entry(key).or_default().push(row.row);
        }
        let twice = order.into_iter().filter_map(|key| Some((key, groups.get(&key)?)));
        twice
            .filter(|(_, rows)| rows.len() > 1)
            .map(|((recipient, benefit, month), rows)| {
                let who = self.roster.called(recipient);
                let count = rows.len();
                CardFinding {
                    kind: CardFindingKind::PaidTwice,
                    message: Bilingual::new(
                        format!("{who} {}的{benefit}有{count}行", month.zh()),
                        format!("{benefit} of {month} for {who} is in {count} rows"),
                    ),
                    rows: rows.iter().map(|row| row.place.clone()).collect(),
                }
            })
            .collect()
    }

    fn shared_accounts(&self) -> Vec<CardFinding> {
        let mut accounts: BTreeMap<&str, (BTreeSet<usize>, Vec<String>)> = BTreeMap::new();
        for (row, recipient) in self.known() {
            let Some(account) = &row.row.account else { continue };
            let (households, rows) = accounts.entry(account).or_default();
            households.insert(recipient.household);
            rows.push(row.row.place.clone());
        }
        let shared = accounts.into_iter().filter(|(_, (households, _))| households.len() > 1);
        shared
            .map(|(account, (households, rows))| {
                let names: Vec<&str> = households.iter().map(|at| self.roster.label(*at)).collect();
                let account = shown(account, self.clear);
                CardFinding {
                    kind: CardFindingKind::SharedAccount,
                    message: Bilingual::new(
                        format!("账户{account}收了{}户的款：{}", names.len(), names.join("、")),
                        format!(
                            "the account {account} receives what {} households are paid: {}",
                            names.len(),
                            names.join(", ")
                        ),
                    ),
                    rows,
                }
            })
            .collect()
    }

    fn several_accounts(&self) -> Vec<CardFinding> {
        type Group<'g> = (BTreeSet<&'g str>, Vec<String>);
        let mut groups: BTreeMap<(Recipient, YearMonth), Group<'_>> = BTreeMap::new();
        for (row, recipient) in self.known() {
            let Some(account) = &row.row.account else { continue };
            let (accounts, rows) = groups.entry((recipient, row.row.month)).or_default();
            accounts.insert(account);
            rows.push(row.row.place.clone());
        }
        let several = groups.into_iter().filter(|(_, (accounts, _))| accounts.len() > 1);
        several
            .map(|((recipient, month), (accounts, rows))| {
                let who = self.roster.called(recipient);
                let list: Vec<String> =
                    accounts.iter().map(|account| shown(account, self.clear)).collect();
                let (count, zh, en) = (list.len(), list.join("、"), list.join(", "));
                CardFinding {
                    kind: CardFindingKind::SeveralAccounts,
                    message: Bilingual::new(
                        format!("{who} {}的款发到{count}个账户：{zh}", month.zh()),
                        format!("what {who} is paid for {month} goes to {count} accounts: {en}"),
                    ),
                    rows,
                }
            })
            .collect()
    }

    fn no_account(&self) -> Vec<CardFinding> {
        let rows: Vec<String> = self
            .rows
            .iter()
            .filter(|row| row.row.account.is_none())
            .map(|row| row.row.place.clone())
            .collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let message = Bilingual::new(
            format!("{}行没有填账户", rows.len()),
            format!("{} rows say no account", rows.len()),
        );
        vec![CardFinding { kind: CardFindingKind::NoAccount, message, rows }]
    }

    /// The holder is the person who is paid, or the head of the household; any member for a
    /// benefit of a household whose head nobody has said.
    fn foreign_holders(&self) -> Vec<CardFinding> {
        let mut found = Vec::new();
        for (row, recipient) in self.known() {
            let Some(holder) = &row.row.holder else { continue };
            let roster = self.roster;
            let own = recipient.member.and_then(|at| roster.person(recipient.household, at));
            let head = roster.head(recipient.household);
            let is = |member: &super::roster::Member| {
                member.key == *holder
                    || member.id_number.as_deref() == Some(holder.to_ascii_uppercase().as_str())
            };
            let any = || {
                (0..roster.members(recipient.household))
                    .filter_map(|at| roster.person(recipient.household, at))
                    .any(is)
            };
            let fits = own.is_some_and(is)
                || head.is_some_and(is)
                || (own.is_none() && head.is_none() && any());
            if fits {
                continue;
            }
            let who = roster.called(recipient);
            let benefit = &row.benefit;
            let holder = if holder.parse::<ResidentId>().is_ok() {
                shown(holder, self.clear)
            } else {
                holder.clone()
            };
            found.push(CardFinding {
                kind: CardFindingKind::ForeignHolder,
                message: Bilingual::new(
                    format!("{who}的{benefit}发到“{holder}”的账户：不是本人，也不是户主；代领的，核对监护、照料关系"),
                    format!(
                        "{benefit} for {who} goes to an account of `{holder}`, who is neither that \
                         person nor the head of the household; check on whose behalf"
                    ),
                ),
                rows: vec![row.row.place.clone()],
            });
        }
        found
    }

    fn paid_after_death(&self) -> Vec<CardFinding> {
        let mut found = Vec::new();
        for (row, recipient) in self.known() {
            let member =
                recipient.member.and_then(|at| self.roster.person(recipient.household, at));
            let Some(died_on) = member.and_then(|member| member.died_on) else { continue };
            if row.row.month <= died_on.year_month() || row.row.amount.signum() <= 0 {
                continue;
            }
            let who = self.roster.called(recipient);
            let (month, benefit) = (row.row.month, &row.benefit);
            found.push(CardFinding {
                kind: CardFindingKind::PaidAfterDeath,
                message: Bilingual::new(
                    format!("{who} {}去世，还发了{}的{benefit}", died_on.zh(), month.zh()),
                    format!("{who} died on {died_on}, and {benefit} of {month} was paid"),
                ),
                rows: vec![row.row.place.clone()],
            });
        }
        found
    }

    fn invalid_ids(&self) -> Vec<CardFinding> {
        let mut found = Vec::new();
        for row in self.rows {
            let Some(id) = &row.row.id_number else { continue };
            let Err(error) = id.parse::<ResidentId>() else { continue };
            let (id, why) = (shown(id, self.clear), error.message());
            found.push(CardFinding {
                kind: CardFindingKind::InvalidIdNumber,
                message: Bilingual::new(
                    format!("身份证号{id}不对：{}", why.zh),
                    format!("the ID number {id} is wrong: {}", why.en),
                ),
                rows: vec![row.row.place.clone()],
            });
        }
        found
    }

    fn in_two_households(&self) -> Vec<CardFinding> {
        let twice = self.roster.in_two_households().into_iter();
        twice
            .map(|(found, id)| {
                let names: Vec<String> = found.iter().map(|one| self.roster.called(*one)).collect();
                let id = shown(id, self.clear);
                CardFinding {
                    kind: CardFindingKind::InTwoHouseholds,
                    message: Bilingual::new(
                        format!("身份证号{id}同时在几户里：{}", names.join("、")),
                        format!(
                            "the ID number {id} is in several households: {}",
                            names.join(", ")
                        ),
                    ),
                    rows: Vec::new(),
                }
            })
            .collect()
    }
}
