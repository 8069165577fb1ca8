"""Does the private key belong to the certificate?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.first import ca_stands_first
from certwizard.diagnosis.naming import quoted
from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean
from certwizard.domain.observation import FailureReason, Handshake, InstalledFile, PrivateKeyFacts
from certwizard.domain.vocabulary import CauseId, FieldId, Severity, Status

DECRYPT_ERROR = 51
"""Our own alert when the server's proof of its key does not verify (RFC 8446 6.2)."""


def key_causes(case: Case) -> list[Cause]:
    """Return `key-mismatch` by the given key, or by the server's failed proof in the handshake."""
    leaf, key = case.leaf, case.observation.private_key
    if leaf is None:
        return []
    beside = given_beside(case)
    if beside is not None and key is not None and key.spki_sha256:
        meant = case.read(beside.chain[0])
        fits = meant.key.spki_sha256 == key.spki_sha256
        return [] if fits else [_beside_mismatch(beside.path, meant, key)]
    if key is not None and key.spki_sha256 and key.spki_sha256 != leaf.key.spki_sha256:
        other = next((i for i, each in enumerate(case.sent) if each.key.spki_sha256 == key.spki_sha256), None)
        if other is not None and ca_stands_first(case) is not None:
            return []  # The order is the fault; put right, the key fits.
        return [_file_mismatch(case, key.path, key.kind, other)]
    failed = _failed_proof(case)
    return [_proof_failed(failed)] if failed else []


def given_beside(case: Case) -> InstalledFile | None:
    """Return the file that the user gave to compare with what the server serves; the key is meant for it."""
    return next((each for each in case.observation.installed if each.given and each.chain), None)


def _beside_mismatch(path: str, certificate: Certificate, key: PrivateKeyFacts) -> Cause:
    return Cause(
        CauseId.KEY_MISMATCH,
        Severity.WARNING,
        f"The private key does not belong to the certificate in {clean(path, 200)}.",
        f"The public key in the certificate ({certificate.key.text}) is not the one of {clean(key.path, 200)} "
        f"({key.kind or 'key'}). The server that runs does not mind yet; with this pair it would not start again. "
        "After a renewal with a new key, both files have to be replaced.",
        FieldId.PRIVATE_KEY,
        f"key of {clean(key.path, 200)}",
        f"the key made for {quoted(certificate)}",
        concerns=certificate.sha256,
        detail="file",
    )


def _failed_proof(case: Case) -> Handshake | None:
    judged = case.handshake
    if judged is None or judged.failure is None or not judged.chain:
        return None
    return judged if judged.failure.alert_sent == DECRYPT_ERROR else None


def _file_mismatch(case: Case, path: str, kind: str, other: int | None) -> Cause:
    leaf = case.sent[0]
    found = (
        f"It belongs to {quoted(case.sent[other])}, which stands as number {other + 1}. "
        if other is not None
        else "It belongs to none of the certificates here. "
    )
    return Cause(
        CauseId.KEY_MISMATCH,
        Severity.ERROR,
        "The private key does not belong to the certificate.",
        f"The public key in the certificate ({leaf.key.text}) is not the one of {path} ({kind or 'key'}). "
        f"{found}A server does not start with this pair. After a renewal with a new key, both files have to "
        "be replaced.",
        FieldId.PRIVATE_KEY,
        f"key of {path}",
        f"the key made for {quoted(leaf)}",
        certificate=0,
        detail="file",
    )


def _proof_failed(handshake: Handshake) -> Cause:
    return Cause(
        CauseId.KEY_MISMATCH,
        Severity.ERROR,
        "The server's private key does not belong to the certificate it sent.",
        f"{handshake.address} sent a certificate but could not prove that it has its key: the signature in "
        "the handshake does not verify. Every client breaks off here. The certificate or the key was "
        "replaced without the other.",
        FieldId.PRIVATE_KEY,
        "a handshake signature by another key",
        "a handshake signature by the key in the certificate",
        certificate=0,
        detail="handshake",
    )


def key_unknown(case: Case) -> str:
    """Return why a given key could not be compared, or nothing."""
    key = case.observation.private_key
    if key is None or key.failure is None:
        return ""
    words = f": {key.failure.detail}" if key.failure.detail else ""
    if key.failure.reason is FailureReason.WRONG_KIND and key.failure.spoke:
        return f"{key.path} holds {key.failure.spoke}, not a private key{words}."
    return f"The private key in {key.path} could not be read{words}."


def key_facts(case: Case, causes: list[Cause]) -> list[Fact]:
    """Return the row on the private key, where one was given or failed."""
    key = case.observation.private_key
    failed = any(cause.id is CauseId.KEY_MISMATCH for cause in causes)
    if key is not None:
        seen = f"{key.kind or 'key'} in {key.path}"
        status = Status.UNKNOWN if key.failure else Status.FAIL if failed else Status.PASS
        return [Fact(FieldId.PRIVATE_KEY, "Private key", seen, "the certificate's public key", status, 0)]
    if failed:
        return [
            Fact(
                FieldId.PRIVATE_KEY, "Private key", "does not match", "the certificate's key", Status.FAIL, 0
            )
        ]
    return []
