//! What the surfaces implement of the rules. The machine's files say so themselves; each file named here cites its rules in
//! comments or messages, which a test checks.

use pim_core::rules::Implements;

/// Every file of the emulator that implements a rule.
pub const IMPLEMENTED: &[Implements] = &[
    file("emulator/pim-emulator/src/app/sign_ins.rs", &["MFA-10"]),
    file("emulator/pim-emulator/src/arm/alerts/mod.rs", &["ALR-34"]),
    file("emulator/pim-emulator/src/arm/body.rs", &["REQ-41"]),
    file("emulator/pim-emulator/src/arm/role_assignments/body.rs", &["AZR-4", "AZR-14"]),
    file(
        "emulator/pim-emulator/src/arm/error/listed.rs",
        &[
            "ERR-1", "ERR-2", "ERR-3", "ERR-4", "ERR-5", "ERR-6", "ERR-7", "ERR-9", "ERR-10", "ERR-11", "ERR-12",
            "ERR-13", "ERR-14", "ERR-15", "ERR-17", "ERR-19",
        ],
    ),
    file("emulator/pim-emulator/src/arm/error/azure.rs", &["ERR-20", "GA-14"]),
    file("emulator/pim-emulator/src/arm/eligible_child_resources.rs", &["SCO-8", "SCO-10"]),
    file("emulator/pim-emulator/src/arm/front_door/resource_types.rs", &["AZR-12"]),
    file("emulator/pim-emulator/src/arm/pim/held.rs", &["MOD-5", "MOD-6", "MOD-27", "REQ-28", "SCO-10"]),
    file("emulator/pim-emulator/src/arm/pim/people.rs", &["REQ-28"]),
    file(
        "emulator/pim-emulator/src/arm/pim/requests.rs",
        &["APR-34", "AUT-9", "MOD-27", "REQ-3", "REQ-20", "REQ-29", "REQ-61"],
    ),
    file("emulator/pim-emulator/src/arm/policies/approval_body.rs", &["APR-2", "APR-11", "APR-18", "POL-21"]),
    file("emulator/pim-emulator/src/arm/policies/approval_row.rs", &["APR-2", "APR-18"]),
    file("emulator/pim-emulator/src/arm/policies/body.rs", &["MFA-12", "POL-7", "POL-9", "POL-11", "POL-20"]),
    file("emulator/pim-emulator/src/arm/policies/mod.rs", &["POL-14", "POL-18", "SCO-11"]),
    file("emulator/pim-emulator/src/arm/policies/reading.rs", &["AUT-9", "POL-22"]),
    file("emulator/pim-emulator/src/app/token/access_token.rs", &["MFA-1", "MFA-2"]),
    file("emulator/pim-emulator/src/graph/batch/mod.rs", &["LIM-8"]),
    file("emulator/pim-emulator/src/login/consent.rs", &["AUT-20"]),
    file("emulator/pim-emulator/src/graph/error.rs", &["ERR-32", "MFA-8", "REQ-41"]),
    file(
        "emulator/pim-emulator/src/graph/identity/conditional_access/authentication_context_class_references.rs",
        &["POL-9"],
    ),
    file("emulator/pim-emulator/src/graph/identity/conditional_access/mod.rs", &["MFA-5"]),
    file(
        "emulator/pim-emulator/src/app/audit/activity.rs",
        &[
            "AUD-5", "AUD-6", "AUD-7", "AUD-8", "AUD-9", "AUD-10", "AUD-11", "AUD-12", "AUD-13", "AUD-14", "AUD-15",
            "AUD-16", "AUD-17", "AUD-18", "POL-45",
        ],
    ),
    file("emulator/pim-emulator/src/app/audit/access_reviews.rs", &["AUD-28", "REV-44"]),
    file("emulator/pim-emulator/src/app/audit/approvals.rs", &["APR-6", "AUD-24", "AUD-25"]),
    file("emulator/pim-emulator/src/app/audit/mod.rs", &["AUD-3", "AUD-26", "AZR-9", "MON-1", "MON-2"]),
    file("emulator/pim-emulator/src/app/audit/record.rs", &["AUD-1", "AUD-2", "AUD-21"]),
    file("emulator/pim-emulator/src/app/audit/refusals.rs", &["GA-7", "UNC-14"]),
    file("emulator/pim-emulator/src/app/audit/requests.rs", &["AUD-4"]),
    file("emulator/pim-emulator/src/app/audit/teller.rs", &["AUD-22", "AUD-23", "AUD-29"]),
    file("emulator/pim-emulator/src/control/audit.rs", &["AUD-30"]),
    file("emulator/pim-emulator/src/app/mail/mod.rs", &["NOT-1", "NOT-23", "NOT-24"]),
    file(
        "emulator/pim-emulator/src/graph/error/listed.rs",
        &[
            "ERR-1", "ERR-2", "ERR-3", "ERR-4", "ERR-5", "ERR-6", "ERR-7", "ERR-8", "ERR-9", "ERR-10", "ERR-11",
            "ERR-12", "ERR-13", "ERR-14", "ERR-15", "ERR-16", "ERR-18", "ERR-19", "ERR-30", "ERR-31",
        ],
    ),
    file("emulator/pim-emulator/src/graph/limits.rs", &["ERR-21"]),
    file("emulator/pim-emulator/src/graph/permission.rs", &["AUT-19", "AUT-21"]),
    file("emulator/pim-emulator/src/login/users.rs", &["ACT-33"]),
    file("emulator/pim-emulator/src/graph/policies/approval_body.rs", &["APR-2", "APR-11", "APR-18"]),
    file("emulator/pim-emulator/src/graph/policies/approval_settings.rs", &["APR-2", "APR-18"]),
    file("emulator/pim-emulator/src/graph/policies/mod.rs", &["POL-18"]),
    file("emulator/pim-emulator/src/graph/policies/policy_id.rs", &["POL-15", "POL-17"]),
    file("emulator/pim-emulator/src/graph/policies/policy_row.rs", &["GRP-34", "POL-16", "POL-17"]),
    file("emulator/pim-emulator/src/graph/policies/reading.rs", &["AUT-2", "GRP-4", "GRP-5", "GRP-6"]),
    file("emulator/pim-emulator/src/graph/policies/role_management_policies.rs", &["POL-12", "POL-13", "POL-19"]),
    file("emulator/pim-emulator/src/graph/policies/scope.rs", &["POL-12", "POL-13"]),
    file("emulator/pim-emulator/src/graph/policies/rule_body.rs", &["POL-7", "POL-9", "POL-11", "POL-19", "POL-20"]),
    file("emulator/pim-emulator/src/graph/policies/rule_row.rs", &["POL-11"]),
    file("emulator/pim-emulator/src/graph/policies/rules.rs", &["POL-19"]),
    file(
        "emulator/pim-emulator/src/graph/pim/ask.rs",
        &["MOD-17", "MOD-23", "REQ-1", "REQ-5", "REQ-6", "REQ-7", "REQ-8", "REQ-9", "REQ-41"],
    ),
    file("emulator/pim-emulator/src/graph/pim/approvals.rs", &["APR-21", "APR-23"]),
    file("emulator/pim-emulator/src/graph/pim/complex.rs", &["ASG-15", "MOD-17"]),
    file("emulator/pim-emulator/src/graph/pim/reading.rs", &["PRI-9", "REQ-27"]),
    file("emulator/pim-emulator/src/graph/pim/request_row.rs", &["MOD-20", "REQ-12", "REQ-13"]),
    file("emulator/pim-emulator/src/graph/pim/requests.rs", &["REQ-26"]),
    file("emulator/pim-emulator/src/graph/pim/schedule_row.rs", &["ACT-24", "MOD-11", "PRI-9"]),
    file(
        "emulator/pim-emulator/src/graph/identity_governance/privileged_access/group/relation.rs",
        &["AUT-4", "GRP-34"],
    ),
    file("emulator/pim-emulator/src/graph/identity_governance/privileged_access/group/schedule_id.rs", &["MOD-13"]),
    file("emulator/pim-emulator/src/graph/identity_governance/role_management_alerts/alert_id.rs", &["ALR-1"]),
    file(
        "emulator/pim-emulator/src/graph/identity_governance/role_management_alerts/alert_incidents.rs",
        &["ALR-21", "ALR-22"],
    ),
    file("emulator/pim-emulator/src/graph/identity_governance/role_management_alerts/reading.rs", &["AUT-16"]),
    file("emulator/pim-emulator/src/graph/privileged_access/resources.rs", &["GRP-9"]),
    file("emulator/pim-emulator/src/graph/privileged_access/role_assignment_requests.rs", &["EXT-13"]),
    file("emulator/pim-emulator/src/graph/privileged_access/role_assignment_requests/body.rs", &["EXT-7"]),
    file("emulator/pim-emulator/src/graph/privileged_access/role_assignment_requests/status.rs", &["REQ-19"]),
    file("emulator/pim-emulator/src/graph/role_management/directory/reading.rs", &["AUT-2", "AUT-4", "LIC-9"]),
    file("emulator/pim-emulator/src/graph/role_management/directory/role.rs", &["MOD-18", "SCO-1"]),
    file("emulator/pim-emulator/src/graph/role_management/directory/role_assignments.rs", &["MOD-8", "MOD-11"]),
    file("emulator/pim-emulator/src/graph/role_management/directory/role_definitions.rs", &["MOD-22"]),
    file("emulator/pim-emulator/src/graph/service.rs", &["MFA-8", "MFA-10"]),
    file("emulator/pim-emulator/src/login/claims.rs", &["MFA-3"]),
    file(
        "emulator/pim-emulator/src/login/contexts.rs",
        &["MFA-3", "MFA-4", "MFA-5", "MFA-6", "MFA-7", "MFA-10", "MFA-14"],
    ),
    file("emulator/pim-emulator/src/login/grant/mod.rs", &["MFA-10"]),
];

const fn file(file: &'static str, rules: &'static [&'static str]) -> Implements {
    Implements { file, rules }
}
