//! `/policies/roleManagementPolicies/{id}/rules` and `…/effectiveRules`.

use super::changing::{change, changeable, rule_of};
use super::reading::{permitted, readable};
use super::role_management_policies::PATH;
use super::rule_row::{RuleRow, type_name};
use super::scope::Scope;
use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Word;
use crate::graph::permission::{READ_POLICIES, WRITE_POLICIES};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::RuleId;

crate::entity! {
    /// A rule of a policy, of one of five derived types.
    RuleResource(RuleRow<'r>) = "unifiedRoleManagementPolicyRule" by |it| type_name(it.rule); {
        "id": string = |it| it.id();
        "isExpirationRequired": boolean [own] = |it| it.expiration().map(|it| it.is_expiration_required);
        "maximumDuration": duration [own] = |it| it.expiration().map(|it| it.maximum_duration);
        "enabledRules": texts [own] = |it| it.enabled_rules();
        "isEnabled": boolean [own] = |it| it.authentication_context().map(|it| it.is_enabled);
        "claimValue": string [own] = |it| it.claim_value();
        "notificationType": string [own] = |it| it.notification().map(|_| Word("Email"));
        "recipientType": string [own] = |it| it.mail_class().map(|it| Word(it.name()));
        "notificationLevel": string [own] = |it| it.notification().map(|it| Word(it.level.name()));
        "isDefaultRecipientsEnabled": boolean [own] = |it| it.notification().map(|it| it.is_default_recipients_enabled);
        "notificationRecipients": texts [own] = |it| it.recipients();
        "target": opaque = |it| it.target();
        "setting": opaque [own] = |it| it.approval();
    }
    navigations []
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/policies/roleManagementPolicies/{id}/rules",
        versions: BOTH,
        permission: &READ_POLICIES.either,
        handler: |call| list(call, "rules"),
    },
    Operation {
        method: Method::Get,
        path: "/policies/roleManagementPolicies/{id}/effectiveRules",
        versions: BOTH,
        permission: &READ_POLICIES.either,
        handler: |call| list(call, "effectiveRules"),
    },
    Operation {
        method: Method::Get,
        path: "/policies/roleManagementPolicies/{id}/rules/{ruleId}",
        versions: BOTH,
        permission: &READ_POLICIES.either,
        handler: |call| get(call, "rules"),
    },
    Operation {
        method: Method::Get,
        path: "/policies/roleManagementPolicies/{id}/effectiveRules/{ruleId}",
        versions: BOTH,
        permission: &READ_POLICIES.either,
        handler: |call| get(call, "effectiveRules"),
    },
    Operation {
        method: Method::Patch,
        path: "/policies/roleManagementPolicies/{id}/rules/{ruleId}",
        versions: BOTH,
        permission: &WRITE_POLICIES.either,
        handler: update,
    },
];

fn list(call: &Call<'_>, which: &'static str) -> Result<Reply, GraphError> {
    permitted(call, Scope::of_id(call.key(0)), &READ_POLICIES)?;
    let query = Query::<RuleResource>::of(call, usize::MAX)?;
    call.tenant.read(|view| {
        let policy = readable(call, view)?;
        let context = Context {
            name: &format!("{PATH}('{}')/{which}", policy.id),
            path: &format!("{PATH}/{}/{which}", policy.id),
            typed: false,
        };
        Ok(query.answer(call, &context, |_| (0..).zip(policy.rules())))
    })
}

fn get(call: &Call<'_>, which: &'static str) -> Result<Reply, GraphError> {
    permitted(call, Scope::of_id(call.key(0)), &READ_POLICIES)?;
    call.tenant.read(|view| {
        let policy = readable(call, view)?;
        let rule = RuleId::parse(call.key(1)).ok_or(GraphError::ResourceNotFound)?;
        let context = format!("{PATH}('{}')/{which}", policy.id);
        single::<RuleResource>(call, &Context::at(&context), &policy.rule(rule)).map(Reply::Ok)
    })
}

/// Changes one rule. Unlike a change of the whole policy it is answered with nothing (POL-19).
fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let id = changeable(call)?;
    let rule = rule_of(&call.body()?, call.key(1))?;
    change(call, id, vec![rule], |_| Ok(Reply::NoContent))
}
