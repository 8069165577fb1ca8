"""Every path is found and judged on its own: cross-signed roots, renewed intermediates, dead ends."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis, Origin, TrustPath
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import CheckId, Severity, Status, Verdict
from tests import factory as f
from tests.unit.test_diagnosis_paths import cross_signed


def names(path: TrustPath) -> list[str]:
    """Return the short names along a path, leaf first."""
    return [link.certificate.subject.short for link in path.links]


def problems(path: TrustPath) -> list[tuple[C, int]]:
    """Return what is wrong on a path, and where."""
    return [(problem.cause, problem.position) for problem in path.problems]


def other_rows(diagnosis: Diagnosis) -> list[str]:
    """Return what the trust step says of the other paths."""
    facts = diagnosis.check(CheckId.TRUST).facts
    return [fact.seen for fact in facts if fact.label in ("Another path", "Other paths")]


def test_every_anchor_is_reached_though_a_shorter_path_ends_sooner() -> None:
    """Old clients know the old root, new ones the new root; both paths are listed, the shorter first."""
    old, new = f.root("Old Root"), f.root("New Root")
    issuer = f.intermediate(new, "CA")
    chain = [f.leaf(issuer), issuer, cross_signed(old, new)]
    diagnosis = diagnose(f.observation(chain, anchors=[old, new]))
    assert [names(path)[2:] for path in diagnosis.paths] == [["New Root"], ["New Root", "Old Root"]]
    assert all(path.sound and path.stores == ("mozilla", "system") for path in diagnosis.paths)
    assert diagnosis.paths[0].links == diagnosis.path
    assert other_rows(diagnosis) == ["over “New Root” and “Old Root”: good too, to a root of Mozilla's roots and this "
                                     "system's store"]  # fmt: skip


def test_an_anchor_that_is_no_root_does_not_hide_the_root_above_it() -> None:
    """Some verifiers end at the intermediate, OpenSSL goes on."""
    p = f.pki()
    diagnosis = diagnose(f.observation([p.leaf], anchors=[p.intermediate, p.root]))
    assert [len(path.links) for path in diagnosis.paths] == [3, 2]
    assert all(path.links[-1].origin is Origin.STORE for path in diagnosis.paths)


@pytest.mark.parametrize(
    "held", [True, False], ids=["the old root is still held", "and gone from the stores"]
)
def test_an_expired_cross_certificate_is_a_dead_end_beside_a_good_path(held: bool) -> None:
    """DST Root CA X3 and AddTrust: today's clients go on, old OpenSSL took the dead end."""
    old, new = f.root("Old Root"), f.root("New Root")
    issuer = f.intermediate(new, "CA")
    dead = cross_signed(old, new, days=(-900, -2))
    diagnosis = diagnose(f.observation([f.leaf(issuer), issuer, dead], anchors=[new, old] if held else [new]))
    assert diagnosis.verdict is Verdict.WARNED
    good, bad = diagnosis.paths
    assert good.sound
    assert not bad.sound
    assert (C.EXPIRED, 2) in problems(bad)
    (row,) = other_rows(diagnosis) if held else [""]
    assert not held or row.endswith("dead, “New Root” has expired")


def test_an_expired_old_root_kills_only_the_path_that_needs_it() -> None:
    """What was sent is in date; only the store's old root is not."""
    old, new = f.root("Old Root", days=(-900, -1)), f.root("New Root")
    issuer = f.intermediate(new, "CA")
    chain = [f.leaf(issuer), issuer, cross_signed(old, new)]
    both = diagnose(f.observation(chain, anchors=[new, old]))
    assert [problems(path) for path in both.paths] == [[], [(C.EXPIRED, 3)]]
    assert both.verdict is Verdict.ACCEPTED
    assert diagnose(f.observation(chain, anchors=[old])).verdict is Verdict.REJECTED


