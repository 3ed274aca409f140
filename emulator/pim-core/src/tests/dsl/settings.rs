//! Settings as stories write them: policies of roles, and Conditional Access.

use super::text::{Word, length};
use super::{Lab, Named, Told};
use crate::model::conditional_access::{
    AuthenticationContextId, ConditionalAccessPolicy, ConditionalAccessState, ConditionalAccessUser, GrantControls,
    GrantOperator,
};
use crate::model::{ApprovalChange, Approver, DirectoryScope, Happening, PolicyChange, Requirement, RuleChange};
use crate::{Command, ConditionalAccessChange, ConditionalAccessPolicyId};
use std::iter::Peekable;
use std::slice::Iter;
use uuid::Uuid;

impl Lab {
    /// `"Global Reader" approval by bob max 4h mfa justification eligible max 30d active forever`: a rule after the other, in
    /// the order of the words. `eligible` and `active` turn to what administrators make.
    pub(super) fn policy_change(&self, words: &[Word]) -> Told<PolicyChange> {
        let mut words = words.iter().peekable();
        let privilege = self.privilege(&words.next().ok_or("whose policy?")?.text, DirectoryScope::Tenant)?;
        let (mut of, mut rules) = (Happening::EndUserAssignment, Vec::new());
        while let Some(word) = words.next() {
            match word.text.as_str() {
                "eligible" => of = Happening::AdminEligibility,
                "active" => of = Happening::AdminAssignment,
                "max" => {
                    let maximum = words.next().and_then(|word| length(&word.text)).ok_or("max needs a length")?;
                    rules.push(RuleChange::Expiration {
                        of,
                        is_expiration_required: Some(true),
                        maximum_duration: Some(Some(maximum)),
                    });
                }
                "forever" => rules.push(RuleChange::Expiration {
                    of,
                    is_expiration_required: Some(false),
                    maximum_duration: None,
                }),
                "approval" => rules.push(RuleChange::Approval(ApprovalChange {
                    is_approval_required: Some(true),
                    primary_approvers: Some(self.approvers(&mut words)),
                    ..ApprovalChange::default()
                })),
                "context" => {
                    let context = words.next().and_then(|word| AuthenticationContextId::parse(&word.text));
                    rules.push(RuleChange::AuthenticationContext {
                        is_enabled: Some(true),
                        claim_value: Some(Some(context.ok_or("which context?")?)),
                    });
                }
                "no" => rules.push(match words.next().map(|word| word.text.as_str()) {
                    Some("approval") => approval(|it| it.is_approval_required = Some(false)),
                    Some("reasons") => approval(|it| it.is_approver_justification_required = Some(false)),
                    Some("context") => RuleChange::AuthenticationContext { is_enabled: Some(false), claim_value: None },
                    other => return Err(format!("no {other:?}?")),
                }),
                "nothing" => rules.push(RuleChange::Enablement { of, enabled_rules: Some(Vec::new()) }),
                "mfa" => demand(&mut rules, of, Requirement::MultiFactorAuthentication),
                "justification" => demand(&mut rules, of, Requirement::Justification),
                "ticket" => demand(&mut rules, of, Requirement::Ticketing),
                other => return Err(format!("what does a policy say with {other}?")),
            }
        }
        Ok(PolicyChange { subject: privilege.policy_subject(), rules })
    }

    /// `by bob ops`: as many as are named.
    fn approvers(&self, words: &mut Peekable<Iter<'_, Word>>) -> Vec<Approver> {
        let mut approvers = Vec::new();
        if words.next_if(|word| word.is("by")).is_some() {
            while let Some(id) = words.peek().and_then(|word| self.id(&word.text).ok()) {
                approvers.push(Approver { id, description: None });
                words.next();
            }
        }
        approvers
    }

    /// `"guard" off c1 for everybody except bob takes mfa`: what is not said of a policy that is there stays as it is.
    pub(super) fn access(&self, words: &[Word]) -> Told<Command> {
        let (name, words) = words.split_first().ok_or("which policy?")?;
        let change = self.access_change(words)?;
        let policy = self.access_named(&name.text);
        if policy.0 != NOT_THERE {
            return Ok(Command::UpdateConditionalAccessPolicy { policy, change: Box::new(change) });
        }
        Ok(Command::CreateConditionalAccessPolicy(Box::new(ConditionalAccessPolicy {
            id: ConditionalAccessPolicyId(Uuid::nil()),
            display_name: name.text.clone(),
            state: change.state.unwrap_or(ConditionalAccessState::Enabled),
            users: change.users.unwrap_or_default(),
            applications: change.applications.unwrap_or_default(),
            client_app_types: Vec::new(),
            // Whoever names no control has the session controlled.
            kept: if change.grant_controls.is_none() { vec![session_controls()] } else { Vec::new() },
            grant_controls: change.grant_controls.flatten(),
            created: self.pim.now(),
            modified: None,
        })))
    }

