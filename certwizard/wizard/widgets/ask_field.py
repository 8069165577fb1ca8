"""The field that takes everything: a name, a path, or a pasted message of any length."""

from textual import events
from textual.timer import Timer
from textual.widgets import Input

from certwizard.domain.cleantext import clean
from certwizard.wizard.paste_by_keys import QUIET, PasteByKeys

_ONE_LINE = 2_000
"""A longer line is kept beside the field, as several lines are."""
_SHOWN = 120
WRITTEN = {"enter": "\n", "ctrl+j": "\n", "tab": "\t"}
"""What keys write that are characters of a paste as well."""


class AskField(Input):
    """One line to type in; of a paste with several lines it shows the first and keeps them all."""

    def __init__(self, text: str = "") -> None:
        """Start empty, or with words.

        Args:
            text: What stands in it already.
        """
        super().__init__(placeholder="mail.example.com:993", id="target")
        self._shown, self._kept = "", ""
        self._by_keys = PasteByKeys()
        self._pause: Timer | None = None
        if text:
            self.take(text)

    @property
    def whole(self) -> str:
        """All that was typed or pasted, without blanks around it."""
        return (self._kept if self._is_kept else self.value).strip()

    @property
    def _is_kept(self) -> bool:
        """Whether what is shown stands for a paste that is kept beside it."""
        return bool(self._shown) and self.value == self._shown

    def take(self, text: str) -> None:
        """Take a paste: one line at the cursor; several in place of what is shown, after what was there.

        Args:
            text: What was pasted.
        """
        from certwizard.explain.undressing import LONGEST

        text = text[: LONGEST + 1].replace("\r\n", "\n").replace("\r", "\n")  # terminals paste lines with CR
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) <= 1 and len(text) <= _ONE_LINE and not self._is_kept:
            self.replace(_printable(lines[0] if lines else ""), *self.selection)
            return
        self._keep(text)

    def _keep(self, text: str) -> None:
        """Keep several lines in place of what is shown, after what was there."""
        from certwizard.explain.undressing import LONGEST

        before = "" if len(self.selected_text) == len(self.value) else self.whole
        self._kept = f"{before}\n{text}".strip()[: LONGEST + 1]
        count = self._kept.count("\n") + 1
        first = clean(self._kept.lstrip()[: 4 * _SHOWN].splitlines()[0], _SHOWN)
        self._shown = f"{count} {'line' if count == 1 else 'lines'}: {first} …"
        self.value = self._shown
        self.cursor_position = 0

    async def on_key(self, event: events.Key) -> None:
        """Take an Enter, and what follows it, as part of a paste where it came faster than anybody types.

        Args:
            event: The key.
        """
        character = WRITTEN.get(event.key) or (event.character if event.is_printable else None)
        if character is None:
            return
        if self._by_keys.take(character, event.time):
            event.prevent_default()
            event.stop()
            if self._pause is not None:
                self._pause.stop()
            self._pause = self.set_timer(QUIET, self.end_paste)
        elif self._by_keys.is_open:
            await self.end_paste()

    async def end_paste(self) -> None:
        """Take what came as keys as the paste it was; an Enter that nothing followed is one."""
        after = self._by_keys.end()
        if after.strip():
            self._keep(after.strip("\n"))
        elif after:
            await self.action_submit()

    def on_paste(self, event: events.Paste) -> None:
        """Take the whole paste; Textual's own field would keep its first line alone.

        Args:
            event: The paste.
        """
        event.prevent_default()
        event.stop()
        self.take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied in the wizard."""
        self.take(self.app.clipboard)


def _printable(text: str) -> str:
    """Return a line without characters that would move the cursor or hide others."""
    return "".join(char for char in text.replace("\t", " ") if char.isprintable())
