"""Each step marks the very field that fails, with what was seen and what was expected."""

from __future__ import annotations

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.field_rows import LABELS, with_failing_fields
from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.vocabulary import CauseId, FieldId, Severity, Status
from tests import faults as x

TOLD_BY_ITS_ADDRESS = (FieldId.PORT, FieldId.STARTTLS)
"""The row of the address that was tried says why it failed."""


@pytest.mark.parametrize("fault", x.FAULTS, ids=lambda fault: fault.cause.value)
def test_the_step_of_a_cause_marks_its_field_and_puts_it_first(fault: x.Fault) -> None:
    diagnosis = diagnose(x.built(fault.change(x.Server())))
    cause = next(each for each in diagnosis.causes if each.id is fault.cause)
    facts = next(each.facts for each in diagnosis.checks if fault.cause in each.causes)
    marked = [fact for fact in facts if fact.status in (Status.FAIL, Status.WARN, Status.UNKNOWN)]
    wanted = FieldId.ADDRESS if cause.field in TOLD_BY_ITS_ADDRESS else cause.field
    if cause.severity is not Severity.INFO:
        assert wanted in {fact.field for fact in marked}


def test_every_field_has_a_label() -> None:
    assert set(LABELS) == set(FieldId)


def cause(certificate: int | None) -> Cause:
    return Cause(
        CauseId.BAD_SIGNATURE, Severity.ERROR, "h", "e", FieldId.SIGNATURE, "s", "x", certificate=certificate
    )


def test_a_row_on_another_certificate_does_not_tell_it() -> None:
    other = Fact(FieldId.SIGNATURE, "Signature", "bad", "", Status.FAIL, 0)
    rows = with_failing_fields([cause(1)], (other,))
    assert [row.label for row in rows] == ["Signature, number 2 as sent", "Signature"]


def test_a_row_that_marks_it_already_is_enough() -> None:
    own = Fact(FieldId.SIGNATURE, "Signature", "bad", "", Status.FAIL, 1)
    assert with_failing_fields([cause(1), cause(1)], (own,)) == (own,)
