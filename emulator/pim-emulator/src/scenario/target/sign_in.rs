//! Tokens of a target: one that the file has, else one got with a password or a client's secret.

use super::super::wire::{Audience, Caller};
use super::Target;
use super::people::{Secret, SessionEntry};
use serde_json::Value;
use uuid::{Uuid, uuid};

/// The clients with which people sign in by their passwords: Microsoft Graph Command Line Tools, and the Azure CLI.
const GRAPH_CLIENT: Uuid = uuid!("14d82eec-204b-4c2f-b7e8-296a70dab67e");
const ARM_CLIENT: Uuid = uuid!("04b07795-8ddb-461a-bbee-02f9e1bf7b46");

impl Target {
    /// Why somebody cannot have the session that a step wants; nothing where they can, as far as one sees before asking.
    pub(super) fn no_session(&self, who: &Caller) -> Option<String> {
        let (sessions, others) = self.file.sessions(who);
        let needs_mfa = !who.is_application && who.mfa == Some(true);
        if sessions.iter().any(|session| session.satisfies(who)) || (others && !needs_mfa && who.contexts.is_empty()) {
            return None;
        }
        let wanted = match (needs_mfa, who.contexts.is_empty()) {
            (_, false) => format!(" with the contexts {}", who.contexts.join(", ")),
            (true, true) => " with multifactor authentication".to_owned(),
            (false, true) => String::new(),
        };
        Some(format!("the file of the target has no session of '{}'{wanted}", who.name))
    }

    /// A token of somebody.
    ///
    /// # Errors
    /// In words, when there is none.
    pub(in crate::scenario) async fn token(&self, who: &Caller, audience: Audience) -> Result<String, String> {
        let (sessions, _) = self.file.sessions(who);
        if let Some(SessionEntry { token: Secret(token), .. }) = sessions.iter().find(|it| it.fits(who, audience)) {
            return Ok(token.clone());
        }
        let form = self.form(who, audience).ok_or_else(|| {
            let whom = audience.name();
            self.no_session(who).unwrap_or_else(|| {
                format!("the file of the target has no token of '{}' for {whom}, nor a password or secret", who.name)
            })
        })?;
        let path = format!("{}/{}/oauth2/v2.0/token", self.addresses.login, self.file.tenant_id);
        let answer = self.post_form(path, form).await?;
        match (&answer.body["access_token"], &answer.body["error_description"]) {
            (Value::String(token), _) => Ok(token.clone()),
            (_, Value::String(why)) => Err(format!("'{}' cannot sign in at the target: {why}", who.name)),
            _ => Err(format!("'{}' cannot sign in at the target: the answer was {}", who.name, answer.status)),
        }
    }

    /// What is sent to get a token, if that can be done.
    fn form(&self, who: &Caller, audience: Audience) -> Option<String> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("scope", audience.default_scope());
        if who.is_application {
            let application = self.file.applications.get(&who.name)?;
            let Secret(secret) = application.secret.as_ref()?;
            form.append_pair("grant_type", "client_credentials");
            form.append_pair("client_id", &application.client_id.to_string());
            form.append_pair("client_secret", secret);
        } else {
            let user = self.file.users.get(&who.name)?;
            let Secret(password) = user.password.as_ref()?;
            let client = self.file.client_id.unwrap_or(match audience {
                Audience::Graph => GRAPH_CLIENT,
                Audience::Arm => ARM_CLIENT,
            });
            form.append_pair("grant_type", "password");
            form.append_pair("client_id", &client.to_string());
            form.append_pair("username", &user.user_principal_name);
            form.append_pair("password", password);
        }
        Some(form.finish())
    }
}
