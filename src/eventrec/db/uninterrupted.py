"""A Ctrl-C or a SIGTERM that waits: in the middle of COMMIT nobody could say whether it came too late."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_STOPPING: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let a first request to stop wait until the block has ended; a second one breaks it off: a server may be silent.

    A SIGTERM that ends the process at once, as it does in somebody else's program, is left to do so.
    """
    waiting = [number for number in _STOPPING if callable(signal.getsignal(number))]
    if threading.current_thread() is not threading.main_thread() or not waiting:
        yield
        return
    before = {number: signal.getsignal(number) for number in waiting}
    pressed = False

    def wait(_number: int, _frame: object) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True

    for number in waiting:
        signal.signal(number, wait)
    try:
        yield
    finally:
        for number in waiting:
            signal.signal(number, before[number])
    if pressed:
        raise KeyboardInterrupt
