"""One more handshake, for a name that nobody has: who makes a certificate for it makes them for every name.

A server cannot have a certificate for a name under .invalid (RFC 6761 section 6.4), so one that answers for it
was made just now, and by whoever made the one for the asked name. Asked only where no vendor's root stands above
the chain and the asked name is one of the public DNS.
"""

import secrets
from collections.abc import Iterable

from certwizard.domain.observation import Anchor, Handshake, Observation, Offer
from certwizard.domain.options import ProbeOptions
from certwizard.domain.suffixes import is_listed, registrable_domain
from certwizard.domain.target import TargetKind
from certwizard.domain.trust_stores import is_public
from certwizard.probe.cancel import CancelToken
from certwizard.probe.outline import Outline, outline_of

_BYTES = 8


def leads_to_vendors(pool: Iterable[Outline], anchors: Iterable[Anchor]) -> bool:
    """Return whether a certificate at hand is a vendor's root, or one of those could have issued it."""
    found = tuple(pool)
    roots = [
        root
        for anchor in anchors
        if is_public(anchor.stores) and (root := outline_of(anchor.der)) is not None
    ]
    return any(one.der == root.der or root.could_issue(one) for one in found for root in roots)


def worth_asking(seen: Observation, options: ProbeOptions, *, public: bool) -> Handshake | None:
    """Return the handshake to repeat with a made-up name, or None where nothing would follow from it.

    Args:
        seen: What was seen of the server.
        options: In a practised world every name counts as a public one.
        public: Whether the chain leads to a root that vendors ship.
    """
    judged = seen.handshakes[0] if seen.handshakes else None
    if judged is None or public or options.only_ca_file or seen.target.kind is not TargetKind.SERVER:
        return None
    if judged.failure is not None or not judged.chain or judged.sni is None:
        return None
    return judged if options.vendor_roots is not None or _is_of_the_public_dns(judged.sni) else None


def _is_of_the_public_dns(name: str) -> bool:
    return is_listed(name.rpartition(".")[2].lower()) and registrable_domain(name) is not None


def ask_for_made_up_name(
    seen: Observation, options: ProbeOptions, cancel: CancelToken, *, public: bool
) -> Handshake | None:
    """Return what the server answers for a name that nobody has, or None where it was not asked."""
    judged = worth_asking(seen, options, public=public)
    if judged is None or cancel.cancelled:
        return None
    from certwizard.probe.handshake import attempt
    from certwizard.probe.server import route_to

    name = f"{secrets.token_hex(_BYTES)}.invalid"
    tried = attempt(route_to(seen.target, options, cancel), judged.address, name, Offer.MODERN)
    tried.close()
    return tried.handshake
