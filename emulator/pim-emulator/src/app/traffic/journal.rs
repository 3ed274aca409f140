//! The journal of a tenant's requests, so that a test can ask whether something was called.
//!
//! An entry is packed into bytes when its request ends: no allocation of its own, no JSON, and one short lock. Everything else,
//! such as making paths plain or taking secrets out of bodies, waits until somebody reads. The journal keeps the last so many
//! entries and forgets the older ones; a number is never given twice.

mod entry;
mod wanted;

pub use entry::Noted;
pub use wanted::Wanted;

use super::{Course, End, Fate, Hardship, Traffic, Visit};
use axum::http::{HeaderName, Method, StatusCode, header};
use entry::Packed;
use parking_lot::Mutex;
use std::collections::VecDeque;
use uuid::Uuid;

/// How many requests a journal keeps unless somebody says otherwise.
pub const JOURNAL_LENGTH: usize = 10_000;

/// How many entries share one run of bytes.
const RUN: usize = 256;

/// How much of a body is kept, in bytes.
const LONGEST_BODY: usize = 4096;

/// How much of any text that a client chose is kept, in bytes.
const LONGEST_TEXT: usize = 2048;

/// How many bytes a journal takes at most, whatever its length.
const MOST_BYTES: usize = 16 << 20;

const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const CLIENT_REQUEST_ID_OF_AZURE: HeaderName = HeaderName::from_static("x-ms-client-request-id");

/// The journal.
#[derive(Debug)]
pub struct Journal {
    length: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug)]
struct Kept {
    runs: VecDeque<Run>,
    /// The number of the last entry.
    last: u64,
    /// The number before that of the first one that is kept.
    before: u64,
    /// How many entries the runs hold; some of them may be forgotten already.
    held: usize,
    bytes: usize,
}

#[derive(Debug, Default)]
struct Run {
    bytes: Vec<u8>,
    /// Where each entry ends.
    ends: Vec<u32>,
}

/// How a request ended.
#[derive(Clone, Copy, Debug)]
pub struct Ended<'a> {
    /// The status; none where the connection was closed instead.
    pub status: Option<StatusCode>,
    /// The code of the error that was answered.
    pub error: Option<&'a str>,
    /// What the answer calls the request.
    pub request_id: Uuid,
    /// The body of the request.
    pub body: &'a [u8],
}

impl Default for Journal {
    fn default() -> Self {
        Self::new(JOURNAL_LENGTH, 0)
    }
}

impl Traffic {
    /// Notes a request that has ended, and counts what it felt of a hostile tenant.
    pub fn note(&self, visit: &Visit<'_>, course: &Course, ended: &Ended<'_>) {
        let felt = match &course.end {
            End::CarriedOut(fate) => Fate::felt(fate),
            End::Refused(_, hardship) => hardship.map_or(0, Hardship::bit),
            End::Dropped => 0,
        };
        if felt != 0 {
            self.hostility.count(felt);
        }
        self.journal.push(visit, &course.faults, felt, ended);
    }
}

impl Journal {
    /// An empty journal of that length, whose first entry will have the number after `before`.
    #[must_use]
    pub fn new(length: usize, before: u64) -> Self {
        Self { length, kept: Mutex::new(Kept { runs: VecDeque::new(), last: before, before, held: 0, bytes: 0 }) }
    }

    /// How many requests it keeps.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// The number of the last entry; the one before the first when there was none.
    #[must_use]
    pub fn last(&self) -> u64 {
        self.kept.lock().last
    }

    /// Forgets every entry. Numbers go on.
    pub fn clear(&self) {
        let mut kept = self.kept.lock();
        let runs = std::mem::take(&mut kept.runs);
        (kept.before, kept.held, kept.bytes) = (kept.last, 0, 0);
        // Nobody who calls has to wait until all of it is freed.
        drop(kept);
        drop(runs);
    }

