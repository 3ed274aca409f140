//! Access reviews as clients write them, made of what a scenario says.

use super::error::Mistake;
use super::names::Names;
use super::time::Time;
use crate::app::world::{AccessReviewEntry, AssignmentsWord, ReviewedByWord, SilenceWord, WhoseWord};
use serde_json::{Value, json};

const DIRECTORY: &str = "/roleManagement/directory";
const GUESTS: &str = "?$filter=(userType eq 'Guest')";

/// The body for Graph.
pub(super) fn graph_body(entry: &AccessReviewEntry, names: &Names, time: Time) -> Result<Value, Mistake> {
    let reviewers = match entry.reviewed_by {
        Some(ReviewedByWord::Managers) => {
            vec![json!({ "query": "./manager", "queryType": "MicrosoftGraph", "queryRoot": "decisions" })]
        }
        Some(ReviewedByWord::Owners) => vec![query(&format!("/groups/{}/owners", group(entry, names)?))],
        Some(ReviewedByWord::Themselves) | None => people(&entry.reviewers, "reviewers", names)?,
    };
    Ok(json!({
        "displayName": entry.display_name.as_ref().unwrap_or(&entry.name),
        "descriptionForAdmins": entry.description,
        "descriptionForReviewers": entry.description,
        "scope": if entry.group.is_some() { group_scope(entry, names)? } else { role_scope(entry, names)? },
        "reviewers": reviewers,
        "fallbackReviewers": people(&entry.fallback, "fallback", names)?,
        "settings": settings(entry, time, false),
    }))
}

/// The body for Azure, of a review at a place.
pub(super) fn arm_body(entry: &AccessReviewEntry, place: &str, names: &Names, time: Time) -> Result<Value, Mistake> {
    let role = names.azure_role(entry.azure_role.as_deref().unwrap_or_default());
    let role = role.map_err(Mistake::name("azureRole"))?;
    let mut scope = json!({
        "resourceId": place,
        "roleDefinitionId": format!("{place}/providers/Microsoft.Authorization/roleDefinitions/{role}"),
        "principalType": match entry.whose {
            WhoseWord::People => "user,group",
            WhoseWord::Guests => "guestUser",
            WhoseWord::Applications => "servicePrincipal",
        },
    });
    if let Some(assignments) = entry.assignments {
        scope["assignmentState"] = match assignments {
            AssignmentsWord::Eligible => "eligible",
            AssignmentsWord::Active => "active",
        }
        .into();
    }
    if let Some(length) = entry.inactive_for {
        scope["inactiveDuration"] = length.to_string().into();
    }
    let named = |list: &[String], key| {
        let all = list.iter().map(|name| Ok(json!({ "principalId": principal(name, key, names)? })));
        all.collect::<Result<Vec<_>, Mistake>>()
    };
    let kind = match entry.reviewed_by {
        Some(ReviewedByWord::Managers) => "Managers",
        Some(ReviewedByWord::Themselves) => "Self",
        Some(ReviewedByWord::Owners) | None if entry.reviewers.is_empty() => "Self",
        Some(ReviewedByWord::Owners) | None => "Assigned",
    };
    Ok(json!({ "properties": {
        "displayName": entry.display_name.as_ref().unwrap_or(&entry.name),
        "descriptionForReviewers": entry.description,
        "scope": scope,
        "reviewersType": kind,
        "reviewers": named(&entry.reviewers, "reviewers")?,
        "backupReviewers": named(&entry.fallback, "fallback")?,
        "settings": settings(entry, time, true),
    }}))
}

fn query(text: &str) -> Value {
    json!({ "query": text, "queryType": "MicrosoftGraph" })
}

fn principal(name: &str, key: &'static str, names: &Names) -> Result<String, Mistake> {
    names.principal(name).map_err(Mistake::name(key))
}

fn group(entry: &AccessReviewEntry, names: &Names) -> Result<String, Mistake> {
    principal(entry.group.as_deref().unwrap_or_default(), "group", names)
}

/// Users each by themselves, groups by their members.
fn people(list: &[String], key: &'static str, names: &Names) -> Result<Vec<Value>, Mistake> {
    let one = |name: &String| {
        let id = principal(name, key, names)?;
        let is_user = names.user_principal_name(name).is_some();
        Ok(query(&if is_user { format!("/users/{id}") } else { format!("/groups/{id}/transitiveMembers") }))
    };
    list.iter().map(one).collect()
}

fn typed(kind: &str, text: &str) -> Value {
    json!({ "@odata.type": format!("#microsoft.graph.{kind}"), "query": text, "queryType": "MicrosoftGraph" })
}

/// The same, of people who have been away for long enough where that is asked.
fn of_principals(entry: &AccessReviewEntry, text: &str) -> Value {
    match entry.inactive_for {
        None => typed("accessReviewQueryScope", text),
        Some(length) => {
            let mut scope = typed("accessReviewInactiveUsersQueryScope", text);
            scope["inactiveDuration"] = length.to_string().into();
            scope
        }
    }
}

