"""No label, title or value ends in an ellipsis, unless it stands whole on the same screen or comes with one key."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from certwizard.diagnosis.result import RevocationFinding, RevocationStatus
from certwizard.wizard.pictures.canvas import Line
from certwizard.wizard.pictures.chain import draw_chain
from certwizard.wizard.pictures.findings import draw_findings
from certwizard.wizard.retrying import FIELDS
from certwizard.wizard.widgets.lesson_list import LessonList
from tests.wizard import canned
from tests.wizard.driving import press, shown, wizard
from tests.wizard.scenes import SCENES

FOLDER = Path(__file__).parent / "screens"
FOLLOWING = {"viewer", "lessons"}
"""Lists whose marked row stands whole in the panel beside or below: the arrows bring each one there."""
FIELD_ROOM = 33
"""Cells of a field of the options at 60 columns."""


def rows_at_80(name: str) -> list[str]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n== ")[0]
    return [line[1:-1] for line in text.split("\n") if line.startswith("|")]


@pytest.mark.parametrize("name", [scene.name for scene in SCENES if scene.name not in FOLLOWING])
def test_no_screen_cuts_a_word_at_80_columns(name: str) -> None:
    rows = rows_at_80(name)
    cut = [part for row in rows for part in re.findall(r"(?:\S+ )*\S*…", row)]
    whole = " ".join(" ".join(row.split()) for row in rows)
    assert [part for part in cut if whole.count(part.removesuffix("…")) < 2] == []


async def test_the_marked_lesson_of_the_list_stands_whole_below_it() -> None:
    async with wizard("L", size=(60, 20)) as pilot:
        listed = pilot.app.screen.query_one(LessonList)
        for _ in range(4):
            await press(pilot, "down")
            assert listed.marked is not None
            assert listed.marked.title in " ".join(shown(pilot).split())


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
def test_what_an_empty_field_may_hold_is_said_whole_at_60_columns(field: object) -> None:
    found = next(each for each in FIELDS if each is field)
    assert len(found.placeholder) <= FIELD_ROOM


@pytest.mark.parametrize("width", [54, 76, 120])
def test_a_source_of_revocation_says_until_when_whole(width: int) -> None:
    leaf = canned.diagnosis().sent[0].certificate.sha256
    findings = tuple(
        RevocationFinding(
            leaf, 0, source, "http://c.example/", status, "superseded " * 9, canned.NOW, None, canned.NOW
        )
        for source, status in (
            ("CRL", RevocationStatus.GOOD),
            ("Stapled OCSP", RevocationStatus.REVOKED),
            ("OCSP", RevocationStatus.UNKNOWN),
        )
    )
    rows = draw_findings(replace(canned.diagnosis(), revocation=findings), width)
    text = words(rows)
    assert "…" not in text
    assert "fresh until 2026-11-23" in text
    assert "UTC" in text
    assert text.count("superseded") == 18
    assert all(row.cell_length <= width for row in rows)


@pytest.mark.parametrize("width", [54, 76, 120])
def test_the_chain_tells_names_and_ends_whole(width: int) -> None:
    rows = draw_chain(canned.diagnosis(), width)
    text = words(rows)
    assert "…" not in text
    for link in canned.diagnosis().path:
        assert link.certificate.subject.short in text
    assert "ended 12 days ago" in text


def words(rows: list[Line]) -> str:
    return " ".join(" ".join(row.plain for row in rows).split())
