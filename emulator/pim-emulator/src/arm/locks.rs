//! `locks`: what must not be deleted or changed at a scope and below it (AZR-10).
//!
//! A lock is its name and its level. Notes and owners are not kept.

use super::call::Call;
use super::error::ArmError;
use super::filter::{Condition, LOCKS};
use super::front_door::types;
use super::json::{Called, List, Row, bytes};
use super::pim::prefix;
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use axum::http::StatusCode;
use pim_core::model::{AzureScope, AzureScopeKind, LockLevel};
use pim_core::{AzureScopeChange, AzureScopeId, Command};

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::LOCKS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{name}", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Put, path: "{name}", versions: None, handler: Handler::Signed(put) },
        Operation { method: Method::Delete, path: "{name}", versions: None, handler: Handler::Signed(delete) },
    ],
};

#[derive(Debug)]
struct Properties {
    level: &'static str,
}

crate::arm_object! {
    Properties { level / "level" }
}

fn row<'v>(scope: &'v AzureScope, name: &'v str, level: LockLevel) -> Row<'v, Properties> {
    let level = match level {
        LockLevel::CanNotDelete => "CanNotDelete",
        LockLevel::ReadOnly => "ReadOnly",
    };
    Row { called: Called { prefix: prefix(scope), kind: &types::LOCKS, name }, properties: Properties { level } }
}

/// A lock of a scope by name, in any case.
fn named<'v>(scope: &'v AzureScope, name: &str) -> Option<(&'v String, LockLevel)> {
    let found = scope.locks.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(name, level)| (name, *level))
}

/// Those of the scope and of what is below it.
fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    let filter = call.filter(LOCKS)?;
    call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        let is_asked = |scope: &AzureScope| !filter.demands(&Condition::AtScope) || scope.id == here.id;
        let scopes = view.azure_downwards(here.id).into_iter().filter(|scope| is_asked(scope));
        let rows = scopes.flat_map(|scope| scope.locks.iter().map(move |(name, level)| row(scope, name, *level)));
        Ok(Reply::Ok(bytes(&List::of(rows.collect()))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        let (name, level) = named(here, call.key(0)).ok_or(ArmError::NotFound)?;
        Ok(Reply::Ok(bytes(&row(here, name, level))))
    })
}

crate::request_body! {
    /// A lock.
    LockBody {
        /// What it is like.
        properties / "properties": PropertiesBody,
    }
    /// The part of it that is kept.
    PropertiesBody {
        /// What it forbids.
        level / "level": String,
    }
}

impl LockBody {
    fn level(self) -> Result<LockLevel, ArmError> {
        let level = self.properties.unwrap_or_default().level.unwrap_or_default();
        match level {
            _ if level.eq_ignore_ascii_case("CanNotDelete") => Ok(LockLevel::CanNotDelete),
            _ if level.eq_ignore_ascii_case("ReadOnly") => Ok(LockLevel::ReadOnly),
            _ => Err(ArmError::InvalidProperty(format!("level is CanNotDelete or ReadOnly, not '{level}'"))),
        }
    }
}

fn set(scope: AzureScopeId, name: &str, level: Option<LockLevel>) -> Command {
    let change = AzureScopeChange { locks: vec![(name.to_owned(), level)], ..AzureScopeChange::default() };
    Command::ChangeAzureScope { scope, change: Box::new(change) }
}

/// Subscriptions and what is below them can be locked, nothing above.
fn can_be_locked(scope: &AzureScope) -> bool {
    match scope.kind {
        AzureScopeKind::TenantRoot | AzureScopeKind::ManagementGroup => false,
        AzureScopeKind::Subscription | AzureScopeKind::ResourceGroup | AzureScopeKind::Resource { .. } => true,
    }
}

fn put(call: &Call<'_>) -> Result<Reply, ArmError> {
    let (scope, before) = call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        if !can_be_locked(here) {
            return Err(ArmError::InvalidProperty("nothing above subscriptions is locked".to_owned()));
        }
        Ok((here.id, named(here, call.key(0)).map(|(name, _)| name.clone())))
    })?;
    let level = call.body::<LockBody>()?.level()?;
    let name = before.as_deref().unwrap_or(call.key(0));
    let written = call.carry_out(&set(scope, name, Some(level)), |view| {
        view.azure_scope(scope).map(|here| bytes(&row(here, name, level))).ok_or(ArmError::NotFound)
    })?;
    Ok(if before.is_some() { Reply::Ok(written) } else { Reply::Created(written) })
}

/// What is not there is gone already.
fn delete(call: &Call<'_>) -> Result<Reply, ArmError> {
    let (scope, found) = call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        Ok((here.id, named(here, call.key(0)).map(|(name, _)| name.clone())))
    })?;
    let Some(name) = found else { return Ok(Reply::Empty(StatusCode::NO_CONTENT)) };
    call.carry_out(&set(scope, &name, None), |_| Ok(Reply::Empty(StatusCode::OK)))
}
