//! Mails about Azure roles: who gets them, and what they say.

use crate::support::Client;
use pim_core::model::conditional_access::AuthenticationContexts;
use pim_core::model::{Action, AskedExpiration, AskedSchedule, AssignmentKind, Privilege, ReviewResult, TicketInfo};
use pim_core::time::Length;
use pim_core::{Actor, Ask, Command, RequestId};
use pim_emulator::app::Tenant;
use serde_json::{Value, json};
use std::sync::Arc;

const WEB: &str = "/subscriptions/0d6c3b36-8b1c-4c2e-9b55-0c6f7f7d2f10/resourceGroups/web";

/// Alice may become Contributor in a resource group. Bob is eligible to own the subscription around it and carol gives access above
/// that; dave owns the resource group for a time only, erin owns something else, and frank has a role of the directory.
async fn office(client: &Client, approvers: Value) -> (Arc<Tenant>, String) {
    let people = ["alice", "bob", "carol", "dave", "erin", "frank"];
    let users: Vec<_> =
        people.iter().map(|name| json!({"name": name, "mail": format!("{name}@contoso.example")})).collect();
    let owner = |who: &str, scope: &str, more: Value| {
        let mut entry = json!({"principal": who, "azureRole": "Owner", "scope": scope});
        entry.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        entry
    };
    let world = json!({"world": {
        "tenant": {"now": "2026-01-05T08:00:00Z"},
        "users": users,
        "azure": {
            "managementGroups": [{"name": "workloads", "subscriptions": ["prod"]}],
            "subscriptions": [
                {"name": "prod", "id": "0d6c3b36-8b1c-4c2e-9b55-0c6f7f7d2f10", "resourceGroups": [{"name": "web"}, {"name": "data"}]},
                {"name": "dev"},
            ],
        },
        "policies": [{"azureRole": "Contributor", "scope": "prod/web", "activation": {"approvers": approvers}}],
        "active": [
            {"principal": "carol", "azureRole": "User Access Administrator", "scope": "workloads", "outsidePim": true},
            owner("dave", "prod/web", json!({"duration": "P60D"})),
            owner("erin", "dev", json!({"outsidePim": true})),
            owner("erin", "prod/data", json!({"outsidePim": true})),
            {"principal": "frank", "role": "Privileged Role Administrator"},
        ],
        "eligible": [
            {"principal": "alice", "azureRole": "Contributor", "scope": "prod/web", "duration": "P30D"},
            owner("bob", "prod", json!({"duration": "P90D"})),
        ],
    }});
    let body = client.post("/_emulator/tenants", &world).await.json(201);
    let tenant = client.app.tenant_by_segment(body["tenantId"].as_str().expect("an id")).expect("the tenant");
    let path = format!("/_emulator/tenants/{}/mail", tenant.id());
    (tenant, path)
}

fn actor(tenant: &Tenant, who: &str) -> Actor {
    Actor::User { id: tenant.names().users[who], mfa: true, contexts: AuthenticationContexts::default() }
}

fn ask(tenant: &Tenant, side: AssignmentKind, action: Action, who: &str, length: Length) -> Ask {
    let names = tenant.names();
    Ask {
        side,
        action,
        principal: names.users[who],
        privilege: Privilege::AzureRole {
            role: names.azure_roles["Contributor"],
            scope: names.resource_groups["prod/web"],
        },
        schedule: Some(AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(length) }),
        target_schedule: None,
        justification: Some("deploy".to_owned()),
        ticket: TicketInfo::default(),
        id: None,
        details: None,
    }
}

fn does(tenant: &Tenant, who: &str, ask: Ask) -> RequestId {
    let made = tenant.handle(actor(tenant, who), &Command::Request(ask), |_, outcome| outcome.request);
    made.expect("it works").expect("a request").id
}

fn activate(tenant: &Tenant) -> RequestId {
    does(tenant, "alice", ask(tenant, AssignmentKind::Assignment, Action::SelfActivate, "alice", Length::hours(2)))
}

/// Class, subject and the first parts of the addresses of each mail.
async fn told(client: &Client, path: &str) -> Vec<(String, String, String)> {
    let page = client.get(path).await.json(200);
    let text = |it: &Value| it.as_str().expect("a text").to_owned();
    let list = |it: &Value| it.as_array().expect("a list").clone();
    let to = |it: &Value| {
        let mut names: Vec<_> = list(&it["to"]).iter().map(|to| text(to).replace("@contoso.example", "")).collect();
        names.sort();
        names.join(" ")
    };
    list(&page["value"]).iter().map(|it| (text(&it["class"]), text(&it["subject"]), to(it))).collect()
}

fn mails<const COUNT: usize>(mails: [(&str, &str, &str); COUNT]) -> Vec<(String, String, String)> {
    mails.map(|(class, subject, to)| (class.to_owned(), format!("PIM: {subject}"), to.to_owned())).to_vec()
}

