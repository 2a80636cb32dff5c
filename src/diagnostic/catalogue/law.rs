//! Dates of the law, layers and relations between benefits.

use super::{Entry, error, warning, words};

pub(super) const ENTRIES: &[Entry] = &[
    error(
        "huize::check::parameter_gap",
        words("参数“…”从…到…没有数值", "parameter `…` has no value from … to …"),
        words(
            "两行之间有几天没有标准。真的没有查到的，要写出来：自…起至…止：待查；那几天的结果就是待定，而不是0。",
            "There are days between two rows that no row covers. Where the document was not found, say so with a `pending` row; those days are then undecided rather than 0.",
        ),
    ),
    error(
        "huize::check::parameter_overlap",
        words(
            "参数“…”有两行在同一天都有效，发布日又相同",
            "two rows of parameter `…` are in force on the same day and were published on the same day",
        ),
        words(
            "同一天两个数，看不出用哪一个。没写“止”的一行，到下一行开始为止；后一份文件追溯修改前一份的，写明发布日：后发布的优先。",
            "Two values for one day, and nothing tells which. A row without an end lasts until the next begins; where a later notice changes an earlier one backwards, give it its `published` day: the later one wins.",
        ),
    ),
    error(
        "huize::check::version_overlap",
        words(
            "“…”有两个版本在同一天都施行，看不出用哪一个",
            "two versions of `…` are in force on one day, and nothing tells which holds",
        ),
        words(
            "同一条规则、决定或同一张表的两个版本，施行日期重叠，起施行（或发布）的日子又相同。后施行、后发布的优先；分不出先后的，改日期。整份政策分几个文件先后施行的，各文件抬头写各自的“施行”。",
            "Two texts of one rule, decision or table claim the same days, and both began, or were published, on one day. The later one holds; where neither is later, change the dates. A policy of several files that followed one another says `in_force` in the header of each.",
        ),
    ),
    warning(
        "huize::check::version_gap",
        words("“…”从…到…没有施行的版本", "no version of `…` is in force from … to …"),
        words(
            "前一个版本已经终止，后一个还没有施行：那几天没有规定，决定那时的案件会报“未施行”，或算作没有这项待遇。多半是日期写错；确实停过的，照文件保留。",
            "One version has ended and the next has not begun. A case of those days has no rule, which is an error there, or no such benefit. Most likely a date is wrong; where the benefit was indeed suspended, leave it.",
        ),
    ),
    warning(
        "huize::check::mid_month_row",
        words(
            "参数“…”按月计，这一行却从…开始，没有写那个月按哪个数",
            "parameter `…` is monthly, but this row begins on … and does not say which value that month has",
        ),
        words(
            "新标准从月中起，当月按旧数、按新数还是按天折算，文件往往有规定。照文件写 自次月起、自当月起 或 按日折算；写在参数的头上管各行，写在行末只管那一行。不写的，照适用日取值。",
            "Where a standard changes within a month, the document says whether that month has the old value, the new one, or each for its days. Say so at the end of the row, or in the head for all rows. Unsaid, the day that picks rows decides.",
        ),
    ),
    error(
        "huize::check::unclear_term",
        words("“…”没有写从哪一天起算", "`…` does not say of which day"),
        words(
            "起发、停发写的是一个月份：哪一天的当月，还是哪一天的次月。它们只管按月发的给付。",
            "`starts` and `stops` name a month: the month of some day, or the one after. They are about monthly payments only.",
        ),
    ),
    error(
        "huize::check::wrong_keys",
        words("参数“…”按…分列，这里的分类对不上", "parameter `…` goes by …; these keys do not fit"),
        words(
            "一行里的每个数前面要有每一个分类的值（城镇、农村），不能重复、不能缺。不分列的参数直接写数。",
            "Each value of a row stands behind one value of every key, none twice and none missing.",
        ),
    ),
    error(
        "huize::check::unordered_relations",
        words(
            "“…”在两项“择高”里，没有写先比哪一项",
            "`…` stands in two `higher_of`, and which one goes first is not said",
        ),
        words(
            "甲与乙只发高的，乙与丙只发高的：乙若让给了丙，甲还让不让给乙，两项关系都没有写。几项待遇只发一种的，写成一项择高，都列上。不重复享受在先，择高在后，补差再后，叠加最后，这个次序是定好的。",
            "Of A and B only the higher is paid, and of B and C: where B gives way to C, nothing says whether A still gives way to B. List all of them in one `higher_of`. Exclusions come first, then the higher of several, then topping up: that order is fixed.",
        ),
    ),
    error(
        "huize::layers::not_authorized",
        words("上层的“…”没有授权下层…", "the higher layer's `…` does not allow a lower one to …"),
        words(
            "下层只能做上层让它做的事：填由地方规定的数，在授权的地方增加例外、条件、给付，或另定。上层的文件确实有授权的，写进上层的规则：，授权 省级以上 增加例外。上层有几版的，补充施行的时候有效的每一版都要授权；只有新的一版授权的，写明从那一版起施行。",
            "A lower layer may do only what a higher one leaves to it. Where the higher instrument does allow it, write the authorization into the higher rule: `, authorize province and_up add_exceptions`. Of several versions, each that is in force while the supplement is has to allow it; where only a later one does, let the supplement be in force from then.",
        ),
    ),
    error(
        "huize::layers::wrong_level",
        words(
            "上层的“…”只授权…，这一层是…的",
            "the higher layer's `…` allows only `…`, and this is …",
        ),
        words(
            "授权写明给哪一级：省级、市级、县级，加“以上”的包括更高的。一层是哪一级，看“区划”代码；没有写代码的，看“基于”的次序，可能是更低一级的也算。没有县的市（东莞、中山等）也做县级的事。",
            "An authorization names a level; with `and_up` those above it too. What level a layer has is read off its place code, or else off the order of layers, in its favour. A city without counties does what counties do.",
        ),
    ),
    error(
        "huize::layers::unknown_level",
        words("没有“…”这一级", "there is no level `…`"),
        words(
            "级别只有四种写法：地方（国家以下的哪一级都可以）、省级、市级、县级。",
            "There are local (any below the country), province, city and county.",
        ),
    ),
    error(
        "huize::layers::unknown_place_code",
        words("“…”不是行政区划代码", "`…` is no code of administrative divisions"),
        words(
            "区划是GB/T 2260的六位数字。这里核对它的构成和省级代码，不核对市、县是否现存：区划年年有变。",
            "The six digits of GB/T 2260. Their structure and the province are checked, not whether a city or county still exists: divisions change from year to year.",
        ),
    ),
    error(
        "huize::layers::place_outside",
        words("区划 … 不在上层的 … 之内", "the place … does not lie in … above it"),
        words(
            "下层的地方要在上层的地方之内：市在它的省之内，县在它的市之内。多半是代码写错，或“基于”写错了政策。",
            "The place of a lower layer lies in that of the higher one. Mostly the code or the `extends` is wrong.",
        ),
    ),
    error(
        "huize::layers::nothing_to_supplement",
        words("上层没有“…”可供补充", "no higher layer has `…`"),
        words(
            "“补充”后面写上层政策里已有的规则或决定的全名（国家.计入收入）。本层自己的，直接声明。",
            "A `supplement` names a rule or decision that a higher layer has, with its place. One's own is declared.",
        ),
    ),
    error(
        "huize::layers::unknown_act",
        words("没有“…”这种授权", "there is no authorization to `…`"),
        words(
            "授权的内容只有四种：另定、增加例外、增加条件、增加给付。",
            "There are four: `set`, `add_exceptions`, `add_conditions`, `add_payments`.",
        ),
    ),
    error(
        "huize::layers::constraint_broken",
        words(
            "约束“…”从…起不成立：左边是…，右边是…",
            "the constraint `…` does not hold from …: … against …",
        ),
        words(
            "约束在它所涉及的参数每次变动的月份都查一遍；这里从那个月起不成立。核对下层的数和上层的底线。",
            "A constraint is checked for every month in which one of its parameters changes; it fails from this one on. Check the lower layer's value and the floor.",
        ),
    ),
    warning(
        "huize::layers::constraint_unverified",
        words(
            "约束“…”从…起未能核对，要等：…",
            "the constraint `…` could not be checked from …: it waits for …",
        ),
        words(
            "约束的一边还待查，所以既不能说成立，也不能说不成立。查到数值后自然会核对。",
            "One side of the constraint is pending, so that it neither holds nor fails. It is checked when the value is filled in.",
        ),
    ),
    error(
        "huize::layers::cycle",
        words("政策互相“基于”，绕成了圈：…", "policies extend each other in a circle: …"),
        words(
            "下层基于上层：区县 → 市 → 省 → 国家。其中一个“基于”写反了。",
            "A lower layer extends a higher one: county → city → province → nation. One of them is the wrong way round.",
        ),
    ),
    error(
        "huize::layers::ambiguous_place",
        words(
            "“…”的“…”该用“…”的还是“…”的，说不清",
            "it is not clear whether `…` has `…` from `…` or `…`",
        ),
        words(
            "一个地方没有自己的某项政策时，用上面一级的。这里它的几项政策分别基于两个地方，两处都有这一项，看不出用哪一处。写一个本地的政策，基于其中一个。",
            "A place without a policy of its own for a benefit takes that of the place above. Here its policies stand under two places that both have one. Write a local policy that extends the one that is meant.",
        ),
    ),
    warning(
        "huize::check::set_anew",
        words(
            "“…”已由…另定，这里读到的是…的数，不是…的",
            "`…` is set anew by …: what is read here is not the value of …",
        ),
        words(
            "一个参数只有一个值：最下面一层填的那一个。“国家的标准”说的是哪一个参数，不是哪一层的数。要拿本地的数同上一层比，上一层的数另起名称，比较写成约束。",
            "A parameter has one value, that of the lowest layer that fills it. `nation.standard` says which parameter is meant and not whose value. To compare with the layer above, give its value a name of its own and write a constraint.",
        ),
    ),
    warning(
        "huize::check::exclusion_out_of_reach",
        words(
            "保留的是…的待遇，这里不影响…的待遇",
            "what is kept belongs to a …; it takes nothing from the …",
        ),
        words(
            "不重复享受的两项，一项是每个人的，一项是家庭的：保留一个人的，并不说明家里其他人的那一份怎么办，所以不动家庭的。应当动的，在家庭的条件里写明。",
            "One of two exclusive benefits is each person's and the other the household's. Keeping one person's says nothing of the others' share, so the household's stands; if it should not, say so in its condition.",
        ),
    ),
];
