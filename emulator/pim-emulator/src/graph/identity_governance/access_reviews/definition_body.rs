//! The body of an access review.

use super::query_text::QueryText;
use super::reviewer_body::reviewers;
use super::scope_body::{ScopeBody, fault};
use super::settings_body::{SettingsBody, StageBody};
use super::spelled::AsWritten;
use crate::graph::error::GraphError;
use pim_core::model::access_review::AccessReviewProperties;
use pim_core::{PrincipalId, View};
use uuid::Uuid;

crate::request_body! {
    /// `accessReviewScheduleDefinition`, as far as clients may write it.
    DefinitionBody {
        /// The name people see.
        display_name / "displayName": String,
        /// What it is for, to whoever manages reviews.
        description_for_admins / "descriptionForAdmins": String,
        /// What it is for, to whoever decides.
        description_for_reviewers / "descriptionForReviewers": String,
        /// Whose access to what.
        scope / "scope": ScopeBody,
        /// Of which things there is an instance each.
        enumeration / "instanceEnumerationScope": ScopeBody,
        /// Who reviews.
        reviewers / "reviewers": Vec<ScopeBody>,
        /// Who reviews where nobody else is found.
        fallback_reviewers / "fallbackReviewers": Vec<ScopeBody>,
        /// The same by its former name.
        backup_reviewers / "backupReviewers": Vec<ScopeBody>,
        /// How it is held.
        settings / "settings": SettingsBody,
        /// In which stages.
        stages / "stageSettings": Vec<StageBody>,
        /// Who else is told of its end.
        recipients / "additionalNotificationRecipients": AsWritten,
    }
    /// `accessReviewNotificationRecipientItem`.
    RecipientBody {
        /// Who.
        scope / "notificationRecipientScope": ScopeBody,
    }
}

impl DefinitionBody {
    /// What the machine is told.
    ///
    /// # Errors
    /// What is missing, or is not understood.
    pub(super) fn read(self, view: View<'_>) -> Result<AccessReviewProperties, GraphError> {
        let scope = self.scope.as_ref().ok_or_else(|| fault("scope is missing"))?;
        let settings = self.settings.unwrap_or_default();
        let mut kept = vec![("scope".to_owned(), scope.spelled()?)];
        if let Some(enumeration) = &self.enumeration {
            kept.push(("instanceEnumerationScope".to_owned(), enumeration.spelled()?));
        }
        kept.extend(settings.kept());
        let additional_recipients = recipients(self.recipients.as_ref())?;
        kept.extend(self.recipients.map(|it| ("additionalNotificationRecipients".to_owned(), it.0)));
        let fallback = self.fallback_reviewers.or(self.backup_reviewers).unwrap_or_default();
        let stages = self.stages.iter().flatten().map(StageBody::read).collect::<Result<_, _>>()?;
        Ok(AccessReviewProperties {
            display_name: self.display_name.unwrap_or_default(),
            description_for_admins: self.description_for_admins.unwrap_or_default(),
            description_for_reviewers: self.description_for_reviewers.unwrap_or_default(),
            scope: scope.read(self.enumeration.as_ref(), view)?,
            reviewers: reviewers(self.reviewers.as_deref().unwrap_or_default())?,
            fallback_reviewers: reviewers(&fallback)?,
            settings: settings.read(view.now())?,
            stages,
            additional_recipients,
            kept,
        })
    }
}

/// Users, and groups for their members, who are told of the end.
fn recipients(written: Option<&AsWritten>) -> Result<Vec<PrincipalId>, GraphError> {
    let Some(written) = written else { return Ok(Vec::new()) };
    let items: Option<Vec<RecipientBody>> = serde_json::from_str(&written.0)
        .map_err(|error| fault(format_args!("additionalNotificationRecipients: {error}")))?;
    let read = |item: RecipientBody| {
        let query = item.scope.unwrap_or_default().parsed()?;
        recipient(&query).ok_or_else(|| fault("additionalNotificationRecipients: a query names no user and no group"))
    };
    items.into_iter().flatten().map(read).collect()
}

fn recipient(query: &QueryText) -> Option<PrincipalId> {
    match query.lower().iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["users", id] | ["groups", id, "members" | "transitivemembers", ..] => {
            Uuid::try_parse(id).ok().map(PrincipalId)
        }
        _ => None,
    }
}
