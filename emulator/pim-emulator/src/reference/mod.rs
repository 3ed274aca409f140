//! What this build knows of itself: the rules it implements, the routes it serves, the errors it answers and the switches
//! it has. The command line shows these and the pages under `docs/` are written by them.

mod behaviour;
mod errors;
mod implemented;
mod markdown;
mod routes;
mod rules;

pub use behaviour::{SwitchRow, behaviour, behaviour_markdown};
pub use errors::{ErrorRow, errors, errors_markdown};
pub use implemented::IMPLEMENTED;
pub use routes::{RouteRow, routes, routes_markdown};
pub use rules::{rules, rules_markdown};
