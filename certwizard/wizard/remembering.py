"""What of a look is worth remembering, and under which words."""

import os
from datetime import UTC, datetime

from certwizard.domain.target import Target, TargetKind
from certwizard.wizard.case import Case
from certwizard.wizard.recent import Recent

_LAB = ".lab.localhost"


def words_to_keep(target: Target) -> str:
    """Return the words that name a target again, or nothing for one that cannot be named by words alone.

    Args:
        target: What the user named.
    """
    if target.kind is TargetKind.FILES:
        alone = len(target.files) == 1 and target.key_file is None
        return os.path.abspath(target.files[0]) if alone else ""
    return "" if (target.host or "").endswith(_LAB) else target.input


def recent_of(words: str, case: Case) -> Recent:
    """Return what is kept of a look.

    Args:
        words: What names the target.
        case: What was found.
    """
    return Recent(words, case.diagnosis.verdict, datetime.now(UTC))
