//! Lists of payments.

use super::{Entry, error, upon, words};

pub(super) const ENTRIES: &[Entry] = &[
    upon(
        error(
            "huize::reconcile::no_heading",
            words("清单是空的，没有表头", "the list is empty, without a heading"),
            words(
                "清单的第一行是表头，说明各栏是什么。",
                "The first line of a list is its heading, which says what the columns are.",
            ),
        ),
        words("一份只有空行的清单", "a list of empty lines"),
    ),
    upon(
        error(
            "huize::reconcile::no_column",
            words("清单的表头没有“…”", "the heading of the list has no column `…`"),
            words(
                "对账要知道给谁（家庭、人、身份证号至少一栏）、哪项待遇、哪个月、多少钱。全都是一项待遇或一个月的，可以写在命令里：--benefit、--period。",
                "To reconcile, it has to be known who is paid (at least one of household, person, id_number), which benefit, which month and how much. A benefit or month that is the same in all rows may be said by `--benefit` and `--period`.",
            ),
        ),
        words("姓名,金额", "name,amount"),
    ),
    upon(
        error(
            "huize::reconcile::column_twice",
            words("“…”写了两次", "`…` is there twice"),
            words(
                "同一栏有几个写法（金额、发放金额、amount），一份清单里只能有一个。",
                "A column may be called in several ways (金额, 发放金额, amount), and a list has one of them.",
            ),
        ),
        words("金额,amount", "金额,amount"),
    ),
    upon(
        error(
            "huize::reconcile::more_cells",
            words(
                "这一行比表头的…栏多",
                "the row has more cells than the … columns of the heading",
            ),
            words(
                "多半是数字里的逗号没有放在引号里，后面的各栏因此都错了位。",
                "Mostly a comma inside a number without quotes, which moves all cells behind it.",
            ),
        ),
        words("张家,低保,2026-04,1,200", "张家,dibao,2026-04,1,200"),
    ),
    upon(
        error(
            "huize::reconcile::empty_cell",
            words("这一行没有填“…”", "the row does not say `…`"),
            words(
                "每一行都要说明给谁、哪项待遇、哪个月、多少钱。没有填的不当作0，也不跳过。",
                "Each row says who, which benefit, which month and how much. What is not filled in is neither 0 nor left out.",
            ),
        ),
        words("张家,低保,2026-04,", "张家,dibao,2026-04,"),
    ),
    upon(
        error(
            "huize::reconcile::bad_month",
            words("“…”不是月份", "`…` is no month"),
            words(
                "月份是款所属的月份，不是打款的日子，写作 2026-04、2026年4月、2026/4、202604。",
                "The month is the one that is paid for, not the day of the transfer; written 2026-04, 2026年4月, 2026/4, 202604.",
            ),
        ),
        words("4月", "April"),
    ),
    upon(
        error(
            "huize::reconcile::bad_amount",
            words("“…”不是金额", "`…` is no amount of money"),
            words(
                "金额是元，至多到分；千位可以用逗号分开（放在引号里），可以带“元”。追回的写负数。",
                "Amounts are in yuan and no finer than the fen; thousands may stand apart (in quotes), 元 may follow. What was taken back is less than nothing.",
            ),
        ),
        words("120.001", "120.001"),
    ),
    upon(
        error(
            "huize::reconcile::unclosed_quote",
            words("引号没有闭合", "a quote is not closed"),
            words(
                "以引号开头的格要以引号结尾，不然后面的各行都成了这一格。",
                "A cell that begins with a quote ends with one; otherwise all that follows is in it.",
            ),
        ),
        words("\"张家,低保", "\"张家,dibao"),
    ),
    upon(
        error(
            "huize::reconcile::not_a_row",
            words("这一行不是一笔发放", "the line is no payment"),
            words(
                "jsonl 清单每行是一个对象，名称与表头的各栏相同。",
                "In a jsonl list each line is one object, with the names of the columns.",
            ),
        ),
        words("[1]", "[1]"),
    ),
    upon(
        error(
            "huize::reconcile::not_a_cell",
            words("“…”应当是文字或者数", "`…` has to be a text or a number"),
            words(
                "一笔款只给一个人、一个账户；名单要分成几行。",
                "A payment is to one person and one account; a list of them is several rows.",
            ),
        ),
        words("{\"家庭\": [\"张家\"]}", "{\"household\": [\"张家\"]}"),
    ),
    upon(
        error(
            "huize::reconcile::unknown_benefit",
            words("没有“…”这项发钱的待遇", "there is no benefit `…` that pays something"),
            words(
                "待遇写政策里决定的名称（低保、护理补贴），或者给付的名称（低保金）。只有资格、不发钱的决定不能对账。",
                "A benefit goes by the name of its decision (低保, 护理补贴) or of its payment (低保金). A decision that pays nothing cannot be reconciled.",
            ),
        ),
        words("低保证", "低保证"),
    ),
    upon(
        error(
            "huize::reconcile::ambiguous_benefit",
            words("“…”可以是几项待遇", "`…` may be any of several benefits"),
            words(
                "几项待遇的给付同名（都叫“补贴”）。写决定的名称：生活补贴、护理补贴。",
                "Several benefits call their payment so. Write the name of the decision.",
            ),
        ),
        words("补贴", "补贴"),
    ),
    upon(
        error(
            "huize::reconcile::person_needed",
            words(
                "“…”是发给个人的，这一行没有写给谁",
                "`…` is paid to persons, and the row does not say to whom",
            ),
            words(
                "只写了家庭，不知道是家里哪一个人的款。",
                "Only the household is said, and nobody can tell which of its members is paid.",
            ),
        ),
        words("张家,,护理补贴,2026-04,120", "张家,,care_subsidy,2026-04,120"),
    ),
    upon(
        error(
            "huize::reconcile::case_twice",
            words("名册里有两户都叫“…”", "two cases of the population are called `…`"),
            words(
                "清单按名称找户，同名的分不清款是谁的。各户写不同的 id。",
                "Rows find their case by its name; of two of one name nobody can tell whose the money is. Give each an `id` of its own.",
            ),
        ),
        words("两行 {\"id\": \"张家\", …}", "two lines {\"id\": \"张家\", …}"),
    ),
];
