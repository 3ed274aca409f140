//! Texts of stories: words, lengths of time and instants, and how answers and events are written.

use super::{BEGINNING, Told};
use crate::model::Schedule;
use crate::time::{Instant, Length};
use crate::{AccessReviewEvent, AccessReviewFault, Event, Rejection};
use std::fmt::Write as _;

/// A word of a line; quoted ones may have blanks.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) quoted: bool,
}

impl Word {
    pub(super) fn is(&self, text: &str) -> bool {
        !self.quoted && self.text == text
    }
}

pub(super) fn words(line: &str) -> Told<Vec<Word>> {
    let mut words = Vec::new();
    for (place, part) in line.split('"').enumerate() {
        if place % 2 == 1 {
            words.push(Word { text: part.to_owned(), quoted: true });
        } else {
            words.extend(part.split_whitespace().map(|text| Word { text: text.to_owned(), quoted: false }));
        }
    }
    if line.matches('"').count().is_multiple_of(2) { Ok(words) } else { Err("a quote is missing".to_owned()) }
}

/// `2h`, `1d12h`, `8h-1s`, `-5m`.
pub(in crate::tests) fn length(text: &str) -> Option<Length> {
    let (mut total, mut sign, mut digits, mut any) = (0, 1, String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let unit = match letter {
            '-' | '+' if digits.is_empty() => {
                sign = if letter == '-' { -1 } else { 1 };
                continue;
            }
            '0'..='9' => {
                digits.push(letter);
                continue;
            }
            'm' if letters.peek() == Some(&'s') => {
                letters.next();
                1
            }
            's' => 1000,
            'm' => 60_000,
            'h' => 3_600_000,
            'd' => 86_400_000,
            _ => return None,
        };
        total += sign * digits.parse::<i64>().ok()? * unit;
        digits.clear();
        any = true;
    }
    (any && digits.is_empty()).then_some(Length::from_milliseconds(total))
}

/// `+2h`: that long after the beginning of the story.
pub(in crate::tests) fn instant(text: &str) -> Option<Instant> {
    Some(BEGINNING.plus(length(text.strip_prefix('+')?)?))
}

/// An instant as stories write it.
pub(in crate::tests) fn offset(at: Instant) -> String {
    let total = at.since(BEGINNING).milliseconds();
    let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];
    let (mut rest, mut text) = (total.abs(), String::new());
    for (unit, length) in units {
        if rest >= length {
            let _ = write!(text, "{}{unit}", rest / length);
            rest %= length;
        }
    }
    format!("{}{}", if total < 0 { "-" } else { "+" }, if text.is_empty() { "0h" } else { &text })
}

pub(super) fn window(schedule: &Schedule) -> String {
    format!("{} {}", offset(schedule.window.start), schedule.window.end.map_or("forever".to_owned(), offset))
}

/// A rejection as stories write it: its name, and what tells it from others of that name.
pub(in crate::tests) fn render(rejection: &Rejection) -> String {
    let debug = format!("{rejection:?}");
    let words: Vec<&str> = debug.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if let Rejection::PolicyRules(rules) = rejection {
        rules.iter().map(|rule| rule.name()).collect::<Vec<_>>().join(" + ")
    } else if matches!(
        rejection,
        Rejection::InvalidSchedule(_)
            | Rejection::NotCancellable(_)
            | Rejection::NotAwaitingDecision(_)
            | Rejection::InvalidPolicy(_)
    ) {
        words[..2].join(" ")
    } else if let Rejection::AccessReview(AccessReviewFault::InvalidAccessReview(_)) = rejection {
        words[2].to_owned()
    } else if matches!(rejection, Rejection::Azure(_) | Rejection::AccessReview(_)) {
        words[1].to_owned()
    } else {
        words[0].to_owned()
    }
}

pub(super) fn describe(event: &Event) -> String {
    if let Event::ScheduleEnded { cause, .. } = event {
        format!("{} {cause:?}", event.name())
    } else if let Event::RequestStatusChanged { status, .. } = event {
        format!("{} {}", event.name(), status.name())
    } else if let Event::AccessReview(AccessReviewEvent::StatusChanged { status, .. }) = event {
        format!("{} {}", event.name(), status.name())
    } else if let Event::EndNears { days, .. } = event {
        format!("{} {days}", event.name())
    } else {
        event.name().to_owned()
    }
}
