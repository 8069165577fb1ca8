"""Reads certificate files to compare with what a server serves; a private key in them is not kept."""

import os
from dataclasses import replace
from datetime import UTC, datetime

from certwizard.domain.observation import InstalledFile, PrivateKeyFacts
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target
from certwizard.probe.files import read_file
from certwizard.probe.private_key import read_private_key


def read_given(target: Target, options: ProbeOptions) -> tuple[InstalledFile, ...]:
    """Return the files that the user gave beside a server, as the one chain that they make.

    Args:
        target: A server; its files are joined in their order, the first certificate is the server's own.
        options: The password of a locked container is asked for.
    """
    if not target.files:
        return ()
    read = [read_file(path, options.password).file for path in target.files]
    failed = next((file for file in read if file.failure is not None), None)
    shown = failed or read[0]
    chain = () if failed else tuple(der for file in read for der in file.chain)
    given = InstalledFile(shown.path, chain, modified_at(shown.path), given=True)
    return (replace(given, failure=failed.failure if failed else None),)


def read_given_key(target: Target, options: ProbeOptions) -> PrivateKeyFacts | None:
    """Return the public half of the key that the user gave beside a server and its files, or None."""
    if not target.files or target.key_file is None:
        return None
    return read_private_key(target.key_file, options.password)


def modified_at(path: str) -> datetime | None:
    """Return when a file was last written, in whole seconds, or None where that cannot be found out."""
    try:
        return datetime.fromtimestamp(int(os.stat(path).st_mtime), UTC)
    except (OSError, ValueError, OverflowError):
        return None
