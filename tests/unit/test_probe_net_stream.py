"""The bounded stream ends every operation: at its deadline, at its size, or when cancelled."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from certwizard.domain.observation import FailureReason
from certwizard.probe.cancel import CancelToken
from certwizard.probe.stream import BoundedStream, StepFailed

LONG = 30.0


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_a_silent_peer_ends_in_a_timeout(pair: tuple[socket.socket, socket.socket]) -> None:
    with BoundedStream(pair[0], 0.05, CancelToken()) as stream, pytest.raises(StepFailed) as failed:
        stream.receive()
    assert failed.value.failure.reason is FailureReason.TIMEOUT


def test_a_peer_that_drips_cannot_go_past_the_deadline(pair: tuple[socket.socket, socket.socket]) -> None:
    over = threading.Event()

    def drip() -> None:
        while not over.wait(0.005):
            pair[1].send(b"x")

    dripping = threading.Thread(target=drip)
    dripping.start()
    started = time.monotonic()
    with BoundedStream(pair[0], 0.2, CancelToken()) as stream, pytest.raises(StepFailed) as failed:
        stream.receive_line(limit=1_000_000)
    took = time.monotonic() - started
    over.set()
    dripping.join()
    assert failed.value.failure.reason is FailureReason.TIMEOUT
    assert took < 2


def test_a_peer_that_floods_cannot_go_past_the_limit_of_a_line(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    pair[1].sendall(b"x" * 5000)
    with BoundedStream(pair[0], LONG, CancelToken()) as stream, pytest.raises(StepFailed) as failed:
        stream.receive_line(limit=100)
    assert failed.value.failure.reason is FailureReason.TOO_LARGE


def test_cancelling_ends_a_wait_at_once(pair: tuple[socket.socket, socket.socket]) -> None:
    cancel = CancelToken()
    threading.Timer(0.05, cancel.cancel).start()
    started = time.monotonic()
    with BoundedStream(pair[0], LONG, cancel) as stream, pytest.raises(StepFailed) as failed:
        stream.receive()
    assert failed.value.failure.reason is FailureReason.CANCELLED
    assert time.monotonic() - started < 2


def test_sending_to_a_peer_that_does_not_read_ends_in_a_timeout(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    with BoundedStream(pair[0], 0.1, CancelToken()) as stream, pytest.raises(StepFailed) as failed:
        stream.send(bytes(50_000_000))
    assert failed.value.failure.reason is FailureReason.TIMEOUT


def test_lines_come_one_by_one_whatever_the_packets(pair: tuple[socket.socket, socket.socket]) -> None:
    pair[1].sendall(b"one\r\ntwo\nthree\r\n")
    with BoundedStream(pair[0], LONG, CancelToken()) as stream:
        assert [stream.receive_line() for _ in range(3)] == [b"one", b"two", b"three"]


def test_what_came_ahead_of_its_turn_can_be_dropped(pair: tuple[socket.socket, socket.socket]) -> None:
    pair[1].sendall(b"220 go ahead\r\ninjected\r\n")
    with BoundedStream(pair[0], LONG, CancelToken()) as stream:
        stream.receive_line()
        assert stream.discard_pending() == b"injected\r\n"
        pair[1].sendall(b"tls")
        assert stream.receive_exactly(3) == b"tls"


def test_a_peer_that_closes_in_the_middle_is_told_as_such(pair: tuple[socket.socket, socket.socket]) -> None:
    pair[1].sendall(b"ab")
    pair[1].shutdown(socket.SHUT_WR)
    with BoundedStream(pair[0], LONG, CancelToken()) as stream, pytest.raises(StepFailed) as failed:
        stream.receive_exactly(3)
    assert failed.value.failure.reason is FailureReason.RESET


def test_each_step_has_a_deadline_of_its_own(pair: tuple[socket.socket, socket.socket]) -> None:
    with BoundedStream(pair[0], LONG, CancelToken()) as stream:
        stream.begin_step(0.01)
        with pytest.raises(StepFailed):
            stream.receive()
        stream.begin_step()
        pair[1].sendall(b"x")
        assert stream.receive() == b"x"
