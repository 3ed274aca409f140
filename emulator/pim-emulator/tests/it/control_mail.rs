//! The outbox: who was told of what, as it would be read.

use crate::support::Client;
use pim_core::model::access_review::{
    AccessReviewAssignments, AccessReviewPrincipals, AccessReviewProperties, AccessReviewResource,
    AccessReviewReviewers, AccessReviewScope, AccessReviewSettings, AccessReviewTarget, ReviewerScope,
};
use pim_core::model::conditional_access::AuthenticationContexts;
use pim_core::model::{
    Action, ApprovalChange, Approver, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, PolicyChange,
    Privilege, ReviewResult, RuleChange, TicketInfo,
};
use pim_core::time::Length;
use pim_core::{AccessReviewCommand, Actor, Ask, Command, RequestId};
use pim_emulator::app::Tenant;
use serde_json::{Value, json};
use std::sync::Arc;

/// A tenant, the path of its outbox, and everybody's mail addresses.
pub(crate) async fn office(client: &Client) -> (Arc<Tenant>, String) {
    let world = json!({"world": {
        "tenant": {"displayName": "Contoso", "domain": "contoso.onmicrosoft.com", "now": "2026-01-05T08:00:00Z"},
        "users": [
            {"name": "alice", "displayName": "Alice <Archer>", "mail": "alice@contoso.example", "mfa": true},
            {"name": "bob", "displayName": "Bob Berger", "mail": "bob@contoso.example"},
            {"name": "carol", "displayName": "Carol Chen"},
            {"name": "erin", "userType": "guest", "displayName": "Erin Ek"},
        ],
        "groups": [{"name": "ops", "displayName": "Operations", "roleAssignable": true, "members": ["alice", "carol"]}],
        "active": [
            {"principal": "carol", "role": "Privileged Role Administrator"},
            {"principal": "erin", "role": "Security Administrator"},
        ],
        "eligible": [{"principal": "alice", "role": "Global Reader", "duration": "P30D"}],
    }});
    let body = client.post("/_emulator/tenants", &world).await.json(201);
    let tenant = client.app.tenant_by_segment(body["tenantId"].as_str().expect("an id")).expect("the tenant");
    let path = format!("/_emulator/tenants/{}/mail", tenant.id());
    (tenant, path)
}

fn actor(tenant: &Tenant, who: &str) -> Actor {
    Actor::User { id: tenant.names().users[who], mfa: true, contexts: AuthenticationContexts::default() }
}

fn global_reader(tenant: &Tenant) -> Privilege {
    let role = tenant.read(|view| view.roles().find(|it| it.display_name == "Global Reader").expect("the role").id);
    Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant }
}

/// Alice activates, for two hours, to look into something.
pub(crate) fn activate(tenant: &Tenant) -> RequestId {
    let ask = Ask {
        side: AssignmentKind::Assignment,
        action: Action::SelfActivate,
        principal: tenant.names().users["alice"],
        privilege: global_reader(tenant),
        schedule: Some(AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(Length::hours(2)) }),
        target_schedule: None,
        justification: Some("look into <b>INC-7</b> & more".to_owned()),
        ticket: TicketInfo::default(),
        id: None,
        details: None,
    };
    let made = tenant.handle(actor(tenant, "alice"), &Command::Request(ask), |_, outcome| outcome.request);
    made.expect("it works").expect("a request").id
}

fn approval(tenant: &Tenant, approver: &str) {
    let approver = Approver { id: tenant.names().users[approver], description: None };
    let change = ApprovalChange {
        is_approval_required: Some(true),
        primary_approvers: Some(vec![approver]),
        ..ApprovalChange::default()
    };
    let subject = global_reader(tenant).policy_subject();
    let command = Command::UpdatePolicy(PolicyChange { subject, rules: vec![RuleChange::Approval(change)] });
    tenant.handle(Actor::SetUp, &command, |_, _| ()).expect("it works");
}

fn list(page: &Value) -> &Vec<Value> {
    page["value"].as_array().expect("a list")
}

fn column<'a>(page: &'a Value, name: &str) -> Vec<&'a str> {
    list(page).iter().map(|it| it[name].as_str().expect("a text")).collect()
}

#[tokio::test]
async fn a_world_begins_with_an_empty_outbox() {
    let client = Client::new();
    let (tenant, path) = office(&client).await;
    let page = client.get(&path).await.json(200);
    assert_eq!(page, json!({"value": [], "next": 3 * tenant.log().last()}));
}

