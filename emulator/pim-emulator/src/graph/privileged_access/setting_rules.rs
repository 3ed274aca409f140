//! The rules of a policy in the words of the older routes: each a name and a JSON text.

use crate::graph::error::GraphError;
use crate::graph::json::Word;
use pim_core::PrincipalId;
use pim_core::View;
use pim_core::model::conditional_access::AuthenticationContextId;
use pim_core::model::{
    ApprovalChange, Approver, Happening, MailClass, NotificationLevel, Policy, Principal, Requirement, RuleChange,
};
use pim_core::time::Length;
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;
use uuid::Uuid;

/// `microsoft.graph.governanceRuleSetting`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleSetting<'a> {
    rule_identifier: Word,
    setting: String,
    #[serde(skip)]
    lifetime: PhantomData<&'a ()>,
}

crate::complex! {
    RuleSetting { rule_identifier / "ruleIdentifier", setting / "setting" }
}

crate::request_body! {
    /// A rule as clients write it.
    RuleBody {
        /// Which.
        rule_identifier / "ruleIdentifier": String,
        /// What it says, as a JSON text.
        setting / "setting": String,
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ExpirationRule {
    permanent_assignment: Option<bool>,
    maximum_grant_period_in_minutes: Option<i64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MfaRule {
    mfa_required: bool,
}

#[derive(Serialize, Deserialize)]
struct JustificationRule {
    required: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TicketingRule {
    ticketing_required: bool,
}

#[derive(Serialize, Deserialize)]
struct ApprovalRule {
    #[serde(alias = "Enabled")]
    enabled: bool,
    #[serde(alias = "Approvers")]
    approvers: Option<Vec<ApproverOf>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApproverOf {
    #[serde(alias = "Id")]
    id: Uuid,
    #[serde(rename = "type", alias = "Type", default)]
    kind: Option<String>,
    #[serde(alias = "DisplayName", default)]
    display_name: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AcrsRule {
    acrs_required: bool,
    acrs: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct NotificationRule {
    policies: Vec<NotificationPolicy>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct NotificationPolicy {
    delivery_mechanism: String,
    setting: Vec<NotificationCell>,
}

#[derive(Serialize, Deserialize)]
struct NotificationCell {
    customreceivers: Option<Vec<String>>,
    isdefaultreceiverenabled: bool,
    notificationlevel: u8,
    recipienttype: u8,
}

/// What is settled when something happens, in the service's order.
pub(super) fn rules<'a>(view: View<'_>, policy: &Policy, of: Happening) -> Vec<RuleSetting<'a>> {
    let demands = |requirement| policy.enablement(of).0.contains(&requirement);
    let expiration = policy.expiration(of);
    let minutes = expiration.maximum_duration.milliseconds() / Length::minutes(1).milliseconds();
    let mut rules = vec![
        rule(
            "ExpirationRule",
            &ExpirationRule {
                permanent_assignment: Some(!expiration.is_expiration_required),
                maximum_grant_period_in_minutes: Some(minutes),
            },
        ),
        rule("MfaRule", &MfaRule { mfa_required: demands(Requirement::MultiFactorAuthentication) }),
        rule("JustificationRule", &JustificationRule { required: demands(Requirement::Justification) }),
        rule("TicketingRule", &TicketingRule { ticketing_required: demands(Requirement::Ticketing) }),
    ];
    if of == Happening::EndUserAssignment {
        let approval = &policy.approval_end_user_assignment;
        let approvers = approval.stage.primary_approvers.iter().map(|it| ApproverOf::of(view, it)).collect();
        rules.push(rule(
            "ApprovalRule",
            &ApprovalRule { enabled: approval.is_approval_required, approvers: Some(approvers) },
        ));
        let context = &policy.authentication_context_end_user_assignment;
        let acrs = context.claim_value.map(|it| it.to_string()).unwrap_or_default();
        rules.push(rule("AcrsRule", &AcrsRule { acrs_required: context.is_enabled, acrs: Some(acrs) }));
    }
    rules.push(rule("NotificationRule", &notifications(policy, of)));
    rules
}

fn rule<'a>(name: &'static str, setting: &impl Serialize) -> RuleSetting<'a> {
    // Structs of texts and numbers can always be written.
    let setting = serde_json::to_string(setting).unwrap_or_default();
    RuleSetting { rule_identifier: Word(name), setting, lifetime: PhantomData }
}

impl ApproverOf {
    fn of(view: View<'_>, approver: &Approver) -> Self {
        let kind = match view.principal(approver.id) {
            Some(Principal::Group(_)) => "Group",
            Some(Principal::User(_) | Principal::ServicePrincipal(_)) | None => "User",
        };
        Self {
            id: approver.id.0,
            kind: Some(kind.to_owned()),
            display_name: approver.description.clone().or_else(|| view.name_of(approver.id).map(str::to_owned)),
        }
    }
}

/// Who is told, by number: `recipienttype` 0 is whoever it is about, 1 who decides, 2 who administers.
const RECIPIENTS: [MailClass; 3] = [MailClass::Requestor, MailClass::Approver, MailClass::Admin];

/// How much, by number.
const LEVELS: [NotificationLevel; 3] = [NotificationLevel::None, NotificationLevel::Critical, NotificationLevel::All];

fn notifications(policy: &Policy, of: Happening) -> NotificationRule {
    let cell = |(number, class): (u8, MailClass)| {
        let cell = policy.notifications.cell(class, of);
        let level = (0..).zip(LEVELS).find(|(_, level)| *level == cell.level).map_or(0, |(number, _)| number);
        NotificationCell {
            customreceivers: (!cell.recipients.is_empty()).then(|| cell.recipients.clone()),
            isdefaultreceiverenabled: cell.is_default_recipients_enabled,
            notificationlevel: level,
            recipienttype: number,
        }
    };
    let setting = (0..).zip(RECIPIENTS).map(cell).collect();
    NotificationRule { policies: vec![NotificationPolicy { delivery_mechanism: "email".to_owned(), setting }] }
}

/// What bodies want of the rules that are settled when something happens. What is demanded is one rule here and several
/// there: what a body leaves out stays as it is.
pub(super) fn changes(policy: &Policy, of: Happening, bodies: &[RuleBody]) -> Result<Vec<RuleChange>, GraphError> {
    let mut changes = Vec::new();
    let mut demanded = policy.enablement(of).0.clone();
    for body in bodies {
        let name = body.rule_identifier.as_deref().unwrap_or_default();
        let text = body.setting.as_deref().unwrap_or_default();
        match name {
            "ExpirationRule" => changes.push(expiration(of, read(name, text)?)),
            "MfaRule" => {
                let MfaRule { mfa_required } = read(name, text)?;
                demand(&mut demanded, Requirement::MultiFactorAuthentication, mfa_required);
            }
            "JustificationRule" => {
                let JustificationRule { required } = read(name, text)?;
                demand(&mut demanded, Requirement::Justification, required);
            }
            "TicketingRule" => {
                let TicketingRule { ticketing_required } = read(name, text)?;
                demand(&mut demanded, Requirement::Ticketing, ticketing_required);
            }
            "ApprovalRule" if of == Happening::EndUserAssignment => changes.push(approval(read(name, text)?)),
            "AcrsRule" if of == Happening::EndUserAssignment => changes.push(context(read(name, text)?)?),
            "NotificationRule" => changes.extend(mails(of, read(name, text)?)?),
            _ => return Err(invalid(format!("ruleIdentifier: there is no rule '{name}' at that place"))),
        }
    }
    if demanded != policy.enablement(of).0 {
        changes.push(RuleChange::Enablement { of, enabled_rules: Some(demanded) });
    }
    Ok(changes)
}

fn read<'t, T: Deserialize<'t>>(name: &str, text: &'t str) -> Result<T, GraphError> {
    serde_json::from_str(text).map_err(|error| invalid(format!("setting of {name}: {error}")))
}

fn invalid(detail: String) -> GraphError {
    GraphError::InvalidPolicy(detail)
}

fn demand(demanded: &mut Vec<Requirement>, requirement: Requirement, is_demanded: bool) {
    demanded.retain(|it| *it != requirement);
    demanded.extend(is_demanded.then_some(requirement));
    demanded.sort_unstable_by_key(|it| Requirement::ALL.iter().position(|other| other == it));
}

/// An activation always ends (MOD-4).
fn expiration(of: Happening, rule: ExpirationRule) -> RuleChange {
    RuleChange::Expiration {
        of,
        is_expiration_required: rule.permanent_assignment.map(|permanent| !permanent),
        maximum_duration: rule.maximum_grant_period_in_minutes.map(|minutes| Some(Length::minutes(minutes))),
    }
}

fn approval(rule: ApprovalRule) -> RuleChange {
    let approver = |it: ApproverOf| Approver { id: PrincipalId(it.id), description: it.display_name };
    RuleChange::Approval(ApprovalChange {
        is_approval_required: Some(rule.enabled),
        primary_approvers: rule.approvers.map(|all| all.into_iter().map(approver).collect()),
        ..ApprovalChange::default()
    })
}

fn context(rule: AcrsRule) -> Result<RuleChange, GraphError> {
    let claim_value = match rule.acrs.as_deref() {
        None | Some("") => None,
        Some(text) => {
            let none = || invalid(format!("acrs: '{text}' is not one of c1 to c99 (POL-9)"));
            Some(AuthenticationContextId::parse(text).ok_or_else(none)?)
        }
    };
    Ok(RuleChange::AuthenticationContext { is_enabled: Some(rule.acrs_required), claim_value: Some(claim_value) })
}

fn mails(of: Happening, rule: NotificationRule) -> Result<Vec<RuleChange>, GraphError> {
    let cells = rule.policies.into_iter().flat_map(|policy| policy.setting);
    cells
        .map(|cell| {
            let class = RECIPIENTS.get(usize::from(cell.recipienttype));
            let level = LEVELS.get(usize::from(cell.notificationlevel));
            let (Some(class), Some(level)) = (class, level) else {
                return Err(invalid("recipienttype and notificationlevel are 0, 1 or 2".to_owned()));
            };
            Ok(RuleChange::Notification {
                class: *class,
                of,
                level: Some(*level),
                is_default_recipients_enabled: Some(cell.isdefaultreceiverenabled),
                recipients: Some(cell.customreceivers.unwrap_or_default()),
            })
        })
        .collect()
}
