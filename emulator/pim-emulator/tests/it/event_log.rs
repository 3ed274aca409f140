//! The log gives back what it took in.

use pim_core::model::{Addressees, CreatedBy, Mail, MailClass, Notice, Recipient, Recipients};
use pim_core::time::Instant;
use pim_core::{Event, PrincipalId, Recorded, RequestId};
use pim_emulator::app::event_log::EventLog;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

fn user(number: u64) -> Recipient {
    Recipient::User(PrincipalId(Uuid::from_u64_pair(7, number)))
}

fn recorded(number: u64, event: Event) -> Recorded {
    let milliseconds = i64::try_from(number).expect("a small number");
    Recorded { at: Instant::from_milliseconds(milliseconds), by: CreatedBy::Service, session: None, event }
}

/// Mails to a holder, to managers of which there are some, and to a crowd that is another each time; between them what is no
/// mail.
fn happened(count: u64) -> Vec<Recorded> {
    let managers: Vec<Recipients> = (0..3).map(|it| [user(it), user(it + 1)].into_iter().collect()).collect();
    let mail = |number: u64| {
        let address = Recipient::Address(format!("desk{number}@contoso.example"));
        let to = [
            (MailClass::Requestor, [user(number)].into_iter().collect()),
            (MailClass::Admin, managers[usize::try_from(number / 100 % 3).expect("a small number")].clone()),
            (MailClass::Approver, [user(number), address].into_iter().collect()),
        ];
        Event::MailSent(Box::new(Mail {
            notice: Notice::Expired,
            to: to.map(|(class, people)| Addressees { class, rule: None, people }).into(),
            principal: Some(PrincipalId(Uuid::from_u64_pair(7, number))),
            privilege: None,
            window: None,
            request: None,
            by: None,
            justification: Some(format!("number {number}")),
            digest: None,
            review: None,
        }))
    };
    (0..count)
        .map(|number| match number % 3 {
            0 => Event::RequestPurged(RequestId(Uuid::from_u64_pair(9, number))),
            _ => mail(number),
        })
        .zip(0..)
        .map(|(event, number)| recorded(number, event))
        .collect()
}

#[test]
fn every_record_is_read_as_it_happened() {
    let (happened, log) = (happened(5_000), EventLog::starting_after(40));
    for some in happened.chunks(700) {
        log.append(some.to_vec());
    }
    let read = log.after(0, usize::MAX);
    assert!(read.iter().map(|(number, _)| *number).eq(41..=5_040));
    assert!(read.iter().map(|(_, it)| it).eq(&happened));
    assert_eq!(log.get(1_065), Some(happened[1_024].clone()));
    assert_eq!(log.last_until(Instant::from_milliseconds(4_321)), 41 + 4_321);
}

#[test]
fn whoever_reads_while_others_write_finds_all_that_was_said_to_be_there() {
    let (happened, log, is_over) = (happened(20_000), EventLog::default(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Acquire) {
                    let last = log.last();
                    let read = log.after(last.saturating_sub(10), 10);
                    assert!(
                        read.iter().all(|(number, it)| it.at.milliseconds() + 1 == i64::try_from(*number).unwrap())
                    );
                    // More may have come since.
                    assert!(read.len() as u64 >= last.min(10), "{} of {last}", read.len());
                }
            });
        }
        for some in happened.chunks(7) {
            log.append(some.to_vec());
        }
        is_over.store(true, Ordering::Release);
    });
    assert_eq!(log.last(), 20_000);
}
