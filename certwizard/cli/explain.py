"""``certwizard explain``: which causes an error message can stand for, and what to ask next."""

import argparse
import json
import sys

from certwizard.cli.output import STANDARD_OUTPUT, check_writable, paper_for, write
from certwizard.cli.pasted import Pasted, read_pasted
from certwizard.domain.errors import OptionError
from certwizard.domain.vocabulary import ExitCode
from certwizard.explain.engine import explain
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
    pasted = _pasted(namespace.words)
    if not pasted.text.strip():
        raise OptionError(f"there is nothing to explain; expected {_EXPECTED}")
    explanation = explain(pasted.text, pasted.left_out)
    paper = paper_for(sys.stdout) if namespace.output in (None, STANDARD_OUTPUT) else Paper()
    if namespace.format == "json":
        from certwizard.reports.explanation_json import as_dict

        shown = json.dumps(as_dict(explanation), indent=2, ensure_ascii=not paper.unicode) + "\n"
    else:
        from certwizard.reports.explanation_text import render

        shown = render(explanation, paper)
    write(shown, namespace.output)
    return ExitCode.ACCEPTED if explanation.guesses else ExitCode.UNDETERMINED


def _pasted(words: list[str]) -> Pasted:
    if words and words != [STANDARD_INPUT]:
        return Pasted(" ".join(words))
    if sys.stdin is None or (not words and sys.stdin.isatty()):
        raise OptionError(f"there is nothing to explain; expected {_EXPECTED}")
    return read_pasted(sys.stdin.buffer)
