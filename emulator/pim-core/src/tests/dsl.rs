//! Stories about a small tenant, as readable lines.
//!
//! ```text
//! world alice bob users; ops role-assignable group of alice; robot service principal; berlin administrative unit
//! alice eligible for "Global Reader" for 30d                      set up, bound by what is possible and not by policy
//! at +1h alice selfActivate "Global Reader" 2h "incident" -> Provisioned as first
//! alice has "Global Reader"
//! first is Provisioned
//! tick 2h
//! happened +3h scheduleEnded Expired
//! alice has nothing
//! ```
//!
//! Every world has `admin`, a permanent Privileged Role Administrator, and `setup`, who is bound by no policy. The clock
//! starts on a whole hour, `+0h`. A command is `actor verb …`: what it is for may be named in any order, and what is not
//! named is left out of the request. It ends in `-> ` and a status, `ok`, or the names of the rejection. `actor would …`
//! only asks. After every command the dry run has agreed with it and a refusal has changed nothing; after the last line
//! every invariant holds, the events lead to the same state, and so does the snapshot.

use crate::model::conditional_access::AuthenticationContexts;
use crate::model::{
    Action, AdministrativeUnit, Application, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, Group,
    GroupType, License, Privilege, RoleDefinition, Schedule, ServicePrincipal, ServicePrincipalType, Tenant,
    TicketInfo, User, UserType,
};
use crate::time::{Instant, Length};
use crate::{
    Actor, AdministrativeUnitId, ApplicationId, Ask, By, ClientId, Command, Event, IdKind, IdSource, Outcome, Pim,
    PrincipalId, Recorded, Rejection, RequestId, RoleDefinitionChange, RoleDefinitionId, ScheduleId, Severity,
    TenantId,
};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use uuid::Uuid;

/// The instant that stories begin at: a Monday, on a whole hour.
pub(super) const BEGINNING: Instant = Instant::from_milliseconds(1_772_442_000_000);

/// Tells a story to its end and checks what always holds.
#[track_caller]
pub(super) fn check(story: &str) {
    Lab::after(story).finish();
}

/// A step of a story that did not come out as told.
type Told<T> = Result<T, String>;

/// Makes something of a name.
type Make = fn(&mut Lab, &str);

/// Ids that count up, a stream per kind.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Counting(pub(super) BTreeMap<IdKind, u64>);

impl IdSource for Counting {
    fn mint(&mut self, kind: IdKind) -> Uuid {
        let next = self.0.entry(kind).or_default();
        *next += 1;
        Uuid::from_u64_pair(0x1000 + kind as u64, *next)
    }
}

/// Whoever and whatever a story names.
#[derive(Clone, Copy, Debug)]
enum Named {
    Person(PrincipalId),
    Group(PrincipalId),
    Service(PrincipalId),
    Unit(AdministrativeUnitId),
    Application(ApplicationId),
    Request(RequestId),
}

/// A machine with names for what is in it.
pub(super) struct Lab {
    pub(super) pim: Pim,
    pub(super) ids: Counting,
    pub(super) events: Vec<Recorded>,
    names: BTreeMap<String, Named>,
    /// What the last line that did something brought about.
    fresh: Vec<Recorded>,
}

impl Lab {
    /// A tenant with its administrator.
    pub(super) fn new() -> Self {
        let mut lab = Self {
            pim: Pim::new(BEGINNING),
            ids: Counting::default(),
            events: Vec::new(),
            names: BTreeMap::new(),
            fresh: Vec::new(),
        };
        lab.licensed(License::P2);
        lab.user("admin", UserType::Member, true);
        let admin = lab.id("admin").unwrap();
        let privilege = lab.privilege("Privileged Role Administrator", DirectoryScope::Tenant).unwrap();
        lab.set_up(&Command::CreateRoleAssignment { principal: admin, privilege });
        lab
    }

    /// The lab after a story.
    #[track_caller]
    pub(super) fn after(story: &str) -> Self {
        let mut lab = Self::new();
        lab.tell(story);
        lab
    }

