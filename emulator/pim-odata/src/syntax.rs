//! The tree that [`parse_filter`](crate::parse_filter) makes: what was written,
//! and where. Names are not looked up yet, so it knows no entity.

use std::borrow::Cow;

use uuid::Uuid;

use crate::error::Span;

/// A parsed filter, to be bound with [`Filter::bind`](crate::Filter::bind).
#[derive(Debug, Clone, PartialEq)]
pub struct Expr<'s> {
    pub(crate) span: Span,
    pub(crate) node: Node<'s>,
}

impl Expr<'_> {
    /// Where in the text it stands.
    pub fn span(&self) -> Span {
        self.span
    }
}

/// `and` and `or` hold as many operands as were written side by side, so a long
/// chain is wide and not deep.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node<'s> {
    Or(Vec<Expr<'s>>),
    And(Vec<Expr<'s>>),
    Not(Box<Expr<'s>>),
    /// The left operand and the right one, boxed together: one allocation.
    Compare {
        operator: Operator,
        sides: Box<[Expr<'s>; 2]>,
    },
    In {
        needle: Box<Expr<'s>>,
        set: Vec<Expr<'s>>,
    },
    Call {
        function: Function,
        arguments: Vec<Expr<'s>>,
    },
    Lambda {
        quantifier: Quantifier,
        path: &'s str,
        body: Option<(&'s str, Box<Expr<'s>>)>,
    },
    Path(&'s str),
    Constant(Constant<'s>),
}

/// A literal as written. What it means depends on what it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Constant<'s> {
    Null,
    Bool(bool),
    Int(i64),
    Decimal(f64),
    Text(Cow<'s, str>),
    Guid(Uuid),
    Instant(i64),
    Duration(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

impl Operator {
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        const WORDS: [(&str, Operator); 6] = [
            ("eq", Operator::Equal),
            ("ne", Operator::NotEqual),
            ("gt", Operator::Greater),
            ("ge", Operator::GreaterOrEqual),
            ("lt", Operator::Less),
            ("le", Operator::LessOrEqual),
        ];
        WORDS.iter().find(|(text, _)| text.eq_ignore_ascii_case(word)).map(|(_, operator)| *operator)
    }

    /// What the library calls it in its errors.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Equal => "Equal",
            Self::NotEqual => "NotEqual",
            Self::Greater => "GreaterThan",
            Self::GreaterOrEqual => "GreaterThanOrEqual",
            Self::Less => "LessThan",
            Self::LessOrEqual => "LessThanOrEqual",
        }
    }

    /// The operator that says the same with the operands exchanged.
    pub(crate) fn mirrored(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    Any,
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    StartsWith,
    EndsWith,
    Contains,
    ToLower,
    ToUpper,
    IsOf,
}

impl Function {
    const ALL: [Self; 6] = [Self::StartsWith, Self::EndsWith, Self::Contains, Self::ToLower, Self::ToUpper, Self::IsOf];

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name().eq_ignore_ascii_case(word))
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::StartsWith => "startswith",
            Self::EndsWith => "endswith",
            Self::Contains => "contains",
            Self::ToLower => "tolower",
            Self::ToUpper => "toupper",
            Self::IsOf => "isof",
        }
    }

    pub(crate) fn signature(self) -> &'static str {
        match self {
            Self::StartsWith => "startswith(Edm.String Nullable=true, Edm.String Nullable=true)",
            Self::EndsWith => "endswith(Edm.String Nullable=true, Edm.String Nullable=true)",
            Self::Contains => "contains(Edm.String Nullable=true, Edm.String Nullable=true)",
            Self::ToLower => "tolower(Edm.String Nullable=true)",
            Self::ToUpper => "toupper(Edm.String Nullable=true)",
            Self::IsOf => "isof(type)",
        }
    }
}
