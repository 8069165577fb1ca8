"""A rule with a chain that keeps or breaks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from certwizard.diagnosis.result import Cause, Diagnosis
from certwizard.domain.observation import Fetch, FetchPurpose, Observation
from tests import factory as f
from tests.profile_breakers import Chain

Some = f.Issued | bytes


@dataclass(frozen=True)
class RuleCase:
    """What is judged, and what has to come of it."""

    make: Callable[[], Observation]
    cause: str = ""
    """``id/detail@place`` that is found where the rule is broken; empty where the chain is good."""


def given(
    leaf: Some,
    *more: Some,
    roots: Sequence[f.Issued | Chain] = (),
    host: str | None = f.HOST,
    at: datetime = f.NOW,
    crls: Sequence[bytes] = (),
) -> Observation:
    """Return what reading a file and the roots and lists given with it would have given."""
    fetches = tuple(
        Fetch(FetchPurpose.CRL_FILE, f"{number}.crl", "", body=body) for number, body in enumerate(crls)
    )
    anchors = roots or (f.pki().root,)
    return f.files_observation((leaf, *more), host, anchors=anchors, at=at, fetches=fetches, offline=True)  # type: ignore[arg-type]


def told(diagnosis: Diagnosis) -> list[str]:
    """Return the causes as the table writes them."""
    return [f"{cause.id.value}/{cause.detail}@{place_of(diagnosis, cause)}" for cause in diagnosis.causes]


def place_of(diagnosis: Diagnosis, cause: Cause) -> str:
    """Return which certificate of the chain a cause is about."""
    if cause.certificate == 0:
        return "leaf"
    return "intermediate" if cause.certificate is not None else "root"


def fits(wanted: str, found: str) -> bool:
    """Return whether a cause is the wanted one; a detail that is not named may be any."""
    cause, _, rest = wanted.partition("/")
    detail, _, place = rest.partition("@")
    other, _, rest = found.partition("/")
    return other == cause and rest.endswith(f"@{place}") and (not detail or rest == f"{detail}@{place}")
