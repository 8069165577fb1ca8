"""The verdict by role: the owner reads what users meet, the developer what is at risk and what to do meanwhile."""

from dataclasses import replace

import pytest

from certwizard.diagnosis.result import ClientAction
from certwizard.domain.vocabulary import CauseId, Role, Severity
from certwizard.knowledge.role_advice import developer_advice, owner_advice
from certwizard.reports.paper import Paper
from certwizard.wizard.advising import NOBODY, advice_for
from certwizard.wizard.plain.pages import advice_lines
from tests.wizard import canned
from tests.wizard.driving import shown, wizard


async def test_each_role_reads_its_own_words_and_the_visitor_none_of_them() -> None:
    owner, developer = (
        ("What your users meet now", "What not to tell them"),
        (
            "If verification is switched off",
            "What to do meanwhile",
        ),
    )
    for keys, read, unread in (
        ("g", owner, developer),
        ("g o", developer, owner),
        ("g o o", (), owner + developer),
    ):
        async with wizard(*keys.split(), size=(120, 60)) as pilot:
            text = shown(pilot)
            assert all(title in text for title in read)
            assert not any(title in text for title in unread)


@pytest.mark.parametrize("role", [Role.SERVER_OWNER, Role.CLIENT_DEVELOPER])
def test_line_by_line_the_same_is_said(role: Role) -> None:
    case = canned.case()
    said = " ".join(" ".join(advice_lines(case, role, Paper())).split())
    told = advice_for(case.diagnosis, role)
    assert len(told) == 2
    assert all(f"{each.title}: {each.text}" in said for each in told)


def test_the_owner_reads_who_is_turned_away_and_since_when() -> None:
    users = advice_for(canned.case().diagnosis, Role.SERVER_OWNER)[0].text
    assert users.startswith("Turned away since 2026-11-11 09:12 UTC: Chrome, Firefox and curl.")


def test_what_is_the_fault_of_this_place_is_said_to_be_so() -> None:
    here = replace(canned.EXPIRED, id=CauseId.CLOCK_WRONG)
    users = advice_for(replace(canned.case().diagnosis, causes=(here,)), Role.SERVER_OWNER)[0].text
    assert users.startswith("Turned away here: Chrome, Firefox and curl. Users whose clocks are right")


def test_where_no_client_refuses_it_is_not_said_that_users_are_turned_away() -> None:
    diagnosis = canned.case().diagnosis
    accepted = tuple(replace(each, action=ClientAction.ACCEPTS) for each in diagnosis.clients)
    mild = replace(canned.MISSING, severity=Severity.WARNING)
    told = advice_for(replace(diagnosis, causes=(mild,), clients=accepted), Role.SERVER_OWNER)
    assert told[0].text == NOBODY
    soon = replace(mild, id=CauseId.EXPIRING_SOON)
    told = advice_for(replace(diagnosis, causes=(soon,), clients=accepted), Role.SERVER_OWNER)
    assert told[0].text == f"{NOBODY} {owner_advice(CauseId.EXPIRING_SOON).users}"


def test_the_words_are_those_of_the_root_cause() -> None:
    diagnosis = replace(canned.case().diagnosis, causes=(canned.MISMATCH, canned.EXPIRED))
    told = advice_for(diagnosis, Role.CLIENT_DEVELOPER)
    assert told[0].text == developer_advice(CauseId.HOSTNAME_MISMATCH).risk


def test_a_case_without_a_cause_gives_no_advice() -> None:
    diagnosis = replace(canned.case().diagnosis, causes=())
    assert advice_for(diagnosis, Role.SERVER_OWNER) == ()
