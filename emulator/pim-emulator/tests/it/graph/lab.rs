//! A small tenant and clients by identity: `alice` is nobody in particular, `gina` is Global Administrator, `rita` reads.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::conditional_access::AuthenticationContextId;
use pim_core::model::{
    AdministrativeUnit, ApprovalChange, Approver, AssignmentKind, DirectoryScope, Group, GroupType, License,
    PolicyChange, PolicySubject, Privilege, RuleChange, ServicePrincipal, Tenant as TenantModel, User, UserType, roles,
};
use pim_core::time::{Instant, Length};
use pim_core::{
    Actor, AdministrativeUnitId, Ask, AuthenticationContextChange, ClientId, Command, Pim, PrincipalId,
    RoleDefinitionId, TenantId,
};
use pim_emulator::app::ids::TenantIds;
use pim_emulator::app::token::{ClientAuthentication, Subject, TokenRequest, Validity};
use pim_emulator::app::{App, ClockMode, Tenant, real_now};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;
use uuid::{Uuid, uuid};

pub(super) const TENANT: Uuid = uuid!("7f1d2a10-0c3e-4b57-9a51-2d4b6c8e0f11");
pub(super) const ALICE: Uuid = uuid!("3c0f7a52-91d4-4c0e-8b1f-5a2e9d7c6b40");
pub(super) const GINA: Uuid = uuid!("a8d41c6e-27f3-4f09-b2c5-6e90d3f1a7b8");
pub(super) const RITA: Uuid = uuid!("5e0a2f7c-6d41-4b8e-9f03-71c2d4e6a855");
pub(super) const ROBOT: Uuid = uuid!("0b8c1d2e-3f40-4516-8273-94a5b6c7d8e9");
pub(super) const BERLIN: Uuid = uuid!("91a2b3c4-d5e6-4f70-8192-a3b4c5d6e7f8");
pub(super) const OPS: Uuid = uuid!("b94e6d03-5c1a-4e72-8f3d-1a07c2e5d964");
pub(super) const GROUPS_ADMINISTRATOR: Uuid = uuid!("fdd7a751-b60b-444a-984c-02652fe8fa1c");
const ROBOT_CLIENT: ClientId = ClientId(uuid!("11112222-3333-4444-8555-666677778888"));
const GRAPH_TOOLS: ClientId = ClientId(uuid!("14d82eec-204b-4c2f-b7e8-296a70dab67e"));

/// Every permission that the tests are about.
const ALL: &str = "RoleManagement.ReadWrite.Directory RoleAssignmentSchedule.ReadWrite.Directory \
                   RoleEligibilitySchedule.ReadWrite.Directory Directory.Read.All User.Read User.Read.All";

/// What it takes to do everything to applications.
pub(super) const APPLICATIONS: &str =
    "Application.ReadWrite.All AppRoleAssignment.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All";

/// Everything that can be done to users and groups.
pub(super) const WRITE: &str =
    "Directory.Read.All User.ReadWrite.All Group.ReadWrite.All RoleManagement.ReadWrite.Directory";

pub(super) struct Lab {
    app: Arc<App>,
    tenant: Arc<Tenant>,
    router: Router,
}

/// Somebody with a token.
pub(super) struct Client<'a> {
    lab: &'a Lab,
    token: Option<String>,
    version: &'static str,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

impl Answer {
    pub(super) fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    pub(super) fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_default()
    }

    /// The items of a collection.
    pub(super) fn items(&self) -> &[Value] {
        self.body["value"].as_array().unwrap_or_else(|| panic!("no collection: {self:?}"))
    }

    pub(super) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }
}

impl Lab {
    pub(super) fn new() -> Self {
        Self::licensed(License::P2)
    }

    pub(super) fn licensed(license: License) -> Self {
        let app = Arc::new(App::default());
        let tenant = app.add(Tenant::new(machine(license), TenantIds::seeded(1), ClockMode::Manual)).unwrap();
        let router = pim_emulator::surfaces::router(Arc::clone(&app), pim_emulator::control::Options::default());
        Self { app, tenant, router }
    }

