//! Sign-ins under way: device codes that wait for somebody, authorization codes, refresh tokens.
//!
//! All of it lives in real time and in memory: a jump of a tenant's clock changes nothing here, a new start forgets it. Each
//! kind is bounded; when one is full, the older half of it goes.

use parking_lot::Mutex;
use pim_core::time::{Instant, Length};
use pim_core::{ClientId, PrincipalId, TenantId};
use std::collections::HashMap;

/// How long a device code waits.
pub const DEVICE_CODE_LIFETIME: Length = Length::minutes(15);
/// How long an authorization code can be redeemed.
pub const CODE_LIFETIME: Length = Length::minutes(10);
/// How long a refresh token lasts.
pub const REFRESH_TOKEN_LIFETIME: Length = Length::days(90);

/// How many of each kind are kept.
const LIMIT: usize = 20_000;

/// How somebody signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// On a page, where the client is.
    Browser,
    /// By giving the client a password.
    Password,
    /// On a page, for a client that is elsewhere.
    Device,
    /// At another client, which sent the token on.
    OnBehalf,
}

/// Somebody has signed in to a client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignIn {
    /// The tenant.
    pub tenant: TenantId,
    /// The client.
    pub client: ClientId,
    /// The user.
    pub user: PrincipalId,
    /// How.
    pub way: Way,
    /// Whether multifactor authentication was satisfied.
    pub mfa: bool,
    /// The authentication contexts that were satisfied.
    pub authentication_contexts: Vec<String>,
    /// Whether the client said at the beginning that it can answer claims challenges.
    pub takes_claims_challenges: bool,
}

/// A device that wants somebody to sign in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeviceRequest {
    /// The tenant whose address was asked; `None` when any will do.
    pub tenant: Option<TenantId>,
    /// The client.
    pub client: ClientId,
    /// The scope that it asked for, as it wrote it.
    pub scope: String,
    /// Whether the client says that it can answer claims challenges.
    pub takes_claims_challenges: bool,
}

/// The two halves of a device code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeviceCode {
    /// What a person types.
    pub user_code: String,
    /// What the device asks with.
    pub device_code: String,
}

/// Why a device code gives no sign-in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeviceCodeFault {
    /// There is no such code, or it was used up.
    Unknown,
    /// Its time is over.
    Expired,
    /// Nobody has signed in yet.
    Pending,
    /// Whoever was asked refused.
    Declined,
    /// It was answered already.
    Answered,
    /// It belongs to another tenant than that of the user.
    OtherTenant,
}

/// What an authorization code stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeGrant {
    /// Who signed in.
    pub sign_in: SignIn,
    /// The scope that was asked for, as it was written.
    pub scope: String,
    /// Where the browser was sent back to.
    pub redirect_uri: String,
    /// What the id token must give back.
    pub nonce: Option<String>,
    /// What whoever redeems the code must prove.
    pub challenge: Option<CodeChallenge>,
}

/// A challenge of PKCE (RFC 7636).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CodeChallenge {
    /// The verifier itself.
    Plain(String),
    /// Its SHA-256 in base64url.
    S256(String),
}

/// What a refresh token stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefreshGrant {
    /// Who signed in.
    pub sign_in: SignIn,
    /// The scope that was granted, as it was asked for.
    pub scope: String,
}

/// Why a code or a refresh token gives nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GrantFault {
    /// There is no such thing.
    Unknown,
    /// Its time is over.
    Expired,
    /// It was used, and works once.
    Redeemed,
    /// It was taken back.
    Revoked,
}

/// Everything that is under way.
#[derive(Debug, Default)]
pub struct SignIns {
    devices: Mutex<Expiring<Device>>,
    codes: Mutex<Expiring<Code>>,
    refresh_tokens: Mutex<Expiring<Refresh>>,
}

#[derive(Debug)]
struct Device {
    user_code: String,
    request: DeviceRequest,
    answer: Answer,
}

#[derive(Debug)]
enum Answer {
    Awaited,
    Declined,
    Approved(SignIn),
}

#[derive(Debug)]
struct Code {
    grant: CodeGrant,
    redeemed: bool,
}

#[derive(Debug)]
struct Refresh {
    grant: RefreshGrant,
    revoked: bool,
}

