"""Python's garbage collector looks through all objects now and then, which takes a tenth of a second and more.

So that no key has to wait for that, it is done while the user reads.
"""

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 1_000
"""Objects, rounds of the youngest, rounds of the middle: seldom enough that the whole is looked through when idle."""


def collect_seldom() -> None:
    """Let the collector look through everything seldom by itself; for the process that shows the wizard."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    gc.freeze()


def collect_now() -> None:
    """Look through everything now, and leave what is still in use alone from then on."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
