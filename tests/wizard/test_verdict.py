"""The verdict shows at the first glance who refuses and who accepts, and loses nothing of what they say."""

from dataclasses import replace

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientOutcome, Diagnosis
from certwizard.domain.observation import Observation
from certwizard.reports.client_groups import grouped, sides
from certwizard.wizard.case import Case
from certwizard.wizard.pictures.clients import draw_clients, draw_sides
from certwizard.wizard.widgets.cause_list import CauseList
from certwizard.wizard.widgets.note import draw_notes
from tests import factory as f
from tests.wizard import canned
from tests.wizard.driving import known, press, shown, wizard, wizard_of

NOTES = (("One", "left", ""), ("Two", "right", ""), ("Three", "left again", ""))


def divided() -> tuple[ClientOutcome, ...]:
    """All clients on a chain whose intermediate is missing: some refuse, some help themselves."""
    pki = f.pki()
    seen = f.observation((pki.leaf,), anchors=[pki.root], fetches=(f.aia(pki.leaf, pki.intermediate),))
    return diagnose(seen).clients


def crowded(observation: Observation, before: Case | None) -> Case:
    """A case with nine causes and every client."""
    made = known(observation, before)
    causes = made.diagnosis.causes * 3
    return replace(made, diagnosis=replace(made.diagnosis, causes=causes, clients=divided()))


def sound(observation: Observation, before: Case | None) -> Case:
    """A case without a fault."""
    made = known(observation, before)
    return replace(made, diagnosis=replace(made.diagnosis, causes=(), clients=divided()))


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("judge", [crowded, sound])
async def test_the_first_screenful_names_everybody_who_refuses_and_who_accepts(judge: object) -> None:
    found = sides(divided())
    assert {side.action.value for side in found} >= {"rejects", "accepts"}
    async with wizard("g", size=(80, 24), judge=judge) as pilot:
        text = words(shown(pilot))
    assert [side.title for side in found if side.title not in text] == []
    assert [name for side in found for name in (*side.measured, *side.documented) if name not in text] == []


async def test_a_row_marked_below_the_clients_is_brought_into_view_and_the_clients_carry_no_mark() -> None:
    async with wizard("g", size=(80, 24), judge=crowded) as pilot:
        causes = pilot.app.screen.query_one(CauseList)
        await press(pilot, *["down"] * 8)
        assert causes.cursor == 8
        assert "The server does not send its intermediate" in shown(pilot)
        await press(pilot, "home")
        assert "refuse (" in shown(pilot)


@pytest.mark.parametrize("width", [54, 76, 96, 220])
def test_the_table_keeps_every_name_and_the_words_of_all_who_refuse(width: int) -> None:
    clients = divided()
    rows = draw_clients(clients, width)
    assert all(row.cell_length <= width for row in rows)
    text = " ".join(row.plain for row in rows)
    shown_rows = [row for group in grouped(clients) if group.cause for row in group.rows]
    told = " ".join([each.title for each in clients] + [row.words for row in shown_rows]).split()
    assert [word for word in told if len(word) <= 12 and word not in text] == []
    assert "…" not in "".join(
        row.plain for row in draw_clients([replace(clients[0], message="m " * 300)], width)
    )


@pytest.mark.parametrize("width", [54, 76, 220])
def test_a_name_is_not_parted_between_two_lines_and_the_documented_ones_are_said_to_be(width: int) -> None:
    clients = divided()
    rows = [row.plain for row in draw_sides(clients, width)]
    assert all(len(row) <= width for row in rows)
    text = "\n".join(rows)
    for side in sides(clients):
        assert [name for name in (*side.measured, *side.documented) if name not in text] == []
        if side.documented:
            assert f"documented: {side.documented[0]}" in text


def test_notes_stand_in_two_columns_where_there_is_room_and_below_each_other_where_not() -> None:
    wide = [row.plain for row in draw_notes(NOTES, 120)]
    assert "One" in wide[0]
    assert "Two" in wide[0]
    assert len(wide) == 5
    narrow = [row.plain.strip("▎ ") for row in draw_notes(NOTES, 70)]
    assert narrow == ["One", "left", "", "Two", "right", "", "Three", "left again"]


async def test_a_step_that_lost_its_facts_while_it_closes_takes_a_new_size_without_a_word() -> None:
    async with wizard("8") as pilot:
        await pilot.app.screen.query("#facts").remove()
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
    assert wizard_of(pilot).return_code in (0, None)


def test_a_diagnosis_without_clients_draws_nothing() -> None:
    empty: Diagnosis = replace(canned.diagnosis(), clients=())
    assert draw_sides(empty.clients, 80) == []
