"""The material of one judgement, parsed once: what each check reads, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from certwizard.diagnosis.choice import Choice, choose
from certwizard.diagnosis.fetched import certificates_in
from certwizard.diagnosis.pool import Node, Pool, build_pool
from certwizard.diagnosis.result import ChainRole
from certwizard.diagnosis.thresholds import Thresholds
from certwizard.domain.certificate import Certificate, SubjectAltNames
from certwizard.domain.hostname import NameMatch, match_names
from certwizard.domain.observation import FetchPurpose, Handshake, Observation
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.target import TargetKind
from certwizard.domain.trust_stores import is_public

MAX_SENT = 200
MAX_FETCHED = 50


@dataclass(frozen=True, slots=True)
class Case:
    """One observation, ready to be judged."""

    observation: Observation
    thresholds: Thresholds
    judged_at: datetime
    """Whole seconds: a validity ends with its last second, fractions included."""
    handshake: Handshake | None
    """The handshake whose chain is judged, or the first one; None for files."""
    sent: tuple[Certificate, ...]
    fetched: tuple[Certificate, ...]
    pool: Pool
    choice: Choice
    names: tuple[NameMatch, ...]
    """The asked name against the leaf's entries, best first."""
    supposed: Mapping[bytes, Certificate] = field(default_factory=dict)
    """Certificates judged by other facts than their bytes say; empty for what was really seen."""

    def read(self, data: bytes) -> Certificate:
        """Return the facts of a certificate of the observation, as this case takes them."""
        return read_as(self.supposed, data)

    @property
    def leaf(self) -> Certificate | None:
        """What clients take as the server's certificate: the first one sent."""
        return self.sent[0] if self.sent else None

    @property
    def readable(self) -> bool:
        """Whether the leaf could be read at all; single bad fields leave it readable."""
        return self.leaf is not None and _is_readable(self.leaf)

    @property
    def asked(self) -> str | None:
        """The name that the certificate must cover, or None where nobody said."""
        return self.observation.target.server_name

    @property
    def from_files(self) -> bool:
        """Whether files were read in place of a server."""
        return self.observation.target.kind is TargetKind.FILES

    @property
    def name_matches(self) -> bool | None:
        """Whether an entry covers the asked name; None where nothing was asked or sent."""
        if self.asked is None or self.leaf is None:
            return None
        return any(match.matches for match in self.names)

    @property
    def publicly_trusted(self) -> bool:
        """Whether a path ends in a root that vendors ship, so that the rules for public CAs apply."""
        return any(is_public(path.stores) for path in self.choice.anchored)

    def index_of(self, certificate: Certificate) -> int | None:
        """Return where a certificate was sent first, or None."""
        node = self.pool.nodes.get(certificate.sha256)
        return None if node is None else node.index

    def role_of(self, certificate: Certificate) -> ChainRole:
        """Return what a certificate is here: the leaf stands first, a root issued itself."""
        if self.leaf is not None and certificate.sha256 == self.leaf.sha256:
            return ChainRole.LEAF
        if certificate.is_self_issued:
            return ChainRole.ROOT
        issues = certificate.is_ca or certificate.sha256 in self.choice.issuers
        return ChainRole.INTERMEDIATE if issues else ChainRole.LEAF


def build_case(
    observation: Observation, thresholds: Thresholds, supposed: Mapping[bytes, Certificate] | None = None
) -> Case:
    """Parse what was seen and find the paths.

    Args:
        observation: What was seen.
        thresholds: When a certificate ends soon.
        supposed: By their bytes, certificates to judge by other facts than the bytes say.
    """
    supposed = supposed or {}
    handshake = next((each for each in observation.handshakes if each.chain), None)
    sent = tuple(read_as(supposed, der) for der in observation.chain[:MAX_SENT])
    fetched = tuple(_unique(_fetched(observation, supposed)))[:MAX_FETCHED]
    anchors = tuple((read_as(supposed, anchor.der), anchor.stores) for anchor in observation.anchors)
    pool = build_pool(sent, fetched, anchors)
    judged_at = observation.judge_at.replace(microsecond=0)
    asked = observation.target.server_name
    return Case(
        observation=observation,
        thresholds=thresholds,
        judged_at=judged_at,
        handshake=handshake or next(iter(observation.handshakes), None),
        sent=sent,
        fetched=fetched,
        pool=pool,
        choice=choose(pool, sent[0] if sent and _is_readable(sent[0]) else None, judged_at),
        names=match_names(asked, sent[0].san or SubjectAltNames()) if asked and sent else (),
        supposed=supposed,
    )


def read_as(supposed: Mapping[bytes, Certificate], data: bytes) -> Certificate:
    """Return the facts supposed for these bytes, else those that the bytes say."""
    found = supposed.get(data)
    return parse_certificate(data) if found is None else found


def _is_readable(certificate: Certificate) -> bool:
    return not any(problem.field == "certificate" for problem in certificate.problems)


def _fetched(observation: Observation, supposed: Mapping[bytes, Certificate]) -> Iterable[Certificate]:
    for fetch in observation.fetches:
        if fetch.purpose is FetchPurpose.AIA and fetch.body and fetch.failure is None:
            yield from (read_as(supposed, der) for der in certificates_in(fetch.body))


def _unique(certificates: Iterable[Certificate]) -> Iterable[Certificate]:
    seen = set()
    for certificate in certificates:
        if certificate.sha256 not in seen:
            seen.add(certificate.sha256)
            yield certificate


def node_of(case: Case, certificate: Certificate) -> Node:
    """Return the node of a certificate that belongs to the case."""
    return case.pool.nodes[certificate.sha256]
