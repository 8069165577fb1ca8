"""Two certificates compared: what differs is marked, what is the same is dimmed."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from certwizard.wizard.at_hand import AtHand, at_hand, pair_for
from certwizard.wizard.case import Case
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.comparing import ComparedField, compared, outcome_words
from certwizard.wizard.copying import copy
from certwizard.wizard.pictures.canvas import line
from certwizard.wizard.pictures.comparison import LEGEND, draw_comparison, draw_pair
from certwizard.wizard.plain_comparison import comparison_text
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.styles import QUIET
from certwizard.wizard.viewing import anatomy_of
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.header import Header
from certwizard.wizard.widgets.standing import standing_of

ONE = "There is only one certificate here, and nothing to compare it with."
NONE = "No certificate was received."


class ComparisonScreen(FrameScreen):
    """Shows two certificates field by field."""

    question = "What differs between these two certificates?"
    explanation = (
        "What differs is marked, what is the same is dimmed. {other-a} and {other-b} take other certificates of "
        "this case: sent, from a store, of another address, on this disk, of the look before."
    )
    commands = (*keys.COMPARISON, *keys.GENERAL)
    footer = (
        keys.CLOSE_COMPARISON, keys.OTHER_FIRST, keys.OTHER_SECOND, keys.SWAP, keys.DIFFERENCES, keys.COPY, keys.HELP,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.COMPARISON)

    def __init__(self, case: Case, hand: tuple[AtHand, ...], pair: tuple[int, int]) -> None:
        """Compare two certificates of a case.

        Args:
            case: What was diagnosed.
            hand: The certificates to choose from, at least two.
            pair: Which two first.
        """
        super().__init__()
        self.case, self.hand = case, hand
        self.pair = list(pair)
        self.only = False
        self.fields = self._compared()

    def _compared(self) -> tuple[ComparedField, ...]:
        now = self.case.diagnosis.judged_at
        first, second = (anatomy_of(self.hand[place].certificate, now) for place in self.pair)
        return compared(first, second)

    def header(self) -> Header:
        """Return the target and its standing."""
        return Header(self.case.title or self.case.target.display_name, standing_of(self.case.diagnosis))

    def body(self) -> Iterable[Widget]:
        """Return which two, what comes of it, and the fields."""
        yield Drawing(self._titles, id="compared")
        yield VerticalScroll(Drawing(self._rows), id="body")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one("#body").focus()

    def _titles(self, width: int) -> list[Content]:
        rows = [line((outcome_words(self.fields), "bold"), (f"   {LEGEND}", QUIET))]
        if rows[0].cell_length > width:
            rows = [line((outcome_words(self.fields), "bold")), line((LEGEND, QUIET))]
        two = [self.hand[place] for place in self.pair]
        return [*rows, *draw_pair([(each.title, each.certificate.subject.short) for each in two], width)]

    def _rows(self, width: int) -> list[Content]:
        return draw_comparison(self.fields, width, only=self.only)

    def _redraw(self) -> None:
        self.fields = self._compared()
        for drawing in self.query(Drawing):
            drawing.redraw()
        self.query_one("#body").scroll_home(animate=False)

    def action_other(self, index: int) -> None:
        """Take the next certificate; never the same one on both sides where there is another.

        Args:
            index: 0 for A, 1 for B.
        """
        beside = self.pair[1 - index]
        place = (self.pair[index] + 1) % len(self.hand)
        self.pair[index] = (place + 1) % len(self.hand) if place == beside else place
        self._redraw()

    def action_swap(self) -> None:
        """Swap the two."""
        self.pair.reverse()
        self._redraw()

    def action_differences(self) -> None:
        """Show only what differs, or everything."""
        self.only = not self.only
        self._redraw()

    def action_copy(self) -> None:
        """Copy what differs as text."""
        titles = [f"{self.hand[place].title}, {self.hand[place].certificate.sha256}" for place in self.pair]
        copy(self.app, comparison_text(self.fields, titles), "what differs")

    def action_leave(self) -> None:
        """Go back to where the comparison was opened."""
        self.dismiss()


def open_comparison(app: App[Any], case: Case, sha256: str = "") -> None:
    """Open the comparison, where there are two certificates.

    Args:
        app: The running wizard.
        case: What was diagnosed.
        sha256: The fingerprint of the certificate that is looked at; empty for the leaf.
    """
    hand = at_hand(case)
    if len(hand) < 2:
        app.notify(ONE if hand else NONE, markup=False)
        return
    app.push_screen(ComparisonScreen(case, hand, pair_for(hand, sha256)))
