//! Expressions, by precedence climbing over the flat list of operands and operators that the
//! grammar gives. From loose to tight: 或; 且; 非; comparison and 属于; ＋ －; × ÷; the sign －;
//! 若无则; 的.

use super::{Builder, Pair, Pairs, Rule};
use crate::source::Span;
use crate::syntax::ast::{
    BinaryOperator, Bound, Bounds, Call, Comparison, Expr, ExprKind, LookBackKind, Range,
    RangeKind, Reckoning, StageWord,
};
use crate::syntax::error::SyntaxError;
use crate::value::half_width;

/// How tightly an operator holds its operands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Sign,
    Postfix,
}

impl Level {
    /// The least level of a right operand, so that equal operators group to the left.
    fn tighter(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Not,
            Self::Not => Self::Comparison,
            Self::Comparison => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product => Self::Sign,
            Self::Sign | Self::Postfix => Self::Postfix,
        }
    }
}

/// The level of an operator that follows an operand.
fn level(token: Rule) -> Option<Level> {
    Some(match token {
        Rule::or => Level::Or,
        Rule::and => Level::And,
        Rule::within | Rule::not_within => Level::Comparison,
        _ if comparison(token).is_some() => Level::Comparison,
        Rule::add | Rule::subtract => Level::Sum,
        Rule::multiply | Rule::divide => Level::Product,
        Rule::if_absent | Rule::scaled | Rule::access | Rule::failing_access => Level::Postfix,
        _ => return None,
    })
}

fn comparison(token: Rule) -> Option<Comparison> {
    Some(match token {
        Rule::below => Comparison::Less,
        Rule::not_above => Comparison::LessOrEqual,
        Rule::above => Comparison::Greater,
        Rule::not_below => Comparison::GreaterOrEqual,
        Rule::equal => Comparison::Equal,
        Rule::not_equal => Comparison::NotEqual,
        _ => return None,
    })
}

type Tokens<'text> = std::iter::Peekable<Pairs<'text>>;

impl Builder {
    /// `expression`, `sum` or `operand`.
    pub(super) fn expression(&mut self, pair: Pair<'_>) -> Option<Expr> {
        if self.depth == 0 {
            self.operators = 0;
        }
        self.depth += 1;
        let span = self.span(&pair);
        let expression = self.climb(&mut pair.into_inner().peekable(), Level::Or);
        self.depth -= 1;
        let most = self.limits.operators;
        if self.operators > most {
            if self.depth == 0 {
                self.errors.push(SyntaxError::TooManyOperators { span, most });
            }
            return None;
        }
        expression
    }

    fn climb(&mut self, tokens: &mut Tokens<'_>, least: Level) -> Option<Expr> {
        let mut left = self.prefixed(tokens)?;
        while let Some(level) = tokens.peek().and_then(|pair| level(pair.as_rule())) {
            if level < least {
                break;
            }
            self.count()?;
            let operator = tokens.next()?;
            left = if matches!(
                operator.as_rule(),
                Rule::within
                    | Rule::not_within
                    | Rule::if_absent
                    | Rule::scaled
                    | Rule::access
                    | Rule::failing_access
            ) {
                self.postfix(left, operator)?
            } else {
                let right = self.climb(tokens, level.tighter())?;
                self.infix(left, &operator, right)?
            };
        }
        Some(left)
    }

    fn prefixed(&mut self, tokens: &mut Tokens<'_>) -> Option<Expr> {
        let first = tokens.next()?;
        let (level, make): (Level, fn(Box<Expr>) -> ExprKind) = match first.as_rule() {
            Rule::not => (Level::Not, ExprKind::Not),
            Rule::negate => (Level::Sign, ExprKind::Negate),
            _ => return self.primary(first),
        };
        self.count()?;
        let operand = self.climb(tokens, level.tighter())?;
        let span = self.span(&first).to(operand.span);
        Some(Expr { kind: make(Box::new(operand)), span })
    }

    fn count(&mut self) -> Option<()> {
        self.operators = self.operators.saturating_add(1);
        (self.operators <= self.limits.operators).then_some(())
    }

