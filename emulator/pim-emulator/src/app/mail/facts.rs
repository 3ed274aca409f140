//! What a mail is about, in names: what the words are made of, copied out of the machine.

use pim_core::model::access_review::AccessReviewResource;
use pim_core::model::{
    AzureScope, CreatedBy, Digest, DirectoryScope, Family, GroupAccess, Mail, MailedReview, PrincipalKind, Privilege,
    Recipient,
};
use pim_core::time::Instant;
use pim_core::{PrincipalId, RoleDefinitionId, View};

/// Somebody, as people call them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Person {
    pub(super) name: String,
    /// The name to sign in with, of a user.
    pub(super) sign_in: Option<String>,
    pub(super) is_group: bool,
}

/// A digest with the names of its roles.
#[derive(Clone, Debug)]
pub(super) struct DigestFacts {
    pub(super) digest: Digest,
    pub(super) top_roles: Vec<(String, u32)>,
}

/// An access review, with what it is about as people call it.
#[derive(Clone, Debug)]
pub(super) struct ReviewFacts {
    pub(super) name: String,
    /// `the Global Reader role`, `membership of the group Help desk`.
    pub(super) reviewed: String,
    pub(super) description: String,
    pub(super) end: Instant,
}

/// What there is to say.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) tenant: String,
    pub(super) domain: String,
    pub(super) principal: Option<Person>,
    pub(super) role: String,
    /// The same as people call it in a sentence.
    pub(super) held: String,
    pub(super) scope: String,
    /// Whether it is a place in a group, of which nobody asks for more time by oneself (REQ-2).
    pub(super) is_of_group: bool,
    pub(super) start: Option<Instant>,
    pub(super) end: Option<Instant>,
    /// Who brought it about; none when that was PIM itself.
    pub(super) by: Option<Person>,
    /// Whether that is the one whom it is about.
    pub(super) by_oneself: bool,
    pub(super) justification: Option<String>,
    pub(super) request: Option<String>,
    pub(super) digest: Option<DigestFacts>,
    pub(super) review: Option<ReviewFacts>,
}

impl Facts {
    /// Looks everything up.
    pub(super) fn of(view: View<'_>, mail: &Mail) -> Self {
        let by = mail.by.and_then(|by| doer(view, by));
        let by_id = mail.by.and_then(id_of);
        Self {
            tenant: view.tenant().map(|it| it.display_name.clone()).unwrap_or_default(),
            domain: view.tenant().map(|it| it.domain.clone()).unwrap_or_default(),
            principal: mail.principal.map(|id| person(view, id)),
            role: mail.privilege.map(|it| right(view, it)).unwrap_or_default(),
            held: mail.privilege.map(|it| held(view, it)).unwrap_or_default(),
            scope: mail.privilege.map(|it| scope(view, it)).unwrap_or_default(),
            is_of_group: mail.privilege.is_some_and(|it| it.family() == Family::Groups),
            start: mail.window.map(|it| it.start),
            end: mail.window.and_then(|it| it.end),
            by,
            by_oneself: by_id.is_some() && by_id == mail.principal,
            justification: mail.justification.clone(),
            request: mail.request.map(|it| it.0.to_string()),
            digest: mail.digest.as_deref().map(|digest| DigestFacts {
                top_roles: digest.top_roles.iter().map(|(id, count)| (role(view, *id), *count)).collect(),
                digest: digest.clone(),
            }),
            review: mail.review.as_deref().map(|it| review(view, it)),
        }
    }
}

fn review(view: View<'_>, it: &MailedReview) -> ReviewFacts {
    let privilege = match it.subject.resource {
        AccessReviewResource::DirectoryRole(role) => Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant },
        AccessReviewResource::Group(group) => Privilege::Group { group, access: GroupAccess::Member },
        AccessReviewResource::AzureRole { role, scope } => Privilege::AzureRole { role, scope },
    };
    ReviewFacts {
        name: it.subject.display_name.clone(),
        reviewed: held(view, privilege),
        description: it.description.clone(),
        end: it.end,
    }
}

