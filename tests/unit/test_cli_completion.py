"""What the completion scripts are made of: every command, option and list of the program."""

import argparse
from collections.abc import Mapping

import pytest

from certwizard.cli.arguments import COMMANDS, SHELLS, parse_arguments
from certwizard.cli.completion import completion_parser, completion_script
from certwizard.domain.errors import OptionError
from certwizard.lab.catalogue import SCENARIOS


def _commands() -> Mapping[str, argparse.ArgumentParser]:
    found = next(
        each for each in completion_parser()._actions if isinstance(each, argparse._SubParsersAction)
    )
    return found.choices


def test_every_command_has_its_own_parser() -> None:
    assert list(_commands()) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_file_option_completes_files(name: str) -> None:
    for action in _commands()[name]._actions:
        assert hasattr(action, "complete") == (action.metavar in ("FILE", "TARGET"))


@pytest.mark.parametrize("shell", SHELLS)
def test_scripts_name_every_scenario_and_command(shell: str) -> None:
    script = completion_script(shell)
    assert all(scenario.id in script for scenario in SCENARIOS)
    assert all(command in script for command in COMMANDS)


def test_zsh_offers_files_beside_the_commands() -> None:
    assert "_commands\n  _files\n}" in completion_script("zsh")


def test_another_shell_is_refused_in_one_line() -> None:
    with pytest.raises(OptionError, match="bash"):
        parse_arguments(["completion", "tcsh"])
