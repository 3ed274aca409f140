"""Filters and pages, as `az` writes and follows them."""

import pytest

from conftest import contoso

# More than a page of the service.
MANY = 120


@pytest.fixture
def az(direct, make_pim_tenant):
    users = [{"name": f"user{number:03}", "displayName": f"O'Neil {number:03}"} for number in range(MANY)]
    az = direct(make_pim_tenant(contoso(users=users)))
    az.sign_in_as("ci-app")
    return az


def test_every_page_is_followed_on_the_address_that_was_asked(az):
    everybody = az("ad", "user", "list")
    assert len({user["id"] for user in everybody}) == MANY + 2


def test_quotes_and_spaces_arrive_as_they_are(az):
    url = az.tenant.emulator.url
    # `az ad` doubles no quotes; whoever types them does.
    filtered = f"{url}/v1.0/users?$filter=displayName eq 'O''Neil 007'&$select=Id,displayName"
    listed, found = az.each(
        ("ad", "user", "list", "--display-name", "O''Neil 11"),
        ("rest", "--url", filtered, "--resource", f"{url}/"),
    )
    assert sorted(user["displayName"] for user in listed) == [f"O'Neil 11{number}" for number in range(10)]
    assert [user["displayName"] for user in found["value"]] == ["O'Neil 007"]
    assert "Syntax error at position 26" in az.refused("ad", "user", "list", "--display-name", "O'Neil 11")
