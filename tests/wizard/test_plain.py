"""The wizard line by line: every step, every command, from start to fix, and nothing but lines."""

import inspect
from pathlib import Path

import pytest

from certwizard.domain.vocabulary import CauseId
from certwizard.wizard.plain import pages
from certwizard.wizard.plain.choosing import choice_of, letter_of
from certwizard.wizard.plain.walk import REMEDY, WALK
from certwizard.wizard.steps import STEPS, WizardStep
from tests.wizard import canned
from tests.wizard.canned_remedies import RENEW, TELL
from tests.wizard.plainly import Dialogue, flat, on_canned_case
from tests.wizard.test_hostile_text import judged_hostile

MESSAGE = "curl: (60) SSL certificate problem: unable to get local issuer certificate"


def test_it_opens_at_the_root_cause_with_question_answer_facts_and_fault() -> None:
    text = flat(on_canned_case("q"))
    assert "Step 3 of 8, Dates: Is the certificate within its dates?" in text
    assert "FAIL: It ended 12 days ago." in text
    assert "1. FAIL: Ends (Not After): 2026-11-11 09:12 UTC, 12 days ago expected: later than now" in text
    assert "PASS: Begins (Not Before): 2026-08-13 09:12 UTC" in text
    assert "3 problems" in text
    assert "3 Dates FAIL" in text


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_every_step_is_told_with_its_question_and_its_answer(step: WizardStep) -> None:
    text = flat(on_canned_case(step.key.split()[0], "q"))
    assert step.question in text
    if step.check is not None:
        assert canned.diagnosis().check(step.check).headline in text


def test_next_goes_through_all_steps_to_the_last_and_back_to_the_first() -> None:
    text = flat(on_canned_case("1", *(["n"] * 11), *(["b"] * 11), "q"))
    assert all(text.count(step.question) >= 2 for step in STEPS[:-1])
    assert "This is the last step." in text
    assert "This is the first step." in text


def test_an_empty_answer_takes_the_next_sensible_step() -> None:
    text = flat(on_canned_case("", "q"))
    assert "How is it repaired?" in text
    assert RENEW.title in text
    assert "For: server owner." in text


def test_the_verdict_names_the_causes_what_turns_it_green_and_who_notices() -> None:
    text = flat(on_canned_case("9", "q"))
    assert "REJECTED: Every client refuses it: the certificate ended 12 days ago." in text
    assert "1. Root cause (error):" in text
    assert "Turns green" in text
    assert "Is it safe to go on? Mostly it is neglect" in text
    assert "curl refuses: SSL certificate problem: certificate has expired" in text
    assert "accepts: A very old client" in text


def test_the_lesson_belongs_to_the_line_that_was_named() -> None:
    first, second = on_canned_case("m", "", "q"), on_canned_case("m 2", "", "q")
    assert first.count("Lesson:") == second.count("Lesson:") == 1
    assert first.partition("Lesson:")[2][:60] != second.partition("Lesson:")[2][:60]


def test_raw_values_and_the_certificate_are_told() -> None:
    text = on_canned_case("v", "1", "c 1", "all", "b", "v 99", "", "q")
    assert "-----BEGIN CERTIFICATE-----" in text
    assert "Serial number" in text
    assert "Certificate 1 of 3, leaf: " in text


def test_another_role_gets_its_own_remedies() -> None:
    text = flat(on_canned_case("x", "o", "3", "q"))
    assert "You are now: visitor" in text
    assert TELL.title in text


def test_a_recheck_says_what_changed() -> None:
    text = flat(
        on_canned_case(
            "r", "q", judge=lambda seen, before: canned.repaired_case(before) if before else canned.case()
        )
    )
    assert f"gone: {canned.EXPIRED.headline}" in text
    assert f"still: {canned.MISMATCH.headline}" in text


def test_a_word_that_is_no_command_says_what_is_expected() -> None:
    assert "sudo is no command here; expected one of n b m" in flat(on_canned_case("sudo", "q"))


