"""Follows a chain from certificate to issuer by names and key ids, to know what to fetch and whom to ask."""

from collections.abc import Iterable

from certwizard.probe.outline import Outline
from certwizard.probe.stores import Stores

MAX_DEPTH = 12


class Links:
    """The certificates at hand and how they hang together; the first one is the leaf."""

    def __init__(self, sent: Iterable[Outline], stores: Stores) -> None:
        """Start with what was sent."""
        self.pool: dict[Outline, None] = {}
        self._by_subject: dict[bytes, list[Outline]] = {}
        self._stores = stores
        self.add(sent)

    def add(self, found: Iterable[Outline]) -> None:
        """Take more certificates in, such as fetched ones."""
        for one in found:
            if one not in self.pool:
                self.pool[one] = None
                self._by_subject.setdefault(one.subject, []).append(one)

    @property
    def leaf(self) -> Outline | None:
        """The first certificate."""
        return next(iter(self.pool), None)

    def issuers(self, one: Outline) -> list[Outline]:
        """Return the certificates other than itself that could have issued it, trusted roots first."""
        known = [*self._stores.find(one.issuer), *self._by_subject.get(one.issuer, ())]
        return [issuer for issuer in dict.fromkeys(known) if issuer.could_issue(one) and issuer != one]

    def loose_ends(self) -> list[Outline]:
        """Return where every way up from the leaf ends, or nothing where one leads to a trusted root."""
        ends: list[Outline] = []
        seen: set[Outline] = set()
        waiting = [self.leaf] if self.leaf else []
        while waiting:
            one = waiting.pop()
            if self._stores.leads_to_root(one):
                return []
            seen.add(one)
            above = [] if one.is_self_issued else self.issuers(one)
            if not above:
                ends.append(one)
            waiting += [issuer for issuer in reversed(above) if issuer not in seen]
        return ends

    def path(self) -> list[Outline]:
        """Return the leaf and its issuers one above the other, as far as they are known."""
        found: list[Outline] = []
        one = self.leaf
        while one is not None and one not in found and len(found) < MAX_DEPTH:
            found.append(one)
            one = None if one.is_self_issued or self._stores.holds(one) else self._signer(one)
        return found

    def _signer(self, one: Outline) -> Outline | None:
        """Return the issuer, by signature where several bear its name."""
        candidates = self.issuers(one)
        if len(candidates) < 2:
            return next(iter(candidates), None)
        return next((issuer for issuer in candidates[:8] if has_signed(issuer, one)), candidates[0])


def has_signed(issuer: Outline, one: Outline) -> bool:
    """Return whether the issuer's key made the signature; False also where that cannot be computed."""
    import warnings

    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            above, below = (x509.load_der_x509_certificate(each.der) for each in (issuer, one))
            below.verify_directly_issued_by(above)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
            return False
    return True
