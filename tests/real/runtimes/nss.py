"""NSS's certificate store, which Chromium and Firefox read on Linux beside their own roots."""

from __future__ import annotations

import shutil
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.real.clients.visit import run


def cannot_add_roots() -> str:
    """Return why no store can be made, or nothing where one can."""
    return "" if shutil.which("certutil") else "certutil (package libnss3-tools) is not installed"


def make_store(folder: Path, ca_file: str) -> None:
    """Make a store that trusts what is in a PEM file as a user would have it."""
    folder.mkdir(parents=True)
    database = f"sql:{folder}"
    _certutil("-N", "-d", database, "--empty-password")
    roots = x509.load_pem_x509_certificates(Path(ca_file).read_bytes()) if ca_file else []
    for number, root in enumerate(roots):
        file = folder / "root.der"
        file.write_bytes(root.public_bytes(Encoding.DER))
        _certutil("-A", "-d", database, "-n", f"root-{number}", "-t", "C,,", "-i", str(file))


def _certutil(*arguments: str) -> None:
    said = run(["certutil", *arguments])
    assert said.status == 0, said.words
