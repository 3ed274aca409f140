//! The circumstances under which a request is carried out: what of the tenant it does not see yet, and how its lists are cut.

use pim_core::Replica;
use std::sync::atomic::{AtomicU16, Ordering};

/// Something that a hostile tenant does to a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hardship {
    /// 429.
    Throttled,
    /// 503.
    Unavailable,
    /// What was asked for reads `PendingProvisioning` first, and its instance appears later.
    Pending,
    /// What was made a moment ago is not found by its id.
    NotFound,
    /// What was made a moment ago is in no list.
    StaleList,
    /// The link to the next page has expired.
    ExpiredSkipToken,
    /// A page has one item.
    SmallPage,
    /// A device that asks whether somebody has signed in is told to ask less often.
    SlowDown,
}

impl Hardship {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Throttled,
        Self::Unavailable,
        Self::Pending,
        Self::NotFound,
        Self::StaleList,
        Self::ExpiredSkipToken,
        Self::SmallPage,
        Self::SlowDown,
    ];

    /// Its name, which is that of its share in the profile.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Throttled => "throttled",
            Self::Unavailable => "unavailable",
            Self::Pending => "pending",
            Self::NotFound => "notFound",
            Self::StaleList => "staleLists",
            Self::ExpiredSkipToken => "expiredSkipTokens",
            Self::SmallPage => "smallPages",
            Self::SlowDown => "slowDown",
        }
    }

    pub(super) const fn bit(self) -> u16 {
        1 << self as u16
    }

    /// Those in a set.
    pub(super) fn of(bits: u16) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |it| bits & it.bit() != 0)
    }
}

/// The circumstances of one request. Those of nearly all are the usual ones: everything is seen, and pages have their size.
#[derive(Debug, Default)]
pub struct Fate {
    /// The number of the request, where the tenant is hostile.
    pub(super) number: Option<u64>,
    /// What is not seen yet.
    pub(super) replica: Option<Replica>,
    /// Whether a page has one item.
    pub(super) has_small_pages: bool,
    /// Whether the link to the next page, if that is what was followed, has expired.
    pub(super) has_expired_link: bool,
    /// What the request has felt of it.
    pub(super) felt: AtomicU16,
}

impl Fate {
    /// Whether the tenant is hostile.
    pub(crate) const fn is_hostile(&self) -> bool {
        self.number.is_some()
    }

    /// What is not seen yet; nothing where everything is.
    #[must_use]
    pub const fn replica(&self) -> Option<&Replica> {
        self.replica.as_ref()
    }

    /// How many items a page has that could have so many.
    #[must_use]
    pub fn page_size(&self, usual: usize) -> usize {
        if !self.has_small_pages || usual <= 1 {
            return usual;
        }
        self.feel(Hardship::SmallPage);
        1
    }

    /// Whether the link that was followed has expired.
    #[must_use]
    pub fn expires_link(&self) -> bool {
        if self.has_expired_link {
            self.feel(Hardship::ExpiredSkipToken);
        }
        self.has_expired_link
    }

    /// Notes that the request has felt something.
    pub(crate) fn feel(&self, hardship: Hardship) {
        self.felt.fetch_or(hardship.bit(), Ordering::Relaxed);
    }

    /// What the request has felt, as a set.
    pub(super) fn felt(&self) -> u16 {
        let seen = self.replica.as_ref().map_or(0, |replica| {
            let of = |is_so: bool, hardship: Hardship| if is_so { hardship.bit() } else { 0 };
            of(replica.has_hidden(), Hardship::NotFound)
                | of(replica.has_left_out(), Hardship::StaleList)
                | of(replica.has_delayed(), Hardship::Pending)
        });
        self.felt.load(Ordering::Relaxed) | seen
    }
}
