"""The pictures are sharp at every width: no line is wider than there is room, whatever the words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.repair import Change, ChangeKind, Repair, Repairs
from certwizard.diagnosis.result import Diagnosis, Fact
from certwizard.domain.certificate import SubjectAltNames
from certwizard.domain.cleantext import clean
from certwizard.domain.hostname import match_names
from certwizard.domain.observation import Failure, FailureReason, Offer
from certwizard.domain.vocabulary import CauseId, FieldId, Status, Verdict
from certwizard.wizard.pictures.addresses import draw_addresses
from certwizard.wizard.pictures.answers import draw_answers
from certwizard.wizard.pictures.canvas import cut_middle, fit, wrap
from certwizard.wizard.pictures.chain import draw_chain
from certwizard.wizard.pictures.clients import draw_clients
from certwizard.wizard.pictures.findings import draw_findings
from certwizard.wizard.pictures.lifetime import draw_lifetime
from certwizard.wizard.pictures.names import draw_names
from certwizard.wizard.pictures.repairs import draw_in_short, draw_repairs
from certwizard.wizard.pictures.sent import draw_sent
from certwizard.wizard.pictures.timeline import Span, draw_timeline
from certwizard.wizard.symbols import STATUS
from certwizard.wizard.widgets.answer import draw_answer
from certwizard.wizard.widgets.fact_table import draw_fact
from certwizard.wizard.widgets.note import draw_note
from tests import factory as f
from tests.wizard import canned

WIDTHS = [54, 60, 72, 76, 80, 96, 100, 140, 200, 250]
TEXT = st.text(max_size=120).map(clean)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_there_is_room(width: int) -> None:
    diagnosis = canned.diagnosis()
    untrusted = replace(diagnosis, trusted=False, path=diagnosis.path[:1])
    drawn = [
        *draw_addresses(canned.observation(), width),
        *draw_names(diagnosis.names, width),
        *draw_clients(diagnosis.clients, width),
        *draw_findings(diagnosis, width),
        *draw_answers(diagnosis, width),
        *draw_repairs(diagnosis.repairs, width),
        *(
            row
            for each in (diagnosis, untrusted)
            for row in (*draw_chain(each, width), *draw_sent(each, width))
        ),
    ]
    assert drawn
    assert [row.plain for row in drawn if row.cell_length > width] == []


@given(begins=MOMENTS, ends=MOMENTS, now=MOMENTS, width=st.integers(10, 260))
def test_any_dates_can_be_drawn(begins: datetime, ends: datetime, now: datetime, width: int) -> None:
    spans = [Span("leaf", begins, ends), Span("root", ends, begins)]
    rows = [*draw_timeline(spans, now, width), *draw_lifetime(begins, ends, now, width)]
    assert all(row.cell_length <= width for row in rows)


def test_a_timeline_marks_now_between_begin_and_end() -> None:
    begins, now, ends = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 11, 21))
    bar = draw_timeline([Span("leaf", begins, ends)], now, 80)[0].plain
    assert bar.index("┣") < bar.index("╋") < bar.index("┫")


def test_an_ended_bar_stands_left_of_now() -> None:
    ends = canned.NOW - timedelta(days=12)
    bar = draw_timeline([Span("leaf", ends - timedelta(days=90), ends)], canned.NOW, 80)[0].plain
    assert bar.index("┫") < bar.index("┃")


@settings(max_examples=60)
@given(asked=TEXT, entries=st.lists(TEXT, max_size=9), width=st.integers(40, 200))
def test_any_names_can_be_drawn(asked: str, entries: list[str], width: int) -> None:
    matches = match_names(asked, SubjectAltNames(dns=tuple(entries)))
    assert all(row.cell_length <= width for row in draw_names(matches, width))


@settings(max_examples=60)
@given(label=TEXT, seen=TEXT, expected=TEXT, status=st.sampled_from(Status), width=st.integers(40, 200))
def test_any_fact_can_be_drawn(label: str, seen: str, expected: str, status: Status, width: int) -> None:
    rows = draw_fact(Fact(FieldId.SUBJECT, label, seen, expected, status), 20, width)
    rows += draw_answer(STATUS[status], seen, width)
    rows += draw_note(label, expected, "", width)
    assert all(row.cell_length <= width for row in rows)


@given(text=TEXT, width=st.integers(1, 60))
def test_fitting_gives_exactly_the_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(cut_middle(text, width)) <= width
    assert all(row.cell_length <= max(width, 4) for row in wrap(text, width))


def test_a_chain_of_a_hundred_certificates_is_shown_in_short_with_its_number() -> None:
    made = canned.diagnosis()
    first = made.sent[0]
    more = tuple(replace(made.sent[-1], index=index) for index in range(1, 100))
    rows = [row.plain for row in draw_sent(replace(made, sent=(first, *more)), 100)]
    assert len(rows) < 20
    assert any("more" in row and "…" in row for row in rows)


def test_a_diagnosis_without_a_chain_draws_nothing() -> None:
    made = canned.diagnosis()
    empty = Diagnosis(made.target, made.judged_at, made.verdict, "", (), made.checks)
    assert draw_chain(empty, 80) == []
    assert draw_sent(empty, 80) == []
    assert draw_timeline([], made.judged_at, 80) == []


def test_the_chain_names_the_certificate_that_breaks_it_and_blames_no_store_for_that() -> None:
    p = f.pki()
    between = f.leaf(p.intermediate, ["shop.example.org"])
    made = diagnose(f.observation([f.leaf(between), between, p.intermediate], anchors=[p.root]))
    assert made.causes[0].id is CauseId.NOT_A_CA
    drawn = [row.plain for row in draw_chain(made, 80)]
    assert [row for row in drawn if "may not issue" in row and "shop.example.org" in row and "✘" in row]
    assert not [row for row in drawn if "no trust store" in row]


def test_what_turns_it_green_stands_beside_its_title() -> None:
    drawn = [row.plain.rstrip() for row in draw_repairs(canned.case().diagnosis.repairs, 100)]
    assert drawn == [
        "Turns green    + get a new certificate for shop.eu.example.com and within its dates",
        "               + send “R11” after the server's certificate",
        "               judged again with all of them: every client accepts",
        "",
    ]


def test_what_turns_it_green_stands_below_its_title_on_a_narrow_terminal() -> None:
    drawn = [row.plain.rstrip() for row in draw_repairs(canned.case().diagnosis.repairs, 58)]
    assert drawn[:3] == [
        "Turns green",
        "  + get a new certificate for shop.eu.example.com and",
        "    within its dates",
    ]


def test_the_fix_says_what_its_steps_come_to() -> None:
    assert [row.plain.rstrip() for row in draw_in_short(canned.case().diagnosis.repairs, 100)] == [
        "Turns green    + get a new certificate for shop.eu.example.com and within its dates",
        "               + send “R11” after the server's certificate",
    ]


def test_another_way_does_not_repeat_its_outcome_and_a_note_stands_alone() -> None:
    ways = [Repair((Change(ChangeKind.RENEW, text),), Verdict.ACCEPTED) for text in ("do this", "or do that")]
    drawn = [row.plain.rstrip() for row in draw_repairs(Repairs(ways[0], (ways[1],)), 80)]
    assert drawn[2:] == ["or             + or do that", ""]
    assert draw_repairs(Repairs(), 80) == []
    assert draw_in_short(Repairs(note="Nothing."), 80) == []
    assert draw_repairs(Repairs(note="Nothing was seen."), 80)[0].plain == "Turns green    Nothing was seen."


def test_an_address_that_shows_two_certificates_has_a_row_for_each_with_its_share() -> None:
    chain, other = f.pki().chain, (f.leaf(f.pki().intermediate, days=(-102, -12)), f.pki().intermediate)
    handshakes = [f.handshake(each, repeat=n) for n, each in enumerate((chain, other, chain))]
    handshakes.append(f.handshake((f.leaf(None),), offer=Offer.RSA))
    first, second, third = (
        row.plain for row in draw_addresses(f.observation(handshakes=tuple(handshakes)), 90)
    )
    assert "192.0.2.10:443" in first
    assert "2 of 3" in first
    assert chain[0].sha256[:12] in first
    assert "192.0.2.10" not in second
    assert "1 of 3" in second
    assert other[0].sha256[:12] in second
    assert "RSA key" in third


def test_an_address_that_fails_now_and_then_says_how_often() -> None:
    failed = f.handshake((), repeat=1, failure=Failure(FailureReason.RESET))
    rows = draw_addresses(f.observation(handshakes=(f.handshake(f.pki().chain), failed)), 90)
    assert [row.plain[0] for row in rows] == ["✔", "✘"]
    assert "1 of 2 times" in rows[1].plain
