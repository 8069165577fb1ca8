"""Compares one asked name or address with single entries of a certificate (RFC 9525 section 6)."""

import re
from operator import eq

from certwizard.domain.addresses import IpAddress, parse_ip, without_zone
from certwizard.domain.cleantext import clean
from certwizard.domain.idn import to_alabel
from certwizard.domain.name_match import MatchReason, NameMatch
from certwizard.domain.near_miss import NearMisses
from certwizard.domain.suffixes import is_private_suffix, is_registry_suffix

Labels = tuple[str, ...]
_LIKE_A_NAME = re.compile(r"[a-z0-9_*-]+(?:\.[a-z0-9_*-]+)*")
_STAR_REFUSED = (MatchReason.UNDERSCORE, MatchReason.WILDCARD_PUBLIC_SUFFIX, MatchReason.BARE_WILDCARD)
_ONE_LABEL = "a wildcard covers exactly one label"


def columns(asked: Labels, entry: Labels, star_counts: bool = True) -> tuple[bool, ...]:
    """Compare labels column by column, both names flush right; a missing label is not ok.

    Args:
        asked: The labels of the asked name.
        entry: The labels of the entry.
        star_counts: Whether a star as first label covers the label it stands over.
    """
    missing = len(asked) - len(entry)
    if missing:
        asked, entry = (("",) * -missing + asked, ("",) * missing + entry)
    same = tuple(map(eq, asked, entry))
    place = max(missing, 0)
    if star_counts and entry[place] == "*" and asked[place]:
        return (*same[:place], True, *same[place + 1 :])
    return same


class AddressMatcher:
    """Compares one asked IP address with entries."""

    def __init__(self, asked: IpAddress) -> None:
        """Remember the address, without its zone."""
        self._address = without_zone(asked)
        self._labels = (str(self._address),)

    def match_ip(self, entry: str) -> NameMatch:
        """Compare with an address of the certificate."""
        same = parse_ip(entry) == self._address
        reason = MatchReason.MATCH if same else MatchReason.OTHER_ADDRESS
        note = "the certificate names this very address" if same else "it is another address"
        return NameMatch(entry, "ip", same, reason, self._labels, (entry,), (same,), note)

    def match_dns(self, entry: str) -> NameMatch:
        """Compare with a DNS name, which never covers an address (RFC 9525 section 6.5)."""
        reason = MatchReason.IP_ADDRESS
        note = "a DNS name does not cover an IP address; the certificate needs an IP entry"
        if parse_ip(entry) == self._address:
            note = "the address stands here as a DNS name; clients look for it in an IP entry"
        elif "*" in entry and entry.replace("*", "").replace(".", "").isdigit():
            reason = MatchReason.WILDCARD_IP
            note = "a wildcard cannot stand for a part of an IP address"
        return NameMatch(entry, "dns", False, reason, self._labels, (entry,), (False,), note)

    def match_other(self, entry: str) -> NameMatch:
        """Say that an entry of another kind is not compared."""
        return _other_kind(entry, self._labels)


