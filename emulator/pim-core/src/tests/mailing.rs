//! Who is told of what, by class of people and happening, and by the switches of policies.

use super::dsl::{BEGINNING, Lab, offset};
use crate::model::conditional_access::AuthenticationContexts;
use crate::model::{
    ApprovalChange, Approver, DirectoryScope, Happening, License, Mail, MailClass, NotificationLevel, PolicyChange,
    Privilege, Recipient, ReviewResult, RuleChange, User, UserType,
};
use crate::time::Length;
use crate::{Actor, Behaviour, Command, Event, PrincipalId, Recorded};
use uuid::Uuid;

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
        self.sent().map(|(at, mail)| format!("{at} {}", self.line(mail))).collect()
    }

    fn sent(&self) -> impl Iterator<Item = (String, &Mail)> {
        self.0.events.iter().filter_map(|Recorded { at, event, .. }| {
            if let Event::MailSent(mail) = event { Some((offset(*at), &**mail)) } else { None }
        })
    }

    fn line(&self, mail: &Mail) -> String {
        let mut to: Vec<_> = mail.to.iter().map(|it| self.name(it)).collect();
        to.sort();
        format!("{} {} to {}", mail.notice.name(), mail.class.name(), to.join(" "))
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

/// NOT-3. NOT-4.
#[test]
fn an_eligibility_is_told_to_its_holder_and_to_the_administrators() {
    Office::after(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" forever -> Provisioned
        "#,
    )
    .sent_only(&["+0h eligibleAssigned Requestor to alice", "+0h eligibleAssigned Admin to admin gail sam"]);
}

/// NOT-5.
#[test]
fn an_active_assignment_is_told_to_its_holder_and_to_the_administrators() {
    Office::after(
        r#"
        world alice users
        admin adminAssign active alice "Global Reader" forever "on duty" -> Provisioned
        admin adminAssign active alice "Reports Reader" from +2h forever "on duty" -> Granted
        tick 3h
        "#,
    )
    .sent_only(&[
        "+0h activeAssigned Requestor to alice",
        "+0h activeAssigned Admin to admin gail sam",
        "+0h activeAssigned Requestor to alice",
        "+0h activeAssigned Admin to admin gail sam",
    ]);
}

/// NOT-6. NOT-11.
#[test]
fn an_activation_is_told_when_it_begins_and_not_when_it_ends() {
    Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" forever
        alice eligible for "Reports Reader" forever
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        alice selfActivate "Reports Reader" from +2h 1h "incident" -> Granted
        tick 8h
        "#,
    )
    .sent_only(&[
        "+0h activated Requestor to alice",
        "+0h activated Admin to admin gail sam",
        "+2h activated Requestor to alice",
        "+2h activated Admin to admin gail sam",
    ]);
}

/// NOT-11. Roles count that are held through a group or an activation; eligibilities, disabled accounts and ends that have
/// passed do not.
#[test]
fn administrators_are_those_who_hold_the_role_at_that_moment() {
    Office::after(
        r#"
        world alice ann ben cleo users; eve disabled user; ops role-assignable group of ann; desk administrative unit
        ops active in "Security Administrator" forever
        ben eligible for "Security Administrator" forever
        cleo active in "Security Administrator" for 2h
        eve active in "Global Administrator" forever
        alice eligible for "Global Reader" forever
        at +1h alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        at +3h ben selfActivate "Security Administrator" 1h "incident" -> Provisioned
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        "#,
    )
    .sent_only(&[
        "+1h activated Requestor to alice",
        "+1h activated Admin to admin ann cleo gail sam",
        "+2h expired Requestor to cleo",
        "+2h expired Admin to admin gail",
        "+3h activated Requestor to ben",
        "+3h activated Admin to admin ann gail sam",
        "+3h activated Requestor to alice",
        "+3h activated Admin to admin ann ben gail sam",
    ]);
}

