"""Nothing but the environment says that this is not the cloud."""


def test_its_own_news_are_not_waited_for(alice):
    """It asks GitHub for newer versions first; the proxy says no, and it goes on."""
    said = alice.run("--verbose", "--verbose", "list")
    assert said.code == 0
    assert "unable to check latest version" in said.errors
    assert len(said.json) == 3
