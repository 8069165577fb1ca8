"""A paste that comes as keys, from terminals without bracketed paste: its Enters are lines, a typed Enter goes on."""

from collections.abc import Iterator

from textual import events

from certwizard.wizard.paste_by_keys import HASTE, QUIET, PasteByKeys
from certwizard.wizard.screens.start import StartScreen
from certwizard.wizard.widgets.ask_field import AskField
from tests.wizard.driving import WizardPilot, settle, until, wizard

MESSAGE = (
    "curl: (60) SSL certificate problem: certificate has expired\nMore details here: https://curl.se/docs"
)
AT_ONCE = HASTE / 100


def keys_of(text: str, *, apart: float, since: float = 1000.0) -> Iterator[tuple[str, float]]:
    """The characters of a text with the time each comes at."""
    return ((character, since + number * apart) for number, character in enumerate(text))


def collected(text: str, apart: float) -> tuple[str, str]:
    """What is typed of a text, and what is collected."""
    paste = PasteByKeys()
    typed = "".join(char for char, at in keys_of(text, apart=apart) if not paste.take(char, at))
    return typed, paste.end()


def test_after_an_enter_that_comes_at_once_everything_is_collected() -> None:
    first, rest = MESSAGE.split("\n")
    assert collected(MESSAGE, AT_ONCE) == (first, f"\n{rest}")


def test_an_enter_that_was_typed_is_no_part_of_a_paste() -> None:
    assert collected("shop\nx", HASTE * 3) == ("shop\nx", "")


def test_an_enter_before_any_other_key_is_typed() -> None:
    assert collected("\n", AT_ONCE) == ("\n", "")


def test_a_pause_within_a_paste_does_not_end_it_and_a_longer_one_does() -> None:
    paste = PasteByKeys()
    assert not paste.take("a", 1.0)
    assert paste.take("\n", 1.0)
    assert paste.take("b", 1.0 + QUIET / 2)
    assert not paste.take("c", 1.0 + 2 * QUIET)
    assert paste.end() == "\nb"
    assert not paste.is_open


def send(pilot: WizardPilot, text: str, apart: float) -> None:
    """Send a text as a terminal sends it that knows no bracketed paste."""
    field = pilot.app.screen.query_one(AskField)
    names = {"\n": "enter", "\t": "tab"}
    for character, at in keys_of(text, apart=apart):
        key = events.Key(names.get(character, character), None if character in names else character)
        key.time = at
        field.post_message(key)


async def test_a_message_of_several_lines_stays_in_the_field_whole_and_waits_for_an_enter() -> None:
    async with wizard(target=None) as pilot:
        field = pilot.app.screen.query_one(AskField)
        send(pilot, f"{MESSAGE}\n", AT_ONCE)
        await until(pilot, lambda: field.whole == MESSAGE)
        await settle(pilot)
        assert isinstance(pilot.app.screen, StartScreen)
        assert field.value.startswith("2 lines: curl: (60)")
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, StartScreen))


async def test_a_name_with_its_enter_sent_at_once_is_looked_at_once() -> None:
    async with wizard(target=None) as pilot:
        send(pilot, "shop.example.com\n", AT_ONCE)
        await until(pilot, lambda: not isinstance(pilot.app.screen, StartScreen))


async def test_a_tab_within_such_a_paste_is_a_blank_and_leaves_the_field_focused() -> None:
    async with wizard(target=None) as pilot:
        field = pilot.app.screen.query_one(AskField)
        send(pilot, "Verify return code: 10\n\tcertificate has expired", AT_ONCE)
        await until(pilot, lambda: field.whole.endswith("certificate has expired"))
        assert field.has_focus
