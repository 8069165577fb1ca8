"""The certificate viewer: every certificate, field and byte, with what is wrong and what it means."""

from collections.abc import Iterable
from ssl import DER_cert_to_PEM_cert
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from certwizard.domain.vocabulary import Status
from certwizard.wizard.case import Case
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.copying import copy
from certwizard.wizard.pictures.canvas import clickable, cut, line
from certwizard.wizard.pictures.part_panel import draw_part
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.symbols import STATUS
from certwizard.wizard.teaching import lesson_of, lessons_on_part
from certwizard.wizard.viewing import ViewedCertificate, anatomy_of, viewed_certificates
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.header import Header
from certwizard.wizard.widgets.part_tree import PartTree
from certwizard.wizard.widgets.standing import standing_of

if TYPE_CHECKING:
    from certwizard.domain.anatomy.part import Part
    from certwizard.knowledge.lessons import Lesson


class ViewerScreen(FrameScreen):
    """Shows one certificate as a tree, and what is known of the marked part beside it."""

    commands = (*keys.VIEWER, *keys.GENERAL)
    footer = (
        keys.LEAVE_VIEWER,
        keys.MEANS,
        keys.SEARCH,
        keys.COPY,
        keys.COMPARE,
        keys.NEXT_CERTIFICATE,
        keys.HELP,
    )
    question = "What stands in this certificate?"
    explanation = (
        "Arrows move; right and left open and close. The panel shows the marked part in full, what is wrong "
        "with it, what it means, and its bytes."
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.VIEWER)

    def __init__(self, case: Case, index: int = 0) -> None:
        """Show the certificates of a case.

        Args:
            case: What was diagnosed.
            index: Which certificate first.
        """
        super().__init__()
        self.case = case
        self.certificates = viewed_certificates(case.diagnosis)
        self.shown = index

    @property
    def viewed(self) -> ViewedCertificate:
        """The certificate that is shown."""
        return self.certificates[self.shown]

    def header(self) -> Header:
        """Return the target and its standing."""
        return Header(self.case.title or self.case.target.display_name, standing_of(self.case.diagnosis))

    def body(self) -> Iterable[Widget]:
        """Return the titles of the certificates, the tree, the panel and the search field."""
        yield Drawing(self._titles, id="certificates")
        yield Horizontal(
            PartTree(self._anatomy(), self.viewed.faults()),
            VerticalScroll(Drawing(id="part"), id="panel", can_focus=False),
            id="viewer",
        )
        yield Input(placeholder="search in names, values and meanings", id="search")

    def _anatomy(self) -> "Part":
        return anatomy_of(self.viewed.certificate, self.case.diagnosis.judged_at)

    def on_mount(self) -> None:
        """Let the keys go to the tree."""
        self.query_one("#search").display = False
        self.query_one(PartTree).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Put the panel beside the tree where there is room, else below it.

        Args:
            event: The new size.
        """
        self.set_class(event.size.width < 100, "-stacked")
        self.set_class(event.size.height < 18, "-flat")

    def _titles(self, width: int) -> list[Content]:
        parts: list[Content] = []
        room = width
        for index, viewed in enumerate(self.certificates):
            here = index == self.shown
            worst = next(iter(viewed.faults().values()), STATUS[Status.PASS])
            name = cut(f"{viewed.title}  {viewed.certificate.subject.short}", 36)
            label = line((f"{worst.glyph} ", worst.style), (name, f"bold {HERE}" if here else QUIET))
            if label.cell_length + 3 > room and not here:
                parts.append(line((f"+{len(self.certificates) - index}", QUIET)))
                break
            parts.append(clickable(label, f"screen.certificate({index})"))
            room -= label.cell_length + 3
        return [line((" │ ", QUIET)).join(parts)]

    @on(PartTree.Moved)
    def tell(self) -> None:
        """Let the panel follow the mark."""
        part, viewed = self.query_one(PartTree).part, self.viewed
        drawing = self.query_one("#part", Drawing)
        if part is None:
            drawing.show(lambda width: [line(("Nothing here holds that.", QUIET))])
            return
        causes, lesson = viewed.causes_at(part.field), self._lesson()
        key = live_key(self.app, keys.MEANS)
        drawing.show(lambda width: draw_part(part, causes, lesson, key, viewed.certificate.der, width))
        self.query_one("#panel").scroll_home(animate=False)

    def _lesson(self) -> "Lesson | None":
        part = self.query_one(PartTree).part
        return lesson_of(part, self.query_one(PartTree).root_part) if part else None

    def action_certificate(self, index: int) -> None:
        """Show a certain certificate.

        Args:
            index: Which one.
        """
        self.shown = index % len(self.certificates)
        self.query_one("#search", Input).value = ""
        self.query_one(PartTree).show(self._anatomy(), self.viewed.faults())
        self.query_one("#certificates", Drawing).redraw()

    def action_next_certificate(self, distance: int) -> None:
        """Show the certificate after or before.

        Args:
            distance: 1 or -1.
        """
        self.action_certificate(self.shown + distance)

    def action_means(self) -> None:
        """Open the lessons on the marked part."""
        from certwizard.wizard.screens.lesson import LessonScreen

        part = self.query_one(PartTree).part
        if part is not None:
            causes = self.viewed.causes_at(part.field)
            lessons = lessons_on_part(causes, part, self.query_one(PartTree).root_part)
            self.app.push_screen(LessonScreen(lessons))

    def action_raw(self) -> None:
        """Open the certificate as PEM and as text."""
        from certwizard.wizard.screens.raw import certificate_pages

        self.app.push_screen(certificate_pages(self.viewed.title, self.viewed.certificate, self._anatomy()))

    def action_compare(self) -> None:
        """Compare the certificate that is shown with another one."""
        from certwizard.wizard.screens.comparison import open_comparison

        open_comparison(self.app, self.case, self.viewed.certificate.sha256)

    def action_search(self) -> None:
        """Open the search field."""
        field = self.query_one("#search", Input)
        field.display = True
        field.focus()

    @on(Input.Changed, "#search")
    def look_for(self, event: Input.Changed) -> None:
        """Search while it is typed.

        Args:
            event: The new text.
        """
        self.query_one(PartTree).search(event.value)

    @on(Input.Submitted, "#search")
    def take_hits(self) -> None:
        """Go through what was found."""
        self.query_one(PartTree).focus()

    def action_leave(self) -> None:
        """End the search, else go back to the step."""
        field = self.query_one("#search", Input)
        if field.display:
            field.value = ""
            field.display = False
            self.query_one(PartTree).focus()
        else:
            self.dismiss()

    def action_copy(self) -> None:
        """Copy the marked part's value."""
        part = self.query_one(PartTree).part
        if part is not None:
            copy(self.app, part.copied, part.label)

    def action_copy_pem(self) -> None:
        """Copy the whole certificate as PEM."""
        copy(self.app, DER_cert_to_PEM_cert(self.viewed.certificate.der), f"{self.viewed.title} as PEM")