    fn infix(&mut self, left: Expr, operator: &Pair<'_>, right: Expr) -> Option<Expr> {
        let span = left.span.to(right.span);
        let operator_span = self.span(operator);
        let kind = match operator.as_rule() {
            Rule::or => self.logic(false, left, right),
            Rule::and => self.logic(true, left, right),
            Rule::add => binary(BinaryOperator::Add, operator_span, left, right),
            Rule::subtract => binary(BinaryOperator::Subtract, operator_span, left, right),
            Rule::multiply => binary(BinaryOperator::Multiply, operator_span, left, right),
            Rule::divide => binary(BinaryOperator::Divide, operator_span, left, right),
            token => {
                let operator = comparison(token)?;
                if is_comparison(&left) {
                    self.errors.push(SyntaxError::ChainedComparison { span });
                }
                let (left, right) = (Box::new(left), Box::new(right));
                ExprKind::Compare { operator, operator_span, left, right }
            }
        };
        Some(Expr { kind, span })
    }

    fn logic(&mut self, all: bool, left: Expr, right: Expr) -> ExprKind {
        let span = left.span.to(right.span);
        // 非 reaches to the next 且 or 或, so it never hides one of them here.
        let mixed =
            |side: &Expr| matches!(side.kind, ExprKind::Logic { all: other, .. } if other != all);
        if mixed(&left) || mixed(&right) {
            self.errors.push(SyntaxError::MixedAndOr { span });
        }
        match left.kind {
            ExprKind::Logic { all: same, mut operands } if same == all => {
                operands.push(right);
                ExprKind::Logic { all, operands }
            }
            kind => {
                let left = Expr { kind, span: left.span };
                ExprKind::Logic { all, operands: vec![left, right] }
            }
        }
    }

    fn postfix(&mut self, left: Expr, pair: Pair<'_>) -> Option<Expr> {
        let own = self.span(&pair);
        let span = left.span.to(own);
        let kind = match pair.as_rule() {
            Rule::within | Rule::not_within => {
                if is_comparison(&left) {
                    self.errors.push(SyntaxError::ChainedComparison { span });
                }
                let negated = pair.as_rule() == Rule::not_within;
                let ranges = pair.into_inner().filter(|part| part.as_rule() == Rule::range);
                let alternatives = ranges.map(|range| self.range(range)).collect::<Option<_>>()?;
                ExprKind::Within { value: Box::new(left), alternatives, negated }
            }
            Rule::if_absent => {
                let operand = pair.into_inner().find(|part| part.as_rule() == Rule::operand)?;
                let otherwise = Box::new(self.expression(operand)?);
                ExprKind::IfAbsent { value: Box::new(left), otherwise }
            }
            Rule::scaled => {
                let start = own.range().start;
                let operator_span = Span::new(self.source, start, start + "的".len());
                let right = self.atom(&pair.into_inner().next()?)?;
                binary(BinaryOperator::Multiply, operator_span, left, right)
            }
            Rule::access | Rule::failing_access => {
                let mut member = None;
                let mut stage = None;
                for part in pair.into_inner() {
                    match part.as_rule() {
                        Rule::stage => stage = stage_word(part.as_str()),
                        Rule::access_dot => {}
                        Rule::day_of_year => {
                            let day =
                                part.into_inner().find(|part| part.as_rule() == Rule::fixed_day)?;
                            member = Some(self.primary(day)?);
                        }
                        _ => member = Some(self.primary(part)?),
                    }
                }
                ExprKind::Access { base: Box::new(left), member: Box::new(member?), stage }
            }
            _ => return None,
        };
        Some(Expr { kind, span })
    }

