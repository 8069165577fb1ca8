"""Key ids, serial numbers, versions, names of CAs, keys and dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519

from certwizard.domain import der
from certwizard.domain.observation import Observation
from tests import factory as f
from tests.profile_breakers import BREAKERS, EMPTY, Chain, nameless, signed
from tests.rules.case import RuleCase, given
from tests.rules.usages import of_leaf, of_middle, of_root

SECOND = timedelta(seconds=1)
OWN = f.ec_key("Other Root").public_key()
OWN_ID = x509.SubjectKeyIdentifier.from_public_key(OWN)
OTHER_NAME = [x509.DirectoryName(f.name("Somebody"))]


def broken(rule: str) -> RuleCase:
    """Return the chain that breaks a rule of the profile."""

    def make() -> Observation:
        chain = BREAKERS[rule]()
        return given(*chain.sent, roots=[Chain((), chain.root)])

    return RuleCase(make)


def dated(
    at: timedelta, leaf: tuple[float, float] = (-30, 60), middle: tuple[float, float] = (-500, 1500),
    root: tuple[float, float] = (-1000, 3000),
) -> RuleCase:  # fmt: skip
    """Return a chain of three with these days, judged so long after the factory's time."""

    def make() -> Observation:
        top = f.root("Dated Root", days=root)
        ca = f.intermediate(top, "Dated CA", days=middle)
        return given(f.leaf(ca, days=leaf), ca, roots=[top], at=f.NOW + at)

    return RuleCase(make)


def self_issued_key_id(identifier: x509.AuthorityKeyIdentifier) -> RuleCase:
    """Return a chain below a root that describes its own issuer."""
    return of_root(identifier)


def keyed(key: Callable[[], f.Key], *, root: bool = False) -> RuleCase:
    """Return a chain with another key in the leaf or in the root."""

    def make() -> Observation:
        if not root:
            return given(f.leaf(f.pki().intermediate, key=key()), f.pki().intermediate)
        top = f.root("Keyed Root", key=key())
        return given(f.leaf(top), roots=[top])

    return RuleCase(make)


def odd_key_of_ca() -> Observation:
    """Return a chain whose intermediate holds an RSA key without any number."""
    p = f.pki()
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    empty = der.wrap(der.SEQUENCE, algorithm, der.wrap(der.BIT_STRING, b"\0"))
    return given(p.leaf, signed(p.intermediate.der, p.root, spki=empty))


def post_quantum(*, forged: bool = False) -> Observation:
    """Return a chain of ML-DSA keys; forged: signed with another key than the trusted root's."""
    from cryptography.hazmat.primitives.asymmetric import mldsa

    keys: list[Any] = [mldsa.MLDSA44PrivateKey.generate() for _ in range(3)]
    root = f.root("Quantum Root", key=keys[0])
    signer = f.root("Quantum Root", key=keys[1]) if forged else root
    own = x509.AuthorityKeyIdentifier.from_issuer_public_key(keys[0].public_key())
    return given(f.leaf(signer, key=keys[2], having=[own]), roots=[root])


def cross_signed_anchor() -> Observation:
    """Return a chain that ends in an anchor which somebody else signed, without saying who."""
    anchor = f.intermediate(f.root("Above"), "Anchor", without=[x509.AuthorityKeyIdentifier])
    return given(f.leaf(anchor), roots=[anchor])


