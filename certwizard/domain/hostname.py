"""Whether a certificate's names cover the asked one, by RFC 9525, and if not, why not.

Everything here works on plain text. A wildcard counts only as the whole left-most label, stands for exactly
one label and never directly under a registry's suffix; IP addresses match IP entries alone.
"""

from certwizard.domain.addresses import is_ip, parse_ip
from certwizard.domain.certificate import SubjectAltNames
from certwizard.domain.idn import HostnameError, to_alabel, to_ulabel
from certwizard.domain.matching import AddressMatcher, NameMatcher
from certwizard.domain.name_match import MatchReason, NameMatch
from certwizard.domain.suffixes import registrable_domain

__all__ = [
    "HostnameError",
    "MatchReason",
    "NameMatch",
    "is_ip",
    "match_names",
    "registrable_domain",
    "to_alabel",
    "to_ulabel",
]

_PLACES = {reason: place for place, reason in enumerate(MatchReason)}


def match_names(asked: str, san: SubjectAltNames) -> tuple[NameMatch, ...]:
    """Compare the asked name (A-label, U-label or IP address) with every entry, best first."""
    address = parse_ip(asked)
    matcher = NameMatcher(asked) if address is None else AddressMatcher(address)
    found = [matcher.match_dns(entry) for entry in san.dns]
    found.extend(matcher.match_ip(entry) for entry in san.ips)
    found.extend(matcher.match_other(entry) for entry in (*san.emails, *san.uris, *san.others))
    return tuple(sorted(found, key=lambda match: _PLACES[match.reason]))
