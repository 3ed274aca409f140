//! The body of a user: a new one, or what is to be changed of one.

use crate::graph::body::members::Members;
use crate::graph::error::GraphError;
use crate::graph::properties::Given;
use pim_core::model::{User, UserType};
use pim_core::time::Instant;
use pim_core::{PrincipalId, UserChange};
use uuid::Uuid;

/// How refusals name the type.
pub(super) const RESOURCE: &str = "User";

crate::request_body! {
    /// `passwordProfile`.
    PasswordProfileBody {
        /// The password.
        password / "password": String,
    }
}

/// What the service writes itself.
const READ_ONLY: [&str; 21] = [
    "assignedPlans",
    "createdDateTime",
    "creationType",
    "deletedDateTime",
    "imAddresses",
    "isManagementRestricted",
    "lastPasswordChangeDateTime",
    "licenseAssignmentStates",
    "onPremisesDistinguishedName",
    "onPremisesDomainName",
    "onPremisesLastSyncDateTime",
    "onPremisesProvisioningErrors",
    "onPremisesSamAccountName",
    "onPremisesSecurityIdentifier",
    "onPremisesSyncEnabled",
    "onPremisesUserPrincipalName",
    "provisionedPlans",
    "proxyAddresses",
    "securityIdentifier",
    "signInSessionsValidFromDateTime",
    "assignedLicenses",
];

/// A new user.
///
/// # Errors
/// When something is missing or of the wrong type.
pub(super) fn user(body: Members) -> Result<User, GraphError> {
    let change = change(body)?;
    let missing = |property| move || GraphError::RequiredValue { property, resource: RESOURCE };
    Ok(User {
        id: PrincipalId(Uuid::nil()),
        display_name: change.display_name.ok_or_else(missing("displayName"))?,
        account_enabled: change.account_enabled.ok_or_else(missing("accountEnabled"))?,
        mail_nickname: change.mail_nickname.ok_or_else(missing("mailNickname"))?,
        user_principal_name: change.user_principal_name.ok_or_else(missing("userPrincipalName"))?,
        password: change.password.ok_or_else(missing("passwordProfile"))?,
        given_name: change.given_name.flatten(),
        surname: change.surname.flatten(),
        mail: change.mail.flatten(),
        job_title: change.job_title.flatten(),
        department: change.department.flatten(),
        user_type: change.user_type.unwrap_or(UserType::Member),
        manager: None,
        created: Instant::FIRST,
        mfa: false,
        details: change.details.of(None),
    })
}

/// What a body changes of a user.
///
/// # Errors
/// When something is of the wrong type, or written by the service itself.
pub(super) fn change(body: Members) -> Result<UserChange, GraphError> {
    let mut change = UserChange::default();
    for (name, value) in body {
        let given = |property| Given { resource: RESOURCE, property, value: &value };
        match name.to_ascii_lowercase().as_str() {
            "userprincipalname" => change.user_principal_name = Some(given("userPrincipalName").required()?),
            "displayname" => change.display_name = Some(given("displayName").required()?),
            "mailnickname" => change.mail_nickname = Some(given("mailNickname").required()?),
            "accountenabled" => change.account_enabled = Some(given("accountEnabled").required()?),
            "givenname" => change.given_name = Some(given("givenName").text()?),
            "surname" => change.surname = Some(given("surname").text()?),
            "mail" => change.mail = Some(given("mail").text()?),
            "jobtitle" => change.job_title = Some(given("jobTitle").text()?),
            "department" => change.department = Some(given("department").text()?),
            "usertype" => {
                let words = [("Member", UserType::Member), ("Guest", UserType::Guest)];
                change.user_type = given("userType").word(words)?;
            }
            "passwordprofile" => {
                change.password =
                    given("passwordProfile").optional::<PasswordProfileBody>()?.and_then(|profile| profile.password);
            }
            lower => match READ_ONLY.iter().find(|known| known.eq_ignore_ascii_case(lower)) {
                Some(property) => given(property).read_only()?,
                None => detail(lower, given, &mut change)?,
            },
        }
    }
    Ok(change)
}

/// What is known of few users. What no user has is passed over, as annotations are.
fn detail<'b>(
    lower: &str,
    given: impl Fn(&'static str) -> Given<'b>,
    change: &mut UserChange,
) -> Result<(), GraphError> {
    let details = &mut change.details;
    match lower {
        "businessphones" => details.business_phones = Some(given("businessPhones").texts()?),
        "othermails" => details.other_mails = Some(given("otherMails").texts()?),
        "mobilephone" => details.mobile_phone = Some(given("mobilePhone").text()?),
        "faxnumber" => details.fax_number = Some(given("faxNumber").text()?),
        "officelocation" => details.office_location = Some(given("officeLocation").text()?),
        "preferredlanguage" => details.preferred_language = Some(given("preferredLanguage").text()?),
        "usagelocation" => details.usage_location = Some(country(given("usageLocation"))?),
        "companyname" => details.company_name = Some(given("companyName").text()?),
        "employeeid" => details.employee_id = Some(given("employeeId").text()?),
        "employeetype" => details.employee_type = Some(given("employeeType").text()?),
        "employeehiredate" => details.employee_hire_date = Some(given("employeeHireDate").instant()?),
        "streetaddress" => details.street_address = Some(given("streetAddress").text()?),
        "city" => details.city = Some(given("city").text()?),
        "state" => details.state = Some(given("state").text()?),
        "postalcode" => details.postal_code = Some(given("postalCode").text()?),
        "country" => details.country = Some(given("country").text()?),
        "agegroup" => {
            let words = ["Minor", "NotAdult", "Adult"].map(|word| (word, word));
            details.age_group = Some(given("ageGroup").word(words)?.map(str::to_owned));
        }
        "consentprovidedforminor" => {
            let words = ["Granted", "Denied", "NotRequired"].map(|word| (word, word));
            details.consent_provided_for_minor = Some(given("consentProvidedForMinor").word(words)?.map(str::to_owned));
        }
        "passwordpolicies" => details.password_policies = Some(given("passwordPolicies").text()?),
        "preferreddatalocation" => details.preferred_data_location = Some(given("preferredDataLocation").text()?),
        "onpremisesimmutableid" => details.on_premises_immutable_id = Some(given("onPremisesImmutableId").text()?),
        "showinaddresslist" => details.show_in_address_list = Some(given("showInAddressList").optional()?),
        _ => {}
    }
    Ok(())
}

/// A country of two letters.
fn country(given: Given<'_>) -> Result<Option<String>, GraphError> {
    let text = given.text()?;
    let is_country = |text: &String| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if text.as_ref().is_none_or(is_country) { Ok(text) } else { Err(given.fault()) }
}
