//! The only owner of a group.

use super::dsl::check;

/// DEA-11.
#[test]
fn the_only_owner_cannot_deactivate() {
    check(
        r#"
        world alice bob users; ops group; robot service principal
        setup adminAssign eligible alice "owner of ops" 30d -> Provisioned
        alice selfActivate "owner of ops" 8h "duty" -> Provisioned
        tick 10m
        alice selfDeactivate "owner of ops" -> LastOwner
        setup own robot of ops -> ok
        alice selfDeactivate "owner of ops" -> LastOwner
        setup own bob of ops -> ok
        alice selfDeactivate "owner of ops" -> Revoked
        alice disowned ops
        "#,
    );
}

/// DEA-12.
#[test]
fn the_only_owner_stays_one_when_its_activation_ends_and_is_let_go_when_another_comes() {
    check(
        r#"
        world alice bob users; ops group
        setup adminAssign eligible alice "owner of ops" 300d -> Provisioned
        alice selfActivate "owner of ops" 8h "duty" -> Provisioned
        tick 8h
        alice owns ops
        tick 3d
        alice owns ops
        setup own bob of ops -> ok
        alice owns ops
        tick 1d
        alice disowned ops
        alice lacks "owner of ops"
        "#,
    );
}

/// DEA-12.
#[test]
fn after_thirty_days_nobody_tries_any_more() {
    check(
        r#"
        world alice bob users; ops group
        setup adminAssign eligible alice "owner of ops" 300d -> Provisioned
        alice selfActivate "owner of ops" 8h "duty" -> Provisioned
        tick 31d
        setup own bob of ops -> ok
        tick 60d
        alice owns ops
        "#,
    );
}

/// AUT-13.
#[test]
fn a_microsoft_365_group_keeps_its_last_owner() {
    check(
        r#"
        world alice bob users; crowd Microsoft365 group; ops group
        setup own alice of crowd -> ok
        setup disown alice of crowd -> OwnerRequired
        setup own bob of crowd -> ok
        setup disown alice of crowd -> ok
        setup add ops to crowd -> GroupInMicrosoft365Group
        setup own alice of ops -> ok
        setup disown alice of ops -> ok
        "#,
    );
}
