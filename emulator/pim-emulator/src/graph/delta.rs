//! `/users/delta` and `/groups/delta`: what has changed since a token was given.
//!
//! A token is a number in the tenant's log of events, with the instant at which it was given. What the events after that number
//! name has changed, and is shown as it is now; a link to a next page goes on with the same stretch of the log. A first round
//! shows everything and ends with the number at which it began. With `Prefer: return=minimal` an object that the client knows
//! shows what is another than it was at that number, which its latest event before that says. After seven days on the tenant's clock, and after a reset or in
//! a tenant made from a snapshot, whose log begins anew, the answer is 410.

use super::body::members::Members;
use super::call::Call;
use super::collection::PAGE_SIZE;
use super::error::GraphError;
use super::expand::Wanted;
use super::groups::{GroupResource, GroupRow};
use super::json::{Json, Resource};
use super::objects::Object;
use super::permission::{READ_GROUPS, READ_USERS};
use super::preferences::{Applied, Returned};
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use super::users::{UserResource, UserRow};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::{Principal, PrincipalKind};
use pim_core::time::{Instant, Length};
use pim_core::{DirectoryEvent, Event, PrincipalId, View};
use pim_odata::{Entity, Field, Filter, QueryError, QueryOptions, Value};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How long a token is good.
const LIFETIME: Length = Length::days(7);

/// What can be asked.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/users/delta",
        versions: BOTH,
        permission: &READ_USERS,
        handler: answer::<UserResource>,
    },
    Operation {
        method: Method::Get,
        path: "/groups/delta",
        versions: BOTH,
        permission: &READ_GROUPS,
        handler: answer::<GroupResource>,
    },
];

/// A type whose changes can be followed.
trait Followed: Resource {
    const KIND: PrincipalKind;
    const COLLECTION: &'static str;
    /// Whether changes of who is in it are told.
    const HAS_MEMBERS: bool;

    fn row<'v>(view: View<'v>, principal: &'v Principal) -> Option<Self::Row<'v>>;
}

impl Followed for UserResource {
    const KIND: PrincipalKind = PrincipalKind::User;
    const COLLECTION: &'static str = "users";
    const HAS_MEMBERS: bool = false;

    fn row<'v>(view: View<'v>, principal: &'v Principal) -> Option<UserRow<'v>> {
        match principal {
            Principal::User(user) => Some(UserRow::of(view, user)),
            Principal::Group(_) | Principal::ServicePrincipal(_) => None,
        }
    }
}

impl Followed for GroupResource {
    const KIND: PrincipalKind = PrincipalKind::Group;
    const COLLECTION: &'static str = "groups";
    const HAS_MEMBERS: bool = true;

    fn row<'v>(view: View<'v>, principal: &'v Principal) -> Option<GroupRow<'v>> {
        match principal {
            Principal::Group(group) => Some(GroupRow::of(view, group)),
            Principal::User(_) | Principal::ServicePrincipal(_) => None,
        }
    }
}

/// An object as the filter of a delta sees it: by its id alone.
#[derive(Clone, Copy, Debug)]
struct ById;

impl Entity for ById {
    type Row<'r> = Uuid;
    const TYPE: &'static str = "microsoft.graph.directoryObject";
    const FIELDS: &'static [Field<Self>] = &[Field::string("id", |id| Value::Guid(*id))];
    const NAVIGATIONS: &'static [&'static str] = &[];
}

/// Where a client is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Token {
    /// The number of the last event that it knows of; `None` in a first round.
    from: Option<u64>,
    /// The number of the last event of this round.
    to: u64,
    /// The place in the round: how many changes were shown, or the key from which on objects are to be.
    place: u64,
    given: Instant,
}

impl Token {
    fn write(self) -> String {
        let from = self.from.map_or_else(String::new, |from| from.to_string());
        URL_SAFE_NO_PAD.encode(format!("{from}.{}.{}.{}", self.to, self.place, self.given.milliseconds()))
    }

    fn parse(text: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let mut parts = text.split('.');
        let from = parts.next()?;
        let token = Self {
            from: if from.is_empty() { None } else { Some(from.parse().ok()?) },
            to: parts.next()?.parse().ok()?,
            place: parts.next()?.parse().ok()?,
            given: Instant::from_milliseconds(parts.next()?.parse().ok()?),
        };
        parts.next().is_none().then_some(token)
    }
}

/// One round of following, or a page of it.
struct Round<'c> {
    call: &'c Call<'c>,
    options: QueryOptions,
    wanted: Wanted,
    filter: Option<Filter<ById>>,
    token: Token,
}

