//! Access reviews as stories write them.
//!
//! ```text
//! admin review q of "Global Reader" by bob fallback carol for 7d every 3 months auto default deny -> ok
//! bob decides q approve alice "needs it" -> ok            the line about alice in the newest instance of q
//! bob decides q deny -> ok                                 every line that bob is asked about
//! bob accepts q -> ok
//! admin stopsInstance q -> ok                              remindsOf, resets, applies, stopsStage, stops, deletes, asks q by carol
//! review q is InProgress                                   the definition; `instance q is …` its newest instance
//! reviewed q are alice ops                                 `asked q alice are bob`, `contacted q are bob`
//! line q alice is Deny                                     `result q alice is …`, `recommendation q alice is …`
//! next q is +7d                                            `instances q are +0h +7d`: their starts
//! ```

use super::text::{Word, instant, length, offset};
use super::{Lab, Told};
use crate::model::access_review::{
    AccessReviewAssignments, AccessReviewDecision, AccessReviewDefault, AccessReviewDefinition, AccessReviewInstance,
    AccessReviewPattern, AccessReviewPrincipals, AccessReviewProperties, AccessReviewRange, AccessReviewRecurrence,
    AccessReviewResource, AccessReviewResult, AccessReviewReviewers, AccessReviewScope, AccessReviewSettings,
    AccessReviewStageSettings, AccessReviewTarget, ReviewerScope,
};
use crate::model::{DirectoryScope, Privilege};
use crate::time::Instant;
use crate::{
    AccessReviewCommand, AccessReviewDecisionId, AccessReviewDefinitionId, AccessReviewInstanceChange,
    AccessReviewInstanceId, AccessReviewLines, Command, PrincipalId, UserChange,
};
use uuid::Uuid;

/// The id of nothing.
const NOTHING: Uuid = Uuid::from_u64_pair(9, 8);

/// The id of a review follows from its name.
fn review_id(name: &str) -> AccessReviewDefinitionId {
    let number = name.bytes().fold(0_u64, |number, byte| number * 256 + u64::from(byte));
    AccessReviewDefinitionId(Uuid::from_u64_pair(0x8000, number))
}

impl Lab {
    /// What a verb of access reviews asks for, if it is one.
    pub(super) fn review_command(&self, verb: &str, rest: &[Word]) -> Option<Told<Command>> {
        let name = rest.first().map_or("", |word| word.text.as_str());
        let change = |change| {
            let instance = self.newest(name).map_or(AccessReviewInstanceId(NOTHING), |it| it.id);
            Ok(AccessReviewCommand::Change { instance, change })
        };
        let command = match verb {
            "review" => self.properties(&rest[1..]).map(|properties| AccessReviewCommand::Create {
                id: Some(review_id(name)),
                properties: Box::new(properties),
            }),
            "replaces" => self.properties(&rest[1..]).map(|properties| AccessReviewCommand::Replace {
                review: review_id(name),
                properties: Box::new(properties),
            }),
            "deletes" => Ok(AccessReviewCommand::Delete(review_id(name))),
            "stops" => Ok(AccessReviewCommand::Stop(review_id(name))),
            "stopsInstance" => change(AccessReviewInstanceChange::Stop),
            "stopsStage" => change(AccessReviewInstanceChange::StopStage),
            "remindsOf" => change(AccessReviewInstanceChange::SendReminder),
            "resets" => change(AccessReviewInstanceChange::ResetDecisions),
            "applies" => change(AccessReviewInstanceChange::ApplyDecisions),
            "accepts" => change(AccessReviewInstanceChange::AcceptRecommendations),
            "asks" => self.properties(&rest[1..]).and_then(|it| {
                let (reviewers, fallback_reviewers) = (it.reviewers, it.fallback_reviewers);
                change(AccessReviewInstanceChange::SetReviewers { reviewers, fallback_reviewers })
            }),
            "decides" => self.decision(name, &rest[1..]).and_then(change),
            _ => return None,
        };
        Some(command.map(Command::AccessReview))
    }

