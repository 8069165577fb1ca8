"""Where servers' certificates lie on a machine, by the software that keeps or serves them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CertificatePlace:
    """One program's usual places."""

    software: str
    files: tuple[str, ...] = ()
    """Patterns of certificate files; ``~`` is the user's home."""
    settings: tuple[str, ...] = ()
    """Patterns of configuration files."""
    names: tuple[str, ...] = ()
    """Directives that name certificate files."""
    base: str = "/"
    """What a relative path there is relative to."""


@cache
def certificate_places() -> tuple[CertificatePlace, ...]:
    """Return every program's places, in the order of the table."""
    text = files("certwizard.knowledge").joinpath("certificate_places.toml").read_text(encoding="utf-8")
    return tuple(
        CertificatePlace(
            row["software"],
            tuple(row.get("files", ())),
            tuple(row.get("settings", ())),
            tuple(row.get("names", ())),
            row.get("base", "/"),
        )
        for row in tomllib.loads(text)["place"]
    )
