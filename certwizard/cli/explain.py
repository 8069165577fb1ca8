"""``certwizard explain``: which causes an error message can stand for, and what to ask next."""

import argparse
import json
import sys

from certwizard.cli.output import STANDARD_OUTPUT, check_writable, paper_for, write
from certwizard.domain.errors import OptionError
from certwizard.domain.vocabulary import ExitCode
from certwizard.explain.engine import explain
from certwizard.explain.undressing import LONGEST
from certwizard.reports.paper import Paper

STANDARD_INPUT = "-"
_EXPECTED = 'the message in quotes, or - to read it from standard input: certwizard explain "curl: (60) ..."'


def run_explain(namespace: argparse.Namespace) -> int:
    """Explain a text that some client printed.

    Args:
        namespace: The parsed arguments of ``explain``.

    Raises:
        OptionError: Where there is no text, or the result cannot be written.
    """
    check_writable(namespace.output, "--output")
    text = _text(namespace.words)
    if not text.strip():
        raise OptionError(f"there is nothing to explain; expected {_EXPECTED}")
    explanation = explain(text)
    paper = paper_for(sys.stdout) if namespace.output in (None, STANDARD_OUTPUT) else Paper()
    if namespace.format == "json":
        from certwizard.reports.explanation_json import as_dict

        shown = json.dumps(as_dict(explanation), indent=2, ensure_ascii=not paper.unicode) + "\n"
    else:
        from certwizard.reports.explanation_text import render

        shown = render(explanation, paper)
    write(shown, namespace.output)
    return ExitCode.ACCEPTED if explanation.guesses else ExitCode.UNDETERMINED


def _text(words: list[str]) -> str:
    if words and words != [STANDARD_INPUT]:
        return " ".join(words)
    if sys.stdin is None or (not words and sys.stdin.isatty()):
        raise OptionError(f"there is nothing to explain; expected {_EXPECTED}")
    return _decoded(sys.stdin.buffer.read(LONGEST + 1))


def _decoded(data: bytes) -> str:
    """Return text from bytes of any encoding; Windows writes redirected output as UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data[:400].count(0) > len(data[:400]) // 4:
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", "replace")
    return data.decode("utf-8", "replace")
