//! The queries in which access reviews say whom they are about and who reviews: a path, and what its `$filter` demands.
//!
//! They come with `+` or `%20` for blanks, with a slash before the question mark, with a version in front or without, in any
//! case. What is not understood is said, so that no review reviews nothing.

mod condition;
#[cfg(test)]
mod tests;

pub(super) use self::condition::Condition;

use percent_encoding::percent_decode_str;

/// A query, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct QueryText {
    /// Whether it begins with a dot: it is about each thing that is reviewed.
    pub(super) is_relative: bool,
    /// What stands between the slashes, without version.
    pub(super) path: Vec<String>,
    /// What the filter demands, all of it at once.
    pub(super) conditions: Vec<Condition>,
}

impl QueryText {
    /// Takes a query apart.
    ///
    /// # Errors
    /// What is not understood of it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (path, options) = text.trim().split_once('?').unwrap_or((text.trim(), ""));
        let mut segments =
            path.split('/').filter(|segment| !segment.is_empty()).map(|it| decoded(it, false)).peekable();
        let is_relative = segments.next_if(|first| first == ".").is_some();
        let is_version = |first: &String| ["v1.0", "beta"].iter().any(|known| known.eq_ignore_ascii_case(first));
        if !is_relative {
            segments.next_if(is_version);
        }
        let mut query = Self { is_relative, path: segments.collect(), conditions: Vec::new() };
        for option in options.split('&').filter(|option| !option.is_empty()) {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            let name = decoded(name, true);
            match name.trim().to_ascii_lowercase().as_str() {
                "$filter" => query.conditions = condition::parse(&decoded(value, true))?,
                // How much of each is shown makes no difference to who it is.
                "$count" | "$expand" | "$select" | "$top" => {}
                _ => return Err(format!("the option '{name}' is not understood")),
            }
        }
        Ok(query)
    }

    /// The path for comparing: in lower case.
    pub(super) fn lower(&self) -> Vec<String> {
        self.path.iter().map(|segment| segment.to_ascii_lowercase()).collect()
    }
}

/// Undoes percent-encoding, and where a blank may be a plus that, too.
fn decoded(text: &str, is_option: bool) -> String {
    let text = if is_option { text.replace('+', " ") } else { text.to_owned() };
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
