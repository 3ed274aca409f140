//! `/servicePrincipals`, to be read.

use super::call::Call;
use super::collection::{Context, PAGE_SIZE, Query, single};
use super::error::GraphError;
use super::expand::{Navigation, Related};
use super::json::{Json, Word};
use super::permission::READ_SERVICE_PRINCIPALS;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::model::{Principal, PrincipalKind, ServicePrincipal, ServicePrincipalType};
use pim_core::time::Instant;
use pim_core::{ClientId, PrincipalId, View};

crate::entity! {
    /// A service principal.
    ServicePrincipalResource(&'r ServicePrincipal) = "servicePrincipal" {
        "id": string = |it| it.id.0;
        "deletedDateTime": instant = |_it| None::<Instant>;
        "accountEnabled": boolean = |it| it.account_enabled;
        "alternativeNames": texts = |_it| Vec::<Word>::new();
        "appDisplayName": string = |it| it.display_name.as_str();
        "appId": string = |it| it.app_id.0;
        "createdDateTime": instant = |it| it.created;
        "description": string = |_it| None::<Word>;
        "displayName": string = |it| it.display_name.as_str();
        "servicePrincipalNames": texts = |it| vec![it.app_id.0];
        "servicePrincipalType": string = |it| kind(it);
        "tags": texts = |_it| Vec::<Word>::new();
    }
    navigations []
}

const fn kind(principal: &ServicePrincipal) -> Word {
    Word(match principal.kind {
        ServicePrincipalType::Application => "Application",
        ServicePrincipalType::ManagedIdentity => "ManagedIdentity",
    })
}

impl Related for &ServicePrincipal {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/servicePrincipals",
        versions: BOTH,
        permission: &READ_SERVICE_PRINCIPALS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/servicePrincipals/$count",
        versions: BOTH,
        permission: &READ_SERVICE_PRINCIPALS,
        handler: |call| super::collection::count(call, PrincipalKind::ServicePrincipal),
    },
    Operation {
        method: Method::Get,
        path: "/servicePrincipals/{id}",
        versions: BOTH,
        permission: &READ_SERVICE_PRINCIPALS,
        handler: get,
    },
    Operation {
        method: Method::Get,
        path: "/servicePrincipals(appId={appId})",
        versions: BOTH,
        permission: &READ_SERVICE_PRINCIPALS,
        handler: get_by_app_id,
    },
];

fn rows<'v>(view: View<'v>, after: Option<u64>) -> impl Iterator<Item = (u64, &'v ServicePrincipal)> {
    view.principals(PrincipalKind::ServicePrincipal, after).filter_map(|(key, principal)| match principal {
        Principal::ServicePrincipal(it) => Some((key, it)),
        Principal::User(_) | Principal::Group(_) => None,
    })
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    super::collection::only_directory_options(call)?;
    let query = Query::<ServicePrincipalResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let query = query.counted(view, PrincipalKind::ServicePrincipal);
        Ok(query.answer(call, &Context::at("servicePrincipals"), |after| rows(view, after)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    let id = call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))?;
    answer(call, |view| view.service_principal(PrincipalId(id)).filter(|it| view.has_replicated(it.created)))
}

fn get_by_app_id(call: &Call<'_>) -> Result<Reply, GraphError> {
    let id = call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))?;
    answer(call, |view| view.service_principal_of(ClientId(id)))
}

fn answer(call: &Call<'_>, find: impl FnOnce(View<'_>) -> Option<&ServicePrincipal>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let found = find(view).ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))?;
        single::<ServicePrincipalResource>(call, &Context::at("servicePrincipals"), &found).map(Reply::Ok)
    })
}