    fn decision(&self, review: &str, words: &[Word]) -> Told<AccessReviewInstanceChange> {
        let decision = words.first().and_then(|word| AccessReviewResult::parse(&word.text)).ok_or("which decision?")?;
        let lines = match words[1..].iter().find(|word| !word.quoted) {
            None => AccessReviewLines::About { principal: None, resource: None },
            Some(word) if word.text == "only" => AccessReviewLines::About {
                principal: Some(self.id(&words.last().ok_or("only whom?")?.text)?),
                resource: self.newest(review).map(|it| it.resource),
            },
            Some(word) => {
                let line = self.line_about(review, &word.text)?;
                AccessReviewLines::One(line.map_or(AccessReviewDecisionId(NOTHING), |it| it.id))
            }
        };
        let justification = words.iter().find(|word| word.quoted).map(|word| word.text.clone());
        Ok(AccessReviewInstanceChange::RecordDecisions { lines, decision, justification })
    }

    /// The newest instance of a review.
    fn newest(&self, review: &str) -> Option<&AccessReviewInstance> {
        self.pim.view(self.pim.now()).access_review_instances(review_id(review)).last().copied()
    }

    fn line_about(&self, review: &str, principal: &str) -> Told<Option<&AccessReviewDecision>> {
        let id = self.id(principal)?;
        Ok(self.newest(review).and_then(|it| it.decisions.iter().find(|it| it.principal == id)))
    }

    /// `of "Global Reader" by bob managers fallback carol for 7d weekly from +7d times 3 auto default deny`.
    fn properties(&self, words: &[Word]) -> Told<AccessReviewProperties> {
        let mut it = AccessReviewProperties {
            display_name: "q".to_owned(),
            description_for_admins: String::new(),
            description_for_reviewers: "please".to_owned(),
            scope: AccessReviewScope {
                target: AccessReviewTarget::GroupsWithGuests,
                principals: Vec::new(),
                assignments: AccessReviewAssignments::All,
                is_transitive: false,
                inactive_for: None,
            },
            reviewers: Vec::new(),
            fallback_reviewers: Vec::new(),
            settings: AccessReviewSettings::default(),
            stages: Vec::new(),
            additional_recipients: Vec::new(),
            kept: Vec::new(),
        };
        let mut recurrence =
            AccessReviewRecurrence { pattern: None, start: Instant::FIRST, range: AccessReviewRange::NoEnd };
        let (mut words, mut is_recurring) = (words.iter(), false);
        let mut to = To::Nobody;
        while let Some(word) = words.next() {
            let mut next = || words.next().map(|word| word.text.as_str()).ok_or(format!("{word:?} needs more"));
            let number = |text: &str| text.parse::<u32>().map_err(|error| error.to_string());
            let days = |text: &str| length(text).map(|it| it.milliseconds() / 86_400_000).ok_or("which length?");
            match word.text.as_str() {
                "of" => it.scope.target = AccessReviewTarget::One(self.reviewed(next()?)?),
                "users" => it.scope.principals.push(AccessReviewPrincipals::Users),
                "guests" => it.scope.principals.push(AccessReviewPrincipals::Guests),
                "groups" => it.scope.principals.push(AccessReviewPrincipals::Groups),
                "services" => it.scope.principals.push(AccessReviewPrincipals::ServicePrincipals),
                "eligible" => it.scope.assignments = AccessReviewAssignments::Eligible,
                "active" => it.scope.assignments = AccessReviewAssignments::Active,
                "nested" => it.scope.is_transitive = true,
                "inactive" => it.scope.inactive_for = Some(length(next()?).ok_or("for how long?")?),
                "by" => to = To::Reviewers,
                "fallback" => to = To::Fallback,
                "for" => it.settings.instance_duration_in_days = u32::try_from(days(next()?)?).unwrap_or(0),
                "stage" => {
                    it.stages.push(stage(it.stages.len(), u32::try_from(days(next()?)?).unwrap_or(0)));
                    to = To::Stage;
                }
                "moving" => {
                    let moving = AccessReviewResult::parse(next()?).ok_or("which decision moves?")?;
                    let stage = it.stages.last_mut().ok_or("which stage?")?;
                    stage.decisions_that_will_move_to_next_stage.push(moving);
                }
                "weekly" => {
                    is_recurring = true;
                    recurrence.pattern = Some(AccessReviewPattern::Weekly { interval: 1 });
                }
                "every" => {
                    is_recurring = true;
                    let interval = number(next()?)?;
                    recurrence.pattern = Some(match next()? {
                        "weeks" => AccessReviewPattern::Weekly { interval },
                        _ => AccessReviewPattern::AbsoluteMonthly { interval },
                    });
                }
                "from" => {
                    is_recurring = true;
                    recurrence.start = instant(next()?).ok_or("from when?")?;
                }
                "until" => recurrence.range = AccessReviewRange::EndDate(instant(next()?).ok_or("until when?")?),
                "times" => recurrence.range = AccessReviewRange::Numbered(number(next()?)?),
                "auto" => it.settings.auto_apply_decisions_enabled = true,
                "default" => {
                    it.settings.default_decision_enabled = true;
                    it.settings.default_decision = AccessReviewDefault::parse(next()?).ok_or("which default?")?;
                }
                "idleDefault" => {
                    it.settings.default_decision = AccessReviewDefault::parse(next()?).ok_or("which default?")?;
                }
                "recommending" => it.settings.recommendations_enabled = true,
                "back" => it.settings.recommendation_look_back_duration = length(next()?).ok_or("how far?")?,
                "reasoned" => it.settings.justification_required_on_approval = true,
                "mailing" => it.settings.mail_notifications_enabled = true,
                "reminding" => it.settings.reminder_notifications_enabled = true,
                "telling" => it.additional_recipients.push(self.id(next()?)?),
                "nameless" => it.display_name.clear(),
                text => {
                    let reviewer = ReviewerScope { who: self.reviewer(text)?, kept: None };
                    match to {
                        To::Nobody => return Err(format!("{text} is what?")),
                        To::Reviewers => it.reviewers.push(reviewer),
                        To::Fallback => it.fallback_reviewers.push(reviewer),
                        To::Stage => it.stages.last_mut().ok_or("which stage?")?.reviewers.push(reviewer),
                    }
                }
            }
        }
        if it.scope.principals.is_empty() {
            it.scope.principals = vec![AccessReviewPrincipals::Users, AccessReviewPrincipals::Groups];
        }
        it.settings.recurrence = is_recurring.then_some(recurrence);
        Ok(it)
    }

