"""A pasted message: understood as it stands in the field, explained, and taken to the step that decides."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual import events

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction
from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Report
from certwizard.domain.target import Target
from certwizard.domain.vocabulary import CauseId, CheckId, Severity, Status, Verdict
from certwizard.explain.engine import explain
from certwizard.lab.lab import Lab
from certwizard.probe.cancel import CancelToken
from certwizard.probe.run import probe
from certwizard.wizard.confirming import confirm
from certwizard.wizard.screens.explanation import ExplanationScreen
from certwizard.wizard.screens.lesson import LessonScreen
from certwizard.wizard.screens.start import StartScreen
from certwizard.wizard.widgets.ask_field import AskField
from certwizard.wizard.widgets.guess_list import GuessList
from tests.wizard import canned
from tests.wizard.driving import WizardPilot, press, settle, shown, step, until, wizard

REQUESTS = (
    "Traceback (most recent call last):\n"
    '  File "/srv/job.py", line 12, in <module>\n'
    "requests.exceptions.SSLError: HTTPSConnectionPool(host='shop.example.com', port=8443): Max retries exceeded "
    "with url: / (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate "
    "verify failed: unable to get local issuer certificate (_ssl.c:1006)')))\n"
)
EXPIRED = "curl: (60) SSL certificate problem: certificate has expired"
NOT_YET = "curl: (60) SSL certificate problem: certificate is not yet valid"
REVOKED = "NET::ERR_CERT_REVOKED"


async def paste(pilot: WizardPilot, text: str) -> None:
    """Paste as a terminal does, and wait until it was read."""
    focused = pilot.app.screen.focused
    assert focused is not None
    focused.post_message(events.Paste(text))
    await pilot.pause()
    await until(pilot, lambda: "reading it …" not in shown(pilot))
    await settle(pilot)


@asynccontextmanager
async def explained(text: str, *keys: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[WizardPilot]:
    """Open the wizard, paste a message and ask what it means."""
    async with wizard(target=None, size=size) as pilot:
        await paste(pilot, text)
        await press(pilot, "enter", *keys)
        yield pilot


async def test_a_paste_of_many_lines_is_kept_whole_and_understood_in_the_field() -> None:
    async with wizard(target=None) as pilot:
        await paste(pilot, REQUESTS)
        field = pilot.app.screen.query_one(AskField)
        assert field.whole == REQUESTS.strip()
        assert "3 lines: Traceback (most recent call last): …" in shown(pilot)
        assert "a message of Python requests; it can stand for missing-intermediate" in shown(pilot)


async def test_a_paste_whose_lines_end_as_terminals_end_them_has_as_many_lines() -> None:
    async with wizard(target=None) as pilot:
        await paste(pilot, REQUESTS.replace("\n", "\r"))
        assert pilot.app.screen.query_one(AskField).whole == REQUESTS.strip()
        assert "3 lines: Traceback (most recent call last): …" in shown(pilot)


async def test_a_message_typed_letter_by_letter_is_understood_too() -> None:
    async with wizard(target=None) as pilot:
        await press(pilot, *("underscore" if char == "_" else char for char in "CERT_HAS_EXPIRED"))
        await until(pilot, lambda: "it can stand for expired" in shown(pilot))


async def test_pieces_pasted_one_after_the_other_are_read_together() -> None:
    first, _, rest = REQUESTS.partition("requests.")
    async with wizard(target=None) as pilot:
        await paste(pilot, first)
        await paste(pilot, f"requests.{rest}")
        assert pilot.app.screen.query_one(AskField).whole.splitlines() == REQUESTS.strip().splitlines()


async def test_a_line_of_log_among_hundreds_is_found_and_nothing_of_it_moves_the_cursor() -> None:
    noise = "\n".join(
        f"\x1b[31mat com.example.Thing{number}.run(Thing.java:{number})\x07" for number in range(600)
    )
    async with explained(f"{noise}\n{EXPIRED}\n[bold]{noise}") as pilot:
        assert isinstance(pilot.app.screen, ExplanationScreen)
        assert "expired" in shown(pilot)
        assert not any(sign in shown(pilot) for sign in "\x1b\x07")


async def test_the_explanation_names_client_causes_reasons_and_what_is_left_open() -> None:
    async with explained(REQUESTS, size=(120, 50)) as pilot:
        text = shown(pilot)
        assert "a message of Python requests" in text
        assert "found no way from the server's certificate" in text
        assert text.index("missing-intermediate") < text.index("untrusted-root")
        assert "requests fetches no missing intermediate" in text
        assert "step 5 Trust" in text
        assert "What it does not say" in text
        assert "shop.example.com:8443" in text


async def test_the_key_fact_is_on_the_screen_at_sixty_columns() -> None:
    async with explained(REQUESTS, size=(60, 20)) as pilot:
        text = shown(pilot)
        assert "missing-intermediate" in text
        assert "shop.example.com:8443" in text
        assert "Find out" in text


async def test_enter_explains_the_marked_cause_with_its_lesson() -> None:
    async with explained(REQUESTS, "down", "enter") as pilot:
        assert isinstance(pilot.app.screen, LessonScreen)
        from certwizard.knowledge.lessons import LessonKind, find_lesson

        lesson = find_lesson(LessonKind.CAUSE, "untrusted-root")
        assert lesson is not None
        assert lesson.title in shown(pilot)


async def test_one_key_looks_at_the_server_named_and_opens_where_the_message_is_confirmed() -> None:
    asked: list[Target] = []

    def observe(target: Target, options: ProbeOptions, report: Report, cancel: CancelToken) -> Observation:
        asked.append(target)
        return canned.observation()

    async with wizard(target=None, observe=observe) as pilot:
        await paste(pilot, REQUESTS)
        await press(pilot, "enter", "n")
        assert [target.display_name for target in asked] == ["shop.example.com:8443"]
        assert step(pilot) == "trust"
        assert "Your message of Python requests: confirmed, it is missing-intermediate" in shown(pilot)
        await press(pilot, "g")
        assert "confirmed, it is missing-intermediate" in shown(pilot)
        await press(pilot, "1")
        assert "Your message" not in shown(pilot)


async def test_a_message_that_this_server_does_not_bear_out_is_said_so_at_the_step_that_decides() -> None:
    async with explained(NOT_YET, "n", *"example.org") as pilot:
        await press(pilot, "enter")
        assert step(pilot) == "dates"
        assert "not what this server shows now" in shown(pilot)


async def test_where_the_message_names_no_server_the_key_asks_for_it() -> None:
    async with explained(EXPIRED, "n") as pilot:
        assert isinstance(pilot.app.screen, ExplanationScreen)
        assert pilot.app.screen.focused is pilot.app.screen.query_one("#server")
        assert "Which server was it?" in shown(pilot)
        await press(pilot, *"a.example")
        assert "the server a.example on port 443" in shown(pilot)
        await press(pilot, "enter")
        assert step(pilot) == "dates"
        assert "confirmed, it is expired" in shown(pilot)


async def test_escape_returns_to_the_field_with_the_message_in_it() -> None:
    async with explained(REQUESTS, "escape") as pilot:
        assert isinstance(pilot.app.screen, StartScreen)
        assert pilot.app.screen.query_one(AskField).whole == REQUESTS.strip()


async def test_a_recheck_keeps_the_message_in_mind() -> None:
    async with explained(REQUESTS, "n", "r") as pilot:
        assert step(pilot) == "verdict"
        assert "confirmed, it is missing-intermediate" in shown(pilot)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("curl: (7) Failed to connect to a.example port 443: Connection refused", "refused"),
        ("HTTP/1.1 403 Forbidden from the server", "HTTP status"),
        ("Host key verification failed.\nfatal: Could not read from remote repository.", "SSH"),
    ],
)
async def test_what_is_no_certificate_fault_is_told_apart(text: str, words: str) -> None:
    async with explained(text) as pilot:
        assert "NO CERTIFICATE FAULT" in shown(pilot)
        assert words in shown(pilot)
        assert not pilot.app.screen.query(GuessList)


async def test_words_nobody_knows_are_said_to_be_unknown_and_the_next_question_is_asked() -> None:
    async with explained("the frobnicator says no to everything") as pilot:
        assert "UNKNOWN" in shown(pilot)
        assert "Which program printed them" in shown(pilot)
        assert pilot.app.screen.focused is pilot.app.screen.query_one("#server")


async def test_a_slip_in_a_target_is_corrected_and_not_explained() -> None:
    async with wizard(target=None) as pilot:
        await paste(pilot, "shop.example.com 8443")
        await until(pilot, lambda: "  shop.example.com:8443" in shown(pilot))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, StartScreen)


async def test_a_name_that_could_be_a_word_of_a_message_stays_a_server() -> None:
    async with wizard(target=None) as pilot:
        await paste(pilot, "intranet.corp")
        await until(pilot, lambda: "the server intranet.corp on port 443" in shown(pilot))


async def test_the_mouse_explains_marks_and_goes_on() -> None:
    async with explained(REQUESTS, size=(120, 40)) as pilot:
        causes = pilot.app.screen.query_one(GuessList)
        assert await pilot.click(GuessList, offset=(5, 5))
        await pilot.pause()
        assert causes.cursor == 1
        await pilot.click(GuessList, offset=(5, 5), times=2)
        await pilot.pause()
        assert isinstance(pilot.app.screen, LessonScreen)
        await press(pilot, "escape")
        assert await pilot.click("#way-find-out")
        await settle(pilot)
        assert step(pilot) == "trust"


def test_a_message_that_the_diagnosis_expects_of_a_client_is_confirmed_whatever_its_cause() -> None:
    diagnosis = canned.diagnosis()
    odd = replace(canned.EXPIRED, id=CauseId.INCONSISTENT_ADDRESSES)
    chrome = replace(diagnosis.clients[0], cause=odd.id)
    assert chrome.message == "NET::ERR_CERT_DATE_INVALID"
    first, *others = diagnosis.checks
    checks = (replace(first, status=Status.FAIL, causes=(odd.id,)), *others)
    expecting = replace(diagnosis, causes=(odd,), clients=(chrome,), checks=checks)
    outcome = confirm(explain(chrome.message), expecting)
    assert outcome.confirmed
    assert "inconsistent-addresses" in outcome.title
    assert not confirm(explain(REVOKED), expecting).confirmed


@pytest.mark.parametrize(
    "name",
    ["expired", "missing-intermediate", "hostname-mismatch",
        "inconsistent-balancer", "weak-key", "protocol-version-intolerant"],
)  # fmt: skip
def test_whatever_a_client_is_expected_to_print_at_a_practice_server_is_confirmed_there(name: str) -> None:
    with Lab() as lab:
        opened = lab.open(name)
        diagnosis = diagnose(
            probe(opened.target, opened.options, report=lambda _: None, cancel=CancelToken())
        )
    refusals = [each for each in diagnosis.clients if each.action is ClientAction.REJECTS and each.message]
    assert refusals
    for each in refusals:
        assert confirm(explain(each.message), diagnosis).confirmed, each


def test_a_step_that_could_not_be_looked_at_neither_confirms_nor_rules_out() -> None:
    diagnosis = canned.diagnosis()
    checks = tuple(
        replace(each, status=Status.UNKNOWN, causes=()) if each.check is CheckId.REVOCATION else each
        for each in diagnosis.checks
    )
    outcome = confirm(explain(REVOKED), replace(diagnosis, checks=checks))
    assert "neither confirmed nor ruled out" in outcome.title
    assert outcome.step.id == "dates"
    assert not outcome.confirmed


def test_a_mere_remark_confirms_nothing() -> None:
    diagnosis = canned.diagnosis()
    remark = replace(canned.EXPIRED, severity=Severity.INFO)
    outcome = confirm(explain(EXPIRED), replace(diagnosis, causes=(remark,)))
    assert not outcome.confirmed


def test_a_server_with_nothing_wrong_is_said_to_be_well() -> None:
    diagnosis = replace(canned.diagnosis(), causes=(), verdict=Verdict.ACCEPTED)
    outcome = confirm(explain(EXPIRED), diagnosis)
    assert "not what this server shows now" in outcome.title
    assert "Nothing is wrong here now" in outcome.text


def test_a_refused_connection_is_confirmed_as_what_it_is() -> None:
    refused = replace(canned.EXPIRED, id=CauseId.CONNECTION_REFUSED)
    diagnosis = canned.diagnosis()
    first, *others = diagnosis.checks
    checks = (replace(first, status=Status.FAIL, causes=(refused.id,)), *others)
    outcome = confirm(
        explain("curl: (7) Failed to connect to a.example port 443: Connection refused"),
        replace(diagnosis, causes=(refused,), checks=checks),
    )
    assert outcome.confirmed
    assert outcome.step.id == "connection"
