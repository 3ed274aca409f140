//! Ids in both directions.

use super::schedule_id::{parse, schedule_id};
use pim_core::model::GroupAccess;
use pim_core::{PrincipalId, ScheduleId};
use proptest::prelude::{any, proptest};
use uuid::Uuid;

proptest! {
    /// MOD-13.
    #[test]
    fn an_id_says_group_relation_and_schedule(group: u128, id: u128, is_owner in any::<bool>()) {
        let access = if is_owner { GroupAccess::Owner } else { GroupAccess::Member };
        let said = ((PrincipalId(Uuid::from_u128(group)), access), ScheduleId(Uuid::from_u128(id)));
        let text = schedule_id(said.0, said.1);
        assert_eq!(parse(&text), Some(said));
        assert_eq!(parse(&text.to_uppercase()), Some(said));
    }
}

#[test]
fn other_texts_are_no_ids() {
    let group = "b94e6d03-5c1a-4e72-8f3d-1a07c2e5d964";
    for text in ["", group, &format!("{group}_member"), &format!("{group}_guest_{group}"), &format!("x_member_{group}")]
    {
        assert_eq!(parse(text), None, "{text}");
    }
}
