//! W1: households made from a seed, and the results that the specification's rules give them.
//!
//! Household i depends on (seed, i) alone, so a smaller set is the beginning of a larger one. All
//! money is in fen. The evaluator here is a second reading of the rules, in integers, and shares
//! nothing with the policy beside it.

/// Per-capita standard by city and area (town, country).
pub(super) const STANDARD: [[i64; 2]; 5] =
    [[154_050, 138_650], [124_500, 99_985], [98_650, 76_350], [81_225, 61_275], [70_000, 54_333]];
pub(super) const ORPHAN: [[i64; 2]; 5] = [
    [280_000, 280_000],
    [190_000, 190_000],
    [150_000, 130_000],
    [20_000, 15_000],
    [14_000, 95_000],
];
pub(super) const LIVING: [i64; 5] = [45_000, 32_000, 18_000, 12_500, 9_500];
pub(super) const NURSING: [i64; 5] = [42_000, 30_000, 15_000, 10_500, 9_000];
pub(super) const ELDER: [[i64; 3]; 5] = [
    [18_000, 35_000, 60_000],
    [10_000, 20_000, 50_000],
    [8_000, 15_000, 30_000],
    [5_000, 10_000, 30_000],
    [3_000, 10_000, 20_000],
];

/// The seed of the published checksums.
pub(super) const SEED: u64 = 20_260_101;

/// What a household comes to: code (0 neither, 1 dibao, 2 edge), base, category, single, living,
/// nursing, elder, orphan, total, in fen.
pub(super) type Row = [i64; 9];

#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) age: i64,
    pub(super) wage: i64,
    pub(super) employed: bool,
    /// 1 to 4; 0 for none.
    pub(super) grade: i64,
    /// 1 intellectual, 2 mental, 3 other; 0 for none.
    pub(super) kind: i64,
    pub(super) severe: bool,
    pub(super) orphan: bool,
    pub(super) student: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Household {
    pub(super) id: u64,
    pub(super) city: usize,
    pub(super) rural: bool,
    pub(super) other_income: i64,
    pub(super) assets: i64,
    pub(super) cars: i64,
    pub(super) houses: i64,
    pub(super) members: Vec<Person>,
}

/// splitmix64.
struct Random(u64);

impl Random {
    fn of(seed: u64, at: u64) -> Self {
        let mut random = Self(seed ^ at.wrapping_mul(0xD1B5_4A32_D192_ED03));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: i64) -> i64 {
        let bound = u64::try_from(bound).unwrap();
        i64::try_from(((self.next() >> 32) * bound) >> 32).unwrap()
    }

    fn one_in_thousand(&mut self, chance: i64) -> bool {
        self.below(1000) < chance
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }
}

/// The first `count` households.
pub(super) fn households(count: u64, seed: u64) -> Vec<Household> {
    (0..count).map(|at| household(seed, at)).collect()
}

pub(super) fn household(seed: u64, id: u64) -> Household {
    let mut random = Random::of(seed, id);
    let random = &mut random;
    let city = usize::try_from(random.below(5)).unwrap();
    let rural = random.one_in_thousand(450);
    let standard = STANDARD[city][usize::from(rural)];
    let size = match random.below(100) {
        0..=33 => 1,
        34..=62 => 2,
        63..=80 => 3,
        81..=91 => 4,
        92..=96 => 5,
        97..=98 => 6,
        _ => 7,
    };
    let poor = random.below(1000) < 530;
    let factor = if poor { 1 } else { 3 };
    let other_income = if random.one_in_thousand(400) {
        random.between(0, standard * size * factor / 2)
    } else {
        0
    };
    let assets = if random.one_in_thousand(850) {
        random.between(0, standard * 24)
    } else {
        random.between(0, standard * 24 * 8)
    };
    let cars = match random.below(100) {
        0..=87 => 0,
        88..=97 => 1,
        _ => 2,
    };
    let houses = match random.below(100) {
        0..=19 => 0,
        20..=87 => 1,
        88..=96 => 2,
        _ => 3,
    };
    let members = (0..size).map(|at| person(random, at == 0, poor)).collect();
    Household { id, city, rural, other_income, assets, cars, houses, members }
}

fn person(random: &mut Random, is_first: bool, poor: bool) -> Person {
    let kind_of_age = random.below(100);
    let age = match (is_first, kind_of_age) {
        (true, 0..=59) => random.between(18, 64),
        (true, 60..=94) => random.between(60, 89),
        (true, _) => random.between(85, 104),
        (false, 0..=34) => random.between(0, 17),
        (false, 35..=81) => random.between(18, 64),
        (false, 82..=97) => random.between(60, 89),
        (false, _) => random.between(88, 109),
    };
    let student =
        (7..=17).contains(&age) || ((18..=22).contains(&age) && random.one_in_thousand(500));
    let employed = if student {
        age >= 18 && random.one_in_thousand(100)
    } else {
        (16..=64).contains(&age) && random.one_in_thousand(if poor { 420 } else { 750 })
    };
    let wage = if employed {
        if poor { random.between(40_000, 260_000) } else { random.between(90_000, 1_200_000) }
    } else if age >= 60 && random.one_in_thousand(650) {
        if poor { random.between(10_000, 120_000) } else { random.between(50_000, 600_000) }
    } else {
        0
    };
    let (grade, kind) = if random.one_in_thousand(110) {
        (1 + random.below(4), 1 + random.below(3))
    } else {
        (0, 0)
    };
    let severe = random.one_in_thousand(70);
    let orphan = age < 18 && random.one_in_thousand(60) || age < 25 && random.one_in_thousand(10);
    Person { age, wage, employed, grade, kind, severe, orphan, student }
}