fn answer<E: Followed>(call: &Call<'_>) -> Result<Reply, GraphError> {
    let options = call.options()?;
    if options.top.is_some() {
        return Err(GraphError::UnsupportedOption("$top"));
    }
    if options.orderby.is_some() || options.search.is_some() {
        return Err(QueryError::Unsupported.into());
    }
    // Changes of members are told beside the properties; asking for them in another way comes to the same.
    let wanted = Wanted::of::<E>(options.select.as_deref(), None, call.version)?;
    let filter = options.filter.as_deref().map(Filter::parse).transpose()?;
    call.tenant.read(|view| {
        let (last, now) = (call.tenant.log().last(), view.now());
        let given = |name: &str| {
            let is_it = |(key, _): &&(String, String)| key.trim_start_matches('$').eq_ignore_ascii_case(name);
            options.other.iter().find(is_it).map(|(_, value)| value.as_str())
        };
        let token = match (&options.skiptoken, given("deltatoken")) {
            (Some(text), _) => checked(call, now, text)?,
            (None, Some("latest")) => {
                let token = Token { from: Some(last), to: last, place: 0, given: now };
                return Ok(Round { call, options, wanted, filter, token }.write::<E>(view, &[], None));
            }
            (None, Some(text)) => Token { from: Some(checked(call, now, text)?.to), to: last, place: 0, given: now },
            (None, None) => Token { from: None, to: last, place: 0, given: now },
        };
        Ok(Round { call, options, wanted, filter, token }.page::<E>(view))
    })
}

/// A token that something can still be told from.
fn checked(call: &Call<'_>, now: Instant, text: &str) -> Result<Token, GraphError> {
    let token = Token::parse(text).ok_or(QueryError::ExpiredPageToken)?;
    let log = call.tenant.log();
    let is_known = |number: u64| (log.first()..=log.last()).contains(&number);
    let is_good = is_known(token.to) && token.from.is_none_or(is_known) && token.given.plus(LIFETIME) > now;
    if is_good { Ok(token) } else { Err(GraphError::SyncStateNotFound) }
}

/// What has become of an object.
struct Change<'v> {
    id: PrincipalId,
    /// What it is now; `None` when it is gone.
    principal: Option<&'v Principal>,
    /// Whether it can be restored.
    is_restorable: bool,
    /// What it was when the token was given, where that is asked for and known.
    before: Option<Principal>,
    /// Whose membership is told, and whether each is a member now.
    members: BTreeMap<PrincipalId, bool>,
}

