//! `$metadata` and the service document: what is served, described for programs.
//!
//! The description is made of what serves: the tables of types, and the operations, which say what functions and actions there
//! are. What neither says (the types inside properties, what leads where) is listed beside it and held against both by tests.
//! Only what can be reached in a version is described in it.
//!
//! Both documents are for everybody, as the service has it, and take no token.

mod bound;
mod complex_types;
mod csdl;
mod model;
mod places;
mod tables;
#[cfg(test)]
mod tests;

use self::model::Model;
use super::Version;
use super::error::GraphError;
use super::json::Json;
use super::path::Segment;
use super::reply::Reply;
use super::router::Method;
use crate::net::Origin;
use std::sync::LazyLock;

/// What beta alone has.
const BETA: &[Version] = &[Version::Beta];

/// The paths that take no token.
pub(super) const OPEN_PATHS: [&str; 2] = ["/", "/$metadata"];

/// The document that a path below a version of Graph names; nothing where it names something else.
pub(super) fn document(
    version: Version,
    method: Option<Method>,
    segments: &[Segment<'_>],
    origin: &Origin<'_>,
) -> Option<Result<Reply, GraphError>> {
    let is_description = match segments {
        [] => false,
        [Segment::Plain(only)] if only.eq_ignore_ascii_case("$metadata") => true,
        _ => return None,
    };
    match (version, method) {
        (Version::Service, _) => None,
        (Version::V1 | Version::Beta, Some(Method::Get)) if is_description => Some(Ok(description(version))),
        (Version::V1 | Version::Beta, Some(Method::Get)) => Some(Ok(service_document(version, origin))),
        (Version::V1 | Version::Beta, _) => Some(Err(GraphError::MethodNotAllowed)),
    }
}

/// The description of a version.
fn description(version: Version) -> Reply {
    static V1: LazyLock<String> = LazyLock::new(|| csdl::write(&Model::of(Version::V1)));
    static LATER: LazyLock<String> = LazyLock::new(|| csdl::write(&Model::of(Version::Beta)));
    let text = match version {
        Version::V1 | Version::Service => &V1,
        Version::Beta => &LATER,
    };
    Reply::Description(text.as_bytes())
}

/// What paths begin with.
fn service_document(version: Version, origin: &Origin<'_>) -> Reply {
    let mut json = Json::with_capacity(2048);
    json.open();
    json.key("@odata.context");
    json.text(&format!("{origin}/{}/$metadata", version.segment()));
    json.key("value");
    json.raw("[");
    for root in places::ROOTS.iter().filter(|root| root.versions.contains(&version)) {
        json.next();
        json.open();
        json.key("name");
        json.plain(root.name);
        json.key("kind");
        json.plain(if root.is_set { "EntitySet" } else { "Singleton" });
        json.key("url");
        json.plain(root.name);
        json.close();
    }
    json.raw("]");
    json.close();
    Reply::Ok(json.into_bytes())
}
