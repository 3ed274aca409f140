//! What applications and service principals have in common: they are found by a key of the path, somebody owns them, and they
//! have secrets, whose text is said once, when they are made.

use super::applications;
use super::applications::Password;
use super::call::Call;
use super::error::GraphError;
use super::media::Metadata;
use super::permission::{READ_DIRECTORY, WRITE_APPLICATIONS, WRITE_OWNED_APPLICATIONS};
use super::references::referred;
use super::reply::Reply;
use super::router::{BOTH, Handler, Method, Operation};
use super::service_principals;
use crate::app::ids::random_uuid;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::{Application, ClientSecret, ServicePrincipal};
use pim_core::time::{Instant, Length};
use pim_core::{ApplicationChange, Command, OwnerChange, PrincipalId, SecretChange, ServicePrincipalChange, View};
use serde::Serialize;
use uuid::Uuid;

/// How long a secret lasts when nobody says.
const DEFAULT_LIFETIME: Length = Length::days(730);

/// An application or a service principal.
pub(super) trait Owned {
    /// The one that the path names.
    ///
    /// # Errors
    /// When there is none.
    fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v Self, GraphError>;

    /// Whose it is.
    fn owners(&self) -> &[PrincipalId];

    /// The command that changes its owners.
    fn change_owners(&self, change: OwnerChange) -> Command;

    /// The command that changes its secrets.
    fn change_secrets(&self, change: SecretChange) -> Command;
}

impl Owned for Application {
    fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v Self, GraphError> {
        applications::find(call, view)
    }

    fn owners(&self) -> &[PrincipalId] {
        &self.owners
    }

    fn change_owners(&self, change: OwnerChange) -> Command {
        let change = Box::new(ApplicationChange::Owner(change));
        Command::ChangeApplication { application: self.id, change }
    }

    fn change_secrets(&self, change: SecretChange) -> Command {
        let change = Box::new(ApplicationChange::Secret(change));
        Command::ChangeApplication { application: self.id, change }
    }
}

impl Owned for ServicePrincipal {
    fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v Self, GraphError> {
        service_principals::find(call, view)
    }

    fn owners(&self) -> &[PrincipalId] {
        &self.owners
    }

    fn change_owners(&self, change: OwnerChange) -> Command {
        let change = Box::new(ServicePrincipalChange::Owner(change));
        Command::ChangeServicePrincipal { principal: self.id, change }
    }

    fn change_secrets(&self, change: SecretChange) -> Command {
        let change = Box::new(ServicePrincipalChange::Secret(change));
        Command::ChangeServicePrincipal { principal: self.id, change }
    }
}

/// The operations of both. Lists of owners stand among the relations.
macro_rules! operations {
    ($($path:literal $kind:ty),*) => {
        &[$(
            write(Method::Post, concat!($path, "/owners/$ref"), add_owner::<$kind>),
            write(Method::Delete, concat!($path, "/owners/{id}/$ref"), remove_owner::<$kind>),
            write(Method::Post, concat!($path, "/addPassword"), add_password::<$kind>),
            write(Method::Post, concat!($path, "/removePassword"), remove_password::<$kind>),
        )*]
    };
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] =
    operations!("/applications/{id}" Application, "/servicePrincipals/{id}" ServicePrincipal);

const fn write(method: Method, path: &'static str, handler: Handler) -> Operation {
    Operation { method, path, versions: BOTH, permission: &WRITE_OWNED_APPLICATIONS, handler }
}

/// An application that has the permission for its own applications and no more touches no others.
///
/// # Errors
/// When it would.
pub(super) fn may_write(call: &Call<'_>, view: View<'_>, owners: &[PrincipalId]) -> Result<(), GraphError> {
    let is_own = call.application().is_some_and(|own| owners.contains(&own));
    if is_own { Ok(()) } else { call.require(view, &WRITE_APPLICATIONS) }
}

/// Who is to own what such an application makes: nobody else could ever change it.
pub(super) fn maker(call: &Call<'_>) -> Option<PrincipalId> {
    call.application().filter(|_| !WRITE_APPLICATIONS.is_given(call.token))
}

