"""Keys that clients were told to expect: built into browsers, or named by a header of old."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import certifi
import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.repair import ChangeKind
from certwizard.diagnosis.result import Cause, ClientAction, Diagnosis
from certwizard.domain.observation import HttpHint, Observation
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.saved import decode_observation, encode_observation
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import CheckId, Severity, Verdict
from certwizard.knowledge.clients import find_profile
from certwizard.knowledge.pins import expiry, pin_set_for, pin_sets
from certwizard.probe.files import read_file
from certwizard.probe.http_hint import PINS_LIMIT, parse_head
from tests import factory as f

P = f.pki()
OTHER = "A" * 43 + "="


def pin(issued: f.Issued) -> str:
    """Return the pin of a certificate's key."""
    return base64.b64encode(bytes.fromhex(parse_certificate(issued.der).key.spki_sha256)).decode()


def with_header(*pins: str, **changes: object) -> Observation:
    """Return what is seen of a good server with this header."""
    header = "; ".join((*(f'pin-sha256="{each}"' for each in pins), "max-age=5184000"))
    http = HttpHint(200, f.NOW, f.NOW, public_key_pins=header)
    return f.replaced(f.observation(P.chain, anchors=[P.root]), http=http, **changes)


def found(diagnosis: Diagnosis) -> list[Cause]:
    """Return the causes in question."""
    return [cause for cause in diagnosis.causes if cause.id is C.PINNING]


def refusing(diagnosis: Diagnosis) -> set[str]:
    """Return who refuses."""
    return {each.client for each in diagnosis.clients if each.action is ClientAction.REJECTS}


def test_a_header_that_names_other_keys_is_a_warning_that_no_client_of_today_minds() -> None:
    diagnosis = diagnose(with_header(OTHER))
    (cause,) = found(diagnosis)
    assert cause.severity is Severity.WARNING
    assert diagnosis.verdict is Verdict.WARNED
    assert refusing(diagnosis) == set()
    spotless = diagnosis.repairs.spotless
    assert spotless is not None
    assert [change.kind for change in spotless.changes] == [ChangeKind.DROP_PINS]


@pytest.mark.parametrize("issued", [P.leaf, P.intermediate, P.root])
def test_a_header_that_names_a_key_on_the_way_is_fine(issued: f.Issued) -> None:
    diagnosis = diagnose(with_header(OTHER, pin(issued)))
    assert found(diagnosis) == []
    labels = [fact.label for fact in diagnosis.check(CheckId.TRUST).facts]
    assert "Keys expected (Public-Key-Pins)" in labels


@pytest.mark.parametrize(
    "header", ["max-age=1", 'pin-sha256="short"', 'pin-sha1="AAAA"', "\x1b[31m", "pin-sha256" * 50]
)
def test_a_header_without_a_pin_that_can_be_read_says_nothing(header: str) -> None:
    http = HttpHint(200, f.NOW, f.NOW, public_key_pins=header)
    assert found(diagnose(f.replaced(with_header(), http=http))) == []


def at_google(anchors: tuple[str, ...] = ("mozilla", "system"), host: str = "www.google.com") -> Observation:
    """Return a chain for a pinned name whose root nobody pinned."""
    leaf = f.leaf(P.intermediate, [host])
    return f.observation((leaf, P.intermediate), host, anchors=[P.root], anchor_stores=anchors)


def test_a_public_certificate_with_a_key_that_browsers_do_not_expect_is_refused_by_them() -> None:
    diagnosis = diagnose(at_google())
    (cause,) = found(diagnosis)
    assert cause.severity is Severity.ERROR
    assert refusing(diagnosis) == {"chrome", "edge", "firefox"}
    words = {each.client: each.message for each in diagnosis.clients}
    assert "PINNED_KEY_NOT_IN_CERT_CHAIN" in words["chrome"]
    assert "KEY_PINNING_FAILURE" in words["firefox"]
    assert diagnosis.repairs.best is None
    assert diagnosis.repairs.note


def test_a_root_that_the_user_added_is_exempt() -> None:
    """What inspects TLS is not stopped by pins."""
    assert found(diagnose(at_google(anchors=("ca-file",)))) == []


def test_a_name_that_nobody_pinned_is_not_looked_at() -> None:
    assert found(diagnose(at_google(host="www.google.example"))) == []


def test_after_the_lists_ran_out_nothing_is_said() -> None:
    late = datetime(expiry().year + 1, 6, 1, tzinfo=UTC)
    seen = at_google()
    assert found(diagnose(f.replaced(seen, judge_at=late))) == []


def test_a_saved_header_is_judged_the_same() -> None:
    seen = with_header(OTHER)
    assert diagnose(decode_observation(encode_observation(seen))) == diagnose(seen)


def test_names_are_pinned_with_what_is_below_them_or_alone() -> None:
    assert pin_set_for("google.com") is not None
    assert pin_set_for("Mail.Google.com.") is not None
    assert pin_set_for("gmail.com") is not None
    assert pin_set_for("mail.gmail.com") is None
    assert pin_set_for("notgoogle.com") is None
    assert pin_set_for("com") is None


def test_the_table_holds_keys_of_browsers_that_there_are() -> None:
    for each in pin_sets():
        assert each.keys
        assert all(find_profile(client) for client in each.keys)
        assert all(len(base64.b64decode(key)) == 32 for keys in each.keys.values() for key in keys)


def test_most_keys_of_the_table_are_those_of_roots_that_vendors_ship() -> None:
    """A slip of the pen in a key would make a good certificate look false."""
    shipped = {
        base64.b64encode(bytes.fromhex(parse_certificate(der).key.spki_sha256)).decode()
        for der in read_file(certifi.where()).file.chain
    }
    for each in pin_sets():
        for keys in each.keys.values():
            assert keys & shipped
    firefox = pin_sets()[0].keys["firefox"]
    assert len(firefox & shipped) >= len(firefox) // 2


def test_the_header_is_read_from_the_answer_and_cut_off() -> None:
    long = b"HTTP/1.1 200 OK\r\nPublic-Key-Pins: " + b"x" * 9000 + b"\r\n\r\n"
    hint = parse_head(long, f.NOW, over_tls=True)
    assert hint is not None
    assert 0 < len(hint.public_key_pins) <= PINS_LIMIT + 1
    plain = parse_head(b'HTTP/1.1 200 OK\r\npublic-key-pins: pin-sha256="x"\r\n\r\n', f.NOW, over_tls=False)
    assert plain is not None
    assert plain.public_key_pins == ""  # RFC 7469 section 2.2.2
