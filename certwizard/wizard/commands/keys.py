"""Keys that the user chose in place of the wizard's own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from certwizard.wizard.commands.model import WizardCommand, key_name

Keys = Mapping[str, tuple[str, ...]]
"""Keys by the id of the command."""

_KEY = re.compile(r"(?:(?:ctrl|shift|alt)\+)*(?:[a-z][a-z0-9_]{0,40}|[A-Za-z0-9])")
_SIGNS = {
    "?": "question_mark", "/": "slash", "[": "left_square_bracket", "]": "right_square_bracket", ".": "full_stop",
    "-": "minus", "+": "plus", "!": "exclamation_mark", "<": "less_than_sign", ">": "greater_than_sign",
    ";": "semicolon", ":": "colon", "*": "asterisk", "=": "equals_sign", "_": "underscore", " ": "space",
    "esc": "escape", "return": "enter",
}  # fmt: skip
MOST_KEYS = 8
MOVING = frozenset({"up", "down", "j", "k", "pageup", "pagedown", "home", "end"})
"""Keys that move the cursor wherever there is one."""


def understood_keys(value: object) -> tuple[str, ...]:
    """Return Textual's names of keys; empty where a word names none.

    Args:
        value: ``"n"``, ``"n, ctrl+n"`` or a list of such words.
    """
    parts = value.split(",") if isinstance(value, str) and value != "," else value
    if not isinstance(parts, list) or not 0 < len(parts) <= MOST_KEYS:
        return ()
    words = [each.strip() or each for each in parts if isinstance(each, str)]
    found = [_SIGNS.get(word, word) for word in words]
    good = len(found) == len(parts) and all(_KEY.fullmatch(key) for key in found)
    return tuple(dict.fromkeys(found)) if good else ()


def keys_of(app: object) -> Keys:
    """Return the user's own keys, as the app knows them.

    Args:
        app: The running app.
    """
    own: Keys = getattr(app, "own_keys", {})
    return own


def live(command: WizardCommand, keys: Keys) -> WizardCommand:
    """Return a command with the keys it has now.

    Args:
        command: As defined.
        keys: The user's own.
    """
    own = keys.get(command.id)
    return replace(command, keys=own) if own else command


def live_key(app: object, command: WizardCommand) -> str:
    """Return the key of a command as it is now, in people's words.

    Args:
        app: The running app.
        command: As defined.
    """
    return live(command, keys_of(app)).shown_key


def told_apart(commands: Iterable[WizardCommand], keys: Keys) -> list[WizardCommand]:
    """Return commands with the keys they have now; of two with the same key, the first has it.

    Args:
        commands: Of a screen, its own before the general ones.
        keys: The user's own.
    """
    taken: set[str] = set()
    apart = []
    for command in (live(each, keys) for each in commands):
        apart.append(replace(command, keys=tuple(key for key in command.keys if key not in taken)))
        taken |= {*command.keys}
    return apart


def with_keys(words: str, commands: Iterable[WizardCommand], app: object) -> str:
    """Return a sentence with the keys of commands as they are now in place of their ids.

    Args:
        words: Such as ``{copy} copies the marked block.``
        commands: What it speaks of.
        app: The running app.
    """
    for command in commands:
        words = words.replace(f"{{{command.id}}}", live_key(app, command))
    return words


def without_clashes(keys: Keys, screens: Iterable[Sequence[WizardCommand]]) -> tuple[Keys, tuple[str, ...]]:
    """Return the keys that mean one thing on every screen, and one line for each that was left out.

    Args:
        keys: The user's own.
        screens: The commands of each screen.
    """
    groups = [tuple(group) for group in screens]
    taken: dict[str, tuple[str, ...]] = {}
    complaints: list[str] = []
    for name, own in keys.items():
        trial = {**keys, **{each: keys[each] for each in taken}, name: own}
        clash = next((found for group in groups if (found := _clash(name, trial, group))), None)
        if clash is None:
            taken[name] = own
        else:
            key, other = clash
            complaints.append(
                f"keys: {key_name(key)} would mean both {name} and {other}; {name} keeps its own"
            )
    return taken, tuple(complaints)


def _clash(name: str, keys: Keys, group: Sequence[WizardCommand]) -> tuple[str, str] | None:
    mapped = [live(command, keys) for command in group]
    mine = next((command for command in mapped if command.id == name), None)
    if mine is None:
        return None
    if moving := MOVING & {*mine.keys}:
        return min(moving), "moving"
    for other in mapped:
        if other.id != name:
            for key in mine.keys:
                if key in other.keys:
                    return key, other.id
    return None
