//! Text to tokens. Words are kept whole (`targetResources/any`, a GUID, a date):
//! OData has no operator made of punctuation, so a word ends only at a blank, a
//! quote, a bracket, a comma or, unless it is a number or an instant, a colon.

use crate::error::{QueryError, Span};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'s> {
    pub(crate) kind: TokenKind<'s>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind<'s> {
    /// A name, path, keyword, number, GUID or instant.
    Word(&'s str),
    /// What stands between two quotes, inner quotes still doubled.
    Quoted(&'s str),
    Open,
    Close,
    Comma,
    Colon,
    End,
}

/// Holds one token ahead, which is all the grammar needs.
#[derive(Debug)]
pub(crate) struct Lexer<'s> {
    text: &'s str,
    at: usize,
    next: Token<'s>,
}

impl<'s> Lexer<'s> {
    pub(crate) fn new(text: &'s str) -> Result<Self, QueryError> {
        let nothing = Token { kind: TokenKind::End, span: Span::new(0, 0) };
        let mut lexer = Self { text, at: 0, next: nothing };
        lexer.next = lexer.read()?;
        Ok(lexer)
    }

    pub(crate) fn peek(&self) -> Token<'s> {
        self.next
    }

    pub(crate) fn advance(&mut self) -> Result<Token<'s>, QueryError> {
        let token = self.next;
        self.next = self.read()?;
        Ok(token)
    }

    pub(crate) fn syntax(&self, span: Span) -> QueryError {
        QueryError::Syntax { span, text: self.text.into() }
    }

    fn read(&mut self) -> Result<Token<'s>, QueryError> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        let start = self.at;
        let Some(&first) = bytes.get(start) else {
            return Ok(Token { kind: TokenKind::End, span: Span::new(start, start) });
        };
        let kind = match first {
            b'(' => self.single(TokenKind::Open),
            b')' => self.single(TokenKind::Close),
            b',' => self.single(TokenKind::Comma),
            b':' => self.single(TokenKind::Colon),
            b'\'' => self.quoted()?,
            _ => self.word()?,
        };
        Ok(Token { kind, span: Span::new(start, self.at) })
    }

    fn single(&mut self, kind: TokenKind<'s>) -> TokenKind<'s> {
        self.at += 1;
        kind
    }

    fn quoted(&mut self) -> Result<TokenKind<'s>, QueryError> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut at = start + 1;
        loop {
            let Some(length) = bytes[at..].iter().position(|byte| *byte == b'\'') else {
                let span = Span::new(start, bytes.len());
                return Err(QueryError::UnterminatedString { span, text: self.text.into() });
            };
            at += length;
            if bytes.get(at + 1) != Some(&b'\'') {
                break;
            }
            at += 2;
        }
        self.at = at + 1;
        Ok(TokenKind::Quoted(&self.text[start + 1..at]))
    }

    fn word(&mut self) -> Result<TokenKind<'s>, QueryError> {
        let start = self.at;
        let rest = &self.text[start..];
        let bytes = rest.as_bytes();
        // Only what begins like a number may hold the colons and the plus sign of
        // an instant; after a name a colon ends the variable of a lambda.
        let number = bytes.first().is_some_and(|first| first.is_ascii_digit() || *first == b'-');
        let ends = |byte: &u8| !(WORD_BYTES[usize::from(*byte)] || number && matches!(byte, b':' | b'+'));
        let length = bytes.iter().position(ends).unwrap_or(bytes.len());
        if length == 0 {
            return Err(self.syntax(Span::new(start, start + 1)));
        }
        self.at = start + length;
        Ok(TokenKind::Word(&rest[..length]))
    }
}

/// Whatever is not ASCII belongs to words: no other token has any, and a word made
/// of it is no property of anything.
const WORD_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0u8;
    loop {
        table[byte as usize] = byte.is_ascii_alphanumeric()
            || !byte.is_ascii()
            || matches!(byte, b'_' | b'.' | b'/' | b'-' | b'@' | b'$' | b'#');
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};
