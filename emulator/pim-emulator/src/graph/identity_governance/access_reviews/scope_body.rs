//! Whose access to what an access review is about, as clients write it: queries that are read for the role, group or role of
//! Azure in them and for the sorts of principals, and are given back as they came.

use super::query_text::{Condition, QueryText};
use crate::graph::error::GraphError;
use crate::graph::json::Json;
use pim_core::model::access_review::{
    AccessReviewAssignments, AccessReviewPrincipals, AccessReviewResource, AccessReviewScope, AccessReviewTarget,
};
use pim_core::time::Length;
use pim_core::{AzureRoleDefinitionId, PrincipalId, RoleDefinitionId, View};
use uuid::Uuid;

crate::request_body! {
    /// `accessReviewScope` with its derived types, and `accessReviewReviewerScope`.
    ScopeBody {
        /// Which of the types it is.
        kind / "@odata.type": String,
        /// Whom or what it finds.
        query / "query": String,
        /// Where.
        query_type / "queryType": String,
        /// From where on.
        query_root / "queryRoot": String,
        /// For how long they must not have signed in.
        inactive_duration / "inactiveDuration": String,
        /// Whose.
        principal_scopes / "principalScopes": Vec<ScopeBody>,
        /// Of what.
        resource_scopes / "resourceScopes": Vec<ScopeBody>,
    }
}

/// The types of scopes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ScopeKind {
    Query,
    InactiveUsers,
    Memberships,
}

impl ScopeKind {
    const ALL: [Self; 3] = [Self::Query, Self::InactiveUsers, Self::Memberships];

    const fn name(self) -> &'static str {
        match self {
            Self::Query => "#microsoft.graph.accessReviewQueryScope",
            Self::InactiveUsers => "#microsoft.graph.accessReviewInactiveUsersQueryScope",
            Self::Memberships => "#microsoft.graph.principalResourceMembershipsScope",
        }
    }
}

/// What a query is of, and what it says of whose and which.
struct Found {
    resource: AccessReviewResource,
    principals: Vec<AccessReviewPrincipals>,
    assignments: AccessReviewAssignments,
    is_transitive: bool,
}

/// A scope that makes no sense, and why.
pub(super) fn fault(what: impl std::fmt::Display) -> GraphError {
    GraphError::InvalidAccessReview(what.to_string())
}

impl ScopeBody {
    /// What the machine is told.
    ///
    /// # Errors
    /// What is not understood of it, [`GraphError::NotEmulated`] for access packages.
    pub(super) fn read(&self, enumeration: Option<&Self>, view: View<'_>) -> Result<AccessReviewScope, GraphError> {
        if let Some(enumeration) = enumeration {
            return self.of_every_group(enumeration);
        }
        let (kind, inactive_for) = (self.kind()?, self.inactive_for()?);
        match kind {
            ScopeKind::Query | ScopeKind::InactiveUsers => {
                let Found { resource, principals, assignments, is_transitive } = self.found(view)?;
                let target = AccessReviewTarget::One(resource);
                Ok(AccessReviewScope { target, principals, assignments, is_transitive, inactive_for })
            }
            ScopeKind::Memberships => self.memberships(view),
        }
    }

    /// It as it is given back: of which type it is, and what was written.
    pub(super) fn spelled(&self) -> Result<String, GraphError> {
        let mut json = Json::with_capacity(256);
        self.write(&mut json)?;
        Ok(String::from_utf8(json.into_bytes()).unwrap_or_default())
    }

    fn write(&self, json: &mut Json) -> Result<(), GraphError> {
        let kind = self.kind()?;
        json.open();
        json.kind(kind.name());
        match kind {
            ScopeKind::Query | ScopeKind::InactiveUsers => {
                self.write_query(json);
                if kind == ScopeKind::InactiveUsers {
                    json.key("inactiveDuration");
                    json.text(self.inactive_duration.as_deref().unwrap_or_default());
                }
            }
            ScopeKind::Memberships => {
                for (key, scopes) in
                    [("principalScopes", &self.principal_scopes), ("resourceScopes", &self.resource_scopes)]
                {
                    json.key(key);
                    json.raw("[");
                    for scope in scopes.iter().flatten() {
                        json.next();
                        scope.write(json)?;
                    }
                    json.raw("]");
                }
            }
        }
        json.close();
        Ok(())
    }

