"""The options the program was started with hold for practice targets and for targets typed later."""

from datetime import UTC, datetime

import pytest

from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target_parsing import parse_target
from certwizard.lab.lab import Lab
from certwizard.probe.cancel import CancelToken
from certwizard.wizard.practice import Practice
from certwizard.wizard.subject import ask_probe

THEN = datetime(2040, 1, 1, tzinfo=UTC)


def test_practice_honours_the_users_options_and_keeps_the_labs_roots() -> None:
    own = ProbeOptions(at=THEN, offline=True, timeout=1.5, ca_files=("mine.pem",), crl_files=("mine.crl",))
    with Lab() as lab:
        _, options = Practice(lab, own).subject("healthy").find()
        assert options.ca_files == (lab.ca_file, "mine.pem")
    assert (options.at, options.offline, options.timeout, options.crl_files) == (
        THEN,
        True,
        1.5,
        ("mine.crl",),
    )


def test_practice_keeps_the_wait_of_a_scenario_where_the_user_named_none() -> None:
    with Lab() as lab:
        _, options = Practice(lab, ProbeOptions()).subject("timeout").find()
        assert options.timeout == lab.open("timeout").options.timeout


@pytest.mark.parametrize(("without", "proxy"), [("", "http://127.0.0.1:9"), ("example.test", None)])
def test_a_target_typed_later_goes_through_the_proxy_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, without: str, proxy: str | None
) -> None:
    used: list[str | None] = []

    def probe(target: object, options: ProbeOptions, **_: object) -> Observation | None:
        used.append(options.proxy)
        return None

    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", without)
    monkeypatch.setattr("certwizard.probe.run.probe", probe)
    target = parse_target("example.test:443", is_file=lambda _: False)
    ask_probe(target, ProbeOptions(), lambda _: None, CancelToken())
    assert [each and each.rstrip("/") for each in used] == [proxy]
