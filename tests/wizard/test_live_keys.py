"""Keys are shown as they are now, on every screen; and no screen's help lists a key or a command twice."""

import re
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from certwizard.domain.options import ProbeOptions
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.commands.catalogue import KEYED
from certwizard.wizard.commands.keys import told_apart, without_clashes
from certwizard.wizard.commands.model import WizardCommand, key_name
from certwizard.wizard.folders import own_folder
from certwizard.wizard.practice import Practice
from certwizard.wizard.screens.help import help_rows
from tests.wizard.driving import WizardPilot, known, press, seen, settle, shown
from tests.wizard.scenes import SCENES, Scene, faults, remember

OWN = {
    name: (f"alt+f{number}",)
    for number, name in enumerate(dict.fromkeys(each.id for group in KEYED for each in group), 1)
}
"""A key of its own for every command that can be given one."""
SAID_ANYWAY = {"a", "C", "?", *"0123456789", "tab"}
"""Old keys that are words, countries, marks and numbers as well, or move the cursor everywhere."""
NO_KEY = "enter nothing secret"
WINDOWS = [scene for scene in SCENES if hasattr(scene.screen, "commands")]


def commands_of(screen: type[Screen[Any]] | Screen[Any]) -> tuple[WizardCommand, ...]:
    """The commands of a screen."""
    found: tuple[WizardCommand, ...] = getattr(screen, "commands", ())
    return found


def own_key(pilot: WizardPilot, key: str) -> str:
    """The key that does what a key did before."""
    for command in commands_of(pilot.app.screen):
        if key in command.keys and command.id in OWN:
            return OWN[command.id][0]
    return key


def old_keys(screen: Screen[Any]) -> set[str]:
    """How the keys were shown that mean nothing on a screen any more."""
    commands = commands_of(screen)
    kept = {key for command in commands if command.id not in OWN for key in command.keys}
    gone = {key for command in commands if command.id in OWN for key in command.keys} - kept
    return {key_name(key) for key in gone} - SAID_ANYWAY


def named(keys: set[str], text: str) -> set[str]:
    """Those of some keys that stand before what they do."""
    text = text.replace(NO_KEY, "")
    return {key for key in keys if re.search(rf"(?<![^\s·─(]){re.escape(key)} {{1,4}}[A-Za-z]{{2}}", text)}


def test_every_command_can_have_such_a_key_at_once() -> None:
    keys, complaints = without_clashes(OWN, KEYED)
    assert keys == OWN
    assert complaints == ()


@pytest.mark.parametrize("size", [(120, 40), (250, 70)], ids=str)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_no_screen_shows_an_old_key(
    scene: Scene, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Practice, "scenarios", lambda self: faults(8))
    folder = own_folder("XDG_CONFIG_HOME")
    assert folder is not None
    folder.mkdir(parents=True)
    written = (f'{name} = "{keys[0]}"\n' for name, keys in OWN.items())
    (folder / "config.toml").write_text("[keys]\n" + "".join(written))
    if scene.recent:
        remember()
    app = CertwizardApp(scene.target, ProbeOptions(), observe=seen, judge=known)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert app.own_keys == OWN
        if scene.prepare is not None:
            await scene.prepare(pilot)
        for key in scene.keys.split():
            await press(pilot, own_key(pilot, key))
        assert type(app.screen) is scene.screen
        old, text = old_keys(app.screen), shown(pilot)
        assert named(old, text) == set(), text
        if hasattr(app.screen, "action_help"):
            app.screen.action_help()
            await settle(pilot)
            text = shown(pilot)
            assert named(old, text) == set(), text


def test_a_key_before_what_it_does_is_found() -> None:
    assert named({"y", "s", "x"}, "╰─ space tick off ── y copy ─╯   2.1 s   x    Fix") == {"y", "x"}


@pytest.mark.parametrize("scene", WINDOWS, ids=lambda scene: scene.name)
def test_the_help_of_a_screen_lists_no_key_and_no_command_twice(scene: Scene) -> None:
    commands = commands_of(scene.screen)
    assert len({command.id for command in commands}) == len(commands)
    rows = help_rows(told_apart(commands, {}))
    keys = [key for keys, _ in rows for key in keys.split()]
    assert sorted(set(keys)) == sorted(keys)
    assert len({said for _, said in rows}) == len(rows)


def test_of_two_commands_with_one_key_the_screens_own_has_it() -> None:
    viewer = next(scene.screen for scene in SCENES if scene.name == "viewer")
    rows = help_rows(told_apart(commands_of(viewer), {}))
    assert ("^q", "Leave the wizard.") in rows
    assert ("esc q", "End the search, or go back to the step.") in rows