/// APR-31. NOT-10. NOT-13. NOT-19. APR-28.
#[test]
fn approvers_are_told_of_the_request_and_of_the_decision_whoever_took_it() {
    Office::after(
        r#"
        world alice bert cora users; desk group of cora
        alice eligible for "Global Reader" forever
        "#,
    )
    .approval("Global Reader", &["bert", "desk"])
    .tell(r#"alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking"#)
    .review("bert", "asking", ReviewResult::Approve)
    .sent_only(&[
        "+0h approvalPending Approver to bert cora",
        "+0h activationApproved Approver to bert cora",
        "+0h activationApproved Requestor to alice",
        "+0h activated Requestor to alice",
        "+0h activated Admin to admin gail sam",
    ]);
}

/// NOT-13.
#[test]
fn whoever_is_denied_is_told_and_administrators_are_not() {
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" forever
        "#,
    )
    .approval("Global Reader", &["bert", "alice"])
    .tell(r#"alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking"#)
    .review("bert", "asking", ReviewResult::Deny)
    .sent_only(&[
        "+0h approvalPending Approver to bert",
        "+0h activationDenied Approver to bert",
        "+0h activationDenied Requestor to alice",
    ]);
}

/// NOT-10. Global Administrators may decide as well, and are not told.
#[test]
fn where_no_approver_is_named_privileged_role_administrators_are_told() {
    Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" forever
        "#,
    )
    .approval("Global Reader", &[])
    .tell(r#"alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking"#)
    .review("gail", "asking", ReviewResult::Deny)
    .sent_only(&[
        "+0h approvalPending Approver to admin",
        "+0h activationDenied Approver to admin",
        "+0h activationDenied Requestor to alice",
    ]);
}

/// Nobody is told that time ran out: what the service does then is not known.
#[test]
fn a_time_out_is_told_to_nobody() {
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" forever
        "#,
    )
    .approval("Global Reader", &["bert"])
    .tell(
        r#"
        alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking
        tick 2d
        asking is TimedOut
        "#,
    )
    .sent_only(&["+0h approvalPending Approver to bert"]);
}

/// APR-29. LAT-7.
#[test]
fn the_mail_to_approvers_may_come_later() {
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" forever
        "#,
    )
    .late(Length::minutes(10))
    .approval("Global Reader", &["bert"])
    .tell(
        r#"
        alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking
        tick 1h
        "#,
    )
    .sent_only(&["+10m approvalPending Approver to bert"]);
}

/// NOT-20. APR-29.
#[test]
fn a_decision_before_the_mail_to_approvers_leaves_takes_that_mail_back() {
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" forever
        "#,
    )
    .late(Length::minutes(10))
    .approval("Global Reader", &["bert"])
    .tell(
        r#"
        alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking
        tick 5m
        "#,
    )
    .review("bert", "asking", ReviewResult::Deny)
    .tell("tick 1h")
    .sent_only(&["+5m activationDenied Approver to bert", "+5m activationDenied Requestor to alice"]);
}

/// NOT-16. EXT-11.
#[test]
fn an_end_is_told_two_weeks_and_a_day_before_and_when_it_comes() {
    Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        tick 29d
        tick 1d
        "#,
    )
    .sent_but_for_digests(&[
        "+16d expiring Requestor to alice",
        "+16d expiring Admin to admin gail",
        "+29d expiring Requestor to alice",
        "+29d expiring Admin to admin gail",
        "+30d expired Requestor to alice",
        "+30d expired Admin to admin gail",
    ]);
}

/// NOT-16. What is taken away does not come to its end.
#[test]
fn a_removal_is_told_to_nobody() {
    Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 3d
        admin adminRemove eligible alice "Global Reader" -> Revoked
        tick 4d
        "#,
    )
    .sent_only(&[]);
}

