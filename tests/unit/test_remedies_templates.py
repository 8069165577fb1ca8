"""A line of the data is split first and filled afterwards."""

import pytest

from certwizard.remedies.model import Command
from certwizard.remedies.templates import MissingValueError, StepTemplate, fill_command, fill_step, fill_text


def test_a_value_with_blanks_and_operators_stays_one_argument() -> None:
    assert fill_command("cat {file}", {"file": "a b | c > d"}) == Command((("cat", "a b | c > d"),))


def test_a_list_becomes_as_many_arguments_as_it_has() -> None:
    assert fill_command("x {*names} y", {"names": ("-d", "a")}).pipeline == (("x", "-d", "a", "y"),)
    assert fill_command("x {*names} y", {"names": ()}).pipeline == (("x", "y"),)


def test_pipes_redirections_and_chains_are_read() -> None:
    command = fill_command("a < in | b 'c | d' >> out && e > f", {})
    assert command == Command(
        (("a",), ("b", "c | d")), stdin="in", stdout="out", append=True, then=Command((("e",),), stdout="f")
    )


def test_a_place_inside_quotes_is_filled_and_not_split() -> None:
    assert fill_command("run 'a = {x}, {x}'", {"x": "1 2"}).pipeline == (("run", "a = 1 2, 1 2"),)


def test_a_value_that_looks_like_a_place_is_not_filled_again() -> None:
    assert fill_text("{a}", {"a": "{b}", "b": "no"}) == "{b}"


def test_a_value_that_is_not_to_be_had_leaves_the_step_out() -> None:
    with pytest.raises(MissingValueError):
        fill_step(StepTemplate("x", run="curl {url}"), {"url": None})


def test_a_place_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill_text("{nonsense}", {})


def test_sudo_anywhere_in_a_command_needs_an_administrator() -> None:
    assert fill_step(StepTemplate("x", run="a | sudo tee b"), {}).needs_root
    assert fill_step(StepTemplate("x", run="a && sudo b"), {}).needs_root
    assert not fill_step(StepTemplate("x", run="echo sudo"), {}).needs_root