/// The addresses of people, each once. A user without one is reached under the name to sign in with.
pub(super) fn addresses(view: View<'_>, people: &[Recipient]) -> Vec<String> {
    let mut addresses: Vec<String> = Vec::with_capacity(people.len());
    let mut known = std::collections::HashSet::new();
    for recipient in people {
        let address = match recipient {
            Recipient::Address(address) => Some(address.clone()),
            Recipient::User(id) => address_of(view, *id),
        };
        addresses.extend(address.filter(|it| known.insert(it.to_lowercase())));
    }
    addresses
}

/// The address of a user, also of one who is gone by now.
pub(super) fn address_of(view: View<'_>, user: PrincipalId) -> Option<String> {
    let mail = view.user(user).and_then(|user| user.mail.as_deref());
    mail.or_else(|| view.user_principal_name_of(user)).map(str::to_owned)
}

const fn id_of(by: CreatedBy) -> Option<PrincipalId> {
    match by {
        CreatedBy::User(id) | CreatedBy::Application(id) => Some(id),
        CreatedBy::SetUp | CreatedBy::Service => None,
    }
}

fn doer(view: View<'_>, by: CreatedBy) -> Option<Person> {
    match by {
        CreatedBy::User(id) | CreatedBy::Application(id) => Some(person(view, id)),
        CreatedBy::SetUp => {
            Some(Person { name: "the set-up of the tenant".to_owned(), sign_in: None, is_group: false })
        }
        CreatedBy::Service => None,
    }
}

fn person(view: View<'_>, id: PrincipalId) -> Person {
    Person {
        name: view.name_of(id).map_or_else(|| id.to_string(), str::to_owned),
        sign_in: view.user_principal_name_of(id).map(str::to_owned),
        is_group: view.principal(id).is_some_and(|it| it.kind() == PrincipalKind::Group),
    }
}

fn role(view: View<'_>, id: RoleDefinitionId) -> String {
    view.role(id).map_or_else(|| id.to_string(), |role| role.display_name.clone())
}

/// What is held, as people call it.
fn right(view: View<'_>, privilege: Privilege) -> String {
    match privilege {
        Privilege::DirectoryRole { role: id, .. } => role(view, id),
        Privilege::Group { access: GroupAccess::Member, .. } => "Member".to_owned(),
        Privilege::Group { access: GroupAccess::Owner, .. } => "Owner".to_owned(),
        Privilege::AzureRole { role, .. } => {
            view.azure_role(role).map_or_else(|| role.to_string(), |it| it.role_name.clone())
        }
    }
}

/// `the Global Reader role`, `the Reader role at Production`, or `membership of the group Help desk`.
fn held(view: View<'_>, privilege: Privilege) -> String {
    let of = |what, group| {
        let name = view.name_of(group).map_or_else(|| group.to_string(), str::to_owned);
        format!("{what} of the group {name}")
    };
    match privilege {
        Privilege::DirectoryRole { .. } => format!("the {} role", right(view, privilege)),
        Privilege::AzureRole { scope, .. } => {
            let place = view.azure_scope(scope).map_or_else(|| scope.to_string(), |it| it.display_name.clone());
            format!("the {} role at {place}", right(view, privilege))
        }
        Privilege::Group { group, access: GroupAccess::Member } => of("membership", group),
        Privilege::Group { group, access: GroupAccess::Owner } => of("ownership", group),
    }
}

fn scope(view: View<'_>, privilege: Privilege) -> String {
    let scope = match privilege {
        Privilege::DirectoryRole { scope, .. } => scope,
        Privilege::Group { group, .. } => {
            let name = view.name_of(group).map_or_else(|| group.to_string(), str::to_owned);
            return format!("Group {name}");
        }
        Privilege::AzureRole { scope, .. } => {
            let named = |it: &AzureScope| format!("{} ({})", it.display_name, it.path);
            return view.azure_scope(scope).map_or_else(|| scope.to_string(), named);
        }
    };
    match scope {
        DirectoryScope::Tenant => "Directory".to_owned(),
        DirectoryScope::AdministrativeUnit(id) => match view.administrative_unit(id) {
            Some(unit) => format!("Administrative unit {}", unit.display_name),
            None => format!("Administrative unit {id}"),
        },
        DirectoryScope::Object(id) => {
            let application = view.applications().find(|it| it.id.0 == id.0).map(|it| it.display_name.as_str());
            application.or_else(|| view.name_of(id)).map_or_else(|| id.to_string(), str::to_owned)
        }
    }
}
