//! A tenant as one request meets it.

use super::tenant::Tenant;
use super::traffic::Fate;
use pim_core::{Caller, Command, Outcome, Rejection, View};
use std::ops::Deref;

/// A tenant, and the circumstances under which one request is carried out in it. Reads and writes like the tenant itself; what
/// the fate withholds is not there for it.
#[derive(Clone, Copy, Debug)]
pub struct Access<'a> {
    tenant: &'a Tenant,
    fate: &'a Fate,
}

impl Deref for Access<'_> {
    type Target = Tenant;

    fn deref(&self) -> &Tenant {
        self.tenant
    }
}

impl<'a> Access<'a> {
    /// The tenant under these circumstances.
    #[must_use]
    pub const fn new(tenant: &'a Tenant, fate: &'a Fate) -> Self {
        Self { tenant, fate }
    }

    /// The circumstances.
    #[must_use]
    pub const fn fate(&self) -> &'a Fate {
        self.fate
    }

    /// [`Tenant::read`].
    pub fn read<R>(&self, read: impl FnOnce(View<'_>) -> R) -> R {
        self.tenant.read(|view| read(view.shown_by(self.fate.replica())))
    }

    /// [`Tenant::handle`].
    ///
    /// # Errors
    /// The machine's [`Rejection`]; nothing has changed then.
    pub fn handle<R>(
        &self,
        caller: impl Into<Caller>,
        command: &Command,
        read: impl FnOnce(View<'_>, Outcome) -> R,
    ) -> Result<R, Rejection> {
        self.tenant.handle_under(self.fate, caller, command, read)
    }

    /// [`Tenant::handle_made`].
    ///
    /// # Errors
    /// What `make` refuses, and within that the machine's [`Rejection`]; nothing has changed then.
    pub fn handle_made<R, E>(
        &self,
        caller: impl Into<Caller>,
        make: impl FnOnce(View<'_>) -> Result<Command, E>,
        read: impl FnOnce(View<'_>, Outcome) -> R,
    ) -> Result<Result<R, Rejection>, E> {
        self.tenant.handle_made_under(self.fate, caller, make, read)
    }
}
