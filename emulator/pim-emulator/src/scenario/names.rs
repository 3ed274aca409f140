//! What the names in the steps stand for: those of the world, and those that steps gave.

use super::subject::Subject;
use super::target::TargetFile;
use super::wire::Caller;
use crate::app::world::{TenantAnswer, did_you_mean};
use pim_core::model::{built_in_azure_roles, built_in_roles};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A request that a step made.
#[derive(Clone, Debug)]
pub(super) struct Made {
    /// Where it can be read: a path, of Azure without its version.
    pub(super) path: String,
    /// Its id.
    pub(super) id: String,
    /// The approval that it waits for, if it waits.
    pub(super) approval: Option<String>,
    /// What it is about.
    pub(super) subject: Subject,
    /// Who made it.
    pub(super) by: Caller,
}

impl Made {
    /// One that is yet to be made.
    pub(super) fn expected(subject: Subject, by: Caller) -> Self {
        Self { path: String::new(), id: String::new(), approval: None, subject, by }
    }
}

/// Every name that the steps may use.
#[derive(Clone, Debug)]
pub(super) struct Names {
    principals: BTreeMap<String, String>,
    clients: BTreeMap<String, String>,
    addresses: BTreeMap<String, String>,
    roles: BTreeMap<String, String>,
    scopes: BTreeMap<String, String>,
    places: BTreeMap<String, String>,
    azure_roles: BTreeMap<String, String>,
    requests: BTreeMap<String, Made>,
}

/// The names of what has the form in which an emulator answers them.
macro_rules! all_of {
    ($tenant:expr) => {{
        let mut names = Self::built_in();
        $tenant.users.iter().for_each(|(name, it)| names.add_user(name, it.id, &it.user_principal_name));
        for (name, it) in &$tenant.applications {
            names.add_application(name, it.id.into(), it.client_id, it.service_principal_id);
        }
        $tenant.groups.iter().for_each(|(name, it)| names.add_object(name, it.id.to_string()));
        $tenant.managed_identities.iter().for_each(|(name, it)| names.add_object(name, it.id.to_string()));
        $tenant.administrative_units.iter().for_each(|(name, it)| names.add_unit(name, it.id));
        names.roles.extend($tenant.roles.iter().map(|(name, it)| (name.clone(), it.id.to_string())));
        names.azure_roles.extend($tenant.azure_roles.iter().map(|(name, it)| (name.clone(), it.id.to_string())));
        let places = [&$tenant.management_groups, &$tenant.subscriptions, &$tenant.resource_groups, &$tenant.resources];
        names.places.extend(places.into_iter().flatten().map(|(name, it)| (name.clone(), it.path.clone())));
        names
    }};
}

impl Names {
    /// Those that every tenant knows.
    fn built_in() -> Self {
        let roles = built_in_roles().iter().map(|role| (role.display_name.clone(), role.id.to_string()));
        let azure = built_in_azure_roles().iter().map(|role| (role.role_name.clone(), role.id.to_string()));
        Self {
            principals: BTreeMap::new(),
            clients: BTreeMap::new(),
            addresses: BTreeMap::new(),
            roles: roles.collect(),
            scopes: BTreeMap::new(),
            places: BTreeMap::from([("/".to_owned(), String::new())]),
            azure_roles: azure.collect(),
            requests: BTreeMap::new(),
        }
    }

    /// The names of a tenant.
    pub(super) fn of(tenant: &TenantAnswer) -> Self {
        all_of!(tenant)
    }

    /// The names of a target.
    pub(super) fn at(target: &TargetFile) -> Self {
        all_of!(target)
    }

    fn add_user(&mut self, name: &str, id: Uuid, user_principal_name: &str) {
        self.add_object(name, id.to_string());
        self.addresses.insert(name.to_owned(), user_principal_name.to_owned());
    }

    fn add_application(&mut self, name: &str, id: Option<Uuid>, client: Uuid, service_principal: Uuid) {
        self.add_object(name, service_principal.to_string());
        self.clients.insert(name.to_owned(), client.to_string());
        self.scopes.extend(id.map(|id| (name.to_owned(), format!("/{id}"))));
    }

