"""The part of the app that looks: it runs the probe in a thread and shows how far it is."""

from textual import on, work
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from certwizard.wizard import messages
from certwizard.wizard.appearance import StyledApp
from certwizard.wizard.case import Case
from certwizard.wizard.examination import Examination
from certwizard.wizard.opening import probe_screen
from certwizard.wizard.subject import Subject


class LookingApp(StyledApp):
    """An app that looks at one subject at a time without ever waiting for it."""

    examination: Examination

    async def show(self, screen: Screen[None], keep: bool = False) -> None:
        """Show a screen in place of the one there is.

        Args:
            screen: The screen.
            keep: Whether it will be shown again, as it is now.
        """
        if screen is self.screen:
            return
        if keep and not self.is_screen_installed(screen):
            self.install_screen(screen, f"kept-{id(screen)}")
        while len(self.screen_stack) > FIRST_AND_SHOWN:
            await self.pop_screen()
        if len(self.screen_stack) < FIRST_AND_SHOWN:
            await self.push_screen(screen)
        else:
            await self.switch_screen(screen)

    def on_unmount(self) -> None:
        """Stop the probe, so that leaving never waits for a silent server."""
        self.examination.stop()

    @work(thread=True, exclusive=True, exit_on_error=False, group="probe")
    def examine(self, run: int, before: Case | None) -> None:
        """Probe and judge in a thread.

        Args:
            run: Number of the look.
            before: The case before, for what changed.
        """
        self.examination.perform(run, before, self.post_message)

    async def look_at(self, subject: Subject, before: Case | None = None) -> None:
        """Show the live probe and begin.

        Args:
            subject: What to look at.
            before: The case before, for what changed.
        """
        run = self.examination.begin(subject)
        await self.show(probe_screen(subject))
        self.examine(run, before)

    @on(messages.ProbeReported)
    def show_progress(self, message: messages.ProbeReported) -> None:
        """Show how far the probe is, if it is the one waited for."""
        if message.run == self.examination.run:
            self.screen.post_message(messages.ProgressMade(message.progress))

    @on(messages.PasswordWanted)
    def ask_password(self, message: messages.PasswordWanted) -> None:
        """Ask for a password that the probe waits for."""
        from certwizard.wizard.screens.password import PasswordScreen

        if message.run == self.examination.run:
            self.push_screen(PasswordScreen(message.path), message.answer)

    @on(Worker.StateChanged)
    def show_breakdown(self, event: Worker.StateChanged) -> None:
        """Say so where the program itself failed in the thread."""
        if (
            event.state is WorkerState.ERROR
            and event.worker.group == "probe"
            and event.worker.error is not None
        ):
            self.screen.post_message(messages.ProbeBroke(event.worker.error))


FIRST_AND_SHOWN = 2
"""Textual's own first screen, and the one that is shown."""
