use super::{absent, between, failed, known, note, open, or_absent, told, truth};
use crate::eval::value::{gather, one_of};
use crate::eval::{Marks, NoteId, Value};

fn one(candidates: &[Value]) -> String {
    told(&one_of(candidates, &note(8), &note(9)))
}

#[test]
fn one_of_several_is_known_where_they_agree() {
    assert_eq!(one(&[known(2), known(2).marked(&note(1))]), "2 on 1+9");
    assert_eq!(one(&[truth(true), truth(true)]), "是 on 9");
    assert_eq!(one(&[truth(true), truth(false)]), "?8 on 9");
    assert_eq!(one(&[absent(), absent()]), "无 on 9");
    assert_eq!(one(&[]), "?8 on 9");
    assert_eq!(one(&[known(2), known(4)]), "?8 [2, 4] on 9");
    assert_eq!(one(&[known(4), known(2)]), "?8 [2, 4] on 9");
    assert_eq!(one(&[known(2), absent()]), "?8 [2, 2] or 无 on 9");
    assert_eq!(one(&[absent(), known(2)]), "?8 [2, 2] or 无 on 9");
    assert_eq!(one(&[known(2), between(1, 1, 3)]), "?1+8 [1, 3] on 9");
    assert_eq!(one(&[known(2), between(1, None, 3)]), "?1+8 [, 3] on 9");
    assert_eq!(one(&[known(2), between(1, 1, None)]), "?1+8 [1, ] on 9");
    assert_eq!(one(&[known(2), or_absent(between(1, 1, 3))]), "?1+8 [1, 3] or 无 on 9");
    assert_eq!(one(&[known(2), open(1)]), "?1+8 on 9");
    assert_eq!(one(&[known(2), failed(7), failed(3)]), "NothingHolds at 3");
}

#[test]
fn what_values_wait_for_and_rest_on_is_put_together_in_order() {
    let all = |marks: &Marks| marks.iter().map(|id| id.0).collect::<Vec<_>>();
    let some = |of: &[u32]| of.iter().fold(Marks::NONE, |all, one| all.and(&note(*one)));
    for (a, b, both) in [
        (&[][..], &[][..], &[][..]),
        (&[1], &[], &[1]),
        (&[], &[1], &[1]),
        (&[1], &[1], &[1]),
        (&[2], &[1], &[1, 2]),
        (&[1, 3], &[2, 4], &[1, 2, 3, 4]),
        (&[1, 2, 3], &[2], &[1, 2, 3]),
        (&[2], &[1, 2, 3], &[1, 2, 3]),
        (&[1, 4], &[1, 2], &[1, 2, 4]),
        (&[5, 6], &[1, 6], &[1, 5, 6]),
        (&[1, 2], &[1, 2, 3], &[1, 2, 3]),
    ] {
        assert_eq!(all(&some(a).and(&some(b))), both, "{a:?} and {b:?}");
    }
    assert!(some(&[]).is_empty() && !some(&[1]).is_empty());
    let values = [open(4).marked(&note(2)), known(1).marked(&note(1)), open(3), failed(7)];
    let (causes, marks) = gather(&values);
    assert_eq!((all(&causes), all(&marks)), (vec![3, 4], vec![1, 2]));
}

#[test]
fn a_value_says_what_it_is_and_nothing_that_it_is_not() {
    let two = known(2).marked(&note(1));
    assert_eq!(two.range(), (two.as_number(), two.as_number()));
    assert_eq!(between(1, 1, None).range(), (known(1).as_number(), None));
    assert_eq!(truth(true).range(), (None, None));
    assert_eq!((truth(true).holds(), truth(false).holds()), (Some(true), Some(false)));
    assert_eq!((absent().holds(), open(1).holds()), (Some(false), None));
    assert_eq!((absent().as_bool(), known(1).as_bool()), (None, None));
    assert_eq!((open(1).as_scalar(), absent().as_scalar()), (None, None));
    assert_eq!(two.causes(), Marks::NONE);
    assert_eq!(open(4).marked(&note(2)).causes(), Marks::one(NoteId(4)));
    assert_eq!(told(&absent().marked(&note(2))), "无 on 2");
    assert_eq!(told(&failed(7).marked(&note(2))), "NothingHolds at 7");
    assert!(failed(7).as_fault().is_some() && two.as_fault().is_none());
}
