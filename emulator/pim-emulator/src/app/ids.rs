//! Where a tenant's ids come from: a stream for each kind, all derived from one seed.

use pim_core::{IdKind, IdSource};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The id streams of a tenant. The same seed gives the same ids; one id more of one kind changes none of another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TenantIds {
    seed: u64,
    minted: BTreeMap<IdKind, u64>,
}

impl TenantIds {
    /// The streams of a seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { seed, minted: BTreeMap::new() }
    }

    /// The streams of a seed that nobody knows.
    #[must_use]
    pub fn random() -> Self {
        Self::seeded(random_u64())
    }

    /// The id that the tenant itself gets.
    #[must_use]
    pub fn tenant_id(&self) -> Uuid {
        uuid_of(self.seed, u64::MAX, 0)
    }
}

impl IdSource for TenantIds {
    fn mint(&mut self, kind: IdKind) -> Uuid {
        let number = self.minted.entry(kind).or_default();
        *number += 1;
        let stream = match kind {
            IdKind::DirectoryObject => 1,
            IdKind::RoleDefinition => 2,
            IdKind::Request => 3,
            IdKind::OutsideAssignment => 4,
            IdKind::ConditionalAccessPolicy => 5,
            IdKind::Credential => 6,
            IdKind::Grant => 7,
            IdKind::AzureScope => 8,
            IdKind::AzureRoleDefinition => 9,
            IdKind::AccessReview => 10,
            IdKind::AlertOperation => 11,
        };
        uuid_of(self.seed, stream, *number)
    }
}

/// A number that nobody can guess.
#[must_use]
pub fn random_u64() -> u64 {
    let mut bytes = [0; 8];
    // The system's generator does not fail once it is up; a seed of zeros would still be a working seed.
    let _ = aws_lc_rs::rand::fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// An id that nobody has seen.
#[must_use]
pub fn random_uuid() -> Uuid {
    Uuid::from_u64_pair(random_u64(), random_u64()).with_version()
}

/// An id that is made of another one: the same for the same stream and number, and nobody's else.
#[must_use]
pub fn derived(from: Uuid, stream: u64, number: u64) -> Uuid {
    let (high, low) = from.as_u64_pair();
    uuid_of(high ^ mix(low), stream, number)
}

/// A number that is the same for the same seed, stream and number, and looks like chance otherwise.
#[must_use]
pub const fn drawn(seed: u64, stream: u64, number: u64) -> u64 {
    mix(mix(seed ^ mix(stream.wrapping_mul(0xD134_2543_DE82_EF95))) ^ number)
}

fn uuid_of(seed: u64, stream: u64, number: u64) -> Uuid {
    let key = mix(seed ^ mix(stream.wrapping_mul(0xD134_2543_DE82_EF95)));
    Uuid::from_u64_pair(mix(key ^ number), mix(key.rotate_left(32) ^ mix(number))).with_version()
}

/// A well-mixing bijection of 64 bits (the finalizer of SplitMix64).
const fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

trait WithVersion {
    /// The same bits, marked as a random UUID.
    fn with_version(self) -> Self;
}

impl WithVersion for Uuid {
    fn with_version(self) -> Self {
        uuid::Builder::from_random_bytes(self.into_bytes()).into_uuid()
    }
}

/// An id for one request: unique in this process, and nothing more is asked of it.
#[must_use]
pub fn request_id() -> Uuid {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    static SEED: LazyLock<u64> = LazyLock::new(random_u64);
    static NEXT: AtomicU64 = AtomicU64::new(0);
    uuid_of(*SEED, 0, NEXT.fetch_add(1, Ordering::Relaxed))
}
