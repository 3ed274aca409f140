//! Authentication contexts: what Conditional Access asks of whoever activates.

use super::dsl::{Lab, check};
use crate::{Actor, Command, ConditionalAccessChange, ConditionalAccessPolicyId, Rejection};
use uuid::Uuid;

/// MFA-5. MFA-8. MFA-17. REQ-46.
#[test]
fn a_context_is_asked_for_in_its_own_words_and_before_reasons() {
    check(
        r#"
        world alice bob users; c1 c2 contexts
        policy "Global Reader" context c1 justification ticket approval by bob
        access "guard" c1 for everybody takes mfa
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 9h -> AuthenticationContextRequired
        alice selfActivate "Global Reader" 2h "incident" ticket "1" "desk" with mfa -> AuthenticationContextRequired
        alice selfActivate "Global Reader" 2h "incident" ticket "1" "desk" with c2 -> AuthenticationContextRequired
        alice selfActivate "Global Reader" 9h with c1 -> ExpirationRule + JustificationRule + TicketingRule
        alice selfActivate "Global Reader" 2h "incident" ticket "1" "desk" with c1 -> PendingApproval
        "#,
    );
}

/// MFA-8. REQ-44. ACT-1. Without anything to activate nobody is sent to sign in again.
#[test]
fn a_context_is_asked_for_only_where_there_is_something_to_activate() {
    check(
        r#"
        world alice bob users; c1 context; berlin administrative unit
        policy "User Administrator" context c1
        access "guard" c1 for everybody takes mfa
        alice selfActivate "User Administrator" 2h "incident" -> DoesNotExist
        alice eligible for "User Administrator" @berlin for 30d
        alice selfActivate "User Administrator" 2h "incident" -> EligibilityRule
        alice selfActivate "User Administrator" @berlin 2h "incident" -> AuthenticationContextRequired
        alice selfActivate "User Administrator" @berlin 2h "incident" with c1 -> Provisioned
        alice selfActivate "User Administrator" @berlin 2h "incident" -> AlreadyExists
        "#,
    );
}

/// MFA-5. POL-35. Administrators and those who ask for more time are not asked for it.
#[test]
fn a_context_is_for_activations() {
    check(
        r#"
        world alice users; c1 context
        policy "Global Reader" context c1
        access "guard" c1 for everybody takes mfa
        admin adminAssign eligible alice "Global Reader" 10d -> Provisioned
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        alice cancel asking -> ok
        alice selfActivate "Global Reader" 2h "incident" with c1 -> Provisioned
        at +1h alice selfDeactivate "Global Reader" -> Revoked
        "#,
    );
}

/// MFA-6.
#[test]
fn a_context_that_no_policy_targets_takes_multifactor_authentication() {
    check(
        r#"
        world alice users; c1 c2 contexts
        policy "Global Reader" context c1
        access "other" c2 everywhere for everybody takes mfa
        alice eligible for "Global Reader" for 30d
        alice needs mfa for c1
        alice fails c1 with mfa
        alice selfActivate "Global Reader" 2h -> JustificationRule + MfaRule
        alice selfActivate "Global Reader" 2h "incident" with c1 -> MfaRule
        alice selfActivate "Global Reader" 2h "incident" with mfa -> Provisioned
        "#,
    );
}

/// MFA-6. MFA-7. With the last policy that targets it the fallback is back.
#[test]
fn a_deleted_policy_targets_nothing_any_more() {
    check(
        r#"
        world alice users; c1 context
        access "guard" c1 for everybody takes mfa
        alice needs c1
        admin unpublish c1 -> NotPermitted
        setup unpublish c1 -> AuthenticationContextInUse
        setup deleteAccess "guard" -> ok
        setup deleteAccess "guard" -> ConditionalAccessPolicyNotFound
        alice needs mfa for c1
        setup unpublish c1 -> ok
        setup unpublish c1 -> AuthenticationContextNotFound
        "#,
    );
}

/// MFA-7.
#[test]
fn nothing_is_enforced_where_a_policy_is_off_or_reports_only_or_leaves_the_user_out() {
    check(
        r#"
        world alice bob carol users; c1 context
        policy "Global Reader" context c1
        alice eligible for "Global Reader" for 30d
        bob eligible for "Global Reader" for 30d
        access "guard" c1 for everybody except bob takes mfa
        alice needs c1
        bob needs nothing for c1
        bob selfActivate "Global Reader" 2h "incident" -> Provisioned
        alice selfActivate "Global Reader" 2h "incident" -> AuthenticationContextRequired
        access "guard" off
        alice needs nothing for c1
        alice would selfActivate "Global Reader" 2h "incident" -> Provisioned
        access "guard" reporting
        alice needs nothing for c1
        alice would selfActivate "Global Reader" 2h "incident" -> Provisioned
        access "guard" on
        alice needs c1
        access "guard" for carol
        alice needs nothing for c1
        "#,
    );
}