/// NOT-4. NOT-21. EXT-4. EXT-12.
#[test]
fn a_holder_asks_the_managers_for_more_time_and_all_are_told_of_the_decision() {
    let asked = || {
        Office::after(
            r#"
            world alice users
            alice eligible for "Global Reader" for 14d
            alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
            "#,
        )
    };
    asked().decide("admin", "asking", ReviewResult::Approve).sent_only(&[
        "+0h extensionPending Approver to admin gail",
        "+0h extended Requestor to alice",
        "+0h extended Admin to gail",
    ]);
    asked().decide("gail", "asking", ReviewResult::Deny).sent_only(&[
        "+0h extensionPending Approver to admin gail",
        "+0h extensionDenied Requestor to alice",
        "+0h extensionDenied Admin to admin",
    ]);
    // Extending it is a decision as well, and told once.
    asked().tell(r#"gail adminExtend eligible alice "Global Reader" 20d -> Provisioned"#).sent_only(&[
        "+0h extensionPending Approver to admin gail",
        "+0h extended Requestor to alice",
        "+0h extended Admin to admin",
    ]);
}

/// NOT-21. The mail says until when, which is what the manager gave.
#[test]
fn an_extension_is_told_with_the_end_that_was_given() {
    let office = Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 14d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        "#,
    )
    .decide("admin", "asking", ReviewResult::Approve);
    let view = office.0.pim.view(office.0.pim.now());
    let request = view.request(office.0.request("asking")).unwrap();
    let schedule = view.schedule(request.target_schedule.unwrap()).unwrap();
    let told: Vec<_> =
        office.sent().filter(|(_, it)| it.notice.name() == "extended").map(|(_, it)| it.window).collect();
    assert_eq!(told, [Some(schedule.window), Some(schedule.window)]);
    assert_eq!(schedule.window.end, Some(BEGINNING.plus(Length::days(30))));
}

/// NOT-21.
#[test]
fn a_renewal_is_told_in_the_same_way() {
    let ended = || {
        Office::after(
            r#"
            world alice users
            alice eligible for "Global Reader" for 12h
            tick 12h
            "#,
        )
    };
    let end = ["+12h expired Requestor to alice", "+12h expired Admin to admin gail"];
    let asking = r#"alice selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking"#;
    let renewed =
        ["+12h renewalPending Approver to admin gail", "+12h renewed Requestor to alice", "+12h renewed Admin to gail"];
    ended().tell(asking).decide("admin", "asking", ReviewResult::Approve).sent_only(&[&end[..], &renewed].concat());
    ended()
        .tell(asking)
        .tell(r#"admin adminRenew eligible alice "Global Reader" 20d -> Provisioned"#)
        .sent_only(&[&end[..], &renewed].concat());
    ended().tell(asking).decide("admin", "asking", ReviewResult::Deny).sent_only(
        &[&end[..], &[renewed[0], "+12h renewalDenied Requestor to alice", "+12h renewalDenied Admin to gail"]]
            .concat(),
    );
}

/// NOT-21.
#[test]
fn more_time_that_nobody_asked_for_is_told_to_the_other_managers_alone() {
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" for 3d
        bert eligible for "Global Reader" for 12h
        admin adminExtend eligible alice "Global Reader" 20d -> Provisioned
        at +12h admin adminRenew eligible bert "Global Reader" 20d -> Provisioned
        "#,
    )
    .sent_only(&[
        "+0h extended Admin to gail",
        "+12h expired Requestor to bert",
        "+12h expired Admin to admin gail",
        "+12h renewed Admin to gail",
    ]);
}

/// NOT-14.
#[test]
fn a_role_given_outside_pim_is_told_to_the_administrators() {
    Office::after(
        r#"
        world alice users
        admin assignOutside alice "Global Reader" -> ok
        "#,
    )
    .sent_only(&["+0h assignedOutside Admin to admin gail sam"]);
}

