"""The question of Fix and Prevent, and how far the marked remedy is: always in sight above the list."""

from textual.content import Content

from certwizard.wizard.pictures.canvas import clickable, line
from certwizard.wizard.remedy_words import ALL_DONE, DONE, PROVED, PROVED_SHORT
from certwizard.wizard.styles import GOOD, HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing

GAP = 3


class RepairProgress(Drawing):
    """One line: the question, and beside it how many steps are done."""

    def __init__(self, question: str) -> None:
        """Show a question.

        Args:
            question: Of the step.
        """
        super().__init__(lambda width: draw_progress(question, 0, 0, "", width), id="question")
        self.question = question

    def tell(self, done: int, steps: int, recheck: str) -> None:
        """Say how far the remedy is.

        Args:
            done: Steps that are ticked off.
            steps: All its steps.
            recheck: The key that looks again and proves it; empty where a look proves nothing.
        """
        self.show(lambda width: draw_progress(self.question, done, steps, recheck, width))


def draw_progress(question: str, done: int, steps: int, recheck: str, width: int) -> list[Content]:
    """Draw the question and how many steps are done; with all of them done, what proves it.

    Args:
        question: Of the step.
        done: Steps that are ticked off.
        steps: All of them; nothing is said where there are none.
        recheck: The key that looks again; empty where a look proves nothing.
        width: Cells there are.
    """
    asked = line((question, QUIET))
    if not steps:
        return [asked]
    if done < steps:
        said = line((f"{done} of {steps} {DONE}", f"bold {HERE}" if done else QUIET))
    else:
        words = _all_done(recheck, width - asked.cell_length - GAP)
        said = line((f"✔ {words}", f"bold {GOOD}"))
        said = clickable(said, "screen.recheck") if recheck else said
    return [line(asked, " " * GAP, said)]


def _all_done(recheck: str, room: int) -> str:
    """Return what is said with all steps done, in the words that there is room for."""
    told = [each.format(key=recheck) for each in (PROVED, PROVED_SHORT) if recheck]
    return next((each for each in told if len(each) + 2 <= room), ALL_DONE)
