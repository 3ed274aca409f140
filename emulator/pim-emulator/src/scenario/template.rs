//! `{alice}` in the paths and bodies of calls: ids by name.

use super::names::Names;
use serde_json::Value;

/// The text with every name in braces replaced by its id. `{{` is a brace.
pub(super) fn fill(text: &str, names: &Names) -> Result<String, String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('{') {
            filled.push('{');
            rest = after;
            continue;
        }
        let end = rest.find('}').ok_or_else(|| format!("'{text}' has a brace that is not closed"))?;
        filled.push_str(&id(&rest[..end], names)?);
        rest = &rest[end + 1..];
    }
    filled.push_str(rest);
    Ok(filled)
}

fn id(name: &str, names: &Names) -> Result<String, String> {
    match name.split_once(':') {
        None => names.principal(name),
        Some(("role", name)) => names.role(name),
        Some(("unit", name)) => names.scope(name),
        Some(("scope", name)) => names.place(name),
        Some(("azureRole", name)) => names.azure_role(name),
        Some(("request", name)) => names.request(name).map(|made| made.id.clone()),
        Some(("client", name)) => {
            names.client(name).map(str::to_owned).ok_or_else(|| format!("there is no application named '{name}'"))
        }
        Some((kind, _)) => Err(format!(
            "'{{{kind}:…}}' is not known; there are role, unit, scope, azureRole, request and client, and {{NAME}} alone \
             for users, groups and applications"
        )),
    }
}

/// The same for every text in a value.
pub(super) fn fill_value(value: &Value, names: &Names) -> Result<Value, String> {
    Ok(match value {
        Value::String(text) => Value::String(fill(text, names)?),
        Value::Array(items) => Value::Array(items.iter().map(|it| fill_value(it, names)).collect::<Result<_, _>>()?),
        Value::Object(members) => Value::Object(
            members.iter().map(|(key, it)| Ok((key.clone(), fill_value(it, names)?))).collect::<Result<_, String>>()?,
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    })
}
