//! No text is too odd to be answered.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;

use super::support::{Users, ada};
use crate::{Expansion, Filter, Order, Pager, QueryOptions, Selection, SkipToken, parse_filter};

/// Pieces of the grammar in any order get further in than noise does.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = vec![
        "(",
        ")",
        "(",
        ")",
        "'",
        "''",
        "'x'",
        ",",
        ":",
        ";",
        "=",
        "*",
        "/",
        "$",
        "$count",
        "-",
        "+",
        ".",
        "%",
        "é",
        " ",
        " ",
        " ",
        "and ",
        "or ",
        "not ",
        " eq ",
        " in (",
        " ge ",
        "null",
        "true",
        "1",
        "-1.5",
        "2024-01-01",
        "T00:00:00Z",
        "displayName",
        "groupTypes/any(c:",
        "assignedLicenses/all(s:s/",
        "skuId",
        "c",
        "startswith(",
        "tolower(",
        "duration'",
        "PT8H",
        "isof(",
        "manager",
        "($select=",
        "id",
        "desc",
        "\u{a0}",
        "\0",
        "abcdef00-0000-4000-8000-000000000001",
        "accountEnabled",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), pieces()]
}

fn read_every_way(text: &str) {
    if let Err(error) = parse_filter(text) {
        let _ = error.to_string();
    }
    match Filter::<Users>::parse(text) {
        Ok(filter) => {
            let _ = filter.matches(&&ada());
            let _ = filter.equality("id");
        }
        Err(error) => {
            let _ = error.to_string();
            if let Some(span) = error.span() {
                assert!(text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
            }
        }
    }
    let errors = [
        Order::<Users>::parse(text).err(),
        Selection::parse::<Users>(text).err(),
        Expansion::parse::<Users>(text).err(),
        SkipToken::parse(text).err(),
        QueryOptions::parse(text).err(),
    ];
    for error in errors.into_iter().flatten() {
        let _ = error.to_string();
    }
    if let Ok(options) = QueryOptions::parse(text) {
        let _ = options.next_query("x");
        let _ = Pager::<Users>::new(&options, 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn arbitrary_text_never_panics(text in text()) {
        read_every_way(&text);
    }

    #[test]
    fn arbitrary_text_in_the_place_of_any_option_never_panics(text in text()) {
        let mut query = String::new();
        for option in ["filter", "orderby", "select", "expand", "skiptoken"] {
            query.push_str(&format!("${option}={text}&"));
        }
        if let Ok(options) = QueryOptions::parse(&query) {
            let _ = Pager::<Users>::new(&options, 1);
        }
    }

    #[test]
    fn a_token_of_arbitrary_bytes_with_a_true_checksum_never_panics(body in prop::collection::vec(any::<u8>(), 0..64)) {
        let mut bytes = vec![1];
        bytes.extend(body);
        let sum = bytes.iter().fold(0x811c_9dc5u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
        bytes.extend(sum.to_be_bytes());
        let text = URL_SAFE_NO_PAD.encode(bytes);
        if SkipToken::parse(&text).is_ok() {
            for order in ["", "&$orderby=logins", "&$orderby=displayName,id"] {
                let options = QueryOptions::parse(&format!("$skiptoken={text}{order}")).expect("a query");
                if let Ok(pager) = Pager::<Users>::new(&options, 1) {
                    let user = ada();
                    let _ = pager.page(|_| [(1, &user)]);
                }
            }
        }
    }
}
