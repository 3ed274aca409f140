//! What a token costs, beside the bare signature.

use divan::Bencher;
use pim_core::model::{License, Tenant as Organization, User, UserType};
use pim_core::time::Instant;
use pim_core::{Actor, Command, Pim, PrincipalId, TenantId};
use pim_emulator::app::ids::TenantIds;
use pim_emulator::app::token::{
    Audience, ClientAuthentication, GRAPH_COMMAND_LINE_TOOLS, Subject, TokenRequest, Validity,
};
use pim_emulator::app::{App, ClockMode, Tenant, real_now};
use std::sync::Arc;
use uuid::Uuid;

fn main() {
    divan::main();
}

const USER: PrincipalId = PrincipalId(Uuid::from_u128(0xa1));

fn world() -> (App, Arc<Tenant>) {
    let now = Instant::from_milliseconds(1_767_600_000_000);
    let mut pim = Pim::new(now);
    let mut ids = TenantIds::seeded(1);
    let organization = Organization {
        id: TenantId(Uuid::from_u128(0xc0)),
        domain: "contoso.onmicrosoft.com".to_owned(),
        display_name: "Contoso".to_owned(),
        license: License::P2,
        created: now,
    };
    let user = User {
        id: USER,
        user_principal_name: "alice@contoso.onmicrosoft.com".to_owned(),
        display_name: "Alice Archer".to_owned(),
        given_name: Some("Alice".to_owned()),
        surname: Some("Archer".to_owned()),
        mail: None,
        mail_nickname: "alice".to_owned(),
        job_title: None,
        department: None,
        account_enabled: true,
        user_type: UserType::Member,
        manager: None,
        created: now,
        password: String::new(),
        mfa: true,
        details: None,
    };
    for command in [Command::CreateTenant(organization), Command::CreateUser(user)] {
        let done = pim.handle(now, &mut ids, Actor::SetUp, &command);
        assert!(done.is_ok(), "{done:?}");
    }
    let app = App::default();
    let tenant = app.add(Tenant::new(pim, ids, ClockMode::Manual)).expect("an empty process");
    (app, tenant)
}

fn issue(app: &App, tenant: &Tenant, scopes: &str) -> String {
    let request = TokenRequest {
        tenant,
        client: GRAPH_COMMAND_LINE_TOOLS,
        authentication: ClientAuthentication::Public,
        audience: Audience::Graph.as_str(),
        registered: None,
        subject: Subject::User { id: USER, scopes, mfa: true, authentication_contexts: &[] },
        validity: Validity::lasting(real_now(), Validity::USER),
        takes_claims_challenges: true,
    };
    app.tokens().issue(&request).expect("a key")
}

fn scopes() -> String {
    pim_emulator::app::token::permissions::delegated().collect::<Vec<_>>().join(" ")
}

#[divan::bench]
fn bare_signature(bencher: Bencher<'_, '_>) {
    let (app, tenant) = world();
    let message = issue(&app, &tenant, &scopes()).into_bytes();
    let key = app.tokens().key().expect("a key");
    bencher.bench_local(|| key.sign(&message));
}

#[divan::bench]
fn issue_with_every_scope(bencher: Bencher<'_, '_>) {
    let (app, tenant) = world();
    let scopes = scopes();
    bencher.bench_local(|| issue(&app, &tenant, &scopes));
}

#[divan::bench]
fn bare_verification(bencher: Bencher<'_, '_>) {
    let (app, tenant) = world();
    let message = issue(&app, &tenant, "User.Read").into_bytes();
    let key = app.tokens().key().expect("a key");
    let signature = key.sign(&message).expect("a signature");
    bencher.bench_local(|| key.verifies(&message, &signature));
}

#[divan::bench]
fn verify_at_first_sight(bencher: Bencher<'_, '_>) {
    let (app, tenant) = world();
    bencher
        .with_inputs(|| issue(&app, &tenant, "RoleAssignmentSchedule.ReadWrite.Directory User.Read"))
        .bench_local_values(|token| app.tokens().verify(&token, Audience::Graph, real_now()));
}

#[divan::bench]
fn verify_again(bencher: Bencher<'_, '_>) {
    let (app, tenant) = world();
    let token = issue(&app, &tenant, &scopes());
    let now = real_now();
    bencher.bench_local(|| app.tokens().verify(divan::black_box(&token), Audience::Graph, now));
}
