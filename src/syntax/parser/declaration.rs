//! The header and the declarations that are neither rules nor decisions.

use super::{Builder, Pair, Pairs, Rule};
use crate::source::Span;
use crate::syntax::ast::{
    Binding, Cell, CellValue, ConditionBody, Constraint, Declaration, Enumeration, Expr, ExprKind,
    Field, File, Header, HeaderKind, MidMonth, Object, Parameter, QualifiedName, Reference,
    Relation, RelationClause, RelationKind, Row, Rule as RuleNode, Set, SupplementRule, Target,
    TargetTerm, Text, TypeExpr, Units,
};
use crate::syntax::error::{Found, SyntaxError};

impl Builder {
    /// Builds the one declaration of a piece and puts it in the file.
    pub(super) fn piece(&mut self, mut pairs: Pairs<'_>, file: &mut File) -> Option<()> {
        let pair = pairs.next()?.into_inner().next()?;
        let declaration = match pair.as_rule() {
            Rule::header => {
                file.header = Some(self.header(pair)?);
                return Some(());
            }
            Rule::enumeration => Declaration::Enumeration(self.enumeration(pair)?),
            Rule::object => Declaration::Object(self.object(pair)?),
            Rule::unit_declaration => Declaration::Units(self.units(pair)?),
            Rule::parameter => Declaration::Parameter(self.parameter(pair)?),
            Rule::rule => Declaration::Rule(self.rule(pair)?),
            Rule::supplement => self.supplement(pair)?,
            Rule::set => Declaration::Set(self.set(pair)?),
            Rule::decision => Declaration::Decision(self.decision(pair)?),
            Rule::relation => Declaration::Relation(self.relation(pair)?),
            Rule::constraint => Declaration::Constraint(self.constraint(pair)?),
            Rule::table => Declaration::Table(self.table(pair)?),
            Rule::case => Declaration::Case(self.case(pair)?),
            Rule::target => Declaration::Target(self.target(pair)?),
            _ => return None,
        };
        file.declarations.push(declaration);
        Some(())
    }

