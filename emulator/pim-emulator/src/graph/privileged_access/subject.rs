//! Whoever holds something, as the older routes show them.

use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Json, Word};
use pim_core::model::Principal;

crate::entity! {
    /// A user, a group or a service principal.
    GovernanceSubject(&'r Principal) = "governanceSubject" {
        "id": string = |it| it.id().0;
        "type": string = |it| Word(type_name(it));
        "displayName": string = |it| it.display_name();
        "principalName": string = |it| principal_name(it);
        "email": string = |it| email(it);
    }
    navigations []
}

impl Related for &Principal {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

const fn type_name(principal: &Principal) -> &'static str {
    match principal {
        Principal::User(_) => "User",
        Principal::Group(_) => "Group",
        Principal::ServicePrincipal(_) => "ServicePrincipal",
    }
}

fn principal_name(principal: &Principal) -> &str {
    match principal {
        Principal::User(user) => &user.user_principal_name,
        Principal::Group(_) | Principal::ServicePrincipal(_) => "",
    }
}

fn email(principal: &Principal) -> &str {
    match principal {
        Principal::User(user) => user.mail.as_deref().unwrap_or_default(),
        Principal::Group(_) | Principal::ServicePrincipal(_) => "",
    }
}
