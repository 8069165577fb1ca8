"""Saving a report, line by line: one name, whose ending is the format."""

from pathlib import Path

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError
from certwizard.wizard.case import Case
from certwizard.wizard.plain.listing import LEAVE
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.report_files import FORMATS, proposed_name, save_report


def save_a_report(talk: Talk, case: Case, folder: Path) -> None:
    """Ask for a name, and write the report; a file that is there is written over only when told so.

    Args:
        talk: The dialogue.
        case: What is reported.
        folder: Where a bare name leads.

    Raises:
        InputEnded: Where nobody answers.
    """
    proposed = proposed_name(case, FORMATS[0])
    talk.tell(f"The report goes to {clean(str(folder), 200)}. The ending of its name is the format:")
    for form in FORMATS:
        talk.tell(f"{form.ending}: {form.what}", "   ", "")
    while True:
        answer = talk.ask(f"Name of the report; Enter takes {proposed}, b goes back:")
        if answer.lower() in LEAVE:
            return
        if answer == "?":
            talk.tell(
                "Write a name or a path; what stands behind its last dots is the format, as told above."
            )
            continue
        path = folder / Path(answer.strip() or proposed).expanduser()
        if _written(talk, case, path):
            talk.tell(clean(f"Saved: {path}", 300))
            return


def _written(talk: Talk, case: Case, path: Path, *, over: bool = False) -> bool:
    try:
        save_report(case, path, over=over)
    except FileExistsError:
        answer = talk.ask(
            f"{clean(path.name, 80)} is there already. y writes over it, Enter leaves it alone:"
        )
        return answer.lower() in ("y", "yes") and _written(talk, case, path, over=True)
    except OptionError as error:
        talk.tell(str(error))
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or str(error)
        talk.tell(clean(f"{path} cannot be written: {words}", 300))
    else:
        return True
    return False