/// MFA-5. MFA-7.
#[test]
fn a_policy_counts_for_whom_it_includes_and_does_not_exclude() {
    check(
        r#"
        world alice bob carol users; visitor guest; ops group of alice; inner group of bob; c1 context
        setup add inner to ops -> ok
        setup assignOutside carol "Security Reader" -> ok
        access "guard" c1 for ops takes mfa
        alice needs c1
        bob needs c1
        carol needs nothing for c1
        access "guard" for everybody except inner takes mfa
        alice needs c1
        bob needs nothing for c1
        access "guard" for guests takes mfa
        visitor needs c1
        alice needs nothing for c1
        access "guard" for everybody except guests takes mfa
        visitor needs nothing for c1
        alice needs c1
        access "guard" for "Security Reader" takes mfa
        carol needs c1
        alice needs nothing for c1
        access "guard" for everybody except "Security Reader" takes mfa
        carol needs nothing for c1
        alice needs c1
        "#,
    );
}

/// MFA-5. A role counts while it is active: an eligibility is not one.
#[test]
fn a_policy_for_a_role_counts_while_the_role_is_active() {
    check(
        r#"
        world alice users; c1 context
        access "guard" c1 for "Security Reader" takes mfa
        alice eligible for "Security Reader" for 30d
        alice needs nothing for c1
        alice selfActivate "Security Reader" 2h "incident" -> Provisioned
        alice needs c1
        at +2h alice needs nothing for c1
        "#,
    );
}

/// MFA-5.
#[test]
fn a_sign_in_meets_a_context_when_it_meets_every_policy_that_asks_for_it() {
    check(
        r#"
        world alice bob users; c1 c2 c3 c4 contexts
        access "one" c1 for everybody takes mfa
        alice fails c1
        alice meets c1 with mfa
        access "two" c1 for bob takes compliantDevice
        alice meets c1 with mfa
        bob fails c1 with mfa
        access "two" off
        bob meets c1 with mfa
        access "three" c2 for everybody takes mfa or compliantDevice
        alice meets c2 with mfa
        alice fails c2
        access "three" takes mfa and compliantDevice
        alice fails c2 with mfa
        access "four" c3 for everybody takes strength
        alice meets c3 with mfa
        alice fails c3
        access "four" takes strength and terms
        alice fails c3 with mfa
        access "five" c4 for everybody takes block
        alice fails c4 with mfa
        access "six" c4 for bob
        access "five" for alice takes block
        bob meets c4
        "#,
    );
}

/// MFA-5. Whoever is gone does not keep a policy from being changed, and is not named anew.
#[test]
fn a_policy_that_names_who_is_gone_can_still_be_changed() {
    check(
        r#"
        world alice bob users; ops group; c1 context
        access "guard" c1 for everybody except bob ops takes mfa
        setup delete bob -> ok
        setup delete ops -> ok
        setup access "guard" off -> ok
        alice needs nothing for c1
        setup access "guard" on takes block -> ok
        alice needs c1
        setup access "guard" for everybody except nobody -> PrincipalNotFound
        setup access "guard" for "nothing" -> RoleNotFound
        setup access "guard" c2 -> AuthenticationContextNotFound
        "#,
    );
}

/// MFA-5.
#[test]
fn conditional_access_is_changed_by_those_whose_role_allows_it() {
    check(
        r#"
        world alice bob carol users; robot service principal
        setup assignOutside alice "Conditional Access Administrator" -> ok
        setup assignOutside bob "Security Administrator" -> ok
        setup assignOutside carol "Global Reader" -> ok
        admin publish c1 -> NotPermitted
        carol publish c1 -> NotPermitted
        alice publish c1 -> ok
        bob publish c2 -> ok
        carol access "guard" c1 for everybody takes mfa -> NotPermitted
        alice access "guard" c1 for everybody takes mfa -> ok
        carol access "guard" off -> NotPermitted
        bob access "guard" off -> ok
        carol deleteAccess "guard" -> NotPermitted
        robot deleteAccess "guard" -> ok
        alice access " " c1 for everybody takes mfa -> InvalidProperty
        "#,
    );
}

/// MFA-5. A policy controls something, when it is made and ever after.
#[test]
fn a_policy_keeps_a_control() {
    let mut lab = Lab::after(
        r#"
        world alice users; c1 context
        access "guard" c1 for everybody takes mfa
        "#,
    );
    let (guard, before) = {
        let policy = lab.pim.view(lab.pim.now()).conditional_access_policies().next().unwrap();
        (policy.id, policy.clone())
    };
    let session = |text: Option<&str>| vec![("sessionControls".to_owned(), text.map(str::to_owned))];
    let update = |grant_controls, kept| Command::UpdateConditionalAccessPolicy {
        policy: guard,
        change: Box::new(ConditionalAccessChange { grant_controls, kept, ..ConditionalAccessChange::default() }),
    };
    let refused = Err(Rejection::InvalidProperty { property: "grantControls" });
    let mut bare = before.clone();
    bare.id = ConditionalAccessPolicyId(Uuid::nil());
    bare.grant_controls = None;
    assert_eq!(lab.handle(Actor::SetUp, &Command::CreateConditionalAccessPolicy(Box::new(bare))), refused);
    assert_eq!(lab.handle(Actor::SetUp, &update(Some(None), Vec::new())), refused);
    lab.set_up(&update(Some(None), session(Some(r#"{"signInFrequency": {}}"#))));
    assert_eq!(lab.handle(Actor::SetUp, &update(None, session(None))), refused);
    lab.set_up(&update(Some(before.grant_controls.clone()), session(None)));
    lab.finish();
}
