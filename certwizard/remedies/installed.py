"""What the diagnosis saw of the files on the server's machine."""

from collections.abc import Mapping

from certwizard.diagnosis.result import Diagnosis

Row = Mapping[str, object]


def newer_file(diagnosis: Diagnosis) -> Row | None:
    """Return the evidence on the file that the server should load, or None."""
    return next((row for row in _rows(diagnosis) if row.get("to_load")), None)


def file_read_instead(diagnosis: Diagnosis) -> Row | None:
    """Return the evidence on the file that a configuration names and that holds what is served, or None."""
    same = (row for row in _rows(diagnosis) if row.get("standing") == "same")
    return next((row for row in same if row.get("named_in")), None)


def _rows(diagnosis: Diagnosis) -> tuple[Row, ...]:
    rows = diagnosis.evidence.get("installed")
    return tuple(row for row in rows if isinstance(row, Mapping)) if isinstance(rows, list) else ()
