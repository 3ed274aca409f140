//! Definitions: made, read, replaced, stopped, deleted, and who may.

use super::{BOB, NOBODY, REVIEWS, Running, client, lab, licensed, review};
use crate::graph::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR, OPS, RITA};
use pim_core::model::{DirectoryScope, License, roles};
use pim_core::time::Length;
use serde_json::{Value, json};

/// REV-1, REV-2, REV-41.
#[tokio::test]
async fn a_review_is_made_and_read_in_full() {
    let lab = lab();
    let gina = client(&lab, GINA);
    let made = gina.post(REVIEWS, review(json!({}))).await.expect(201);
    let id = made.body["id"].as_str().unwrap().to_owned();
    assert!(made.headers["location"].to_str().unwrap().ends_with(&format!("{REVIEWS}/{id}")));
    assert!(made.body["@odata.context"].as_str().unwrap().ends_with(&format!("$metadata#{REVIEWS}/$entity")));
    let mut read = gina.get(&format!("{REVIEWS}/{id}")).await.expect(200).body;
    assert_eq!(read, made.body, "it has begun by then");
    read.as_object_mut().unwrap().remove("@odata.context");
    let reviewers = json!([{"query": format!("/users/{RITA}"), "queryType": "MicrosoftGraph", "queryRoot": null}]);
    assert_eq!(
        read,
        json!({
            "id": id, "displayName": "Groups Administrators", "createdDateTime": "2026-01-05T08:00:00Z",
            "lastModifiedDateTime": null, "status": "InProgress", "descriptionForAdmins": "Every quarter",
            "descriptionForReviewers": "Does this person still look after groups?",
            "createdBy": {"id": GINA, "displayName": "gina", "userPrincipalName": "gina@contoso.onmicrosoft.com"},
            "scope": {
                "@odata.type": "#microsoft.graph.accessReviewQueryScope",
                "query": format!("/roleManagement/directory/roleDefinitions/{GROUPS_ADMINISTRATOR}"),
                "queryType": "MicrosoftGraph", "queryRoot": null,
            },
            "instanceEnumerationScope": null,
            "reviewers": reviewers, "fallbackReviewers": [], "backupReviewers": [],
            "settings": {
                "mailNotificationsEnabled": false, "reminderNotificationsEnabled": false,
                "justificationRequiredOnApproval": false, "defaultDecisionEnabled": false, "defaultDecision": "None",
                "instanceDurationInDays": 14, "autoApplyDecisionsEnabled": false, "recommendationsEnabled": false,
                "recommendationLookBackDuration": "P30D", "decisionHistoriesForReviewersEnabled": false,
                "recurrence": null,
                "applyActions": [{"@odata.type": "#microsoft.graph.removeAccessApplyAction"}],
                "recommendationInsightSettings": [],
            },
            "stageSettings": [], "additionalNotificationRecipients": [],
        })
    );
}

/// REV-3, REV-5, REV-43.
#[tokio::test]
async fn a_recurrence_comes_back_with_every_member() {
    let lab = lab();
    let gina = client(&lab, GINA);
    let quarterly = json!({
        "pattern": {"type": "absoluteMonthly", "interval": 3},
        "range": {"type": "numbered", "numberOfOccurrences": 4, "startDate": "2026-01-05T00:00:00Z"},
    });
    let made = gina.post(REVIEWS, review(json!({"settings": {"recurrence": quarterly}}))).await.expect(201);
    assert_eq!(
        made.body["settings"]["recurrence"],
        json!({
            "pattern": {
                "type": "absoluteMonthly", "interval": 3, "month": 0, "dayOfMonth": 0, "daysOfWeek": [],
                "firstDayOfWeek": "sunday", "index": "first",
            },
            "range": {
                "type": "numbered", "numberOfOccurrences": 4, "recurrenceTimeZone": null, "startDate": "2026-01-05",
                "endDate": "9999-12-31",
            },
        })
    );
    let later =
        json!({"pattern": null, "range": {"type": "numbered", "numberOfOccurrences": 0, "startDate": "2026-02-01"}});
    let made = gina.post(REVIEWS, review(json!({"settings": {"recurrence": later}}))).await.expect(201);
    assert_eq!(made.body["status"], "NotStarted");
    let path = format!("{REVIEWS}/{}/instances", made.body["id"].as_str().unwrap());
    let upcoming = gina.get(&path).await.expect(200);
    assert!(upcoming.items().iter().all(|it| it["status"] == "NotStarted"), "{}", upcoming.body);
    lab.advance(Length::days(27));
    assert_eq!(gina.get(&path).await.expect(200).items()[0]["startDateTime"], "2026-02-01T00:00:00Z");
}

