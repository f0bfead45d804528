"""The connection is lost around COMMIT: the book says the truth, and nothing is lost or there twice."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from tests.faults.proxy import Cut, Proxy
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.errors import OutcomeUnknown, ServerLost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Run
    from tests.faults.conftest import Survived
    from tests.postgres import Server


@pytest.fixture
def proxy(postgres: Server) -> Iterator[Proxy]:
    folder = Path(tempfile.mkdtemp(prefix="eventrec-"))
    with Proxy(folder, postgres.home) as opened:
        yield opened
    shutil.rmtree(folder)


@pytest.fixture
def far(proxy: Proxy, postgresql_address: str) -> str:
    """The address of a new book behind the proxy."""
    return proxy.address(unquote(urlsplit(postgresql_address).path[1:]))


def add(address: str, name: str) -> list[str]:
    """Add an event, and return the warnings; a pause is only a word."""
    book = Book(Settings(address), actor="tester", pause=lambda _: None)
    with book.writing("a test") as work:
        make.event(work.session, name)
    return work.warnings


def there(address: str) -> list[str]:
    book = Book(Settings(address))
    try:
        return sorted(str(row["title_en"]) for row in book.reader.events().flat(keep=True))
    finally:
        book.close()


def attempt(address: str, name: str) -> bool:
    """Try to add an event, and return whether the book says that it is saved."""
    try:
        warnings = add(address, name)
    except ServerLost as error:
        if "nothing was saved" not in error.message:
            raise
        return False
    return not warnings or "it is saved" in warnings[0]


@pytest.mark.parametrize("cut", [Cut.AFTER, Cut.BEFORE, Cut.AT_ONCE, Cut.LATE, Cut.IN_WORK])
def test_the_book_says_the_truth_of_a_lost_commit(
    cut: Cut, proxy: Proxy, far: str, postgresql_address: str, tries: Callable[[int, int], int], tally: Survived
) -> None:
    number, said = tries(3, 100), []
    for at in range(number):
        proxy.cut = cut
        if attempt(far, f"Event {at:03}"):
            said.append(f"Event {at:03}")
    found = there(postgresql_address)
    assert proxy.cuts == number
    if cut is not Cut.AT_ONCE:
        assert len(found) == (number if cut in (Cut.AFTER, Cut.LATE) else 0)
    lost = len(set(said) ^ set(found)) + len(found) - len(set(found))
    tally(f"connection cut {cut.value}", tries=number, survived=number - lost, lost=lost)


def test_a_server_that_comes_back_late_is_asked_until_it_does(proxy: Proxy, far: str, postgresql_address: str) -> None:
    proxy.cut, proxy.refuse = Cut.NEVER, 0
    add(far, "First")
    proxy.cut = Cut.AFTER
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        proxy.refuse = 0 if len(pauses) == 4 else -1

    book = Book(Settings(far), actor="tester", pause=pause)
    with book.writing("a test") as work:
        make.event(work.session, "Second")
        proxy.refuse = -1
    assert work.warnings == ["Saving was interrupted. The database was asked again: it is saved (change set 2)."]
    assert there(postgresql_address) == ["First", "Second"]
    assert pauses == sorted(pauses)
    assert len(pauses) == 4


def test_a_server_that_stays_away_leaves_it_unknown_and_says_so(
    proxy: Proxy, far: str, postgresql_address: str
) -> None:
    pauses: list[float] = []
    book = Book(Settings(far), actor="tester", pause=pauses.append)
    proxy.cut = Cut.AFTER

    def save() -> None:
        with book.writing("a test") as work:
            make.event(work.session, "Event")
            proxy.refuse = -1

    with pytest.raises(OutcomeUnknown) as told:
        save()
    assert told.value.exit_code == 5
    assert 20 < sum(pauses) < 60
    opened = Book(Settings(postgresql_address))
    (row,) = opened.reader.history()
    opened.close()
    assert str(row["uid"]) in told.value.hint


def test_a_commit_that_saves_nothing_needs_no_answer(proxy: Proxy, far: str) -> None:
    proxy.cut = Cut.BEFORE
    with Book(Settings(far), actor="tester").writing("a test") as work:
        work.reader.events()
    assert (proxy.cuts, work.warnings) == (1, [])


def test_a_command_goes_on_when_its_lost_commit_was_carried_out(proxy: Proxy, far: str, run: Run) -> None:
    proxy.cut = Cut.AFTER
    done = run("event", "add", "Workshop", address=far)
    assert (done.code, done.out) == (0, "")
    assert "it is saved (change set 1)." in done.err
    assert "Event 1 was added" in done.err


def test_a_command_is_not_repeated_when_its_commit_was_lost(proxy: Proxy, far: str, run: Run) -> None:
    proxy.cut = Cut.BEFORE
    done = run("event", "add", "Workshop", address=far)
    assert done.code == 5
    assert "It was asked again: nothing was saved." in done.err
    assert proxy.cuts == 1
    assert there(far) == []