fn role_scope(entry: &AccessReviewEntry, names: &Names) -> Result<Value, Mistake> {
    let role = names.role(entry.role.as_deref().unwrap_or_default());
    let role = role.map_err(Mistake::name("role"))?;
    let Some(assignments) = entry.assignments else {
        let principals = match (entry.whose, entry.inactive_for) {
            (WhoseWord::People, Some(_)) => vec![of_principals(entry, "/users")],
            (WhoseWord::People, None) => vec![of_principals(entry, "/users"), of_principals(entry, "/groups")],
            (WhoseWord::Guests, _) => vec![of_principals(entry, &format!("/users{GUESTS}"))],
            (WhoseWord::Applications, _) => vec![of_principals(entry, "/servicePrincipals")],
        };
        return Ok(json!({
            "@odata.type": "#microsoft.graph.principalResourceMembershipsScope",
            "principalScopes": principals,
            "resourceScopes": [typed("accessReviewQueryScope", &format!("/beta{DIRECTORY}/roleDefinitions/{role}"))],
        }));
    };
    let kind = match entry.whose {
        WhoseWord::People => "user",
        WhoseWord::Applications => "servicePrincipal",
        WhoseWord::Guests => {
            return Err(Mistake::at("assignments", "the guests of a role are reviewed whatever they hold it as"));
        }
    };
    if entry.inactive_for.is_some() {
        return Err(Mistake::at("assignments", "who is inactive is reviewed whatever they hold the role as"));
    }
    let (collection, only) = match (assignments, entry.whose) {
        (AssignmentsWord::Eligible, _) => ("roleEligibilityScheduleInstances", ""),
        (AssignmentsWord::Active, WhoseWord::Applications) => ("roleAssignmentScheduleInstances", ""),
        (AssignmentsWord::Active, WhoseWord::People | WhoseWord::Guests) => {
            ("roleAssignmentScheduleInstances", "assignmentType eq 'Assigned' and ")
        }
    };
    Ok(typed(
        "accessReviewQueryScope",
        &format!(
            "{DIRECTORY}/{collection}?$expand=principal&$filter=({only}isof(principal,'microsoft.graph.{kind}') and \
             roleDefinitionId eq '{role}')"
        ),
    ))
}

fn group_scope(entry: &AccessReviewEntry, names: &Names) -> Result<Value, Mistake> {
    let group = group(entry, names)?;
    let members = format!("/groups/{group}/transitiveMembers/microsoft.graph.user");
    match entry.whose {
        WhoseWord::People => Ok(of_principals(entry, &members)),
        WhoseWord::Guests => Ok(of_principals(entry, &format!("{members}/{GUESTS}"))),
        WhoseWord::Applications => Err(Mistake::at("whose", "the applications of a group are not reviewed")),
    }
}

/// Settings are the same on both surfaces; in Azure days are date-times.
fn settings(entry: &AccessReviewEntry, time: Time, is_azure: bool) -> Value {
    let default = match entry.silence {
        SilenceWord::Keep => "None",
        SilenceWord::Approve => "Approve",
        SilenceWord::Deny => "Deny",
        SilenceWord::Recommendation => "Recommendation",
    };
    let mut settings = json!({
        "mailNotificationsEnabled": entry.mails,
        "reminderNotificationsEnabled": entry.reminders,
        "justificationRequiredOnApproval": entry.justification,
        "defaultDecisionEnabled": entry.silence != SilenceWord::Keep,
        "defaultDecision": default,
        "instanceDurationInDays": entry.duration_in_days(),
        "autoApplyDecisionsEnabled": entry.auto_apply,
        "recommendationsEnabled": entry.recommendations.unwrap_or(true),
    });
    if let Some(length) = entry.look_back {
        settings["recommendationLookBackDuration"] = length.to_string().into();
    }
    let day = |text: String| if is_azure { text } else { text.chars().take(10).collect() };
    if entry.every.is_some() || entry.start.is_some() {
        let mut range = match (entry.times, entry.until) {
            (Some(times), _) => json!({ "type": "numbered", "numberOfOccurrences": times }),
            (None, Some(until)) => json!({ "type": "endDate", "endDate": day(time.meant(until).to_string()) }),
            (None, None) => json!({ "type": "noEnd" }),
        };
        if let Some(start) = entry.start {
            range["startDate"] = day(time.meant(start).to_string()).into();
        }
        let pattern = entry.every.map(|every| match every.months() {
            None => json!({ "type": "weekly", "interval": 1 }),
            Some(months) => json!({ "type": "absoluteMonthly", "interval": months }),
        });
        settings["recurrence"] = json!({ "pattern": pattern, "range": range });
    }
    settings
}
