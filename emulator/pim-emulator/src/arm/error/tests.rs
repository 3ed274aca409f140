use super::{ArmError, Context, Form, errors};
use pim_core::{PolicyRule, PrincipalId, Rejection, ScheduleId, TenantId};
use uuid::{Uuid, uuid};

fn context() -> Context {
    Context {
        caller: "ada@contoso.onmicrosoft.com".to_owned(),
        object_id: PrincipalId(uuid!("3c0f7a52-91d4-4c0e-8b1f-5a2e9d7c6b40")),
        tenant: TenantId(uuid!("7f1d2a10-0c3e-4b57-9a51-2d4b6c8e0f11")),
        action: "Microsoft.Authorization/roleAssignments/write".to_owned(),
        over: "/subscriptions/lab".to_owned(),
    }
}

fn told(error: &ArmError) -> (u16, &'static str, String) {
    let answer = error.answer(&context());
    (answer.status.as_u16(), answer.code, answer.message.into_owned())
}

#[test]
fn the_messages_that_clients_search_for_are_the_services_own() {
    let pim = |rejection| told(&ArmError::Pim(rejection));
    assert_eq!(
        pim(Rejection::PolicyRules(vec![PolicyRule::Eligibility, PolicyRule::Expiration])),
        (
            400,
            "RoleAssignmentRequestPolicyValidationFailed",
            r#"The following policy rules failed: ["EligibilityRule","ExpirationRule"]"#.to_owned()
        )
    );
    assert_eq!(
        pim(Rejection::DurationTooShort),
        (400, "ActiveDurationTooShort", "The Active duration is too short. Miniumum Required is 5 minutes.".to_owned())
    );
}

#[test]
fn what_exists_is_another_conflict_outside_pim() {
    let exists = || Rejection::AlreadyExists { schedule: ScheduleId(Uuid::nil()) };
    let (pim, classic) = (told(&ArmError::Pim(exists())), told(&ArmError::Classic(exists())));
    assert_eq!(pim, (400, "RoleAssignmentExists", "The Role assignment already exists.".to_owned()));
    assert_eq!(classic, (409, "RoleAssignmentExists", "The role assignment already exists.".to_owned()));
}

#[test]
fn whoever_may_not_is_told_who_wanted_what_where() {
    let (status, code, message) = told(&ArmError::Pim(Rejection::NotPermitted));
    assert_eq!((status, code), (403, "AuthorizationFailed"));
    assert_eq!(
        message,
        "The client 'ada@contoso.onmicrosoft.com' with object id '3c0f7a52-91d4-4c0e-8b1f-5a2e9d7c6b40' does not have \
         authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '/subscriptions/lab' or \
         the scope is invalid. If access was recently granted, please refresh your credentials."
    );
    let (status, code, message) = told(&ArmError::InsufficientPermissions);
    assert_eq!((status, code), (403, "InsufficientPermissions"));
    assert!(message.starts_with("The requestor 3c0f7a52-91d4-4c0e-8b1f-5a2e9d7c6b40 does not have permissions"));
}

#[test]
fn an_unknown_principal_is_named_without_dashes_outside_pim() {
    let unknown = Rejection::PrincipalNotFound(PrincipalId(uuid!("0b8c1d2e-3f40-4516-8273-94a5b6c7d8e9")));
    let (status, code, message) = told(&ArmError::Classic(unknown));
    assert_eq!((status, code), (400, "PrincipalNotFound"));
    assert!(message.starts_with(
        "Principal 0b8c1d2e3f404516827394a5b6c7d8e9 does not exist in the directory 7f1d2a10-0c3e-4b57-9a51-2d4b6c8e0f11."
    ));
}

#[test]
fn what_was_never_built_is_told_as_a_bare_string() {
    let answer = ArmError::NotImplementedException.answer(&context());
    assert_eq!((answer.status.as_u16(), answer.form), (400, Form::Text));
    assert_eq!(answer.message, "Not implemented exception");
}

/// Everything in the list is told apart by name, and no refusal of the machine that can come here is told in general words.
#[test]
fn every_refusal_of_the_list_has_its_own_words() {
    let rows = errors();
    let mut names: Vec<_> = rows.iter().map(|row| (row.surface, &row.refusal, &row.code)).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), rows.len());
    assert!(rows.iter().all(|row| (400..502).contains(&row.status) && !row.message.is_empty()));
}
