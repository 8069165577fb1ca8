"""Tells a paste from typing where the terminal does not: without bracketed paste it comes as keys, with Enters."""

HASTE = 0.01
"""Seconds after another key within which nobody presses Enter or Tab."""
QUIET = 0.12
"""Seconds without a key after which a paste is at its end."""
MOST = 4 << 20
"""Characters that are kept."""


class PasteByKeys:
    """Collects what follows an Enter that came too soon after a key to be typed."""

    def __init__(self) -> None:
        """Start with nothing collected."""
        self._last = float("-inf")
        self._after = ""

    @property
    def is_open(self) -> bool:
        """Whether an Enter waits for what follows it."""
        return bool(self._after)

    def take(self, character: str, at: float) -> bool:
        r"""Take a key; False: it was typed, and means what it always means.

        Args:
            character: What it writes; ``\n`` for Enter.
            at: When it came, in seconds.
        """
        soon = at - self._last <= (QUIET if self.is_open else HASTE)
        self._last = at
        if not soon or not (self.is_open or character == "\n"):
            return False
        if len(self._after) < MOST:
            self._after += character
        return True

    def end(self) -> str:
        """Return what was collected, from its first Enter on, and begin anew."""
        after, self._after = self._after, ""
        return after
