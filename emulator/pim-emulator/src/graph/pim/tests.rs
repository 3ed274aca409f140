//! The writers of the types that carry nearly all bytes, held against `serde_json`.

use super::Held;
use super::request_row::{Occasion, RequestRow};
use super::schedule_row::ScheduleRow;
use crate::graph::Version;
use crate::graph::identity_governance::privileged_access::group::{
    Relation, assignment_schedule_instances as group_assignment_schedule_instances,
    assignment_schedule_requests as group_assignment_schedule_requests,
    eligibility_schedule_requests as group_eligibility_schedule_requests,
};
use crate::graph::json::{Json, Resource, Shown, Whole};
use crate::graph::role_management::directory::{
    Role, role_assignment_schedule_instances, role_assignment_schedule_requests, role_eligibility_schedule_requests,
};
use pim_core::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentKind, CreatedBy, DirectoryScope, GroupAccess, Privilege,
    RequestStatus, Schedule, ScheduleKind, SchedulePhase, ScheduleRequest, TicketInfo, Window, built_in_roles,
};
use pim_core::time::{Instant, Length};
use pim_core::{Pim, PrincipalId, RequestId, ScheduleId};
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use uuid::Uuid;

fn same<E: Resource>(row: &E::Row<'_>) {
    let shown = Shown::of::<E>(None, Version::Beta).unwrap();
    let mut json = Json::default();
    json.open();
    E::write(row, &shown, &mut json);
    json.close();
    let written = String::from_utf8(json.into_bytes()).unwrap();
    let by_serde: serde_json::Value = serde_json::to_value(Whole::<E>(row)).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), by_serde, "{}", E::TYPE);
    assert_eq!(written, serde_json::to_string(&Whole::<E>(row)).unwrap(), "{}", E::TYPE);
}

fn uuid() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn instant() -> impl Strategy<Value = Instant> {
    (Instant::FIRST.milliseconds()..Instant::LAST.milliseconds()).prop_map(Instant::from_milliseconds)
}

fn role() -> impl Strategy<Value = Privilege> {
    let scope = prop_oneof![
        Just(DirectoryScope::Tenant),
        uuid().prop_map(|id| DirectoryScope::AdministrativeUnit(pim_core::AdministrativeUnitId(id))),
        uuid().prop_map(|id| DirectoryScope::Object(PrincipalId(id))),
    ];
    (0..built_in_roles().len(), scope)
        .prop_map(|(role, scope)| Privilege::DirectoryRole { role: built_in_roles()[role].id, scope })
}

fn relation() -> impl Strategy<Value = Privilege> {
    (uuid(), 0..GroupAccess::ALL.len())
        .prop_map(|(group, access)| Privilege::Group { group: PrincipalId(group), access: GroupAccess::ALL[access] })
}

fn schedule(privilege: impl Strategy<Value = Privilege>) -> impl Strategy<Value = Schedule> {
    let kind = prop_oneof![
        Just(ScheduleKind::Eligibility),
        Just(ScheduleKind::Assigned),
        Just(ScheduleKind::AssignedOutside),
        Just(ScheduleKind::Activated),
    ];
    (uuid(), uuid(), privilege, kind, instant(), option::of(instant()), option::of(instant())).prop_map(
        |(id, principal, privilege, kind, start, end, modified)| Schedule {
            id: ScheduleId(id),
            principal: PrincipalId(principal),
            privilege,
            kind,
            phase: SchedulePhase::Open,
            window: Window { start, end },
            created: start,
            modified,
            activated_using: None,
            details: None,
        },
    )
}

fn request(privilege: impl Strategy<Value = Privilege>) -> impl Strategy<Value = ScheduleRequest> {
    let expiration = prop_oneof![
        Just(AskedExpiration::NotSpecified),
        Just(AskedExpiration::NoExpiration),
        instant().prop_map(AskedExpiration::AfterDateTime),
        (0..10_000_000_000i64).prop_map(|it| AskedExpiration::AfterDuration(Length::from_milliseconds(it))),
    ];
    let asked =
        option::of((option::of(instant()), expiration).prop_map(|(start, it)| AskedSchedule { start, expiration: it }));
    let by = prop_oneof![
        uuid().prop_map(|id| CreatedBy::User(PrincipalId(id))),
        uuid().prop_map(|id| CreatedBy::Application(PrincipalId(id))),
        Just(CreatedBy::SetUp),
    ];
    let words = (0..Action::ALL.len(), 0..RequestStatus::ALL.len());
    let texts = (option::of(any::<String>()), option::of(any::<String>()), option::of(any::<String>()));
    (uuid(), words, privilege, asked, by, texts, option::of(instant()), option::of(uuid())).prop_map(
        |(id, (action, status), privilege, asked, created_by, (justification, number, system), completed, target)| {
            ScheduleRequest {
                details: None,
                id: RequestId(id),
                side: AssignmentKind::Assignment,
                action: Action::ALL[action],
                principal: PrincipalId(id),
                privilege,
                status: RequestStatus::ALL[status],
                created: Instant::from_milliseconds(0),
                completed,
                created_by,
                asked,
                target_schedule: target.map(ScheduleId),
                justification,
                ticket: TicketInfo { number, system },
            }
        },
    )
}

fn row<H: Held>(schedule: Schedule, check: impl Fn(&ScheduleRow<'_, H>)) {
    let pim = Pim::new(Instant::from_milliseconds(0));
    check(&ScheduleRow::new(pim.view(pim.now()), schedule).expect("of that family"));
}

fn request_row<H: Held>(request: ScheduleRequest, occasion: Occasion, check: impl Fn(&RequestRow<'_, H>)) {
    let pim = Pim::new(Instant::from_milliseconds(0));
    check(&RequestRow::new(pim.view(pim.now()), request, occasion).expect("of that family"));
}

fn occasion() -> impl Strategy<Value = Occasion> {
    prop_oneof![Just(Occasion::Validation), Just(Occasion::FirstAnswer), Just(Occasion::Reading)]
}

proptest! {
    #[test]
    fn schedules_and_instances_are_written_as_serde_json_writes_them(
        of_role in schedule(role()),
        of_group in schedule(relation()),
    ) {
        row::<Role>(of_role, |row| {
            same::<<Role as Held>::AssignmentSchedule>(row);
            same::<<Role as Held>::EligibilitySchedule>(row);
            same::<<Role as Held>::EligibilityInstance>(row);
            same::<role_assignment_schedule_instances::RoleAssignmentScheduleInstance>(row);
        });
        row::<Relation>(of_group, |row| {
            same::<<Relation as Held>::AssignmentSchedule>(row);
            same::<<Relation as Held>::EligibilitySchedule>(row);
            same::<<Relation as Held>::EligibilityInstance>(row);
            same::<group_assignment_schedule_instances::GroupAssignmentScheduleInstance>(row);
        });
    }

    #[test]
    fn requests_are_written_as_serde_json_writes_them(
        of_role in request(role()),
        of_group in request(relation()),
        occasion in occasion(),
    ) {
        request_row::<Role>(of_role, occasion, |row| {
            same::<role_assignment_schedule_requests::RoleAssignmentScheduleRequest>(row);
            same::<role_eligibility_schedule_requests::RoleEligibilityScheduleRequest>(row);
        });
        request_row::<Relation>(of_group, occasion, |row| {
            same::<group_assignment_schedule_requests::GroupAssignmentScheduleRequest>(row);
            same::<group_eligibility_schedule_requests::GroupEligibilityScheduleRequest>(row);
        });
    }
}
