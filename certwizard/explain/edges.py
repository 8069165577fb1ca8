"""Whether a server's name stands whole in a text: what odd signs, a cut or a broken line left of one is no name.

A name that is merely nearly right would send the diagnosis to somebody else's server, so that none is better.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from certwizard.domain.suffixes import is_listed
from certwizard.explain.normal import CUT
from certwizard.explain.prefixes import without_prefixes

_PAIRS = {"'": "'", '"': '"', "`": "`", "<": ">", "(": ")", "[": "]", "{": "}"}
_BEFORE = re.compile(
    r"(?:^|\s|(?<=\w)[=:]|(?<=[\s\d])[,;|>]|[-=]>|(?:^|\s|(?<=\w['\"])[=:]|(?<=\w)[=:]|['\"\]],)[ub]?['\"`<\[{(]{1,3})$"
)
"""What may stand before a name; a quote within a word, a variable or the end of a command in its place may not."""
_CALLED = re.compile(r"\w[\[(]['\"]?$")
"""It may where it is the argument of a call."""
_AFTER = re.compile(r"\.?(?:[/?#]|:?(?:\s|$)|</|['\"`<>)\]},;!|]+[:.,;]*(?:\s|$))")
"""What may stand behind a name, or behind its port."""
_CLOSED = re.compile(r"[,:;)\]}>.!?]*(?:\s|$|</)|[)\]}]*[,:][\"'\[{]")
"""What may stand behind the quote or bracket that closes around a name."""
_GOES_ON = re.compile(r"[a-z0-9.-]+")
_NAME_END = re.compile(r"[a-z0-9.-]")
_ADDRESS = re.compile(r"\[[0-9a-f:.]+\]|\d{1,3}(?:\.\d{1,3}){3}")
_LOCAL_ENDINGS = frozenset(
    (
        *("local", "internal", "intern", "intranet", "lan", "corp", "home", "private", "localdomain", "svc"),
        *("test", "example", "localhost", "arpa", "invalid"),
    )
)
"""Last labels of names that no public list has."""


def is_known_ending(host: str) -> bool:
    """Whether a name is an address, or ends as names do in public or in private networks.

    Args:
        host: In lower case.
    """
    name = host.rstrip(".")
    ending = name.rpartition(".")[2]
    return bool(_ADDRESS.fullmatch(host)) or ending in _LOCAL_ENDINGS or ("." in name and is_listed(ending))


@dataclass(frozen=True)
class Edges:
    """What stands before and behind the names in a text."""

    text: str
    """Lines in lower case."""

    @cached_property
    def _widest(self) -> int:
        return max(map(len, self.text.split("\n")))

    def are_whole(self, start: int, end: int, host: str) -> bool:
        """Whether nothing was lost before or behind a name.

        Args:
            start: Where the name begins, with the scheme before it.
            end: Where it ends, with the port behind it.
            host: The name alone.
        """
        if host.startswith((".", "-")) or host.rstrip(".").endswith("-") or CUT in host or ".." in host:
            return False
        closer = _PAIRS.get(self.text[start - 1]) if start else None
        closed = closer is not None and self.text[end : end + 1] == closer
        if self.text.startswith(host, start) and not self._begins(start, closed):
            return False
        if closed and _CLOSED.match(self.text, end + 1):
            return True
        if not _AFTER.match(self.text, end):
            return False
        if end == len(self.text):
            return closer is None and is_known_ending(host)
        return self.text[end] != "\n" or not self._is_broken(end, host)

    def _begins(self, start: int, closed: bool) -> bool:
        """Whether a name without a scheme begins there, and not in the line before."""
        near = max(start - 6, 0)
        if not (
            _BEFORE.search(self.text, near, start) or (closed and _CALLED.search(self.text, near, start))
        ):
            return False
        if not start or self.text[start - 1] != "\n":
            return True
        begin = self.text.rfind("\n", 0, start - 1) + 1
        return start - 1 - begin < self._widest or not _NAME_END.search(self.text[start - 2 : start - 1])

    def _is_broken(self, end: int, host: str) -> bool:
        """Whether a name at the end of a line may go on in the next one."""
        begin = self.text.rfind("\n", 0, end) + 1
        following = self.text[end + 1 : end + 200].partition("\n")[0]
        more = _GOES_ON.match(without_prefixes((self.text[begin:end], following))[1])
        if more is None:
            return False
        if "." not in host.rstrip("."):
            return not is_known_ending(host)
        if end - begin < self._widest:
            return more[0].startswith((".", "-"))
        ported = self.text[end - 1].isdigit() and more[0][0].isdigit()
        return ported or not is_known_ending(host) or is_known_ending(host + more[0])
