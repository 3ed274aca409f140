//! `$filter` of Azure Resource Manager: a handful of functions and comparisons, joined by `and`, `or` and parentheses.
//!
//! Names are read in any case; values stand in quotes or bare. Every list says what it takes, and anything else is refused: a
//! filter that was ignored would show too much.

mod reader;
#[cfg(test)]
mod tests;

use super::error::ArmError;
use pim_core::PrincipalId;
use reader::Reader;
use uuid::Uuid;

/// One condition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Condition {
    /// At the scope or above it, nothing below.
    AtScope,
    /// What can be assigned at the scope or below it.
    AtScopeAndBelow,
    /// What the caller is the target of, directly or through groups.
    AsTarget,
    /// What the caller asked for.
    AsRequestor,
    /// What the caller is to decide.
    AsApprover,
    /// Approvals of what the caller asked for.
    AsCreatedBy,
    /// What somebody has, directly or through groups.
    AssignedTo(PrincipalId),
    /// What somebody has directly.
    PrincipalId(PrincipalId),
    /// What is about a role, by its full id.
    RoleDefinitionId(String),
    /// What has a status.
    Status(String),
    /// What somebody asked for.
    RequestorId(PrincipalId),
    /// Instances of an assignment.
    RoleAssignmentScheduleId(String),
    /// Instances of an eligibility.
    RoleEligibilityScheduleId(String),
    /// A role by name.
    RoleName(String),
    /// Roles of a sort: built in or custom.
    RoleType(String),
    /// A deny assignment by name.
    DenyAssignmentName(String),
    /// What is to be told of somebody.
    GdprExportPrincipalId(PrincipalId),
    /// Resources of a type.
    ResourceType(String),
    /// Resources of a name.
    Name(String),
    /// Resources in a region.
    Location(String),
    /// What has a tag.
    TagName(String),
    /// What has a tag of that value.
    TagValue(String),
}

/// What a list takes: names of functions and properties, in lower case.
pub(crate) type Accepted = &'static [&'static str];

/// Requests for assignments and eligibilities.
pub(crate) const REQUESTS: Accepted = &[
    "atscope",
    "principalid",
    "assignedto",
    "astarget",
    "asrequestor",
    "asapprover",
    "roledefinitionid",
    "status",
    "requestorid",
];
/// Schedules.
pub(crate) const SCHEDULES: Accepted =
    &["atscope", "principalid", "assignedto", "astarget", "roledefinitionid", "status"];
/// Instances.
pub(crate) const INSTANCES: Accepted = &[
    "atscope",
    "principalid",
    "assignedto",
    "astarget",
    "roledefinitionid",
    "roleassignmentscheduleid",
    "roleeligibilityscheduleid",
];
/// Where an eligibility can be narrowed to.
pub(crate) const CHILD_RESOURCES: Accepted = &["resourcetype", "astarget", "or"];
/// Policies and their assignments.
pub(crate) const POLICIES: Accepted = &["roledefinitionid"];
/// Approvals.
pub(crate) const APPROVALS: Accepted = &["astarget", "asapprover", "ascreatedby"];
/// Role assignments.
pub(crate) const ROLE_ASSIGNMENTS: Accepted = &["atscope", "principalid", "assignedto"];
/// Roles.
pub(crate) const ROLE_DEFINITIONS: Accepted = &["atscope", "atscopeandbelow", "rolename", "type"];
/// Deny assignments.
pub(crate) const DENY_ASSIGNMENTS: Accepted =
    &["atscope", "principalid", "denyassignmentname", "gdprexportprincipalid"];

/// Locks.
pub(crate) const LOCKS: Accepted = &["atscope"];
/// Resource groups.
pub(crate) const RESOURCE_GROUPS: Accepted = &["tagname", "tagvalue"];
/// Resources.
pub(crate) const RESOURCES: Accepted = &["resourcetype", "name", "location", "tagname", "tagvalue", "or"];

/// What a list is narrowed to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Filter {
    /// Nothing is left out.
    All,
    /// One condition.
    Is(Condition),
    /// Both.
    And(Box<Self>, Box<Self>),
    /// Either.
    Or(Box<Self>, Box<Self>),
}

/// Parentheses are not nested deeper than this.
const DEEPEST: usize = 16;

/// A filter is not longer than this, in bytes.
const LONGEST: usize = 4096;

impl Filter {
    /// Reads a filter, decoded.
    ///
    /// # Errors
    /// When it makes no sense, or holds what the list does not take.
    pub(crate) fn parse(text: &str, accepted: Accepted) -> Result<Self, ArmError> {
        if text.len() > LONGEST {
            return Err(fault(format!("a filter has at most {LONGEST} characters")));
        }
        let mut reader = Reader::new(text);
        let filter = either(&mut reader, accepted, 0)?;
        match reader.rest() {
            "" => Ok(filter),
            rest => Err(fault(format!("'{rest}' is too much"))),
        }
    }

    /// Whether something is shown, given what each condition says of it.
    pub(crate) fn holds(&self, condition: &impl Fn(&Condition) -> bool) -> bool {
        match self {
            Self::All => true,
            Self::Is(it) => condition(it),
            Self::And(left, right) => left.holds(condition) && right.holds(condition),
            Self::Or(left, right) => left.holds(condition) || right.holds(condition),
        }
    }

