"""In which shells a command can be said, and what it does beside repairing."""

import pytest

from certwizard.remedies.marks import Hazard, hazards_of, runs_as_root
from certwizard.remedies.model import Command, Shell
from certwizard.remedies.shells import say, shells_of

S_CLIENT = Command(
    (("openssl", "s_client", "-connect", "shop.example.com:443"), ("openssl", "x509", "-noout", "-dates")),
    stdin="/dev/null",
)


def _command(*words: str) -> Command:
    return Command((words,))


def test_a_command_of_everywhere_can_be_said_in_all_three() -> None:
    assert shells_of(S_CLIENT, "any") == (Shell.POSIX, Shell.POWERSHELL, Shell.CMD)
    assert say(S_CLIENT, "any", Shell.CMD) == (
        "openssl s_client -connect shop.example.com:443 < NUL | openssl x509 -noout -dates",
        Shell.CMD,
    )


@pytest.mark.parametrize(
    "command",
    [
        _command("sudo", "systemctl", "reload", "nginx"),
        _command("openssl", "x509", "-in", "/etc/ssl/cert.pem"),
        _command("awk", "1"),
        Command((("openssl", "version"),), stdout="/etc/out"),
        Command((("openssl", "version"),), then=_command("grep", "a")),
    ],
)
def test_what_only_unix_has_stays_in_bash(command: Command) -> None:
    assert shells_of(command, "any") == (Shell.POSIX,)
    assert say(command, "any", Shell.POWERSHELL)[1] is Shell.POSIX


def test_bytes_are_not_sent_through_a_pipe_of_powershell() -> None:
    command = Command((("curl", "-fsS", "http://c.example/"), ("openssl", "crl", "-inform", "DER", "-noout")))
    assert shells_of(command, "any") == (Shell.POSIX, Shell.CMD)


def test_curl_in_powershell_is_the_program_and_not_the_alias() -> None:
    command = Command((("curl", "-v", "https://shop.example.com/"),))
    assert say(command, "any", Shell.POWERSHELL)[0] == "curl.exe -v https://shop.example.com/"
    assert say(command, "any", Shell.CMD)[0] == "curl -v https://shop.example.com/"


def test_a_cmdlet_is_at_home_in_powershell_alone() -> None:
    command = _command("Import-Certificate", "-FilePath", "root.pem")
    assert shells_of(command, "windows") == (Shell.POWERSHELL,)


def test_a_program_of_windows_can_be_said_in_cmd_but_not_in_bash() -> None:
    assert shells_of(_command("w32tm", "/resync"), "windows") == (Shell.POWERSHELL, Shell.CMD)


@pytest.mark.parametrize(
    ("words", "hazards"),
    [
        (("sudo", "rm", "-r", "/etc/old"), (Hazard.REPLACES,)),
        (("sudo", "install", "-m", "0600", "a", "/etc/b"), (Hazard.REPLACES,)),
        (("sudo", "install", "-d", "/etc/b"), ()),
        (("sudo", "certbot", "delete", "--cert-name", "a"), (Hazard.REPLACES,)),
        (("sudo", "certbot", "renew"), ()),
        (("sudo", "systemctl", "restart", "nginx"), (Hazard.INTERRUPTS,)),
        (("sudo", "systemctl", "reload", "nginx"), ()),
        (("sudo", "-u", "postgres", "rm", "a"), (Hazard.REPLACES,)),
        (("env", "A=1", "rm", "a"), (Hazard.REPLACES,)),
        (("openssl", "x509", "-in", "rm"), ()),
    ],
)
def test_what_a_command_takes_away_is_known(words: tuple[str, ...], hazards: tuple[Hazard, ...]) -> None:
    assert hazards_of(_command(*words)) == hazards


def test_writing_over_a_file_of_the_system_is_marked_and_adding_to_it_is_not() -> None:
    pipeline = (("openssl", "x509"),)
    assert hazards_of(Command(pipeline, stdout="/etc/ssl/a.pem")) == (Hazard.REPLACES,)
    assert hazards_of(Command(pipeline, stdout="/etc/ssl/a.pem", append=True)) == ()
    assert hazards_of(Command(pipeline, stdout="a.pem")) == ()


def test_root_is_seen_in_the_second_part_too() -> None:
    assert runs_as_root(Command((("nginx", "-t"),), then=_command("sudo", "systemctl", "reload", "nginx")))
    assert not runs_as_root(S_CLIENT)
    assert not runs_as_root(None)
