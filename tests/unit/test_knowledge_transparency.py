"""The dated list of logs and the policies of browsers are whole and agree with the other tables."""

import base64
from datetime import date, timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.serialization import load_der_public_key

from certwizard.knowledge.clients import profiles
from certwizard.knowledge.transparency import ct_logs, ct_logs_as_of, ct_policies

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def test_every_log_has_a_key_that_loads_and_the_id_that_is_its_hash() -> None:
    for log_id, log in ct_logs().items():
        load_der_public_key(log.key)
        assert log_id == log.id == sha256(log.key).hexdigest()


def test_ids_that_are_published_elsewhere_are_reached_from_the_keys() -> None:
    """The ids are those of Chrome's list, so no key was miscopied."""
    published = {
        "1219ENGn9XfCx+lf1wC/+YLJM1pl4dCzAXMXwMjFaXc=": "Google Argon2026h2",
        "TGPcmOWcHauI9h6KPd6uj6tEozd7X5uUw/uhnPzBviY=": "Cloudflare Nimbus2027",
        "jspHC6zeavOiBrCkeoS3Rv4fxr+VPiXmm07kAkjzxug=": "Let's Encrypt Sycamore2027h1",
        "Gouda43XkdHNBUnttgNV1ga2T60w23H+eI8Px8j7xLE=": "IPng Networks Gouda2027h1",
        "rKswcGzr7IQx9BPS9JFfER5CJEOx8qaMTzwrO6ceAsM=": "Let's Encrypt Oak2026h2",
    }
    for encoded, name in published.items():
        assert ct_logs()[base64.b64decode(encoded).hex()].name == name


def test_names_begin_with_their_operators_and_are_unique() -> None:
    names = [log.name for log in ct_logs().values()]

    assert len(names) == len(set(names))
    assert all(log.name.startswith(log.operator) for log in ct_logs().values())


def test_a_retired_log_says_when_and_the_list_is_dated() -> None:
    retired = [log for log in ct_logs().values() if log.retired is not None]

    assert [log.name for log in retired] == ["Let's Encrypt Oak2026h2"]
    assert retired[0].retired is not None
    assert retired[0].retired.tzinfo is not None
    assert ct_logs_as_of() >= date(2026, 10, 11)


def test_the_clients_of_every_policy_have_a_row_and_words_for_the_cause() -> None:
    rows = {profile.id: profile for profile in profiles()}
    for policy in ct_policies():
        for client in policy.clients:
            assert "ct-missing" in rows[client].messages


@pytest.mark.parametrize(("seconds", "chrome", "apple"), [(0, 2, 2), (1, 2, 3), (2, 3, 3)])
def test_the_last_second_counts_for_apple_alone(seconds: int, chrome: int, apple: int) -> None:
    by_id = {policy.id: policy for policy in ct_policies()}
    lifetime = 180 * DAY + seconds * SECOND

    assert by_id["chrome"].rule_for(lifetime).scts == chrome
    assert by_id["apple"].rule_for(lifetime).scts == apple
