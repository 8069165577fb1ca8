"""Files in a server's place: what was given by mistake is named, and nothing is judged that was not read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.observation import (
    Failure,
    FailureReason,
    FileContent,
    InputFile,
    Observation,
    PrivateKeyFacts,
)
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.vocabulary import CauseId, CheckId, Severity, Status, Verdict
from tests import factory as f

R = FailureReason
P = f.pki()


def given(*files: InputFile, **changes: object) -> Observation:
    """Return an observation of these files."""
    return f.files_observation((), anchors=[P.root], files=files, **changes)  # type: ignore[arg-type]


WRONG = {
    "key": (
        InputFile(
            "k.pem",
            FileContent.KEY,
            failure=Failure(R.WRONG_KIND, "give it with --key", spoke="a private key"),
        ),
        "k.pem holds a private key, not a certificate: give it with --key.",
    ),
    "request": (
        InputFile(
            "r.csr", FileContent.CSR, failure=Failure(R.WRONG_KIND, spoke="a certificate signing request")
        ),
        "r.csr holds a certificate signing request, not a certificate.",
    ),
    "empty": (
        InputFile("e.pem", FileContent.EMPTY, failure=Failure(R.WRONG_KIND, spoke="an empty file")),
        "e.pem is an empty file.",
    ),
    "truncated": (
        InputFile(
            "t.der",
            FileContent.UNKNOWN,
            failure=Failure(R.UNREADABLE, "copy it", spoke="a truncated DER file"),
        ),
        "t.der is a truncated DER file: copy it.",
    ),
    "locked": (
        InputFile(
            "x.p12",
            FileContent.PKCS12,
            failure=Failure(R.UNREADABLE, "its password is needed", spoke="PKCS#12"),
        ),
        "x.p12 is PKCS#12, but could not be used: its password is needed.",
    ),
    "huge": (
        InputFile("h", FileContent.UNKNOWN, failure=Failure(R.TOO_LARGE, "it is larger than 16 MiB")),
        "h is too large to be a certificate file: it is larger than 16 MiB.",
    ),
    "absent": (
        InputFile("a.pem", FileContent.UNKNOWN, failure=Failure(R.UNREADABLE, "it does not exist")),
        "a.pem could not be read: it does not exist.",
    ),
}


@pytest.mark.parametrize(("file", "sentence"), WRONG.values(), ids=WRONG)
def test_a_file_that_is_something_else_is_named(file: InputFile, sentence: str) -> None:
    """One clear sentence, no cause, verdict undetermined."""
    diagnosis = diagnose(given(file))
    result = diagnosis.check(CheckId.CERTIFICATE)
    assert (result.status, result.headline) == (Status.UNKNOWN, sentence)
    assert diagnosis.causes == ()
    assert diagnosis.verdict is Verdict.UNDETERMINED
    assert diagnosis.check(CheckId.CONNECTION).status is Status.SKIPPED


def test_a_broken_second_file_leaves_the_verdict_open() -> None:
    """The chain may be incomplete for want of it."""
    good = InputFile("leaf.pem", FileContent.PEM, f.ders(P.chain))
    broken, sentence = WRONG["key"]
    diagnosis = diagnose(given(good, broken))
    assert diagnosis.check(CheckId.CERTIFICATE).headline == sentence
    assert diagnosis.verdict is Verdict.UNDETERMINED
    assert diagnosis.check(CheckId.TRUST).status is Status.PASS


def test_what_was_tolerated_in_a_file_is_shown() -> None:
    """It is no fault."""
    file = InputFile("c.pem", FileContent.PEM, f.ders(P.chain), notes=("text before the first block",))
    diagnosis = diagnose(given(file))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert "text before the first block" in diagnosis.check(CheckId.CERTIFICATE).facts[0].seen


def test_the_key_that_belongs_to_the_leaf_passes() -> None:
    """Compared by public key."""
    key = PrivateKeyFacts("server.key", "EC", parse_certificate(P.leaf.der).key.spki_sha256)
    diagnosis = diagnose(f.files_observation(P.chain, anchors=[P.root], private_key=key))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert diagnosis.check(CheckId.INSTALLATION).facts[-1].status is Status.PASS


def test_a_key_of_the_intermediate_is_a_mismatch_that_says_whose_it_is() -> None:
    """The order is right, so the key is the fault."""
    key = PrivateKeyFacts("ca.key", "EC", parse_certificate(P.intermediate.der).key.spki_sha256)
    diagnosis = diagnose(f.files_observation(P.chain, anchors=[P.root], private_key=key))
    (cause,) = diagnosis.causes
    assert (cause.id, cause.severity) == (CauseId.KEY_MISMATCH, Severity.ERROR)
    assert "“Test Intermediate”, which stands as number 2" in cause.explanation


def test_a_key_that_cannot_be_read_leaves_the_installation_unknown() -> None:
    """It says why; the rest is judged."""
    locked = PrivateKeyFacts("server.key", failure=Failure(R.UNREADABLE, "its password is needed"))
    diagnosis = diagnose(f.files_observation(P.chain, anchors=[P.root], private_key=locked))
    result = diagnosis.check(CheckId.INSTALLATION)
    assert result.status is Status.UNKNOWN
    assert "its password is needed" in result.headline
    assert diagnosis.causes == ()


def test_bytes_that_claim_to_be_a_certificate_and_break_are_malformed() -> None:
    """Cut off in the middle."""
    cut = InputFile("cut.pem", FileContent.PEM, (P.leaf.der[:200],))
    diagnosis = diagnose(given(cut))
    assert [cause.id for cause in diagnosis.causes] == [CauseId.MALFORMED]
    assert diagnosis.verdict is Verdict.REJECTED


@pytest.mark.parametrize("named", [True, False])
def test_a_key_that_was_given_and_not_read_leaves_the_question_open(named: bool) -> None:
    locked = PrivateKeyFacts("server.key", failure=Failure(FailureReason.UNREADABLE, "the password is wrong"))
    observation = f.files_observation(P.chain, anchors=[P.root], private_key=locked)
    if named:
        observation = replace(observation, target=replace(observation.target, key_file="server.key"))
    diagnosis = diagnose(observation)
    assert diagnosis.verdict is (Verdict.UNDETERMINED if named else Verdict.ACCEPTED)
    assert not named or "server.key" in diagnosis.headline
