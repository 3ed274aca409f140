//! References to directory objects, as `@odata.id` and `…@odata.bind` write them, and as `$ref` answers them.
//!
//! Clients name whichever address of Graph they know, of whichever version, and put the tenant in between or not. What counts
//! is that it is an address of Graph, that the tenant is this one, and which object of which collection stands at the end.

use super::call::Call;
use super::error::GraphError;
use super::objects::Object;
use super::reply::Reply;
use crate::net::ServedHost;
use pim_core::model::PrincipalKind;
use pim_core::{PrincipalId, View};
use uuid::Uuid;

/// How many references one change may add.
pub(crate) const MOST_AT_ONCE: usize = 20;

/// The other names of Graph that clients have in their configuration.
const OTHER_HOSTS: [&str; 6] = [
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "graph.microsoft.de",
    "microsoftgraph.chinacloudapi.cn",
    "graph.windows.net",
    "directory.windows.net",
];

/// Collections of directory objects, each with the kind of principal that it holds if it is but one.
const COLLECTIONS: [(&str, Option<PrincipalKind>); 9] = [
    ("directoryObjects", None),
    ("users", Some(PrincipalKind::User)),
    ("groups", Some(PrincipalKind::Group)),
    ("servicePrincipals", Some(PrincipalKind::ServicePrincipal)),
    ("applications", None),
    ("devices", None),
    ("contacts", None),
    ("administrativeUnits", None),
    ("directoryRoles", None),
];

crate::request_body! {
    /// The body of `POST …/$ref`.
    ReferenceBody {
        /// The address of the object.
        id / "@odata.id": String,
    }
}

/// An object that was referred to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reference {
    /// Its id.
    pub(crate) id: Uuid,
    /// The kind that it must have.
    kind: Option<PrincipalKind>,
}

impl Reference {
    /// Reads the body of `POST …/$ref`.
    ///
    /// # Errors
    /// When there is no reference in it, or none to an object of this tenant.
    pub(crate) fn of_body(call: &Call<'_>) -> Result<Self, GraphError> {
        let body: ReferenceBody = call.body()?;
        Self::parse(call, &body.id.ok_or(GraphError::MissingReference)?)
    }

    /// Reads an address.
    ///
    /// # Errors
    /// When it is none of a directory object of this tenant.
    pub(crate) fn parse(call: &Call<'_>, address: &str) -> Result<Self, GraphError> {
        let fault = || GraphError::InvalidReference(address.to_owned());
        let path = match address.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") => {
                let (authority, path) = rest.split_once('/').ok_or_else(fault)?;
                if !is_graph(call, authority) {
                    return Err(fault());
                }
                path
            }
            Some(_) => return Err(fault()),
            None => address,
        };
        // `users('id')` is `users/id`.
        let path = path.split(['?', '#']).next().unwrap_or_default().replace("('", "/").replace("')", "");
        let mut kind = None;
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        let is_found = segments.by_ref().find_map(|segment| {
            let found = COLLECTIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(segment));
            let is_of_another = Uuid::try_parse(segment).is_ok_and(|tenant| tenant != call.tenant.id().0);
            found.map(|(_, held)| (kind = *held, true).1).or(is_of_another.then_some(false))
        });
        let id = segments.next().and_then(|segment| Uuid::try_parse(segment).ok());
        match (is_found, id) {
            (Some(true), Some(id)) => Ok(Self { id, kind }),
            (Some(true | false) | None, _) => Err(fault()),
        }
    }

    /// The principal that it refers to.
    ///
    /// # Errors
    /// When there is none of that kind.
    pub(crate) fn principal(self, view: View<'_>) -> Result<PrincipalId, GraphError> {
        let found = view.principal(PrincipalId(self.id)).filter(|it| self.kind.is_none_or(|kind| kind == it.kind()));
        found.map(|it| it.id()).ok_or_else(|| GraphError::ObjectNotFound(self.id.to_string()))
    }
}

/// The principal that the body of `POST …/$ref` refers to.
///
/// # Errors
/// When it refers to none.
pub(crate) fn referred(call: &Call<'_>) -> Result<PrincipalId, GraphError> {
    let reference = Reference::of_body(call)?;
    call.tenant.read(|view| reference.principal(view))
}

/// Whether an authority is one under which Graph answers: that of the call, or a name of the service.
fn is_graph(call: &Call<'_>, authority: &str) -> bool {
    let host = authority.split(':').next().unwrap_or_default();
    authority.eq_ignore_ascii_case(call.origin.authority())
        || matches!(ServedHost::of(host), Some(ServedHost::Graph | ServedHost::ByPath))
        || OTHER_HOSTS.iter().any(|known| known.eq_ignore_ascii_case(host))
}

/// The principals that a member of a body refers to.
///
/// # Errors
/// When there are too many, or one of them is not there.
pub(crate) fn bound(call: &Call<'_>, addresses: Option<Vec<String>>) -> Result<Vec<PrincipalId>, GraphError> {
    let addresses = addresses.unwrap_or_default();
    if addresses.len() > MOST_AT_ONCE {
        return Err(GraphError::TooManyReferences);
    }
    let references = addresses.iter().map(|it| Reference::parse(call, it)).collect::<Result<Vec<_>, _>>()?;
    call.tenant.read(|view| references.into_iter().map(|it| it.principal(view)).collect())
}

/// Answers references to objects instead of the objects.
pub(crate) fn answer(call: &Call<'_>, objects: &[(u64, Object<'_>)]) -> Reply {
    let mut json = call.json_of(128 + objects.len() * 160, "Collection($ref)");
    json.key("value");
    json.raw("[");
    for (_, object) in objects {
        json.next();
        json.open();
        json.key("@odata.id");
        json.text(&location(call, object.id(), object.directory_type()));
        json.close();
    }
    json.raw("]");
    json.close();
    Reply::Ok(json.into_bytes())
}

/// The address that the directory itself has for an object.
pub(crate) fn location(call: &Call<'_>, id: Uuid, directory_type: &str) -> String {
    let (origin, tenant) = (&call.origin, call.tenant.id());
    format!("{origin}/v2/{tenant}/directoryObjects/{id}/Microsoft.DirectoryServices.{directory_type}")
}
