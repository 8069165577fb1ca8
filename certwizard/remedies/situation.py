"""What is known of the case in hand: the words that choose between variants of a step."""

from dataclasses import dataclass

from certwizard.diagnosis.result import Cause, Diagnosis, Origin
from certwizard.domain.certificate import Certificate
from certwizard.domain.target import Starttls, TargetKind
from certwizard.remedies.validation import valid_address, valid_host_name

_MAIL_PORTS = frozenset({24, 25, 110, 143, 465, 587, 993, 995, 4190})
_SENDING_PORTS = frozenset({24, 25, 465, 587})
_MAIL = frozenset({Starttls.SMTP, Starttls.LMTP, Starttls.IMAP, Starttls.POP3, Starttls.SIEVE})
_SENDING = frozenset({Starttls.SMTP, Starttls.LMTP})
# RFC 6761, RFC 6762, RFC 8375 and the ICANN resolution on .internal: no public CA may issue for these.
_PRIVATE_ENDINGS = frozenset(
    {"local", "localhost", "test", "example", "invalid", "internal", "lan", "home", "corp"}
)
_NETWORK_STORES = frozenset({"mozilla", "system"})


@dataclass(frozen=True, slots=True)
class Situation:
    """One cause of one diagnosis, with the files of roots that the user judges with."""

    diagnosis: Diagnosis
    cause: Cause | None = None
    ca_files: tuple[str, ...] = ()

    @property
    def leaf(self) -> Certificate | None:
        """The certificate that stands first, as sent."""
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

    def tags(self) -> frozenset[str]:
        """Return every word that holds here; data files choose by them (``!`` before a word: it must not)."""
        return frozenset(_target_tags(self) | _name_tags(self.asked_name) | _certificate_tags(self))

    def fits(self, conditions: tuple[str, ...]) -> bool:
        """Return whether all conditions hold."""
        tags = self.tags()
        return all((word[1:] not in tags) if word.startswith("!") else word in tags for word in conditions)


def _target_tags(situation: Situation) -> set[str]:
    target = situation.diagnosis.target
    if target.kind is TargetKind.FILES:
        return {"files", "key-file"} if target.key_file else {"files"}
    tags = {"server", "starttls" if target.starttls else "direct"}
    if target.starttls:
        tags.add(target.starttls.value)
    mail = target.starttls in _MAIL or (target.starttls is None and target.port in _MAIL_PORTS)
    sending = target.starttls in _SENDING or (target.starttls is None and target.port in _SENDING_PORTS)
    if mail:
        tags |= {"mail", "sending" if sending else "reading"}
    elif target.starttls is None:
        tags.add("web")
    if situation.ca_files:
        tags.add("ca-file")
    return tags


def _name_tags(name: str | None) -> set[str]:
    if valid_address(name):
        return {"ip", "private-name" if _is_private_address(name) else "public-name"}
    if valid_host_name(name) is None:
        return {"no-name"}
    assert name is not None  # noqa: S101 - said for the type checker: the line above proved it
    return {"name", "private-name" if _is_private_name(name) else "public-name"}


def _is_private_address(address: str | None) -> bool:
    import ipaddress

    return address is not None and not ipaddress.ip_address(address).is_global


def _is_private_name(name: str) -> bool:
    labels = name.lower().split(".")
    return len(labels) == 1 or labels[-1] in _PRIVATE_ENDINGS or labels[-2:] == ["home", "arpa"]


def _certificate_tags(situation: Situation) -> set[str]:
    cause, leaf, path = situation.cause, situation.leaf, situation.diagnosis.path
    tags: set[str] = set()
    if cause is not None:
        above = situation.concerned is not None and leaf is not None and situation.concerned.der != leaf.der
        tags.add("above-leaf" if above else "leaf")
        if cause.detail:
            tags.add(f"detail:{cause.detail}")
    if leaf is not None:
        tags.add("certificate")
        if leaf.san and any(name.startswith("*.") for name in leaf.san.dns):
            tags.add("wildcard")
    if any(link.origin is Origin.FETCHED for link in path):
        tags.add("fetched")
    if path and path[-1].origin is Origin.STORE and not _NETWORK_STORES & set(path[-1].stores):
        tags.add("private-root")
    return tags
