use super::super::{Began, PathPattern, Surface, Traffic, TrafficOptions, Visit};
use super::{Ended, LONGEST_BODY, MOST_BYTES, RUN, Wanted};
use crate::app::traffic::Course;
use axum::http::{HeaderMap, Method, StatusCode};
use pim_core::time::Instant;
use uuid::Uuid;

fn began() -> Began {
    Began::at(Instant::FIRST)
}

fn traffic(length: usize, before: u64) -> Traffic {
    Traffic::default().under(&TrafficOptions { journal_length: length, hostile: None }, before)
}

fn note(traffic: &Traffic, began: Began, method: &Method, path: &str, body: &[u8]) {
    let headers = HeaderMap::new();
    let visit = Visit {
        began,
        surface: Surface::Graph,
        method,
        path,
        query: "",
        headers: &headers,
        principal: None,
        application: None,
        is_device_poll: false,
    };
    let ended = Ended { status: Some(StatusCode::OK), error: None, request_id: Uuid::nil(), body };
    traffic.note(&visit, &Course::default(), &ended);
}

/// The paths that are kept after a number, and the numbers of the first and the last.
fn kept(traffic: &Traffic, after: u64) -> (u64, u64, Vec<(u64, String)>) {
    let (first, last, _, noted) = traffic.journal().after(after, usize::MAX, &Wanted::default());
    (first, last, noted.into_iter().map(|it| (it.number, it.path)).collect())
}

#[test]
fn the_latest_requests_are_kept_and_numbers_go_on() {
    let (traffic, began) = (traffic(3, 10), began());
    for path in ["/a", "/b", "/c", "/d"] {
        note(&traffic, began, &Method::GET, path, b"");
    }
    let pairs = |all: &[(u64, &str)]| all.iter().map(|(n, p)| (*n, (*p).to_owned())).collect::<Vec<_>>();
    assert_eq!(kept(&traffic, 0), (12, 14, pairs(&[(12, "/b"), (13, "/c"), (14, "/d")])));
    assert_eq!(kept(&traffic, 13).2, pairs(&[(14, "/d")]));
    assert_eq!(kept(&traffic, 99).2, []);
    traffic.journal().clear();
    assert_eq!(kept(&traffic, 0), (15, 14, Vec::new()));
    note(&traffic, began, &Method::GET, "/e", b"");
    assert_eq!(kept(&traffic, 0), (15, 15, pairs(&[(15, "/e")])));
}

#[test]
fn exactly_as_many_are_kept_however_many_came() {
    let (traffic, began) = (traffic(RUN + 7, 0), began());
    for number in 0..4 * RUN {
        note(&traffic, began, &Method::GET, &format!("/{number}"), b"");
        let (first, last, noted) = kept(&traffic, 0);
        assert_eq!(last - first + 1, noted.len() as u64);
        assert_eq!(noted.len(), (number + 1).min(RUN + 7));
        assert_eq!(noted.last().unwrap(), &(last, format!("/{number}")));
    }
}

#[test]
fn large_bodies_are_cut_and_do_not_fill_the_memory() {
    let (traffic, began) = (traffic(100_000, 0), began());
    let body = vec![b'x'; LONGEST_BODY + 1];
    let count = 2 * MOST_BYTES / LONGEST_BODY;
    for _ in 0..count {
        note(&traffic, began, &Method::POST, "/v1.0/users", &body);
    }
    let (_, last, found, noted) = traffic.journal().after(0, usize::MAX, &Wanted::default());
    assert_eq!(last, count as u64);
    assert_eq!(found, noted.len());
    let bytes: usize = noted.iter().map(|it| it.body.as_ref().map_or(0, |(text, _)| text.len())).sum();
    assert!(bytes <= MOST_BYTES && bytes > MOST_BYTES / 2, "{bytes}");
    assert!(
        noted.iter().all(|it| it.body.as_ref().is_some_and(|(text, is_cut)| *is_cut && text.len() == LONGEST_BODY))
    );
}

#[test]
fn bodies_of_what_only_reads_are_not_kept_and_a_journal_of_no_length_keeps_nothing() {
    let began = began();
    let some = traffic(10, 0);
    note(&some, began, &Method::GET, "/a", b"body");
    assert_eq!(some.journal().after(0, 1, &Wanted::default()).3[0].body, None);
    let none = traffic(0, 0);
    note(&none, began, &Method::GET, "/a", b"");
    assert_eq!(kept(&none, 0), (1, 0, Vec::new()));
}

#[test]
fn what_is_wanted_is_counted_beyond_the_limit() {
    let (traffic, began) = (traffic(100, 0), began());
    for number in 0..10 {
        note(&traffic, began, &Method::GET, if number % 2 == 0 { "/v1.0/even" } else { "/v1.0/odd" }, b"");
    }
    let wanted = Wanted { path: Some(PathPattern::parse("/EVEN").unwrap()), ..Wanted::default() };
    let (_, _, count, noted) = traffic.journal().after(2, 2, &wanted);
    assert_eq!(count, 4);
    assert_eq!(noted.iter().map(|it| it.number).collect::<Vec<_>>(), [3, 5]);
}