    fn primary(&mut self, pair: Pair<'_>) -> Option<Expr> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::group => ExprKind::Group(Box::new(self.expression(pair.into_inner().next()?)?)),
            Rule::if_expression => {
                self.count()?;
                let parts = pair.into_inner().filter(|part| part.as_rule() == Rule::expression);
                let parts: Vec<Expr> =
                    parts.map(|part| self.expression(part)).collect::<Option<_>>()?;
                let [condition, then, otherwise] = <[Expr; 3]>::try_from(parts).ok()?;
                ExprKind::If {
                    condition: Box::new(condition),
                    then: Box::new(then),
                    otherwise: Box::new(otherwise),
                }
            }
            Rule::look_back => self.look_back(pair)?,
            Rule::named => {
                let mut inner = pair.into_inner();
                let name = inner.next()?;
                match inner.next() {
                    Some(arguments) => ExprKind::Call(self.call(&name, arguments.into_inner())?),
                    None => return self.atom(&name),
                }
            }
            Rule::call => {
                let mut inner = pair.into_inner();
                ExprKind::Call(self.call(&inner.next()?, inner)?)
            }
            _ => return self.atom(&pair),
        };
        Some(Expr { kind, span })
    }

    fn look_back(&mut self, pair: Pair<'_>) -> Option<ExprKind> {
        let mut inner = pair.into_inner();
        let head = inner.next()?.into_inner().next()?;
        let kind = match head.as_rule() {
            Rule::ever_within => LookBackKind::EverWithin,
            Rule::ever_before => LookBackKind::EverBefore,
            Rule::consecutive => LookBackKind::Consecutive,
            Rule::sum_before => LookBackKind::SumBefore,
            _ => return None,
        };
        let months = head.into_inner().find(|part| part.as_rule() == Rule::months)?;
        let months = self.month_count(&months)?;
        let body = Box::new(self.expression(inner.next()?)?);
        Some(ExprKind::LookBack { kind, months, body })
    }

    /// The number that a text begins with.
    pub(super) fn month_count(&mut self, months: &Pair<'_>) -> Option<u32> {
        let digits: String =
            months.as_str().chars().map(half_width).take_while(char::is_ascii_digit).collect();
        let Ok(months) = digits.parse() else {
            let span = self.span(months);
            self.errors.push(SyntaxError::NumberTooLong { span });
            return None;
        };
        Some(months)
    }

    fn call(&mut self, callee: &Pair<'_>, arguments: Pairs<'_>) -> Option<Call> {
        let callee = self.reference(callee);
        let mut call = Call { callee, arguments: Vec::new(), filter: None, reckoning: None };
        for argument in arguments {
            let mut inner = argument.into_inner();
            let part = inner.next()?;
            match part.as_rule() {
                Rule::filter => {
                    let span = self.span(&part);
                    let filter = Box::new(self.filter(part)?);
                    self.once(&mut call.filter, filter, span, "其中", "`where`");
                }
                Rule::reckoning => {
                    let span = self.span(&part);
                    let day = part.into_inner().find(|part| part.as_rule() == Rule::fixed_day)?;
                    let (month, day) = self.fixed_day(&day)?;
                    let reckoning = Reckoning { month, day, span };
                    self.once(&mut call.reckoning, reckoning, span, "按…月…日", "`by`");
                }
                Rule::open_bounds => {
                    let bounds = self.open_bounds(part)?;
                    let span = bounds.span;
                    call.arguments.push(Expr { kind: ExprKind::Range(Box::new(bounds)), span });
                }
                _ => {
                    let first = self.expression(part)?;
                    call.arguments.push(match inner.next() {
                        Some(to) => self.bounds_to(first, to)?,
                        None => first,
                    });
                }
            }
        }
        Some(call)
    }

    /// `不超过低保标准的6倍`
    fn open_bounds(&mut self, pair: Pair<'_>) -> Option<Bounds> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let word = inner.next()?.as_rule();
        let end = self.expression(inner.next()?)?;
        Some(match word {
            Rule::not_below => Bounds { low: Some(end), high: None, span },
            _ => Bounds { low: None, high: Some(end), span },
        })
    }

    /// `至低保标准的6倍`, behind the lower bound.
    fn bounds_to(&mut self, low: Expr, pair: Pair<'_>) -> Option<Expr> {
        let high = pair.into_inner().find(|part| part.as_rule() == Rule::sum)?;
        let high = self.expression(high)?;
        let span = low.span.to(high.span);
        let bounds = Bounds { low: Some(low), high: Some(high), span };
        Some(Expr { kind: ExprKind::Range(Box::new(bounds)), span })
    }

    /// 其中 condition.
    pub(super) fn filter(&mut self, pair: Pair<'_>) -> Option<Expr> {
        let condition = pair.into_inner().find(|part| part.as_rule() == Rule::expression)?;
        self.expression(condition)
    }

    /// One alternative of 属于 or of a table cell.
    pub(super) fn range(&mut self, pair: Pair<'_>) -> Option<Range> {
        let span = self.span(&pair);
        let mut value = None;
        let mut low = None;
        let mut high = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::bracket_range => {
                    let kind = self.bracket_range(part)?;
                    return Some(Range { kind, span });
                }
                Rule::sum => value = Some(Box::new(self.expression(part)?)),
                Rule::lower_suffix => {
                    low = Some(Bound { value: value.take()?, inclusive: !excludes(part) });
                }
                Rule::upper_suffix => {
                    high = Some(Bound { value: value.take()?, inclusive: !excludes(part) });
                }
                Rule::upper_bound => high = Some(self.upper_bound(part)?),
                Rule::through => {
                    low = Some(Bound { value: value.take()?, inclusive: true });
                    high = Some(self.through(part)?);
                }
                _ => {}
            }
        }
        let kind = match value {
            Some(value) => RangeKind::Value(value),
            None => RangeKind::Interval { low, high },
        };
        Some(Range { kind, span })
    }

    /// `不满90岁`, `不超过90岁`
    fn upper_bound(&mut self, pair: Pair<'_>) -> Option<Bound> {
        let (mut inclusive, mut value) = (false, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::up_to => inclusive = true,
                Rule::sum => value = Some(Box::new(self.expression(inner)?)),
                _ => {}
            }
        }
        Some(Bound { value: value?, inclusive })
    }

    /// `至89岁`, `至90岁（不含）`, `至不满90岁`
    fn through(&mut self, pair: Pair<'_>) -> Option<Bound> {
        let inclusive = !excludes(pair.clone());
        let mut parts = pair.into_inner();
        parts.find_map(|part| match part.as_rule() {
            Rule::upper_bound => self.upper_bound(part),
            Rule::sum => Some(Bound { value: Box::new(self.expression(part)?), inclusive }),
            _ => None,
        })
    }

    /// `[80岁，90岁)`.
    fn bracket_range(&mut self, pair: Pair<'_>) -> Option<RangeKind> {
        let mut inner = pair.into_inner().skip(1);
        let low = Bound { value: Box::new(self.expression(inner.next()?)?), inclusive: true };
        let value = Box::new(self.expression(inner.next()?)?);
        let inclusive = matches!(inner.next()?.as_str(), "]" | "］");
        Some(RangeKind::Interval { low: Some(low), high: Some(Bound { value, inclusive }) })
    }
}

/// Whether a suffix says （不含）.
fn excludes(suffix: Pair<'_>) -> bool {
    let note = suffix.into_inner().find(|part| part.as_rule() == Rule::bound_note);
    note.and_then(|note| note.into_inner().next())
        .is_some_and(|note| note.as_rule() == Rule::excluded)
}

fn is_comparison(expression: &Expr) -> bool {
    matches!(expression.kind, ExprKind::Compare { .. } | ExprKind::Within { .. })
}

fn binary(operator: BinaryOperator, operator_span: Span, left: Expr, right: Expr) -> ExprKind {
    let (left, right) = (Box::new(left), Box::new(right));
    ExprKind::Binary { operator, operator_span, left, right }
}

fn stage_word(text: &str) -> Option<StageWord> {
    match text.trim_matches(|letter: char| "（）()".contains(letter) || letter.is_whitespace()) {
        "资格" | "entitled" => Some(StageWord::Entitled),
        "应发" | "due" => Some(StageWord::Due),
        "实发" | "paid" => Some(StageWord::Paid),
        _ => None,
    }
}
