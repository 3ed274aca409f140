//! The sentences of the table in `aadsts.rs`, in its order. `{0}` and `{1}` stand for the values of a row.

pub(super) const UNKNOWN_TENANT: &str = "Tenant '{0}' not found. Check to make sure you have the correct tenant ID and \
    are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active \
    subscriptions for the tenant.";
pub(super) const NOT_A_TENANT_NAME: &str =
    "Specified tenant identifier '{0}' is neither a valid DNS name, nor a valid external domain.";
pub(super) const NO_TENANT: &str = "No tenant-identifying information found in either the request or implied by any \
    provided credentials.";
pub(super) const UNKNOWN_APPLICATION: &str = "Application with identifier '{0}' was not found in the directory '{1}'. \
    This can happen if the application has not been installed by the administrator of the tenant or consented to by any \
    user in the tenant. You may have sent your authentication request to the wrong tenant.";
pub(super) const DISABLED_APPLICATION: &str = "Application '{0}' is disabled.";
pub(super) const NO_SERVICE_PRINCIPAL: &str =
    "The client application {0} is missing service principal in the tenant {1}.";
pub(super) const WRONG_SECRET: &str = "Invalid client secret provided. Ensure the secret being sent in the request is \
    the client secret value, not the client secret ID, for a secret added to app '{0}'.";
pub(super) const EXPIRED_SECRET: &str = "The provided client secret keys for app '{0}' are expired. Visit the Azure \
    portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for \
    added security: https://aka.ms/certCreds.";
pub(super) const NO_CREDENTIAL: &str =
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
pub(super) const NO_CREDENTIAL_FOR_APPLICATION: &str =
    "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.";
pub(super) const PUBLIC_CLIENT_WITH_SECRET: &str =
    "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.";
pub(super) const MALFORMED_ASSERTION: &str = "JWT token is invalid or malformed.";
pub(super) const ASSERTION_TYPE: &str =
    "Invalid JWT header type specified, must be 'JWT' or 'http://openid.net/specs/jwt/1.0'.";
pub(super) const ASSERTION_ALGORITHM: &str = "Invalid JWT token. '{0}' is not a supported signature algorithm. Supported \
    signing algorithms are: 'RS256, PS256'";
pub(super) const ASSERTION_OF_OTHER_CLIENT: &str = "Client assertion application identifier doesn't match 'client_id' \
    parameter. Review the documentation at \
    https://learn.microsoft.com/entra/identity-platform/certificate-credentials .";
pub(super) const ASSERTION_AUDIENCE: &str = "Client assertion audience claim does not match Realm issuer. Review the \
    documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .";
pub(super) const ASSERTION_OUT_OF_TIME: &str = "Client assertion is not within its valid time range. Current time: {0}, \
    assertion valid from {1}, expiry time of assertion {2}. Review the documentation at \
    https://learn.microsoft.com/entra/identity-platform/certificate-credentials .";
pub(super) const UNKNOWN_CERTIFICATE: &str = "The certificate with identifier used to sign the client assertion is not \
    registered on application. [Reason - The key was not found., Thumbprint of key used by client: '{0}', Please visit the \
    Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '{1}'. Review the documentation \
    at https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding service endpoint.]";
pub(super) const EXPIRED_CERTIFICATE: &str = "Client assertion contains an invalid signature. [Reason - The key used is \
    expired. Thumbprint of key used by client: '{0}', Found key 'Start={1}, End={2}']";
pub(super) const ASSERTION_SIGNATURE: &str = "Client assertion failed signature validation. [Reason - Key was found, but \
    use of the key to verify the signature failed., Thumbprint of key used by client: '{0}']";
pub(super) const NO_FEDERATED_CREDENTIAL: &str =
    "The client '{0}'({1}) has no configured federated identity credentials.";
pub(super) const FEDERATED_ISSUER: &str = "No matching federated identity record found for presented assertion issuer \
    '{0}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. \
    https://learn.microsoft.com/entra/workload-id/workload-identity-federation";
pub(super) const FEDERATED_SUBJECT: &str = "No matching federated identity record found for presented assertion subject \
    '{0}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. \
    https://learn.microsoft.com/entra/workload-id/workload-identity-federation";
pub(super) const FEDERATED_AUDIENCE: &str = "No matching federated identity record found for presented assertion audience \
    '{0}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. \
    https://learn.microsoft.com/entra/workload-id/workload-identity-federation";
pub(super) const FEDERATED_NOTHING: &str = "No matching federated identity record found for presented assertion. Assertion \
    Issuer: '{0}'. Assertion Subject: '{1}'. Assertion Audience: '{2}'. \
    https://learn.microsoft.com/entra/workload-id/workload-identity-federation";
pub(super) const WRONG_PASSWORD: &str = "Error validating credentials due to invalid username or password.";
pub(super) const UNKNOWN_USER: &str = "The user account {0} does not exist in the {1} directory. To sign into this \
    application, the account must be added to the directory.";
pub(super) const DISABLED_USER: &str = "The user account is disabled.";
pub(super) const UNKNOWN_GRANT: &str = "Provided grant is invalid or malformed.";
pub(super) const EXPIRED_GRANT: &str = "The provided authorization code or refresh token has expired due to inactivity. \
    Send a new interactive authorization request for this user and resource.";
