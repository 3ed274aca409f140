//! Who may read the log.

use super::kit::AUDITS;
use crate::graph::lab::{ALICE, GINA, Lab, RITA};

/// The permission is asked for by name; that of the directory will not do.
#[tokio::test]
async fn the_log_is_read_with_its_own_permission() {
    let lab = Lab::new();
    for path in [AUDITS, "auditLogs/directoryAudits/PIM_1_1"] {
        let refused = lab.with_scopes(RITA, "Directory.Read.All").get(path).await.expect(403);
        assert_eq!(refused.code(), "Authentication_MSGraphPermissionMissing");
        assert!(refused.message().contains("permission(s): AuditLog.Read.All to call this API"), "{refused:?}");
    }
    lab.application().get(AUDITS).await.expect(403);
    lab.application_with(&["AuditLog.Read.All"]).get(AUDITS).await.expect(200);
}

/// A signed-in user also needs a role that reads reports.
#[tokio::test]
async fn a_user_needs_a_reporting_role_too() {
    let lab = Lab::new();
    let scopes = "AuditLog.Read.All Directory.Read.All";
    let refused = lab.with_scopes(ALICE, scopes).get(AUDITS).await.expect(403);
    assert_eq!(refused.code(), "Authentication_RequestFromUnsupportedUserRole");
    assert_eq!(refused.message(), "User is not in the allowed roles");
    for reader in [GINA, RITA] {
        lab.with_scopes(reader, scopes).get(AUDITS).await.expect(200);
        lab.with_scopes(reader, scopes).beta().get(AUDITS).await.expect(200);
    }
}

/// The other logs are named, not denied.
#[tokio::test]
async fn logs_of_other_services_are_not_emulated_and_say_so() {
    let lab = Lab::new();
    let answer = lab.with_scopes(RITA, "AuditLog.Read.All").get("auditLogs/provisioning").await.expect(501);
    assert_eq!(answer.code(), "NotEmulated");
    assert!(answer.message().contains("/auditLogs/provisioning"), "{answer:?}");
}
