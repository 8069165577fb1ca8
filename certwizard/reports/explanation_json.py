"""An Explanation as JSON, schema ``certwizard.explanation/1``: keys are never renamed within it."""

from certwizard.explain.explanation import Explanation, Guess, Recognised
from certwizard.explain.proposing import command_for, question_of

SCHEMA = "certwizard.explanation/1"


def as_dict(explanation: Explanation) -> dict[str, object]:
    """Return an explanation as plain JSON values.

    Args:
        explanation: What a text says.
    """
    target = explanation.target
    value: dict[str, object] = {
        "schema": SCHEMA,
        "client": explanation.client or None,
        "matches": [_match(one) for one in explanation.matches],
        "causes": [_cause(guess, explanation) for guess in explanation.guesses],
        "means": explanation.means or None,
        "not_said": list(explanation.silent),
        "target": {"host": target.host, "port": target.port, "input": target.input} if target else None,
        "command": list(command_for(explanation)) if target else None,
        "told_apart": explanation.told_apart or None,
    }
    if explanation.hint:
        value["hint"] = explanation.hint
    if explanation.left_out:
        value["shortened"] = True
        value["left_out"] = explanation.left_out
    return value


def _match(one: Recognised) -> dict[str, object]:
    return {"client": one.client or None, "code": one.code or None, "text": one.text or None}


def _cause(guess: Guess, explanation: Explanation) -> dict[str, object]:
    return {
        "id": guess.id.value,
        "why": guess.why,
        "ask": question_of(guess, explanation),
        "step": guess.step,
    }
