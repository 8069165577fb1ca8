"""The end of a wizard that another program tells to end: in good order, the terminal left as it was found."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Protocol


class Ends(Protocol):
    """What ends a running app, and takes the program's exit code."""

    def __call__(self, *, return_code: int) -> None:
        """End it.

        Args:
            return_code: What the program will end with.
        """


@contextlib.contextmanager
def ended_by_signals(end: Ends) -> Iterator[None]:
    """End an app in good order where the program is told to end, so that the terminal is left as it was found.

    A second signal ends the program at once, should the first find it stuck.

    Args:
        end: Ends the app, from within its loop.
    """

    def stop(signum: int, frame: FrameType | None) -> None:
        signal.signal(signum, signal.SIG_DFL)
        code = KILLED + signum
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # not begun, or over already
            raise SystemExit(code) from None
        loop.call_soon_threadsafe(lambda: end(return_code=code))

    # A program that ignores a signal (nohup) goes on doing so.
    ours = [number for number in ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


ENDING = tuple(signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if name in signal.Signals.__members__)
KILLED = 128
"""What shells add to a signal's number for the exit code."""
