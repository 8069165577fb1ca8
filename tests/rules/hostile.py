"""Chains made to cost work: each is honest in form and hostile in number."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from secrets import token_bytes

from cryptography import x509

from certwizard.domain import der
from certwizard.domain.observation import Observation
from tests import factory as f
from tests.profile_breakers import mappings, policies, signed
from tests.rules.case import given
from tests.unit.test_diagnosis_paths import cross_signed

NO_IDS = (x509.SubjectKeyIdentifier, x509.AuthorityKeyIdentifier)
_RSA = bytes.fromhex("300d06092a864886f70d0101010500")


def everybody_signs_everybody(cas: int = 14) -> Observation:
    """Every CA has a certificate of every other; one of them is an anchor's."""
    roots = [f.root(f"Crossing {n}") for n in range(cas)]
    crossed = [cross_signed(by, of) for of in roots for by in roots if by is not of]
    return given(f.leaf(roots[-1]), *crossed, roots=[roots[0]])


def one_name_many_keys(number: int = 190) -> Observation:
    """All CAs have the anchor's name and keys of their own, and nobody says which key was meant."""
    junk = [f.root("Test Root", key=f.ec_key(f"many {n}"), without=NO_IDS) for n in range(number)]
    return given(f.leaf(f.root("Test Root", key=f.ec_key("lost")), without=NO_IDS), *junk)


def one_name_one_key(number: int = 190) -> Observation:
    """All CAs issued each other, by name and by key."""
    own = f.root("Junk", key=f.ec_key("junk"))
    chain = [f.intermediate(own, "Junk", key=own.key, days=(-500 - n, 1500)) for n in range(number)]
    return given(f.leaf(chain[0]), *chain, roots=[f.pki().root])


def named_like_the_anchor(number: int = 150) -> Observation:
    """A long chain whose uppermost CA names the anchor as its issuer, which did not sign it."""
    above = f.root("Test Root", key=f.ec_key("lost"), without=NO_IDS)
    chain: list[f.Issued] = []
    for n in range(number):
        above = f.intermediate(above, f"Deep {n}", without=NO_IDS)
        chain.append(above)
    return given(f.leaf(above, without=NO_IDS), *chain)


def thousands_of_certificates(number: int = 3000) -> Observation:
    """Far more certificates than any handshake carries."""
    p = f.pki()
    junk = [surplus(n) for n in range(number)]
    return given(p.leaf, p.intermediate, *junk)


def surplus(number: int) -> bytes:
    """Return a certificate that differs from the others in its number."""
    return _numbered(f.pki().intermediate.der, number)


def _numbered(data: bytes, number: int) -> bytes:
    return signed(data, f.pki().root, serial=der.wrap(der.INTEGER, b"\1" + number.to_bytes(4)))


def giant_keys(number: int = 100, bits: int = 16384) -> Observation:
    """Every possible issuer has an RSA key as large, and with an exponent as long, as is verified at all."""
    ca = f.intermediate(f.pki().root, "Giant", key=f.rsa_key(), without=NO_IDS)
    leaf = f.leaf(ca, without=NO_IDS)
    return given(leaf, *(_with_key(ca, _giant(bits)) for _ in range(number)))


def _with_key(ca: f.Issued, spki: bytes) -> bytes:
    return signed(ca.der, f.pki().root, spki=spki)


def _giant(bits: int) -> bytes:
    modulus = b"\0\xc1" + token_bytes(bits // 8 - 2) + b"\x01"
    numbers = der.wrap(
        der.SEQUENCE, der.wrap(der.INTEGER, modulus), der.wrap(der.INTEGER, b"\x7f" + b"\xff" * 7)
    )
    return der.wrap(der.SEQUENCE, _RSA, der.wrap(der.BIT_STRING, b"\0" + numbers))


def limits_at_every_ca(cas: int = 8, limits: int = 200, names: int = 150) -> Observation:
    """Every CA has as many limits as are just compared, and so has the leaf names."""
    above = f.pki().root
    chain: list[f.Issued] = []
    for n in range(cas):
        bases = [x509.DNSName(f"n{m}.example.com") for m in range(limits)]
        constraints = (x509.NameConstraints(None, bases), True)
        above = f.intermediate(above, f"Limited {n}", having=[constraints])
        chain.insert(0, above)
    return given(f.leaf(above, [f.HOST, *(f"x{m}.example.com" for m in range(names))]), *chain)


def policies_that_multiply(cas: int = 10, number: int = 20) -> Observation:
    """Every CA maps every policy to every other."""
    names = [f"1.2.3.4.{n}" for n in range(1, number + 1)]
    above = f.pki().root
    chain: list[f.Issued] = []
    for n in range(cas):
        every = mappings(*((a, b) for a in names for b in names))
        required = x509.PolicyConstraints(50, None)
        above = f.intermediate(above, f"Policy {n}", having=[(required, True), policies(*names), every])
        chain.insert(0, above)
    return given(f.leaf(above, having=[policies(names[0])]), *chain)


def endless_subject(parts: int = 20_000) -> Observation:
    """A name of many parts, in a CA with a limit on names."""
    limit = x509.NameConstraints([x509.DirectoryName(f.name("x"))], None)
    ca = f.intermediate(f.pki().root, "Limited", having=[(limit, True)])
    pair = der.wrap(der.SEQUENCE, der.wrap(der.OID, b"\x55\x04\x0b"), der.wrap(der.UTF8_STRING, b"unit"))
    subject = der.wrap(der.SEQUENCE, *([der.wrap(der.SET, pair)] * parts))
    return given(signed(f.leaf(ca).der, ca, subject=subject), ca)


HOSTILE: dict[str, Callable[[], Observation]] = {
    "everybody signs everybody": everybody_signs_everybody,
    "one name, many keys": one_name_many_keys,
    "one name, one key": one_name_one_key,
    "a deep chain": named_like_the_anchor,
    "thousands of certificates": thousands_of_certificates,
    "giant keys": giant_keys,
    "limits at every CA": limits_at_every_ca,
    "policies that multiply": policies_that_multiply,
    "an endless subject": endless_subject,
}


@cache
def hostile(name: str) -> Observation:
    """Return one of them, made once a run."""
    return HOSTILE[name]()
