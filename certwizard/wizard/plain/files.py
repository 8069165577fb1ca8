"""Finding a file with certificates, line by line: folders are opened, a file is taken."""

from functools import partial
from pathlib import Path

from certwizard.wizard.folder import Entry, parent_of, read_folder
from certwizard.wizard.plain.listing import Listed, pick
from certwizard.wizard.plain.talk import Talk

_UP = "The folder above"


def choose_file(talk: Talk, folder: Path) -> str | None:
    """Return the path of the file that was chosen; None where the user goes back.

    Args:
        talk: The dialogue.
        folder: Where to begin.

    Raises:
        InputEnded: Where nobody answers.
    """
    here = str(folder)
    while True:
        listing = read_folder(here)
        if listing.trouble:
            talk.tell(f"{here} cannot be read: {listing.trouble}")
        entries = listing.entries
        folders = sum(each.is_folder for each in entries)
        hidden = f"; {listing.left_out} other files are left out" if listing.left_out else ""
        talk.tell(f"Folder {here}: {folders} folders, {len(entries) - folders} files{hidden}.")
        names = [_UP, *(f"{'folder' if each.is_folder else 'file'} {each.name}" for each in entries)]
        chosen = pick(talk, Listed("File or folder", names, partial(_holding, entries)))
        if chosen is None:
            return None
        if chosen and not entries[chosen - 1].is_folder:
            return entries[chosen - 1].path
        here = entries[chosen - 1].path if chosen else parent_of(here)


def _holding(entries: tuple[Entry, ...], words: str) -> list[int]:
    return [place for place, each in enumerate(entries, 1) if words.casefold() in each.name.casefold()]
