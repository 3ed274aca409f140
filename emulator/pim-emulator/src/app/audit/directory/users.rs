//! Records of users. Passwords are never said.

use super::properties::{Property, changed, fact, flag, instant, maybe, set, text, texts};
use super::{Done, Told};
use crate::app::audit::record::{Category, Draft, ModifiedProperty, OperationType, TargetResource};
use pim_core::Updated;
use pim_core::model::{User, UserDetails, UserType};

const fn done(activity: &'static str, operation: OperationType) -> Done {
    Done::new(Category::UserManagement, activity, operation)
}

const ADDED: Done = done("Add user", OperationType::Add);
const UPDATED: Done = done("Update user", OperationType::Update);
const ENABLED: Done = done("Enable account", OperationType::Update);
const DISABLED: Done = done("Disable account", OperationType::Update);
const MANAGER_SET: Done = done("Set user manager", OperationType::Update);
const PASSWORD_RESET: Done = done("Reset password", OperationType::Update);
const SESSIONS_REVOKED: Done = done("Update StsRefreshTokenValidFrom Timestamp", OperationType::Update);
/// A user was deleted.
pub(super) const DELETED: Done = done("Delete user", OperationType::Delete);
/// A user was restored.
pub(super) const RESTORED: Done = done("Restore user", OperationType::Add);
/// A user is gone for good.
pub(super) const PURGED: Done = done("Hard Delete user", OperationType::Delete);

/// What people and programs are told of a user, but for what has a record of its own.
const PROPERTIES: &[Property<User>] = &[
    Property { name: "DisplayName", value: |it| text(&it.display_name) },
    Property { name: "GivenName", value: |it| maybe(it.given_name.as_ref()) },
    Property { name: "Surname", value: |it| maybe(it.surname.as_ref()) },
    Property { name: "UserPrincipalName", value: |it| text(&it.user_principal_name) },
    Property { name: "Mail", value: |it| maybe(it.mail.as_ref()) },
    Property { name: "MailNickname", value: |it| text(&it.mail_nickname) },
    Property { name: "JobTitle", value: |it| maybe(it.job_title.as_ref()) },
    Property { name: "Department", value: |it| maybe(it.department.as_ref()) },
    Property { name: "UserType", value: |it| text(user_type(it.user_type)) },
    Property { name: "TelephoneNumber", value: |it| texts(details(it)?.business_phones.iter().map(String::as_str)) },
    Property { name: "Mobile", value: |it| maybe(details(it)?.mobile_phone.as_ref()) },
    Property { name: "FacsimileTelephoneNumber", value: |it| maybe(details(it)?.fax_number.as_ref()) },
    Property { name: "PhysicalDeliveryOfficeName", value: |it| maybe(details(it)?.office_location.as_ref()) },
    Property { name: "PreferredLanguage", value: |it| maybe(details(it)?.preferred_language.as_ref()) },
    Property { name: "UsageLocation", value: |it| maybe(details(it)?.usage_location.as_ref()) },
    Property { name: "CompanyName", value: |it| maybe(details(it)?.company_name.as_ref()) },
    Property { name: "EmployeeId", value: |it| maybe(details(it)?.employee_id.as_ref()) },
    Property { name: "EmployeeType", value: |it| maybe(details(it)?.employee_type.as_ref()) },
    Property { name: "EmployeeHireDate", value: |it| instant(details(it)?.employee_hire_date?) },
    Property { name: "StreetAddress", value: |it| maybe(details(it)?.street_address.as_ref()) },
    Property { name: "City", value: |it| maybe(details(it)?.city.as_ref()) },
    Property { name: "State", value: |it| maybe(details(it)?.state.as_ref()) },
    Property { name: "PostalCode", value: |it| maybe(details(it)?.postal_code.as_ref()) },
    Property { name: "Country", value: |it| maybe(details(it)?.country.as_ref()) },
    Property { name: "OtherMail", value: |it| texts(details(it)?.other_mails.iter().map(String::as_str)) },
    Property { name: "AgeGroup", value: |it| maybe(details(it)?.age_group.as_ref()) },
    Property { name: "ConsentProvidedForMinor", value: |it| maybe(details(it)?.consent_provided_for_minor.as_ref()) },
    Property { name: "PasswordPolicies", value: |it| maybe(details(it)?.password_policies.as_ref()) },
    Property { name: "PreferredDataLocation", value: |it| maybe(details(it)?.preferred_data_location.as_ref()) },
    Property { name: "SourceAnchor", value: |it| maybe(details(it)?.on_premises_immutable_id.as_ref()) },
    Property { name: "ShowInAddressList", value: |it| flag(details(it)?.show_in_address_list?) },
];

const ENABLEMENT: &[Property<User>] = &[Property { name: "AccountEnabled", value: |it| flag(it.account_enabled) }];
const SESSIONS: &[Property<User>] =
    &[Property { name: "StsRefreshTokensValidFrom", value: |it| instant(it.sessions_valid_from()) }];

fn details(user: &User) -> Option<&UserDetails> {
    user.details.as_deref()
}

const fn user_type(user_type: UserType) -> &'static str {
    match user_type {
        UserType::Member => "Member",
        UserType::Guest => "Guest",
    }
}

/// A user as a target, with the names that it had then.
fn target(user: &User, modified_properties: Vec<ModifiedProperty>) -> TargetResource {
    TargetResource {
        display_name: Some(user.display_name.clone()),
        user_principal_name: Some(user.user_principal_name.clone()),
        modified_properties,
        ..TargetResource::of("User", Some(user.id.0))
    }
}

/// A user was made.
pub(super) fn made(told: &Told<'_>, user: &User) -> Draft {
    let enablement = ENABLEMENT.iter().chain(PROPERTIES).map(|it| Property { name: it.name, value: it.value });
    told.record(ADDED, vec![target(user, set(&enablement.collect::<Vec<_>>(), user))])
}

/// A user was changed: each sort of change has a record of its own.
pub(super) fn updated(told: &Told<'_>, updated: &Updated<User>) -> Vec<Draft> {
    let Updated { was, now } = updated;
    let record = |done, properties: Vec<ModifiedProperty>| told.record(done, vec![target(now, properties)]);
    let enabled = (was.account_enabled != now.account_enabled)
        .then(|| record(if now.account_enabled { ENABLED } else { DISABLED }, changed(ENABLEMENT, updated)));
    let password = (was.password != now.password).then(|| record(PASSWORD_RESET, Vec::new()));
    let sessions = (was.sessions_valid_from() != now.sessions_valid_from())
        .then(|| record(SESSIONS_REVOKED, changed(SESSIONS, updated)));
    let manager = (was.manager != now.manager).then(|| managed(told, updated));
    let properties = changed(PROPERTIES, updated);
    // The list of names stands behind the properties, and alone where there are none.
    let rest = (properties.len() > 1).then(|| record(UPDATED, properties));
    [rest, enabled, password, sessions, manager].into_iter().flatten().collect()
}

/// The manager of a user is another one, or nobody.
fn managed(told: &Told<'_>, updated: &Updated<User>) -> Draft {
    let manager = updated.now.manager.or(updated.was.manager);
    let id = manager.map(|id| id.to_string());
    let property = fact("Manager", id.as_deref(), updated.now.manager.is_some());
    let mut targets = vec![target(&updated.now, vec![property])];
    targets.extend(manager.map(|id| told.teller.principal(id)));
    told.record(if updated.now.manager.is_some() { MANAGER_SET } else { UPDATED }, targets)
}
