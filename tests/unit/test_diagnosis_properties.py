"""Properties of judging: pure, the same again after saving, and never raising whatever the bytes are."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.observation import Fetch, FetchPurpose, HttpHint, Observation
from certwizard.domain.saved import decode_observation, encode_observation
from certwizard.domain.vocabulary import CauseId, Severity, Status, Verdict
from tests import factory as f
from tests.unit.test_diagnosis_causes import FAULTS
from tests.unit.test_diagnosis_root_cause import DOUBLE

P = f.pki()
NEVER_HERE = {
    CauseId.DISTRUSTED_CA, CauseId.INTERCEPTION, CauseId.TRUST_STORE_MISSING, CauseId.TRUST_STORE_OUTDATED,
    CauseId.PINNING, CauseId.NOT_RELOADED, CauseId.CHAIN_TOO_LARGE,
    CauseId.MUST_STAPLE, CauseId.CT_MISSING,
}  # fmt: skip
MAKERS: list[Callable[[], Observation]] = [fault.make for fault in FAULTS] + [make for make, _ in DOUBLE]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def is_sound(diagnosis: Diagnosis) -> None:
    """Assert what holds for every diagnosis."""
    assert len(diagnosis.checks) == 8
    listed = {cause.id for cause in diagnosis.causes}
    assert listed == {cause for result in diagnosis.checks for cause in result.causes}
    assert not listed & NEVER_HERE
    errors = [cause for cause in diagnosis.causes if cause.severity is Severity.ERROR]
    assert (diagnosis.verdict is Verdict.REJECTED) <= bool(errors)
    assert diagnosis.headline
    for result in diagnosis.checks:
        assert result.headline
        assert (result.status is Status.FAIL) == any(cause.id in result.causes for cause in errors)
    for text in texts(diagnosis):
        assert text.isprintable(), text
    json.dumps(diagnosis.evidence)


def texts(diagnosis: Diagnosis) -> list[str]:
    """Return every sentence and value that a screen may show."""
    found = [diagnosis.headline, *(result.headline for result in diagnosis.checks)]
    for cause in diagnosis.causes:
        found += [cause.headline, cause.explanation, cause.seen, cause.expected]
    for result in diagnosis.checks:
        for fact in result.facts:
            found += [fact.label, fact.seen, fact.expected]
    return found + [outcome.message for outcome in diagnosis.clients]


@pytest.mark.parametrize("make", MAKERS)
def test_judging_twice_gives_the_same(make: Callable[[], Observation]) -> None:
    """No clock, no chance, no state."""
    observation = make()
    first = diagnose(observation)
    assert diagnose(observation) == first
    is_sound(first)


@pytest.mark.parametrize("make", MAKERS)
def test_a_saved_observation_gives_the_same_diagnosis(make: Callable[[], Observation]) -> None:
    """On any machine, at any time."""
    observation = make()
    again = decode_observation(encode_observation(observation))
    assert diagnose(again) == diagnose(observation)


@QUICK
@given(st.binary(max_size=300))
def test_any_bytes_as_a_certificate_are_judged(data: bytes) -> None:
    """Never accepted, never raising."""
    diagnosis = diagnose(f.observation([data], anchors=[P.root]))
    is_sound(diagnosis)
    assert diagnosis.verdict is not Verdict.ACCEPTED


@QUICK
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_flipped_byte_in_the_leaf_is_never_accepted(place: int, change: int) -> None:
    """Whatever it hits: encoding, name, dates, key or signature."""
    der = bytearray(P.leaf.der)
    der[place % len(der)] ^= change
    diagnosis = diagnose(f.observation([bytes(der), P.intermediate], anchors=[P.root]))
    is_sound(diagnosis)
    assert diagnosis.verdict is not Verdict.ACCEPTED


@QUICK
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_flipped_byte_in_the_intermediate_is_never_accepted(place: int, change: int) -> None:
    """The chain hangs on it."""
    der = bytearray(P.intermediate.der)
    der[place % len(der)] ^= change
    diagnosis = diagnose(f.observation([P.leaf, bytes(der)], anchors=[P.root]))
    is_sound(diagnosis)
    assert diagnosis.verdict is not Verdict.ACCEPTED


@QUICK
@given(st.lists(st.sampled_from([P.leaf, P.intermediate, P.root, f.leaf(None), f.root("Junk")]), max_size=8))
def test_any_mixture_of_certificates_is_judged(chain: list[f.Issued]) -> None:
    """In any order, any number of times."""
    is_sound(diagnose(f.observation(chain, anchors=[P.root])))


@QUICK
@given(st.text(min_size=1, max_size=60), st.text(max_size=60))
def test_hostile_names_stay_harmless(common: str, organisation: str) -> None:
    """Escape sequences, line breaks and bidirectional marks do not survive into a sentence."""
    try:
        subject = f.name(common[:60], organisation or None)
        leaf = f.leaf(None, subject=subject)
    except ValueError:
        return
    is_sound(diagnose(f.observation([leaf], anchors=[P.root])))


@QUICK
@given(st.binary(max_size=200), st.sampled_from(list(FetchPurpose)))
def test_any_answer_of_the_network_is_judged(body: bytes, purpose: FetchPurpose) -> None:
    """OCSP, CRL and AIA answers are hostile too; junk proves nothing."""
    fetch = Fetch(purpose, "http://a.test/", P.leaf.sha256, body=body)
    diagnosis = diagnose(
        f.observation(
            anchors=[P.root], fetches=(fetch,), handshakes=(f.handshake(P.chain, stapled_ocsp=body),)
        )
    )
    is_sound(diagnosis)
    assert CauseId.REVOKED not in {cause.id for cause in diagnosis.causes}


@QUICK
@given(st.integers(100, 999), st.text(max_size=80))
def test_any_http_answer_is_judged(status: int, location: str) -> None:
    """A location is hostile text as well."""
    from certwizard.domain.cleantext import clean

    hint = HttpHint(status, f.NOW, f.NOW, clean(location))
    is_sound(diagnose(f.observation([f.leaf(None)], anchors=[P.root], http=hint)))
