"""The commands and their options, as an argument parser."""

import argparse
from textwrap import fill
from typing import NoReturn

from certwizard import __version__
from certwizard.cli.option_groups import (
    add_plain_option,
    add_probe_options,
    add_report_options,
    add_save_option,
    add_server_options,
    whole_number,
)
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError

COMMANDS = {
    "check": "the diagnosis with no screen, for scripts",
    "completion": "the completion of words for bash, zsh or fish",
    "demo": "the wizard on the practice lab, with no network",
    "explain": "what an error message stands for, and what to ask next",
    "lab": "serve the practice lab until stopped",
    "learn": "the lessons: certificate fields, checks, causes, terms",
    "replay": "the diagnosis of a saved observation, with no network",
    "serve": "the wizard in a browser, on this machine alone",
    "stores": "this machine's trust stores, and which trust a target",
}

SHELLS = ("bash", "zsh", "fish")

TARGET_HELP = (
    "host, host:port, URL, smtp://host (also smtps submission imap imaps pop3 pop3s ftp ldap ldaps xmpp "
    "xmpp-server postgres mysql sieve nntp lmtp), or a PEM, DER, PKCS#7 or PKCS#12 file"
)

EXIT_CODES = (
    "exit codes: 0 accepted, 1 accepted with warnings, 2 rejected by at least one mainstream client, "
    "3 could not be found out, 64 usage error"
)

ENVIRONMENT = (
    "environment: CERTWIZARD_VENDOR_ROOTS names a file of roots that stand in for Mozilla's, to practise the "
    "rules for public CAs"
)


class HelpWanted(Exception):
    """The user asked for help or the version, which is in `text`."""

    def __init__(self, text: str) -> None:
        """Keep what shall be shown."""
        super().__init__(text)
        self.text = text


class Parser(argparse.ArgumentParser):
    """A parser that raises what it has to say: errors end in one line and exit code 64."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print."""
        raise OptionError(f"{clean(message)} (see {self.prog} --help)")

    def print_help(self, file: object = None) -> NoReturn:
        """Raise the help where argparse would print it."""
        raise HelpWanted(self.format_help())