impl SignIns {
    /// A new device code.
    pub fn start_device_code(&self, request: DeviceRequest, now: Instant) -> DeviceCode {
        let code = DeviceCode { user_code: user_code(), device_code: random_text() };
        let device = Device { user_code: code.user_code.clone(), request, answer: Answer::Awaited };
        self.devices.lock().insert(code.device_code.clone(), now.plus(DEVICE_CODE_LIFETIME), now, device);
        code
    }

    /// What a device wants, by the code that a person typed: in any case, with blanks and hyphens.
    ///
    /// # Errors
    /// [`DeviceCodeFault`], when nobody needs to answer it.
    pub fn awaited_device(&self, user_code: &str, now: Instant) -> Result<DeviceRequest, DeviceCodeFault> {
        self.awaited(user_code, now, |device| Ok(device.request.clone()))
    }

    /// Signs a user in on a device. The page satisfies no authentication contexts (MFA-10); whoever says otherwise decides for
    /// the client, too, that it is told of them.
    ///
    /// # Errors
    /// [`DeviceCodeFault`]; nothing has changed then.
    pub fn approve_device_code(
        &self,
        user_code: &str,
        tenant: TenantId,
        user: PrincipalId,
        mfa: bool,
        authentication_contexts: &[String],
        now: Instant,
    ) -> Result<(), DeviceCodeFault> {
        self.awaited(user_code, now, |device| {
            if device.request.tenant.is_some_and(|asked| asked != tenant) {
                return Err(DeviceCodeFault::OtherTenant);
            }
            let request = &device.request;
            device.answer = Answer::Approved(SignIn {
                tenant,
                client: request.client,
                user,
                way: Way::Device,
                mfa,
                authentication_contexts: authentication_contexts.to_vec(),
                takes_claims_challenges: request.takes_claims_challenges || !authentication_contexts.is_empty(),
            });
            Ok(())
        })
    }

    /// Refuses to sign in on a device.
    ///
    /// # Errors
    /// [`DeviceCodeFault`], when nobody needs to answer it.
    pub fn decline_device_code(&self, user_code: &str, now: Instant) -> Result<(), DeviceCodeFault> {
        self.awaited(user_code, now, |device| {
            device.answer = Answer::Declined;
            Ok(())
        })
    }

    fn awaited<R>(
        &self,
        user_code: &str,
        now: Instant,
        then: impl FnOnce(&mut Device) -> Result<R, DeviceCodeFault>,
    ) -> Result<R, DeviceCodeFault> {
        let typed: String = user_code.chars().filter(char::is_ascii_alphanumeric).collect();
        let mut devices = self.devices.lock();
        let mut all = devices.entries.values_mut();
        let entry = all.find(|entry| entry.value.user_code.eq_ignore_ascii_case(&typed));
        let entry = entry.ok_or(DeviceCodeFault::Unknown)?;
        if now >= entry.expires {
            return Err(DeviceCodeFault::Expired);
        }
        match entry.value.answer {
            Answer::Awaited => then(&mut entry.value),
            Answer::Declined | Answer::Approved(_) => Err(DeviceCodeFault::Answered),
        }
    }

    /// What became of a device code. A sign-in is handed out once.
    ///
    /// # Errors
    /// [`DeviceCodeFault`]; a client goes on asking while it is [`DeviceCodeFault::Pending`].
    pub fn poll_device_code(
        &self,
        device_code: &str,
        client: ClientId,
        now: Instant,
    ) -> Result<RefreshGrant, DeviceCodeFault> {
        let mut devices = self.devices.lock();
        let entry = devices.entries.get(device_code).ok_or(DeviceCodeFault::Unknown)?;
        if entry.value.request.client != client {
            return Err(DeviceCodeFault::Unknown);
        }
        if now >= entry.expires {
            return Err(DeviceCodeFault::Expired);
        }
        match &entry.value.answer {
            Answer::Awaited => Err(DeviceCodeFault::Pending),
            Answer::Declined => Err(DeviceCodeFault::Declined),
            Answer::Approved(sign_in) => {
                let grant = RefreshGrant { sign_in: sign_in.clone(), scope: entry.value.request.scope.clone() };
                devices.entries.remove(device_code);
                Ok(grant)
            }
        }
    }

