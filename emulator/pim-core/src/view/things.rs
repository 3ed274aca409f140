//! What is found from somebody on, or under a unique name: things that are owned or were made, and administrative units.

use super::View;
use crate::decide::directory::applications;
use crate::id::PrincipalId;
use crate::model::{AdministrativeUnit, Application, Group, Principal};
use crate::state::Thing;

/// Objects that are somebody's.
#[derive(Clone, Debug, Default)]
pub struct Things<'a> {
    /// The principals among them, in the order of keys.
    pub principals: Vec<&'a Principal>,
    /// The applications among them, in the order of ids.
    pub applications: Vec<&'a Application>,
}

impl<'a> View<'a> {
    /// The group with that unique name, in any case.
    #[must_use]
    pub fn group_uniquely_named(self, unique_name: &str) -> Option<&'a Group> {
        match self.state.directory.at(self.state.directory.uniquely_named(unique_name)?)? {
            Principal::Group(group) => Some(group),
            Principal::User(_) | Principal::ServicePrincipal(_) => None,
        }
    }

    /// The application with that unique name, in any case.
    #[must_use]
    pub fn application_uniquely_named(self, unique_name: &str) -> Option<&'a Application> {
        applications::uniquely_named(self.state, unique_name)
    }

    /// The applications and service principals that somebody owns.
    #[must_use]
    pub fn things_owned_by(self, owner: PrincipalId) -> Things<'a> {
        self.things(self.state.directory.things_of(owner))
    }

    /// The groups, service principals and applications that somebody made who held no role then.
    #[must_use]
    pub fn things_made_by(self, creator: PrincipalId) -> Things<'a> {
        self.things(self.state.directory.things_made_by(creator))
    }

    fn things(self, all: impl Iterator<Item = Thing>) -> Things<'a> {
        let mut things = Things::default();
        for thing in all {
            match thing {
                Thing::Principal(slot) => things.principals.extend(self.state.directory.at(slot)),
                Thing::Application(id) => things.applications.extend(self.state.directory.application(id)),
            }
        }
        things
    }

    /// The administrative units that a principal is in, in the order of ids.
    pub fn units_of(self, member: PrincipalId) -> impl Iterator<Item = &'a AdministrativeUnit> {
        self.state.directory.administrative_units.of(member)
    }
}
