//! `/groups`, to be read.

use super::call::Call;
use super::collection::{Context, PAGE_SIZE, Query, single};
use super::error::GraphError;
use super::expand::{Navigation, Related};
use super::json::{Json, Word};
use super::permission::READ_GROUPS;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::model::{Group, GroupType, Principal, PrincipalKind};
use pim_core::time::Instant;
use pim_core::{PrincipalId, View};

crate::entity! {
    /// A group.
    GroupResource(&'r Group) = "group" {
        "id": string = |it| it.id.0;
        "deletedDateTime": instant = |_it| None::<Instant>;
        "classification": string = |_it| None::<Word>;
        "createdDateTime": instant = |it| it.created;
        "creationOptions": texts = |_it| Vec::<Word>::new();
        "description": string = |it| it.description.as_deref();
        "displayName": string = |it| it.display_name.as_str();
        "expirationDateTime": instant = |_it| None::<Instant>;
        "groupTypes": texts = |it| group_types(it);
        "isAssignableToRole": boolean = |it| it.is_assignable_to_role.then_some(true);
        "mail": string = |_it| None::<Word>;
        "mailEnabled": boolean = |it| it.group_type == GroupType::Microsoft365;
        "mailNickname": string = |it| it.mail_nickname.as_str();
        "membershipRule": string = |it| it.membership_rule.as_deref();
        "membershipRuleProcessingState": string = |it| it.membership_rule.as_ref().map(|_| Word("On"));
        "onPremisesSyncEnabled": boolean = |it| it.on_premises_synced.then_some(true);
        "proxyAddresses": texts = |_it| Vec::<Word>::new();
        "renewedDateTime": instant = |it| it.created;
        "resourceBehaviorOptions": texts = |_it| Vec::<Word>::new();
        "resourceProvisioningOptions": texts = |_it| Vec::<Word>::new();
        "securityEnabled": boolean = |it| it.group_type == GroupType::Security || it.is_assignable_to_role;
        "visibility": string = |it| it.is_assignable_to_role.then_some(Word("Private"));
    }
    navigations []
}

/// What Graph derives from the sort of a group and its rule.
fn group_types(group: &Group) -> Vec<Word> {
    let unified = (group.group_type == GroupType::Microsoft365).then_some(Word("Unified"));
    unified.into_iter().chain(group.membership_rule.as_ref().map(|_| Word("DynamicMembership"))).collect()
}

impl Related for &Group {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation { method: Method::Get, path: "/groups", versions: BOTH, permission: &READ_GROUPS, handler: list },
    Operation { method: Method::Get, path: "/groups/$count", versions: BOTH, permission: &READ_GROUPS, handler: count },
    Operation { method: Method::Get, path: "/groups/{id}", versions: BOTH, permission: &READ_GROUPS, handler: get },
    Operation {
        method: Method::Get,
        path: "/groups/{id}/members",
        versions: BOTH,
        permission: &READ_GROUPS,
        handler: |call| edges(call, "members", |view, group| view.members(group)),
    },
    Operation {
        method: Method::Get,
        path: "/groups/{id}/owners",
        versions: BOTH,
        permission: &READ_GROUPS,
        handler: |call| edges(call, "owners", |view, group| view.owners(group)),
    },
];

fn rows<'v>(view: View<'v>, after: Option<u64>) -> impl Iterator<Item = (u64, &'v Group)> {
    view.principals(PrincipalKind::Group, after).filter_map(|(key, principal)| match principal {
        Principal::Group(group) => Some((key, group)),
        Principal::User(_) | Principal::ServicePrincipal(_) => None,
    })
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    super::collection::only_directory_options(call)?;
    let query = Query::<GroupResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let query = query.counted(view, PrincipalKind::Group);
        Ok(query.answer(call, &Context::at("groups"), |after| rows(view, after)))
    })
}

fn count(call: &Call<'_>) -> Result<Reply, GraphError> {
    super::collection::count(call, PrincipalKind::Group)
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| single::<GroupResource>(call, &Context::at("groups"), &find(call, view)?).map(Reply::Ok))
}

fn edges(
    call: &Call<'_>,
    name: &str,
    related: for<'v> fn(View<'v>, PrincipalId) -> Vec<&'v Principal>,
) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let group = find(call, view)?;
        super::objects::list(call, view, &format!("groups/{}/{name}", group.id), &related(view, group.id))
    })
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v Group, GraphError> {
    let id = call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))?;
    let group = view.group(PrincipalId(id)).filter(|group| view.has_replicated(group.created));
    group.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))
}