    /// A new authorization code.
    pub fn issue_code(&self, grant: CodeGrant, now: Instant) -> String {
        let text = random_text();
        let code = Code { grant, redeemed: false };
        self.codes.lock().insert(text.clone(), now.plus(CODE_LIFETIME), now, code);
        text
    }

    /// Uses a code up, if `check` finds that whoever sends it may.
    ///
    /// # Errors
    /// A [`GrantFault`], or what `check` answers; the code can still be used then.
    pub fn redeem_code<E: From<GrantFault>>(
        &self,
        code: &str,
        now: Instant,
        check: impl FnOnce(&CodeGrant) -> Result<(), E>,
    ) -> Result<CodeGrant, E> {
        let mut codes = self.codes.lock();
        let entry = codes.entries.get_mut(code).ok_or(GrantFault::Unknown)?;
        if now >= entry.expires {
            return Err(GrantFault::Expired.into());
        }
        if entry.value.redeemed {
            return Err(GrantFault::Redeemed.into());
        }
        check(&entry.value.grant)?;
        entry.value.redeemed = true;
        Ok(entry.value.grant.clone())
    }

    /// A new refresh token. Those issued before stay good.
    pub fn issue_refresh_token(&self, grant: RefreshGrant, now: Instant) -> String {
        let text = random_text();
        let refresh = Refresh { grant, revoked: false };
        self.refresh_tokens.lock().insert(text.clone(), now.plus(REFRESH_TOKEN_LIFETIME), now, refresh);
        text
    }

    /// What a refresh token stands for.
    ///
    /// # Errors
    /// [`GrantFault`].
    pub fn refresh(&self, token: &str, now: Instant) -> Result<RefreshGrant, GrantFault> {
        let tokens = self.refresh_tokens.lock();
        let entry = tokens.entries.get(token).ok_or(GrantFault::Unknown)?;
        if entry.value.revoked {
            Err(GrantFault::Revoked)
        } else if now >= entry.expires {
            Err(GrantFault::Expired)
        } else {
            Ok(entry.value.grant.clone())
        }
    }

    /// Takes back every refresh token of a user.
    pub fn revoke(&self, tenant: TenantId, user: PrincipalId) {
        for entry in self.refresh_tokens.lock().entries.values_mut() {
            let sign_in = &entry.value.grant.sign_in;
            entry.value.revoked |= sign_in.tenant == tenant && sign_in.user == user;
        }
    }
}

/// Things that end, by a text that nobody can guess.
#[derive(Debug)]
struct Expiring<V> {
    entries: HashMap<String, Entry<V>>,
}

#[derive(Debug)]
struct Entry<V> {
    expires: Instant,
    value: V,
}

impl<V> Default for Expiring<V> {
    fn default() -> Self {
        Self { entries: HashMap::new() }
    }
}

impl<V> Expiring<V> {
    fn insert(&mut self, key: String, expires: Instant, now: Instant, value: V) {
        if self.entries.len() >= LIMIT {
            self.entries.retain(|_, entry| now < entry.expires);
        }
        if self.entries.len() >= LIMIT {
            let mut ends: Vec<Instant> = self.entries.values().map(|entry| entry.expires).collect();
            let (_, median, _) = ends.select_nth_unstable(LIMIT / 2);
            let median = *median;
            // Many may end in the same millisecond, so that keeping what ends later may keep nothing: that is still bounded.
            self.entries.retain(|_, entry| entry.expires > median);
        }
        self.entries.insert(key, Entry { expires, value });
    }
}

/// An opaque text of 256 random bits, beginning as the service's own do.
fn random_text() -> String {
    use base64::Engine as _;
    let mut bytes = [0; 32];
    for chunk in bytes.chunks_exact_mut(8) {
        chunk.copy_from_slice(&super::ids::random_u64().to_le_bytes());
    }
    format!("1.A{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

/// Nine characters that cannot be mistaken for one another.
fn user_code() -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut bits = super::ids::random_u64();
    std::iter::repeat_with(|| {
        let character = ALPHABET[(bits & 31) as usize];
        bits >>= 5;
        char::from(character)
    })
    .take(9)
    .collect()
}
