from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import text
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.errors import Conflict, EventrecError, Rejected, ServerLost, StoppedAfterSaving, TakenBack
from eventrec.repeating import TRIES, repeated
from eventrec.services import agency, event

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Run


class Busy:
    """Work that is taken back so many times before it is done."""

    def __init__(self, times: int, error: Exception | None = None) -> None:
        self.left = times
        self.done = 0
        self.error = error or TakenBack("Somebody was faster.", "Repeat the command.")

    def __call__(self) -> str:
        self.done += 1
        if self.left:
            self.left -= 1
            raise self.error
        return "saved"


def test_work_that_was_taken_back_is_done_again_after_growing_pauses() -> None:
    pauses: list[float] = []
    work = Busy(TRIES - 1)
    assert repeated(work, pause=pauses.append, chance=lambda: 0.5) == "saved"
    assert pauses == [0.05, 0.1, 0.2, 0.4, 0.8]


def test_the_pauses_are_of_chance() -> None:
    low, high = [], []  # type: ignore[var-annotated]
    repeated(Busy(1), pause=low.append, chance=lambda: 0.0)
    repeated(Busy(1), pause=high.append, chance=lambda: 1.0)
    assert (low, high) == ([0.025], [pytest.approx(0.075)])


def test_after_the_last_try_the_conflict_is_told_and_nobody_above_tries_again() -> None:
    work = Busy(99)
    with pytest.raises(Conflict, match="Somebody was faster") as told:
        repeated(lambda: repeated(work, pause=lambda _: None), pause=lambda _: None)
    assert (work.done, type(told.value)) == (TRIES, Conflict)


@pytest.mark.parametrize("error", [Rejected("No."), ServerLost("Lost."), Conflict("Read."), KeyboardInterrupt()])
def test_nothing_else_is_done_again(error: Exception) -> None:
    work = Busy(1, error)
    with pytest.raises(type(error)):
        repeated(work, pause=lambda _: None)
    assert work.done == 1


def test_the_chance_of_the_book_lies_between_0_and_1() -> None:
    assert all(0 <= Book(Settings("x")).chance() <= 1 for _ in range(100))


def states(error: BaseException | None) -> list[str]:
    """Return the SQLSTATEs behind an error."""
    found = []
    while error is not None:
        found += [str(each) for each in (getattr(error, "sqlstate", None),) if each]
        error = error.__cause__ or getattr(error, "orig", None)
    return found


class Noting:
    """Does work, and notes the SQLSTATE of what took it back."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.work, self.seen = work, []  # type: ignore[var-annotated]

    def __call__(self) -> None:
        try:
            self.work()
        except TakenBack as error:
            self.seen.append(states(error)[0])
            raise


@pytest.fixture
def anna(postgresql_address: str) -> Book:
    book = Book(Settings(postgresql_address), actor="Anna")
    with book.writing("the beginning") as work:
        for code in ("A", "B"):
            make.agency(work.session, code)
        make.event(work.session)
    return book


def test_an_update_that_was_overtaken_is_done_again(anna: Book) -> None:
    ben, overtaken = Book(anna.settings, actor="Ben"), []  # type: ignore[var-annotated]

    def work() -> None:
        with anna.writing("hers") as opened:
            opened.reader.events()
            if not overtaken:
                overtaken.append(True)
                with ben.writing("his") as other:
                    event.edit(other.session, 1, {"kind": "training"})
            event.edit(opened.session, 1, {"note": "hers"})

    noting = Noting(work)
    anna.repeated(noting)
    assert noting.seen == ["40001"]
    row = anna.reader.event(1)
    assert (row["kind"], row["note"], row["version"]) == ("training", "hers", 3)
    assert [each["actor"] for each in anna.reader.history(2)] == ["Anna", "Ben"]
    anna.close()


def test_a_conflict_that_only_commit_finds_is_done_again(anna: Book) -> None:
    """Each looks at both rows and changes one, as when two put each other's agency above their own."""
    ben, met = Book(anna.settings, actor="Ben"), []  # type: ignore[var-annotated]

    def work() -> None:
        with anna.writing("hers") as opened:
            opened.reader.rows("SELECT sum(version) FROM agency")
            agency.edit(opened.session, 1, {"side": "China"})
            if not met:
                met.append(True)
                with ben.writing("his") as other:
                    other.reader.rows("SELECT sum(version) FROM agency")
                    agency.edit(other.session, 2, {"side": "EU"})

    noting = Noting(work)
    anna.repeated(noting)
    assert noting.seen == ["40001"]
    assert [anna.reader.agency(number)["side"] for number in (1, 2)] == ["China", "EU"]
    anna.close()


