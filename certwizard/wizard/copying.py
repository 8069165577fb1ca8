"""Copying text: to the terminal's clipboard and to the machine's, honest about what is known of either."""

import threading
from typing import Any

from textual.app import App

from certwizard.wizard.clipboard import machine_took


def copy(app: App[Any], text: str, what: str) -> None:
    """Copy a text both ways and say how it went.

    The terminal's clipboard (OSC 52) reaches through ssh and tmux but never answers; the machine's own
    answers, but may start a program and wait for it, so it is asked in a thread.

    Args:
        app: The running wizard.
        text: What to copy.
        what: What it is, in a few words, for the notice.
    """
    app.copy_to_clipboard(text)
    threading.Thread(target=_copy_here, args=(app, text, what), daemon=True).start()


def _copy_here(app: App[Any], text: str, what: str) -> None:
    """Copy to this machine's clipboard and tell the user what is known."""
    notice = COPIED if machine_took(text) else SENT
    app.call_later(app.notify, notice.format(what=what), markup=False, timeout=4)


COPIED = "Copied: {what}"
SENT = "Sent to the terminal's clipboard: {what}. Whether it arrived the terminal does not say."
