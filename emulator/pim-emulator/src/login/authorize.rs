//! `/{tenant}/oauth2/v2.0/authorize`: a person signs in, and the client gets a code.
//!
//! There are no sessions and no passwords here: whoever opens the page chooses a user. `prompt=none` with the name of an
//! existing user in `login_hint` stands for "has a session" and signs that user in without a page.
//!
//! Until the client and its redirect URI are known to be good, what goes wrong is shown on a page; from then on it is sent
//! back to the client.

use super::aadsts::AadstsError;
use super::asked::{Asked, Version};
use super::authority::Authority;
use super::client::{Client, client_id};
use super::consent;
use super::contexts;
use super::deliver::{Destination, ResponseMode};
use super::form::Form;
use super::page::{self, Picker};
use super::redirect_uri;
use super::scope::AskedScope;
use super::sign_in_log::{self, Attempt};
use super::users::{self, SigningIn};
use crate::app::Tenant;
use crate::app::ids::random_uuid;
use crate::app::sign_ins::{CodeChallenge, CodeGrant, SignIn, Way};
use crate::app::token::{IdTokenRequest, Validity, client_info};
use axum::http::Method;
use axum::response::Response;
use pim_core::model::{SignInKind, SignInProtocol};
use std::borrow::Cow;
use std::sync::Arc;

/// What the client wants back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Wanted {
    code: bool,
    id_token: bool,
}

/// A request whose client and redirect URI are good.
struct Authorization<'a> {
    asked: &'a Asked<'a>,
    form: Form,
    authority: Authority,
    tenant: Arc<Tenant>,
    /// Whether somebody of another tenant may sign in, too.
    several: bool,
    client: Client,
    destination: Destination,
}

/// Answers the page, or sends the browser back.
pub(super) fn authorize(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let authorization = Authorization::of(asked)?;
    Ok(match authorization.answer() {
        Ok(response) => response,
        Err(error) => {
            sign_in_log::refused(asked, &error);
            authorization.destination.refuse(asked, &error)
        }
    })
}

impl<'a> Authorization<'a> {
    fn of(asked: &'a Asked<'a>) -> Result<Self, AadstsError> {
        let form = asked.body.clone().and(asked.query.clone());
        let authority = asked.authority()?;
        let client_text = form.get("client_id").ok_or(AadstsError::MissingField("client_id"))?;
        let id = client_id(client_text, asked.segment())?;
        let tenants = authority.of_client(asked.app, id);
        let named = form.get("username").or_else(|| form.get("login_hint"));
        let of_named = named.and_then(|name| authority.of_user(asked.app, name).ok());
        let known = |tenant: &Arc<Tenant>| tenants.iter().any(|known| known.id() == tenant.id());
        let tenant = of_named.filter(known).or_else(|| tenants.first().cloned());
        let tenant = tenant.ok_or_else(|| AadstsError::UnknownApplication {
            client: client_text.to_owned(),
            tenant: asked.segment().to_owned(),
        })?;
        let client = Client::find(&tenant, id)?;
        let redirect_uri = redirect_uri::choose(&client, form.get("redirect_uri"), &asked.origin)?;
        let wanted = Wanted::parse(form.get("response_type"));
        let default = match &wanted {
            Ok(Wanted { id_token: true, .. }) => ResponseMode::Fragment,
            Ok(Wanted { id_token: false, .. }) | Err(_) => ResponseMode::Query,
        };
        let mode = ResponseMode::parse(form.get("response_mode"), default)?;
        let state = form.get("state").map(str::to_owned);
        let destination = Destination { redirect_uri, mode, state };
        Ok(Self { asked, form, authority, tenant, several: tenants.len() > 1, client, destination })
    }

    fn answer(&self) -> Result<Response, AadstsError> {
        let wanted = Wanted::parse(self.form.get("response_type"))?;
        if wanted.id_token && self.destination.mode == ResponseMode::Query {
            return Err(AadstsError::Malformed("response_mode"));
        }
        let scope = match AskedScope::of(self.asked, &self.tenant)? {
            Some(scope) => scope,
            None if self.asked.version == Version::V1 => {
                AskedScope::parse("openid offline_access", &self.asked.origin, &self.tenant)?
            }
            None => return Err(AadstsError::Missing("scope")),
        };
        self.challenge()?;
        if self.form.get("cancel").is_some() {
            return Err(AadstsError::Declined);
        }
        let silent = self.form.get("prompt") == Some("none");
        match (self.asked.method == Method::POST, self.form.get("username")) {
            (true, Some(name)) => match self.find(name) {
                Ok(user) => self.sign_in(&user, wanted, &scope),
                Err(error) => {
                    sign_in_log::refused(self.asked, &error);
                    Ok(self.picker(Some(&error.row().text)))
                }
            },
            _ if silent => {
                let hint = self.form.get("login_hint").ok_or(AadstsError::LoginRequired)?;
                let user = self.find(hint).map_err(|_| AadstsError::LoginRequired)?;
                self.sign_in(&user, wanted, &scope)
            }
            _ => Ok(self.picker(None)),
        }
    }

