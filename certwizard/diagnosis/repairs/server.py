"""Changes to the server's set-up: which certificate it answers with, its key, its protocol, its addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from certwizard.diagnosis.checks.negotiation import DECRYPT_ERROR, OLD_PROTOCOLS
from certwizard.diagnosis.checks.pinning import HEADER
from certwizard.diagnosis.checks.private_key import given_beside
from certwizard.diagnosis.checks.staple import ISSUER_FEATURE, OTHER_FEATURE
from certwizard.diagnosis.checks.wrong_certificate import matching_elsewhere
from certwizard.diagnosis.elsewhere import Served
from certwizard.diagnosis.judge import Judgement
from certwizard.diagnosis.naming import listing, quoted
from certwizard.diagnosis.reload import serving
from certwizard.diagnosis.repair import ChangeKind
from certwizard.diagnosis.repairs.proposal import Proposal
from certwizard.diagnosis.repairs.supposition import Chain, Supposition
from certwizard.diagnosis.repairs.trust import trusted_certificate
from certwizard.diagnosis.result import Cause
from certwizard.domain.certificate import STATUS_REQUEST, Certificate
from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Handshake, Observation, Offer
from certwizard.domain.vocabulary import CauseId

MODERN_CIPHER = "TLS_AES_128_GCM_SHA256"
OK = 200
SHORT = 16
LONGEST_PATH = 200
MAX_BEHIND = 5
_ISSUER_LACKS = frozenset({CauseId.MISSING_INTERMEDIATE, CauseId.UNTRUSTED_ROOT})


def serve_right(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Answer with the certificate that is meant for the name: one seen elsewhere, or a good one."""
    case, leaf = judgement.case, judgement.case.leaf
    if leaf is None:
        return None
    text = f"serve the certificate for {case.asked}"
    other = matching_elsewhere(case, leaf)
    if other is None:
        # It was not seen, so it is taken to be a good one.
        found = trusted_certificate(judgement, cause)
        return (
            replace(found, kind=ChangeKind.SERVE_RIGHT_CERTIFICATE, text=text, wording=None)
            if found
            else None
        )
    handshake, right = other
    return Proposal(
        ChangeKind.SERVE_RIGHT_CERTIFICATE,
        leaf.sha256,
        f"{text}, {quoted(right)}",
        partial(_as_there, handshake.chain),
        0,
    )


def _as_there(chain: Chain, so_far: Supposition) -> Supposition:
    """Return this with the judged chain as another handshake got it; as it is where none got it."""
    wanted = tuple(so_far.now(each) for each in chain)
    known = any(each.chain == wanted for each in so_far.observation.handshakes)
    return so_far.with_judged_chain(lambda _: wanted) if known else so_far


