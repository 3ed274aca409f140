//! The filters of such queries: conditions that hold together.

/// Something that a filter demands. Names are in lower case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in super::super) enum Condition {
    /// `isof(principal,'microsoft.graph.user')`: the last part of the type.
    IsOf(String),
    /// `roleDefinitionId eq '…'`.
    Is(String, String),
    /// `groupTypes/any(c:c eq 'Unified')`.
    Has(String, String),
}

/// A piece of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Piece {
    Word(String),
    Text(String),
    Mark(char),
}

/// Reads a filter.
///
/// # Errors
/// What is not understood of it.
pub(super) fn parse(text: &str) -> Result<Vec<Condition>, String> {
    let mut reader = Reader { pieces: pieces(text)?, place: 0 };
    let mut conditions = Vec::new();
    reader.all(&mut conditions)?;
    match reader.next() {
        None => Ok(conditions),
        Some(piece) => Err(beyond(&piece)),
    }
}

fn beyond(piece: &Piece) -> String {
    match piece {
        Piece::Word(word) | Piece::Text(word) => format!("'{word}' is not understood in the filter"),
        Piece::Mark(mark) => format!("'{mark}' is not understood in the filter"),
    }
}

fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match first {
            _ if first.is_whitespace() => rest = &rest[first.len_utf8()..],
            '(' | ')' | ',' | ':' => {
                pieces.push(Piece::Mark(first));
                rest = &rest[1..];
            }
            '\'' => {
                let (inner, after) = rest[1..].split_once('\'').ok_or("a quote in the filter is not closed")?;
                pieces.push(Piece::Text(inner.to_owned()));
                rest = after;
            }
            _ => {
                let is_end = |c: char| c.is_whitespace() || "(),:'".contains(c);
                let (word, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
                pieces.push(Piece::Word(word.to_owned()));
                rest = after;
            }
        }
    }
    Ok(pieces)
}

struct Reader {
    pieces: Vec<Piece>,
    place: usize,
}

impl Reader {
    fn next(&mut self) -> Option<Piece> {
        let piece = self.pieces.get(self.place).cloned();
        self.place += 1;
        piece
    }

    fn takes(&mut self, mark: char) -> bool {
        let is_there = self.pieces.get(self.place) == Some(&Piece::Mark(mark));
        self.place += usize::from(is_there);
        is_there
    }

    fn demand(&mut self, mark: char) -> Result<(), String> {
        if self.takes(mark) { Ok(()) } else { Err(format!("'{mark}' is missing in the filter")) }
    }

    /// Whether the next piece is that word.
    fn says(&mut self, word: &str) -> bool {
        let is_there = matches!(self.pieces.get(self.place), Some(Piece::Word(it)) if it.eq_ignore_ascii_case(word));
        self.place += usize::from(is_there);
        is_there
    }

    fn all(&mut self, conditions: &mut Vec<Condition>) -> Result<(), String> {
        loop {
            if self.takes('(') {
                self.all(conditions)?;
                self.demand(')')?;
            } else {
                conditions.push(self.one()?);
            }
            if !self.says("and") {
                return Ok(());
            }
        }
    }

    fn one(&mut self) -> Result<Condition, String> {
        let Some(Piece::Word(name)) = self.next() else { return Err("the filter ends too early".to_owned()) };
        let name = name.to_ascii_lowercase();
        if self.takes('(') {
            let condition = match name.strip_suffix("/any") {
                Some(property) => self.any(property)?,
                None if name == "isof" => self.is_of()?,
                None => return Err(format!("the function '{name}' is not understood in the filter")),
            };
            self.demand(')')?;
            return Ok(condition);
        }
        Ok(Condition::Is(name.clone(), self.equal(&name)?))
    }

    /// `principal,'microsoft.graph.user'`, or the type alone.
    fn is_of(&mut self) -> Result<Condition, String> {
        let mut kind = self.value()?;
        if self.takes(',') {
            kind = self.value()?;
        }
        let last = kind.rsplit('.').next().unwrap_or(&kind);
        Ok(Condition::IsOf(last.to_ascii_lowercase()))
    }

    /// `c:c eq 'Unified'`.
    fn any(&mut self, property: &str) -> Result<Condition, String> {
        let variable = self.value()?;
        self.demand(':')?;
        if !self.says(&variable) {
            return Err(format!("'{variable}' is not compared in the filter"));
        }
        Ok(Condition::Has(property.to_owned(), self.equal(property)?))
    }

    fn equal(&mut self, name: &str) -> Result<String, String> {
        if self.says("eq") { self.value() } else { Err(format!("only 'eq' is understood after '{name}'")) }
    }

    fn value(&mut self) -> Result<String, String> {
        match self.next() {
            Some(Piece::Word(value) | Piece::Text(value)) => Ok(value),
            Some(piece @ Piece::Mark(_)) => Err(beyond(&piece)),
            None => Err("the filter ends too early".to_owned()),
        }
    }
}
