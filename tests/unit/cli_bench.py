"""Certificate files on disk and the program run in-process, for tests of the command line."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from certwizard.cli import main
from tests.factory import HOST, NOW, Issued, Key, ec_key, intermediate, leaf, root

AT = NOW.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Files:
    """A chain that satisfies everybody, judged at NOW with its own root, and files to spoil it with."""

    folder: Path
    issuer: Issued

    def write(self, name: str, *certificates: Issued) -> str:
        """Write certificates as PEM and return the path."""
        path = self.folder / name
        path.write_bytes(b"".join(one.certificate.public_bytes(Encoding.PEM) for one in certificates))
        return str(path)

    def leaf(self, name: str, **changes: object) -> str:
        """Write a leaf that deviates as said, with its intermediate, and return the path."""
        return self.write(name, leaf(self.issuer, **changes), self.issuer)  # type: ignore[arg-type]

    @property
    def judging(self) -> list[str]:
        """The options that judge with the test's own root at the test's own time."""
        return ["--offline", "--ca-file", str(self.folder / "root.pem"), "--only-ca-file", "--at", AT]


def make_files(folder: Path) -> Files:
    """Return fresh files in a folder: ``good.pem``, ``expired.pem``, ``soon.pem``, ``root.pem``."""
    anchor = root()
    files = Files(folder, intermediate(anchor))
    files.write("root.pem", anchor)
    files.leaf("good.pem")
    files.leaf("expired.pem", days=(-90, -3))
    files.leaf("soon.pem", days=(-80, 5))
    (folder / "damaged.pem").write_text("-----BEGIN CERTIFICATE-----\n")
    return files


def key_pem(key: Key, password: bytes = b"") -> bytes:
    """Return a private key as PKCS#8 PEM, locked where a password is given."""
    lock: KeySerializationEncryption = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


@dataclass(frozen=True)
class Ran:
    """What one run of the program left."""

    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """Run the program with arguments."""
    code = main(arguments)
    captured = capsys.readouterr()
    return Ran(code, captured.out, captured.err)


OTHER_KEY = ec_key("another")
NAME = HOST
