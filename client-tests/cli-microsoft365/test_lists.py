"""Pages, as the program follows them: to their end."""

from conftest import contoso

MANY = 230


def test_every_page_of_users_is_followed(make_m365, make_pim_tenant):
    users = [{"name": f"user{number:03}", "displayName": f"User {number:03}"} for number in range(MANY)]
    m365 = make_m365(make_pim_tenant(contoso(users=users)))
    m365.sign_in("alice")
    everybody = m365.entra("user list", "--properties", "id,displayName")
    assert len({user["id"] for user in everybody}) == MANY + 2
