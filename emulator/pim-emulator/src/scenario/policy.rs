//! Policies in the words of a world file, as the rules that the service has: to set them, and to look whether they are so.

use super::error::Mistake;
use super::file::StepEntry;
use super::names::Names;
use super::run::{Run, Trouble};
use super::subject::{AZURE_VERSION, Subject};
use super::wire::{Answer, Caller};
use crate::app::world::{GivingEntry, LevelWord, NotificationEntry, PolicyEntry, RecipientsEntry, RequirementWord};
use axum::http::Method;
use serde_json::{Map, Value, json};

/// A rule by its id, and the members of it that an entry speaks of.
type Wanted = Vec<(String, Value)>;

impl Run {
    /// Changes a policy, rule by rule, as an administrator's tool does it.
    pub(super) async fn set_policy(
        &mut self,
        step: &StepEntry,
        who: &Caller,
        entry: &PolicyEntry,
    ) -> Result<(), Trouble> {
        let subject = Subject::of(entry.of(), &self.names)?;
        let wanted = wanted(entry, &subject, &self.names)?;
        let policy = match self.policy(who, &subject).await? {
            Ok(policy) => policy,
            Err(answer) => return super::act::expect(&answer, step.refused.as_ref()).map(drop),
        };
        let mut changed = Vec::with_capacity(wanted.len());
        for (id, members) in wanted {
            let mut rule = policy.rule(&id)?.clone();
            merge(&mut rule, members);
            changed.push((id, rule));
        }
        let mut answers = Vec::new();
        match &subject {
            Subject::Role { .. } | Subject::Group { .. } => {
                for (id, rule) in changed {
                    let path = format!("/v1.0/policies/roleManagementPolicies/{}/rules/{id}", policy.id);
                    answers.push(self.wire.call(who, Method::PATCH, &path, Some(&rule)).await?);
                }
            }
            Subject::Azure { .. } => {
                let rules: Vec<_> = changed.into_iter().map(|(_, rule)| rule).collect();
                let path = format!("{}?api-version={AZURE_VERSION}", policy.id);
                let body = json!({ "properties": { "rules": rules } });
                answers.push(self.wire.call(who, Method::PATCH, &path, Some(&body)).await?);
            }
        }
        for answer in &answers {
            if super::act::expect(answer, step.refused.as_ref())? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Looks whether a policy says what an entry says.
    pub(super) async fn look_at_policy(&mut self, who: &Caller, entry: &PolicyEntry) -> Result<(), Trouble> {
        let subject = Subject::of(entry.of(), &self.names)?;
        let policy = match self.policy(who, &subject).await? {
            Ok(policy) => policy,
            Err(answer) => return Err(Trouble::failed("a policy to look at", answer.said())),
        };
        for (id, members) in wanted(entry, &subject, &self.names)? {
            let rule = policy.rule(&id)?;
            if let Some(at) = super::act::difference(&members, rule) {
                return Err(Trouble::failed(format!("the rule {id} with {members}"), at));
            }
        }
        Ok(())
    }

    /// The policy, or what the service said instead.
    async fn policy(&mut self, who: &Caller, subject: &Subject) -> Result<Result<Policy, Answer>, Trouble> {
        let path = match subject {
            Subject::Role { role, .. } => of_directory("/", "DirectoryRole", role),
            Subject::Group { group, access } => of_directory(group, "Group", super::act::word_of(*access)),
            Subject::Azure { role, scope } => format!(
                "{scope}/providers/Microsoft.Authorization/roleManagementPolicyAssignments?api-version={AZURE_VERSION}&\
                 $filter=roleDefinitionId eq '{role}'"
            ),
        };
        let answer = self.wire.call(who, Method::GET, &path, None).await?;
        if !answer.is_success() {
            return Ok(Err(answer));
        }
        let found = &answer.body["value"][0];
        let (id, rules) = match subject {
            Subject::Role { .. } | Subject::Group { .. } => (&found["policyId"], &found["policy"]["rules"]),
            Subject::Azure { .. } => {
                let id = found["properties"]["policyId"].as_str().unwrap_or_default();
                let path = format!("{id}?api-version={AZURE_VERSION}");
                let answer = self.wire.call(who, Method::GET, &path, None).await?;
                return if answer.is_success() {
                    Ok(Ok(Policy { id: id.to_owned(), rules: answer.body["properties"]["rules"].clone() }))
                } else {
                    Ok(Err(answer))
                };
            }
        };
        Ok(Ok(Policy { id: id.as_str().unwrap_or_default().to_owned(), rules: rules.clone() }))
    }
}

/// Whether every name in a policy stands for something.
pub(super) fn look_at(entry: &PolicyEntry, names: &Names) -> Result<(), Mistake> {
    wanted(entry, &Subject::of(entry.of(), names)?, names).map(drop)
}

fn of_directory(scope: &str, scope_type: &str, role: &str) -> String {
    format!(
        "/v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId eq '{scope}' and scopeType eq '{scope_type}' and \
         roleDefinitionId eq '{role}'&$expand=policy($expand=rules)"
    )
}

/// A policy as the service shows it.
struct Policy {
    id: String,
    rules: Value,
}

impl Policy {
    fn rule(&self, id: &str) -> Result<&Value, Trouble> {
        let rules = self.rules.as_array().map(Vec::as_slice).unwrap_or_default();
        let found = rules.iter().find(|rule| rule["id"] == id);
        found.ok_or_else(|| Trouble::failed(format!("a policy with the rule {id}"), "one without it"))
    }
}

/// What an entry says, rule by rule.
fn wanted(entry: &PolicyEntry, subject: &Subject, names: &Names) -> Result<Wanted, Mistake> {
    let mut wanted = Wanted::new();
    let activation = &entry.activation;
    if let Some(max) = activation.max {
        let members = json!({ "isExpirationRequired": true, "maximumDuration": max.to_string() });
        wanted.push(("Expiration_EndUser_Assignment".to_owned(), members));
    }
    if let Some(require) = &activation.require {
        wanted.push(("Enablement_EndUser_Assignment".to_owned(), enabled(require)));
    }
    if let Some(context) = &activation.authentication_context {
        let members = json!({ "isEnabled": true, "claimValue": context });
        wanted.push(("AuthenticationContext_EndUser_Assignment".to_owned(), members));
    }
    if let Some(approval) = approval(entry, subject, names)? {
        wanted.push(("Approval_EndUser_Assignment".to_owned(), approval));
    }
    giving(&mut wanted, "Admin_Eligibility", &entry.eligible);
    giving(&mut wanted, "Admin_Assignment", &entry.active);
    let notifications = &entry.notifications;
    notified(&mut wanted, "EndUser_Assignment", &notifications.activation);
    notified(&mut wanted, "Admin_Eligibility", &notifications.eligible);
    notified(&mut wanted, "Admin_Assignment", &notifications.active);
    Ok(wanted)
}

fn enabled(require: &[RequirementWord]) -> Value {
    // In the order in which the service writes them.
    let all = [
        (RequirementWord::Mfa, "MultiFactorAuthentication"),
        (RequirementWord::Justification, "Justification"),
        (RequirementWord::Ticket, "Ticketing"),
    ];
    let words: Vec<_> = all.into_iter().filter(|(word, _)| require.contains(word)).map(|(_, text)| text).collect();
    json!({ "enabledRules": words })
}

fn giving(wanted: &mut Wanted, target: &str, entry: &GivingEntry) {
    if entry.permanent.is_some() || entry.max.is_some() {
        let mut members = Map::new();
        if let Some(permanent) = entry.permanent {
            members.insert("isExpirationRequired".to_owned(), (!permanent).into());
        }
        if let Some(max) = entry.max {
            members.insert("maximumDuration".to_owned(), max.to_string().into());
        }
        wanted.push((format!("Expiration_{target}"), members.into()));
    }
    if let Some(require) = &entry.require {
        wanted.push((format!("Enablement_{target}"), enabled(require)));
    }
}

fn notified(wanted: &mut Wanted, target: &str, entry: &RecipientsEntry) {
    for (recipient, entry) in [("Admin", &entry.admin), ("Requestor", &entry.requestor), ("Approver", &entry.approver)]
    {
        if let Some(entry) = entry {
            wanted.push((format!("Notification_{recipient}_{target}"), notification(entry)));
        }
    }
}

fn notification(entry: &NotificationEntry) -> Value {
    let mut members = Map::new();
    if let Some(default) = entry.default {
        members.insert("isDefaultRecipientsEnabled".to_owned(), default.into());
    }
    if let Some(level) = entry.level {
        let word = match level {
            LevelWord::All => "All",
            LevelWord::Critical => "Critical",
            LevelWord::None => "None",
        };
        members.insert("notificationLevel".to_owned(), word.into());
    }
    if let Some(additional) = &entry.additional {
        members.insert("notificationRecipients".to_owned(), additional.clone().into());
    }
    members.into()
}

/// Whether somebody has to approve, and who.
fn approval(entry: &PolicyEntry, subject: &Subject, names: &Names) -> Result<Option<Value>, Mistake> {
    let activation = &entry.activation;
    let approvers = activation.approvers.as_deref();
    let required = activation.approval.or_else(|| approvers.map(|it| !it.is_empty()));
    if required.is_none() && activation.approver_justification.is_none() {
        return Ok(None);
    }
    let mut stage = Map::new();
    if let Some(justification) = activation.approver_justification {
        stage.insert("isApproverJustificationRequired".to_owned(), justification.into());
    }
    if let Some(approvers) = approvers {
        let approvers: Result<Vec<_>, _> = approvers.iter().map(|name| approver(name, subject, names)).collect();
        stage.insert("primaryApprovers".to_owned(), approvers?.into());
    }
    let mut setting = Map::new();
    if let Some(required) = required {
        setting.insert("isApprovalRequired".to_owned(), required.into());
    }
    if !stage.is_empty() {
        setting.insert("approvalStages".to_owned(), json!([stage]));
    }
    Ok(Some(json!({ "setting": setting })))
}

fn approver(name: &str, subject: &Subject, names: &Names) -> Result<Value, Mistake> {
    let id = names.principal(name).map_err(|it| Mistake::at("approvers", it).below("activation"))?;
    let is_user = names.user_principal_name(name).is_some();
    Ok(match (subject.is_azure(), is_user) {
        (true, true) => json!({ "id": id, "userType": "User" }),
        (true, false) => json!({ "id": id, "userType": "Group" }),
        (false, true) => json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": id }),
        (false, false) => json!({ "@odata.type": "#microsoft.graph.groupMembers", "groupId": id }),
    })
}

/// What a stage has where the policy had none yet.
fn stage() -> Value {
    json!({
        "approvalStageTimeOutInDays": 1, "isApproverJustificationRequired": true, "escalationTimeInMinutes": 0,
        "isEscalationEnabled": false, "primaryApprovers": [], "escalationApprovers": [],
    })
}

/// Puts members into a rule: objects member by member, the stage of an approval likewise, everything else as a whole.
fn merge(into: &mut Value, members: Value) {
    match (into, members) {
        (Value::Object(into), Value::Object(members)) => {
            for (key, value) in members {
                if let (Value::Array(stages), "approvalStages") = (&value, key.as_str()) {
                    let there = into.get(&key).and_then(|it| it.get(0)).filter(|it| it.is_object()).cloned();
                    let mut whole = there.unwrap_or_else(stage);
                    merge(&mut whole, stages.first().cloned().unwrap_or_default());
                    into.insert(key, json!([whole]));
                } else {
                    merge(into.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (into, members) => *into = members,
    }
}
