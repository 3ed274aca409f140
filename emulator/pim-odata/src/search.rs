//! `$search`: words to be found, property by property.
//!
//! `"displayName:ops team" AND ("mail:ops" OR "mail:team")`: each clause stands in double quotes, in which a backslash escapes
//! quotes and backslashes. Names and descriptions are found by words, each of which may be the beginning of one; everything
//! else by how it begins.

use std::fmt;
use std::marker::PhantomData;

use crate::error::{QueryError, Span};
use crate::eval;
use crate::field::{Entity, Kind, TextMatch, find};
use crate::parser::MAX_DEPTH;
use crate::text;

/// A search over the items of `E`.
pub struct Search<E> {
    wanted: Wanted,
    entity: PhantomData<fn(&E)>,
}

#[derive(Debug)]
enum Wanted {
    All(Vec<Self>),
    Any(Vec<Self>),
    /// Every one of these begins a word.
    Words(usize, Vec<String>),
    /// The text begins so.
    Beginning(usize, String),
}

impl<E: Entity> Search<E> {
    /// Reads the text of a `$search` option, for a type of which these properties can be searched.
    ///
    /// # Errors
    /// When it does not parse, or a property is unknown or cannot be searched.
    pub fn parse(text: &str, searchable: &[&str]) -> Result<Self, QueryError> {
        let mut reader = Reader::<E> { text, at: 0, searchable, entity: PhantomData };
        let wanted = reader.any(0)?;
        match reader.peek() {
            None => Ok(Self { wanted, entity: PhantomData }),
            Some(_) => Err(reader.fault()),
        }
    }

    /// Whether an item is found.
    pub fn matches(&self, row: &E::Row<'_>) -> bool {
        matches::<E>(&self.wanted, row)
    }
}

// By hand, because deriving would ask the same of `E`.
impl<E> fmt::Debug for Search<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Search").field(&self.wanted).finish()
    }
}

fn matches<E: Entity>(wanted: &Wanted, row: &E::Row<'_>) -> bool {
    match wanted {
        Wanted::All(all) => all.iter().all(|it| matches::<E>(it, row)),
        Wanted::Any(any) => any.iter().any(|it| matches::<E>(it, row)),
        Wanted::Words(place, sought) => {
            let value = (E::FIELDS[*place].get)(row);
            eval::with_text(&value, |text| {
                let words = words(text);
                sought.iter().all(|part| words.iter().any(|word| word.starts_with(part.as_str())))
            })
            .unwrap_or(false)
        }
        Wanted::Beginning(place, part) => {
            let value = (E::FIELDS[*place].get)(row);
            eval::with_text(&value, |text| text::starts_with(text, part, TextMatch::CaseInsensitive)).unwrap_or(false)
        }
    }
}

/// The words of a text in lower case: what stands between blanks and signs, and where letters turn to digits or capitals begin.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before: Option<char> = None;
    for letter in text.chars() {
        let begins = before.is_none_or(|before| {
            before.is_numeric() != letter.is_numeric() || (before.is_lowercase() && letter.is_uppercase())
        });
        if begins || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
        before = letter.is_alphanumeric().then_some(letter);
    }
    words.retain(|word| !word.is_empty());
    words
}

struct Reader<'t, E> {
    text: &'t str,
    at: usize,
    searchable: &'t [&'t str],
    entity: PhantomData<fn(&E)>,
}

impl<E: Entity> Reader<'_, E> {
    fn any(&mut self, depth: usize) -> Result<Wanted, QueryError> {
        let mut any = vec![self.all(depth)?];
        while self.takes("OR") {
            any.push(self.all(depth)?);
        }
        Ok(Wanted::Any(any))
    }

    fn all(&mut self, depth: usize) -> Result<Wanted, QueryError> {
        let mut all = vec![self.one(depth)?];
        while self.takes("AND") {
            all.push(self.one(depth)?);
        }
        Ok(Wanted::All(all))
    }

    fn one(&mut self, depth: usize) -> Result<Wanted, QueryError> {
        match self.peek() {
            Some('(') if depth < MAX_DEPTH => {
                self.at += 1;
                let inner = self.any(depth + 1)?;
                if self.takes(")") { Ok(inner) } else { Err(self.fault()) }
            }
            Some('(') => Err(QueryError::TooDeep { span: Span::new(self.at, self.at + 1) }),
            Some('"') => self.clause(),
            Some(_) | None => Err(self.fault()),
        }
    }

    fn clause(&mut self) -> Result<Wanted, QueryError> {
        let start = self.at;
        self.at += 1;
        let mut clause = String::new();
        let mut letters = self.text[self.at..].chars();
        loop {
            let letter = letters.next();
            self.at += letter.map_or(0, char::len_utf8);
            match letter {
                Some('"') => break,
                Some('\\') => {
                    let escaped = letters.next();
                    self.at += escaped.map_or(0, char::len_utf8);
                    clause.extend(escaped);
                }
                Some(letter) => clause.push(letter),
                None => return Err(self.fault()),
            }
        }
        let span = Span::new(start, self.at);
        let Some((name, sought)) = clause.split_once(':') else {
            self.at = start;
            return Err(self.fault());
        };
        let (name, sought) = (name.trim(), sought.trim());
        let Some((place, field)) = find::<E>(name) else {
            return Err(QueryError::UnknownProperty { name: name.into(), entity: E::TYPE, span });
        };
        if !self.searchable.contains(&field.name) || field.kind != Kind::String {
            return Err(QueryError::NotFilterable { property: field.name.into(), entity: E::TYPE, span });
        }
        Ok(match field.name {
            "displayName" | "description" => Wanted::Words(place, words(sought)),
            _ => Wanted::Beginning(place, sought.to_owned()),
        })
    }

    /// The next character that is no blank.
    fn peek(&mut self) -> Option<char> {
        let rest = self.text[self.at..].trim_start();
        self.at = self.text.len() - rest.len();
        rest.chars().next()
    }

    fn takes(&mut self, word: &str) -> bool {
        self.peek();
        let is_next = self.text[self.at..].starts_with(word);
        self.at += if is_next { word.len() } else { 0 };
        is_next
    }

    fn fault(&mut self) -> QueryError {
        let character = self.peek();
        QueryError::SearchSyntax { character, at: self.at, text: self.text.into() }
    }
}
