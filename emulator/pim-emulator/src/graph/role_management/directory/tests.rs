//! The writers of the six types that carry nearly all bytes, held against `serde_json`.

use super::request_row::RequestRow;
use super::schedule_row::ScheduleRow;
use super::{
    RoleAssignmentSchedule, RoleEligibilitySchedule, RoleEligibilityScheduleInstance,
    role_assignment_schedule_instances, role_assignment_schedule_requests, role_eligibility_schedule_requests,
};
use crate::graph::Version;
use crate::graph::json::{Json, Resource, Shown, Whole};
use pim_core::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentKind, CreatedBy, DirectoryScope, Privilege, RequestStatus,
    Schedule, ScheduleKind, SchedulePhase, ScheduleRequest, TicketInfo, Window, built_in_roles,
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

fn privilege() -> impl Strategy<Value = Privilege> {
    let scope = prop_oneof![
        Just(DirectoryScope::Tenant),
        uuid().prop_map(|id| DirectoryScope::AdministrativeUnit(pim_core::AdministrativeUnitId(id))),
        uuid().prop_map(|id| DirectoryScope::Object(PrincipalId(id))),
    ];
    (0..built_in_roles().len(), scope)
        .prop_map(|(role, scope)| Privilege::DirectoryRole { role: built_in_roles()[role].id, scope })
}

fn schedule() -> impl Strategy<Value = Schedule> {
    let kind = prop_oneof![
        Just(ScheduleKind::Eligibility),
        Just(ScheduleKind::Assigned),
        Just(ScheduleKind::AssignedOutside),
        Just(ScheduleKind::Activated),
    ];
    (uuid(), uuid(), privilege(), kind, instant(), option::of(instant()), option::of(instant())).prop_map(
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
        },
    )
}

fn request() -> impl Strategy<Value = ScheduleRequest> {
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
    (uuid(), words, privilege(), asked, by, texts, option::of(instant()), option::of(uuid())).prop_map(
        |(id, (action, status), privilege, asked, created_by, (justification, number, system), completed, target)| {
            ScheduleRequest {
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

proptest! {
    #[test]
    fn schedules_and_instances_are_written_as_serde_json_writes_them(schedule in schedule()) {
        let pim = Pim::new(Instant::from_milliseconds(0));
        let row = ScheduleRow::new(pim.view(pim.now()), schedule).expect("a role");
        same::<RoleAssignmentSchedule>(&row);
        same::<RoleEligibilitySchedule>(&row);
        same::<role_assignment_schedule_instances::RoleAssignmentScheduleInstance>(&row);
        same::<RoleEligibilityScheduleInstance>(&row);
    }

    #[test]
    fn requests_are_written_as_serde_json_writes_them(request in request(), is_validation_only: bool) {
        let pim = Pim::new(Instant::from_milliseconds(0));
        let row = RequestRow::new(pim.view(pim.now()), request, is_validation_only).expect("a role");
        same::<role_assignment_schedule_requests::RoleAssignmentScheduleRequest>(&row);
        same::<role_eligibility_schedule_requests::RoleEligibilityScheduleRequest>(&row);
    }
}
