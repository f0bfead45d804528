from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from tests.faults.books import fill
from tests.faults.running import Commands
from tests.faults.tally import PROPERTY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Survived(Protocol):
    def __call__(self, fault: str, *, tries: int, survived: int, lost: int = 0) -> None: ...


@pytest.fixture
def tries(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often a fault is tried: `tries(few, many)` is few in `make test`, and many in `make faults`."""
    full = request.config.getoption("--faults") == "full"
    return lambda few, many: many if full else few


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Survived:
    """Note what came of a fault for the table, and fail when anything did not survive or was lost."""

    def note(fault: str, *, tries: int, survived: int, lost: int = 0) -> None:
        request.node.user_properties.append((PROPERTY, (fault, tries, survived, lost)))
        assert (survived, lost) == (tries, 0), f"{fault}: {survived} of {tries} survived, {lost} lost"

    return note


@pytest.fixture(scope="session")
def commands() -> Iterator[Commands]:
    """Runs command lines in processes of their own, quickly."""
    opened = Commands()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in a file with an invented programme, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "book.db"
    fill(str(path))
    return path