impl Round<'_> {
    fn page<E: Followed>(&self, view: View<'_>) -> Reply {
        let lets_through = |id: PrincipalId| self.filter.as_ref().is_none_or(|filter| filter.matches(&id.0));
        let Some(from) = self.token.from else {
            let rows = view.principals(E::KIND, self.token.place.checked_sub(1));
            let mut rows = rows.filter(|(_, it)| lets_through(it.id()));
            let page: Vec<_> = rows.by_ref().take(PAGE_SIZE).map(|(_, it)| whole::<E>(view, it)).collect();
            return self.write::<E>(view, &page, rows.next().map(|(key, _)| key));
        };
        let mut changes = changed::<E>(self.call, view, from, self.token.to);
        changes.retain(|change| lets_through(change.id));
        let start = usize::try_from(self.token.place).unwrap_or(usize::MAX).min(changes.len());
        let end = start.saturating_add(PAGE_SIZE).min(changes.len());
        let next = (end < changes.len()).then_some(end as u64);
        let page = &mut changes[start..end];
        if self.call.preferences.returns_minimal() {
            self.look_back(from, page);
        }
        self.write::<E>(view, page, next)
    }

    /// Finds what the objects of a page were when the token was given, from there backwards in the log. One that was not there
    /// then, or of which the log of this tenant knows no beginning, is shown whole.
    fn look_back(&self, from: u64, page: &mut [Change<'_>]) {
        /// How many records are read at once.
        const AT_ONCE: u64 = 1024;
        let log = self.call.tenant.log();
        let mut open: BTreeMap<_, _> = page.iter_mut().map(|change| (change.id, &mut change.before)).collect();
        let (mut end, first) = (from, log.first().saturating_sub(1));
        while end > first && !open.is_empty() {
            let start = end.saturating_sub(AT_ONCE).max(first);
            let records = log.after(start, usize::try_from(end - start).unwrap_or(usize::MAX));
            for (_, recorded) in records.into_iter().rev() {
                let Event::Directory(event) = recorded.event else { continue };
                let Some((id, then)) = told(event) else { continue };
                if let Some(before) = open.remove(&id) {
                    *before = then;
                }
            }
            end = start;
        }
    }

    /// Writes a page. Where it is the last of the round, its link is to the next round.
    fn write<E: Followed>(&self, view: View<'_>, changes: &[Change<'_>], next: Option<u64>) -> Reply {
        if self.call.preferences.returns_minimal() {
            self.call.applied.set(Some(Applied::Returned(Returned::Minimal)));
        }
        let context = format!("{}{}", E::COLLECTION, self.wanted.named::<E>());
        let mut json = self.call.json_of(256 + changes.len() * 600, &context);
        let (link, option, token) = match next {
            Some(place) => ("@odata.nextLink", "$skiptoken", Token { place, ..self.token }),
            None => ("@odata.deltaLink", "$deltatoken", Token { from: Some(self.token.to), place: 0, ..self.token }),
        };
        json.key(link);
        let others = self.others();
        json.text(&self.call.url(&format!("{}/delta?{others}{option}={}", E::COLLECTION, token.write())));
        json.key("value");
        json.raw("[");
        for change in changes {
            json.next();
            json.open();
            self.write_change::<E>(view, change, &mut json);
            json.close();
        }
        json.raw("]");
        json.close();
        Reply::Ok(json.into_bytes())
    }

    fn write_change<E: Followed>(&self, view: View<'_>, change: &Change<'_>, json: &mut Json) {
        let Some(row) = change.principal.and_then(|principal| E::row(view, principal)) else {
            json.key("id");
            json.uuid(change.id.0);
            return removed(if change.is_restorable { "changed" } else { "deleted" }, json);
        };
        let before = change.before.as_ref().and_then(|before| E::row(view, before));
        match &before {
            Some(before) => self.write_difference::<E>(before, &row, json),
            None => self.wanted.write::<E>(&row, json),
        }
        if before.is_some() || !self.options.select.as_deref().is_none_or(names_id) {
            json.key("id");
            json.uuid(change.id.0);
        }
        if change.members.is_empty() || !self.tells_members() {
            return;
        }
        json.key("members@delta");
        json.raw("[");
        for (member, is_member) in &change.members {
            json.next();
            json.open();
            if let Some(principal) = view.principal(*member) {
                json.kind(Object::Principal(principal).odata_type());
            }
            json.key("id");
            json.uuid(member.0);
            if !is_member {
                removed("deleted", json);
            }
            json.close();
        }
        json.raw("]");
    }

    /// Writes the properties that are another now than they were.
    fn write_difference<E: Followed>(&self, before: &E::Row<'_>, now: &E::Row<'_>, json: &mut Json) {
        let written = |row: &E::Row<'_>| {
            let mut json = Json::with_capacity(1200);
            json.open();
            self.wanted.write::<E>(row, &mut json);
            json.close();
            // What was just written can be read.
            serde_json::from_slice::<Members>(&json.into_bytes()).unwrap_or_default()
        };
        for ((name, value), (_, old)) in written(now).into_iter().zip(written(before)) {
            if value.get() != old.get() {
                json.key(&name);
                json.raw(value.get());
            }
        }
    }

    /// Whether members are among what is followed: they are unless `$select` leaves them out.
    fn tells_members(&self) -> bool {
        let named = |select: &str| select.split(',').any(|name| name.trim().eq_ignore_ascii_case("members"));
        self.options.select.as_deref().is_none_or(named) || self.options.expand.is_some()
    }

    /// The options that a link repeats, each followed by a separator.
    fn others(&self) -> String {
        let is_token = |pair: &str| {
            let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
            name.ends_with("skiptoken") || name.ends_with("deltatoken")
        };
        let pairs = self.call.query.split('&').filter(|pair| !pair.is_empty() && !is_token(pair));
        pairs.map(|pair| format!("{pair}&")).collect()
    }
}

/// What an event says that a user or group is from then on; that it is not there where it was deleted.
fn told(event: DirectoryEvent) -> Option<(PrincipalId, Option<Principal>)> {
    if let DirectoryEvent::UserCreated(user) = event {
        Some((user.id, Some(Principal::User(*user))))
    } else if let DirectoryEvent::UserUpdated(it) = event {
        Some((it.now.id, Some(Principal::User(it.now))))
    } else if let DirectoryEvent::GroupCreated(group) = event {
        Some((group.id, Some(Principal::Group(*group))))
    } else if let DirectoryEvent::GroupUpdated(it) = event {
        Some((it.now.id, Some(Principal::Group(it.now))))
    } else if let DirectoryEvent::PrincipalDeleted(id) = event {
        Some((id, None))
    } else {
        None
    }
}

fn names_id(select: &str) -> bool {
    select.split(',').any(|name| name.trim().eq_ignore_ascii_case("id"))
}

