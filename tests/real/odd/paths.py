"""Odd ways to a root: several of them, none, expired ones, and certificates in the wrong place."""

from __future__ import annotations

from cryptography import x509

from tests import factory as f
from tests.real.odd.server import Odd, Recipe, ca, leaf, middle, root, top, with_ca, with_leaf

GONE = (-900.0, -10.0)


def _cross(*, expired: bool, roots: str) -> Odd:
    """Leaf <- intermediate <- new root, which an old root signed across; the cross certificate is sent."""
    old = root("Odd Old Root", days=GONE if expired else (-1000, 1000))
    new = root("Odd New Root")
    cross = ca(old, "Odd New Root", key=new.key, days=GONE if expired else (-500, 500))
    authority = ca(new)
    made = leaf(authority)
    held = {"new": (new,), "old": (old,), "both": (old, new)}[roots]
    return Odd((made, authority, cross), made.key, held)


def _twins(*, expired_first: bool, held: bool = False) -> Odd:
    """Two certificates of one intermediate, one of them expired."""
    key = f.ec_key("odd twins")
    old, new = ca(top(), key=key, days=GONE), ca(top(), key=key)
    made = leaf(new)
    if held:
        return Odd((made, old), made.key, (top(), new))
    return Odd((made, *((old, new) if expired_first else (new, old))), made.key, (top(),))


def _decoy(*, key_ids: bool, alone: bool = False) -> Odd:
    """A root of the same name with another key is held, beside the right one or alone."""
    decoy = root(key=f.ec_key("odd decoy"))
    authority = ca(top(), "Odd CA of two roots", without=() if key_ids else [x509.AuthorityKeyIdentifier])
    return with_ca(authority, roots=(decoy,) if alone else (decoy, top()))


def _dead_end() -> Odd:
    """The intermediate exists twice: below a root that is held, and below one that is not; the second is sent first."""
    key = f.ec_key("odd dead end")
    other = root("Odd Unknown Root")
    good, bad = ca(top(), key=key), ca(other, key=key, days=(-400, 1600))
    made = leaf(good)
    return Odd((made, bad, good), made.key, (top(),))


def _deep(count: int) -> Odd:
    authority, chain = top(), []
    for number in range(count):
        authority = ca(authority, f"Odd CA {number}")
        chain.append(authority)
    return with_ca(authority, *reversed(chain[:-1]))


def _rollover(path_length: int) -> Odd:
    """A CA that renewed its key and signed the new one with the old (self-issued): it counts for no path length."""
    upper = ca(top(), "Odd Rollover CA", key=f.ec_key("odd old key"), path_length=path_length)
    newer = ca(upper, "Odd Rollover CA", key=f.ec_key("odd new key"))
    return with_ca(newer, upper)


def _pinned(*, self_signed: bool, is_ca: bool = False) -> Odd:
    """The server's own certificate is what clients trust."""
    constraints = [x509.BasicConstraints(ca=True, path_length=None)] if is_ca else []
    usage = [f.key_usage("digital_signature", "key_cert_sign")] if is_ca else []
    made = leaf(None if self_signed else middle(), having=[*constraints, *usage])
    return Odd((made,), made.key, (made,))


def _sent(*names: str) -> Odd:
    """Send leaf, intermediate, root and a stranger in any order."""
    made = leaf(middle())
    stranger = ca(root("Odd Stranger Root"), "Odd Stranger")
    parts = {"leaf": made, "ca": middle(), "root": top(), "stranger": stranger}
    return Odd([parts[name] for name in names], made.key, (top(),))


def _order(*names: str) -> Odd:
    """Send a chain of two intermediates in any order."""
    upper = ca(top(), "Odd Upper CA")
    lower = ca(upper, "Odd Lower CA")
    made = leaf(lower)
    parts = {"leaf": made, "lower": lower, "upper": upper, "root": top()}
    return Odd([parts[name] for name in names], made.key, (top(),))


def _broken_above() -> Odd:
    return with_ca(ca(top(), "Odd Forged CA", signing_key=f.ec_key("somebody else")))


