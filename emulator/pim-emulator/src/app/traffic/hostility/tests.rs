use super::super::{Began, End, Fate, Hardship, Surface, Visit};
use super::{Hostility, Profile};
use axum::http::{HeaderMap, Method};
use pim_core::PrincipalId;
use pim_core::time::Instant;
use proptest::prelude::*;
use uuid::Uuid;

fn visit<'a>(method: &'a Method, path: &'a str, query: &'a str, headers: &'a HeaderMap, caller: u128) -> Visit<'a> {
    Visit {
        began: Began::at(Instant::FIRST),
        surface: Surface::Graph,
        method,
        path,
        query,
        headers,
        principal: Some(PrincipalId(Uuid::from_u128(caller))),
        application: None,
        is_device_poll: false,
    }
}

fn hostile(profile: Profile) -> Hostility {
    let hostility = Hostility::default();
    hostility.set(Some(profile.checked().unwrap()));
    hostility
}

fn share() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0]
}

prop_compose! {
    fn profile()(
        seed in any::<u64>(), throttled in share(), unavailable in share(), pending in share(), not_found in share(),
        stale_lists in share(), expired_skip_tokens in share(), longest_streak in 0u32..5, longest_lag in 0u32..6,
    ) -> Profile {
        Profile {
            seed, throttled, unavailable, pending, not_found, stale_lists, expired_skip_tokens, longest_streak, longest_lag,
            ..Profile::default()
        }
    }
}

/// What a request that is carried out looks at, and whether it makes something.
#[derive(Clone, Copy, Debug)]
struct Move {
    caller: u128,
    path: u8,
    makes: bool,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = (0u128..3, 0u8..3, any::<bool>()).prop_map(|(caller, path, makes)| Move { caller, path, makes });
    prop::collection::vec(one, 1..120)
}

fn carried_out(end: End) -> Option<Fate> {
    match end {
        End::CarriedOut(fate) => Some(fate),
        End::Refused(..) | End::Dropped => None,
    }
}

proptest! {
    /// However hostile a tenant is, and whoever else asks meanwhile, whoever asks again gets through.
    #[test]
    fn the_same_request_is_refused_no_more_often_than_the_profile_says(profile in profile(), moves in moves()) {
        let (longest, hostility, headers) = (profile.longest_streak, hostile(profile), HeaderMap::new());
        let mut streaks = std::collections::HashMap::new();
        for Move { caller, path, .. } in moves {
            let streak: &mut u32 = streaks.entry((caller, path)).or_default();
            let path = format!("/v1.0/things/{path}");
            match carried_out(hostility.meet(&visit(&Method::GET, &path, "", &headers, caller))) {
                Some(_) => *streak = 0,
                None => *streak += 1,
            }
            prop_assert!(*streak <= longest);
        }
    }

    /// What was made is seen in time, and what was seen stays seen.
    #[test]
    fn what_was_made_is_seen_in_time_and_for_good(profile in profile(), moves in moves()) {
        let lag = u64::from(profile.longest_lag);
        let (hostility, headers) = (hostile(profile), HeaderMap::new());
        let mut made: Vec<(Uuid, u64, [bool; 3])> = Vec::new();
        for (number, Move { caller, path, makes }) in (1u64..).zip(moves) {
            let path = format!("/v1.0/things/{path}");
            let Some(fate) = carried_out(hostility.meet(&visit(&Method::POST, &path, "", &headers, caller))) else {
                continue;
            };
            for (id, since, seen) in &mut made {
                let now = match fate.replica() {
                    Some(replica) => [replica.finds(*id), replica.lists(*id), replica.has_provisioned(*id)],
                    None => [true; 3],
                };
                prop_assert!(now[0] || !now[1], "listed, and not found");
                for (was, is) in seen.iter_mut().zip(now) {
                    prop_assert!(is || !*was, "gone again");
                    prop_assert!(is || number <= *since + lag, "still not seen");
                    *was = is;
                }
            }
            if makes {
                let id = Uuid::from_u128(u128::from(number));
                hostility.hold_back(&fate, &[id]);
                made.push((id, number, [false; 3]));
            }
        }
    }

    /// Whoever begins a list anew after its link expired gets to its end.
    #[test]
    fn the_links_of_a_list_expire_once_for_each_caller(profile in profile(), pages in prop::collection::vec(0u128..3, 1..200)) {
        let (hostility, headers) = (hostile(Profile { longest_streak: 0, ..profile }), HeaderMap::new());
        let mut expired = [0; 3];
        for (page, caller) in pages.into_iter().enumerate() {
            let query = format!("$skiptoken={page}");
            let fate = carried_out(hostility.meet(&visit(&Method::GET, "/v1.0/things", &query, &headers, caller)));
            let place = usize::try_from(caller).unwrap();
            expired[place] += u32::from(fate.is_some_and(|fate| fate.expires_link()));
            prop_assert!(expired[place] <= 1);
        }
    }

    /// The same requests in the same order meet the same.
    #[test]
    fn the_same_seed_does_the_same_again(profile in profile(), moves in moves()) {
        let (one, other, headers) = (hostile(profile.clone()), hostile(profile), HeaderMap::new());
        for Move { caller, path, makes } in moves {
            let path = format!("/v1.0/things/{path}");
            let meet = |hostility: &Hostility| {
                let end = hostility.meet(&visit(&Method::GET, &path, "$skiptoken=a", &headers, caller));
                let text = format!("{end:?}");
                if let (Some(fate), true) = (carried_out(end), makes) {
                    hostility.hold_back(&fate, &[Uuid::from_u128(caller)]);
                }
                text
            };
            prop_assert_eq!(meet(&one), meet(&other));
        }
    }
}

#[test]
fn a_share_of_all_refuses_as_often_as_it_may_and_then_lets_through() {
    let profile = Profile { throttled: 1.0, ..Profile::default() };
    let (hostility, headers) = (hostile(profile), HeaderMap::new());
    let meet = || carried_out(hostility.meet(&visit(&Method::GET, "/v1.0/me", "", &headers, 1))).is_some();
    assert_eq!([meet(), meet(), meet(), meet()], [false, false, true, false]);
}

#[test]
fn without_a_profile_nothing_is_met() {
    let headers = HeaderMap::new();
    let end = Hostility::default().meet(&visit(&Method::GET, "/v1.0/me", "$skiptoken=a", &headers, 1));
    assert!(carried_out(end).is_some_and(|fate| fate.replica().is_none() && fate.page_size(100) == 100));
}

#[test]
fn every_hardship_has_a_place_of_its_own() {
    let places: Vec<_> = Hardship::ALL.iter().map(|it| *it as usize).collect();
    assert_eq!(places, (0..Hardship::ALL.len()).collect::<Vec<_>>());
}