    /// The three members that scopes with a query have.
    pub(super) fn write_query(&self, json: &mut Json) {
        json.key("query");
        json.text(self.query.as_deref().unwrap_or_default());
        json.key("queryType");
        json.text(self.query_type.as_deref().unwrap_or("MicrosoftGraph"));
        json.key("queryRoot");
        json.value(&self.query_root);
    }

    /// Which of the types it is; a bare query is one of the first.
    fn kind(&self) -> Result<ScopeKind, GraphError> {
        let Some(name) = &self.kind else {
            return Ok(match (&self.principal_scopes, &self.resource_scopes, &self.inactive_duration) {
                (None, None, None) => ScopeKind::Query,
                (None, None, Some(_)) => ScopeKind::InactiveUsers,
                (Some(_), _, _) | (_, Some(_), _) => ScopeKind::Memberships,
            });
        };
        let name = name.trim_start_matches('#');
        let found = ScopeKind::ALL.into_iter().find(|kind| kind.name()[1..].eq_ignore_ascii_case(name));
        found.ok_or_else(|| fault(format_args!("'{name}' is no type of scope")))
    }

    fn inactive_for(&self) -> Result<Option<Length>, GraphError> {
        let read = |text: &String| {
            Length::parse(text).map_err(|error| fault(format_args!("inactiveDuration: '{text}': {error}")))
        };
        match (&self.inactive_duration, self.kind()?) {
            (None, ScopeKind::InactiveUsers) => Err(fault("inactiveDuration is missing")),
            (Some(text), ScopeKind::InactiveUsers) => read(text).map(Some),
            (_, ScopeKind::Query | ScopeKind::Memberships) => Ok(None),
        }
    }

    /// The query of a scope.
    ///
    /// # Errors
    /// When there is none, or it is not understood.
    pub(super) fn parsed(&self) -> Result<QueryText, GraphError> {
        let text = self.query.as_deref().filter(|text| !text.trim().is_empty());
        let text = text.ok_or_else(|| fault("a scope has no query"))?;
        QueryText::parse(text).map_err(|what| fault(format_args!("the query '{text}': {what}")))
    }

    fn not_understood(&self, what: &str) -> GraphError {
        fault(format_args!("the query '{}': {what}", self.query.as_deref().unwrap_or_default()))
    }

    /// What a query names whose holders it is about.
    fn found(&self, view: View<'_>) -> Result<Found, GraphError> {
        let query = self.parsed()?;
        let lower = query.lower();
        let names: Vec<_> = lower.iter().map(String::as_str).collect();
        match names.as_slice() {
            _ if query.is_relative => Err(self.not_understood("it is relative, and nothing says to what")),
            ["rolemanagement", "directory", "roledefinitions", id] => {
                self.without_conditions(&query)?;
                Ok(Found {
                    resource: AccessReviewResource::DirectoryRole(RoleDefinitionId(self.guid(id)?)),
                    principals: vec![AccessReviewPrincipals::Users, AccessReviewPrincipals::Groups],
                    assignments: AccessReviewAssignments::All,
                    is_transitive: false,
                })
            }
            ["rolemanagement", "directory", "roleeligibilityscheduleinstances" | "roleeligibilityschedules"] => {
                self.of_collection(&query, AccessReviewAssignments::Eligible)
            }
            ["rolemanagement", "directory", "roleassignmentscheduleinstances" | "roleassignmentschedules"] => {
                self.of_collection(&query, AccessReviewAssignments::Active)
            }
            ["groups", id, members @ ("members" | "transitivemembers"), cast @ ..] => {
                let is_transitive = *members == "transitivemembers";
                Ok(Found {
                    resource: AccessReviewResource::Group(PrincipalId(self.guid(id)?)),
                    principals: self.members(&query, cast, is_transitive)?,
                    assignments: AccessReviewAssignments::All,
                    is_transitive,
                })
            }
            [.., "providers", "microsoft.authorization", "roledefinitions", id] => Ok(Found {
                resource: self.azure_role(view, &query, id)?,
                principals: vec![AccessReviewPrincipals::Users, AccessReviewPrincipals::Groups],
                assignments: AccessReviewAssignments::All,
                is_transitive: false,
            }),
            ["identitygovernance", "entitlementmanagement", ..] => {
                Err(GraphError::NotEmulated("access reviews of access packages".to_owned()))
            }
            _ => Err(self.not_understood("it names no role, group or Azure role whose holders could be reviewed")),
        }
    }

