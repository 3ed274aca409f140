//! Microsoft Graph, v1.0 and beta.
//!
//! A request is matched to an operation, its token is verified, its permission is checked, and then a handler asks the
//! machine and writes the answer. One file per resource, in folders that repeat the URL; each lists its operations in a
//! constant that serves the router, the table of routes and the tests alike.

mod administrative_units;
mod applications;
mod audit_logs;
mod batch;
mod body;
mod call;
mod collection;
mod deleted_items;
mod delta;
mod directory_objects;
mod directory_role_templates;
mod directory_roles;
mod domains;
mod error;
mod expand;
mod groups;
mod identity;
mod identity_governance;
pub(crate) mod json;
mod key_credentials;
mod limits;
mod me;
mod media;
mod memberships;
mod metadata;
mod oauth2_permission_grants;
mod objects;
mod operations;
mod organization;
mod ownership;
mod path;
mod permission;
mod pim;
mod policies;
mod preferences;
mod privileged_access;
mod properties;
mod references;
mod relations;
mod reply;
mod role_management;
mod router;
mod security_identifier;
mod sent;
mod service;
mod service_principals;
mod staged;
mod subscribed_skus;
mod users;
mod written;

pub use error::{ErrorRow, errors};
pub(crate) use identity_governance::access_reviews::report::serve as serve_access_review_report;
pub use operations::{OperationRow, operations};
pub(crate) use router::ALTERNATE_KEYS;
pub(crate) use service::{serve, serve_privileged_access};

/// The two versions that are served, and the older service that has the older routes of PIM at an address of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Version {
    /// `v1.0`.
    V1,
    /// `beta`.
    Beta,
    /// PIM's own service, `api/v2`.
    Service,
}

impl Version {
    /// How it stands in a URL.
    pub(crate) const fn segment(self) -> &'static str {
        match self {
            Self::V1 => "v1.0",
            Self::Beta => "beta",
            Self::Service => "api/v2",
        }
    }

    /// The version of Graph that a path's first segment names, in any case.
    pub(crate) fn parse(segment: &str) -> Option<Self> {
        [Self::V1, Self::Beta].into_iter().find(|version| version.segment().eq_ignore_ascii_case(segment))
    }
}
