//! What is noted of those who sign in, or try to: the log that Graph shows, and when each account was last used.
//!
//! An attempt is noted where it is known whose it is and through which client. A client that asks again whether somebody has
//! answered its device code makes no attempt, and neither does whoever redeems the code of a sign-in that was noted on its page.

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::belonging::Belonging;
use super::scope::{AskedResource, AskedScope};
use crate::app::Tenant;
use crate::app::sign_ins::SignIn;
use pim_core::model::{SignInEntry, SignInFailure, SignInKind, SignInProtocol};
use pim_core::{Actor, ClientId, Command, PrincipalId};

/// An attempt to sign in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt {
    pub(super) kind: SignInKind,
    pub(super) protocol: SignInProtocol,
    pub(super) principal: PrincipalId,
    pub(super) client: ClientId,
    pub(super) resource: Option<ClientId>,
    pub(super) mfa: bool,
}

impl Attempt {
    /// That of a user.
    pub(super) const fn of(
        sign_in: &SignIn,
        (kind, protocol): (SignInKind, SignInProtocol),
        scope: &AskedScope,
    ) -> Self {
        let SignIn { user: principal, client, mfa, .. } = *sign_in;
        Self { kind, protocol, principal, client, resource: Some(app_id(scope.resource)), mfa }
    }

    /// Notes that it succeeded.
    pub(super) fn succeeded(self, asked: &Asked<'_>, tenant: &Tenant) {
        self.note(asked, tenant, None);
    }

    fn note(self, asked: &Asked<'_>, tenant: &Tenant, failure: Option<SignInFailure>) {
        let Self { kind, protocol, principal, client, resource, mfa } = self;
        let (id, correlation, address) = (asked.trace, asked.correlation, asked.address);
        let at = tenant.clock().now();
        let entry =
            SignInEntry { id, at, kind, protocol, principal, client, resource, correlation, address, mfa, failure };
        // Who has been deleted meanwhile leaves no trace.
        let _ = tenant.handle(Actor::SetUp, &Command::NoteSignIn(Box::new(entry)), |_, _| ());
    }
}

/// Notes an attempt that was refused, if it is known whose it was.
pub(super) fn refused(asked: &Asked<'_>, error: &AadstsError) {
    let row = error.row();
    if row.code == 0 || *error == AadstsError::DevicePending {
        return;
    }
    let Some(belonging) = Belonging::of(asked) else { return };
    let (Some(principal), Some(client)) = (belonging.principal, belonging.client) else { return };
    let (kind, protocol) = match asked.body.get("grant_type").unwrap_or_default() {
        "client_credentials" => (SignInKind::ServicePrincipal, SignInProtocol::ClientCredentials),
        "refresh_token" => (SignInKind::NonInteractive, SignInProtocol::RefreshToken),
        "password" => (SignInKind::Interactive, SignInProtocol::Password),
        grant if grant.ends_with("device_code") => (SignInKind::Interactive, SignInProtocol::DeviceCode),
        _ => (SignInKind::Interactive, SignInProtocol::Browser),
    };
    let resource = AskedScope::of(asked, &belonging.tenant).ok().flatten().map(|scope| app_id(scope.resource));
    let attempt = Attempt { kind, protocol, principal, client, resource, mfa: false };
    attempt.note(asked, &belonging.tenant, Some(SignInFailure { code: row.code, reason: row.text }));
}

/// The application that a resource is.
pub(super) const fn app_id(resource: AskedResource) -> ClientId {
    match resource {
        AskedResource::Platform(resource) => resource.app_id(),
        AskedResource::Application(app_id) => app_id,
    }
}