    /// The tenant, for what no route does.
    pub(super) fn tenant(&self) -> &Arc<Tenant> {
        &self.tenant
    }

    pub(super) fn remove_tenant(&self) {
        assert!(self.app.remove(self.tenant.id()));
    }

    pub(super) fn advance(&self, length: Length) {
        self.tenant.jump_to(self.tenant.clock().now().plus(length)).unwrap();
    }

    pub(super) fn anonymous(&self) -> Client<'_> {
        Client { lab: self, token: None, version: "v1.0" }
    }

    pub(super) fn bearer(&self, token: &str) -> Client<'_> {
        Client { token: Some(token.to_owned()), ..self.anonymous() }
    }

    pub(super) fn user(&self, id: Uuid) -> Client<'_> {
        self.with_scopes(id, ALL)
    }

    pub(super) fn with_scopes(&self, id: Uuid, scopes: &str) -> Client<'_> {
        let subject = Subject::User { id: PrincipalId(id), scopes, mfa: false, authentication_contexts: &[] };
        self.bearer(&self.token(GRAPH_TOOLS, subject, Validity::lasting(real_now(), Validity::USER)))
    }

    pub(super) fn application(&self) -> Client<'_> {
        let subject = Subject::Application { roles: None };
        self.bearer(&self.token(ROBOT_CLIENT, subject, Validity::lasting(real_now(), Validity::APPLICATION)))
    }

    /// The application with other permissions than its own.
    pub(super) fn application_with(&self, roles: &[&str]) -> Client<'_> {
        let roles: Vec<_> = roles.iter().map(|role| (*role).to_owned()).collect();
        let subject = Subject::Application { roles: Some(&roles) };
        self.bearer(&self.token(ROBOT_CLIENT, subject, Validity::lasting(real_now(), Validity::APPLICATION)))
    }

    /// A token of alice that is valid then.
    pub(super) fn token_valid(&self, validity: Validity) -> String {
        let subject = Subject::User { id: PrincipalId(ALICE), scopes: ALL, mfa: false, authentication_contexts: &[] };
        self.token(GRAPH_TOOLS, subject, validity)
    }

    fn token(&self, client: ClientId, subject: Subject<'_>, validity: Validity) -> String {
        self.token_for("https://graph.microsoft.com", client, subject, validity)
    }

    /// A user at PIM's own service, with a token for some resource.
    pub(super) fn at_older_service(&self, id: Uuid, audience: &str) -> Client<'_> {
        let subject = Subject::User {
            id: PrincipalId(id),
            scopes: "user_impersonation",
            mfa: true,
            authentication_contexts: &[],
        };
        let token = self.token_for(audience, GRAPH_TOOLS, subject, Validity::lasting(real_now(), Validity::USER));
        Client { version: "api/v2", ..self.bearer(&token) }
    }

    fn token_for(&self, audience: &str, client: ClientId, subject: Subject<'_>, validity: Validity) -> String {
        let request = TokenRequest {
            tenant: &self.tenant,
            client,
            authentication: ClientAuthentication::Public,
            audience,
            registered: None,
            subject,
            validity,
            takes_claims_challenges: false,
        };
        self.app.tokens().issue(&request).unwrap()
    }

    /// Publishes an authentication context.
    pub(super) fn publish(&self, context: &str) {
        let context = AuthenticationContextId::parse(context).unwrap();
        let change = AuthenticationContextChange { is_available: Some(true), ..AuthenticationContextChange::default() };
        let command = Command::SetAuthenticationContext { context, change };
        self.tenant.handle(Actor::SetUp, &command, |_, _| ()).unwrap();
    }

    /// Makes somebody eligible for good.
    pub(super) fn eligible(&self, principal: Uuid, role: Uuid) {
        let ask = Ask {
            side: AssignmentKind::Eligibility,
            action: pim_core::model::Action::AdminAssign,
            principal: PrincipalId(principal),
            privilege: Privilege::DirectoryRole { role: RoleDefinitionId(role), scope: DirectoryScope::Tenant },
            schedule: Some(pim_core::model::AskedSchedule {
                start: None,
                expiration: pim_core::model::AskedExpiration::NoExpiration,
            }),
            target_schedule: None,
            justification: None,
            ticket: pim_core::model::TicketInfo::default(),
            id: None,
            details: None,
        };
        self.set_up(&Command::Request(ask));
    }

    /// Lets activations of a role wait for these approvers; for the default ones when there are none.
    pub(super) fn approval_by(&self, role: Uuid, approvers: &[Uuid]) {
        let approver = |id: &Uuid| Approver { id: PrincipalId(*id), description: None };
        let change = ApprovalChange {
            is_approval_required: Some(true),
            primary_approvers: Some(approvers.iter().map(approver).collect()),
            ..ApprovalChange::default()
        };
        self.set_up(&Command::UpdatePolicy(PolicyChange {
            subject: PolicySubject::DirectoryRole(RoleDefinitionId(role)),
            rules: vec![RuleChange::Approval(change)],
        }));
    }

    /// Gives a role for good, outside PIM.
    pub(super) fn hold(&self, principal: Uuid, role: RoleDefinitionId, scope: DirectoryScope) {
        let privilege = Privilege::DirectoryRole { role, scope };
        self.set_up(&Command::CreateRoleAssignment {
            principal: PrincipalId(principal),
            privilege,
            id: None,
            details: None,
        });
    }

    /// Asks sign-in for a token of an application for Microsoft Graph.
    pub(super) async fn sign_in(&self, client: &str, secret: &str) -> Answer {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", client),
            ("client_secret", secret),
            ("scope", "https://graph.microsoft.com/.default"),
        ];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let path = format!("/{TENANT}/oauth2/v2.0/token");
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.anonymous().send(Method::POST, &path, &headers, Body::from(body)).await
    }

    /// Makes a user of nothing in particular.
    pub(super) fn make_user(&self, id: Uuid, name: &str) {
        self.set_up(&Command::CreateUser(user(id, name, self.tenant.clock().now())));
    }

    /// Does something as whoever sets up the tenant.
    pub(super) fn set_up(&self, command: &Command) {
        self.tenant.handle(Actor::SetUp, command, |_, _| ()).unwrap();
    }
}

