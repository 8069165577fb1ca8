"""Hostile chains cost bounded work, counted in tries and steps, and where the work ended the answer says so."""

from __future__ import annotations

import pytest

from certwizard.diagnosis.case import MAX_SENT, build_case
from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.edges import MAX_WORK, Edges, price
from certwizard.diagnosis.paths import MAX_DEPTH, MAX_PATHS, MAX_STEPS, MOST_UNFINISHED, Search, find_paths
from certwizard.diagnosis.thresholds import DEFAULT_THRESHOLDS
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.vocabulary import CauseId, CheckId, Severity, Status
from tests import factory as f
from tests.rules.hostile import HOSTILE, hostile

each_chain = pytest.mark.parametrize("name", list(HOSTILE))


def search(name: str) -> Search:
    """Return what the search for paths came to."""
    case = build_case(hostile(name), DEFAULT_THRESHOLDS)
    return find_paths(case.pool, case.sent[0])


@each_chain
def test_no_chain_takes_more_than_the_work_allowed(name: str) -> None:
    """Tries are signatures verified, steps are paths taken further."""
    found = search(name)
    assert found.tries <= MAX_SENT + 1 <= MAX_WORK
    assert found.steps <= MAX_STEPS
    assert len(found.paths) <= MAX_PATHS + MOST_UNFINISHED
    assert all(len(path.nodes) <= MAX_DEPTH for path in found.paths)


@each_chain
def test_what_stopped_early_says_so(name: str) -> None:
    """In the answer where no root was reached, in the rows of the trust step in any case."""
    case = build_case(hostile(name), DEFAULT_THRESHOLDS)
    result = diagnose(hostile(name)).check(CheckId.TRUST)
    if case.choice.stopped:
        assert any(
            case.choice.stopped in fact.seen and fact.status is Status.UNKNOWN for fact in result.facts
        )
    if case.choice.unsettled and not case.choice.anchored:
        assert result.status is Status.UNKNOWN
        assert case.choice.stopped in result.headline


@pytest.mark.parametrize("name", ["giant keys", "a deep chain"])
def test_a_root_that_may_have_been_missed_is_not_called_untrusted(name: str) -> None:
    """An anchor has the name that the chain leads to; whether it leads there was not found out."""
    ids = {cause.id for cause in diagnose(hostile(name)).causes}
    assert not ids & {CauseId.UNTRUSTED_ROOT, CauseId.MISSING_INTERMEDIATE, CauseId.BAD_SIGNATURE}


def test_a_chain_that_no_name_leads_out_of_is_settled_however_large() -> None:
    """Every path stays among the junk, so that the root is not trusted is certain."""
    found = search("one name, one key")
    assert found.stopped
    assert not found.unsettled
    assert CauseId.UNTRUSTED_ROOT in {cause.id for cause in diagnose(hostile("one name, one key")).causes}


def test_the_trusted_path_is_found_among_any_number_of_others() -> None:
    """What can reach an anchor is followed first."""
    for name in ("everybody signs everybody", "thousands of certificates"):
        diagnosis = diagnose(hostile(name))
        assert diagnosis.trusted
        # So many certificates are more than clients read, whatever they lead to.
        errors = {cause.id for cause in diagnosis.causes if cause.severity is Severity.ERROR}
        assert errors == {CauseId.CHAIN_TOO_LARGE}


def test_certificates_beyond_those_looked_at_are_told_of() -> None:
    """Nothing is left out in silence."""
    facts = diagnose(hostile("thousands of certificates")).check(CheckId.TRUST).facts
    assert any("2802 more" in fact.seen and fact.status is Status.UNKNOWN for fact in facts)


def test_one_key_is_tried_once_for_a_signature() -> None:
    """However many certificates hold it."""
    case = build_case(hostile("one name, one key"), DEFAULT_THRESHOLDS)
    edges = Edges(case.pool)
    issuers = edges.issuers(case.pool.nodes[case.sent[0].sha256])
    assert len(issuers) == MAX_SENT - 10
    assert edges.tries == 1


def test_large_numbers_cost_more_of_the_work() -> None:
    """A signature with a giant key is worth many with usual ones."""
    child = parse_certificate(f.pki().leaf.der)
    giant = parse_certificate(bytes(hostile("giant keys").chain[1]))
    usual = parse_certificate(f.pki().intermediate.der)
    assert price(child, giant) > 20 * price(child, usual)