    fn guid(&self, text: &str) -> Result<Uuid, GraphError> {
        Uuid::try_parse(text).map_err(|_| self.not_understood(&format!("'{text}' is no id")))
    }

    fn without_conditions(&self, query: &QueryText) -> Result<(), GraphError> {
        if query.conditions.is_empty() { Ok(()) } else { Err(self.not_understood("its filter is not understood here")) }
    }

    /// A role out of the filter of a collection of schedules.
    fn of_collection(&self, query: &QueryText, assignments: AccessReviewAssignments) -> Result<Found, GraphError> {
        let (mut role, mut kind, mut is_assigned) = (None, None, false);
        for condition in &query.conditions {
            match condition {
                Condition::Is(name, id) if name == "roledefinitionid" || name == "roledefinition/id" => {
                    role = Some(RoleDefinitionId(self.guid(id)?));
                }
                Condition::Is(name, value) if name == "assignmenttype" && value.eq_ignore_ascii_case("Assigned") => {
                    is_assigned = true;
                }
                Condition::IsOf(name) => kind = Some(self.principals(name)?),
                Condition::Is(name, _) | Condition::Has(name, _) => {
                    return Err(self.not_understood(&format!("its condition on '{name}' is not understood")));
                }
            }
        }
        let role = role.ok_or_else(|| self.not_understood("its filter names no roleDefinitionId"))?;
        let is_of_applications = kind == Some(AccessReviewPrincipals::ServicePrincipals);
        if assignments == AccessReviewAssignments::Active && !is_assigned && !is_of_applications {
            return Err(self.not_understood("activations are not reviewed: assignmentType eq 'Assigned' is missing"));
        }
        Ok(Found {
            resource: AccessReviewResource::DirectoryRole(role),
            principals: match kind {
                Some(kind) => vec![kind],
                None => vec![AccessReviewPrincipals::Users, AccessReviewPrincipals::Groups],
            },
            assignments,
            is_transitive: false,
        })
    }

    /// A sort of principals by the last part of its type.
    fn principals(&self, kind: &str) -> Result<AccessReviewPrincipals, GraphError> {
        match kind {
            "user" => Ok(AccessReviewPrincipals::Users),
            "group" => Ok(AccessReviewPrincipals::Groups),
            "serviceprincipal" => Ok(AccessReviewPrincipals::ServicePrincipals),
            _ => Err(self.not_understood(&format!("'{kind}' is nothing that holds roles"))),
        }
    }

    /// Which members: all people or the guests among them, and groups where they are not looked into.
    fn members(
        &self,
        query: &QueryText,
        cast: &[&str],
        is_transitive: bool,
    ) -> Result<Vec<AccessReviewPrincipals>, GraphError> {
        let cast = match cast {
            [] => None,
            [one] => Some(self.principals(one.rsplit('.').next().unwrap_or(one))?),
            [_, second, ..] => return Err(self.not_understood(&format!("'{second}' is too much"))),
        };
        let is_of_guests = self.is_of_guests(query)?;
        Ok(match (cast, is_of_guests) {
            (None | Some(AccessReviewPrincipals::Users), true) => vec![AccessReviewPrincipals::Guests],
            (Some(_), true) => return Err(self.not_understood("only users are guests")),
            (Some(kind), false) => vec![kind],
            (None, false) if is_transitive => vec![AccessReviewPrincipals::Users],
            (None, false) => vec![AccessReviewPrincipals::Users, AccessReviewPrincipals::Groups],
        })
    }

