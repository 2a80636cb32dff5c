//! Amounts in Chinese capitals for notices and vouchers, by the 《正确填写票据和结算凭证的基本规定》
//! (银发〔1997〕393号, annex 1).

use super::{OpError, Rational};

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
/// 10^16 yuan, in fen.
const LIMIT_FEN: u64 = 1_000_000_000_000_000_000;

/// An amount of yuan in capitals: `壹仟贰佰零壹元整`.
///
/// 整 follows 元 and 角 (after 角 the regulation leaves it open), never 分. Where the regulation
/// leaves 零 open, the form that it prints first is used: none inside 107000 (`壹拾万柒仟元`), one
/// after 元 where the yuan end in 0 and jiao follow (`壹仟陆佰捌拾元零叁角贰分`). A negative amount
/// begins with 负.
///
/// # Errors
///
/// [`OpError::NotWholeFen`], [`OpError::AmountTooLarge`] from 10^16 yuan on.
///
/// # Examples
///
/// ```
/// use huize::value::{OpError, capitals, parse_decimal};
///
/// assert_eq!(capitals(parse_decimal("1353.05")?)?, "壹仟叁佰伍拾叁元零伍分");
/// assert_eq!(capitals(parse_decimal("0.005")?), Err(OpError::NotWholeFen));
/// # Ok::<(), OpError>(())
/// ```
pub fn capitals(yuan: Rational) -> Result<String, OpError> {
    if 100_i128.checked_rem(yuan.denom()) != Some(0) {
        return Err(OpError::NotWholeFen);
    }
    let fen = yuan
        .checked_mul(Rational::from_integer(100))
        .ok()
        .and_then(|fen| u64::try_from(fen.numer().unsigned_abs()).ok())
        .filter(|fen| *fen < LIMIT_FEN)
        .ok_or(OpError::AmountTooLarge)?;
    let sign = if yuan.signum() < 0 { "负" } else { "" };
    Ok(format!("{sign}{}", of_fen(fen)))
}

fn of_fen(total: u64) -> String {
    let (yuan, jiao, fen) = (total / 100, total / 10 % 10, total % 10);
    let mut text = String::new();
    if yuan > 0 {
        push_whole(&mut text, yuan);
        text.push('元');
    }
    let gap_in_yuan = yuan % 10 == 0 && jiao > 0;
    let gap_in_jiao = jiao == 0 && fen > 0;
    if yuan > 0 && (gap_in_yuan || gap_in_jiao) {
        text.push('零');
    }
    if jiao > 0 {
        text.push(digit(jiao));
        text.push('角');
    }
    if fen > 0 {
        text.push(digit(fen));
        text.push('分');
    } else {
        text.push_str(if total == 0 { "零元整" } else { "整" });
    }
    text
}

/// A whole number from 1 to 10^16 - 1: so many 亿, then the rest.
fn push_whole(text: &mut String, value: u64) {
    let (high, low) = (value / 100_000_000, value % 100_000_000);
    if high > 0 {
        push_below_yi(text, high);
        text.push('亿');
    }
    if high > 0 && low > 0 && low < 10_000_000 {
        text.push('零');
    }
    push_below_yi(text, low);
}

/// A whole number below 10^8: so many 万, then the rest; nothing for 0.
fn push_below_yi(text: &mut String, value: u64) {
    let (high, low) = (value / 10_000, value % 10_000);
    if high > 0 {
        push_below_wan(text, high);
        text.push('万');
    }
    if high > 0 && low > 0 && low < 1_000 {
        text.push('零');
    }
    push_below_wan(text, low);
}

/// A whole number below 10^4; nothing for 0.
fn push_below_wan(text: &mut String, value: u64) {
    let places =
        [(value / 1000, "仟"), (value / 100 % 10, "佰"), (value / 10 % 10, "拾"), (value % 10, "")];
    let (mut written, mut gap) = (false, false);
    for (count, unit) in places {
        if count == 0 {
            gap = written;
            continue;
        }
        if gap {
            text.push('零');
        }
        text.push(digit(count));
        text.push_str(unit);
        (written, gap) = (true, false);
    }
}

fn digit(value: u64) -> char {
    usize::try_from(value).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or('零')
}

/// The amount that is written in capitals: what [`capitals`] writes, and the forms that the
/// regulation leaves open (零 more or less, 正 for 整, 圆 for 元).
///
/// # Errors
///
/// [`OpError::NotANumber`] for anything else.
///
/// # Examples
///
/// ```
/// use huize::value::{OpError, parse_capitals, parse_decimal};
///
/// assert_eq!(parse_capitals("壹仟叁佰伍拾叁元零伍分")?, parse_decimal("1353.05")?);
/// assert_eq!(parse_capitals("壹仟叁佰伍拾叁圆正")?, parse_decimal("1353")?);
/// assert_eq!(parse_capitals("一千元"), Err(OpError::NotANumber));
/// # Ok::<(), OpError>(())
/// ```
pub fn parse_capitals(text: &str) -> Result<Rational, OpError> {
    let text = text.trim();
    let unsigned = text.strip_prefix('负').unwrap_or(text);
    let take = |place: &mut u64, scale: u64| std::mem::take(place).saturating_mul(scale);
    // Before 亿, before 万, before 元, the last digit, and what has a unit already.
    let (mut yi, mut wan, mut ones, mut digit, mut fen) = (0_u64, 0_u64, 0_u64, 0_u64, 0_u64);
    for character in unsigned.chars() {
        match character {
            '仟' => ones = ones.saturating_add(take(&mut digit, 1000)),
            '佰' => ones = ones.saturating_add(take(&mut digit, 100)),
            '拾' => ones = ones.saturating_add(take(&mut digit, 10)),
            '万' => wan = take(&mut ones, 10_000).saturating_add(take(&mut digit, 10_000)),
            '亿' => {
                let below = wan.saturating_add(ones).saturating_add(digit);
                yi = below.saturating_mul(100_000_000);
                (wan, ones, digit) = (0, 0, 0);
            }
            '元' | '圆' => {
                let yuan = yi.saturating_add(wan).saturating_add(ones).saturating_add(digit);
                fen = fen.saturating_add(yuan.saturating_mul(100));
                digit = 0;
            }
            '角' => fen = fen.saturating_add(take(&mut digit, 10)),
            '分' => fen = fen.saturating_add(take(&mut digit, 1)),
            '整' | '正' => {}
            numeral => {
                let value = DIGITS.iter().position(|known| *known == numeral);
                digit = value.and_then(|at| u64::try_from(at).ok()).ok_or(OpError::NotANumber)?;
            }
        }
    }
    let fen = i64::try_from(fen).map_err(|_| OpError::NotANumber)?;
    let fen = if unsigned.len() == text.len() { fen } else { fen.saturating_neg() };
    let yuan = Rational::from_integer(fen).checked_div(Rational::from_integer(100))?;
    // Reading is lenient; only what is written again the same way was an amount.
    let bare = |text: &str| {
        text.chars()
            .filter(|character| !matches!(character, '零' | '整' | '正'))
            .map(|character| if character == '圆' { '元' } else { character })
            .collect::<String>()
    };
    let some = text.contains(DIGITS);
    if some && capitals(yuan).is_ok_and(|written| bare(&written) == bare(text)) {
        Ok(yuan)
    } else {
        Err(OpError::NotANumber)
    }
}

#[cfg(test)]
mod tests;
