"""``certwizard completion``: the script that lets a shell complete commands, options and their values."""

import argparse
from collections.abc import Sequence

from certwizard.cli.arguments import COMMANDS, Parser, add_arguments, add_wizard_options
from certwizard.cli.streams import say

_FILES = frozenset({"FILE", "TARGET"})
"""Placeholders that stand for a path, or may."""


def run_completion(namespace: argparse.Namespace) -> int:
    """Print the completion script of a shell.

    Args:
        namespace: The parsed arguments of ``completion``.
    """
    say(completion_script(namespace.shell))
    return 0


def completion_script(shell: str) -> str:
    """Return the script of a shell.

    The first word may be a command or a file; the library offers the commands alone.

    Args:
        shell: ``bash`` ``zsh`` or ``fish``.
    """
    import shtab

    script = shtab.complete(completion_parser(), shell).rstrip("\n") + "\n"
    if shell == "zsh":
        listed = "_describe 'certwizard commands' _commands\n"
        return script.replace(listed, f"{listed}  _files\n", 1)
    return script + _FIRST_WORD_MAY_BE_A_FILE[shell]


_FIRST_WORD_MAY_BE_A_FILE = {
    "bash": "complete -o bashdefault -o default -F _shtab_certwizard certwizard\n",
    "fish": "complete -c certwizard -n __fish_use_subcommand -F\n",
}


def completion_parser() -> Parser:
    """Return every command and option as one parser, made for completion alone; it parses nothing."""
    root = Parser(prog="certwizard", allow_abbrev=False)
    add_wizard_options(root)
    _complete_values(root)
    commands = root.add_subparsers(parser_class=Parser, metavar="COMMAND")
    for name, words in COMMANDS.items():
        parser = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
        add_arguments(parser, name)
        _complete_values(parser)
    return root


def _complete_values(parser: Parser) -> None:
    """Say how the values are completed: files by the shell, names from the program's own lists."""
    import shtab

    for action in parser._actions:  # argparse has no other way to read what was added
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined] # shtab reads it from the action
        elif action.metavar in _NAMES:
            action.choices = _NAMES[str(action.metavar)]()


def _scenarios() -> Sequence[str]:
    from certwizard.lab.catalogue import SCENARIOS

    return [scenario.id for scenario in SCENARIOS]


def _lessons() -> Sequence[str]:
    from certwizard.knowledge.lessons import LessonKind, lesson_ids

    return sorted({name for kind in LessonKind for name in lesson_ids(kind)})


def _protocols() -> Sequence[str]:
    from certwizard.domain.target import Starttls

    return [protocol.value for protocol in Starttls]


_NAMES = {"SCENARIO": _scenarios, "TOPIC": _lessons, "PROTO": _protocols}
"""Placeholders that stand for a name of a list."""
