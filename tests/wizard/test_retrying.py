"""Looking again with other options: by keys, by mouse, and what each field takes."""

import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.widgets import Input

from certwizard.cli.arguments import parse_arguments
from certwizard.cli.inputs import options_from, target_from
from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Report
from certwizard.domain.target import Starttls, Target
from certwizard.domain.target_parsing import files_target, parse_target
from certwizard.probe.cancel import CancelToken
from certwizard.remedies.quoting import render
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.retrying import FieldError, fields_for, understand
from certwizard.wizard.same_command import command_line
from certwizard.wizard.screens.retry import RetryScreen
from tests.wizard import canned
from tests.wizard.driving import known, press, seen, settle, shown, step, until, wizard
from tests.wizard.test_looking import SilentServer

HOST = canned.HOST


class Asked:
    """A probe that remembers what it was asked."""

    def __init__(self) -> None:
        self.looks: list[tuple[Target, ProbeOptions]] = []

    def __call__(
        self, target: Target, options: ProbeOptions, report: Report, cancel: CancelToken
    ) -> Observation:
        self.looks.append((target, options))
        return seen(target, options, report, cancel)


async def test_from_any_step_another_address_and_wait_are_taken() -> None:
    asked = Asked()
    async with wizard("e", observe=asked) as pilot:
        await press(pilot, *"192.0.2.7", "down", "down", "down", "down", "down", "down", "down", "end")
        await press(pilot, "backspace", *"30", "enter")
        await settle(pilot)
        target, options = asked.looks[-1]
        assert target.connect_host == "192.0.2.7"
        assert options.timeout == 30
        assert target.host == canned.TARGET.host
        assert step(pilot) == "dates"


async def test_the_command_that_does_the_same_is_shown_as_it_is_typed_and_copied(
    clipboard: list[str],
) -> None:
    async with wizard("e") as pilot:
        await press(pilot, *"192.0.2.7")
        assert "certwizard check" in shown(pilot)
        assert "--connect 192.0.2.7" in shown(pilot)
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: bool(clipboard))
        assert clipboard == [f"certwizard check {HOST}:443 --connect 192.0.2.7"]


async def test_wrong_input_is_explained_as_it_is_typed_and_not_taken() -> None:
    asked = Asked()
    async with wizard("e", observe=asked) as pilot:
        await press(pilot, "down", "end", "x")
        assert "! Port: “443x” was understood; expected a number from 1 to 65535" in shown(pilot)
        await press(pilot, "up", "enter")
        assert isinstance(pilot.app.screen, RetryScreen)
        assert pilot.app.screen.focused is pilot.app.screen.query_one("#field-port")
        assert len(asked.looks) == 1


async def test_by_mouse_a_field_is_chosen_and_the_look_begun() -> None:
    asked = Asked()
    async with wizard(observe=asked, size=(120, 40)) as pilot:
        await pilot.app.screen.run_action("screen.options")
        await settle(pilot)
        await pilot.click("#field-family")
        await press(pilot, "6")
        row = next(y for y, text in enumerate(shown(pilot).splitlines()) if "enter Look again" in text)
        column = shown(pilot).splitlines()[row].index("enter Look again")
        await pilot.click(offset=(column + 2, row))
        await settle(pilot)
        assert asked.looks[-1][1].family == 6


async def test_escape_leaves_everything_as_it_was() -> None:
    asked = Asked()
    async with wizard("e", *"x", "escape", observe=asked) as pilot:
        assert step(pilot) == "dates"
        assert len(asked.looks) == 1


async def test_a_silent_server_is_stopped_at_once_and_looked_at_with_other_options() -> None:
    silent = SilentServer()
    app = CertwizardApp(canned.TARGET, ProbeOptions(), observe=silent, judge=known)
    async with app.run_test() as pilot:
        await until(pilot, silent.asked.is_set)
        await until(pilot, lambda: f"certwizard check {HOST}:443" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "Stopped. Nothing was judged." in shown(pilot))
        await until(pilot, silent.ended.is_set)
        assert "esc Back" in shown(pilot)
        app.examination.observe = seen
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, RetryScreen))
        await press(pilot, *"192.0.2.7", "enter")
        await settle(pilot)
        assert step(pilot) == "dates"


