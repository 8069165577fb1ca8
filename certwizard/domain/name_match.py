"""What comes out when the asked name meets one entry of a certificate."""

from dataclasses import dataclass
from enum import StrEnum


class MatchReason(StrEnum):
    """Why an entry covers the asked name or does not, closest first."""

    MATCH = "match"
    WILDCARD_MATCH = "wildcard-match"
    TRAILING_DOT = "trailing-dot"
    """The entry ends in a dot, which a certificate must not."""
    IDN_FORM = "idn-form"
    """The entry is the same international name in another form than A-labels."""
    UNDERSCORE = "underscore"
    """A wildcard would cover the name, but several clients let none stand for an underscore."""
    APEX = "apex"
    """``*.example.com`` where ``example.com`` was asked."""
    WILDCARD_DEPTH = "wildcard-depth"
    """A wildcard stands for one label; the asked name has more."""
    WILDCARD_PUBLIC_SUFFIX = "wildcard-public-suffix"
    PARTIAL_WILDCARD = "partial-wildcard"
    NOT_LEFTMOST_WILDCARD = "not-leftmost-wildcard"
    BARE_WILDCARD = "bare-wildcard"
    WILDCARD_IP = "wildcard-ip"
    IP_ADDRESS = "ip-address"
    """An address was asked and this is a DNS name, or the address written as one."""
    NEAR_MISS = "near-miss"
    """Nearly the same name: www., a typo, another ending, another host of the same domain."""
    OTHER_ADDRESS = "other-address"
    NOT_A_NAME = "not-a-name"
    """The entry is no host name: a URL, a port, a space, an empty label."""
    OTHER_DOMAIN = "other-domain"
    OTHER_KIND = "other-kind"
    """An entry of a kind that is not compared with what was asked."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The asked name against one entry of the certificate."""

    entry: str
    kind: str
    """``dns`` ``ip`` or ``other``."""
    matches: bool
    reason: MatchReason
    asked_labels: tuple[str, ...]
    entry_labels: tuple[str, ...]
    label_ok: tuple[bool, ...]
    """One for each column with both names drawn flush right: ``label_ok[-1]`` is that of the last labels."""
    note: str
    """One plain sentence."""
