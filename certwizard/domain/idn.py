"""International host names: to A-labels as browsers do (UTS 46), and back for display."""

from certwizard.domain.cleantext import clean

_LONGEST_NAME = 253
_LONGEST_LABEL = 63
_LONGEST_TYPED = 1000
_LABEL_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")


class HostnameError(ValueError):
    """A name that no DNS name can be; its text is a clean phrase saying why."""


def to_alabel(name: str) -> str | None:
    """Return the name in lower case with every label as an A-label, or None where it is no host name.

    One trailing dot is dropped. Underscores are let through, as clients do.
    """
    try:
        return checked_alabel(name)
    except HostnameError:
        return None


def checked_alabel(name: str) -> str:
    """Do what `to_alabel` does, but say what is wrong.

    Raises:
        HostnameError: The name is empty, too long or has characters that no host name has.
    """
    if len(name) > _LONGEST_TYPED:
        raise HostnameError(f"a name has at most {_LONGEST_NAME} characters")
    mapped = name.lower() if name.isascii() else _mapped(name)
    mapped = mapped.removesuffix(".")
    if not mapped:
        raise HostnameError("the name is empty")
    encoded = ".".join(_encoded_label(label) for label in mapped.split("."))
    if len(encoded) > _LONGEST_NAME:
        raise HostnameError(f"the name has {len(encoded)} characters; at most {_LONGEST_NAME} are allowed")
    return encoded


def _mapped(name: str) -> str:
    import idna

    try:
        return idna.uts46_remap(name, std3_rules=False, transitional=False)
    except (idna.IDNAError, ValueError) as error:
        raise HostnameError("it has characters that no host name has") from error


def _encoded_label(label: str) -> str:
    if not label:
        raise HostnameError("a part of the name between two dots is empty")
    encoded = label if label.isascii() else _punycode(label)
    if len(encoded) > _LONGEST_LABEL:
        shown = clean(label, 20)
        raise HostnameError(f"the part {shown!r} has {len(encoded)} characters, {_LONGEST_LABEL} are allowed")
    odd = next((char for char in encoded if char not in _LABEL_CHARACTERS), None)
    if odd is not None:
        raise HostnameError(f"{clean(odd) or 'a space'} cannot stand in a host name")
    if encoded.startswith("-") or encoded.endswith("-"):
        raise HostnameError(f"the part {clean(label, 20)!r} begins or ends with a hyphen")
    return encoded


def _punycode(label: str) -> str:
    import idna

    if len(label) > _LONGEST_LABEL:
        raise HostnameError(f"a part of the name has more than {_LONGEST_LABEL} characters")
    try:
        return idna.alabel(label).decode("ascii")
    except idna.InvalidCodepoint:
        # Browsers resolve names with symbols and emoji, which IDNA 2008 refuses and UTS 46 lets through.
        return "xn--" + label.encode("punycode").decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise HostnameError("it is no valid international name") from error


def to_ulabel(name: str) -> str:
    """Return the name with its A-labels as letters for display, where they lead back to the same name."""
    encoded = to_alabel(name) if "xn--" in name.lower() else None
    if encoded is None:
        return clean(name)
    shown = clean(".".join(_decoded_label(label) for label in name.split(".")))
    return shown if to_alabel(shown) == encoded else clean(name)


def _decoded_label(label: str) -> str:
    if not label.lower().startswith("xn--") or len(label) > _LONGEST_LABEL:
        return label
    import idna

    try:
        return idna.ulabel(label)
    except (idna.IDNAError, UnicodeError):
        return label
