"""Refuses locked files whose lock is built to keep a reader busy for hours."""

from certwizard.domain import der
from certwizard.domain.der import DerError, Tlv
from certwizard.probe.ber import definite

MAX_ROUNDS = 2_000_000
TOO_MUCH_WORK = "its password lock asks for more work than any honest one"
_MOST_ELEMENTS = 4000
_CONSTRUCTED = 0x20
_LONGEST_COUNT = 8


def too_much_work(data: bytes) -> bool:
    """Return whether a PKCS#12 or PKCS#8 structure asks for more rounds than any honest writer does.

    Rounds are small whole numbers; those of keys (moduli, points) are much longer, exponents much smaller.
    """
    try:
        waiting = [der.read(definite(data))]
    except DerError:
        return False
    for _ in range(_MOST_ELEMENTS):
        if not waiting:
            return False
        one = waiting.pop()
        if one.tag == der.INTEGER and 0 < len(one.value) <= _LONGEST_COUNT and der.integer(one) > MAX_ROUNDS:
            return True
        waiting += _inside(one)
    return False


def _inside(one: Tlv) -> list[Tlv]:
    """Return what stands inside; PKCS#12 packs structures into octet strings as well (RFC 7292 4)."""
    try:
        if one.tag & _CONSTRUCTED:
            return list(one.children())
        if one.tag == der.OCTET_STRING and one.inside().expect(der.SEQUENCE).end == one.end:
            return [one.inside()]
    except DerError:
        pass
    return []