impl Client<'_> {
    pub(super) fn beta(self) -> Self {
        Self { version: "beta", ..self }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    pub(super) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[], Body::empty()).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, &[("content-type", "application/json")], Body::from(body.to_string())).await
    }

    pub(super) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, &[("content-type", "application/json")], Body::from(body.to_string())).await
    }

    /// Reads as one who accepts that the answer may lag.
    pub(super) async fn get_eventually(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("consistencylevel", "eventual")], Body::empty()).await
    }

    pub(super) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, &[("content-type", "application/json")], Body::from(body.to_string())).await
    }

    /// Changes something, or makes it where it is not there.
    pub(super) async fn upsert(&self, path: &str, body: Value) -> Answer {
        let headers = [("content-type", "application/json"), ("prefer", "respond-async, create-if-missing")];
        self.send(Method::PATCH, path, &headers, Body::from(body.to_string())).await
    }

    /// Reads what has changed, and no more.
    pub(super) async fn get_minimal(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("prefer", "return=minimal")], Body::empty()).await
    }

    /// Reads without looking inside: the headers and the bytes.
    pub(super) async fn bytes(&self, path: &str, headers: &[(&str, &str)]) -> (HeaderMap, Vec<u8>) {
        let (parts, bytes) = self.exchange(Method::GET, path, headers, Body::empty()).await;
        (parts.headers, bytes)
    }

    /// Sends anything; a path without a slash in front is taken below the version.
    pub(super) async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let (parts, bytes) = self.exchange(method, path, headers, body).await;
        let body = match bytes.as_slice() {
            [] => Value::Null,
            text => {
                serde_json::from_slice(text).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(text).into()))
            }
        };
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> (axum::http::response::Parts, Vec<u8>) {
        let uri = if path.starts_with('/') { path.to_owned() } else { format!("/{}/{path}", self.version) };
        let mut request = Request::builder()
            .method(method)
            .uri(uri.replace(' ', "%20").replace('"', "%22"))
            .header("host", "localhost:8443");
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.lab.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts, to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }
}

