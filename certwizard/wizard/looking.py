"""The part of the app that looks: it runs the probe in a thread and shows how far it is."""

from textual import on, work
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target
from certwizard.wizard import messages
from certwizard.wizard.appearance import StyledApp
from certwizard.wizard.case import Case
from certwizard.wizard.examination import Examination
from certwizard.wizard.opening import probe_screen
from certwizard.wizard.subject import PRACTICE, Subject


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

    @on(messages.LookBegan)
    def tell_command(self, message: messages.LookBegan) -> None:
        """Show the command that does the same, while the probe runs."""
        from certwizard.remedies.shells import say
        from certwizard.wizard.same_command import command_line

        if message.run == self.examination.run:
            text, _ = say(command_line(message.target, message.options), "any")
            self.screen.post_message(messages.CommandKnown(text))

    @on(messages.OptionsRequested)
    def ask_for_options(self) -> None:
        """Ask for other options; a look that is under way ends."""
        from certwizard.wizard.screens.retry import RetryScreen

        self.examination.stop()
        if self.examination.asked is None:
            self.notify("It is not known yet what is looked at.", markup=False)
        else:
            self.push_screen(RetryScreen(*self.examination.asked), self.look_with_options)

    async def look_with_options(self, asked: tuple[Target, ProbeOptions] | None) -> None:
        """Look at the target with other options.

        Args:
            asked: The target and the options; None changes nothing.
        """
        before = self.examination.subject
        if asked is None:
            self.screen.post_message(messages.ProbeStopped())
        else:
            target, options = asked
            same = before is not None and before.title.startswith(PRACTICE)
            title = before.title if before is not None and same else target.display_name
            await self.look_at(Subject(title, lambda: (target, options)))

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
