//! A user as Graph shows it.

use crate::graph::collection::Indexed;
use crate::graph::expand::{Navigation, Related, Target};
use crate::graph::json::{Composed, Json, Property, Word};
use crate::graph::objects::write_principal;
use crate::graph::relations::write_relation;
use crate::graph::security_identifier::security_identifier;
use pim_core::View;
use pim_core::model::{SignInActivity, SignInMoment, User, UserDetails, UserType};
use pim_core::time::Instant;
use pim_odata::{Complex, Item, Kind, Member, Value};
use serde::Serialize;
use std::ops::Deref;
use uuid::Uuid;

/// A user with everything around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UserRow<'v> {
    view: View<'v>,
    user: &'v User,
    /// When it was deleted.
    deleted: Option<Instant>,
}

impl<'v> UserRow<'v> {
    /// The row of a user that is there.
    pub(crate) const fn of(view: View<'v>, user: &'v User) -> Self {
        Self { view, user, deleted: None }
    }

    /// The row of one that was deleted.
    pub(crate) const fn deleted(view: View<'v>, user: &'v User, at: Instant) -> Self {
        Self { view, user, deleted: Some(at) }
    }

    /// Something that is known of few users.
    fn detail<T>(&self, read: impl FnOnce(&'v UserDetails) -> Option<T>) -> Option<T> {
        self.user.details.as_deref().and_then(read)
    }

    /// When something of the user's signing in was.
    fn moment(&self, read: impl FnOnce(SignInActivity) -> Option<SignInMoment>) -> Option<Instant> {
        read(self.view.sign_in_activity(self.user.id)).map(|moment| moment.at)
    }

    fn texts(&self, read: impl FnOnce(&'v UserDetails) -> &'v Vec<String>) -> Vec<&'v str> {
        self.user.details.as_deref().map(read).into_iter().flatten().map(String::as_str).collect()
    }
}

impl Deref for UserRow<'_> {
    type Target = User;

    fn deref(&self) -> &User {
        self.user
    }
}

/// What `identities/any(…)` may ask about.
const IDENTITY: Complex = Complex {
    name: "microsoft.graph.objectIdentity",
    members: &[
        Member { name: "signInType", kind: Kind::String },
        Member { name: "issuer", kind: Kind::String },
        Member { name: "issuerAssignedId", kind: Kind::String },
    ],
};

/// What `assignedLicenses/any(…)` may ask about.
const LICENSE: Complex =
    Complex { name: "microsoft.graph.assignedLicense", members: &[Member { name: "skuId", kind: Kind::String }] };

/// What the directory can be asked about users by whoever has not said that the answer may lag.
pub(crate) const INDEXED: Indexed = Indexed {
    filterable: &[
        "accountEnabled",
        "assignedLicenses",
        "assignedPlans",
        "businessPhones",
        "city",
        "country",
        "createdDateTime",
        "department",
        "displayName",
        "employeeId",
        "givenName",
        "id",
        "identities",
        "imAddresses",
        "jobTitle",
        "mail",
        "mailNickname",
        "onPremisesImmutableId",
        "onPremisesSyncEnabled",
        "otherMails",
        "proxyAddresses",
        "securityIdentifier",
        "signInActivity/lastNonInteractiveSignInDateTime",
        "signInActivity/lastSignInDateTime",
        "signInActivity/lastSuccessfulSignInDateTime",
        "state",
        "surname",
        "usageLocation",
        "userPrincipalName",
        "userType",
    ],
    orderable: &["displayName", "userPrincipalName"],
    searchable: &["displayName", "givenName", "mail", "mailNickname", "surname", "userPrincipalName"],
};

