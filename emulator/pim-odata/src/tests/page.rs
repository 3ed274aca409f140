//! Pages.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::support::{User, Users, ada, guid};
use crate::{ErrorKind, Page, Pager, QueryOptions, SkipToken};

type Collection = BTreeMap<u64, User>;

fn users(count: u64) -> Collection {
    (1..=count).map(|key| (key, user(key, i64::try_from(key % 3).unwrap()))).collect()
}

fn user(key: u64, logins: i64) -> User {
    User { id: guid(key.into()), logins: (logins != 0).then_some(logins), ..ada() }
}

fn fetch<'c>(collection: &'c Collection, query: &str) -> Page<&'c User> {
    let options = QueryOptions::parse(query).expect(query);
    let pager = Pager::<Users>::new(&options, 4).expect(query);
    pager.page(|after| {
        let start = after.map_or(0, |key| key + 1);
        collection.range(start..).map(|(key, user)| (*key, user))
    })
}

fn keys(page: &Page<&User>) -> Vec<u64> {
    page.items.iter().map(|user| user.id.as_u128() as u32 as u64).collect()
}

/// Fetches page after page, as a client does.
fn fetch_all(collection: &Collection, query: &str) -> Vec<Vec<u64>> {
    let mut pages = Vec::new();
    let mut query = query.to_owned();
    loop {
        let page = fetch(collection, &query);
        pages.push(keys(&page));
        let Some(token) = page.next else { return pages };
        query = QueryOptions::parse(&query).unwrap().next_query(&token);
    }
}

#[test]
fn a_page_is_cut_after_its_size_and_the_last_has_no_next() {
    assert_eq!(fetch_all(&users(9), ""), [vec![1, 2, 3, 4], vec![5, 6, 7, 8], vec![9]]);
    assert_eq!(fetch_all(&users(4), ""), [vec![1, 2, 3, 4]]);
    assert_eq!(fetch_all(&users(0), ""), [Vec::<u64>::new()]);
    assert_eq!(fetch_all(&users(3), "$top=2"), [vec![1, 2], vec![3]]);
}

#[test]
fn only_what_matches_fills_a_page() {
    assert_eq!(fetch_all(&users(12), "$filter=logins eq 2&$top=2"), [vec![2, 5], vec![8, 11]]);
}

#[test]
fn a_sorted_collection_is_paged_in_its_order() {
    assert_eq!(fetch_all(&users(8), "$orderby=logins desc&$top=3"), [vec![2, 5, 8], vec![1, 4, 7], vec![3, 6]]);
    assert_eq!(fetch_all(&users(4), "$orderby=logins,displayName desc,id desc&$top=3"), [vec![3, 4, 1], vec![2]]);
}

#[test]
fn skip_concerns_the_first_page_only() {
    assert_eq!(fetch_all(&users(7), "$skip=2&$top=2"), [vec![3, 4], vec![5, 6], vec![7]]);
    assert_eq!(fetch_all(&users(5), "$skip=1&$top=2&$orderby=id desc"), [vec![4, 3], vec![2, 1]]);
    assert_eq!(fetch_all(&users(2), "$skip=99999999999999999999"), [Vec::<u64>::new()]);
    assert_eq!(fetch_all(&users(2), "$skip=99&$orderby=id"), [Vec::<u64>::new()]);
}

#[test]
fn the_count_is_of_all_that_matches_and_on_the_first_page_only() {
    let users = users(9);
    for order in ["", "&$orderby=id"] {
        let first = fetch(&users, &format!("$count=true&$skip=1{order}"));
        assert_eq!(first.count, Some(9));
        let next = QueryOptions::parse(&format!("$count=true{order}")).unwrap().next_query(&first.next.unwrap());
        assert_eq!(fetch(&users, &next).count, None);
        assert_eq!(fetch(&users, &format!("$count=true&$filter=logins eq 1{order}")).count, Some(3));
        assert_eq!(fetch(&users, &format!("$count=false{order}")).count, None);
    }
}

#[test]
fn a_known_count_spares_the_counting_unless_a_filter_decides() {
    let users = users(9);
    let page = |query: &str| {
        let pager = Pager::<Users>::new(&QueryOptions::parse(query).unwrap(), 2).unwrap().with_known_count(1000);
        let mut looked_at = 0;
        let page = pager.page(|_| users.iter().map(|(key, user)| (*key, user)).inspect(|_| looked_at += 1));
        (page.count, looked_at)
    };
    assert_eq!(page("$count=true"), (Some(1000), 3));
    assert_eq!(page("$count=true&$filter=true"), (Some(9), 9));
}

#[test]
fn a_caller_that_cannot_seek_need_not() {
    let users = users(6);
    let first = fetch(&users, "");
    let query = QueryOptions::parse("").unwrap().next_query(&first.next.unwrap());
    let pager = Pager::<Users>::new(&QueryOptions::parse(&query).unwrap(), 4).unwrap();
    let second = pager.page(|_| users.iter().map(|(key, user)| (*key, user)));
    assert_eq!(keys(&second), [5, 6]);
}

