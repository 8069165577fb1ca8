"""From hosts to addresses: bounded, deduplicated, and without DNS where there is nothing to ask."""

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from certwizard.domain.observation import AddressSource, FailureReason, Resolution
from certwizard.probe.cancel import CancelToken
from certwizard.probe.resolve import ADDRESS_LIMIT, resolve


def ask(
    host: str, family: int | None = None, timeout: float = 5.0, cancel: CancelToken | None = None
) -> Resolution:
    return resolve(host, family=family, timeout=timeout, cancel=cancel or CancelToken())


@pytest.fixture
def no_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the resolver was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def answers(monkeypatch: pytest.MonkeyPatch, answer: Callable[[], list[Any]]) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer())


def row(address: str) -> tuple[Any, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return (family, socket.SOCK_STREAM, 6, "", (address, 0))


@pytest.mark.usefixtures("no_resolver")
@pytest.mark.parametrize("host", ["localhost", "expired.localhost"])
def test_names_of_this_machine_are_not_asked_of_the_dns(host: str) -> None:
    assert ask(host).addresses == ("127.0.0.1", "::1")
    assert ask(host, family=4).addresses == ("127.0.0.1",)
    assert ask(host, family=6).addresses == ("::1",)


@pytest.mark.usefixtures("no_resolver")
@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_an_address_is_its_own_answer(address: str) -> None:
    found = ask(address)
    assert (found.addresses, found.source) == ((address,), AddressSource.LITERAL)


@pytest.mark.usefixtures("no_resolver")
def test_an_address_of_the_other_family_is_a_failure_in_words() -> None:
    failure = ask("2001:db8::1", family=4).failure
    assert failure is not None
    assert (failure.reason, failure.detail) == (FailureReason.DNS, "no IPv4 address; it is IPv6")


def test_a_name_that_does_not_exist_keeps_the_code_of_the_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    answers(monkeypatch, missing)
    failure = ask("missing.example").failure
    assert failure is not None
    assert failure.reason is FailureReason.DNS
    assert failure.detail == "EAI_NONAME: Name or service not known"


def test_repeated_addresses_count_once_and_many_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [row(f"192.0.2.{number}") for number in range(1, 60)]
    answers(monkeypatch, lambda: [row("192.0.2.1"), *many])
    found = ask("many.example").addresses
    assert len(found) == ADDRESS_LIMIT
    assert found[:2] == ("192.0.2.1", "192.0.2.2")


def test_a_resolver_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def hang() -> list[Any]:
        over.wait(10)
        return []

    answers(monkeypatch, hang)
    started = time.monotonic()
    failure = ask("slow.example", timeout=0.1).failure
    assert time.monotonic() - started < 2
    over.set()
    assert failure is not None
    assert failure.reason is FailureReason.DNS
    assert "within 0.1 s" in failure.detail


def test_cancelling_does_not_wait_for_the_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    over, cancel = threading.Event(), CancelToken()

    def hang() -> list[Any]:
        cancel.cancel()
        over.wait(10)
        return []

    answers(monkeypatch, hang)
    failure = ask("slow.example", timeout=60, cancel=cancel).failure
    over.set()
    assert failure is not None
    assert failure.reason is FailureReason.CANCELLED


@pytest.mark.parametrize("host", ["a" * 80 + ".example", "..", "x\x00y"])
def test_a_name_no_resolver_takes_is_a_failure_and_no_exception(host: str) -> None:
    failure = ask(host).failure
    assert failure is not None
    assert failure.reason is FailureReason.DNS
