"""The lessons: complete, well formed, readable at 60 columns, and never advising the unsafe."""

import re
import shutil
import subprocess
import sys

import pytest

from certwizard.domain.cleantext import clean
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId
from certwizard.knowledge.clients import MessageAction, profiles
from certwizard.knowledge.lessons import (
    Lesson,
    LessonKind,
    all_lessons,
    find_by_key,
    find_lesson,
    lesson_ids,
    search_lessons,
)

PARTS = ("How to read it", "What goes wrong, and who notices", "The rule", "Next")
TERMS = (
    *("ca", "chain", "trust-anchor", "san", "sni", "acme", "ocsp", "crl", "certificate-transparency"),
    *("wildcard", "starttls", "private-ca", "aia", "hsts", "mtls", "renewal", "csr", "pem", "tls"),
)
UNSAFE = (
    "verify=False",
    "SECLEVEL=0",
    "chmod 777",
    "--insecure",
    "curl -k",
    "thisisunsafe",
    "NODE_TLS_REJECT",
)
PROGRAMS = ("openssl", "curl", "certbot", "certwizard", "systemctl", "timedatectl", "dig", "cat", "ss ")
COLUMNS = 60
ALL = tuple(pytest.param(lesson, id=lesson.key) for lesson in all_lessons())
CAUSES = tuple(
    pytest.param(lesson, id=lesson.id) for lesson in all_lessons() if lesson.kind is LessonKind.CAUSE
)


def blocks(lesson: Lesson) -> list[str]:
    """Return the command blocks of a lesson without their indent."""
    lines = lesson.body_markdown.splitlines()
    text = "\n".join(line[4:] if line.startswith("    ") else "\0" for line in lines)
    return [block.strip("\n") for block in text.split("\0") if block.strip("\n")]


def quoted(lesson: Lesson) -> set[str]:
    """Return what a lesson quotes of clients: words in quotation marks or in code marks."""
    text = " ".join(lesson.body_markdown.split())
    found = {a or b for a, b in re.findall(r'"([^"]*)"|`([^`]*)`', text)}
    return {phrase.rstrip(",.") for phrase in found if len(phrase) >= 8}


@pytest.mark.parametrize("check", list(CheckId))
def test_every_check_has_a_lesson(check: CheckId) -> None:
    assert find_lesson(LessonKind.CHECK, check) is not None


@pytest.mark.parametrize("cause", list(CauseId))
def test_every_cause_has_a_lesson(cause: CauseId) -> None:
    assert find_lesson(LessonKind.CAUSE, cause) is not None


@pytest.mark.parametrize("field", list(FieldId))
def test_every_field_has_a_lesson(field: FieldId) -> None:
    assert find_lesson(LessonKind.FIELD, field) is not None


@pytest.mark.parametrize("term", TERMS)
def test_the_terms_a_beginner_meets_have_a_lesson(term: str) -> None:
    assert find_lesson(LessonKind.TERM, term) is not None


def test_no_lesson_is_about_something_unknown() -> None:
    assert set(lesson_ids(LessonKind.CHECK)) == set(CheckId)
    assert set(lesson_ids(LessonKind.CAUSE)) == set(CauseId)
    assert set(lesson_ids(LessonKind.FIELD)) == set(FieldId)


@pytest.mark.parametrize("lesson", ALL)
def test_each_lesson_has_all_parts_in_order_and_none_empty(lesson: Lesson) -> None:
    found = re.findall(r"^## (.+)$", lesson.body_markdown, flags=re.MULTILINE)
    assert tuple(found) == PARTS
    assert all(text.strip() for text in re.split(r"^## .+$", lesson.body_markdown, flags=re.MULTILINE)[1:])


@pytest.mark.parametrize("lesson", ALL)
def test_each_lesson_is_short_and_its_summary_is_two_sentences(lesson: Lesson) -> None:
    words = re.sub(r"^## .+$", "", lesson.body_markdown, flags=re.MULTILINE).split()
    assert 120 <= len(words) <= 250
    assert len(re.findall(r"[.?!](?:\s|$)", lesson.summary)) == 2
    assert clean(lesson.title) == lesson.title
    assert clean(lesson.summary) == lesson.summary


