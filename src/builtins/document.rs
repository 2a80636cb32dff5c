//! Documents, places and amounts in capitals.

use super::entry::{
    Builtin, Example, Family, Function, Meaning, Signature, call, example, once, optionally, words,
};
use crate::diagnostic::Words;

const BOOL: Words = words("是否", "bool");

const fn document(
    function: Function,
    name: Words,
    signatures: &'static [Signature],
    doc: Words,
    examples: &'static [Example],
) -> Builtin {
    Builtin {
        meaning: Meaning::Function(function),
        family: Family::Documents,
        name,
        also: &[],
        signatures,
        doc,
        examples,
    }
}

pub(super) const ENTRIES: &[Builtin] = &[
    document(
        Function::IdValid,
        words("证号有效", "id_valid"),
        &[call(&[once("文本", "text")], BOOL)],
        words(
            "这段文字是不是一个居民身份证号码：18位，第7至14位是真有的日期，最后一位校验码与前17位相符（GB 11643）。没有这一项（无）的，不是。名为“身份证号”的事实在填写时就已经这样查过。",
            "Whether a text is a citizen identification number of 18 characters, with a date that exists in characters 7 to 14 and the check character that the other 17 ask for (GB 11643). None is not. A fact that is called 身份证号 has been checked like this when it was given.",
        ),
        &[
            example("证号有效（“11010519491231002X”）", "id_valid(\"11010519491231002X\")"),
            example("非证号有效（“110105194912310021”）", "not id_valid(\"110105194912310021\")"),
            example("存在（成员，证号有效（身份证号））", "exists(members, id_valid(id_number))"),
        ],
    ),
    document(
        Function::IdBirthDate,
        words("证载出生日期", "id_birth_date"),
        &[call(&[once("文本", "text")], words("日期，可无", "date, optional"))],
        words(
            "居民身份证号码第7至14位的出生日期；不是有效号码的，是“无”。",
            "The date of birth in characters 7 to 14 of a citizen identification number; none where the text is no valid one.",
        ),
        &[example(
            "证载出生日期（“11010519491231002X”） = 1949年12月31日",
            "id_birth_date(\"11010519491231002X\") = 1949-12-31",
        )],
    ),
    document(
        Function::IdSex,
        words("证载性别", "id_sex"),
        &[call(
            &[once("文本", "text")],
            words("含“男”“女”两个值的枚举，可无", "the enum with the values 男 and 女, optional"),
        )],
        words(
            "居民身份证号码第17位的性别，单数为男，双数为女；不是有效号码的，是“无”。所引用的词汇里要有含“男”“女”的枚举。",
            "The sex in character 17 of a citizen identification number, odd for 男 and even for 女; none where the text is no valid one. An enum with the values 男 and 女 has to be in reach.",
        ),
        &[example(
            "证载性别（“11010519491231002X”）等于女",
            "id_sex(\"11010519491231002X\") is female",
        )],
    ),
    document(
        Function::InPlace,
        words("区划内", "in_place"),
        &[call(
            &[once("区划代码", "place code"), optionally("上级区划代码", "of which place")],
            BOOL,
        )],
        words(
            "一个六位的行政区划代码（GB/T 2260）是不是在某地之内，含该地本身；不写某地的，是政策“区划”写明的地方。不是区划代码的文字，不是。",
            "Whether a place code of six digits (GB/T 2260) is a place or lies in it; by default the place in the policy's header. A text that is no place code is not.",
        ),
        &[
            example("区划内（户籍区划，“440000”）", "in_place(registered_in, \"440000\")"),
            example("区划内（户籍区划）", "in_place(registered_in)"),
            example("非区划内（“440304”，“442000”）", "not in_place(\"440304\", \"442000\")"),
        ],
    ),
    document(
        Function::Capitals,
        words("大写", "capitals"),
        &[call(&[once("整分的金额", "amount of whole fen")], words("同金额", "as the amount"))],
        words(
            "同一个金额，显示成通知书和票据上的中文大写（银发〔1997〕393号附一）。金额要确定是整分的；与引号里的大写可以比较。",
            "The same amount, shown in the Chinese capitals of notices and vouchers. It has to be provably whole fen; it is compared with capitals in quotes.",
        ),
        &[
            example("大写（低保的低保金）等于“伍佰元整”", "capitals(dibao.amount) is \"伍佰元整\""),
            example("大写（1353.05元） = 1353.05元", "capitals(1353.05CNY) = 1353.05CNY"),
        ],
    ),
];