/// NOT-15.
#[test]
fn every_week_the_administrators_get_a_digest() {
    let office = Office::after(
        r#"
        world alice bert cora users
        alice eligible for "Global Reader" forever
        bert eligible for "Global Reader" forever
        tick 1h
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        at +3h alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        admin adminAssign eligible cora "Reports Reader" forever -> Provisioned
        admin adminAssign active cora "Global Reader" forever "on duty" -> Provisioned
        admin assignOutside bert "Groups Administrator" -> ok
        tick 14d
        "#,
    );
    let digests: Vec<_> = office.sent().filter(|(_, it)| it.notice.name() == "weeklyDigest").collect();
    assert_eq!(digests.iter().map(|(at, _)| at.as_str()).collect::<Vec<_>>(), ["+7d", "+14d"]);
    assert_eq!(office.line(digests[0].1), "weeklyDigest Admin to admin gail sam");
    let first = digests[0].1.digest.as_deref().unwrap();
    assert_eq!((first.users_activated, first.users_made_permanent), (1, 3), "alice; cora, gail and sam");
    assert_eq!((first.assigned_in_pim, first.assigned_outside_pim), (6, 2));
    assert_eq!(first.top_roles[0], (office.0.role("Global Reader").unwrap(), 3));
    assert_eq!(first.top_roles.len(), 5);
    let second = digests[1].1.digest.as_deref().unwrap();
    assert_eq!((second.users_activated, second.users_made_permanent), (0, 0));
    assert_eq!((second.assigned_in_pim, second.assigned_outside_pim), (0, 0));
    assert_eq!(second.top_roles, first.top_roles);
    office.0.finish();
}

/// NOT-7. NOT-22.
#[test]
fn a_cell_without_its_own_people_goes_to_the_addresses_beside_them() {
    let cell = Cell {
        is_default_recipients_enabled: Some(false),
        recipients: Some(&["soc@fabrikam.example; desk@contoso.example", "SOC@fabrikam.example", " "]),
        ..Cell::default()
    };
    Office::after("world alice users")
        .cell(MailClass::Admin, Happening::AdminEligibility, cell)
        .tell(r#"admin adminAssign eligible alice "Global Reader" forever -> Provisioned"#)
        .sent_only(&[
            "+0h eligibleAssigned Requestor to alice",
            "+0h eligibleAssigned Admin to desk@contoso.example soc@fabrikam.example",
        ]);
}

/// NOT-3. NOT-7.
#[test]
fn each_cell_is_switched_for_itself() {
    let silent = || Cell { level: Some(NotificationLevel::None), ..Cell::default() };
    Office::after(
        r#"
        world alice users
        alice eligible for "Reports Reader" forever
        "#,
    )
    .cell(MailClass::Requestor, Happening::AdminEligibility, silent())
    .cell(MailClass::Admin, Happening::EndUserAssignment, silent())
    .tell(
        r#"
        admin adminAssign eligible alice "Global Reader" forever -> Provisioned
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        alice selfActivate "Reports Reader" 1h "incident" -> Provisioned
        "#,
    )
    .sent_only(&[
        "+0h eligibleAssigned Admin to admin gail sam",
        "+0h activated Requestor to alice",
        "+0h activated Requestor to alice",
        "+0h activated Admin to admin gail sam",
    ]);
}

/// NOT-8.
#[test]
fn critical_mails_are_those_that_need_somebody_to_act() {
    let office = Office::after(
        r#"
        world alice bert users
        "#,
    )
    .approval("Global Reader", &["bert"]);
    let office = MailClass::ALL.into_iter().fold(office, |office, class| {
        Happening::ALL.into_iter().fold(office, |office, of| office.cell(class, of, CRITICAL))
    });
    office
        .tell(
            r#"
            admin adminAssign eligible alice "Global Reader" 12h -> Provisioned
            alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking
            "#,
        )
        .review("bert", "asking", ReviewResult::Approve)
        .tell(
            r#"
            alice selfExtend eligible "Global Reader" 3d "still on duty" -> PendingAdminDecision as more
            "#,
        )
        .decide("admin", "more", ReviewResult::Approve)
        .tell("tick 3d")
        .sent_only(&[
            "+0h approvalPending Approver to bert",
            "+0h extensionPending Approver to admin gail",
            "+2d expiring Requestor to alice",
            "+2d expiring Admin to admin gail",
        ]);
}

/// NOT-9.
#[test]
fn nobody_but_the_approvers_is_asked_to_approve() {
    let cell = || Cell { recipients: Some(&["soc@fabrikam.example"]), ..Cell::default() };
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" for 10d
        "#,
    )
    .approval("Global Reader", &["bert"])
    .cell(MailClass::Approver, Happening::EndUserAssignment, cell())
    .cell(MailClass::Approver, Happening::AdminEligibility, cell())
    .tell(
        r#"
        alice selfActivate "Global Reader" 1h "incident" -> PendingApproval
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision
        "#,
    )
    .sent_only(&[
        "+0h approvalPending Approver to bert",
        "+0h extensionPending Approver to admin gail soc@fabrikam.example",
    ]);
}

