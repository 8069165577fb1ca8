"""Are the right certificates installed, in the right order, with the right key?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.addresses import address_causes, address_facts
from certwizard.diagnosis.checks.chain_size import size_causes, size_facts
from certwizard.diagnosis.checks.first import ca_stands_first
from certwizard.diagnosis.checks.not_reloaded import files_unknown, reload_causes, reload_facts
from certwizard.diagnosis.checks.private_key import key_causes, key_facts, key_unknown
from certwizard.diagnosis.elsewhere import Served
from certwizard.diagnosis.field_rows import mark
from certwizard.diagnosis.naming import capital, listing, quoted
from certwizard.diagnosis.outcome import Outcome, conclude, skipped
from certwizard.diagnosis.reload import NOTHING_ON_DISK, Reload
from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.certificate import Certificate
from certwizard.domain.signatures import is_self_signed
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Severity, Status

_ROWS_OF_THEIR_OWN = frozenset({CauseId.KEY_MISMATCH, CauseId.NOT_RELOADED, CauseId.CHAIN_TOO_LARGE})


def check(case: Case, served: Sequence[Served] = (), reload: Reload = NOTHING_ON_DISK) -> Outcome:
    """Judge what was sent beside the leaf, its order, the private key, and whether addresses and files agree."""
    if case.leaf is None:
        return skipped(CheckId.INSTALLATION, "No certificate was received, so there is no chain to look at.")
    if not case.readable:
        return skipped(
            CheckId.INSTALLATION, "The certificate cannot be read, so nothing can be compared with it."
        )
    own = [*_order_causes(case), *_duplicates(case), *_extras(case), *size_causes(case), *key_causes(case)]
    causes = [*own, *address_causes(case, served), *reload_causes(case, reload)]
    return conclude(
        CheckId.INSTALLATION,
        causes,
        [
            *size_facts(case, own),
            *_facts(case, own),
            *key_facts(case, own),
            *address_facts(served),
            *reload_facts(case, reload),
        ],
        good=_good(case),
        unknown=key_unknown(case) or files_unknown(reload),
    )


def _good(case: Case) -> str:
    if len(case.sent) == 1:
        return "One certificate was sent, and nothing that does not belong there."
    return f"{len(case.sent)} certificates were sent, in the right order."


def _order_causes(case: Case) -> list[Cause]:
    own = ca_stands_first(case)
    if own is not None:
        return [_ca_first(case, own)]
    sequence = _path_sequence(case)
    if sequence == sorted(sequence):
        return []
    place = next(i for i, (a, b) in enumerate(pairwise(sequence)) if b < a)
    early = sequence[place + 1]
    return [
        Cause(
            CauseId.WRONG_ORDER,
            Severity.WARNING,
            "The certificates are sent in the wrong order.",
            "Each certificate has to be followed by the one that issued it; the right order here is "
            f"{_order_text(case, sequence)}. Most of today's clients sort this out by themselves, older and "
            "simpler ones refuse.",
            FieldId.CHAIN,
            f"{quoted(case.sent[early])} as number {early + 1}",
            _order_text(case, sequence),
            certificate=early,
            detail="order",
        )
    ]


def _path_sequence(case: Case) -> list[int]:
    """Return the places of the path's certificates in the chain as sent, leaf first."""
    best = case.choice.best
    return [node.index for node in best.path.nodes if node.index is not None] if best else []


def _order_text(case: Case, sequence: list[int]) -> str:
    return listing(tuple(quoted(case.sent[index]) for index in sequence), 8)


def _ca_first(case: Case, own: int) -> Cause:
    first, certificate = case.sent[0], case.sent[own]
    return Cause(
        CauseId.WRONG_ORDER,
        Severity.ERROR,
        f"A CA certificate stands first; the server's own certificate is number {own + 1}.",
        f"Clients take the first certificate as the server's. Here that is {quoted(first)}, which issues "
        f"certificates; {quoted(certificate)} has to stand before it. This happens when the files are joined "
        "the wrong way round. Servers refuse to start with such a file, because the key does not match the "
        "first certificate.",
        FieldId.CHAIN,
        f"{quoted(first)} as number 1",
        f"{quoted(certificate)} as number 1",
        certificate=0,
        detail="ca-first",
    )


