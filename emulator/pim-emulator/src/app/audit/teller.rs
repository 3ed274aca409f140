//! What every record is made with: names, what was logged before, and the parts that records have in common.

use super::record::{
    AppIdentity, AuditResult, Category, Detail, Draft, Initiator, ModifiedProperty, OperationType, Service,
    TargetResource, UserIdentity,
};
use crate::app::event_log::EventLog;
use crate::app::ids::derived;
use pim_core::model::{
    AskedExpiration, AzureRoleDefinition, AzureScope, CreatedBy, Family, PrincipalKind, Privilege, RoleDefinition,
    ScheduleRequest, TicketInfo, Window,
};
use pim_core::time::Instant;
use pim_core::{
    AzureRoleDefinitionId, AzureScopeId, Event, PrincipalId, Recorded, RequestId, RoleDefinitionId, Session, TenantId,
    View,
};
use std::borrow::Cow;
use uuid::Uuid;

/// Streams of ids that are made of others.
const CORRELATION: u64 = 1;
const SERVICE: u64 = 2;

/// Whoever turns events into records.
#[derive(Clone, Copy, Debug)]
pub(super) struct Teller<'a> {
    pub(super) view: View<'a>,
    pub(super) log: &'a EventLog,
    pub(super) tenant: TenantId,
}

/// What a record is about.
#[derive(Clone, Debug)]
pub(super) struct About {
    pub(super) principal: PrincipalId,
    pub(super) privilege: Privilege,
    /// The request, or what stands for it where there was none; a refused one has no id.
    pub(super) request: Option<Uuid>,
    pub(super) correlation: Uuid,
    pub(super) window: Option<Window>,
    pub(super) justification: Option<String>,
    pub(super) ticket: TicketInfo,
    /// The last target, of the type Other.
    pub(super) other: TargetResource,
}

/// Whoever brought something about.
#[derive(Clone, Debug)]
pub(super) struct Doer {
    pub(super) who: Initiator,
    /// What is known of the call; nothing of what the service did by itself.
    pub(super) session: Option<Box<Session>>,
}

impl Doer {
    /// Who it was, with where the call came from in the place that is made for it: PIM alone has that among the further facts.
    pub(super) fn with_address(mut self) -> Initiator {
        if let Some(user) = &mut self.who.user {
            user.ip_address = self.session.and_then(|it| it.address).map(|address| address.to_string());
        }
        self.who
    }
}

/// What all records of one request have in common.
pub(super) fn correlation(request: Uuid) -> Uuid {
    derived(request, CORRELATION, 0)
}

impl<'a> Teller<'a> {
    /// Who brought an event about; none for what set the tenant up, which leaves no record.
    pub(super) fn doer(&self, recorded: &Recorded) -> Option<Doer> {
        Some(Doer { who: self.initiator(recorded.by)?, session: recorded.session.clone() })
    }

    /// Who made a request, with what was known then where the log remembers that.
    pub(super) fn asker(&self, request: &ScheduleRequest) -> Option<Doer> {
        let session = self.log.made(request.id.0).and_then(|recorded| recorded.session);
        Some(Doer { who: self.initiator(request.created_by)?, session })
    }

    fn initiator(&self, by: CreatedBy) -> Option<Initiator> {
        match by {
            CreatedBy::User(id) => Some(Initiator { app: None, user: Some(self.user(id)) }),
            CreatedBy::Application(id) => {
                let app_id = self.view.service_principal(id).map(|it| it.app_id.0);
                let display_name = self.view.name_of(id).map(str::to_owned);
                let app =
                    AppIdentity { app_id, display_name, service_principal_id: id.0, service_principal_name: None };
                Some(Initiator { app: Some(app), user: None })
            }
            CreatedBy::Service => Some(self.service().who),
            CreatedBy::SetUp => None,
        }
    }

    /// The service itself: it stands among the users, with a name and no name to sign in with (AUD-26).
    pub(super) fn service(&self) -> Doer {
        let user = UserIdentity {
            id: derived(self.tenant.0, SERVICE, 0),
            display_name: Some("Azure AD PIM".to_owned()),
            ..UserIdentity::default()
        };
        Doer { who: Initiator { app: None, user: Some(user) }, session: None }
    }

