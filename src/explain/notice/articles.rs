//! Articles as a paper cites them: those of one instrument together, each once; and the numerals of
//! its headings.

/// `《甲办法》第四条、第四条第（一）项`, `《乙办法》第九条`: one text for each instrument, in the order
/// in which they come first.
pub(super) fn by_instrument(citations: &[String]) -> Vec<String> {
    let mut instruments: Vec<(&str, Vec<&str>)> = Vec::new();
    for citation in citations.iter().flat_map(|citation| citation.split(['；', ';'])) {
        let (title, article) = split(citation.trim());
        if title.is_empty() && article.is_empty() {
            continue;
        }
        // What has no title of its own is a citation by itself.
        let same = |(known, articles): &(&str, Vec<&str>)| {
            *known == title && (!title.is_empty() || articles.contains(&article))
        };
        match instruments.iter().position(same).and_then(|at| instruments.get_mut(at)) {
            Some((_, articles)) if !articles.contains(&article) => articles.push(article),
            Some(_) => {}
            None => instruments.push((title, vec![article])),
        }
    }
    instruments.iter().map(|(title, articles)| format!("{title}{}", listed(articles))).collect()
}

/// All of it in one line.
pub(super) fn line(citations: &[String]) -> String {
    by_instrument(citations).join("；")
}

/// The instrument as a whole says nothing beside its articles.
fn listed(articles: &[&str]) -> String {
    let named: Vec<&str> = articles.iter().copied().filter(|article| !article.is_empty()).collect();
    named.join("、")
}

/// `《确认办法》` and `第九条`; all of it as the article where it does not go on with an article.
fn split(citation: &str) -> (&str, &str) {
    let Some(end) = citation.find('》').filter(|_| citation.starts_with('《')) else {
        return ("", citation);
    };
    let (title, article) = citation.split_at(end.saturating_add('》'.len_utf8()));
    if article.starts_with(['（', '(', '〔']) { ("", citation) } else { (title, article) }
}

/// 一, 十, 十一, 二十三: the number of a heading; in digits from a hundred on.
pub(super) fn numeral(count: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: usize| DIGITS.get(at).copied().unwrap_or_default();
    match (count / 10, count % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens @ 2..=9, ones) => format!("{}十{}", digit(tens), digit(ones)),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{by_instrument, numeral};

    fn grouped(citations: &[&str]) -> Vec<String> {
        by_instrument(&citations.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn articles_stand_behind_their_instrument_once() {
        assert_eq!(
            grouped(&[
                "《甲办法》第四条",
                "《乙办法》第九条；《甲办法》第四条第（一）项",
                "《甲办法》第四条",
                "国发〔2015〕52号（未见原文）",
                "国发〔2015〕52号（未见原文）",
            ]),
            [
                "《甲办法》第四条、第四条第（一）项",
                "《乙办法》第九条",
                "国发〔2015〕52号（未见原文）",
            ]
        );
        // An instrument as a whole says nothing beside its articles; a document number is no article.
        assert_eq!(grouped(&["《甲办法》", "《甲办法》第四条"]), ["《甲办法》第四条"]);
        assert_eq!(grouped(&["《丙通知》（丙发〔2020〕1号）一", "《丙通知》二"]).len(), 2);
        assert_eq!(grouped(&["《甲办法》", ""]), ["《甲办法》"]);
    }

    #[test]
    fn headings_are_counted_in_numerals() {
        let numerals: Vec<String> = [1, 9, 10, 11, 19, 20, 21, 99, 100].map(numeral).into();
        assert_eq!(numerals, ["一", "九", "十", "十一", "十九", "二十", "二十一", "九十九", "100"]);
    }
}
