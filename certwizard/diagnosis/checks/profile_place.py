"""A certificate at its place in a path, as the rules of the profile look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from certwizard.domain.certificate import Certificate, ExtensionFacts
from certwizard.domain.vocabulary import FieldId


@dataclass(frozen=True, slots=True)
class Place:
    """One certificate of a path with what its place says of it."""

    certificate: Certificate
    leaf: bool
    end: bool
    """Whether the path ends here, in an anchor or in what signed itself."""
    public: bool
    """Whether the path leads to a publicly trusted root."""
    issuers: tuple[Certificate, ...] = ()
    """Every known certificate of the key that signed it, its own included; empty where that is not known."""

    policy_fault: str = ""
    """The id of the rule on policies that the path breaks here, or nothing."""

    @property
    def issued_by_other(self) -> bool:
        """Whether another certificate, known or missing, signed it."""
        return not self.end or not self.certificate.is_self_issued

    @property
    def root(self) -> bool:
        """Whether it ends the path as its own issuer."""
        return self.end and self.certificate.is_self_issued

    @property
    def server(self) -> bool:
        """Whether it is the server's certificate and no CA's."""
        return self.leaf and not self.certificate.is_ca

    def extension(self, oid: str) -> ExtensionFacts | None:
        """Return an extension as it stands."""
        return next((each for each in self.certificate.extensions if each.oid == oid), None)

    def unreadable(self, field: FieldId) -> bool:
        """Return whether a field could not be read, which is a cause of its own."""
        return any(problem.field == field.value for problem in self.certificate.problems)


Rule = Callable[[Place], str]
"""Returns what was seen instead of what the rule asks for, or nothing where it is kept."""
