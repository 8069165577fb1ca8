"""Certificates as they would be made: facts that keep every rule, with no bytes behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.weakness import SERVER_AUTH
from certwizard.domain.addresses import is_ip, parse_ip
from certwizard.domain.certificate import (
    BasicConstraints,
    Certificate,
    DistinguishedName,
    ExtensionFacts,
    NameAttribute,
    PublicKeyFacts,
    SignatureFacts,
    SubjectAltNames,
)
from certwizard.knowledge.rules import validity_limit

LIFETIME_OF_CAS = timedelta(days=5 * 365)
BACKDATED = timedelta(hours=1)
FIRST_MOMENT = datetime.min.replace(tzinfo=UTC)
LAST_MOMENT = datetime.max.replace(microsecond=0, tzinfo=UTC)
LONGEST_LEAF = timedelta(days=90)
_SIGNATURE = SignatureFacts("1.2.840.10045.4.3.2", "ecdsa-with-SHA256", "sha256")
_BASIC_CONSTRAINTS, _KEY_USAGE, _EXTENDED_KEY_USAGE = "2.5.29.19", "2.5.29.15", "2.5.29.37"
_SUBJECT_KEY_ID, _AUTHORITY_KEY_ID, _NAMES = "2.5.29.14", "2.5.29.35", "2.5.29.17"
_NAMED = {
    _BASIC_CONSTRAINTS: "basicConstraints",
    _KEY_USAGE: "keyUsage",
    _EXTENDED_KEY_USAGE: "extKeyUsage",
    _SUBJECT_KEY_ID: "subjectKeyIdentifier",
    _AUTHORITY_KEY_ID: "authorityKeyIdentifier",
    _NAMES: "subjectAltName",
}
_SEQUENCE, _DNS, _IP = 0x30, 0x82, 0x87
_CRITICAL = frozenset({_BASIC_CONSTRAINTS, _KEY_USAGE})
_OWN_EXTENSIONS = (_BASIC_CONSTRAINTS, _KEY_USAGE, _EXTENDED_KEY_USAGE, _SUBJECT_KEY_ID, _NAMES)
_LEAF_EXTENSIONS = (*_OWN_EXTENSIONS, _AUTHORITY_KEY_ID)
_ROOT_EXTENSIONS = (_BASIC_CONSTRAINTS, _KEY_USAGE, _SUBJECT_KEY_ID)
_CA_EXTENSIONS = (*_ROOT_EXTENSIONS, _AUTHORITY_KEY_ID)


def new_leaf(case: Case, old: Certificate, issuer: Certificate | None, when: datetime) -> Certificate:
    """Return a certificate for the same server that keeps every rule.

    Args:
        case: What was seen.
        old: The certificate it takes the place of.
        issuer: Who signs it; None: itself.
        when: When it is made.
    """
    begins = _before(when)
    mark = f"certificate in the place of {old.sha256} by {issuer.sha256 if issuer else 'itself'}"
    token = mark.encode()
    names = _names(case, old)
    key = _own_key(case, mark)
    subject = _subject(old.subject, names.all[0] if names.all else "server")
    return Certificate(
        der=token,
        sha256=sha256(token).hexdigest(),
        subject=subject,
        issuer=issuer.subject if issuer else subject,
        serial=int.from_bytes(sha256(token).digest()[:8]) | 1,
        not_before=begins,
        not_after=_after(begins, _lifetime(begins)),
        key=key,
        signature=_SIGNATURE,
        san=names,
        basic_constraints=BasicConstraints(ca=False, path_length=None, critical=True),
        key_usage=frozenset({"digitalSignature"}),
        extended_key_usage=(SERVER_AUTH,),
        subject_key_id=sha256(key.spki_der).digest()[:20],
        authority_key_id=issuer.subject_key_id if issuer else None,
        extensions=_extensions(_LEAF_EXTENSIONS if issuer else _OWN_EXTENSIONS, names),
        supposed_signer=(issuer.key if issuer else key).spki_sha256,
    )


def new_authority(
    subject: DistinguishedName, issuer: Certificate | None, when: datetime, key_id: bytes | None = None
) -> Certificate:
    """Return a CA certificate that keeps every rule.

    Args:
        subject: Its name.
        issuer: Who signs it; None: itself.
        when: When it is made.
        key_id: The id by which certificates below it name its key.
    """
    token = b"authority " + sha256(subject.der + subject.text.encode()).hexdigest().encode()
    key = _new_key(token.decode())
    return Certificate(
        der=token,
        sha256=sha256(token).hexdigest(),
        subject=subject,
        issuer=issuer.subject if issuer else subject,
        serial=int.from_bytes(sha256(token).digest()[:8]) | 1,
        not_before=_before(when),
        not_after=_after(when, LIFETIME_OF_CAS),
        key=key,
        signature=_SIGNATURE,
        basic_constraints=BasicConstraints(ca=True, path_length=None, critical=True),
        key_usage=frozenset({"keyCertSign", "cRLSign"}),
        subject_key_id=key_id or sha256(key.spki_der).digest()[:20],
        authority_key_id=issuer.subject_key_id if issuer else None,
        extensions=_extensions(_CA_EXTENSIONS if issuer else _ROOT_EXTENSIONS),
        supposed_signer=(issuer.key if issuer else key).spki_sha256,
    )


def corrected_authority(old: Certificate, issuer: Certificate, when: datetime) -> Certificate:
    """Return a CA certificate made again for the same name and key, with nothing wrong on it."""
    made = new_authority(old.subject, None if issuer.sha256 == old.sha256 else issuer, when)
    token = f"authority in the place of {old.sha256}".encode()
    return replace(
        made,
        der=token,
        sha256=sha256(token).hexdigest(),
        key=old.key,
        subject_key_id=old.subject_key_id or made.subject_key_id,
        supposed_signer=issuer.key.spki_sha256,
    )


def _lifetime(when: datetime) -> timedelta:
    limit = validity_limit(when, public=True)
    whole = min(LONGEST_LEAF, limit.span) if limit else LONGEST_LEAF
    return whole - timedelta(seconds=1)


def _before(when: datetime) -> datetime:
    # CAs let what they make begin a little earlier, for clocks that are slow.
    return when - BACKDATED if when - FIRST_MOMENT > BACKDATED else when


def _after(when: datetime, span: timedelta) -> datetime:
    # No calendar goes on for ever.
    return when + span if LAST_MOMENT - when > span else LAST_MOMENT


def _own_key(case: Case, mark: str) -> PublicKeyFacts:
    """Return a good key: that of the given file, where there is one."""
    given, key = case.observation.private_key, _new_key(mark)
    return replace(key, spki_sha256=given.spki_sha256) if given and given.spki_sha256 else key


def _new_key(mark: str) -> PublicKeyFacts:
    spki = f"key of {mark}".encode()
    return PublicKeyFacts("EC", 256, "secp256r1", None, spki, sha256(spki).hexdigest())


def _names(case: Case, old: Certificate) -> SubjectAltNames:
    if case.asked is None:
        kept = old.san or SubjectAltNames()
        return SubjectAltNames(dns=kept.dns, ips=kept.ips)
    return SubjectAltNames(ips=(case.asked,)) if is_ip(case.asked) else SubjectAltNames(dns=(case.asked,))


def _subject(old: DistinguishedName, name: str) -> DistinguishedName:
    """Return the old subject with the server's name as its common name."""
    common = named(name)
    kept = tuple(each for each in old.attributes if each.label != "CN")
    return replace(common, der=b"%b in %b" % (common.der, old.der), attributes=kept + common.attributes)


def named(common: str) -> DistinguishedName:
    """Return a name that is a common name alone."""
    return DistinguishedName(f"CN={common}".encode(), (NameAttribute("2.5.4.3", "CN", common),))


def _extensions(oids: tuple[str, ...], names: SubjectAltNames | None = None) -> tuple[ExtensionFacts, ...]:
    encoded = _encoded(names) if names else b""
    return tuple(
        ExtensionFacts(oid, _NAMED[oid], oid in _CRITICAL, encoded if oid == _NAMES else b"", known=True)
        for oid in oids
        if oid != _NAMES or encoded
    )


def _encoded(names: SubjectAltNames) -> bytes:
    entries = [_tlv(_DNS, name.encode("ascii", "ignore")) for name in names.dns]
    entries += [_tlv(_IP, address.packed) for each in names.ips if (address := parse_ip(each))]
    return _tlv(_SEQUENCE, b"".join(entries))


def _tlv(tag: int, value: bytes) -> bytes:
    length = len(value)
    if length < 0x80:
        return bytes((tag, length)) + value
    octets = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(octets))) + octets + value
