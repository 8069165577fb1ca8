"""Why a TCP connection does not come about is told apart by the system's number."""

import errno
import os

import pytest

from certwizard.domain.observation import FailureReason
from certwizard.probe.cancel import CancelToken
from certwizard.probe.connect import connect
from certwizard.probe.stream import StepFailed, failure_of
from tests.unit.probe_net_servers import closed_port, server, silent


def test_a_port_where_nothing_listens_is_refused() -> None:
    with pytest.raises(StepFailed) as failed:
        connect("127.0.0.1", closed_port(), timeout=5, cancel=CancelToken())
    assert failed.value.failure.reason is FailureReason.REFUSED


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_both_families_connect(address: str) -> None:
    with server(silent, address=address) as port:
        connect(address, port, timeout=5, cancel=CancelToken()).close()


def test_a_cancelled_probe_connects_no_more() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with server(silent) as port, pytest.raises(StepFailed) as failed:
        connect("127.0.0.1", port, timeout=5, cancel=cancel)
    assert failed.value.failure.reason is FailureReason.CANCELLED


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ECONNREFUSED, FailureReason.REFUSED),
        (errno.ETIMEDOUT, FailureReason.TIMEOUT),
        (errno.ECONNRESET, FailureReason.RESET),
        (errno.EPIPE, FailureReason.RESET),
        (errno.EHOSTUNREACH, FailureReason.UNREACHABLE),
        (errno.ENETUNREACH, FailureReason.UNREACHABLE),
        (errno.EACCES, FailureReason.UNREACHABLE),
    ],
)
def test_the_number_of_the_error_decides(number: int, reason: FailureReason) -> None:
    failure = failure_of(OSError(number, "words in some language"))
    assert failure.reason is reason
    assert failure.detail == os.strerror(number)
