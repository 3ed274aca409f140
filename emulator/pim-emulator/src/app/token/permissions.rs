//! The permissions of Microsoft Graph that the emulator knows by name: the one list of them.
//!
//! The ids are the same in every tenant: a delegated permission has one as a scope, an application permission another as an
//! app role. A client may ask for names that are not in here and gets them; they open nothing that the emulator serves.

use uuid::Uuid;

/// A permission of Microsoft Graph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Permission {
    /// Its name, as in `scp` and `roles`.
    pub name: &'static str,
    /// The id of the scope; `None` when it cannot be delegated.
    pub delegated: Option<&'static str>,
    /// The id of the app role; `None` when applications cannot have it.
    pub application: Option<&'static str>,
}

/// All of them, in alphabetical order.
pub const PERMISSIONS: &[Permission] = &[
    of(
        "AccessReview.Read.All",
        Some("ebfcd32b-babb-40f4-a14b-42706e83bd28"),
        Some("d07a8cc0-3d51-4b77-b3b0-32704d1f69fa"),
    ),
    of(
        "AccessReview.ReadWrite.All",
        Some("e4aa47b9-9a69-4109-82ed-36ec70d85ff1"),
        Some("ef5f7d5c-338f-44b0-86c3-351f46c8bb5f"),
    ),
    of(
        "AccessReview.ReadWrite.Membership",
        Some("5af8c3f5-baca-439a-97b0-ea58a435e269"),
        Some("18228521-a591-40f1-b215-5fad4488c117"),
    ),
    of(
        "AdministrativeUnit.Read.All",
        Some("3361d15d-be43-4de6-b441-3c746d05163d"),
        Some("134fd756-38ce-4afd-ba33-e9623dbe66c2"),
    ),
    of(
        "AdministrativeUnit.ReadWrite.All",
        Some("7b8a2d34-6b3f-4542-a343-54651608ad81"),
        Some("5eb59dd3-1da2-4329-8733-9dabdc435916"),
    ),
    of(
        "Application.Read.All",
        Some("c79f8feb-a9db-4090-85f9-90d820caa0eb"),
        Some("9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30"),
    ),
    of(
        "Application.ReadWrite.All",
        Some("bdfbf15f-ee85-4955-8675-146e8e5296b5"),
        Some("1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9"),
    ),
    of("Application.ReadWrite.OwnedBy", None, Some("18a4783c-866b-4cc7-a460-3d5e5662c884")),
    of(
        "AppRoleAssignment.ReadWrite.All",
        Some("84bccea3-f856-4a8a-967b-dbe0a3d53a64"),
        Some("06b708a9-e830-4db3-a914-8e69da51d44f"),
    ),
    of("AuditLog.Read.All", Some("e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20"), Some("b0afded3-3588-46d8-8b3d-9842eff778da")),
    of(
        "AuthenticationContext.Read.All",
        Some("57b030f1-8c35-469c-b0d9-e4a077debe70"),
        Some("381f742f-e1f8-4309-b4ab-e3d91ae4c5c1"),
    ),
    of(
        "AuthenticationContext.ReadWrite.All",
        Some("ba6d575a-1344-4516-b777-1404f5593057"),
        Some("a88eef72-fed0-4bf7-a2a9-f19df33f8b83"),
    ),
    of(
        "DelegatedPermissionGrant.Read.All",
        Some("a197cdc4-a8e8-4d49-9d35-4ca7c83887b4"),
        Some("81b4724a-58aa-41c1-8a55-84ef97466587"),
    ),
    of(
        "DelegatedPermissionGrant.ReadWrite.All",
        Some("41ce6ca6-6826-4807-84f1-1c82854f7ee5"),
        Some("8e8e4742-1d95-4f68-9d56-6ee75648c72a"),
    ),
    of("Directory.AccessAsUser.All", Some("0e263e50-5827-48a4-b97c-d940288653c7"), None),
    of(
        "Directory.Read.All",
        Some("06da0dbc-49e2-44d2-8312-53f166ab848a"),
        Some("7ab1d382-f21e-4acd-a863-ba3e13f7da61"),
    ),
    of(
        "Directory.ReadWrite.All",
        Some("c5366453-9fb0-48a5-a156-24f0c49a4b84"),
        Some("19dbc75e-c2e2-444c-a770-ec69d8559fc7"),
    ),
    of("Domain.Read.All", Some("2f9ee017-59c1-4f1d-9472-bd5529a7b311"), Some("dbb9058a-0e50-45d7-ae91-66909b5d4664")),
    of("email", Some("64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0"), None),
    of("Group.Read.All", Some("5f8c59db-677d-491f-a6b8-5f174b11ec1d"), Some("5b567255-7703-4780-807c-7be8301ae99b")),
    of(
        "Group.ReadWrite.All",
        Some("4e46008b-f24c-477d-8fff-7bb4ec7aafe0"),
        Some("62a82d76-70ea-41e2-9197-370581804d09"),
    ),
    of(
        "GroupMember.Read.All",
        Some("bc024368-1153-4739-b217-4326f2e966d0"),
        Some("98830695-27a2-44f7-8c18-0c3ebc9698f6"),
    ),
    of(
        "GroupMember.ReadWrite.All",
        Some("f81125ac-d3b7-4573-a3b2-7099cc39df9e"),
        Some("dbaae8cf-10b5-4b86-a4a1-f871c94c6695"),
    ),
    of("offline_access", Some("7427e0e9-2fba-42fe-b0c0-848c9e6a8182"), None),
    of("openid", Some("37f7f235-527c-4136-accd-4a02d197296e"), None),
    of(
        "Organization.Read.All",
        Some("4908d5b9-3fb2-4b1e-9336-1888b7937185"),
        Some("498476ce-e0fe-48b0-b801-37ba7e2685c6"),
    ),
    of("Policy.Read.All", Some("572fea84-0151-49b2-9301-11cb16974376"), Some("246dd0d5-5bd0-4def-940b-0421030a5b68")),
    of(
        "Policy.Read.ConditionalAccess",
        Some("633e0fce-8c58-4cfb-9495-12bbd5a24f7c"),
        Some("37730810-e9ba-4e46-b07e-8ca78d182097"),
    ),
    of(
        "Policy.ReadWrite.ConditionalAccess",
        Some("ad902697-1014-4ef5-81ef-2b4301988e8c"),
        Some("01c0a623-fc9b-48e9-b794-0756f8e8f067"),
    ),
    of(
        "PrivilegedAccess.Read.AzureAD",
        Some("b3a539c9-59cb-4ad5-825a-041ddbdc2bdb"),
        Some("4cdc2547-9148-4295-8d11-be0db1391d6b"),
    ),
    of(
        "PrivilegedAccess.Read.AzureADGroup",
        Some("d329c81c-20ad-4772-abf9-3f6fdb7e5988"),
        Some("01e37dc9-c035-40bd-b438-b2879c4870a6"),
    ),
    of(
        "PrivilegedAccess.ReadWrite.AzureAD",
        Some("3c3c74f5-cdaa-4a97-b7e0-4e788bfcfb37"),
        Some("854d9ab1-6657-4ec8-be45-823027bcd009"),
    ),
    of(
        "PrivilegedAccess.ReadWrite.AzureADGroup",
        Some("32531c59-1f32-461f-b8df-6f8a3b89f73b"),
        Some("2f6817f8-7b12-4f0f-bc18-eeaf60705a9e"),
    ),
    of(
        "PrivilegedAssignmentSchedule.Read.AzureADGroup",
        Some("02a32cc4-7ab5-4b58-879a-0586e0f7c495"),
        Some("cd4161cb-f098-48f8-a884-1eda9a42434c"),
    ),
    of(
        "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
        Some("06dbc45d-6708-4ef0-a797-f797ee68bf4b"),
        Some("41202f2c-f7ab-45be-b001-85c9728b9d69"),
    ),
    of(
        "PrivilegedAssignmentSchedule.Remove.AzureADGroup",
        Some("ca5fe595-68ff-4dfd-907d-4509501a0e49"),
        Some("55d1104b-3821-413d-b3ca-e2393d333cd3"),
    ),
    of(
        "PrivilegedEligibilitySchedule.Read.AzureADGroup",
        Some("8f44f93d-ecef-46ae-a9bf-338508d44d6b"),
        Some("edb419d6-7edc-42a3-9345-509bfdf5d87c"),
    ),
    of(
        "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
        Some("ba974594-d163-484e-ba39-c330d5897667"),
        Some("618b6020-bca8-4de6-99f6-ef445fa4d857"),
    ),
    of(
        "PrivilegedEligibilitySchedule.Remove.AzureADGroup",
        Some("c5ea9ab4-9b41-4c09-a400-53e652fb5096"),
        Some("55745561-7572-4314-a737-a2c2a1b0dd2e"),
    ),
    of("profile", Some("14dad69e-099b-42c9-810b-d002981feec1"), None),
    of(
        "RoleAssignmentSchedule.Read.Directory",
        Some("344a729c-0285-42c6-9014-f12b9b8d6129"),
        Some("d5fe8ce8-684c-4c83-a52c-46e882ce4be1"),
    ),
    of(
        "RoleAssignmentSchedule.ReadWrite.Directory",
        Some("8c026be3-8e26-4774-9372-8d5d6f21daff"),
        Some("dd199f4a-f148-40a4-a2ec-f0069cc799ec"),
    ),
    of(
        "RoleAssignmentSchedule.Remove.Directory",
        Some("f71cd05c-3fdb-4568-aef2-e1cf62ee20d4"),
        Some("d3495511-98b7-4df3-b317-4e35c19f6129"),
    ),
    of(
        "RoleEligibilitySchedule.Read.Directory",
        Some("eb0788c2-6d4e-4658-8c9e-c0fb8053f03d"),
        Some("ff278e11-4a33-4d0c-83d2-d01dc58929a5"),
    ),
    of(
        "RoleEligibilitySchedule.ReadWrite.Directory",
        Some("62ade113-f8e0-4bf9-a6ba-5acb31db32fd"),
        Some("fee28b28-e1f3-4841-818e-2704dc62245f"),
    ),
    of(
        "RoleEligibilitySchedule.Remove.Directory",
        Some("58ac4fa2-b484-4d6e-ba97-beee2a574220"),
        Some("79c7e69c-0d9f-4eff-97a8-49170a5a08ba"),
    ),
    of(
        "RoleManagement.Read.All",
        Some("48fec646-b2ba-4019-8681-8eb31435aded"),
        Some("c7fbd983-d9aa-4fa7-84b8-17382c103bc4"),
    ),
    of(
        "RoleManagement.Read.Directory",
        Some("741c54c3-0c1e-44a1-818b-3f97ab4e8c83"),
        Some("483bed4a-2ad3-4361-a73b-c83ccdbdc53c"),
    ),
    of(
        "RoleManagement.ReadWrite.Directory",
        Some("d01b97e9-cbc0-49fe-810a-750afd5527a3"),
        Some("9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8"),
    ),
    of(
        "RoleManagementAlert.Read.Directory",
        Some("cce71173-f76d-446e-97ff-efb2d82e11b1"),
        Some("ef31918f-2d50-4755-8943-b8638c0a077e"),
    ),
    of(
        "RoleManagementAlert.ReadWrite.Directory",
        Some("435644c6-a5b1-40bf-8f52-fe8e5b53e19c"),
        Some("11059518-d6a6-4851-98ed-509268489c4a"),
    ),
    of(
        "RoleManagementPolicy.Read.AzureADGroup",
        Some("7e26fdff-9cb1-4e56-bede-211fe0e420e8"),
        Some("69e67828-780e-47fd-b28c-7b27d14864e6"),
    ),
    of(
        "RoleManagementPolicy.Read.Directory",
        Some("3de2cdbe-0ff5-47d5-bdee-7f45b4749ead"),
        Some("fdc4c997-9942-4479-bfcb-75a36d1138df"),
    ),
    of(
        "RoleManagementPolicy.ReadWrite.AzureADGroup",
        Some("0da165c7-3f15-4236-b733-c0b0f6abe41d"),
        Some("b38dcc4d-a239-4ed6-aa84-6c65b284f97c"),
    ),
    of(
        "RoleManagementPolicy.ReadWrite.Directory",
        Some("1ff1be21-34eb-448c-9ac9-ce1f506b2a68"),
        Some("31e08e0a-d3f7-4ca2-ac39-7343fb83e8ad"),
    ),
    of("User.Read", Some("e1fe6dd8-ba31-4d61-89e7-88639da4683d"), None),
    of("User.Read.All", Some("a154be20-db9c-4678-8ab7-66f6cc099a59"), Some("df021288-bdef-4463-88db-98f22de89214")),
    of(
        "User.ReadBasic.All",
        Some("b340eb25-3456-403f-be2f-af7a0d370277"),
        Some("97235f07-e226-4f63-ace3-39588e11d3a1"),
    ),
    of("User.ReadWrite", Some("b4e74841-8e56-480b-be8b-910348b18b4c"), None),
    of(
        "User.ReadWrite.All",
        Some("204e0828-b5ca-4ad8-b9f3-f32a958e7cc4"),
        Some("741f803b-c850-494e-b5df-cde7c675a1ca"),
    ),
];

const fn of(name: &'static str, delegated: Option<&'static str>, application: Option<&'static str>) -> Permission {
    Permission { name, delegated, application }
}

/// The id of an application permission.
#[must_use]
pub fn app_role(name: &str) -> Option<Uuid> {
    let permission = PERMISSIONS.iter().find(|permission| permission.name == name)?;
    Uuid::try_parse(permission.application?).ok()
}

/// The scopes that concern sign-in and not a resource; answers list them bare.
pub const SIGN_IN_SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// Every permission of a resource that can be delegated, without those of sign-in: what `.default` gives a user.
pub fn delegated() -> impl Iterator<Item = &'static str> {
    PERMISSIONS
        .iter()
        .filter(|permission| permission.delegated.is_some() && !SIGN_IN_SCOPES.contains(&permission.name))
        .map(|permission| permission.name)
}
