//! What the names in a world stand for.

use super::error::{Fault, Step};
use super::nearest::did_you_mean;
use pim_core::model::{DirectoryScope, built_in_azure_roles, built_in_roles};
use pim_core::{
    AdministrativeUnitId, ApplicationId, AzureRoleDefinitionId, AzureScopeId, PrincipalId, RoleDefinitionId,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Whatever may hold a privilege or a membership.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub(super) id: PrincipalId,
    pub(super) kind: &'static str,
}

/// Whom a Conditional Access policy may name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject {
    User(PrincipalId),
    Group(PrincipalId),
    Role(RoleDefinitionId),
}

/// Every name of a world.
#[derive(Debug)]
pub(super) struct Handles {
    principals: HashMap<String, Named>,
    scopes: HashMap<String, DirectoryScope>,
    roles: HashMap<String, RoleDefinitionId>,
    azure_scopes: HashMap<String, AzureScopeId>,
    azure_roles: HashMap<String, AzureRoleDefinitionId>,
}

/// What the management group is called that every tenant has.
pub(super) const ROOT_GROUP: &str = "Tenant Root Group";

impl Handles {
    /// The names that every tenant knows: those of the built-in roles, and of the top of Azure.
    pub(super) fn new() -> Self {
        let roles = built_in_roles().iter().map(|role| (role.display_name.clone(), role.id)).collect();
        let azure_roles = built_in_azure_roles().iter().map(|role| (role.role_name.clone(), role.id)).collect();
        let top = [("/", AzureScopeId::ROOT), (ROOT_GROUP, AzureScopeId::ROOT_GROUP)];
        let azure_scopes = top.into_iter().map(|(name, id)| (name.to_owned(), id)).collect();
        Self { principals: HashMap::new(), scopes: HashMap::new(), roles, azure_scopes, azure_roles }
    }

    /// Notes a user, group or application. The three share one space of names, because each may stand as a principal.
    pub(super) fn add_principal(&mut self, name: &str, id: PrincipalId, kind: &'static str) -> Result<(), String> {
        if name.trim().is_empty() {
            return Err("a name cannot be empty".to_owned());
        }
        match self.principals.insert(name.to_owned(), Named { id, kind }) {
            Some(earlier) => Err(format!("'{name}' is the name of a {} already", earlier.kind)),
            None => Ok(()),
        }
    }

    /// Notes an application as a scope.
    pub(super) fn add_application_scope(&mut self, name: &str, id: ApplicationId) -> Result<(), String> {
        self.add_scope(name, DirectoryScope::Object(PrincipalId(id.0)))
    }

    /// Notes an administrative unit.
    pub(super) fn add_unit(&mut self, name: &str, id: AdministrativeUnitId) -> Result<(), String> {
        if name.trim().is_empty() {
            return Err("a name cannot be empty".to_owned());
        }
        self.add_scope(name, DirectoryScope::AdministrativeUnit(id))
    }

    fn add_scope(&mut self, name: &str, scope: DirectoryScope) -> Result<(), String> {
        match self.scopes.insert(name.to_owned(), scope) {
            Some(_) => Err(format!("'{name}' is the name of an administrative unit or application already")),
            None => Ok(()),
        }
    }

    /// Notes a custom role under its name and under the one people see.
    pub(super) fn add_role(&mut self, name: &str, display_name: &str, id: RoleDefinitionId) -> Result<(), String> {
        let taken = self.roles.insert(name.to_owned(), id).is_some();
        self.roles.insert(display_name.to_owned(), id);
        if taken { Err(format!("'{name}' is the name of a role already")) } else { Ok(()) }
    }

    /// Whether nothing of Azure has that name yet.
    pub(super) fn azure_name_is_free(&self, name: &str) -> Result<(), String> {
        if self.azure_scopes.contains_key(name) {
            return Err(format!("'{name}' is the name of something in Azure already"));
        }
        if name.trim().is_empty() { Err("a name cannot be empty".to_owned()) } else { Ok(()) }
    }

    /// Notes a place of Azure.
    pub(super) fn add_azure_scope(&mut self, name: &str, id: AzureScopeId) {
        self.azure_scopes.insert(name.to_owned(), id);
    }

