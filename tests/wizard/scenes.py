"""Every screen of the wizard on the canned case: how it is come to, with nothing on it that moves."""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from certwizard.domain.progress import Phase, PhaseState, Progress
from certwizard.domain.target import Target
from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.explain.explanation import Explanation, Guess, Recognised
from certwizard.lab.scenario import Scenario
from certwizard.wizard.messages import CommandKnown, ProbeStopped, ProgressMade
from certwizard.wizard.recent import Recent, recent_targets
from certwizard.wizard.screens.certificate import CertificateScreen
from certwizard.wizard.screens.chapter import ChapterScreen
from certwizard.wizard.screens.comparison import ComparisonScreen
from certwizard.wizard.screens.connection import ConnectionScreen
from certwizard.wizard.screens.course import CourseScreen
from certwizard.wizard.screens.dates import DatesScreen
from certwizard.wizard.screens.explanation import ExplanationScreen
from certwizard.wizard.screens.files import FilesScreen
from certwizard.wizard.screens.fix import FixScreen
from certwizard.wizard.screens.installation import InstallationScreen
from certwizard.wizard.screens.lesson import LessonScreen
from certwizard.wizard.screens.lessons import LessonsScreen
from certwizard.wizard.screens.name import NameScreen
from certwizard.wizard.screens.pages import PagesScreen
from certwizard.wizard.screens.password import PasswordScreen
from certwizard.wizard.screens.policy import PolicyScreen
from certwizard.wizard.screens.practice import PracticeScreen
from certwizard.wizard.screens.prevent import PreventScreen
from certwizard.wizard.screens.probe import ProbeScreen
from certwizard.wizard.screens.questions import QuestionsScreen
from certwizard.wizard.screens.retry import RetryScreen
from certwizard.wizard.screens.revocation import RevocationScreen
from certwizard.wizard.screens.save_report import SaveReportScreen
from certwizard.wizard.screens.start import StartScreen
from certwizard.wizard.screens.trust import TrustScreen
from certwizard.wizard.screens.verdict import VerdictScreen
from certwizard.wizard.screens.viewer import ViewerScreen
from tests.wizard import canned
from tests.wizard.driving import settle

Prepare = Callable[[Pilot[None]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen, and the way to it."""

    name: str
    screen: type[Screen[Any]]
    keys: str = ""
    target: Target | None = canned.TARGET
    prepare: Prepare | None = None
    """What comes before the keys."""
    recent: bool = False
    """Whether targets were looked at before."""


async def explained(pilot: Pilot[None]) -> None:
    """Show a message by hand: what the catalogue says of one may change."""
    await settle(pilot)
    guesses = (
        Guess(
            CauseId.MISSING_INTERMEDIATE, "curl fetches none.", "Does the server send every link?", "trust"
        ),
        Guess(CauseId.UNTRUSTED_ROOT, "A private CA is not in its store.", "Which root is it?", "trust"),
    )
    said = Recognised("curl", "curl", "60", "SSL certificate problem: unable to get local issuer", True)
    silent = ("It does not say which of these it is.",)
    heard = Explanation("curl", "curl", (said,), guesses, "curl found no way to a CA it trusts.", silent)
    await pilot.app.push_screen(ExplanationScreen(replace(heard, target=canned.TARGET)))
    await settle(pilot)


async def halfway(pilot: Pilot[None]) -> None:
    """Show a probe whose handshake goes on."""
    await settle(pilot)
    screen = ProbeScreen(canned.TARGET.display_name)
    await pilot.app.push_screen(screen)
    for progress in (
        Progress(Phase.RESOLVE, PhaseState.DONE, "2 addresses", 14),
        Progress(Phase.CONNECT, PhaseState.RUNNING, "192.0.2.10 connected", 21),
        Progress(Phase.CONNECT, PhaseState.DONE, "2001:db8::10 refused", 23),
        Progress(Phase.HANDSHAKE, PhaseState.RUNNING, "waiting for the server's certificates"),
    ):
        screen.post_message(ProgressMade(progress))
    await pilot.pause()


async def stopped(pilot: Pilot[None]) -> None:
    """Show a probe that somebody stopped."""
    await halfway(pilot)
    pilot.app.screen.post_message(CommandKnown("certwizard check shop.eu.example.com"))
    pilot.app.screen.post_message(ProbeStopped())
    await settle(pilot)


async def locked(pilot: Pilot[None]) -> None:
    """Ask for the password of a file."""
    await pilot.app.push_screen(PasswordScreen("server.p12"))


def remember() -> None:
    """Put some recent targets into the file."""
    kept, now = recent_targets(os.environ), datetime.now(UTC)
    for hours, name, verdict in (
        (75, "smtp://intranet.example", Verdict.UNDETERMINED),
        (30, "mail.example.com:993", Verdict.ACCEPTED),
        (3, "shop.example.com", Verdict.REJECTED),
    ):
        kept.add(Recent(name, verdict, now - timedelta(hours=hours, minutes=30)))


def faults(count: int) -> tuple[Scenario, ...]:
    """Return a practice lab that does not grow."""
    return tuple(
        Scenario(
            f"fault-{number}", f"what people see of fault {number}", "", Verdict.REJECTED, None, frozenset()
        )
        for number in range(1, count + 1)
    )


SCENES = (
    Scene("start", StartScreen, target=None),
    Scene("start-with-recent-targets", StartScreen, target=None, recent=True),
    Scene("explanation", ExplanationScreen, target=None, prepare=explained),
    Scene("file-picker", FilesScreen, "f5", target=None),
    Scene("practice-list", PracticeScreen, "f2", target=None),
    Scene("password", PasswordScreen, target=None, prepare=locked),
    Scene("live-probe", ProbeScreen, prepare=halfway),
    Scene("stopped-probe", ProbeScreen, prepare=stopped),
    Scene("options", RetryScreen, "e"),
    Scene("step-connection", ConnectionScreen, "1"),
    Scene("step-certificate", CertificateScreen, "2"),
    Scene("step-dates", DatesScreen, "3"),
    Scene("step-name", NameScreen, "4"),
    Scene("step-trust", TrustScreen, "5"),
    Scene("step-installation", InstallationScreen, "6"),
    Scene("step-revocation", RevocationScreen, "7"),
    Scene("step-policy", PolicyScreen, "8"),
    Scene("verdict-server-owner", VerdictScreen, "g"),
    Scene("verdict-client-developer", VerdictScreen, "g o"),
    Scene("verdict-visitor", VerdictScreen, "g o o"),
    Scene("fix", FixScreen, "x"),
    Scene("fix-with-a-step-ticked", FixScreen, "x space"),
    Scene("prevent", PreventScreen, "p"),
    Scene("save-form", SaveReportScreen, "g d"),
    Scene("viewer", ViewerScreen, "c"),
    Scene("comparison", ComparisonScreen, "c equals_sign"),
    Scene("raw-values", PagesScreen, "3 v"),
    Scene("help", PagesScreen, "3 question_mark"),
    Scene("lesson", LessonScreen, "3 enter"),
    Scene("lessons", LessonsScreen, "L"),
    Scene("course", CourseScreen, "C"),
    Scene("chapter", ChapterScreen, "C enter"),
    Scene("question", QuestionsScreen, "C enter end enter 1"),
)
