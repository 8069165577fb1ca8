"""``certwizard learn course``: the chapters, one chapter, and its questions."""

import sys

from certwizard.cli.output import paper_for
from certwizard.cli.streams import say
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError
from certwizard.knowledge.course import COURSE_TITLE, Chapter, Question, chapters, course_minutes
from certwizard.reports.lesson_text import link_lines, titled
from certwizard.reports.paper import Paper, Tone
from certwizard.wizard.course_progress import (
    CourseProgress,
    forget_progress,
    load_progress,
    save_progress,
    score,
)

RESET = "reset"
_MORE = "certwizard learn course"


def run_course(words: list[str]) -> int:
    """List the chapters, show one, or begin anew.

    Args:
        words: What stands behind ``learn course``.

    Raises:
        OptionError: Where there is no such chapter.
    """
    paper = paper_for(sys.stdout)
    if words == [RESET]:
        if not forget_progress():
            raise OptionError("what was kept of the course cannot be removed from the state folder")
        say("The course begins anew.\n")
    elif words:
        _teach(_chapter(" ".join(words)), paper)
    else:
        say("\n".join(_list(paper)) + "\n")
    return 0


def _chapter(words: str) -> Chapter:
    every = chapters()
    for number, chapter in enumerate(every, start=1):
        if words.lower() in (str(number), chapter.id):
            return chapter
    raise OptionError(
        f"the course has no chapter {clean(words, 40)}; expected 1 to {len(every)}, a chapter's name, or {RESET}"
    )


def _list(paper: Paper) -> list[str]:
    progress = load_progress()
    lines = titled(f"{COURSE_TITLE} ({course_minutes()} minutes)", paper, "=")
    for number, chapter in enumerate(chapters(), start=1):
        state = (
            f"{progress.right(chapter)} of {len(chapter.questions)} right" if progress.done(chapter) else ""
        )
        minutes = f"{chapter.minutes} min"
        title = f"{chapter.title}{f' ({state})' if state else ''}"
        lines += paper.wrap(title, " " * 13, f" {number:>2}  {minutes:<7} ")
    right, every = score(progress)
    lines += ["", f"Answered rightly so far: {right} of {every}"] if progress.answers else []
    return [
        *lines,
        "",
        f"Begin with:    {_MORE} 1",
        "In the wizard: certwizard, then F4",
        f"Begin anew:    {_MORE} {RESET}",
    ]


def _teach(chapter: Chapter, paper: Paper) -> None:
    say("\n".join(_head(chapter, paper)) + "\n\n")
    if sys.stdin.isatty() and sys.stdout.isatty():
        _ask_all(chapter, paper)
    else:
        say("\n".join(_questions(chapter, paper)) + "\n")


def _head(chapter: Chapter, paper: Paper) -> list[str]:
    number = chapters().index(chapter) + 1
    return [
        *titled(f"{number}. {chapter.title} ({chapter.minutes} minutes)", paper, "="),
        *paper.wrap(f"Afterwards: {chapter.goal}"),
        "",
        paper.tone("Read", Tone.STRONG),
        *link_lines(chapter.lessons, paper),
        "",
        paper.tone("Practise", Tone.STRONG),
        f"  certwizard demo {chapter.practice.scenario}",
        *paper.wrap(chapter.practice.task, "  "),
    ]


def _questions(chapter: Chapter, paper: Paper) -> list[str]:
    lines = [paper.tone("Check yourself", Tone.STRONG)]
    for number, question in enumerate(chapter.questions, start=1):
        lines += _asked(question, number, paper)
    lines += [paper.tone("Answers", Tone.STRONG)]
    for number, question in enumerate(chapter.questions, start=1):
        lines += ["", *paper.wrap(f"{number}. {question.ask}", "   ", ""), *_told(question, paper)]
    return [*lines, "", *paper.wrap(f"To be seen in the practice: {chapter.practice.found}")]


def _asked(question: Question, number: int, paper: Paper) -> list[str]:
    lines = paper.wrap(f"{number}. {question.ask}", "   ", "")
    for place, answer in enumerate(question.answers, start=1):
        lines += paper.wrap(answer.text, "      ", f"   {place}  ")
    return [*lines, ""]


def _told(question: Question, paper: Paper) -> list[str]:
    lines = []
    for place, answer in enumerate(question.answers, start=1):
        word = "right" if answer.right else "wrong"
        told = paper.wrap(f"{word}: {answer.why}", "      ", f"   {place}  ")
        lines += [paper.tone(line, Tone.GOOD if answer.right else None) for line in told]
    return lines


def _ask_all(chapter: Chapter, paper: Paper) -> None:
    progress = load_progress()
    say(paper.tone("Check yourself", Tone.STRONG) + " (a number, enter to skip, q to stop)\n\n")
    for number, question in enumerate(chapter.questions, start=1):
        say("\n".join(_asked(question, number, paper)))
        chosen = _choice(len(question.answers))
        if chosen is None:
            return
        if chosen:
            progress = progress.with_answer(chapter, question, chosen - 1)
            answer = question.answers[chosen - 1]
            word = paper.tone("Right.", Tone.GOOD) if answer.right else paper.tone("Not so.", Tone.BROKEN)
            say(f"\n{word}\n" + "\n".join(_told(question, paper)) + "\n\n")
            save_progress(progress)
    _sum_up(chapter, progress, paper)


def _sum_up(chapter: Chapter, progress: CourseProgress, paper: Paper) -> None:
    every, number = chapters(), chapters().index(chapter) + 1
    right, of = score(progress)
    onward = f"Next: {_MORE} {number + 1}" if number < len(every) else "That was the last chapter."
    told = f"{progress.right(chapter)} of {len(chapter.questions)} right here, {right} of {of} in the whole course."
    seen = f"To be seen in the practice: {chapter.practice.found}"
    say("\n".join([*paper.wrap(told), *paper.wrap(seen), onward]) + "\n")


def _choice(most: int) -> int | None:
    """Return the number chosen; 0 for none, None to stop."""
    while True:
        say("Your answer: ")
        line = sys.stdin.readline(200)
        words = line.strip().lower()
        if not line or words == "q":
            say("\n")
            return None
        if not words:
            return 0
        if words.isascii() and words.isdigit() and 1 <= int(words) <= most:
            return int(words)
        say(f"Expected a number from 1 to {most}, enter to skip, or q to stop.\n")