    fn access_change(&self, words: &[Word]) -> Told<ConditionalAccessChange> {
        let mut change = ConditionalAccessChange::default();
        let (mut excluding, mut words) = (false, words.iter());
        while let Some(word) = words.next() {
            match word.text.as_str() {
                role if word.quoted => {
                    let (role, users) = (self.role(role)?, change.users.get_or_insert_default());
                    if excluding { users.exclude_roles.push(role) } else { users.include_roles.push(role) }
                }
                "on" => change.state = Some(ConditionalAccessState::Enabled),
                "off" => change.state = Some(ConditionalAccessState::Disabled),
                "reporting" => change.state = Some(ConditionalAccessState::EnabledForReportingButNotEnforced),
                "everywhere" => {
                    change.applications.get_or_insert_default().include_applications.push("All".to_owned());
                }
                "for" => excluding = false,
                "except" => excluding = true,
                "takes" => change.grant_controls = Some(Some(controls(words.by_ref()))),
                text => match (AuthenticationContextId::parse(text), self.names.get(text)) {
                    (Some(context), _) => {
                        let applications = change.applications.get_or_insert_default();
                        applications.include_authentication_contexts.push(context);
                    }
                    (None, Some(Named::Group(group))) => {
                        let users = change.users.get_or_insert_default();
                        if excluding { users.exclude_groups.push(*group) } else { users.include_groups.push(*group) }
                    }
                    (None, _) => {
                        let user = match text {
                            "everybody" => ConditionalAccessUser::All,
                            "guests" => ConditionalAccessUser::GuestsOrExternalUsers,
                            name => ConditionalAccessUser::User(self.id(name)?),
                        };
                        let users = change.users.get_or_insert_default();
                        if excluding { users.exclude_users.push(user) } else { users.include_users.push(user) }
                    }
                },
            }
        }
        Ok(change)
    }

    /// The Conditional Access policy of that name, or one that there is not.
    pub(super) fn access_named(&self, name: &str) -> ConditionalAccessPolicyId {
        let view = self.pim.view(self.pim.now());
        let found = view.conditional_access_policies().find(|policy| policy.display_name == name);
        found.map_or(ConditionalAccessPolicyId(NOT_THERE), |policy| policy.id)
    }
}

/// The id of what there is not.
const NOT_THERE: Uuid = Uuid::from_u64_pair(9, 9);

fn session_controls() -> (String, String) {
    ("sessionControls".to_owned(), r#"{"signInFrequency":{}}"#.to_owned())
}

fn approval(change: impl FnOnce(&mut ApprovalChange)) -> RuleChange {
    let mut approval = ApprovalChange::default();
    change(&mut approval);
    RuleChange::Approval(approval)
}

/// Adds a requirement to those that were named just before it.
fn demand(rules: &mut Vec<RuleChange>, happening: Happening, requirement: Requirement) {
    match rules.last_mut() {
        Some(RuleChange::Enablement { of, enabled_rules: Some(demanded) }) if *of == happening => {
            demanded.push(requirement);
        }
        _ => rules.push(RuleChange::Enablement { of: happening, enabled_rules: Some(vec![requirement]) }),
    }
}

/// `mfa or compliantDevice`, `strength`, `terms`.
fn controls<'a>(words: impl Iterator<Item = &'a Word>) -> GrantControls {
    let mut controls = GrantControls {
        operator: GrantOperator::And,
        built_in_controls: Vec::new(),
        custom_authentication_factors: Vec::new(),
        terms_of_use: Vec::new(),
        authentication_strength: None,
    };
    for word in words {
        match word.text.as_str() {
            "and" => {}
            "or" => controls.operator = GrantOperator::Or,
            "strength" => controls.authentication_strength = Some("00000000-0000-0000-0000-000000000002".to_owned()),
            "terms" => controls.terms_of_use.push("terms".to_owned()),
            control => controls.built_in_controls.push(control.to_owned()),
        }
    }
    controls
}
