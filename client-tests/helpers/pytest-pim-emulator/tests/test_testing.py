"""The package as whoever tests with it sees it: starting, stopping, tenants, clocks, and what goes wrong."""

from __future__ import annotations

import json
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from pytest_pim_emulator import Emulator, NotStarted, Refused

pytest_plugins = ["pytester"]

README = Path(__file__).parents[1] / "README.md"
COMMAND_LINE_CLIENT = "14d82eec-204b-4c2f-b7e8-296a70dab67e"


def get(address: str, headers: dict[str, str]) -> dict:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
        return json.load(answer)


def run_tests(pytester: pytest.Pytester, source: str) -> pytest.RunResult:
    """Runs a module of tests in a process of its own."""
    pytester.makepyfile(source)
    return pytester.runpytest_subprocess("-p", "pytest_pim_emulator.plugin", "-p", "no:cacheprovider")


# --- fixtures ---------------------------------------------------------------------------------------------------------


def test_the_readme_s_example_passes_as_it_is_written(pytester):
    [example] = re.findall(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    run_tests(pytester, example).assert_outcomes(passed=1)


def test_a_fixture_of_that_name_says_what_is_in_the_tenant(pytester):
    run_tests(
        pytester,
        """
        import pytest

        @pytest.fixture
        def pim_world():
            return {"users": [{"name": "ada"}]}

        def test_ada_is_alone(pim_tenant):
            assert list(pim_tenant.made["users"]) == ["ada"]
        """,
    ).assert_outcomes(passed=1)


def test_one_emulator_serves_all_tests_and_each_has_a_tenant_of_its_own(pytester):
    run_tests(
        pytester,
        """
        import os
        seen = []

        def test_one(pim_tenant):
            seen.append((pim_tenant.emulator.url, pim_tenant.id))

        def test_another(pim_tenant):
            [(url, tenant)] = seen
            assert pim_tenant.emulator.url == url and pim_tenant.id != tenant
            assert tenant not in [it["tenantId"] for it in pim_tenant.emulator.control.call("GET", "/tenants")["value"]]
            assert os.environ["SSL_CERT_FILE"] == pim_tenant.emulator.ca_file
        """,
    ).assert_outcomes(passed=2)


def test_without_a_binary_a_test_says_so(pytester, monkeypatch):
    monkeypatch.delenv("PIM_EMULATOR_BIN")
    monkeypatch.setenv("PATH", "/nowhere")
    result = run_tests(pytester, "def test_nothing(pim_tenant): pass")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*NotStarted: no pim-emulator on the path; PIM_EMULATOR_BIN can say where it is*"])


# --- starting and stopping --------------------------------------------------------------------------------------------


def test_an_emulator_is_started_and_stopped_and_leaves_nothing():
    with Emulator.start() as emulator:
        state = Path(emulator.ca_file).parent
        assert state.is_dir()
        emulator.create_tenant()
    assert not state.exists()
    with pytest.raises(OSError):
        emulator.create_tenant()
    emulator.stop()


def test_two_emulators_run_side_by_side():
    with Emulator.start() as one, Emulator.start() as other:
        assert one.url != other.url
        tenant = one.create_tenant()
        assert tenant.id not in json.dumps(other.control.call("GET", "/tenants"))


def test_one_that_runs_already_is_used_and_not_stopped(tmp_path):
    ready = tmp_path / "ready.json"
    with Emulator.start() as running:
        addresses = {"url": running.url, "httpUrl": running.http_url, "proxyUrl": running.proxy_url}
        ready.write_text(json.dumps(addresses | {"caFile": running.ca_file}))
        with Emulator.connect(ready) as connected:
            assert connected.url == running.url
        running.create_tenant()


def program(directory: Path, text: str) -> str:
    file = directory / "program"
    file.write_text(f"#!{sys.executable}\n{text}\n")
    file.chmod(0o755)
    return str(file)


def test_what_is_not_there_does_not_start():
    with pytest.raises(NotStarted, match="/nowhere/pim-emulator cannot be run: No such file or directory"):
        Emulator.start("/nowhere/pim-emulator")


def test_what_ends_at_once_is_quoted(tmp_path):
    with pytest.raises(NotStarted, match="did not get ready. It said: the port is taken"):
        Emulator.start(program(tmp_path, "import sys; sys.exit('the port is taken')"))


def test_what_never_gets_ready_is_given_up_and_ended(tmp_path):
    pid = tmp_path / "pid"
    sleeper = program(tmp_path, f"import os, time; open({str(pid)!r}, 'w').write(str(os.getpid())); time.sleep(60)")
    with pytest.raises(NotStarted, match="It said: nothing"):
        Emulator.start(sleeper, patience=3)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_key_that_the_control_api_asks_for_comes_from_the_environment(monkeypatch):
    with Emulator.start(arguments=("--admin-key", "of iron")) as emulator:
        with pytest.raises(Refused) as refusal:
            emulator.create_tenant()
        assert refusal.value.status == 401
    monkeypatch.setenv("PIM_EMULATOR_ADMIN_KEY", "of iron")
    with Emulator.start(arguments=("--admin-key", "of iron")) as emulator:
        emulator.create_tenant()


# --- tenants ----------------------------------------------------------------------------------------------------------


def test_two_tenants_at_once_share_nothing(make_pim_tenant, pim_world):
    one, other = make_pim_tenant(pim_world), make_pim_tenant(pim_world)
    assert one.user("alice").id != other.user("alice").id
    one.clock.advance("P1D")
    assert (one.clock.now(), other.clock.now()) == ("2026-01-06T08:00:00Z", "2026-01-05T08:00:00Z")
    me = get(f"{one.emulator.http_url}/v1.0/me", one.headers(user="alice"))
    assert me["id"] == one.user("alice").id


def test_the_same_seed_gives_the_same_ids(pim_emulator, pim_world):
    ids = []
    for _ in range(2):
        tenant = pim_emulator.create_tenant(pim_world, seed=7)
        ids.append((tenant.id, tenant.user("alice").id, tenant.application("ci-app").client_id))
        tenant.delete()
    assert ids[0] == ids[1]


def test_what_is_in_a_tenant_is_known_by_name(pim_tenant):
    alice, application = pim_tenant.user("alice"), pim_tenant.application("ci-app")
    assert alice.user_principal_name == f"alice@{pim_tenant.domain}"
    assert application.secret == "local-only"
    assert pim_tenant.role("Groups Administrator") == "fdd7a751-b60b-444a-984c-02652fe8fa1c"
    with pytest.raises(KeyError, match="no users named 'zoe' in this tenant; there are: alice, bob"):
        pim_tenant.user("zoe")
    with pytest.raises(KeyError, match="no groups named 'zoe' in this tenant; there are: none"):
        pim_tenant.group("zoe")


def test_a_clock_goes_by_durations_and_instants_and_never_back(pim_tenant):
    assert pim_tenant.clock.advance("PT90M") == "2026-01-05T09:30:00Z"
    assert pim_tenant.clock.advance_to("2026-03-01T00:00:00Z") == "2026-03-01T00:00:00Z"
    with pytest.raises(Refused) as refusal:
        pim_tenant.clock.advance_to("2026-01-01T00:00:00Z")
    assert refusal.value.status in (400, 409)
    pim_tenant.reset()
    assert pim_tenant.clock.now() == "2026-01-05T08:00:00Z"


def test_what_happened_and_who_was_mailed_is_there_to_read(make_pim_tenant, pim_world):
    tenant = make_pim_tenant(pim_world)
    last = tenant.events()[-1]["sequence"]
    tenant.clock.advance("P91D")
    assert [event["type"] for event in tenant.events(after=last)].count("scheduleEnded") == 1
    assert tenant.events(after=last, limit=1) == tenant.events(after=last)[:1]
    assert tenant.mail(to="nobody@contoso.example") == []
    assert tenant.broken_invariants() == []


def test_a_refusal_says_what_was_wrong(pim_emulator, pim_tenant):
    with pytest.raises(Refused, match="POST /tenants: 400 .*nonsense") as refusal:
        pim_emulator.create_tenant({"nonsense": True})
    assert refusal.value.status == 400
    assert "nonsense" in refusal.value.problem["detail"]
    with pytest.raises(Refused):
        pim_tenant.token(user="zoe")
    with pytest.raises(Refused):
        pim_tenant.set_behaviour(nonsense=True)


def test_a_device_code_is_approved_without_a_browser(pim_emulator, pim_tenant):
    def ask(path: str, **form: str) -> dict:
        body = urllib.parse.urlencode(form | {"client_id": COMMAND_LINE_CLIENT}).encode()
        address = f"{pim_emulator.http_url}/{pim_tenant.id}/oauth2/v2.0/{path}"
        with urllib.request.urlopen(address, body, timeout=20) as answer:
            return json.load(answer)

    code = ask("devicecode", scope="https://graph.microsoft.com/.default")
    pim_emulator.approve_device_code(code["user_code"], "alice")
    token = ask("token", grant_type="device_code", device_code=code["device_code"])["access_token"]
    me = get(f"{pim_emulator.http_url}/v1.0/me", {"Authorization": f"Bearer {token}"})
    assert me["id"] == pim_tenant.user("alice").id


def test_the_environment_leads_programs_to_the_tenant(pim_emulator, pim_tenant):
    assert pim_tenant.environment == pim_emulator.trust | {
        "AZURE_AUTHORITY_HOST": pim_emulator.url,
        "AZURE_TENANT_ID": pim_tenant.id,
    }
    assert set(pim_emulator.trust.values()) == {pim_emulator.ca_file}
    assert pim_emulator.proxied["HTTPS_PROXY"] == pim_emulator.proxy_url
    assert {name: os.environ[name] for name in pim_emulator.trust} == pim_emulator.trust


# --- what goes wrong on request ---------------------------------------------------------------------------------------


def test_a_fault_is_met_as_often_as_it_was_ordered_and_the_journal_tells(pim_tenant):
    me, alice = f"{pim_tenant.emulator.http_url}/v1.0/me", pim_tenant.headers(user="alice")
    pim_tenant.set_faults({"match": {"path": "/me"}, "times": 1, "respond": {"status": 503, "retryAfter": 1}})
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(me, alice)
    assert (refused.value.code, refused.value.headers["Retry-After"]) == (503, "1")
    assert get(me, alice)["id"] == pim_tenant.user("alice").id
    assert [entry["status"] for entry in pim_tenant.requests(path="/me", principal="alice")] == [503, 200]


def test_a_hostile_tenant_is_hard_on_its_callers_and_the_same_way_each_time(make_pim_tenant, pim_world):
    def fates() -> list[int]:
        tenant = make_pim_tenant(pim_world)
        tenant.be_hostile(seed=7)
        alice = tenant.headers(user="alice")
        for _ in range(60):
            try:
                get(f"{tenant.emulator.http_url}/v1.0/me", alice)
            except urllib.error.HTTPError:
                pass  # That is what the journal is asked about.
        return [entry["status"] for entry in tenant.requests(path="/me")]

    first = fates()
    assert len(first) == 60
    assert {429, 503} & set(first)
    assert 200 in first
    assert fates() == first
