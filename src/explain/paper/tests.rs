use super::{Block, Paper};
use crate::diagnostic::Language;

const TEXT: &str = "\
# 告知书
~ 〔2023〕1号
@ 张＊：
你家的申请已经审核。现将结果告知如下，请认真阅读，有疑问的可以询问。
## 一、结果
- 低保：1,353元
- 高龄津贴：50元

| 项目 | 数额 |
| 收入 | 750元 |
! 没有填办理机关
> 甲市民政局
> 2023年7月1日
";

#[test]
fn lines_become_blocks() {
    let paper = Paper::parse(TEXT);
    assert_eq!(paper.blocks.len(), 12 - 1);
    let rows = vec![vec!["收入".to_owned(), "750元".to_owned()]];
    let head = vec!["项目".to_owned(), "数额".to_owned()];
    assert!(paper.blocks.contains(&Block::Table(head, rows)), "{paper:#?}");
    assert_eq!(paper.blocks.last(), Some(&Block::Right("2023年7月1日".to_owned())));
}

#[test]
fn a_paper_in_each_form() {
    let paper = Paper::parse(TEXT);
    insta::assert_snapshot!(paper.text(Language::Zh, 40));
    insta::assert_snapshot!(paper.markdown());
}

#[test]
fn no_line_is_wider_than_the_page() {
    let paper = Paper::parse(TEXT);
    for width in [20, 30, 40, 80] {
        for line in paper.text(Language::Zh, width).lines() {
            assert!(crate::explain::layout::columns(line) <= width, "{width}: {line}");
        }
    }
}

#[test]
fn values_are_no_markup_on_a_page() {
    let paper = Paper { blocks: vec![Block::Item("<b>甲</b> & \"乙\"".to_owned())] };
    let page = paper.html("notice", Language::Zh);
    assert!(
        page.contains("<ul>\n<li>&lt;b&gt;甲&lt;/b&gt; &amp; &quot;乙&quot;</li>\n</ul>"),
        "{page}"
    );
}

#[test]
fn a_paper_as_data_keeps_its_blocks_in_order() {
    let paper = Paper::parse("# 计算表\n- 一项\n| 项目 | 结果 |\n| 人均 | 750元 |\n> 经办人");
    let expected = serde_json::json!([
        { "kind": "title", "text": "计算表" },
        { "kind": "item", "text": "一项" },
        { "kind": "table", "head": ["项目", "结果"], "rows": [["人均", "750元"]] },
        { "kind": "right", "text": "经办人" },
    ]);
    assert_eq!(paper.data(), expected);
}
