"""The text a visitor sends to a site's owner: hostile values stay on their line, whatever the server sent."""

from certwizard.diagnosis.result import ClientAction, ClientOutcome
from certwizard.domain.vocabulary import CauseId, Role
from certwizard.remedies.catalogue import remedies_for
from tests.unit.remedies_cases import cause, diagnosis, server

HOSTILE = "\x1b[31mred\r\n\r\nSubject: your password\u202e{fingerprint}"


def mail(*outcomes: ClientOutcome) -> str:
    fault = cause(CauseId.EXPIRED, headline=HOSTILE, seen=HOSTILE, expected=HOSTILE)
    found = remedies_for(diagnosis(server("www.example.com"), fault, clients=outcomes), Role.VISITOR)
    snippets = [step.snippet for remedy in found for step in remedy.steps if step.snippet]
    return next(snippet.text for snippet in snippets if snippet.where == "a new mail")


def refusing(title: str) -> ClientOutcome:
    return ClientOutcome(title, title, ClientAction.REJECTS, CauseId.EXPIRED)


def test_hostile_values_stay_on_their_line_and_are_harmless() -> None:
    text = mail(refusing(HOSTILE))
    assert all(char == "\n" or char.isprintable() for char in text)
    assert len(text.splitlines()) == len(mail().splitlines())
    assert sum(line.startswith("Subject:") for line in text.splitlines()) == 1
    assert "{fingerprint}" in text


def test_who_refuses_is_named_and_counted() -> None:
    assert "Refused by:    Chrome, Java\n" in mail(refusing("Chrome"), refusing("Java"))
    assert "and 2 more\n" in mail(*(refusing(f"Client {number}") for number in range(10)))
    assert "Refused by:    no current program that was judged\n" in mail()
