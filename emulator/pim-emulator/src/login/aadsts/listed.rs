//! The table as a list, with made-up values.

use super::AadstsError;
use serde::Serialize;

/// One refusal as sign-in puts it, for the table of errors.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorRow {
    /// Our name for it.
    pub refusal: String,
    /// The HTTP status of an answer that is not a redirect.
    pub status: u16,
    /// The word of OAuth.
    pub error: &'static str,
    /// The number behind `AADSTS`, where there is one.
    pub number: Option<u32>,
    /// The sentence, with made-up values in it.
    pub message: String,
    /// Whether number, word and status were seen in one answer of the real service.
    pub verified: bool,
}

/// Every refusal of sign-in.
#[must_use]
pub fn errors() -> Vec<ErrorRow> {
    samples().iter().map(listed).collect()
}

fn listed(error: &AadstsError) -> ErrorRow {
    let row = error.row();
    let name = format!("{error:?}");
    let end = name.find([' ', '(', '{']).unwrap_or(name.len());
    ErrorRow {
        refusal: name[..end].to_owned(),
        status: row.status.as_u16(),
        error: row.error,
        number: (row.code != 0).then_some(row.code),
        message: row.text,
        verified: row.verified,
    }
}

/// One of each, in the order of the table.
fn samples() -> Vec<AadstsError> {
    let tenant = || "290553a9-ef6f-4cf4-8d37-2defceb3cd46".to_owned();
    let client = || "14d82eec-204b-4c2f-b7e8-296a70dab67e".to_owned();
    let uri = || "http://localhost:3000/callback".to_owned();
    let scope = || "https://graph.microsoft.com/User.Read".to_owned();
    let at = |hour: u8| format!("2026-01-05T{hour:02}:00:00.0000000Z");
    let thumbprint = || "D02953830A67536051EFCB073FB05537287D3800".to_owned();
    let issuer = || "https://token.actions.githubusercontent.com".to_owned();
    let subject = || "repo:contoso/infra:ref:refs/heads/main".to_owned();
    vec![
        AadstsError::UnknownTenant { segment: "fabrikam.example".to_owned() },
        AadstsError::NotATenantName { segment: "fabrikam".to_owned() },
        AadstsError::NoTenant,
        AadstsError::UnknownApplication { client: client(), tenant: tenant() },
        AadstsError::DisabledApplication { client: client() },
        AadstsError::NoServicePrincipal { client: client(), tenant: tenant() },
        AadstsError::WrongSecret { client: client() },
        AadstsError::ExpiredSecret { client: client() },
        AadstsError::NoCredential,
        AadstsError::NoCredentialForApplication,
        AadstsError::PublicClientWithSecret,
        AadstsError::MalformedAssertion,
        AadstsError::AssertionType,
        AadstsError::AssertionAlgorithm { algorithm: "HS256".to_owned() },
        AadstsError::AssertionOfOtherClient,
        AadstsError::AssertionAudience,
        AadstsError::AssertionOutOfTime { now: at(9), starts: at(7), expires: at(8) },
        AadstsError::UnknownCertificate { thumbprint: thumbprint(), client: client() },
        AadstsError::ExpiredCertificate {
            thumbprint: thumbprint(),
            starts: "06/29/2021 21:13:15".to_owned(),
            expires: "06/29/2023 21:13:15".to_owned(),
        },
        AadstsError::AssertionSignature { thumbprint: thumbprint() },
        AadstsError::NoFederatedCredential { client: client(), name: "deploy".to_owned() },
        AadstsError::FederatedIssuer { issuer: issuer() },
        AadstsError::FederatedSubject { subject: subject() },
        AadstsError::FederatedAudience { audience: "https://github.com/contoso".to_owned() },
        AadstsError::FederatedNothing {
            issuer: issuer(),
            subject: subject(),
            audience: "api://AzureADTokenExchange".to_owned(),
        },
        AadstsError::WrongPassword,
        AadstsError::UnknownUser { user: "alice@contoso.onmicrosoft.com".to_owned(), tenant: tenant() },
        AadstsError::DisabledUser,
        AadstsError::UnknownGrant,
        AadstsError::ExpiredGrant,
        AadstsError::RedeemedCode,
        AadstsError::RevokedGrant,
        AadstsError::WrongVerifier,
        AadstsError::NoVerifier,
        AadstsError::OtherRedirect { given: uri(), expected: "http://localhost:3000".to_owned() },
        AadstsError::WrongRedirect { uri: uri(), client: client() },
        AadstsError::NoRedirect,
        AadstsError::MfaRequired { claims: String::new() },
        AadstsError::Blocked { claims: String::new() },
        AadstsError::LoginRequired,
        AadstsError::InvalidAssertion { reason: "The key was not found." },
        AadstsError::UserAssertionOutOfTime { now: at(9), expires: at(8) },
        AadstsError::OtherAudience {
            audience: "https://graph.microsoft.com".to_owned(),
            expected: format!("api://{}", client()),
            client: client(),
            name: "deploy".to_owned(),
        },
        AadstsError::IdTokenAsAssertion,
        AadstsError::NoUserInAssertion { client: client() },
        AadstsError::Declined,
        AadstsError::ConsentRequired { client: client(), name: "deploy".to_owned() },
        AadstsError::AdministratorRequired { name: "deploy".to_owned() },
        AadstsError::NotPreauthorized {
            client: "04b07795-8ddb-461a-bbee-02f9e1bf7b46".to_owned(),
            resource: "00000003-0000-0000-c000-000000000000".to_owned(),
        },
        AadstsError::UnknownScope { client: "deploy".to_owned(), scope: "read".to_owned(), resource: client() },
        AadstsError::DevicePending,
        AadstsError::DeviceDeclined,
        AadstsError::DeviceExpired,
        AadstsError::DeviceUnknown,
        AadstsError::Missing("grant_type"),
        AadstsError::MissingField("response_type"),
        AadstsError::OnlyPost { method: "GET".to_owned() },
        AadstsError::UnsupportedGrant { grant: "implicit".to_owned() },
        AadstsError::UnsupportedResponse { response: "password".to_owned() },
        AadstsError::BadScope { scope: "everything".to_owned() },
        AadstsError::OnlyDefaultScope { scope: scope() },
        AadstsError::TwoResources { scope: format!("{} https://management.azure.com/.default", scope()) },
        AadstsError::UnknownResource { resource: "https://fabrikam.example".to_owned(), tenant: tenant() },
        AadstsError::Malformed("code_challenge_method"),
        AadstsError::UnknownInstance,
        AadstsError::NotEmulated("SAML assertions"),
        AadstsError::Internal("the signing key cannot be read".to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::errors;

    /// The names in the declaration of the enum, which every refusal must have a sample for.
    fn declared() -> Vec<&'static str> {
        let (_, declaration) =
            include_str!("../aadsts.rs").split_once("pub(super) enum AadstsError {").expect("the enum");
        let (declaration, _) = declaration.split_once("\n}").expect("its end");
        let names = declaration.lines().map(str::trim).filter(|line| line.starts_with(char::is_uppercase));
        names.map(|line| line.split([' ', '(', ',']).next().unwrap_or(line)).collect()
    }

    #[test]
    fn every_refusal_of_sign_in_is_listed_once() {
        let listed: Vec<_> = errors().into_iter().map(|row| row.refusal).collect();
        assert_eq!(listed, declared());
    }

    #[test]
    fn no_sentence_of_sign_in_has_a_value_left_out() {
        assert!(errors().iter().all(|row| !row.message.contains("{0}") && !row.message.contains("{1}")));
    }
}
