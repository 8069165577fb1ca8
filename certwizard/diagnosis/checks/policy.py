"""Do key, signature, lifetime and usages satisfy the rules that clients enforce?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.critical import critical_causes
from certwizard.diagnosis.checks.lifetime import lifetime_causes
from certwizard.diagnosis.checks.malformed import malformed_causes, unreadable_causes
from certwizard.diagnosis.checks.profile import profile_causes, profile_facts
from certwizard.diagnosis.checks.transparency import transparency
from certwizard.diagnosis.checks.usage import usage_causes, usages_text
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.field_rows import mark
from certwizard.diagnosis.naming import capital, spoken
from certwizard.diagnosis.outcome import Outcome, conclude, skipped
from certwizard.diagnosis.result import Cause, Fact
from certwizard.diagnosis.weakness import other_kind, weak_key, weak_signature
from certwizard.domain.certificate import Certificate
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Severity, Status
from certwizard.domain.wording import span


def check(case: Case) -> Outcome:
    """Judge the leaf and the CAs of the path by the dated rules."""
    leaf = case.leaf
    if leaf is None:
        return skipped(
            CheckId.POLICY, "No certificate was received, so there are no rules to hold it against."
        )
    best = case.choice.best
    logged = transparency(case)
    causes = path_causes(case, best) if best else unreadable_causes(case, leaf)
    causes += [*lifetime_causes(case), *logged.causes]
    kind = "the rules for public CAs" if case.publicly_trusted else "what clients enforce on private CAs"
    good = f"Keys, signatures, lifetime and usages satisfy {kind}."
    facts = [*_facts(case, judged_certificates(best), causes), *profile_facts(case, causes), *logged.facts]
    return conclude(CheckId.POLICY, causes, facts, good=good, unknown=logged.unknown)


def path_causes(case: Case, judged: Judged) -> list[Cause]:
    """Return the causes of this check that the certificates of a path show, whichever path it is."""
    return [
        *weak_causes(case, judged_certificates(judged)),
        *usage_causes(case, judged),
        *critical_causes(case, judged),
        *profile_causes(case, judged),
        *malformed_causes(case, judged),
    ]


def judged_certificates(judged: Judged | None) -> tuple[tuple[Certificate, bool], ...]:
    """Return the certificates of a path, each with whether its own signature counts."""
    if judged is None:
        return ()
    path = judged.path
    last = len(path.nodes) - 1
    return tuple(
        # What ends a path is trusted by itself; nobody verifies its signature. The leaf is judged always.
        (
            node.certificate,
            position == 0 or not (position == last and (node.is_anchor or path.self_signed_end)),
        )
        for position, node in enumerate(path.nodes)
    )


def weak_causes(case: Case, certificates: tuple[tuple[Certificate, bool], ...]) -> list[Cause]:
    """Return `weak-key` and `weak-signature` for the certificates of a path."""
    causes = []
    for certificate, signature_counts in certificates:
        reason = weak_key(certificate, leaf=case.index_of(certificate) == 0)
        if reason:
            causes.append(_weak_key(case, certificate, reason))
        digest = weak_signature(certificate) if signature_counts else ""
        if digest:
            causes.append(_weak_signature(case, certificate, digest))
    return causes


def _weak_key(case: Case, certificate: Certificate, reason: str) -> Cause:
    index = case.index_of(certificate)
    name = spoken(case, certificate)
    headline = f"The key of {name} is too weak."
    why = (
        "OpenSSL at today's usual security level, browsers or Apple's systems refuse such keys, because they can be "
        "broken or are no longer supported."
    )
    if other_kind(certificate):
        headline = f"The key of {name} is of a kind that not every client takes."
        why = "It is not weak, but whoever uses such a client is refused."
    return Cause(
        CauseId.WEAK_KEY,
        Severity.ERROR,
        headline,
        f"It {reason}. {why} A new key and a new certificate are needed.",
        FieldId.PUBLIC_KEY,
        certificate.key.text,
        "RSA with at least 2048 bits, or EC on P-256 or P-384",
        index,
        "" if index is not None else certificate.sha256,
        _size(certificate, index),
    )


def _weak_signature(case: Case, certificate: Certificate, digest: str) -> Cause:
    index = case.index_of(certificate)
    return Cause(
        CauseId.WEAK_SIGNATURE,
        Severity.ERROR,
        f"{capital(spoken(case, certificate))} is signed with {digest}, which is broken.",
        f"Certificates can be forged where {digest} is accepted, so clients refuse such signatures. The "
        "issuer has to sign a new certificate with SHA-256.",
        FieldId.SIGNATURE,
        certificate.signature.name,
        "SHA-256 or better",
        index,
        "" if index is not None else certificate.sha256,
    )


def _size(certificate: Certificate, index: int | None) -> str:
    """Return which variant of a weak key this is, as clients tell them apart."""
    if index != 0:
        return "ca"
    bits = certificate.key.bits
    return "below-1024" if certificate.key.kind == "RSA" and bits is not None and bits < 1024 else ""


def _facts(case: Case, certificates: tuple[tuple[Certificate, bool], ...], causes: list[Cause]) -> list[Fact]:
    facts = []
    for certificate, _ in certificates:
        index = case.index_of(certificate)
        mine = [
            c
            for c in causes
            if (c.certificate == index if index is not None else c.concerns == certificate.sha256)
        ]
        name = case.role_of(certificate).value
        rows = [
            (FieldId.PUBLIC_KEY, f"Key ({name})", certificate.key.text),
            (FieldId.SIGNATURE, f"Signature ({name})", certificate.signature.name),
        ]
        if case.leaf is not None and certificate.sha256 == case.leaf.sha256:
            rows += _leaf_rows(certificate)
        for field, label, seen in rows:
            cause = next(
                (
                    c
                    for c in mine
                    if c.field is field or (field is FieldId.NOT_AFTER and c.id is CauseId.VALIDITY_TOO_LONG)
                ),
                None,
            )
            status = mark(cause.severity) if cause else Status.PASS
            facts.append(Fact(field, label, seen, cause.expected if cause else "", status, index))
    return facts


def _leaf_rows(leaf: Certificate) -> list[tuple[FieldId, str, str]]:
    lifetime = span(leaf.lifetime) if leaf.lifetime is not None else "unreadable"
    usages = ", ".join(sorted(leaf.key_usage)) if leaf.key_usage is not None else "not limited"
    extended = usages_text(leaf) if leaf.extended_key_usage is not None else "not limited"
    return [
        (FieldId.NOT_AFTER, "Lifetime", lifetime),
        (FieldId.KEY_USAGE, "Key usage", usages),
        (FieldId.EXTENDED_KEY_USAGE, "Extended key usage", extended),
    ]
