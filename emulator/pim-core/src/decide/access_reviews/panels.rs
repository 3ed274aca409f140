//! Who is asked about whom. Looked up when an occurrence or a stage starts, and when somebody changes it.

use crate::family::groups;
use crate::id::PrincipalId;
use crate::model::access_review::{AccessReviewResource, AccessReviewReviewers, Asked, ReviewerScope};
use crate::model::{GroupAccess, Principal, PrincipalKind};
use crate::state::{Slot, State};
use crate::time::Instant;
use crate::view::View;
use std::collections::{BTreeMap, BTreeSet};

crate::implements!["REV-9", "REV-10"];

/// The lists of reviewers of an instance, each once.
#[derive(Debug)]
pub(crate) struct Panels<'a> {
    state: &'a State,
    at: Instant,
    /// Nobody is named: everybody is asked about oneself.
    is_self_review: bool,
    common: BTreeSet<PrincipalId>,
    asks_managers: bool,
    fallback: BTreeSet<PrincipalId>,
    fallback_asks_managers: bool,
    places: BTreeMap<Vec<PrincipalId>, u32>,
    lists: Vec<Vec<PrincipalId>>,
}

impl<'a> Panels<'a> {
    /// Those of whoever is to decide on holders of a thing.
    pub(crate) fn new(
        (state, at): (&'a State, Instant),
        resource: AccessReviewResource,
        (reviewers, fallback): (&[ReviewerScope], &[ReviewerScope]),
    ) -> Self {
        let people = |scopes: &[ReviewerScope]| {
            scopes.iter().flat_map(|scope| people(state, at, resource, scope.who)).collect::<BTreeSet<_>>()
        };
        let asks_managers =
            |scopes: &[ReviewerScope]| scopes.iter().any(|scope| scope.who == AccessReviewReviewers::Managers);
        Self {
            state,
            at,
            is_self_review: reviewers.is_empty(),
            common: people(reviewers),
            asks_managers: asks_managers(reviewers),
            fallback: people(fallback),
            fallback_asks_managers: asks_managers(fallback),
            places: BTreeMap::new(),
            lists: Vec::new(),
        }
    }

    /// Whether everybody is asked about oneself. Groups and service principals cannot be, and are left out then.
    pub(crate) const fn is_self_review(&self) -> bool {
        self.is_self_review
    }

    /// Who is asked about a principal: those who were chosen, its manager, or else whoever is fallen back to (REV-9).
    pub(crate) fn ask_about(&mut self, principal: PrincipalId) -> Asked {
        if self.is_self_review {
            return Asked::Itself;
        }
        let mut list = self.common.clone();
        if self.asks_managers {
            list.extend(self.manager(principal));
        }
        if list.is_empty() {
            list.clone_from(&self.fallback);
            if self.fallback_asks_managers {
                list.extend(self.manager(principal));
            }
        }
        let list: Vec<_> = list.into_iter().collect();
        if let Some(place) = self.places.get(&list) {
            return Asked::Panel(*place);
        }
        let place = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.places.insert(list.clone(), place);
        self.lists.push(list);
        Asked::Panel(place)
    }

    /// The manager of a user, where it has one who is there.
    fn manager(&self, principal: PrincipalId) -> Option<PrincipalId> {
        let view = View::new(self.state, self.at);
        view.user(principal)?.manager.filter(|manager| view.user(*manager).is_some())
    }

    /// The lists, as lines speak of them.
    pub(crate) fn into_lists(self) -> Vec<Vec<PrincipalId>> {
        self.lists
    }
}

/// The users whom a reviewer comes to, but for managers, who differ from person to person. Owners are asked while they own
/// the group, not while they might (REV-10).
fn people(state: &State, at: Instant, resource: AccessReviewResource, who: AccessReviewReviewers) -> Vec<PrincipalId> {
    let view = View::new(state, at);
    match who {
        AccessReviewReviewers::User(id) => view.user(id).map(|it| it.id).into_iter().collect(),
        AccessReviewReviewers::GroupMembers(group) => {
            let members = view.transitive_members(group).into_iter();
            members.filter(|it| it.kind() == PrincipalKind::User).map(Principal::id).collect()
        }
        AccessReviewReviewers::GroupOwners(group) => owners(state, at, group),
        AccessReviewReviewers::OwnersOfReviewedGroup => match resource {
            AccessReviewResource::Group(group) => owners(state, at, group),
            AccessReviewResource::DirectoryRole(_) | AccessReviewResource::AzureRole { .. } => Vec::new(),
        },
        AccessReviewReviewers::Managers => Vec::new(),
        AccessReviewReviewers::ServicePrincipalOwners(id) => {
            let owners = view.service_principal(id).into_iter().flat_map(|it| &it.owners);
            owners.filter(|owner| view.user(**owner).is_some()).copied().collect()
        }
    }
}

fn owners(state: &State, at: Instant, group: PrincipalId) -> Vec<PrincipalId> {
    let Some((slot, _)) = groups::find(state, group) else { return Vec::new() };
    let is_active = |owner: &Slot| state.belongs(at, slot, *owner, GroupAccess::Owner);
    let owners = state.directory.owners_of(slot).into_iter();
    owners.filter(|owner| groups::is_user(state, *owner) && is_active(owner)).map(|it| state.directory.id(it)).collect()
}
