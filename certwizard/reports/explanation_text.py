"""An Explanation as text for people: who says it, what it means, the likely causes, what it leaves open, what next."""

from certwizard.domain.cleantext import clean
from certwizard.explain.explanation import Explanation, Guess, Recognised
from certwizard.explain.proposing import PLACEHOLDER, command_for
from certwizard.reports.paper import Paper, Tone

_MOST_MATCHES = 4
_MOST_GUESSES = 5
_BROWSERS = frozenset({"chrome", "edge", "firefox", "safari"})
_INDENT = "  "
_NUMBERED = "     "
_IN_THE_WIZARD = "certwizard alone takes the whole message into its field and opens at the step that decides"


def render(explanation: Explanation, paper: Paper) -> str:
    """Return an explanation as lines of text.

    Args:
        explanation: What a text says.
        paper: What the output can show.
    """
    parts = [_seen(explanation, paper), _meaning(explanation, paper), _guesses(explanation, paper)]
    parts += [
        _silence(explanation, paper),
        _going_on(explanation, paper),
        _next(explanation, paper),
        _shortened(explanation, paper),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _seen(explanation: Explanation, paper: Paper) -> list[str]:
    if not explanation.matches:
        return []
    who = explanation.client_title or "A program that the text does not name"
    lines = [paper.tone(paper.plain(who), Tone.STRONG)]
    telling = [one for one in explanation.matches if one.decides] or list(explanation.matches)
    for one in telling[:_MOST_MATCHES]:
        lines += paper.wrap(_words(one), _INDENT)
    return lines


def _words(one: Recognised) -> str:
    return clean(" ".join(part for part in (one.code, one.text) if part), 300)


def _meaning(explanation: Explanation, paper: Paper) -> list[str]:
    if explanation.guesses:
        return [
            paper.tone("! ", Tone.ATTENTION) + line.lstrip()
            for line in paper.wrap(explanation.means, _INDENT)[:1]
        ] + paper.wrap(explanation.means, _INDENT)[1:]
    mark = "- " if explanation.told_apart else "? "
    lines = paper.wrap(explanation.hint, _INDENT)
    return [paper.tone(mark, Tone.DIM) + lines[0].lstrip(), *lines[1:]] if lines else []


def _guesses(explanation: Explanation, paper: Paper) -> list[str]:
    if not explanation.guesses:
        return []
    lines = [paper.tone("Most likely", Tone.STRONG)]
    for number, guess in enumerate(explanation.guesses[:_MOST_GUESSES], 1):
        lines.append(f"{_INDENT}{number}. {paper.tone(guess.id.value, Tone.HERE)}")
        lines += paper.wrap(guess.why, _NUMBERED)
    others = ", ".join(guess.id.value for guess in explanation.guesses[_MOST_GUESSES:])
    return lines + (paper.wrap(others, _NUMBERED, f"{_INDENT}or  ") if others else [])


def _silence(explanation: Explanation, paper: Paper) -> list[str]:
    if not explanation.silent:
        return []
    lines = [paper.tone("What it does not say", Tone.STRONG)]
    for sentence in explanation.silent:
        lines += paper.wrap(sentence, _INDENT)
    return lines


def _next(explanation: Explanation, paper: Paper) -> list[str]:
    """Return the diagnosis that decides, the questions it answers, and the lesson."""
    from certwizard.remedies.model import Command
    from certwizard.remedies.quoting import render as render_command

    if not explanation.guesses:
        return []
    first = explanation.guesses[0]
    asked = command_for(explanation)
    lines = [paper.tone("Next", Tone.STRONG)]
    lines.append(f"{_INDENT}$ {paper.tone(render_command(Command((asked,))), Tone.HERE)}")
    if asked[-1] == PLACEHOLDER:
        lines += paper.wrap("with the name and port of the server that was asked for", _NUMBERED)
    lines += paper.wrap(_IN_THE_WIZARD, _NUMBERED)
    for question in dict.fromkeys(_question(guess) for guess in explanation.guesses[:3]):
        lines += paper.wrap(question, _NUMBERED)
    lesson = Command((("certwizard", "learn", first.id.value),))
    lines.append(f"{_INDENT}$ {paper.tone(render_command(lesson), Tone.HERE)}")
    return lines


def _question(guess: Guess) -> str:
    return f"step {guess.step.capitalize()}: {guess.ask}"


def _going_on(explanation: Explanation, paper: Paper) -> list[str]:
    """Return whether it is safe to go on, where it was a browser that warned."""
    if explanation.client not in _BROWSERS or not explanation.guesses:
        return []
    from certwizard.reports.visitor_text import going_on_lines

    return going_on_lines(explanation.guesses[0].id, paper)


def _shortened(explanation: Explanation, paper: Paper) -> list[str]:
    words = f"The text was too long: {explanation.left_out}."
    return paper.wrap(words) if explanation.left_out else []