    fn add_unit(&mut self, name: &str, id: Uuid) {
        self.scopes.insert(name.to_owned(), format!("/administrativeUnits/{id}"));
    }

    /// The id of a user, a group or a service principal.
    pub(super) fn principal(&self, name: &str) -> Result<String, String> {
        find(&self.principals, "user, group or application", name)
    }

    /// The id of a user, a group, a service principal or a role of the directory.
    pub(super) fn anything(&self, name: &str) -> Result<String, String> {
        self.principal(name).or_else(|unknown| self.role(name).map_err(|_| unknown))
    }

    /// Where mails go: the address of a user, or an address as it is.
    pub(super) fn address<'a>(&'a self, to: &'a str) -> Result<&'a str, String> {
        match self.addresses.get(to) {
            Some(address) => Ok(address),
            None if to.contains('@') => Ok(to),
            None => Err(unknown("user", to, self.addresses.keys())),
        }
    }

    /// Whether somebody who is to do something is an application, or else a user.
    pub(super) fn is_application(&self, name: &str) -> Result<bool, String> {
        if self.clients.contains_key(name) || self.addresses.contains_key(name) {
            return Ok(self.clients.contains_key(name));
        }
        self.principal(name)?;
        Err(format!("'{name}' does nothing itself: whoever acts is a user or an application"))
    }

    /// The client id of an application, if it is one.
    pub(super) fn client(&self, name: &str) -> Option<&str> {
        self.clients.get(name).map(String::as_str)
    }

    /// The user principal name of a user, if it is one.
    pub(super) fn user_principal_name(&self, name: &str) -> Option<&str> {
        self.addresses.get(name).map(String::as_str)
    }

    /// The id of a role of the directory.
    pub(super) fn role(&self, name: &str) -> Result<String, String> {
        by_name_or_id(&self.roles, "role", name)
    }

    /// The path of an administrative unit or an application, where a role may be held.
    pub(super) fn scope(&self, name: &str) -> Result<String, String> {
        find(&self.scopes, "administrative unit or application", name)
    }

    /// The path of a place of Azure.
    pub(super) fn place(&self, name: &str) -> Result<String, String> {
        find(&self.places, "place of Azure", name)
    }

    /// The id of a role of Azure.
    pub(super) fn azure_role(&self, name: &str) -> Result<String, String> {
        by_name_or_id(&self.azure_roles, "Azure role", name)
    }

    /// A request that a step made.
    pub(super) fn request(&self, name: &str) -> Result<&Made, String> {
        self.requests.get(name).ok_or_else(|| unknown("request", name, self.requests.keys()))
    }

    /// Whether a step has given that name to a request.
    pub(super) fn has_request(&self, name: &str) -> bool {
        self.requests.contains_key(name)
    }

    /// Whether somebody or something of the directory has that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.principals.contains_key(name) || self.roles.contains_key(name)
    }

    /// Notes a request.
    pub(super) fn add_request(&mut self, name: &str, made: Made) {
        self.requests.insert(name.to_owned(), made);
    }

    /// Notes an object that a step made.
    pub(super) fn add_object(&mut self, name: &str, id: String) {
        self.principals.insert(name.to_owned(), id);
    }
}

/// As worlds name roles: in any case, or by id.
fn by_name_or_id(among: &BTreeMap<String, String>, what: &str, name: &str) -> Result<String, String> {
    let same = |(known, id): &(&String, &String)| known.eq_ignore_ascii_case(name) || id.eq_ignore_ascii_case(name);
    find(among, what, name).or_else(|unknown| among.iter().find(same).map(|(_, id)| id.clone()).ok_or(unknown))
}

fn find(among: &BTreeMap<String, String>, what: &str, name: &str) -> Result<String, String> {
    among.get(name).cloned().ok_or_else(|| unknown(what, name, among.keys()))
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a String>) -> String {
    format!("there is no {what} named '{name}'{}", did_you_mean(name, known.map(String::as_str)))
}
