"""Revocation lists given beside a chain (RFC 5280 section 5 and 6.3)."""

from __future__ import annotations

from cryptography import x509

from tests import factory as f
from tests.rules.case import RuleCase, given
from tests.unit.test_diagnosis_revocation import (
    FLAWED_CRL,
    HOUR,
    LEAF,
    STRANGE,
    USELESS_CRL,
    VOID_CRL,
    P,
    crl_der,
    rewritten,
    scope,
    uri,
)

MANY = 10_000


def by(*bodies: bytes, leaf: f.Issued = LEAF) -> RuleCase:
    """Return a chain of three with these lists."""
    return RuleCase(lambda: given(leaf, P.intermediate, crls=bodies))


def ca_of_users_list() -> RuleCase:
    """Return a root's list that lists no CAs, asked for a CA."""
    users = crl_der(P.root, extension=scope(only_contains_user_certs=True))
    return by(users, crl_der())


REVOKED, OPEN = "revoked/unspecified@leaf", "revocation-unknown/@leaf"
CASES: dict[str, tuple[RuleCase, str]] = {
    "list: empty": (by(crl_der()), ""),
    "list: of others": (by(crl_der(revoked=(P.leaf,))), ""),
    "list: very long": (by(crl_der(padding=MANY)), ""),
    "list: holds the leaf": (by(crl_der(revoked=(LEAF,))), REVOKED),
    "list: holds the intermediate": (
        by(crl_der(P.root, (P.intermediate,))),
        "revoked/unspecified@intermediate",
    ),
    "list: of another CA holds the number": (by(crl_der(), crl_der(P.root, (LEAF,))), ""),
    "list: holds the leaf from tomorrow on": (by(crl_der(revoked=(LEAF,), when=f.NOW + 24 * HOUR)), REVOKED),
    "list: held the leaf before it was made": (
        by(crl_der(revoked=(LEAF,), when=f.NOW - 9000 * HOUR)),
        REVOKED,
    ),
    "list: a strange extension": (by(crl_der(extension=(STRANGE, False))), ""),
    "list: a strange critical entry": (
        by(crl_der(revoked=(LEAF,), entry_extension=(STRANGE, True))),
        REVOKED,
    ),
    "list: a strange entry": (by(crl_der(revoked=(LEAF,), entry_extension=(STRANGE, False))), REVOKED),
    "list: the part that the leaf names": (
        by(crl_der(extension=scope(full_name=uri("http://crl.test/ca.crl")))),
        "",
    ),
    "list: a part, and the leaf names none": (
        by(crl_der(extension=scope(full_name=uri("http://crl.test/ca.crl"))), leaf=P.leaf),
        OPEN,
    ),
    "list: without CAs, for a CA": (ca_of_users_list(), "revocation-unknown/@intermediate"),
    **{
        f"list that does not count: {name}": (by(body), OPEN)
        for name, (body, _) in USELESS_CRL.items()
        # A file that is about another CA, or about nobody, is no answer on this certificate at all.
        if name not in ("of another CA", "no CRL", "cut off")
    },
    **{
        f"list with a flaw: {name}": (by(body), "revocation-unknown/crl-form@leaf")
        for name, (body, _) in FLAWED_CRL.items()
    },
    **{
        f"list that is none, and holds the leaf: {name}": (
            by(rewritten(crl_der(revoked=(LEAF,)), change)),
            OPEN,
        )
        for name, (change, _) in VOID_CRL.items()
        if name != "a version that does not exist"
    },
}


def issuer_of_lists(*having: f.Override, without: bool = False) -> RuleCase:
    """Return a list of a CA with another key usage."""
    unlimited = [x509.KeyUsage] if without else []
    root = f.root("Listing Root", having=having, without=unlimited)
    leaf = f.leaf(root)
    return RuleCase(lambda: given(leaf, roots=[root], crls=[crl_der(root)]))


CASES |= {
    "list: its CA may sign lists": (issuer_of_lists((f.key_usage("key_cert_sign", "crl_sign"), True)), ""),
    "list: its CA may not sign lists": (issuer_of_lists((f.key_usage("key_cert_sign"), True)), OPEN),
    "list: its CA has no key usage": (
        issuer_of_lists(without=True),
        "profile-violation/ca-without-key-usage@root",
    ),
}
