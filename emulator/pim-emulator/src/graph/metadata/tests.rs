use super::bound::walk;
use super::complex_types::{COMPLEX_TYPES, ENUM_TYPES};
use super::csdl;
use super::model::{Model, element};
use super::places::{BASES, ROOTS, SIGNATURES, WAYS};
use super::tables::tables;
use crate::graph::Version;
use crate::graph::operations::all_operations;
use pim_odata::Kind;
use std::collections::BTreeSet;

const VERSIONS: [Version; 2] = [Version::V1, Version::Beta];

fn model(version: Version) -> (String, Model) {
    let model = Model::of(version);
    (csdl::write(&model), model)
}

/// What a description says, read as XML by somebody else's reader.
fn read(text: &str) -> roxmltree::Document<'_> {
    roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn every_operation_can_be_walked_to() {
    for version in VERSIONS {
        let (_, model) = model(version);
        for operation in all_operations().filter(|it| it.versions.contains(&version) && it.path != "/$batch") {
            let end = walk(&model, operation.path);
            let (standing, _) = end.unwrap_or_else(|at| panic!("{version:?} {}: no way to '{at}'", operation.path));
            assert!(standing.is_some(), "{}", operation.path);
        }
    }
}

#[test]
fn paths_begin_where_the_description_says() {
    for version in VERSIONS {
        let operations = all_operations().filter(|it| it.versions.contains(&version));
        let begun: BTreeSet<_> = operations.filter_map(|it| it.path.split('/').nth(1)).collect();
        let described: BTreeSet<_> =
            ROOTS.iter().filter(|it| it.versions.contains(&version)).map(|it| it.name).collect();
        assert_eq!(begun.into_iter().filter(|it| *it != "$batch").collect::<BTreeSet<_>>(), described);
    }
}

#[test]
fn every_property_of_every_table_is_described_with_a_type_that_there_is() {
    let mut described = BTreeSet::new();
    for version in VERSIONS {
        let (text, model) = model(version);
        let document = read(&text);
        for table in tables(version) {
            let Some(_) = model.entities.get(table.name) else { continue };
            described.insert(table.name);
            for property in &table.properties {
                let derived = BASES.iter().filter(|(base, _)| element(base) == table.name);
                let derived = derived.flat_map(|(_, derived)| derived.iter().map(|(name, _)| *name));
                let places: Vec<_> = std::iter::once(table.name).chain(derived).collect();
                assert!(
                    places.iter().any(|place| has(&document, place, property.name)),
                    "{version:?} {} has no {}",
                    table.name,
                    property.name
                );
            }
            for navigation in table.navigations {
                // Both names of the one step are properties of one version each; some ways are in beta alone.
                let is_known = has(&document, table.name, navigation) || is_of_beta(table.name, navigation, version);
                assert!(is_known, "{version:?} {} has no way {navigation}", table.name);
            }
        }
    }
    let all: BTreeSet<_> = VERSIONS.into_iter().flat_map(tables).map(|table| table.name).collect();
    assert_eq!(described, all);
}

/// Whether a way out of a type is there, and not in that version.
fn is_of_beta(name: &str, way: &str, version: Version) -> bool {
    let ways = WAYS.iter().filter(|(names, _)| names.contains(&name)).flat_map(|(_, ways)| ways.iter());
    ways.into_iter().any(|it| it.name == way && !it.versions.contains(&version))
}

/// Whether a type, or one that it is derived from, has a property or a way of that name.
fn has(document: &roxmltree::Document<'_>, name: &str, property: &str) -> bool {
    let entity =
        document.descendants().find(|it| it.has_tag_name_local("EntityType") && it.attribute("Name") == Some(name));
    let Some(entity) = entity else { return false };
    entity.children().any(|it| it.is_element() && it.attribute("Name") == Some(property))
        || entity.attribute("BaseType").is_some_and(|base| has(document, element(base), property))
}

