//! Who is told of what, by class of people and happening, and by the switches of policies.

mod approving;
mod assigning;
mod azure;
mod cells;
mod digest;
mod ending;
mod groups;
mod more_time;
mod recipients;

use super::dsl::{Lab, offset};
use crate::model::conditional_access::AuthenticationContexts;
use crate::model::{
    Addressees, ApprovalChange, Approver, DirectoryScope, Happening, Mail, MailClass, NotificationLevel, PolicyChange,
    Privilege, Recipient, ReviewResult, RuleChange,
};
use crate::time::Length;
use crate::{Actor, Behaviour, Command, Event, Recorded};

/// A tenant after a story, and the mails of it.
struct Office(Lab);

impl Office {
    /// Beside `admin`, the Privileged Role Administrator, there are `gail` (Global Administrator) and `sam` (Security
    /// Administrator).
    #[track_caller]
    fn after(story: &str) -> Self {
        let mut lab = Lab::after(
            r#"
            world gail sam users
            gail active in "Global Administrator" forever
            sam active in "Security Administrator" forever
            "#,
        );
        lab.tell(story);
        Self(lab)
    }

    #[track_caller]
    fn tell(mut self, story: &str) -> Self {
        self.0.tell(story);
        self
    }

    /// Every mail, as `+1h activated requestor to alice`.
    fn mails(&self) -> Vec<String> {
        self.sent()
            .flat_map(|(at, mail)| mail.to.iter().map(move |to| format!("{at} {}", self.line(mail, to))))
            .collect()
    }

    fn sent(&self) -> impl Iterator<Item = (String, &Mail)> {
        self.0.events.iter().filter_map(|Recorded { at, event, .. }| {
            if let Event::MailSent(mail) = event { Some((offset(*at), &**mail)) } else { None }
        })
    }

    fn line(&self, mail: &Mail, to: &Addressees) -> String {
        let mut people: Vec<_> = to.people.iter().map(|it| self.name(it)).collect();
        people.sort();
        format!("{} {} to {}", mail.notice.name(), to.class.name(), people.join(" "))
    }

    fn name(&self, recipient: &Recipient) -> String {
        match recipient {
            Recipient::User(id) => self.0.pim.view(self.0.pim.now()).name_of(*id).unwrap().to_owned(),
            Recipient::Address(address) => address.clone(),
        }
    }

    /// What is said of that role from now on.
    #[track_caller]
    fn policy(mut self, role: &str, rule: RuleChange) -> Self {
        let subject = self.privilege(role).policy_subject();
        self.0.set_up(&Command::UpdatePolicy(PolicyChange { subject, rules: vec![rule] }));
        self
    }

    /// Activations of that role wait for these people; for the default approvers when there is none.
    #[track_caller]
    fn approval(self, role: &str, approvers: &[&str]) -> Self {
        let approver = |name: &&str| Approver { id: self.0.id(name).unwrap(), description: None };
        let change = ApprovalChange {
            is_approval_required: Some(true),
            primary_approvers: Some(approvers.iter().map(approver).collect()),
            ..ApprovalChange::default()
        };
        self.policy(role, RuleChange::Approval(change))
    }

    /// Approvers are told so long after somebody asked.
    #[track_caller]
    fn late(mut self, approval_mail_delay: Length) -> Self {
        let behaviour = Behaviour { approval_mail_delay, ..Behaviour::default() };
        self.0.set_up(&Command::SetBehaviour(behaviour));
        self
    }

    #[track_caller]
    fn cell(self, class: MailClass, of: Happening, cell: Cell) -> Self {
        let Cell { level, is_default_recipients_enabled, recipients } = cell;
        let recipients = recipients.map(|it| it.iter().map(|it| (*it).to_owned()).collect());
        self.policy(
            "Global Reader",
            RuleChange::Notification { class, of, level, is_default_recipients_enabled, recipients },
        )
    }

    #[track_caller]
    fn review(mut self, who: &str, request: &str, result: ReviewResult) -> Self {
        let (actor, request) = (self.actor(who), self.0.request(request));
        let justification = Some("looked at it".to_owned());
        self.0.handle(actor, &Command::ReviewApproval { request, result, justification }).unwrap();
        self
    }

    #[track_caller]
    fn decide(mut self, who: &str, request: &str, result: ReviewResult) -> Self {
        let (actor, request) = (self.actor(who), self.0.request(request));
        let justification = Some("looked at it".to_owned());
        self.0.handle(actor, &Command::DecideRequest { request, result, schedule: None, justification }).unwrap();
        self
    }

    fn actor(&self, who: &str) -> Actor {
        Actor::User { id: self.0.id(who).unwrap(), mfa: true, contexts: AuthenticationContexts::default() }
    }

    fn privilege(&self, role: &str) -> Privilege {
        self.0.privilege(role, DirectoryScope::Tenant).unwrap()
    }

    /// Claims that these mails were sent, and no others, and that everything else holds of the story.
    #[track_caller]
    fn sent_only(self, expected: &[&str]) {
        assert_eq!(self.mails(), expected);
        self.0.finish();
    }
}

/// What to change of a cell of the matrix.
#[derive(Default)]
struct Cell {
    level: Option<NotificationLevel>,
    is_default_recipients_enabled: Option<bool>,
    recipients: Option<&'static [&'static str]>,
}

const CRITICAL: Cell =
    Cell { level: Some(NotificationLevel::Critical), is_default_recipients_enabled: None, recipients: None };

impl Office {
    /// The same, over weeks.
    #[track_caller]
    fn sent_but_for_digests(self, expected: &[&str]) {
        let mails: Vec<_> = self.mails().into_iter().filter(|it| !it.contains("weeklyDigest")).collect();
        assert_eq!(mails, expected);
        self.0.finish();
    }
}
