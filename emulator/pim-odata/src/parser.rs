//! Tokens to tree, by recursive descent.
//!
//! `or` binds weakest, then `and`, then `not`, then comparison. Depth is counted
//! wherever the grammar turns back on itself, so the stack is bounded by
//! [`MAX_DEPTH`] and not by the client.

use std::borrow::Cow;

use uuid::Uuid;

use crate::error::{QueryError, Span};
use crate::lexer::{Lexer, Token, TokenKind};
use crate::literal::{parse_duration, parse_instant};
use crate::syntax::{Constant, Expr, Function, Node, Operator, Quantifier};

/// How deep brackets, functions, `not` and lambdas may nest.
pub const MAX_DEPTH: usize = 64;

/// The longest filter that is read, in bytes.
pub const MAX_FILTER_LENGTH: usize = 32 * 1024;

/// Reads the text of a `$filter` option, already percent-decoded.
///
/// # Errors
/// When the text does not follow the grammar, nests too deep or is too long.
pub fn parse_filter(text: &str) -> Result<Expr<'_>, QueryError> {
    if text.len() > MAX_FILTER_LENGTH {
        return Err(QueryError::TooLong { limit: MAX_FILTER_LENGTH });
    }
    let mut parser = Parser { lexer: Lexer::new(text)?, depth: 0 };
    let expr = parser.or()?;
    let rest = parser.lexer.peek();
    match rest.kind {
        TokenKind::End => Ok(expr),
        TokenKind::Word(_)
        | TokenKind::Quoted(_)
        | TokenKind::Open
        | TokenKind::Close
        | TokenKind::Comma
        | TokenKind::Colon => Err(parser.lexer.syntax(rest.span)),
    }
}

struct Parser<'s> {
    lexer: Lexer<'s>,
    depth: usize,
}

type Parsed<'s> = Result<Expr<'s>, QueryError>;

