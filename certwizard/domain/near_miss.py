"""Names that are nearly the asked one, which is what people mistype, forget or mix up."""

from certwizard.domain.suffixes import registrable_domain

_MOST_DISTANCES = 300
_FURTHEST = 2
_SHORTEST_TYPO = 4


class NearMisses:
    """Tells why an entry is close to one asked name; its work is bounded however many entries come."""

    def __init__(self, asked: str) -> None:
        """Remember the asked name and what it is compared by."""
        self._asked = asked
        self._head, _, self._tail = asked.rpartition(".")
        self._pair = ".".join(asked.split(".")[-2:])
        self._with_www = f"www.{asked}"
        self._without_www = asked.removeprefix("www.")
        self._distances_left = _MOST_DISTANCES

    def note(self, entry: str) -> str:
        """Return one sentence on how the entry is close, or an empty text where it is not."""
        if entry == self._with_www:
            return "only the name with www. in front is covered"
        if entry == self._without_www:
            return "only the name without www. is covered"
        head, _, tail = entry.rpartition(".")
        if head == self._head and head:
            return f"only the ending differs: .{tail} in the certificate, .{self._tail} asked"
        if entry.endswith(self._pair) and self._same_domain(entry):
            return f"it is another host of the same domain, {registrable_domain(self._asked)}"
        if self._is_typo(entry):
            return "the names differ in a letter or two, as a typing error would"
        return ""

    def _same_domain(self, entry: str) -> bool:
        domain = registrable_domain(self._asked)
        return domain is not None and (entry == domain or entry.endswith(f".{domain}"))

    def _is_typo(self, entry: str) -> bool:
        if abs(len(entry) - len(self._asked)) > _FURTHEST or len(entry) < _SHORTEST_TYPO:
            return False
        if self._distances_left <= 0 or not _share_an_end(entry, self._asked):
            return False
        self._distances_left -= 1
        return distance(entry, self._asked, _FURTHEST) <= _FURTHEST


def _share_an_end(one: str, other: str) -> bool:
    """Whether the names begin or end alike, as all but hopelessly mistyped ones do."""
    return one[:3] == other[:3] or one[-6:] == other[-6:]


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be added, dropped, changed or swapped, or `most` + 1 beyond that."""
    one, other = _without_common_ends(one, other)
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted
            current.append(min(cost, before_last[column - 2] + 1) if swapped else cost)
        if min(current) > most:
            return most + 1
        before_last, last = last, current
    return last[-1]


def _without_common_ends(one: str, other: str) -> tuple[str, str]:
    shorter = min(len(one), len(other))
    start = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