#[tokio::test]
async fn an_activation_is_mailed_to_whoever_activated_and_to_the_administrators() {
    let client = Client::new();
    let (tenant, path) = office(&client).await;
    let request = activate(&tenant);
    let page = client.get(&path).await.json(200);
    let mails = list(&page);
    assert_eq!(column(&page, "class"), ["requestor", "admin"]);
    assert_eq!(column(&page, "event"), ["activated", "activated"]);
    assert_eq!(
        column(&page, "rule"),
        ["Notification_Requestor_EndUser_Assignment", "Notification_Admin_EndUser_Assignment"]
    );
    assert_eq!(mails[0]["to"], json!(["alice@contoso.example"]));
    // Carol has no address and is reached under her name; a guest without an address is not reached at all.
    assert_eq!(mails[1]["to"], json!(["carol@contoso.onmicrosoft.com"]));
    assert_eq!(mails[0]["at"], "2026-01-05T08:00:00Z");
    assert_eq!(mails[0]["requestId"], request.to_string());
    assert_eq!(
        column(&page, "subject"),
        [
            "PIM: You activated the Global Reader role",
            "PIM: Role activation alert: Alice <Archer> activated the Global Reader role",
        ]
    );
    assert_eq!(page["next"], mails[1]["id"]);
    // They are mails of one event, whose number is a third of their ids.
    for mail in mails {
        let event = mail["id"].as_u64().expect("a number").div_ceil(3);
        let events = path.replace("/mail", &format!("/events?limit=1&after={}", event - 1));
        let event = &client.get(&events).await.json(200)["value"][0];
        assert_eq!(event["type"], "mailSent");
        let to = event["to"].as_array().expect("a list").iter().find(|it| it["class"] == mail["class"]);
        assert_eq!(to.expect("the class")["rule"], mail["rule"]);
    }
}

