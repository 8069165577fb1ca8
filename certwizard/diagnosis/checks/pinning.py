"""Is the key one that clients were told in advance to expect?"""

from __future__ import annotations

import base64
import binascii
import re

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.hostname import is_ip
from certwizard.domain.vocabulary import CauseId, FieldId, Severity, Status
from certwizard.knowledge.clients import find_profile
from certwizard.knowledge.pins import PinSet, expiry, pin_set_for

HEADER, BUILT_IN = "header", "built-in"
MAX_PINS = 20
_SHOWN = 2
_PIN = re.compile(r'pin-sha256\s*=\s*"?([A-Za-z0-9+/]{43}=)"?', re.IGNORECASE)
_LIKE = {"chrome": ("chrome", "edge")}
"""Edge has Chromium's list."""


def pinning_causes(case: Case) -> list[Cause]:
    """Return `pinning` where no key on the way to a root is one that browsers have built in, or that a header names."""
    found = (_built_in(case), _by_header(case))
    return [cause for cause in found if cause is not None]


def pinning_facts(case: Case, causes: list[Cause]) -> list[Fact]:
    """Return a row for the keys that clients expect, where there are any."""
    facts = []
    pins = header_pins(case)
    if pins and not any(cause.detail == HEADER for cause in causes):
        facts.append(_fact("Keys expected (Public-Key-Pins)", f"{len(pins)} named, one of them is here"))
    known = _known(case)
    if known is not None and not any(cause.detail == BUILT_IN for cause in causes):
        facts.append(_fact("Keys expected by browsers", f"{known.title}: one of the keys built in is here"))
    return facts


def _fact(label: str, seen: str) -> Fact:
    return Fact(FieldId.PUBLIC_KEY, label, seen, "", Status.PASS)


def header_pins(case: Case) -> tuple[str, ...]:
    """Return the keys that the server's header names (RFC 7469), as far as they are written right."""
    header = case.observation.http.public_key_pins if case.observation.http else ""
    return tuple(dict.fromkeys(found for found in _PIN.findall(header) if _is_hash(found)))[:MAX_PINS]


def _is_hash(pin: str) -> bool:
    try:
        return len(base64.b64decode(pin, validate=True)) == 32
    except (binascii.Error, ValueError):
        return False


def _pin(spki_sha256: str) -> str:
    return base64.b64encode(bytes.fromhex(spki_sha256)).decode("ascii")


def _keys(case: Case, *, anchored: bool) -> frozenset[str]:
    """Return the pins of every certificate on the paths, and of those sent where any path will do."""
    paths = case.choice.anchored if anchored else case.choice.paths
    certificates = [node.certificate for path in paths for node in path.nodes]
    certificates += [] if anchored else case.sent
    return frozenset(_pin(each.key.spki_sha256) for each in certificates if each.key.spki_sha256)


def _known(case: Case) -> PinSet | None:
    """Return the built-in pins that count: below public roots, and while the lists are fresh."""
    if case.asked is None or is_ip(case.asked) or not case.publicly_trusted:
        return None
    return pin_set_for(case.asked) if case.judged_at.date() <= expiry() else None


def _built_in(case: Case) -> Cause | None:
    known = _known(case)
    if known is None:
        return None
    here = _keys(case, anchored=True)
    missing = [client for client, keys in known.keys.items() if keys.isdisjoint(here)]
    clients = tuple(each for client in missing for each in _LIKE.get(client, (client,)))
    if not clients:
        return None
    titles = tuple(profile.title for each in clients if (profile := find_profile(each)) is not None)
    return Cause(
        CauseId.PINNING,
        Severity.ERROR,
        f"{listing(titles)} expect other keys for {case.asked}.",
        f"The keys of {known.title}'s CAs are built into these browsers for this name, and none of them is on the way "
        "to the root here. The certificate is trusted otherwise, so somebody else got one for this name, or its owner "
        "changed to another CA too early. Nobody can click this away. Roots that were added to the computer are "
        "exempt, so a product that inspects TLS is not stopped by it.",
        FieldId.PUBLIC_KEY,
        listing(tuple(f"sha256/{each}" for each in sorted(here)), _SHOWN),
        f"one of the keys that browsers have built in for {known.title}",
        detail=BUILT_IN,
        minded_by=frozenset(clients),
    )


def _by_header(case: Case) -> Cause | None:
    pins = header_pins(case)
    if not pins or not case.sent or not case.readable or not _keys(case, anchored=False).isdisjoint(pins):
        return None
    return Cause(
        CauseId.PINNING,
        Severity.WARNING,
        "The server asks browsers to expect keys that it does not have.",
        "Its header Public-Key-Pins (RFC 7469) names keys of which none is in the chain. No browser of today reads the "
        "header; old ones (Chrome up to 71, Firefox up to 71) that came by while the keys were right refuse the site "
        "until the time in the header has passed. It does no good any more: take it out.",
        FieldId.PUBLIC_KEY,
        listing(tuple(f"pin-sha256 {each}" for each in pins), _SHOWN),
        "no such header",
        detail=HEADER,
        minded_by=frozenset(),
    )
