//! The world of a story: making what it names, and finding it again.

use super::{BEGINNING, Lab, Make, Named, Told};
use crate::model::conditional_access::{AuthenticationContextId, AuthenticationContexts};
use crate::model::{
    AdministrativeUnit, Application, AssignmentKind, DirectoryScope, Group, GroupAccess, GroupType, License, Privilege,
    RoleDefinition, Schedule, ServicePrincipal, Tenant, User, UserType,
};
use crate::{
    Actor, AdministrativeUnitId, ApplicationId, Ask, AuthenticationContextChange, By, ClientId, Command, PrincipalId,
    RequestId, RoleDefinitionId, TenantId,
};
use uuid::Uuid;

impl Lab {
    /// `alice bob users`, `ops role-assignable group of alice bob`.
    pub(super) fn declare(&mut self, item: &str) -> Told<()> {
        let (item, members) = item.split_once(" of ").unwrap_or((item, ""));
        let words: Vec<&str> = item.split_whitespace().collect();
        if let [names @ .., "azure", "role"] = words.as_slice() {
            let scopes = super::text::words(members)?;
            for name in names {
                let command = self.azure_role_at(name, &scopes);
                self.set_up(&command);
            }
            return Ok(());
        }
        if let [names @ .., kind] = words.as_slice()
            && Self::is_scope_kind(kind)
        {
            return names.iter().try_for_each(|name| self.declare_scope(name, kind, members));
        }
        let kinds: [(&[&str], Make); 17] = [
            (&["disabled", "user"], |lab, name| lab.user(name, UserType::Member, false)),
            (&["user"], |lab, name| lab.user(name, UserType::Member, true)),
            (&["users"], |lab, name| lab.user(name, UserType::Member, true)),
            (&["guest"], |lab, name| lab.user(name, UserType::Guest, true)),
            (&["role-assignable", "group"], |lab, name| lab.group(name, true)),
            (&["dynamic", "group"], |lab, name| {
                lab.group_like(name, |it| it.membership_rule = Some("user.department -eq \"IT\"".to_owned()));
            }),
            (&["synchronised", "group"], |lab, name| lab.group_like(name, |it| it.on_premises_synced = true)),
            (&["Microsoft365", "group"], |lab, name| {
                lab.group_like(name, |it| it.group_type = GroupType::Microsoft365);
            }),
            (&["group"], |lab, name| lab.group(name, false)),
            (&["groups"], |lab, name| lab.group(name, false)),
            (&["service", "principal"], Self::service_principal),
            (&["administrative", "unit"], Self::unit),
            (&["application"], Self::application),
            (&["custom", "role"], Self::custom_role),
            (&["custom", "roles"], Self::custom_role),
            (&["context"], Self::context),
            (&["contexts"], Self::context),
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

    fn next_id(&self) -> Uuid {
        Uuid::from_u64_pair(0x2000, self.names.len() as u64 + 1)
    }

    pub(super) fn licensed(&mut self, license: License) {
        self.set_up(&Command::CreateTenant(Tenant {
            id: TenantId(Uuid::from_u64_pair(1, 1)),
            domain: "contoso.onmicrosoft.com".to_owned(),
            display_name: "Contoso".to_owned(),
            license,
            created: BEGINNING,
        }));
    }

    pub(super) fn user(&mut self, name: &str, user_type: UserType, account_enabled: bool) {
        let id = PrincipalId(self.next_id());
        self.names.insert(name.to_owned(), Named::Person(id));
        let user = User { user_type, account_enabled, ..user(name, id) };
        self.set_up(&Command::CreateUser(user));
    }

    fn group(&mut self, name: &str, is_assignable_to_role: bool) {
        self.group_like(name, |group| group.is_assignable_to_role = is_assignable_to_role);
    }

    fn group_like(&mut self, name: &str, change: impl FnOnce(&mut Group)) {
        let id = PrincipalId(self.next_id());
        self.names.insert(name.to_owned(), Named::Group(id));
        let created = self.pim.now();
        let mut group = Group { created, ..group(name, id) };
        change(&mut group);
        self.set_up(&Command::CreateGroup(group));
    }

    fn service_principal(&mut self, name: &str) {
        let id = PrincipalId(self.next_id());
        self.names.insert(name.to_owned(), Named::Service(id));
        self.set_up(&Command::CreateServicePrincipal(service_principal(name, id)));
    }

    fn unit(&mut self, name: &str) {
        let id = AdministrativeUnitId(self.next_id());
        self.names.insert(name.to_owned(), Named::Unit(id));
        self.set_up(&Command::CreateAdministrativeUnit(AdministrativeUnit::new(id, name, BEGINNING)));
    }

    fn application(&mut self, name: &str) {
        let id = ApplicationId(self.next_id());
        self.names.insert(name.to_owned(), Named::Application(id));
        let app_id = ClientId(Uuid::from_u128(id.0.as_u128() + (1 << 100)));
        self.set_up(&Command::CreateApplication(Application::new(id, app_id, name, BEGINNING)));
    }

    fn custom_role(&mut self, name: &str) {
        self.set_up(&Command::CreateRoleDefinition(custom_role(name, RoleDefinitionId(Uuid::nil()))));
    }

    fn context(&mut self, name: &str) {
        let context = AuthenticationContextId::parse(name).unwrap();
        let change = AuthenticationContextChange { is_available: Some(true), ..Default::default() };
        self.set_up(&Command::SetAuthenticationContext { context, change });
    }

    /// The id behind a name; a name that nobody has is an id that nobody has.
    pub(in crate::tests) fn id(&self, name: &str) -> Told<PrincipalId> {
        match self.names.get(name) {
            Some(Named::Person(id) | Named::Group(id) | Named::Service(id)) => Ok(*id),
            None if name == "nobody" || name == "setup" => Ok(PrincipalId(Uuid::from_u64_pair(9, 1))),
            _ => Err(format!("who is {name}?")),
        }
    }

    /// Whoever has that name, in a session with multifactor authentication or not.
    pub(super) fn actor(&self, name: &str, (mfa, contexts): (bool, AuthenticationContexts)) -> Told<Actor> {
        match self.names.get(name) {
            Some(Named::Person(id)) => Ok(Actor::User { id: *id, mfa, contexts }),
            Some(Named::Service(id)) => Ok(Actor::Application { id: *id }),
            None if name == "setup" => Ok(Actor::SetUp),
            _ => Err(format!("{name} cannot act")),
        }
    }

    pub(super) fn scope(&self, name: &str) -> Told<DirectoryScope> {
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
    pub(in crate::tests) fn role(&self, name: &str) -> Told<RoleDefinitionId> {
        if name == "nothing" {
            return Ok(RoleDefinitionId(Uuid::from_u64_pair(9, 3)));
        }
        let found = self.pim.view(self.pim.now()).roles().find(|role| role.display_name == name);
        found.map(|role| role.id).ok_or(format!("no role {name}"))
    }

    /// A role at a scope of the directory or of Azure, or `member of` a group, or `owner of` one.
    pub(in crate::tests) fn privilege(&self, role: &str, scope: DirectoryScope) -> Told<Privilege> {
        for access in GroupAccess::ALL {
            if let Some(group) = role.strip_prefix(access.name()).and_then(|rest| rest.strip_prefix(" of ")) {
                return Ok(Privilege::Group { group: self.id(group)?, access });
            }
        }
        if let Some(privilege) = self.azure_privilege(role) {
            return privilege;
        }
        Ok(Privilege::DirectoryRole { role: self.role(role)?, scope })
    }

    pub(super) fn open(&self, side: AssignmentKind, principal: PrincipalId, privilege: Privilege) -> Option<Schedule> {
        let view = self.pim.view(self.pim.now());
        view.instances(side, By::Principal(principal), None).map(|(_, it)| it).find(|it| it.privilege == privilege)
    }

    pub(super) fn live(&self, ask: &Ask) -> Vec<Schedule> {
        let view = self.pim.view(self.pim.now());
        (view.schedules(ask.side, By::Principal(ask.principal), None).map(|(_, it)| it))
            .filter(|it| it.privilege == ask.privilege)
            .collect()
    }

    /// The request of that name.
    pub(in crate::tests) fn request(&self, name: &str) -> RequestId {
        match self.names.get(name) {
            Some(Named::Request(id)) => *id,
            other => panic!("{name} is {other:?}"),
        }
    }
}

/// A user that nothing is special about.
pub(in crate::tests) fn user(name: &str, id: PrincipalId) -> User {
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
        details: None,
    }
}

/// A security group that can hold no directory role.
pub(in crate::tests) fn group(name: &str, id: PrincipalId) -> Group {
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
        details: None,
    }
}

/// The service principal of some application.
pub(in crate::tests) fn service_principal(name: &str, id: PrincipalId) -> ServicePrincipal {
    ServicePrincipal::new(id, ClientId(Uuid::from_u128(id.0.as_u128() + (1 << 100))), name, BEGINNING)
}

/// A custom role that can be held at every scope.
pub(in crate::tests) fn custom_role(name: &str, id: RoleDefinitionId) -> RoleDefinition {
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
