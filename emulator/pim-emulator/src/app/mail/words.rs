//! What a mail says: one arm for each notice.

use super::facts::{DigestFacts, Facts, Person};
use super::page::Page;
use pim_core::model::{MailClass, Notice, ReviewResult};
use pim_core::time::Instant;

/// The page that tells a class of people of something.
pub(super) fn page(notice: Notice, class: MailClass, facts: &Facts) -> Page {
    let says = Says { facts, is_own: class == MailClass::Requestor, decides: class == MailClass::Approver };
    let (subject, next) = match notice {
        Notice::EligibleAssigned => says.eligible(),
        Notice::ActiveAssigned => says.assigned(),
        Notice::Activated => says.activated(),
        Notice::ApprovalPending => says.waits("asks to activate"),
        Notice::ExtensionPending => says.waits("asks to extend"),
        Notice::RenewalPending => says.waits("asks to renew"),
        Notice::ApprovalDecided(result) => says.decided("activate", result),
        Notice::ExtensionDecided(result) => says.more_time("extend", "extended", result),
        Notice::RenewalDecided(result) => says.more_time("renew", "renewed", result),
        Notice::Expiring { days } => says.expiring(days),
        Notice::Expired => says.expired(),
        Notice::AssignedOutside => says.outside(),
        Notice::PimEnabled => (
            format!("Privileged Identity Management is ready for {}", facts.tenant),
            "Make administrators eligible for their roles instead of leaving them active.".to_owned(),
        ),
        Notice::WeeklyDigest => (
            format!("Your weekly digest for {}", facts.tenant),
            "See whether whoever holds a role for good still needs it.".to_owned(),
        ),
        Notice::AccessReviewStarted => says.review_waits("Review access to"),
        Notice::AccessReviewReminder => says.review_waits("Reminder: review access to"),
        Notice::AccessReviewCompleted => says.review_ended(),
    };
    Page { subject, rows: rows(notice, facts), table: facts.digest.as_ref().map(table), next }
}

/// The sentences, about somebody or to that very person.
struct Says<'a> {
    facts: &'a Facts,
    is_own: bool,
    decides: bool,
}

impl Says<'_> {
    /// `You are` or `Alice Archer is`: members of a group read of the group.
    fn subject(&self, own: &str, others: &str) -> String {
        match &self.facts.principal {
            Some(Person { is_group: false, .. }) if self.is_own => format!("You {own}"),
            Some(person) => format!("{} {others}", person.name),
            None => format!("Somebody {others}"),
        }
    }

    /// `Your activation` or `Alice Archer's activation`.
    fn possessive(&self) -> String {
        match &self.facts.principal {
            Some(Person { is_group: false, .. }) if self.is_own => "Your".to_owned(),
            Some(person) => format!("{}'s", person.name),
            None => "Somebody's".to_owned(),
        }
    }

    /// What to do about it: the person itself, and whoever watches.
    fn next(&self, own: &str, others: &str) -> String {
        if self.is_own { own.to_owned() } else { others.to_owned() }
    }

    fn alert(&self, of: &str, sentence: String) -> String {
        let what = if self.facts.is_of_group { "Group" } else { "Role" };
        if self.is_own { sentence } else { format!("{what} {of} alert: {sentence}") }
    }

    fn eligible(&self) -> (String, String) {
        let sentence = format!("{} now eligible for {}", self.subject("are", "is"), self.facts.held);
        let next =
            self.next("Activate it when you need it.", "Remove the eligible assignment if you did not expect it.");
        (self.alert("assignment", sentence), next)
    }

    fn assigned(&self) -> (String, String) {
        let sentence = format!("{} now assigned {}", self.subject("are", "is"), self.facts.held);
        let next = self.next(
            "You need not activate it: it is active from its start to its end.",
            "Remove the active assignment if you did not expect it, or make it an eligible one.",
        );
        (self.alert("assignment", sentence), next)
    }

    fn activated(&self) -> (String, String) {
        let sentence = format!("{} {}", self.subject("activated", "activated"), self.facts.held);
        let next = self.next(
            "Deactivate it as soon as you are done. If it was not you, tell your administrator.",
            "Look into it if you did not expect it.",
        );
        (self.alert("activation", sentence), next)
    }

    fn waits(&self, asks: &str) -> (String, String) {
        let subject = self.subject(asks, asks);
        let next = if self.decides {
            "Approve or deny the request. It is granted only when somebody approves it."
        } else {
            "Its approvers decide on the request. You need not do anything."
        };
        (format!("{subject} {}", self.facts.held), next.to_owned())
    }

    fn decided(&self, what: &str, result: ReviewResult) -> (String, String) {
        let word = match result {
            ReviewResult::Approve => "approved",
            ReviewResult::Deny => "denied",
        };
        let sentence = format!("{} request to {what} {} was {word}", self.possessive(), self.facts.held);
        let next = match result {
            ReviewResult::Approve => self.next("It is active from its start to its end.", NOTHING),
            ReviewResult::Deny => self.next("Ask again if you still need it, and say why.", NOTHING),
        };
        (sentence, next)
    }

    fn more_time(&self, what: &str, done: &str, result: ReviewResult) -> (String, String) {
        match result {
            ReviewResult::Approve => (
                format!("{} assignment to {} was {done}", self.possessive(), self.facts.held),
                self.next("You have it until its new end.", NOTHING),
            ),
            ReviewResult::Deny => self.decided(what, result),
        }
    }

    fn expiring(&self, days: u8) -> (String, String) {
        let unit = if days == 1 { "day" } else { "days" };
        let held = &self.facts.held;
        let own = if self.facts.is_of_group {
            "Ask an owner of the group to extend it if you need it beyond its end."
        } else {
            "Ask for an extension if you need it beyond its end."
        };
        (
            format!("{} assignment to {held} ends in {days} {unit}", self.possessive()),
            self.next(own, "Extend the assignment if it is needed beyond its end."),
        )
    }

    fn expired(&self) -> (String, String) {
        let own = if self.facts.is_of_group {
            "Ask an owner of the group if you still need it."
        } else {
            "Ask for a renewal within 30 days if you still need it."
        };
        (
            format!("{} assignment to {} has ended", self.possessive(), self.facts.held),
            self.next(own, "Renew the assignment within 30 days if it is still needed."),
        )
    }

    /// What is reviewed, and under which name.
    fn review(&self) -> (&str, &str) {
        self.facts.review.as_ref().map_or(("it", "the review"), |it| (&it.reviewed, &it.name))
    }

    fn review_waits(&self, asks: &str) -> (String, String) {
        let (reviewed, name) = self.review();
        let next =
            format!("Say in {name} who still needs it, until it is due. What you said can be changed until then.");
        (format!("{asks} {reviewed}"), next)
    }

    fn review_ended(&self) -> (String, String) {
        let (reviewed, name) = self.review();
        let next = "See what was decided, and apply it if that does not happen by itself.".to_owned();
        (format!("The access review {name} of {reviewed} is complete"), next)
    }

    fn outside(&self) -> (String, String) {
        let held = &self.facts.held;
        (
            format!("{} assigned {held} outside Privileged Identity Management", self.subject("were", "was")),
            "Remove the assignment if you did not expect it, or make it an eligible one.".to_owned(),
        )
    }
}

