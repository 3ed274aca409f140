//! `/oauth2PermissionGrants`: what clients may do in the name of users. Sign-in looks at them: by default a client gets what it was granted.

use super::call::Call;
use super::collection::{Context, PAGE_SIZE, Query, single};
use super::error::GraphError;
use super::expand::{Navigation, Related};
use super::json::{Json, Word};
use super::permission::{READ_PERMISSION_GRANTS, WRITE_PERMISSION_GRANTS};
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::PermissionGrant;
use pim_core::{Command, GrantChange, PermissionGrantId, PrincipalId, View};
use uuid::Uuid;

const PATH: &str = "oauth2PermissionGrants";
const RESOURCE: &str = "OAuth2PermissionGrant";

crate::entity! {
    /// What a client may do in the name of users.
    PermissionGrantResource(&'r PermissionGrant) = "oAuth2PermissionGrant" {
        "clientId": string = |it| it.client.0;
        "consentType": string = |it| Word(if it.principal.is_some() { "Principal" } else { "AllPrincipals" });
        "id": exact = |it| written_id(it);
        "principalId": string = |it| it.principal.map(|it| it.0);
        "resourceId": string = |it| it.resource.0;
        "scope": string = |it| it.scope.as_str();
    }
    navigations []
}

impl Related for &PermissionGrant {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// The id as the service has it: the client and a number in one word.
fn written_id(grant: &PermissionGrant) -> String {
    URL_SAFE_NO_PAD.encode([grant.client.0.into_bytes(), grant.id.0.into_bytes()].concat())
}

crate::request_body! {
    /// `oAuth2PermissionGrant`, as far as clients may write it.
    GrantBody {
        /// The service principal of the client.
        client_id / "clientId": String,
        /// `AllPrincipals` or `Principal`.
        consent_type / "consentType": String,
        /// The user.
        principal_id / "principalId": String,
        /// The service principal that offers the permissions.
        resource_id / "resourceId": String,
        /// The permissions, separated by spaces.
        scope / "scope": String,
    }
}

const fn operation(method: Method, path: &'static str, handler: super::router::Handler) -> Operation {
    let permission = match method {
        Method::Get => &READ_PERMISSION_GRANTS,
        Method::Post | Method::Put | Method::Patch | Method::Delete => &WRITE_PERMISSION_GRANTS,
    };
    Operation { method, path, versions: BOTH, permission, handler }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    operation(Method::Get, "/oauth2PermissionGrants", list),
    operation(Method::Post, "/oauth2PermissionGrants", create),
    operation(Method::Get, "/oauth2PermissionGrants/{id}", get),
    operation(Method::Patch, "/oauth2PermissionGrants/{id}", update),
    operation(Method::Delete, "/oauth2PermissionGrants/{id}", delete),
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<PermissionGrantResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(view.permission_grants()))))
}

/// The grants of one client, at an address of their own.
pub(super) fn list_of(call: &Call<'_>, path: &str, client: PrincipalId) -> Result<Reply, GraphError> {
    let query = Query::<PermissionGrantResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let own = view.permission_grants().filter(|it| it.client == client);
        Ok(query.answer(call, &Context { name: PATH, path, typed: false }, |_| (0..).zip(own)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant
        .read(|view| single::<PermissionGrantResource>(call, &Context::at(PATH), &find(call, view)?).map(Reply::Ok))
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: GrantBody = call.body()?;
    let consent = body.consent_type.unwrap_or_default();
    let principal = match (consent.to_ascii_lowercase().as_str(), body.principal_id) {
        ("allprincipals", None) => None,
        ("principal", Some(id)) => Some(PrincipalId(guid("principalId", Some(id))?)),
        ("principal", None) => return Err(GraphError::RequiredValue { property: "principalId", resource: RESOURCE }),
        _ => return Err(GraphError::InvalidValue { property: "consentType", resource: RESOURCE }),
    };
    let grant = PermissionGrant {
        id: PermissionGrantId(Uuid::nil()),
        client: PrincipalId(guid("clientId", body.client_id)?),
        principal,
        resource: PrincipalId(guid("resourceId", body.resource_id)?),
        scope: body.scope.unwrap_or_default(),
    };
    let command = Command::ChangeGrants(Box::new(GrantChange::Grant(grant)));
    let created = call.tenant.handle(call.caller(), &command, |view, outcome| {
        let made = view.permission_grants().find(|it| Some(it.id.0) == outcome.made);
        let grant = made.ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("{PATH}/{}", written_id(grant)));
        Ok(Reply::Created { body: single::<PermissionGrantResource>(call, &Context::at(PATH), &grant)?, location })
    });
    created.map_err(GraphError::Directory)?
}

fn guid(property: &'static str, text: Option<String>) -> Result<Uuid, GraphError> {
    let text = text.ok_or(GraphError::RequiredValue { property, resource: RESOURCE })?;
    Uuid::try_parse(&text).map_err(|_| GraphError::InvalidValue { property, resource: RESOURCE })
}

fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: GrantBody = call.body()?;
    let scope = body.scope.ok_or(GraphError::RequiredValue { property: "scope", resource: RESOURCE })?;
    change(call, |grant| GrantChange::SetGrantedScope { grant, scope })
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    change(call, GrantChange::RevokeGrant)
}

fn change(call: &Call<'_>, change: impl FnOnce(PermissionGrantId) -> GrantChange) -> Result<Reply, GraphError> {
    let grant = call.tenant.read(|view| find(call, view).map(|it| it.id))?;
    let command = Command::ChangeGrants(Box::new(change(grant)));
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v PermissionGrant, GraphError> {
    let key = call.key(0);
    let mut all = view.permission_grants();
    all.find(|it| written_id(it) == key).ok_or_else(|| GraphError::ObjectNotFound(key.to_owned()))
}
