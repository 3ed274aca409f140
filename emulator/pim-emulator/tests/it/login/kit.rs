//! A tenant to sign in to, and a client that says exactly what it wants to.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::{Application, ClientSecret, License, ServicePrincipal, Tenant as Organization, User, UserType};
use pim_core::time::Instant;
use pim_core::{Actor, ApplicationId, ClientId, Command, Pim, PrincipalId, TenantId};
use pim_emulator::app::ids::TenantIds;
use pim_emulator::app::{App, ClockMode, Tenant};
use serde_json::Value;
use std::sync::Arc;
use tower::ServiceExt as _;
use uuid::Uuid;

pub(super) const CONTOSO: TenantId = TenantId(Uuid::from_u128(0xc0));
pub(super) const FABRIKAM: TenantId = TenantId(Uuid::from_u128(0xfa));
pub(super) const ALICE: PrincipalId = PrincipalId(Uuid::from_u128(0xa1));
pub(super) const BOB: PrincipalId = PrincipalId(Uuid::from_u128(0xb0));
const CAROL: PrincipalId = PrincipalId(Uuid::from_u128(0xca));

/// A confidential client with application permissions.
pub(super) const CI_APP: &str = "00000000-0000-0000-0000-000000000c11";
pub(super) const CI_PRINCIPAL: PrincipalId = PrincipalId(Uuid::from_u128(0x0c12));
/// A confidential client whose secret has expired.
pub(super) const OLD_APP: &str = "00000000-0000-0000-0000-0000000001d0";
/// A confidential client whose service principal is disabled.
pub(super) const OFF_APP: &str = "00000000-0000-0000-0000-000000000ff0";
/// A confidential client without a service principal.
pub(super) const LONE_APP: &str = "00000000-0000-0000-0000-0000000010e0";
/// A public client with redirect URIs.
pub(super) const PUBLIC_APP: &str = "00000000-0000-0000-0000-00000000b1c0";
/// The client that exists everywhere.
pub(super) const GRAPH_CLI: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

/// The client of the Azure command line, which exists everywhere, too.
pub(super) const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

pub(super) const SECRET: &str = "local & only+";
pub(super) const ROLE: &str = "RoleManagement.ReadWrite.Directory";

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{} {}", self.status, self.text))
    }

    pub(super) fn text_of(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_else(|| panic!("no {name}: {}", self.text)).to_owned()
    }

    pub(super) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The parameters of the address that a browser is sent to, after its `?` or `#`.
    pub(super) fn sent(&self, separator: char) -> Vec<(String, String)> {
        let location = self.header(header::LOCATION);
        let (_, parameters) = location.split_once(separator).unwrap_or_else(|| panic!("{}: {location}", self.status));
        form_urlencoded::parse(parameters.as_bytes()).into_owned().collect()
    }
}

pub(super) fn value<'a>(parameters: &'a [(String, String)], name: &str) -> &'a str {
    parameters.iter().find(|(candidate, _)| candidate == name).map_or("", |(_, value)| value)
}

/// The claims of a token, unverified.
pub(super) fn claims(token: &str) -> Value {
    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(parts.len(), 3, "{token}");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap()
}

/// Sign-in for two tenants.
pub(super) struct SignIn {
    pub(super) app: Arc<App>,
    router: Router,
    pub(super) host: &'static str,
}

impl SignIn {
    pub(super) fn new() -> Self {
        let app = Arc::new(App::default());
        app.add(tenant(CONTOSO, "contoso.onmicrosoft.com", 0)).unwrap();
        app.add(tenant(FABRIKAM, "fabrikam.onmicrosoft.com", 0x1_0000)).unwrap();
        Self { router: pim_emulator::login::router(Arc::clone(&app)), app, host: "localhost:8443" }
    }

    /// Every surface, for the tenant of a world.
    pub(super) fn of_world(yaml: &str) -> Self {
        let app = Arc::new(App::default());
        app.add(crate::world::load(yaml)).unwrap();
        let router = pim_emulator::surfaces::router(Arc::clone(&app), pim_emulator::control::Options::default());
        Self { router, app, host: "localhost:8443" }
    }

    /// Its one tenant.
    pub(super) fn tenant(&self) -> Arc<Tenant> {
        self.app.tenants().pop().unwrap()
    }

