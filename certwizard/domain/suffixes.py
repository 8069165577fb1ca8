"""Where a registrable domain begins, by the Public Suffix List.

The list is searched as text: parsing all of it takes a hundred times as long as the few questions
that one diagnosis asks (https://github.com/publicsuffix/list/wiki/Format).
"""

from functools import lru_cache

from certwizard.domain.idn import to_ulabel

_END_OF_ICANN = b"// ===END ICANN DOMAINS==="


@lru_cache(maxsize=1)
def _sections() -> tuple[bytes, bytes]:
    """Return the ICANN section and the whole list, each rule on a line of its own."""
    from importlib.resources import files

    whole = (files("publicsuffixlist") / "public_suffix_list.dat").read_bytes().replace(b"\r\n", b"\n")
    icann, _, _ = whole.partition(_END_OF_ICANN)
    return b"\n" + icann + b"\n", b"\n" + whole + b"\n"


@lru_cache(maxsize=1024)
def registrable_domain(name: str) -> str | None:
    """Return the public suffix and one label before it (``example.co.uk``), or None where there is none."""
    labels = name.lower().rstrip(".").split(".")
    for start in range(len(labels)):
        candidate = ".".join(labels[start:])
        if _is_exception(candidate):
            return candidate
        if _is_suffix(candidate, icann_only=False):
            return ".".join(labels[start - 1 :]) if start else None
    return None


def is_registry_suffix(name: str) -> bool:
    """Whether the name is a suffix of the list's ICANN section, under which registries sell names."""
    return _is_suffix(name.lower().rstrip("."), icann_only=True)


def is_private_suffix(name: str) -> bool:
    """Whether the name is a suffix that a company shares with its customers (``github.io``)."""
    return _is_suffix(name.lower().rstrip("."), icann_only=False) and not is_registry_suffix(name)


@lru_cache(maxsize=1024)
def _is_suffix(name: str, icann_only: bool) -> bool:
    shown = to_ulabel(name)  # the list writes international suffixes as letters
    parent = shown.partition(".")[2]
    if not parent:
        return True  # the rule "*" prevails where no other does
    rules = _sections()[0 if icann_only else 1]
    if _has(rules, shown) or _has(rules, f"*.{shown}"):  # a rule for all names below takes the name itself
        return True
    return _has(rules, f"*.{parent}") and not _is_exception(name)


def _is_exception(name: str) -> bool:
    return _has(_sections()[1], f"!{to_ulabel(name)}")


def _has(rules: bytes, rule: str) -> bool:
    return f"\n{rule}\n".encode() in rules


def is_listed(name: str) -> bool:
    """Whether the name itself stands in the list, so that it is surely a suffix of the public DNS."""
    return _has(_sections()[0], to_ulabel(name))
