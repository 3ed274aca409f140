//! What an entity tells this crate about itself: a table of its properties.
//!
//! One table yields filtering, sorting, selection and every error about an
//! unknown or unsupported property. A path (`principal/displayName`) is an entry
//! like any other. Properties are read by function pointers and not by looking
//! names up in JSON, so a misspelt property does not compile, instants compare as
//! instants, and "cannot be filtered by" can be said at all.

use std::borrow::Cow;
use std::fmt;

use uuid::Uuid;

/// A property value, borrowed from the item that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text.
    Text(Cow<'a, str>),
    /// A GUID, which on the wire is text. Compared with text it compares as a
    /// GUID: without regard to case, and never equal to what is no GUID.
    Guid(Uuid),
    /// An instant, in milliseconds since 1970 UTC.
    Instant(i64),
    /// A span of time, in milliseconds.
    Duration(i64),
    /// A word of an enumeration, compared without regard to case.
    Member(&'static str),
    /// Several values.
    Collection(Vec<Item<'a>>),
}

impl<'a> Value<'a> {
    /// Borrowed text.
    pub fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// The value that `make` finds in `value`, or null.
    pub fn optional<T>(value: Option<T>, make: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Null, make)
    }
}

/// One element of a [`Value::Collection`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item<'a> {
    /// A plain value: `groupTypes/any(c:c eq 'Unified')`.
    Value(Value<'a>),
    /// A value with members: `targetResources/any(t:t/id eq '…')`. A member that
    /// is declared and not listed is null.
    Complex(Vec<(&'static str, Value<'a>)>),
}

/// The declared type of a property. It decides which literals may be compared
/// with it, and is what errors name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `Edm.Boolean`: [`Value::Bool`].
    Boolean,
    /// `Edm.Int32` and its relatives: [`Value::Int`].
    Integer,
    /// `Edm.String`: [`Value::Text`], [`Value::Guid`] or [`Value::Member`].
    String,
    /// `Edm.DateTimeOffset`: [`Value::Instant`].
    Instant,
    /// `Edm.Duration`: [`Value::Duration`].
    Duration,
    /// A value with members.
    Complex(&'static Complex),
    /// Several values of one type: [`Value::Collection`].
    Collection(&'static Self),
}

impl Kind {
    /// The name of the type, as errors have it.
    pub fn edm(&self) -> &'static str {
        match self {
            Self::Boolean => "Edm.Boolean",
            Self::Integer => "Edm.Int32",
            Self::String => "Edm.String",
            Self::Instant => "Edm.DateTimeOffset",
            Self::Duration => "Edm.Duration",
            Self::Complex(complex) => complex.name,
            Self::Collection(Self::String) => "Collection(Edm.String)",
            Self::Collection(Self::Complex(complex)) => complex.name,
            Self::Collection(Self::Boolean | Self::Integer | Self::Instant | Self::Duration | Self::Collection(_)) => {
                "Collection"
            }
        }
    }
}

/// A complex type: what a lambda may reach inside one element of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complex {
    /// The qualified name (`microsoft.graph.targetResource`).
    pub name: &'static str,
    /// The members. Names may be paths, as those of fields.
    pub members: &'static [Member],
}

/// A member of a [`Complex`] type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The name, or path.
    pub name: &'static str,
    /// The type.
    pub kind: Kind,
}

/// Whether text differs by case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextMatch {
    /// `Ada` is `ADA`: the directory's habit.
    #[default]
    CaseInsensitive,
    /// `Ada` is not `ADA`.
    CaseSensitive,
}

/// Reads one property of one item.
pub type Getter<E> = for<'a, 'r> fn(&'a <E as Entity>::Row<'r>) -> Value<'a>;

/// A property of an entity. Made by one of the constructors, which allow
/// everything that the type allows, and then narrowed. (One that is narrowed on
/// the spot has to say whose it is, for its getter's sake:
/// `Field::<Self>::string("displayName", |user| …).case_sensitive()`.)
pub struct Field<E: Entity> {
    /// The name, as the wire spells it. `principal/displayName` is a name too.
    pub name: &'static str,
    /// The type.
    pub kind: Kind,
    /// Reads the property.
    pub get: Getter<E>,
    /// How its text compares.
    pub text: TextMatch,
    /// Whether `$filter` may name it.
    pub filter: bool,
    /// Whether `$orderby` may name it.
    pub order: bool,
    /// Whether `$select` may name it: whether it is a property of the JSON object.
    pub select: bool,
}

