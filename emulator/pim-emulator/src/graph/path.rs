//! Paths as clients write them, taken apart.
//!
//! Case does not count, nor do doubled and trailing slashes; `users('id')` is `users/id`; a function may stand with or
//! without its namespace, with its parameters in parentheses.

use std::borrow::Cow;

/// One segment of a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Segment<'p> {
    /// A name or a key.
    Plain(Cow<'p, str>),
    /// A name with named parameters: a function, or a look-up by another property.
    Call {
        /// The name.
        name: Cow<'p, str>,
        /// The parameters with their values, quotes taken off.
        parameters: Vec<(Cow<'p, str>, Cow<'p, str>)>,
    },
}

/// Takes a path apart; answers its segments without the empty ones. `None` when it is not text, or a quote is not closed.
pub(crate) fn segments(path: &str) -> Option<Vec<Segment<'_>>> {
    let mut segments = Vec::with_capacity(8);
    for part in split(path) {
        if part.is_empty() {
            continue;
        }
        let part = decode(part)?;
        match part.find('(') {
            Some(_) if part.ends_with(')') => call(&part, &mut segments)?,
            Some(_) | None => segments.push(Segment::Plain(without_namespace(part))),
        }
    }
    Some(segments)
}

/// Splits at slashes, but not at those inside quotes.
fn split(path: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    path.split(move |c: char| {
        if c == '\'' {
            quoted = !quoted;
        }
        c == '/' && !quoted
    })
}

/// Undoes percent-encoding.
fn decode(part: &str) -> Option<Cow<'_, str>> {
    if !part.contains('%') {
        return Some(Cow::Borrowed(part));
    }
    let bytes = part.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((byte, tail)) = rest.split_first() {
        match (byte, tail) {
            (b'%', [high, low, tail @ ..]) => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                out.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
                rest = tail;
            }
            _ => {
                out.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8(out).ok().map(Cow::Owned)
}

/// `name()` is a name, `name('key')` a name and a key, `name(parameter='value')` a call.
fn call<'p>(part: &str, segments: &mut Vec<Segment<'p>>) -> Option<()> {
    let (name, rest) = part.split_once('(')?;
    let inner = rest.strip_suffix(')')?.trim();
    let name = without_namespace(Cow::Owned(name.to_owned()));
    let key = unquoted(inner);
    if inner.is_empty() || (key.is_some() && !inner.contains('=')) || inner.starts_with('\'') {
        segments.push(Segment::Plain(name));
        if !inner.is_empty() {
            segments.push(Segment::Plain(Cow::Owned(key?)));
        }
        return Some(());
    }
    let parameters = inner
        .split(',')
        .map(|pair| {
            let (name, value) = pair.split_once('=')?;
            Some((Cow::Owned(name.trim().to_owned()), Cow::Owned(unquoted(value.trim())?)))
        })
        .collect::<Option<Vec<_>>>()?;
    segments.push(Segment::Call { name, parameters });
    Some(())
}

/// Takes the quotes off a value, doubled ones inside becoming single; a value without quotes is itself.
fn unquoted(value: &str) -> Option<String> {
    match value.strip_prefix('\'') {
        Some(rest) => rest.strip_suffix('\'').map(|inner| inner.replace("''", "'")),
        None => (!value.contains('\'')).then(|| value.to_owned()),
    }
}

/// `microsoft.graph.cancel` and `graph.cancel` are `cancel`.
fn without_namespace(name: Cow<'_, str>) -> Cow<'_, str> {
    for prefix in ["microsoft.graph.", "graph."] {
        if name.len() > prefix.len()
            && name.is_char_boundary(prefix.len())
            && name[..prefix.len()].eq_ignore_ascii_case(prefix)
        {
            return Cow::Owned(name[prefix.len()..].to_owned());
        }
    }
    name
}

#[cfg(test)]
mod tests;
