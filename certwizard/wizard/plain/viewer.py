"""The certificate viewer line by line: fields by number, what is inside them, their lessons and bytes."""

from ssl import DER_cert_to_PEM_cert

from certwizard.domain.anatomy.part import Part
from certwizard.domain.anatomy.text import as_text
from certwizard.wizard.case import Case
from certwizard.wizard.plain.comparing import compare_certificates
from certwizard.wizard.plain.giving import give
from certwizard.wizard.plain.lessons import read_lesson
from certwizard.wizard.plain.listing import SEARCHES, Listed, Picker, number_of, pick
from certwizard.wizard.plain.part_words import part_lines, part_name, search_parts
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.teaching import lessons_on_part
from certwizard.wizard.viewing import ViewedCertificate, anatomy_of, viewed_certificates

_HELP = (
    "m and a number reads the lesson on a field, y and a number copies its value, hex and a number tells its "
    "bytes. = compares the certificate with another one. all tells every field, pem the whole certificate as "
    "PEM, n and p are the next certificate and the one before."
)
_ALL, _PEM, _NEXT, _BEFORE = ("all", "text", "v"), ("pem",), ("n", "next"), ("p", "before")


class PlainViewer:
    """Shows the certificates of a case."""

    def __init__(self, talk: Talk, case: Case) -> None:
        """Prepare to show.

        Args:
            talk: The dialogue.
            case: What was judged.
        """
        self.talk, self.case = talk, case
        self.certificates = viewed_certificates(case.diagnosis)
        self._shown = 0
        self._turned = False
        self._opened: Part | None = None
        """The part that was told last; what a command without a number means."""

    @property
    def _viewed(self) -> ViewedCertificate:
        return self.certificates[self._shown]

    @property
    def _root(self) -> Part:
        return anatomy_of(self._viewed.certificate, self.case.diagnosis.judged_at)

    def run(self, number: int | None) -> None:
        """Show a certificate until the user goes back.

        Args:
            number: Which, from 1, where it was given with the command.

        Raises:
            InputEnded: Where nobody answers.
        """
        count = len(self.certificates)
        if not count:
            self.talk.tell("No certificate was received.")
            return
        shown = number_of(str(number), count) if number is not None else None
        if shown is None:
            names = [f"{_role(each)}, {each.certificate.subject.short}" for each in self.certificates]
            shown = 0 if count == 1 else pick(self.talk, Listed("Certificate", names))
        if shown is not None:
            self._shown = shown
            self._show()

    def _show(self) -> None:
        self._turned = True
        while self._turned:
            self._turned = False
            viewed = self._viewed
            self._opened = None
            place = f"{self._shown + 1} of {len(self.certificates)}"
            self.talk.say("")
            self.talk.tell(
                f"Certificate {place}, {_role(viewed)}: {viewed.certificate.subject.short}. "
                f"{len(self._root.children)} fields:"
            )
            self._walk(self._root)

    def _walk(self, outer: Part) -> None:
        """List what is inside a part, and open what is chosen of it."""
        parts = outer.children
        faults = self._viewed.faults()
        at_top = outer is self._root
        names = [part_name(part, faults if at_top else {}) for part in parts]
        inside = Listed(
            "Field" if at_top else "Part",
            names,
            hint=SEARCHES,
            leave="goes back" if at_top else f"goes back out of {outer.label.partition(' (')[0]}",
            do=lambda answer: self._do(answer, outer),
            over=lambda: self._turned,
            help=_HELP,
        )
        picker = Picker(self.talk, inside)
        while not self._turned and (chosen := picker.ask()) is not None:
            self._open(parts[chosen])

    def _open(self, part: Part) -> None:
        viewed, self._opened = self._viewed, part
        causes = viewed.causes_at(part.field)
        lessons = lessons_on_part(causes, part, self._root)
        self.talk.say("", *part_lines(part, causes, lessons, len(viewed.certificate.der), self.talk.paper))
        if part.children:
            self.talk.tell(f"Inside it, {len(part.children)}:")
            self._walk(part)

    def _search(self, outer: Part, words: str) -> None:
        """Open what holds the words, wherever it stands; where it is in several places, ask which."""
        found = search_parts(outer, words)
        chosen: int | None = 0 if len(found) == 1 else None
        if len(found) > 1:
            self.talk.tell(f"{words} is in {len(found)} places:")
            names = [f"{part_name(part, {})}{where}" for where, part in found]
            chosen = pick(self.talk, Listed("Place", names))
        elif not found:
            self.talk.tell(f"Nothing here holds {words}.")
        if chosen is not None:
            self._open(found[chosen][1])

    def _do(self, answer: str, outer: Part) -> bool:
        """Do what is no choice of a field: a command, else a search; a number that fits none is left."""
        word, _, rest = answer.lower().partition(" ")
        der = self._viewed.certificate.der
        if word in (*_NEXT, *_BEFORE) and not rest:
            self._shown = (self._shown + (1 if word in _NEXT else -1)) % len(self.certificates)
            self._turned = True
        elif word in _ALL and not rest:
            self.talk.say(*as_text(self._root).splitlines())
        elif word in _PEM and not rest:
            give(self.talk, DER_cert_to_PEM_cert(der), "the certificate as PEM")
        elif answer == "=":
            compare_certificates(self.talk, self.case, self._viewed.certificate.sha256)
        elif word in ("m", "y", "hex"):
            self._on_part(word, self._meant(outer, rest))
        elif answer.isdigit():
            return False
        else:
            self._search(outer, answer.lstrip("/ "))
        return True

    def _meant(self, outer: Part, rest: str) -> Part | None:
        """Return the part that a number means; without one the part that was told last."""
        chosen = number_of(rest.strip(), len(outer.children))
        if chosen is not None:
            return outer.children[chosen]
        if not rest and self._opened is not None:
            return self._opened
        self.talk.tell(
            f"{rest or 'No number'} was understood; expected a number from 1 to {len(outer.children)}"
        )
        return None

    def _on_part(self, word: str, part: Part | None) -> None:
        if part is None:
            return
        der = self._viewed.certificate.der
        if word == "y":
            give(self.talk, part.copied, part.label)
        elif word == "hex":
            octets = der[part.start : part.end]
            self.talk.tell(
                f"Bytes of {part.label}, {len(octets)}, DER:" if octets else "It is computed; no bytes."
            )
            self.talk.say(*(octets[at : at + 16].hex(" ") for at in range(0, len(octets), 16)))
        else:
            first, *beside = lessons_on_part(self._viewed.causes_at(part.field), part, self._root)
            read_lesson(self.talk, first, beside)


def _role(viewed: ViewedCertificate) -> str:
    """Return the title of a certificate without its number, which stands beside it already."""
    return viewed.title.lstrip("0123456789 ")
