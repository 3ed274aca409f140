//! What the surfaces implement of the rules. The machine's files say so themselves; each file named here cites its rules in
//! comments or messages, which a test checks.

use pim_core::rules::Implements;

/// Every file of the emulator that implements a rule.
pub const IMPLEMENTED: &[Implements] = &[
    file("emulator/pim-emulator/src/app/mail/mod.rs", &["NOT-1", "NOT-23", "NOT-24"]),
    file("emulator/pim-emulator/src/graph/error.rs", &["ERR-32", "REQ-41"]),
    file("emulator/pim-emulator/src/graph/permission.rs", &["AUT-21"]),
    file(
        "emulator/pim-emulator/src/graph/role_management/directory/ask.rs",
        &["MOD-17", "MOD-18", "MOD-23", "REQ-1", "REQ-5", "REQ-6", "REQ-7", "REQ-8", "REQ-9", "REQ-41", "SCO-1"],
    ),
    file("emulator/pim-emulator/src/graph/role_management/directory/complex.rs", &["ASG-15", "MOD-17"]),
    file(
        "emulator/pim-emulator/src/graph/role_management/directory/reading.rs",
        &["AUT-2", "AUT-4", "LIC-9", "PRI-9", "REQ-27"],
    ),
    file("emulator/pim-emulator/src/graph/role_management/directory/request_row.rs", &["MOD-20", "REQ-13"]),
    file("emulator/pim-emulator/src/graph/role_management/directory/requests.rs", &["REQ-26"]),
    file("emulator/pim-emulator/src/graph/role_management/directory/role_assignments.rs", &["MOD-8", "MOD-11"]),
    file("emulator/pim-emulator/src/graph/role_management/directory/role_definitions.rs", &["MOD-22"]),
    file("emulator/pim-emulator/src/graph/role_management/directory/schedule_row.rs", &["ACT-24", "MOD-11", "PRI-9"]),
];

const fn file(file: &'static str, rules: &'static [&'static str]) -> Implements {
    Implements { file, rules }
}