pub(super) const REDEEMED_CODE: &str = "OAuth2 Authorization code was already redeemed, please retry with a new valid \
    code or use an existing refresh token.";
pub(super) const REVOKED_GRANT: &str = "The provided grant has expired due to it being revoked, a fresh auth token is \
    needed. The user might have changed or reset their password.";
pub(super) const WRONG_VERIFIER: &str =
    "The Code_Verifier does not match the code_challenge supplied in the authorization request.";
pub(super) const NO_VERIFIER: &str =
    "The code_verifier is missing although the authorization request supplied a code_challenge.";
pub(super) const OTHER_REDIRECT: &str = "The reply address '{0}' does not match the reply address '{1}' provided when \
    requesting Authorization code.";
pub(super) const WRONG_REDIRECT: &str = "The redirect URI '{0}' specified in the request does not match the redirect \
    URIs configured for the application '{1}'. Make sure the redirect URI sent in the request matches one added to your \
    application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to \
    troubleshoot this.";
pub(super) const NO_REDIRECT: &str = "No reply address provided.";
pub(super) const MFA_REQUIRED: &str = "Due to a configuration change made by your administrator, or because you moved to \
    a new location, you must use multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.";
pub(super) const BLOCKED: &str =
    "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.";
pub(super) const LOGIN_REQUIRED: &str = "A silent sign-in request was sent but no user is signed in.";
pub(super) const DECLINED: &str = "User declined to consent to access the app.";
pub(super) const INVALID_ASSERTION: &str = "Assertion failed signature validation. [Reason - {0}]";
pub(super) const USER_ASSERTION_OUT_OF_TIME: &str = "Assertion is not within its valid time range. Current time: {0}, \
    expiry time of assertion {1}.";
pub(super) const OTHER_AUDIENCE: &str = "Assertion audience does not match the Client app presenting the assertion. The \
    audience in the assertion was '{0}' and the expected audience is '{1}' or one of the Application Uris of this \
    application with App ID '{2}'({3}).";
pub(super) const ID_TOKEN_AS_ASSERTION: &str =
    "Input id_token cannot be used as 'urn:ietf:params:oauth:grant-type:jwt-bearer' grant.";
pub(super) const NO_USER_IN_ASSERTION: &str =
    "Application '{0}' is not allowed to make application on-behalf-of calls.";
pub(super) const CONSENT_REQUIRED: &str = "The user or administrator has not consented to use the application with ID \
    '{0}' named '{1}'. Send an interactive authorization request for this user and resource.";
pub(super) const ADMINISTRATOR_REQUIRED: &str = "{0} needs permission to access resources in your organization that only \
    an admin can grant. Please ask an admin to grant permission to this app before you can use it.";
pub(super) const NOT_PREAUTHORIZED: &str = "Consent between first party application '{0}' and first party resource '{1}' \
    must be configured via preauthorization - applications owned and operated by Microsoft must get approval from the API \
    owner before requesting tokens for that API.";
pub(super) const UNKNOWN_SCOPE: &str = "The application '{0}' asked for scope '{1}' that doesn't exist on the resource \
    '{2}'. Contact the app vendor.";
pub(super) const DEVICE_PENDING: &str = "OAuth 2.0 device flow error. Authorization is pending. Continue polling.";
pub(super) const DEVICE_EXPIRED: &str = "Verification code expired.";
pub(super) const DEVICE_UNKNOWN: &str = "Invalid verification code.";
pub(super) const MISSING: &str = "The request body must contain the following parameter: '{0}'.";
pub(super) const MISSING_FIELD: &str = "The required field '{0}' is missing from the credential. Ensure that you have \
    all the necessary parameters for the login request.";
pub(super) const ONLY_POST: &str = "The endpoint only accepts POST requests. Received a {0} request.";
pub(super) const UNSUPPORTED_GRANT: &str = "The app requested an unsupported grant type '{0}'.";
pub(super) const UNSUPPORTED_RESPONSE: &str = "The app requested an unsupported response type '{0}'.";
pub(super) const BAD_SCOPE: &str = "The provided request must include a 'scope' input parameter. The provided value for \
    the input parameter 'scope' is not valid. The scope '{0}' is not valid.";
pub(super) const ONLY_DEFAULT_SCOPE: &str = "The provided value for scope {0} is not valid. Client credential flows must \
    have a scope value with /.default suffixed to the resource identifier (application ID URI).";
pub(super) const TWO_RESOURCES: &str = "Provided value for the input parameter scope is not valid because it contains \
    more than one resource. Scope {0} is not valid.";
pub(super) const UNKNOWN_RESOURCE: &str = "The resource principal named {0} was not found in the tenant named {1}. This \
    can happen if the application has not been installed by the administrator of the tenant or consented to by any user in \
    the tenant. You might have sent your authentication request to the wrong tenant.";
pub(super) const MALFORMED: &str = "Invalid request. Request is malformed or invalid: '{0}'.";
pub(super) const UNKNOWN_INSTANCE: &str = "Unknown or invalid instance.";
pub(super) const NOT_EMULATED: &str = "This emulator does not emulate {0}.";
pub(super) const INTERNAL: &str = "The emulator cannot issue tokens: {0}.";