    /// Notes a custom role of Azure under its name and under the one people see.
    pub(super) fn add_azure_role(
        &mut self,
        name: &str,
        display_name: &str,
        id: AzureRoleDefinitionId,
    ) -> Result<(), String> {
        let taken = self.azure_roles.insert(name.to_owned(), id).is_some();
        self.azure_roles.insert(display_name.to_owned(), id);
        if taken { Err(format!("'{name}' is the name of an Azure role already")) } else { Ok(()) }
    }

    /// The user, group or application of that name.
    pub(super) fn principal(&self, name: &str) -> Result<Named, String> {
        (self.principals.get(name).copied())
            .ok_or_else(|| unknown("user, group or application", name, self.principals.keys()))
    }

    /// The group of that name.
    pub(super) fn group(&self, name: &str) -> Result<PrincipalId, String> {
        let groups = || self.principals.iter().filter(|(_, it)| it.kind == "group").map(|(name, _)| name);
        match self.principals.get(name) {
            Some(named) if named.kind == "group" => Ok(named.id),
            Some(_) | None => Err(unknown("group", name, groups())),
        }
    }

    /// The user of that name.
    pub(super) fn user(&self, name: &str) -> Result<PrincipalId, String> {
        let users = || self.principals.iter().filter(|(_, it)| it.kind == "user").map(|(name, _)| name);
        match self.principals.get(name) {
            Some(named) if named.kind == "user" => Ok(named.id),
            Some(_) | None => Err(unknown("user", name, users())),
        }
    }

    /// The user, group or role of that name.
    pub(super) fn subject(&self, name: &str) -> Result<Subject, String> {
        match self.principals.get(name) {
            Some(named) if named.kind == "user" => Ok(Subject::User(named.id)),
            Some(named) if named.kind == "group" => Ok(Subject::Group(named.id)),
            Some(_) | None => self.role(name).map(Subject::Role).map_err(|_| {
                let principals = self.principals.iter().filter(|(_, it)| it.kind != "application");
                unknown("user, group or role", name, principals.map(|(name, _)| name).chain(self.roles.keys()))
            }),
        }
    }

    /// The administrative unit or application of that name, as a scope; without a name the whole tenant.
    pub(super) fn scope(&self, name: Option<&str>) -> Result<DirectoryScope, String> {
        let Some(name) = name else { return Ok(DirectoryScope::Tenant) };
        (self.scopes.get(name).copied())
            .ok_or_else(|| unknown("administrative unit or application", name, self.scopes.keys()))
    }

    /// The role of that name, in any case, or of that id.
    pub(super) fn role(&self, name: &str) -> Result<RoleDefinitionId, String> {
        by_name_or_id("role", &self.roles, name, |role| role.0)
    }

    /// The role of Azure of that name, in any case, or of that id.
    pub(super) fn azure_role(&self, name: &str) -> Result<AzureRoleDefinitionId, String> {
        by_name_or_id("Azure role", &self.azure_roles, name, |role| role.0)
    }

    /// The place of Azure of that name.
    pub(super) fn azure_scope(&self, name: &str) -> Result<AzureScopeId, String> {
        (self.azure_scopes.get(name).copied()).ok_or_else(|| unknown("place in Azure", name, self.azure_scopes.keys()))
    }
}

fn by_name_or_id<T: Copy>(
    what: &str,
    known: &HashMap<String, T>,
    name: &str,
    id_of: impl Fn(&T) -> Uuid,
) -> Result<T, String> {
    if let Some(id) = known.get(name) {
        return Ok(*id);
    }
    let by_id = Uuid::try_parse(name).ok().and_then(|id| known.values().find(|it| id_of(it) == id));
    let in_any_case = || known.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, id)| id);
    by_id.or_else(in_any_case).copied().ok_or_else(|| unknown(what, name, known.keys()))
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a String>) -> String {
    // Sorted, so that of two equally near names it is always the same.
    let mut known: Vec<_> = known.map(String::as_str).collect();
    known.sort_unstable();
    format!("there is no {what} named '{name}'{}", did_you_mean(name, known))
}

/// Turns what is wrong with a name into a fault at the entry that has it.
pub(super) fn at<T>(result: Result<T, String>, path: impl FnOnce() -> Vec<Step>) -> Result<T, Fault> {
    result.map_err(|message| Fault { path: path(), message })
}
