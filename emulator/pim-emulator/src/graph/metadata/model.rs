//! The description of a version before it is written: its types by name, their properties and ways.

use super::bound::{self, Bound};
use super::complex_types::{self, COMPLEX_TYPES, ENUM_TYPES, type_of};
use super::places::{BASES, DIRECTORY_OBJECTS, Derived, PLAIN, ROOTS, Root, WAYS, Way};
use super::tables::{Table, tables};
use crate::graph::Version;
use pim_odata::Kind;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A type of entities.
#[derive(Clone, Debug, Default)]
pub(super) struct EntityType {
    pub(super) base: Option<&'static str>,
    pub(super) is_abstract: bool,
    /// Properties with their types.
    pub(super) properties: Vec<(&'static str, Cow<'static, str>)>,
    pub(super) ways: Vec<Way>,
}

/// A type of values with members.
#[derive(Clone, Debug)]
pub(super) struct ComplexType {
    pub(super) base: Option<&'static str>,
    pub(super) is_open: bool,
    pub(super) members: Vec<(&'static str, Cow<'static, str>)>,
}

/// Everything that a version serves.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) version: Version,
    pub(super) entities: BTreeMap<&'static str, EntityType>,
    pub(super) complex: BTreeMap<&'static str, ComplexType>,
    pub(super) enums: BTreeMap<Cow<'static, str>, &'static [(&'static str, u8)]>,
    pub(super) roots: Vec<Root>,
    pub(super) bound: Vec<Bound>,
}

impl Model {
    /// That of a version.
    pub(super) fn of(version: Version) -> Self {
        let mut model = Self {
            version,
            entities: entities(version),
            complex: BTreeMap::new(),
            enums: BTreeMap::new(),
            roots: ROOTS.iter().filter(|root| root.versions.contains(&version)).copied().collect(),
            bound: Vec::new(),
        };
        model.bound = bound::all(&model);
        model.keep_reachable();
        model
    }

    /// The way of that name out of a type, or out of one that it is derived from.
    pub(super) fn way(&self, from: &str, name: &str) -> Option<&Way> {
        let entity = self.entities.get(from)?;
        let own = entity.ways.iter().find(|way| way.name.eq_ignore_ascii_case(name));
        own.or_else(|| self.way(entity.base?.trim_start_matches("graph."), name))
    }

    /// Leaves what can be reached, and adds the complex types and enumerations that are in it.
    fn keep_reachable(&mut self) {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<&'static str> = self.roots.iter().map(|root| root.kind).collect();
        waiting.extend(self.bound.iter().flat_map(Bound::types).filter_map(|name| self.known(&name)));
        while let Some(name) = waiting.pop() {
            let Some(entity) = self.entities.get(name).filter(|_| reached.insert(name)) else { continue };
            waiting.extend(entity.ways.iter().map(|way| way.to));
            waiting.extend(entity.base.map(|base| base.trim_start_matches("graph.")));
            let derived = self.entities.iter().filter(|(_, other)| is_of(other.base, name));
            // Everything is an entity: what is one of no other sort is reached for its own sake.
            waiting.extend(derived.map(|(name, _)| *name).filter(|_| name != "entity"));
        }
        self.entities.retain(|name, _| reached.contains(name));
        let mut types: Vec<Cow<'static, str>> =
            self.entities.values().flat_map(|it| it.properties.iter().map(|(_, kind)| kind.clone())).collect();
        types.extend(self.bound.iter().flat_map(Bound::types));
        while let Some(kind) = types.pop() {
            self.add(element(&kind), &mut types);
        }
    }

    fn known(&self, kind: &str) -> Option<&'static str> {
        self.entities.get_key_value(element(kind)).map(|(name, _)| *name)
    }

    /// Adds a complex type or an enumeration, with what is in it.
    fn add(&mut self, name: &str, types: &mut Vec<Cow<'static, str>>) {
        if let Some((name, words)) = ENUM_TYPES.iter().find(|(known, _)| *known == name) {
            self.enums.insert(Cow::Borrowed(name), words);
        } else if let Some(words) = bound::words_of(name) {
            self.enums.insert(Cow::Owned(name.to_owned()), words);
        }
        let related = |of: &complex_types::ComplexType| of.name == name || is_of(of.base, name);
        for found in COMPLEX_TYPES.iter().filter(|found| related(found)) {
            let members: Vec<_> = found.members.iter().map(|(name, kind)| (*name, Cow::Borrowed(*kind))).collect();
            if self.complex.contains_key(found.name) {
                continue;
            }
            types.extend(members.iter().map(|(_, kind)| kind.clone()));
            types.push(Cow::Borrowed(found.name));
            types.extend(found.base.map(Cow::Borrowed));
            self.complex.insert(found.name, ComplexType { base: found.base, is_open: found.is_open, members });
        }
    }
}

