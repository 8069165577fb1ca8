"""The verdict for a visitor: is it safe, what is at risk, what never to do, what browsers show, whom to tell."""

from textual.widget import Widget

from certwizard.knowledge.safety import QUESTION
from certwizard.knowledge.visitors import about_hsts
from certwizard.wizard.blocks import Block
from certwizard.wizard.case import Case
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import with_keys
from certwizard.wizard.pictures.visits import draw_visits
from certwizard.wizard.styles import ATTENTION, BROKEN
from certwizard.wizard.visiting import browser_pages, danger, owner_message
from certwizard.wizard.widgets.command_block import CommandBlock
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.note import Note

TELL = (
    "This text says what they need; send it to an address you knew before. {copy} copies it, {save} saves it."
)
MESSAGE = "the text for the site's owner"


def advice_widgets(case: Case) -> list[Widget]:
    """Return the answer to whether it is safe, and the two things to know beside it.

    Args:
        case: The diagnosed target.
    """
    found = danger(case.diagnosis)
    parts: list[Widget] = [Note(QUESTION, case.safety, ATTENTION)] if case.safety else []
    if found is not None:
        parts += [Note("What is at risk", found.risk), Note("What never to do", found.never, BROKEN)]
    return parts


def browser_widgets(case: Case, app: object) -> list[Widget]:
    """Return what browsers show, and the text to send to the owner.

    Args:
        case: The diagnosed target.
        app: The running app, for its keys.
    """
    pages = browser_pages(case.diagnosis) if case.diagnosis.causes else ()
    parts: list[Widget] = [Drawing(lambda width: draw_visits(pages, about_hsts(), width), id="visits")]
    message = owner_message(case)
    if message is not None:
        parts.append(Note("Tell the people who run the site", with_keys(TELL, (keys.COPY, keys.SAVE), app)))
        parts.append(CommandBlock(Block(message.text, "text", MESSAGE, where=message.where)))
    return parts
