"""SQL, placeholders and wild characters in every argument and option of every command."""

from __future__ import annotations

import contextlib
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.cli.conftest import everything, stock
from tests.faults.commands import Place, places

from eventrec import connection
from eventrec.db.check import check
from eventrec.db.engine import engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Run
    from tests.faults.conftest import Survived
    from tests.postgres import Server

TEXTS: Final = (
    "'; DROP TABLE contact; --",
    '" OR "1"="1',
    "' OR 1=1 --",
    "1; DELETE FROM event",
    "' UNION SELECT name, sql, 1, 1 FROM sqlite_master --",
    "%",
    "_",
    "%s %(id)s %%",
    ":name ?1 $1 @x",
    "{} {0} {id!r}",
    "\\",
    "'",
    '"',
    "`",
    "$(touch pwned) && `touch pwned`",
    "a\x00b",
    "\x1b[31mred\x1b]0;owned\x07",
    "abc\u202edef",
    "\udcff",
    "9" * 40,
    "1e400",
    "-1",
    "²",
    "٣",
    "x" * 100_000,
    "字" * 100_000,
    "1-" * 20_000,
    " ",
    "",
)
DOCUMENTED: Final = {0, 1, 2, 3, 4, 5, 6}
COMMANDS: Final = sorted({place.words for place in places()})
ALIVE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Books:
    """Gives a book that is as it was recorded, made anew when a command has changed it."""

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make
        self.address = make()
        self.before: dict[str, Any] = everything(self.address)
        self.schema = schema(self.address)

    def again(self) -> None:
        self.address = self._make()


@pytest.fixture(scope="session")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "stocked.db"
    stock(str(path))
    return path


@pytest.fixture
def in_a_file(_file: Path, tmp_path: Path) -> Books:
    """The small programme of the tests of the command line, in a file."""
    return Books(lambda: str(shutil.copy(_file, tmp_path / "programme.db")))


@pytest.fixture(scope="session")
def _on_server(postgres: Server) -> str:
    stock(postgres.create("hostile_stocked"))
    return "hostile_stocked"


@pytest.fixture
def on_a_server(postgres: Server, _on_server: str) -> Iterator[Books]:
    """The same on a server."""

    def make() -> str:
        postgres.drop("hostile")
        return postgres.create("hostile", _on_server)

    yield Books(make)
    postgres.drop("hostile")


def schema(address: str) -> list[Any]:
    """Return what the database says that it is made of."""
    sql = (
        "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
        if connection.is_postgresql(address)
        else "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
    )
    with contextlib.closing(connection.open_for_reading(address)) as opened:
        return [tuple(row) for row in opened.execute(sql).fetchall()]


def wrong(run: Run, books: Books, place: Place, text: str) -> str:
    """Put a text in a place, and return what is wrong with what came of it; nothing when all is well."""
    line = place.line(text)
    try:
        result = run(*line, address=books.address)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    if result.code not in DOCUMENTED:
        return f"exit {result.code}"
    if result.code and not (result.err or result.out):
        return f"exit {result.code} without a word"
    told = (result.stdout + result.stderr).decode("utf-8", "replace")
    if "Traceback" in told:
        return told
    if not told.startswith("PK") and (found := ALIVE.search(told.replace("\r\n", "\n"))):
        return f"{found[0]!r} is in {told[max(0, found.start() - 60) : found.end() + 60]!r}"
    if schema(books.address) != books.schema:
        return "the schema has changed"
    if everything(books.address) == books.before:
        return ""
    if result.code or not place.changes:
        books.again()
        return f"exit {result.code}, and the book has changed"
    findings = check(engine(books.address))
    books.again()
    return " ".join(findings)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("kind", ["in_a_file", "on_a_server"])
def test_a_hostile_text_is_taken_as_a_text_or_refused_in_words(
    words: tuple[str, ...],
    kind: str,
    request: pytest.FixtureRequest,
    run: Run,
    tries: Callable[[int, int], int],
    tally: Survived,
) -> None:
    few = tries(1, 3 if kind == "in_a_file" else 1)
    if tries(0, 1) == 0 and (kind == "on_a_server" or COMMANDS.index(words) % 15):
        pytest.skip("make faults")
    books = request.getfixturevalue(kind)
    Path("list.csv").write_text("name,email\nInvented Person,invented@example.org\n", encoding="utf-8")
    found, tried = [], 0
    for number, place in enumerate(each for each in places() if each.words == words):
        for at in range(few):
            text = TEXTS[(number + at) % len(TEXTS)]
            tried += 1
            what = wrong(run, books, place, text)
            if what:
                found.append(f"{place} {text[:60]!r}: {what[:2000]}")
    assert not list(Path().rglob("pwned"))
    assert not found, "\n".join(found)
    tally("hostile text in an argument", tries=tried, survived=tried)
