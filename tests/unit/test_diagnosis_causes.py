"""Every cause alone: it is found, nothing else is, and the whole vector of eight answers is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.observation import Observation, PrivateKeyFacts
from certwizard.domain.vocabulary import CauseId, CheckId, Severity, Verdict
from tests import factory as f

GOOD = "pass pass pass pass pass pass skipped pass"
C = CauseId


@dataclass(frozen=True)
class Fault:
    """One fault and all that must come of it."""

    id: str
    make: Callable[[], Observation]
    causes: tuple[CauseId, ...]
    vector: str
    """The eight statuses in wizard order."""
    verdict: Verdict = Verdict.REJECTED
    certificate: int | None = 0


def seen(*chain: f.Issued | bytes, host: str = f.HOST, **changes: object) -> Observation:
    """Return an observation whose root every store holds."""
    return f.observation(chain, host, anchors=[f.pki().root], **changes)  # type: ignore[arg-type]


def with_leaf(**changes: object) -> Observation:
    """Return a healthy chain with another leaf."""
    return seen(f.leaf(f.pki().intermediate, **changes), f.pki().intermediate)  # type: ignore[arg-type]


def bad_leaf_signature() -> Observation:
    """Return a leaf that another key signed in the intermediate's name."""
    return with_leaf(signing_key=f.ec_key("somebody else"))


def leaf_below_leaf() -> Observation:
    """Return a chain in which a server certificate issued another one."""
    issuer = f.leaf(f.pki().intermediate, ["ca.example.com"], having=[(f.CA_USAGE, True)])
    return seen(f.leaf(issuer), issuer, f.pki().intermediate)


def path_too_long() -> Observation:
    """Return a chain with one CA more than the first one allows."""
    upper = f.intermediate(f.pki().root, "Upper", path_length=0)
    lower = f.intermediate(upper, "Lower")
    return seen(f.leaf(lower), lower, upper)


def outside_constraints() -> Observation:
    """Return a leaf for a name that its CA may not issue for."""
    only = x509.NameConstraints([x509.DNSName("example.org")], None)
    limited = f.intermediate(f.pki().root, "Limited", having=[(only, True)])
    return seen(f.leaf(limited), limited)


def missing_intermediate() -> Observation:
    """Return a leaf alone, whose issuer was fetched."""
    p = f.pki()
    return seen(p.leaf, fetches=(f.aia(p.leaf, p.intermediate),))


def key_of_another() -> Observation:
    """Return a chain with a private key that belongs to none of it."""
    p = f.pki()
    return seen(*p.chain, private_key=PrivateKeyFacts("server.key", "EC", "00" * 32))


def weak_signature() -> Observation:
    """Return a leaf that its CA signed with SHA-1."""
    issuer = f.intermediate(f.pki().root, "RSA CA", key=f.rsa_key())
    return seen(f.leaf(issuer, digest="sha1"), issuer)


def unknown_critical() -> Observation:
    """Return a leaf with a critical extension of nobody's."""
    oid = x509.ObjectIdentifier("1.3.6.1.4.1.55555.1")
    extra = x509.Extension(oid, True, x509.UnrecognizedExtension(oid, b"\x05\x00"))
    return with_leaf(extra=[extra])


def default_certificate() -> Observation:
    """Return what an ingress controller answers with when it has nothing for the name."""
    fake = f.leaf(None, ["ingress.local"], common="Kubernetes Ingress Controller Fake Certificate")
    return seen(fake)


def server_usage(*usages: x509.ObjectIdentifier) -> Observation:
    """Return a leaf with these extended key usages."""
    return with_leaf(having=[x509.ExtendedKeyUsage(usages)])


def clock() -> Observation:
    """Return a healthy server, seen from a computer that lives two years ago."""
    from certwizard.domain.observation import HttpHint

    then = f.NOW - timedelta(days=365)
    hint = HttpHint(200, f.NOW, then)
    return f.observation(f.pki().chain, anchors=[f.pki().root], at=then, http=hint)


