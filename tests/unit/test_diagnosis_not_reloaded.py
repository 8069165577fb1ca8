"""What is served against what lies on the server's disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.repair import ChangeKind
from certwizard.diagnosis.result import Cause, Diagnosis, Fact
from certwizard.domain.observation import (
    Failure,
    FailureReason,
    InstalledFile,
    Observation,
    Offer,
    PrivateKeyFacts,
)
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.saved import decode_observation, encode_observation
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import CheckId, Severity, Status, Verdict
from tests import factory as f

P = f.pki()
OLD = f.leaf(P.intermediate, [f.HOST], days=(-102, -12))
AGING = f.leaf(P.intermediate, [f.HOST], days=(-30, 60))
NEW = f.leaf(P.intermediate, [f.HOST], days=(-2, 88))
PATH = "/etc/letsencrypt/live/www.example.com/fullchain.pem"


def on_disk(*chain: f.Issued, path: str = PATH, **changes: object) -> InstalledFile:
    """Return a file that holds a chain."""
    values: dict[str, object] = {"modified": f.NOW - timedelta(days=2), **changes}
    return InstalledFile(path, f.ders(chain), **values)  # type: ignore[arg-type]


def serving(leaf: f.Issued, *files: InstalledFile, **changes: object) -> Observation:
    """Return what is seen of a server with these files on its disk."""
    seen = f.observation((leaf, P.intermediate), anchors=[P.root], installed=files)
    return f.replaced(seen, **changes)


def found(diagnosis: Diagnosis) -> set[C]:
    """Return the causes that are no mere remarks."""
    return {cause.id for cause in diagnosis.causes if cause.severity is not Severity.INFO}


def cause(diagnosis: Diagnosis) -> Cause:
    """Return the cause in question."""
    return next(each for each in diagnosis.causes if each.id is C.NOT_RELOADED)


def rows(diagnosis: Diagnosis) -> list[Fact]:
    """Return the rows on files."""
    return [fact for fact in diagnosis.check(CheckId.INSTALLATION).facts if fact.label == "On disk"]


def test_an_expired_certificate_with_a_newer_one_on_disk_was_not_reloaded() -> None:
    """The root cause is that the server did not read it; renewing once more is not what helps."""
    diagnosis = diagnose(serving(OLD, on_disk(NEW, P.intermediate)))
    assert [each.id for each in diagnosis.causes] == [C.NOT_RELOADED, C.EXPIRED]
    assert cause(diagnosis).severity is Severity.ERROR
    assert PATH in cause(diagnosis).explanation
    best = diagnosis.repairs.best
    assert best is not None
    assert [change.kind for change in best.changes] == [ChangeKind.RELOAD]
    assert set(best.changes[0].removes) == {C.NOT_RELOADED, C.EXPIRED}
    assert best.verdict is Verdict.ACCEPTED
    assert rows(diagnosis)[0].status is Status.FAIL


def test_a_newer_file_behind_a_good_certificate_is_a_warning() -> None:
    """Clients accept today; the old one will run out unless the server reads the new one."""
    diagnosis = diagnose(serving(AGING, on_disk(NEW, P.intermediate)))
    assert found(diagnosis) == {C.NOT_RELOADED}
    assert diagnosis.verdict is Verdict.WARNED
    assert rows(diagnosis)[0].status is Status.WARN


def test_names_that_were_added_at_a_renewal_are_missing_until_the_reload() -> None:
    before = f.leaf(P.intermediate, ["example.com"], days=(-30, 60))
    after = f.leaf(P.intermediate, ["example.com", f.HOST], days=(-1, 89))
    diagnosis = diagnose(serving(before, on_disk(after, P.intermediate)))
    assert found(diagnosis) == {C.NOT_RELOADED, C.HOSTNAME_MISMATCH}
    assert diagnosis.root_cause == cause(diagnosis)


def test_a_file_without_the_intermediate_is_told_and_the_change_puts_it_behind() -> None:
    """A reload alone would leave clients without the issuer, which the server sends today."""
    diagnosis = diagnose(serving(OLD, on_disk(NEW)))
    assert found(diagnosis) == {C.NOT_RELOADED, C.EXPIRED}
    assert "another fault" in cause(diagnosis).explanation
    best = diagnosis.repairs.best
    assert best is not None
    assert [change.kind for change in best.changes] == [ChangeKind.RELOAD]
    assert best.changes[0].text.endswith("behind it")
    assert best.verdict is Verdict.ACCEPTED


def test_a_newer_file_that_clients_would_refuse_is_no_advice_to_reload() -> None:
    """The served one is good, so nothing is to be gained."""
    own = f.leaf(None, [f.HOST], days=(-2, 88))
    diagnosis = diagnose(serving(AGING, on_disk(own)))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert rows(diagnosis)[0].status is Status.SKIPPED
    assert "clients would refuse" in rows(diagnosis)[0].seen


@pytest.mark.parametrize(
    ("names", "days", "words"),
    [
        ([f.HOST], (-60, 30), "older than the served one"),
        ([f.HOST], (-20, -1), "expired"),
        ([f.HOST], (2, 92), "not valid yet"),
        (["other.example.org"], (-2, 88), "for another name"),
    ],
)
def test_a_given_file_that_would_not_help_is_told_and_is_no_cause(
    names: list[str], days: tuple[float, float], words: str
) -> None:
    other = f.leaf(P.intermediate, names, days=days)
    diagnosis = diagnose(serving(AGING, on_disk(other, P.intermediate, given=True)))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert words in rows(diagnosis)[0].seen
    assert rows(diagnosis)[0].status in (Status.PASS, Status.SKIPPED)


def test_a_file_for_the_name_where_another_site_answers_is_not_called_not_loaded() -> None:
    other = f.leaf(P.intermediate, ["default.example.org"], days=(-30, 60))
    diagnosis = diagnose(serving(other, on_disk(NEW, P.intermediate, given=True)))
    assert found(diagnosis) == {C.HOSTNAME_MISMATCH}
    assert "another site" in rows(diagnosis)[0].seen


def test_a_file_of_another_site_that_was_only_found_is_not_shown() -> None:
    other = f.leaf(P.intermediate, ["other.example.org"], days=(-2, 88))
    diagnosis = diagnose(serving(AGING, on_disk(other, P.intermediate)))
    assert rows(diagnosis) == []


def test_the_very_certificate_on_disk_is_good_news() -> None:
    diagnosis = diagnose(serving(AGING, on_disk(AGING, P.intermediate, given=True)))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert rows(diagnosis)[0].status is Status.PASS


def test_a_given_file_that_cannot_be_read_leaves_the_question_open() -> None:
    gone = InstalledFile("/x.pem", given=True, failure=Failure(FailureReason.UNREADABLE, "no such file"))
    diagnosis = diagnose(serving(AGING, gone))
    assert diagnosis.check(CheckId.INSTALLATION).status is Status.UNKNOWN
    assert diagnosis.verdict is Verdict.UNDETERMINED


def test_a_found_file_that_cannot_be_read_is_said_and_decides_nothing() -> None:
    locked = InstalledFile(
        "/etc/x.pem", failure=Failure(FailureReason.UNREADABLE, "this user may not read it")
    )
    diagnosis = diagnose(serving(AGING, locked))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert rows(diagnosis)[0].status is Status.UNKNOWN
    assert "may not read it" in rows(diagnosis)[0].seen


def test_a_configuration_that_names_another_file_is_said() -> None:
    """What is served lies where the server is told to look; the renewal writes elsewhere."""
    read = on_disk(
        OLD, P.intermediate, path="/etc/nginx/site.pem", software="nginx", named_in="/etc/nginx/nginx.conf"
    )
    diagnosis = diagnose(serving(OLD, read, on_disk(NEW, P.intermediate)))
    assert cause(diagnosis).detail == "other-file"
    assert "/etc/nginx/nginx.conf names /etc/nginx/site.pem" in cause(diagnosis).explanation
    best = diagnosis.repairs.best
    assert best is not None
    assert best.changes[0].text == f"let the server read {PATH} in place of /etc/nginx/site.pem"


def test_files_of_both_kinds_of_key_are_compared_each_with_its_own() -> None:
    """An RSA certificate that was renewed last is not newer than the ECDSA one beside it."""
    rsa = f.leaf(P.intermediate, [f.HOST], days=(-1, 89), key=f.rsa_key(2048, "beside"))
    first = f.handshake((AGING, P.intermediate))
    beside = f.handshake((rsa, P.intermediate), offer=Offer.RSA)
    files = (on_disk(rsa, P.intermediate), on_disk(AGING, P.intermediate, path="/etc/ecdsa.pem"))
    diagnosis = diagnose(serving(AGING, *files, handshakes=(first, beside)))
    assert found(diagnosis) == set()


def test_a_change_of_the_kind_of_key_is_a_renewal_too() -> None:
    before = f.leaf(P.intermediate, [f.HOST], days=(-102, -12), key=f.rsa_key(2048, "beside"))
    diagnosis = diagnose(serving(before, on_disk(NEW, P.intermediate)))
    assert found(diagnosis) == {C.NOT_RELOADED, C.EXPIRED}


def key(issued: f.Issued) -> PrivateKeyFacts:
    """Return the key of a certificate as read from a file."""
    return PrivateKeyFacts("privkey.pem", "EC", parse_certificate(issued.der).key.spki_sha256)


def test_the_key_beside_a_given_file_is_compared_with_that_file() -> None:
    """After a renewal with a new key the served certificate has another one, rightly."""
    renewed = f.leaf(P.intermediate, [f.HOST], days=(-2, 88), key=f.ec_key("renewed"))
    given = on_disk(renewed, P.intermediate, given=True)
    assert C.KEY_MISMATCH not in found(diagnose(serving(AGING, given, private_key=key(renewed))))
    wrong = diagnose(serving(AGING, given, private_key=key(P.leaf)))
    mismatch = next(each for each in wrong.causes if each.id is C.KEY_MISMATCH)
    assert mismatch.severity is Severity.WARNING
    assert "would not start" in mismatch.explanation


def test_a_saved_observation_with_files_gives_the_same_diagnosis() -> None:
    seen = serving(OLD, on_disk(NEW, P.intermediate, path="/etc/\udcff.pem"))
    again = decode_observation(encode_observation(seen))
    assert diagnose(again) == diagnose(decode_observation(encode_observation(again)))
    assert C.NOT_RELOADED in found(diagnose(again))


def test_an_observation_saved_before_there_were_files_still_loads() -> None:
    data = encode_observation(serving(AGING)).replace(b'"installed":[],', b"")
    assert b"installed" not in data
    assert decode_observation(data).installed == ()


def test_the_evidence_names_the_file_to_load() -> None:
    diagnosis = diagnose(serving(OLD, on_disk(NEW, P.intermediate)))
    evidence = diagnosis.evidence["installed"]
    assert isinstance(evidence, list)
    assert [(row["path"], row["standing"], row["to_load"]) for row in evidence] == [(PATH, "newer", True)]


def test_other_addresses_are_judged_without_the_files() -> None:
    """The odd address is told by its own fault; the file is compared with what was judged."""
    seen = serving(AGING, on_disk(AGING, P.intermediate))
    odd = f.handshake((OLD, P.intermediate), address="192.0.2.11")
    diagnosis = diagnose(replace(seen, handshakes=(*seen.handshakes, odd)))
    assert found(diagnosis) == {C.INCONSISTENT_ADDRESSES}
