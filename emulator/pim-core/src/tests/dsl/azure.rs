//! Azure as stories write it: scopes, what is done to them, and what is allowed there.

use super::text::Word;
use super::{Lab, Told};
use crate::model::{
    AssignmentCondition, AzurePermissions, AzureRoleDefinition, AzureScopeKind, LockLevel, Privilege, RequestDetails,
    Schedule,
};
use crate::time::Instant;
use crate::{AzureRoleDefinitionId, AzureScopeChange, AzureScopeId, Command, NewAzureScope};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The scope of which nobody has heard.
const NOWHERE: AzureScopeId = AzureScopeId(Uuid::from_u64_pair(9, 9));

impl Lab {
    /// `web resource-group of prod`: makes a scope, below the tenant's own management group where nothing is said.
    pub(super) fn declare_scope(&mut self, name: &str, kind: &str, parent: &str) -> Told<()> {
        let command = self.new_scope(name, kind, parent)?;
        self.set_up(&command);
        Ok(())
    }

    /// Whether a word is a sort of scope.
    pub(super) fn is_scope_kind(word: &str) -> bool {
        ["management-group", "subscription", "resource-group", "resource"].contains(&word)
    }

    pub(super) fn new_scope(&self, name: &str, kind: &str, parent: &str) -> Told<Command> {
        let id = Uuid::from_u64_pair(0x7000, self.pim.view(self.pim.now()).azure_scopes().count() as u64);
        let kind = match kind {
            "management-group" => AzureScopeKind::ManagementGroup,
            "subscription" => AzureScopeKind::Subscription,
            "resource-group" => AzureScopeKind::ResourceGroup,
            _ => AzureScopeKind::Resource { resource_type: "Microsoft.KeyVault/vaults".to_owned() },
        };
        let is_subscription = kind == AzureScopeKind::Subscription;
        Ok(Command::CreateAzureScope(Box::new(NewAzureScope {
            id: Some(AzureScopeId(id)),
            kind,
            parent: if parent.is_empty() { AzureScopeId::ROOT } else { self.azure_scope(parent) },
            // Subscriptions are called by an id.
            name: if is_subscription { id.to_string() } else { name.to_owned() },
            display_name: Some(name.to_owned()),
            location: None,
            tags: BTreeMap::new(),
        })))
    }

    /// The scope that people see under that name, `root`, or one that there is not.
    pub(in crate::tests) fn azure_scope(&self, name: &str) -> AzureScopeId {
        let view = self.pim.view(self.pim.now());
        let found = view.azure_scopes().find(|scope| scope.display_name == name);
        if name == "root" { AzureScopeId::ROOT } else { found.map_or(NOWHERE, |scope| scope.id) }
    }

    pub(in crate::tests) fn azure_role(&self, name: &str) -> Told<AzureRoleDefinitionId> {
        if name == "nothing" {
            return Ok(AzureRoleDefinitionId(NOWHERE.0));
        }
        let found = self.pim.view(self.pim.now()).azure_roles().find(|role| role.role_name == name);
        found.map(|role| role.id).ok_or(format!("no Azure role {name}"))
    }

    /// `Reader at web`.
    pub(super) fn azure_privilege(&self, text: &str) -> Option<Told<Privilege>> {
        let (role, scope) = text.rsplit_once(" at ")?;
        let scope = self.azure_scope(scope);
        Some(self.azure_role(role).map(|role| Privilege::AzureRole { role, scope }))
    }

    /// A custom role that reads everything, to be given at these scopes; one of that name is changed.
    pub(super) fn azure_role_at(&self, name: &str, scopes: &[Word]) -> Command {
        let id = self.azure_role(name).unwrap_or(AzureRoleDefinitionId(Uuid::nil()));
        Command::SetAzureRoleDefinition(Box::new(AzureRoleDefinition {
            id,
            role_name: name.to_owned(),
            description: String::new(),
            is_built_in: false,
            permissions: vec![AzurePermissions { actions: vec!["*/read".to_owned()], ..AzurePermissions::default() }],
            assignable_scopes: scopes.iter().map(|scope| self.azure_scope(&scope.text)).collect(),
            created: Instant::FIRST,
            updated: Instant::FIRST,
            updated_by: None,
        }))
    }

    /// What a verb of Azure asks for, if it is one.
    pub(super) fn azure_command(&self, verb: &str, rest: &[Word]) -> Option<Told<Command>> {
        let text = |place: usize| rest.get(place).map_or("", |word| word.text.as_str());
        let change =
            |change| Ok(Command::ChangeAzureScope { scope: self.azure_scope(text(0)), change: Box::new(change) });
        Some(match verb {
            "make" => self.new_scope(text(0), text(1), text(3)),
            "move" => {
                change(AzureScopeChange { parent: Some(self.azure_scope(text(2))), ..AzureScopeChange::default() })
            }
            "rename" => {
                change(AzureScopeChange { display_name: Some(text(1).to_owned()), ..AzureScopeChange::default() })
            }
            "lock" => {
                let level = if text(1) == "ReadOnly" { LockLevel::ReadOnly } else { LockLevel::CanNotDelete };
                change(AzureScopeChange {
                    locks: vec![(text(1).to_owned(), Some(level))],
                    ..AzureScopeChange::default()
                })
            }
            "unlock" => {
                let names = ["ReadOnly", "CanNotDelete"].map(|name| (name.to_owned(), None));
                change(AzureScopeChange { locks: names.to_vec(), ..AzureScopeChange::default() })
            }
            "demolish" => Ok(Command::DeleteAzureScope(self.azure_scope(text(0)))),
            "elevate" => Ok(Command::ElevateAccess),
            "defineRole" => Ok(self.azure_role_at(text(0), rest.get(2..).unwrap_or_default())),
            "undefineRole" => self.azure_role(text(0)).map(Command::DeleteAzureRoleDefinition),
            _ => return None,
        })
    }

    /// Whether a principal may do something at a scope.
    pub(super) fn claim_of_permission(&self, name: &str, action: &str, scope: &str, expected: bool) -> Told<()> {
        let view = self.pim.view(self.pim.now());
        let may = view.azure_permits(self.id(name)?, action, self.azure_scope(scope));
        if may == expected { Ok(()) } else { Err(format!("may: {may}")) }
    }
}

/// What a request has that few have, if it has any of it.
pub(super) fn details(details: RequestDetails) -> Option<Box<RequestDetails>> {
    (details != RequestDetails::default()).then(|| Box::new(details))
}

pub(super) fn condition(expression: &str) -> AssignmentCondition {
    AssignmentCondition { expression: expression.to_owned(), version: "2.0".to_owned() }
}

/// The condition of a schedule, as stories write it.
pub(super) fn condition_of(schedule: &Schedule) -> &str {
    let condition = schedule.details.as_ref().and_then(|it| it.condition.as_ref());
    condition.map_or("none", |it| it.expression.as_str())
}
