"""Opens the containers certificates come in: PKCS#7 and PKCS#12."""

import warnings
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from certwizard.domain import der
from certwizard.domain.cleantext import clean
from certwizard.domain.der import DerError, Tlv
from certwizard.domain.observation import Failure, FailureReason, PrivateKeyFacts
from certwizard.domain.options import PasswordSource
from certwizard.probe.ber import definite
from certwizard.probe.lock_work import TOO_MUCH_WORK, too_much_work
from certwizard.probe.outline import outline_of
from certwizard.probe.public_half import public_half
from certwizard.probe.shapes import CONTEXT_0

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates


@dataclass(frozen=True, slots=True)
class Contents:
    """What a container gave."""

    chain: tuple[bytes, ...] = ()
    key: PrivateKeyFacts | None = None
    failure: Failure | None = None
    notes: tuple[str, ...] = ()


def open_pkcs7(data: bytes) -> Contents:
    """Return the certificates of a PKCS#7 or CMS SignedData (RFC 5652 5.1), leaf first."""
    try:
        signed = _wrapped(der.read(definite(data))).inside().expect(der.SEQUENCE)
        bag = next((part for part in signed.children() if part.tag == CONTEXT_0), None)
        found = [] if bag is None else [part.raw for part in bag.children() if part.tag == der.SEQUENCE]
    except DerError as error:
        return Contents(failure=Failure(FailureReason.UNREADABLE, f"it is damaged: {error}", spoke="PKCS#7"))
    if not found:
        detail = "it holds no certificate"
        return Contents(failure=Failure(FailureReason.WRONG_KIND, detail, spoke="PKCS#7"))
    ordered = leaf_first(found)
    moved = ("PKCS#7 has no order of its own: the certificate that issued none of the others is first",)
    return Contents(tuple(ordered), notes=moved if ordered != found else ())


def _wrapped(outer: Tlv) -> Tlv:
    found = next((part for part in outer.children() if part.tag == CONTEXT_0), None)
    if found is None:
        raise DerError("its content is missing")
    return found


def leaf_first(chain: list[bytes]) -> list[bytes]:
    """Return the certificates with the one that is no other's issuer first, the rest as they were."""
    outlines = [outline_of(one) for one in chain]
    issuers = Counter(one.issuer for one in outlines if one)
    for position, one in enumerate(outlines):
        if one and issuers[one.subject] == one.is_self_issued:
            return [chain[position], *chain[:position], *chain[position + 1 :]]
    return chain


def open_pkcs12(data: bytes, path: str, password: PasswordSource | None) -> Contents:
    """Return what a PKCS#12 holds; the empty password is tried before anybody is asked."""
    from cryptography.exceptions import UnsupportedAlgorithm

    if too_much_work(data):
        return Contents(failure=Failure(FailureReason.UNREADABLE, TOO_MUCH_WORK, spoke="PKCS#12"))
    try:
        opened = _unlock(data, path, password)
    except UnsupportedAlgorithm as error:
        detail = f"it is locked with an algorithm that cannot be read here: {clean(str(error), 120)}"
        return Contents(failure=Failure(FailureReason.UNREADABLE, detail, spoke="PKCS#12"))
    if isinstance(opened, Failure):
        return Contents(failure=opened)
    return _unpack(opened, path)


def _unlock(data: bytes, path: str, password: PasswordSource | None) -> "PKCS12KeyAndCertificates | Failure":
    # Some writers lock with "no password", others with an empty one: two different things in PKCS#12.
    opened = _load(data, None) or _load(data, b"")
    if opened is not None:
        return opened
    given = password(path) if password is not None else None
    if given is None:
        return Failure(FailureReason.UNREADABLE, "its password is needed to open it", spoke="PKCS#12")
    wrong = Failure(FailureReason.UNREADABLE, "the password is wrong or it is damaged", spoke="PKCS#12")
    # The library cannot take a zero or half a character, and no PKCS#12 password has them (RFC 7292 B.1).
    secret = secret_bytes(given)
    return wrong if secret is None else _load(data, secret) or wrong


def secret_bytes(password: str) -> bytes | None:
    """Return a password as UTF-8, or None where it is not text or holds a zero."""
    try:
        return None if "\0" in password else password.encode()
    except UnicodeEncodeError:
        return None


def _load(data: bytes, secret: bytes | None) -> "PKCS12KeyAndCertificates | None":
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    with warnings.catch_warnings():
        # Java and Windows write BER, which the library reads with a remark.
        warnings.simplefilter("ignore")
        try:
            return load_pkcs12(data, secret)
        except ValueError:
            return None


def _unpack(opened: "PKCS12KeyAndCertificates", path: str) -> Contents:
    from cryptography.hazmat.primitives.serialization import Encoding

    held = [opened.cert] if opened.cert is not None else []
    chain = [one.certificate.public_bytes(Encoding.DER) for one in [*held, *opened.additional_certs]]
    key = public_half(opened.key, path) if opened.key is not None else None
    if not chain:
        failure = Failure(FailureReason.WRONG_KIND, "it holds no certificate", spoke="PKCS#12")
        return Contents(key=key, failure=failure)
    ordered = chain if held else leaf_first(chain)
    return Contents(tuple(ordered), key)