/// A series never ends where its count is nought and its end the last day that there is; else a count must be positive.
#[tokio::test]
async fn a_series_without_an_end_is_written_in_three_ways() {
    let lab = lab();
    let gina = client(&lab, GINA);
    let with = |range: Value| {
        let recurrence = json!({"pattern": {"type": "weekly", "interval": 2}, "range": range});
        review(json!({"settings": {"recurrence": recurrence, "instanceDurationInDays": 5}}))
    };
    for range in [
        json!({"type": "noEnd", "startDate": "2026-01-05"}),
        json!({"type": "numbered", "numberOfOccurrences": 0, "startDate": "2026-01-05", "endDate": "9999-12-31"}),
        json!({"type": "endDate", "startDate": "2026-01-05", "endDate": "9999-12-31"}),
    ] {
        let made = gina.post(REVIEWS, with(range)).await.expect(201);
        assert_eq!(made.body["settings"]["recurrence"]["range"]["type"], "noEnd");
    }
    for range in [
        json!({"type": "numbered", "numberOfOccurrences": 0, "startDate": "2026-01-05"}),
        json!({"type": "numbered", "numberOfOccurrences": -1, "startDate": "2026-01-05"}),
        json!({"type": "endDate", "startDate": "2026-01-05", "endDate": "2025-12-31"}),
        json!({"type": "endDate", "startDate": "2026-01-05"}),
        json!({"type": "someday", "startDate": "2026-01-05"}),
        json!({"type": "noEnd", "startDate": "tomorrow"}),
    ] {
        let refused = gina.post(REVIEWS, with(range.clone())).await.expect(400);
        assert_eq!(refused.code(), "BadRequest", "{range}");
    }
}

/// REV-4, REV-14, REV-42, REV-43: what cannot be is refused, with words that say what.
#[tokio::test]
async fn what_cannot_be_is_refused() {
    let lab = lab();
    let gina = client(&lab, GINA);
    let monthly = |interval: i64| json!({"pattern": {"type": "absoluteMonthly", "interval": interval}, "range": {"type": "noEnd"}});
    for (more, part) in [
        (json!({"displayName": null}), "displayName"),
        (json!({"scope": null}), "scope is missing"),
        (json!({"settings": {"instanceDurationInDays": 28, "recurrence": monthly(1)}}), "27 days"),
        (json!({"settings": {"instanceDurationInDays": 0}}), "0 days"),
        (json!({"settings": {"recurrence": monthly(2)}}), "1, 3, 6 or 12"),
        (json!({"settings": {"recurrence": {"pattern": {"type": "daily"}}}}), "'daily'"),
        (json!({"settings": {"defaultDecisionEnabled": true}}), "defaultDecision"),
        (json!({"settings": {"defaultDecision": "Perhaps"}}), "'Perhaps'"),
        (json!({"settings": {"recommendationLookBackDuration": "a month"}}), "'a month'"),
        (json!({"reviewers": [{"query": format!("/users/{NOBODY}")}]}), "reviewer"),
        (json!({"reviewers": [{"query": "/users"}]}), "'/users'"),
        (json!({"reviewers": [{"query": "./owners"}]}), "owners"),
        (
            json!({"stageSettings": [{"stageId": "1", "durationInDays": 2}, {"stageId": "2", "durationInDays": 2}]}),
            "stages",
        ),
    ] {
        let refused = gina.post(REVIEWS, review(more.clone())).await.expect(400);
        assert_eq!(refused.code(), "BadRequest", "{more}");
        assert!(refused.message().contains(part), "{more}: {}", refused.message());
    }
}