class _Version(argparse.Action):
    """Raises the version where argparse would print it."""

    def __call__(self, *_: object) -> NoReturn:
        raise HelpWanted(f"certwizard {__version__}\n")


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the command and its options.

    Args:
        arguments: The arguments without the program's name.

    Raises:
        OptionError: Where they cannot be understood.
    """
    if arguments and arguments[0] in COMMANDS:
        command = arguments[0]
        known = argparse.Namespace(command=command, given=arguments[1:])
        return _parser(command).parse_args(arguments[1:], known)
    if arguments and not arguments[0].startswith("-"):
        _refuse_misspelt_command(arguments[0])
    namespace = _wizard_parser().parse_args(arguments, argparse.Namespace(command="wizard"))
    namespace.target = _only_target(namespace.words)
    return namespace


def _refuse_misspelt_command(word: str) -> None:
    """Refuse a word that is nearly a command: as a target it would only be looked up in vain."""
    import difflib

    near = difflib.get_close_matches(word.lower(), COMMANDS, n=1, cutoff=0.75)
    if near:
        raise OptionError(
            f"{clean(word, 80)} is no command; expected {near[0]} (or {clean(word, 80)}:443 for a host of that name)"
        )


def _only_target(words: list[str]) -> str | None:
    if len(words) < 2:
        return words[0] if words else None
    command = next((word for word in words if word in COMMANDS), None)
    if command is not None:
        raise OptionError(f"the command {command} stands behind other words; expected it first")
    raise OptionError(
        f"{len(words)} words were given ({clean(' '.join(words), 80)}) and the first is no command; "
        f"expected one target, or one of {', '.join(COMMANDS)} first"
    )


def _parser(command: str) -> Parser:
    parser = Parser(prog=f"certwizard {command}", description=COMMANDS[command], allow_abbrev=False)
    add_arguments(parser, command)
    return parser


def add_arguments(parser: Parser, command: str) -> None:
    """Add what a command takes.

    Args:
        parser: Of that command.
        command: One of `COMMANDS`.
    """
    build = {
        "check": _check_arguments,
        "completion": _completion_arguments,
        "demo": _demo_arguments,
        "explain": _explain_arguments,
        "lab": _lab_arguments,
        "learn": _learn_arguments,
        "replay": _replay_arguments,
        "serve": _serve_arguments,
        "stores": _stores_arguments,
    }[command]
    build(parser)
    _version_option(parser)


def _version_option(parser: Parser) -> None:
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and stop")


def _wizard_parser() -> Parser:
    rows = "\n".join(f"  certwizard {name:<10} {text}" for name, text in COMMANDS.items())
    parser = Parser(
        prog="certwizard",
        usage="certwizard [options] [TARGET]\n       certwizard COMMAND ...",
        description='Leads from "this certificate is invalid" to the proven fix.',
        epilog=f"commands:\n{rows}\n\n{fill(ENVIRONMENT, 78)}\n\n`certwizard COMMAND --help` says more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("words", nargs="*", metavar="TARGET", help=TARGET_HELP)
    add_wizard_options(parser)
    return parser


def add_wizard_options(parser: Parser) -> None:
    """Add the options of the wizard itself."""
    _version_option(parser)
    add_plain_option(parser)
    add_probe_options(parser)
    add_save_option(parser)


def _check_arguments(parser: Parser) -> None:
    parser.epilog = f"{EXIT_CODES}; {ENVIRONMENT}"
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=TARGET_HELP)
    add_probe_options(parser)
    add_save_option(parser)
    add_report_options(parser)
    group = parser.add_argument_group("several targets")
    group.add_argument(
        "--from", dest="from_file", metavar="FILE", help="targets, one a line; - is standard input"
    )
    group.add_argument(
        "--jobs", type=whole_number, default=8, metavar="N", help="how many at once (default 8)"
    )


def _completion_arguments(parser: Parser) -> None:
    parser.epilog = (
        'bash: eval "$(certwizard completion bash)" in ~/.bashrc; '
        'zsh: eval "$(certwizard completion zsh)" in ~/.zshrc, after compinit; '
        "fish: certwizard completion fish > ~/.config/fish/completions/certwizard.fish"
    )
    parser.add_argument("shell", choices=SHELLS, help="whose script to print")


def _demo_arguments(parser: Parser) -> None:
    parser.add_argument(
        "scenario", nargs="?", metavar="SCENARIO", help="open this one; else choose from the list"
    )
    add_plain_option(parser)
    add_probe_options(parser)
    add_save_option(parser)


def _explain_arguments(parser: Parser) -> None:
    parser.epilog = "exit codes: 0 causes named, 3 none to name (the text says why), 64 usage error"
    parser.add_argument(
        "words",
        nargs="*",
        metavar="TEXT",
        help="the message, code, page or log; - (or a pipe and no TEXT) is standard input",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form (default text)")
    parser.add_argument("--output", metavar="FILE", help="write the explanation there")


def _lab_arguments(parser: Parser) -> None:
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help="serve these alone (default: all)")
    parser.add_argument("--list", action="store_true", help="list the scenarios and stop")


def _learn_arguments(parser: Parser) -> None:
    parser.epilog = (
        "the course, an hour on certificates: certwizard learn course (then: course N, course reset)"
    )
    parser.add_argument("topic", nargs="*", metavar="TOPIC", help="a lesson's name, or words to search for")
    parser.add_argument("--search", action="store_true", help="list the lessons that hold the words")


def _replay_arguments(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="an observation written with --save")
    add_report_options(parser, default=None)


def _serve_arguments(parser: Parser) -> None:
    add_server_options(parser)
    parser.add_argument(
        "words", nargs="*", metavar="TARGET", help=f"{TARGET_HELP}; with --demo a practice scenario"
    )
    add_probe_options(parser)


def _stores_arguments(parser: Parser) -> None:
    parser.epilog = (
        "exit codes: 0 nothing is wrong, 1 something is (or some stores trust the target and others do not), "
        "2 no store trusts the target, 3 its certificate was not seen, 64 usage error"
    )
    parser.add_argument("target", nargs="?", metavar="TARGET", help=f"ask each store about it: {TARGET_HELP}")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form (default text)")
    parser.add_argument("--output", metavar="FILE", help="write the list there")
    add_probe_options(parser)
