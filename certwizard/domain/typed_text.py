"""First look at what was typed or pasted as a target: a path, a URL, or text that is neither."""

import re

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import TargetError
from certwizard.domain.schemes import SCHEMES

EXPECTED = (
    "a name such as example.com or example.com:8443, a URL, an IP address or a path to a certificate file"
)
_LONGEST = 4096
_SHOWN = 60
_CERTIFICATE_FILES = (".pem", ".crt", ".cer", ".cert", ".der", ".p7b", ".p7c", ".p7s", ".p12", ".pfx")
_OTHER_FILES = (".key", ".csr", ".crl", ".txt")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_LOOSE_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9-]*):/(?!/)")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_USER = re.compile(r"^((?:[A-Za-z][A-Za-z0-9+.-]*:)?//)[^/?#\\]*@")


def refuse_pasted_text(typed: str) -> None:
    """Refuse what is plainly no name, address or path, and say what it looks like.

    Raises:
        TargetError: The text is empty, a certificate, several lines or far too long.
    """
    if not typed:
        raise TargetError("nothing was given", EXPECTED)
    if "-----BEGIN" in typed:
        raise TargetError(
            "this is the text of a key or certificate itself", "the path to a file that holds it"
        )
    if len(typed) > _LONGEST:
        raise TargetError(f"a text of {len(typed)} characters", EXPECTED)
    if "\n" in typed or "\r" in typed:
        expected = "one name; `certwizard explain -` reads a message"
        raise TargetError(f"several lines that begin {clean(typed, _SHOWN)}", expected)


def looks_like_path(typed: str) -> bool:
    """Whether the words can only be meant as the path of a file."""
    if typed.lower().startswith("file://"):
        return True
    if "://" in typed:
        return False
    if typed.startswith(("/", "./", "../", "~", "\\")) or typed in (".", "..") or _DRIVE.match(typed):
        return True
    first, slash, rest = typed.partition("/")
    if slash and rest and not ("." in first or ":" in first):
        return typed.split(":")[0] not in SCHEMES
    return typed.lower().endswith(_CERTIFICATE_FILES + _OTHER_FILES)


def split_url(typed: str) -> tuple[str | None, str]:
    """Return scheme, or None, and host with port, without user, path, query and fragment.

    Raises:
        TargetError: The scheme is not known, or the words are no URL and no name.
    """
    match = _SCHEME.match(typed) or _LOOSE_SCHEME.match(typed)
    scheme = match[1].lower() if match else None
    if scheme is not None and scheme not in SCHEMES:
        known = ", ".join(sorted(SCHEMES))
        raise TargetError(f"the scheme {clean(scheme, 40)}:// is not known", f"one of {known}")
    rest = typed[match.end() :] if match else typed.removeprefix("//")
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    if scheme is None:
        _refuse_words(typed, authority)
    return scheme, authority.rpartition("@")[2].strip()


def _refuse_words(typed: str, authority: str) -> None:
    shown = clean(typed, _SHOWN)
    words = authority.split()
    if len(words) == 2 and words[1].isascii() and words[1].isdigit():
        raise TargetError(f"a name and a number: {shown}", f"{clean(words[0], _SHOWN)}:{words[1][:5]}")
    if len(words) > 1:
        expected = "one name or address; `certwizard explain` reads a message"
        raise TargetError(f"several words: {shown}", expected)
    if "@" in authority:
        raise TargetError(
            f"an email address at {clean(authority.rpartition('@')[2], _SHOWN)}",
            "the mail server's name, such as smtp://mail.example.com",
        )


def without_password(typed: str) -> str:
    """Return the words without the user and password that a URL may hold."""
    return _USER.sub(r"\1", typed)
