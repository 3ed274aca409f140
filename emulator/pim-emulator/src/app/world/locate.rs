//! Where in a text an entry stands. A text that has been read once is walked through again for it, so that reading need not
//! remember the place of everything.

use super::error::{Position, Step};
use super::source::{Format, yaml_options};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_saphyr::Spanned;
use std::fmt;
use std::marker::PhantomData;

/// The place of the entry at the end of `path`; where that is missing, of the innermost one around it.
pub(crate) fn locate(text: &str, format: Format, path: &[Step]) -> Option<Position> {
    (0..=path.len()).rev().find_map(|length| match format {
        Format::Yaml => in_yaml(text, &path[..length]),
        Format::Json => in_json(text, &path[..length]),
    })
}

/// The line of each item under `steps`; none where the text cannot be read that far.
pub(crate) fn lines_of_steps(text: &str, format: Format) -> Vec<u64> {
    match format {
        Format::Yaml => {
            let read = serde_saphyr::from_str_with_options::<Steps<Spanned<IgnoredAny>>>(text, yaml_options());
            read.map_or_else(|_| Vec::new(), |it| it.steps.iter().map(|step| step.referenced.line()).collect())
        }
        Format::Json => {
            let read = serde_json::from_str::<Steps<&RawValue>>(text);
            let (mut before, mut line) = (0, 1);
            let line_of = |step: &&RawValue| {
                // What was not copied lies in the text.
                let at = (step.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
                line += text[before..at].bytes().filter(|byte| *byte == b'\n').count() as u64;
                before = at;
                line
            };
            read.map_or_else(|_| Vec::new(), |it| it.steps.iter().map(line_of).collect())
        }
    }
}

/// The steps of a scenario, and nothing else of it.
#[derive(Deserialize)]
struct Steps<T> {
    #[serde(default = "Vec::new")]
    steps: Vec<T>,
}

fn in_yaml(text: &str, path: &[Step]) -> Option<Position> {
    let walk = Walk::<Spanned<IgnoredAny>>::new(path);
    let found = serde_saphyr::with_deserializer_from_str_with_options(text, yaml_options(), |it| walk.deserialize(it));
    let at = found.ok()??.referenced;
    Some(Position { line: at.line(), column: at.column() })
}

fn in_json(text: &str, path: &[Step]) -> Option<Position> {
    let error = Walk::<Stop>::new(path).deserialize(&mut serde_json::Deserializer::from_str(text)).err()?;
    // The reader says where it is; what is found begins after that.
    let (line, column) = (error.line() as u64, error.column() as u64 + 1);
    error.to_string().starts_with(HERE).then_some(Position { line, column })
}

/// A value that ends the reading where it begins: the reader then says where it was.
#[derive(Debug)]
struct Stop;

const HERE: &str = "here it is";

impl<'de> Deserialize<'de> for Stop {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom(HERE))
    }
}

/// Walks along a path and reads what stands at its end as a `T`.
struct Walk<'a, T> {
    path: &'a [Step],
    read: PhantomData<T>,
}

impl<'a, T> Walk<'a, T> {
    const fn new(path: &'a [Step]) -> Self {
        Self { path, read: PhantomData }
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Walk<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self.path.first() {
            None => T::deserialize(deserializer).map(Some),
            Some(Step::Key(_)) => deserializer.deserialize_map(self),
            Some(Step::Index(_)) => deserializer.deserialize_seq(self),
        }
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Walk<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("what was there before")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            match self.path.split_first() {
                Some((Step::Key(wanted), rest)) if key == *wanted => found = map.next_value_seed(Walk::new(rest))?,
                Some((Step::Key(_) | Step::Index(_), _)) | None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let Some((Step::Index(wanted), rest)) = self.path.split_first() else { return Ok(None) };
        for _ in 0..*wanted {
            if seq.next_element::<IgnoredAny>()?.is_none() {
                return Ok(None);
            }
        }
        let found = seq.next_element_seed(Walk::new(rest))?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(found.flatten())
    }
}
