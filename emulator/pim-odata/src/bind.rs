//! Tree to bound tree: names are resolved against the table of an entity, and
//! each literal becomes what it is compared with. Everything that can be wrong
//! with a filter is found here, before the first item is looked at.
//!
//! The bound tree refers to fields by their place in the table, so it does not
//! depend on the entity's type; only [`Filter`] does.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::bounds;
use crate::error::{QueryError, Span};
use crate::eval;
use crate::field::{Entity, Kind, TextMatch, Value, find};
use crate::literal::Literal;
use crate::parser::parse_filter;
use crate::syntax::{Constant, Expr, Function, Node, Operator, Quantifier};

/// A filter over the items of `E`.
pub struct Filter<E> {
    test: Test,
    // A filter holds no entity, it is only asked about them.
    entity: PhantomData<fn(&E)>,
}

impl<E: Entity> Filter<E> {
    /// Reads and binds the text of a `$filter` option.
    ///
    /// # Errors
    /// Those of [`parse_filter`] and of [`Filter::bind`].
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Self::bind(&parse_filter(text)?)
    }

    /// Resolves the names of a parsed filter and types its literals.
    ///
    /// # Errors
    /// When a name is unknown or cannot be filtered by, when operands do not go
    /// together, and when the whole is not a condition.
    pub fn bind(expr: &Expr<'_>) -> Result<Self, QueryError> {
        let mut binder = Binder::<E> { variables: Vec::new(), entity: PhantomData };
        Ok(Self { test: binder.test(expr)?, entity: PhantomData })
    }

    /// Whether the filter lets the item through. A condition that is neither true
    /// nor false, because a value is missing, lets nothing through.
    pub fn matches(&self, row: &E::Row<'_>) -> bool {
        eval::test::<E>(&self.test, row, None) == Some(true)
    }

    /// What the property `name` must equal in every item that matches, when the
    /// filter is a conjunction that says so. A caller looks up its index by it;
    /// the filter still has to be asked about what the index yields.
    pub fn equality(&self, name: &str) -> Option<&Literal> {
        let (field, _) = find::<E>(name)?;
        required(&self.test, field)
    }

    /// The condition itself.
    pub(crate) fn test(&self) -> &Test {
        &self.test
    }

    /// Between which instants, in milliseconds and both included, the property `name` lies in every item that matches, as
    /// far as the filter is a conjunction that says so.
    pub fn instants(&self, name: &str) -> (Option<i64>, Option<i64>) {
        find::<E>(name).map_or((None, None), |(field, _)| bounds::of(&self.test, field))
    }
}

// By hand, because deriving would ask the same of `E`.
impl<E> Clone for Filter<E> {
    fn clone(&self) -> Self {
        Self { test: self.test.clone(), entity: PhantomData }
    }
}

impl<E> fmt::Debug for Filter<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filter").field(&self.test).finish()
    }
}

