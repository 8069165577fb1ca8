"""The pictures on odd certificates: every script, sixty labels, twelve certificates, the first and the last year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from rich.cells import cell_len
from textual.content import Content

from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.observation import Observation
from certwizard.wizard.ascii import to_ascii
from certwizard.wizard.case import Case
from certwizard.wizard.pictures.addresses import draw_addresses
from certwizard.wizard.pictures.chain import draw_chain
from certwizard.wizard.pictures.sent import draw_sent
from certwizard.wizard.screens.dates import DatesScreen
from certwizard.wizard.screens.name import NameScreen
from tests import factory as f

WIDTHS = [54, 76, 98, 228]
"""What a picture has at 60, 80, 120 and 250 columns."""
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
V6, OTHER_V6 = "2001:db8:85a3:1234:5678:8a2e:370:7334", "2001:db8:85a3:1234:5678:8a2e:370:7335"
SCRIPTS = ("e\u0301\u0323 Zürich 한국어", "שלום עולם العربية", "日本語ルート認証局")


def days(moment: datetime) -> float:
    return (moment - f.NOW).total_seconds() / 86400


def scripts() -> Observation:
    top = f.root(SCRIPTS[2])
    middle = f.intermediate(top, SCRIPTS[1])
    return f.observation((f.leaf(middle, common=SCRIPTS[0]), middle), anchors=[top])


def sixty_labels() -> Observation:
    name = ".".join(["a"] * 58 + ["example", "test"])
    leaf = f.leaf(f.pki().intermediate, (f"*.{name[2:]}", name), common="x" * 64)
    return f.observation((leaf, f.pki().intermediate), host=f"b{name[1:]}", anchors=[f.pki().root])


def twelve_certificates() -> Observation:
    chain = [f.root("Root 0")]
    for number in range(1, 11):
        chain.append(f.intermediate(chain[-1], f"Intermediate CA number {number} of a long chain"))
    return f.observation((f.leaf(chain[-1]), *reversed(chain)), anchors=[chain[0]])


def first_and_last_year() -> Observation:
    top = f.root("Old root", days=(days(FIRST), days(LAST)))
    return f.observation((f.leaf(top, days=(days(FIRST), 1 - days(f.NOW) + days(FIRST))),), anchors=[top])


def not_before_the_last_year() -> Observation:
    leaf = f.leaf(f.pki().intermediate, days=(days(datetime(9998, 1, 1, tzinfo=UTC)), days(LAST)))
    return f.observation((leaf, f.pki().intermediate), anchors=[f.pki().root])


def address() -> Observation:
    leaf = f.leaf(f.pki().intermediate, (V6, "192.0.2.1", "example.test"))
    return f.observation((leaf, f.pki().intermediate), host=OTHER_V6, anchors=[f.pki().root])


def no_names() -> Observation:
    leaf = f.leaf(f.pki().intermediate, (), common=f.HOST)
    return f.observation((leaf, f.pki().intermediate), anchors=[f.pki().root])


ODD = [
    scripts, sixty_labels, twelve_certificates, first_and_last_year, not_before_the_last_year, address, no_names,
]  # fmt: skip


@cache
def case_of(make: object) -> Case:
    seen = next(each for each in ODD if each is make)()
    return Case(seen, diagnose(seen))


def drawn(case: Case, width: int) -> list[Content]:
    screens = [DatesScreen(case), NameScreen(case)]
    rows = [row for screen in screens for row in screen.draw(width)]
    rows += [*draw_chain(case.diagnosis, width), *draw_sent(case.diagnosis, width)]
    return [*rows, *draw_addresses(case.observation, width)]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("make", ODD, ids=lambda each: each.__name__)
def test_every_picture_is_sharp_in_unicode_and_in_ascii(make: object, width: int) -> None:
    rows = drawn(case_of(make), width)
    assert rows
    assert [row.plain for row in rows if row.cell_length > width] == []
    assert [row.plain for row in rows if cell_len(to_ascii(row.plain)) != row.cell_length] == []


def lines_of(rows: Sequence[Content]) -> str:
    return " ".join(" ".join(row.plain for row in rows).split())


@pytest.mark.parametrize("width", WIDTHS)
def test_names_in_every_script_stand_whole_and_the_line_between_them_is_straight(width: int) -> None:
    rows = draw_chain(case_of(scripts).diagnosis, width)
    assert all(name.split()[0] in lines_of(rows) for name in SCRIPTS)
    bars = {row.plain.index("│") for row in rows if "│" in row.plain}
    marks = {row.plain.index("●") for row in rows if "●" in row.plain}
    assert bars == marks == {9}


@pytest.mark.parametrize("width", WIDTHS)
def test_two_addresses_that_differ_at_their_end_can_be_told_apart(width: int) -> None:
    text = lines_of(NameScreen(case_of(address)).draw(width))
    assert V6 in text
    assert OTHER_V6 in text


@pytest.mark.parametrize("width", WIDTHS)
def test_a_name_of_sixty_labels_is_folded_and_not_cut(width: int) -> None:
    rows = NameScreen(case_of(sixty_labels)).draw(width)
    assert "…" not in lines_of(rows)
    assert "".join(row.plain.strip().split(" ")[-1] for row in rows).count("a.") >= 3 * 56


def test_a_certificate_without_names_is_drawn_under_the_name_asked_for() -> None:
    text = lines_of(NameScreen(case_of(no_names)).draw(76))
    assert f.HOST in text
    assert "no name at all (no SAN)" in text
    assert "stands as its common name, where clients do not look" in text


def test_a_long_chain_says_how_many_bars_are_left_out_and_keeps_its_numbers_in_a_column() -> None:
    case = case_of(twelve_certificates)
    assert "and 7 more" in lines_of(DatesScreen(case).draw(76))
    rows = [row.plain for row in draw_sent(case.diagnosis, 228)]
    assert {row.index("✔") for row in rows if "✔" in row} == {3}
    assert any("12 certificates " in row.plain for row in draw_addresses(case.observation, 76))


def test_a_bar_reaches_into_the_last_year() -> None:
    case = case_of(not_before_the_last_year)
    assert "9999-12-31" in lines_of(DatesScreen(case).draw(76))
    later = replace(case, diagnosis=replace(case.diagnosis, judged_at=LAST))
    assert DatesScreen(later).draw(76)
