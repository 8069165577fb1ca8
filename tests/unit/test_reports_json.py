"""The JSON report, key by key as other programs rely on it (schema ``certwizard.diagnosis/1``)."""

import json
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import pytest
from cryptography import x509

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.observation import Observation
from certwizard.domain.target import Starttls
from certwizard.domain.vocabulary import CauseId, CheckId
from certwizard.remedies.catalogue import remedies_for
from certwizard.reports import json_report
from tests.factory import (
    HOST,
    NOW,
    Issued,
    files_observation,
    handshake,
    intermediate,
    leaf,
    observation,
    pki,
    root,
    target,
)

KEYS = [
    "schema", "target", "judged_at", "verdict", "root_cause", "causes", "checks", "clients", "remedies",
    "chain", "path", "paths", "evidence",
]  # fmt: skip
CAUSE_KEYS = [
    "id",
    "severity",
    "certificate",
    "field",
    "headline",
    "explanation",
    "seen",
    "expected",
    "remedies",
]
STEP_KEYS = ["text", "command", "platform", "needs_root", "verify", "undo"]
CERTIFICATE_KEYS = [
    "index",
    "role",
    "subject",
    "issuer",
    "serial",
    "not_before",
    "not_after",
    "names",
    "key",
    "signature",
    "sha256",
    "pem",
]


def _report(diagnosis: Diagnosis) -> dict[str, object]:
    value = json.loads(json_report.render(diagnosis, remedies_for(diagnosis)))
    assert isinstance(value, dict)
    return value


def _diagnosed(*chain: Issued, **changes: object) -> Diagnosis:
    return diagnose(observation(chain, anchors=(pki().root,), anchor_stores=("ca-file",), **changes))  # type: ignore[arg-type]


@cache
def _expired() -> Diagnosis:
    return _diagnosed(leaf(pki().intermediate, days=(-90, -3)), pki().intermediate)


def _items(report: dict[str, object], key: str) -> list[dict[str, object]]:
    value = report[key]
    assert isinstance(value, list)
    return value


def test_every_key_of_the_contract_is_there() -> None:
    assert [key for key in KEYS if key not in _report(_expired())] == []


def test_schema_target_time_and_verdict_say_what_was_judged() -> None:
    report = _report(_expired())
    assert report["schema"] == "certwizard.diagnosis/1"
    assert report["target"] == {
        "input": f"{HOST}:443", "host": HOST, "port": 443, "server_name": HOST, "starttls": None,
    }  # fmt: skip
    assert report["judged_at"] == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert report["verdict"] == "rejected"
    assert report["root_cause"] == "expired"


def test_starttls_stands_by_its_name() -> None:
    asked = target(port=25, starttls=Starttls.SMTP)
    report = _report(_diagnosed(*pki().chain, target=asked))
    assert report["target"] == {**_as_dict(report["target"]), "port": 25, "starttls": "smtp"}