    fn user(&self, id: PrincipalId) -> UserIdentity {
        UserIdentity {
            id: id.0,
            display_name: self.view.name_of(id).map(str::to_owned),
            user_principal_name: self.view.user_principal_name_of(id).map(str::to_owned),
            ..UserIdentity::default()
        }
    }

    /// What is shared by the records of something that belongs to no request.
    pub(super) fn correlation_of(&self, number: u64) -> Uuid {
        derived(self.tenant.0, CORRELATION, number)
    }

    /// A principal as a target, also one that is gone.
    pub(super) fn principal(&self, id: PrincipalId) -> TargetResource {
        let kind = match self.view.kind_of(id) {
            Some(PrincipalKind::User) => "User",
            Some(PrincipalKind::Group) => "Group",
            Some(PrincipalKind::ServicePrincipal) => "ServicePrincipal",
            None => "Other",
        };
        self.named(kind, id)
    }

    /// A principal as a target of some kind.
    pub(super) fn named(&self, kind: &'static str, id: PrincipalId) -> TargetResource {
        TargetResource {
            display_name: self.view.name_of(id).map(str::to_owned),
            user_principal_name: self.view.user_principal_name_of(id).map(str::to_owned),
            ..TargetResource::of(kind, Some(id.0))
        }
    }

