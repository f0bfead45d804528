from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from eventrec.db.uninterrupted import uninterrupted

if TYPE_CHECKING:
    from collections.abc import Iterator

STOPPING = [signal.SIGINT, signal.SIGTERM]


@pytest.fixture(params=STOPPING, ids=lambda number: number.name)
def heard(request: pytest.FixtureRequest) -> Iterator[signal.Signals]:
    """A signal that ends the program as Ctrl-C does."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in STOPPING}
    yield request.param
    for number, handler in before.items():
        signal.signal(number, handler)


class Work:
    """A block that is asked to stop so many times."""

    def __init__(self, heard: signal.Signals, times: int) -> None:
        self.heard, self.times, self.ended = heard, times, False

    def __call__(self) -> None:
        with uninterrupted():
            for _ in range(self.times):
                signal.raise_signal(self.heard)
            self.ended = True


def test_a_request_to_stop_waits_for_the_end_of_the_block(heard: signal.Signals) -> None:
    work = Work(heard, 1)
    with pytest.raises(KeyboardInterrupt):
        work()
    assert work.ended
    assert signal.getsignal(heard) is signal.default_int_handler


def test_a_second_request_does_not_wait(heard: signal.Signals) -> None:
    work = Work(heard, 2)
    with pytest.raises(KeyboardInterrupt):
        work()
    assert not work.ended


@pytest.mark.usefixtures("heard")
def test_a_signal_that_nobody_handles_is_left_alone() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with uninterrupted():
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