impl<E: Entity> Field<E> {
    /// A property of any type. A path is not selectable, a collection not
    /// sortable, and a complex value can be selected only.
    pub const fn new(name: &'static str, kind: Kind, get: Getter<E>) -> Self {
        let plain = !matches!(kind, Kind::Complex(_) | Kind::Collection(_));
        Self {
            name,
            kind,
            get,
            text: TextMatch::CaseInsensitive,
            filter: !matches!(kind, Kind::Complex(_)),
            order: plain,
            select: !is_path(name),
        }
    }

    /// A property that is true or false.
    pub const fn boolean(name: &'static str, get: Getter<E>) -> Self {
        Self::new(name, Kind::Boolean, get)
    }

    /// A whole number.
    pub const fn integer(name: &'static str, get: Getter<E>) -> Self {
        Self::new(name, Kind::Integer, get)
    }

    /// Text, a GUID or a word of an enumeration: all are strings on the wire.
    pub const fn string(name: &'static str, get: Getter<E>) -> Self {
        Self::new(name, Kind::String, get)
    }

    /// An instant.
    pub const fn instant(name: &'static str, get: Getter<E>) -> Self {
        Self::new(name, Kind::Instant, get)
    }

    /// A span of time.
    pub const fn duration(name: &'static str, get: Getter<E>) -> Self {
        Self::new(name, Kind::Duration, get)
    }

    /// Several values of one type.
    pub const fn collection(name: &'static str, element: &'static Kind, get: Getter<E>) -> Self {
        Self::new(name, Kind::Collection(element), get)
    }

    /// A property that can be selected and nothing else, such as `scheduleInfo`;
    /// what lies inside it is reached by entries of its own.
    pub const fn opaque(name: &'static str) -> Self {
        const NOTHING: Complex = Complex { name: "Edm.ComplexType", members: &[] };
        Self::new(name, Kind::Complex(&NOTHING), |_| Value::Null)
    }

    /// The same, with text that differs by case.
    #[must_use]
    pub const fn case_sensitive(self) -> Self {
        Self { text: TextMatch::CaseSensitive, ..self }
    }

    /// The same, without filtering.
    #[must_use]
    pub const fn not_filterable(self) -> Self {
        Self { filter: false, ..self }
    }

    /// The same, without sorting.
    #[must_use]
    pub const fn not_orderable(self) -> Self {
        Self { order: false, ..self }
    }

    /// The same, without selection.
    #[must_use]
    pub const fn not_selectable(self) -> Self {
        Self { select: false, ..self }
    }
}

// By hand, because deriving would ask the same of `E`.
impl<E: Entity> Clone for Field<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: Entity> Copy for Field<E> {}

impl<E: Entity> fmt::Debug for Field<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field").field("name", &self.name).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// A type of item that can be queried.
///
/// The trait is implemented for the type that names the collection, and the items
/// are its [`Row`](Self::Row)s. Usually a row is a borrowed view (a reference to
/// the item and one to whatever resolves its ids), so that listing copies nothing
/// and a property that no one asks for is never looked up. A type that is its own
/// row says `type Row<'r> = Self`. (Implementing the trait for the view itself is
/// not possible: the table is `'static`, so what it speaks of would have to be.)
pub trait Entity: Sized + 'static {
    /// One item, as it is held in memory while a query runs.
    type Row<'r>;
    /// The qualified type (`microsoft.graph.unifiedRoleAssignmentSchedule`).
    const TYPE: &'static str;
    /// The properties. Those that can be selected are among the first 64.
    const FIELDS: &'static [Field<Self>];
    /// The names that `$expand` may name.
    const NAVIGATIONS: &'static [&'static str];
}

/// Where in the table of `E` the property `name` stands, spelt exactly. Meant for
/// constants, where a name that is not in the table fails to compile:
/// `const ID: usize = position::<User>("id");`
///
/// # Panics
/// When there is no such property.
pub const fn position<E: Entity>(name: &str) -> usize {
    let mut index = 0;
    while index < E::FIELDS.len() {
        if same(E::FIELDS[index].name.as_bytes(), name.as_bytes()) {
            return index;
        }
        index += 1;
    }
    panic!("no such property in the table");
}

/// The field called `name`, in any case, and where it stands.
pub(crate) fn find<E: Entity>(name: &str) -> Option<(usize, &'static Field<E>)> {
    E::FIELDS.iter().enumerate().find(|(_, field)| field.name.eq_ignore_ascii_case(name))
}

const fn is_path(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut index = 0;
    while index < bytes.len() {
        if bytes[index] == b'/' {
            return true;
        }
        index += 1;
    }
    false
}

// Slices cannot be compared in a constant.
const fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}
