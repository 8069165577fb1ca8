"""The sentences of an explanation: why each cause, what the message means, what it leaves open, what to ask."""

from collections.abc import Sequence

from certwizard.domain.cleantext import clean
from certwizard.domain.target import Target
from certwizard.domain.vocabulary import CauseId
from certwizard.explain.context import speaks_of_tls
from certwizard.explain.explanation import Guess, Recognised
from certwizard.explain.matching import Match
from certwizard.explain.ranking import Fault
from certwizard.explain.reading import Reading
from certwizard.knowledge.error_messages import MessageClient, catalogue, cause_questions
from certwizard.knowledge.explanation_words import explanation_words
from certwizard.knowledge.messages import Says
from certwizard.knowledge.plain_words import Lookalike

NOBODY = MessageClient("", "", store="its trust store")
"""Stands for the program where nothing shows which it is."""
_MOST_GUESSES = 16


def recognised(match: Match, decides: bool) -> Recognised:
    """Return a match as it is shown: by the client whose words they are, and the code as it was read or is known.

    Args:
        match: What was found.
        decides: Whether the causes rest on it.
    """
    message = match.message
    owner = catalogue().clients.get(message.client)
    code = match.code or next((code for code in message.codes if ":" not in code.removeprefix("NET::")), "")
    return Recognised(message.client, owner.title if owner else "", code, clean(message.text, 400), decides)


def guesses_of(faults: Sequence[Fault], target: Target | None) -> tuple[Guess, ...]:
    """Return the causes to look at: the first of each fault, then their second, and so on.

    Args:
        faults: The one that is told most clearly first.
        target: The server the text speaks of.
    """
    chosen: dict[CauseId, Fault] = {}
    for rank in range(max(len(fault.causes) for fault in faults)):
        for fault in faults:
            if rank < len(fault.causes):
                chosen.setdefault(fault.causes[rank], fault)
    return tuple(_guess(cause, fault, target) for cause, fault in list(chosen.items())[:_MOST_GUESSES])


def _guess(cause: CauseId, fault: Fault, target: Target | None) -> Guess:
    message, client = fault.leading.message, _client(fault)
    question = cause_questions()[cause]
    general = question.why_fetching if client.fetches else question.why
    why = message.why.get(cause) or client.why.get(cause) or general
    ask = message.ask.get(cause) or client.ask.get(cause) or question.ask
    return Guess(cause, _filled(why, client), _filled(ask, client), question.step)


def meaning_of(faults: Sequence[Fault], client_title: str) -> str:
    """Return what happened, in one sentence.

    Args:
        faults: The one that is told most clearly first.
        client_title: The client's name, or empty.
    """
    words = explanation_words()["means"][_kind(faults[0])].replace("{client}", client_title or "the program")
    return words[0].upper() + words[1:] if not client_title else words


def silences_of(faults: Sequence[Fault]) -> tuple[str, ...]:
    """Return what the messages leave open, each once.

    Args:
        faults: What was found.
    """
    words = explanation_words()["silent"]
    return tuple(
        dict.fromkeys(
            fault.leading.message.silent or words[_kind(fault)] for fault in faults if len(fault.causes) > 1
        )
    )


def hint_for(reading: Reading, apart: Sequence[Lookalike], known: bool) -> str:
    """Return the next question where nothing is claimed.

    Args:
        reading: The text.
        apart: What it is instead of a certificate error, if anything.
        known: Whether a message was recognised all the same.
    """
    words = explanation_words()["hint"]
    lower = reading.lower
    if "-----begin" in lower and "private key" in lower:
        return words["key"]
    if "-----begin certificate" in lower:
        return words["certificate"]
    if apart:
        return f"{apart[0].says} {apart[0].ask}"
    if known:
        return words["recognised"]
    return words["speaks" if speaks_of_tls(reading.words.text) else "unknown"]


def _kind(fault: Fault) -> str:
    if fault.leading.message.says is Says.ALERT:
        return "alert"
    if fault.leading.message.says is Says.REFUSED:
        return "refused"
    return cause_questions()[fault.causes[0]].step


def _client(fault: Fault) -> MessageClient:
    return catalogue().clients.get(fault.leading.speaker, NOBODY)


def _filled(text: str, client: MessageClient) -> str:
    filled = text.replace("{client}", client.title or "the program").replace("{store}", client.store)
    begins = text.startswith("{store}") or (text.startswith("{client}") and client is NOBODY)
    return filled[0].upper() + filled[1:] if begins else filled
