//! Which entries of the journal somebody wants to see.

use super::entry::Packed;
use crate::app::traffic::{PathPattern, PlainPath, Surface};
use pim_core::PrincipalId;

/// What entries must have; what is left out says nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    /// The part of the emulator.
    pub surface: Option<Surface>,
    /// The method.
    pub method: Option<String>,
    /// The path.
    pub path: Option<PathPattern>,
    /// Who called.
    pub principal: Option<PrincipalId>,
    /// The status.
    pub status: Option<u16>,
    /// What the client called the request.
    pub client_request_id: Option<String>,
}

impl Wanted {
    pub(super) fn takes(&self, packed: &Packed<'_>) -> bool {
        let path = || PlainPath::of(packed.surface, packed.path);
        self.surface.is_none_or(|it| it == packed.surface)
            && self.method.as_ref().is_none_or(|it| it.eq_ignore_ascii_case(packed.method))
            && self.status.is_none_or(|it| it == packed.status)
            && self.principal.is_none_or(|it| packed.principal() == Some(it))
            && (self.client_request_id.as_ref())
                .is_none_or(|it| packed.client_request_id.is_some_and(|id| id.eq_ignore_ascii_case(it)))
            && self.path.as_ref().is_none_or(|it| it.matches(&path()))
    }
}