@pytest.mark.parametrize("lesson", ALL)
def test_each_lesson_names_its_sources_and_points_only_to_lessons_that_exist(lesson: Lesson) -> None:
    assert lesson.sources
    assert all(source.strip() for source in lesson.sources)
    assert lesson.see_also
    assert len(set(lesson.see_also)) == len(lesson.see_also)
    assert lesson.key not in lesson.see_also
    assert [key for key in lesson.see_also if find_by_key(key) is None] == []


@pytest.mark.parametrize("lesson", ALL)
def test_each_lesson_reads_at_sixty_columns(lesson: Lesson) -> None:
    for line in lesson.body_markdown.splitlines():
        assert not line.startswith("|")
        if line.startswith("    "):
            assert len(line) <= COLUMNS
        assert max((len(word) for word in line.split()), default=0) <= COLUMNS


@pytest.mark.parametrize("lesson", ALL)
def test_no_lesson_holds_control_characters_or_advises_to_switch_checks_off(lesson: Lesson) -> None:
    assert all(line.isprintable() for line in lesson.body_markdown.splitlines())
    assert [words for words in UNSAFE if words in lesson.body_markdown] == []


@pytest.mark.parametrize("lesson", CAUSES)
def test_each_cause_answers_honestly_whether_it_is_safe_to_go_on(lesson: Lesson) -> None:
    assert lesson.body_markdown.count("**Is it safe to go on?** ") == 1


@pytest.mark.parametrize("lesson", CAUSES)
def test_each_cause_quotes_the_words_of_clients_that_react_to_it(lesson: Lesson) -> None:
    cause = CauseId(lesson.id)
    known = [message for profile in profiles() if (message := profile.messages.get(cause))]
    words = [message for message in known if message.action is MessageAction.REJECTS]
    phrases = {phrase.casefold() for phrase in quoted(lesson)}
    met = [m for m in words if any(p in f"{m.code} {m.text}".casefold() for p in phrases)]
    assert len(met) >= min(len(words), 2)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash to read the commands")
def test_every_command_in_a_lesson_is_well_formed_shell() -> None:
    commands = [block for lesson in all_lessons() for block in blocks(lesson) if block.startswith(PROGRAMS)]
    assert len(commands) > 50
    for command in commands:
        done = subprocess.run(["bash", "-n"], input=command, capture_output=True, text=True, check=False)
        assert (command, done.stderr) == (command, "")


def test_a_search_puts_the_lesson_of_that_very_name_first() -> None:
    assert search_lessons("expired")[0].key == "cause/expired"
    assert search_lessons("missing intermediate")[0].key == "cause/missing-intermediate"
    assert search_lessons("hsts")[0].key == "term/hsts"


def test_a_search_finds_words_of_an_error_message_and_nothing_for_nonsense() -> None:
    assert "cause/weak-key" in [lesson.key for lesson in search_lessons("key TOO weak")]
    assert search_lessons("xyzzy") == ()
    assert search_lessons("  ") == ()


@pytest.mark.parametrize("name", ["", "../check/dates", "Expired", "no-such", "expired.md", "a/b"])
def test_a_name_that_is_no_lesson_finds_none(name: str) -> None:
    assert find_lesson(LessonKind.CAUSE, name) is None


@pytest.mark.parametrize("key", ["", "cause", "verb/expired", "cause/", "cause/../term/tls"])
def test_a_key_that_is_no_lesson_finds_none(key: str) -> None:
    assert find_by_key(key) is None


def test_finding_one_lesson_reads_no_other() -> None:
    program = (
        "from certwizard.knowledge import lessons as l;"
        "l.find_lesson(l.LessonKind.CAUSE, 'expired');"
        "print(l.find_lesson.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