def _as_dict(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value


def test_causes_hold_their_keys_and_name_remedies_that_are_listed() -> None:
    report = _report(_expired())
    causes, listed = _items(report, "causes"), {remedy["id"] for remedy in _items(report, "remedies")}
    assert causes[0]["id"] == report["root_cause"]
    for cause in causes:
        assert [key for key in CAUSE_KEYS if key not in cause] == []
        assert cause["id"] in set(CauseId)
        assert cause["severity"] in ("error", "warning", "info")
        assert isinstance(cause["remedies"], list)
        assert set(cause["remedies"]) <= listed
    assert causes[0]["certificate"] == 0
    assert causes[0]["remedies"] != []


def test_checks_are_the_eight_in_wizard_order() -> None:
    checks = _items(_report(_expired()), "checks")
    assert [check["id"] for check in checks] == [check.value for check in CheckId]
    for check in checks:
        assert check["status"] in ("pass", "warn", "fail", "unknown", "skipped")
        assert check["headline"]
    assert next(check for check in checks if check["id"] == "dates")["causes"] == ["expired"]


def test_clients_say_who_refuses_and_with_which_words() -> None:
    clients = _items(_report(_expired()), "clients")
    assert {"chrome", "firefox", "safari"} <= {client["client"] for client in clients}
    for client in clients:
        assert client["outcome"] in ("accepts", "rejects", "warns", "unknown")
        if client["outcome"] == "rejects":
            assert client["cause"] == "expired"
            assert client["message"]


def test_remedies_are_steps_with_commands_as_text() -> None:
    remedies = _items(_report(_expired()), "remedies")
    steps = [step for remedy in remedies for step in _items(remedy, "steps")]
    assert all({"id", "title", "role", "steps"} <= set(remedy) for remedy in remedies)
    assert {remedy["role"] for remedy in remedies} <= {"visitor", "server-owner", "client-developer"}
    for step in steps:
        assert [key for key in STEP_KEYS if key not in step] == []
        assert isinstance(step["text"], str)
        assert isinstance(step["needs_root"], bool)
        assert all(step[key] is None or isinstance(step[key], str) for key in ("command", "verify", "undo"))
    assert any(step["command"] for step in steps)


def test_the_chain_is_as_sent_with_pem_that_can_be_read_again() -> None:
    chain = _items(_report(_expired()), "chain")
    assert [one["index"] for one in chain] == [0, 1]
    assert [one["role"] for one in chain] == ["leaf", "intermediate"]
    for one in chain:
        assert [key for key in CERTIFICATE_KEYS if key not in one] == []
        again = x509.load_pem_x509_certificate(str(one["pem"]).encode())
        assert f"{again.serial_number:x}" == one["serial"]
        assert again.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%SZ") == one["not_after"]
    assert chain[0]["names"] == [HOST]


def test_the_path_is_fingerprints_down_from_the_leaf_and_empty_without_an_anchor() -> None:
    good = _report(_diagnosed(*pki().chain))
    assert good["path"] == [pki().leaf.sha256, pki().intermediate.sha256, pki().root.sha256]
    lonely = _report(diagnose(observation(pki().chain)))
    assert lonely["path"] == []


def test_every_path_says_where_it_ends_and_what_stands_against_it() -> None:
    old = root("Old Root", days=(-900, -1))
    cross = intermediate(old, "Test Root", key=pki().root.key)
    chain = (*pki().chain, cross)
    report = _report(diagnose(observation(chain, anchors=(pki().root, old), anchor_stores=("ca-file",))))
    good, dead = _items(report, "paths")
    assert good["certificates"] == report["path"]
    assert (good["stores"], good["problems"], good["accepted"]) == (["ca-file"], [], True)
    assert dead["certificates"] == [*(each.sha256 for each in chain), old.sha256]
    assert dead["accepted"] is False
    assert dead["problems"] == [
        {"cause": "expired", "severity": "error", "certificate": old.sha256, "detail": ""}
    ]


@pytest.mark.parametrize("key", ["root_cause", "causes", "remedies"])
def test_what_is_accepted_has_no_cause_and_no_remedy(key: str) -> None:
    report = _report(_diagnosed(*pki().chain))
    assert report["verdict"] == "accepted"
    assert not [cause for cause in _items(report, "causes") if cause["severity"] != "info"]
    assert not report[key]


def test_files_without_a_certificate_keep_every_key() -> None:
    report = _report(diagnose(files_observation(())))
    assert [key for key in KEYS if key not in report] == []
    assert report["verdict"] == "undetermined"
    assert report["chain"] == report["path"] == []


def test_evidence_tells_addresses_protocol_cipher_and_timings() -> None:
    seen = observation(pki().chain, handshakes=(handshake(pki().chain),))
    text = json.dumps(_report(diagnose(seen))["evidence"])
    assert all(word in text for word in ("address", "protocol", "cipher", "ms"))


def test_times_are_utc_whatever_zone_they_came_in() -> None:
    assert json_report.rfc3339(datetime(2030, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))) == (
        "2029-12-31T23:00:00Z"
    )
    assert json_report.rfc3339(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01T00:00:00Z"
    assert json_report.rfc3339(None) is None


def test_one_line_is_the_same_report() -> None:
    diagnosis = _expired()
    line = json_report.render(diagnosis, remedies_for(diagnosis), indent=None)
    assert "\n" not in line
    assert json.loads(line) == _report(diagnosis)


def test_the_same_observation_gives_the_same_report_again() -> None:
    seen: Observation = observation(pki().chain)
    assert _report(diagnose(seen)) == _report(diagnose(seen))
