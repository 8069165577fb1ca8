"""Whatever is pasted: no traceback, nothing raw in the output, and no answer that takes for ever."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certwizard.cli import main
from certwizard.explain.engine import explain
from certwizard.reports.explanation_json import as_dict
from certwizard.reports.explanation_text import render
from certwizard.reports.paper import Paper

MESSAGES = st.sampled_from(
    [
        "curl: (60) SSL certificate problem: certificate has expired",
        "x509: certificate is valid for a.example, not ",
        "https://",
        "HTTPSConnectionPool(host='",
        "SSL alert number ",
        "error:0A0",
        "0x800B01",
        "Certificate for <",
        "\x1b]8;;",
        "\\u001b[31m",
        "&lt;&amp;#39;",
        "...",
        "depth=",
    ]
)
BYTES = st.binary(max_size=20).map(lambda data: data.decode("latin-1"))
PASTES = st.lists(st.one_of(MESSAGES, st.text(max_size=40), BYTES), max_size=12)
SECONDS = 5.0


def is_harmless(text: str) -> bool:
    return all(char == "\n" or char.isprintable() for char in text)


@settings(max_examples=150, deadline=None)
@given(PASTES, st.sampled_from(["", " ", "\n", "\r\n", "\t"]))
def test_nothing_raw_gets_into_the_output(parts: list[str], between: str) -> None:
    explanation = explain(between.join(parts))
    assert is_harmless(render(explanation, Paper()))
    for value in _strings(as_dict(explanation)):
        assert is_harmless(value)


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in _strings(one)]
    return [value] if isinstance(value, str) else []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=60))
def test_any_argument_ends_in_an_answer_and_never_in_a_traceback(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "--", text]) in (0, 3, 64)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "certificate " * 90_000,
        "a" * 1_000_000,
        "certificate has expired " + "x" * 1_000_000,
        "error " * 200_000 + "60",
        "\n".join(["certificate verify failed"] * 40_000),
        "[" * 500_000,
        "https://a." * 100_000,
        "x509: certificate is valid for " + "a.example, " * 90_000,
        "\x1b[" * 300_000,
        "&amp;" * 200_000,
        "\\\\u00" * 200_000,
        "... " * 200_000,
        "ssl alert " * 100_000,
        "<" * 500_000,
        "host='" * 150_000,
        "éé certificate " * 60_000,
    ],
    ids=lambda text: repr(text[:16]),
)
def test_a_million_characters_in_one_line_are_answered_in_time(text: str) -> None:
    start = time.process_time()
    explain(text)
    assert time.process_time() - start < SECONDS
