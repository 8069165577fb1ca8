"""Text from certificates and servers is shown as it is and does nothing, on every screen."""

from dataclasses import replace

import pytest

from certwizard.diagnosis.result import SentCertificate
from certwizard.domain.cleantext import clean
from certwizard.domain.hostname import match_names
from certwizard.domain.observation import Observation
from certwizard.remedies.model import Command, Snippet, Step
from certwizard.wizard.case import Case
from tests.wizard import canned
from tests.wizard.canned_remedies import RENEW
from tests.wizard.driving import press, shown, until, wizard

HOSTILE = "[/x] [bold red]evil[/] [@click=app.quit]go[/] \x1b[31mred\x1b[0m \u202eabc \n$(reboot) 'q' \u0007"


def hostile_case() -> Case:
    """The canned case with hostile words in every text that can come from outside, cleaned as the domain does."""
    words = clean(HOSTILE)
    made, diagnosis = canned.case(), canned.diagnosis()
    evil = canned.certificate(HOSTILE[:60], HOSTILE[-60:], canned.NOW, canned.NOW, ("example.com",))
    facts = tuple(
        replace(
            result,
            headline=words,
            facts=tuple(replace(f, label=words, seen=words, expected=words) for f in result.facts),
        )
        for result in diagnosis.checks
    )
    hostile = replace(
        diagnosis,
        headline=words,
        checks=facts,
        causes=tuple(replace(cause, headline=words, explanation=words) for cause in diagnosis.causes),
        sent=(SentCertificate(0, diagnosis.sent[0].role, evil),),
        path=(replace(diagnosis.path[0], certificate=evil), *diagnosis.path[1:]),
        names=match_names(canned.HOST, evil.san) if evil.san else (),
        clients=tuple(replace(client, message=words) for client in diagnosis.clients),
        evidence={"subject": HOSTILE},
    )
    remedy = replace(
        RENEW,
        title=words,
        steps=(
            Step(words, Command((("echo", HOSTILE),)), undo=words),
            Step(words, snippet=Snippet("nginx", HOSTILE, words)),
        ),
    )
    return replace(
        made,
        diagnosis=hostile,
        remedies=dict.fromkeys(made.remedies, (remedy,)),
        prevention=(remedy,),
        title=words,
        safety=words,
    )


def judged_hostile(observation: Observation, before: Case | None) -> Case:
    return hostile_case()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 50)])
@pytest.mark.parametrize("key", ["1", "2", "3", "4", "5", "6", "7", "8", "g", "x", "p"])
async def test_hostile_words_are_harmless_on_every_step(key: str, size: tuple[int, int]) -> None:
    async with wizard(key, judge=judged_hostile, size=size) as pilot:
        text = shown(pilot)
        assert "[/x]" in text
        assert not any(bad in text for bad in ("\x1b", "\u202e", "\u0007"))


@pytest.mark.parametrize("keys", [("v",), ("v", "right"), ("v", "left"), ("enter",), ("question_mark",)])
async def test_hostile_words_are_harmless_in_windows(keys: tuple[str, ...]) -> None:
    async with wizard("2", *keys, judge=judged_hostile, size=(120, 50)) as pilot:
        text = shown(pilot)
        assert not any(bad in text for bad in ("\x1b", "\u202e", "\u0007"))


async def test_a_hostile_notice_is_harmless(clipboard: list[str]) -> None:
    async with wizard("3", judge=judged_hostile) as pilot:
        await press(pilot, "y")
        await until(pilot, lambda: bool(clipboard))
        await pilot.pause(0.1)
        assert "\x1b" not in shown(pilot)