    /// A call with a token.
    pub(super) async fn call(&self, method: &str, path: &str, token: &str, body: &Value) -> Answer {
        let request = Request::builder().method(method).uri(path).header(header::HOST, self.host);
        let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        let request = if body.is_null() {
            request.body(Body::empty())
        } else {
            request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string()))
        };
        self.send(request.unwrap()).await
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).header(header::HOST, self.host).body(Body::empty()).unwrap()).await
    }

    pub(super) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header(header::HOST, self.host)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encode(form))).unwrap()).await
    }

    /// Asks the token endpoint of the first tenant.
    pub(super) async fn token(&self, form: &[(&str, &str)]) -> Answer {
        self.post("/contoso.onmicrosoft.com/oauth2/v2.0/token", form).await
    }
}

pub(super) fn encode(form: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}

/// A tenant; the ids of all but its first one are moved by `offset`.
fn tenant(id: TenantId, domain: &str, offset: u128) -> Tenant {
    let now = Instant::parse("2026-01-05T08:00:00Z").unwrap();
    let mut pim = Pim::new(now);
    let mut ids = TenantIds::seeded(1);
    let organization = Organization {
        id,
        domain: domain.to_owned(),
        display_name: domain.to_owned(),
        license: License::P2,
        created: now,
    };
    let mut commands = vec![Command::CreateTenant(organization)];
    let moved = |id: Uuid| Uuid::from_u128(id.as_u128() + offset);
    for (id, name, mfa, account_enabled) in
        [(ALICE, "alice", true, true), (BOB, "bob", false, true), (CAROL, "carol", false, false)]
    {
        commands.push(Command::CreateUser(User {
            id: PrincipalId(moved(id.0)),
            user_principal_name: format!("{name}@{domain}"),
            display_name: format!("{name} <Archer>"),
            given_name: Some(name.to_owned()),
            surname: Some("Archer".to_owned()),
            mail: None,
            mail_nickname: name.to_owned(),
            job_title: None,
            department: None,
            account_enabled,
            user_type: UserType::Member,
            manager: None,
            created: now,
            password: format!("pässword of {name}"),
            mfa,
            details: None,
        }));
    }
    if offset == 0 {
        let never = |value: &str| vec![ClientSecret::new(value)];
        let expired = vec![ClientSecret { expires: Some(now), ..ClientSecret::new(SECRET) }];
        let loopback = vec!["http://localhost/back".to_owned(), "https://tool.example/back?a=b".to_owned()];
        commands.extend(application(CI_APP, never(SECRET), Vec::new(), Some(CI_PRINCIPAL), true));
        commands.extend(application(OLD_APP, expired, Vec::new(), Some(PrincipalId(Uuid::from_u128(0x01d1))), true));
        commands.extend(application(
            OFF_APP,
            never(SECRET),
            Vec::new(),
            Some(PrincipalId(Uuid::from_u128(0xff1))),
            false,
        ));
        commands.extend(application(LONE_APP, never(SECRET), Vec::new(), None, true));
        commands.extend(application(PUBLIC_APP, Vec::new(), loopback, None, true));
    }
    for command in commands {
        pim.handle(now, &mut ids, Actor::SetUp, &command).unwrap();
    }
    Tenant::new(pim, ids, ClockMode::Manual)
}

fn application(
    id: &str,
    secrets: Vec<ClientSecret>,
    redirect_uris: Vec<String>,
    principal: Option<PrincipalId>,
    account_enabled: bool,
) -> Vec<Command> {
    let created = Instant::parse("2026-01-05T08:00:00Z").unwrap();
    let app_id = ClientId(Uuid::parse_str(id).unwrap());
    let display_name = format!("app {id}");
    let object_id = ApplicationId(Uuid::from_u128(app_id.0.as_u128() + 0x1000_0000));
    let mut commands = vec![Command::CreateApplication(Application {
        secrets,
        redirect_uris,
        ..Application::new(object_id, app_id, display_name.as_str(), created)
    })];
    commands.extend(principal.map(|id| {
        Command::CreateServicePrincipal(ServicePrincipal {
            account_enabled,
            app_roles: vec![ROLE.to_owned()],
            ..ServicePrincipal::new(id, app_id, display_name, created)
        })
    }));
    commands
}