const NOTHING: &str = "You need not do anything.";

/// The facts, one a line.
fn rows(notice: Notice, facts: &Facts) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    let mut row = |label, text: Option<String>| rows.extend(text.map(|text| (label, text)));
    row("Principal", facts.principal.as_ref().map(full_name));
    row("Role", (!facts.role.is_empty()).then(|| facts.role.clone()));
    row("Scope", (!facts.scope.is_empty()).then(|| facts.scope.clone()));
    row("Starts", facts.start.map(time));
    row("Ends", facts.start.map(|_| facts.end.map_or_else(|| "never".to_owned(), time)));
    row(done_by(notice), facts.by.as_ref().filter(|_| !facts.by_oneself).map(full_name));
    row("Reason", facts.justification.clone());
    row("Request", facts.request.clone());
    if let Some(review) = &facts.review {
        row("Review", Some(review.name.clone()));
        row("About", Some(review.reviewed.clone()));
        row("Due", Some(time(review.end)));
        row("From whoever asks", Some(review.description.clone()).filter(|it| !it.is_empty()));
    }
    row("Organization", (!facts.tenant.is_empty()).then(|| format!("{} ({})", facts.tenant, facts.domain)));
    rows
}

const fn done_by(notice: Notice) -> &'static str {
    match notice {
        Notice::EligibleAssigned
        | Notice::ActiveAssigned
        | Notice::AssignedOutside
        | Notice::Expiring { .. }
        | Notice::Expired => "Assigned by",
        Notice::Activated | Notice::ApprovalPending | Notice::ExtensionPending | Notice::RenewalPending => {
            "Requested by"
        }
        Notice::ApprovalDecided(_) | Notice::ExtensionDecided(_) | Notice::RenewalDecided(_) => "Decided by",
        Notice::PimEnabled
        | Notice::WeeklyDigest
        | Notice::AccessReviewStarted
        | Notice::AccessReviewReminder
        | Notice::AccessReviewCompleted => "Brought about by",
    }
}

fn full_name(person: &Person) -> String {
    match &person.sign_in {
        Some(sign_in) => format!("{} ({sign_in})", person.name),
        None => person.name.clone(),
    }
}

fn time(at: Instant) -> String {
    at.to_utc().format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// The numbers of a digest.
fn table(facts: &DigestFacts) -> Vec<(String, u32)> {
    let digest = &facts.digest;
    let numbers = [
        ("People who activated a role", digest.users_activated),
        ("People given a role for good", digest.users_made_permanent),
        ("Assignments made in PIM", digest.assigned_in_pim),
        ("Assignments made outside PIM", digest.assigned_outside_pim),
    ];
    let top = facts.top_roles.iter().map(|(role, count)| (format!("Assignments to {role}"), *count));
    numbers.into_iter().map(|(label, count)| (label.to_owned(), count)).chain(top).collect()
}
