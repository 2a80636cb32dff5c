use super::{ResidentId, Sex, WEIGHTS};
use crate::value::OpError;
use proptest::prelude::*;

/// The two specimens of GB 11643-1999, appendix.
const FEMALE: &str = "11010519491231002X";
const MALE: &str = "440524188001010014";

fn error(text: &str) -> OpError {
    text.parse::<ResidentId>().unwrap_err()
}

#[test]
fn specimens_of_the_standard() {
    let id: ResidentId = FEMALE.parse().unwrap();
    assert_eq!(id.birth_date().to_string(), "1949-12-31");
    assert_eq!((id.sex(), id.place().unwrap().to_string()), (Sex::Female, "110105".to_owned()));
    let id: ResidentId = MALE.parse().unwrap();
    assert_eq!(id.birth_date().to_string(), "1880-01-01");
    assert_eq!((id.sex(), id.place().unwrap().to_string()), (Sex::Male, "440524".to_owned()));
}

#[test]
fn either_width_and_either_x_are_one_number() {
    let id: ResidentId = FEMALE.parse().unwrap();
    for text in [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５１９４９１２３１００２ｘ",
    ] {
        assert_eq!(text.parse(), Ok(id));
    }
    assert_eq!(id.reveal(), FEMALE);
}

#[test]
fn errors_are_precise() {
    assert_eq!(error(""), OpError::ResidentIdLength { found: 0 });
    assert_eq!(error("110105491231002"), OpError::ResidentIdLength { found: 15 });
    assert_eq!(error("11010519491231002X "), OpError::ResidentIdLength { found: 19 });
    assert_eq!(error("1101051949123100XX"), OpError::ResidentIdCharacter { position: 17 });
    assert_eq!(error("11O10519491231002X"), OpError::ResidentIdCharacter { position: 3 });
    assert_eq!(error("11010519491231002Y"), OpError::ResidentIdCharacter { position: 18 });
    assert_eq!(error("11010519490231002X"), OpError::ResidentIdBirthDate);
    assert_eq!(error("11010500001231002X"), OpError::ResidentIdBirthDate);
    assert_eq!(error("110105194912310021"), OpError::ResidentIdCheckDigit);
    assert_eq!(error("11010519491231003X"), OpError::ResidentIdCheckDigit);
}

#[test]
fn nothing_prints_the_number() {
    let id: ResidentId = FEMALE.parse().unwrap();
    assert!(!format!("{id:?}").contains(|c: char| c.is_ascii_digit()));
    for text in ["110105194912310021", "11010519490231002X"] {
        let message = error(text).message();
        for piece in ["110105", "1949", "0231", "002"] {
            assert!(!message.zh.contains(piece) && !message.en.contains(piece));
        }
    }
}

#[test]
fn weights_are_the_powers_of_two_of_the_standard() {
    for (at, weight) in WEIGHTS.into_iter().enumerate() {
        assert_eq!(weight, 2_u32.pow(17 - u32::try_from(at).unwrap()) % 11);
    }
}

proptest! {
    /// MOD 11-2 finds every single wrong digit and every swap of neighbours.
    #[test]
    fn one_slip_is_always_found(at in 0_usize..17, wrong in 0_u32..10, swap in 0_usize..16) {
        let mut characters: Vec<char> = MALE.chars().collect();
        characters[at] = char::from_digit(wrong, 10).unwrap();
        let changed: String = characters.into_iter().collect();
        prop_assert_eq!(changed.parse::<ResidentId>().is_ok(), changed == MALE);
        let mut characters: Vec<char> = MALE.chars().collect();
        characters.swap(swap, swap + 1);
        let changed: String = characters.into_iter().collect();
        prop_assert_eq!(changed.parse::<ResidentId>().is_ok(), changed == MALE);
    }
}
