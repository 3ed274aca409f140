//! `grant_type=authorization_code`: what `/authorize` gave, for tokens; with proof of PKCE if that was begun (RFC 7636).
//!
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow>

use super::{tenant_of, user_tokens};
use crate::app::sign_ins::{CodeChallenge, CodeGrant};
use crate::login::aadsts::AadstsError;
use crate::login::asked::Asked;
use crate::login::authority::Authority;
use crate::login::client::{Client, Credentials, same_text};
use crate::login::scope::AskedScope;
use crate::login::users;
use aws_lc_rs::digest::{SHA256, digest};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Answers with the user's tokens.
pub(in crate::login) fn grant(asked: &Asked<'_>, authority: &Authority) -> Result<Response, AadstsError> {
    let credentials = Credentials::of(asked)?;
    let id = credentials.client_id(asked.segment())?;
    let code = asked.required("code")?;
    let mut proven = None;
    // Everything is checked before the code is used up, so that a mistake can be corrected.
    let grant = asked.app.sign_ins().redeem_code::<AadstsError>(code, asked.now, |grant| {
        if grant.sign_in.client != id {
            return Err(AadstsError::UnknownGrant);
        }
        let tenant = tenant_of(asked, authority, &grant.sign_in)?;
        let authentication = Client::find(&tenant, id)?.authenticate(asked, &tenant, &credentials)?;
        check_redirect(asked, grant)?;
        check_verifier(grant.challenge.as_ref(), asked.body.get("code_verifier"))?;
        users::still_enabled(&tenant, grant.sign_in.user)?;
        proven = Some((tenant, authentication));
        Ok(())
    })?;
    let (tenant, authentication) = proven.ok_or(AadstsError::UnknownGrant)?;
    let scope = AskedScope::parse(&grant.scope, &asked.origin, &tenant)?;
    user_tokens(asked, &tenant, authentication, grant.sign_in, &scope, grant.nonce.as_deref())
}

fn check_redirect(asked: &Asked<'_>, grant: &CodeGrant) -> Result<(), AadstsError> {
    let given = asked.required("redirect_uri")?;
    if given == grant.redirect_uri {
        return Ok(());
    }
    Err(AadstsError::OtherRedirect { given: given.to_owned(), expected: grant.redirect_uri.clone() })
}

fn check_verifier(challenge: Option<&CodeChallenge>, verifier: Option<&str>) -> Result<(), AadstsError> {
    let fits = match (challenge, verifier) {
        (None, _) => return Ok(()),
        (Some(_), None) => return Err(AadstsError::NoVerifier),
        (Some(CodeChallenge::Plain(challenge)), Some(verifier)) => same_text(challenge, verifier),
        (Some(CodeChallenge::S256(challenge)), Some(verifier)) => {
            let hash = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
            same_text(challenge.trim_end_matches('='), &hash)
        }
    };
    if fits { Ok(()) } else { Err(AadstsError::WrongVerifier) }
}
