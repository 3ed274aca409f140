//! Access reviews: who is reviewed by whom, what they decide, and what comes of it.

mod applying;
mod deciding;
mod ending;
mod histories;
mod mailing;
mod making;
mod people;
mod reviewers;
mod series;
mod stages;
