//! The switches for what the public record leaves open, each with its recommended default.

use crate::id::RoleDefinitionId;
use crate::model::{RequestStatus, roles};
use crate::time::Length;
use serde::{Deserialize, Serialize};

/// What a switch is, for people who list them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Switch {
    /// The name of its field in [`Behaviour`], as written in JSON.
    pub name: &'static str,
    /// The rule that leaves the point open.
    pub rule: &'static str,
    /// What it does.
    pub meaning: &'static str,
}

/// What becomes of a request that nobody decided in time (APR-7).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum TimeOutStatus {
    /// It has timed out.
    TimedOut,
    /// It has failed.
    Failed,
    /// It is denied.
    Denied,
}

impl TimeOutStatus {
    /// The status that the request gets.
    #[must_use]
    pub const fn status(self) -> RequestStatus {
        match self {
            Self::TimedOut => RequestStatus::TimedOut,
            Self::Failed => RequestStatus::Failed,
            Self::Denied => RequestStatus::Denied,
        }
    }
}

/// How the answer of a batch shows a count, which is no JSON where it is asked for alone (LIM-8).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BatchTextBody {
    /// As a number of JSON.
    Number,
    /// As a text of its digits.
    Text,
    /// As these digits in base64.
    Base64,
}

macro_rules! switches {
    ($($(#[doc = $doc:literal])+ $field:ident / $json:literal: $kind:ty = $default:expr, $rule:literal;)*) => {
        /// Every switch of a tenant.
        #[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Behaviour {
            $($(#[doc = $doc])+ #[serde(rename = $json)] pub $field: $kind,)*
        }

        impl Default for Behaviour {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl Behaviour {
            /// What each switch means and which rule it belongs to.
            pub const SWITCHES: &'static [Switch] = &[
                $(Switch { name: $json, rule: $rule, meaning: concat!($($doc),+) },)*
            ];
        }
    };
}

switches! {
    /// A running activation goes on when its eligibility is removed; otherwise it ends with it.
    activation_survives_eligibility_removal / "activationSurvivesEligibilityRemoval": bool = false, "UNC-1";
    /// An activation ends no later than its eligibility, also when that is shortened while it runs.
    activation_capped_by_eligibility / "activationCappedByEligibility": bool = true, "UNC-2";
    /// Roles whose activation demands multifactor authentication as long as nobody has changed their policy.
    roles_with_mfa_by_default / "rolesWithMfaByDefault": Vec<RoleDefinitionId> =
        vec![roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR], "UNC-9";
    /// A time-bound active assignment to a protected role outlives its end while it is the last one.
    last_administrator_outlives_end / "lastAdministratorOutlivesEnd": bool = true, "UNC-13";
    /// An activation that is the only active assignment to a protected role cannot be deactivated.
    last_administrator_cannot_deactivate / "lastAdministratorCannotDeactivate": bool = true, "UNC-13";
    /// The last enabled user of a group that is the only active holder of a protected role can be neither taken out of it nor deleted.
    last_administrator_keeps_membership / "lastAdministratorKeepsMembership": bool = true, "UNC-13";
    /// A holder's request for more time goes on waiting when its assignment has ended or can be renewed no longer; otherwise it fails then.
    waiting_requests_outlive_assignment / "waitingRequestsOutliveAssignment": bool = false, "REQ-54";
    /// A request for a group that is not role-assignable is accepted and never provisioned; otherwise it is refused.
    accept_and_never_provision / "acceptAndNeverProvision": bool = false, "UNC-18";
    /// Activating a directory role or a group without any eligibility answers RoleAssignmentDoesNotExist; otherwise EligibilityRule.
    activation_without_eligibility_does_not_exist / "activationWithoutEligibilityDoesNotExist": bool = true, "ACT-1";
    /// An activation at a scope that its eligibility does not cover answers InvalidScope; otherwise EligibilityRule.
    scope_mismatch_is_invalid_scope / "scopeMismatchIsInvalidScope": bool = false, "UNC-17";
    /// A request for a future start reads ScheduleCreated instead of Granted until then.
    future_start_is_schedule_created / "futureStartIsScheduleCreated": bool = false, "REQ-13";
    /// The first answer to an activation of membership or ownership reads PendingProvisioning, and Provisioned from then on.
    group_activations_answer_pending / "groupActivationsAnswerPending": bool = true, "REQ-12";
    /// An update of what runs of a group gives it another id, that of the update; otherwise it keeps the one that it has.
    group_updates_change_schedule_ids / "groupUpdatesChangeScheduleIds": bool = true, "MOD-14";
    /// The stored status turns from Granted into Provisioned when the start comes.
    granted_becomes_provisioned / "grantedBecomesProvisioned": bool = true, "REQ-52";
    /// filterByCurrentUser(on='principal') also shows the eligibilities that the caller has through a group.
    current_user_sees_group_eligibility / "currentUserSeesGroupEligibility": bool = false, "REQ-27";
    /// A justification of blanks alone counts as one.
    blank_justification_counts / "blankJustificationCounts": bool = false, "ACT-35";
    /// Approving after the eligibility vanished denies the request; otherwise the request fails.
    approval_after_eligibility_vanished_denies / "approvalAfterEligibilityVanishedDenies": bool = false, "UNC-4";
    /// What becomes of a request that nobody decided in time: TimedOut, Failed or Denied.
    approval_time_out_status / "approvalTimeOutStatus": TimeOutStatus = TimeOutStatus::TimedOut, "UNC-6";
    /// Where a policy names no approver, only Privileged Role Administrators decide, not Global Administrators too.
    default_approvers_are_privileged_role_administrators / "defaultApproversArePrivilegedRoleAdministrators": bool = false, "UNC-7";
    /// Edits of a policy reach requests that wait: who approves is read when somebody decides, not when the request was made.
    policy_edits_reach_pending_requests / "policyEditsReachPendingRequests": bool = false, "UNC-8";
    /// A group has no policies to be read or changed until PIM manages it; otherwise the default ones are there.
    group_policies_appear_at_onboarding / "groupPoliciesAppearAtOnboarding": bool = false, "POL-16";
    /// A change of a policy that sets a maximumDuration and says that there need not be an end is refused; otherwise the length is stored.
    idle_maximum_durations_are_refused / "idleMaximumDurationsAreRefused": bool = false, "POL-43";
    /// The policy of an Azure role has another id from its first change on; otherwise it keeps the one that it has.
    azure_policy_ids_change / "azurePolicyIdsChange": bool = true, "POL-14";
    /// An id that the policy of a group or an Azure role had before it was changed or the group onboarded still finds it; otherwise it finds nothing.
    outdated_policy_ids_are_found / "outdatedPolicyIdsAreFound": bool = false, "POL-17";
    /// Requests that are refused leave a failure in the audit log.
    audit_refused_requests / "auditRefusedRequests": bool = false, "UNC-14";
    /// A missing authentication context answers 401 with a WWW-Authenticate challenge; otherwise 400 with the claims in the message.
    context_failure_is_challenge / "contextFailureIsChallenge": bool = false, "MFA-8";
    /// A missing authentication context has a code of its own where membership or ownership of a group is activated.
    group_context_failure_has_its_own_code / "groupContextFailureHasItsOwnCode": bool = false, "UNC-11";
    /// How long an accepted assignment or activation reads PendingProvisioning before it takes effect.
    provisioning_delay / "provisioningDelay": Length = Length::ZERO, "LAT-1";
    /// The same for membership and ownership of groups, which take longer; not shorter than provisioningDelay.
    group_provisioning_delay / "groupProvisioningDelay": Length = Length::ZERO, "LAT-2";
    /// How long an Azure role that is held allows nothing yet: the service remembers what it allowed before.
    azure_access_delay / "azureAccessDelay": Length = Length::ZERO, "LAT-3";
    /// How long after its start an activation of an Azure role cannot be deactivated, because the service does not see it yet.
    azure_deactivation_delay / "azureDeactivationDelay": Length = Length::ZERO, "DEA-3";
    /// How long after its deactivation an Azure role cannot be activated again, because the service still sees it.
    azure_reactivation_delay / "azureReactivationDelay": Length = Length::ZERO, "DEA-8";
    /// Where an Azure role is activated below the scope of its eligibility, the policy of the eligibility's scope governs; otherwise that of the scope asked for.
    narrowed_activation_follows_eligibility_policy / "narrowedActivationFollowsEligibilityPolicy": bool = false, "UNC-5";
    /// How long lists lag behind: what is new shows there only after so long.
    list_delay / "listDelay": Length = Length::ZERO, "LAT-6";
    /// How long approvers are told of a request after it was made.
    approval_mail_delay / "approvalMailDelay": Length = Length::ZERO, "LAT-7";
    /// How long new principals, requests and schedules are not found by their ids.
    replication_delay / "replicationDelay": Length = Length::ZERO, "LAT-10";
    /// Days until a finished request is purged, whatever became of what it made.
    request_retention_days / "requestRetentionDays": u16 = 45, "UNC-16";
    /// Days until a cancelled request is purged.
    cancelled_request_retention_days / "cancelledRequestRetentionDays": u16 = 30, "UNC-16";
    /// How long an access review is prepared before its reviewers can decide, and completed before its outcome stands.
    access_review_delay / "accessReviewDelay": Length = Length::ZERO, "LAT-12";
    /// How long after its completion the outcome of an access review takes effect, where it does so by itself.
    access_review_apply_delay / "accessReviewApplyDelay": Length = Length::ZERO, "LAT-11";
    /// The outcome of an access review that was stopped takes effect by itself; otherwise only where it would have at its end.
    stopped_access_reviews_are_applied / "stoppedAccessReviewsAreApplied": bool = false, "REV-30";
    /// Whoever is denied in a review of eligible and active assignments loses both; otherwise the active one, and the eligible one only where there is no other.
    access_review_denial_takes_both / "accessReviewDenialTakesBoth": bool = true, "REV-33";
    /// How often a tenant is scanned for alerts, at most once an hour; no time at all for scans that somebody asks for alone.
    alert_scan_interval / "alertScanInterval": Length = Length::days(1), "LAT-9";
    /// The incidents of an alert cannot be listed by themselves, only expanded from it; otherwise either way shows them.
    alert_incidents_are_not_listed / "alertIncidentsAreNotListed": bool = false, "ALR-22";
    /// Token permissions and the caller's own roles are checked; without it every valid token may do everything.
    permission_enforcement / "permissionEnforcement": bool = true, "AUT-20";
    /// The published limits of the directory, of Conditional Access and of reports are in force on Microsoft Graph, in real time; otherwise nobody calls too often.
    throttling / "throttling": bool = false, "ERR-21";
    /// How a batch of Microsoft Graph shows what is a bare number when asked for alone: number, text or base64.
    batch_text_bodies / "batchTextBodies": BatchTextBody = BatchTextBody::Number, "LIM-8";
    /// Clients get the delegated permissions that an administrator granted them, and what everybody may consent to; otherwise consent is given to whoever asks.
    consent_takes_an_administrator / "consentTakesAnAdministrator": bool = false, "AUT-20";
    /// A token of another issuer whose keys are not known opens sign-in to nobody; otherwise it is believed, since nobody can look its keys up.
    unknown_issuers_are_refused / "unknownIssuersAreRefused": bool = false, "PRI-1";
    /// Azure takes bodies that lack closing braces at their end; otherwise they are refused.
    arm_closes_unbalanced_braces / "armClosesUnbalancedBraces": bool = true, "REQ-41";
}

impl Behaviour {
    /// How often a tenant is scanned for alerts; `None` for never (LAT-9).
    #[must_use]
    pub fn alert_scan_interval(&self) -> Option<Length> {
        let interval = self.alert_scan_interval;
        (interval > Length::ZERO).then(|| interval.max(Length::hours(1)))
    }

    /// How long a finished request is kept (MOD-15).
    #[must_use]
    pub fn request_retention(&self) -> Length {
        Length::days(i64::from(self.request_retention_days))
    }

    /// How long a cancelled request is kept (MOD-16).
    #[must_use]
    pub fn cancelled_request_retention(&self) -> Length {
        Length::days(i64::from(self.cancelled_request_retention_days))
    }
}
