//! What sign-in serves: one table. Segments are matched in any case, as the service does.

use super::aadsts::AadstsError;
use super::asked::{Asked, Version};
use super::{
    admin_consent, authorize, device, discovery, instance, keys, leaving, managed_identity, token, user_info,
    user_realm,
};
use axum::http::Method;
use axum::response::Response;
use percent_encoding::percent_decode_str;

/// A path that sign-in serves.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The methods, beside HEAD and OPTIONS.
    pub methods: &'static [Method],
    /// The path; a segment in braces stands for any.
    pub path: &'static str,
    pub(super) version: Version,
    pub(super) kind: Kind,
    pub(super) handler: Handler,
}

/// What answers a request.
pub(super) type Handler = fn(&Asked<'_>) -> Result<Response, AadstsError>;

/// How refusals are told, and whether other sites may ask.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// JSON, for programs.
    Document,
    /// A page, for people.
    Page,
    /// JSON for what runs in Azure, with refusals of its own. No other site may ask.
    Identity,
}

const GET: &[Method] = &[Method::GET];
const BOTH: &[Method] = &[Method::GET, Method::POST];

/// The table.
pub const ROUTES: &[Route] = &[
    document(GET, "/{tenant}/v2.0/.well-known/openid-configuration", Version::V2, discovery::configuration),
    document(GET, "/{tenant}/.well-known/openid-configuration", Version::V1, discovery::configuration),
    document(GET, "/{tenant}/discovery/v2.0/keys", Version::V2, keys::keys),
    document(GET, "/{tenant}/discovery/keys", Version::V1, keys::keys),
    document(GET, "/{tenant}/discovery/instance", Version::V2, instance::instance),
    document(GET, "/{tenant}/userrealm/{user}", Version::V2, user_realm::user_realm),
    // GET is answered with a refusal of its own.
    document(BOTH, "/{tenant}/oauth2/v2.0/token", Version::V2, token::token),
    document(BOTH, "/{tenant}/oauth2/token", Version::V1, token::token),
    document(BOTH, "/{tenant}/oauth2/v2.0/devicecode", Version::V2, device::start),
    document(BOTH, "/{tenant}/oauth2/devicecode", Version::V1, device::start),
    page(BOTH, "/{tenant}/oauth2/v2.0/authorize", Version::V2, authorize::authorize),
    page(BOTH, "/{tenant}/oauth2/authorize", Version::V1, authorize::authorize),
    page(BOTH, "/{tenant}/oauth2/deviceauth", Version::V2, device::page),
    page(BOTH, "/{tenant}/oauth2/v2.0/logout", Version::V2, leaving::logout),
    page(BOTH, "/{tenant}/oauth2/logout", Version::V1, leaving::logout),
    page(GET, "/{tenant}/oauth2/nativeclient", Version::V2, leaving::native_client),
    document(BOTH, "/oidc/userinfo", Version::V2, user_info::user_info),
    page(BOTH, "/{tenant}/adminconsent", Version::V1, admin_consent::admin_consent),
    page(BOTH, "/{tenant}/v2.0/adminconsent", Version::V2, admin_consent::admin_consent),
    page(GET, "/error", Version::V2, leaving::error),
    identity("/metadata/identity/oauth2/token", managed_identity::instance_metadata),
    identity(
        "/_emulator/tenants/{tenant}/identities/{name}/metadata/identity/oauth2/token",
        managed_identity::instance_metadata,
    ),
    identity("/_emulator/tenants/{tenant}/identities/{name}/msi/token", managed_identity::app_service),
];

const fn document(methods: &'static [Method], path: &'static str, version: Version, handler: Handler) -> Route {
    Route { methods, path, version, kind: Kind::Document, handler }
}

const fn page(methods: &'static [Method], path: &'static str, version: Version, handler: Handler) -> Route {
    Route { methods, path, version, kind: Kind::Page, handler }
}

const fn identity(path: &'static str, handler: Handler) -> Route {
    Route { methods: GET, path, version: Version::V1, kind: Kind::Identity, handler }
}

/// Whether a path is one at which what runs in Azure asks for tokens. Some of them lie among those of the control API.
#[must_use]
pub fn serves_identities(path: &str) -> bool {
    find(path).is_some_and(|(route, _)| route.kind == Kind::Identity)
}

/// Whether a path is one of sign-in.
#[must_use]
pub fn serves(path: &str) -> bool {
    find(path).is_some()
}

/// The route of a path, and the path's segments.
pub(super) fn find(path: &str) -> Option<(&'static Route, Vec<String>)> {
    // An authority that ends in a slash makes two of them.
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let route = ROUTES.iter().find(|route| route.matches(&segments))?;
    let decoded = segments.iter().map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned());
    Some((route, decoded.collect()))
}

impl Route {
    fn matches(&self, segments: &[&str]) -> bool {
        let mut own = self.path.split('/').skip(1);
        let fits = segments
            .iter()
            .all(|segment| own.next().is_some_and(|own| own.starts_with('{') || own.eq_ignore_ascii_case(segment)));
        fits && own.next().is_none()
    }
}