def _unknown_above(*, root_sent: bool) -> Odd:
    unknown = root("Odd Unknown Root")
    authority = ca(unknown, "Odd Unknown CA")
    return with_ca(authority, *((unknown,) if root_sent else ()))


PATHS: dict[str, Recipe] = {
    "good": lambda: with_leaf(),
    "cross-expired-new-root-held": lambda: _cross(expired=True, roots="new"),
    "cross-expired-both-held": lambda: _cross(expired=True, roots="both"),
    "cross-expired-old-root-held": lambda: _cross(expired=True, roots="old"),
    "cross-good-old-root-held": lambda: _cross(expired=False, roots="old"),
    "cross-good-both-held": lambda: _cross(expired=False, roots="both"),
    "twins-expired-first": lambda: _twins(expired_first=True),
    "twins-expired-last": lambda: _twins(expired_first=False),
    "expired-sent-good-held": lambda: _twins(expired_first=True, held=True),
    "namesake-root-key-ids": lambda: _decoy(key_ids=True),
    "namesake-root-no-key-ids": lambda: _decoy(key_ids=False),
    "namesake-root-alone": lambda: _decoy(key_ids=True, alone=True),
    "namesake-root-alone-no-key-ids": lambda: _decoy(key_ids=False, alone=True),
    "dead-end-first": _dead_end,
    "intermediate-held-alone": lambda: Odd((leaf(middle()),), leaf(middle()).key, (middle(),)),
    "intermediate-held-and-sent": lambda: Odd((leaf(middle()), middle()), leaf(middle()).key, (middle(),)),
    "intermediate-held-beside-root": lambda: Odd((leaf(middle()),), leaf(middle()).key, (middle(), top())),
    "pinned-self-signed": lambda: _pinned(self_signed=True),
    "pinned-self-signed-ca": lambda: _pinned(self_signed=True, is_ca=True),
    "pinned-leaf": lambda: _pinned(self_signed=False),
    "root-sent": lambda: _sent("leaf", "ca", "root"),
    "stranger-last": lambda: _sent("leaf", "ca", "stranger"),
    "stranger-between": lambda: _sent("leaf", "stranger", "ca"),
    "leaf-twice": lambda: _sent("leaf", "leaf", "ca"),
    "leaf-and-root": lambda: _sent("leaf", "root"),
    "leaf-and-stranger": lambda: _sent("leaf", "stranger"),
    "order-root-first": lambda: _order("leaf", "root", "upper", "lower"),
    "order-exchanged": lambda: _order("leaf", "upper", "lower"),
    "lower-missing": lambda: _order("leaf", "upper"),
    "upper-missing": lambda: _order("leaf", "lower"),
    "ten-intermediates": lambda: _deep(10),
    "seventeen-intermediates": lambda: _deep(17),
    "rollover-counts-not": lambda: _rollover(0),
    "forged-intermediate": _broken_above,
    "forged-leaf": lambda: with_leaf(signing_key=f.ec_key("somebody else")),
    "forged-leaf-rsa": lambda: with_leaf(
        ca(top(), key=f.rsa_key(2048, "odd ca")), signing_key=f.rsa_key(2048, "other")
    ),
    "forged-leaf-expired": lambda: with_leaf(signing_key=f.ec_key("somebody else"), days=GONE),
    "unknown-root-sent": lambda: _unknown_above(root_sent=True),
    "unknown-root": lambda: _unknown_above(root_sent=False),
    "root-expired": lambda: with_ca(
        ca(root("Odd Dead Root", days=GONE)), roots=(root("Odd Dead Root", days=GONE),)
    ),
    "root-not-yet": lambda: with_ca(
        ca(root("Odd Young Root", days=(5, 900))), roots=(root("Odd Young Root", days=(5, 900)),)
    ),
    "intermediate-not-yet": lambda: with_ca(ca(top(), "Odd Young CA", days=(5, 900))),
    "self-signed": lambda: Odd((leaf(None),), leaf(None).key, (top(),)),
    "self-signed-wrong-name": lambda: Odd((leaf(None, ["x.test"]),), leaf(None, ["x.test"]).key, (top(),)),
}