    fn reviewed(&self, text: &str) -> Told<AccessReviewResource> {
        Ok(match self.privilege(text, DirectoryScope::Tenant)? {
            Privilege::DirectoryRole { role, .. } => AccessReviewResource::DirectoryRole(role),
            Privilege::Group { group, .. } => AccessReviewResource::Group(group),
            Privilege::AzureRole { role, scope } => AccessReviewResource::AzureRole { role, scope },
        })
    }

    /// `bob`, `managers`, `owners`, `members of ops`, `owners of ops`, `owners of robot`.
    fn reviewer(&self, text: &str) -> Told<AccessReviewReviewers> {
        let of = |prefix| text.strip_prefix(prefix).map(|name| self.id(name));
        if let Some(group) = of("members of ") {
            return group.map(AccessReviewReviewers::GroupMembers);
        }
        if let Some(owned) = of("owners of ") {
            let id = owned?;
            let is_group = self.pim.view(self.pim.now()).group(id).is_some();
            return Ok(if is_group {
                AccessReviewReviewers::GroupOwners(id)
            } else {
                AccessReviewReviewers::ServicePrincipalOwners(id)
            });
        }
        Ok(match text {
            "managers" => AccessReviewReviewers::Managers,
            "owners" => AccessReviewReviewers::OwnersOfReviewedGroup,
            name => AccessReviewReviewers::User(self.id(name)?),
        })
    }