    /// The numbers of the first and the last entry, and the entries after a number that are wanted, in order: how many they are in
    /// all, and the first `limit` of them.
    #[must_use]
    pub fn after(&self, number: u64, limit: usize, wanted: &Wanted) -> (u64, u64, usize, Vec<Noted>) {
        let kept = self.kept.lock();
        let (mut count, mut found) = (0, Vec::new());
        for (number, packed) in kept.after(number) {
            if wanted.takes(&packed) {
                count += 1;
                if found.len() < limit {
                    found.push(Noted::of(number, &packed));
                }
            }
        }
        (kept.before + 1, kept.last, count, found)
    }

    fn push(&self, visit: &Visit<'_>, faults: &[u8], felt: u16, ended: &Ended<'_>) {
        if self.length == 0 {
            return;
        }
        let header = |name: &HeaderName| visit.headers.get(name).and_then(|value| value.to_str().ok());
        let client_request_id = header(&CLIENT_REQUEST_ID).or_else(|| header(&CLIENT_REQUEST_ID_OF_AZURE));
        let is_write = !matches!(*visit.method, Method::GET | Method::HEAD | Method::DELETE);
        let body = if is_write { ended.body } else { &[] };
        let packed = Packed {
            at: visit.began.at.milliseconds(),
            tenant_at: visit.began.tenant_at.milliseconds(),
            microseconds: visit.began.watch.microseconds(),
            surface: visit.surface,
            method: bounded(visit.method.as_str()),
            path: bounded(visit.path),
            query: bounded(visit.query),
            status: ended.status.map_or(0, |status| status.as_u16()),
            error: ended.error,
            principal: visit.principal.map(|it| it.0.into_bytes()),
            application: visit.application.map(|it| it.0.into_bytes()),
            user_agent: header(&header::USER_AGENT).map(bounded),
            client_request_id: client_request_id.map(bounded),
            request_id: ended.request_id.into_bytes(),
            content_type: header(&header::CONTENT_TYPE).filter(|_| !body.is_empty()).map(bounded),
            body: &body[..body.len().min(LONGEST_BODY)],
            is_cut: body.len() > LONGEST_BODY,
            faults,
            felt,
        };
        self.kept.lock().push(&packed, self.length);
    }
}

impl Kept {
    fn push(&mut self, packed: &Packed<'_>, length: usize) {
        if self.runs.back().is_none_or(|run| run.ends.len() == RUN) {
            let like = self.runs.back().map_or(0, |run| run.bytes.len());
            self.runs.push_back(Run { bytes: Vec::with_capacity(like), ends: Vec::with_capacity(RUN) });
        }
        if let Some(run) = self.runs.back_mut() {
            self.bytes += run.push(packed);
        }
        self.last += 1;
        self.held += 1;
        self.before = self.before.max(self.last.saturating_sub(length as u64));
        self.forget();
    }

    /// Lets go of runs of which nothing is kept any more, and of the oldest while there are too many bytes.
    fn forget(&mut self) {
        while let Some(oldest) = self.runs.front() {
            let end = self.last - self.held as u64 + oldest.ends.len() as u64;
            if end > self.before && (self.bytes <= MOST_BYTES || self.runs.len() == 1) {
                return;
            }
            self.bytes -= oldest.bytes.len();
            self.held -= oldest.ends.len();
            self.before = self.before.max(end);
            self.runs.pop_front();
        }
    }

    /// The entries after a number, each with its own.
    fn after(&self, number: u64) -> impl Iterator<Item = (u64, Packed<'_>)> {
        let first = self.last + 1 - self.held as u64;
        let from = number.max(self.before);
        let skipped = usize::try_from((from + 1).saturating_sub(first)).unwrap_or(usize::MAX);
        let entries = self.runs.iter().flat_map(Run::entries);
        (first..).zip(entries).skip(skipped).filter_map(|(number, bytes)| Some((number, Packed::read(bytes)?)))
    }
}

impl Run {
    /// Packs an entry; answers how many bytes it took.
    fn push(&mut self, packed: &Packed<'_>) -> usize {
        let start = self.bytes.len();
        packed.write(&mut self.bytes);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
        self.bytes.len() - start
    }

    fn entries(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.bytes.get(start as usize..*end as usize).unwrap_or_default())
    }
}

/// The beginning of a text, no longer than what is kept of one.
fn bounded(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_TEXT)]
}

#[cfg(test)]
mod tests;