/// NOT-17: Owners and User Access Administrators for good or eligible, there and above, hear of it; nobody with a directory role.
#[tokio::test]
async fn an_activation_is_mailed_to_those_who_manage_the_place() {
    let client = Client::new();
    let (tenant, path) = office(&client, json!([])).await;
    assert_eq!(told(&client, &path).await, []);
    activate(&tenant);
    assert_eq!(
        told(&client, &path).await,
        mails([
            ("requestor", "You activated the Contributor role at web", "alice"),
            ("admin", "Role activation alert: Alice activated the Contributor role at web", "bob carol"),
        ])
    );
    let page = client.get(&path).await.json(200);
    for mail in page["value"].as_array().expect("a list") {
        let text = mail["text"].as_str().expect("a text");
        for line in ["Role:         Contributor".to_owned(), format!("Scope:        web ({WEB})")] {
            assert!(text.lines().any(|it| it == line), "{line}\n{text}");
        }
    }
}

/// NOT-10, NOT-13, NOT-17, APR-15: the approvers are asked; those who manage the place learn that somebody waits, each once.
#[tokio::test]
async fn an_activation_that_waits_is_mailed_to_approvers_and_to_those_who_manage_the_place() {
    let client = Client::new();
    let (tenant, path) = office(&client, json!(["bob", "dave"])).await;
    let request = activate(&tenant);
    let waits = "Alice asks to activate the Contributor role at web";
    assert_eq!(told(&client, &path).await, mails([("approver", waits, "bob dave"), ("admin", waits, "carol")]));
    let page = client.get(&path).await.json(200);
    let text = |place: usize| page["value"][place]["text"].as_str().expect("a text").to_owned();
    assert!(text(0).contains("Approve or deny the request."), "{}", text(0));
    assert!(text(1).contains("Its approvers decide on the request."), "{}", text(1));
    let justification = Some("go ahead".to_owned());
    let review = Command::ReviewApproval { request, result: ReviewResult::Approve, justification };
    tenant.handle(actor(&tenant, "dave"), &review, |_, _| ()).expect("it works");
    let decided = "equest to activate the Contributor role at web was approved";
    assert_eq!(
        told(&client, &path).await[2..],
        mails([
            ("approver", &format!("Alice's r{decided}"), "bob dave"),
            ("requestor", &format!("Your r{decided}"), "alice"),
            ("requestor", "You activated the Contributor role at web", "alice"),
            ("admin", "Role activation alert: Alice activated the Contributor role at web", "bob carol"),
        ])
    );
}

/// NOT-16, NOT-17: what is assigned, ends soon, and has ended.
#[tokio::test]
async fn assignments_of_azure_roles_are_mailed_when_they_are_made_and_when_they_end() {
    let client = Client::new();
    let (tenant, path) = office(&client, json!([])).await;
    let assign = ask(&tenant, AssignmentKind::Eligibility, Action::AdminAssign, "frank", Length::days(20));
    does(&tenant, "carol", assign);
    assert_eq!(
        told(&client, &path).await,
        mails([
            ("requestor", "You are now eligible for the Contributor role at web", "frank"),
            ("admin", "Role assignment alert: Frank is now eligible for the Contributor role at web", "bob carol"),
        ])
    );
    client.post(&path.replace("/mail", "/clock/advance"), &json!({"by": "P20D"})).await.json(200);
    let franks: Vec<_> = told(&client, &format!("{path}?to=frank&class=requestor")).await;
    let ends = |end: &str| {
        (
            "requestor".to_owned(),
            format!("PIM: Your assignment to the Contributor role at web {end}"),
            "frank".to_owned(),
        )
    };
    assert_eq!(franks[1..], ["ends in 14 days", "ends in 1 day", "has ended"].map(ends));
    let managers = told(&client, &format!("{path}?to=carol")).await;
    let soon = "PIM: Frank's assignment to the Contributor role at web ends in 1 day";
    assert!(
        managers.iter().any(|(class, subject, to)| class == "admin" && subject == soon && to == "bob carol"),
        "{managers:?}"
    );
    assert!(managers.iter().all(|(_, subject, _)| !subject.contains("digest")), "she has no role of the directory");
}

/// NOT-17, EXT-4: a holder's wish for more time goes to those who manage the place.
#[tokio::test]
async fn a_wish_for_more_time_is_mailed_to_those_who_manage_the_place() {
    let client = Client::new();
    let (tenant, path) = office(&client, json!([])).await;
    client.post(&path.replace("/mail", "/clock/advance"), &json!({"by": "P20D"})).await.json(200);
    let before = told(&client, &path).await.len();
    let extend = ask(&tenant, AssignmentKind::Eligibility, Action::SelfExtend, "alice", Length::days(30));
    does(&tenant, "alice", extend);
    assert_eq!(
        told(&client, &path).await[before..],
        mails([("approver", "Alice asks to extend the Contributor role at web", "bob carol")])
    );
}

/// NOT-14, ALR-33: what is given directly at a place of Azure is mailed to whoever gives roles there.
#[tokio::test]
async fn what_is_given_directly_is_mailed_to_those_who_give_roles_there() {
    let client = Client::new();
    let (tenant, path) = office(&client, json!([])).await;
    let names = tenant.names();
    let privilege =
        Privilege::AzureRole { role: names.azure_roles["Contributor"], scope: names.resource_groups["prod/data"] };
    let give = Command::CreateRoleAssignment { principal: names.users["alice"], privilege, id: None, details: None };
    tenant.handle(actor(&tenant, "carol"), &give, |_, _| ()).expect("it works");
    assert_eq!(
        told(&client, &path).await,
        mails([(
            "admin",
            "Alice was assigned the Contributor role at data outside Privileged Identity Management",
            "bob carol erin"
        )])
    );
}
