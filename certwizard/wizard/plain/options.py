"""Looking again with other options, line by line: each can be changed, and what is wrong is said at once."""

from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target
from certwizard.remedies.shells import say
from certwizard.wizard.plain.listing import LEAVE, number_of
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.retrying import Asked, Field, FieldError, fields_for, understand
from certwizard.wizard.same_command import SAME, command_line

_EMPTY = "-"
_HELP = "A number changes an option; Enter looks again as it stands now; b changes nothing and goes back."


def ask_options(talk: Talk, target: Target, options: ProbeOptions) -> Asked | None:
    """Return the look with other options; None where the user wants none.

    Args:
        talk: The dialogue.
        target: What was looked at.
        options: How.

    Raises:
        InputEnded: Where nobody answers.
    """
    fields, before = fields_for(target), (target, options)
    words = {field.id: field.write(*before) for field in fields}
    asked: Asked = before
    talk.say("")
    talk.tell(f"Look again at {target.display_name} with other options:")
    for number, field in enumerate(fields, 1):
        talk.tell(f"{field.label}: {words[field.id] or 'nothing'}", "    ", f"{number}. ")
    while True:
        answer = talk.ask("Option to change, by number; Enter looks again, b goes back:").lower()
        if not answer:
            return asked
        if answer in LEAVE:
            return None
        chosen = number_of(answer, len(fields))
        if chosen is None:
            expected = f"{answer} was understood; expected a number from 1 to {len(fields)}, or b"
            talk.tell(_HELP if answer == "?" else expected)
            continue
        words = _changed(talk, fields[chosen], words, before)
        asked = understand(words, *before)


def _changed(talk: Talk, field: Field, words: dict[str, str], before: Asked) -> dict[str, str]:
    """Return the words with those of one option as the user wants them; as they were where he wants none."""
    now = words[field.id]
    answer = talk.ask(
        f"{field.label}, {field.hint}; now {now or 'nothing'}. Enter leaves it, a dash empties it:"
    ).strip()
    if not answer:
        return words
    wanted = {**words, field.id: "" if answer == _EMPTY else answer}
    try:
        asked = understand(wanted, *before)
    except FieldError as error:
        talk.tell(str(error))
        return words
    text, _ = say(command_line(*asked), "any")
    talk.tell(f"{SAME}:".capitalize())
    talk.say(text)
    return wanted
