"""Rules on key ids, basic constraints, usages and limits (RFC 5280 4.2.1, BR 7.1.2)."""

from __future__ import annotations

from collections.abc import Mapping

from certwizard.diagnosis.checks.profile_place import Place, Rule
from certwizard.diagnosis.constraint_names import DIRECTORY, DNS, NAME_CONSTRAINTS, URI
from certwizard.diagnosis.pool import name_key
from certwizard.diagnosis.weakness import ANY_USAGE, OCSP_SIGNING, SERVER_AUTH
from certwizard.domain import der
from certwizard.domain.certificate import Certificate
from certwizard.domain.names import describe_general_name, loose_text, read_name
from certwizard.domain.vocabulary import FieldId

AUTHORITY_KEY_ID, EXTENDED_KEY_USAGE, CRL_POINTS = "2.5.29.35", "2.5.29.37", "2.5.29.31"
_NO_SIGNING = frozenset(
    {"keyEncipherment", "dataEncipherment", "keyAgreement", "encipherOnly", "decipherOnly"}
)
FOREIGN_USAGES = {
    "1.3.6.1.5.5.7.3.3": "code signing",
    "1.3.6.1.5.5.7.3.4": "e-mail protection",
    "1.3.6.1.5.5.7.3.8": "time stamping",
    "1.3.6.1.4.1.11129.2.4.4": "precertificate signing",
}
"""What BR 7.1.2.7.10 keeps out of server certificates; any usage and OCSP signing are rules of their own."""
_KEY_ID, _ISSUER, _SERIAL = 0x80, 0xA1, 0x82


def _missing_aki(place: Place) -> str:
    certificate = place.certificate
    if not place.issued_by_other or certificate.version != 3 or place.unreadable(FieldId.AUTHORITY_KEY_ID):
        return ""
    if certificate.authority_key_id is not None:
        return ""
    return "without a key id" if place.extension(AUTHORITY_KEY_ID) else "none"


def _root_aki(place: Place) -> str:
    extension = place.extension(AUTHORITY_KEY_ID) if place.root else None
    if extension is None:
        return ""
    try:
        tags = {part.tag for part in der.read(extension.value_der).expect(der.SEQUENCE).children()}
    except der.DerError:
        return ""  # The checks of the encoding say so.
    words = {_ISSUER: "the issuer's name", _SERIAL: "the issuer's serial number"}
    found = [text for tag, text in words.items() if tag in tags]
    found += [] if _KEY_ID in tags else ["no key id"]
    return " and ".join(found)


def _other_issuer(place: Place) -> str:
    """Compare issuer name and serial number as OpenSSL does before it takes a certificate as the issuer."""
    extension = place.extension(AUTHORITY_KEY_ID)
    if extension is None:
        return ""
    try:
        parts = {part.tag: part for part in der.read(extension.value_der).expect(der.SEQUENCE).children()}
        differences = [_difference(parts, issuer) for issuer in place.issuers]
    except der.DerError:
        return ""  # The checks of the encoding say so.
    return differences[0] if all(differences) and differences else ""


def _difference(parts: Mapping[int, der.Tlv], issuer: Certificate) -> str:
    if _SERIAL in parts and issuer.serial is not None and der.integer(parts[_SERIAL]) != issuer.serial:
        return f"serial number {der.integer(parts[_SERIAL]):x}"
    names = [name for name in parts[_ISSUER].children() if name.tag == DIRECTORY] if _ISSUER in parts else []
    name = read_name(names[0].inside()) if names else issuer.issuer
    return "" if name_key(name) == name_key(issuer.issuer) else name.text or "(empty name)"


def _issuer_encoding(place: Place) -> str:
    own = place.certificate.issuer
    differs = bool(place.issuers) and all(issuer.subject.der != own.der for issuer in place.issuers)
    return own.text if differs else ""


def _missing_ski(place: Place) -> str:
    certificate = place.certificate
    if not certificate.is_ca or certificate.version != 3 or place.unreadable(FieldId.SUBJECT_KEY_ID):
        return ""
    return "none" if certificate.subject_key_id is None else ""


def _ca_constraints_not_critical(place: Place) -> str:
    constraints = place.certificate.basic_constraints
    return "CA:TRUE, not critical" if constraints and constraints.ca and not constraints.critical else ""


def _ca_without_key_usage(place: Place) -> str:
    certificate = place.certificate
    unlimited = certificate.is_ca and certificate.key_usage is None
    return "none" if unlimited and not place.unreadable(FieldId.KEY_USAGE) else ""


