//! Routes that are known and not emulated yet: each answers 501 and says its name.

use super::Handle;
use super::body::TenantAt;
use super::problem::{Kind, Problem};
use axum::Router;
use axum::routing::any;

/// What is not built yet.
const UNBUILT: [(&str, &str); 2] =
    [("requests", "/_emulator/tenants/{tid}/requests"), ("faults", "/_emulator/tenants/{tid}/faults")];

pub(super) fn routes() -> Router<Handle> {
    UNBUILT.into_iter().fold(Router::new(), |router, (name, path)| {
        let refuse =
            move |_: TenantAt| async move { Problem::new(Kind::NotEmulated, format!("'{name}' is not emulated yet")) };
        router.route(path, any(refuse))
    })
}
