"""Two certificates compared: what differs, which two, and how it is come to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from certwizard.domain.anatomy.certificate import take_apart
from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.parsing import parse_certificate
from certwizard.wizard.at_hand import at_hand, pair_for
from certwizard.wizard.case import judge
from certwizard.wizard.changes import compare
from certwizard.wizard.comparing import ComparedField, Likeness, compared, outcome_words
from certwizard.wizard.pictures.comparison import draw_comparison
from certwizard.wizard.plain_comparison import comparison_text
from certwizard.wizard.screens.comparison import ComparisonScreen
from certwizard.wizard.screens.viewer import ViewerScreen
from certwizard.wizard.subject import subject_of
from tests import factory as f
from tests.wizard.driving import press, settle, shown, until, wizard
from tests.wizard.plainly import Dialogue, flat

P = f.pki()
OLD = f.leaf(P.intermediate, ("www.example.com", "old.example.com"), days=(-100, -10))
NEW = f.leaf(P.intermediate, ("www.example.com", "new.example.com"), days=(-1, 89))
BEFORE = f.observation([OLD, P.intermediate], anchors=[P.root])
AFTER = f.observation([NEW, P.intermediate], anchors=[P.root])


def fields(first: f.Issued | bytes, second: f.Issued | bytes) -> dict[str, ComparedField]:
    """Compare two certificates; the fields by their short names."""
    ders = [each if isinstance(each, bytes) else each.der for each in (first, second)]
    one, two = (take_apart(parse_certificate(each), f.NOW) for each in ders)
    return {field.name: field for field in compared(one, two)}


def test_a_renewed_certificate_differs_where_it_was_renewed_and_nowhere_else() -> None:
    found = fields(OLD, NEW)
    assert found["Names"].likeness is Likeness.CHANGED
    assert [(each.likeness, each.first or each.second) for each in found["Names"].inside] == [
        (Likeness.FIRST_ONLY, "old.example.com"),
        (Likeness.SECOND_ONLY, "new.example.com"),
    ]
    assert found["Ends"].differs
    assert found["Serial number"].differs
    assert not found["Who vouches"].differs
    assert not found["Version"].differs


def test_the_same_certificate_is_said_to_be_the_same() -> None:
    assert outcome_words(list(fields(OLD, OLD).values())) == "They are the same certificate, byte for byte."


def test_what_stands_in_one_alone_keeps_its_place_in_the_order() -> None:
    found = fields(NEW, P.intermediate)
    assert found["Names"].likeness is Likeness.FIRST_ONLY
    assert any(field.likeness is Likeness.CHANGED for field in found.values())
    names = list(found)
    assert names.index("Ends") < names.index("Public key") < names.index("Signature")


def test_ten_thousand_names_are_compared_and_only_some_are_told() -> None:
    many = [f.leaf(P.intermediate, [f"{letter}{n}.test" for n in range(5_000)]) for letter in "ab"]
    names = fields(*many)["Names"]
    assert len(names.inside) + names.left_out == 10_000
    assert len(names.inside) == 200


def test_the_one_before_stands_first_after_a_recheck_and_the_pair_is_found() -> None:
    case = judge(AFTER, judge(BEFORE))
    hand = at_hand(case)
    assert [each.title for each in hand][:2] == ["1 leaf", "2 intermediate"]
    pair = pair_for(hand, "")
    assert [hand[place].certificate.sha256 for place in pair] == [
        parse_certificate(each.der).sha256 for each in (OLD, NEW)
    ]


def test_the_leaf_of_another_address_and_the_file_on_the_disk_are_at_hand() -> None:
    shakes = (f.handshake([NEW, P.intermediate]), f.handshake([OLD, P.intermediate], address="192.0.2.99"))
    hand = at_hand(judge(f.observation([NEW, P.intermediate], anchors=[P.root], handshakes=shakes)))
    titles = [each.title for each in hand]
    assert any(title.startswith("leaf at 192.0.2.99") for title in titles)
    assert hand[pair_for(hand, "")[1]].title.startswith("leaf at")


def test_a_replaced_leaf_is_a_change_also_where_the_faults_are_the_same() -> None:
    before, after = judge(BEFORE).diagnosis, judge(AFTER).diagnosis
    assert compare(before, after).replaced == "ended 2026-11-13, now 2027-02-20"
    assert not compare(before, after).nothing
    assert compare(before, before).replaced == ""
    assert compare(before, before).nothing


@pytest.mark.parametrize("width", [120, 76, 56, 40])
def test_the_picture_fits_its_width_and_holds_both_values(width: int) -> None:
    found = list(fields(OLD, NEW).values())
    rows = draw_comparison(found, width)
    text = "\n".join(row.plain for row in rows)
    assert all(row.cell_length <= width for row in rows)
    assert "old.example.com" in text
    assert "new.example.com" in text
    assert len(draw_comparison(found, width, only=True)) < len(rows)


def test_the_text_names_both_certificates_and_what_is_the_same() -> None:
    text = comparison_text(list(fields(OLD, NEW).values()), ["the old one", "the new one"])
    assert text.startswith("A is the old one.\nB is the new one.\n")
    assert "   DNS name, only in A: old.example.com" in text
    assert "The same in both: " in text


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_the_viewer_leads_to_the_comparison_and_its_keys_work(
    size: tuple[int, int], clipboard: list[str]
) -> None:
    async with wizard("c", "=", size=size, observe=lambda *_: AFTER, judge=judge) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ComparisonScreen)
        assert "fields differ" in shown(pilot)
        assert "1 leaf" in shown(pilot)
        first = list(screen.pair)
        await press(pilot, "s")
        assert screen.pair == first[::-1]
        await press(pilot, "b")
        assert screen.pair[0] != screen.pair[1]
        await press(pilot, "d", "y")
        assert screen.only
        await until(pilot, lambda: bool(clipboard))
        assert clipboard[0].startswith("A is ")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ViewerScreen)


async def test_a_recheck_that_finds_another_leaf_leads_to_the_comparison() -> None:
    answers = [BEFORE, AFTER]

    def observe(*_: object) -> Observation:
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async with wizard("r", observe=observe, judge=judge) as pilot:
        await settle(pilot)
        assert "another certificate" in shown(pilot)
        assert "= Compare" in shown(pilot)
        await press(pilot, "=")
        assert isinstance(pilot.app.screen, ComparisonScreen)
        assert "before: 1 leaf" in shown(pilot)


async def test_with_one_certificate_alone_it_is_said_that_there_is_nothing_to_compare() -> None:
    alone = f.observation([f.leaf(None)])
    async with wizard("=", observe=lambda *_: alone, judge=judge) as pilot:
        notices = [each.message for each in pilot.app._notifications]
        assert notices == ["There is only one certificate here, and nothing to compare it with."]


def test_line_by_line_only_what_differs_is_told() -> None:
    answers = [BEFORE, AFTER, AFTER]
    dialogue = Dialogue("r", "=", "c 2", "=", "q", observe=lambda *_: answers.pop(0), judge=judge)
    text = flat(dialogue.run(subject_of(replace(BEFORE.target), ProbeOptions())))
    assert "another certificate: ended 2026-11-13, now 2027-02-20; = compares the two" in text
    assert "A is before: 1 leaf, www.example.com." in text
    assert "DNS name, only in B: new.example.com" in text


def test_line_by_line_the_other_certificate_is_chosen_and_the_first_is_not_offered() -> None:
    dialogue = Dialogue("=", "1", "q", observe=lambda *_: BEFORE, judge=judge)
    text = flat(dialogue.run(subject_of(BEFORE.target, ProbeOptions())))
    assert "A is 1 leaf, www.example.com. Which shall be B? 1. 2 intermediate, Test Intermediate" in text
    assert "B is 2 intermediate, Test Intermediate." in text
    assert "The same in both: " in text
    assert "1. 1 leaf" not in text