CASES: dict[str, tuple[RuleCase, str]] = {
    **{
        f"profile: {rule}": (broken(rule), f"profile-violation/{rule}@{place}")
        for rule, place in {
            "missing-aki": "leaf",
            "missing-ski": "intermediate",
            "ca-without-key-usage": "intermediate",
            "serial-zero": "leaf",
            "serial-too-long": "leaf",
            "old-version": "leaf",
            "extensions-in-old-version": "leaf",
            "empty-ca-subject": "intermediate",
            "empty-subject-names-not-critical": "leaf",
            "critical-names": "leaf",
            "rsa-size": "leaf",
            "usage-beyond-key": "leaf",
            "rsa-exponent": "leaf",
            "time-form": "leaf",
            "issuer-encoding": "leaf",
            "crl-points-form": "leaf",
            "explicit-policy": "leaf",
            "any-policy-mapped": "intermediate",
        }.items()
    },
    "aki: missing on an intermediate": (
        of_middle(without=[x509.AuthorityKeyIdentifier]),
        "profile-violation/missing-aki@intermediate",
    ),
    "aki: missing on a root": (of_root(), ""),
    "aki: missing on an anchor that another CA signed": (
        RuleCase(cross_signed_anchor),
        "profile-violation/missing-aki@root",
    ),
    "aki: of a root, critical": (
        of_root((x509.AuthorityKeyIdentifier(OWN_ID.digest, None, None), True)),
        "unknown-critical-extension/@root",
    ),
    "aki: of a root, the root's own": (of_root(x509.AuthorityKeyIdentifier(OWN_ID.digest, None, None)), ""),
    "aki: of a root, without a key id": (
        of_root(x509.AuthorityKeyIdentifier(None, OTHER_NAME, 1234)),
        "profile-violation/root-aki@root",
    ),
    "aki: of a root, with a name and a number": (
        of_root(x509.AuthorityKeyIdentifier(OWN_ID.digest, OTHER_NAME, 1234)),
        "profile-violation/root-aki@root",
    ),
    "aki: of a root, another key": (
        of_root(x509.AuthorityKeyIdentifier(b"\1" * 20, None, None)),
        "malformed/key-id@root",
    ),
    "aki: of a leaf, another key": (
        of_leaf(x509.AuthorityKeyIdentifier(b"\1" * 20, None, None)),
        "malformed/key-id@leaf",
    ),
    "ski: critical on a root": (of_root((OWN_ID, True)), "unknown-critical-extension/@root"),
    "ski: missing on a root": (
        of_root(without=[x509.SubjectKeyIdentifier]),
        "profile-violation/missing-ski@root",
    ),
    "issuer: empty": (
        RuleCase(lambda: given(*nameless(subject_of_ca=False).sent)),
        "profile-violation/empty-issuer@leaf",
    ),
    "subject of a root: empty": (of_root(subject=x509.Name([])), "profile-violation/empty-ca-subject@root"),
    "serial: negative": (
        RuleCase(
            lambda: given(
                signed(f.pki().leaf.der, f.pki().intermediate, serial=der.wrap(der.INTEGER, b"\xff")),
                f.pki().intermediate,
            )
        ),
        "malformed/@leaf",
    ),
    "an empty name among others": (
        RuleCase(
            lambda: given(signed(f.pki().leaf.der, f.pki().intermediate, subject=EMPTY), f.pki().intermediate)
        ),
        "profile-violation/empty-subject-names-not-critical@leaf",
    ),
    "key: RSA 1024 in the leaf": (keyed(lambda: f.rsa_key(1024)), "weak-key/@leaf"),
    "key: RSA 1024 in the root": (keyed(lambda: f.rsa_key(1024), root=True), "weak-key/ca@root"),
    "key: P-224 in the leaf": (keyed(lambda: f.ec_key("odd", "secp224r1")), "weak-key/@leaf"),
    "key: P-224 in the root": (keyed(lambda: f.ec_key("odd", "secp224r1"), root=True), "weak-key/ca@root"),
    "key: DSA in the leaf": (keyed(f.dsa_key), "weak-key/@leaf"),
    "key: Ed25519 in the leaf": (keyed(ed25519.Ed25519PrivateKey.generate), "weak-key/@leaf"),
    "key: ML-DSA in leaf and root": (RuleCase(post_quantum), ""),
    "key: ML-DSA of another root": (
        RuleCase(lambda: post_quantum(forged=True)),
        "bad-signature/@leaf",
    ),
    "key: RSA 2052 in the root": (
        keyed(lambda: f.rsa_key(2052), root=True),
        "profile-violation/rsa-size@root",
    ),
    "key: none in the intermediate": (RuleCase(odd_key_of_ca), "malformed/@intermediate"),
    "dates: the leaf has expired": (dated(timedelta(0), leaf=(-60, -1)), "expired/@leaf"),
    "dates: the intermediate has expired": (dated(timedelta(0), middle=(-60, -1)), "expired/@intermediate"),
    "dates: the root has expired": (dated(timedelta(0), root=(-60, -1)), "expired/@root"),
    "dates: five seconds too late": (dated(5 * SECOND, leaf=(-60, 0)), "expired/@leaf"),
    "dates: a second too late": (dated(SECOND, leaf=(-60, 0)), "expired/@leaf"),
    "dates: the last second, and a bit": (dated(SECOND / 200, leaf=(-60, 0)), ""),
    "dates: the last second": (dated(timedelta(0), leaf=(-60, 0)), ""),
    "dates: the first second": (dated(timedelta(0), leaf=(0, 60)), ""),
    "dates: a second too early": (dated(-SECOND, leaf=(0, 60)), "not-yet-valid/@leaf"),
    "dates: a bit too early": (dated(-SECOND / 1000, leaf=(0, 60)), "not-yet-valid/@leaf"),
}
