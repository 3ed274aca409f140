//! Reports on decisions.

use crate::model::access_review::{AccessReviewHistoryStatus, AccessReviewResult};
use crate::tests::dsl::{BEGINNING, Lab};
use crate::time::Length;
use crate::{
    AccessReviewCommand, AccessReviewFault, AccessReviewFlaw, AccessReviewHistoryId, Actor, NewAccessReviewHistory,
};

/// REV-37. Kept for thirty days.
#[test]
fn a_report_is_made_on_the_clock_and_kept_for_thirty_days() {
    let mut lab = Lab::after(
        r#"
        world alice bob users
        alice active in "Global Reader" forever
        admin review q of "Global Reader" by bob for 1d weekly -> ok
        tick 20d
        "#,
    );
    let new = NewAccessReviewHistory {
        id: None,
        display_name: "of the first days".to_owned(),
        decisions: AccessReviewResult::ALL.to_vec(),
        period_start: BEGINNING,
        period_end: BEGINNING.plus(Length::days(10)),
        azure_scope: None,
        kept: Vec::new(),
    };
    let ask = |new: &NewAccessReviewHistory| AccessReviewCommand::CreateHistory(Box::new(new.clone())).into();
    let bob = Actor::User { id: lab.id("bob").unwrap(), mfa: false, contexts: Default::default() };
    assert_eq!(lab.handle(bob, &ask(&new)), Err(crate::Rejection::NotPermitted));
    let backwards = NewAccessReviewHistory { period_end: BEGINNING.minus(Length::days(1)), ..new.clone() };
    assert_eq!(lab.handle(Actor::SetUp, &ask(&backwards)), Err(AccessReviewFlaw::Period.into()));
    let nameless = NewAccessReviewHistory { display_name: " ".to_owned(), ..new.clone() };
    assert_eq!(lab.handle(Actor::SetUp, &ask(&nameless)), Err(AccessReviewFlaw::Name.into()));
    let id = AccessReviewHistoryId(lab.set_up(&ask(&new)).made.unwrap());
    let status = |lab: &Lab| lab.pim.view(lab.pim.now()).access_review_history(id).map(|it| it.status);
    assert_eq!(status(&lab), Some(AccessReviewHistoryStatus::Done));
    let view = lab.pim.view(lab.pim.now());
    let told = view.access_review_history_instances(view.access_review_histories()[0]);
    assert_eq!(told.len(), 2, "those of the first and of the eighth day");
    lab.advance(BEGINNING.plus(Length::days(50)));
    assert_eq!(status(&lab), None);
    let gone = lab.handle(Actor::SetUp, &AccessReviewCommand::DeleteHistory(id).into());
    assert_eq!(gone, Err(AccessReviewFault::HistoryNotFound(id).into()));
    lab.finish();
}
