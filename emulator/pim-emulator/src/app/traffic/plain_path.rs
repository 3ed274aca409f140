//! Paths made plain, so that one pattern meets them however a client writes them, and patterns for them.
//!
//! Case does not count, nor do doubled and trailing slashes, percent-encoding, namespaces, and whether a key stands in
//! parentheses or behind a slash. A pattern without a version is for every version.

use super::Surface;
use percent_encoding::percent_decode_str;
use std::fmt;
use uuid::Uuid;

/// More segments than this no pattern has.
const MOST_SEGMENTS: usize = 64;

/// A path as its surface reads it. Letters keep their case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlainPath {
    segments: Vec<String>,
    /// How many of them are the version.
    version: usize,
}

impl PlainPath {
    /// The path of a request.
    #[must_use]
    pub fn of(surface: Surface, written: &str) -> Self {
        let mut segments = match surface {
            Surface::Graph | Surface::PrivilegedAccess => split_outside_quotes(written).flat_map(apart).collect(),
            Surface::ResourceManager | Surface::SignIn => slashes_apart(&decoded(written)),
        };
        let version = version_in(&segments);
        // Some clients put the tenant's id behind the version; it says nothing new.
        if surface == Surface::Graph && version == 1 && segments.len() > 2 && Uuid::try_parse(&segments[1]).is_ok() {
            segments.remove(1);
        }
        Self { segments, version }
    }
}

impl fmt::Display for PlainPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.segments.iter().try_for_each(|segment| write!(out, "/{segment}"))
    }
}

/// How many segments in front are a version.
fn version_in(segments: &[String]) -> usize {
    let is = |place: usize, text: &str| segments.get(place).is_some_and(|it| it.eq_ignore_ascii_case(text));
    if is(0, "v1.0") || is(0, "beta") {
        1
    } else if is(0, "api") && is(1, "v2") {
        2
    } else {
        0
    }
}

/// Splits at slashes, but not at those inside quotes.
fn split_outside_quotes(path: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let parts = path.split(move |c: char| {
        quoted ^= c == '\'';
        c == '/' && !quoted
    });
    parts.filter(|part| !part.is_empty())
}

fn slashes_apart(path: &str) -> Vec<String> {
    path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The segments that one part of a path stands for: `users('id')` is `users/id`, `name()` is `name`.
fn apart(part: &str) -> Vec<String> {
    let part = decoded(part);
    let Some((name, rest)) = part.split_once('(') else { return vec![without_namespace(&part)] };
    let Some(inner) = rest.strip_suffix(')') else { return vec![part] };
    let name = without_namespace(name);
    let key = inner.trim();
    if key.is_empty() {
        return vec![name];
    }
    match key.strip_prefix('\'').and_then(|key| key.strip_suffix('\'')) {
        Some(text) => vec![name, text.replace("''", "'")],
        None if !key.contains(['=', '\'']) => vec![name, key.to_owned()],
        None => vec![format!("{name}({key})")],
    }
}

/// `microsoft.graph.cancel` and `graph.cancel` are `cancel`.
fn without_namespace(name: &str) -> String {
    let is_in = |prefix: &&str| {
        name.len() > prefix.len() && name.get(..prefix.len()).is_some_and(|it| it.eq_ignore_ascii_case(prefix))
    };
    let prefix = ["microsoft.graph.", "graph."].into_iter().find(is_in).unwrap_or_default();
    name[prefix.len()..].to_owned()
}

/// A pattern for paths: `*` stands for anything within a segment, `**` for any number of segments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathPattern {
    written: String,
    segments: Vec<Part>,
    names_version: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Part {
    /// Any number of segments.
    Anything,
    /// One segment, in lower case.
    Segment(Vec<char>),
}

impl PathPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(written: &str) -> Result<Self, String> {
        if written.contains('?') {
            return Err(format!("the pattern '{written}' has a query in it; only paths are compared"));
        }
        let parts: Vec<String> = split_outside_quotes(written).flat_map(apart).collect();
        if parts.is_empty() || parts.len() > MOST_SEGMENTS {
            return Err(format!(
                "'{written}' is no pattern for paths; one is written like /users/*/memberOf or /groups/**"
            ));
        }
        let names_version = version_in(&parts) > 0;
        let part = |text: &String| match text.as_str() {
            "**" => Part::Anything,
            text => Part::Segment(text.to_lowercase().chars().collect()),
        };
        Ok(Self { written: written.to_owned(), segments: parts.iter().map(part).collect(), names_version })
    }

    /// Whether a path is one of those.
    #[must_use]
    pub fn matches(&self, path: &PlainPath) -> bool {
        let segments = if self.names_version { &path.segments[..] } else { &path.segments[path.version..] };
        let segments: Vec<Vec<char>> = segments.iter().map(|it| it.to_lowercase().chars().collect()).collect();
        wild(
            &self.segments,
            &segments,
            |part| matches!(part, Part::Anything),
            |part, segment| match part {
                Part::Anything => true,
                Part::Segment(text) => wild(text, segment, |letter| *letter == '*', |one, other| one == other),
            },
        )
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written)
    }
}

/// Whether a sequence fits a pattern in which some elements stand for any run of others. Takes at most as many steps as both
/// lengths multiplied: where it does not fit, the last such element takes one more.
fn wild<P, T>(pattern: &[P], text: &[T], is_run: impl Fn(&P) -> bool, fits: impl Fn(&P, &T) -> bool) -> bool {
    let (mut at, mut place) = (0, 0);
    let mut run = None;
    while place < text.len() {
        match pattern.get(at) {
            Some(element) if is_run(element) => {
                run = Some((at, place));
                at += 1;
            }
            Some(element) if fits(element, &text[place]) => {
                at += 1;
                place += 1;
            }
            Some(_) | None => {
                let Some((of, taken)) = run else { return false };
                run = Some((of, taken + 1));
                (at, place) = (of + 1, taken + 1);
            }
        }
    }
    pattern[at..].iter().all(is_run)
}

#[cfg(test)]
mod tests;
