"""Why a path does not reach a trusted root by what was sent: three look-alikes told apart.

The issuer that was not sent either exists and was found (fetched, or known to be public), or is the
leaf itself, or is a CA that no consulted store knows.
"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.naming import capital, issuer_quoted, listing, quoted, spoken
from certwizard.diagnosis.pool import Node
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.stores import store_names, usable_stores
from certwizard.domain.certificate import Certificate
from certwizard.domain.observation import Fetch, FetchPurpose
from certwizard.domain.signatures import is_self_signed
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.knowledge.rules import known_intermediate
from certwizard.knowledge.variants import variant

PARTIAL, CHOSEN = "no-root", "chosen-anchor"
"""The details of an anchor that is not self-signed: of a store, or named by the user."""


def unfinished_causes(case: Case, judged: Judged) -> list[Cause]:
    """Return the causes for a path that ends before an anchor or needed fetching to get there."""
    nodes = judged.path.nodes
    leaf = nodes[0].certificate
    if len(nodes) == 1 and is_self_signed(leaf) and not judged.path.anchored:
        return [_self_signed(case, leaf)]
    causes = []
    fetched = [node for node in judged.path.fetched if not is_self_signed(node.certificate)]
    if fetched:
        causes.append(_missing(case, _last_before_fetched(nodes), _fetched_words(fetched)))
    if judged.path.anchored:
        return causes
    end = nodes[-1].certificate
    if not judged.path.self_signed_end and not fetched and _namesake(case, end) is None:
        proof = _known_issuer(case, end)
        if proof:
            return [*causes, _missing(case, end, proof)]
    causes.append(_untrusted(case, judged))
    return causes


def partial_causes(case: Case, judged: Judged) -> list[Cause]:
    """Return `untrusted-root` where the store holds no root of the chain, but one of its other certificates.

    OpenSSL and Node.js want a chain to end in a root (error 2, measured); the others take what the store holds.
    """
    end = judged.path.nodes[-1]
    if end.certificate.is_self_issued:
        return []
    holders = store_names(case, end.stores)
    detail = CHOSEN if "ca-file" in end.stores else PARTIAL
    kind = variant(CauseId.UNTRUSTED_ROOT, detail)
    return [
        Cause(
            CauseId.UNTRUSTED_ROOT,
            kind.severity,
            f"{capital(holders)} hold {quoted(end.certificate)}, which is no root.",
            f"It was issued by {issuer_quoted(end.certificate)}, which is not trusted here. curl, Go, Java and "
            "browsers take any certificate of a store as the end of a chain; OpenSSL by default and Node.js go on to a "
            "self-signed root and refuse without one. The root belongs into the store.",
            FieldId.TRUST_ANCHOR,
            f"{quoted(end.certificate)}, issued by {issuer_quoted(end.certificate)}",
            "a self-signed root",
            certificate=end.index,
            concerns="" if end.index is not None else end.certificate.sha256,
            detail=detail,
            minded_by=kind.clients,
        )
    ]


def _last_before_fetched(nodes: tuple[Node, ...]) -> Certificate:
    first = next(i for i, node in enumerate(nodes) if node.fetched)
    return nodes[max(first - 1, 0)].certificate


def _fetched_words(fetched: list[Node]) -> str:
    names = listing(tuple(quoted(node.certificate) for node in fetched))
    return (
        f"The missing {'one was' if len(fetched) == 1 else 'ones were'} found at the address given in the "
        f"certificate: {names}."
    )


def _known_issuer(case: Case, end: Certificate) -> str:
    """Return why the issuer must exist although it was not seen, in words, or nothing."""
    known = known_intermediate(end.issuer)
    if known is not None:
        return (
            f"{issuer_quoted(end)} is an intermediate certificate of a public CA; it leads to {known.root}."
        )
    if _other_generation(case, end):
        return (
            f"A certificate named {issuer_quoted(end)} is there, but with another key, and that key did not sign "
            "this: the CA has had its certificate made anew, and this is the older or the newer one."
        )
    organisation = end.issuer.first("O")
    if not organisation or end.is_self_issued:
        return ""
    for node in case.pool.nodes.values():
        if (
            node.is_anchor
            and (node.certificate.subject.first("O") or "").casefold() == organisation.casefold()
        ):
            return (
                f"{issuer_quoted(end)} was not sent, but a root of the same organisation, "
                f"{quoted(node.certificate)}, is trusted here, so an intermediate certificate most likely "
                "stands between."
            )
    return ""


def _other_generation(case: Case, end: Certificate) -> bool:
    """Return whether an intermediate of the issuer's name was sent that has another key, by its key id."""
    wanted = end.authority_key_id
    return wanted is not None and any(
        each.subject.der == end.issuer.der
        and not each.is_self_issued
        and each.subject_key_id not in (None, wanted)
        for each in case.sent
    )