/// A PUT says everything anew; a running instance goes on as it began.
#[tokio::test]
async fn a_review_is_replaced_from_the_next_occurrence_on() {
    let lab = lab();
    let gina = client(&lab, GINA);
    let weekly = json!({"pattern": {"type": "weekly", "interval": 1}, "range": {"type": "noEnd"}});
    let running = Running::start(&lab, json!({"settings": {"recurrence": weekly, "instanceDurationInDays": 3}})).await;
    let mut other = review(json!({"displayName": "Renamed", "descriptionForAdmins": null}));
    other["settings"] = json!({"recurrence": weekly, "instanceDurationInDays": 5, "mailNotificationsEnabled": true});
    gina.put(&running.definition, other).await.expect(204);
    let read = gina.get(&running.definition).await.expect(200).body;
    assert_eq!((&read["displayName"], &read["descriptionForAdmins"]), (&json!("Renamed"), &json!("")));
    assert_eq!(read["lastModifiedDateTime"], "2026-01-05T08:00:00Z");
    assert_eq!(read["settings"]["mailNotificationsEnabled"], true);
    let instance = gina.get(&running.instance).await.expect(200).body;
    assert_eq!(instance["endDateTime"], "2026-01-08T08:00:00Z");
    lab.advance(Length::days(8));
    let instances = gina.get(&format!("{}/instances", running.definition)).await.expect(200);
    let lengths: Vec<_> = instances.items().iter().map(|it| it["endDateTime"].as_str().unwrap()).collect();
    assert_eq!(lengths.len(), 2, "{lengths:?}");
    gina.put(&running.definition, json!({"displayName": "x"})).await.expect(400);
}

/// REV-30, REV-39.
#[tokio::test]
async fn a_review_is_stopped_and_deleted() {
    let lab = lab();
    let gina = client(&lab, GINA);
    let running = Running::start(&lab, json!({})).await;
    gina.post(&format!("{}/stop", running.definition), json!({})).await.expect(204);
    assert_eq!(gina.get(&running.definition).await.expect(200).body["status"], "Completed");
    gina.delete(&running.definition).await.expect(204);
    for path in [&running.definition, &running.instance, &format!("{}/decisions", running.instance)] {
        assert_eq!(gina.get(path).await.expect(404).code(), "ResourceNotFound");
    }
    gina.delete(&running.definition).await.expect(404);
    gina.post(&format!("{}/stop", running.definition), json!({})).await.expect(404);
    gina.get(&format!("{REVIEWS}/not-an-id")).await.expect(404);
}

/// AUT-18: whoever reads, whoever writes, and whoever sees what is one's own to review.
#[tokio::test]
async fn who_may_do_what_follows_from_what_is_reviewed() {
    let lab = lab();
    let running = Running::start(&lab, json!({})).await;
    let of_group = json!({"scope": {"query": format!("/groups/{OPS}/transitiveMembers/microsoft.graph.user")}});
    client(&lab, GINA).post(REVIEWS, review(of_group.clone())).await.expect(201);
    // Rita is Global Reader: she reads, and writes nothing.
    let rita = client(&lab, RITA);
    assert_eq!(rita.get(REVIEWS).await.expect(200).body["@odata.count"], 2);
    rita.get(&running.definition).await.expect(200);
    rita.post(REVIEWS, review(json!({}))).await.expect(403);
    rita.post(&format!("{}/stop", running.instance), json!({})).await.expect(403);
    rita.delete(&running.definition).await.expect(403);
    // Alice is nobody, and bob looks after users: of roles he sees nothing.
    let alice = client(&lab, ALICE);
    for path in [REVIEWS, &running.definition, &running.instance] {
        assert_eq!(alice.get(path).await.expect(403).code(), "UnauthorizedAccessException");
    }
    lab.hold(BOB, roles::USER_ADMINISTRATOR, DirectoryScope::Tenant);
    let bob = client(&lab, BOB);
    let seen = bob.get(REVIEWS).await.expect(200);
    assert_eq!(seen.items().len(), 1, "{}", seen.body);
    bob.get(&running.definition).await.expect(403);
    bob.post(REVIEWS, review(of_group)).await.expect(201);
    bob.post(REVIEWS, review(json!({}))).await.expect(403);
}

