//! A tenant with people, and calls on every surface in their names.

use crate::support::{Answer, Client};
use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};

/// A tenant, and everything that a test asks of it.
#[derive(Clone, Debug)]
pub(super) struct Town {
    pub(super) client: Client,
    pub(super) made: Value,
}

/// What alice, who may be a Global Reader, and the application `ci` are in.
pub(super) fn world() -> Value {
    json!({"world": {
        "tenant": {"domain": "contoso.onmicrosoft.com", "now": "2026-01-05T08:00:00Z"},
        "users": [{"name": "alice", "mfa": true}, {"name": "bob"}, {"name": "carol"}],
        "applications": [{"name": "ci", "secret": "local-only", "appRoles": ["RoleManagement.ReadWrite.Directory",
            "User.ReadWrite.All", "Directory.Read.All"]}],
        "azure": {"subscriptions": [{"name": "prod"}]},
        "active": [{"principal": "bob", "role": "Global Administrator"}, {"principal": "bob", "azureRole": "Owner", "scope": "prod"}],
        "eligible": [{"principal": "alice", "role": "Global Reader", "duration": "P90D"}],
    }})
}

impl Town {
    pub(super) async fn new() -> Self {
        Self::in_world(&Client::of_all_surfaces(), &world()).await
    }

    /// One more tenant of an emulator.
    pub(super) async fn in_world(client: &Client, world: &Value) -> Self {
        let made = client.post("/_emulator/tenants", world).await.json(201);
        Self { client: client.clone(), made }
    }

    pub(super) fn id(&self) -> &str {
        self.made["tenantId"].as_str().unwrap()
    }

    /// The path of something in the control API.
    pub(super) fn at(&self, path: &str) -> String {
        format!("/_emulator/tenants/{}/{path}", self.id())
    }

    pub(super) async fn faults(&self, faults: &Value) -> Value {
        self.client.put(&self.at("faults"), faults).await.json(200)
    }

    pub(super) async fn requests(&self, query: &str) -> Value {
        self.client.get(&self.at(&format!("requests?{query}"))).await.json(200)
    }

    async fn token(&self, who: &str, audience: &str) -> String {
        let kind = if who == "ci" { "application" } else { "user" };
        let body = json!({kind: who, "audience": audience});
        let answer = self.client.post(&self.at("tokens"), &body).await.json(200);
        answer["accessToken"].as_str().unwrap().to_owned()
    }

    /// A call of somebody to Graph, Azure, or PIM's own service, by what the path begins with.
    pub(super) async fn call(&self, who: &str, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let is_below = |root: &str| path.trim_start_matches('/').to_ascii_lowercase().starts_with(root);
        let audience = if is_below("api/") {
            "pim"
        } else if is_below("v1.0/") || is_below("beta/") {
            "graph"
        } else {
            "arm"
        };
        let (mut parts, body) = Client::request(method, path, body).into_parts();
        let token = format!("Bearer {}", self.token(who, audience).await);
        parts.headers.insert(header::AUTHORIZATION, token.parse().unwrap());
        parts.headers.insert(header::USER_AGENT, "kit/1".parse().unwrap());
        parts.headers.insert("client-request-id", "Kit-7".parse().unwrap());
        self.client.send(Request::from_parts(parts, body)).await
    }

    pub(super) async fn get(&self, who: &str, path: &str) -> Answer {
        self.call(who, Method::GET, path, None).await
    }

    /// Asks for a token at a path of sign-in.
    pub(super) async fn sign_in(&self, tenant: &str, form: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post(format!("/{tenant}/oauth2/v2.0/token"))
            .header(header::HOST, "localhost:8443")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.client.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Signs `ci` in.
    pub(super) async fn sign_ci_in(&self) -> Answer {
        let client = self.made["applications"]["ci"]["clientId"].as_str().unwrap();
        let scope = "https://graph.microsoft.com/.default";
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", client),
            ("client_secret", "local-only"),
            ("scope", scope),
        ];
        self.sign_in(self.id(), &form).await
    }

    /// The path below a subscription.
    pub(super) fn below_prod(&self, path: &str) -> String {
        format!(
            "{}/providers/Microsoft.Authorization/{path}",
            self.made["subscriptions"]["prod"]["path"].as_str().unwrap()
        )
    }

    /// The body of an activation of Global Reader by alice.
    pub(super) fn activation(&self) -> Value {
        json!({
            "action": "selfActivate", "principalId": self.made["users"]["alice"]["id"], "directoryScopeId": "/",
            "roleDefinitionId": self.made["roles"]["Global Reader"]["id"], "justification": "Ticket 4711",
            "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT2H"}},
        })
    }
}
