//! What happened in a tenant, in order, packed small.
//!
//! A record is kept as bytes: a million of them fit where a hundred thousand structs would. It is taken in under the lock of
//! the machine, which costs next to nothing, and packed after that: by whoever took it in, or by whoever reads first.

use hashbrown::HashMap;
use parking_lot::{Mutex, RwLock, RwLockReadGuard};
use pim_core::model::{AzureRoleDefinition, AzureScope, Mail, Recipients, SignInEntry};
use pim_core::time::Instant;
use pim_core::{AzureEvent, AzureRoleDefinitionId, AzureScopeId, DirectoryEvent, Event, Recorded};
use postcard::ser_flavors::Flavor;
use std::collections::VecDeque;
use tokio::sync::watch;
use uuid::Uuid;

/// How many records share one run of bytes.
const RUN: usize = 1024;

/// Among how many of the latest lists of people an equal one is looked for.
const LISTS: usize = 8;

/// The log. Numbers count from 1, or from where the log of an earlier tenant with the same id ended; a number is never given
/// twice.
#[derive(Debug)]
pub struct EventLog {
    /// The number before that of the first record.
    before: u64,
    /// What is taken in and not packed yet, in order. Taken out only by whoever holds `packed` for writing.
    waiting: Mutex<VecDeque<Vec<Recorded>>>,
    packed: RwLock<Packed>,
    last: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Packed {
    runs: Vec<Run>,
    /// The places of the events that made what later events only name.
    made: HashMap<Uuid, u32>,
    /// The places of the sign-ins.
    sign_ins: Vec<u32>,
}

#[derive(Debug, Default)]
struct Run {
    bytes: Vec<u8>,
    /// Where each record ends.
    ends: Vec<u32>,
    /// Lists of people that several mails went to, kept once.
    lists: Vec<Recipients>,
}

impl Default for EventLog {
    fn default() -> Self {
        Self::starting_after(0)
    }
}

impl EventLog {
    /// An empty log whose first record will have the next number.
    #[must_use]
    pub fn starting_after(before: u64) -> Self {
        let last = watch::Sender::new(before);
        Self { before, waiting: Mutex::default(), packed: RwLock::default(), last }
    }

    /// The number of the first record, whether it is there yet or not.
    #[must_use]
    pub const fn first(&self) -> u64 {
        self.before + 1
    }

    /// Appends what happened, to be packed by [`Self::pack`] or when somebody reads.
    pub fn append(&self, happened: Vec<Recorded>) {
        if happened.is_empty() {
            return;
        }
        let count = happened.len() as u64;
        self.waiting.lock().push_back(happened);
        self.last.send_modify(|last| *last += count);
    }

    /// Packs what waits for it.
    pub fn pack(&self) {
        while !self.waiting.lock().is_empty() {
            let mut packed = self.packed.write();
            // In a statement of its own: nobody who appends has to wait for the packing.
            let happened = self.waiting.lock().pop_front();
            happened.into_iter().flatten().for_each(|recorded| packed.push(recorded));
        }
    }

    /// Everything appended so far, packed.
    fn packed(&self) -> RwLockReadGuard<'_, Packed> {
        self.pack();
        self.packed.read()
    }

    /// The records after a number, at most `limit`, each with its number.
    #[must_use]
    pub fn after(&self, number: u64, limit: usize) -> Vec<(u64, Recorded)> {
        let packed = self.packed();
        let start = usize::try_from(number.saturating_sub(self.before)).unwrap_or(usize::MAX);
        (start..packed.len().min(start.saturating_add(limit)))
            .filter_map(|place| Some((self.first() + place as u64, packed.get(place)?)))
            .collect()
    }

    /// The record with a number.
    #[must_use]
    pub fn get(&self, number: u64) -> Option<Recorded> {
        let place = usize::try_from(number.checked_sub(self.first())?).ok()?;
        self.packed().get(place)
    }

    /// The record that made a request which was not settled at once, or made or last changed a custom role, an application,
    /// an administrative unit, a permission or a place of Azure.
    #[must_use]
    pub fn made(&self, id: Uuid) -> Option<Recorded> {
        let packed = self.packed();
        let place = *packed.made.get(&id)?;
        packed.get(place as usize)
    }

