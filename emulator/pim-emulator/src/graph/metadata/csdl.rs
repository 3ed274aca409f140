//! A model written as CSDL, the XML that OData describes services in.

use super::bound::Bound;
use super::model::{EntityType, KEY, Model};
use std::borrow::Cow;

/// XML being written, two blanks to a level.
#[derive(Debug)]
struct Xml {
    out: String,
    open: Vec<&'static str>,
}

type Attribute<'a> = (&'static str, Cow<'a, str>);

impl Xml {
    fn line(&mut self, name: &'static str, attributes: &[Attribute<'_>], end: &str) {
        self.out.push_str(&"  ".repeat(self.open.len()));
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            for letter in value.chars() {
                match letter {
                    '&' => self.out.push_str("&amp;"),
                    '<' => self.out.push_str("&lt;"),
                    '"' => self.out.push_str("&quot;"),
                    other => self.out.push(other),
                }
            }
            self.out.push('"');
        }
        self.out.push_str(end);
        self.out.push('\n');
    }

    /// An element with others in it, up to [`Self::close`].
    fn open(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.line(name, attributes, ">");
        self.open.push(name);
    }

    fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str(&"  ".repeat(self.open.len()));
            self.out.push_str(&format!("</{name}>\n"));
        }
    }

    /// An element with nothing in it.
    fn leaf(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.line(name, attributes, " />");
    }
}

fn is<'a>(key: &'static str, value: &'a str) -> Attribute<'a> {
    (key, Cow::Borrowed(value))
}

const EDMX: &str = "http://docs.oasis-open.org/odata/ns/edmx";
const EDM: &str = "http://docs.oasis-open.org/odata/ns/edm";

/// The whole document.
pub(super) fn write(model: &Model) -> String {
    let mut xml = Xml { out: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(), open: Vec::new() };
    xml.open("edmx:Edmx", &[is("Version", "4.0"), is("xmlns:edmx", EDMX)]);
    xml.open("edmx:DataServices", &[]);
    let names = [is("Namespace", "microsoft.graph"), is("Alias", "graph"), is("xmlns", EDM)];
    xml.open("Schema", &names);
    types(model, &mut xml);
    for bound in &model.bound {
        function_or_action(bound, &mut xml);
    }
    container(model, &mut xml);
    while !xml.open.is_empty() {
        xml.close();
    }
    xml.out
}

fn types(model: &Model, xml: &mut Xml) {
    for (name, words) in &model.enums {
        xml.open("EnumType", &[is("Name", name)]);
        for (word, number) in *words {
            xml.leaf("Member", &[is("Name", word), ("Value", number.to_string().into())]);
        }
        xml.close();
    }
    for (name, entity) in &model.entities {
        entity_type(name, entity, xml);
    }
    for (name, complex) in &model.complex {
        let mut attributes = vec![is("Name", name)];
        attributes.extend(complex.base.map(|base| is("BaseType", base)));
        if complex.is_open {
            attributes.push(is("OpenType", "true"));
        }
        xml.open("ComplexType", &attributes);
        properties(&complex.members, false, xml);
        xml.close();
    }
}

fn entity_type(name: &str, entity: &EntityType, xml: &mut Xml) {
    let mut attributes = vec![is("Name", name)];
    attributes.extend(entity.base.map(|base| is("BaseType", base)));
    if entity.is_abstract {
        attributes.push(is("Abstract", "true"));
    }
    xml.open("EntityType", &attributes);
    if entity.base.is_none() {
        xml.open("Key", &[]);
        xml.leaf("PropertyRef", &[is("Name", KEY)]);
        xml.close();
    }
    properties(&entity.properties, entity.base.is_none(), xml);
    for way in &entity.ways {
        let kind = match way.is_many {
            true => format!("Collection(graph.{})", way.to),
            false => format!("graph.{}", way.to),
        };
        let mut attributes = vec![is("Name", way.name), ("Type", kind.into())];
        if way.is_contained {
            attributes.push(is("ContainsTarget", "true"));
        }
        xml.leaf("NavigationProperty", &attributes);
    }
    xml.close();
}

fn properties(properties: &[(&'static str, Cow<'static, str>)], has_key: bool, xml: &mut Xml) {
    for (name, kind) in properties {
        let mut attributes = vec![is("Name", name), is("Type", kind)];
        if has_key && *name == KEY {
            attributes.push(is("Nullable", "false"));
        }
        xml.leaf("Property", &attributes);
    }
}

fn function_or_action(bound: &Bound, xml: &mut Xml) {
    let element = if bound.is_function { "Function" } else { "Action" };
    let mut attributes = vec![is("Name", bound.name), is("IsBound", "true")];
    if bound.is_function {
        attributes.push(is("IsComposable", "true"));
    }
    xml.open(element, &attributes);
    for (name, kind) in &bound.takes {
        xml.leaf("Parameter", &[is("Name", name), is("Type", kind)]);
    }
    if let Some(kind) = &bound.gives {
        xml.leaf("ReturnType", &[is("Type", kind)]);
    }
    xml.close();
}

fn container(model: &Model, xml: &mut Xml) {
    xml.open("EntityContainer", &[is("Name", "GraphService")]);
    for root in &model.roots {
        let kind: Cow<'_, str> = format!("microsoft.graph.{}", root.kind).into();
        match root.is_set {
            true => xml.leaf("EntitySet", &[is("Name", root.name), ("EntityType", kind)]),
            false => xml.leaf("Singleton", &[is("Name", root.name), ("Type", kind)]),
        }
    }
    xml.close();
}
