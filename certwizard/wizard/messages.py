"""What screens ask for and what the worker reports."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Progress
from certwizard.domain.target import Target
from certwizard.domain.vocabulary import Role

if TYPE_CHECKING:
    from certwizard.explain.explanation import Explanation
    from certwizard.wizard.case import Case


@dataclass
class StepRequested(Message):
    """The user wants a certain step."""

    step_id: str


@dataclass
class StepAwaited(Message):
    """The user wants a certain step as soon as all is judged."""

    step_id: str


@dataclass
class PasswordWanted(Message):
    """The probe met a file that needs a password, and waits for it in its thread."""

    run: int
    path: str
    answer: Callable[[str | None], None]


@dataclass
class StepTurned(Message):
    """The user wants the next step, or the one before."""

    distance: int


@dataclass
class TargetChosen(Message):
    """The user wants this target diagnosed."""

    target: Target
    options: ProbeOptions | None = None
    """None: the options the program was started with."""
    explanation: "Explanation | None" = None
    """The message that led here, to say whether the diagnosis bears it out."""


@dataclass
class MessageHeard(Message):
    """The user pasted a message that some client printed."""

    explanation: "Explanation"


@dataclass
class ScenarioChosen(Message):
    """The user wants to practise on this scenario of the lab."""

    scenario_id: str


class PracticeRequested(Message):
    """The user wants the list of practice scenarios."""


class FilesRequested(Message):
    """The user wants to find a file."""


class StartRequested(Message):
    """The user wants to name another target."""


class RecheckRequested(Message):
    """The user wants the same target looked at again."""


class OptionsRequested(Message):
    """The user wants the same target looked at with other options."""


@dataclass
class LookBegan(Message):
    """It is known what is looked at and how."""

    run: int
    target: Target
    options: ProbeOptions


@dataclass
class CommandKnown(Message):
    """For the probe's screen: the command that does the same."""

    text: str


class StopRequested(Message):
    """The user does not want to wait for the probe."""


class ProbeStopped(Message):
    """For the probe's screen: the probe was stopped, and there is no case to go back to."""


class ProbeCancelled(Message):
    """The user wants to go back to the case there was, or to the beginning."""


@dataclass
class ProbeReported(Message):
    """The probe got one step further."""

    run: int
    """Number of the probe run, so that a late report of a cancelled one is known as such."""
    progress: Progress


@dataclass
class CaseOpened(Message):
    """The target has been probed and judged."""

    run: int
    """Number of the probe run, so that a late report of a cancelled one is known as such."""
    case: "Case"


@dataclass
class RoleTurned(Message):
    """The user is somebody else."""

    role: Role | None = None
    """None: the next role."""


@dataclass
class ProgressMade(Message):
    """For the probe's screen: it got one step further."""

    progress: Progress


@dataclass
class ProbeBroke(Message):
    """For the probe's screen: the program itself failed."""

    error: BaseException
