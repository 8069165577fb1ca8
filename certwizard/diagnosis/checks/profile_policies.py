"""Rules on certificate policies (RFC 5280 4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14, 6.1)."""

from __future__ import annotations

from certwizard.diagnosis.checks.profile_place import Place, Rule
from certwizard.diagnosis.policies import ANY_MAPPED, NO_POLICY

POLICY_LIMITS = {"2.5.29.36": "policy constraints", "2.5.29.54": "inhibit any-policy"}
POLICY_RULES = frozenset({NO_POLICY, ANY_MAPPED})
"""Rules that only the whole path shows; `flaws` finds them."""


def _no_policy(place: Place) -> str:
    if place.policy_fault != NO_POLICY:
        return ""
    return "no policy that its CAs allow" if place.extension("2.5.29.32") else "no policy"


def _any_mapped(place: Place) -> str:
    return "any-policy mapped" if place.policy_fault == ANY_MAPPED else ""


def _limits_not_critical(place: Place) -> str:
    found = ((name, place.extension(oid)) for oid, name in POLICY_LIMITS.items())
    return ", ".join(f"{name}, not critical" for name, each in found if each and not each.critical)


RULES: dict[str, Rule] = {
    NO_POLICY: _no_policy,
    ANY_MAPPED: _any_mapped,
    "policy-constraints-not-critical": _limits_not_critical,
}
"""The rules of this file by their ids."""