class NameMatcher:
    """Compares one asked host name with entries."""

    def __init__(self, asked: str) -> None:
        """Bring the asked name into the form that certificates hold."""
        self._asked = to_alabel(asked) or clean(asked.lower().removesuffix("."))
        self._labels = tuple(self._asked.split("."))
        self._near = NearMisses(self._asked)

    def match_dns(self, entry: str) -> NameMatch:
        """Compare with a DNS name of the certificate."""
        lowered = entry.lower()
        labels = tuple(lowered.split("."))
        reason, note = self._reason(lowered, labels)
        matches = reason is MatchReason.MATCH or reason is MatchReason.WILDCARD_MATCH
        ok = columns(self._labels, labels, reason not in _STAR_REFUSED)
        return NameMatch(entry, "dns", matches, reason, self._labels, labels, ok, note)

    def match_ip(self, entry: str) -> NameMatch:
        """Say that an address of the certificate does not cover a name."""
        note = "an IP entry covers that address, not a name"
        return NameMatch(entry, "ip", False, MatchReason.OTHER_KIND, self._labels, (entry,), (False,), note)

    def match_other(self, entry: str) -> NameMatch:
        """Say that an entry of another kind is not compared."""
        return _other_kind(entry, self._labels)

    def _reason(self, entry: str, labels: Labels) -> tuple[MatchReason, str]:
        if entry == self._asked:
            return MatchReason.MATCH, "the certificate names exactly this host"
        if _LIKE_A_NAME.fullmatch(entry) is None:
            return self._odd(entry)
        if "*" in entry:
            return self._wildcard(entry, labels)
        return self._unlike(entry)

    def _unlike(self, entry: str) -> tuple[MatchReason, str]:
        note = self._near.note(entry)
        if note:
            return MatchReason.NEAR_MISS, note
        return MatchReason.OTHER_DOMAIN, "it is another name"

    def _odd(self, entry: str) -> tuple[MatchReason, str]:
        """Explain an entry that is not written as certificates must write a host name."""
        if entry.removesuffix(".") == self._asked:
            return (
                MatchReason.TRAILING_DOT,
                "the entry ends in a dot, which clients do not accept in a certificate",
            )
        if not entry.isascii() and to_alabel(entry) == self._asked:
            note = f"an international name must stand in the certificate in its ASCII form, {self._asked}"
            return MatchReason.IDN_FORM, note
        if "://" in entry:
            return MatchReason.NOT_A_NAME, "the entry is a URL; only the host name belongs here"
        if entry.partition(":")[0] == self._asked:
            return MatchReason.NOT_A_NAME, "the entry holds a port; only the host name belongs here"
        return MatchReason.NOT_A_NAME, "the entry is not written as a host name, so no client matches it"

    def _wildcard(self, entry: str, labels: Labels) -> tuple[MatchReason, str]:
        if set(labels) == {"*"}:
            return MatchReason.BARE_WILDCARD, "a wildcard alone matches nothing; it needs a domain after it"
        if labels[0] == "*" and "*" not in entry[1:]:
            return self._whole_label(entry[2:], labels[1:])
        if not _fits_loosely(self._labels, labels):
            return self._unlike(entry)
        if "*" in entry.partition(".")[2]:
            return MatchReason.NOT_LEFTMOST_WILDCARD, "a wildcard may only be the first label of the name"
        return (
            MatchReason.PARTIAL_WILDCARD,
            "a wildcard must be a whole label; clients ignore it as part of one",
        )

    def _whole_label(self, base: str, base_labels: Labels) -> tuple[MatchReason, str]:
        if self._asked == base:
            return MatchReason.APEX, f"*.{base} covers names below {base}, not {base} itself"
        if not self._asked.endswith(f".{base}"):
            return self._unlike(f"*.{base}")
        if is_registry_suffix(base):
            note = f"browsers refuse a wildcard directly under {base}, where anybody can register names"
            if len(base_labels) == 1:
                note = "browsers and OpenSSL refuse a wildcard directly under a name of one label"
            return MatchReason.WILDCARD_PUBLIC_SUFFIX, note
        needed = len(self._labels) - len(base_labels)
        if needed > 1:
            return MatchReason.WILDCARD_DEPTH, f"{_ONE_LABEL}; this name needs {_number(needed)}"
        if "_" in self._labels[0]:
            note = "OpenSSL and programs built on it let no wildcard stand for a label with an underscore"
            return MatchReason.UNDERSCORE, note
        if is_private_suffix(base):
            return (
                MatchReason.WILDCARD_MATCH,
                f"the wildcard covers it; note that {base} is shared by many owners",
            )
        return MatchReason.WILDCARD_MATCH, "the wildcard covers the first label of the name"


def _other_kind(entry: str, asked: Labels) -> NameMatch:
    note = "clients do not compare entries of this kind with a server's name"
    return NameMatch(entry, "other", False, MatchReason.OTHER_KIND, asked, (entry,), (False,), note)


def _fits_loosely(asked: Labels, entry: Labels) -> bool:
    """Whether the entry would cover the name if a wildcard could be any part of any label."""
    return len(asked) == len(entry) and all(_label_fits(a, e) for a, e in zip(asked, entry, strict=True))


def _label_fits(asked: str, entry: str) -> bool:
    if entry.count("*") != 1:
        return asked == entry or set(entry) == {"*"}
    before, _, after = entry.partition("*")
    return len(asked) >= len(before) + len(after) and asked.startswith(before) and asked.endswith(after)


def _number(count: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six")
    return words[count] if count < len(words) else str(count)
