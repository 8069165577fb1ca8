"""Whether a certificate covers the asked name by the rules of one client, RFC 9525 or looser."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from certwizard.domain.certificate import Certificate, SubjectAltNames
from certwizard.domain.hostname import is_ip, match_names
from certwizard.domain.lenient_names import StarRules, is_covered
from certwizard.knowledge.client_traits import CommonName, CommonNames, NameTraits, WildcardBelow, Wildcards

MOST_NAMES = 5000
"""More entries than this are not compared; a public certificate has some hundred."""
_STARS = {
    Wildcards.WHOLE_LABEL: {},
    Wildcards.LEADING: {"leading": True},
    Wildcards.EDGE: {"leading": True, "trailing": True},
    Wildcards.PARTIAL: {"leading": True, "trailing": True, "inside": True},
    Wildcards.ANYWHERE: {"leading": True, "trailing": True, "inside": True, "anywhere": True},
}


def covers(traits: NameTraits, certificate: Certificate, asked: str, *, public: bool) -> bool:
    """Return whether a client finds the asked name (or address) in a certificate.

    Args:
        traits: The client's rules.
        certificate: The server's.
        asked: The name, as it stands in the handshake.
        public: Whether the chain ends in a root of a vendor.
    """
    if not (public or traits.below_binds_private):
        traits = replace(traits, wildcard_below=WildcardBelow.ANY)
    names = certificate.san or SubjectAltNames()
    if is_ip(asked):
        return _covers_address(traits, certificate, names, asked)
    if not traits.underscores and "_" in asked:
        return False
    rules = _rules(traits)
    entries = (*names.dns[:MOST_NAMES], *common_names(traits, certificate))
    return is_covered(asked, entries, rules, trailing_dot=traits.trailing_dot)


def common_names(traits: NameTraits, certificate: Certificate) -> tuple[str, ...]:
    """Return the common names that count as names of the server for a client."""
    names = certificate.san or SubjectAltNames()
    ruled_out = {
        CommonName.NEVER: True,
        CommonName.WITHOUT_SAN: bool(names.dns or names.ips),
        CommonName.WITHOUT_SAN_OR_URI: bool(names.dns or names.ips or names.uris),
        CommonName.WITHOUT_DNS_NAME: bool(names.dns),
    }
    if ruled_out[traits.common_name]:
        return ()
    found = tuple(part.value for part in certificate.subject.attributes if part.label == "CN")
    match traits.common_names:
        case CommonNames.FIRST:
            return found[:1]
        case CommonNames.LAST:
            return found[-1:]
        case CommonNames.ONLY:
            return found if len(found) == 1 else ()
    return found


def _covers_address(traits: NameTraits, certificate: Certificate, names: SubjectAltNames, asked: str) -> bool:
    listed = any(match.matches for match in match_names(asked, SubjectAltNames(ips=names.ips[:MOST_NAMES])))
    written = asked in names.dns and traits.address_in_dns_name
    common = traits.address_in_common_name and asked in common_names(traits, certificate)
    return listed or written or common


@lru_cache(maxsize=64)
def _rules(traits: NameTraits) -> StarRules:
    return StarRules(
        **_STARS[traits.wildcards],
        labels_after=1 if traits.wildcard_below is WildcardBelow.ANY else 2,
        below_public_suffix=traits.wildcard_below is not WildcardBelow.NO_PUBLIC_SUFFIX,
        over_idn=traits.wildcard_over_idn,
        over_underscore=traits.wildcard_over_underscore,
    )
