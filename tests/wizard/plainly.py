"""Holds the wizard's dialogue with answers written beforehand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from certwizard.domain.options import ProbeOptions
from certwizard.probe.cancel import CancelToken
from certwizard.reports.paper import Paper
from certwizard.wizard.plain.session import PlainWizard
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.subject import Subject, subject_of
from tests.wizard import canned
from tests.wizard.driving import known, seen


@contextmanager
def no_guard() -> Iterator[CancelToken]:
    """A token that nothing raises."""
    yield CancelToken()


class Dialogue:
    """What was said, and the wizard that said it."""

    def __init__(
        self, *answers: str, width: int = 76, options: ProbeOptions | None = None, **more: Any
    ) -> None:
        """Prepare a dialogue.

        Args:
            answers: One line each; then the input ends.
            width: Columns.
            options: How to probe.
            more: For the wizard.
        """
        self.said: list[str] = []
        waiting = [f"{answer}\n" for answer in answers]

        def read(limit: int) -> str:
            return waiting.pop(0) if waiting else ""

        talk = Talk(self.said.append, read, Paper(width=width), echo=True)
        self.wizard = PlainWizard(talk, options or ProbeOptions(), no_guard, **more)

    def run(self, subject: Subject | None = None) -> str:
        """Hold it to its end, and return all that was said."""
        self.wizard.run(subject)
        return "".join(self.said)


def on_canned_case(*answers: str, folder: Path | None = None, width: int = 76, **more: Any) -> str:
    """Return what is said on the canned case, from its root cause on."""
    more = {"observe": seen, "judge": known, **more}
    if folder is not None:
        more["folder"] = lambda: folder
    dialogue = Dialogue(*answers, width=width, **more)
    return dialogue.run(subject_of(canned.TARGET, ProbeOptions()))


def flat(text: str) -> str:
    """A text with every run of white space as one blank, so that line ends do not matter."""
    return " ".join(text.split())
