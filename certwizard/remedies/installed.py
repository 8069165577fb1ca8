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


def software_on_disk(evidence: Row) -> tuple[str, ...]:
    """Return what keeps or serves this server's files on this machine, that of the file to load first.

    Args:
        evidence: The evidence of a diagnosis.
    """
    told = [row for row in _rows_of(evidence) if row.get("standing") in ("newer", "same")]
    told.sort(key=lambda row: not row.get("to_load"))
    return tuple(dict.fromkeys(str(row.get("software")) for row in told if row.get("software")))


def _rows(diagnosis: Diagnosis) -> tuple[Row, ...]:
    return _rows_of(diagnosis.evidence)


def _rows_of(evidence: Row) -> tuple[Row, ...]:
    rows = evidence.get("installed")
    return tuple(row for row in rows if isinstance(row, Mapping)) if isinstance(rows, list) else ()