    /// Tells more of the story.
    #[track_caller]
    pub(super) fn tell(&mut self, story: &str) {
        for (number, line) in story.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            if let Err(complaint) = self.line(line) {
                panic!(
                    "line {}: {line}\n{complaint}\nwhat happened until then:\n{}",
                    number + 1,
                    self.log(&self.events)
                );
            }
        }
    }

    /// What holds at the end of every story.
    #[track_caller]
    pub(super) fn finish(mut self) {
        self.events.extend(self.pim.take_events());
        let log = self.log(&self.events);
        for invariant in self.pim.invariants().into_iter().filter(|it| it.severity == Severity::Error) {
            assert!(invariant.violations.is_empty(), "{}: {:?}\n{log}", invariant.name, invariant.violations);
        }
        let snapshot = self.pim.snapshot();
        let mut replayed = Pim::replay(&self.events);
        replayed.advance_to(self.pim.now());
        assert_eq!(replayed.snapshot(), snapshot, "replay leads elsewhere\n{log}");
        let text = serde_json::to_string(&snapshot).unwrap();
        let restored = Pim::restore(serde_json::from_str(&text).unwrap());
        assert_eq!(restored.snapshot(), snapshot, "a snapshot does not survive\n{log}");
        assert!(
            restored.invariants().iter().all(|it| it.severity == Severity::Warning || it.violations.is_empty()),
            "a restored state is broken\n{log}"
        );
    }

    /// Events as people read them.
    fn log(&self, events: &[Recorded]) -> String {
        let mut log = String::new();
        for Recorded { at, event, .. } in events {
            let _ = writeln!(log, "  {} {event:?}", offset(*at));
        }
        for (name, named) in &self.names {
            let _ = writeln!(log, "  {name} = {named:?}");
        }
        log
    }

    // ---- lines

    fn line(&mut self, line: &str) -> Told<()> {
        if let Some(rest) = line.strip_prefix("world ") {
            return rest.split(';').try_for_each(|item| self.declare(item));
        }
        let (line, expected) = match line.split_once("->") {
            Some((line, expected)) => (line, Some(expected.trim())),
            None => (line, None),
        };
        let mut words = words(line)?;
        if words.first().is_some_and(|word| word.is("at")) {
            let at = words.get(1).and_then(|word| instant(&word.text)).ok_or("at needs a time such as +2h")?;
            self.advance(at);
            words.drain(..2);
        }
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        match (texts.as_slice(), expected) {
            ([], _) => Ok(()),
            (["tick", length], None) => {
                let length = self::length(length).ok_or("tick needs a length such as 2h")?;
                self.advance(self.pim.now().plus(length));
                Ok(())
            }
            (["licence", which], None) => {
                let license = match *which {
                    "none" => License::None,
                    "P1" => License::P1,
                    "P2" => License::P2,
                    "Governance" => License::Governance,
                    _ => return Err("no such licence".to_owned()),
                };
                self.set_up(&Command::SetLicense(license));
                Ok(())
            }
            (["switch", name, value], None) => self.switch(name, value),
            (["nothing", "happened"], None) => self.happened(""),
            (["happened", ..], None) => self.happened(line.trim_start().trim_start_matches("happened")),
            (_, Some(expected)) => self.command(&words, expected),
            (_, None) => self.claim(&words),
        }
    }

    /// `alice bob users`, `ops role-assignable group of alice bob`.
    fn declare(&mut self, item: &str) -> Told<()> {
        let (item, members) = item.split_once(" of ").unwrap_or((item, ""));
        let words: Vec<&str> = item.split_whitespace().collect();
        let kinds: [(&[&str], Make); 11] = [
            (&["disabled", "user"], |lab, name| lab.user(name, UserType::Member, false)),
            (&["user"], |lab, name| lab.user(name, UserType::Member, true)),
            (&["users"], |lab, name| lab.user(name, UserType::Member, true)),
            (&["guest"], |lab, name| lab.user(name, UserType::Guest, true)),
            (&["role-assignable", "group"], |lab, name| lab.group(name, true)),
            (&["group"], |lab, name| lab.group(name, false)),
            (&["service", "principal"], Self::service_principal),
            (&["administrative", "unit"], Self::unit),
            (&["application"], Self::application),
            (&["custom", "role"], Self::custom_role),
            (&["custom", "roles"], Self::custom_role),
        ];
        let (kind, make) =
            kinds.into_iter().find(|(kind, _)| words.ends_with(kind)).ok_or(format!("what is {item}?"))?;
        let names = &words[..words.len() - kind.len()];
        for name in names {
            make(self, name);
        }
        for (group, member) in names.iter().flat_map(|group| members.split_whitespace().map(move |it| (group, it))) {
            let (group, member) = (self.id(group)?, self.id(member)?);
            self.set_up(&Command::AddMember { group, member });
        }
        Ok(())
    }

    /// A line that does something and says what came of it.
    fn command(&mut self, words: &[Word], expected: &str) -> Told<()> {
        let (would, words) = match words {
            [actor, would, rest @ ..] if would.is("would") => {
                (true, std::iter::once(actor).chain(rest).cloned().collect())
            }
            _ => (false, words.to_vec()),
        };
        let [actor, verb, rest @ ..] = words.as_slice() else { return Err("an actor and a verb".to_owned()) };
        let mfa = words.windows(2).any(|pair| pair[0].is("with") && pair[1].is("mfa"));
        let actor_name = actor.text.clone();
        let actor = self.actor(&actor_name, mfa)?;
        let command = self.read_command(&actor_name, &verb.text, rest)?;
        let (expected, name) = match expected.split_once(" as ") {
            Some((expected, name)) => (expected.trim(), Some(name.trim())),
            None => (expected, None),
        };
        let before = (self.pim.snapshot(), self.ids.clone());
        let answer =
            if would { self.pim.dry_run(self.pim.now(), actor, &command) } else { self.handle(actor, &command) };
        if (would || answer.is_err()) && before != (self.pim.snapshot(), self.ids.clone()) {
            return Err(format!("something changed although the answer was {answer:?}"));
        }
        let said = match &answer {
            Ok(outcome) => outcome.request.as_ref().map_or("ok", |request| request.status.name()).to_owned(),
            Err(rejection) => render(rejection),
        };
        let is_kind_of_it = said.split(' ').next() == Some(expected) && answer.is_err();
        if said != expected && !is_kind_of_it {
            return Err(format!("expected: {expected}\nanswered: {said} ({answer:?})"));
        }
        if let (Some(name), Ok(Outcome { request: Some(request), .. })) = (name, &answer) {
            self.names.insert(name.to_owned(), Named::Request(request.id));
        }
        Ok(())
    }

    fn read_command(&self, actor: &str, verb: &str, rest: &[Word]) -> Told<Command> {
        let name = |place: usize| rest.get(place).map(|word| word.text.as_str()).ok_or("something is missing");
        if let Some(action) = Action::parse(verb) {
            return self.ask(actor, action, rest).map(Command::Request);
        }
        Ok(match verb {
            "cancel" => Command::CancelRequest(match self.names.get(name(0)?) {
                Some(Named::Request(id)) => *id,
                _ => RequestId(Uuid::from_u64_pair(9, 9)),
            }),
            "assignOutside" => {
                let ask = self.ask(actor, Action::AdminAssign, rest)?;
                Command::CreateRoleAssignment { principal: ask.principal, privilege: ask.privilege }
            }
            "removeOutside" => {
                let ask = self.ask(actor, Action::AdminRemove, rest)?;
                let schedule = self.open(AssignmentKind::Assignment, ask.principal, ask.privilege);
                let schedule = schedule.map_or(ScheduleId(Uuid::from_u64_pair(9, 9)), |it| it.id);
                Command::DeleteRoleAssignment { schedule }
            }
            "delete" => match self.names.get(name(0)?) {
                Some(Named::Application(id)) => Command::DeleteApplication(*id),
                _ => Command::DeletePrincipal(self.id(name(0)?)?),
            },
            "add" => Command::AddMember { member: self.id(name(0)?)?, group: self.id(name(2)?)? },
            "drop" => Command::RemoveMember { member: self.id(name(0)?)?, group: self.id(name(2)?)? },
            "createRole" => Command::CreateRoleDefinition(custom_role(name(0)?, RoleDefinitionId(Uuid::nil()))),
            "deleteRole" => Command::DeleteRoleDefinition(self.role(name(0)?)?),
            "renameRole" => Command::UpdateRoleDefinition {
                role: self.role(name(0)?)?,
                change: RoleDefinitionChange { display_name: Some(name(1)?.to_owned()), ..Default::default() },
            },
            _ => return Err(format!("nobody knows how to {verb}")),
        })
    }

    /// Reads what a request is about.
    fn ask(&self, actor: &str, action: Action, words: &[Word]) -> Told<Ask> {
        let mut side = AssignmentKind::Assignment;
        let (mut principal, mut scope, mut quoted) = (actor.to_owned(), DirectoryScope::Tenant, Vec::new());
        let (mut start, mut expiration, mut target) = (None, None, None);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut argument = || words.next().map(|word| word.text.as_str()).ok_or(format!("{word:?} needs more"));
            match word.text.as_str() {
                text if word.quoted => quoted.push(text.to_owned()),
                "for" | "in" | "mfa" | "with" | "ticket" => {}
                "eligible" => side = AssignmentKind::Eligibility,
                "active" => side = AssignmentKind::Assignment,
                "forever" => expiration = Some(AskedExpiration::NoExpiration),
                "unspecified" => expiration = Some(AskedExpiration::NotSpecified),
                "from" => start = Some(instant(argument()?).ok_or("from needs a time")?),
                "until" => {
                    expiration = Some(AskedExpiration::AfterDateTime(instant(argument()?).ok_or("until when?")?));
                }
                "targeting" => match self.names.get(argument()?) {
                    Some(Named::Request(id)) => target = Some(ScheduleId::from(*id)),
                    _ => return Err("targeting what?".to_owned()),
                },
                text if text.starts_with('@') => scope = self.scope(&text[1..])?,
                text => match length(text) {
                    Some(length) => expiration = Some(AskedExpiration::AfterDuration(length)),
                    None => text.clone_into(&mut principal),
                },
            }
        }
        let mut quoted = quoted.into_iter();
        let role = quoted.next().ok_or("which role?")?;
        Ok(Ask {
            side,
            action,
            principal: self.id(&principal)?,
            privilege: self.privilege(&role, scope)?,
            schedule: expiration.map(|expiration| AskedSchedule { start, expiration }),
            target_schedule: target,
            justification: quoted.next(),
            ticket: TicketInfo { number: quoted.next(), system: quoted.next() },
        })
    }

    /// A line that sets something up, or claims something about the state.
    fn claim(&mut self, words: &[Word]) -> Told<()> {
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        match texts.as_slice() {
            [name, side @ ("eligible" | "active"), ..] => {
                let mut ask = self.ask(name, Action::AdminAssign, &words[1..])?;
                ask.side = if *side == "active" { AssignmentKind::Assignment } else { AssignmentKind::Eligibility };
                let answer = self.handle(Actor::SetUp, &Command::Request(ask));
                answer.map(drop).map_err(|rejection| format!("refused: {}", render(&rejection)))
            }
            [name, "has", "nothing"] => {
                let id = self.id(name)?;
                let held: Vec<_> = self
                    .pim
                    .view(self.pim.now())
                    .instances(AssignmentKind::Assignment, By::Principal(id), None)
                    .collect();
                claim(held.is_empty(), || format!("has {held:?}"))
            }
            [name, verb @ ("has" | "lacks"), ..] => {
                let ask = self.ask(name, Action::AdminRemove, &words[2..])?;
                let open = self.open(AssignmentKind::Assignment, ask.principal, ask.privilege);
                claim(open.is_some() == (*verb == "has"), || format!("there is {open:?}"))
            }
            [name, "is", rest @ .., "eligible", "for", _] | [name, "is", rest @ .., "eligible", "for", _, _] => {
                let ask = self.ask(name, Action::AdminRemove, &words[2 + rest.len()..])?;
                let open = self.open(AssignmentKind::Eligibility, ask.principal, ask.privilege);
                claim(open.is_some() == rest.is_empty(), || format!("there is {open:?}"))
            }
            [name, verb @ ("does" | "acts"), .., role] => {
                let (id, role) = (self.id(name)?, self.role(role)?);
                let acts = self.pim.view(self.pim.now()).active_roles(id).contains(&role);
                claim(acts == (*verb == "acts"), || format!("acts: {acts}"))
            }
            ["window", "of", name, .., start, end] => {
                let ask = self.ask(name, Action::AdminRemove, &words[3..words.len() - 2])?;
                let live: Vec<_> = self.live(&ask).iter().map(window).collect();
                claim(live.contains(&format!("{start} {end}")), || format!("there are {live:?}"))
            }
            ["phase", "of", name, .., "is", phase] => {
                let ask = self.ask(name, Action::AdminRemove, &words[3..words.len() - 2])?;
                let phases: Vec<_> = self.live(&ask).iter().map(|it| format!("{:?}", it.phase)).collect();
                claim(phases.join("+") == if *phase == "none" { "" } else { phase }, || format!("phases: {phases:?}"))
            }
            [name, what @ ("is" | "completed" | "asks" | "targets"), rest] => self.claim_of_request(name, what, rest),
            _ => Err("no such line".to_owned()),
        }
    }

    fn claim_of_request(&self, name: &str, what: &str, expected: &str) -> Told<()> {
        let Some(Named::Request(id)) = self.names.get(name) else { return Err("no such request".to_owned()) };
        let request = self.pim.view(self.pim.now()).request(*id);
        let said = match (&request, what) {
            (None, _) => "gone".to_owned(),
            (Some(request), "is") => request.status.name().to_owned(),
            (Some(request), "completed") => request.completed.map_or("never".to_owned(), offset),
            (Some(request), "asks") => request.asked.map_or("nothing".to_owned(), |_| "something".to_owned()),
            (Some(request), _) => match request.target_schedule {
                None => "nothing".to_owned(),
                Some(schedule) => (self.names.iter())
                    .find(|(_, named)| matches!(named, Named::Request(id) if id.0 == schedule.0))
                    .map_or("something".to_owned(), |(name, _)| name.clone()),
            },
        };
        claim(said == expected, || format!("{what}: {said} ({request:?})"))
    }

    /// `+8h scheduleEnded Expired, +8h requestPurged`.
    fn happened(&self, expected: &str) -> Told<()> {
        let quiet =
            |event: &Event| matches!(event, Event::MailSent(_) | Event::WeekEnded { .. } | Event::EndNears { .. });
        let found: Vec<_> = (self.fresh.iter().filter(|it| !quiet(&it.event)))
            .map(|it| format!("{} {}", offset(it.at), describe(&it.event)))
            .collect();
        let expected: Vec<_> = expected.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        claim(found == expected, || format!("happened: {}", found.join(", ")))
    }

    // ---- doing

    /// Lets time pass.
    pub(super) fn advance(&mut self, now: Instant) {
        self.pim.advance_to(now);
        self.collect();
    }

    /// A command, which the dry run has agreed with.
    pub(super) fn handle(&mut self, actor: Actor, command: &Command) -> Result<Outcome, Rejection> {
        let now = self.pim.now();
        let dry = self.pim.dry_run(now, actor, command);
        let answer = self.pim.handle(now, &mut self.ids, actor, command);
        match (&dry, &answer) {
            (Ok(dry), Ok(wet)) => {
                let status = |outcome: &Outcome| outcome.request.as_ref().map(|request| request.status);
                assert_eq!(status(dry), status(wet), "the dry run says otherwise");
            }
            (Err(dry), Err(wet)) => assert_eq!(dry, wet, "the dry run says otherwise"),
            _ => panic!("the dry run says {dry:?}, what happened is {answer:?}"),
        }
        self.collect();
        answer
    }

    /// What must work.
    #[track_caller]
    pub(super) fn set_up(&mut self, command: &Command) -> Outcome {
        self.handle(Actor::SetUp, command).unwrap()
    }

    fn collect(&mut self) {
        self.fresh = self.pim.take_events();
        self.events.extend(self.fresh.iter().cloned());
    }

    fn switch(&mut self, name: &str, value: &str) -> Told<()> {
        let mut switches = serde_json::to_value(self.pim.view(self.pim.now()).behaviour()).unwrap();
        let value = serde_json::from_str(value).map_err(|error| error.to_string())?;
        *switches.get_mut(name).ok_or("no such switch")? = value;
        let behaviour = serde_json::from_value(switches).map_err(|error| error.to_string())?;
        self.set_up(&Command::SetBehaviour(behaviour));
        Ok(())
    }

    // ---- making

    fn next_id(&self) -> Uuid {
        Uuid::from_u64_pair(0x2000, self.names.len() as u64 + 1)
    }

    fn licensed(&mut self, license: License) {
        self.set_up(&Command::CreateTenant(Tenant {
            id: TenantId(Uuid::from_u64_pair(1, 1)),
            domain: "contoso.onmicrosoft.com".to_owned(),
            display_name: "Contoso".to_owned(),
            license,
            created: BEGINNING,
        }));
    }

    fn user(&mut self, name: &str, user_type: UserType, account_enabled: bool) {
        let id = PrincipalId(self.next_id());
        self.names.insert(name.to_owned(), Named::Person(id));
        let user = User { user_type, account_enabled, ..user(name, id) };
        self.set_up(&Command::CreateUser(user));
    }

    fn group(&mut self, name: &str, is_assignable_to_role: bool) {
        let id = PrincipalId(self.next_id());
        self.names.insert(name.to_owned(), Named::Group(id));
        self.set_up(&Command::CreateGroup(Group { is_assignable_to_role, ..group(name, id) }));
    }

    fn service_principal(&mut self, name: &str) {
        let id = PrincipalId(self.next_id());
        self.names.insert(name.to_owned(), Named::Service(id));
        self.set_up(&Command::CreateServicePrincipal(service_principal(name, id)));
    }

    fn unit(&mut self, name: &str) {
        let id = AdministrativeUnitId(self.next_id());
        self.names.insert(name.to_owned(), Named::Unit(id));
        self.set_up(&Command::CreateAdministrativeUnit(AdministrativeUnit {
            id,
            display_name: name.to_owned(),
            description: None,
            members: Vec::new(),
            created: BEGINNING,
        }));
    }

    fn application(&mut self, name: &str) {
        let id = ApplicationId(self.next_id());
        self.names.insert(name.to_owned(), Named::Application(id));
        self.set_up(&Command::CreateApplication(Application {
            id,
            app_id: ClientId(Uuid::from_u128(id.0.as_u128() + (1 << 100))),
            display_name: name.to_owned(),
            secrets: Vec::new(),
            redirect_uris: Vec::new(),
            created: BEGINNING,
        }));
    }

    fn custom_role(&mut self, name: &str) {
        self.set_up(&Command::CreateRoleDefinition(custom_role(name, RoleDefinitionId(Uuid::nil()))));
    }

    // ---- looking up

    /// The id behind a name; a name that nobody has is an id that nobody has.
    pub(super) fn id(&self, name: &str) -> Told<PrincipalId> {
        match self.names.get(name) {
            Some(Named::Person(id) | Named::Group(id) | Named::Service(id)) => Ok(*id),
            None if name == "nobody" || name == "setup" => Ok(PrincipalId(Uuid::from_u64_pair(9, 1))),
            _ => Err(format!("who is {name}?")),
        }
    }

    fn actor(&self, name: &str, mfa: bool) -> Told<Actor> {
        match self.names.get(name) {
            Some(Named::Person(id)) => Ok(Actor::User { id: *id, mfa, contexts: AuthenticationContexts::default() }),
            Some(Named::Service(id)) => Ok(Actor::Application { id: *id }),
            None if name == "setup" => Ok(Actor::SetUp),
            _ => Err(format!("{name} cannot act")),
        }
    }

    fn scope(&self, name: &str) -> Told<DirectoryScope> {
        Ok(match self.names.get(name) {
            Some(Named::Unit(id)) => DirectoryScope::AdministrativeUnit(*id),
            Some(Named::Application(id)) => DirectoryScope::Object(PrincipalId(id.0)),
            None if name == "nowhere" => {
                DirectoryScope::AdministrativeUnit(AdministrativeUnitId(Uuid::from_u64_pair(9, 2)))
            }
            _ => DirectoryScope::Object(self.id(name)?),
        })
    }

    /// The role of that name; `nothing` is a role that there is not.
    pub(super) fn role(&self, name: &str) -> Told<RoleDefinitionId> {
        if name == "nothing" {
            return Ok(RoleDefinitionId(Uuid::from_u64_pair(9, 3)));
        }
        let found = self.pim.view(self.pim.now()).roles().find(|role| role.display_name == name);
        found.map(|role| role.id).ok_or(format!("no role {name}"))
    }

    /// A role at a scope.
    pub(super) fn privilege(&self, role: &str, scope: DirectoryScope) -> Told<Privilege> {
        Ok(Privilege::DirectoryRole { role: self.role(role)?, scope })
    }

    fn open(&self, side: AssignmentKind, principal: PrincipalId, privilege: Privilege) -> Option<Schedule> {
        let view = self.pim.view(self.pim.now());
        view.instances(side, By::Principal(principal), None).map(|(_, it)| it).find(|it| it.privilege == privilege)
    }

    fn live(&self, ask: &Ask) -> Vec<Schedule> {
        let view = self.pim.view(self.pim.now());
        (view.schedules(ask.side, By::Principal(ask.principal), None).map(|(_, it)| it))
            .filter(|it| it.privilege == ask.privilege)
            .collect()
    }

    /// The request of that name.
    pub(super) fn request(&self, name: &str) -> RequestId {
        match self.names.get(name) {
            Some(Named::Request(id)) => *id,
            other => panic!("{name} is {other:?}"),
        }
    }
}