/// A condition.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Constant(bool),
    /// A property that is itself true or false.
    Flag(Operand),
    Compare {
        operand: Operand,
        operator: Operator,
        literal: Literal,
        text: TextMatch,
    },
    CompareBoth {
        left: Operand,
        operator: Operator,
        right: Operand,
        text: TextMatch,
    },
    In {
        operand: Operand,
        set: Vec<Literal>,
        text: TextMatch,
    },
    Text {
        matcher: Matcher,
        text: Operand,
        part: Operand,
        case: TextMatch,
    },
    Quantified {
        quantifier: Quantifier,
        collection: Operand,
        body: Option<Box<Self>>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matcher {
    StartsWith,
    EndsWith,
    Contains,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
}

/// Where a value comes from.
#[derive(Debug, Clone)]
pub(crate) enum Operand {
    /// A field of the table.
    Field(usize),
    /// The variable of the lambda that many lambdas out.
    Variable(usize),
    /// A member of that variable.
    Member(usize, &'static str),
    Count(Box<Self>),
    Fold(Case, Box<Self>),
    Truth(Box<Test>),
    Value(Value<'static>),
}

fn required(test: &Test, wanted: usize) -> Option<&Literal> {
    match test {
        Test::All(tests) => tests.iter().find_map(|test| required(test, wanted)),
        Test::Compare { operand: Operand::Field(field), operator: Operator::Equal, literal, .. }
            if *field == wanted && *literal != Literal::Null =>
        {
            Some(literal)
        }
        Test::Compare { .. }
        | Test::Any(_)
        | Test::Not(_)
        | Test::Constant(_)
        | Test::Flag(_)
        | Test::CompareBoth { .. }
        | Test::In { .. }
        | Test::Text { .. }
        | Test::Quantified { .. } => None,
    }
}

/// An operand and what is known of it before there is an item.
struct Typed {
    operand: Operand,
    kind: Kind,
    text: TextMatch,
}

/// A variable of a lambda, while its body is bound.
struct Variable<'s> {
    name: &'s str,
    kind: Kind,
    text: TextMatch,
}

struct Binder<'s, E> {
    variables: Vec<Variable<'s>>,
    entity: PhantomData<fn(&E)>,
}

/// One side of a comparison.
enum Side<'e, 's> {
    Constant(&'e Constant<'s>),
    Operand(Typed),
}

impl<'s, E: Entity> Binder<'s, E> {
    fn test(&mut self, expr: &Expr<'s>) -> Result<Test, QueryError> {
        match &expr.node {
            Node::Or(operands) => Ok(Test::Any(self.tests(operands)?)),
            Node::And(operands) => Ok(Test::All(self.tests(operands)?)),
            Node::Not(inner) => Ok(Test::Not(Box::new(self.test(inner)?))),
            Node::Compare { operator, sides } => self.compare(*operator, sides, expr.span),
            Node::In { needle, set } => self.among(needle, set, expr.span),
            Node::Call { function, arguments } => self.condition(*function, arguments, expr.span),
            Node::Lambda { quantifier, path, body } => self.lambda(*quantifier, path, body.as_ref(), expr.span),
            Node::Constant(Constant::Bool(value)) => Ok(Test::Constant(*value)),
            Node::Path(path) => {
                let typed = self.path(path, expr.span)?;
                if typed.kind != Kind::Boolean {
                    return Err(QueryError::NotBoolean { span: expr.span });
                }
                Ok(Test::Flag(typed.operand))
            }
            Node::Constant(_) => Err(QueryError::NotBoolean { span: expr.span }),
        }
    }

    fn tests(&mut self, operands: &[Expr<'s>]) -> Result<Vec<Test>, QueryError> {
        // Collecting results would forget how many there are.
        let mut tests = Vec::with_capacity(operands.len());
        for operand in operands {
            tests.push(self.test(operand)?);
        }
        Ok(tests)
    }

    fn compare(&mut self, operator: Operator, [left, right]: &[Expr<'s>; 2], span: Span) -> Result<Test, QueryError> {
        let incompatible = |left, right| QueryError::IncompatibleTypes { left, right, operator: operator.name(), span };
        match (self.side(left)?, self.side(right)?) {
            (Side::Operand(left), Side::Constant(constant)) => {
                let literal =
                    Literal::of(constant, left.kind).ok_or_else(|| incompatible(left.kind.edm(), constant.edm()))?;
                Ok(Test::Compare { operand: left.operand, operator, literal, text: left.text })
            }
            (Side::Constant(constant), Side::Operand(right)) => {
                let literal =
                    Literal::of(constant, right.kind).ok_or_else(|| incompatible(constant.edm(), right.kind.edm()))?;
                let operator = operator.mirrored();
                Ok(Test::Compare { operand: right.operand, operator, literal, text: right.text })
            }
            (Side::Operand(left), Side::Operand(right)) => {
                let plain = !matches!(left.kind, Kind::Complex(_) | Kind::Collection(_));
                if left.kind != right.kind || !plain {
                    return Err(incompatible(left.kind.edm(), right.kind.edm()));
                }
                Ok(both(left, operator, right))
            }
            (Side::Constant(left), Side::Constant(right)) => match (left.operand(), right.operand()) {
                (Some((kind, left)), Some((other, right))) if kind == other => {
                    let typed =
                        |value| Typed { operand: Operand::Value(value), kind, text: TextMatch::CaseInsensitive };
                    Ok(both(typed(left), operator, typed(right)))
                }
                _ => Err(incompatible(left.edm(), right.edm())),
            },
        }
    }

    fn among(&mut self, needle: &Expr<'s>, set: &[Expr<'s>], span: Span) -> Result<Test, QueryError> {
        let typed = self.operand(needle)?;
        let literals = set.iter().map(|expr| match &expr.node {
            Node::Constant(constant) => Literal::of(constant, typed.kind).ok_or(QueryError::IncompatibleTypes {
                left: typed.kind.edm(),
                right: constant.edm(),
                operator: "In",
                span,
            }),
            Node::Or(_)
            | Node::And(_)
            | Node::Not(_)
            | Node::Compare { .. }
            | Node::In { .. }
            | Node::Call { .. }
            | Node::Lambda { .. }
            | Node::Path(_) => Err(QueryError::UnsupportedOperator { operator: "In", span: expr.span }),
        });
        let set = literals.collect::<Result<_, _>>()?;
        Ok(Test::In { operand: typed.operand, set, text: typed.text })
    }

    fn side<'e>(&mut self, expr: &'e Expr<'s>) -> Result<Side<'e, 's>, QueryError> {
        if let Node::Constant(constant) = &expr.node {
            return Ok(Side::Constant(constant));
        }
        self.operand(expr).map(Side::Operand)
    }

    fn operand(&mut self, expr: &Expr<'s>) -> Result<Typed, QueryError> {
        match &expr.node {
            Node::Path(path) => self.path(path, expr.span),
            Node::Constant(constant) => {
                let (kind, value) = constant.operand().ok_or(QueryError::NotBoolean { span: expr.span })?;
                let text = TextMatch::CaseInsensitive;
                Ok(Typed { operand: Operand::Value(value), kind, text })
            }
            Node::Call { function: Function::ToLower, arguments } => {
                self.fold(Case::Lower, Function::ToLower, arguments, expr.span)
            }
            Node::Call { function: Function::ToUpper, arguments } => {
                self.fold(Case::Upper, Function::ToUpper, arguments, expr.span)
            }
            Node::Call { .. }
            | Node::Or(_)
            | Node::And(_)
            | Node::Not(_)
            | Node::Compare { .. }
            | Node::In { .. }
            | Node::Lambda { .. } => {
                let operand = Operand::Truth(Box::new(self.test(expr)?));
                Ok(Typed { operand, kind: Kind::Boolean, text: TextMatch::CaseInsensitive })
            }
        }
    }

    /// Once its case is folded, text differs by case: `tolower(x) eq 'A'` is false.
    fn fold(
        &mut self,
        case: Case,
        function: Function,
        arguments: &[Expr<'s>],
        span: Span,
    ) -> Result<Typed, QueryError> {
        let [argument] = arguments else { return Err(bad_arguments(function, span)) };
        let inner = self.string(argument, function, span)?;
        let operand = Operand::Fold(case, Box::new(inner.operand));
        Ok(Typed { operand, kind: Kind::String, text: TextMatch::CaseSensitive })
    }

    fn string(&mut self, expr: &Expr<'s>, function: Function, span: Span) -> Result<Typed, QueryError> {
        if matches!(expr.node, Node::Constant(Constant::Null)) {
            let text = TextMatch::CaseInsensitive;
            return Ok(Typed { operand: Operand::Value(Value::Null), kind: Kind::String, text });
        }
        let typed = self.operand(expr)?;
        if typed.kind == Kind::String { Ok(typed) } else { Err(bad_arguments(function, span)) }
    }

    /// A function that is a condition.
    fn condition(&mut self, function: Function, arguments: &[Expr<'s>], span: Span) -> Result<Test, QueryError> {
        let matcher = match function {
            Function::StartsWith => Matcher::StartsWith,
            Function::EndsWith => Matcher::EndsWith,
            Function::Contains => Matcher::Contains,
            Function::IsOf => return is_of::<E>(arguments, span),
            Function::ToLower | Function::ToUpper => return Err(QueryError::NotBoolean { span }),
        };
        let [text, part] = arguments else { return Err(bad_arguments(function, span)) };
        let text = self.string(text, function, span)?;
        let part = self.string(part, function, span)?;
        let case = strictest(text.text, part.text);
        Ok(Test::Text { matcher, text: text.operand, part: part.operand, case })
    }

    fn lambda(
        &mut self,
        quantifier: Quantifier,
        path: &'s str,
        body: Option<&(&'s str, Box<Expr<'s>>)>,
        span: Span,
    ) -> Result<Test, QueryError> {
        let typed = self.path(path, span)?;
        let Kind::Collection(element) = typed.kind else {
            return Err(QueryError::NotCollection { span });
        };
        let body = match body {
            None => None,
            Some((name, body)) => {
                self.variables.push(Variable { name, kind: *element, text: typed.text });
                let test = self.test(body)?;
                self.variables.pop();
                Some(Box::new(test))
            }
        };
        Ok(Test::Quantified { quantifier, collection: typed.operand, body })
    }

    fn path(&self, written: &'s str, span: Span) -> Result<Typed, QueryError> {
        let path = without_casts(written);
        if let Some(owner) = strip_count(&path) {
            let inner = self.resolve(owner, span)?;
            if !matches!(inner.kind, Kind::Collection(_)) {
                return Err(unknown("$count", E::TYPE, span));
            }
            let operand = Operand::Count(Box::new(inner.operand));
            return Ok(Typed { operand, kind: Kind::Integer, text: inner.text });
        }
        self.resolve(&path, span)
    }

    fn resolve(&self, path: &str, span: Span) -> Result<Typed, QueryError> {
        let (first, rest) = match path.split_once('/') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let variables = self.variables.iter().rev().enumerate();
        for (outwards, variable) in variables {
            if variable.name == first {
                return member(variable, outwards, rest, span);
            }
        }
        let Some((index, field)) = find::<E>(path) else {
            return Err(unknown(missing::<E>(first, rest), E::TYPE, span));
        };
        if !field.filter {
            return Err(QueryError::NotFilterable { property: field.name.into(), entity: E::TYPE, span });
        }
        Ok(Typed { operand: Operand::Field(index), kind: field.kind, text: field.text })
    }
}

fn member(variable: &Variable<'_>, outwards: usize, rest: Option<&str>, span: Span) -> Result<Typed, QueryError> {
    let text = variable.text;
    let Some(name) = rest else {
        return Ok(Typed { operand: Operand::Variable(outwards), kind: variable.kind, text });
    };
    let members = match variable.kind {
        Kind::Complex(complex) => complex.members,
        Kind::Boolean | Kind::Integer | Kind::String | Kind::Instant | Kind::Duration | Kind::Collection(_) => &[],
    };
    match members.iter().find(|member| member.name.eq_ignore_ascii_case(name)) {
        Some(member) => {
            let operand = Operand::Member(outwards, member.name);
            Ok(Typed { operand, kind: member.kind, text })
        }
        None => Err(unknown(name, variable.kind.edm(), span)),
    }
}

/// Whether the item is of the type. A collection of several types says each item's
/// in the field `@odata.type`; any other holds its own type only.
fn is_of<E: Entity>(arguments: &[Expr<'_>], span: Span) -> Result<Test, QueryError> {
    let [Expr { node, .. }] = arguments else {
        return Err(bad_arguments(Function::IsOf, span));
    };
    let name = match node {
        Node::Constant(Constant::Text(name)) => name.as_ref(),
        Node::Path(name) => name,
        Node::Constant(_)
        | Node::Or(_)
        | Node::And(_)
        | Node::Not(_)
        | Node::Compare { .. }
        | Node::In { .. }
        | Node::Call { .. }
        | Node::Lambda { .. } => return Err(bad_arguments(Function::IsOf, span)),
    };
    let name = name.trim_start_matches('#');
    Ok(match find::<E>("@odata.type") {
        Some((index, _)) => Test::Compare {
            operand: Operand::Field(index),
            operator: Operator::Equal,
            literal: Literal::from_text(&format!("#{name}")),
            text: TextMatch::CaseInsensitive,
        },
        None => Test::Constant(name.eq_ignore_ascii_case(E::TYPE)),
    })
}

fn both(left: Typed, operator: Operator, right: Typed) -> Test {
    let text = strictest(left.text, right.text);
    Test::CompareBoth { left: left.operand, operator, right: right.operand, text }
}

fn strictest(left: TextMatch, right: TextMatch) -> TextMatch {
    match (left, right) {
        (TextMatch::CaseInsensitive, TextMatch::CaseInsensitive) => TextMatch::CaseInsensitive,
        (TextMatch::CaseSensitive, _) | (_, TextMatch::CaseSensitive) => TextMatch::CaseSensitive,
    }
}

fn bad_arguments(function: Function, span: Span) -> QueryError {
    QueryError::BadArguments { function: function.name(), signature: function.signature(), span }
}

fn unknown(name: &str, entity: &'static str, span: Span) -> QueryError {
    QueryError::UnknownProperty { name: name.into(), entity, span }
}

/// The segment of an unknown path that is to blame: the first, unless something
/// is known under it.
fn missing<'p, E: Entity>(first: &'p str, rest: Option<&'p str>) -> &'p str {
    let known = find::<E>(first).is_some()
        || E::NAVIGATIONS.iter().any(|name| name.eq_ignore_ascii_case(first))
        || E::FIELDS
            .iter()
            .any(|field| field.name.split_once('/').is_some_and(|(head, _)| head.eq_ignore_ascii_case(first)));
    match rest {
        Some(rest) if known => rest,
        Some(_) | None => first,
    }
}

fn strip_count(path: &str) -> Option<&str> {
    let (owner, last) = path.split_at_checked(path.len().checked_sub("/$count".len())?)?;
    last.eq_ignore_ascii_case("/$count").then_some(owner)
}

/// `scope/microsoft.graph.accessReviewQueryScope/query` is `scope/query`: the
/// table has one entry for it, whatever the type of the scope. `@odata.type` is
/// no cast.
fn without_casts(path: &str) -> Cow<'_, str> {
    let is_cast = |segment: &str| segment.contains('.') && !segment.starts_with('@');
    if !path.bytes().any(|byte| byte == b'.') || !path.split('/').any(is_cast) {
        return Cow::Borrowed(path);
    }
    let kept: Vec<&str> = path.split('/').filter(|segment| !is_cast(segment)).collect();
    Cow::Owned(kept.join("/"))
}
