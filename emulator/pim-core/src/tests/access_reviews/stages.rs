//! Reviews in stages.

use crate::tests::dsl::check;

/// REV-14.
#[test]
fn a_stage_begins_when_the_one_before_has_ended_and_with_the_lines_that_move_on() {
    check(
        r#"
        world alice bob carol dan users; ops group of alice bob
        setup review q of "member of ops" stage 2d carol moving Approve moving NotReviewed stage 3d dan auto for 1d -> ok
        end of q is +5d
        asked q alice are carol
        carol decides q deny alice -> ok
        carol decides q approve bob -> ok
        dan decides q deny bob -> NotAReviewer
        tick 2d
        happened +2d accessReviewStageBegan
        line q alice is Deny
        asked q alice are
        line q bob is NotReviewed
        asked q bob are dan
        carol decides q deny bob -> NotAReviewer
        dan decides q deny alice -> NotAReviewer
        dan decides q approve bob -> ok
        tick 3d
        instance q is Applied
        alice strays ops
        bob belongs ops
        "#,
    );
}

/// REV-14. Where nothing is said, everything moves on.
#[test]
fn a_stage_can_be_ended_before_its_time() {
    let mut lab = crate::tests::dsl::Lab::after(
        r#"
        world alice bob carol dan users; ops group of alice bob
        setup review q of "member of ops" stage 2d carol stage 3d dan stage 2d carol reminding -> ok
        carol decides q deny alice -> ok
        bob stopsStage q -> NotPermitted
        setup stopsStage q -> ok
        asked q alice are dan
        line q alice is NotReviewed
        tick 1d12h
        happened +1d12h accessReviewReminded
        setup stopsStage q -> ok
        asked q alice are carol
        "#,
    );
    let view = lab.pim.view(lab.pim.now());
    let instance = view.access_review_instances(view.access_reviews()[0].id)[0];
    let [first, second, third] = instance.stages.as_slice() else { panic!("{:?}", instance.stages) };
    assert_eq!(first.decisions.len(), 2);
    assert_eq!(first.status.name(), "Completed");
    assert_eq!(second.end, third.start);
    assert_eq!(view.access_review_stage_decisions(instance, first).len(), 2);
    assert_eq!(view.access_review_stage_decisions(instance, third)[0].decision.name(), "NotReviewed");
    assert_eq!(view.access_review_stage(instance, second.id), Some(second));
    lab.tell(
        r#"
        setup stopsStage q -> ok
        instance q is Completed
        setup stopsStage q -> NotInStatus
        "#,
    );
    lab.finish();
}

/// REV-14. An instance is over with its last stage.
#[test]
fn a_stage_that_was_stopped_brings_the_end_nearer() {
    check(
        r#"
        world alice carol dan users; ops group of alice
        setup review q of "member of ops" stage 2d carol stage 3d dan auto default Deny -> ok
        tick 1d
        setup stopsStage q -> ok
        tick 2d
        instance q is InProgress
        tick 1d
        instance q is Applied
        end of q is +4d
        alice strays ops
        "#,
    );
}
