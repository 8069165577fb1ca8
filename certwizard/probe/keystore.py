"""Reads the trusted certificates of a Java keystore: JKS and JCEKS by hand, PKCS#12 by the library."""

from collections.abc import Iterator

from certwizard.domain.observation import Failure, FailureReason
from certwizard.probe.bounded_file import read_bounded

PASSWORD = "changeit"  # noqa: S105 - what every JDK's own store is locked with, no secret
MAX_ENTRIES = 10_000
_JKS, _JCEKS = b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"
_PRIVATE_KEY, _TRUSTED = 1, 2
_DATE = 8


def read_keystore(path: str) -> tuple[bytes, ...] | Failure:
    """Return the certificates that a keystore trusts, each once, or why there are none."""
    data = read_bounded(path)
    if isinstance(data, Failure):
        return data
    if not data:
        return Failure(FailureReason.UNREADABLE, "the file is empty")
    if data[:4] in (_JKS, _JCEKS):
        return _jks(data)
    if data[:1] == b"\x30":
        return _pkcs12(data, path)
    if data.lstrip()[:11] == b"-----BEGIN ":
        from certwizard.probe.root_files import read_roots

        return read_roots(path)  # Since Java 8 cacerts may be PEM on some systems.
    return _by_keytool(path)


def _pkcs12(data: bytes, path: str) -> tuple[bytes, ...] | Failure:
    from certwizard.probe.containers import open_pkcs12

    contents = open_pkcs12(data, path, lambda _: PASSWORD)
    return tuple(dict.fromkeys(contents.chain)) or contents.failure or _nothing()


def _jks(data: bytes) -> tuple[bytes, ...] | Failure:
    roots: dict[bytes, None] = {}
    try:
        for root in _Reader(data).trusted():
            roots[root] = None
    except _CutOffError as error:
        # The digest at the end needs the password, so damage shows as an entry that does not fit.
        if not roots:
            return Failure(FailureReason.UNREADABLE, f"it is damaged: {error}", spoke="a Java keystore")
    return tuple(roots) or _nothing()


def _nothing() -> Failure:
    return Failure(FailureReason.UNREADABLE, "it holds no certificate")


class _CutOffError(ValueError):
    """An entry that reaches beyond the file, or one of an unknown kind."""


class _Reader:
    """Walks the entries of a JKS file; every length is checked against what is there."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 4
        self._version = self._number(4)
        self._entries = self._number(4)

    def trusted(self) -> Iterator[bytes]:
        """Yield the certificate of each trusted entry."""
        if self._version not in (1, 2) or self._entries > MAX_ENTRIES:
            raise _CutOffError(f"version {self._version} with {self._entries} entries")
        for _ in range(self._entries):
            kind = self._number(4)
            self._take(self._number(2))
            self._take(_DATE)
            if kind == _TRUSTED:
                yield self._certificate()
            elif kind == _PRIVATE_KEY:
                self._take(self._number(4))
                for _ in range(min(self._number(4), MAX_ENTRIES)):
                    self._certificate()
            else:
                raise _CutOffError(f"an entry of the unknown kind {kind}")

    def _certificate(self) -> bytes:
        if self._version == 2:
            self._take(self._number(2))
        return self._take(self._number(4))

    def _number(self, size: int) -> int:
        return int.from_bytes(self._take(size))

    def _take(self, size: int) -> bytes:
        end = self._at + size
        if end > len(self._data):
            raise _CutOffError("an entry is cut off")
        found, self._at = self._data[self._at : end], end
        return found


def _by_keytool(path: str) -> tuple[bytes, ...] | Failure:
    """Ask Java's own program, for kinds that only Java knows (BCFKS, DKS)."""
    import shutil
    import subprocess

    from certwizard.probe.files import read_bytes

    program = shutil.which("keytool")
    unknown = Failure(FailureReason.WRONG_KIND, "it is no keystore that can be read here", spoke="a keystore")
    if program is None:
        return unknown
    command = [program, "-list", "-rfc", "-keystore", path, "-storepass", PASSWORD]
    try:
        done = subprocess.run(command, capture_output=True, timeout=10, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return unknown
    return tuple(dict.fromkeys(read_bytes(done.stdout, path).file.chain)) or unknown