FAULTS = (
    Fault(
        "expired",
        lambda: with_leaf(days=(-90, -12)),
        (C.EXPIRED,),
        "pass pass fail pass pass pass skipped pass",
    ),
    Fault(
        "not-yet-valid",
        lambda: with_leaf(days=(2, 60)),
        (C.NOT_YET_VALID,),
        "pass pass fail pass pass pass skipped pass",
    ),
    Fault(
        "expiring-soon",
        lambda: with_leaf(days=(-80, 10)),
        (C.EXPIRING_SOON,),
        "pass pass warn pass pass pass skipped pass",
        Verdict.WARNED,
    ),
    Fault(
        "hostname-mismatch",
        lambda: with_leaf(names=["shop.example.com"]),
        (C.HOSTNAME_MISMATCH,),
        "pass pass pass fail pass pass skipped pass",
    ),
    Fault(
        "no-san",
        lambda: with_leaf(names=[], common=f.HOST),
        (C.NO_SAN,),
        "pass pass pass fail pass pass skipped pass",
    ),
    Fault(
        "self-signed",
        lambda: seen(f.leaf(None)),
        (C.SELF_SIGNED,),
        "pass pass pass pass fail pass skipped pass",
    ),
    Fault(
        "untrusted-root, root not sent",
        lambda: f.observation([f.leaf(f.root("Nobody"))], anchors=[f.pki().root]),
        (C.UNTRUSTED_ROOT,),
        "pass pass pass pass fail pass skipped pass",
    ),
    Fault(
        "missing-intermediate",
        missing_intermediate,
        (C.MISSING_INTERMEDIATE,),
        "pass pass pass pass fail pass skipped pass",
    ),
    Fault(
        "bad-signature", bad_leaf_signature, (C.BAD_SIGNATURE,), "pass pass pass pass fail pass skipped pass"
    ),
    Fault(
        "not-a-ca",
        leaf_below_leaf,
        (C.NOT_A_CA,),
        "pass pass pass pass fail pass skipped pass",
        certificate=1,
    ),
    Fault(
        "path-length",
        path_too_long,
        (C.PATH_LENGTH,),
        "pass pass pass pass fail pass skipped pass",
        certificate=2,
    ),
    Fault(
        "name-constraints",
        outside_constraints,
        (C.NAME_CONSTRAINTS,),
        "pass pass pass pass fail pass skipped pass",
    ),
    Fault(
        "wrong-order",
        lambda: seen(f.pki().leaf, f.pki().root, f.pki().intermediate),
        (C.WRONG_ORDER,),
        "pass pass pass pass pass warn skipped pass",
        Verdict.WARNED,
        1,
    ),
    Fault(
        "extra-certificates",
        lambda: seen(*f.pki().chain, f.intermediate(f.root("Old Root"), "Old Intermediate")),
        (C.EXTRA_CERTIFICATES,),
        "pass pass pass pass pass warn skipped pass",
        Verdict.WARNED,
        2,
    ),
    Fault(
        "duplicate-certificates",
        lambda: seen(f.pki().leaf, f.pki().leaf, f.pki().intermediate),
        (C.DUPLICATE_CERTIFICATES,),
        "pass pass pass pass pass warn skipped pass",
        Verdict.WARNED,
        1,
    ),
    Fault("key-mismatch", key_of_another, (C.KEY_MISMATCH,), "pass pass pass pass pass fail skipped pass"),
    Fault(
        "weak-key",
        lambda: with_leaf(key=f.rsa_key(1024)),
        (C.WEAK_KEY,),
        "pass pass pass pass pass pass skipped fail",
    ),
    Fault(
        "weak-key, curve",
        lambda: with_leaf(key=f.ec_key("p224", "secp224r1")),
        (C.WEAK_KEY,),
        "pass pass pass pass pass pass skipped fail",
    ),
    Fault(
        "weak-key, DSA",
        lambda: with_leaf(key=f.dsa_key()),
        (C.WEAK_KEY,),
        "pass pass pass pass pass pass skipped fail",
    ),
    Fault(
        "weak-signature", weak_signature, (C.WEAK_SIGNATURE,), "pass pass pass pass pass pass skipped fail"
    ),
    Fault(
        "validity-too-long",
        lambda: with_leaf(days=(-200, 600)),
        (C.VALIDITY_TOO_LONG,),
        "pass pass pass pass pass pass skipped fail",
    ),
    Fault(
        "wrong-usage",
        lambda: server_usage(ExtendedKeyUsageOID.CLIENT_AUTH),
        (C.WRONG_USAGE,),
        "pass pass pass pass pass pass skipped fail",
    ),
    Fault(
        "wrong-usage, any usage is not enough",
        lambda: server_usage(ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE),
        (C.WRONG_USAGE,),
        "pass pass pass pass pass pass skipped fail",
    ),
    Fault(
        "unknown-critical-extension",
        unknown_critical,
        (C.UNKNOWN_CRITICAL_EXTENSION,),
        "pass pass pass pass pass pass skipped fail",
    ),
    Fault(
        "malformed",
        lambda: seen(f.pki().leaf.der[:-20], f.pki().intermediate),
        (C.MALFORMED,),
        "pass fail unknown unknown unknown skipped skipped fail",
    ),
    Fault(
        "wrong-certificate-served",
        default_certificate,
        (C.WRONG_CERTIFICATE_SERVED, C.SELF_SIGNED, C.HOSTNAME_MISMATCH),
        "pass pass pass fail fail pass skipped pass",
    ),
    Fault(
        "clock-wrong",
        clock,
        (C.CLOCK_WRONG, C.NOT_YET_VALID),
        "pass pass fail pass pass pass skipped pass",
        certificate=None,
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_a_fault_alone_gives_its_cause_and_leaves_the_other_answers_good(fault: Fault) -> None:
    """The causes in order, the eight statuses, the verdict and the certificate."""
    diagnosis = diagnose(fault.make())
    relevant = tuple(cause.id for cause in diagnosis.causes if cause.severity is not Severity.INFO)
    assert relevant == fault.causes
    assert " ".join(result.status.value for result in diagnosis.checks) == fault.vector
    assert diagnosis.verdict is fault.verdict
    assert diagnosis.causes[0].certificate == fault.certificate
    for cause in diagnosis.causes:
        assert cause.headline.endswith(".")
        assert cause.explanation.endswith(".")
        assert cause.seen
        assert cause.expected


def test_a_healthy_server_is_accepted() -> None:
    """Nothing is wrong, and every client says so."""
    diagnosis = diagnose(seen(*f.pki().chain))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert diagnosis.causes == ()
    assert " ".join(result.status.value for result in diagnosis.checks) == GOOD
    assert diagnosis.trusted
    assert [link.certificate.sha256 for link in diagnosis.path][-1] == f.pki().root.sha256
    assert {outcome.action.value for outcome in diagnosis.clients} == {"accepts"}


def test_the_checks_come_in_wizard_order() -> None:
    """All eight, always."""
    for observation in (seen(*f.pki().chain), f.observation(handshakes=())):
        assert tuple(result.check for result in diagnose(observation).checks) == tuple(CheckId)


def test_a_root_sent_along_is_only_worth_a_remark() -> None:
    """It is info, so the verdict stays accepted and there is no root cause."""
    diagnosis = diagnose(seen(*f.pki().chain, f.pki().root))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert [(cause.id, cause.severity) for cause in diagnosis.causes] == [
        (C.EXTRA_CERTIFICATES, Severity.INFO)
    ]
    assert diagnosis.root_cause is None


@pytest.mark.parametrize("days", [(-3, 3), (-20, 25), (-30, 60)], ids=["6 days", "45 days", "90 days"])
def test_short_lifetimes_are_normal(days: tuple[float, float]) -> None:
    """What counts is the share that is left, not the number of days."""
    assert diagnose(with_leaf(days=days)).verdict is Verdict.ACCEPTED


def test_a_certificate_without_a_common_name_is_no_fault() -> None:
    """Modern profiles issue such certificates."""
    names = x509.SubjectAlternativeName([x509.DNSName(f.HOST)])
    leaf = f.leaf(f.pki().intermediate, subject=x509.Name([]), having=[(names, True)])
    assert diagnose(seen(leaf, f.pki().intermediate)).verdict is Verdict.ACCEPTED


def test_a_chain_given_as_files_is_judged_like_a_served_one() -> None:
    """Only the connection is skipped."""
    diagnosis = diagnose(f.files_observation(f.pki().chain, anchors=[f.pki().root]))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert " ".join(result.status.value for result in diagnosis.checks) == (
        "skipped pass pass pass pass pass skipped pass"
    )
    assert not diagnosis.check(CheckId.TRUST).headline.count("public root")


def test_files_without_a_name_skip_the_name() -> None:
    """Nobody said what the certificate must serve."""
    diagnosis = diagnose(f.files_observation(f.pki().chain, None, anchors=[f.pki().root]))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert diagnosis.check(CheckId.NAME).status.value == "skipped"


def test_a_ca_certificate_in_the_first_place_is_judged_as_the_servers_own() -> None:
    """The order comes first among the causes; the private key that fits the leaf is no second fault."""
    p = f.pki()
    from certwizard.domain.parsing import parse_certificate

    key = PrivateKeyFacts("server.key", "EC", parse_certificate(p.leaf.der).key.spki_sha256)
    observation = replace(seen(p.intermediate, p.leaf), private_key=key)
    diagnosis = diagnose(observation)
    assert [cause.id for cause in diagnosis.causes] == [C.WRONG_ORDER, C.HOSTNAME_MISMATCH, C.WRONG_USAGE]
    assert diagnosis.causes[0].severity is Severity.ERROR