fn removed(reason: &str, json: &mut Json) {
    json.key("@removed");
    json.open();
    json.key("reason");
    json.plain(reason);
    json.close();
}

/// An object with everybody who is in it: what a first round shows.
fn whole<'v, E: Followed>(view: View<'v>, principal: &'v Principal) -> Change<'v> {
    let members = if E::HAS_MEMBERS { view.members(principal.id()) } else { Vec::new() };
    Change {
        id: principal.id(),
        principal: Some(principal),
        is_restorable: false,
        before: None,
        members: members.into_iter().map(|member| (member.id(), true)).collect(),
    }
}

/// What the events after one number and up to another name, in the order in which it is first named.
fn changed<'v, E: Followed>(call: &Call<'_>, view: View<'v>, from: u64, to: u64) -> Vec<Change<'v>> {
    let mut touched = Touched::default();
    let count = usize::try_from(to.saturating_sub(from)).unwrap_or(usize::MAX);
    for (_, recorded) in call.tenant.log().after(from, count) {
        touched.event(view, &recorded.event);
    }
    let (order, edges) = (touched.order, touched.edges);
    (order.into_iter().filter(|id| view.kind_of(*id) == Some(E::KIND)))
        .map(|id| {
            let members = view.members(id);
            let is_member = |member: PrincipalId| members.iter().any(|it| it.id() == member);
            let named = edges.get(&id).into_iter().flatten().copied();
            Change {
                id,
                principal: view.principal(id),
                is_restorable: view.deleted(id).is_some(),
                before: None,
                members: named.map(|member| (member, is_member(member))).collect(),
            }
        })
        .collect()
}

/// The objects that events name, and the memberships.
#[derive(Debug, Default)]
struct Touched {
    order: Vec<PrincipalId>,
    seen: BTreeSet<PrincipalId>,
    edges: BTreeMap<PrincipalId, BTreeSet<PrincipalId>>,
}

impl Touched {
    fn object(&mut self, id: PrincipalId) {
        if self.seen.insert(id) {
            self.order.push(id);
        }
    }

    fn edge(&mut self, group: PrincipalId, member: PrincipalId) {
        self.object(group);
        self.edges.entry(group).or_default().insert(member);
    }

    fn event(&mut self, view: View<'_>, event: &Event) {
        if let Event::Directory(event) = event {
            self.note(view, event);
        }
    }

    fn note(&mut self, view: View<'_>, event: &DirectoryEvent) {
        match event {
            DirectoryEvent::UserCreated(user) => self.object(user.id),
            DirectoryEvent::UserUpdated(it) => self.object(it.now.id),
            DirectoryEvent::GroupCreated(group) => self.object(group.id),
            DirectoryEvent::GroupUpdated(it) => self.object(it.now.id),
            DirectoryEvent::MemberAdded { group, member } | DirectoryEvent::MemberRemoved { group, member } => {
                self.edge(*group, *member);
            }
            DirectoryEvent::OwnerAdded { group, .. } | DirectoryEvent::OwnerRemoved { group, .. } => {
                self.object(*group);
            }
            // With an object go its memberships, and with it they come back.
            DirectoryEvent::PrincipalDeleted(id) | DirectoryEvent::PrincipalPurged(id) => {
                self.object(*id);
                view.was_member_of(*id).for_each(|group| self.edge(group, *id));
            }
            DirectoryEvent::PrincipalRestored(id) => {
                self.object(*id);
                view.groups_of(*id).into_iter().for_each(|group| self.edge(group.id(), *id));
                view.members(*id).into_iter().for_each(|member| self.edge(*id, member.id()));
            }
            DirectoryEvent::ServicePrincipalCreated(_)
            | DirectoryEvent::ServicePrincipalUpdated(_)
            | DirectoryEvent::ApplicationCreated(_)
            | DirectoryEvent::ApplicationUpdated(_)
            | DirectoryEvent::ApplicationDeleted(_)
            | DirectoryEvent::ApplicationRestored(_)
            | DirectoryEvent::ApplicationPurged(_)
            | DirectoryEvent::AdministrativeUnitCreated(_)
            | DirectoryEvent::AdministrativeUnitUpdated(_)
            | DirectoryEvent::AdministrativeUnitDeleted(_)
            | DirectoryEvent::UnitMemberAdded { .. }
            | DirectoryEvent::UnitMemberRemoved { .. }
            | DirectoryEvent::AppRoleAssigned(_)
            | DirectoryEvent::AppRoleAssignmentRemoved(_)
            | DirectoryEvent::PermissionGrantSet(_)
            | DirectoryEvent::PermissionGrantRevoked(_)
            | DirectoryEvent::DirectoryRoleActivated(_) => {}
        }
    }
}
