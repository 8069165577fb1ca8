"""What stands in a folder: its folders and those files that can hold certificates or keys.

Names are hostile and come cleaned; the path beside each is what the system knows it by.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime

from certwizard.domain.cleantext import clean

ENDINGS = (
    ".pem", ".crt", ".cer", ".cert", ".der", ".p7b", ".p7c", ".p7s", ".p12", ".pfx", ".key", ".jks", ".ks",
)  # fmt: skip
"""How files with certificates or keys are usually called."""
MOST = 10_000
"""Entries of a folder that are looked at."""
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One folder or file."""

    name: str
    """Cleaned, for the screen."""
    path: str
    is_folder: bool
    size: int = 0
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found in a folder."""

    folder: str
    entries: tuple[Entry, ...] = ()
    """Folders first, each by name."""
    left_out: int = 0
    """Files that do not look like certificates, and hidden ones."""
    trouble: str = ""
    """Why the folder cannot be read; empty where it was."""
    shortened: bool = False
    """Whether there are more entries than are looked at."""


def read_folder(folder: str, *, hidden: bool = False, every: bool = False) -> Listing:
    """Return what stands in a folder.

    Args:
        folder: Its path.
        hidden: Whether to list names that begin with a dot.
        every: Whether to list files with any ending.
    """
    found: list[Entry] = []
    left_out = seen = 0
    try:
        with os.scandir(folder) as entries:
            for each in entries:
                seen += 1
                if seen > MOST:
                    break
                is_folder = _is_folder(each)
                fits = is_folder or every or each.name.lower().endswith(ENDINGS)
                if fits and (hidden or not each.name.startswith(".")):
                    found.append(_entry(each, is_folder))
                else:
                    left_out += not is_folder
    except (OSError, ValueError) as error:
        from certwizard.probe.bounded_file import unreadable

        words = "it is no folder" if isinstance(error, NotADirectoryError) else unreadable(error).detail
        return Listing(folder, trouble=words)
    found.sort(key=lambda entry: (not entry.is_folder, entry.name.casefold(), entry.path))
    return Listing(folder, tuple(found), left_out, shortened=seen > MOST)


def parent_of(folder: str) -> str:
    """Return the folder that a folder stands in; at the top the folder itself.

    Args:
        folder: Its path.
    """
    return os.path.dirname(os.path.abspath(folder))


def split_typed(folder: str, typed: str) -> tuple[str, str]:
    """Return the folder that typed words lead to, and the beginning of a name in it.

    Args:
        folder: Where the words start from.
        typed: A part of a name, or a path.
    """
    words = os.path.expanduser(typed) if typed.startswith("~") else typed
    if words == "..":
        words += os.sep
    lead, name = os.path.split(words)
    return (os.path.normpath(os.path.join(folder, lead)) if lead else folder), name


def fitting_entries(listing: Listing, name: str) -> list[Entry]:
    """Return the entries that fit what was typed, those that begin so first.

    Args:
        listing: What stands in the folder.
        name: A part of a name.
    """
    part = name.casefold()
    found = [entry for entry in listing.entries if part in entry.name.casefold()]
    return sorted(found, key=lambda entry: not entry.name.casefold().startswith(part))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link whose target cannot be asked
        return False


def _entry(entry: os.DirEntry[str], is_folder: bool) -> Entry:
    name = clean(entry.name, _LONGEST_NAME)
    if is_folder:
        return Entry(name, entry.path, True)
    try:
        status = entry.stat()
        return Entry(name, entry.path, False, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))
    except (OSError, OverflowError, ValueError):  # a link that leads nowhere, a time beyond the calendar
        return Entry(name, entry.path, False)
