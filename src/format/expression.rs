//! Expressions, types and literals.

use super::dialect::{Dialect, Speech};
use crate::source::Span;
use crate::syntax::ast::{
    BinaryOperator, Bound, Bounds, Call, Comparison, Expr, ExprKind, LiteralRange, LookBackKind,
    NumberLiteral, NumberSuffix, Range, RangeKind, Reckoning, StageWord, Step, StepKind, TypeExpr,
    TypeExprKind,
};
use crate::syntax::words::MONTH_NAMES;
use crate::value::Rounding;

impl Speech<'_> {
    /// An expression on one line.
    pub(super) fn expression(&self, expression: &Expr) -> String {
        match &expression.kind {
            ExprKind::Number(number) => self.number(number),
            ExprKind::Date(date) => self.date(*date),
            ExprKind::YearMonth(month) => self.year_month(*month),
            ExprKind::Year(year) => format!("{year}年"),
            ExprKind::FixedDay { month, day } => self.fixed_day(*month, *day),
            ExprKind::MonthsAgo(months) => {
                format!("{months}{}", self.say("个月前", "months ago"))
            }
            ExprKind::Bool(true) => self.word("是").to_owned(),
            ExprKind::Bool(false) => self.word("否").to_owned(),
            ExprKind::Text(text) => self.quoted(text),
            ExprKind::Name(name) => self.name(name),
            ExprKind::Access { base, member, stage } => self.access(base, member, *stage),
            ExprKind::Call(call) => self.call(call),
            ExprKind::Not(operand) => {
                format!("{}{}", self.say("非", "not "), self.expression(operand))
            }
            ExprKind::Negate(operand) => format!("{}{}", self.say("－", "-"), self.tight(operand)),
            ExprKind::Binary { operator, operator_span, left, right } => {
                self.binary(*operator, *operator_span, left, right)
            }
            ExprKind::Logic { all, operands } => {
                let operands: Vec<String> =
                    operands.iter().map(|operand| self.expression(operand)).collect();
                operands.join(self.logic_word(*all))
            }
            ExprKind::Compare { operator, operator_span, left, right } => {
                let word = self.comparison(*operator, *operator_span, right);
                let blank = self.say("", " ");
                let (left, right) = (self.expression(left), self.expression(right));
                format!("{left}{blank}{word}{blank}{right}")
            }
            ExprKind::Within { value, alternatives, negated } => {
                let word = match negated {
                    false => self.say("属于", " in "),
                    true => self.say("不属于", " not in "),
                };
                format!("{}{word}{}", self.expression(value), self.alternatives(alternatives))
            }
            ExprKind::If { condition, then, otherwise } => {
                let [condition, then, otherwise] =
                    [condition, then, otherwise].map(|part| self.expression(part));
                let first = self.conditional(&condition, &then);
                format!("{first}{}{}", self.say("，", " "), self.otherwise(&otherwise))
            }
            ExprKind::IfAbsent { value, otherwise } => {
                let (value, otherwise) = (self.tight(value), self.tight(otherwise));
                format!("{value}{}{otherwise}", self.say("若无则", " or_if_none "))
            }
            ExprKind::LookBack { kind, months, body } => self.look_back(*kind, *months, body),
            ExprKind::Range(bounds) => self.bounds(bounds),
            ExprKind::Group(inner) => self.group(inner),
        }
    }

    /// A formula or condition on as many lines as it needs: the pieces of its outermost operator,
    /// each but the first beginning with the operator.
    pub(super) fn pieces(&self, expression: &Expr) -> Vec<String> {
        match &expression.kind {
            ExprKind::Logic { all, operands } => {
                let word = self.logic_word(*all).trim_start();
                let mut pieces = Vec::new();
                for operand in operands {
                    let before = if pieces.is_empty() { "" } else { word };
                    pieces.push(format!("{before}{}", self.expression(operand)));
                }
                pieces
            }
            ExprKind::Binary { operator, operator_span, left, right }
                if !self.is_scaled(expression) =>
            {
                let same_level = |kind: &ExprKind| {
                    matches!(
                        kind,
                        ExprKind::Binary { operator: other, .. } if is_sum(*other) == is_sum(*operator)
                    )
                };
                let mut pieces = if same_level(&left.kind) && !self.is_scaled(left) {
                    self.pieces(left)
                } else {
                    vec![self.expression(left)]
                };
                let word = self.operator(*operator, *operator_span).trim_start();
                let right =
                    if is_sum(*operator) { self.expression(right) } else { self.tight(right) };
                pieces.push(format!("{word}{right}"));
                pieces
            }
            ExprKind::If { condition, then, otherwise } => {
                let first = self.conditional(&self.expression(condition), &self.expression(then));
                let mut pieces = vec![format!("{first}{}", self.say("，", ""))];
                let mut rest = self.pieces(otherwise).into_iter();
                pieces.extend(rest.next().map(|next| self.otherwise(&next)));
                pieces.extend(rest);
                pieces
            }
            ExprKind::Call(call)
                if call.arguments.len() + usize::from(call.filter.is_some()) > 1 =>
            {
                let (open, close) = (self.say("（", "("), self.say("）", ")"));
                let arguments = self.arguments(call);
                let comma = self.comma().trim_end();
                let last = arguments.len().saturating_sub(1);
                let mut pieces = vec![format!("{}{open}", self.callee(&call.callee))];
                pieces.extend(arguments.iter().enumerate().map(|(at, argument)| {
                    format!("  {argument}{}", if at == last { close } else { comma })
                }));
                pieces
            }
            _ => vec![self.expression(expression)],
        }
    }

    fn conditional(&self, condition: &str, then: &str) -> String {
        let condition = self.after_blank(self.say("如果", "if"), condition);
        let then = self.after_blank(self.say("则", "then"), then);
        format!("{condition}{}{then}", self.say("，", " "))
    }

    fn otherwise(&self, value: &str) -> String {
        self.after_blank(self.say("否则", "else"), value)
    }

    fn logic_word(&self, all: bool) -> &'static str {
        if all { self.say("且", " and ") } else { self.say("或", " or ") }
    }

    /// Brackets round `30% of x` are not needed in Chinese, where the 的 holds tighter.
    fn group(&self, inner: &Expr) -> String {
        if self.is_zh() && self.is_scaled(inner) && !self.was_scaled_with_de(inner) {
            return self.expression(inner);
        }
        self.bracketed(&self.expression(inner))
    }

    /// An operand of something that holds tighter than `×`: `30% of x` needs brackets there.
    fn tight(&self, operand: &Expr) -> String {
        let text = self.expression(operand);
        if !self.is_zh() && self.is_scaled(operand) { format!("({text})") } else { text }
    }

    fn fixed_day(&self, month: u8, day: u8) -> String {
        let named = MONTH_NAMES.get(usize::from(month).wrapping_sub(1));
        match (self.dialect, named) {
            (Dialect::En, Some(named)) => format!("{named} {day}"),
            _ => format!("{month}月{day}日"),
        }
    }

    fn access(&self, base: &Expr, member: &Expr, stage: Option<StageWord>) -> String {
        let own_year = if matches!(member.kind, ExprKind::FixedDay { .. }) {
            self.say("当年", "same_year ")
        } else {
            ""
        };
        let member = match &member.kind {
            ExprKind::Name(name) if !self.names.owns(base, name) => self.kept(name),
            _ => format!("{own_year}{}", self.expression(member)),
        };
        let is_ascii =
            member.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        let link = if self.is_zh() || !is_ascii { "的" } else { "." };
        let stage = stage.map(|stage| {
            self.bracketed(self.word(match stage {
                StageWord::Entitled => "资格",
                StageWord::Due => "应发",
                StageWord::Paid => "实发",
            }))
        });
        format!("{}{link}{member}{}", self.tight(base), stage.unwrap_or_default())
    }

    fn call(&self, call: &Call) -> String {
        let arguments = self.commas(&self.arguments(call));
        format!("{}{}", self.callee(&call.callee), self.bracketed(&arguments))
    }

    fn arguments(&self, call: &Call) -> Vec<String> {
        let mut arguments: Vec<String> =
            call.arguments.iter().map(|argument| self.expression(argument)).collect();
        arguments.extend(call.filter.as_deref().map(|filter| self.filter(filter)));
        arguments.extend(call.reckoning.map(|Reckoning { month, day, span: _ }| {
            format!("{}{}", self.say("按", "by "), self.fixed_day(month, day))
        }));
        arguments
    }

    /// 其中 condition.
    pub(super) fn filter(&self, condition: &Expr) -> String {
        format!("{}{}", self.say("其中", "where "), self.expression(condition))
    }

    fn look_back(&self, kind: LookBackKind, months: u32, body: &Expr) -> String {
        let head = match kind {
            LookBackKind::EverWithin => self.say("近N内曾", "ever in last N"),
            LookBackKind::EverBefore => self.say("此前N内曾", "ever in previous N"),
            LookBackKind::Consecutive => self.say("连续N", "always in last N"),
            LookBackKind::SumBefore => self.say("前N合计", "sum over previous N"),
        };
        let months = format!("{months}{}", self.say("个月", "months"));
        let head = head.replace('N', &months);
        format!("{head}{}{}", self.say("", " "), self.bracketed(&self.expression(body)))
    }

    fn binary(&self, operator: BinaryOperator, span: Span, left: &Expr, right: &Expr) -> String {
        if let Some((share, whole)) = self.scaled(operator, span, left, right) {
            let (share, whole) = (self.expression(share), self.tight(whole));
            return match self.dialect {
                Dialect::Zh => format!("{whole}的{share}"),
                Dialect::En => format!("{share} of {whole}"),
            };
        }
        let word = self.operator(operator, span);
        let right = if is_sum(operator) { self.expression(right) } else { self.tight(right) };
        format!("{}{word}{right}", self.expression(left))
    }

    /// The share and the whole of `whole的share` or `share of whole`, where this dialect can say it
    /// that way: 的 takes a number behind it and a name, a call or brackets before.
    fn scaled<'expr>(
        &self,
        operator: BinaryOperator,
        span: Span,
        left: &'expr Expr,
        right: &'expr Expr,
    ) -> Option<(&'expr Expr, &'expr Expr)> {
        if operator != BinaryOperator::Multiply {
            return None;
        }
        let range = span.range();
        let (share, whole) = match self.written(range.start, range.end).trim() {
            "的" => (right, left),
            "of" => (left, right),
            _ => return None,
        };
        let is_share = matches!(share.kind, ExprKind::Number(_));
        let is_whole = matches!(
            whole.kind,
            ExprKind::Name(_)
                | ExprKind::Access { .. }
                | ExprKind::Call(_)
                | ExprKind::Group(_)
                | ExprKind::LookBack { .. }
                | ExprKind::Number(_)
        );
        (is_share && (is_whole || self.is_scaled(whole))).then_some((share, whole))
    }

    /// Whether an expression is said with 的 or `of`.
    fn is_scaled(&self, expression: &Expr) -> bool {
        let ExprKind::Binary { operator, operator_span, left, right } = &expression.kind else {
            return false;
        };
        self.scaled(*operator, *operator_span, left, right).is_some()
    }

    fn was_scaled_with_de(&self, expression: &Expr) -> bool {
        let ExprKind::Binary { operator_span, .. } = &expression.kind else { return false };
        let range = operator_span.range();
        self.written(range.start, range.end).trim() == "的"
    }

    fn operator(&self, operator: BinaryOperator, span: Span) -> &'static str {
        match operator {
            BinaryOperator::Add => self.say("＋", " + "),
            BinaryOperator::Subtract => self.say("－", " - "),
            BinaryOperator::Divide => self.say("÷", " ÷ "),
            BinaryOperator::Multiply => {
                let range = span.range();
                let of = self.written(range.start, range.end).trim() == "of";
                if of && !self.is_zh() { " of " } else { self.say("×", " × ") }
            }
        }
    }

    /// The author's word where it is one of this dialect; else the usual one.
    pub(super) fn comparison(
        &self,
        operator: Comparison,
        span: Span,
        right: &Expr,
    ) -> &'static str {
        const ZH: [&str; 10] = [
            "不低于",
            "不少于",
            "达到",
            "低于",
            "少于",
            "不满",
            "未达到",
            "不高于",
            "不超过",
            "高于",
        ];
        let range = span.range();
        let written = self.written(range.start, range.end).trim();
        if self.is_zh()
            && let Some(word) = ZH.iter().find(|word| **word == written)
        {
            return word;
        }
        let is_age = self.is_zh() && is_age(right);
        match operator {
            Comparison::Less if is_age => "不满",
            Comparison::GreaterOrEqual if is_age => "达到",
            Comparison::Less => {
                symbol(written, &["<", "＜"], self.say("＜", "<"), self.word("低于"))
            }
            Comparison::LessOrEqual => {
                symbol(written, &["≤", "<=", "＜＝"], "≤", self.word("不超过"))
            }
            Comparison::Greater => {
                symbol(written, &[">", "＞"], self.say("＞", ">"), self.word("超过"))
            }
            Comparison::GreaterOrEqual => {
                symbol(written, &["≥", ">=", "＞＝"], "≥", self.word("不低于"))
            }
            Comparison::Equal => {
                symbol(written, &["=", "==", "＝"], self.say("＝", "="), self.word("等于"))
            }
            Comparison::NotEqual => symbol(written, &["≠", "!=", "！＝"], "≠", self.word("不等于")),
        }
    }

    pub(super) fn alternatives(&self, alternatives: &[Range]) -> String {
        let ranges: Vec<String> = alternatives.iter().map(|range| self.range(range)).collect();
        ranges.join("、")
    }

    fn range(&self, range: &Range) -> String {
        match &range.kind {
            RangeKind::Value(value) => self.expression(value),
            RangeKind::Interval { low, high } => {
                let after = low.as_ref().map_or(range.span.start, |low| low.value.span.end);
                if let (Some(low), Some(high)) = (low, high)
                    && self.is_through(after, high.value.span.start)
                {
                    return self.through(low, high);
                }
                let low_text = low.as_ref().map(|low| self.low_bound(low));
                let high = high.as_ref().map(|high| self.high_bound(high, after, range.span.end));
                let ends: Vec<String> = low_text.into_iter().chain(high).collect();
                ends.join(self.say("", " "))
            }
        }
    }

    /// Whether 至 stands between the ends of a range.
    fn is_through(&self, from: u32, until: u32) -> bool {
        let between = self.written(from as usize, until as usize);
        between.contains('至') || between.split_whitespace().any(|word| word == "to")
    }

    /// `80岁至89岁`, `80岁至不满90岁`
    fn through(&self, low: &Bound, high: &Bound) -> String {
        let word = match high.inclusive {
            true => self.say("至", " to "),
            false => self.say("至不满", " to below "),
        };
        format!("{}{word}{}", self.expression(&low.value), self.expression(&high.value))
    }

    fn low_bound(&self, low: &Bound) -> String {
        let value = self.expression(&low.value);
        let note = if low.inclusive { "" } else { self.say("（不含）", " (exclusive)") };
        format!("{value}{}{note}", self.say("以上", " and_up"))
    }

    /// The upper end, whose words stand between the bytes `after` and `end` of the text.
    fn high_bound(&self, high: &Bound, after: u32, end: u32) -> String {
        let value = self.expression(&high.value);
        let span = high.value.span;
        let before = self.written(after as usize, span.start as usize);
        let behind = self.written(span.end as usize, end as usize);
        let chosen = |words: &[&'static str]| {
            words.iter().find(|word| self.is_zh() && before.contains(**word)).copied()
        };
        let suffix = |suffix: &str| format!("{value}{suffix}");
        let is_suffix = ["以下", "以内", "and_down"].iter().any(|word| behind.contains(word));
        if is_suffix {
            let word = if behind.contains("以内") { "以内" } else { "以下" };
            let note = match (high.inclusive, self.is_zh()) {
                (true, _) => "",
                (false, true) => "（不含）",
                (false, false) => " (exclusive)",
            };
            return suffix(&format!("{}{note}", self.say(word, " and_down")));
        }
        let word = if high.inclusive {
            chosen(&["不高于"]).unwrap_or(self.say("不超过", "at most "))
        } else {
            chosen(&["未达到", "低于", "少于"]).unwrap_or(self.say("不满", "below "))
        };
        format!("{word}{value}")
    }

    fn bounds(&self, bounds: &Bounds) -> String {
        let [low, high] = [&bounds.low, &bounds.high]
            .map(|end| end.as_ref().map(|end| (self.expression(end), end)));
        match (low, high) {
            (Some((low, written)), Some((high, _))) => {
                // A name would run into 至.
                let is_name = self.is_zh() && ends_in_a_name(written);
                let low = if is_name { self.bracketed(&low) } else { low };
                format!("{low}{}{high}", self.say("至", " to "))
            }
            (Some((low, _)), None) => format!("{}{low}", self.say("不低于", "at least ")),
            (None, Some((high, _))) => format!("{}{high}", self.say("不超过", "at most ")),
            (None, None) => String::new(),
        }
    }

    pub(super) fn literal_range(&self, range: &LiteralRange) -> String {
        let low = self.expression(&range.low);
        match &range.high {
            Some(high) => format!("{low}{}{}", self.say("至", " to "), self.expression(high)),
            None => format!("{}{low}", self.say("不低于", "at least ")),
        }
    }

    /// A number with as many decimals as were written.
    fn number(&self, number: &NumberLiteral) -> String {
        let places = number.decimals as usize;
        let scale = 10_i128.checked_pow(number.decimals);
        let scaled = scale
            .and_then(|scale| number.value.numer().checked_mul(scale))
            .and_then(|numer| numer.checked_div(number.value.denom()))
            .unwrap_or_default();
        let sign = if scaled < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", scaled.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
        let point = if places > 0 { "." } else { "" };
        let suffix = match &number.suffix {
            NumberSuffix::None => String::new(),
            NumberSuffix::Percent => "%".to_owned(),
            NumberSuffix::PerMille => "‰".to_owned(),
            NumberSuffix::Times => self.say("倍", "times").to_owned(),
            NumberSuffix::Unit(unit) => self.unit(unit, true),
        };
        format!("{sign}{whole}{point}{fraction}{suffix}")
    }

    pub(super) fn type_expression(&self, ty: &TypeExpr) -> String {
        match &ty.kind {
            TypeExprKind::Boolean => self.word("是否").to_owned(),
            TypeExprKind::Date => self.word("日期").to_owned(),
            TypeExprKind::Month => self.word("月份").to_owned(),
            TypeExprKind::Integer(None) => self.word("整数").to_owned(),
            TypeExprKind::Integer(Some(range)) => {
                format!("{} {}", self.word("整数"), self.literal_range(range))
            }
            TypeExprKind::Decimal => self.word("小数").to_owned(),
            TypeExprKind::Text => self.word("文本").to_owned(),
            TypeExprKind::Count(count) => self
                .word(match count.text.as_str() {
                    "户数" | "households" => "户数",
                    "次数" | "times" => "次数",
                    _ => "人数",
                })
                .to_owned(),
            TypeExprKind::Percent => "%".to_owned(),
            // In English `times` is the type of 次数.
            TypeExprKind::Times => "倍".to_owned(),
            TypeExprKind::Unit(unit) if unit.denominators.is_empty() => {
                match self.name_text(&unit.numerator.text) {
                    name if name == unit.numerator.text => self.unit(unit, false),
                    _ => self.name(&unit.numerator),
                }
            }
            TypeExprKind::Unit(unit) => self.unit(unit, false),
            TypeExprKind::Named(name) => self.name(name),
        }
    }

    pub(super) fn step(&self, step: &Step) -> String {
        match &step.kind {
            StepKind::Floor(value) => {
                format!("{}{}", self.say("保底", "floor "), self.expression(value))
            }
            StepKind::Cap(value) => {
                format!("{}{}", self.say("封顶", "cap "), self.expression(value))
            }
            StepKind::Round { mode, grain } => {
                let mode = self.word(match mode {
                    Rounding::Up => "向上取整",
                    Rounding::Down => "向下取整",
                    Rounding::HalfUp => "四舍五入",
                    Rounding::HalfEven => "四舍六入五成双",
                });
                format!("{mode}{}{}", self.say("到", " to "), self.expression(grain))
            }
            StepKind::NoRounding => self.word("不取整").to_owned(),
        }
    }
}

