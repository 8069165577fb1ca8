"""Reads the extensions of a certificate (RFC 5280 section 4.2), each by itself, as far as it goes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from certwizard.domain import der
from certwizard.domain.certificate import (
    BasicConstraints,
    ExtensionFacts,
    ParseProblem,
    SubjectAltNames,
)
from certwizard.domain.cleantext import clean
from certwizard.domain.extension_names import describe_extension, field_of, is_known
from certwizard.domain.names import loose_text, read_alt_names

KEY_USAGES = (
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
)
_OCSP, _CA_ISSUERS = "1.3.6.1.5.5.7.48.1", "1.3.6.1.5.5.7.48.2"
_URI, _KEY_ID = 0x86, 0x80
_MOST_FEATURES = 20
_MOST_EXTENSIONS = 200
_LONGEST_URL = 2000


@dataclass(slots=True)
class Extensions:
    """What the extensions of one certificate say."""

    facts: list[ExtensionFacts] = field(default_factory=list)
    places: list[der.Tlv] = field(default_factory=list)
    """Each extension as it stands, in the order of `facts`."""
    problems: list[ParseProblem] = field(default_factory=list)
    san: SubjectAltNames | None = None
    basic_constraints: BasicConstraints | None = None
    key_usage: frozenset[str] | None = None
    extended_key_usage: tuple[str, ...] | None = None
    subject_key_id: bytes | None = None
    authority_key_id: bytes | None = None
    ocsp_urls: tuple[str, ...] = ()
    ca_issuer_urls: tuple[str, ...] = ()
    crl_urls: tuple[str, ...] = ()
    tls_features: tuple[int, ...] = ()


def read_extensions(wrapper: der.Tlv) -> Extensions:
    """Read all extensions; a bad or repeated one becomes a problem and hides no other."""
    found = Extensions()
    seen: set[str] = set()
    try:
        for place in wrapper.inside().expect(der.SEQUENCE).children():
            if len(found.facts) >= _MOST_EXTENSIONS:
                raise der.DerError(f"more than {_MOST_EXTENSIONS} extensions")
            _read_one(place, found, seen)
    except der.DerError as error:
        found.problems.append(ParseProblem("other-extension", str(error)))
    return found


def _read_one(place: der.Tlv, found: Extensions, seen: set[str]) -> None:
    facts, value = _split(place)
    found.facts.append(facts)
    found.places.append(place)
    if facts.oid in seen:
        words = f"the extension {facts.name} stands there more than once"
        found.problems.append(ParseProblem(field_of(facts.oid), words))
        return
    seen.add(facts.oid)
    reader = _READERS.get(facts.oid)
    if reader is None:
        return
    try:
        reader(value.inside(), facts.critical, found)
    except der.DerError as error:
        found.problems.append(ParseProblem(field_of(facts.oid), str(error)))


def _split(place: der.Tlv) -> tuple[ExtensionFacts, der.Tlv]:
    parts = tuple(place.expect(der.SEQUENCE).children())
    if not 2 <= len(parts) <= 3:
        raise der.DerError(f"extension of {len(parts)} parts at byte {place.start}")
    oid = der.oid(parts[0].expect(der.OID))
    critical = len(parts) == 3 and any(parts[1].expect(der.BOOLEAN).value)
    value = parts[-1].expect(der.OCTET_STRING)
    return ExtensionFacts(oid, describe_extension(oid), critical, value.value, is_known(oid)), value


def _san(value: der.Tlv, critical: bool, found: Extensions) -> None:
    found.san = read_alt_names(value, critical)


def _basic_constraints(value: der.Tlv, critical: bool, found: Extensions) -> None:
    parts = list(value.expect(der.SEQUENCE).children())
    ca = bool(parts and parts[0].tag == der.BOOLEAN and any(parts.pop(0).value))
    length = der.integer(parts[0].expect(der.INTEGER)) if parts else None
    found.basic_constraints = BasicConstraints(ca, length, critical)


def _key_usage(value: der.Tlv, critical: bool, found: Extensions) -> None:
    bits = der.bits(value.expect(der.BIT_STRING))
    found.key_usage = frozenset(name for name, bit in zip(KEY_USAGES, bits, strict=False) if bit)


def _extended_key_usage(value: der.Tlv, critical: bool, found: Extensions) -> None:
    usages = value.expect(der.SEQUENCE).children()
    found.extended_key_usage = tuple(der.oid(usage.expect(der.OID)) for usage in usages)


def _subject_key_id(value: der.Tlv, critical: bool, found: Extensions) -> None:
    found.subject_key_id = value.expect(der.OCTET_STRING).value


def _authority_key_id(value: der.Tlv, critical: bool, found: Extensions) -> None:
    parts = value.expect(der.SEQUENCE).children()
    found.authority_key_id = next((part.value for part in parts if part.tag == _KEY_ID), None)


def _authority_info_access(value: der.Tlv, critical: bool, found: Extensions) -> None:
    urls: dict[str, list[str]] = {_OCSP: [], _CA_ISSUERS: []}
    for description in value.expect(der.SEQUENCE).children():
        method, location = der.pair(description.expect(der.SEQUENCE))
        kind = urls.get(der.oid(method.expect(der.OID)))
        if kind is not None and location.tag == _URI:
            kind.append(_url(location))
    found.ocsp_urls, found.ca_issuer_urls = tuple(urls[_OCSP]), tuple(urls[_CA_ISSUERS])


def _crl_distribution_points(value: der.Tlv, critical: bool, found: Extensions) -> None:
    urls: list[str] = []
    for point in value.expect(der.SEQUENCE).children():
        for part in point.expect(der.SEQUENCE).children():
            if part.tag == 0xA0 and part.inside().tag == 0xA0:  # distributionPoint, fullName
                urls.extend(_url(name) for name in part.inside().children() if name.tag == _URI)
    found.crl_urls = tuple(urls)


def _tls_feature(value: der.Tlv, critical: bool, found: Extensions) -> None:
    features = islice(value.expect(der.SEQUENCE).children(), _MOST_FEATURES)
    found.tls_features = tuple(der.integer(feature.expect(der.INTEGER)) for feature in features)


def _policies(value: der.Tlv, critical: bool, found: Extensions) -> None:
    for group in value.expect(der.SEQUENCE).children():
        identifier, *_ = (*group.expect(der.SEQUENCE).children(), None)
        if identifier is None:
            raise der.DerError(f"nothing at byte {group.start} where a policy belongs")
        der.oid(identifier.expect(der.OID))


def _policy_mappings(value: der.Tlv, critical: bool, found: Extensions) -> None:
    for mapping in value.expect(der.SEQUENCE).children():
        for policy in der.pair(mapping.expect(der.SEQUENCE)):
            der.oid(policy.expect(der.OID))


def _policy_constraints(value: der.Tlv, critical: bool, found: Extensions) -> None:
    for limit in value.expect(der.SEQUENCE).children():
        der.integer(limit)


def _inhibit_any_policy(value: der.Tlv, critical: bool, found: Extensions) -> None:
    der.integer(value.expect(der.INTEGER))


def _netscape_type(value: der.Tlv, critical: bool, found: Extensions) -> None:
    der.bits(value.expect(der.BIT_STRING))


def _url(tlv: der.Tlv) -> str:
    return clean(loose_text(tlv.value), _LONGEST_URL)


_READERS: dict[str, Callable[[der.Tlv, bool, Extensions], None]] = {
    "2.5.29.14": _subject_key_id,
    "2.5.29.15": _key_usage,
    "2.5.29.17": _san,
    "2.5.29.19": _basic_constraints,
    # Nothing is kept of these; whether they can be read decides whether Go, or OpenSSL, takes the certificate.
    "2.5.29.32": _policies,
    "2.5.29.33": _policy_mappings,
    "2.5.29.36": _policy_constraints,
    "2.5.29.54": _inhibit_any_policy,
    "2.16.840.1.113730.1.1": _netscape_type,
    "2.5.29.31": _crl_distribution_points,
    "2.5.29.35": _authority_key_id,
    "2.5.29.37": _extended_key_usage,
    "1.3.6.1.5.5.7.1.1": _authority_info_access,
    "1.3.6.1.5.5.7.1.24": _tls_feature,
}
