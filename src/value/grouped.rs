//! Numbers as people write them, their thousands apart.

/// Digits in threes before the point: `1,353`, `-998,647`, `334,083.33`.
#[must_use]
pub fn grouped(number: &str) -> String {
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(w, f)| (w, Some(f)));
    let digits = whole.trim_start_matches('-');
    let mut out = String::with_capacity(number.len().saturating_add(4));
    if digits.len() < whole.len() {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped("0"), "0");
        assert_eq!(grouped("999"), "999");
        assert_eq!(grouped("1353"), "1,353");
        assert_eq!(grouped("-998647"), "-998,647");
        assert_eq!(grouped("1000000.5"), "1,000,000.5");
        assert_eq!(grouped("-100.25"), "-100.25");
    }
}