/// The name of a type without what is around it: `Collection(graph.user)` is about `user`.
pub(super) fn element(kind: &str) -> &str {
    let inner = kind.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')')).unwrap_or(kind);
    inner.strip_prefix("graph.").unwrap_or(inner)
}

fn is_of(base: Option<&str>, name: &str) -> bool {
    base.is_some_and(|base| element(base) == name)
}

/// Every type of entities that a version might have.
fn entities(version: Version) -> BTreeMap<&'static str, EntityType> {
    let mut entities = BTreeMap::new();
    for plain in PLAIN {
        let properties = plain.properties.iter().map(|(name, kind)| (*name, Cow::Borrowed(*kind))).collect();
        let entity = EntityType { base: plain.base, is_abstract: plain.is_abstract, properties, ways: Vec::new() };
        entities.insert(plain.name, entity);
    }
    for table in tables(version) {
        let (base, inherited): (_, &[&str]) = match table.name {
            "userSignInInsight" => ("graph.governanceInsight", &["id", "insightCreatedDateTime"]),
            name if DIRECTORY_OBJECTS.contains(&name) => ("graph.directoryObject", &["id", "deletedDateTime"]),
            _ => ("graph.entity", &["id"]),
        };
        let mut properties = properties(&table, version);
        properties.retain(|(name, _)| !inherited.contains(name) && !leads_on(table.name, name));
        let derived = BASES.iter().find(|(base, _)| element(base) == table.name);
        if let Some((base, derived)) = derived {
            divide(&mut entities, &mut properties, (base, derived));
        }
        let is_abstract = derived.is_some();
        let entity = EntityType { base: Some(base), is_abstract, properties, ways: Vec::new() };
        entities.insert(table.name, entity);
    }
    for (names, ways) in WAYS {
        for name in *names {
            if let Some(entity) = entities.get_mut(name) {
                entity.ways.extend(ways.iter().filter(|way| way.versions.contains(&version)).copied());
            }
        }
    }
    entities
}

/// Whether what a table has as a property is a way to something else, which comes along unasked.
fn leads_on(entity: &str, property: &str) -> bool {
    let ways = WAYS.iter().filter(|(names, _)| names.contains(&entity)).flat_map(|(_, ways)| ways.iter());
    ways.into_iter().any(|way| way.name == property)
}

/// Gives to each derived type what is its own; several may have the same.
fn divide(
    entities: &mut BTreeMap<&'static str, EntityType>,
    properties: &mut Vec<(&'static str, Cow<'static, str>)>,
    (base, derived): (&'static str, &[Derived]),
) {
    for (name, own) in derived {
        let of_it = properties.iter().filter(|(name, _)| own.contains(name)).cloned().collect();
        entities.insert(name, EntityType { base: Some(base), properties: of_it, ..EntityType::default() });
    }
    properties.retain(|(name, _)| derived.iter().all(|(_, own)| !own.contains(name)));
}

fn properties(table: &Table, version: Version) -> Vec<(&'static str, Cow<'static, str>)> {
    let kind = |name: &str, kind: Kind| match type_of(table.name, name, version) {
        Some(known) => Cow::Borrowed(known),
        None => written(kind),
    };
    table.properties.iter().map(|it| (it.name, kind(it.name, it.kind))).collect()
}

/// A type as a table has it.
fn written(kind: Kind) -> Cow<'static, str> {
    let short = |name: &'static str| name.strip_prefix("microsoft.").unwrap_or(name);
    match kind {
        Kind::Boolean | Kind::Integer | Kind::String | Kind::Instant | Kind::Duration => Cow::Borrowed(kind.edm()),
        Kind::Complex(complex) => Cow::Borrowed(short(complex.name)),
        Kind::Collection(Kind::String) => Cow::Borrowed("Collection(Edm.String)"),
        Kind::Collection(of) => Cow::Owned(format!("Collection({})", written(*of))),
    }
}

/// The property that every entity is found by.
pub(super) const KEY: &str = "id";