    fn header(&mut self, pair: Pair<'_>) -> Option<Header> {
        let span = self.span(&pair);
        let mut kind = HeaderKind::Policy;
        let mut name = None;
        let mut header = Header {
            kind,
            name: QualifiedName { segments: Vec::new(), span },
            alias: None,
            base: None,
            uses: Vec::new(),
            title: None,
            authority: None,
            citations: Vec::new(),
            in_force: None,
            published: None,
            applicable_date: None,
            place: None,
            sample: None,
            span,
        };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::header_kind => {
                    let word = part.into_inner().next()?;
                    if word.as_rule() == Rule::kw_vocabulary {
                        kind = HeaderKind::Vocabulary;
                    }
                }
                Rule::qualified_name | Rule::based_name => name = Some(self.qualified_name(part)),
                Rule::alias => header.alias = self.alias(part),
                _ => self.header_clause(&mut header, part)?,
            }
        }
        Some(Header { kind, name: name?, ..header })
    }

    fn header_clause(&mut self, header: &mut Header, pair: Pair<'_>) -> Option<()> {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::base => {
                let base = self.qualified_name(pair.into_inner().next_back()?);
                self.once(&mut header.base, base, span, "基于", "`extends`");
            }
            Rule::uses => {
                for part in pair.into_inner() {
                    if part.as_rule() == Rule::qualified_name {
                        header.uses.push(self.qualified_name(part));
                    }
                }
            }
            Rule::title => {
                let title = self.string(&pair.into_inner().next_back()?);
                self.once(&mut header.title, title, span, "标题", "`title`");
            }
            Rule::authority => {
                let authority = self.string(&pair.into_inner().next_back()?);
                self.once(&mut header.authority, authority, span, "制定机关", "`issued_by`");
            }
            Rule::in_force => {
                let period = self.period(pair.into_inner().next_back()?)?;
                self.once(&mut header.in_force, period, span, "施行", "`in_force`");
            }
            Rule::published => {
                let published = self.published(pair)?;
                self.once(&mut header.published, published, span, "发布", "`published`");
            }
            Rule::applicable_date => {
                let name = self.reference(&pair.into_inner().next_back()?);
                self.once(&mut header.applicable_date, name, span, "适用日", "`applicable_date`");
            }
            Rule::place => {
                let place = self.words(&pair.into_inner().next_back()?);
                self.once(&mut header.place, place, span, "区划", "`place`");
            }
            Rule::sample_mark => self.once(&mut header.sample, span, span, "样例", "`sample`"),
            Rule::citation => header.citations.push(self.citation(pair)),
            _ => {}
        }
        Some(())
    }

    fn published(&mut self, pair: Pair<'_>) -> Option<(crate::value::Date, Span)> {
        let date = pair.into_inner().next_back()?;
        Some((self.date(&date)?, self.span(&date)))
    }

    fn enumeration(&mut self, pair: Pair<'_>) -> Option<Enumeration> {
        let units = self.units(pair)?;
        let mut names = units.names.into_iter();
        let (name, values) = (names.next()?, names.collect());
        Some(Enumeration { name, values, citations: units.citations, span: units.span })
    }

    /// The bindings and citations of a 单位 or 枚举.
    fn units(&mut self, pair: Pair<'_>) -> Option<Units> {
        let mut units = Units { names: Vec::new(), citations: Vec::new(), span: self.span(&pair) };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::binding => units.names.push(self.binding(part)?),
                Rule::citation => units.citations.push(self.citation(part)),
                _ => {}
            }
        }
        Some(units)
    }

    fn object(&mut self, pair: Pair<'_>) -> Option<Object> {
        let span = self.span(&pair);
        let mut name = None;
        let mut fields = Vec::new();
        let mut citations = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::binding => name = Some(self.binding(part)?),
                Rule::citation => citations.push(self.citation(part)),
                Rule::field => fields.push(self.field(part)?),
                _ => {}
            }
        }
        Some(Object { name: name?, fields, citations, span })
    }

    fn field(&mut self, pair: Pair<'_>) -> Option<Field> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let name = self.binding(parts.next()?)?;
        let ty = self.type_expression(parts.next()?)?;
        let mut field = new_field(name, ty, span);
        for part in parts {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::optional => field.optional = true,
                Rule::many => field.many = true,
                Rule::sensitive => field.sensitive = true,
                Rule::immutable => field.immutable = true,
                Rule::not_suggested => field.not_suggested = true,
                Rule::not_after_assessment => field.not_after_assessment = Some(span),
                Rule::at_least => {
                    let number = self.number(&part.into_inner().next_back()?)?;
                    self.once(&mut field.at_least, number, span, "至少", "`at least`");
                }
                Rule::at_most => {
                    let number = self.number(&part.into_inner().next_back()?)?;
                    self.once(&mut field.at_most, number, span, "至多", "`at most`");
                }
                Rule::literal_range => {
                    let range = self.literal_range(part)?;
                    self.once(&mut field.range, range, span, "范围", "the range");
                }
                Rule::default => {
                    let value = part.into_inner().next_back()?;
                    let value = match value.as_rule() {
                        Rule::asked_word => self.atom(&value)?,
                        _ => self.expression(value)?,
                    };
                    self.once(&mut field.default, value, span, "缺省", "`default`");
                }
                Rule::question => {
                    let question = self.string(&part.into_inner().next_back()?);
                    self.once(&mut field.question, question, span, "问", "`ask`");
                }
                Rule::citation => field.citations.push(self.citation(part)),
                _ => {}
            }
        }
        Some(field)
    }

    fn parameter(&mut self, pair: Pair<'_>) -> Option<Parameter> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let name = parts.find(|part| part.as_rule() == Rule::binding)?;
        let mut parameter = new_parameter(self.binding(name)?, span);
        for part in parts {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::keys => parameter.keys = self.references(part),
                Rule::type_expression => parameter.ty = Some(self.type_expression(part)?),
                Rule::delegated => {
                    let by = self.delegated(part);
                    self.once(&mut parameter.delegated, by, span, "由…规定", "`local`");
                }
                Rule::pending => self.once(&mut parameter.pending, span, span, "待查", "`pending`"),
                Rule::sample => self.once(&mut parameter.sample, span, span, "样例", "`sample`"),
                Rule::private => parameter.private = true,
                Rule::mid_month => {
                    let said = (mid_month(part)?, span);
                    self.once(&mut parameter.mid_month, said, span, MID_MONTH.0, MID_MONTH.1);
                }
                Rule::literal_range | Rule::no_less => {
                    let range = match part.as_rule() {
                        Rule::no_less => self.no_less(part)?,
                        _ => self.literal_range(part)?,
                    };
                    self.once(&mut parameter.range, range, span, "范围", "the range");
                }
                Rule::authorization => parameter.authorizations.push(self.authorization(part)?),
                Rule::in_force_inline => {
                    let period = self.period(part.into_inner().next_back()?)?;
                    self.once(&mut parameter.in_force, period, span, "施行期间", "`in_force`");
                }
                Rule::citation => parameter.citations.push(self.citation(part)),
                Rule::undated_row | Rule::dated_row => parameter.rows.push(self.row(part)?),
                _ => {}
            }
        }
        Some(parameter)
    }

    /// The names in brackets after a parameter or a table.
    pub(super) fn references(&self, pair: Pair<'_>) -> Vec<Reference> {
        pair.into_inner().map(|name| self.reference(&name)).collect()
    }

    fn row(&mut self, pair: Pair<'_>) -> Option<Row> {
        let span = self.span(&pair);
        let mut row = Row {
            period: None,
            cells: Vec::new(),
            published: None,
            sample: None,
            mid_month: None,
            citations: Vec::new(),
            span,
        };
        for part in pair.into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::period => row.period = Some(self.period(part)?),
                Rule::cell => row.cells.push(self.cell(part)?),
                Rule::published => {
                    let published = self.published(part)?;
                    self.once(&mut row.published, published, span, "发布", "`published`");
                }
                Rule::sample => self.once(&mut row.sample, span, span, "样例", "`sample`"),
                Rule::mid_month => {
                    let said = (mid_month(part)?, span);
                    self.once(&mut row.mid_month, said, span, MID_MONTH.0, MID_MONTH.1);
                }
                Rule::citation => row.citations.push(self.citation(part)),
                _ => {}
            }
        }
        Some(row)
    }

    fn cell(&mut self, pair: Pair<'_>) -> Option<Cell> {
        let span = self.span(&pair);
        let mut keys = Vec::new();
        let mut value = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::cell_key => keys.push(self.reference(&part)),
                Rule::pending => value = Some(CellValue::Pending(self.span(&part))),
                _ => value = Some(CellValue::Value(self.atom(&part)?)),
            }
        }
        let value = value.or_else(|| {
            let name: Reference = keys.pop()?;
            let span = name.span;
            Some(CellValue::Value(Expr { kind: ExprKind::Name(name), span }))
        });
        let Some(value) = value else {
            let expected = vec![super::nouns::value()];
            self.errors.push(SyntaxError::Expected { span, expected, found: Found::LineEnd });
            return None;
        };
        Some(Cell { keys, value, span })
    }

    fn rule(&mut self, pair: Pair<'_>) -> Option<RuleNode> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let name = parts.find(|part| part.as_rule() == Rule::binding)?;
        let name = self.binding(name)?;
        Some(RuleNode { name, tail: self.rule_tail(parts)?, span })
    }

    fn supplement(&mut self, pair: Pair<'_>) -> Option<Declaration> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next_back()?;
        let token = inner.as_rule();
        let mut parts = inner.into_inner();
        let name = parts.find(|part| part.as_rule() == Rule::qualified_name)?;
        let name = self.qualified_name(name);
        if token == Rule::supplement_rule {
            let tail = self.rule_tail(parts)?;
            return Some(Declaration::SupplementRule(SupplementRule { name, tail, span }));
        }
        self.supplement_decision(name, parts, span).map(Declaration::SupplementDecision)
    }

    fn set(&mut self, pair: Pair<'_>) -> Option<Set> {
        let span = self.span(&pair);
        let mut name = None;
        let mut subject = None;
        let mut private = false;
        let mut base = None;
        let mut filter = None;
        let mut citations = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::binding => name = Some(self.binding(part)?),
                Rule::subject => subject = Some(self.subject(part)?),
                Rule::private => private = true,
                Rule::operand => base = Some(self.expression(part)?),
                Rule::filter => filter = Some(self.filter(part)?),
                Rule::citation => citations.push(self.citation(part)),
                _ => {}
            }
        }
        Some(Set { name: name?, subject: subject?, private, base: base?, filter, citations, span })
    }

    fn relation(&mut self, pair: Pair<'_>) -> Option<Relation> {
        let span = self.span(&pair);
        let mut name = None;
        let mut clauses = Vec::new();
        let mut citations = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::binding => name = Some(self.binding(part)?),
                Rule::citation => citations.push(self.citation(part)),
                Rule::relation_clause => clauses.push(self.relation_clause(part)?),
                _ => {}
            }
        }
        Some(Relation { name: name?, clauses, citations, span })
    }

    fn relation_clause(&mut self, pair: Pair<'_>) -> Option<RelationClause> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let kind = relation_kind(parts.next()?.as_str().trim_end())?;
        let mut clause = RelationClause {
            kind,
            members: Vec::new(),
            keep: None,
            keep_on_tie: None,
            elected_by: None,
            top_up_to: None,
            offsets: Vec::new(),
            income_for: Vec::new(),
            in_force: None,
            citations: Vec::new(),
            span,
        };
        for part in parts {
            let span = self.span(&part);
            let token = part.as_rule();
            match token {
                Rule::operand => clause.members.push(self.expression(part)?),
                Rule::citation => clause.citations.push(self.citation(part)),
                Rule::in_force_inline => {
                    let period = self.period(part.into_inner().next_back()?)?;
                    self.once(&mut clause.in_force, period, span, "施行期间", "`in_force`");
                }
                _ => {
                    let mut operands = self.operands(part)?;
                    if matches!(token, Rule::offset_first | Rule::income_for) {
                        let list = match token {
                            Rule::offset_first => &mut clause.offsets,
                            _ => &mut clause.income_for,
                        };
                        list.append(&mut operands);
                        continue;
                    }
                    let (slot, zh, en) = match token {
                        Rule::keep => (&mut clause.keep, "保留", "`keep`"),
                        Rule::keep_on_tie => (&mut clause.keep_on_tie, "同额保留", "`tie_keep`"),
                        Rule::elected_by => (&mut clause.elected_by, "本人选择", "`elected_by`"),
                        Rule::top_up_to => (&mut clause.top_up_to, "补至", "`up_to`"),
                        _ => continue,
                    };
                    self.once(slot, operands.pop()?, span, zh, en);
                }
            }
        }
        Some(clause)
    }

    /// All operands directly in `pair`.
    pub(super) fn operands(&mut self, pair: Pair<'_>) -> Option<Vec<Expr>> {
        let operands = pair.into_inner().filter(|part| part.as_rule() == Rule::operand);
        operands.map(|operand| self.expression(operand)).collect()
    }

    fn constraint(&mut self, pair: Pair<'_>) -> Option<Constraint> {
        let span = self.span(&pair);
        let mut label: Option<Text> = None;
        let mut condition = None;
        let mut citations = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::label => label = Some(self.words(&part)),
                Rule::expression => condition = Some(self.expression(part)?),
                Rule::citation => citations.push(self.citation(part)),
                _ => {}
            }
        }
        Some(Constraint { label, condition: condition?, citations, span })
    }

    fn target(&mut self, pair: Pair<'_>) -> Option<Target> {
        let span = self.span(&pair);
        let mut name = None;
        let mut subject = None;
        let (mut term, mut sample) = (None, None);
        let mut body = None;
        let mut citations = Vec::new();
        for part in pair.into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::binding => name = Some(self.binding(part)?),
                Rule::subject => subject = Some(self.subject(part)?),
                Rule::target_term => {
                    let said = (self.target_term(part)?, span);
                    self.once(&mut term, said, span, "期间", "the term");
                }
                Rule::sample => self.once(&mut sample, span, span, "样例", "`sample`"),
                Rule::expression => body = Some(ConditionBody::Expr(self.expression(part)?)),
                Rule::condition_list => {
                    body = Some(ConditionBody::List(self.condition_list(part)?));
                }
                Rule::citation => citations.push(self.citation(part)),
                _ => {}
            }
        }
        Some(Target { name: name?, subject, term, sample, body: body?, citations, span })
    }

    fn target_term(&mut self, pair: Pair<'_>) -> Option<TargetTerm> {
        let inner = pair.into_inner().next()?;
        Some(match inner.as_rule() {
            Rule::every_term => TargetTerm::Every(every_months(inner.as_str())?),
            Rule::period => TargetTerm::Period(self.period(inner)?),
            _ => TargetTerm::During(self.date_point(&inner)?),
        })
    }
}

