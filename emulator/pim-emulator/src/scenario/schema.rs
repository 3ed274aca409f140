//! The JSON Schema of scenario files, for editors: made from the structs that read them.

use super::file::ScenarioFile;
use serde_json::{Map, Value};
use utoipa::{PartialSchema as _, ToSchema as _};

/// Where the parts of a schema are in the documents of the control API, and where in this one.
const THERE: &str = "#/components/schemas/";
const HERE: &str = "#/$defs/";

/// The schema of a scenario file.
#[must_use]
pub fn schema() -> Value {
    let mut parts = Vec::new();
    ScenarioFile::schemas(&mut parts);
    // What describes itself can be written.
    let written = |schema| serde_json::to_value(schema).unwrap_or_default();
    let definitions: Map<_, _> = parts.into_iter().map(|(name, schema)| (name, written(schema))).collect();
    let mut whole = written(ScenarioFile::schema());
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    whole["title"] = "A scenario of the PIM Emulator".into();
    whole["$defs"] = definitions.into();
    point_here(&mut whole);
    whole
}

/// Makes references point into this document.
fn point_here(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref") {
                *reference = reference.replacen(THERE, HERE, 1);
            }
            members.values_mut().for_each(point_here);
        }
        Value::Array(items) => items.iter_mut().for_each(point_here),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
