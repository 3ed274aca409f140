//! What an assignment or a policy of a world is about: a role, or a place in a group.

use super::error::{Fault, Step};
use super::handles::at;
use super::load::Loader;
use pim_core::model::{GroupAccess, PolicySubject};

/// The role, or the group with the relation, that an entry names. `what` the entry is stands at `path`.
pub(super) fn subject(
    loader: &Loader<'_>,
    (role, group, access): (Option<&str>, Option<&str>, Option<GroupAccess>),
    what: &str,
    path: impl Fn() -> Vec<Step>,
) -> Result<PolicySubject, Fault> {
    let key = |key: &'static str| {
        let mut path = path();
        path.push(Step::Key(key));
        path
    };
    match (role, group, access) {
        (None, None, None) => Err(Fault { path: path(), message: format!("{what} needs a 'role' or a 'group'") }),
        (Some(_), Some(_), _) => {
            Err(Fault { path: key("group"), message: format!("{what} is of a 'role' or of a 'group', not of both") })
        }
        (_, None, Some(_)) => Err(Fault { path: key("access"), message: "'access' belongs to a 'group'".to_owned() }),
        (Some(role), None, None) => at(loader.handles.role(role), || key("role")).map(PolicySubject::DirectoryRole),
        (None, Some(_), None) => {
            Err(Fault { path: path(), message: "a 'group' needs 'access: member' or 'access: owner'".to_owned() })
        }
        (None, Some(group), Some(access)) => {
            at(loader.handles.group(group), || key("group")).map(|group| PolicySubject::Group(group, access))
        }
    }
}