/// How many months 每季度 and its like are.
fn every_months(text: &str) -> Option<u8> {
    let word = text.trim_end().rsplit([' ', '\t', '\u{3000}', '\u{A0}']).next()?;
    Some(match word {
        "每月" | "month" => 1,
        "每季度" | "quarter" => 3,
        "每半年" | "half_year" => 6,
        "每年" | "year" => 12,
        _ => return None,
    })
}

fn new_field(name: Binding, ty: TypeExpr, span: Span) -> Field {
    Field {
        name,
        ty,
        optional: false,
        many: false,
        at_least: None,
        at_most: None,
        sensitive: false,
        immutable: false,
        not_suggested: false,
        not_after_assessment: None,
        range: None,
        default: None,
        question: None,
        citations: Vec::new(),
        span,
    }
}

fn new_parameter(name: Binding, span: Span) -> Parameter {
    Parameter {
        name,
        keys: Vec::new(),
        ty: None,
        delegated: None,
        pending: None,
        sample: None,
        private: false,
        mid_month: None,
        range: None,
        authorizations: Vec::new(),
        in_force: None,
        rows: Vec::new(),
        citations: Vec::new(),
        span,
    }
}

/// What 自次月起 and its like are called when they are said twice.
const MID_MONTH: (&str, &str) = ("月中起的算法", "what a row within a month means");

fn mid_month(pair: Pair<'_>) -> Option<MidMonth> {
    Some(match pair.into_inner().next()?.as_rule() {
        Rule::from_next_month => MidMonth::NextMonth,
        Rule::from_same_month => MidMonth::SameMonth,
        Rule::by_days => MidMonth::ByDays,
        _ => return None,
    })
}

fn relation_kind(text: &str) -> Option<RelationKind> {
    Some(match text {
        "不重复享受" | "exclusive" => RelationKind::Exclusive,
        "择高" | "higher_of" => RelationKind::HigherOf,
        "补差" | "top_up" => RelationKind::TopUp,
        "叠加" | "combined" => RelationKind::Combined,
        "不计入收入" | "not_income" => RelationKind::NotIncome,
        _ => return None,
    })
}
