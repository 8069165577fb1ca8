"""Only the steps of one way to certificates are shown: certbot's, acme.sh's, or those with a CA's files."""

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.remedies.model import ANY, Remedy
from certwizard.remedies.platforms import platforms_of, steps_for
from certwizard.remedies.quoting import render
from certwizard.remedies.ways import TITLES, likely_way, of_way, ways_of
from tests import factory as f
from tests.unit.remedies_cases import all_remedies

REMEDIES = [remedy for remedies in all_remedies().values() for remedy in remedies]
CHOICES = {remedy.id: remedy for remedy in REMEDIES if ways_of((remedy,))}


def programs(remedy: Remedy, way: str) -> str:
    return "\n".join(render(step.command) for step in of_way(remedy, way) if step.command)


def test_some_remedies_leave_a_choice_of_every_way() -> None:
    assert set(ways_of(REMEDIES)) == set(TITLES)


@pytest.mark.parametrize("identity", sorted(CHOICES))
def test_a_way_leads_through_without_the_tools_of_another(identity: str) -> None:
    remedy = CHOICES[identity]
    foreign = {"certbot": "acme.sh ", "acme.sh": "certbot ", "ca": "certbot "}
    for way in ways_of((remedy,)):
        told = programs(remedy, way)
        assert told
        assert foreign[way] not in told
        assert of_way(remedy, way)[-1] == remedy.steps[-1]


def test_a_way_that_a_remedy_does_not_know_gives_its_own_first_one() -> None:
    remedy = CHOICES["expired-renew"]
    assert of_way(remedy, "unheard") == of_way(remedy, ways_of((remedy,))[0])


def test_a_remedy_without_a_choice_keeps_all_its_steps() -> None:
    for remedy in REMEDIES:
        if not ways_of((remedy,)):
            assert of_way(remedy, "ca") == remedy.steps


def test_platform_and_way_are_chosen_together() -> None:
    remedy = CHOICES["expired-renew"]
    for platform in platforms_of((remedy,)):
        for step in steps_for(remedy, platform, "certbot"):
            assert step.platform in (ANY, platform)
            assert step.way in (ANY, "certbot")


@pytest.mark.parametrize(
    ("days", "stores", "name", "way"),
    [
        (90, ("mozilla", "system"), "www.example.com", "certbot"),
        (199, ("mozilla", "system"), "www.example.com", "ca"),
        (90, ("ca-file",), "www.example.com", "ca"),
        (90, ("mozilla", "system"), "printer.local", "ca"),
        (90, (), "www.example.com", "certbot"),
    ],
)
def test_the_certificate_tells_how_it_came(days: int, stores: tuple[str, ...], name: str, way: str) -> None:
    pki = f.pki()
    leaf = f.leaf(pki.intermediate, (name,), days=(-10, days - 10))
    chain, anchors = (leaf, pki.intermediate), [pki.root] if stores else []
    seen = f.observation(chain, name, anchors=anchors, anchor_stores=stores)
    assert likely_way(diagnose(seen)) == way
