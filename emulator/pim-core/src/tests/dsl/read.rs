//! From the words of a line to the command that they mean.

use super::text::{Word, instant, length};
use super::{Lab, Named, Told, azure, custom_role};
use crate::model::conditional_access::{AuthenticationContextId, AuthenticationContexts};
use crate::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, RequestDetails, ReviewResult,
    ScheduleDetails, TicketInfo,
};
use crate::{Ask, AuthenticationContextChange, Command, RequestId, RoleDefinitionChange, RoleDefinitionId, ScheduleId};
use uuid::Uuid;

impl Lab {
    /// The command of a verb and what follows it.
    pub(super) fn read_command(&self, actor: &str, verb: &str, rest: &[Word]) -> Told<Command> {
        let name = |place: usize| rest.get(place).map(|word| word.text.as_str()).ok_or("something is missing");
        if let Some(action) = Action::parse(verb) {
            return self.ask(actor, action, rest).map(Command::Request);
        }
        if let Some(command) = self.azure_command(verb, rest).or_else(|| self.review_command(verb, rest)) {
            return command;
        }
        if let Some(command) = self.alert_command(verb, rest) {
            return command;
        }
        Ok(match verb {
            "cancel" => Command::CancelRequest(self.request_or_none(name(0)?)),
            "approve" | "deny" => Command::ReviewApproval {
                request: self.request_or_none(name(0)?),
                result: if verb == "approve" { ReviewResult::Approve } else { ReviewResult::Deny },
                justification: rest.iter().find(|word| word.quoted).map(|word| word.text.clone()),
            },
            "grant" | "refuse" => {
                let (schedule, rest) = schedule(&rest[1..])?;
                Command::DecideRequest {
                    request: self.request_or_none(name(0)?),
                    result: if verb == "grant" { ReviewResult::Approve } else { ReviewResult::Deny },
                    schedule,
                    justification: rest.into_iter().find(|word| word.quoted).map(|word| word.text),
                }
            }
            "policy" => Command::UpdatePolicy(self.policy_change(rest)?),
            "access" => self.access(rest)?,
            "deleteAccess" => Command::DeleteConditionalAccessPolicy(self.access_named(name(0)?)),
            "publish" => Command::SetAuthenticationContext {
                context: AuthenticationContextId::parse(name(0)?).ok_or("which context?")?,
                change: AuthenticationContextChange::default(),
            },
            "unpublish" => {
                Command::DeleteAuthenticationContext(AuthenticationContextId::parse(name(0)?).ok_or("which context?")?)
            }
            "assignOutside" => {
                let ask = self.ask(actor, Action::AdminAssign, rest)?;
                Command::CreateRoleAssignment {
                    principal: ask.principal,
                    privilege: ask.privilege,
                    id: ask.id.map(ScheduleId::from),
                    details: None,
                }
            }
            "describe" => {
                let ask = self.ask(actor, Action::AdminRemove, rest)?;
                let schedule = self.open(AssignmentKind::Assignment, ask.principal, ask.privilege);
                let schedule = schedule.map_or(ScheduleId(Uuid::from_u64_pair(9, 9)), |it| it.id);
                let condition = ask.details.and_then(|it| it.condition);
                let details = Box::new(ScheduleDetails { condition, ..ScheduleDetails::default() });
                Command::DescribeRoleAssignment { schedule, details }
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
            "restore" => Command::RestorePrincipal(self.id(name(0)?)?),
            "purge" => Command::PurgePrincipal(self.id(name(0)?)?),
            "add" => Command::AddMember { member: self.id(name(0)?)?, group: self.id(name(2)?)? },
            "onboard" => Command::OnboardGroup(self.id(name(0)?)?),
            "own" => Command::AddOwner { owner: self.id(name(0)?)?, group: self.id(name(2)?)? },
            "disown" => Command::RemoveOwner { owner: self.id(name(0)?)?, group: self.id(name(2)?)? },
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
    pub(super) fn ask(&self, actor: &str, action: Action, words: &[Word]) -> Told<Ask> {
        let mut side = AssignmentKind::Assignment;
        let (mut principal, mut scope, mut quoted) = (actor.to_owned(), DirectoryScope::Tenant, Vec::new());
        let (mut target, mut id, mut rare) = (None, None, RequestDetails::default());
        let (schedule, words) = schedule(words)?;
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.text.as_str() {
                text if word.quoted => quoted.push(text.to_owned()),
                "for" | "in" | "ticket" => {}
                "eligible" => side = AssignmentKind::Eligibility,
                "active" => side = AssignmentKind::Assignment,
                "targeting" => match words.next().and_then(|word| self.names.get(&word.text)) {
                    Some(Named::Request(id)) => target = Some(ScheduleId::from(*id)),
                    _ => return Err("targeting what?".to_owned()),
                },
                "numbered" => {
                    let number = words.next().and_then(|word| word.text.parse().ok()).ok_or("which number?")?;
                    id = Some(RequestId(Uuid::from_u64_pair(7, number)));
                }
                "if" => rare.condition = words.next().map(|word| azure::condition(&word.text)),
                "linking" => match words.next().and_then(|word| self.names.get(&word.text)) {
                    Some(Named::Request(id)) => rare.linked_eligibility = Some(ScheduleId::from(*id)),
                    _ => return Err("linking what?".to_owned()),
                },
                text if text.starts_with('@') => scope = self.scope(&text[1..])?,
                text => text.clone_into(&mut principal),
            }
        }
        let mut quoted = quoted.into_iter();
        let role = quoted.next().ok_or("which role?")?;
        Ok(Ask {
            side,
            action,
            principal: self.id(&principal)?,
            privilege: self.privilege(&role, scope)?,
            schedule,
            target_schedule: target,
            justification: quoted.next(),
            ticket: TicketInfo { number: quoted.next(), system: quoted.next() },
            id,
            details: azure::details(rare),
        })
    }

    /// The request of that name, or one that there is not.
    fn request_or_none(&self, name: &str) -> RequestId {
        match self.names.get(name) {
            Some(Named::Request(id)) => *id,
            _ => RequestId(Uuid::from_u64_pair(9, 9)),
        }
    }
}

/// Takes out of the words of a line when a window starts and how it ends.
fn schedule(words: &[Word]) -> Told<(Option<AskedSchedule>, Vec<Word>)> {
    let (mut start, mut expiration, mut rest) = (None, None, Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut argument = || words.next().and_then(|word| instant(&word.text)).ok_or(format!("{word:?} needs a time"));
        match word.text.as_str() {
            _ if word.quoted => rest.push(word.clone()),
            "forever" => expiration = Some(AskedExpiration::NoExpiration),
            "unspecified" => expiration = Some(AskedExpiration::NotSpecified),
            "from" => start = Some(argument()?),
            "until" => expiration = Some(AskedExpiration::AfterDateTime(argument()?)),
            text => match length(text) {
                Some(length) => expiration = Some(AskedExpiration::AfterDuration(length)),
                None => rest.push(word.clone()),
            },
        }
    }
    Ok((expiration.map(|expiration| AskedSchedule { start, expiration }), rest))
}

/// Takes `with mfa c1` out of the words of a line: what the session of the actor has.
pub(super) fn session(words: &mut Vec<Word>) -> (bool, AuthenticationContexts) {
    let Some(with) = words.iter().position(|word| word.is("with")) else {
        return (false, AuthenticationContexts::default());
    };
    let has = |word: &&Word| word.is("mfa") || AuthenticationContextId::parse(&word.text).is_some();
    let count = words[with + 1..].iter().take_while(has).count();
    let taken: Vec<Word> = words.drain(with..=with + count).collect();
    let contexts = taken.iter().filter_map(|word| AuthenticationContextId::parse(&word.text)).collect();
    (taken.iter().any(|word| word.is("mfa")), contexts)
}
