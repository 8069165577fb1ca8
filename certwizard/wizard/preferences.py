"""What the user chose: the theme, remembered by the wizard, and the keys, written by hand."""

import os
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from certwizard.domain.cleantext import clean
from certwizard.wizard.folders import own_folder, read_small, write_small
from certwizard.wizard.themes import DARK

CONFIG = "config.toml"
THEME = "theme"


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The keys of the user, and what could not be taken."""

    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the id of the command."""
    complaints: tuple[str, ...] = ()
    """One line each."""


def first_theme(available: Collection[str]) -> str | None:
    """Return the theme to begin with: that of the environment, else the one remembered; None where neither is.

    NO_COLOR wins: no theme of colours is taken then.

    Args:
        available: Names of the themes there are.
    """
    if "NO_COLOR" in os.environ:
        return DARK.name
    wanted = os.environ.get("TEXTUAL_THEME", "")
    return wanted if wanted in available else remembered_theme(available)


def remembered_theme(available: Collection[str]) -> str | None:
    """Return the theme that was chosen last, or None.

    Args:
        available: Names of the themes there are.
    """
    folder = own_folder("XDG_STATE_HOME")
    text = read_small(folder / THEME) if folder else None
    name = (text or "").strip()
    return name if name in available else None


def remember_theme(name: str) -> None:
    """Remember a theme, where it can be.

    Args:
        name: Of the theme.
    """
    folder = own_folder("XDG_STATE_HOME")
    if folder is not None:
        write_small(folder / THEME, f"{name}\n")


def read_keys(known: Mapping[str, tuple[str, ...]]) -> OwnKeys:
    """Return the keys of the table ``[keys]`` in config.toml.

    Args:
        known: The keys of each command that can be changed, by its id.
    """
    folder = own_folder("XDG_CONFIG_HOME")
    text = read_small(folder / CONFIG) if folder else None
    if text is None:
        there = folder is not None and os.path.lexists(folder / CONFIG)
        return OwnKeys(complaints=(f"{CONFIG} cannot be read; expected a small text file",) if there else ())
    try:
        table = tomllib.loads(text).get("keys", {})
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return OwnKeys(complaints=(clean(f"{CONFIG} is no TOML: {error}", 200),))
    if not isinstance(table, dict):
        return OwnKeys(complaints=(f"{CONFIG}: keys is no table; expected [keys]",))
    return _own_keys(table, known)


def _own_keys(table: Mapping[str, object], known: Mapping[str, tuple[str, ...]]) -> OwnKeys:
    from certwizard.wizard.commands.keys import understood_keys

    keys: dict[str, tuple[str, ...]] = {}
    complaints: list[str] = []
    for name, value in table.items():
        found = understood_keys(value)
        if name not in known:
            complaints.append(
                clean(f"{CONFIG}: there is no command {name}; expected one of {_some(known)}", 200)
            )
        elif not found:
            complaints.append(
                clean(f"{CONFIG}: {name} = {value!r} names no key; expected one like n or ctrl+n", 200)
            )
        else:
            keys[name] = found
    return OwnKeys(keys, tuple(complaints))


def _some(known: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(list(known)[:6]) + " ..."