def test_a_deadlock_is_done_again(anna: Book) -> None:
    both = threading.Barrier(2, timeout=30)

    def swap(first: int, second: int) -> Callable[[], None]:
        turns = []  # type: ignore[var-annotated]

        def work() -> None:
            with Book(anna.settings, actor=f"person {first}").writing("a deadlock") as opened:
                opened.session.execute(text("SET LOCAL deadlock_timeout = '50ms'"))
                for number in (first, second):
                    opened.session.execute(text(f"UPDATE agency SET version = version + 1 WHERE id = {number}"))
                    if not turns:
                        both.wait()
                        turns.append(True)

        return work

    working = [Noting(swap(1, 2)), Noting(swap(2, 1))]
    threads = [threading.Thread(target=anna.repeated, args=(each,)) for each in working]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert "40P01" in [state for each in working for state in each.seen]
    assert [anna.reader.agency(number)["version"] for number in (1, 2)] == [3, 3]
    anna.close()


def test_a_command_that_was_overtaken_runs_again_and_speaks_once(
    anna: Book, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, overtaken = event.edit, []  # type: ignore[var-annotated]

    def edit(*arguments: Any, **options: Any) -> Any:
        if not overtaken:
            overtaken.append(True)
            with Book(anna.settings, actor="Ben").writing("his") as other:
                original(other.session, 1, {"kind": "training"})
        return original(*arguments, **options)

    monkeypatch.setattr(event, "edit", edit)
    done = run("event", "edit", "Work", "--note", "hers", address=anna.settings.database)
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines()[0].startswith("“Work” is event 1, ")
    assert done.err.count("was changed") == 1
    row = anna.reader.event(1)
    assert (row["kind"], row["note"]) == ("training", "hers")
    anna.close()


def test_a_command_that_is_always_overtaken_gives_up(anna: Book, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    original, times = event.edit, []  # type: ignore[var-annotated]

    def edit(*arguments: Any, **options: Any) -> Any:
        times.append(True)
        with Book(anna.settings, actor="Ben").writing("his") as other:
            original(other.session, 1, {"note": f"his {len(times)}"})
        return original(*arguments, **options)

    monkeypatch.setattr(event, "edit", edit)
    monkeypatch.setattr("eventrec.repeating._FIRST_PAUSE", 0.0)
    done = run("event", "edit", 1, "--note", "hers", address=anna.settings.database)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "eventrec: Somebody else changed the same records at the same moment; nothing was saved.\n"
        "  Repeat the command.\n"
    )
    assert len(times) == TRIES


def passed_over(book: Book) -> None:
    with book.writing("a test") as work:
        make.event(work.session)
        with pytest.raises(psycopg.errors.UndefinedTable):
            work.reader.rows("SELECT 1 FROM nowhere")


def test_an_error_that_is_passed_over_is_not_taken_for_saved(postgresql_address: str) -> None:
    """The server would answer COMMIT with ROLLBACK, and no error."""
    book = Book(Settings(postgresql_address), actor="tester")
    with pytest.raises(RuntimeError, match="a statement failed"):
        passed_over(book)
    assert len(book.reader.events()) == 0
    book.close()


def stop() -> None:
    raise KeyboardInterrupt


def stopped_at_work(book: Book) -> None:
    with book.writing("a test") as work:
        make.event(work.session)
        stop()


def test_stopping_before_it_is_saved_saves_nothing(book: Book) -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped_at_work(book)
    assert len(book.reader.events()) == 0


def full(book: Book) -> None:
    with book.writing("a test") as work:
        work.session.execute(text("PRAGMA cache_size = 1"))
        work.session.execute(text("PRAGMA max_page_count = 1"))
        work.session.begin_nested()
        for _ in range(500):
            make.event(work.session)


def test_a_disk_that_is_full_is_told_and_not_that_sqlite_took_everything_back(sqlite_address: str) -> None:
    book = Book(Settings(sqlite_address), actor="tester")
    with pytest.raises(EventrecError, match=r"The disk is full; nothing was saved\."):
        full(book)
    assert len(book.reader.events()) == 0
    book.close()


def test_stopping_when_it_was_saved_is_told_so(address: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventrec.cli.context.App._tell_all", lambda *_: stop())
    done = run("event", "add", "Workshop", address=address)
    assert (done.code, done.out) == (130, "")
    assert done.err == "eventrec: Stopped, but everything was saved already.\n  Take it back: eventrec undo\n"
    monkeypatch.undo()
    assert StoppedAfterSaving().exit_code == 130


def test_a_ctrl_c_during_commit_is_looked_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database may have carried out what Python was stopped in."""
    from sqlalchemy.orm import Session

    commit = Session.commit

    def saved_and_stopped(session: Session) -> None:
        commit(session)
        stop()

    book = Book(Settings(address), actor="tester")
    with monkeypatch.context() as patch:
        patch.setattr(Session, "commit", saved_and_stopped)
        with book.writing("a test") as work:
            make.event(work.session)
    assert work.warnings == ["Saving was interrupted. The database was asked again: it is saved (change set 1)."]
    with monkeypatch.context() as patch:
        patch.setattr(Session, "commit", lambda _: stop())
        with pytest.raises(KeyboardInterrupt), book.writing("a test") as work:
            make.event(work.session)
    assert len(book.reader.events()) == 1
    book.close()
