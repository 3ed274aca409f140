"""What `az-pim` lists; it reads a page and no more."""


def test_what_one_may_activate_and_what_is_active(alice):
    eligible, active = alice.each(("list",), ("list", "--active"))
    # Also what a group of hers is eligible for.
    assert {(row["role"], row["scope_name"]) for row in eligible} == {
        ("Contributor", "web"),
        ("Contributor", "data"),
        ("Reader", "Contoso Production"),
    }
    assert {row["scope"] for row in eligible} == {alice.path(place) for place in ("prod/web", "prod/data", "prod")}
    assert active == []


def test_who_may_do_what_at_a_scope(bob):
    """Names of principals come from the directory."""
    eligible, active = bob.each(
        ("list", "--filter", "at-scope", "--scope", bob.path("prod/web")),
        ("list", "--active", "--filter", "at-scope", "--subscription", bob.tenant.made["subscriptions"]["prod"]["id"]),
    )
    assert {(row["role"], row["object"]["display_name"]) for row in eligible} == {
        ("Contributor", "Alice Archer"),
        ("Reader", "Alice Archer"),
    }
    [owner] = active
    assert (owner["role"], owner["object"]["upn"]) == ("Owner", bob.tenant.user("bob").user_principal_name)


def test_roles_and_role_assignments_of_a_subscription(bob):
    subscription = bob.tenant.made["subscriptions"]["prod"]["id"]
    definitions, assignments = bob.each(
        ("role", "definition", "list", "--subscription", subscription),
        ("role", "assignment", "list", "--subscription", subscription),
    )
    names = {entry["properties"]["roleName"] for entry in definitions}
    assert {"Owner", "Contributor", "Reader"} <= names
    [assignment] = assignments
    assert assignment["object"]["display_name"] == "Bob Baker"
    assert assignment["properties"]["principalId"] == bob.tenant.user("bob").id


def test_places_below_are_followed_level_by_level(alice):
    prod = alice.path("prod")
    everything, one_level = alice.each(
        ("role", "resources", "list", "--scope", prod),
        ("role", "resources", "list", "--scope", prod, "--skip-nested"),
    )
    groups = {alice.path("prod/web"), alice.path("prod/data")}
    assert {child["id"] for child in one_level} == groups
    assert {child["id"] for child in everything} >= groups
