"""Reports of a case as files: the format follows the name's ending, and nothing is written over unasked."""

import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError
from certwizard.domain.saved import encode_observation, made_safe
from certwizard.domain.vocabulary import Role
from certwizard.reports.judged import Judged
from certwizard.wizard.case import Case, judge

_UNFIT = re.compile(r"[^A-Za-z0-9.]+")
_LONGEST_NAME = 120
_OWN_MARK = b'"certwizard.'
"""Stands near the beginning of JSON that this program wrote, which holds certificates and may be written anew."""
_LOOK_AT = 65_536


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One form of a report."""

    title: str
    ending: str
    what: str
    write: Callable[[Case], bytes]


def _markdown(case: Case) -> bytes:
    from certwizard.reports.markdown import render

    return render((_judged(case),)).encode("utf-8", "backslashreplace")


def _html(case: Case) -> bytes:
    from certwizard.reports.html import render

    return render((_judged(case),)).encode("utf-8", "backslashreplace")


def _json(case: Case) -> bytes:
    from certwizard.reports.json_report import render

    judged = _judged(case)
    return (render(judged.diagnosis, judged.remedies).rstrip("\n") + "\n").encode("utf-8", "backslashreplace")


def _text(case: Case) -> bytes:
    from certwizard.reports.paper import Paper
    from certwizard.reports.text import render

    judged = _judged(case)
    return render(judged.diagnosis, judged.remedies, Paper()).encode("utf-8", "backslashreplace")


FORMATS = (
    ReportFormat("Markdown", ".md", "a report for a ticket or a wiki", _markdown),
    ReportFormat("HTML", ".html", "a page for a browser, in one file", _html),
    ReportFormat("text", ".txt", "the report as text", _text),
    ReportFormat(
        "observation", ".observation.json", "what was seen, for certwizard replay",
        lambda case: encode_observation(case.observation),
    ),
    ReportFormat("JSON", ".json", "the diagnosis for programs", _json),
)  # fmt: skip


def format_of(name: str) -> ReportFormat:
    """Return the format that a file's name asks for.

    Args:
        name: The name, or a path.

    Raises:
        OptionError: Where its ending is none of a report's.
    """
    lower = name.strip().lower()
    for each in FORMATS:
        if lower.endswith(each.ending) and Path(lower).name != each.ending:
            return each
    endings = " ".join(each.ending for each in FORMATS)
    raise OptionError(f"{clean(name, 60) or 'no name'} was understood; expected a name ending in {endings}")


def proposed_name(case: Case, form: ReportFormat) -> str:
    """Return a plain file name for a report.

    Args:
        case: What is reported.
        form: The format.
    """
    stem = _UNFIT.sub("-", f"certwizard-{case.target.display_name}").strip("-.")
    return stem[:_LONGEST_NAME] + form.ending


def save_report(case: Case, path: Path, *, over: bool = False) -> None:
    """Write a report whole or not at all, readable by its owner alone: it names hosts and versions.

    Args:
        case: What is reported.
        path: Where to; the format follows from its ending.
        over: Whether a file that is there may be written over.

    Raises:
        OptionError: The ending is none of a report's, or the file there is a key or a certificate.
        FileExistsError: Something is there, and it may not be written over.
        OSError: It cannot be written.
    """
    data = format_of(path.name).write(case)
    if over and os.path.lexists(path):
        _refuse_precious(path)
        _replace(path, data)
        return
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(data)


def _refuse_precious(path: Path) -> None:
    shown = clean(str(path), 120)
    if path.is_symlink() or not path.is_file():
        raise OptionError(f"{shown} is no plain file and is left alone; expected another name")
    with path.open("rb") as stream:
        begin = stream.read(_LOOK_AT)
    own = _OWN_MARK in begin[:200]
    if not own and (b"-----BEGIN " in begin or begin[:1] == b"\x30"):
        raise OptionError(f"{shown} holds a key or a certificate and is left alone; expected another name")


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".certwizard-")
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _judged(case: Case) -> Judged:
    """The case as ``check`` reports it: judged from what saving keeps, so that no report tells more."""
    if made_safe(case.observation) != case.observation:
        case = judge(made_safe(case.observation), None)
    return Judged(case.diagnosis, case.remedies.get(Role.SERVER_OWNER, ()))
