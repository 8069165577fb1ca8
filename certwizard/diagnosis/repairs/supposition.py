"""An observation as it would be with some changes made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from certwizard.diagnosis.case import Case, read_as
from certwizard.domain.certificate import Certificate
from certwizard.domain.observation import Anchor, Handshake, Observation

Chain = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Supposition:
    """An observation, and certificates to be judged by other facts than their bytes say."""

    observation: Observation
    supposed: Mapping[bytes, Certificate] = field(default_factory=dict)
    successors: Mapping[bytes, bytes] = field(default_factory=dict)
    """What stands in the place of a certificate that was replaced."""

    def now(self, data: bytes) -> bytes:
        """Return the bytes that stand for a certificate now."""
        while data in self.successors:
            data = self.successors[data]
        return data

    def facts(self, data: bytes) -> Certificate:
        """Return the facts of what stands for a certificate now."""
        return read_as(self.supposed, self.now(data))

    def amended(self, data: bytes, **facts: object) -> Supposition:
        """Return this with some facts of a certificate changed, its bytes and its place kept."""
        certificate = replace(self.facts(data), **facts)  # type: ignore[arg-type] # names of fields
        return replace(self, supposed={**self.supposed, self.now(data): certificate})

    def replaced(self, data: bytes, certificate: Certificate) -> Supposition:
        """Return this with another certificate wherever one was sent or held by a store."""
        old, new = self.now(data), certificate.der
        changed = self.with_chains(lambda chain: tuple(new if each == old else each for each in chain))
        anchors = tuple(
            replace(anchor, der=new) if anchor.der == old else anchor for anchor in self.observation.anchors
        )
        return replace(
            changed,
            observation=replace(changed.observation, anchors=anchors),
            supposed={**self.supposed, new: certificate},
            successors={**self.successors, old: new},
        )

    def with_certificate(self, certificate: Certificate) -> Supposition:
        """Return this with an invented certificate known."""
        return replace(self, supposed={**self.supposed, certificate.der: certificate})

    def with_anchor(self, data: bytes, stores: tuple[str, ...]) -> Supposition:
        """Return this with a root held by these stores."""
        anchors = (*self.observation.anchors, Anchor(self.now(data), stores))
        return replace(self, observation=replace(self.observation, anchors=anchors))

    def with_chains(self, change: Callable[[Chain], Chain]) -> Supposition:
        """Return this with every chain changed that was sent, by servers or in the files."""
        observation = self.observation
        shaken = tuple(_with_chain(each, change(each.chain)) for each in observation.handshakes)
        whole = change(tuple(der for file in observation.files for der in file.chain))
        # Several files are one chain, so it makes no difference in which of them a certificate stands.
        files = tuple(
            replace(file, chain=() if number else whole) for number, file in enumerate(observation.files)
        )
        # OpenSSL was asked about the chain as it was.
        changed = replace(observation, handshakes=shaken, files=files, openssl=None)
        return replace(self, observation=changed)

    def with_judged_chain(self, change: Callable[[Chain], Chain]) -> Supposition:
        """Return this with the judged chain changed, wherever that very chain was sent."""
        judged = self.observation.chain
        return self.with_chains(lambda chain: change(chain) if chain == judged else chain)

    def inserted(self, child: bytes, missing: Chain) -> Supposition:
        """Return this with certificates sent after another one, those that are not sent already."""
        after, put_in = self.now(child), tuple(self.now(each) for each in missing)

        def change(sent: Chain) -> Chain:
            place = sent.index(after) + 1 if after in sent else len(sent)
            return (*sent[:place], *(each for each in put_in if each not in sent), *sent[place:])

        return self.with_judged_chain(change)

    def with_handshakes(self, change: Callable[[Handshake], Handshake | None]) -> Supposition:
        """Return this with every handshake changed, or left out where that gives None."""
        changed = (change(each) for each in self.observation.handshakes)
        shaken = tuple(each for each in changed if each is not None)
        return replace(self, observation=replace(self.observation, handshakes=shaken))

    def with_time(self, offset: timedelta) -> Supposition:
        """Return this as seen by a clock that is ahead by an offset."""
        seen = self.observation
        http = replace(seen.http, received_at=seen.http.received_at + offset) if seen.http else None
        moved = replace(
            seen, judge_at=seen.judge_at + offset, observed_at=seen.observed_at + offset, http=http
        )
        return replace(self, observation=moved)


def suppose(case: Case) -> Supposition:
    """Return what a case rests on, with nothing changed."""
    return Supposition(case.observation, case.supposed)


def _with_chain(handshake: Handshake, chain: Chain) -> Handshake:
    if not handshake.chain or chain == handshake.chain:
        return handshake
    if chain[:1] == handshake.chain[:1]:
        return replace(handshake, chain=chain, chain_bytes=0, chain_number=0)
    # A stapled answer and proofs of logging speak of the certificate they were made for.
    return replace(
        handshake,
        chain=chain,
        chain_bytes=0,
        chain_number=0,
        stapled_ocsp=None,
        tls_scts=b"",
        scts_asked=False,
    )