    /// A role, also one that is gone.
    pub(super) fn role(&self, id: RoleDefinitionId) -> Option<Cow<'a, RoleDefinition>> {
        let logged = || {
            let event = self.log.made(id.0)?.event;
            let (Event::RoleDefinitionCreated(role) | Event::RoleDefinitionUpdated(role)) = event else { return None };
            Some(Cow::Owned(*role))
        };
        self.view.role(id).map(Cow::Borrowed).or_else(logged)
    }

    /// A request as it was made, also one that was purged since.
    pub(super) fn request(&self, id: RequestId) -> Option<ScheduleRequest> {
        match self.log.made(id.0).map(|it| it.event) {
            Some(Event::RequestCreated(request)) => Some(*request),
            _ => self.view.request(id),
        }
    }

    /// What happened right after an event, as far as it belongs to the same command: up to the next request.
    pub(super) fn following(&self, number: u64) -> impl Iterator<Item = Event> + use<'a> {
        let log = self.log;
        let at = log.get(number).map(|it| it.at);
        ((number + 1)..)
            .map_while(move |number| log.get(number))
            .take_while(move |it| Some(it.at) == at && !matches!(it.event, Event::RequestCreated(_)))
            .map(|it| it.event)
    }

    /// What a request's records are about.
    pub(super) fn about(&self, request: &ScheduleRequest, window: Option<Window>) -> About {
        About {
            principal: request.principal,
            privilege: request.privilege,
            request: Some(request.id.0),
            correlation: correlation(request.id.0),
            window: window.or_else(|| asked(request)),
            justification: request.justification.clone(),
            ticket: request.ticket.clone(),
            other: TargetResource::of("Other", request.target_schedule.map(|it| it.0)),
        }
    }

    /// A successful record of PIM, whose reason is the justification (AUD-21).
    pub(super) fn pim(&self, by: &Doer, activity: impl Into<String>, operation: OperationType, about: &About) -> Draft {
        Draft {
            service: Service::Pim,
            category: category(about.privilege),
            activity: activity.into(),
            operation,
            result: AuditResult::Success,
            reason: about.justification.clone(),
            by: by.who.clone(),
            targets: self.targets(about),
            details: self.details(by, about),
            correlation: about.correlation,
        }
    }

    /// The five targets, in the service's order (AUD-22).
    fn targets(&self, about: &About) -> Vec<TargetResource> {
        vec![
            self.held(about.privilege),
            TargetResource::of("Request", about.request),
            self.principal(about.principal),
            self.place(about.privilege),
            about.other.clone(),
        ]
    }

    /// What is held, as a target: a role, or a group (AUD-29).
    pub(super) fn held(&self, privilege: Privilege) -> TargetResource {
        match privilege {
            Privilege::DirectoryRole { role, .. } => self.role_target(role),
            Privilege::Group { group, .. } => self.named("Group", group),
            Privilege::AzureRole { role, .. } => self.azure_role_target(role),
        }
    }

    /// Where it is held: in the directory, or at a place of Azure (AZR-9).
    pub(super) fn place(&self, privilege: Privilege) -> TargetResource {
        match privilege {
            Privilege::DirectoryRole { .. } | Privilege::Group { .. } => self.directory(),
            Privilege::AzureRole { scope, .. } => self.resource(scope),
        }
    }

    /// A place of Azure as a target.
    pub(super) fn resource(&self, scope: AzureScopeId) -> TargetResource {
        TargetResource {
            display_name: self.azure_scope(scope).map(|it| it.display_name.clone()),
            ..TargetResource::of("Resource", Some(scope.0))
        }
    }

    /// A role of Azure as a target.
    fn azure_role_target(&self, id: AzureRoleDefinitionId) -> TargetResource {
        let role = self.azure_role(id);
        let [origin, kind] = azure_origin(id, role.as_deref());
        TargetResource {
            display_name: role.map(|role| role.role_name.clone()),
            modified_properties: vec![
                modified("RoleDefinitionOriginId", &origin),
                modified("RoleDefinitionOriginType", &kind),
            ],
            ..TargetResource::of("Role", Some(id.0))
        }
    }

    /// A place of Azure, also one that is gone.
    fn azure_scope(&self, id: AzureScopeId) -> Option<Cow<'a, AzureScope>> {
        self.view.azure_scope(id).map(Cow::Borrowed).or_else(|| self.log.azure_scope(id).map(Cow::Owned))
    }

    /// A role of Azure, also one that is gone.
    fn azure_role(&self, id: AzureRoleDefinitionId) -> Option<Cow<'a, AzureRoleDefinition>> {
        self.view.azure_role(id).map(Cow::Borrowed).or_else(|| self.log.azure_role(id).map(Cow::Owned))
    }

    /// The path of a place of Azure.
    pub(super) fn path(&self, id: AzureScopeId) -> String {
        self.azure_scope(id).map_or_else(|| id.to_string(), |it| it.path.clone())
    }

    /// A role as a target (AUD-22).
    pub(super) fn role_target(&self, id: RoleDefinitionId) -> TargetResource {
        let role = self.role(id);
        let [origin, kind, template] = origin(id, role.as_deref());
        TargetResource {
            display_name: role.map(|role| role.display_name.clone()),
            modified_properties: vec![
                modified("RoleDefinitionOriginId", &origin),
                modified("RoleDefinitionOriginType", &kind),
                modified("TemplateId", &template),
            ],
            ..TargetResource::of("Role", Some(id.0))
        }
    }

    /// The directory as a target.
    pub(super) fn directory(&self) -> TargetResource {
        TargetResource {
            display_name: self.view.tenant().map(|tenant| tenant.display_name.clone()),
            ..TargetResource::of("Directory", Some(self.tenant.0))
        }
    }

    /// Further facts (AUD-23).
    fn details(&self, by: &Doer, about: &About) -> Vec<Detail> {
        let origin = self.origin(about.privilege);
        let ending = |window: Window| window.end.map(|end| end.to_string());
        let facts = [
            ("StartTime", about.window.map(|window| window.start.to_string())),
            ("ExpirationTime", about.window.and_then(ending)),
            ("Justification", about.justification.clone()),
            ("TicketNumber", about.ticket.number.clone()),
            ("TicketSystem", about.ticket.system.clone()),
        ];
        let request = about.request.map(|id| Detail { key: "RequestId", value: id.to_string() });
        let scope = match about.privilege {
            Privilege::AzureRole { scope, .. } => Some(Detail { key: "Scope", value: self.path(scope) }),
            Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
        };
        let origin = origin.into_iter().map(|(key, value)| Detail { key, value });
        origin.chain(known(facts)).chain(self.caller(by)).chain(request).chain(scope).collect()
    }

    /// Where the privilege comes from: the role, or the group and the relation (AUD-29).
    fn origin(&self, privilege: Privilege) -> Vec<(&'static str, String)> {
        match privilege {
            Privilege::DirectoryRole { role, .. } => {
                let [origin, kind, template] = origin(role, self.role(role).as_deref());
                vec![("RoleDefinitionOriginId", origin), ("RoleDefinitionOriginType", kind), ("TemplateId", template)]
            }
            Privilege::Group { group, access } => {
                vec![("GroupId", group.to_string()), ("AccessId", access.name().to_owned())]
            }
            Privilege::AzureRole { role, .. } => {
                let [origin, kind] = azure_origin(role, self.azure_role(role).as_deref());
                vec![("RoleDefinitionOriginId", origin), ("RoleDefinitionOriginType", kind)]
            }
        }
    }

    /// What is known of the caller: its own tenant's id, its roles and its address, as its token has them (AUD-23).
    pub(super) fn caller(&self, by: &Doer) -> impl Iterator<Item = Detail> + use<> {
        let Initiator { app, user } = &by.who;
        let id = user.as_ref().map(|it| it.id).or(app.as_ref().map(|it| it.service_principal_id));
        let session = by.session.as_deref();
        let roles = session.map(|it| it.roles.iter().map(ToString::to_string).collect::<Vec<_>>().join(","));
        known([
            ("oid", id.map(|id| id.to_string())),
            ("tid", Some(self.tenant.to_string())),
            ("wids", roles.filter(|roles| !roles.is_empty())),
            ("ipaddr", session.and_then(|it| it.address).map(|address| address.to_string())),
        ])
    }
}

