//! A small collection to query.

use uuid::Uuid;

use crate::{Complex, Entity, Field, Item, Kind, Member, Value};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) job: Option<String>,
    pub(crate) enabled: Option<bool>,
    pub(crate) logins: Option<i64>,
    pub(crate) created: i64,
    pub(crate) lease: Option<i64>,
    pub(crate) kind: &'static str,
    pub(crate) group_types: Vec<&'static str>,
    pub(crate) licenses: Vec<(Uuid, Vec<&'static str>)>,
}

const LICENSE: Complex = Complex {
    name: "microsoft.graph.assignedLicense",
    members: &[
        Member { name: "skuId", kind: Kind::String },
        Member { name: "note", kind: Kind::String },
        Member { name: "plans", kind: Kind::Collection(&Kind::String) },
    ],
};

/// The collection; its rows are borrowed.
pub(crate) struct Users;

impl Entity for Users {
    type Row<'r> = &'r User;
    const TYPE: &'static str = "microsoft.graph.user";
    const NAVIGATIONS: &'static [&'static str] = &["manager", "memberOf"];
    const FIELDS: &'static [Field<Self>] = &[
        Field::string("id", |user| Value::Guid(user.id)),
        Field::string("displayName", |user| Value::text(&user.name)),
        Field::string("jobTitle", |user| Value::optional(user.job.as_deref(), Value::text)),
        Field::<Self>::string("exactName", |user| Value::text(&user.name)).case_sensitive(),
        Field::boolean("accountEnabled", |user| Value::optional(user.enabled, Value::Bool)),
        Field::integer("logins", |user| Value::optional(user.logins, Value::Int)),
        Field::instant("createdDateTime", |user| Value::Instant(user.created)),
        Field::duration("lease", |user| Value::optional(user.lease, Value::Duration)),
        Field::string("userType", |user| Value::Member(user.kind)),
        Field::collection("groupTypes", &Kind::String, |user| {
            let item = |text: &&'static str| Item::Value(Value::text(text));
            Value::Collection(user.group_types.iter().map(item).collect())
        }),
        Field::collection("assignedLicenses", &Kind::Complex(&LICENSE), |user| {
            let items = user.licenses.iter().map(|(sku, plans)| {
                let plans = plans.iter().map(|plan| Item::Value(Value::text(plan))).collect();
                // `note` is declared and never there.
                Item::Complex(vec![("skuId", Value::Guid(*sku)), ("plans", Value::Collection(plans))])
            });
            Value::Collection(items.collect())
        }),
        Field::opaque("passwordProfile"),
        Field::<Self>::string("photo", |_| Value::Null).not_filterable().not_orderable(),
        Field::string("manager/displayName", |_| Value::text("Grace")),
    ];
}

/// A GUID that ends in the number.
pub(crate) fn guid(number: u128) -> Uuid {
    Uuid::from_u128(0xabcd_ef00_0000_4000_8000_0000_0000_0000 | number)
}

/// 2024-01-01T00:00:00Z.
pub(crate) const NEW_YEAR: i64 = 1_704_067_200_000;

pub(crate) fn ada() -> User {
    User {
        id: guid(1),
        name: "Ada Lovelace".into(),
        job: Some("Analyst".into()),
        enabled: Some(true),
        logins: Some(7),
        created: NEW_YEAR,
        lease: Some(8 * 3_600_000),
        kind: "Member",
        group_types: vec!["Unified", "DynamicMembership"],
        licenses: vec![(guid(100), vec!["EXCHANGE", "TEAMS"]), (guid(101), vec![])],
    }
}

/// Someone of whom little is known.
pub(crate) fn bob() -> User {
    User { id: guid(2), name: "bob".into(), created: NEW_YEAR + 1, kind: "Guest", ..User::default() }
}
