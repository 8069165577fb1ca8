"""What was typed or pasted at the start: a target, a message that some client printed, or neither."""

import re
from typing import TYPE_CHECKING

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import TargetError
from certwizard.domain.target import Target, TargetKind
from certwizard.wizard.asking import understand
from certwizard.wizard.explaining import describe

if TYPE_CHECKING:
    from certwizard.explain.explanation import Explanation

_CODE = re.compile(
    r"(?:[A-Za-z]+::)?[A-Z0-9]*_[A-Z0-9_]+|-?\d{1,10}|0x[0-9A-Fa-f]{4,16}|[\w.$]+(?:Exception|Error)"
)
"""One word that is rather a code than a name: ``CERT_HAS_EXPIRED``, ``-9807``, ``0x800b0109``."""
_SHOWN = 160


def target_of(text: str) -> Target | TargetError:
    """Return the target that words name, or why they name none.

    Args:
        text: What was typed.
    """
    try:
        return understand(text)
    except TargetError as error:
        return error


def may_be_message(text: str) -> bool:
    """Whether the words can be something that a client printed; cheap, asked at every key.

    Args:
        text: What was typed or pasted, without blanks around it.
    """
    target = target_of(text)
    if isinstance(target, Target) and target.kind is TargetKind.FILES:
        return False
    if len(text.split(maxsplit=1)) > 1 or _CODE.fullmatch(text):
        return True
    return isinstance(target, Target) and _is_odd_name(target.host or "")


def hear(text: str) -> "Target | Explanation | TargetError":
    """Return what was typed, read with the whole catalogue of messages; for a thread, as a long text takes time.

    Args:
        text: What was typed or pasted, without blanks around it.
    """
    target = target_of(text)
    if not may_be_message(text):
        return target
    from certwizard.explain.engine import explain

    explanation = explain(text)
    if explanation.guesses or explanation.told_apart or explanation.matches:
        return explanation
    if isinstance(target, Target) and not _CODE.fullmatch(text):
        return target
    return target if isinstance(target, TargetError) and _is_a_slip(text) else explanation


def words_of(heard: "Target | Explanation | TargetError") -> str:
    """Say in a sentence or two what was understood, or what is expected.

    Args:
        heard: What was typed.
    """
    if isinstance(heard, Target):
        return describe(heard)
    if isinstance(heard, TargetError):
        return f"{heard.understood}; expected {heard.expected}"
    who = f"a message of {heard.client_title}" if heard.client_title else "a message"
    if heard.guesses:
        likely = ", ".join(guess.id.value for guess in heard.guesses[:3])
        return f"{who}; it can stand for {likely}{' and more' if len(heard.guesses) > 3 else ''}"
    if heard.told_apart:
        return f"{who}, but of no certificate fault: {clean(heard.hint, _SHOWN)}"
    return clean(heard.hint, _SHOWN)


def _is_odd_name(host: str) -> bool:
    """Whether a host's last label is no top-level domain that is known, so that it may be another word."""
    from certwizard.domain.suffixes import is_listed

    ending = host.rpartition(".")[2]
    return not (ending.isdigit() or ":" in host or is_listed(ending))


def _is_a_slip(text: str) -> bool:
    """Whether the words are a target with a mistake: a name and a port, or a URL with a blank in it."""
    words = text.split()
    return len(words) == 1 or "://" in words[0] or (len(words) == 2 and words[1].isdigit())
