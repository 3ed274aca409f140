//! What an assignment or a policy of a world is about: a role, a place in a group, or a role of Azure.

use super::error::{Fault, Step};
use super::handles::at;
use super::load::Loader;
use pim_core::model::{GroupAccess, PolicySubject};

/// What an entry says of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    pub(super) role: Option<&'a str>,
    pub(super) group: Option<&'a str>,
    pub(super) access: Option<GroupAccess>,
    pub(super) azure_role: Option<&'a str>,
    pub(super) scope: Option<&'a str>,
}

/// The role, the group with the relation, or the role of Azure with the place, that an entry names. `what` the entry is stands at
/// `path`.
pub(super) fn subject(
    loader: &Loader<'_>,
    said: Said<'_>,
    what: &str,
    path: impl Fn() -> Vec<Step>,
) -> Result<PolicySubject, Fault> {
    let Said { role, group, access, azure_role, scope } = said;
    let key = |key: &'static str| {
        let mut path = path();
        path.push(Step::Key(key));
        path
    };
    let one_alone = |second: &'static str| {
        let message = format!("{what} is of a 'role', of a 'group' or of an 'azureRole', and of one of them alone");
        Err(Fault { path: key(second), message })
    };
    if access.is_some() && group.is_none() {
        return Err(Fault { path: key("access"), message: "'access' belongs to a 'group'".to_owned() });
    }
    match (role, group, azure_role) {
        (None, None, None) => {
            Err(Fault { path: path(), message: format!("{what} needs a 'role', a 'group' or an 'azureRole'") })
        }
        (Some(_), Some(_), _) => one_alone("group"),
        (Some(_), None, Some(_)) | (None, Some(_), Some(_)) => one_alone("azureRole"),
        (Some(role), None, None) => at(loader.handles.role(role), || key("role")).map(PolicySubject::DirectoryRole),
        (None, Some(group), None) => {
            let Some(access) = access else {
                let message = "a 'group' needs 'access: member' or 'access: owner'".to_owned();
                return Err(Fault { path: path(), message });
            };
            at(loader.handles.group(group), || key("group")).map(|group| PolicySubject::Group(group, access))
        }
        (None, None, Some(name)) => {
            let role = at(loader.handles.azure_role(name), || key("azureRole"))?;
            let Some(place) = scope else {
                let message = "an 'azureRole' needs a 'scope', such as 'prod/web'".to_owned();
                return Err(Fault { path: path(), message });
            };
            let scope = at(loader.azure_scope(place), || key("scope"))?;
            if !loader.view().azure_role_fits(role, scope) {
                let message = format!("the role '{name}' cannot be given at '{place}': it is made for other places");
                return Err(Fault { path: key("scope"), message });
            }
            Ok(PolicySubject::AzureRole(role, scope))
        }
    }
}