@pytest.mark.parametrize("first", ["old", "new"])
def test_a_renewed_intermediate_with_the_same_key_makes_two_paths(first: str) -> None:
    """The one in date is judged by, wherever it stands."""
    root = f.pki().root
    old = f.intermediate(root, "CA", days=(-900, -1))
    new = f.intermediate(root, "CA", key=old.key, days=(-10, 900))
    sent = [old, new] if first == "old" else [new, old]
    diagnosis = diagnose(f.observation([f.leaf(new), *sent], anchors=[root]))
    assert [path.links[1].certificate.sha256 for path in diagnosis.paths] == [new.sha256, old.sha256]
    assert [problems(path) for path in diagnosis.paths] == [[], [(C.EXPIRED, 1)]]


def test_an_intermediate_made_anew_with_another_key_is_no_issuer() -> None:
    """Its name alone proves nothing."""
    root = f.pki().root
    old, new = f.intermediate(root, "CA"), f.intermediate(root, "CA", key=f.ec_key("the new one"))
    diagnosis = diagnose(f.observation([f.leaf(old), old, new], anchors=[root]))
    assert len(diagnosis.paths) == 1
    assert new.sha256 not in {link.certificate.sha256 for link in diagnosis.path}


def test_a_fetched_issuer_and_one_of_a_store_lead_to_paths_of_their_own() -> None:
    """What was sent, what the address gave and what the store holds are all followed."""
    old, new = f.root("Old Root"), f.root("New Root")
    issuer = f.intermediate(new, "CA")
    other = f.intermediate(old, "CA", key=issuer.key)
    leaf = f.leaf(issuer)
    observation = f.observation([leaf, issuer], anchors=[old, new], fetches=(f.aia(leaf, other),))
    origins = [[link.origin for link in path.links] for path in diagnose(observation).paths]
    assert origins == [
        [Origin.SENT, Origin.SENT, Origin.STORE],
        [Origin.SENT, Origin.FETCHED, Origin.STORE],
    ]


def test_a_path_carries_all_its_problems_with_their_places_and_weights() -> None:
    """Not only the first."""
    bare = f.root("Bare Root", days=(-900, -1))
    middle = f.intermediate(bare, "CA", path_length=0)
    low = f.intermediate(middle, "Low CA", having=[(f.key_usage("crl_sign"), True)])
    leaf = f.leaf(low, [f.HOST, "my_host.example.com"])
    path = diagnose(f.observation([leaf, low, middle], anchors=[bare], anchor_stores=("ca-file",))).paths[0]
    assert not path.trusted
    assert [(p.cause, p.position, p.severity) for p in path.problems] == [
        (C.PROFILE_VIOLATION, 0, Severity.WARNING),
        (C.NOT_A_CA, 1, Severity.ERROR),
        (C.PATH_LENGTH, 2, Severity.ERROR),
        (C.EXPIRED, 3, Severity.ERROR),
    ]
    assert [p.detail for p in path.problems] == ["underscore", "key-usage", "", ""]


def test_nothing_was_received_so_there_is_no_path() -> None:
    assert diagnose(f.observation(())).paths == ()


def test_the_expired_root_of_a_chain_is_not_called_another_path() -> None:
    """One path, one row for each certificate."""
    diagnosis = diagnose(f.observation(f.pki().chain, anchors=[f.pki().root]))
    assert len(diagnosis.paths) == 1
    assert other_rows(diagnosis) == []
    assert diagnosis.check(CheckId.TRUST).status is Status.PASS


def test_a_bad_way_that_openssl_takes_first_is_told_of_beside_the_good_one() -> None:
    """It settles for the first issuer that names the key and is in date (error 26, measured); others look on."""
    good, other = f.root("Good Root"), f.root("Other Root")
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING])
    bad = f.intermediate(other, "CA", having=[purpose])
    plain = f.intermediate(good, "CA", key=bad.key)
    first = diagnose(f.observation([f.leaf(bad), bad, plain], anchors=[good, other]))
    assert first.verdict is Verdict.WARNED
    assert [(c.id, c.detail, c.severity, c.certificate) for c in first.causes] == [
        (C.WRONG_USAGE, "intermediate", Severity.WARNING, 1)
    ]
    actions = {outcome.client: outcome.action.value for outcome in first.clients}
    assert actions["openssl"] == actions["curl"] == "unknown"
    assert actions["go"] == actions["chrome"] == "accepts"
    second = diagnose(f.observation([f.leaf(bad), plain, bad], anchors=[good, other]))
    assert [cause.id for cause in second.causes] == []