/// The facts that have a value.
fn known<const COUNT: usize>(facts: [(&'static str, Option<String>); COUNT]) -> impl Iterator<Item = Detail> {
    facts.into_iter().filter_map(|(key, value)| Some(Detail { key, value: value? }))
}

/// The category of a family's records (AUD-1).
pub(super) const fn category(privilege: Privilege) -> Category {
    match privilege.family() {
        Family::DirectoryRoles => Category::RoleManagement,
        Family::Groups => Category::GroupManagement,
        Family::AzureRoles => Category::ResourceManagement,
    }
}

/// Where a role of Azure comes from: its id, and whether it is built in.
fn azure_origin(id: AzureRoleDefinitionId, role: Option<&AzureRoleDefinition>) -> [String; 2] {
    let is_custom = role.is_some_and(|role| !role.is_built_in);
    [id.to_string(), if is_custom { "CustomRole" } else { "BuiltInRole" }.to_owned()]
}

/// A property of a role, which is nothing that changed (AUD-22).
fn modified(display_name: &'static str, value: &str) -> ModifiedProperty {
    ModifiedProperty {
        display_name: display_name.into(),
        old_value: Some("\"\"".to_owned()),
        new_value: Some(format!("\"{value}\"")),
    }
}

/// Where a role comes from: its id, whether it is built in, and its template.
fn origin(id: RoleDefinitionId, role: Option<&RoleDefinition>) -> [String; 3] {
    let is_custom = role.is_some_and(|role| !role.is_built_in);
    let template = role.map_or(id, |role| role.template_id);
    [id.to_string(), if is_custom { "CustomRole" } else { "BuiltInRole" }.to_owned(), template.to_string()]
}

/// The window that a request asks for; how long an activation lasts that does not say it is not known from the request.
fn asked(request: &ScheduleRequest) -> Option<Window> {
    let asked = request.asked?;
    let start: Instant = asked.start.unwrap_or(request.created);
    let end = match asked.expiration {
        AskedExpiration::NotSpecified | AskedExpiration::NoExpiration => None,
        AskedExpiration::AfterDateTime(end) => Some(end),
        AskedExpiration::AfterDuration(length) => Some(start.plus(length)),
    };
    Some(Window { start, end })
}