/// What the token of an answer says, unverified.
pub(super) fn claims(answer: &Answer) -> Value {
    let token = answer.body["access_token"].as_str().unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

/// The body of an activation of Groups Administrator by alice.
pub(super) fn activation(duration: &str) -> Value {
    json!({
        "action": "selfActivate",
        "principalId": ALICE,
        "roleDefinitionId": GROUPS_ADMINISTRATOR,
        "directoryScopeId": "/",
        "justification": "Ticket 4711: rename a group",
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": duration } },
    })
}

pub(super) const REQUESTS: &str = "roleManagement/directory/roleAssignmentScheduleRequests";
pub(super) const ELIGIBILITY_REQUESTS: &str = "roleManagement/directory/roleEligibilityScheduleRequests";
pub(super) const INSTANCES: &str = "roleManagement/directory/roleAssignmentScheduleInstances";
pub(super) const ASSIGNMENTS: &str = "roleManagement/directory/roleAssignments";

fn machine(license: License) -> Pim {
    let now = Instant::parse("2026-01-05T08:00:00Z").unwrap();
    let before = now.minus(Length::hours(1));
    let mut pim = Pim::new(before);
    let mut ids = TenantIds::seeded(7);
    let mut run = |at, command: Command| {
        pim.handle(at, &mut ids, Actor::SetUp, &command)
            .unwrap_or_else(|rejection| panic!("{command:?}: {rejection:?}"))
    };
    run(
        before,
        Command::CreateTenant(TenantModel {
            id: TenantId(TENANT),
            domain: "contoso.onmicrosoft.com".to_owned(),
            display_name: "Contoso".to_owned(),
            license,
            created: before,
        }),
    );
    for (id, name) in [(ALICE, "alice"), (GINA, "gina"), (RITA, "rita")] {
        run(before, Command::CreateUser(user(id, name, before)));
    }
    run(
        before,
        Command::CreateServicePrincipal(ServicePrincipal {
            app_roles: vec!["RoleManagement.ReadWrite.Directory".to_owned(), "Directory.Read.All".to_owned()],
            ..ServicePrincipal::new(PrincipalId(ROBOT), ROBOT_CLIENT, "robot", before)
        }),
    );
    run(
        before,
        Command::CreateGroup(Group {
            id: PrincipalId(OPS),
            display_name: "Operations".to_owned(),
            description: None,
            mail_nickname: "ops".to_owned(),
            group_type: GroupType::Security,
            is_assignable_to_role: true,
            membership_rule: None,
            on_premises_synced: false,
            created: before,
            details: None,
        }),
    );
    run(before, Command::AddMember { group: PrincipalId(OPS), member: PrincipalId(ALICE) });
    run(
        before,
        Command::CreateAdministrativeUnit(AdministrativeUnit {
            members: vec![PrincipalId(ALICE)],
            ..AdministrativeUnit::new(AdministrativeUnitId(BERLIN), "Berlin", before)
        }),
    );
    for (principal, role) in [(GINA, roles::GLOBAL_ADMINISTRATOR), (RITA, roles::GLOBAL_READER)] {
        run(
            before,
            Command::CreateRoleAssignment {
                principal: PrincipalId(principal),
                privilege: Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant },
                id: None,
                details: None,
            },
        );
    }
    pim.advance_to(now);
    pim
}

pub(super) fn user(id: Uuid, name: &str, created: Instant) -> User {
    User {
        id: PrincipalId(id),
        user_principal_name: format!("{name}@contoso.onmicrosoft.com"),
        display_name: name.to_owned(),
        given_name: None,
        surname: None,
        mail: None,
        mail_nickname: name.to_owned(),
        job_title: None,
        department: None,
        account_enabled: true,
        user_type: UserType::Member,
        manager: None,
        created,
        password: "secret".to_owned(),
        mfa: false,
        details: None,
    }
}
