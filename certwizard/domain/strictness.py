"""A strict library's opinion of a certificate: where its encoding breaks the rules."""

import warnings
from collections.abc import Callable
from functools import partial
from threading import Lock

from certwizard.domain import der
from certwizard.domain.certificate import ParseProblem, PublicKeyFacts
from certwizard.domain.cleantext import clean
from certwizard.domain.extension_names import field_of
from certwizard.domain.extensions import Extensions
from certwizard.domain.structure import EXTENSIONS
from certwizard.domain.vocabulary import FieldId

_MOST_REWRAPPED = 50
# RSA keys are read in full by `keys`; loading them costs more and says no more.
_KEYS_TO_LOAD = ("EC", "Ed25519", "Ed448")
_ONE_AT_A_TIME = Lock()


def strict_problems(data: bytes, extensions: Extensions, key: PublicKeyFacts) -> list[ParseProblem]:
    """Return what `cryptography` refuses in this certificate, field by field."""
    # catch_warnings changes the whole process; two threads in it at once would restore the wrong filters.
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _problems(data, extensions, key)


def _problems(data: bytes, extensions: Extensions, key: PublicKeyFacts) -> list[ParseProblem]:
    from cryptography.x509 import load_der_x509_certificate

    try:
        certificate = load_der_x509_certificate(data)
    except Exception as error:  # noqa: BLE001 - whatever a library raises on hostile bytes is its verdict
        return [_problem("certificate", error)]
    questions: list[tuple[str, Callable[[], object]]] = [
        (FieldId.SUBJECT.value, lambda: certificate.subject),
        (FieldId.ISSUER.value, lambda: certificate.issuer),
        (FieldId.SIGNATURE.value, lambda: certificate.signature_algorithm_parameters),
    ]
    if key.kind in _KEYS_TO_LOAD:
        questions.append((FieldId.PUBLIC_KEY.value, certificate.public_key))
    refusals = [(field, _refusal(ask)) for field, ask in questions]
    found = [_problem(field, refusal) for field, refusal in refusals if refusal is not None]
    whole = _refusal(lambda: certificate.extensions)
    if whole is not None:
        each = _bad_extensions(data, extensions)
        if not each and not extensions.problems:  # a repeated one is good by itself, and already told
            each = [_problem(FieldId.OTHER_EXTENSION.value, whole)]
        found += each
    return found


def _refusal(ask: Callable[[], object]) -> Exception | None:
    """Return what the library raises, unless it only says that it lacks the algorithm."""
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        ask()
    except UnsupportedAlgorithm:
        return None
    except Exception as error:  # noqa: BLE001 - as above
        return error
    return None


def _problem(field: str, error: Exception) -> ParseProblem:
    return ParseProblem(field, clean(str(error)) or type(error).__name__, readable=field != "certificate")


def _bad_extensions(data: bytes, extensions: Extensions) -> list[ParseProblem]:
    """Load the certificate once for each extension with that one alone, to tell the bad ones."""
    found: list[ParseProblem] = []
    pairs = zip(extensions.facts, extensions.places, strict=True)
    for facts, place in list(pairs)[:_MOST_REWRAPPED]:
        error = _refusal(partial(_load_extensions, _with_one_extension(data, place)))
        if error is not None:
            found.append(_problem(field_of(facts.oid), error))
    return found


def _load_extensions(data: bytes) -> object:
    from cryptography.x509 import load_der_x509_certificate

    return load_der_x509_certificate(data).extensions


def _with_one_extension(data: bytes, place: der.Tlv) -> bytes:
    body, *rest = der.read(data).children()
    kept = [part.raw for part in body.children() if part.tag != EXTENSIONS]
    tbs = der.wrap(der.SEQUENCE, *kept, der.wrap(EXTENSIONS, der.wrap(der.SEQUENCE, place.raw)))
    return der.wrap(der.SEQUENCE, tbs, *(part.raw for part in rest))
