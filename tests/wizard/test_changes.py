"""What a second look proves, and what it does not."""

from dataclasses import replace

from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.vocabulary import CheckId, Status, Verdict
from certwizard.wizard.changes import compare, outcome_words
from certwizard.wizard.widgets.changed import draw_changes
from tests.wizard import canned


def _with_status(diagnosis: Diagnosis, check: CheckId, status: Status) -> Diagnosis:
    checks = tuple(replace(r, status=status, causes=()) if r.check is check else r for r in diagnosis.checks)
    return replace(diagnosis, checks=checks)


def _without_causes(diagnosis: Diagnosis, verdict: Verdict) -> Diagnosis:
    return replace(diagnosis, causes=(), verdict=verdict, headline="")


def test_a_root_cause_that_is_gone_proves_the_repair() -> None:
    before = canned.diagnosis()
    after = _with_status(replace(before, causes=(canned.MISMATCH,)), CheckId.DATES, Status.PASS)
    changes = compare(before, after)
    assert changes.proved
    assert not changes.all_well
    assert outcome_words(changes) == (
        "proved: this look no longer finds expired; what is still there is listed below."
    )


def test_nothing_left_is_said_to_be_all_well() -> None:
    after = _without_causes(canned.diagnosis(), Verdict.ACCEPTED)
    assert outcome_words(compare(canned.diagnosis(), after)).endswith("nothing else is wrong.")


def test_a_server_that_is_silent_now_proves_nothing() -> None:
    after = _without_causes(canned.diagnosis(), Verdict.UNDETERMINED)
    changes = compare(canned.diagnosis(), after)
    assert not changes.gone
    assert len(changes.unseen) == 3
    assert outcome_words(changes) == ""
    assert "expired: could not be looked at this time" in "\n".join(
        row.plain for row in draw_changes(changes, 76)
    )


def test_a_check_that_could_not_be_made_again_does_not_count_as_gone() -> None:
    before = canned.diagnosis()
    after = _with_status(replace(before, causes=(canned.MISMATCH,)), CheckId.DATES, Status.UNKNOWN)
    changes = compare(before, after)
    assert [cause.id.value for cause in changes.unseen] == ["expired"]
    assert not changes.proved


def test_a_fault_that_came_meanwhile_is_no_proof() -> None:
    before = replace(canned.diagnosis(), causes=(canned.EXPIRED,))
    after = replace(before, causes=(canned.MISMATCH,))
    assert not compare(before, after).proved
