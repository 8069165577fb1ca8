"""How much a server may send: each client's own limits in bytes, in number and in the length of the path."""

from __future__ import annotations

import pytest
from cryptography import x509

from certwizard.diagnosis.checks.chain_size import LARGE
from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.repair import ChangeKind
from certwizard.diagnosis.result import Cause, ClientAction, Diagnosis
from certwizard.domain.observation import Failure, FailureReason, Observation
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import CheckId, Severity, Status, Verdict
from tests import factory as f

P = f.pki()
BULK = x509.ObjectIdentifier("1.3.6.1.4.1.55555.2")


def bulky(number: int) -> f.Issued:
    """Return a good certificate that carries so many bytes more than it needs."""
    octets = b"\x04\x83" + number.to_bytes(3) + bytes(number)
    extra = x509.Extension(BULK, False, x509.UnrecognizedExtension(BULK, octets))
    return f.leaf(P.intermediate, [f.HOST], extra=[extra])


def sending(leaf: f.Issued, *above: f.Issued, **changes: object) -> Observation:
    """Return what is seen of a server that sends these certificates."""
    seen = f.observation((leaf, *(above or (P.intermediate,))), anchors=[P.root])
    return f.replaced(seen, **changes)


def sizes(diagnosis: Diagnosis) -> list[Cause]:
    """Return the causes in question."""
    return [cause for cause in diagnosis.causes if cause.id is C.CHAIN_TOO_LARGE]


def refusing(diagnosis: Diagnosis) -> set[str]:
    """Return the clients that refuse for it."""
    return {
        each.client
        for each in diagnosis.clients
        if each.action is ClientAction.REJECTS and each.cause is C.CHAIN_TOO_LARGE
    }


@pytest.mark.parametrize(
    ("extra", "some", "not_these"),
    [
        (33_000, {"java"}, {"chrome", "firefox", "curl", "go", "wget"}),
        (67_000, {"java", "firefox"}, {"chrome", "curl", "go", "wget"}),
        (103_000, {"java", "firefox", "chrome", "curl", "python", "nodejs", "openssl"}, {"go", "wget"}),
        (132_000, {"java", "firefox", "chrome", "curl", "wget", "git", "gnutls"}, {"go"}),
        (263_000, {"java", "firefox", "chrome", "curl", "wget", "go"}, set()),
    ],
)
def test_each_client_refuses_beyond_its_own_limit(extra: int, some: set[str], not_these: set[str]) -> None:
    diagnosis = diagnose(sending(bulky(extra)))
    assert diagnosis.verdict is Verdict.REJECTED
    assert some <= refusing(diagnosis)
    assert not not_these & refusing(diagnosis)


def test_a_large_certificate_is_replaced_by_a_smaller_one() -> None:
    best = diagnose(sending(bulky(40_000))).repairs.best
    assert best is not None
    assert [change.kind for change in best.changes] == [ChangeKind.NEW_CERTIFICATE]
    assert best.verdict is Verdict.ACCEPTED


def test_strangers_that_make_a_chain_large_are_left_out() -> None:
    """Nothing is wrong with the certificate itself, so no new one is needed."""
    strangers = [bulky(9_000 + number) for number in range(4)]
    diagnosis = diagnose(sending(P.leaf, P.intermediate, *strangers))
    assert {cause.id for cause in diagnosis.causes} == {C.CHAIN_TOO_LARGE, C.EXTRA_CERTIFICATES}
    best = diagnosis.repairs.best
    assert best is not None
    assert [change.kind for change in best.changes] == [ChangeKind.LEAVE_OUT]
    assert set(best.changes[0].removes) == {C.CHAIN_TOO_LARGE, C.EXTRA_CERTIFICATES}


def test_a_chain_between_usual_and_refused_is_a_remark() -> None:
    diagnosis = diagnose(sending(bulky(2 * LARGE)))
    (cause,) = sizes(diagnosis)
    assert cause.severity is Severity.INFO
    assert diagnosis.verdict is Verdict.ACCEPTED


def test_a_usual_chain_has_no_word_on_its_size() -> None:
    diagnosis = diagnose(sending(P.leaf))
    assert sizes(diagnosis) == []
    assert not [e for e in diagnosis.check(CheckId.INSTALLATION).facts if e.label == "Size as sent"]


def path(number: int) -> Observation:
    """Return what is seen of a server with so many CAs above its certificate."""
    above = P.root
    chain: list[f.Issued] = []
    for level in range(number):
        above = f.intermediate(above, f"Level {level}", path_length=None)
        chain.insert(0, above)
    return sending(f.leaf(above, [f.HOST]), *chain)


@pytest.mark.parametrize(
    ("number", "refuse"),
    [
        (6, set()),
        (7, {"firefox"}),
        (9, {"firefox", "php"}),
        (10, {"firefox", "php", "java"}),
        (16, {"firefox", "php", "java", "wget", "git", "gnutls"}),
    ],
)
def test_long_paths_are_refused_by_those_that_were_seen_to_refuse_them(number: int, refuse: set[str]) -> None:
    """The certificates themselves are small: it is their number that counts."""
    diagnosis = diagnose(path(number))
    assert refusing(diagnosis) == refuse
    assert diagnosis.verdict is (Verdict.REJECTED if refuse else Verdict.ACCEPTED)


def test_a_handshake_that_our_side_gave_up_for_the_size_is_no_fault_of_the_connection() -> None:
    """The whole chain was read, so all of it is judged."""
    leaf = bulky(110_000)
    gave_up = Failure(FailureReason.TOO_LARGE, "excessive message size", alert_sent=47)
    first = f.handshake((leaf, P.intermediate), failure=gave_up, protocol=None, cipher=None)
    diagnosis = diagnose(sending(leaf, handshakes=(first,)))
    assert {cause.id for cause in diagnosis.causes} == {C.CHAIN_TOO_LARGE}
    assert diagnosis.check(CheckId.CONNECTION).status is Status.PASS
    assert "too large for this handshake" in diagnosis.check(CheckId.CONNECTION).headline


def test_certificates_beyond_those_that_were_kept_count() -> None:
    """A hundred are kept; the message was noted as it came."""
    first = f.handshake((P.leaf, P.intermediate), chain_bytes=150_000, chain_number=170)
    diagnosis = diagnose(sending(P.leaf, handshakes=(first,)))
    assert sizes(diagnosis)[0].seen == "150000 bytes in 170 certificates"


def test_the_row_names_the_measures() -> None:
    facts = diagnose(sending(bulky(40_000))).check(CheckId.INSTALLATION).facts
    row = next(each for each in facts if each.label == "Size as sent")
    assert row.status is Status.FAIL
    assert row.expected == "at most 32768 bytes"
