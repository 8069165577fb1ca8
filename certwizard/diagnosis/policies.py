"""Certificate policies along a path (RFC 5280 6.1 with the graph of RFC 9618, which cannot explode).

Java, Go and Chrome follow them for servers; OpenSSL does when asked to; Firefox and GnuTLS do not. No client asks
for a policy of its own, so they bite only where a CA of the path requires one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from certwizard.domain import der
from certwizard.domain.certificate import Certificate

ANY_POLICY = "2.5.29.32.0"
POLICIES, MAPPINGS, CONSTRAINTS, INHIBIT_ANY = "2.5.29.32", "2.5.29.33", "2.5.29.36", "2.5.29.54"
MAX_POLICIES = 500
"""Of one certificate; honest ones name a handful."""

NO_POLICY = "explicit-policy"
ANY_MAPPED = "any-policy-mapped"
_REQUIRE, _INHIBIT_MAPPING = 0x80, 0x81
Layer = dict[str, set[str]]
"""The policies valid so far, each with what may stand for it one certificate further down."""


@dataclass(frozen=True, slots=True)
class PolicyFault:
    """Where and why a path has no valid policy."""

    position: int
    rule: str
    """``explicit-policy`` or ``any-policy-mapped``."""


@dataclass(frozen=True, slots=True)
class _Fields:
    """What one certificate says on policies."""

    policies: frozenset[str] | None = None
    """None: no such extension."""
    mappings: tuple[tuple[str, str], ...] = ()
    require: int | None = None
    inhibit_mapping: int | None = None
    inhibit_any: int | None = None
    too_many: bool = False


class PolicyChecker:
    """Follows the policies of the paths of one leaf; each certificate is read once."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._read: dict[str, _Fields] = {}

    def fault(self, path: Sequence[Certificate], *, anchored: bool) -> PolicyFault | None:
        """Return the first fault of a path, from the root down; what an anchor says of policies does not bind.

        Args:
            path: The certificates, leaf first.
            anchored: Whether the last one ends the path, as an anchor or as what signed itself.
        """
        below = [self._fields(each) for each in (path[:-1] if anchored else path)]
        if not any(each.require is not None or each.mappings for each in below):
            return None
        return None if self.complete(path) is False else _Walk(len(below)).down(path, below)

    def complete(self, path: Sequence[Certificate]) -> bool:
        """Return whether no certificate of a path names more policies than are followed."""
        return not any(self._fields(each).too_many for each in path)

    def _fields(self, certificate: Certificate) -> _Fields:
        if certificate.sha256 not in self._read:
            self._read[certificate.sha256] = _fields_of(certificate)
        return self._read[certificate.sha256]


class _Walk:
    """One walk from below the anchor down to the leaf, with the state of RFC 5280 6.1.2."""

    def __init__(self, length: int) -> None:
        self._explicit = self._mapping = self._any = length + 1
        self._layer: Layer = {ANY_POLICY: {ANY_POLICY}}

    def down(self, path: Sequence[Certificate], fields: Sequence[_Fields]) -> PolicyFault | None:
        for position in range(len(fields) - 1, -1, -1):
            each, self_issued = fields[position], path[position].is_self_issued
            self._take(each, may_be_any=self._any > 0 or (position > 0 and self_issued))
            if not self._explicit and not self._layer:
                return PolicyFault(position, NO_POLICY)
            if position == 0:
                break
            if any(ANY_POLICY in pair for pair in each.mappings):
                return PolicyFault(position, ANY_MAPPED)
            self._map(each)
            if not self_issued:
                self._explicit, self._mapping, self._any = (
                    max(count - 1, 0) for count in (self._explicit, self._mapping, self._any)
                )
            self._limit(each)
        required = self._explicit <= 1 or fields[0].require == 0
        return PolicyFault(0, NO_POLICY) if required and not self._layer else None

    def _take(self, each: _Fields, *, may_be_any: bool) -> None:
        """Keep the policies that this certificate names and that its issuer allows (6.1.3 d, e)."""
        if each.policies is None or not self._layer:
            self._layer = {}
            return
        expected = {policy for allowed in self._layer.values() for policy in allowed}
        named = {
            policy
            for policy in each.policies - {ANY_POLICY}
            if policy in expected or ANY_POLICY in self._layer
        }
        if ANY_POLICY in each.policies and may_be_any:
            named |= expected
        self._layer = {policy: {policy} for policy in named}

    def _map(self, each: _Fields) -> None:
        """Rename policies for the certificates below (6.1.4 b)."""
        if not self._mapping:
            for policy, _ in each.mappings:
                self._layer.pop(policy, None)
            return
        mapped: Layer = {}
        for policy, subject in each.mappings:
            if policy in self._layer or ANY_POLICY in self._layer:
                mapped.setdefault(policy, set()).add(subject)
        self._layer |= mapped

    def _limit(self, each: _Fields) -> None:
        self._explicit = min(self._explicit, self._explicit if each.require is None else each.require)
        inhibit = each.inhibit_mapping
        self._mapping = min(self._mapping, self._mapping if inhibit is None else inhibit)
        self._any = min(self._any, self._any if each.inhibit_any is None else each.inhibit_any)


def _fields_of(certificate: Certificate) -> _Fields:
    values = {each.oid: each.value_der for each in certificate.extensions}
    return _read(*(values.get(oid) for oid in (POLICIES, MAPPINGS, CONSTRAINTS, INHIBIT_ANY)))


@lru_cache(maxsize=256)
def _read(
    policies: bytes | None, mappings: bytes | None, constraints: bytes | None, inhibit_any: bytes | None
) -> _Fields:
    """Read the four extensions; the same bytes once, for a case is judged many times."""
    try:
        named = None if policies is None else _oids(policies)
        pairs = [] if mappings is None else _oids(mappings)
        limits = {} if constraints is None else _limits(constraints)
        inhibited = None if inhibit_any is None else der.integer(der.read(inhibit_any))
    except der.DerError:
        return _Fields()  # What cannot be read is said by the checks of the encoding.
    return _Fields(
        policies=None if named is None else frozenset(each[0] for each in named if each),
        mappings=tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2),
        require=limits.get(_REQUIRE),
        inhibit_mapping=limits.get(_INHIBIT_MAPPING),
        inhibit_any=inhibited,
        too_many=max(len(named or ()), len(pairs)) > MAX_POLICIES,
    )


def _oids(value: bytes) -> list[list[str]]:
    """Return the identifiers of each inner SEQUENCE, in their order; one more than is followed is enough."""
    found = []
    for group in der.read(value).expect(der.SEQUENCE).children():
        found.append([der.oid(part) for part in group.children() if part.tag == der.OID])
        if len(found) > MAX_POLICIES:
            break
    return found


def _limits(value: bytes) -> dict[int, int]:
    return {part.tag: der.integer(part) for part in der.read(value).expect(der.SEQUENCE).children()}
