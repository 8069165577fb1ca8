"""Certificate policies: where they bite, as Java 17 and 25 and Go 1.27 were seen to judge the same chains."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cryptography import x509

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.policies import MAX_POLICIES, PolicyChecker
from certwizard.diagnosis.result import ClientAction, Diagnosis
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import CheckId, Severity, Status
from certwizard.knowledge.clients import profiles
from tests import factory as f
from tests.profile_breakers import mappings, policies

P1, P2, ANY = "1.2.3.4.1", "1.2.3.4.2", "2.5.29.32.0"
ROOT = f.pki().root
Chain = tuple[f.Issued, ...]


def required(skip: int = 0, inhibit: int | None = None, *, critical: bool = True) -> f.Override:
    """Return policy constraints."""
    return (x509.PolicyConstraints(skip, inhibit), critical)


def authority(*having: f.Override, above: f.Issued = ROOT, name: str = "Policy CA") -> f.Issued:
    """Return a CA with these extensions."""
    return f.intermediate(above, name, having=having)


def below(issuer: f.Issued, *having: f.Override, above: Chain = ()) -> Chain:
    """Return what a server below a CA sends."""
    return (f.leaf(issuer, having=having), issuer, *above)


def mapped(inhibit: int | None, leaf_policy: str) -> Chain:
    """Return a chain where the lower CA maps a policy of the upper one."""
    top = authority(required(0, inhibit), policies(P1), name="Top")
    low = authority(policies(P1), mappings((P1, P2)), above=top, name="Low")
    return below(low, policies(leaf_policy), above=(top,))


NO_ANY = (x509.InhibitAnyPolicy(0), True)
CASES: dict[str, tuple[Callable[[], Chain], str]] = {
    "nobody names a policy": (lambda: below(authority(required())), "explicit-policy"),
    "the leaf names none": (lambda: below(authority(required(), policies(P1))), "explicit-policy"),
    "the leaf names the CA's": (lambda: below(authority(required(), policies(P1)), policies(P1)), ""),
    "the leaf names another": (
        lambda: below(authority(required(), policies(P1)), policies(P2)),
        "explicit-policy",
    ),
    "the leaf names any": (lambda: below(authority(required(), policies(P1)), policies(ANY)), ""),
    "the CA names any": (lambda: below(authority(required(), policies(ANY)), policies(P2)), ""),
    "required after one more": (lambda: below(authority(required(1))), "explicit-policy"),
    "required after two more": (lambda: below(authority(required(2))), ""),
    "not marked critical": (lambda: below(authority(required(critical=False))), "explicit-policy"),
    "any is inhibited for the leaf": (
        lambda: below(authority(required(), policies(ANY), NO_ANY), policies(ANY)),
        "explicit-policy",
    ),
    "any is inhibited, the leaf names one": (
        lambda: below(authority(required(), policies(ANY), NO_ANY), policies(P1)),
        "",
    ),
    "any is inhibited, none required": (lambda: below(authority(NO_ANY), policies(ANY)), ""),
    "a mapping is followed": (lambda: mapped(None, P2), ""),
    "the old name after a mapping": (lambda: mapped(None, P1), "explicit-policy"),
    "a mapping is inhibited": (lambda: mapped(0, P2), "explicit-policy"),
    "any is mapped": (
        lambda: below(authority(policies(P1), mappings((P1, ANY))), policies(P2)),
        "any-policy-mapped",
    ),
    "the leaf requires for itself": (
        lambda: (f.leaf(ROOT, having=[required()]),),
        "explicit-policy",
    ),
}


def judged(chain: Chain, root: f.Issued = ROOT) -> Diagnosis:
    """Return the diagnosis below a root of the user's."""
    return diagnose(f.observation(chain, anchors=[root], anchor_stores=("ca-file",)))


def policy_faults(diagnosis: Diagnosis) -> list[str]:
    """Return the rules on policies that the whole path breaks."""
    return [
        cause.detail
        for cause in diagnosis.causes
        if cause.id is C.PROFILE_VIOLATION and cause.detail in ("explicit-policy", "any-policy-mapped")
    ]


