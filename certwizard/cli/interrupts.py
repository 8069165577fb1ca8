"""Ctrl-C that every waiting step of a probe hears at once."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from certwizard.probe.cancel import CancelToken


@contextlib.contextmanager
def cancelled_by_ctrl_c() -> Iterator[CancelToken]:
    """Give a token that Ctrl-C raises before it ends the program, and that leaving raises as well.

    A probe waits for threads of its own; without the token each would run to its timeout first.
    """
    token = CancelToken()

    def stop(signum: int, frame: FrameType | None) -> None:
        token.cancel()
        raise KeyboardInterrupt

    here = threading.current_thread() is threading.main_thread()
    # A program that ignores Ctrl-C (nohup) or handles it goes on doing so.
    ours = here and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, stop)
    try:
        yield token
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        token.cancel()
