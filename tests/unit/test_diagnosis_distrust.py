"""A CA that lost trust: by date, by removal, by another path, and what comes next."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Cause, ClientAction, Diagnosis
from certwizard.domain.observation import Anchor, Observation
from certwizard.domain.trust_stores import AnchorLimit
from certwizard.domain.vocabulary import CauseId, Severity, Verdict
from tests import factory as f
from tests.transparency import Log, logged_leaf

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
LOST = datetime(2024, 11, 12, tzinfo=UTC)
"""The first moment at which Chrome and Java refuse what the practice CA issues."""


def practice_key() -> ec.EllipticCurvePrivateKey:
    seed = hashlib.sha256(b"certwizard practice lab: the key of a CA that lost its trust").digest()
    return ec.derive_private_key(int.from_bytes(seed) % _ORDER, ec.SECP256R1())


ROOT = f.root(
    "Practice Distrusted Root CA",
    organisation="certwizard practice lab",
    key=practice_key(),
    days=(-2000, 3000),
)
ISSUER = f.intermediate(ROOT, days=(-1500, 2000))


def days_from(at: datetime) -> tuple[float, float]:
    start = (at - f.NOW) / f.DAY
    return start, start + 90


def served(
    at: datetime,
    *,
    sct: datetime | None = None,
    stores: tuple[str, ...] = ("mozilla", "system"),
    **changes: object,
) -> Observation:
    leaf = (
        f.leaf(ISSUER, days=days_from(at))
        if sct is None
        else logged_leaf(ISSUER, [(Log("a"), sct)], days=days_from(at))
    )
    values: dict[str, object] = {"anchors": [ROOT], "anchor_stores": stores, **changes}
    return f.observation([leaf, ISSUER], at=at + timedelta(days=30), **values)  # type: ignore[arg-type]


def refusing(diagnosis: Diagnosis) -> set[str]:
    return {
        each.client
        for each in diagnosis.clients
        if each.action is ClientAction.REJECTS and each.cause is CauseId.DISTRUSTED_CA
    }


def distrusted(diagnosis: Diagnosis) -> Cause | None:
    return next((each for each in diagnosis.causes if each.id is CauseId.DISTRUSTED_CA), None)


def test_what_was_issued_after_every_date_is_refused_by_each_programme() -> None:
    diagnosis = diagnose(served(datetime(2026, 1, 1, tzinfo=UTC)))
    cause = distrusted(diagnosis)
    assert diagnosis.verdict is Verdict.REJECTED
    assert cause is not None
    assert (cause.severity, cause.detail) == (Severity.ERROR, "by-date")
    assert {"chrome", "firefox", "safari", "java"} <= refusing(diagnosis)
    assert not {"curl", "openssl", "python", "go", "nodejs"} & refusing(diagnosis)
    assert "Chrome refuses what has its first SCT after 2024-11-11" in cause.explanation
    assert "plain list of roots go on accepting" in cause.explanation


@pytest.mark.parametrize(
    ("issued", "clients"),
    [
        (LOST - timedelta(seconds=1), set()),
        (LOST, {"chrome", "java"}),
        (datetime(2024, 11, 16, tzinfo=UTC), {"chrome", "java", "safari"}),
        (datetime(2024, 12, 1, tzinfo=UTC), {"chrome", "java", "safari", "firefox"}),
    ],
)
def test_each_programme_has_a_day_of_its_own(issued: datetime, clients: set[str]) -> None:
    diagnosis = diagnose(served(issued))
    assert {
        each for each in refusing(diagnosis) if each in ("chrome", "java", "safari", "firefox")
    } == clients


def test_what_is_older_than_the_date_is_warned_of_its_renewal() -> None:
    diagnosis = diagnose(served(LOST - timedelta(days=30)))
    cause = distrusted(diagnosis)
    assert cause is not None
    assert (cause.severity, cause.detail) == (Severity.WARNING, "before-the-date")
    assert "a renewal with the same CA will not" in cause.explanation
    assert diagnosis.verdict is Verdict.WARNED
    assert refusing(diagnosis) == set()


def test_chrome_goes_by_the_earliest_sct_and_others_by_the_day_of_issue() -> None:
    """A certificate that was logged in time and dated later."""
    diagnosis = diagnose(served(LOST + timedelta(days=30), sct=LOST - timedelta(days=1)))
    assert "chrome" not in refusing(diagnosis)
    assert {"java", "firefox", "safari"} <= refusing(diagnosis)


def test_a_backdated_certificate_that_was_logged_late_is_refused_by_chrome_alone() -> None:
    diagnosis = diagnose(served(LOST - timedelta(days=5), sct=LOST + timedelta(hours=1)))
    assert {"chrome"} <= refusing(diagnosis)
    assert not {"java", "firefox", "safari"} & refusing(diagnosis)


def test_another_path_to_a_root_of_good_standing_saves_it() -> None:
    """Cross-signed: clients take the path that leads to trust."""
    good = f.root("Good Root", days=(-2000, 3000))
    crossed = f.intermediate(good, "Test Intermediate", days=(-1500, 2000), key=ISSUER.key)
    leaf = f.leaf(ISSUER, days=days_from(datetime(2026, 1, 1, tzinfo=UTC)))
    observation = f.observation(
        [leaf, ISSUER, crossed], at=datetime(2026, 2, 1, tzinfo=UTC), anchors=[ROOT, good]
    )
    assert distrusted(diagnose(observation)) is None


def test_a_ca_cross_signed_by_a_good_root_is_still_known_by_its_key() -> None:
    good = f.root("Good Root", days=(-2000, 3000))
    crossed = f.intermediate(
        good, "Practice Distrusted Root CA", organisation="certwizard practice lab", key=ROOT.key
    )
    leaf = f.leaf(ISSUER, days=days_from(datetime(2026, 1, 1, tzinfo=UTC)))
    observation = f.observation([leaf, ISSUER, crossed], at=datetime(2026, 2, 1, tzinfo=UTC), anchors=[good])
    assert distrusted(diagnose(observation)) is not None


def test_a_root_that_no_store_holds_any_more_is_named_by_its_history() -> None:
    diagnosis = diagnose(served(datetime(2026, 1, 1, tzinfo=UTC), anchors=[]))
    cause = distrusted(diagnosis)
    assert cause is not None
    assert cause.detail == "removed"
    assert "its root was not seen" in cause.explanation
    assert CauseId.UNTRUSTED_ROOT not in {each.id for each in diagnosis.causes}
    assert {"curl", "chrome"} <= refusing(diagnosis)


def test_a_removed_root_that_was_sent_is_known_by_its_key() -> None:
    leaf = f.leaf(ISSUER, days=days_from(datetime(2026, 1, 1, tzinfo=UTC)))
    diagnosis = diagnose(f.observation([leaf, ISSUER, ROOT], at=datetime(2026, 2, 1, tzinfo=UTC)))
    cause = distrusted(diagnosis)
    assert cause is not None
    assert (cause.detail, cause.certificate) == ("removed", 2)
    assert "its root was not seen" not in cause.explanation


def test_a_stranger_with_the_name_of_a_lost_root_is_no_lost_root() -> None:
    twin = f.root(
        "Practice Distrusted Root CA", organisation="certwizard practice lab", key=f.ec_key("stranger")
    )
    diagnosis = diagnose(f.observation([f.leaf(twin), twin]))
    assert distrusted(diagnosis) is None
    assert CauseId.UNTRUSTED_ROOT in {each.id for each in diagnosis.causes}


def test_a_root_that_the_user_gives_is_no_matter_of_programmes() -> None:
    diagnosis = diagnose(served(datetime(2026, 1, 1, tzinfo=UTC), stores=("ca-file",)))
    assert distrusted(diagnosis) is None


@pytest.mark.parametrize(("until", "refused"), [(f.NOW - timedelta(days=31), True), (f.NOW, False)])
def test_the_limits_of_microsofts_own_list_bind_edge(until: datetime, refused: bool) -> None:
    """Said from the list that was read, without a row in the table."""
    p = f.pki()
    stores = ("mozilla", "microsoft", "system")
    anchor = Anchor(p.root.der, stores, (AnchorLimit("microsoft", until),))
    observation = f.observation(
        p.chain, stores=tuple(f.store(each) for each in stores), anchors=[], anchor_stores=()
    )
    observation = replace(observation, anchors=(anchor,))
    diagnosis = diagnose(observation)
    assert ("edge" in refusing(diagnosis)) is refused
    cause = distrusted(diagnosis)
    assert cause is not None
    assert cause.severity is (Severity.ERROR if refused else Severity.WARNING)
    assert "chrome" not in refusing(diagnosis)


def test_a_limit_far_ahead_of_the_certificate_is_only_a_warning_for_renewals() -> None:
    p = f.pki()
    limits = (AnchorLimit("microsoft", f.NOW + timedelta(days=365)),)
    observation = replace(
        f.observation(p.chain, stores=(f.store("microsoft"), f.store("mozilla"), f.store("system"))),
        anchors=(Anchor(p.root.der, ("microsoft", "mozilla", "system"), limits),),
    )
    cause = distrusted(diagnose(observation))
    assert cause is not None
    assert cause.detail == "before-the-date"