fn claim(holds: bool, complaint: impl FnOnce() -> String) -> Told<()> {
    if holds { Ok(()) } else { Err(complaint()) }
}

/// A user that nothing is special about.
pub(super) fn user(name: &str, id: PrincipalId) -> User {
    User {
        id,
        user_principal_name: format!("{name}@contoso.onmicrosoft.com"),
        display_name: name.to_owned(),
        given_name: None,
        surname: None,
        mail: None,
        mail_nickname: name.to_owned(),
        job_title: None,
        department: None,
        account_enabled: true,
        user_type: UserType::Member,
        manager: None,
        created: BEGINNING,
        password: String::new(),
        mfa: false,
    }
}

/// A security group that can hold no directory role.
pub(super) fn group(name: &str, id: PrincipalId) -> Group {
    Group {
        id,
        display_name: name.to_owned(),
        description: None,
        mail_nickname: name.to_owned(),
        group_type: GroupType::Security,
        is_assignable_to_role: false,
        membership_rule: None,
        on_premises_synced: false,
        created: BEGINNING,
    }
}

/// The service principal of some application.
pub(super) fn service_principal(name: &str, id: PrincipalId) -> ServicePrincipal {
    ServicePrincipal {
        id,
        app_id: ClientId(Uuid::from_u128(id.0.as_u128() + (1 << 100))),
        display_name: name.to_owned(),
        account_enabled: true,
        kind: ServicePrincipalType::Application,
        app_roles: Vec::new(),
        created: BEGINNING,
    }
}