@pytest.mark.parametrize("name", list(CASES))
def test_policies_bite_where_java_and_go_were_seen_to_refuse(name: str) -> None:
    """Each row was run with both; they agree in all of them."""
    make, expected = CASES[name]
    diagnosis = judged(make())
    assert policy_faults(diagnosis) == ([expected] if expected else [])
    actions = {outcome.client: outcome.action for outcome in diagnosis.clients}
    for client in ("java", "go", "chrome", "edge"):
        assert (actions[client] is ClientAction.REJECTS) is bool(expected)
    for client in ("openssl", "curl", "python", "nodejs"):
        assert actions[client] is ClientAction.ACCEPTS


def test_what_the_root_requires_does_not_bind() -> None:
    """RFC 5280 6.1.1 takes a name and a key from an anchor; Java and Go do likewise (measured)."""
    root = f.root("Requiring Root", having=[required()])
    assert policy_faults(judged((f.leaf(root),), root)) == []


def test_gnutls_does_not_know_critical_policy_constraints() -> None:
    """Wget refuses them whatever they say (measured); no mainstream client does."""
    diagnosis = judged(below(authority(required(), policies(P1)), policies(P1)))
    (cause,) = diagnosis.causes
    assert (cause.id, cause.detail, cause.severity) == (
        C.UNKNOWN_CRITICAL_EXTENSION,
        "policy-constraints",
        Severity.WARNING,
    )
    refusing = {o.client for o in diagnosis.clients if o.action is ClientAction.REJECTS}
    assert {"wget", "git"} <= refusing
    assert not refusing & {profile.id for profile in profiles() if profile.mainstream}


def test_firefox_does_not_know_critical_policy_mappings() -> None:
    """RFC 5280 4.2.1.5 wants them critical; mozilla::pkix has no such extension."""
    diagnosis = judged(below(authority(policies(P1), (mappings((P1, P2)), True)), policies(P2)))
    (cause,) = diagnosis.causes
    assert (cause.id, cause.detail, cause.severity) == (
        C.UNKNOWN_CRITICAL_EXTENSION,
        "policy-mappings",
        Severity.ERROR,
    )
    actions = {outcome.client: outcome.action for outcome in diagnosis.clients}
    assert actions["firefox"] is ClientAction.REJECTS
    assert actions["java"] is actions["go"] is actions["openssl"] is ClientAction.ACCEPTS


def test_a_path_with_valid_policies_is_preferred() -> None:
    """Of two paths to the same root the one that all clients take is judged by."""
    strict = authority(required(), name="CA")
    plain = f.intermediate(ROOT, "CA", key=strict.key, days=(-400, 1400))
    diagnosis = judged((f.leaf(strict), strict, plain))
    assert diagnosis.path[1].certificate.sha256 == plain.sha256
    assert [path.sound for path in diagnosis.paths] == [True, False]


def test_a_tree_of_policies_does_not_explode() -> None:
    """Every CA maps every policy to every other (CVE-2023-0464): the work grows with the text alone."""
    names = [f"1.2.3.4.{n}" for n in range(1, 16)]
    chain: Chain = ()
    above = ROOT
    for depth in range(12):
        every = mappings(*((a, b) for a in names for b in names))
        above = authority(required(50), policies(*names), every, above=above, name=f"Deep CA {depth}")
        chain = (above, *chain)
    leaf = f.leaf(above, having=[policies(names[0])])
    path = [parse_certificate(each.der) for each in (leaf, *chain, ROOT)]
    assert PolicyChecker().fault(path, anchored=True) is None


def test_more_policies_than_are_followed_leave_trust_open() -> None:
    """It is neither called good nor bad."""
    many = policies(*(f"1.2.3.{n // 100 + 1}.{n % 100}" for n in range(MAX_POLICIES + 1)))
    diagnosis = judged(below(authority(required(), many), policies(P1)))
    result = diagnosis.check(CheckId.TRUST)
    assert result.status is Status.UNKNOWN
    assert "policies" in result.headline
    assert policy_faults(diagnosis) == []