    /// How many sign-ins there are.
    #[must_use]
    pub fn sign_in_count(&self) -> usize {
        self.packed().sign_ins.len()
    }

    /// A sign-in, by its place among them.
    #[must_use]
    pub fn sign_in(&self, place: usize) -> Option<SignInEntry> {
        let packed = self.packed();
        let Event::SignedIn(entry) = packed.get(*packed.sign_ins.get(place)? as usize)?.event else { return None };
        Some(*entry)
    }

    /// A place of Azure as it was last made or changed, also one that is gone.
    #[must_use]
    pub fn azure_scope(&self, id: AzureScopeId) -> Option<AzureScope> {
        let Event::Azure(AzureEvent::ScopeSet(scope)) = self.made(id.0)?.event else { return None };
        Some(*scope)
    }

    /// A custom role of Azure as it was last made or changed, also one that is gone.
    #[must_use]
    pub fn azure_role(&self, id: AzureRoleDefinitionId) -> Option<AzureRoleDefinition> {
        let Event::Azure(AzureEvent::RoleDefinitionSet(role)) = self.made(id.0)?.event else { return None };
        Some(*role)
    }

    /// The number of the last record up to and at an instant; the one before the first when there is none. Records are in
    /// the order of time.
    #[must_use]
    pub fn last_until(&self, until: Instant) -> u64 {
        let (mut low, mut high) = (self.before, self.last());
        while low < high {
            let middle = high - (high - low) / 2;
            if self.get(middle).is_none_or(|it| it.at > until) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        low
    }

    /// The number of the last record; the one before the first when there is none.
    #[must_use]
    pub fn last(&self) -> u64 {
        *self.last.borrow()
    }

    /// Tells of every change of [`Self::last`].
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.last.subscribe()
    }
}

/// What an event makes that later events only name: a request with more to come, a custom role, an application, a place of
/// Azure. Most requests are done when
/// they are made, and nothing ever speaks of them again.
fn named_later(event: &Event) -> Option<Uuid> {
    if let Event::RequestCreated(request) = event {
        (!request.status.is_final()).then_some(request.id.0)
    } else if let Event::RoleDefinitionCreated(role) | Event::RoleDefinitionUpdated(role) = event {
        Some(role.id.0)
    } else if let Event::Directory(event) = event {
        named_in_the_directory(event)
    } else if let Event::Azure(AzureEvent::RoleDefinitionSet(role)) = event {
        Some(role.id.0)
    } else if let Event::Azure(AzureEvent::ScopeSet(scope)) = event {
        Some(scope.id.0)
    } else {
        None
    }
}

/// Of users, groups and service principals the directory itself remembers the names.
const fn named_in_the_directory(event: &DirectoryEvent) -> Option<Uuid> {
    match event {
        DirectoryEvent::ApplicationCreated(it) => Some(it.id.0),
        DirectoryEvent::ApplicationUpdated(it) => Some(it.now.id.0),
        DirectoryEvent::AdministrativeUnitCreated(it) => Some(it.id.0),
        DirectoryEvent::AdministrativeUnitUpdated(it) => Some(it.now.id.0),
        DirectoryEvent::AppRoleAssigned(it) => Some(it.id.0),
        DirectoryEvent::PermissionGrantSet(it) => Some(it.id.0),
        DirectoryEvent::UserCreated(_)
        | DirectoryEvent::UserUpdated(_)
        | DirectoryEvent::GroupCreated(_)
        | DirectoryEvent::GroupUpdated(_)
        | DirectoryEvent::ServicePrincipalCreated(_)
        | DirectoryEvent::ServicePrincipalUpdated(_)
        | DirectoryEvent::MemberAdded { .. }
        | DirectoryEvent::MemberRemoved { .. }
        | DirectoryEvent::OwnerAdded { .. }
        | DirectoryEvent::OwnerRemoved { .. }
        | DirectoryEvent::PrincipalDeleted(_)
        | DirectoryEvent::PrincipalRestored(_)
        | DirectoryEvent::PrincipalPurged(_)
        | DirectoryEvent::ApplicationDeleted(_)
        | DirectoryEvent::ApplicationRestored(_)
        | DirectoryEvent::ApplicationPurged(_)
        | DirectoryEvent::AdministrativeUnitDeleted(_)
        | DirectoryEvent::UnitMemberAdded { .. }
        | DirectoryEvent::UnitMemberRemoved { .. }
        | DirectoryEvent::AppRoleAssignmentRemoved(_)
        | DirectoryEvent::PermissionGrantRevoked(_)
        | DirectoryEvent::DirectoryRoleActivated(_) => None,
    }
}