#[tokio::test]
async fn a_mail_says_everything_twice_and_its_html_is_escaped() {
    let client = Client::new();
    let (tenant, path) = office(&client).await;
    let request = activate(&tenant);
    let page = client.get(&format!("{path}?class=admin")).await.json(200);
    let mail = &list(&page)[0];
    let text = mail["text"].as_str().expect("a text");
    for line in [
        "Role activation alert: Alice <Archer> activated the Global Reader role.",
        "Principal:    Alice <Archer> (alice@contoso.onmicrosoft.com)",
        "Role:         Global Reader",
        "Scope:        Directory",
        "Starts:       2026-01-05 08:00:00 UTC",
        "Ends:         2026-01-05 10:00:00 UTC",
        "Reason:       look into <b>INC-7</b> & more",
        &format!("Request:      {request}"),
        "Organization: Contoso (contoso.onmicrosoft.com)",
        "Look into it if you did not expect it.",
    ] {
        assert!(text.lines().any(|it| it == line), "{line}\n{text}");
    }
    let html = mail["html"].as_str().expect("HTML");
    for part in
        ["Alice &lt;Archer&gt; activated", "look into &lt;b&gt;INC-7&lt;/b&gt; &amp; more", "2026-01-05 10:00:00 UTC"]
    {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(!html.contains("<Archer>") && !html.contains("<b>INC"), "{html}");
}

#[tokio::test]
async fn an_approval_is_mailed_to_the_approver_and_answered_to_whoever_asked() {
    let client = Client::new();
    let (tenant, path) = office(&client).await;
    approval(&tenant, "bob");
    let request = activate(&tenant);
    let justification = Some("go ahead".to_owned());
    let review = Command::ReviewApproval { request, result: ReviewResult::Approve, justification };
    tenant.handle(actor(&tenant, "bob"), &review, |_, _| ()).expect("it works");
    let page = client.get(&path).await.json(200);
    assert_eq!(
        column(&page, "subject"),
        [
            "PIM: Alice <Archer> asks to activate the Global Reader role",
            "PIM: Alice <Archer>'s request to activate the Global Reader role was approved",
            "PIM: Your request to activate the Global Reader role was approved",
            "PIM: You activated the Global Reader role",
            "PIM: Role activation alert: Alice <Archer> activated the Global Reader role",
        ]
    );
    let mails = list(&page);
    assert!(mails.iter().all(|it| it["requestId"] == request.to_string()));
    assert!(mails[0]["text"].as_str().expect("a text").contains("Ends:         2026-01-05 10:00:00 UTC"));
    let decided = mails[2]["text"].as_str().expect("a text");
    assert!(
        decided.contains("Decided by:   Bob Berger (bob@contoso.onmicrosoft.com)\nReason:       go ahead"),
        "{decided}"
    );
}

#[tokio::test]
async fn mails_are_found_by_recipient_and_class_and_in_pages() {
    let client = Client::new();
    let (tenant, path) = office(&client).await;
    approval(&tenant, "bob");
    let request = activate(&tenant);
    let review = Command::ReviewApproval { request, result: ReviewResult::Deny, justification: Some("no".to_owned()) };
    tenant.handle(actor(&tenant, "bob"), &review, |_, _| ()).expect("it works");
    let events = async |query: &str| {
        let page = client.get(&format!("{path}?{query}")).await.json(200);
        column(&page, "event").join(" ")
    };
    for alice in ["alice", "ALICE@contoso.example", "alice@contoso.onmicrosoft.com"] {
        assert_eq!(events(&format!("to={alice}")).await, "activationDenied", "{alice}");
    }
    assert_eq!(events("to=bob").await, "approvalPending activationDenied");
    assert_eq!(events("to=bob&class=requestor").await, "");
    assert_eq!(events("class=approver&limit=1").await, "approvalPending");
    let (mut found, mut after) = (Vec::new(), 0);
    loop {
        let page = client.get(&format!("{path}?after={after}&limit=1")).await.json(200);
        if list(&page).is_empty() {
            assert_eq!(page["next"], 3 * tenant.log().last());
            break;
        }
        found.extend(column(&page, "class").into_iter().map(str::to_owned));
        after = page["next"].as_u64().expect("a number");
    }
    assert_eq!(found, ["approver", "approver", "requestor"]);
    client.get(&format!("{path}?class=boss")).await.problem(400, "InvalidParameter");
    client.get(&format!("{path}?limit=many")).await.problem(400, "InvalidParameter");
    client.get(&format!("{path}?subject=x")).await.problem(400, "InvalidParameter");
}

#[tokio::test]
async fn a_jump_of_the_clock_mails_each_thing_at_its_own_time() {
    let client = Client::new();
    let (_, path) = office(&client).await;
    let clock = path.replace("/mail", "/clock/advance");
    client.post(&clock, &json!({"by": "P31D"})).await.json(200);
    let page = client.get(&format!("{path}?to=alice")).await.json(200);
    assert_eq!(
        column(&page, "subject"),
        [
            "PIM: Your assignment to the Global Reader role ends in 14 days",
            "PIM: Your assignment to the Global Reader role ends in 1 day",
            "PIM: Your assignment to the Global Reader role has ended",
        ]
    );
    assert_eq!(column(&page, "at"), ["2026-01-21T08:00:00Z", "2026-02-03T08:00:00Z", "2026-02-04T08:00:00Z"]);
    let page = client.get(&format!("{path}?to=carol&class=admin")).await.json(200);
    let digests: Vec<_> = list(&page).iter().filter(|it| it["event"] == "weeklyDigest").collect();
    assert_eq!(digests.len(), 4);
    assert_eq!(digests[0]["subject"], "PIM: Your weekly digest for Contoso");
    let text = digests[0]["text"].as_str().expect("a text");
    assert!(text.contains("     3  Assignments made in PIM"), "{text}");
    assert!(text.contains("     1  Assignments to Global Reader"), "{text}");
}

/// NOT-18, REQ-2: owners of a group for good are told of it, and its people are not told to ask for what they cannot.
#[tokio::test]
async fn a_place_in_a_group_is_mailed_to_its_owners_and_names_the_group() {
    let client = Client::new();
    let world = json!({"world": {
        "tenant": {"now": "2026-01-05T08:00:00Z"},
        "users": [{"name": "alice", "displayName": "Alice Archer"}, {"name": "bob"}, {"name": "carol"}],
        "groups": [{"name": "ops", "displayName": "Operations", "owners": ["bob"]}],
        "active": [{"principal": "carol", "role": "Privileged Role Administrator"}],
        "eligible": [{"principal": "alice", "group": "ops", "access": "member", "duration": "P2D"}],
    }});
    let tenant =
        client.post("/_emulator/tenants", &world).await.json(201)["tenantId"].as_str().expect("an id").to_owned();
    let path = format!("/_emulator/tenants/{tenant}/mail");
    client.post(&path.replace("/mail", "/clock/advance"), &json!({"by": "P2D"})).await.json(200);
    let page = client.get(&path).await.json(200);
    assert_eq!(column(&page, "event"), ["expiring", "expiring", "expired", "expired"]);
    let to: Vec<_> = list(&page).iter().map(|it| it["to"][0].as_str().expect("an address")).collect();
    let [alice, bob] = ["alice@contoso.onmicrosoft.com", "bob@contoso.onmicrosoft.com"];
    assert_eq!(to, [alice, bob, alice, bob]);
    assert_eq!(list(&page)[0]["subject"], "PIM: Your assignment to membership of the group Operations ends in 1 day");
    let texts = column(&page, "text");
    assert!(texts.iter().all(|text| text.contains("Group Operations")), "{texts:?}");
    assert!(texts[0].contains("Ask an owner of the group to extend it"), "{}", texts[0]);
    assert!(texts[2].contains("Ask an owner of the group if you still need"), "{}", texts[2]);
}

#[tokio::test]
async fn a_reset_empties_the_outbox_and_ids_go_on() {
    let client = Client::new();
    let (tenant, path) = office(&client).await;
    activate(&tenant);
    let before = client.get(&path).await.json(200)["next"].as_u64().expect("a number");
    let reset = client.send(Client::request(axum::http::Method::POST, &path.replace("/mail", "/reset"), None)).await;
    reset.json(200);
    let page = client.get(&format!("{path}?after={before}")).await.json(200);
    assert_eq!(list(&page).len(), 0);
    assert!(page["next"].as_u64().expect("a number") > before);
}

/// REV-28: what reviewers and whoever made a review read.
#[tokio::test]
async fn a_review_is_mailed_to_its_reviewers_and_its_end_to_whoever_made_it() {
    let client = Client::new();
    let (tenant, path) = office(&client).await;
    let role = global_reader(&tenant).role().expect("a role");
    let reviewer = ReviewerScope { who: AccessReviewReviewers::User(tenant.names().users["bob"]), kept: None };
    let properties = AccessReviewProperties {
        display_name: "Readers <2026>".to_owned(),
        description_for_admins: String::new(),
        description_for_reviewers: "Who left?".to_owned(),
        scope: AccessReviewScope {
            target: AccessReviewTarget::One(AccessReviewResource::DirectoryRole(role)),
            principals: vec![AccessReviewPrincipals::Users],
            assignments: AccessReviewAssignments::All,
            is_transitive: false,
            inactive_for: None,
        },
        reviewers: vec![reviewer],
        fallback_reviewers: Vec::new(),
        settings: AccessReviewSettings {
            mail_notifications_enabled: true,
            reminder_notifications_enabled: true,
            instance_duration_in_days: 2,
            ..AccessReviewSettings::default()
        },
        stages: Vec::new(),
        additional_recipients: Vec::new(),
        kept: Vec::new(),
    };
    let create = AccessReviewCommand::Create { id: None, properties: Box::new(properties) };
    tenant.handle(actor(&tenant, "carol"), &create.into(), |_, _| ()).expect("it works");
    tenant.jump_to(tenant.clock().now().plus(Length::days(2))).expect("time passes");
    let page = client.get(&path).await.json(200);
    assert_eq!(column(&page, "event"), ["accessReviewStarted", "accessReviewReminder", "accessReviewCompleted"]);
    assert_eq!(column(&page, "class"), ["approver", "approver", "admin"]);
    assert_eq!(
        column(&page, "subject"),
        [
            "PIM: Review access to the Global Reader role",
            "PIM: Reminder: review access to the Global Reader role",
            "PIM: The access review Readers <2026> of the Global Reader role is complete",
        ]
    );
    let mails = list(&page);
    assert_eq!(mails[0]["to"], json!(["bob@contoso.example"]));
    assert_eq!(mails[2]["to"], json!(["carol@contoso.onmicrosoft.com"]));
    let text = mails[0]["text"].as_str().expect("a text");
    for part in ["Readers <2026>", "Who left?", "2026-01-07 08:00:00 UTC"] {
        assert!(text.contains(part), "{text}");
    }
}
