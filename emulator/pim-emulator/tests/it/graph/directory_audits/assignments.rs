//! What is given, changed and taken away leaves in the log.

use super::kit::{
    ACTIVE, ELIGIBLE, alice, ask, ask_for, ask_for_good, asks, detail, does, gina, names, privilege, target, told,
    told_in_words, unscanned, with_window,
};
use crate::graph::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR};
use pim_core::model::{Action, AskedExpiration, AskedSchedule, License, ReviewResult};
use pim_core::time::Length;
use pim_core::{Actor, Command, PrincipalId};
use serde_json::json;

/// AUD-5: eligibilities for good, for a time, for later, withdrawn, made anew.
#[tokio::test]
async fn eligibilities_are_told_with_how_long_they_last() {
    let lab = unscanned();
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminAssign, Length::hours(1)));
    lab.advance(Length::hours(2));
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminRenew, Length::hours(1)));
    lab.advance(Length::hours(2));
    let later = lab.tenant().clock().now().plus(Length::days(1));
    let request =
        asks(&lab, gina(), with_window(ask(ELIGIBLE, Action::AdminAssign), Some(later), AskedExpiration::NoExpiration));
    does(&lab, gina(), &Command::CancelRequest(request));
    let again =
        asks(&lab, gina(), with_window(ask(ELIGIBLE, Action::AdminAssign), Some(later), AskedExpiration::NoExpiration));
    lab.advance(Length::days(2));
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Add eligible member to role in PIM requested (timebound)",
            "Add eligible member to role in PIM completed (timebound)",
            "Remove eligible member from role in PIM completed (timebound)",
            "Add eligible member to role in PIM requested (renew)",
            "Add eligible member to role in PIM completed (timebound)",
            "Remove eligible member from role in PIM completed (timebound)",
            "Add eligible member to role in PIM requested (permanent)",
            "Add eligible member to role in PIM canceled (permanent)",
            "Add eligible member to role in PIM requested (permanent)",
            "Add eligible member to role in PIM completed (permanent)",
        ]
    );
    let last = records.last().unwrap();
    assert_eq!(last["activityDateTime"], later.to_string(), "it is done when its start comes");
    assert_eq!(target(last, "Request")["id"], json!(again.0));
    assert_eq!(last["initiatedBy"]["user"]["id"], json!(GINA), "whoever asked for it");
}

/// AUD-6, AUD-11, AUD-12: active assignments, and what administrators take away.
#[tokio::test]
async fn assignments_made_and_removed_are_told_by_side() {
    let lab = unscanned();
    asks(&lab, gina(), ask_for(ACTIVE, Action::AdminAssign, Length::days(1)));
    lab.advance(Length::minutes(10));
    asks(&lab, gina(), ask(ACTIVE, Action::AdminRemove));
    asks(&lab, gina(), ask_for_good(ELIGIBLE, Action::AdminAssign));
    asks(&lab, gina(), ask(ELIGIBLE, Action::AdminRemove));
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Add member to role in PIM requested (timebound)",
            "Add member to role in PIM completed (timebound)",
            "Remove member from role in PIM requested (timebound)",
            "Remove member from role in PIM completed (timebound)",
            "Add eligible member to role in PIM requested (permanent)",
            "Add eligible member to role in PIM completed (permanent)",
            "Remove eligible member from role in PIM requested (permanent)",
            "Remove eligible member from role in PIM completed (permanent)",
        ]
    );
    assert_eq!((&records[3]["operationType"], &records[3]["resultReason"]), (&json!("Delete"), &json!("because")));
}

/// AUD-6, AUD-14, EXT-7: a manager gives something else than what was asked for.
#[tokio::test]
async fn what_a_manager_gives_is_told_as_given() {
    let lab = unscanned();
    let permanent = AskedSchedule { start: None, expiration: AskedExpiration::NoExpiration };
    let decide = |request, schedule| Command::DecideRequest {
        request,
        result: ReviewResult::Approve,
        schedule: Some(schedule),
        justification: Some("fine".to_owned()),
    };
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminAssign, Length::days(3)));
    let extended = asks(&lab, alice(), ask_for(ELIGIBLE, Action::SelfExtend, Length::days(9)));
    let five_days = AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(Length::days(5)) };
    does(&lab, gina(), &decide(extended, five_days));
    lab.advance(Length::days(6));
    let renewed = asks(&lab, alice(), ask_for(ELIGIBLE, Action::SelfRenew, Length::days(3)));
    does(&lab, gina(), &decide(renewed, permanent));
    let records = told(&lab).await;
    assert_eq!(
        names(&records)[2..],
        [
            "Update eligible member in PIM requested (extend)",
            "Update member in PIM approved by admin (extend/renew)",
            "Remove eligible member from role in PIM completed (timebound)",
            "Add eligible member to role in PIM requested (renew)",
            "Update member in PIM approved by admin (extend/renew)",
            "Add eligible member to role in PIM completed (permanent)",
        ]
    );
    let end = |record| detail(&records[record], "ExpirationTime");
    assert_eq!(end(2), Some("2026-01-14T08:00:00Z"), "as asked");
    assert_eq!(end(3), Some("2026-01-10T08:00:00Z"), "as given");
    assert_eq!((end(6), end(7)), (None, None));
}

