"""What turns the verdict green, in the text report and in JSON."""

import json

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.repair import Change, ChangeKind, Repair, Repairs
from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.observation import HttpHint
from certwizard.domain.vocabulary import Verdict
from certwizard.reports import json_report, repairs, text
from certwizard.reports.paper import Paper
from tests import factory as f

P = f.pki()


@pytest.fixture
def incomplete() -> Diagnosis:
    return diagnose(f.observation([P.leaf], anchors=[P.root], fetches=(f.aia(P.leaf, P.intermediate),)))


def _section(shown: str) -> list[str]:
    return next(part for part in shown.split("\n\n") if part.startswith("Turns green")).splitlines()


def test_the_text_says_what_to_change_and_that_it_was_judged_again(incomplete: Diagnosis) -> None:
    assert _section(text.render(incomplete, (), Paper())) == [
        "Turns green",
        "  + send “Test Intermediate” after the server's certificate",
        "    judged again with it: every client accepts",
    ]


def test_another_way_is_told_as_one() -> None:
    own = diagnose(f.observation([f.leaf(None)], anchors=[P.root]))
    assert _section(text.render(own, (), Paper()))[4:] == [
        "  or + install this very certificate, “www.example.com”, as trusted on every",
        "       client",
    ]


def test_what_could_not_be_judged_again_says_so() -> None:
    hint = HttpHint(302, f.NOW, f.NOW, "http://192.168.1.1/login")
    portal = diagnose(f.observation([f.leaf(None, ["portal.lan"])], anchors=[P.root], http=hint))
    assert _section(text.render(portal, (), Paper()))[1].startswith("  What the server itself sends was not")


def test_nothing_is_said_of_a_server_that_is_accepted() -> None:
    assert "Turns green" not in text.render(diagnose(f.observation(P.chain, anchors=[P.root])), (), Paper())


def test_json_has_the_changes_and_who_accepts_then(incomplete: Diagnosis) -> None:
    found = json.loads(json_report.render(incomplete, ()))["turns_green"]
    best = found["best"]
    assert best["changes"] == [
        {
            "kind": "send-intermediate",
            "text": "send “Test Intermediate” after the server's certificate",
            "certificate": 0,
            "removes": ["missing-intermediate"],
        }
    ]
    assert (best["verdict"], best["refusing"], best["left"]) == ("accepted", [], [])
    assert "curl" in best["accepting"]
    assert (found["others"], found["spotless"], found["note"]) == ([], None, None)


def test_json_of_an_accepted_server_keeps_the_key() -> None:
    diagnosis = diagnose(f.observation(P.chain, anchors=[P.root]))
    found = json.loads(json_report.render(diagnosis, ()))["turns_green"]
    assert found == {"best": None, "others": [], "spotless": None, "note": None}


@pytest.mark.parametrize(
    ("verdict", "refusing", "words"),
    [
        (Verdict.ACCEPTED, (), "judged again with it: every client accepts"),
        (Verdict.WARNED, ("wget",), "judged again with it: the usual clients accept; not wget"),
        (Verdict.UNDETERMINED, (), "judged again with it: nothing is wrong with what was seen"),
    ],
)
def test_the_outcome_is_said_as_it_was_judged(
    verdict: Verdict, refusing: tuple[str, ...], words: str
) -> None:
    change = Change(ChangeKind.RENEW, "renew the certificate")
    shown = repairs.outcome_of(Repair((change,), verdict, refusing=refusing))
    assert shown.startswith(words)


def test_what_leaves_no_warning_has_a_title_of_its_own() -> None:
    change = Change(ChangeKind.LEAVE_OUT, "leave out “X”")
    found = repairs.lines(Repairs(spotless=Repair((change,), Verdict.ACCEPTED)), Paper())
    assert found[:2] == ["Leaves no warning", "  + leave out “X”"]


def test_what_may_not_be_enough_does_not_promise_green() -> None:
    change = Change(ChangeKind.RENEW, "renew the certificate")
    found = repairs.lines(Repairs(Repair((change,), Verdict.UNDETERMINED), note="The rest is open."), Paper())
    assert found[0] == "To change"
    assert found[-1] == "  The rest is open."
