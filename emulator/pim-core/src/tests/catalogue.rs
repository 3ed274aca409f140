//! Whether what the code says about rules is so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The sources under a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The rules that doc comments directly above tests cite, each with the names of the tests.
fn cited() -> BTreeMap<String, Vec<String>> {
    let mut cited: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests")) {
        let text = fs::read_to_string(file).unwrap();
        let (mut ids, mut is_test) = (Vec::new(), false);
        for line in text.lines().map(str::trim) {
            if let Some(comment) = line.strip_prefix("/// ") {
                ids.extend(comment.split(['.', ' ', ',']).filter(|word| is_id(word)).map(str::to_owned));
            } else if line == "#[test]" {
                is_test = true;
            } else if let (true, Some(name)) = (is_test, line.strip_prefix("fn ")) {
                let name = name.split('(').next().unwrap_or_default();
                for id in ids.drain(..) {
                    cited.entry(id).or_default().push(name.to_owned());
                }
                is_test = false;
            } else if !line.starts_with("#[") {
                (ids, is_test) = (Vec::new(), false);
            }
        }
    }
    cited
}

fn is_id(word: &str) -> bool {
    word.split_once('-').is_some_and(|(family, number)| {
        family.len() >= 2
            && family.bytes().all(|letter| letter.is_ascii_uppercase())
            && !number.is_empty()
            && number.bytes().all(|digit| digit.is_ascii_digit())
    })
}

/// The guard of everything else in this folder.
#[test]
fn every_rule_said_to_be_implemented_has_a_test_that_cites_it() {
    let cited = cited();
    let untested: BTreeSet<_> = (crate::rules::implemented())
        .flat_map(|file| file.rules.iter().map(move |rule| (*rule, file.file)))
        .filter(|(rule, _)| !cited.contains_key(*rule))
        .collect();
    assert!(untested.is_empty(), "no test cites {untested:?}");
}

/// A rule that tests cite and no file claims is either not implemented or not said to be.
#[test]
fn every_rule_that_a_test_cites_is_said_to_be_implemented() {
    let implemented: BTreeSet<_> = crate::rules::implemented().flat_map(|file| file.rules.iter().copied()).collect();
    let unclaimed: Vec<_> = cited().into_iter().filter(|(rule, _)| !implemented.contains(rule.as_str())).collect();
    assert!(unclaimed.is_empty(), "no file implements {unclaimed:?}");
}

/// Ids are looked up in the catalogue.
#[test]
fn every_rule_said_to_be_implemented_is_in_the_catalogue() {
    let catalogue = crate::rules::catalogue(&[]);
    let known: BTreeSet<_> = catalogue.iter().map(|rule| rule.id).collect();
    assert_eq!(known.len(), catalogue.len(), "an id stands twice in the catalogue");
    for file in crate::rules::implemented() {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file.file).exists(), "{}", file.file);
        let mut own = BTreeSet::new();
        for rule in file.rules {
            assert!(known.contains(rule), "{} implements {rule}, which there is not", file.file);
            assert!(own.insert(rule), "{} names {rule} twice", file.file);
        }
    }
    for rule in &catalogue {
        assert!(!rule.text.is_empty() && !rule.evidence.is_empty(), "{}", rule.id);
    }
}
