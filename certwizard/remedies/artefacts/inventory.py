"""An entry for the list of certificates, as CSV and as a Markdown table."""

import csv
import io
import re

from certwizard.domain.cleantext import clean
from certwizard.remedies.situation import Situation
from certwizard.remedies.watching import renewal_day

_HEAD = (
    "target", "names", "issuer", "serial", "sha256", "key", "begins", "ends", "renew_from", "seen",
    "renewed_by", "responsible",
)  # fmt: skip
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|])")
_MOST_NAMES = 20


def inventory_csv(situation: Situation) -> str | None:
    """Return a head and a row (RFC 4180); None where no certificate was received."""
    row = _row(situation)
    if row is None:
        return None
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_HEAD)
    # A spreadsheet would compute what begins like a formula.
    writer.writerow(f"'{value}" if _FORMULA.match(value) else value for value in row)
    return stream.getvalue().rstrip("\n")


def inventory_markdown(situation: Situation) -> str | None:
    """Return a table with one row; None where no certificate was received."""
    row = _row(situation)
    if row is None:
        return None
    cells = [_SPECIAL.sub(r"\\\1", value) for value in row]
    rule = " | ".join("---" for _ in _HEAD)
    return f"| {' | '.join(_HEAD)} |\n| {rule} |\n| {' | '.join(cells)} |"


def _row(situation: Situation) -> tuple[str, ...] | None:
    leaf, due = situation.leaf, renewal_day(situation)
    if leaf is None:
        return None
    names = leaf.san.all if leaf.san else ()
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return (
        clean(situation.diagnosis.target.display_name),
        " ".join(names[:_MOST_NAMES]) + more,
        leaf.issuer.short,
        "" if leaf.serial is None else f"{leaf.serial:x}",
        leaf.sha256,
        leaf.key.text,
        f"{leaf.not_before:%Y-%m-%d}" if leaf.not_before else "",
        f"{leaf.not_after:%Y-%m-%d}" if leaf.not_after else "",
        f"{due:%Y-%m-%d}" if due else "",
        f"{situation.diagnosis.judged_at:%Y-%m-%d}",
        "",
        "",
    )
