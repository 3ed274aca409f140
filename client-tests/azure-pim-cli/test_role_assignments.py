"""Role assignments beside PIM: listed, deleted, cleaned up."""

import json

import pytest

from conftest import contoso


@pytest.fixture
def pim_world():
    return contoso(
        active=[
            {"principal": "alice", "azureRole": "Reader", "scope": "prod/web", "outsidePim": True},
            {"principal": "operators", "azureRole": "Reader", "scope": "prod/web", "outsidePim": True},
        ]
    )


def assignments(program, place: str) -> list[dict]:
    """Those of exactly that place."""
    scope = program.path(place)
    listed = program("role", "assignment", "list", "--scope", scope)
    return [entry for entry in listed if entry["properties"]["scope"] == scope]


def test_an_assignment_is_deleted(bob):
    web = bob.path("prod/web")
    first, second = assignments(bob, "prod/web")
    bob("role", "assignment", "delete", first["name"], "--scope", web)
    assert [entry["name"] for entry in assignments(bob, "prod/web")] == [second["name"]]


def test_a_set_of_assignments_is_deleted(bob, tmp_path):
    config = tmp_path / "assignments.json"
    config.write_text(json.dumps(assignments(bob, "prod/web")), encoding="utf-8")
    bob("role", "assignment", "delete-set", str(config))
    assert assignments(bob, "prod/web") == []


def test_cleaning_up_leaves_what_somebody_has(bob):
    """An assignment whose principal the directory did not tell of would be taken away here."""
    before = assignments(bob, "prod/web"), bob("list", "--filter", "at-scope", "--scope", bob.path("prod/web"))
    for what in ("auto", "orphaned-assignments", "orphaned-eligible-assignments"):
        bob("cleanup", what, "--scope", bob.path("prod/web"), "--skip-nested", "--yes")
    assert (assignments(bob, "prod/web"), bob("list", "--filter", "at-scope", "--scope", bob.path("prod/web"))) == before
