//! What the targets share: a mutation that works on words rather than bytes, because half of all
//! byte mutations of Chinese text are no text at all.

use huize::syntax::token::tokens;
use huize::syntax::words::{AFTER_COMMA_WORDS, CLAUSES, COMBINATORS, CUTTING_WORDS, DECLARATIONS};

/// Xorshift: the fuzzing engine gives a seed and wants the same change for it.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        if end == 0 { 0 } else { (self.0 % end as u64) as usize }
    }
}

fn word(dice: &mut Dice) -> String {
    let clauses = CLAUSES.iter().map(|clause| clause.word);
    let keywords: Vec<String> = DECLARATIONS
        .iter()
        .copied()
        .chain(clauses)
        .flat_map(|word| [format!("\n{} ", word.zh), format!("\n{} ", word.en)])
        .chain(huize::builtins::all().flat_map(|b| b.spellings().map(str::to_owned)))
        .chain(
            [CUTTING_WORDS, AFTER_COMMA_WORDS, COMBINATORS].concat().iter().map(|w| w.to_string()),
        )
        .chain(
            [
                "（",
                "）",
                "，",
                "：",
                "；",
                "=",
                "＋",
                "－",
                "×",
                "÷",
                "0",
                "30%",
                "1201元",
                "元/月",
                "是",
                "否",
                "无",
                "「",
                "」",
                "“",
                "”",
                "｜",
                "\n",
                "（一）",
                "1．",
                "2023年6月",
                "6个月",
                "#",
            ]
            .map(str::to_owned),
        )
        .collect();
    keywords[dice.below(keywords.len())].clone()
}

/// A text with a few words taken out, put in, doubled or moved.
#[must_use]
pub fn mutate(text: &str, seed: u32, most: usize) -> String {
    let mut dice = Dice(u64::from(seed) << 20 | 0x9E37_79B9);
    let mut words: Vec<String> =
        tokens(text).iter().map(|token| token.text(text).to_owned()).collect();
    for _ in 0..=dice.below(4) {
        let (at, other) = (dice.below(words.len()), dice.below(words.len()));
        match dice.below(6) {
            0 if !words.is_empty() => drop(words.remove(at)),
            1 => words.insert(at, word(&mut dice)),
            2 if !words.is_empty() => words[at] = word(&mut dice),
            3 if !words.is_empty() => words.swap(at, other),
            4 if !words.is_empty() => words[at] = words[other].clone(),
            // A piece of the text once more, somewhere else.
            _ => {
                let end = (at + dice.below(20)).min(words.len());
                let piece = words[at..end].to_vec();
                words.splice(other..other, piece);
            }
        }
    }
    let mut mutated: String = words.concat();
    while mutated.len() > most {
        mutated.pop();
    }
    mutated
}

/// The change for the fuzzing engine: of words mostly, of bytes sometimes.
pub fn mutate_bytes(
    data: &mut [u8],
    size: usize,
    most: usize,
    seed: u32,
    of_bytes: impl Fn(&mut [u8], usize, usize) -> usize,
) -> usize {
    match std::str::from_utf8(&data[..size]) {
        Ok(text) if seed % 4 != 0 => {
            let mutated = mutate(text, seed, most);
            data[..mutated.len()].copy_from_slice(mutated.as_bytes());
            mutated.len()
        }
        _ => of_bytes(data, size, most),
    }
}