/// NOT-2.
#[test]
fn a_thousand_people_are_told_of_one_event_and_nobody_beyond() {
    let mut office = Office::after(r#"world crowd role-assignable group; alice users"#);
    let crowd = office.0.id("crowd").unwrap();
    for number in 0..1100_u64 {
        let id = PrincipalId(Uuid::from_u64_pair(0x3000, number));
        office.0.set_up(&Command::CreateUser(super::dsl::user(&format!("u{number}"), id)));
        office.0.set_up(&Command::AddMember { group: crowd, member: id });
    }
    let office = office.tell(
        r#"
        crowd active in "Security Administrator" forever
        admin adminAssign eligible alice "Global Reader" forever -> Provisioned
        "#,
    );
    let told: Vec<_> = office.sent().map(|(_, mail)| mail.to.len()).collect();
    assert_eq!(told, [1, 999]);
}

/// NOT-23.
#[test]
fn nobody_is_told_who_has_no_mailbox() {
    let mut office = Office::after(r#"world robot service principal; gone disabled user; ops role-assignable group"#);
    let ops = office.0.id("ops").unwrap();
    for (number, name, mail) in [(1, "grace", Some("grace@fabrikam.example")), (2, "gus", None)] {
        let id = PrincipalId(Uuid::from_u64_pair(0x3000, number));
        let mail = mail.map(str::to_owned);
        let guest = User { user_type: UserType::Guest, mail, ..super::dsl::user(name, id) };
        office.0.set_up(&Command::CreateUser(guest));
        office.0.set_up(&Command::AddMember { group: ops, member: id });
    }
    office
        .tell(
            r#"
            admin adminAssign active robot "Global Reader" forever "on duty" -> Provisioned
            admin adminAssign active gone "Global Reader" forever "on duty" -> Provisioned
            admin adminAssign active ops "Global Reader" forever "on duty" -> Provisioned
            "#,
        )
        .sent_only(&[
            "+0h activeAssigned Admin to admin gail sam",
            "+0h activeAssigned Admin to admin gail sam",
            "+0h activeAssigned Requestor to grace",
            "+0h activeAssigned Admin to admin gail sam",
        ]);
}

/// LIC-8.
#[test]
fn without_a_licence_nobody_is_told_anything() {
    Office::after(
        r#"
        world alice users
        alice active in "Global Reader" for 3d
        licence P1
        admin assignOutside alice "Reports Reader" -> ok
        tick 30d
        "#,
    )
    .sent_only(&[]);
}

/// NOT-12. LIC-13.
#[test]
fn the_administrators_are_told_when_the_tenant_comes_to_have_pim() {
    let mut office = Office::after("licence P1");
    for license in [License::None, License::P2, License::Governance] {
        office.0.set_up(&Command::SetLicense(license));
    }
    office.sent_only(&["+0h pimEnabled Admin to admin gail sam"]);
}

/// What sets the tenant up is told to nobody; what time makes of it is.
#[test]
fn a_world_begins_with_an_empty_outbox() {
    Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 12h
        setup assignOutside alice "Reports Reader" -> ok
        tick 12h
        "#,
    )
    .sent_only(&["+12h expired Requestor to alice", "+12h expired Admin to admin gail"]);
}

impl Office {
    /// The same, over weeks.
    #[track_caller]
    fn sent_but_for_digests(self, expected: &[&str]) {
        let mails: Vec<_> = self.mails().into_iter().filter(|it| !it.contains("weeklyDigest")).collect();
        assert_eq!(mails, expected);
        self.0.finish();
    }
}
