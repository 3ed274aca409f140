//! Resources: what they are called, and in which order PIM and roles write that.

use super::{Member, member};
use crate::arm::front_door::ResourceType;
use crate::json::Json;
use pim_core::time::Instant;
use std::fmt;

/// A value that is written as null where there is none, as roles and role assignments do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OrNull<T>(pub(crate) Option<T>);

impl<T: Member> Member for OrNull<T> {
    fn write(&self, json: &mut Json) {
        self.0.write(json);
    }
}

/// `2024-05-01T08:00:00.1230000+00:00`: when something was asked to begin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WithOffset(pub(crate) Instant);

impl Member for WithOffset {
    fn write(&self, json: &mut Json) {
        json.plain(&self.0.to_utc().format("%Y-%m-%dT%H:%M:%S%.3f0000+00:00").to_string());
    }
}

/// `2024-05-01T08:00:00.1230000Z`: when a role or a role assignment was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SevenDigits(pub(crate) Instant);

impl Member for SevenDigits {
    fn write(&self, json: &mut Json) {
        json.plain(&self.0.to_utc().format("%Y-%m-%dT%H:%M:%S%.3f0000Z").to_string());
    }
}

/// What a resource is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called<'a> {
    /// What stands in front of `/providers/…`: the path of a scope, nothing for the tenant.
    pub(crate) prefix: &'a str,
    /// What it is.
    pub(crate) kind: &'static ResourceType,
    /// Its name.
    pub(crate) name: &'a str,
}

impl fmt::Display for Called<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/providers/{}/{}", self.prefix, self.kind, self.name)
    }
}

/// A resource: what it is called, and what it is like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a, P> {
    /// What it is called.
    pub(crate) called: Called<'a>,
    /// What it is like.
    pub(crate) properties: P,
}

/// PIM writes what a resource is like first and its name before its id; roles and role assignments have the name last.
impl<P: Member> Member for Row<'_, P> {
    fn write(&self, json: &mut Json) {
        let Called { kind, name, .. } = self.called;
        let (id, kind_text) = (self.called.to_string(), kind.to_string());
        json.open();
        member(json, "properties", &self.properties);
        if kind.is_pim {
            member(json, "name", &name);
        }
        member(json, "id", &id);
        member(json, "type", &kind_text);
        if !kind.is_pim {
            member(json, "name", &name);
        }
        json.close();
    }
}
