"""The case in hand: one cause of one diagnosis, and which certificate it is about."""

from dataclasses import dataclass

from certwizard.diagnosis.result import Cause, Diagnosis
from certwizard.domain.certificate import Certificate


@dataclass(frozen=True, slots=True)
class Situation:
    """One cause of one diagnosis, with the files of roots that the user judges with."""

    diagnosis: Diagnosis
    cause: Cause | None = None
    ca_files: tuple[str, ...] = ()
    made: frozenset[str] = frozenset()
    """The files that the steps before have written."""

    @property
    def leaf(self) -> Certificate | None:
        """The certificate of the server itself, even where a CA's was sent before it."""
        judged = tuple(link.certificate for link in self.diagnosis.path[:1])
        candidates = judged + tuple(each.certificate for each in self.diagnosis.sent)
        own = (certificate for certificate in candidates if not certificate.is_ca)
        return next(own, candidates[0] if candidates else None)

    @property
    def concerned(self) -> Certificate | None:
        """The certificate the cause was found on, else the leaf."""
        cause = self.cause
        if cause is None:
            return self.leaf
        for sent in self.diagnosis.sent:
            if sent.index == cause.certificate:
                return sent.certificate
        for link in self.diagnosis.path:
            if cause.concerns and link.certificate.sha256 == cause.concerns:
                return link.certificate
        return self.leaf

    @property
    def asked_name(self) -> str | None:
        """The name to be served, as the user asked for it."""
        return self.diagnosis.target.server_name or self.diagnosis.target.host
