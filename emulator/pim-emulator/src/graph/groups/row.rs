//! A group as Graph shows it.

use crate::graph::collection::Indexed;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Json, Word};
use crate::graph::relations::write_relation;
use crate::graph::security_identifier::security_identifier;
use crate::graph::users::proxy_addresses;
use pim_core::View;
use pim_core::model::{Group, GroupDetails, GroupType};
use pim_core::time::Instant;
use pim_odata::{Complex, Kind, Member};
use std::ops::Deref;

/// A group with everything around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupRow<'v> {
    view: View<'v>,
    group: &'v Group,
    /// When it was deleted.
    deleted: Option<Instant>,
}

impl<'v> GroupRow<'v> {
    /// The row of a group that is there.
    pub(crate) const fn of(view: View<'v>, group: &'v Group) -> Self {
        Self { view, group, deleted: None }
    }

    /// The row of one that was deleted.
    pub(crate) const fn deleted(view: View<'v>, group: &'v Group, at: Instant) -> Self {
        Self { view, group, deleted: Some(at) }
    }

    /// Something that is known of few groups.
    fn detail<T>(&self, read: impl FnOnce(&'v GroupDetails) -> Option<T>) -> Option<T> {
        self.group.details.as_deref().and_then(read)
    }

    fn texts(&self, read: impl FnOnce(&'v GroupDetails) -> &'v Vec<String>) -> Vec<&'v str> {
        self.group.details.as_deref().map(read).into_iter().flatten().map(String::as_str).collect()
    }

    /// The mail address: a Microsoft 365 group has one below the domain of the tenant.
    fn mail(&self) -> Option<String> {
        let domain = self.view.tenant().map_or("", |tenant| tenant.domain.as_str());
        (self.group.group_type == GroupType::Microsoft365).then(|| format!("{}@{domain}", self.group.mail_nickname))
    }
}

impl Deref for GroupRow<'_> {
    type Target = Group;

    fn deref(&self) -> &Group {
        self.group
    }
}

/// What `assignedLicenses/any(…)` may ask about.
const LICENSE: Complex =
    Complex { name: "microsoft.graph.assignedLicense", members: &[Member { name: "skuId", kind: Kind::String }] };

/// What the directory can be asked about groups by whoever has not said that the answer may lag.
pub(crate) const INDEXED: Indexed = Indexed {
    filterable: &[
        "assignedLicenses",
        "createdDateTime",
        "displayName",
        "groupTypes",
        "id",
        "isAssignableToRole",
        "mail",
        "mailEnabled",
        "mailNickname",
        "onPremisesLastSyncDateTime",
        "onPremisesSamAccountName",
        "onPremisesSecurityIdentifier",
        "onPremisesSyncEnabled",
        "proxyAddresses",
        "resourceProvisioningOptions",
        "securityEnabled",
        "securityIdentifier",
        "uniqueName",
        "visibility",
    ],
    orderable: &["displayName"],
    searchable: &["description", "displayName", "mail", "mailNickname"],
};

crate::entity! {
    /// A group.
    GroupResource(GroupRow<'r>) = "group" {
        "id": string = |it| it.id.0;
        "deletedDateTime": instant = |it| it.deleted;
        "classification": string = |it| it.detail(|of| of.classification.as_deref());
        "createdDateTime": instant = |it| it.created;
        "creationOptions": texts = |it| it.texts(|of| &of.creation_options);
        "description": string = |it| it.description.as_deref();
        "displayName": string = |it| it.display_name.as_str();
        "expirationDateTime": instant = |_it| None::<Instant>;
        "groupTypes": texts = |it| group_types(it);
        "isAssignableToRole": boolean = |it| it.is_assignable_to_role.then_some(true);
        "mail": string = |it| it.mail();
        "mailEnabled": boolean = |it| it.group_type == GroupType::Microsoft365;
        "mailNickname": string = |it| it.mail_nickname.as_str();
        "membershipRule": string = |it| it.membership_rule.as_deref();
        "membershipRuleProcessingState": string = |it| processing_state(it);
        "onPremisesDomainName": string = |_it| None::<Word>;
        "onPremisesLastSyncDateTime": instant = |_it| None::<Instant>;
        "onPremisesNetBiosName": string = |_it| None::<Word>;
        "onPremisesProvisioningErrors": opaque = |_it| Vec::<Word>::new();
        "onPremisesSamAccountName": string = |_it| None::<Word>;
        "onPremisesSecurityIdentifier": string = |_it| None::<Word>;
        "onPremisesSyncEnabled": boolean = |it| it.on_premises_synced.then_some(true);
        "preferredDataLocation": string = |it| it.detail(|of| of.preferred_data_location.as_deref());
        "preferredLanguage": string = |it| it.detail(|of| of.preferred_language.as_deref());
        "proxyAddresses": texts = |it| proxy_addresses(it.mail().as_deref());
        "renewedDateTime": instant = |it| it.detail(|of| of.renewed).unwrap_or(it.created);
        "resourceBehaviorOptions": texts = |it| it.texts(|of| &of.resource_behavior_options);
        "resourceProvisioningOptions": texts = |it| it.texts(|of| &of.resource_provisioning_options);
        "securityEnabled": boolean = |it| it.is_security_enabled();
        "securityIdentifier": string = |it| security_identifier(it.id.0);
        "serviceProvisioningErrors": opaque = |_it| Vec::<Word>::new();
        "theme": string = |it| it.detail(|of| of.theme.as_deref());
        "uniqueName": string = |it| it.detail(|of| of.unique_name.as_deref());
        "visibility": string = |it| it.visibility().map(|visibility| Word(visibility.name()));
        "assignedLabels": opaque [on_select] = |_it| Vec::<Word>::new();
        "assignedLicenses": each(LICENSE) [on_select] = |_it| Vec::<Word>::new();
        "hasMembersWithLicenseErrors": boolean [on_select] = |_it| None::<bool>;
        "isManagementRestricted": boolean [on_select] = |_it| None::<bool>;
        "licenseProcessingState": opaque [on_select] = |_it| None::<Word>;
    }
    navigations ["members", "transitiveMembers", "owners", "memberOf", "transitiveMemberOf"]
}

/// What Graph derives from the sort of a group and its rule.
fn group_types(group: &Group) -> Vec<Word> {
    let unified = (group.group_type == GroupType::Microsoft365).then_some(Word("Unified"));
    unified.into_iter().chain(group.membership_rule.as_ref().map(|_| Word("DynamicMembership"))).collect()
}

fn processing_state(row: &GroupRow<'_>) -> Option<Word> {
    let is_paused = row.group.details.as_ref().is_some_and(|details| details.is_rule_paused);
    row.group.membership_rule.as_ref().map(|_| Word(if is_paused { "Paused" } else { "On" }))
}

impl Related for GroupRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        write_relation(self.view, self.group.id, navigation, json);
    }
}