impl Packed {
    fn len(&self) -> usize {
        self.runs.len().saturating_sub(1) * RUN + self.runs.last().map_or(0, |run| run.ends.len())
    }

    fn push(&mut self, recorded: Recorded) {
        if let (Some(id), Ok(place)) = (named_later(&recorded.event), u32::try_from(self.len())) {
            self.made.insert(id, place);
        }
        if let (Event::SignedIn(_), Ok(place)) = (&recorded.event, u32::try_from(self.len())) {
            self.sign_ins.push(place);
        }
        match self.runs.last_mut() {
            Some(run) if run.ends.len() < RUN => run.push(recorded),
            last => {
                let mut run = last.map_or_else(Run::default, Run::close);
                run.push(recorded);
                self.runs.push(run);
            }
        }
    }

    fn get(&self, place: usize) -> Option<Recorded> {
        self.runs.get(place / RUN)?.get(place % RUN)
    }
}

impl Run {
    /// Gives back the room that is left, and begins a run that will be about as long.
    fn close(&mut self) -> Self {
        self.bytes.shrink_to_fit();
        let bytes = Vec::with_capacity(self.bytes.len());
        Self { bytes, ends: Vec::with_capacity(RUN), lists: Vec::new() }
    }

    /// Behind a mail stand the numbers of its lists that are kept beside the records.
    fn push(&mut self, mut recorded: Recorded) {
        let lists = if let Event::MailSent(mail) = &mut recorded.event { self.take_lists(mail) } else { Vec::new() };
        let start = self.bytes.len();
        let mut written = postcard::serialize_with_flavor(&recorded, Behind(&mut self.bytes));
        for list in lists {
            written = written.and_then(|()| postcard::serialize_with_flavor(&list, Behind(&mut self.bytes)));
        }
        // Writing to memory cannot fail; should it ever, the record is empty and reading skips it.
        if written.is_err() {
            self.bytes.truncate(start);
        }
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    fn get(&self, place: usize) -> Option<Recorded> {
        let start = if place == 0 { 0 } else { *self.ends.get(place - 1)? };
        let end = *self.ends.get(place)?;
        let (mut recorded, lists) =
            postcard::take_from_bytes::<Recorded>(self.bytes.get(start as usize..end as usize)?).ok()?;
        if let Event::MailSent(mail) = &mut recorded.event {
            self.put_lists(mail, lists)?;
        }
        Some(recorded)
    }

    /// Takes the lists of more than one out of a mail and answers their numbers: the same people are mailed of thousands of
    /// ends.
    fn take_lists(&mut self, mail: &mut Mail) -> Vec<u32> {
        let shared = mail.to.iter_mut().filter(|it| it.people.len() > 1);
        shared.map(|it| self.list(std::mem::take(&mut it.people))).collect()
    }

    /// Puts them back: nobody is ever mailed who is nobody.
    fn put_lists(&self, mail: &mut Mail, mut numbers: &[u8]) -> Option<()> {
        for it in mail.to.iter_mut().filter(|it| it.people.is_empty()) {
            let (number, rest) = postcard::take_from_bytes::<u32>(numbers).ok()?;
            it.people = self.lists.get(number as usize)?.clone();
            numbers = rest;
        }
        Some(())
    }

    /// The number of a list.
    fn list(&mut self, people: Recipients) -> u32 {
        let latest = self.lists.iter().enumerate().rev().take(LISTS);
        let known = latest.into_iter().find(|(_, it)| it.is_same(&people) || **it == people).map(|(number, _)| number);
        let number = known.unwrap_or_else(|| {
            self.lists.push(people);
            self.lists.len() - 1
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    }
}

/// Writes behind what is there.
pub(super) struct Behind<'a>(pub(super) &'a mut Vec<u8>);

impl Flavor for Behind<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}
