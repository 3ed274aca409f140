//! One list of properties makes a type's table for queries, its writer, and its counterpart for tests.

use super::Json;
use crate::graph::Version;
use crate::graph::expand::Navigation;
use pim_odata::{Entity, NestedOptions, QueryError, Selection};

/// A type that Graph serves.
pub(crate) trait Resource: Entity {
    /// Properties that only beta has, as bits by their place in [`Entity::FIELDS`].
    const BETA_ONLY: u64;
    /// Properties that only v1.0 has.
    const V1_ONLY: u64;
    /// Properties that PIM's own service alone has.
    const SERVICE_ONLY: u64;
    /// Properties that v1.0 shows only when `$select` names them.
    const ON_SELECT: u64;
    /// Properties that are shown only when `$select` names them, in whichever version.
    const ASKED: u64;
    /// Whether each object is of a type derived from this one, and says of which.
    const IS_BASE: bool;

    /// Writes the selected properties, without braces.
    fn write(row: &Self::Row<'_>, shown: &Shown, json: &mut Json);

    /// Every property as serde would have it, to hold the writer against.
    #[cfg(test)]
    fn serialize<S: serde::ser::SerializeMap>(row: &Self::Row<'_>, map: &mut S) -> Result<(), S::Error>;

    /// Reads the options of a navigation that `$expand` names.
    ///
    /// # Errors
    /// When the options do not suit the related type.
    fn bind(navigation: &'static str, options: &NestedOptions, version: Version) -> Result<Navigation, QueryError>;

    /// Writes a related object, as a value.
    fn write_navigation(row: &Self::Row<'_>, navigation: &Navigation, json: &mut Json);
}

/// Which properties are to be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    selection: Selection,
    hidden: u64,
}

impl Shown {
    /// What `$select` leaves of a type in a version.
    ///
    /// # Errors
    /// When it names what the type does not have in that version.
    pub(crate) fn of<E: Resource>(select: Option<&str>, version: Version) -> Result<Self, QueryError> {
        let selection = Selection::parse::<E>(select.unwrap_or_default())?;
        let absent = match version {
            Version::V1 => E::BETA_ONLY | E::SERVICE_ONLY,
            Version::Beta => E::V1_ONLY | E::SERVICE_ONLY,
            Version::Service => E::V1_ONLY,
        };
        if let Some((_, name)) = (!selection.is_all())
            .then(|| (0..64).zip(E::FIELDS).find(|(bit, _)| selection.contains(*bit) && absent >> bit & 1 == 1))
            .flatten()
        {
            let span = pim_odata::Span { start: 0, end: 0 };
            return Err(QueryError::UnknownSelected { name: name.name.into(), entity: E::TYPE, span });
        }
        let unasked = match version {
            Version::V1 if selection.is_all() => E::ON_SELECT | E::ASKED,
            Version::Beta | Version::Service if selection.is_all() => E::ASKED,
            Version::V1 | Version::Beta | Version::Service => 0,
        };
        Ok(Self { selection, hidden: absent | unasked })
    }

    /// Whether the property at a place is to be written.
    pub(crate) const fn contains(&self, place: usize) -> bool {
        self.selection.contains(place) && self.hidden >> place & 1 == 0
    }

    /// What `$select` named, for the context.
    pub(crate) const fn selection(&self) -> &Selection {
        &self.selection
    }
}

/// A row with everything that it is, for serde.
#[cfg(test)]
pub(crate) struct Whole<'r, 'v, E: Resource>(pub(crate) &'r E::Row<'v>);

#[cfg(test)]
impl<E: Resource> serde::Serialize for Whole<'_, '_, E> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        E::serialize(self.0, &mut map)?;
        map.end()
    }
}

/// Declares a type that Graph serves from one list: `"name": kind [mark] = |row| value;`. The kinds are those of
/// `pim_odata::Field`, and `each(TYPE)` for several values with members; the marks `beta`, `v1`, `service`, `on_select`, and
/// `asked` for what is optional and shown to nobody who does not name it; `paths` are for `$filter` and `$orderby` alone.
///
/// A base type whose rows are of derived types says of which `by |row| name`, and lists the properties of all of them; those
/// marked `own` are optional and written by the rows that have them.
#[macro_export]
macro_rules! entity {
    (
        $(#[$doc:meta])*
        $name:ident($row:ty) = $type:literal $(by |$by:ident| $derived:expr;)? {
            $($property:literal: $kind:ident $(($of:path))? $([$mark:ident])? = |$it:ident| $value:expr;)*
            $(paths { $($path:literal: $path_kind:ident = |$path_it:ident| $path_value:expr;)* })?
        }
        navigations [$($navigation:literal),*]
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name;

        impl pim_odata::Entity for $name {
            type Row<'r> = $row;
            const TYPE: &'static str = concat!("microsoft.graph.", $type);
            const FIELDS: &'static [pim_odata::Field<Self>] = &[
                $($crate::entity!(@field $kind $(($of))? $property, |$it| $value),)*
                $($($crate::entity!(@path $path_kind $path, |$path_it| $path_value),)*)?
            ];
            const NAVIGATIONS: &'static [&'static str] = &[$($navigation),*];
        }

        impl $crate::graph::json::Resource for $name {
            const BETA_ONLY: u64 = $crate::graph::json::marked(&[$($crate::entity!(@is beta $($mark)?)),*]);
            const V1_ONLY: u64 = $crate::graph::json::marked(&[$($crate::entity!(@is v1 $($mark)?)),*]);
            const SERVICE_ONLY: u64 = $crate::graph::json::marked(&[$($crate::entity!(@is service $($mark)?)),*]);
            const ON_SELECT: u64 = $crate::graph::json::marked(&[$($crate::entity!(@is on_select $($mark)?)),*]);
            const ASKED: u64 = $crate::graph::json::marked(&[$($crate::entity!(@is asked $($mark)?)),*]);
            const IS_BASE: bool = $crate::entity!(@base $($by)?);

            fn write(
                row: &<Self as pim_odata::Entity>::Row<'_>,
                shown: &$crate::graph::json::Shown,
                json: &mut $crate::graph::json::Json,
            ) {
                $({
                    let $by = row;
                    json.kind($derived);
                })?
                let mut place = 0;
                $(
                    if shown.contains(place) {
                        let $it = row;
                        $crate::entity!(@write [$($mark)?] json, $property, $value);
                    }
                    place += 1;
                )*
                let _ = place;
            }

            #[cfg(test)]
            fn serialize<S: serde::ser::SerializeMap>(
                row: &<Self as pim_odata::Entity>::Row<'_>,
                map: &mut S,
            ) -> Result<(), S::Error> {
                $({
                    let $by = row;
                    map.serialize_entry("@odata.type", $derived)?;
                })?
                $({
                    let $it = row;
                    $crate::entity!(@serialize [$($mark)?] map, $property, $value);
                })*
                Ok(())
            }

            fn bind(
                navigation: &'static str,
                options: &pim_odata::NestedOptions,
                version: $crate::graph::Version,
            ) -> Result<$crate::graph::expand::Navigation, pim_odata::QueryError> {
                $crate::graph::expand::bind::<Self>(navigation, options, version)
            }

            fn write_navigation(
                row: &<Self as pim_odata::Entity>::Row<'_>,
                navigation: &$crate::graph::expand::Navigation,
                json: &mut $crate::graph::json::Json,
            ) {
                $crate::graph::expand::Related::write_related(row, navigation, json);
            }
        }
    };
    (@field opaque $name:literal, |$it:ident| $value:expr) => { pim_odata::Field::<Self>::opaque($name) };
    (@field exact $name:literal, |$it:ident| $value:expr) => {
        pim_odata::Field::<Self>::string($name, |$it| $crate::graph::json::Property::value($value)).case_sensitive()
    };
    (@field texts $name:literal, |$it:ident| $value:expr) => {
        pim_odata::Field::<Self>::collection($name, &pim_odata::Kind::String, |$it| {
            $crate::graph::json::Property::value($value)
        })
    };
    (@field each ($of:path) $name:literal, |$it:ident| $value:expr) => {
        pim_odata::Field::<Self>::collection($name, &pim_odata::Kind::Complex(&$of), |$it| {
            $crate::graph::json::Property::value($value)
        })
    };
    (@field $kind:ident $name:literal, |$it:ident| $value:expr) => {
        pim_odata::Field::<Self>::$kind($name, |$it| $crate::graph::json::Property::value($value))
    };
    (@path $kind:ident $name:literal, |$it:ident| $value:expr) => {
        $crate::entity!(@field $kind $name, |$it| $value).not_selectable()
    };
    (@write [asked] $json:ident, $name:literal, $value:expr) => {
        $crate::entity!(@write [own] $json, $name, $value)
    };
    (@write [own] $json:ident, $name:literal, $value:expr) => {
        if let Some(value) = $value {
            $json.key($name);
            $crate::graph::json::Property::write(&value, $json);
        }
    };
    (@write [$($mark:ident)?] $json:ident, $name:literal, $value:expr) => {
        $json.key($name);
        $crate::graph::json::Property::write(&$value, $json);
    };
    (@serialize [asked] $map:ident, $name:literal, $value:expr) => {
        $crate::entity!(@serialize [own] $map, $name, $value)
    };
    (@serialize [own] $map:ident, $name:literal, $value:expr) => {
        if let Some(value) = $value {
            $map.serialize_entry($name, &value)?;
        }
    };
    (@serialize [$($mark:ident)?] $map:ident, $name:literal, $value:expr) => {
        $map.serialize_entry($name, &$value)?;
    };
    (@base) => { false };
    (@base $by:ident) => { true };
    (@is beta beta) => { true };
    (@is v1 v1) => { true };
    (@is service service) => { true };
    (@is on_select on_select) => { true };
    (@is asked asked) => { true };
    (@is $wanted:ident $($mark:ident)?) => { false };
}

/// The bits of the places that are marked.
pub(crate) const fn marked(places: &[bool]) -> u64 {
    let mut bits = 0;
    let mut place = 0;
    while place < places.len() && place < 64 {
        if places[place] {
            bits |= 1 << place;
        }
        place += 1;
    }
    bits
}