    /// Whether the filter demands guests; it may demand nothing else.
    fn is_of_guests(&self, query: &QueryText) -> Result<bool, GraphError> {
        match query.conditions.as_slice() {
            [] => Ok(false),
            [Condition::Is(name, value)] if name == "usertype" && value.eq_ignore_ascii_case("Guest") => Ok(true),
            _ => Err(self.not_understood("only userType eq 'Guest' is understood in its filter")),
        }
    }

    /// A role of Azure by its full id.
    fn azure_role(&self, view: View<'_>, query: &QueryText, id: &str) -> Result<AccessReviewResource, GraphError> {
        self.without_conditions(query)?;
        if !self.query_type.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("ARM")) {
            return Err(self.not_understood("a role of Azure takes the queryType 'ARM'"));
        }
        let role = AzureRoleDefinitionId(self.guid(id)?);
        let scope = query.path.len().checked_sub(4).and_then(|end| query.path.get(..end)).unwrap_or_default();
        let path = format!("/{}", scope.join("/"));
        let scope = view.azure_scope_at(&path).ok_or(GraphError::ResourceNotFound)?;
        Ok(AccessReviewResource::AzureRole { role, scope: scope.id })
    }

    /// Every Microsoft 365 group that has guests.
    fn of_every_group(&self, enumeration: &Self) -> Result<AccessReviewScope, GraphError> {
        let groups = enumeration.parsed()?;
        let is_unified = |it: &Condition| {
            matches!(it, Condition::Has(name, value)
                if name == "grouptypes" && value.eq_ignore_ascii_case("Unified"))
        };
        if groups.lower() != ["groups"] || groups.conditions.len() != 1 || !groups.conditions.iter().all(is_unified) {
            return Err(enumeration.not_understood("only all Microsoft 365 groups are reviewed together"));
        }
        let members = self.parsed()?;
        let lower = members.lower();
        let is_of_members = members.is_relative && matches!(lower.first().map(String::as_str), Some("members"));
        if !is_of_members || !self.is_of_guests(&members)? {
            return Err(self.not_understood("of all groups together the guests among their members are reviewed"));
        }
        Ok(AccessReviewScope {
            target: AccessReviewTarget::GroupsWithGuests,
            principals: vec![AccessReviewPrincipals::Guests],
            assignments: AccessReviewAssignments::All,
            is_transitive: false,
            inactive_for: self.inactive_for()?,
        })
    }

    /// Chosen sorts of principals in one thing.
    fn memberships(&self, view: View<'_>) -> Result<AccessReviewScope, GraphError> {
        let resources = self.resource_scopes.as_deref().unwrap_or_default();
        let [resource] = resources else {
            return Err(fault("resourceScopes: an access review is about one thing (REV-1)"));
        };
        let found = resource.resource(view)?;
        let (mut principals, mut inactive_for) = (Vec::new(), None);
        for scope in self.principal_scopes.iter().flatten() {
            let query = scope.parsed()?;
            let lower = query.lower();
            let kind = match lower.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["users"] if scope.is_of_guests(&query)? => AccessReviewPrincipals::Guests,
                ["users"] => AccessReviewPrincipals::Users,
                ["groups"] => AccessReviewPrincipals::Groups,
                ["serviceprincipals"] => AccessReviewPrincipals::ServicePrincipals,
                _ => return Err(scope.not_understood("it is none of /users, /groups and /servicePrincipals")),
            };
            principals.push(kind);
            inactive_for = inactive_for.or(scope.inactive_for()?);
        }
        Ok(AccessReviewScope {
            target: AccessReviewTarget::One(found.resource),
            principals,
            assignments: found.assignments,
            is_transitive: found.is_transitive,
            inactive_for,
        })
    }

    /// What a resource scope names; a group may stand without a word of its members.
    fn resource(&self, view: View<'_>) -> Result<Found, GraphError> {
        let query = self.parsed()?;
        match query.lower().iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["groups", id] if !query.is_relative => Ok(Found {
                resource: AccessReviewResource::Group(PrincipalId(self.guid(id)?)),
                principals: Vec::new(),
                assignments: AccessReviewAssignments::All,
                is_transitive: true,
            }),
            _ => self.found(view),
        }
    }
}