impl<'s> Parser<'s> {
    fn or(&mut self) -> Parsed<'s> {
        self.chain("or", Self::and, Node::Or)
    }

    fn and(&mut self) -> Parsed<'s> {
        self.chain("and", Self::not, Node::And)
    }

    /// One operand, or several with the same keyword between them.
    fn chain(
        &mut self,
        keyword: &str,
        operand: fn(&mut Self) -> Parsed<'s>,
        node: fn(Vec<Expr<'s>>) -> Node<'s>,
    ) -> Parsed<'s> {
        let first = operand(self)?;
        if !self.at_word(keyword) {
            return Ok(first);
        }
        let mut operands = Vec::with_capacity(4);
        operands.push(first);
        while self.at_word(keyword) {
            self.lexer.advance()?;
            operands.push(operand(self)?);
        }
        let span = operands[0].span.to(operands[operands.len() - 1].span);
        Ok(Expr { span, node: node(operands) })
    }

    fn not(&mut self) -> Parsed<'s> {
        if !self.at_word("not") {
            return self.comparison();
        }
        let start = self.lexer.advance()?.span;
        let inner = self.nested(start, Self::not)?;
        Ok(Expr { span: start.to(inner.span), node: Node::Not(Box::new(inner)) })
    }

    fn comparison(&mut self) -> Parsed<'s> {
        let left = self.operand()?;
        let TokenKind::Word(word) = self.lexer.peek().kind else { return Ok(left) };
        if let Some(operator) = Operator::from_word(word) {
            self.lexer.advance()?;
            let right = self.operand()?;
            let span = left.span.to(right.span);
            let sides = Box::new([left, right]);
            return Ok(Expr { span, node: Node::Compare { operator, sides } });
        }
        if word.eq_ignore_ascii_case("in") {
            self.lexer.advance()?;
            return self.members(left);
        }
        if word.eq_ignore_ascii_case("has") {
            let span = self.lexer.peek().span;
            return Err(QueryError::UnsupportedOperator { operator: "Has", span });
        }
        Ok(left)
    }

    fn members(&mut self, needle: Expr<'s>) -> Parsed<'s> {
        let open = self.expect(TokenKind::Open)?;
        let mut set = Vec::new();
        let close = self.list(open.span, |parser| {
            set.push(parser.operand()?);
            Ok(())
        })?;
        let span = needle.span.to(close);
        Ok(Expr { span, node: Node::In { needle: Box::new(needle), set } })
    }

    fn operand(&mut self) -> Parsed<'s> {
        let token = self.lexer.advance()?;
        match token.kind {
            TokenKind::Open => {
                let inner = self.nested(token.span, Self::or)?;
                let close = self.expect(TokenKind::Close)?;
                Ok(Expr { span: token.span.to(close.span), node: inner.node })
            }
            TokenKind::Quoted(text) => Ok(constant(token.span, Constant::Text(unquote(text)))),
            TokenKind::Word(word) => self.word(word, token.span),
            TokenKind::Close | TokenKind::Comma | TokenKind::Colon | TokenKind::End => {
                Err(self.lexer.syntax(token.span))
            }
        }
    }

    fn word(&mut self, word: &'s str, span: Span) -> Parsed<'s> {
        let next = self.lexer.peek();
        match next.kind {
            // `duration'PT8H'`: the type and its text touch.
            TokenKind::Quoted(text) if next.span.start == span.end => {
                self.lexer.advance()?;
                self.typed(word, span.to(next.span), text)
            }
            TokenKind::Open if next.span.start == span.end => {
                self.lexer.advance()?;
                self.call(word, span)
            }
            TokenKind::Quoted(_)
            | TokenKind::Open
            | TokenKind::Word(_)
            | TokenKind::Close
            | TokenKind::Comma
            | TokenKind::Colon
            | TokenKind::End => self.bare(word, span),
        }
    }

    fn typed(&self, word: &str, span: Span, text: &'s str) -> Parsed<'s> {
        let value = if word.eq_ignore_ascii_case("duration") {
            parse_duration(text).map(Constant::Duration)
        } else if word.eq_ignore_ascii_case("guid") {
            Uuid::try_parse(text).ok().map(Constant::Guid)
        } else if word.eq_ignore_ascii_case("datetimeoffset") || word.eq_ignore_ascii_case("datetime") {
            parse_instant(text).map(Constant::Instant)
        } else if word.contains('.') {
            // A qualified enumeration word; the word alone decides.
            Some(Constant::Text(unquote(text)))
        } else {
            None
        };
        value.map(|value| constant(span, value)).ok_or_else(|| self.lexer.syntax(span))
    }

    fn call(&mut self, word: &'s str, span: Span) -> Parsed<'s> {
        if let Some((path, last)) = word.rsplit_once('/') {
            let quantifier = if last.eq_ignore_ascii_case("any") {
                Quantifier::Any
            } else if last.eq_ignore_ascii_case("all") {
                Quantifier::All
            } else {
                return Err(QueryError::UnknownFunction { name: word.into(), span });
            };
            return self.lambda(quantifier, path, span);
        }
        let Some(function) = Function::from_word(word) else {
            return Err(QueryError::UnknownFunction { name: word.into(), span });
        };
        let mut arguments = Vec::with_capacity(2);
        let close = if matches!(self.lexer.peek().kind, TokenKind::Close) {
            self.lexer.advance()?.span
        } else {
            self.list(span, |parser| {
                arguments.push(parser.nested(span, Self::or)?);
                Ok(())
            })?
        };
        Ok(Expr { span: span.to(close), node: Node::Call { function, arguments } })
    }

    fn lambda(&mut self, quantifier: Quantifier, path: &'s str, span: Span) -> Parsed<'s> {
        let token = self.lexer.advance()?;
        let variable = match token.kind {
            TokenKind::Close if quantifier == Quantifier::Any => {
                let node = Node::Lambda { quantifier, path, body: None };
                return Ok(Expr { span: span.to(token.span), node });
            }
            TokenKind::Word(variable) if is_name(variable) => variable,
            TokenKind::Word(_)
            | TokenKind::Quoted(_)
            | TokenKind::Open
            | TokenKind::Close
            | TokenKind::Comma
            | TokenKind::Colon
            | TokenKind::End => return Err(self.lexer.syntax(token.span)),
        };
        self.expect(TokenKind::Colon)?;
        let body = self.nested(span, Self::or)?;
        let close = self.expect(TokenKind::Close)?;
        let node = Node::Lambda { quantifier, path, body: Some((variable, Box::new(body))) };
        Ok(Expr { span: span.to(close.span), node })
    }

    /// A word that stands alone: a literal, or else a path.
    fn bare(&self, word: &'s str, span: Span) -> Parsed<'s> {
        let value = if word.eq_ignore_ascii_case("null") {
            Constant::Null
        } else if word.eq_ignore_ascii_case("true") {
            Constant::Bool(true)
        } else if word.eq_ignore_ascii_case("false") {
            Constant::Bool(false)
        } else if let Some(guid) = parse_guid(word) {
            Constant::Guid(guid)
        } else if word.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            number(word).ok_or_else(|| self.lexer.syntax(span))?
        } else if is_path(word) {
            return Ok(Expr { span, node: Node::Path(word) });
        } else {
            return Err(self.lexer.syntax(span));
        };
        Ok(constant(span, value))
    }

    /// Items between commas, up to the closing bracket, whose place is returned.
    fn list(
        &mut self,
        open: Span,
        mut item: impl FnMut(&mut Self) -> Result<(), QueryError>,
    ) -> Result<Span, QueryError> {
        self.deeper(open)?;
        let close = loop {
            item(self)?;
            let token = self.lexer.advance()?;
            match token.kind {
                TokenKind::Comma => {}
                TokenKind::Close => break token.span,
                TokenKind::Word(_) | TokenKind::Quoted(_) | TokenKind::Open | TokenKind::Colon | TokenKind::End => {
                    return Err(self.lexer.syntax(token.span));
                }
            }
        };
        self.depth -= 1;
        Ok(close)
    }

    fn nested(&mut self, span: Span, inner: fn(&mut Self) -> Parsed<'s>) -> Parsed<'s> {
        self.deeper(span)?;
        let expr = inner(self)?;
        self.depth -= 1;
        Ok(expr)
    }

    /// Never undone on an error: the first error ends the parse.
    fn deeper(&mut self, span: Span) -> Result<(), QueryError> {
        if self.depth == MAX_DEPTH {
            return Err(QueryError::TooDeep { span });
        }
        self.depth += 1;
        Ok(())
    }

    fn expect(&mut self, kind: TokenKind<'static>) -> Result<Token<'s>, QueryError> {
        let token = self.lexer.advance()?;
        if token.kind == kind { Ok(token) } else { Err(self.lexer.syntax(token.span)) }
    }

    fn at_word(&self, keyword: &str) -> bool {
        match self.lexer.peek().kind {
            TokenKind::Word(word) => word.eq_ignore_ascii_case(keyword),
            TokenKind::Quoted(_)
            | TokenKind::Open
            | TokenKind::Close
            | TokenKind::Comma
            | TokenKind::Colon
            | TokenKind::End => false,
        }
    }
}

fn constant<'s>(span: Span, value: Constant<'s>) -> Expr<'s> {
    Expr { span, node: Node::Constant(value) }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_') && word.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Names with a slash between each two.
fn is_path(word: &str) -> bool {
    let mut before = b'/';
    for byte in word.bytes() {
        if byte == b'-' || (byte == b'/' && before == b'/') {
            return false;
        }
        before = byte;
    }
    before != b'/'
}

fn unquote(text: &str) -> Cow<'_, str> {
    if text.contains('\'') { Cow::Owned(text.replace("''", "'")) } else { Cow::Borrowed(text) }
}

/// Only the hyphenated form is a literal: 32 digits in a row may be a name.
fn parse_guid(word: &str) -> Option<Uuid> {
    if word.len() != 36 || word.as_bytes()[8] != b'-' {
        return None;
    }
    Uuid::try_parse(word).ok()
}

fn number<'s>(word: &str) -> Option<Constant<'s>> {
    if let Some(instant) = parse_instant(word) {
        return Some(Constant::Instant(instant));
    }
    if let Ok(number) = word.parse() {
        return Some(Constant::Int(number));
    }
    // The standard library also reads words such as `-inf`.
    let plain = word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !plain {
        return None;
    }
    word.parse().ok().map(Constant::Decimal)
}