    /// The conditions that always narrow the list: each stands alone or is joined by `and`.
    pub(crate) fn demanded(&self) -> Vec<&Condition> {
        match self {
            Self::All | Self::Or(..) => Vec::new(),
            Self::Is(it) => vec![it],
            Self::And(left, right) => left.demanded().into_iter().chain(right.demanded()).collect(),
        }
    }

    /// Whether a condition always narrows the list: it stands alone or is joined by `and`. Only then can it stand for a right
    /// that the caller lacks.
    pub(crate) fn demands(&self, condition: &Condition) -> bool {
        match self {
            Self::All => false,
            Self::Is(it) => it == condition,
            Self::And(left, right) => left.demands(condition) || right.demands(condition),
            Self::Or(left, right) => left.demands(condition) && right.demands(condition),
        }
    }
}

fn fault(detail: impl Into<String>) -> ArmError {
    ArmError::InvalidFilter(detail.into())
}

fn either(reader: &mut Reader<'_>, accepted: Accepted, depth: usize) -> Result<Filter, ArmError> {
    let mut left = both(reader, accepted, depth)?;
    while reader.takes_word("or") {
        if !accepted.contains(&"or") {
            return Err(fault("'or' is not taken here"));
        }
        left = Filter::Or(Box::new(left), Box::new(both(reader, accepted, depth)?));
    }
    Ok(left)
}

fn both(reader: &mut Reader<'_>, accepted: Accepted, depth: usize) -> Result<Filter, ArmError> {
    let mut left = one(reader, accepted, depth)?;
    while reader.takes_word("and") {
        left = Filter::And(Box::new(left), Box::new(one(reader, accepted, depth)?));
    }
    Ok(left)
}

fn one(reader: &mut Reader<'_>, accepted: Accepted, depth: usize) -> Result<Filter, ArmError> {
    if !reader.takes('(') {
        return condition(reader, accepted).map(Filter::Is);
    }
    if depth == DEEPEST {
        return Err(fault(format!("parentheses are nested deeper than {DEEPEST}")));
    }
    let inner = either(reader, accepted, depth + 1)?;
    match reader.takes(')') {
        true => Ok(inner),
        false => Err(fault("a parenthesis is not closed")),
    }
}

fn condition(reader: &mut Reader<'_>, accepted: Accepted) -> Result<Condition, ArmError> {
    let name = reader.word().ok_or_else(|| fault(format!("a condition is missing before '{}'", reader.rest())))?;
    let lower = name.to_ascii_lowercase();
    if lower == "or" || !accepted.contains(&lower.as_str()) {
        return Err(fault(format!("'{name}' is not taken here")));
    }
    if reader.takes('(') {
        let argument = if reader.is_before(')') { None } else { Some(value(reader, name)?) };
        if !reader.takes(')') {
            return Err(fault(format!("the parenthesis of '{name}' is not closed")));
        }
        return function(&lower, argument).unwrap_or_else(|| Err(fault(format!("'{name}' is no such function"))));
    }
    if !reader.takes_word("eq") {
        return Err(fault(format!("'{name}' is only compared with 'eq'")));
    }
    let value = value(reader, name)?;
    comparison(&lower, value).unwrap_or_else(|| Err(fault(format!("'{name}' is no property"))))
}

fn value(reader: &mut Reader<'_>, name: &str) -> Result<String, ArmError> {
    reader.value().ok_or_else(|| fault(format!("the value of '{name}' is missing or its quote is not closed")))
}

fn function(name: &str, argument: Option<String>) -> Option<Result<Condition, ArmError>> {
    let condition = match (name, argument) {
        ("atscope", None) => Condition::AtScope,
        ("atscopeandbelow", None) => Condition::AtScopeAndBelow,
        ("astarget", None) => Condition::AsTarget,
        ("asrequestor", None) => Condition::AsRequestor,
        ("asapprover", None) => Condition::AsApprover,
        ("ascreatedby", None) => Condition::AsCreatedBy,
        ("assignedto", Some(id)) => return Some(principal(&id).map(Condition::AssignedTo)),
        _ => return None,
    };
    Some(Ok(condition))
}

fn comparison(property: &str, value: String) -> Option<Result<Condition, ArmError>> {
    let condition = match property {
        "principalid" => return Some(principal(&value).map(Condition::PrincipalId)),
        "requestorid" => return Some(principal(&value).map(Condition::RequestorId)),
        "gdprexportprincipalid" => return Some(principal(&value).map(Condition::GdprExportPrincipalId)),
        "roledefinitionid" => Condition::RoleDefinitionId(value),
        "status" => Condition::Status(value),
        "roleassignmentscheduleid" => Condition::RoleAssignmentScheduleId(value),
        "roleeligibilityscheduleid" => Condition::RoleEligibilityScheduleId(value),
        "rolename" => Condition::RoleName(value),
        "type" => Condition::RoleType(value),
        "denyassignmentname" => Condition::DenyAssignmentName(value),
        "resourcetype" => Condition::ResourceType(value),
        "name" => Condition::Name(value),
        "location" => Condition::Location(value),
        "tagname" => Condition::TagName(value),
        "tagvalue" => Condition::TagValue(value),
        _ => return None,
    };
    Some(Ok(condition))
}

fn principal(text: &str) -> Result<PrincipalId, ArmError> {
    Uuid::try_parse(text).map(PrincipalId).map_err(|_| fault(format!("'{text}' is no GUID")))
}