/// A custom role that can be held at every scope.
pub(super) fn custom_role(name: &str, id: RoleDefinitionId) -> RoleDefinition {
    RoleDefinition {
        id,
        template_id: id,
        display_name: name.to_owned(),
        description: String::new(),
        is_built_in: false,
        is_enabled: true,
        is_privileged: false,
        administrative_unit_scope: true,
        object_scope: true,
        allowed_resource_actions: Vec::new(),
        version: None,
    }
}

/// A word of a line; quoted ones may have blanks.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    quoted: bool,
}

impl Word {
    fn is(&self, text: &str) -> bool {
        !self.quoted && self.text == text
    }
}

fn words(line: &str) -> Told<Vec<Word>> {
    let mut words = Vec::new();
    for (place, part) in line.split('"').enumerate() {
        if place % 2 == 1 {
            words.push(Word { text: part.to_owned(), quoted: true });
        } else {
            words.extend(part.split_whitespace().map(|text| Word { text: text.to_owned(), quoted: false }));
        }
    }
    if line.matches('"').count().is_multiple_of(2) { Ok(words) } else { Err("a quote is missing".to_owned()) }
}

/// `2h`, `1d12h`, `8h-1s`, `-5m`.
pub(super) fn length(text: &str) -> Option<Length> {
    let (mut total, mut sign, mut digits, mut any) = (0, 1, String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let unit = match letter {
            '-' | '+' if digits.is_empty() => {
                sign = if letter == '-' { -1 } else { 1 };
                continue;
            }
            '0'..='9' => {
                digits.push(letter);
                continue;
            }
            'm' if letters.peek() == Some(&'s') => {
                letters.next();
                1
            }
            's' => 1000,
            'm' => 60_000,
            'h' => 3_600_000,
            'd' => 86_400_000,
            _ => return None,
        };
        total += sign * digits.parse::<i64>().ok()? * unit;
        digits.clear();
        any = true;
    }
    (any && digits.is_empty()).then_some(Length::from_milliseconds(total))
}