def test_help_lists_every_command_with_a_letter_of_its_own() -> None:
    text = flat(on_canned_case("x", "?", "q"))
    letters = [letter_of(command) for command in (*WALK, *REMEDY)]
    assert all(letters)
    assert len(letters) == len(set(letters))
    assert all(f"{letter_of(each)}: {each.label}. {each.help}" in text for each in (*WALK, *REMEDY))


def test_commands_are_understood_by_letter_by_name_and_with_a_number() -> None:
    for command in (*WALK, *REMEDY):
        for answer in (letter_of(command), command.label, command.label.upper()):
            found = choice_of(answer, (*WALK, *REMEDY))
            assert found is not None
            assert found.command is command
    numbered = choice_of("m 3", WALK)
    assert numbered is not None
    assert numbered.number == 3


def test_a_block_is_written_to_a_file_and_never_over_one(tmp_path: Path) -> None:
    text = flat(on_canned_case("p", "w 1", "w 1", "w 99", "q", folder=tmp_path))
    written = sorted(tmp_path.iterdir())
    assert len(written) == 2
    assert all(f"Saved: {path}" in text for path in written) or str(tmp_path.name) in text
    assert "expected one of them" in text


def test_the_start_explains_a_message_and_wrong_input_and_takes_a_target() -> None:
    dialogue = Dialogue(
        "", "http://[bad", MESSAGE, "", "o", "3", "mail.example.com:993", "q",
        observe=lambda *_: canned.observation(), judge=lambda *_: canned.case(),
    )  # fmt: skip
    text = flat(dialogue.run())
    assert "Which server, file or message shall we look at?" in text
    assert "expected" in text
    assert CauseId.MISSING_INTERMEDIATE.value in text
    assert "You are now: visitor" in text
    assert "Looking at the server mail.example.com on port 993." in text
    assert "Is the certificate within its dates?" in text


def test_a_message_of_several_lines_is_read_to_its_dot() -> None:
    text = flat(Dialogue("e", "* Trying 192.0.2.1:443...", MESSAGE, ".", "q").run())
    assert CauseId.MISSING_INTERMEDIATE.value in text


def test_the_end_of_the_input_ends_the_dialogue() -> None:
    assert Dialogue().run().endswith("The input has ended.\n")
    assert on_canned_case().endswith("The input has ended.\n")


@pytest.mark.parametrize("key", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "x", "p", "v 1", "c 1", "m"])
def test_hostile_words_are_harmless_in_every_line(key: str) -> None:
    text = on_canned_case(key, "", "q", judge=judged_hostile)
    assert "[/x]" in text
    assert all(char.isprintable() or char == "\n" for char in text)


@pytest.mark.parametrize("key", ["1", "3", "5", "9"])
def test_lines_fit_forty_columns(key: str) -> None:
    lines = on_canned_case(key, "q", width=40).splitlines()
    # A single word that is longer is left whole, and an answer stands behind its prompt.
    assert [line for line in lines if len(line) > 40 and len(line.split()) > 2 and "lists" not in line] == []


def test_what_both_forms_say_is_written_once() -> None:
    source = inspect.getsource(pages)
    assert not any(step.question in source or step.explanation in source for step in STEPS)


def test_a_message_leads_to_the_step_that_decides_and_is_confirmed_there_and_in_the_verdict() -> None:
    dialogue = Dialogue(
        "curl: (60) SSL certificate problem: certificate has expired", "shop.example.com", "g", "q",
        observe=lambda *_: canned.observation(), judge=lambda *_: canned.case(),
    )  # fmt: skip
    text = dialogue.run()
    assert "Which server was it?" in text
    assert text.count("Your message of curl: confirmed, it is expired.") == 2


def test_the_commands_are_said_in_the_shell_that_was_chosen() -> None:
    text = flat(on_canned_case("x", "h 2", "q"))
    assert ", powershell:" in text.rpartition("How is it repaired?")[2]
    assert ", powershell:" not in text.partition("How is it repaired?")[2].partition("How is it repaired?")[0]