/// The permission for memberships is for groups alone.
#[tokio::test]
async fn the_permission_for_memberships_does_for_groups() {
    let lab = lab();
    let running = Running::start(&lab, json!({})).await;
    let gina = lab.with_scopes(GINA, "AccessReview.ReadWrite.Membership");
    let of_group = json!({"scope": {"query": format!("/groups/{OPS}/members")}});
    let made = gina.post(REVIEWS, review(of_group)).await.expect(201);
    assert_eq!(gina.get(REVIEWS).await.expect(200).items().len(), 1);
    gina.get(&running.definition).await.expect(403);
    gina.post(REVIEWS, review(json!({}))).await.expect(403);
    gina.delete(&running.definition).await.expect(403);
    gina.delete(&format!("{REVIEWS}/{}", made.body["id"].as_str().unwrap())).await.expect(204);
    let reader = lab.with_scopes(GINA, "AccessReview.Read.All");
    reader.get(REVIEWS).await.expect(200);
    reader.post(REVIEWS, review(json!({}))).await.expect(403);
}

/// Applications make reviews where they have the permission, and read them.
#[tokio::test]
async fn applications_make_and_read_reviews() {
    let lab = lab();
    let robot = lab.application_with(&["AccessReview.ReadWrite.All"]);
    let made = robot.post(REVIEWS, review(json!({}))).await.expect(201);
    let path = format!("{REVIEWS}/{}", made.body["id"].as_str().unwrap());
    assert_eq!(robot.get(&path).await.expect(200).body["displayName"], "Groups Administrators");
    let mine = robot.get(&format!("{REVIEWS}/filterByCurrentUser(on='reviewer')")).await.expect(400);
    assert_eq!(mine.code(), "BadRequest");
    lab.application_with(&["AccessReview.Read.All"]).delete(&path).await.expect(403);
}

/// LIC-9, LIC-11.
#[tokio::test]
async fn without_a_licence_nobody_reviews_and_some_reviews_take_more() {
    let lab = licensed_none();
    let refused = client(&lab, GINA).get(REVIEWS).await.expect(400);
    assert_eq!(refused.code(), "AadPremiumLicenseRequired");
    let inactive = json!({"scope": {
        "@odata.type": "#microsoft.graph.principalResourceMembershipsScope",
        "principalScopes": [{
            "@odata.type": "#microsoft.graph.accessReviewInactiveUsersQueryScope", "query": "/users",
            "queryType": "MicrosoftGraph", "inactiveDuration": "P90D",
        }],
        "resourceScopes": [{"query": format!("/roleManagement/directory/roleDefinitions/{GROUPS_ADMINISTRATOR}")}],
    }});
    let p2 = super::lab();
    let refused = client(&p2, GINA).post(REVIEWS, review(inactive.clone())).await.expect(400);
    assert!(refused.message().contains("Governance"), "{}", refused.message());
    let governance = licensed(License::Governance);
    client(&governance, GINA).post(REVIEWS, review(inactive)).await.expect(201);
}

fn licensed_none() -> crate::graph::lab::Lab {
    crate::graph::lab::Lab::licensed(License::None)
}

/// The documented filter finds plain queries alone; lists say how many they have, and come in pages.
#[tokio::test]
async fn definitions_are_filtered_sorted_and_paged() {
    let lab = lab();
    let gina = client(&lab, GINA);
    for name in ["b", "a", "c"] {
        let of_group = json!({"displayName": name, "scope": {"query": format!("/groups/{OPS}/members")}});
        gina.post(REVIEWS, review(of_group)).await.expect(201);
    }
    gina.post(REVIEWS, review(json!({"displayName": "role"}))).await.expect(201);
    let filter = "$filter=contains(scope/microsoft.graph.accessReviewQueryScope/query, '/groups')";
    let found = gina.get(&format!("{REVIEWS}?{filter}&$orderby=displayName&$select=displayName")).await.expect(200);
    assert_eq!(found.body["@odata.count"], 3);
    assert_eq!(found.items(), [json!({"displayName": "a"}), json!({"displayName": "b"}), json!({"displayName": "c"})]);
    let page = gina.get(&format!("{REVIEWS}?$top=3")).await.expect(200);
    let next = page.body["@odata.nextLink"].as_str().unwrap().split_once("/v1.0/").unwrap().1;
    assert_eq!(gina.get(next).await.expect(200).items().len(), 1);
    assert_eq!(gina.get(&format!("{REVIEWS}?$skip=3&$top=3")).await.expect(200).items().len(), 1);
    let expanded = gina.get(&format!("{REVIEWS}?$expand=instances&$top=1")).await.expect(200);
    assert_eq!(expanded.items()[0]["instances"][0]["status"], "InProgress", "{}", expanded.body);
    gina.get(&format!("{REVIEWS}?$expand=nothing")).await.expect(400);
}