/// Moves every household onto or beside a threshold, within 2 fen: per-capita income at the standard
/// or one and a half of it, assets at the limit, a base supplement of whole yuan.
pub(super) fn to_boundaries(households: &mut [Household], seed: u64) {
    for household in households {
        let mut random = Random::of(seed ^ 0xB0, household.id);
        let random = &mut random;
        let standard = STANDARD[household.city][usize::from(household.rural)];
        let size = i64::try_from(household.members.len()).unwrap();
        for member in &mut household.members {
            if random.one_in_thousand(500) {
                member.wage = member.wage / 20 * 20;
            }
        }
        let income: i64 = household.members.iter().map(counted_in_twentieths).sum();
        let near = if random.one_in_thousand(500) { 0 } else { random.between(-2, 2) };
        let target = match random.below(4) {
            0 => 20 * standard * size,
            1 => 30 * standard * size,
            _ => 20 * standard * size - 2000 * random.between(0, standard * size / 100),
        };
        let other = target.div_euclid(20) - income.div_euclid(20) + near;
        if other >= 0 {
            household.other_income = other;
        }
        household.assets = if random.one_in_thousand(200) {
            24 * standard * size + near
        } else {
            household.assets.min(24 * standard * size)
        };
    }
}

/// Counted wage in twentieths of a fen: 15% of a whole number of fen is a whole number of them.
fn counted_in_twentieths(person: &Person) -> i64 {
    if person.student {
        0
    } else if person.employed {
        20 * person.wage - (3 * person.wage).min(20 * 30_000)
    } else {
        20 * person.wage
    }
}

/// What the rules of W1 give a household.
pub(super) fn expected(household: &Household) -> Row {
    expected_at(household, 24)
}

/// The same under another limit of assets, in months of the standard.
pub(super) fn expected_at(household: &Household, asset_multiple: i64) -> Row {
    let (city, area) = (household.city, usize::from(household.rural));
    let standard = STANDARD[city][area];
    let size = i64::try_from(household.members.len()).unwrap();
    let income: i64 = household.members.iter().map(counted_in_twentieths).sum::<i64>()
        + 20 * household.other_income;
    let most_houses = if size >= 5 { 2 } else { 1 };
    let property = household.assets <= asset_multiple * standard * size
        && household.cars == 0
        && household.houses <= most_houses;
    let dibao = property && income < 20 * standard * size;
    let edge = property && !dibao && 2 * income < 60 * standard * size;
    let up_to_yuan = |twentieths: i64| (twentieths + 1999) / 2000 * 100;
    let base = if dibao { up_to_yuan(20 * standard * size - income) } else { 0 };
    let (mut category, mut single, mut living, mut nursing, mut elder, mut orphan) =
        (0, 0, 0, 0, 0, 0);
    for person in &household.members {
        let disabled =
            matches!(person.grade, 1 | 2) || person.grade == 3 && matches!(person.kind, 1 | 2);
        let mut supplement = 0;
        if dibao {
            let percent = if disabled || person.severe {
                30
            } else if person.age >= 70 || person.age < 18 {
                20
            } else {
                0
            };
            supplement = (percent * standard + 500) / 1000 * 10;
        }
        if person.orphan && person.age < 18 && ORPHAN[city][area] > supplement {
            orphan += ORPHAN[city][area];
            supplement = 0;
        }
        category += supplement;
        if edge && (disabled || person.severe) {
            single += up_to_yuan((20 * standard - counted_in_twentieths(person)).max(0));
        }
        if (dibao || edge) && person.grade != 0 {
            living += LIVING[city];
        }
        if matches!(person.grade, 1 | 2) {
            nursing += NURSING[city];
        }
        elder += match person.age {
            80..=89 => ELDER[city][0],
            90..=99 => ELDER[city][1],
            100.. => ELDER[city][2],
            _ => 0,
        };
    }
    let code = if dibao { 1 } else { i64::from(edge) * 2 };
    let total = base + category + single + living + nursing + elder + orphan;
    [code, base, category, single, living, nursing, elder, orphan, total]
}

/// A household's part of the checksum of a result set.
pub(super) fn checksum(id: u64, row: &Row) -> u64 {
    let weighted = (1_u64..).zip(row).fold(0_u64, |sum, (weight, value)| {
        sum.wrapping_add(weight.wrapping_mul(u64::from_ne_bytes(value.to_ne_bytes())))
    });
    weighted.wrapping_mul(id % 8191 + 1)
}

/// A household as facts in JSON text.
pub(super) fn json(household: &Household) -> String {
    let yuan = |fen: i64| format!("\"{}.{:02}\"", fen / 100, fen % 100);
    let members: Vec<String> = household
        .members
        .iter()
        .enumerate()
        .map(|(at, person)| {
            let (grade, kind) = match person.kind {
                0 => ("\"none\"".to_owned(), "none"),
                1 => (person.grade.to_string(), "intellectual"),
                2 => (person.grade.to_string(), "mental"),
                _ => (person.grade.to_string(), "physical"),
            };
            format!(
                "{{\"id\":\"{at}\",\"age\":{},\"wage\":{},\"employed\":{},\"disability_grade\":{grade},\
                 \"disability_kind\":\"{kind}\",\"severe_illness\":{},\"orphan\":{},\"student\":{}}}",
                person.age,
                yuan(person.wage),
                person.employed,
                person.severe,
                person.orphan,
                person.student
            )
        })
        .collect();
    format!(
        "{{\"household\":{{\"city\":\"c{}\",\"area\":\"{}\",\"other_income\":{},\"financial_assets\":{},\"cars\":{},\
         \"houses\":{},\"members\":[{}]}}}}",
        household.city,
        if household.rural { "rural" } else { "urban" },
        yuan(household.other_income),
        yuan(household.assets),
        household.cars,
        household.houses,
        members.join(",")
    )
}
