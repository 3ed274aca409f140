//! What a client asks for: a resource, and what it wants to do there.
//!
//! One resource at a time, in whatever spelling; the answer repeats that spelling, since clients look their tokens up by it.
//! Which of the names a client gets is decided in [`consent`](super::consent).

use super::aadsts::AadstsError;
use super::asked::{Asked, Version};
use crate::app::Tenant;
use crate::app::token::permissions::SIGN_IN_SCOPES;
use crate::app::token::{Audience, Resource};
use pim_core::{ClientId, View};
use uuid::Uuid;

/// A scope that was understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct AskedScope {
    /// As it was written; what refresh tokens remember.
    pub(super) text: String,
    /// The resource as the client spells it, for `aud`.
    pub(super) audience: String,
    pub(super) resource: AskedResource,
    /// What stands before each name in the client's spelling: nothing, or the resource and a slash.
    prefix: String,
    /// The names that were asked for, without those of sign-in.
    pub(super) names: Vec<String>,
    /// Those of sign-in.
    sign_in: Vec<String>,
}

/// A resource that tokens are given for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum AskedResource {
    /// One of the platform, which this process is.
    Platform(Resource),
    /// An application that is registered in the tenant, and that somebody else is.
    Application(ClientId),
}

impl AskedResource {
    /// The resource of a spelling.
    fn named(text: &str, origin: &str, tenant: &Tenant) -> Option<Self> {
        let platform = Resource::named(text).filter(|resource| is_served(*resource, text, origin)).map(Self::Platform);
        match platform {
            Some(Self::Platform(Resource::Surface(_))) => platform,
            // The name of an application may look like an address, and comes before it.
            Some(_) | None => tenant.read(|view| registered(view, text)).map(Self::Application).or(platform),
        }
    }
}

/// The application of the tenant with that name: one of its own, or its client id, with `api://` before it or not.
fn registered(view: View<'_>, text: &str) -> Option<ClientId> {
    let bare = text.trim_end_matches('/');
    let by_id = Uuid::try_parse(bare.strip_prefix("api://").unwrap_or(bare)).ok().map(ClientId);
    let is_meant = |it: &&pim_core::model::Application| {
        Some(it.app_id) == by_id || it.identifier_uris.iter().any(|uri| uri.trim_end_matches('/') == bare)
    };
    let found = view.applications().find(is_meant)?.app_id;
    view.service_principal_of(found).filter(|principal| principal.account_enabled).map(|it| it.app_id)
}

/// Whether a token for that audience is one for that application.
pub(super) fn registered_as(view: View<'_>, app_id: ClientId, audience: &str) -> bool {
    registered(view, audience) == Some(app_id)
}

/// Everything that was consented to before.
const DEFAULT: &str = ".default";

impl AskedScope {
    /// The scope of a request: `scope`, or `resource` at the first version of the endpoint.
    pub(super) fn of(asked: &Asked<'_>, tenant: &Tenant) -> Result<Option<Self>, AadstsError> {
        let either = |name| asked.body.get(name).or_else(|| asked.query.get(name));
        let text = match asked.version {
            Version::V2 => either("scope").map(str::to_owned),
            Version::V1 => {
                let resource = either("resource").map(|resource| format!("{resource}/{DEFAULT} openid offline_access"));
                resource.or_else(|| either("scope").map(|_| "openid offline_access".to_owned()))
            }
        };
        text.map(|text| Self::parse(&text, &asked.origin, tenant)).transpose()
    }

    /// Reads a scope.
    pub(super) fn parse(text: &str, origin: &str, tenant: &Tenant) -> Result<Self, AadstsError> {
        let mut scope = Self {
            text: text.to_owned(),
            audience: Audience::Graph.as_str().to_owned(),
            resource: AskedResource::Platform(Resource::Surface(Audience::Graph)),
            prefix: String::new(),
            names: Vec::new(),
            sign_in: Vec::new(),
        };
        for part in text.split_ascii_whitespace() {
            if SIGN_IN_SCOPES.contains(&part) {
                scope.sign_in.push(part.to_owned());
            } else {
                scope.add(part, origin, tenant)?;
            }
        }
        if scope.is_default() && scope.names.len() > 1 {
            return Err(AadstsError::BadScope { scope: text.to_owned() });
        }
        Ok(scope)
    }

