//! `$expand`: which related objects are wanted inside the items.
//!
//! Only one level is read. What stands in the brackets is options of the related
//! entity, and is read by whoever knows that entity, in the same way again.

use crate::error::{QueryError, Span};
use crate::field::Entity;
use crate::options::{DEFAULT_MAX_PAGE_SIZE, count, top};

/// The navigations to expand, in the order given, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expansion {
    /// The navigations.
    pub items: Vec<Expanded>,
}

/// One navigation to expand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expanded {
    /// The name, as [`Entity::NAVIGATIONS`] spells it.
    pub navigation: &'static str,
    /// What was said in brackets.
    pub options: NestedOptions,
}

/// The options of one navigation: `principal($select=id;$top=5)`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NestedOptions {
    /// `$select`.
    pub select: Option<String>,
    /// `$filter`.
    pub filter: Option<String>,
    /// `$expand`.
    pub expand: Option<String>,
    /// `$orderby`.
    pub orderby: Option<String>,
    /// `$top`.
    pub top: Option<u32>,
    /// `$count`.
    pub count: bool,
    /// `$levels`: a number or `max`, as written.
    pub levels: Option<String>,
}

impl Expansion {
    /// Reads the text of an `$expand` option, already percent-decoded. `*` is
    /// every navigation; one that is also named keeps the options it was named
    /// with.
    ///
    /// # Errors
    /// When a navigation is unknown, or a term or its options do not parse.
    pub fn parse<E: Entity>(text: &str) -> Result<Self, QueryError> {
        let mut expansion = Self::default();
        if text.trim().is_empty() {
            return Ok(expansion);
        }
        for (part, span) in parts(text, b',')? {
            expansion.add::<E>(part, span)?;
        }
        Ok(expansion)
    }

    /// The options with which `navigation` is expanded, if it is.
    pub fn get(&self, navigation: &str) -> Option<&NestedOptions> {
        let item = self.items.iter().find(|item| item.navigation == navigation);
        item.map(|item| &item.options)
    }

    /// Whether nothing is expanded.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn add<E: Entity>(&mut self, part: &str, span: Span) -> Result<(), QueryError> {
        let invalid = || QueryError::InvalidTerm { term: part.trim().into(), span };
        let term = part.trim();
        let (name, options) = match term.split_once('(') {
            Some((name, rest)) => {
                let inner = rest.strip_suffix(')').ok_or_else(invalid)?;
                (name.trim_end(), NestedOptions::parse(inner)?)
            }
            None => (term, NestedOptions::default()),
        };
        if name == "*" {
            for navigation in E::NAVIGATIONS {
                if self.get(navigation).is_none() {
                    self.items.push(Expanded { navigation, options: options.clone() });
                }
            }
            return Ok(());
        }
        let is_name_char = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '/');
        if name.is_empty() || !name.chars().all(is_name_char) {
            return Err(invalid());
        }
        // `principal/microsoft.graph.user` expands the same navigation.
        let bare = name.split('/').find(|segment| !segment.contains('.')).unwrap_or(name);
        let known = E::NAVIGATIONS.iter().find(|known| known.eq_ignore_ascii_case(bare));
        let Some(navigation) = known else {
            return Err(QueryError::UnknownSelected { name: bare.into(), entity: E::TYPE, span });
        };
        match self.items.iter_mut().find(|item| item.navigation == *navigation) {
            Some(item) => item.options = options,
            None => self.items.push(Expanded { navigation, options }),
        }
        Ok(())
    }
}

impl NestedOptions {
    fn parse(text: &str) -> Result<Self, QueryError> {
        let mut options = Self::default();
        for (part, span) in parts(text, b';')? {
            if part.trim().is_empty() {
                continue;
            }
            let invalid = || QueryError::InvalidTerm { term: part.trim().into(), span };
            let (name, value) = part.split_once('=').ok_or_else(invalid)?;
            let name = name.trim();
            let name = name.strip_prefix('$').unwrap_or(name).to_ascii_lowercase();
            let value = value.trim();
            let given = (!value.is_empty()).then(|| value.to_owned());
            match name.as_str() {
                "select" => options.select = given,
                "filter" => options.filter = given,
                "expand" => options.expand = given,
                "orderby" => options.orderby = given,
                "levels" => options.levels = given,
                "top" => options.top = Some(top(value, DEFAULT_MAX_PAGE_SIZE)?),
                "count" => options.count = count(value)?,
                _ => return Err(invalid()),
            }
        }
        Ok(options)
    }
}

/// The parts between separators, where a separator in brackets or quotes is none.
fn parts(text: &str, separator: u8) -> Result<Vec<(&str, Span)>, QueryError> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            // A doubled quote closes and opens again, which comes to the same.
            b'\'' => quoted = !quoted,
            _ if quoted => {}
            b'(' => depth += 1,
            b')' => {
                let span = Span::new(at, at + 1);
                depth = depth.checked_sub(1).ok_or_else(|| QueryError::Syntax { span, text: text.into() })?;
            }
            _ if byte == separator && depth == 0 => {
                parts.push((&text[start..at], Span::new(start, at)));
                start = at + 1;
            }
            _ => {}
        }
    }
    let span = Span::new(start, text.len());
    if quoted {
        return Err(QueryError::UnterminatedString { span, text: text.into() });
    }
    if depth > 0 {
        let span = Span::new(text.len(), text.len());
        return Err(QueryError::Syntax { span, text: text.into() });
    }
    parts.push((&text[start..], span));
    Ok(parts)
}