/// The one that the path names, if the token permits to change it. Whether the caller may is decided with the rest.
///
/// # Errors
/// When there is none, or the token does not.
pub(super) fn writable<'v, O: Owned + ?Sized>(call: &Call<'_>, view: View<'v>) -> Result<&'v O, GraphError> {
    let found = O::find(call, view)?;
    may_write(call, view, found.owners()).map(|()| found)
}

/// Carries a command out of which nothing is to be told.
pub(super) fn carry_out(call: &Call<'_>, command: &Command) -> Result<Reply, GraphError> {
    call.tenant.handle(call.caller(), command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

/// Whoever adds an owner must be able to find it: the permission for one's own is not enough.
fn add_owner<O: Owned>(call: &Call<'_>) -> Result<Reply, GraphError> {
    let change = OwnerChange::Add(referred(call)?);
    let command = call.tenant.read(|view| {
        if maker(call).is_some() {
            call.require(view, &READ_DIRECTORY)?;
        }
        writable::<O>(call, view).map(|it| it.change_owners(change))
    })?;
    carry_out(call, &command)
}

fn remove_owner<O: Owned>(call: &Call<'_>) -> Result<Reply, GraphError> {
    let owner = call.id(1).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(1).to_owned()))?;
    let change = OwnerChange::Remove(PrincipalId(owner));
    let command = call.tenant.read(|view| writable::<O>(call, view).map(|it| it.change_owners(change)))?;
    carry_out(call, &command)
}

crate::request_body! {
    /// What `addPassword` takes.
    AddPassword {
        /// What is wanted of the secret.
        password_credential / "passwordCredential": PasswordCredential,
    }
    /// `passwordCredential`, as far as clients may write it.
    PasswordCredential {
        /// What its maker calls it.
        display_name / "displayName": String,
        /// From when it works.
        starts / "startDateTime": Instant,
        /// When it stops working.
        expires / "endDateTime": Instant,
    }
    /// What `removePassword` takes.
    RemovePassword {
        /// Which secret.
        key_id / "keyId": String,
    }
}

#[derive(Serialize)]
struct Added<'a> {
    #[serde(rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    #[serde(flatten)]
    password: Password<'a>,
}

fn add_password<O: Owned>(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: AddPassword = call.body()?;
    let wanted = body.password_credential.unwrap_or_default();
    let starts = wanted.starts.unwrap_or_else(|| call.tenant.clock().now());
    let expires = wanted.expires.unwrap_or_else(|| starts.plus(DEFAULT_LIFETIME));
    if expires <= starts {
        return Err(GraphError::InvalidValue { property: "endDateTime", resource: "PasswordCredential" });
    }
    let mut secret = ClientSecret {
        key_id: Uuid::nil(),
        display_name: wanted.display_name,
        value: secret_text(),
        starts: Some(starts),
        expires: Some(expires),
    };
    let change = SecretChange::Add(secret.clone());
    let command = call.tenant.read(|view| writable::<O>(call, view).map(|it| it.change_secrets(change)))?;
    let made = call.tenant.handle(call.caller(), &command, |_, outcome| outcome.made);
    secret.key_id = made.map_err(GraphError::Directory)?.unwrap_or_default();
    let mut password = Password::of(&secret);
    password.secret_text = Some(&secret.value);
    let context = call.url("$metadata#microsoft.graph.passwordCredential");
    let added = Added { context: (call.metadata != Metadata::None).then_some(context), password };
    // Structs of texts can always be written to memory.
    Ok(Reply::Ok(serde_json::to_vec(&added).unwrap_or_default()))
}

fn remove_password<O: Owned>(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: RemovePassword = call.body()?;
    let text = body.key_id.unwrap_or_default();
    let secret = Uuid::try_parse(&text)
        .map_err(|_| GraphError::InvalidValue { property: "keyId", resource: "PasswordCredential" })?;
    let change = SecretChange::Remove(secret);
    let command = call.tenant.read(|view| writable::<O>(call, view).map(|it| it.change_secrets(change)))?;
    carry_out(call, &command)
}

/// Forty characters in the shape of the service's: three, a mark, and the rest.
fn secret_text() -> String {
    let random = [random_uuid(), random_uuid()].map(|id| URL_SAFE_NO_PAD.encode(id.as_bytes())).concat();
    let (head, tail) = random.split_at(3);
    format!("{head}8Q~{}", &tail[..34])
}
