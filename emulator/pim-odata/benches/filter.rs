//! How long a filter takes to understand, and to ask of ten thousand items.

use divan::{Bencher, black_box};
use pim_odata::{Entity, Field, Filter, Page, Pager, QueryOptions, Value, parse_filter};
use uuid::Uuid;

struct Schedule {
    principal: Uuid,
    role: Uuid,
    status: &'static str,
    name: String,
    created: i64,
}

struct Schedules;

impl Entity for Schedules {
    type Row<'r> = &'r Schedule;
    const TYPE: &'static str = "microsoft.graph.unifiedRoleAssignmentSchedule";
    const NAVIGATIONS: &'static [&'static str] = &["principal"];
    const FIELDS: &'static [Field<Self>] = &[
        Field::string("status", |row| Value::Member(row.status)),
        Field::string("principalId", |row| Value::Guid(row.principal)),
        Field::string("roleDefinitionId", |row| Value::Guid(row.role)),
        Field::instant("createdDateTime", |row| Value::Instant(row.created)),
        Field::string("principal/displayName", |row| Value::text(&row.name)),
    ];
}

fn schedules() -> Vec<Schedule> {
    let schedule = |number: u32| Schedule {
        principal: Uuid::from_u128(u128::from(number % 500)),
        role: Uuid::from_u128(u128::from(number % 7)),
        status: if number.is_multiple_of(3) { "Provisioned" } else { "PendingApproval" },
        name: format!("User {number}"),
        created: i64::from(number) * 60_000,
    };
    (0..10_000).map(schedule).collect()
}

const TWO_IDS: &str = "principalId eq '00000000-0000-0000-0000-000000000007' and \
                       roleDefinitionId eq '00000000-0000-0000-0000-000000000001'";
const STATUS: &str = "status eq 'provisioned' and createdDateTime ge 1970-01-02";
const NAME: &str = "startswith(principal/displayName,'user 9') or contains(principal/displayName,'77')";

#[divan::bench(args = [TWO_IDS, STATUS, NAME])]
fn parse(text: &str) -> bool {
    parse_filter(black_box(text)).is_ok()
}

#[divan::bench(args = [TWO_IDS, STATUS, NAME])]
fn parse_and_bind(text: &str) -> Filter<Schedules> {
    Filter::parse(black_box(text)).expect("a filter")
}

#[divan::bench(args = [TWO_IDS, STATUS, NAME])]
fn evaluate_ten_thousand(bencher: Bencher<'_, '_>, text: &str) {
    let rows = schedules();
    let filter = Filter::<Schedules>::parse(text).expect("a filter");
    bencher.bench_local(|| rows.iter().filter(|row| filter.matches(row)).count());
}

#[divan::bench(args = ["$top=20", "$orderby=createdDateTime desc&$top=20"])]
fn first_page(bencher: Bencher<'_, '_>, query: &str) {
    let rows = schedules();
    bencher.bench_local(|| -> Option<String> {
        let options = QueryOptions::parse(query).expect("a query");
        let pager = Pager::<Schedules>::new(&options, 100).expect("a pager");
        let page: Page<&Schedule> = pager.page(|_| (0..).zip(&rows));
        page.next
    });
}

fn main() {
    divan::main();
}
