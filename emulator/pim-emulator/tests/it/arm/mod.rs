//! Azure Resource Manager through the router.

mod access_reviews;
mod batch;
mod bodies;
mod classic;
mod discovery;
mod front_door;
mod headers;
mod kit;
mod pim;
mod tokens;
