"""The end of a wizard that another program tells to end: in good order, the terminal left as it was found."""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
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
def ended_by_signals(end: Ends, tidy: Callable[[], object]) -> Iterator[None]:
    """End an app in good order where the program is told to end, so that the terminal is left as it was found.

    Where that does not come about within some seconds, the program ends at once: the interface may wait for a
    terminal that is gone. A signal that comes again changes nothing: where a terminal is closed, the kernel sends
    one and the shell another.

    Args:
        end: Ends the app, from within its loop.
        tidy: Removes what must not be left behind, where the app cannot; called from a thread.
    """

    def stop(signum: int, frame: FrameType | None) -> None:
        for number in ours:
            signal.signal(number, signal.SIG_IGN)
        code = KILLED + signum
        _part_from_lost(terminals)
        _later(PATIENCE, lambda: _end_at_once(tidy, code))
        _later(2 * PATIENCE, lambda: os._exit(code))
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # not begun, or over already
            raise SystemExit(code) from None
        loop.call_soon_threadsafe(lambda: end(return_code=code))

    terminals = tuple(number for number in STREAMS if os.isatty(number))
    # A program that ignores a signal (nohup) goes on doing so.
    ours = [number for number in ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in ours:
            if (
                signal.getsignal(number) is stop
            ):  # else it ends, and what is left to tidy must not be cut short
                signal.signal(number, signal.SIG_DFL)


def _later(seconds: float, work: Callable[[], object]) -> None:
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()


def _end_at_once(tidy: Callable[[], object], code: int) -> None:
    try:
        tidy()
    finally:
        os._exit(code)


def _part_from_lost(terminals: Iterable[int]) -> None:
    """Let what is still written to a terminal that was closed go nowhere: an error there would stop the end.

    Args:
        terminals: The streams that were one.
    """
    for stream in terminals:
        if not os.isatty(stream):
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, stream)
            os.close(nowhere)


ENDING = tuple(signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if name in signal.Signals.__members__)
STREAMS = (0, 1, 2)
PATIENCE = 5.0
"""Seconds that an end in good order may take."""
KILLED = 128
"""What shells add to a signal's number for the exit code."""
