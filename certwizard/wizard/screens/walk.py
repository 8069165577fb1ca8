"""What every screen of the walk can do: go on, go back, jump, look again."""

from textual.content import Content

from certwizard.wizard.case import Case
from certwizard.wizard.messages import (
    OptionsRequested,
    RecheckRequested,
    RoleTurned,
    StartRequested,
    StepRequested,
    StepTurned,
)
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.steps import WizardStep
from certwizard.wizard.widgets.header import Header
from certwizard.wizard.widgets.rail import Rail, statuses_of
from certwizard.wizard.widgets.standing import standing_of


class WalkScreen(FrameScreen):
    """A step of the walk through one case; it asks for its neighbours without knowing them."""

    def __init__(self, case: Case, step: WizardStep) -> None:
        """Show one step of a case.

        Args:
            case: The diagnosed target.
            step: The step to show.
        """
        super().__init__()
        self.case = case
        self.step = step

    def header(self) -> Header:
        """Return the target and its standing."""
        return Header(self.case.title or self.case.target.display_name, self.standing())

    def standing(self) -> Content:
        """Return how many problems there are."""
        return standing_of(self.case.diagnosis)

    def rail(self) -> Rail:
        """Return the rail with this step marked."""
        return Rail(self.step.id, statuses_of(self.case.diagnosis))

    def help_title(self) -> str:
        """Return the question of the step."""
        return self.step.question

    def help_words(self) -> str:
        """Return what the step is for, and what its keys do."""
        return f"{self.step.explanation} {self.explanation}".strip()

    def focus_body(self) -> None:
        """Let the arrows scroll the body, where nothing in it takes them."""
        for body in self.query("#body"):
            body.can_focus = True
            body.focus(scroll_visible=False)

    def action_turn(self, distance: int) -> None:
        """Ask for the step before or after.

        Args:
            distance: 1 or -1.
        """
        self.post_message(StepTurned(distance))

    def action_go(self, step_id: str) -> None:
        """Ask for a certain step.

        Args:
            step_id: Id of the step.
        """
        self.post_message(StepRequested(step_id))

    def action_recheck(self) -> None:
        """Ask for a second look at the same target."""
        self.post_message(RecheckRequested())

    def action_view(self) -> None:
        """Open the certificate viewer, where a certificate was seen."""
        from certwizard.wizard.screens.viewer import ViewerScreen

        if self.case.diagnosis.sent:
            self.app.push_screen(ViewerScreen(self.case))
        else:
            self.app.notify("No certificate was received.", markup=False)

    def action_compare(self) -> None:
        """Compare two certificates, the one before and the one now where it was replaced."""
        from certwizard.wizard.screens.comparison import open_comparison

        open_comparison(self.app, self.case)

    def action_options(self) -> None:
        """Ask for a look with other options."""
        self.post_message(OptionsRequested())

    def action_new_target(self) -> None:
        """Ask for the start screen."""
        self.post_message(StartRequested())

    def action_role(self) -> None:
        """Ask to change who the user is."""
        self.post_message(RoleTurned())