/// `+2h`: that long after the beginning of the story.
pub(super) fn instant(text: &str) -> Option<Instant> {
    Some(BEGINNING.plus(length(text.strip_prefix('+')?)?))
}

/// An instant as stories write it.
pub(super) fn offset(at: Instant) -> String {
    let total = at.since(BEGINNING).milliseconds();
    let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];
    let (mut rest, mut text) = (total.abs(), String::new());
    for (unit, length) in units {
        if rest >= length {
            let _ = write!(text, "{}{unit}", rest / length);
            rest %= length;
        }
    }
    format!("{}{}", if total < 0 { "-" } else { "+" }, if text.is_empty() { "0h" } else { &text })
}

fn window(schedule: &Schedule) -> String {
    format!("{} {}", offset(schedule.window.start), schedule.window.end.map_or("forever".to_owned(), offset))
}

/// A rejection as stories write it: its name, and what tells it from others of that name.
pub(super) fn render(rejection: &Rejection) -> String {
    let debug = format!("{rejection:?}");
    let words: Vec<&str> = debug.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if let Rejection::PolicyRules(rules) = rejection {
        rules.iter().map(|rule| rule.name()).collect::<Vec<_>>().join(" + ")
    } else if matches!(rejection, Rejection::InvalidSchedule(_) | Rejection::NotCancellable(_)) {
        words[..2].join(" ")
    } else {
        words[0].to_owned()
    }
}

fn describe(event: &Event) -> String {
    if let Event::ScheduleEnded { cause, .. } = event {
        format!("{} {cause:?}", event.name())
    } else if let Event::RequestStatusChanged { status, .. } = event {
        format!("{} {}", event.name(), status.name())
    } else {
        event.name().to_owned()
    }
}
