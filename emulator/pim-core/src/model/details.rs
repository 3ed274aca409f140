//! What most users and groups do not have: held in one place each, so that the usual one stays small.

use crate::id::PrincipalId;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// Declares what may be known of an object, and the change of it: what is given replaces what was there.
macro_rules! details {
    (
        $(#[$doc:meta])* $name:ident,
        $(#[$change_doc:meta])* $change:ident { $($(#[$member_doc:meta])* $member:ident: $kind:ty,)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name {
            $($(#[$member_doc])* pub $member: $kind,)*
        }

        $(#[$change_doc])*
        #[derive(Clone, PartialEq, Eq, Debug, Default)]
        pub struct $change {
            $($(#[$member_doc])* pub $member: Option<$kind>,)*
        }

        impl $change {
            /// What is known after the change; nothing where nothing is left.
            #[must_use]
            pub fn of(&self, before: Option<Box<$name>>) -> Option<Box<$name>> {
                let mut details = before.unwrap_or_default();
                $(if let Some(new) = &self.$member {
                    details.$member.clone_from(new);
                })*
                (*details != $name::default()).then_some(details)
            }
        }
    };
}

details! {
    /// What is known of few users.
    UserDetails,
    /// What a caller may change of it.
    UserDetailsChange {
        /// Telephone numbers.
        business_phones: Vec<String>,
        /// Mobile telephone number.
        mobile_phone: Option<String>,
        /// Fax number.
        fax_number: Option<String>,
        /// Where in the building.
        office_location: Option<String>,
        /// Language, such as `de-DE`.
        preferred_language: Option<String>,
        /// Where licences are used: a country of two letters.
        usage_location: Option<String>,
        /// The company.
        company_name: Option<String>,
        /// The number that the organization gave.
        employee_id: Option<String>,
        /// What sort of worker.
        employee_type: Option<String>,
        /// When the work began, or will.
        employee_hire_date: Option<Instant>,
        /// Street and number.
        street_address: Option<String>,
        /// City.
        city: Option<String>,
        /// State or province.
        state: Option<String>,
        /// Postal code.
        postal_code: Option<String>,
        /// Country.
        country: Option<String>,
        /// Further mail addresses.
        other_mails: Vec<String>,
        /// Age group: `Minor`, `NotAdult` or `Adult`.
        age_group: Option<String>,
        /// Consent for minors: `Granted`, `Denied` or `NotRequired`.
        consent_provided_for_minor: Option<String>,
        /// Policies of the password, such as `DisablePasswordExpiration`.
        password_policies: Option<String>,
        /// Where data should lie.
        preferred_data_location: Option<String>,
        /// What ties the account to one on-premises.
        on_premises_immutable_id: Option<String>,
        /// Whether the address list shows the user.
        show_in_address_list: Option<bool>,
        /// When the password was last set, if not with the account.
        password_changed: Option<Instant>,
        /// Sessions from before are not valid any more, if not from the beginning.
        sessions_valid_from: Option<Instant>,
    }
}

/// Who sees the content of a Microsoft 365 group and its members.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Visibility {
    /// Everybody; anybody may join.
    Public,
    /// Members; owners let people in.
    Private,
    /// Nobody but members sees who is a member.
    HiddenMembership,
}

impl Visibility {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Public, Self::Private, Self::HiddenMembership];

    /// Its name in Graph.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::Private => "Private",
            Self::HiddenMembership => "HiddenMembership",
        }
    }
}

details! {
    /// What is known of few groups.
    GroupDetails,
    /// What a caller may change of it.
    GroupDetailsChange {
        /// How confidential it is.
        classification: Option<String>,
        /// Who sees it; `None` for what its sort has.
        visibility: Option<Visibility>,
        /// Whether a Microsoft 365 group also controls access, as every security group does.
        security_enabled: bool,
        /// Whether the rule of a dynamic group is left alone for now.
        is_rule_paused: bool,
        /// The colours of a Microsoft 365 group.
        theme: Option<String>,
        /// Language, such as `de-DE`.
        preferred_language: Option<String>,
        /// Where data should lie.
        preferred_data_location: Option<String>,
        /// A name that no other group has.
        unique_name: Option<String>,
        /// Who made it, if somebody who held no role then.
        creator: Option<PrincipalId>,
        /// What a Microsoft 365 group was made with.
        creation_options: Vec<String>,
        /// How a Microsoft 365 group behaves.
        resource_behavior_options: Vec<String>,
        /// What else was made with a Microsoft 365 group, such as `Team`.
        resource_provisioning_options: Vec<String>,
        /// When it was last renewed, if ever.
        renewed: Option<Instant>,
    }
}
