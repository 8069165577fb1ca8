"""Reads the revocation lists a user gives."""

from certwizard.domain.observation import Failure, FailureReason, Fetch, FetchPurpose
from certwizard.probe.bounded_file import read_bounded
from certwizard.probe.foreign import name_foreign
from certwizard.probe.pem import find_blocks
from certwizard.probe.shapes import Shape, shape_of


def read_crl_file(path: str) -> tuple[Fetch, ...]:
    """Return every CRL of a file, or why it holds none."""
    data = read_bounded(path)
    if isinstance(data, Failure):
        return (Fetch(FetchPurpose.CRL_FILE, path, "", failure=data),)
    ders = [block.der for block in find_blocks(data).blocks] or [data]
    lists = [der for der in ders if shape_of(der) is Shape.CRL]
    if not lists:
        advice = "give a certificate revocation list, PEM or DER"
        failure = Failure(FailureReason.WRONG_KIND, advice, spoke=name_foreign(data).spoke)
        return (Fetch(FetchPurpose.CRL_FILE, path, "", failure=failure),)
    return tuple(Fetch(FetchPurpose.CRL_FILE, path, "", body=der) for der in lists)
