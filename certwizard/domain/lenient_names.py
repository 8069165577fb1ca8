"""Compares host names as loosely as a client does that keeps to older or to its own rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from certwizard.domain.idn import to_alabel
from certwizard.domain.suffixes import is_registry_suffix

_PATTERN = re.compile(r"[a-z0-9_.*-]+")


@dataclass(frozen=True, slots=True)
class StarRules:
    """Where a star may stand, and what it covers."""

    leading: bool = False
    """``*w.example.com`` counts."""
    trailing: bool = False
    """``w*.example.com`` counts."""
    inside: bool = False
    """``w*w.example.com`` counts."""
    anywhere: bool = False
    """A star counts in every label."""
    labels_after: int = 2
    """So many labels must follow the first one."""
    below_public_suffix: bool = True
    """``*.co.uk`` counts."""
    over_idn: bool = True
    over_underscore: bool = True


def is_covered(asked: str, entries: Iterable[str], rules: StarRules, *, trailing_dot: bool = False) -> bool:
    """Return whether one of a certificate's entries covers a host name.

    Args:
        asked: The name that was asked for.
        entries: Host names from the certificate, or common names in their place.
        rules: What holds for stars.
        trailing_dot: Whether an entry that ends in a dot is compared without it.
    """
    wanted = to_alabel(asked) or asked.lower().removesuffix(".")
    named = (entry.lower().removesuffix(".") if trailing_dot else entry.lower() for entry in entries)
    return any(_covers(wanted, name, rules) for name in named)


def _covers(wanted: str, named: str, rules: StarRules) -> bool:
    if "*" not in named:
        return named == wanted
    if _PATTERN.fullmatch(named) is None:
        return False
    return _star_covers(wanted.split("."), named.split("."), rules)


def _star_covers(asked: list[str], entry: list[str], rules: StarRules) -> bool:
    if len(asked) != len(entry) or len(entry) - 1 < rules.labels_after:
        return False
    if not rules.below_public_suffix and is_registry_suffix(".".join(entry[1:])):
        return False
    rest_fits = all(
        a == e or (rules.anywhere and _label_fits(a, e, rules))
        for a, e in zip(asked[1:], entry[1:], strict=True)
    )
    return rest_fits and (asked[0] == entry[0] or _label_fits(asked[0], entry[0], rules))


def _label_fits(asked: str, entry: str, rules: StarRules) -> bool:
    """Return whether one label with one star covers another."""
    if entry.count("*") != 1:
        return False
    before, _, after = entry.partition("*")
    if not _may_stand(before, after, rules):
        return False
    if (before or after) and (asked.startswith("xn--") or entry.startswith("xn--")):
        return False  # A part of an encoded name says nothing (RFC 6125 7.2).
    if asked.startswith("xn--") and not rules.over_idn:
        return False
    if "_" in asked and not rules.over_underscore:
        return False
    return len(asked) >= len(before) + len(after) and asked.startswith(before) and asked.endswith(after)


def _may_stand(before: str, after: str, rules: StarRules) -> bool:
    if not before and not after:
        return True
    if not before:
        return rules.leading
    return rules.inside if after else rules.trailing