#[test]
fn the_pager_tells_what_an_index_may_be_asked() {
    let options = QueryOptions::parse("$filter=displayName eq 'x'").unwrap();
    let pager = Pager::<Users>::new(&options, 4).unwrap();
    assert_eq!(pager.equality("displayName").and_then(|literal| literal.text()), Some("x"));
    assert!(pager.filter().is_some() && pager.equality("id").is_none());
}

#[test]
fn the_last_item_may_vanish_between_two_pages() {
    for query in ["$top=2", "$top=2&$orderby=displayName"] {
        let mut users = users(4);
        let token = fetch(&users, query).next.unwrap();
        users.remove(&2);
        let next = QueryOptions::parse(query).unwrap().next_query(&token);
        assert_eq!(keys(&fetch(&users, &next)), [3, 4], "{query}");
    }
}

#[test]
fn a_token_that_is_damaged_or_of_another_order_has_expired() {
    let users = users(9);
    let plain = fetch(&users, "").next.unwrap();
    let sorted = fetch(&users, "$orderby=id").next.unwrap();
    assert_eq!(SkipToken::parse(&plain).unwrap().after_key(), Some(4));
    assert_eq!(SkipToken::parse(&sorted).unwrap().after_key(), None);
    let new = |query: String| Pager::<Users>::new(&QueryOptions::parse(&query).unwrap(), 4);
    for query in [
        format!("$orderby=id&$skiptoken={plain}"),
        format!("$skiptoken={sorted}"),
        format!("$skiptoken={plain}A"),
        format!("$skiptoken={}", &plain[1..]),
        format!("$skiptoken=B{}", &plain[1..]),
        "$skiptoken=".to_owned(),
        "$skiptoken=garbage".to_owned(),
    ] {
        let error = new(query.clone()).expect_err(&query);
        assert_eq!(error.kind(), ErrorKind::ExpiredPageToken);
        assert_eq!(
            error.to_string(),
            "The specified page token value has expired and can no longer be included in your request."
        );
    }
}

/// What happens to the collection between two pages.
#[derive(Debug, Clone)]
enum Change {
    Add(u64, i64),
    Remove(usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (1..200u64, 0..4i64).prop_map(|(key, logins)| Change::Add(key, logins)),
        (0..200usize).prop_map(Change::Remove),
    ]
}

fn query() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "$top=3",
        "$top=3&$filter=logins ge 1",
        "$top=3&$orderby=logins",
        "$top=2&$orderby=logins desc,id desc",
        "$top=3&$orderby=userType,logins desc&$filter=logins ne 2",
        "$top=1&$orderby=displayName",
    ])
}

proptest! {
    #[test]
    fn a_collection_that_changes_shows_nothing_twice_and_misses_nothing_that_stayed(
        query in query(),
        start in prop::collection::btree_map(1..200u64, 0..4i64, 0..40),
        changes in prop::collection::vec(prop::collection::vec(change(), 0..5), 0..20),
    ) {
        let mut users: Collection = start.iter().map(|(key, logins)| (*key, user(*key, *logins))).collect();
        // Everyone who was there at the start and was not touched since.
        let mut stayed: BTreeSet<u64> = users.keys().copied().collect();
        // A key that was removed and added again is another item.
        let mut used = stayed.clone();
        let mut shown = Vec::new();
        let mut changes = changes.into_iter();
        let mut next = query.to_owned();
        loop {
            let page = fetch(&users, &next);
            shown.extend(keys(&page));
            let Some(token) = page.next else { break };
            next = QueryOptions::parse(query).unwrap().next_query(&token);
            for change in changes.next().into_iter().flatten() {
                match change {
                    Change::Add(key, logins) => {
                        if used.insert(key) {
                            users.insert(key, user(key, logins));
                        }
                    }
                    Change::Remove(at) => {
                        if let Some(key) = users.keys().nth(at).copied() {
                            users.remove(&key);
                            stayed.remove(&key);
                        }
                    }
                }
            }
        }
        let distinct: BTreeSet<u64> = shown.iter().copied().collect();
        prop_assert_eq!(distinct.len(), shown.len());
        let filter = QueryOptions::parse(query).unwrap();
        let pager = Pager::<Users>::new(&filter, 1).unwrap();
        for key in stayed {
            let wanted = pager.filter().is_none_or(|filter| filter.matches(&&users[&key]));
            prop_assert_eq!(wanted, distinct.contains(&key));
        }
    }

    #[test]
    fn pages_put_together_are_the_whole_collection_in_order(
        start in prop::collection::btree_map(1..200u64, 0..4i64, 0..40),
        size in 1..10usize,
    ) {
        let users: Collection = start.iter().map(|(key, logins)| (*key, user(*key, *logins))).collect();
        let pages = fetch_all(&users, &format!("$orderby=logins desc&$top={size}"));
        let mut expected: Vec<(i64, u64)> = start.iter().map(|(key, logins)| (-logins, *key)).collect();
        expected.sort_unstable();
        let expected: Vec<u64> = expected.into_iter().map(|(_, key)| key).collect();
        prop_assert_eq!(pages.concat(), expected);
    }
}
