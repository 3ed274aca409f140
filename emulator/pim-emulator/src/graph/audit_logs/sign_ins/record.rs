//! A sign-in as Graph shows it.

use crate::app::token::platform_name;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Composed, Json, Word, Written};
use pim_core::model::{Principal, SignInEntry, SignInKind, SignInProtocol};
use pim_core::{ClientId, View};
use serde::Serialize;

/// A sign-in with the names of whoever and whatever it is about, as they are now.
#[derive(Clone, Debug)]
pub(crate) struct SignInRecord {
    entry: SignInEntry,
    user: Option<(String, String)>,
    service_principal: Option<String>,
    application: String,
    resource: String,
}

impl SignInRecord {
    pub(super) fn of(view: View<'_>, entry: SignInEntry) -> Self {
        let (user, service_principal) = match view.principal(entry.principal) {
            Some(Principal::User(user)) => (Some((user.display_name.clone(), user.user_principal_name.clone())), None),
            Some(Principal::ServicePrincipal(it)) => (None, Some(it.display_name.clone())),
            Some(Principal::Group(_)) | None => (None, None),
        };
        Self {
            application: name_of(view, entry.client),
            resource: entry.resource.map(|id| name_of(view, id)).unwrap_or_default(),
            user,
            service_principal,
            entry,
        }
    }

    /// Whether a user signed in, or a client in the name of one.
    const fn is_of_user(&self) -> bool {
        matches!(self.entry.kind, SignInKind::Interactive | SignInKind::NonInteractive)
    }

    fn status(&self) -> Status<'_> {
        let failure = self.entry.failure.as_ref();
        Status {
            error_code: failure.map_or(0, |it| it.code),
            failure_reason: failure.map_or("Other.", |it| it.reason.as_str()),
            additional_details: match (self.entry.mfa, failure) {
                (true, None) => Some("MFA requirement satisfied by claim in the token"),
                (true | false, _) => None,
            },
        }
    }

    fn client_app(&self) -> Option<Word> {
        let word = match self.entry.protocol {
            SignInProtocol::Browser => "Browser",
            SignInProtocol::Password
            | SignInProtocol::DeviceCode
            | SignInProtocol::RefreshToken
            | SignInProtocol::OnBehalfOf => "Mobile Apps and Desktop clients",
            SignInProtocol::ClientCredentials => return None,
        };
        Some(Word(word))
    }
}

fn name_of(view: View<'_>, id: ClientId) -> String {
    let registered = || view.application(id).map(|it| it.display_name.clone());
    let known = || view.service_principal_of(id).map(|it| it.display_name.clone());
    platform_name(id).map(str::to_owned).or_else(registered).or_else(known).unwrap_or_default()
}

/// What came of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Status<'a> {
    error_code: u32,
    failure_reason: &'a str,
    additional_details: Option<&'a str>,
}

/// Nothing is known of the device.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Device {
    device_id: &'static str,
    display_name: &'static str,
    operating_system: &'static str,
    browser: &'static str,
    is_compliant: bool,
    is_managed: bool,
    trust_type: &'static str,
}

const DEVICE: Device = Device {
    device_id: "",
    display_name: "",
    operating_system: "",
    browser: "",
    is_compliant: false,
    is_managed: false,
    trust_type: "",
};

/// Nor of the place.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    city: &'static str,
    state: &'static str,
    country_or_region: &'static str,
    geo_coordinates: Coordinates,
}

#[derive(Serialize)]
struct Coordinates {
    altitude: Option<f64>,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

const LOCATION: Location = Location {
    city: "",
    state: "",
    country_or_region: "",
    geo_coordinates: Coordinates { altitude: None, latitude: None, longitude: None },
};

/// The service's word for a sort of sign-in.
const fn kind(kind: SignInKind) -> &'static str {
    match kind {
        SignInKind::Interactive => "interactiveUser",
        SignInKind::NonInteractive => "nonInteractiveUser",
        SignInKind::ServicePrincipal => "servicePrincipal",
        SignInKind::ManagedIdentity => "managedIdentity",
    }
}

/// The service's word for the way.
const fn protocol(protocol: SignInProtocol) -> Word {
    Word(match protocol {
        SignInProtocol::Password => "ropc",
        SignInProtocol::DeviceCode => "deviceCode",
        SignInProtocol::Browser
        | SignInProtocol::RefreshToken
        | SignInProtocol::OnBehalfOf
        | SignInProtocol::ClientCredentials => "none",
    })
}

crate::entity! {
    /// A sign-in.
    SignInResource(SignInRecord) = "signIn" {
        "id": string = |it| it.entry.id;
        "createdDateTime": instant = |it| it.entry.at;
        "userDisplayName": string = |it| it.user.as_ref().map(|user| user.0.as_str());
        "userPrincipalName": string = |it| it.user.as_ref().map(|user| user.1.as_str());
        "userId": string = |it| it.is_of_user().then_some(it.entry.principal.0);
        "appId": string = |it| it.entry.client.0;
        "appDisplayName": string = |it| it.application.as_str();
        "ipAddress": string = |it| it.entry.address.map(|address| address.to_string());
        "clientAppUsed": string = |it| it.client_app();
        "correlationId": string = |it| it.entry.correlation;
        "conditionalAccessStatus": string = |_it| Word("notApplied");
        "isInteractive": boolean = |it| it.entry.kind == SignInKind::Interactive;
        "riskDetail": string = |_it| Word("none");
        "riskLevelAggregated": string = |_it| Word("none");
        "riskLevelDuringSignIn": string = |_it| Word("none");
        "riskState": string = |_it| Word("none");
        "riskEventTypes": texts = |_it| Vec::<Word>::new();
        "riskEventTypes_v2": texts = |_it| Vec::<Word>::new();
        "resourceDisplayName": string = |it| it.resource.as_str();
        "resourceId": string = |it| it.entry.resource.map(|id| id.0);
        "servicePrincipalId": string [beta] = |it| (!it.is_of_user()).then_some(it.entry.principal.0);
        "servicePrincipalName": string [beta] = |it| it.service_principal.as_deref();
        "signInEventTypes": texts [beta] = |it| vec![Word(kind(it.entry.kind))];
        "authenticationProtocol": string [beta] = |it| protocol(it.entry.protocol);
        "authenticationRequirement": string [beta] =
            |it| Word(if it.entry.mfa { "multiFactorAuthentication" } else { "singleFactorAuthentication" });
        "status": opaque = |it| Composed(it.status());
        "deviceDetail": opaque = |_it| Written(&DEVICE);
        "location": opaque = |_it| Written(&LOCATION);
        "appliedConditionalAccessPolicies": opaque = |_it| Vec::<Word>::new();
        paths {
            "status/errorCode": integer = |it| it.status().error_code;
        }
    }
    navigations []
}

impl Related for SignInRecord {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}