    /// A line that claims something of a review, or makes somebody a manager; `None` for any other line.
    pub(super) fn review_claim(&mut self, texts: &[&str]) -> Option<Told<()>> {
        let (said, expected) = match texts {
            ["manager", "of", user, "is", manager] => return Some(self.set_manager(user, manager)),
            ["review", name, "is", expected] => (self.status_of_review(name), (*expected).to_owned()),
            ["instance", name, "is", expected] => {
                let view = self.pim.view(self.pim.now());
                let status = self.newest(name).map(|it| view.access_review_instance_status(it).name());
                (Ok(status.unwrap_or("none").to_owned()), (*expected).to_owned())
            }
            ["instances", name, "are", starts @ ..] => {
                let instances = self.pim.view(self.pim.now()).access_review_instances(review_id(name));
                let found: Vec<_> = instances.iter().map(|it| offset(it.start)).collect();
                (Ok(found.join(" ")), starts.join(" "))
            }
            ["end", "of", name, "is", end] => {
                (Ok(self.newest(name).map_or("none".to_owned(), |it| offset(it.end))), (*end).to_owned())
            }
            ["next", name, "is", expected] => {
                let next = self.definition(name).and_then(|it| it.next);
                (Ok(next.map_or("never".to_owned(), offset)), (*expected).to_owned())
            }
            ["reviewed", name, "are", people @ ..] => {
                let found = self.newest(name).map(|it| it.decisions.iter().map(|it| it.principal).collect());
                (Ok(self.names_of(found.unwrap_or_default())), people.join(" "))
            }
            ["contacted", name, "are", people @ ..] => {
                let view = self.pim.view(self.pim.now());
                let found = self.newest(name).map(|it| view.access_review_contacted_reviewers(it));
                (Ok(self.names_of(found.unwrap_or_default())), people.join(" "))
            }
            ["asked", name, principal, "are", people @ ..] => {
                let found = self.line_about(name, principal).map(|line| match (self.newest(name), line) {
                    (Some(instance), Some(line)) => self.names_of(instance.reviewers_of(line).to_vec()),
                    _ => "no line".to_owned(),
                });
                (found, people.join(" "))
            }
            [what @ ("line" | "result" | "recommendation" | "decider"), name, principal, "is", expected] => {
                (self.line_says(what, name, principal), (*expected).to_owned())
            }
            _ => return None,
        };
        Some(said.and_then(|said| if said == expected { Ok(()) } else { Err(format!("it is {said}")) }))
    }

    fn definition(&self, name: &str) -> Option<&AccessReviewDefinition> {
        self.pim.view(self.pim.now()).access_review(review_id(name))
    }

    fn status_of_review(&self, name: &str) -> Told<String> {
        let view = self.pim.view(self.pim.now());
        Ok(self.definition(name).map_or("none", |it| view.access_review_status(it).name()).to_owned())
    }

    fn line_says(&self, what: &str, name: &str, principal: &str) -> Told<String> {
        let Some(line) = self.line_about(name, principal)? else { return Ok("none".to_owned()) };
        Ok(match what {
            "line" => line.decision.name().to_owned(),
            "result" => line.apply_result.name().to_owned(),
            "recommendation" => line.recommendation.name().to_owned(),
            _ => match line.reviewed.as_ref().map(|it| it.by) {
                Some(crate::model::CreatedBy::User(id)) => self.names_of(vec![id]),
                Some(_) => "service".to_owned(),
                None => "nobody".to_owned(),
            },
        })
    }

    fn names_of(&self, ids: Vec<PrincipalId>) -> String {
        let view = self.pim.view(self.pim.now());
        let mut names: Vec<_> = ids.into_iter().map(|id| view.name_of(id).unwrap_or("gone").to_owned()).collect();
        names.sort();
        names.join(" ")
    }

    fn set_manager(&mut self, user: &str, manager: &str) -> Told<()> {
        let change = UserChange { manager: Some(Some(self.id(manager)?)), ..UserChange::default() };
        self.set_up(&Command::UpdateUser { user: self.id(user)?, change: Box::new(change) });
        Ok(())
    }
}

/// Where reviewers go whom a line names.
#[derive(Clone, Copy)]
enum To {
    Nobody,
    Reviewers,
    Fallback,
    Stage,
}

fn stage(number: usize, duration_in_days: u32) -> AccessReviewStageSettings {
    AccessReviewStageSettings {
        stage_id: number.to_string(),
        depends_on: Vec::new(),
        duration_in_days,
        reviewers: Vec::new(),
        fallback_reviewers: Vec::new(),
        recommendations_enabled: None,
        recommendation_look_back_duration: None,
        decisions_that_will_move_to_next_stage: Vec::new(),
        kept: Vec::new(),
    }
}
