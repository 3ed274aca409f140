//! What changed of an object, property by property, in the names that the directory has for them.

use crate::app::audit::record::ModifiedProperty;
use pim_core::Updated;
use pim_core::time::Instant;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A property: its name, and its value as the directory writes it, if it has one.
pub(super) struct Property<T> {
    pub(super) name: &'static str,
    pub(super) value: fn(&T) -> Option<String>,
}

/// One that differs: its name, what it was and what it is.
type Difference = (Cow<'static, str>, Option<String>, Option<String>);

/// What an object was made with.
pub(super) fn set<T>(properties: &[Property<T>], made: &T) -> Vec<ModifiedProperty> {
    set_beside(properties, Vec::new(), made)
}

/// The same with more behind.
pub(super) fn set_beside<T>(properties: &[Property<T>], more: Vec<Difference>, made: &T) -> Vec<ModifiedProperty> {
    listed(properties.iter().map(|it| (it.name.into(), None, (it.value)(made))).chain(more))
}

/// What is different of an object.
pub(super) fn changed<T>(properties: &[Property<T>], updated: &Updated<T>) -> Vec<ModifiedProperty> {
    changed_beside(properties, Vec::new(), updated)
}

/// The same with more behind.
pub(super) fn changed_beside<T>(
    properties: &[Property<T>],
    more: Vec<Difference>,
    updated: &Updated<T>,
) -> Vec<ModifiedProperty> {
    let both = |it: &Property<T>| (it.name.into(), (it.value)(&updated.was), (it.value)(&updated.now));
    listed(properties.iter().map(both).chain(more))
}

/// What is kept of an object as it was written, as JSON text by property.
pub(super) fn kept(was: Option<&BTreeMap<String, String>>, now: &BTreeMap<String, String>) -> Vec<Difference> {
    let names = was.into_iter().flatten().chain(now).map(|(name, _)| name);
    let value = |text: &String| format!("[{text}]");
    let before = |name: &String| was.and_then(|was| was.get(name)).map(value);
    let names: BTreeSet<_> = names.collect();
    names.into_iter().map(|name| (directory_name(name), before(name), now.get(name).map(value))).collect()
}

/// The directory begins names of properties with a capital.
fn directory_name(name: &str) -> Cow<'static, str> {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect()).into()
}

/// Those that differ, and behind them their names.
fn listed(all: impl Iterator<Item = Difference>) -> Vec<ModifiedProperty> {
    let value = |value: Option<String>| Some(value.unwrap_or_else(|| "[]".to_owned()));
    let mut properties: Vec<_> = all
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| ModifiedProperty { display_name: name, old_value: value(old), new_value: value(new) })
        .collect();
    let names: Vec<_> = properties.iter().map(|property| &*property.display_name).collect();
    let names = quoted(&names.join(", "));
    properties.push(ModifiedProperty {
        display_name: "Included Updated Properties".into(),
        old_value: None,
        new_value: Some(names),
    });
    properties
}

/// A fact about what an object now belongs to, or no longer.
pub(super) fn fact(name: &'static str, value: Option<&str>, is_so: bool) -> ModifiedProperty {
    let value = value.map(quoted);
    let (old_value, new_value) = if is_so { (None, value) } else { (value, None) };
    ModifiedProperty { display_name: name.into(), old_value, new_value }
}

/// A text as JSON.
pub(super) fn quoted(text: &str) -> String {
    // A text can always be written as JSON.
    serde_json::to_string(text).unwrap_or_default()
}

/// A property with one text.
pub(super) fn text(value: &str) -> Option<String> {
    Some(format!("[{}]", quoted(value)))
}

/// One that may have none.
pub(super) fn maybe(value: Option<&String>) -> Option<String> {
    value.and_then(|value| text(value))
}

/// One with several.
pub(super) fn texts<'a>(values: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let all: Vec<_> = values.into_iter().map(quoted).collect();
    (!all.is_empty()).then(|| format!("[{}]", all.join(",")))
}

/// One that is so or not.
pub(super) fn flag(value: bool) -> Option<String> {
    Some(format!("[{value}]"))
}

/// One with an instant.
pub(super) fn instant(value: Instant) -> Option<String> {
    text(&value.to_string())
}
