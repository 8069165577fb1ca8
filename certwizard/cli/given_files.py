"""Looks at the files of options before any work is done, so that nothing is judged without them."""

import argparse
import os

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError, TargetError
from certwizard.domain.observation import Failure, FailureReason

VENDOR_ROOTS = "CERTWIZARD_VENDOR_ROOTS"
"""Names a file of roots that stand in for Mozilla's; empty counts as not set."""


def check_judging_files(namespace: argparse.Namespace) -> None:
    """Refuse to judge without what the user wants it judged with.

    Args:
        namespace: The parsed options (--ca-file, --crl, --key); the environment names another file of roots.

    Raises:
        OptionError: Where a file cannot be read or holds something else.
    """
    from certwizard.probe.crl_file import read_crl_file
    from certwizard.probe.root_files import read_roots

    named = [("--ca-file", path) for path in namespace.ca_file]
    if os.environ.get(VENDOR_ROOTS):
        named.append((VENDOR_ROOTS, os.environ[VENDOR_ROOTS]))
    for option, path in named:
        roots = read_roots(path)
        if isinstance(roots, Failure):
            raise _unusable(option, path, roots, "roots, PEM or DER")
    for path in namespace.crl:
        for fetch in read_crl_file(path):
            if fetch.failure is not None:
                raise _unusable("--crl", path, fetch.failure, "a certificate revocation list, PEM or DER")
    if namespace.key is not None:
        _check_key(namespace.key)


def _check_key(path: str) -> None:
    """Refuse a file that is no private key; a lock or damage is evidence, and told in the report."""
    from certwizard.probe.bounded_file import read_bounded
    from certwizard.probe.private_key import read_private_key

    data = read_bounded(path)
    failure = data if isinstance(data, Failure) else read_private_key(path).failure
    if failure is not None and (isinstance(data, Failure) or failure.reason is FailureReason.WRONG_KIND):
        raise _unusable("--key", path, failure, "the file of the private key")


def _unusable(option: str, path: str, failure: Failure, expected: str) -> OptionError:
    why = f"it is {failure.spoke}" if failure.spoke else failure.detail or "it cannot be read"
    shown = clean(path, 200) or "an empty word"
    return OptionError(f"{option} {shown} cannot be used: {why}; expected {expected}")


def refuse_no_file(text: str) -> None:
    """Name a folder or a pipe as what it is, where the words can only be a path.

    Args:
        text: The TARGET argument.

    Raises:
        TargetError: Where something is there that is no file.
    """
    from certwizard.domain.typed_text import looks_like_path

    path = os.path.expanduser(text.strip())
    if "\0" in path or not looks_like_path(text.strip()):
        return
    if os.path.isdir(path):
        raise TargetError(f"{clean(path, 200)} is a folder", "a certificate file, such as one in it")
    if os.path.exists(path) and not os.path.isfile(path):
        raise TargetError(
            f"{clean(path, 200)} is a pipe or a device", "a file; save what it gives to one first"
        )