/// Whether the last thing written is a name, which would take in the letters behind it.
fn ends_in_a_name(expression: &Expr) -> bool {
    match &expression.kind {
        ExprKind::Name(_) => true,
        ExprKind::Access { member, stage, .. } => stage.is_none() && ends_in_a_name(member),
        ExprKind::Binary { right, .. } | ExprKind::Compare { right, .. } => ends_in_a_name(right),
        ExprKind::IfAbsent { otherwise, .. } | ExprKind::If { otherwise, .. } => {
            ends_in_a_name(otherwise)
        }
        ExprKind::Not(inner) | ExprKind::Negate(inner) => ends_in_a_name(inner),
        ExprKind::Logic { operands, .. } => operands.last().is_some_and(ends_in_a_name),
        ExprKind::Number(_)
        | ExprKind::Date(_)
        | ExprKind::YearMonth(_)
        | ExprKind::Year(_)
        | ExprKind::FixedDay { .. }
        | ExprKind::MonthsAgo(_)
        | ExprKind::Bool(_)
        | ExprKind::Text(_)
        | ExprKind::Call(_)
        | ExprKind::Within { .. }
        | ExprKind::LookBack { .. }
        | ExprKind::Range(_)
        | ExprKind::Group(_) => false,
    }
}

fn is_sum(operator: BinaryOperator) -> bool {
    matches!(operator, BinaryOperator::Add | BinaryOperator::Subtract)
}

/// The sign where the author wrote one, else the word.
fn symbol(written: &str, signs: &[&str], sign: &'static str, word: &'static str) -> &'static str {
    if signs.contains(&written) { sign } else { word }
}

fn is_age(expression: &Expr) -> bool {
    let ExprKind::Number(NumberLiteral { suffix: NumberSuffix::Unit(unit), .. }) = &expression.kind
    else {
        return false;
    };
    matches!(unit.numerator.text.as_str(), "岁" | "周岁" | "years_old")
}
