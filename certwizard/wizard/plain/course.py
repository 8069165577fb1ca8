"""The course line by line: its chapters, what to read and to find in each, and the questions."""

from certwizard.knowledge.course import COURSE_TITLE, Chapter, Question, chapters, course_minutes
from certwizard.knowledge.lessons import Lesson, find_by_key
from certwizard.wizard.course_keeper import CourseKeeper
from certwizard.wizard.course_progress import score
from certwizard.wizard.plain.lessons import read_lesson
from certwizard.wizard.plain.listing import LEAVE, number_of
from certwizard.wizard.plain.talk import Talk

_HELP = (
    "Each chapter has lessons to read, something to find in the practice lab, and questions to check yourself. "
    "The first answer to a question counts. Your progress stays on this machine, in your state folder."
)
_LIST_HELP = "A number opens a chapter, anew forgets all answers, b goes back."
_CHAPTER_HELP = "A number does what stands there, n goes on to the next chapter, b goes back to the chapters."


class PlainCourse:
    """Leads through the course."""

    def __init__(self, talk: Talk, keeper: CourseKeeper) -> None:
        """Prepare to teach.

        Args:
            talk: The dialogue.
            keeper: How far the user is.
        """
        self.talk, self.keeper = talk, keeper

    def run(self) -> str | None:
        """Teach until the user goes back; returns the practice scenario he wants opened, if any.

        Raises:
            InputEnded: Where nobody answers.
        """
        self.talk.say("")
        self.talk.tell(f"Course: {COURSE_TITLE}, {len(chapters())} chapters, {course_minutes()} minutes.")
        while True:
            self._tell_chapters()
            index = self._chapter_wanted()
            if index is None:
                return None
            while index is not None:
                scenario, index = self._teach(index)
                if scenario is not None:
                    return scenario

    def _tell_chapters(self) -> None:
        progress = self.keeper.progress
        for number, chapter in enumerate(chapters(), 1):
            answered = progress.answered(chapter)
            state = f", {progress.right(chapter)} of {len(chapter.questions)} right" if answered else ""
            self.talk.tell(f"{chapter.title}, {chapter.minutes} minutes{state}", "    ", f"{number}. ")
        answered = sum(progress.answered(each) for each in chapters())
        right, of = score(progress)
        if answered == of:
            self.talk.tell(f"You went through the whole course: {right} of {of} right.")
        elif answered:
            self.talk.tell(f"{right} right so far, {of - answered} of {of} questions to go.")

    def _chapter_wanted(self) -> int | None:
        while True:
            place = self.keeper.place()
            answer = self.talk.ask(
                f"Chapter, by number; Enter opens {place + 1}, {chapters()[place].title}; b goes back, ? helps:"
            ).lower()
            if not answer:
                return place
            if answer in LEAVE:
                return None
            if (chosen := number_of(answer, len(chapters()))) is not None:
                return chosen
            if answer == "anew":
                self.keeper.begin_anew()
                self.talk.tell("The course begins anew.")
            elif answer == "?":
                self.talk.tell(f"{_HELP} {_LIST_HELP}")
            else:
                self.talk.tell(f"{answer} was understood; expected a number from 1 to {len(chapters())}")

    def _teach(self, index: int) -> tuple[str | None, int | None]:
        """Teach a chapter; returns the scenario to open, or the chapter to go on with."""
        chapter = self.keeper.open(index)
        lessons = [lesson for key in chapter.lessons if (lesson := find_by_key(key)) is not None]
        self.talk.say("")
        self.talk.tell(
            f"Chapter {index + 1} of {len(chapters())}, {chapter.title}. Afterwards: {chapter.goal}"
        )
        following = index + 1 if index + 1 < len(chapters()) else None
        while True:
            rows = self._rows(chapter, lessons)
            for number, row in enumerate(rows, 1):
                self.talk.tell(row, "    ", f"{number}. ")
            done = self._ask_row(chapter, lessons)
            if done in (None, "n"):
                return None, (following if done == "n" else None)
            if done == len(lessons):
                self._practise(chapter)
                return chapter.practice.scenario, None
            if isinstance(done, int) and done < len(lessons):
                self.keeper.take(self.keeper.progress.with_reading(chapter))
                read_lesson(self.talk, lessons[done])
            elif self._answer(chapter):
                return None, following

    def _rows(self, chapter: Chapter, lessons: list[Lesson]) -> list[str]:
        progress = self.keeper.progress
        practice, of = chapter.practice, len(chapter.questions)
        practised = chapter.id in progress.practised
        found = f" Done; to be seen: {practice.found}" if practised else ""
        answered = progress.answered(chapter)
        state = f", {progress.right(chapter)} of {of} right so far" if answered else ""
        return [
            *(f"Read: {lesson.title}" for lesson in lessons),
            f"Practise in the lab, {practice.scenario}: {practice.task}{found}",
            f"Answer {of} questions{state}",
        ]

    def _ask_row(self, chapter: Chapter, lessons: list[Lesson]) -> int | str | None:
        progress, count = self.keeper.progress, len(lessons) + 2
        undone = len(lessons) if chapter.id not in progress.practised else len(lessons) + 1
        default = 0 if chapter.id not in progress.read else undone
        while True:
            answer = self.talk.ask(
                f"What to do, by number; Enter takes {default + 1}, n the next chapter, b goes back:"
            ).lower()
            if not answer:
                return default
            if answer in LEAVE:
                return None
            if answer in ("n", "next"):
                return "n"
            if (chosen := number_of(answer, count)) is not None:
                return chosen
            words = f"{answer} was understood; expected a number from 1 to {count}, n or b"
            self.talk.tell(_CHAPTER_HELP if answer == "?" else words)

    def _practise(self, chapter: Chapter) -> None:
        self.keeper.take(self.keeper.progress.with_practice(chapter))
        self.talk.tell("The word course comes back to the course from wherever you are.")

    def _answer(self, chapter: Chapter) -> bool:
        """Ask the questions; whether the user went through all of them."""
        for number, question in enumerate(chapter.questions, 1):
            self.talk.say("")
            self.talk.tell(f"Question {number} of {len(chapter.questions)}: {question.ask}")
            for place, answer in enumerate(question.answers, 1):
                self.talk.tell(answer.text, "    ", f"{place}. ")
            chosen = self._choice(len(question.answers))
            if chosen is None:
                return False
            self.keeper.take(self.keeper.progress.with_answer(chapter, question, chosen))
            self._judge(question, chosen)
        right = self.keeper.progress.right(chapter)
        self.talk.tell(f"{right} of {len(chapter.questions)} right in this chapter.")
        return True

    def _choice(self, count: int) -> int | None:
        while True:
            answer = self.talk.ask("Your answer, by number; b goes back:").lower()
            if answer in LEAVE:
                return None
            if (chosen := number_of(answer, count)) is not None:
                return chosen
            self.talk.tell(
                f"{answer or 'Nothing'} was understood; expected a number from 1 to {count}, or b"
                if answer != "?"
                else "The first answer to a question counts; a reason for every answer comes with it."
            )

    def _judge(self, question: Question, chosen: int) -> None:
        self.talk.tell("Right." if chosen == question.right else f"Not so: {question.right + 1} is right.")
        for place, answer in enumerate(question.answers, 1):
            word = "right" if answer.right else "wrong"
            self.talk.tell(f"{place} is {word}: {answer.why}")
        if not self.keeper.is_kept:
            self.talk.tell("The state folder cannot be written: this will be forgotten at the end.")