def _usage_beyond_key(place: Place) -> str:
    kind = place.certificate.key.kind
    signs_alone = kind in ("Ed25519", "Ed448") or kind.startswith("ML-DSA")
    return (
        ", ".join(sorted((place.certificate.key_usage or frozenset()) & _NO_SIGNING)) if signs_alone else ""
    )


def _leaf_signs_certificates(place: Place) -> str:
    usage = place.certificate.key_usage or frozenset()
    return ", ".join(sorted(usage)) if place.server and "keyCertSign" in usage else ""


def _leaf_path_length(place: Place) -> str:
    constraints = place.certificate.basic_constraints
    if not place.server or constraints is None or constraints.path_length is None:
        return ""
    return f"CA:FALSE, path length {constraints.path_length}"


def _any_usage(place: Place) -> str:
    usages = place.certificate.extended_key_usage or ()
    return "anyExtendedKeyUsage" if place.server and {SERVER_AUTH, ANY_USAGE} <= set(usages) else ""


def _other_usages(place: Place) -> str:
    found = [usage for usage in place.certificate.extended_key_usage or () if usage in FOREIGN_USAGES]
    return ", ".join(FOREIGN_USAGES[usage] for usage in found) if place.server else ""


def _ocsp_usage(place: Place) -> str:
    usages = set(place.certificate.extended_key_usage or ())
    return "OCSP signing" if place.server and {SERVER_AUTH, OCSP_SIGNING} <= usages else ""


def _critical_usage(place: Place) -> str:
    extension = place.extension(EXTENDED_KEY_USAGE)
    return "critical" if place.server and extension and extension.critical else ""


def _missing_usage(place: Place) -> str:
    missing = place.server and place.extension(EXTENDED_KEY_USAGE) is None
    # The other versions have no extensions at all, which is one fault and not two.
    return "none" if missing and place.certificate.version == 3 else ""


def _root_usage(place: Place) -> str:
    return "present" if place.root and place.extension(EXTENDED_KEY_USAGE) else ""


def _leaf_name_constraints(place: Place) -> str:
    return "present" if place.server and place.extension(NAME_CONSTRAINTS) else ""


def _name_constraints_not_critical(place: Place) -> str:
    extension = place.extension(NAME_CONSTRAINTS)
    return "not critical" if place.certificate.is_ca and extension and not extension.critical else ""


def _name_constraints_form(place: Place) -> str:
    extension = place.extension(NAME_CONSTRAINTS)
    try:
        trees = list(der.read(extension.value_der).expect(der.SEQUENCE).children()) if extension else []
        bases = [next(subtree.children(), None) for tree in trees for subtree in tree.children()]
    except der.DerError:
        return ""  # The checks of the encoding say so.
    hosts = [loose_text(base.value) for base in bases if base is not None and base.tag == DNS]
    return ", ".join([host for host in hosts if host.startswith(".")][:3])


def _crl_points_form(place: Place) -> str:
    extension = place.extension(CRL_POINTS)
    if extension is None or place.root:
        return ""
    try:
        points = [part for point in der.read(extension.value_der).children() for part in point.children()]
        names = [name for part in points if part.tag == 0xA0 for name in part.inside().children()]
        relative = any(part.tag == 0xA0 and part.inside().tag == 0xA1 for part in points)
    except der.DerError:
        return ""  # The checks of the encoding say so.
    found = [] if relative else [describe_general_name(name) for name in names if name.tag != URI]
    return "a name relative to the issuer" if relative else ", ".join(found[:3])


RULES: dict[str, Rule] = {
    "missing-aki": _missing_aki,
    "root-aki": _root_aki,
    "other-issuer": _other_issuer,
    "issuer-encoding": _issuer_encoding,
    "missing-ski": _missing_ski,
    "ca-constraints-not-critical": _ca_constraints_not_critical,
    "ca-without-key-usage": _ca_without_key_usage,
    "usage-beyond-key": _usage_beyond_key,
    "leaf-signs-certificates": _leaf_signs_certificates,
    "leaf-path-length": _leaf_path_length,
    "any-usage": _any_usage,
    "other-usages": _other_usages,
    "ocsp-usage": _ocsp_usage,
    "critical-usage": _critical_usage,
    "missing-usage": _missing_usage,
    "root-usage": _root_usage,
    "crl-points-form": _crl_points_form,
    "leaf-name-constraints": _leaf_name_constraints,
    "name-constraints-not-critical": _name_constraints_not_critical,
    "name-constraints-form": _name_constraints_form,
}
"""The rules of this file by their ids."""