def load_newer(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Let the server load the newer certificate that lies on its disk."""
    newer, other = judgement.reload.newer, judgement.reload.disk.read_instead
    if newer is None or newer.leaf is None or newer.served is None:
        return None
    path, old = clean(newer.file.path, LONGEST_PATH), newer.served.der
    behind = _left_out(judgement, newer.file.chain)
    text = f"reload the server, so that it serves the certificate in {path}"
    if other is not None:
        text = f"let the server read {path} in place of {clean(other.file.path, LONGEST_PATH)}"
    if behind:
        text += f", with {listing(tuple(quoted(each) for each in behind))} behind it"
    whole = (*newer.file.chain, *(each.der for each in behind))

    def apply(so_far: Supposition) -> Supposition:
        served, chain = so_far.now(old), tuple(so_far.now(each) for each in whole)
        changed = so_far.with_handshakes(lambda each: serving(each, served, chain))
        return replace(changed, observation=replace(changed.observation, openssl=None))

    return Proposal(ChangeKind.RELOAD, newer.leaf.sha256, text, apply, 0)


def _left_out(judgement: Judgement, chain: Chain) -> tuple[Certificate, ...]:
    """Return the intermediates that a file lacks and that were seen elsewhere, where their lack would show."""
    if not any(each.id in _ISSUER_LACKS for each in judgement.reload.comes):
        return ()
    case, found = judgement.case, list[Certificate]()
    above = case.read(chain[-1])
    while len(found) < MAX_BEHIND and not above.is_self_issued:
        issuers = (each for each in (*case.sent, *case.fetched) if each.subject.der == above.issuer.der)
        issuer = next((each for each in issuers if not each.is_self_issued and each not in found), None)
        if issuer is None:
            break
        found.append(issuer)
        above = issuer
    return tuple(found)


def align_addresses(judgement: Judgement, group: Served) -> Proposal:
    """Let every machine send what one group of handshakes met, or take the others out of DNS or the balancer."""
    wanted = tuple(each.certificate.der for each in group.diagnosis.sent)
    return Proposal(
        ChangeKind.ALIGN_ADDRESSES,
        f"{', '.join(share.address for share in group.shares)} {group.how_often}".rstrip(),
        _alignment(group, [each for each in judgement.served if each is not group and not each.group.kind]),
        partial(_only, wanted),
    )


def _alignment(group: Served, others: Sequence[Served]) -> str:
    if group.how_often or any(each.how_often for each in others):
        return (
            f"bring the other machines into line with the one that sends {quoted(group.leaf)} of SHA-256 "
            f"{group.leaf.sha256[:SHORT]}…, or take them out of the balancer"
        )
    addresses = tuple(share.address for other in others for share in other.shares)
    return (
        f"bring {listing(addresses, 4)} into line with {group.where}, "
        f"or take {'it' if len(addresses) == 1 else 'them'} out of DNS"
    )


def _only(wanted: Chain, so_far: Supposition) -> Supposition:
    chain = tuple(so_far.now(each) for each in wanted)
    judged = next((each for each in so_far.observation.handshakes if each.chain), None)

    def keep(handshake: Handshake) -> Handshake | None:
        alike = judged is not None and (handshake.offer, handshake.sni) == (judged.offer, judged.sni)
        right = handshake.chain == chain and (handshake.failure is None or handshake == _proved(handshake))
        return None if alike and handshake.chain and not right else handshake

    known = any(each.chain == chain for each in so_far.observation.handshakes)
    return so_far.with_handshakes(keep) if known else so_far


def renew_the_other(judgement: Judgement, group: Served) -> Proposal:
    """Put the certificate with the other kind of key in order, or serve one certificate alone."""
    chain = tuple(each.certificate.der for each in group.diagnosis.sent)

    def apply(so_far: Supposition) -> Supposition:
        other = tuple(so_far.now(each) for each in chain)
        return so_far.with_handshakes(
            lambda each: None if each.offer is not Offer.MODERN and each.chain == other else each
        )

    text = f"renew and install the {group.group.kind} certificate too, or take it out of the configuration"
    return Proposal(ChangeKind.RENEW, group.leaf.sha256, text, apply)


def staple(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Let the server send the answer of its CA, where the certificate says whom to ask."""
    leaf = judgement.case.leaf
    if leaf is None or not leaf.ocsp_urls or cause.detail in (OTHER_FEATURE, ISSUER_FEATURE):
        return None
    others = tuple(each for each in leaf.tls_features if each != STATUS_REQUEST)

    def apply(so_far: Supposition) -> Supposition:
        # With a good answer there, the demand for it is met.
        met = so_far.amended(leaf.der, tls_features=others)
        return met.with_handshakes(lambda each: replace(each, stapled_ocsp=None))

    return Proposal(
        ChangeKind.STAPLE,
        "",
        "let the server send its CA's OCSP answer with each handshake (OCSP stapling)",
        apply,
        0,
    )


def matching_key(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Use the private key that was made for the certificate."""
    beside = given_beside(judgement.case)
    leaf = judgement.case.read(beside.chain[0]) if beside else judgement.case.leaf
    if leaf is None:
        return None

    def apply(so_far: Supposition) -> Supposition:
        given, wanted = so_far.observation.private_key, so_far.facts(leaf.der).key.spki_sha256
        key = replace(given, spki_sha256=wanted) if given else None
        changed = replace(so_far, observation=replace(so_far.observation, private_key=key))
        return changed.with_handshakes(_proved)

    return Proposal(
        ChangeKind.MATCHING_KEY, "", f"use the private key that belongs to {quoted(leaf)}", apply, 0
    )


def _proved(handshake: Handshake) -> Handshake:
    failure = handshake.failure
    failed = failure is not None and failure.alert_sent == DECRYPT_ERROR
    return replace(handshake, failure=None) if failed else handshake


def modern_tls(judgement: Judgement, cause: Cause) -> Proposal:
    """Let the server speak what today's clients offer."""
    what = (
        "TLS 1.2 and 1.3"
        if cause.id is CauseId.PROTOCOL_VERSION
        else "an ECDHE cipher suite with AES-GCM or ChaCha20"
    )
    return Proposal(ChangeKind.MODERN_TLS, "", f"allow {what} on the server", _modernised)


def _modernised(so_far: Supposition) -> Supposition:
    seen = [each for each in so_far.observation.handshakes if each.offer is Offer.PERMISSIVE and each.chain]

    def change(handshake: Handshake) -> Handshake | None:
        if handshake.offer is Offer.PERMISSIVE:
            return None
        if handshake.failure is None:
            return handshake
        chain = handshake.chain or next((e.chain for e in seen if e.address == handshake.address), ())
        old = handshake.protocol is None or handshake.protocol in OLD_PROTOCOLS
        protocol = "TLSv1.3" if old else handshake.protocol
        return replace(handshake, failure=None, protocol=protocol, cipher=MODERN_CIPHER, chain=chain)

    return so_far.with_handshakes(change)


def stop_stapling(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Leave out a stapled answer that does not count, where the certificate does not demand one."""
    leaf = judgement.case.leaf
    if leaf is None or leaf.must_staple or not cause.detail.startswith("staple-"):
        return None
    return Proposal(
        ChangeKind.STOP_STAPLING,
        "",
        "turn stapling off on the server, or let it fetch a fresh answer",
        lambda so_far: so_far.with_handshakes(lambda each: replace(each, stapled_ocsp=None)),
    )


def drop_pins(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Leave out a header that names keys which are not there."""
    if cause.detail != HEADER:
        return None

    def apply(so_far: Supposition) -> Supposition:
        http = so_far.observation.http
        plain = replace(http, public_key_pins="") if http else None
        return replace(so_far, observation=replace(so_far.observation, http=plain))

    return Proposal(
        ChangeKind.DROP_PINS, "", "take the header Public-Key-Pins out of the server's answers", apply
    )


def no_client_certificate(judgement: Judgement, cause: Cause) -> Proposal:
    """Let clients in: with a certificate of theirs, or without one being asked for."""
    return Proposal(
        ChangeKind.NO_CLIENT_CERTIFICATE,
        "",
        "give the clients a certificate that the server accepts, or stop asking for one",
        _let_in,
    )


def _let_in(so_far: Supposition) -> Supposition:
    changed = so_far.with_handshakes(
        lambda each: replace(each, failure=None, client_certificate_requested=False)
    )
    return replace(changed, observation=_served(changed.observation))


def _served(observation: Observation) -> Observation:
    http = replace(observation.http, status=OK) if observation.http else None
    return replace(observation, http=http)
