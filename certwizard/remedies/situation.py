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

    @property
    def leaf(self) -> Certificate | None:
        """The certificate of the server itself."""
        if self.diagnosis.path:
            return self.diagnosis.path[0].certificate
        return self.diagnosis.sent[0].certificate if self.diagnosis.sent else None

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
