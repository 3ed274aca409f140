//! The switches themselves; what each does stands with the behaviour.

use super::dsl::{Lab, check};
use crate::model::License;
use crate::{Behaviour, Command};

/// UNC-1. UNC-2. UNC-13. UNC-17. UNC-18.
#[test]
fn every_switch_is_named_as_in_json_and_belongs_to_a_rule_of_the_catalogue() {
    let json = serde_json::to_value(Behaviour::default()).unwrap();
    let names: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(Behaviour::SWITCHES.len(), names.len());
    for switch in Behaviour::SWITCHES {
        assert!(names.contains(&switch.name), "{}", switch.name);
        assert!(crate::rules::catalogue(&[]).iter().any(|rule| rule.id == switch.rule), "{}", switch.rule);
        assert!(!switch.meaning.trim().is_empty());
    }
}

/// UNC-2.
#[test]
fn what_outlives_its_eligibility_is_capped_when_the_cap_is_switched_on() {
    check(
        r#"
        world alice bob users
        switch activationCappedByEligibility false
        alice eligible for "Global Reader" for 3h
        bob eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        bob selfActivate "Global Reader" 8h "incident" -> Provisioned
        switch activationCappedByEligibility true
        window of alice active "Global Reader" +0h +3h
        window of bob active "Global Reader" +0h +8h
        at +3h alice has nothing
        "#,
    );
}

/// UNC-16.
#[test]
fn a_changed_retention_counts_for_what_finishes_from_now_on() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned as one
        switch requestRetentionDays 1
        admin adminRemove eligible alice "Global Reader" -> Revoked as two
        at +1d one is Provisioned
        two is gone
        at +45d one is gone
        "#,
    );
}

/// UNC-16. A switch left out of a document has its default, and a switch that there is not is refused.
#[test]
fn a_document_of_switches_may_be_partial() {
    let partial: Behaviour = serde_json::from_str(r#"{"requestRetentionDays": 3}"#).unwrap();
    assert_eq!(partial, Behaviour { request_retention_days: 3, ..Behaviour::default() });
    assert!(serde_json::from_str::<Behaviour>(r#"{"nonsense": true}"#).is_err());
    Lab::new().finish();
}

/// LIC-5. UNC-2. What lapses with the licence is not shortened first.
#[test]
fn switches_and_licence_are_set_in_one_go() {
    let mut lab = Lab::after(
        r#"
        world alice users
        switch activationCappedByEligibility false
        alice eligible for "Global Reader" for 3h
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        "#,
    );
    let set = |license| Command::Configure { behaviour: Box::new(Behaviour::default()), license };
    lab.set_up(&set(License::None));
    lab.tell(
        "happened +0h behaviourChanged, +0h licenseChanged, +0h scheduleEnded LicenseLapsed, +0h scheduleEnded LicenseLapsed",
    );
    let view = lab.pim.view(lab.pim.now());
    assert_eq!(view.behaviour(), &Behaviour::default());
    assert_eq!(view.tenant().unwrap().license, License::None);
    lab.set_up(&set(License::P2));
    lab.tell(
        r#"
        switch activationCappedByEligibility false
        alice eligible for "Global Reader" for 3h
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        "#,
    );
    lab.set_up(&set(License::Governance));
    lab.tell(r#"window of alice active "Global Reader" +0h +3h"#);
    lab.finish();
}
