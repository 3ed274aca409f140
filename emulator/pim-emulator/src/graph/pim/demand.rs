//! What a filter demands of every row, as far as an index answers it or somebody's rights hang on it.

use super::Held;
use pim_core::model::Resource;
use pim_core::{By, PrincipalId};
use pim_odata::{Entity, Pager};

/// The principal and the role or group that all rows must have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Demand {
    pub(crate) principal: Option<PrincipalId>,
    pub(crate) resource: Option<Resource>,
}

impl Demand {
    /// What the filter of a query demands.
    pub(in crate::graph) fn of<H: Held, E: Entity>(pager: &Pager<E>) -> Self {
        let id = |names: &[&str]| names.iter().find_map(|name| pager.equality(name).and_then(pim_odata::Literal::guid));
        Self { principal: id(H::PRINCIPAL).map(PrincipalId), resource: id(H::RESOURCE).map(H::resource) }
    }

    /// The index for it: the principal before the resource, because a principal has fewer rows.
    pub(in crate::graph) fn by(self) -> By {
        let resource = || self.resource.map_or(By::Anything, By::Resource);
        self.principal.map_or_else(resource, By::Principal)
    }
}
