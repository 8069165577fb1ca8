"""Finds the roots of this machine, whatever its system."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from certwizard.domain.observation import Failure, FailureReason
from certwizard.probe.root_files import read_hashed_directory, read_roots

BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch, Alpine, Gentoo
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora, RHEL
    "/etc/pki/tls/certs/ca-bundle.crt",  # older Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # Alpine, BSD
    "/usr/local/share/certs/ca-root-nss.crt",  # FreeBSD
    "/etc/openssl/certs/ca-certificates.crt",  # NetBSD
    "/var/lib/ca-certificates/ca-bundle.pem",  # SLES
    "/usr/local/etc/openssl/cert.pem",
)
KEYCHAINS = (
    "/System/Library/Keychains/SystemRootCertificates.keychain",
    "/Library/Keychains/System.keychain",
)
_SERVER_AUTH = "1.3.6.1.5.5.7.3.1"


ReadPlace = tuple[str, tuple[bytes, ...] | Failure]
"""A file or directory with what it gave."""


@dataclass(frozen=True, slots=True)
class SystemRoots:
    """The roots of this machine and where they were found."""

    title: str
    path: str
    roots: tuple[bytes, ...] = ()
    failure: Failure | None = None
    places: tuple[ReadPlace, ...] = ()
    """The files and directories that were read, where there are any."""


def system_roots(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> SystemRoots:
    """Return the roots that programs of this machine use by default.

    OpenSSL reads a file and a directory: SSL_CERT_FILE replaces the one, SSL_CERT_DIR the other (measured with
    OpenSSL, Python, Ruby, PHP and Go). Where the system has a store of another kind they replace it whole.
    """
    file, directory = environ.get("SSL_CERT_FILE", ""), environ.get("SSL_CERT_DIR", "")
    names = " and ".join(name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if environ.get(name))
    if platform in ("win32", "darwin"):
        if names:
            return from_paths(f"the roots named by {names}", file, directory)
        return windows_roots() if platform == "win32" else keychain_roots()
    own_file, own_directory = _default_paths()
    title = (
        f"this system's roots, as {names} set{'s' if ' ' not in names else ''} them"
        if names
        else "this system's roots"
    )
    return from_paths(title, file or own_file, directory or own_directory)


def _default_paths() -> tuple[str, str]:
    """Return the bundle and the directory of this system; the directory counts for OpenSSL alone."""
    import ssl

    paths = ssl.get_default_verify_paths()
    bundle = next((path for path in (paths.openssl_cafile, *BUNDLES) if os.path.isfile(path)), "")
    directory = paths.openssl_capath if os.path.isdir(paths.openssl_capath) else "/etc/ssl/certs"
    return bundle, directory if os.path.isdir(directory) else ""


def from_paths(title: str, file: str, directory: str) -> SystemRoots:
    """Return the roots of a bundle file and of directories with OpenSSL's hashed names."""
    places = [file] if file else []
    places += [part for part in directory.split(os.pathsep) if part]
    path = os.pathsep.join(places)
    if not places:
        return SystemRoots(title, "", failure=Failure(FailureReason.UNREADABLE, "no store was found"))
    read = tuple((each, read_roots(each) if each == file else read_hashed_directory(each)) for each in places)
    roots = tuple(
        dict.fromkeys(root for _, found in read if not isinstance(found, Failure) for root in found)
    )
    if roots:
        return SystemRoots(title, path, roots, places=read)
    failures = [found for _, found in read if isinstance(found, Failure)]
    failure = failures[0] if failures else Failure(FailureReason.UNREADABLE, "it holds no certificate")
    return SystemRoots(title, path, failure=failure, places=read)


def windows_roots() -> SystemRoots:
    """Return the roots of the Windows certificate store that may name servers."""
    import ssl

    title, path = "the Windows certificate store", "ROOT"
    listed: Callable[[str], list[tuple[bytes, str, set[str] | bool]]] | None
    listed = getattr(ssl, "enum_certificates", None)
    if listed is None:
        return SystemRoots(
            title, path, failure=Failure(FailureReason.UNREADABLE, "there is no Windows store here")
        )
    try:
        rows = listed("ROOT")
    except OSError as error:
        return SystemRoots(title, path, failure=Failure(FailureReason.UNREADABLE, type(error).__name__))
    roots = tuple(
        der
        for der, encoding, trust in rows
        if encoding == "x509_asn" and (trust is True or _SERVER_AUTH in _set(trust))
    )
    return SystemRoots(title, path, roots)


def _set(trust: set[str] | bool) -> set[str]:
    return trust if isinstance(trust, set) else set()


def keychain_roots(program: str = "/usr/bin/security") -> SystemRoots:
    """Return the roots of the macOS keychains, asked of the system's own program."""
    import subprocess

    from certwizard.probe.files import read_bytes

    login = Path.home() / "Library/Keychains/login.keychain-db"
    keychains = [path for path in (*KEYCHAINS, str(login)) if os.path.exists(path)] or list(KEYCHAINS)
    title, path = "the macOS keychains", os.pathsep.join(keychains)
    command = [program, "find-certificate", "-a", "-p", *keychains]
    try:
        done = subprocess.run(command, capture_output=True, timeout=10, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError) as error:
        failure = Failure(FailureReason.UNREADABLE, f"{program} could not be run: {type(error).__name__}")
        return SystemRoots(title, path, failure=failure)
    file = read_bytes(done.stdout, path).file
    return SystemRoots(title, path, tuple(dict.fromkeys(file.chain)), file.failure)