/// AUD-6, AUD-23: an administrator's change is told with the window that it makes.
#[tokio::test]
async fn a_changed_assignment_is_told_with_its_window_now() {
    let lab = unscanned();
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminAssign, Length::days(3)));
    lab.advance(Length::days(1));
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminUpdate, Length::days(5)));
    let done = told(&lab).await.pop().unwrap();
    assert_eq!(done["activityDisplayName"], "Add eligible member to role in PIM completed (timebound)");
    assert_eq!(detail(&done, "StartTime"), Some("2026-01-05T08:00:00Z"), "it keeps its start");
    assert_eq!(detail(&done, "ExpirationTime"), Some("2026-01-11T08:00:00Z"));
}

/// AUD-13: given and taken outside PIM.
#[tokio::test]
async fn what_happens_outside_pim_is_told_by_pim() {
    let lab = unscanned();
    let (principal, privilege) = (PrincipalId(ALICE), privilege(GROUPS_ADMINISTRATOR));
    let made = does(&lab, gina(), &Command::CreateRoleAssignment { principal, privilege, id: None, details: None });
    lab.advance(Length::minutes(6));
    does(&lab, gina(), &Command::DeleteRoleAssignment { schedule: made.schedule.unwrap() });
    assert_eq!(
        told_in_words(&lab).await,
        ["Add member to role outside of PIM (permanent)", "Remove permanent direct role assignment"]
    );
}

/// AUD-14: extensions and renewals that their holder asks for and a manager decides.
#[tokio::test]
async fn extensions_are_requested_decided_and_withdrawn() {
    let lab = unscanned();
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminAssign, Length::days(3)));
    let extend = || ask_for(ELIGIBLE, Action::SelfExtend, Length::days(9));
    let withdrawn = asks(&lab, alice(), extend());
    does(&lab, alice(), &Command::CancelRequest(withdrawn));
    let decide = |request, result| Command::DecideRequest {
        request,
        result,
        schedule: Some(AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(Length::days(9)) }),
        justification: Some("fine".to_owned()),
    };
    let denied = asks(&lab, alice(), extend());
    does(&lab, gina(), &decide(denied, ReviewResult::Deny));
    let approved = asks(&lab, alice(), extend());
    does(&lab, gina(), &decide(approved, ReviewResult::Approve));
    lab.advance(Length::days(10));
    let renewed = asks(&lab, alice(), ask_for(ELIGIBLE, Action::SelfRenew, Length::days(3)));
    does(&lab, gina(), &decide(renewed, ReviewResult::Approve));
    let records = told(&lab).await;
    assert_eq!(
        names(&records)[2..],
        [
            "Update eligible member in PIM requested (extend)",
            "Update eligible member in PIM canceled (extend)",
            "Update eligible member in PIM requested (extend)",
            "Update member in PIM denied by admin (extend/renew)",
            "Update eligible member in PIM requested (extend)",
            "Update member in PIM approved by admin (extend/renew)",
            "Remove eligible member from role in PIM completed (timebound)",
            "Add eligible member to role in PIM requested (renew)",
            "Update member in PIM approved by admin (extend/renew)",
            "Add eligible member to role in PIM completed (timebound)",
        ]
    );
    assert_eq!(records[5]["initiatedBy"]["user"]["id"], json!(GINA));
}

/// AUD-26, LIC-7: what a licence takes away when it lapses goes by itself.
#[tokio::test]
async fn what_a_lapsed_licence_takes_away_is_told() {
    let lab = unscanned();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    asks(&lab, alice(), ask_for(ACTIVE, Action::SelfActivate, Length::hours(2)));
    does(&lab, Actor::SetUp, &Command::SetLicense(License::P1));
    let records = told(&lab).await;
    assert_eq!(
        names(&records)[2..],
        ["Remove member from role (PIM activation expired)", "Remove permanent eligible role assignment"]
    );
    assert_eq!(records[3]["initiatedBy"]["user"]["displayName"], "Azure AD PIM");
}