    fn find(&self, name: &str) -> Result<SigningIn, AadstsError> {
        // Where several tenants are meant, only a name that one of them knows says which.
        let tenant = self.authority.of_user(self.asked.app, name)?;
        if tenant.id() != self.tenant.id() {
            return Err(AadstsError::UnknownUser { user: name.to_owned(), tenant: self.tenant.domain().to_owned() });
        }
        users::find(&tenant, name)
    }

    fn picker(&self, problem: Option<&str>) -> Response {
        let not_carried = ["username", "cancel"];
        let picker = Picker {
            client: &self.client.name,
            tenant: (!self.several).then(|| self.tenant.domain()),
            problem,
            hidden: self.form.iter().filter(|(name, _)| !not_carried.contains(name)).collect(),
            // Tenants see nothing of one another: where several are meant, nobody is listed.
            choices: if self.several { Vec::new() } else { users::choices(&self.tenant) },
            typed: self.form.get("username").or_else(|| self.form.get("login_hint")).unwrap_or_default(),
            destination: Some(&self.destination.redirect_uri),
        };
        page::picker(self.asked, &picker)
    }

    /// The challenge of PKCE, if there is one.
    fn challenge(&self) -> Result<Option<CodeChallenge>, AadstsError> {
        let Some(challenge) = self.form.get("code_challenge").map(str::to_owned) else { return Ok(None) };
        match self.form.get("code_challenge_method") {
            Some("S256") => Ok(Some(CodeChallenge::S256(challenge))),
            Some("plain") | None => Ok(Some(CodeChallenge::Plain(challenge))),
            Some(_) => Err(AadstsError::Malformed("code_challenge_method")),
        }
    }

    fn sign_in(&self, user: &SigningIn, wanted: Wanted, scope: &AskedScope) -> Result<Response, AadstsError> {
        consent::granted(&self.tenant, &self.client, user.id, scope).map_err(AadstsError::on_page)?;
        let claims = self.asked.claims()?;
        let mut sign_in = SignIn {
            tenant: self.tenant.id(),
            client: self.client.id,
            user: user.id,
            way: Way::Browser,
            mfa: user.mfa,
            authentication_contexts: Vec::new(),
            takes_claims_challenges: claims.takes_claims_challenges,
        };
        sign_in.authentication_contexts = contexts::satisfied(&self.tenant, &sign_in, &claims)?;
        // Who is signed in already is not asked anything.
        let is_asked = self.asked.method == Method::POST;
        let kind = if is_asked { SignInKind::Interactive } else { SignInKind::NonInteractive };
        let attempt = Attempt::of(&sign_in, (kind, SignInProtocol::Browser), scope);
        let mut parameters: Vec<(&str, Cow<'_, str>)> = Vec::new();
        let nonce = self.form.get("nonce");
        if wanted.code {
            let grant = CodeGrant {
                sign_in,
                scope: scope.text.clone(),
                redirect_uri: self.destination.redirect_uri.clone(),
                nonce: nonce.map(str::to_owned),
                challenge: self.challenge()?,
            };
            parameters.push(("code", Cow::Owned(self.asked.app.sign_ins().issue_code(grant, self.asked.now))));
        }
        if wanted.id_token {
            let id_token = self.asked.app.tokens().issue_id_token(&IdTokenRequest {
                tenant: &self.tenant,
                client: self.client.id,
                user: user.id,
                format: self.asked.id_token_format(user.mfa),
                nonce,
                validity: Validity::lasting(self.asked.now, Validity::USER),
            })?;
            parameters.push(("id_token", Cow::Owned(id_token)));
        }
        if self.form.get("client_info") == Some("1") {
            parameters.push(("client_info", Cow::Owned(client_info(self.tenant.id(), user.id))));
        }
        attempt.succeeded(self.asked, &self.tenant);
        parameters.push(("session_state", Cow::Owned(random_uuid().to_string())));
        Ok(self.destination.send(self.asked, parameters))
    }
}

impl Wanted {
    fn parse(text: Option<&str>) -> Result<Self, AadstsError> {
        let text = text.ok_or(AadstsError::MissingField("response_type"))?;
        let mut wanted = Self { code: false, id_token: false };
        for part in text.split_ascii_whitespace() {
            match part {
                "code" => wanted.code = true,
                "id_token" => wanted.id_token = true,
                _ => return Err(AadstsError::UnsupportedResponse { response: text.to_owned() }),
            }
        }
        Ok(wanted)
    }
}
