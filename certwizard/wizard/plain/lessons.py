"""The lessons line by line: listed by kind, searched by words, and read along their links."""

from collections.abc import Callable, Sequence

from certwizard.knowledge.lessons import KIND_TITLES, Lesson, LessonKind, all_lessons
from certwizard.knowledge.part_lessons import look_up
from certwizard.wizard.plain.listing import LEAVE, Listed, number_of, pick
from certwizard.wizard.plain.reading import lesson_lines
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.teaching import further

LONGEST_SEARCH = 200
QUESTION = "What do you want to know?"
_PROMPT = "Kind, by number, or words to search in all lessons; Enter goes back:"


def browse_lessons(talk: Talk, words: str = "") -> None:
    """Let the user find and read lessons until he goes back.

    Args:
        talk: The dialogue.
        words: What to search first.

    Raises:
        InputEnded: Where nobody answers.
    """
    every, kinds = all_lessons(), list(KIND_TITLES)
    if words:
        choose_lesson(talk, look_up(words[:LONGEST_SEARCH]), words)
        return
    talk.say("")
    talk.tell(f"Lessons: {QUESTION}")
    while True:
        for number, kind in enumerate(kinds, 1):
            count = sum(lesson.kind is kind for lesson in every)
            talk.tell(f"{number}. {KIND_TITLES[kind]}, {count} lessons")
        answer = talk.ask(_PROMPT).strip()
        if not answer or answer.lower() in LEAVE:
            return
        chosen = number_of(answer, len(kinds))
        if chosen is not None:
            _choose_of_kind(talk, kinds[chosen])
        elif answer == "?":
            talk.tell("A number lists the lessons of a kind. Words, an OID or a piece of a message search.")
        else:
            choose_lesson(talk, look_up(answer[:LONGEST_SEARCH]), answer)


def choose_lesson(talk: Talk, lessons: Sequence[Lesson], words: str) -> None:
    """Read the lesson that is chosen of those that were found; the only one at once.

    Args:
        talk: The dialogue.
        lessons: Those that were found.
        words: What was searched.
    """
    if not lessons:
        talk.tell(f"No lesson holds {words}.")
    elif len(lessons) == 1:
        read_lesson(talk, lessons[0])
    else:
        talk.tell(f"{words} is in {len(lessons)} lessons, the most fitting first:")
        names = [f"{lesson.title} ({lesson.kind.value})" for lesson in lessons]
        if (chosen := pick(talk, Listed("Lesson", names, _holding(names)))) is not None:
            read_lesson(talk, lessons[chosen])


def _choose_of_kind(talk: Talk, kind: LessonKind) -> None:
    lessons = [lesson for lesson in all_lessons() if lesson.kind is kind]
    names = [lesson.title for lesson in lessons]

    def find(words: str) -> list[int]:
        keys = {lesson.key for lesson in look_up(words[:LONGEST_SEARCH])}
        return [index for index, lesson in enumerate(lessons) if lesson.key in keys]

    if (chosen := pick(talk, Listed("Lesson", names, find))) is not None:
        read_lesson(talk, lessons[chosen])


def _holding(names: Sequence[str]) -> Callable[[str], list[int]]:
    return lambda words: [i for i, name in enumerate(names) if words.casefold() in name.casefold()]


def read_lesson(talk: Talk, lesson: Lesson, beside: Sequence[Lesson] = ()) -> None:
    """Tell a lesson and those its links lead to, until the user comes back.

    Args:
        talk: The dialogue.
        lesson: The lesson.
        beside: Lessons on the same matter, offered before its links.

    Raises:
        InputEnded: Where nobody answers.
    """
    trail = [lesson]
    talk.say("", *lesson_lines(lesson, talk.paper))
    while trail:
        onward = [*(beside if len(trail) == 1 else ()), *further(trail[-1])]
        onward = list(dict.fromkeys(each for each in onward if each is not trail[-1]))
        chosen = _onward(talk, onward, trail)
        if chosen is not None:
            trail.append(chosen)
            talk.say("", *lesson_lines(chosen, talk.paper))
        elif trail.pop() and trail:
            talk.tell(f"Back at the lesson: {trail[-1].title}")


def _onward(talk: Talk, onward: Sequence[Lesson], trail: Sequence[Lesson]) -> Lesson | None:
    if not onward:
        return None
    talk.say("")
    talk.tell("There is more to read:")
    leave = f"goes back to {trail[-2].title}" if len(trail) > 1 else "goes back"
    chosen = pick(talk, Listed("Lesson", [each.title for each in onward], leave=leave))
    return None if chosen is None else onward[chosen]