def _duplicates(case: Case) -> list[Cause]:
    causes = []
    first_seen: dict[str, int] = {}
    for index, certificate in enumerate(case.sent):
        earlier = first_seen.setdefault(certificate.sha256, index)
        if earlier != index:
            causes.append(_duplicate(certificate, earlier, index))
    return causes[:3]


def _duplicate(certificate: Certificate, earlier: int, index: int) -> Cause:
    return Cause(
        CauseId.DUPLICATE_CERTIFICATES,
        Severity.WARNING,
        f"{capital(quoted(certificate))} is sent twice.",
        f"It stands as number {earlier + 1} and again as number {index + 1}. That happens when the "
        "certificate is in both files that the server was given, the certificate and the chain. Most "
        "clients ignore the copy, some refuse the chain, and every handshake carries it.",
        FieldId.CHAIN,
        f"numbers {earlier + 1} and {index + 1}",
        "each certificate once",
        certificate=index,
    )


def _extras(case: Case) -> list[Cause]:
    reachable = case.choice.reachable
    unrelated = [
        index
        for index, certificate in enumerate(case.sent)
        if certificate.sha256 not in reachable and case.index_of(certificate) == index
    ]
    if ca_stands_first(case) is not None:
        unrelated = [index for index in unrelated if not _belongs_to(case, index)]
    # Where the search stopped early, what it did not reach may well belong to the chain.
    causes = [_unrelated(case, unrelated)] if unrelated and not case.choice.stopped else []
    roots = [i for i, each in enumerate(case.sent) if i and i not in unrelated and is_self_signed(each)]
    if roots and case.sent[roots[0]].sha256 in reachable:
        causes.append(_root_sent(case, roots[0]))
    return causes


def _belongs_to(case: Case, index: int) -> bool:
    """Return whether a certificate is linked by name to another one that was sent."""
    mine = case.sent[index]
    return any(
        other.sha256 != mine.sha256
        and (other.subject.der == mine.issuer.der or other.issuer.der == mine.subject.der)
        for other in case.sent
    )


def _unrelated(case: Case, indexes: list[int]) -> Cause:
    names = listing(tuple(quoted(case.sent[index]) for index in indexes))
    one = len(indexes) == 1
    issuer = case.leaf.issuer.der if case.leaf else None
    headline = (
        f"{names} is there with another key than that of the CA that issued the server's certificate."
        if one and case.sent[indexes[0]].subject.der == issuer
        else f"{names} {'has' if one else 'have'} nothing to do with the server's certificate."
    )
    return Cause(
        CauseId.EXTRA_CERTIFICATES,
        Severity.WARNING,
        headline,
        f"No chain from the server's certificate leads to {'it' if one else 'them'}. Often a chain file of "
        "an earlier CA was left in place. Clients that follow the order strictly refuse, the others read it "
        "for nothing.",
        FieldId.CHAIN,
        names,
        "only certificates that lead from the server's own to a root",
        certificate=indexes[0],
        detail="unrelated",
    )


def _root_sent(case: Case, index: int) -> Cause:
    return Cause(
        CauseId.EXTRA_CERTIFICATES,
        Severity.INFO,
        f"The root {quoted(case.sent[index])} is sent too, which is not needed.",
        "Clients use the root from their own store and never one that was sent. It does no harm beside the "
        "bytes in every handshake.",
        FieldId.CHAIN,
        f"the root as number {index + 1}",
        "the chain without its root",
        certificate=index,
        detail="root",
    )


def _facts(case: Case, causes: list[Cause]) -> list[Fact]:
    facts = []
    for index, certificate in enumerate(case.sent[:20]):
        cause = next((c for c in causes if c.certificate == index and c.id not in _ROWS_OF_THEIR_OWN), None)
        status = mark(cause.severity) if cause else Status.PASS
        role = case.role_of(certificate).value
        facts.append(
            Fact(
                FieldId.CHAIN,
                f"Number {index + 1} ({role})",
                f"{quoted(certificate)}, issued by {quoted_issuer(certificate)}",
                cause.expected if cause else "",
                status,
                index,
            )
        )
    return facts


def quoted_issuer(certificate: Certificate) -> str:
    """Return the issuer's name in quotes, or the word for a certificate that names itself."""
    return "itself" if certificate.is_self_issued else f"“{certificate.issuer.short[:80]}”"