def _self_signed(case: Case, leaf: Certificate) -> Cause:
    return Cause(
        CauseId.SELF_SIGNED,
        Severity.ERROR,
        "The certificate is self-signed: nobody but itself vouches for it.",
        "Subject and issuer are the same, and its own key made the signature. Clients trust such a "
        "certificate only where it was installed by hand. This is not the same as a private CA, where a "
        "root stands above the certificate, and no chain file can repair it.",
        FieldId.ISSUER,
        issuer_quoted(leaf),
        "a CA that clients trust",
        certificate=0,
    )


def _missing(case: Case, child: Certificate, proof: str) -> Cause:
    where, verb, was = (
        ("the file", "hold", "found there") if case.from_files else ("the server", "send", "sent")
    )
    number = len(case.sent)
    other = _other_generation(case, child)
    seen = "and the one sent has another key" if other else "which was not sent"
    sent = f"Only the certificate itself was {was}" if number == 1 else f"{number} certificates were {was}"
    return Cause(
        CauseId.MISSING_INTERMEDIATE,
        Severity.ERROR,
        f"{capital(where)} does not {verb} the intermediate certificate {issuer_quoted(child)}.",
        f"{sent}, not the one that issued {spoken(case, child)}. {proof} Browsers often hide this fault "
        "because they fetch or remember intermediates; curl, Python, Java and most other programs refuse.",
        FieldId.ISSUER,
        f"issued by {issuer_quoted(child)}, {seen}",
        f"a certificate with the subject {issuer_quoted(child)} in the chain"
        + (", with the key that signed this" if other else ""),
        certificate=case.index_of(child),
        concerns="" if case.index_of(child) is not None else child.sha256,
    )


def _untrusted(case: Case, judged: Judged) -> Cause:
    end = judged.path.nodes[-1]
    certificate = end.certificate
    stores = listing(tuple(store.title for store in usable_stores(case)))
    if judged.path.self_signed_end:
        headline = f"The chain ends in the root {quoted(certificate)}, which is not trusted."
        seen, detail = quoted(certificate), "root-sent" if end.index is not None else "unknown-root"
        why = f"The chain is complete, but {stores} do not hold this root. " + _private_words()
    else:
        headline = f"The certificate was issued by {issuer_quoted(certificate)}, which is not trusted."
        seen, detail = f"issued by {issuer_quoted(certificate)}", "unknown-issuer"
        why = (
            f"No certificate of that name was sent, and {stores} do not hold it. "
            f"{_search_words(case, certificate)} " + _private_words()
        )
    namesake = _namesake(case, certificate)
    if namesake is not None:
        stores_of_it = listing(tuple(s.title for s in usable_stores(case) if s.id in namesake.stores))
        why = (
            f"A root named {quoted(namesake.certificate)} is held by {stores_of_it}, but with another key, and "
            "that key did not sign this. Either the CA was made anew and its new root has to be installed, or "
            "somebody else uses its name."
        )
    return Cause(
        CauseId.UNTRUSTED_ROOT,
        Severity.ERROR,
        headline,
        why,
        FieldId.TRUST_ANCHOR,
        seen,
        f"a root held by {stores}",
        certificate=end.index,
        concerns="" if end.index is not None else certificate.sha256,
        detail=detail,
    )


def _namesake(case: Case, end: Certificate) -> Node | None:
    """Return an anchor with the name of the wanted root and another key, or None."""
    wanted = end.issuer.der
    return next(
        (
            node
            for node in case.pool.nodes.values()
            if node.is_anchor
            and node.certificate.subject.der == wanted
            and node.certificate.key.spki_sha256 != end.key.spki_sha256
        ),
        None,
    )


def _private_words() -> str:
    return "It is a private CA, one that was removed from the stores, or an interception on the way."


def _search_words(case: Case, certificate: Certificate) -> str:
    if not certificate.ca_issuer_urls:
        return (
            "The certificate gives no address to fetch its issuer from, so a missing intermediate "
            "cannot be ruled out."
        )
    tried = _aia_of(case, certificate)
    if case.observation.offline or not tried:
        return "Its issuer was not fetched, so a missing intermediate cannot be ruled out."
    if all(fetch.failure is not None for fetch in tried):
        return "Fetching the issuer failed, so a missing intermediate cannot be ruled out."
    return "What the address in the certificate gave did not issue it."


def _aia_of(case: Case, certificate: Certificate) -> list[Fetch]:
    return [
        fetch
        for fetch in case.observation.fetches
        if fetch.purpose is FetchPurpose.AIA and fetch.certificate == certificate.sha256
    ]
