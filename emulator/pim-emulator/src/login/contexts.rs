//! What a client asks of a sign-in beyond a password: multifactor authentication (MFA-3), and authentication contexts, which
//! mean whatever Conditional Access says of them (MFA-5).
//!
//! A context that no enabled policy asks of the user is granted as it is: there is nothing to satisfy. PIM then asks for
//! multifactor authentication (MFA-6) or for nothing (MFA-7), and for the context in no case, so that a client that begins
//! again with the claims of a refusal never goes round in circles.

use super::aadsts::AadstsError;
use super::claims::AskedClaims;
use crate::app::Tenant;
use crate::app::sign_ins::{SignIn, Way};
use pim_core::model::conditional_access::{AuthenticationContextId, ContextDemand};

/// The contexts that a sign-in satisfies: those that it did before (MFA-14), and those that are asked for now. A session that
/// has what they take need not ask the user again (MFA-4).
///
/// # Errors
/// [`AadstsError::MfaRequired`] when the user must sign in again for it, [`AadstsError::Blocked`] when that does not help.
pub(super) fn satisfied(tenant: &Tenant, sign_in: &SignIn, claims: &AskedClaims) -> Result<Vec<String>, AadstsError> {
    if claims.mfa && !sign_in.mfa {
        return Err(AadstsError::MfaRequired { claims: claims.text.clone() });
    }
    let mut contexts = sign_in.authentication_contexts.clone();
    for context in &claims.authentication_contexts {
        if !contexts.contains(context) {
            check(tenant, sign_in, context, claims)?;
            contexts.push(context.clone());
        }
    }
    Ok(contexts)
}

fn check(tenant: &Tenant, sign_in: &SignIn, context: &str, claims: &AskedClaims) -> Result<(), AadstsError> {
    let step_up = || AadstsError::MfaRequired { claims: claims.text.clone() };
    let Some(context) = AuthenticationContextId::parse(context) else {
        // Other values, such as `p1`, stand for multifactor authentication.
        return if sign_in.mfa { Ok(()) } else { Err(step_up()) };
    };
    match sign_in.way {
        // A context cannot be satisfied by a device code (MFA-10); somebody must sign in where the client is.
        Way::Device => return Err(step_up()),
        Way::Browser | Way::Password | Way::OnBehalf => {}
    }
    let user = sign_in.user;
    tenant.read(|view| match view.context_demand(user, context) {
        ContextDemand::MultiFactorAuthentication | ContextDemand::Nothing => Ok(()),
        ContextDemand::Context if view.satisfies_context(user, context, sign_in.mfa) => Ok(()),
        ContextDemand::Context if view.satisfies_context(user, context, true) => Err(step_up()),
        ContextDemand::Context => Err(AadstsError::Blocked { claims: claims.text.clone() }),
    })
}
