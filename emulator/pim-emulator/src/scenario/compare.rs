//! What a target answered otherwise than the emulator.

use super::report::Outcome;
use super::wire::Exchange;
use serde::Serialize;
use utoipa::ToSchema;

/// A difference between the emulator and a target.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Difference {
    /// The call that was answered differently; what the step as a whole came to where it is no single call.
    pub call: String,
    /// What the emulator answered.
    pub emulator: String,
    /// What the target answered.
    pub target: String,
}

/// How a step went at one of the two.
pub(super) struct Went {
    pub(super) outcome: Outcome,
    pub(super) exchanges: Vec<Exchange>,
}

/// Every answer of a step that differs: by status, by the code of an error or by the status of a request; and what was checked,
/// where it is so at one of the two and not at the other.
pub(super) fn differences(emulator: &Went, target: &Went) -> Vec<Difference> {
    let (here, there) = (&emulator.exchanges, &target.exchanges);
    let mut differences = Vec::new();
    for place in 0..here.len().max(there.len()) {
        let (here, there) = (here.get(place), there.get(place));
        let gist = |it: Option<&Exchange>| it.map_or_else(|| "it was not called".to_owned(), |it| it.gist.clone());
        if here.map(|it| &it.gist) != there.map(|it| &it.gist) {
            let call = there.or(here).map_or_else(String::new, |it| it.call.clone());
            differences.push(Difference { call, emulator: gist(here), target: gist(there) });
        }
    }
    let (here, there) = (came_to(&emulator.outcome), came_to(&target.outcome));
    if differences.is_empty() && (emulator.outcome == Outcome::Passed) != (target.outcome == Outcome::Passed) {
        differences.push(Difference { call: "what is checked".to_owned(), emulator: here, target: there });
    }
    differences
}

fn came_to(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Passed => "as the step says".to_owned(),
        Outcome::Failed { happened, .. } => happened.clone(),
        Outcome::Skipped => "it was not tried".to_owned(),
    }
}
