//! What a world file may one day say and this build does not emulate yet: refused by name, never passed over in silence.

use super::error::{Fault, fault};
use super::file::WorldFile;

/// Refuses the first key of that sort.
pub(super) fn refuse(file: &WorldFile) -> Result<(), Fault> {
    let Some(world) = &file.world else { return Ok(()) };
    if let Some(place) = world.users.iter().position(|user| user.last_sign_in.is_some()) {
        return Err(fault!(["users", place, "lastSignIn"], "{}", sentence("lastSignIn")));
    }
    Ok(())
}

fn sentence(key: &str) -> String {
    format!("'{key}' is not emulated yet")
}
