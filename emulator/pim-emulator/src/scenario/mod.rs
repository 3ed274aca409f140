//! Scenarios: situations that are written down, to be tested, taught and rehearsed with.
//!
//! A scenario is a world and steps. A step is somebody's act, a move of the clock, or a check; an act may be expected to be
//! refused. They are carried out over HTTP, as a client would, against a tenant that was made of the world; or against another server, and then both
//! are compared ([`target`]).
//!
//! What always holds:
//! - A file with a mistake in it runs no step; the error names the file, the line and the nearest known word.
//! - The first step that is not as it says ends the run: what comes after it would be about another situation.
//! - A run says of every step what it was, where it stands, and, if it failed, what was expected and what happened.

mod act;
mod alerts;
mod check;
mod compare;
mod error;
mod file;
mod known;
mod look;
mod names;
mod policy;
mod report;
mod review;
mod review_body;
mod review_check;
mod run;
mod runner;
mod schema;
mod subject;
mod target;
mod template;
mod text;
mod time;
mod verb;
mod wire;

pub use compare::Difference;
pub use error::ScenarioError;
pub use file::{
    AlertCheck, AlertRemedyEntry, AlertScanEntry, AuditCheck, CallEntry, CheckEntry, DecisionEntry, HeldCheck,
    MailCheck, MembershipEntry, RefusedEntry, RequestCheck, RequestEntry, ReviewCheck, ReviewDecisionEntry,
    ReviewDecisionWord, ReviewLineCheck, ScenarioFile, StepEntry,
};
pub use report::{Outcome, Report, StepReport, junit};
pub use runner::{Ahead, Scenario};
pub use schema::schema;
pub use target::{
    Secret, SessionAudience, SessionEntry, Target, TargetAddresses, TargetApplication, TargetError, TargetFile,
    TargetId, TargetIdentity, TargetPlace, TargetReview, TargetUser,
};
