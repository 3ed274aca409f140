//! Links to reports on access reviews: whoever has one reads the report, without a token, until it has expired.

use super::ids::random_u64;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::time::{Instant, Length};
use pim_core::{AccessReviewHistoryId, TenantId};
use std::fmt::Display;
use std::sync::LazyLock;
use uuid::Uuid;

/// Where such links lead.
pub(crate) const PLACE: &str = "/_emulator/accessReviewReports/";

/// How long a link is good for, in the tenant's time.
const GOOD_FOR: Length = Length::days(1);

/// A report that a link names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Linked {
    pub(crate) tenant: TenantId,
    pub(crate) report: AccessReviewHistoryId,
    /// Until when the link is good.
    pub(crate) until: Instant,
}

impl Linked {
    /// A report from now on.
    pub(crate) const fn new(tenant: TenantId, report: AccessReviewHistoryId, now: Instant) -> Self {
        Self { tenant, report, until: now.plus(GOOD_FOR) }
    }

    /// The link.
    pub(crate) fn link(&self, origin: &impl Display) -> String {
        let path = self.path();
        format!("{origin}{path}&sig={}", signature(&path))
    }

    /// What a path and query name, if this process made that link.
    pub(crate) fn read(path_and_query: &str) -> Option<Self> {
        let (path, query) = path_and_query.strip_prefix(PLACE)?.split_once('?')?;
        let (tenant, report) = path.strip_suffix(".csv")?.split_once('/')?;
        let (until, signature) = query.strip_prefix("se=")?.split_once("&sig=")?;
        let linked = Self {
            tenant: TenantId(Uuid::try_parse(tenant).ok()?),
            report: AccessReviewHistoryId(Uuid::try_parse(report).ok()?),
            until: Instant::from_milliseconds(until.parse().ok()?),
        };
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        hmac::verify(&KEY, linked.path().as_bytes(), &signature).ok().map(|()| linked)
    }

    fn path(&self) -> String {
        format!("{PLACE}{}/{}.csv?se={}", self.tenant, self.report, self.until.milliseconds())
    }
}

/// A key of this process; its links are good for no other.
static KEY: LazyLock<hmac::Key> = LazyLock::new(|| {
    let secret: Vec<u8> = (0..4).flat_map(|_| random_u64().to_le_bytes()).collect();
    hmac::Key::new(hmac::HMAC_SHA256, &secret)
});

fn signature(path: &str) -> String {
    URL_SAFE_NO_PAD.encode(hmac::sign(&KEY, path.as_bytes()))
}