crate::entity! {
    /// A user.
    UserResource(UserRow<'r>) = "user" {
        "businessPhones": texts = |it| it.texts(|of| &of.business_phones);
        "displayName": string = |it| it.display_name.as_str();
        "givenName": string = |it| it.given_name.as_deref();
        "id": string = |it| it.id.0;
        "jobTitle": string = |it| it.job_title.as_deref();
        "mail": string = |it| it.mail.as_deref();
        "mobilePhone": string = |it| it.detail(|of| of.mobile_phone.as_deref());
        "officeLocation": string = |it| it.detail(|of| of.office_location.as_deref());
        "preferredLanguage": string = |it| it.detail(|of| of.preferred_language.as_deref());
        "surname": string = |it| it.surname.as_deref();
        "userPrincipalName": string = |it| it.user_principal_name.as_str();
        "accountEnabled": boolean [on_select] = |it| it.account_enabled;
        "ageGroup": string [on_select] = |it| it.detail(|of| of.age_group.as_deref());
        "assignedLicenses": each(LICENSE) [on_select] = |_it| Vec::<Word>::new();
        "assignedPlans": texts [on_select] = |_it| Vec::<Word>::new();
        "city": string [on_select] = |it| it.detail(|of| of.city.as_deref());
        "companyName": string [on_select] = |it| it.detail(|of| of.company_name.as_deref());
        "consentProvidedForMinor": string [on_select] = |it| it.detail(|of| of.consent_provided_for_minor.as_deref());
        "country": string [on_select] = |it| it.detail(|of| of.country.as_deref());
        "createdDateTime": instant [on_select] = |it| it.created;
        "creationType": string [on_select] = |_it| None::<Word>;
        "deletedDateTime": instant [on_select] = |it| it.deleted;
        "department": string [on_select] = |it| it.department.as_deref();
        "employeeHireDate": instant [on_select] = |it| it.detail(|of| of.employee_hire_date);
        "employeeId": string [on_select] = |it| it.detail(|of| of.employee_id.as_deref());
        "employeeOrgData": opaque [on_select] = |_it| None::<Word>;
        "employeeType": string [on_select] = |it| it.detail(|of| of.employee_type.as_deref());
        "externalUserState": string [on_select] = |_it| None::<Word>;
        "faxNumber": string [on_select] = |it| it.detail(|of| of.fax_number.as_deref());
        "identities": each(IDENTITY) [on_select] = |it| Identities::of(it);
        "imAddresses": texts [on_select] = |_it| Vec::<Word>::new();
        "isManagementRestricted": boolean [on_select] = |_it| None::<bool>;
        "isResourceAccount": boolean [on_select] = |_it| None::<bool>;
        "lastPasswordChangeDateTime": instant [on_select] = |it| it.password_changed();
        "licenseAssignmentStates": texts [on_select] = |_it| Vec::<Word>::new();
        "mailNickname": string [on_select] = |it| it.mail_nickname.as_str();
        "onPremisesDistinguishedName": string [on_select] = |_it| None::<Word>;
        "onPremisesDomainName": string [on_select] = |_it| None::<Word>;
        "onPremisesExtensionAttributes": opaque [on_select] = |_it| ExtensionAttributes;
        "onPremisesImmutableId": string [on_select] = |it| it.detail(|of| of.on_premises_immutable_id.as_deref());
        "onPremisesLastSyncDateTime": instant [on_select] = |_it| None::<Instant>;
        "onPremisesProvisioningErrors": opaque [on_select] = |_it| Vec::<Word>::new();
        "onPremisesSamAccountName": string [on_select] = |_it| None::<Word>;
        "onPremisesSecurityIdentifier": string [on_select] = |_it| None::<Word>;
        "onPremisesSyncEnabled": boolean [on_select] = |_it| None::<bool>;
        "onPremisesUserPrincipalName": string [on_select] = |_it| None::<Word>;
        "otherMails": texts [on_select] = |it| it.texts(|of| &of.other_mails);
        "passwordPolicies": string [on_select] = |it| it.detail(|of| of.password_policies.as_deref());
        "passwordProfile": opaque [on_select] = |_it| None::<Word>;
        "postalCode": string [on_select] = |it| it.detail(|of| of.postal_code.as_deref());
        "preferredDataLocation": string [on_select] = |it| it.detail(|of| of.preferred_data_location.as_deref());
        "provisionedPlans": opaque [on_select] = |_it| Vec::<Word>::new();
        "proxyAddresses": texts [on_select] = |it| proxy_addresses(it.mail.as_deref());
        "securityIdentifier": string [on_select] = |it| security_identifier(it.id.0);
        "showInAddressList": boolean [on_select] = |it| it.detail(|of| of.show_in_address_list);
        "signInActivity": opaque [asked] = |it| Activity::of(it.view, it.user);
        "signInSessionsValidFromDateTime": instant [on_select] = |it| it.sessions_valid_from();
        "state": string [on_select] = |it| it.detail(|of| of.state.as_deref());
        "streetAddress": string [on_select] = |it| it.detail(|of| of.street_address.as_deref());
        "usageLocation": string [on_select] = |it| it.detail(|of| of.usage_location.as_deref());
        "userType": string [on_select] = |it| user_type(it);
        paths {
            "signInActivity/lastSignInDateTime": instant = |it| it.moment(|of| of.last_interactive);
            "signInActivity/lastNonInteractiveSignInDateTime": instant = |it| it.moment(|of| of.last_non_interactive);
            "signInActivity/lastSuccessfulSignInDateTime": instant = |it| it.moment(|of| of.last_successful);
        }
    }
    navigations ["manager", "directReports", "memberOf", "transitiveMemberOf", "ownedObjects", "createdObjects"]
}

