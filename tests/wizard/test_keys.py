"""Keys of the user's own: taken from config.toml, shown where keys are shown, and refused in one line."""

import pytest

from certwizard.wizard.commands import catalogue
from certwizard.wizard.commands.keys import understood_keys, without_clashes
from certwizard.wizard.commands.model import WizardCommand
from certwizard.wizard.folders import own_folder
from tests.wizard.driving import press, shown, step, wizard, wizard_of


def config(text: str) -> None:
    """Write the user's config.toml."""
    folder = own_folder("XDG_CONFIG_HOME")
    assert folder is not None
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(text)


def complaints(pilot: object) -> list[str]:
    """What the wizard said of the settings."""
    app = wizard_of(pilot)  # type: ignore[arg-type] # the pilot of the wizard
    return [each.message for each in app._notifications]


async def test_another_key_does_it_and_stands_in_footer_and_help() -> None:
    config('[keys]\nfix-it = "ctrl+f"\nnext = ["l", "right"]\n')
    async with wizard("3") as pilot:
        assert "^f Fix it" in shown(pilot)
        await press(pilot, "x")
        assert step(pilot) == "dates", "the old key means nothing any more"
        await press(pilot, "l")
        assert step(pilot) == "name"
        await press(pilot, "question_mark")
        assert "l →" in shown(pilot)
        await press(pilot, "escape", "ctrl+f")
        assert step(pilot) == "fix"
        assert complaints(pilot) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[keys]\nfly = "f"', "there is no command fly; expected one of next"),
        ('[keys]\nnext = "ctrl+"', "names no key; expected one like n or ctrl+n"),
        ("[keys]\nnext = 5", "names no key"),
        ("[keys]\nnext = []", "names no key"),
        ('[keys]\nnext = "\\u001b[2J"', "names no key"),
        ('[keys]\nnext = "b"', "b would mean both next and back; next keeps its own"),
        ('[keys]\nnext = "j"', "j would mean both next and moving"),
        ("keys = 7", "keys is no table"),
        ("[keys", "is no TOML"),
    ],
)
async def test_a_bad_entry_is_one_line_and_the_wizard_goes_on(text: str, words: str) -> None:
    config(text)
    async with wizard("3") as pilot:
        assert [words in each for each in complaints(pilot)] == [True]
        assert all("\n" not in each and "\x1b" not in each for each in complaints(pilot))
        await press(pilot, "n")
        assert step(pilot) == "name"


async def test_without_a_file_nothing_is_said() -> None:
    async with wizard("3") as pilot:
        assert complaints(pilot) == []


async def test_a_folder_in_place_of_the_file_is_told() -> None:
    folder = own_folder("XDG_CONFIG_HOME")
    assert folder is not None
    (folder / "config.toml").mkdir(parents=True)
    async with wizard("3") as pilot:
        assert complaints(pilot) == ["config.toml cannot be read; expected a small text file"]


def test_two_commands_may_exchange_their_keys() -> None:
    keys, said = without_clashes({"next": ("b",), "back": ("n",)}, catalogue.KEYED)
    assert keys == {"next": ("b",), "back": ("n",)}
    assert said == ()


def test_keys_are_understood_as_people_write_them() -> None:
    assert understood_keys("?, /") == ("question_mark", "slash")
    assert understood_keys("N") == ("N",)
    assert understood_keys(["ctrl+shift+f5"]) == ("ctrl+shift+f5",)


def test_an_id_is_shared_only_by_commands_that_can_be_given_other_keys_together() -> None:
    mapped = {command.id: command for group in catalogue.KEYED for command in group}
    for name, command in vars(catalogue).items():
        if isinstance(command, WizardCommand) and command.id in mapped:
            other = mapped[command.id]
            letters = any(len(key) == 1 for key in command.keys)
            same = command is other or (command.action == other.action and letters)
            assert same, f"{name} needs a name of its own: {command.id} is another's"
