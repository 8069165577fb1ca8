"""A command becomes text and comes back as the very same arguments, in each shell."""

import re
import shlex
import string
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certwizard.remedies.model import Command, Shell, Step
from certwizard.remedies.quoting import CannotQuoteError, quote, render, shell_for

texts = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=30)
nasty = st.text(
    st.sampled_from("ab \t\"'\\$`!%^&|<>();{}[]*?~#=-/:.,@\n\u2018\u2019\u201a\u201b"), max_size=20
)
words = st.lists(texts | nasty, min_size=1, max_size=6)


@given(words)
def test_posix_text_splits_into_the_same_arguments(arguments: list[str]) -> None:
    line = render(Command((("echo", *arguments),)))
    assert shlex.split(line) == ["echo", *arguments]


@settings(max_examples=40, deadline=None)
@given(words)
def test_bash_hands_over_the_same_arguments(arguments: list[str]) -> None:
    line = render(Command((("printf", "%s\\0", *arguments),)))
    answer = subprocess.run(["bash", "-c", line], capture_output=True, check=True)
    assert answer.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1] == arguments


POWERSHELL_QUOTES = "'\u2018\u2019\u201a\u201b"
POWERSHELL_MARKS = set(POWERSHELL_QUOTES + '"$`;|&<>(){}@#,*?[]!^%\n\r')


def split_powershell(line: str) -> list[str]:
    """Read a line as PowerShell's tokenizer does: blanks part, any of five quotes opens a literal."""
    found, at = [], 0
    while at < len(line):
        if line[at] in " \t":
            at += 1
            continue
        if line[at] in POWERSHELL_QUOTES:
            word, at = read_literal(line, at + 1)
        else:
            word = re.split(r"[ \t]", line[at:], maxsplit=1)[0]
            assert not set(word) & POWERSHELL_MARKS, word
            at += len(word)
        found.append(word)
    return found


def read_literal(line: str, at: int) -> tuple[str, int]:
    """Read to the closing quote; two quotes in a row stand for the first of them."""
    word = ""
    while True:
        if line[at] not in POWERSHELL_QUOTES:
            word, at = word + line[at], at + 1
        elif line[at + 1 : at + 2] and line[at + 1] in POWERSHELL_QUOTES:
            word, at = word + line[at], at + 2
        else:
            return word, at + 1


@given(words)
def test_powershell_reads_the_same_arguments(arguments: list[str]) -> None:
    writable = [argument for argument in arguments if '"' not in argument]
    line = render(Command((("tool", *writable),)), Shell.POWERSHELL)
    assert split_powershell(line) == ["tool", *writable]


def strip_carets(line: str) -> tuple[str, list[str]]:
    """Read a line as cmd.exe does; return what the program gets and the marks that cmd.exe acted on."""
    given_on, acted, quoted, at = [], [], False, 0
    while at < len(line):
        char = line[at]
        if char == "^" and not quoted:
            at += 1
            given_on.append(line[at])
        else:
            if char == '"':
                quoted = not quoted
            elif char == "%" or (char in "&|<>()!" and not quoted):
                acted.append(char)
            given_on.append(char)
        at += 1
    return "".join(given_on), acted


def split_c_runtime(line: str) -> list[str]:
    """Split a command line by the rules of the C runtime of Windows."""
    found: list[str] = []
    current: str | None = None
    quoted = False
    for slashes, char in re.findall(r"(\\*)([^\\]|\Z)", line):
        if char == '"':
            current = (current or "") + "\\" * (len(slashes) // 2)
            if len(slashes) % 2:
                current += '"'
            else:
                quoted = not quoted
            continue
        if slashes:
            current = (current or "") + slashes
        if char and (quoted or char not in " \t"):
            current = (current or "") + char
        elif current is not None:
            found.append(current)
            current = None
    return found


@given(words)
def test_cmd_reads_the_same_arguments_and_acts_on_none_of_their_marks(arguments: list[str]) -> None:
    writable = [argument for argument in arguments if not set(argument) & set("\n\r")]
    line = render(Command((("tool", *writable),)), Shell.CMD)
    received, acted = strip_carets(line)
    assert acted == []
    assert split_c_runtime(received) == ["tool", *writable]


@pytest.mark.parametrize("shell", Shell)
def test_plain_words_stay_bare(shell: Shell) -> None:
    line = render(Command((("openssl", "x509", "-in", "chain.pem", "-noout"),)), shell)
    assert line == "openssl x509 -in chain.pem -noout"


def test_pipes_redirections_and_what_follows_are_written_for_each_shell() -> None:
    tail = Command((("nginx", "-t"),))
    command = Command((("a", "x y"), ("b",)), stdin="/dev/null", stdout="out file", append=True, then=tail)
    assert render(command) == "a 'x y' < /dev/null | b >> 'out file' && nginx -t"
    assert render(command, Shell.CMD) == 'a "x y" < NUL | b >> "out file" && nginx -t'
    assert render(command, Shell.POWERSHELL) == (
        "@() | a 'x y' | b | Add-Content -Encoding ascii 'out file'; if ($?) { nginx -t }"
    )


def test_a_program_with_blanks_in_its_path_is_called_in_powershell() -> None:
    assert render(Command((("C:\\Program Files\\a.exe", "1"),)), Shell.POWERSHELL) == (
        "& 'C:\\Program Files\\a.exe' 1"
    )


def test_output_that_nobody_wants_goes_nowhere() -> None:
    command = Command((("a",),), stdout="/dev/null")
    assert render(command) == "a > /dev/null"
    assert render(command, Shell.CMD) == "a > NUL"
    assert render(command, Shell.POWERSHELL) == "a | Out-Null"


@pytest.mark.parametrize(("argument", "shell"), [("a\nb", Shell.CMD), ('a"b', Shell.POWERSHELL)])
def test_what_a_shell_cannot_express_is_refused(argument: str, shell: Shell) -> None:
    with pytest.raises(CannotQuoteError):
        quote(argument, shell)


@pytest.mark.parametrize("shell", Shell)
def test_no_shell_takes_a_nul(shell: Shell) -> None:
    with pytest.raises(CannotQuoteError):
        quote("a\0b", shell)


@pytest.mark.parametrize("argument", ["-a:b", "-a.b", "--%", "@x", "a,b", "$x", "--a=b"])
def test_powershell_quotes_what_its_own_parser_would_take(argument: str) -> None:
    assert quote(argument, Shell.POWERSHELL) == f"'{argument}'"


def test_windows_steps_are_written_for_powershell_and_all_others_for_posix() -> None:
    assert shell_for(Step("x", platform="windows")) is Shell.POWERSHELL
    assert shell_for(Step("x", platform="macos")) is Shell.POSIX


@pytest.mark.parametrize("char", string.punctuation)
def test_every_mark_survives_posix_quoting(char: str) -> None:
    assert shlex.split(quote(f"a{char}b")) == [f"a{char}b"]