fn user_type(user: &User) -> Word {
    Word(match user.user_type {
        UserType::Member => "Member",
        UserType::Guest => "Guest",
    })
}

/// The addresses under which mail arrives; the primary one is in capitals.
pub(crate) fn proxy_addresses(mail: Option<&str>) -> Vec<String> {
    mail.map(|mail| format!("SMTP:{mail}")).into_iter().collect()
}

/// How a user signs in: by the name that the tenant gave.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
struct Identities<'a>([Identity<'a>; 1]);

/// One of the ways to sign in.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity<'a> {
    sign_in_type: Word,
    issuer: &'a str,
    issuer_assigned_id: &'a str,
}

impl<'a> Identities<'a> {
    fn of(row: &'a UserRow<'_>) -> Self {
        let issuer = row.view.tenant().map_or("", |tenant| tenant.domain.as_str());
        let issuer_assigned_id = row.user.user_principal_name.as_str();
        Self([Identity { sign_in_type: Word("userPrincipalName"), issuer, issuer_assigned_id }])
    }
}

impl<'a> Property<'a> for Identities<'a> {
    fn write(&self, json: &mut Json) {
        json.value(&self.0);
    }

    fn value(self) -> Value<'a> {
        let item = |it: Identity<'a>| {
            Item::Complex(vec![
                ("signInType", Value::Member(it.sign_in_type.0)),
                ("issuer", Value::text(it.issuer)),
                ("issuerAssignedId", Value::text(it.issuer_assigned_id)),
            ])
        };
        Value::Collection(self.0.into_iter().map(item).collect())
    }
}

/// When a user last signed in. Of whoever never did, nothing is said at all.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Activity {
    last_sign_in_date_time: Option<Instant>,
    last_sign_in_request_id: Option<Uuid>,
    last_non_interactive_sign_in_date_time: Option<Instant>,
    last_non_interactive_sign_in_request_id: Option<Uuid>,
    last_successful_sign_in_date_time: Option<Instant>,
    last_successful_sign_in_request_id: Option<Uuid>,
}

impl Activity {
    fn of(view: View<'_>, user: &User) -> Option<Composed<Self>> {
        let activity = view.sign_in_activity(user.id);
        activity.last()?;
        let parts = |moment: Option<SignInMoment>| (moment.map(|it| it.at), moment.map(|it| it.request));
        let (last_sign_in_date_time, last_sign_in_request_id) = parts(activity.last_interactive);
        let (last_non_interactive_sign_in_date_time, last_non_interactive_sign_in_request_id) =
            parts(activity.last_non_interactive);
        let (last_successful_sign_in_date_time, last_successful_sign_in_request_id) = parts(activity.last_successful);
        Some(Composed(Self {
            last_sign_in_date_time,
            last_sign_in_request_id,
            last_non_interactive_sign_in_date_time,
            last_non_interactive_sign_in_request_id,
            last_successful_sign_in_date_time,
            last_successful_sign_in_request_id,
        }))
    }
}

/// The fifteen attributes that only synchronisation fills.
#[derive(Clone, Copy, Debug)]
struct ExtensionAttributes;

impl Serialize for ExtensionAttributes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((1..=15).map(|number| (format!("extensionAttribute{number}"), None::<Word>)))
    }
}

impl<'a> Property<'a> for ExtensionAttributes {
    fn write(&self, json: &mut Json) {
        json.value(self);
    }

    fn value(self) -> Value<'a> {
        Value::Null
    }
}

impl Related for UserRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        match (navigation.name, &navigation.target) {
            ("manager", Target::Object(shown)) => match self.user.manager {
                Some(manager) => write_principal(self.view, manager, shown, json),
                None => json.raw("null"),
            },
            _ => write_relation(self.view, self.user.id, navigation, json),
        }
    }
}
