"""Which changes might remove which cause: a table, read once for every cause found."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from certwizard.diagnosis.checks.key_kinds import KEY_KIND
from certwizard.diagnosis.judge import Judgement
from certwizard.diagnosis.repairs.certificates import corrected, new_leaf_certificate
from certwizard.diagnosis.repairs.chain import (
    leave_out,
    leave_out_strangers,
    right_order,
    send_intermediate,
    shorten,
)
from certwizard.diagnosis.repairs.clock import set_clock
from certwizard.diagnosis.repairs.machine import mend_store, trust_again
from certwizard.diagnosis.repairs.proposal import Proposal
from certwizard.diagnosis.repairs.server import (
    align_addresses,
    drop_pins,
    load_newer,
    matching_key,
    modern_tls,
    no_client_certificate,
    renew_the_other,
    serve_right,
    staple,
    stop_stapling,
)
from certwizard.diagnosis.repairs.trust import install_root, trusted_certificate
from certwizard.diagnosis.result import Cause
from certwizard.domain.vocabulary import CauseId as C

Proposer = Callable[[Judgement, Cause], Proposal | None]
MAX_GROUPS = 3


def another_authority(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Turn to another CA where no new certificate of the same one would help."""
    by_the_leaf = cause.certificate == 0 and judgement.case.readable
    if by_the_leaf and cause.id is not C.NAME_CONSTRAINTS:
        return None
    return trusted_certificate(judgement, cause)


_ON_A_CERTIFICATE: tuple[Proposer, ...] = (new_leaf_certificate, corrected, leave_out, another_authority)
_TABLE: dict[C, tuple[Proposer, ...]] = {
    C.PROTOCOL_VERSION: (modern_tls,),
    C.CIPHER_MISMATCH: (modern_tls,),
    C.CLIENT_CERT_REQUIRED: (no_client_certificate,),
    C.CLOCK_WRONG: (set_clock,),
    C.WRONG_CERTIFICATE_SERVED: (serve_right,),
    C.NOT_RELOADED: (load_newer,),
    C.PINNING: (drop_pins,),
    C.HOSTNAME_MISMATCH: (new_leaf_certificate,),
    C.NO_SAN: (new_leaf_certificate,),
    C.SELF_SIGNED: (trusted_certificate, install_root),
    C.UNTRUSTED_ROOT: (trusted_certificate, install_root),
    C.DISTRUSTED_CA: (trusted_certificate, trust_again),
    C.TRUST_STORE_MISSING: (mend_store,),
    C.TRUST_STORE_OUTDATED: (mend_store,),
    C.MISSING_INTERMEDIATE: (send_intermediate,),
    C.WRONG_ORDER: (right_order,),
    C.CHAIN_TOO_LARGE: (shorten, new_leaf_certificate),
    C.EXTRA_CERTIFICATES: (leave_out_strangers,),
    C.DUPLICATE_CERTIFICATES: (leave_out,),
    C.REVOCATION_UNKNOWN: (stop_stapling,),
    C.MUST_STAPLE: (staple, new_leaf_certificate),
    C.KEY_MISMATCH: (matching_key, new_leaf_certificate),
    **dict.fromkeys(
        (
            C.EXPIRED,
            C.NOT_YET_VALID,
            C.EXPIRING_SOON,
            C.BAD_SIGNATURE,
            C.NOT_A_CA,
            C.PATH_LENGTH,
            C.NAME_CONSTRAINTS,
            C.REVOKED,
            C.WEAK_KEY,
            C.WEAK_SIGNATURE,
            C.VALIDITY_TOO_LONG,
            C.WRONG_USAGE,
            C.CT_MISSING,
            C.UNKNOWN_CRITICAL_EXTENSION,
            C.PROFILE_VIOLATION,
            C.MALFORMED,
        ),
        _ON_A_CERTIFICATE,
    ),
}


def proposals_for(judgement: Judgement, causes: Iterable[Cause]) -> tuple[Proposal, ...]:
    """Return the changes that might remove one of the causes, each once, what asks least first."""
    found: dict[object, Proposal] = {}
    for cause in causes:
        for proposal in _for(judgement, cause):
            found.setdefault(proposal.key, proposal)
    return tuple(sorted(found.values(), key=lambda each: each.cost))


def _for(judgement: Judgement, cause: Cause) -> Iterable[Proposal]:
    if cause.id is C.INCONSISTENT_ADDRESSES:
        yield from _for_addresses(judgement, cause)
    for propose in _TABLE.get(cause.id, ()):
        proposal = propose(judgement, cause)
        if proposal is not None:
            yield proposal


def _for_addresses(judgement: Judgement, cause: Cause) -> Iterable[Proposal]:
    by_kind = cause.detail == KEY_KIND
    propose = renew_the_other if by_kind else align_addresses
    groups = [group for group in judgement.served if bool(group.group.kind) is by_kind]
    return (propose(judgement, group) for group in groups[:MAX_GROUPS])
