//! Refusals of Conditional Access, which has words of its own.

use super::{Answer, refusal};
use axum::http::StatusCode;
use pim_core::Rejection;
use pim_core::model::Family;
use pim_core::model::conditional_access::AuthenticationContextId;

fn bad(message: impl Into<std::borrow::Cow<'static, str>>) -> Answer {
    Answer::new(StatusCode::BAD_REQUEST, "BadRequest", message)
}

/// A policy that the service cannot read. It does not say why; the detail does.
pub(super) fn schema(detail: &str) -> Answer {
    bad(
        "1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of ConditionalAccessPolicy type. \
         For examples, please see API documentation at \
         https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-policies?view=graph-rest-1.0.",
    )
    .detailed(detail)
}

/// A policy for two of applications, user actions and authentication contexts, which the service still calls by their old name.
pub(super) fn targets() -> Answer {
    bad("1012: 'applications' condition cannot include both 'includeApplications' and \
         'includeUserActions'/'includeProtectionLevels'. Please remove one of the conditions.")
}

/// A refusal of the machine. What a policy names and is not there is a fault of the policy, not of the address.
pub(super) fn refused(rejection: &Rejection) -> Answer {
    if let Rejection::RoleNotFound(id) = rejection {
        bad(format!("1103: 'users' condition contains non-built in role ids: {id}."))
    } else if let Rejection::PrincipalNotFound(id) = rejection {
        bad(format!("'users' condition contains ids that do not exist: {id}."))
    } else if let Rejection::AuthenticationContextNotFound(id) = rejection {
        bad(format!("'applications' condition contains authentication contexts that do not exist: {id}."))
    } else if let Rejection::InvalidProperty { property: "grantControls" } = rejection {
        schema("grantControls: neither these nor sessionControls are there")
    } else if let Rejection::InvalidProperty { property } = rejection {
        schema(&format!("{property} cannot be so"))
    } else {
        refusal::directory(rejection)
    }
}

/// A missing authentication context as a challenge: code and message are those of the plain refusal (MFA-8).
pub(super) fn challenge(context: AuthenticationContextId, words_of: Family) -> Answer {
    let plain = refusal::pim(&Rejection::AuthenticationContextRequired { context, words_of });
    let claims = format!(r#"{{"access_token":{{"acrs":{{"essential":true,"value":"{context}"}}}}}}"#);
    Answer { status: StatusCode::UNAUTHORIZED, claims: Some(claims), ..plain }
}
