//! `/identity/conditionalAccess/authenticationContextClassReferences`: the contexts that applications may ask for, `c1` to
//! `c99` (POL-9).

use super::require_reader;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::Json;
use crate::graph::permission::{READ_AUTHENTICATION_CONTEXTS, WRITE_AUTHENTICATION_CONTEXTS};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::conditional_access::{AuthenticationContext, AuthenticationContextId};
use pim_core::{AuthenticationContextChange, Command, Rejection, View};

crate::entity! {
    /// An authentication context.
    AuthenticationContextClassReference(&'r AuthenticationContext) = "authenticationContextClassReference" {
        "id": string = |it| it.id.to_string();
        "displayName": string = |it| it.display_name.as_deref();
        "description": string = |it| it.description.as_deref();
        "isAvailable": boolean = |it| it.is_available;
    }
    navigations []
}

impl Related for &AuthenticationContext {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

crate::request_body! {
    /// `authenticationContextClassReference`, as clients write it.
    ContextBody {
        /// `c1` to `c99`.
        id / "id": String,
        /// The name people see.
        display_name / "displayName": String,
        /// What it is for.
        description / "description": String,
        /// Whether applications may use it.
        is_available / "isAvailable": bool,
    }
}

const PATH: &str = "identity/conditionalAccess/authenticationContextClassReferences";

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/identity/conditionalAccess/authenticationContextClassReferences",
        versions: BOTH,
        permission: &READ_AUTHENTICATION_CONTEXTS,
        handler: list,
    },
    Operation {
        method: Method::Post,
        path: "/identity/conditionalAccess/authenticationContextClassReferences",
        versions: BOTH,
        permission: &WRITE_AUTHENTICATION_CONTEXTS,
        handler: create,
    },
    Operation {
        method: Method::Get,
        path: "/identity/conditionalAccess/authenticationContextClassReferences/{id}",
        versions: BOTH,
        permission: &READ_AUTHENTICATION_CONTEXTS,
        handler: get,
    },
    Operation {
        method: Method::Patch,
        path: "/identity/conditionalAccess/authenticationContextClassReferences/{id}",
        versions: BOTH,
        permission: &WRITE_AUTHENTICATION_CONTEXTS,
        handler: upsert,
    },
    Operation {
        method: Method::Delete,
        path: "/identity/conditionalAccess/authenticationContextClassReferences/{id}",
        versions: BOTH,
        permission: &WRITE_AUTHENTICATION_CONTEXTS,
        handler: delete,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AuthenticationContextClassReference>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        require_reader(call, view)?;
        Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(view.authentication_contexts())))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        require_reader(call, view)?;
        single::<AuthenticationContextClassReference>(call, &Context::at(PATH), &find(call, view)?).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: ContextBody = call.body()?;
    let context = identified(body.id.as_deref().unwrap_or_default())?;
    if call.tenant.read(|view| by_id(view, context).is_some()) {
        let taken = Rejection::NameTaken { property: "id", value: context.to_string(), holder: None };
        return Err(GraphError::Directory(taken));
    }
    let command = Command::SetAuthenticationContext { context, change: body.change() };
    let created = call.tenant.handle(call.caller(), &command, |view, _| {
        let made = by_id(view, context).ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("{PATH}/{context}"));
        let body = single::<AuthenticationContextClassReference>(call, &Context::at(PATH), &made)?;
        Ok(Reply::Created { body, location })
    });
    created.map_err(GraphError::Directory)?
}

/// Changes a context, or makes it where there is none.
fn upsert(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: ContextBody = call.body()?;
    let context = identified(call.key(0))?;
    let command = Command::SetAuthenticationContext { context, change: body.change() };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let context = call.tenant.read(|view| find(call, view).map(|context| context.id))?;
    let command = Command::DeleteAuthenticationContext(context);
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

impl ContextBody {
    fn change(self) -> AuthenticationContextChange {
        AuthenticationContextChange {
            display_name: self.display_name,
            description: self.description,
            is_available: self.is_available,
        }
    }
}

fn identified(text: &str) -> Result<AuthenticationContextId, GraphError> {
    let id = AuthenticationContextId::parse(text);
    id.ok_or(GraphError::Directory(Rejection::InvalidProperty { property: "id" }))
}

fn by_id<'v>(view: View<'v>, id: AuthenticationContextId) -> Option<&'v AuthenticationContext> {
    view.authentication_contexts().find(|context| context.id == id)
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AuthenticationContext, GraphError> {
    let context = AuthenticationContextId::parse(call.key(0)).and_then(|id| by_id(view, id));
    context.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))
}
