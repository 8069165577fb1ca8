"""What a diagnosis is made of: plain frozen values that screens and reports only show."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from certwizard.diagnosis.repair import Repairs
from certwizard.domain.certificate import Certificate
from certwizard.domain.hostname import NameMatch
from certwizard.domain.target import Target
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Severity, Status, Verdict


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a step: what was seen, what was expected, and whether it holds."""

    field: FieldId
    label: str
    """People's word first, the field's term in brackets where it differs: ``Ends (Not After)``."""
    seen: str
    expected: str = ""
    status: Status = Status.PASS
    certificate: int | None = None
    """Index in the chain as sent."""
    note: str = ""
    """What to know of it where it does not hold and nothing else is expected of this row itself."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why clients refuse, or will, or should."""

    id: CauseId
    severity: Severity
    headline: str
    """One sentence that anybody understands."""
    explanation: str
    """Two to four sentences: why, what follows, how it is told apart from its look-alikes."""
    field: FieldId
    seen: str
    expected: str
    certificate: int | None = None
    """Index in the chain as sent; None where it is no certificate's, or of one that was not sent."""
    concerns: str = ""
    """sha256 of the certificate meant where it was not sent (fetched, or an anchor)."""
    detail: str = ""
    """A short machine word that tells variants of one cause apart (``wildcard-depth``, ``ip-address``)."""
    minded_by: frozenset[str] | None = None
    """Ids of the clients that look at this variant; None: every client that has words for the cause."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The answer to one check's question."""

    check: CheckId
    status: Status
    headline: str
    """The answer in one sentence."""
    causes: tuple[CauseId, ...] = ()
    facts: tuple[Fact, ...] = ()


class Origin(StrEnum):
    """Where a certificate of a path came from."""

    SENT = "sent"
    FETCHED = "fetched"
    STORE = "store"


class ChainRole(StrEnum):
    """What a certificate is in its chain."""

    LEAF = "leaf"
    INTERMEDIATE = "intermediate"
    ROOT = "root"


@dataclass(frozen=True, slots=True)
class PathLink:
    """One certificate of the path as judged, leaf first."""

    certificate: Certificate
    origin: Origin
    role: ChainRole
    index: int | None = None
    """Index in the chain as sent, where it was sent."""
    stores: tuple[str, ...] = ()
    """Ids of the stores that hold it, for the anchor."""


@dataclass(frozen=True, slots=True)
class PathProblem:
    """One thing that stands against a path, at one of its certificates."""

    cause: CauseId
    severity: Severity
    position: int
    """Place in the path, 0 for the leaf."""
    detail: str = ""
    """The machine word of the cause's variant, such as the id of a profile rule."""


@dataclass(frozen=True, slots=True)
class TrustPath:
    """One way from the leaf upwards, with everything that is wrong on it."""

    links: tuple[PathLink, ...]
    """Leaf first."""
    problems: tuple[PathProblem, ...] = ()
    trusted: bool = False
    """Whether it ends at an anchor and nothing breaks the trust on the way; dates aside."""
    sound: bool = False
    """Whether every mainstream client that knows the anchor takes it: trusted, and no problem is an error."""

    @property
    def stores(self) -> tuple[str, ...]:
        """Ids of the stores that hold the certificate it ends in; none where it ends before an anchor."""
        return self.links[-1].stores


@dataclass(frozen=True, slots=True)
class SentCertificate:
    """One certificate as sent, with what it is."""

    index: int
    role: ChainRole
    certificate: Certificate


class RevocationStatus(StrEnum):
    """What one source says."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RevocationFinding:
    """What one source says of one certificate, after its signature, dates and issuer were checked."""

    certificate: str
    """sha256 of the certificate asked about."""
    index: int | None
    source: str
    """``stapled OCSP`` ``OCSP`` ``CRL``."""
    url: str
    status: RevocationStatus
    reason: str = ""
    """For revoked: the CRL reason (``keyCompromise``); for unknown: why, in words."""
    revoked_at: datetime | None = None
    this_update: datetime | None = None
    next_update: datetime | None = None
    signed: bool = False
    """Whether the answer's signature was found good, even where the answer does not count."""
    flaw: str = ""
    """What of a good answer's form strict readers do not accept, in words that follow "the CRL"."""
    expected: str = ""
    """What the rule that the flaw breaks asks for, with its section."""
    fault: str = ""
    """What makes an OCSP answer useless, as a short machine word; empty where it counts or nobody can say."""


class ClientAction(StrEnum):
    """What a client does with this server."""

    ACCEPTS = "accepts"
    REJECTS = "rejects"
    WARNS = "warns"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ClientOutcome:
    """What one client does, and with which words."""

    client: str
    """Id of the profile row, such as ``chrome``."""
    title: str
    action: ClientAction
    cause: CauseId | None = None
    message: str = ""
    basis: str = "documented"
    """``measured`` or ``documented``."""
    note: str = ""
    code: str = ""
    """The symbol or number beside the words, which `message` begins with; empty where there is none."""
    version: str = ""
    """The release that this speaks of."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The whole judgement of one observation."""

    target: Target
    judged_at: datetime
    verdict: Verdict
    headline: str
    """The verdict in one sentence."""
    causes: tuple[Cause, ...]
    """Root cause first."""
    checks: tuple[CheckResult, ...]
    """In wizard order, all eight."""
    sent: tuple[SentCertificate, ...] = ()
    path: tuple[PathLink, ...] = ()
    """The best path found, leaf first; ends in a link with origin STORE when `trusted`."""
    trusted: bool = False
    paths: tuple[TrustPath, ...] = ()
    """Every path that was found, the one judged by first."""
    names: tuple[NameMatch, ...] = ()
    """The asked name against each SAN entry; at most 200, best first."""
    revocation: tuple[RevocationFinding, ...] = ()
    clients: tuple[ClientOutcome, ...] = ()
    repairs: Repairs = field(default_factory=Repairs)
    """What turns the verdict green, judged again with it."""
    evidence: dict[str, object] = field(default_factory=dict)
    """Plain JSON values: what was seen, for reports and raw views."""

    @property
    def root_cause(self) -> Cause | None:
        """The cause to repair first, or None (causes of severity info are never a root)."""
        first = self.causes[0] if self.causes else None
        return None if first is None or first.severity is Severity.INFO else first

    def check(self, check: CheckId) -> CheckResult:
        """Return the result of one check."""
        return next(result for result in self.checks if result.check is check)
