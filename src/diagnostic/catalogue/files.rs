//! Files and the command line.

use super::{Entry, error, upon, warning, words};

pub(super) const ENTRIES: &[Entry] = &[
    upon(
        error(
            "huize::cli::usage",
            words("（命令的用法，随情况而定）", "(how the command is used; it varies)"),
            words(
                "命令、选项或参数写得不对。报告说明哪一个不对；`huize --help` 和 `huize 命令 --help` 列出全部用法。",
                "A command, option or argument is not written as it should be. The report says which; `huize --help` and `huize COMMAND --help` list all of them.",
            ),
        ),
        words("huize explain", "huize explain"),
    ),
    upon(
        error(
            "huize::cli::unreadable",
            words("无法读取 `…`：…", "cannot read `…`: …"),
            words(
                "文件不存在、没有读取权限，或是一个文件夹。核对路径；路径里有空格的，加引号。",
                "The file does not exist, may not be read, or is a folder. Check the path, and quote it if it has blanks.",
            ),
        ),
        words("huize explain 没有.json", "huize explain missing.json"),
    ),
    upon(
        error(
            "huize::cli::unwritable",
            words("无法写入 `…`：…", "cannot write `…`: …"),
            words(
                "`huize fmt` 要改写文件而没有权限，或磁盘已满。原文件没有改动。",
                "A file was to be rewritten and may not be, or the disk is full. The file is as it was.",
            ),
        ),
        words("huize fmt 只读.hz", "huize fmt read-only.hz"),
    ),
    upon(
        error(
            "huize::cli::no_policies",
            words("`…` 里没有政策文件（*.hz）", "there are no policy files (*.hz) in `…`"),
            words(
                "`--policies` 或参数指明的文件夹里一份政策也没有，多半是指错了文件夹。不写 `--policies` 的，用内置的政策。",
                "The folder that was named holds no policy, most likely because it is the wrong one. Without `--policies` the built-in policies are used.",
            ),
        ),
        words("huize check 空文件夹", "huize check empty-folder"),
    ),
    upon(
        error(
            "huize::cli::too_deep",
            words("文件夹 `…` 嵌套太深", "the folder `…` is nested too deeply"),
            words(
                "在文件夹里找政策时，一层套一层超过了限度：多半是指错了文件夹。指明放政策的那一个。",
                "The search for policies went deeper than any tree of policies does: most likely it is the wrong folder. Name the one that holds policies.",
            ),
        ),
        words("huize check 很深的文件夹", "huize check a-very-deep-folder"),
    ),
    upon(
        error(
            "huize::cli::bad_date",
            words("`…` 的值 `…` 不能用：…", "the value `…` of `…` cannot be used: …"),
            words(
                "选项的值不是日期，或没有这一天。日期写作 2023-06-30 或 2023年6月30日。",
                "The value of an option is no date, or there is no such day. A date is written 2023-06-30 or 2023年6月30日.",
            ),
        ),
        words(
            "huize decide 事实.json --as-of 2023-02-30",
            "huize decide facts.json --as-of 2023-02-30",
        ),
    ),
    upon(
        error(
            "huize::cli::bad_month",
            words("`…` 的值 `…` 不能用：…", "the value `…` of `…` cannot be used: …"),
            words(
                "选项的值不是月份。月份写作 2023-06 或 2023年6月。",
                "The value of an option is no month. A month is written 2023-06 or 2023年6月.",
            ),
        ),
        words(
            "huize decide 事实.json --period 2023-13",
            "huize decide facts.json --period 2023-13",
        ),
    ),
    upon(
        error(
            "huize::cli::no_policy",
            words("没有说明用哪个政策", "nothing says which policy to apply"),
            words(
                "事实文件没有写 policy，命令也没有写 `--policy`。同一家人可以按不同的政策来问，惠则不猜。",
                "Neither the facts nor `--policy` name one. The same family can be asked about under different policies, and none is guessed.",
            ),
        ),
        words("huize decide 事实.json", "huize decide facts.json"),
    ),
    upon(
        error(
            "huize::cli::no_period",
            words("没有说明所属期", "nothing says which month to decide"),
            words(
                "事实文件没有写 period，命令也没有写 `--period`。标准逐年不同，惠则也不看今天是哪一天。",
                "Neither the facts nor `--period` name a month. Standards change from year to year, and the clock is never asked.",
            ),
        ),
        words("huize decide 事实.json", "huize decide facts.json"),
    ),
    upon(
        error(
            "huize::source::empty",
            words("文件 `…` 是空的", "the file `…` is empty"),
            words(
                "文件里一个字也没有，或只有空白。核对是不是选错了文件，或还没有保存。",
                "The file holds nothing but blanks. Check that it is the right one and that it was saved.",
            ),
        ),
        words("huize check 空.hz", "huize check empty.hz"),
    ),
    upon(
        error(
            "huize::source::not_utf8",
            words(
                "文件 `…` 不是 UTF-8 编码（第 … 行起）",
                "the file `…` is not in UTF-8 (from line … on)",
            ),
            words(
                "政策和事实文件都用 UTF-8 编码。旧的编辑器常存成 GB18030（GBK）；看得出来的，报告里给出转换的命令。",
                "Policies and facts are in UTF-8. Older editors save GB18030 (GBK); where that is what it looks like, the report gives the command that converts it.",
            ),
        ),
        words("huize check 旧编码.hz", "huize check gbk.hz"),
    ),
    upon(
        error(
            "huize::source::utf16",
            words("文件 `…` 是 UTF-16 编码", "the file `…` is in UTF-16"),
            words(
                "文件以 UTF-16 的字节序标记开头。另存为 UTF-8，或照报告里的命令转换。",
                "The file begins with the byte order mark of UTF-16. Save it as UTF-8, or convert it by the command in the report.",
            ),
        ),
        words("huize check 记事本.hz", "huize check notepad.hz"),
    ),
    upon(
        error(
            "huize::source::binary",
            words(
                "文件 `…` 不是文本：第 … 行有值为 0 的字节",
                "the file `…` is not text: there is a zero byte at line …",
            ),
            words(
                "多半是把 Word、Excel 或 PDF 文件当作政策或事实打开了。另存为纯文本。",
                "Most likely a Word, Excel or PDF file was given as a policy or as facts. Save it as plain text.",
            ),
        ),
        words("huize check 规定.docx", "huize check regulation.docx"),
    ),
    upon(
        error(
            "huize::source::too_large",
            words("文件 `…` 超过 … MiB", "the file `…` is larger than … MiB"),
            words(
                "一份政策是几百行的文本。超过限度的文件不读，多半是选错了文件；真有这么多内容的，按待遇分成几份。",
                "A policy is a text of some hundred lines. A larger file is not read: most likely it is the wrong one. Otherwise split it by benefit.",
            ),
        ),
        words("huize check 很大.hz", "huize check huge.hz"),
    ),
    upon(
        error(
            "huize::internal",
            words("惠则自己出了错：…", "an error of huize itself: …"),
            words(
                "程序遇到了它自以为不会有的情形。文件没有改动，也没有作出决定。请把引起它的文字报告给惠则的维护者。",
                "The program met what it had ruled out. No file was changed and nothing was decided. Please report the text that brought it about.",
            ),
        ),
        words("（没有已知的情形）", "(nothing known)"),
    ),
    upon(
        error(
            "huize::cli::bad_period",
            words("`…` 的值 `…` 不能用：…", "the value `…` of `…` cannot be used: …"),
            words(
                "目标可以问一个月、一年，或从一个月到另一个月；后一个月不能早于前一个月。",
                "Targets are asked about a month, a year, or months from one to another, the later one last.",
            ),
        ),
        words(
            "huize targets cases.jsonl --period 2024-06..2024-01",
            "huize targets cases.jsonl --period 2024-06..2024-01",
        ),
    ),
    upon(
        error(
            "huize::cli::no_cases",
            words(
                "`…` 里没有案件文件（*.jsonl、*.json、*.yaml）",
                "there are no files of cases (*.jsonl, *.json, *.yaml) in `…`",
            ),
            words(
                "给的文件夹里没有能读的案件文件。核对路径和文件的后缀。",
                "The folder given holds no file of cases that can be read. Check the path and the endings of the files.",
            ),
        ),
        words("huize targets policies/", "huize targets policies/"),
    ),
    upon(
        error(
            "huize::cli::no_targets",
            words("政策“…”没有写目标", "the policy `…` sets no targets"),
            words(
                "`huize targets` 回答政策里的“目标”，这个政策一个也没有。用 --policy 指明写有目标的政策。",
                "`huize targets` answers the targets of a policy, and this one has none. Name one that has by `--policy`.",
            ),
        ),
        words(
            "huize targets cases.jsonl --policy 中山.最低生活保障",
            "huize targets cases.jsonl --policy 中山.最低生活保障",
        ),
    ),
    upon(
        error(
            "huize::cli::unknown_part",
            words("说明里没有“…”这一项", "no part of the explanation is called `…`"),
            words(
                "--at 后面写说明里一项的名字：决定、条件、给付、规则、参数、事实。名字可以是中文，也可以是英文别名；`--format json` 里每一项都有 id。",
                "`--at` takes the id of one part of an explanation: a decision, condition, payment, rule, parameter or fact, in Chinese or as ASCII twins; `--format json` has the id of each part.",
            ),
        ),
        words(
            "huize explain 事实.json --at 低保.没有的条件",
            "huize explain facts.json --at dibao.no_such_condition",
        ),
    ),
    upon(
        warning(
            "huize::cli::incomplete_notice",
            words("送达前还要填写：…", "to be filled in before it is sent: …"),
            words(
                "告知书里由机关写的部分没有给全：机关名称、收件人、日期、救济途径和期限。惠则不知道也不推测这些内容，留出空白。",
                "The office's part of the notice is not whole: who signs, to whom, when, how to object and until when. Huize does not know these and guesses none; they are left blank.",
            ),
        ),
        words("huize notice 事实.json", "huize notice facts.json"),
    ),
    upon(
        error(
            "huize::notice::unknown_decision",
            words("没有叫“…”的决定", "no decision is called `…`"),
            words(
                "--at 后面写决定的名字：家庭的决定写“低保”，某人的写“甲.低保”。",
                "`--at` takes the ids of decisions: `低保` of the household, `甲.低保` of a person.",
            ),
        ),
        words("huize notice 事实.json --at 没有的决定", "huize notice facts.json --at nothing"),
    ),
    upon(
        error(
            "huize::notice::nothing_decided",
            words(
                "“…”没有作出决定，没有可以告知的事项",
                "`…` decides nothing, so there is nothing to give notice of",
            ),
            words(
                "这项政策只有目标或者只有规则，没有决定；目标用 huize targets 回答。",
                "The policy has targets or rules and no decision; `huize targets` answers targets.",
            ),
        ),
        words(
            "huize notice 事实.json --policy 中山.年度目标",
            "huize notice facts.json --policy zhongshan.plan",
        ),
    ),
    upon(
        error(
            "huize::notice::failed",
            words(
                "“…”没有算出结果，不能出告知书：…",
                "`…` could not be computed, so there is nothing to give notice of: …",
            ),
            words(
                "这项决定出了错，例如没有这个月的标准。先改正，再出告知书。",
                "The decision failed, for want of a standard for the month for example. Mend that first.",
            ),
        ),
        words(
            "huize notice 事实.json --period 2019-01",
            "huize notice facts.json --period 2019-01",
        ),
    ),
    upon(
        error(
            "huize::notice::bad_office",
            words("机关信息 `…` 不能用", "the office's file `…` cannot be used: …"),
            words(
                "机关信息是一个 JSON 对象，只能有说明里列出的各项；日期、期限都按要印的样子写成文字。",
                "The office's file is a JSON object with the fields listed and no others; days and periods are texts, as they are to be printed.",
            ),
        ),
        words(
            "huize notice 事实.json --office 机关.json",
            "huize notice facts.json --office office.json",
        ),
    ),
    upon(
        error(
            "huize::notice::bad_template",
            words("告知书模板 `…` 不能用：…", "the notice's template `…` cannot be used: …"),
            words(
                "模板用 minijinja 写，只能用告知书里有的名字（`huize notice --format json` 列出全部）；写错的名字不会变成空白。",
                "Templates are minijinja and may use what a notice holds (`huize notice --format json` shows all of it); a name that is not there does not become a blank.",
            ),
        ),
        words(
            "huize notice 事实.json --template 模板.jinja",
            "huize notice facts.json --template notice.jinja",
        ),
    ),
];
