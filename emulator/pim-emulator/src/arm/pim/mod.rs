//! What the types of PIM have in common: who holds what where, who may see it, and how that is written.

mod ask;
mod expanded;
mod held;
mod ids;
mod listing;
mod people;
mod requests;

pub(super) use expanded::{Expanded, Named, kind as kind_of};
pub(super) use held::{Face, Held, get, list};
pub(super) use ids::{
    prefix, role_assignment_id, role_at, role_definition_id, schedule_of_role_assignment, subscription,
};
pub(super) use listing::{HeldAt, Listing};
pub(super) use people::People;
pub(super) use requests::{cancel, get as get_request, list as list_requests, put, validate};

/// What can be done with schedules or instances of one side: both are read and never written.
macro_rules! held_collection {
    ($kind:ident, $side:ident, is_instance: $is_instance:literal) => {
        use crate::arm::front_door::types;
        use crate::arm::pim::{self, Face};
        use crate::arm::router::{Handler, Method, Operation, Place, Resource};
        use pim_core::model::AssignmentKind;

        /// What can be done with them.
        pub(crate) static RESOURCE: Resource = Resource {
            kind: FACE.kind,
            place: Place::AnyScope,
            operations: &[
                Operation {
                    method: Method::Get,
                    path: "",
                    versions: None,
                    handler: Handler::Signed(|call| pim::list(call, &FACE)),
                },
                Operation {
                    method: Method::Get,
                    path: "{name}",
                    versions: None,
                    handler: Handler::Signed(|call| pim::get(call, &FACE)),
                },
            ],
        };

        static FACE: Face = Face { kind: &types::$kind, side: AssignmentKind::$side, is_instance: $is_instance };
    };
}
pub(super) use held_collection;

/// What can be done with the requests of one side.
macro_rules! request_collection {
    ($kind:ident, $side:ident) => {
        use crate::arm::front_door::types;
        use crate::arm::pim;
        use crate::arm::router::{Handler, Method, Operation, Place, Resource};
        use pim_core::model::AssignmentKind;

        const SIDE: AssignmentKind = AssignmentKind::$side;

        /// The versions in which a request can be tried out.
        const VALIDATED: &[&str] = &["2020-10-01", "2022-04-01-preview"];

        const fn operation(method: Method, path: &'static str, handler: Handler) -> Operation {
            Operation { method, path, versions: None, handler }
        }

        /// What can be done with them.
        pub(crate) static RESOURCE: Resource = Resource {
            kind: &types::$kind,
            place: Place::AnyScope,
            operations: &[
                operation(Method::Get, "", Handler::Signed(|call| pim::list_requests(call, SIDE))),
                operation(Method::Get, "{name}", Handler::Signed(|call| pim::get_request(call, SIDE))),
                operation(Method::Put, "{name}", Handler::Signed(|call| pim::put(call, SIDE))),
                operation(Method::Post, "{name}/cancel", Handler::Signed(|call| pim::cancel(call, SIDE))),
                Operation {
                    method: Method::Post,
                    path: "{name}/validate",
                    versions: Some(VALIDATED),
                    handler: Handler::Signed(|call| pim::validate(call, SIDE)),
                },
            ],
        };
    };
}
pub(super) use request_collection;
