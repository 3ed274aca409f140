//! `/users`.

use super::call::Call;
use super::collection::{Context, PAGE_SIZE, Query, single};
use super::error::GraphError;
use super::expand::{Navigation, Related};
use super::json::{Json, Word};
use super::permission::READ_USERS;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::model::{Principal, PrincipalKind, User, UserType};
use pim_core::{PrincipalId, View};
use uuid::Uuid;

crate::entity! {
    /// A user.
    UserResource(&'r User) = "user" {
        "businessPhones": texts = |_it| Vec::<Word>::new();
        "displayName": string = |it| it.display_name.as_str();
        "givenName": string = |it| it.given_name.as_deref();
        "id": string = |it| it.id.0;
        "jobTitle": string = |it| it.job_title.as_deref();
        "mail": string = |it| it.mail.as_deref();
        "mobilePhone": string = |_it| None::<Word>;
        "officeLocation": string = |_it| None::<Word>;
        "preferredLanguage": string = |_it| None::<Word>;
        "surname": string = |it| it.surname.as_deref();
        "userPrincipalName": string = |it| it.user_principal_name.as_str();
        "accountEnabled": boolean [on_select] = |it| it.account_enabled;
        "createdDateTime": instant [on_select] = |it| it.created;
        "deletedDateTime": instant [on_select] = |_it| None::<pim_core::time::Instant>;
        "department": string [on_select] = |it| it.department.as_deref();
        "mailNickname": string [on_select] = |it| it.mail_nickname.as_str();
        "onPremisesSyncEnabled": boolean [on_select] = |_it| None::<bool>;
        "userType": string [on_select] = |it| user_type(it);
    }
    navigations []
}

fn user_type(user: &User) -> Word {
    Word(match user.user_type {
        UserType::Member => "Member",
        UserType::Guest => "Guest",
    })
}

impl Related for &User {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation { method: Method::Get, path: "/users", versions: BOTH, permission: &READ_USERS, handler: list },
    Operation { method: Method::Get, path: "/users/$count", versions: BOTH, permission: &READ_USERS, handler: count },
    Operation { method: Method::Get, path: "/users/{id}", versions: BOTH, permission: &READ_USERS, handler: get },
];

fn rows<'v>(view: View<'v>, after: Option<u64>) -> impl Iterator<Item = (u64, &'v User)> {
    view.principals(PrincipalKind::User, after).filter_map(|(key, principal)| match principal {
        Principal::User(user) => Some((key, user)),
        Principal::Group(_) | Principal::ServicePrincipal(_) => None,
    })
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    super::collection::only_directory_options(call)?;
    let query = Query::<UserResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let query = query.counted(view, PrincipalKind::User);
        Ok(query.answer(call, &Context::at("users"), |after| rows(view, after)))
    })
}

fn count(call: &Call<'_>) -> Result<Reply, GraphError> {
    super::collection::count(call, PrincipalKind::User)
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant
        .read(|view| single::<UserResource>(call, &Context::at("users"), &find(call.key(0), view)?).map(Reply::Ok))
}

/// The user with that id or name to sign in with; a mail address is neither.
fn find<'v>(key: &str, view: View<'v>) -> Result<&'v User, GraphError> {
    let user = match Uuid::try_parse(key) {
        Ok(id) => view.user(PrincipalId(id)),
        Err(_) => view.user_named(key),
    };
    user.filter(|user| view.has_replicated(user.created)).ok_or_else(|| GraphError::ObjectNotFound(key.to_owned()))
}