/// Names of elements without their namespace.
trait Local {
    fn has_tag_name_local(&self, name: &str) -> bool;
}

impl Local for roxmltree::Node<'_, '_> {
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

#[test]
fn every_type_that_is_named_is_there_once() {
    for version in VERSIONS {
        let (text, _) = model(version);
        let document = read(&text);
        let schema = document.descendants().find(|it| it.has_tag_name_local("Schema")).unwrap();
        let mut types = BTreeSet::new();
        for definition in schema
            .children()
            .filter(|it| ["EntityType", "ComplexType", "EnumType"].iter().any(|name| it.has_tag_name_local(name)))
        {
            let name = definition.attribute("Name").unwrap();
            assert!(types.insert(name), "{version:?}: {name} is there twice");
            let mut members = BTreeSet::new();
            for member in definition.children().filter(roxmltree::Node::is_element) {
                let is_key = member.has_tag_name_local("Key");
                assert!(is_key || members.insert(member.attribute("Name").unwrap()), "{name}: {member:?}");
            }
        }
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            for attribute in ["Type", "BaseType", "EntityType"].into_iter().filter_map(|it| node.attribute(it)) {
                let named = attribute.trim_start_matches("microsoft.");
                if !element(named).starts_with("Edm.") {
                    assert!(types.contains(element(named)), "{version:?}: {attribute} is named and not there");
                }
            }
        }
    }
}

/// An entity with properties of its own or ways, and every enumeration and complex type, is reached from a root; so is nothing
/// else described.
#[test]
fn what_is_listed_beside_the_tables_is_used() {
    let models: Vec<_> = VERSIONS.into_iter().map(Model::of).collect();
    for complex in COMPLEX_TYPES {
        assert!(models.iter().any(|model| model.complex.contains_key(complex.name)), "{}", complex.name);
    }
    for (name, _) in ENUM_TYPES {
        assert!(models.iter().any(|model| model.enums.contains_key(*name)), "{name}");
    }
    for signature in SIGNATURES {
        let is_used = |model: &Model| model.bound.iter().any(|bound| bound.name == signature.name);
        assert!(models.iter().any(is_used), "{}", signature.name);
    }
    for (names, _) in WAYS {
        for name in *names {
            assert!(models.iter().any(|model| model.entities.contains_key(name)), "{name}");
        }
    }
}

/// A property with members is told apart: none is described as anything at all.
#[test]
fn every_property_with_members_has_a_type() {
    for version in VERSIONS {
        let (text, _) = model(version);
        assert!(!text.contains("Edm.ComplexType"), "{version:?}");
        let opaque = |kind: &Kind| matches!(kind, Kind::Complex(_));
        let counted = tables(version).iter().flat_map(|it| &it.properties).filter(|it| opaque(&it.kind)).count();
        assert!(counted > 40, "{counted}");
    }
}

#[test]
fn functions_and_actions_are_called_on_what_the_paths_say() {
    let (text, _) = model(Version::V1);
    let document = read(&text);
    let called = |element: &str, name: &str| -> BTreeSet<String> {
        let all =
            document.descendants().filter(|it| it.has_tag_name_local(element) && it.attribute("Name") == Some(name));
        all.map(|it| it.first_element_child().unwrap().attribute("Type").unwrap().to_owned()).collect()
    };
    assert_eq!(
        called("Function", "delta"),
        ["Collection(graph.group)", "Collection(graph.user)"].map(str::to_owned).into()
    );
    assert!(called("Action", "cancel").contains("graph.unifiedRoleAssignmentScheduleRequest"));
    assert!(
        called("Function", "filterByCurrentUser").contains("Collection(graph.privilegedAccessGroupAssignmentSchedule)")
    );
    assert_eq!(called("Action", "getByIds"), ["Collection(graph.directoryObject)".to_owned()].into());
    assert!(text.contains("roleAssignmentScheduleRequestFilterByCurrentUserOptions"), "{text}");
}