    fn add(&mut self, part: &str, origin: &str, tenant: &Tenant) -> Result<(), AadstsError> {
        let (resource_text, prefix, name) = match part.rsplit_once('/') {
            Some((resource, name)) => (resource, format!("{resource}/"), name),
            None => (Audience::Graph.as_str(), String::new(), part),
        };
        if name.is_empty() || resource_text.ends_with(':') || resource_text.ends_with(":/") {
            return Err(AadstsError::BadScope { scope: part.to_owned() });
        }
        let Some(resource) = AskedResource::named(resource_text, origin, tenant) else {
            let tenant = tenant.domain().to_owned();
            return Err(AadstsError::UnknownResource { resource: resource_text.to_owned(), tenant });
        };
        if self.names.is_empty() {
            (self.resource, self.prefix) = (resource, prefix);
            resource_text.clone_into(&mut self.audience);
        } else if self.resource != resource {
            return Err(AadstsError::TwoResources { scope: self.text.clone() });
        }
        if !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
        Ok(())
    }

    /// Whether everything is asked for that was consented to before.
    pub(super) fn is_default(&self) -> bool {
        self.names.iter().any(|name| name == DEFAULT)
    }

    /// An application can ask for what it was given, and nothing else. Scopes of sign-in mean nothing to it and do no harm:
    /// MSAL for Java sends them with every request.
    pub(super) fn for_application(&self) -> Result<(), AadstsError> {
        if self.is_default() { Ok(()) } else { Err(AadstsError::OnlyDefaultScope { scope: self.text.clone() }) }
    }

    /// Whether a scope of sign-in was asked for.
    pub(super) fn has(&self, name: &str) -> bool {
        self.sign_in.iter().any(|candidate| candidate == name)
    }

    /// Asks for a refresh token, too.
    pub(super) fn keep_refreshing(&mut self) {
        if !self.has("offline_access") {
            self.sign_in.push("offline_access".to_owned());
        }
    }

    /// For `scp`: the names alone. Those of sign-in are told to the platform and to nobody else.
    pub(super) fn claim(&self, granted: &[String]) -> String {
        let mut names: Vec<&str> = granted.iter().map(String::as_str).collect();
        match self.resource {
            AskedResource::Platform(_) => {
                names.extend(self.sign_in.iter().map(String::as_str).filter(|name| *name != "offline_access"));
            }
            AskedResource::Application(_) => {}
        }
        names.join(" ")
    }

    /// For the answer: the names in the client's spelling.
    pub(super) fn answer(&self, granted: &[String]) -> String {
        let mut names: Vec<String> = granted.iter().map(|name| format!("{}{name}", self.prefix)).collect();
        if self.is_default() {
            names.push(format!("{}{DEFAULT}", self.prefix));
        }
        names.extend(self.sign_in.iter().filter(|name| *name != "offline_access").cloned());
        names.join(" ")
    }
}

/// An address is a resource when it is that of the emulator: the one of the request, whatever the port, or loopback.
fn is_served(resource: Resource, text: &str, origin: &str) -> bool {
    match resource {
        Resource::Surface(_) => true,
        Resource::Emulator => {
            let host = host_of(text);
            host.eq_ignore_ascii_case(host_of(origin)) || ["localhost", "127.0.0.1", "[::1]"].contains(&host)
        }
    }
}

/// The host of an origin, without its port.
fn host_of(origin: &str) -> &str {
    let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority).trim_end_matches('/');
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        Some(_) | None => authority,
    }
}
