//! What is remembered of accounts and their sign-ins.

use super::dsl::{Lab, check};
use crate::model::SignInEntry;
use crate::{Actor, Command, PrincipalId, Rejection};
use uuid::Uuid;

#[test]
fn nothing_is_known_of_whoever_never_signed_in() {
    check(
        r"
        world alice users
        alice last signed in never
        alice last signed in successfully never
        ",
    );
}

#[test]
fn the_last_attempt_of_each_sort_is_remembered_and_a_failure_is_an_attempt() {
    check(
        r"
        world alice bob users
        alice signed in -40d
        at +1h alice signed in silently
        at +2h alice failed to sign in
        alice last signed in +2h
        alice last signed in interactively +2h
        alice last signed in silently +1h
        alice last signed in successfully +1h
        bob last signed in never
        ",
    );
}

#[test]
fn what_is_told_late_of_an_earlier_sign_in_changes_nothing() {
    check(
        r"
        world alice users
        alice signed in
        alice signed in -40d
        alice last signed in +0h
        ",
    );
}

#[test]
fn a_sign_in_that_would_lie_ahead_is_one_of_now() {
    check(
        r"
        world alice users
        alice signed in 40d
        alice last signed in +0h
        ",
    );
}

#[test]
fn whoever_is_gone_for_good_is_forgotten_and_whoever_comes_back_is_not() {
    check(
        r"
        world alice users
        alice signed in
        setup delete alice -> ok
        setup restore alice -> ok
        alice last signed in +0h
        setup delete alice -> ok
        tick 31d
        alice last signed in never
        ",
    );
}

#[test]
fn of_nobody_there_is_nothing_to_note() {
    let mut lab = Lab::new();
    let nobody = PrincipalId(Uuid::from_u128(7));
    let refused = lab.handle(Actor::SetUp, &Command::NoteSignIn(Box::new(SignInEntry::of(nobody))));
    assert_eq!(refused.map(drop), Err(Rejection::PrincipalNotFound(nobody)));
}
