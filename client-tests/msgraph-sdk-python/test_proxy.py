"""The same clients with nothing but their environment changed: `HTTPS_PROXY` and where to find the CA."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph import COMMAND_LINE_CLIENT
from pim import GROUPS_ADMINISTRATOR

PROGRAM = Path(__file__).with_name("through_the_proxy.py")


@pytest.fixture
def run(eligible_tenant):
    """Starts the program; gives its process."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment |= eligible_tenant.emulator.proxied | {"AZURE_TENANT_ID": eligible_tenant.id}
    started = []

    def start(kind: str, **more: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM), kind],
            env=environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def last_line(process: subprocess.Popen) -> dict:
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return json.loads(output.splitlines()[-1])


def test_an_application_reads_the_directory(eligible_tenant, run):
    application = eligible_tenant.application("ci-app")
    found = last_line(
        run("application", AZURE_CLIENT_ID=application.client_id, AZURE_CLIENT_SECRET=application.secret)
    )
    assert {"Alice Archer", "Bob Baker"} <= set(found["users"])
    assert found["nextLink"] is None


def test_a_person_signs_in_by_device_code(eligible_tenant, run):
    process = run("device-code", AZURE_CLIENT_ID=COMMAND_LINE_CLIENT)
    prompt = json.loads(process.stdout.readline())
    eligible_tenant.emulator.approve_device_code(prompt["code"], "alice")
    found = last_line(process)
    assert found == {"me": eligible_tenant.user("alice").id, "eligible": [GROUPS_ADMINISTRATOR]}


def test_a_person_signs_in_by_password(eligible_tenant, run):
    """Works only here: the library asks for the user's realm on port 443, whatever the authority's port."""
    alice = eligible_tenant.user("alice")
    found = last_line(
        run(
            "password",
            AZURE_CLIENT_ID=COMMAND_LINE_CLIENT,
            AZURE_USERNAME=alice.user_principal_name,
            AZURE_PASSWORD=alice.password,
        )
    )
    assert found == {"me": eligible_tenant.user("alice").id, "eligible": [GROUPS_ADMINISTRATOR]}
