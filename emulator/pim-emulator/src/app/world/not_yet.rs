//! What a world file may one day say and this build does not emulate yet: refused by name, never passed over in silence.

use super::error::{Fault, Step, fault};
use super::file::{AssignmentEntry, WorldFile};
use super::policy_entry::PolicyEntry;

/// Refuses the first key of that sort.
pub(super) fn refuse(file: &WorldFile) -> Result<(), Fault> {
    if file.steps.is_some() {
        return Err(Fault { path: vec![Step::Key("steps")], message: sentence("steps") });
    }
    let Some(world) = &file.world else { return Ok(()) };
    if world.azure.is_some() {
        return Err(fault!(["azure"], "{}", sentence("azure")));
    }
    if let Some(place) = world.users.iter().position(|user| user.last_sign_in.is_some()) {
        return Err(fault!(["users", place, "lastSignIn"], "{}", sentence("lastSignIn")));
    }
    for (section, entries) in [("active", &world.active), ("eligible", &world.eligible)] {
        for (place, entry) in entries.iter().enumerate() {
            if let Some(key) = unbuilt(entry) {
                return Err(fault!([section, place, key], "{}", sentence(key)));
            }
        }
    }
    for (place, entry) in world.policies.iter().enumerate() {
        if let Some(key) = unbuilt_policy(entry) {
            return Err(fault!(["policies", place, key], "{}", sentence(key)));
        }
    }
    Ok(())
}

fn unbuilt(entry: &AssignmentEntry) -> Option<&'static str> {
    entry.azure_role.is_some().then_some("azureRole")
}

fn unbuilt_policy(entry: &PolicyEntry) -> Option<&'static str> {
    let keys = [("azureRole", entry.azure_role), ("scope", entry.scope)];
    keys.into_iter().find(|(_, value)| value.is_some()).map(|(key, _)| key)
}

fn sentence(key: &str) -> String {
    format!("'{key}' is not emulated yet")
}
