//! The users that sign in.

use super::aadsts::AadstsError;
use super::page::Choice;
use crate::app::Tenant;
use pim_core::PrincipalId;
use pim_core::model::{Principal, PrincipalKind};

/// How many users a page offers; the others type their names.
const OFFERED: usize = 100;

/// A user who may sign in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SigningIn {
    pub(super) id: PrincipalId,
    pub(super) mfa: bool,
    pub(super) password: String,
}

/// The user of that name, who may sign in: a blocked one gets no token, and so activates nothing (ACT-33).
pub(super) fn find(tenant: &Tenant, name: &str) -> Result<SigningIn, AadstsError> {
    let found = tenant.read(|view| {
        let user = view.user_named(name)?;
        let signing_in = SigningIn { id: user.id, mfa: user.mfa, password: user.password.clone() };
        Some((signing_in, user.account_enabled))
    });
    match found {
        Some((user, true)) => Ok(user),
        Some((_, false)) => Err(AadstsError::DisabledUser),
        None => Err(AadstsError::UnknownUser { user: name.to_owned(), tenant: tenant.domain().to_owned() }),
    }
}

/// Whether a user who signed in before may still.
pub(super) fn still_enabled(tenant: &Tenant, user: PrincipalId) -> Result<(), AadstsError> {
    match tenant.read(|view| view.user(user).map(|user| user.account_enabled)) {
        Some(true) => Ok(()),
        Some(false) => Err(AadstsError::DisabledUser),
        None => Err(AadstsError::UnknownUser { user: user.to_string(), tenant: tenant.domain().to_owned() }),
    }
}

/// The users that a page offers, in the order in which they were made.
pub(super) fn choices(tenant: &Tenant) -> Vec<Choice> {
    tenant.read(|view| {
        view.principals(PrincipalKind::User, None)
            .filter_map(|(_, principal)| match principal {
                Principal::User(user) if user.account_enabled => Some(Choice {
                    user_principal_name: user.user_principal_name.clone(),
                    display_name: user.display_name.clone(),
                    mfa: user.mfa,
                }),
                Principal::User(_) | Principal::Group(_) | Principal::ServicePrincipal(_) => None,
            })
            .take(OFFERED)
            .collect()
    })
}
