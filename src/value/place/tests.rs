use super::{PlaceCode, PlaceLevel};
use crate::value::OpError;

fn place(text: &str) -> PlaceCode {
    text.parse().unwrap()
}

#[test]
fn levels_and_parents() {
    use PlaceLevel::{County, National, Prefecture, Province};
    for (code, level, parent) in [
        ("000000", National, None),
        ("440000", Province, Some("000000")),
        ("441900", Prefecture, Some("440000")), // 东莞
        ("442000", Prefecture, Some("440000")), // 中山
        ("440205", County, Some("440200")),     // 韶关市曲江区
        ("320404", County, Some("320400")),     // 常州市钟楼区
        ("429004", County, Some("420000")),     // 仙桃市, governed by 湖北 directly
        ("110105", County, Some("110000")),     // 北京市朝阳区
        ("500229", County, Some("500000")),     // 重庆市城口县
    ] {
        assert_eq!(place(code).level(), level, "{code}");
        assert_eq!(place(code).parent(), parent.map(place), "{code}");
        assert_eq!(place(code).to_string(), code);
    }
    assert!(National < Province && Province < Prefecture && Prefecture < County);
}

#[test]
fn the_first_two_digits_are_those_of_a_province() {
    // 广东, 中山, 朝阳区 in Beijing; no province has 19.
    for (code, known) in
        [("440000", true), ("442000", true), ("110105", true), ("190000", false), ("194400", false)]
    {
        assert_eq!(place(code).is_in_a_province(), known, "{code}");
    }
    assert!(PlaceCode::NATIONAL.is_in_a_province());
}

#[test]
fn a_place_contains_itself_and_what_lies_in_it() {
    let chain = ["000000", "440000", "440200", "440205"].map(place);
    for (at, upper) in chain.iter().enumerate() {
        for (below, lower) in chain.iter().enumerate() {
            assert_eq!(upper.contains(*lower), at <= below, "{upper} {lower}");
        }
    }
    assert!(!place("440200").contains(place("440305")));
    assert!(!place("440000").contains(place("320404")));
    for code in ["429004", "110105", "500229", "442000"] {
        assert!(place(code).parent().unwrap().contains(place(code)));
    }
}

#[test]
fn cities_without_counties() {
    for code in ["441900", "442000", "460400", "620200"] {
        assert!(place(code).is_without_counties(), "{code}");
    }
    for code in ["440200", "440000", "441901", "000000"] {
        assert!(!place(code).is_without_counties(), "{code}");
    }
}

#[test]
fn what_is_no_place_code() {
    for text in ["", "4420", "44200", "4420000", "44200a", "44 200", "-44200", "中山市中山市"]
    {
        assert_eq!(text.parse::<PlaceCode>(), Err(OpError::NotAPlaceCode), "{text}");
    }
    for text in ["440005", "000005", "001100", "001105"] {
        assert_eq!(text.parse::<PlaceCode>(), Err(OpError::PlaceCodeWithoutParent), "{text}");
    }
    assert_eq!(place("４４２０００"), place("442000"));
}