async def test_options_asked_for_while_a_server_is_silent_end_the_look() -> None:
    silent = SilentServer()
    app = CertwizardApp(canned.TARGET, ProbeOptions(), observe=silent, judge=known)
    async with app.run_test() as pilot:
        await until(pilot, silent.asked.is_set)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, RetryScreen))
        await until(pilot, silent.ended.is_set)
        await pilot.press("escape")
        await until(pilot, lambda: "Stopped. Nothing was judged." in shown(pilot))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_every_field_can_be_reached_and_the_keys_are_seen(size: tuple[int, int]) -> None:
    async with wizard("e", size=size) as pilot:
        for field in fields_for(canned.TARGET):
            focused = pilot.app.screen.focused
            assert isinstance(focused, Input)
            assert focused.id == f"field-{field.id}"
            assert pilot.app.screen.query_one("#fields").region.contains_region(focused.region)
            await press(pilot, "down")
        assert "enter Look again" in shown(pilot)


WORDS = {
    "connect": "[2001:db8::1]:8443",
    "port": "993",
    "sni": "mail.example.org",
    "starttls": "imap",
    "proxy": "http://proxy.example:3128",
    "family": "6",
    "timeout": "2.5",
    "at": "2030-01-01T00:00:00Z",
    "offline": "yes",
}


def test_every_field_is_read_and_the_command_says_the_same(tmp_path: Path) -> None:
    ca_file = tmp_path / "my roots.pem"
    ca_file.write_text("")
    target, options = understand({**WORDS, "ca-file": str(ca_file)}, canned.TARGET, ProbeOptions())
    assert (target.port, target.server_name, target.starttls) == (993, "mail.example.org", Starttls.IMAP)
    assert (target.connect_host, target.connect_port) == ("2001:db8::1", 8443)
    assert options == ProbeOptions(
        family=6, proxy="http://proxy.example:3128", ca_files=(str(ca_file),), timeout=2.5, offline=True,
        at=datetime(2030, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    words = shlex.split(render(command_line(target, options)))
    namespace = parse_arguments(words[1:])
    read = target_from(namespace, namespace.targets[0])
    assert read is not None
    for name in ("host", "port", "server_name", "starttls", "connect_host", "connect_port"):
        assert getattr(read, name) == getattr(target, name), name
    again = options_from(namespace, read, prompt=False)
    for name in ("family", "proxy", "ca_files", "timeout", "offline", "at"):
        assert getattr(again, name) == getattr(options, name), name


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("connect", "two words"), ("port", "0"), ("port", "65536"), ("port", "٣"), ("port", ""),
        ("sni", "*.example.com"), ("starttls", "https"), ("proxy", "gopher://a"), ("ca-file", "/no/such/file.pem"),
        ("family", "5"), ("timeout", "0"), ("timeout", "nan"), ("timeout", "4000"), ("at", "tomorrow"),
        ("offline", "maybe"),
    ],
)  # fmt: skip
def test_what_a_field_cannot_take_is_said_in_a_line(field: str, words: str) -> None:
    texts = {each.id: each.write(canned.TARGET, ProbeOptions()) for each in fields_for(canned.TARGET)}
    with pytest.raises(FieldError) as caught:
        understand({**texts, field: words}, canned.TARGET, ProbeOptions())
    assert caught.value.field.id == field
    assert "\n" not in str(caught.value)


def test_what_the_form_shows_is_read_back_as_the_same_look() -> None:
    target = parse_target("imap://mail.example.org", is_file=lambda _: False, connect="192.0.2.1:10143")
    options = ProbeOptions(family=4, offline=True, at=datetime(2030, 1, 1, tzinfo=UTC))
    texts = {each.id: each.write(target, options) for each in fields_for(target)}
    assert understand(texts, target, options) == (target, options)


def test_files_have_only_the_fields_that_mean_something_for_them() -> None:
    target = files_target(("chain.pem",), None, None)
    assert [field.id for field in fields_for(target)] == ["sni", "ca-file", "timeout", "at", "offline"]


def test_the_command_never_holds_the_proxys_password() -> None:
    options = ProbeOptions(proxy="http://me:secret@proxy.example:3128")
    words = render(command_line(canned.TARGET, options))
    assert "secret" not in words
    assert "me@proxy.example:3128" in words
