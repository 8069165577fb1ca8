"""Which special cases of a cause one is: what clients have words of their own for."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.client_certificate import CERTIFICATE_REQUIRED
from certwizard.diagnosis.checks.negotiation import PROTOCOL_VERSION, modern
from certwizard.diagnosis.clients.minding import certificate_of
from certwizard.diagnosis.clients.names import covers
from certwizard.diagnosis.clients.standpoint import Standpoint, says_revoked
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.weakness import weak_signature
from certwizard.domain.certificate import Certificate
from certwizard.domain.hostname import is_ip
from certwizard.domain.vocabulary import CauseId, FieldId
from certwizard.knowledge.client_traits import CommonName, CommonNames, NameTraits, WildcardBelow

_BY_COMMON_NAME = NameTraits(CommonName.WITHOUT_SAN, CommonNames.LAST, wildcard_below=WildcardBelow.ANY)
"""How Go looks whether the common name would have fitted, which it then tells."""
_KINDS = {"EC": "curve", "DSA": "dsa", "Ed25519": "edwards", "Ed448": "edwards"}
_SMALL = 224
"""Bits below which a curve is refused for its size, before anything is verified with it."""


def special_cases(case: Case, stand: Standpoint, cause: Cause) -> list[str]:
    """Return the special cases that a cause is one of for a client, the narrowest first."""
    leaf, path = case.leaf, stand.profile.traits.path
    match cause.id:
        case CauseId.HOSTNAME_MISMATCH | CauseId.NO_SAN if leaf is not None:
            return _name_cases(stand, leaf, case.asked)
        case CauseId.MISSING_INTERMEDIATE if path.fetches_aia or path.preloads_intermediates:
            return ["unrecoverable"]
        case CauseId.MISSING_INTERMEDIATE | CauseId.UNTRUSTED_ROOT if cause.certificate == 0:
            return ["leaf-alone"]
        case CauseId.EXPIRED | CauseId.NOT_YET_VALID if cause.certificate != 0:
            return ["authority"]
        case CauseId.WEAK_KEY:
            return _key_cases(stand, certificate_of(case, cause), cause)
        case CauseId.WEAK_SIGNATURE:
            return _signature_cases(certificate_of(case, cause), cause)
        case CauseId.MALFORMED if (own := certificate_of(case, cause)) is not None and own.repeats_extension:
            return ["twice"]
        case CauseId.MALFORMED if cause.field is FieldId.SUBJECT_ALT_NAME:
            return [FieldId.SUBJECT_ALT_NAME.value]
        case CauseId.REVOKED if says_revoked(stand, cause):
            return ["stapled"]
        case CauseId.NOT_A_CA:
            return _authority_cases(stand, certificate_of(case, cause))
        case CauseId.CLIENT_CERT_REQUIRED if _is_older_tls(case):
            return ["older-tls"]
        case CauseId.PROTOCOL_VERSION if _is_told_by_alert(case):
            return ["alert"]
    return []


def _name_cases(stand: Standpoint, leaf: Certificate, asked: str | None) -> list[str]:
    if asked is None:
        return []
    if is_ip(asked):
        listed = leaf.san is not None and bool(leaf.san.ips)
        return ["ip-address-alone" if leaf.san is None else "other-address" if listed else "", "ip-address"]
    if "_" in asked and not stand.profile.traits.names.underscores:
        return ["underscore"]
    if leaf.san is not None:
        return [] if leaf.san.dns else ["no-dns-name"]
    nameless = [] if leaf.subject.first("CN") else ["nameless"]
    fits = covers(_BY_COMMON_NAME, leaf, asked, public=False)
    return [*nameless, *([] if fits else ["other-common-name"]), "no-san"]


def _key_cases(stand: Standpoint, certificate: Certificate | None, cause: Cause) -> list[str]:
    kind = "" if certificate is None else certificate.key.kind
    case = _KINDS.get(kind, "")
    if not case:
        return []
    small = certificate is not None and kind == "EC" and (certificate.key.bits or 0) < _SMALL
    if cause.certificate == 0:
        return [case]
    nodes = stand.path.path.nodes if stand.path is not None else ()
    root = bool(nodes) and certificate is not None and nodes[-1].certificate.sha256 == certificate.sha256
    return [*([f"root-{case}"] if root else []), *(["ca-small-curve"] if small else []), f"ca-{case}"]


def _signature_cases(certificate: Certificate | None, cause: Cause) -> list[str]:
    if certificate is None or weak_signature(certificate) != "MD5":
        return []
    return ["md5-leaf", "md5"] if cause.certificate == 0 else ["md5"]


def _authority_cases(stand: Standpoint, certificate: Certificate | None) -> list[str]:
    if certificate is None:
        return []
    nodes = stand.path.path.nodes if stand.path is not None else ()
    prefix = "root-" if nodes and nodes[-1].certificate.sha256 == certificate.sha256 else ""
    if certificate.key_usage is not None and "keyCertSign" not in certificate.key_usage:
        cases = ["no-cert-sign"]
    else:
        cases = ["no-constraints"] if certificate.basic_constraints is None and certificate.key_usage else []
    return [*([f"{prefix}{each}" for each in cases]), *(["root"] if prefix else []), *cases]


def _is_older_tls(case: Case) -> bool:
    """Return whether the handshake was older than TLS 1.3, where a missing certificate is a plain failure."""
    failure = None if case.handshake is None else case.handshake.failure
    if failure is not None and failure.alert is not None:
        return failure.alert != CERTIFICATE_REQUIRED
    return case.handshake is not None and case.handshake.protocol not in (None, "TLSv1.3")


def _is_told_by_alert(case: Case) -> bool:
    """Return whether the server says with an alert that it knows none of today's versions."""
    failure = next((each.failure for each in modern(case) if each.failure is not None), None)
    return failure is not None and failure.alert == PROTOCOL_VERSION
