//! Who is told of a review.

use crate::Event;
use crate::model::Recipient;
use crate::tests::dsl::{Lab, offset};

/// The mails about reviews, as `+0h accessReviewStarted to bob`.
fn mails(lab: &Lab) -> Vec<String> {
    let name = |it: &Recipient| match it {
        Recipient::User(id) => lab.pim.view(lab.pim.now()).name_of(*id).unwrap().to_owned(),
        Recipient::Address(address) => address.clone(),
    };
    (lab.events.iter())
        .filter_map(|it| if let Event::MailSent(mail) = &it.event { Some((offset(it.at), mail)) } else { None })
        .filter(|(_, mail)| mail.review.is_some())
        .map(|(at, mail)| {
            let mut people: Vec<_> = mail.to.iter().flat_map(|to| to.people.iter().map(name)).collect();
            people.sort();
            format!("{at} {} to {}", mail.notice.name(), people.join(" "))
        })
        .collect()
}

/// REV-28. Whoever has decided already is reminded all the same.
#[test]
fn reviewers_are_told_of_the_start_and_at_half_time_and_its_maker_of_the_end() {
    let lab = Lab::after(
        r#"
        world alice bob carol dave eve users; watchers group of eve
        alice active in "Global Reader" forever
        admin review q of "Global Reader" by bob carol for 8d mailing reminding telling dave telling watchers -> ok
        bob decides q approve alice -> ok
        tick 2d
        admin remindsOf q -> ok
        tick 8d
        "#,
    );
    assert_eq!(
        mails(&lab),
        [
            "+0h accessReviewStarted to bob carol",
            "+2d accessReviewReminder to bob carol",
            "+4d accessReviewReminder to bob carol",
            "+8d accessReviewCompleted to admin dave eve",
        ]
    );
    lab.finish();
}

/// REV-28. REV-41.
#[test]
fn nobody_is_told_by_default() {
    let lab = Lab::after(
        r#"
        world alice bob users
        alice active in "Global Reader" forever
        admin review q of "Global Reader" by bob for 8d -> ok
        tick 10d
        "#,
    );
    assert!(mails(&lab).is_empty());
    lab.finish();
}
