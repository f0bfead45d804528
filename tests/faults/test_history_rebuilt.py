"""History rebuilt: from the empty book, what the log says leads byte for byte to the exports of today."""

from __future__ import annotations

import shlex
import shutil
from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.faults.leaving import broken_links, leaving, replayed, views

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.demo.make import record
from eventrec.models import Participation
from eventrec.services import attendance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Run
    from tests.faults.conftest import Survived
    from tests.postgres import Server

    from eventrec.views.reader import Reader

FAULT = "history rebuilt from the empty book"

CONTACTS = """\
name,sex,agency,email
ZHAO Min,female,NIA,zhao@example.org
SUN Li,male,MFA,sun@example.org
LI Na,female,NIA,li.na@example.org
"""
PARTICIPANTS = """\
name,sex,agency
WU Fang,female,NIA
QIAN Bo,male,MFA
"""
CARD = """\
BEGIN:VCARD
VERSION:3.0
FN:Maria Example
N:Example;Maria;;;
EMAIL:maria@example.org
ORG:Example Institute
END:VCARD
"""
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.org//Calendar//EN
BEGIN:VEVENT
UID:round-table@example.org
DTSTAMP:20240101T000000Z
DTSTART;VALUE=DATE:20240502
DTEND;VALUE=DATE:20240504
SUMMARY:Round table
LOCATION:Shanghai
SEQUENCE:2
END:VEVENT
END:VCALENDAR
"""
PROPOSAL = """\
[[event]]
title = "Course"
date = "2024-09-02"
participants = 12
[[event.agency]]
name = "Harbour Office"
new = true
role = "organizer"
[[event.visit]]
title = "Harbour"
facilitators = ["Harbour Office"]
[source]
name = "news.txt"
text = "A course was held."
"""
FILES = {
    "proposal.toml": PROPOSAL,
    "contacts.csv": CONTACTS,
    "list.csv": PARTICIPANTS,
    "card.vcf": CARD,
    "calendar.ics": CALENDAR,
}

RECORDS = {
    "affiliation", "agency", "alias", "attendance", "contact", "contact_point", "event", "event_project",
    "event_source", "not_same", "participation", "project", "project_party", "tombstone",
}  # fmt: skip
"""Tables that the commands below fill."""

EVERY_COMMAND = """\
project add "Another project" --code OTHER
agency add "National Immigration Administration" 国家移民管理局 --code NIA --kind government --country CN --side China
agency add "Ministry of Foreign Affairs" --code MFA --kind government --side China --email office@example.org
agency add "European Union" --code EU --side EU
agency add "Example Institute" --code INST --parent EU --alias "Institute of Examples"
agency add "Immigration Admin" --code NIA2
project add "Mobility" --code MMSP --donor EU
project add "Mobility Phase III" --code MMSP-III --parent MMSP --donor EU=60 --implementer INST
contact add "LI Na" 李娜 --sex female --agency NIA --email li@example.org --phone "+86 10 5555 0100" --alias "Anna Li"
contact add "LI Na" --sex female --agency MFA --namesake
contact add "Jean Dupont" --sex male --agency INST --position Officer --manages MMSP-III --email jean@example.org
event add "Workshop on returns" 返回研讨会 --date 2024-10-17..18 --time 09:00-17:00 --city Beijing --contact 3
event edit 1 --project MMSP-III=60 --organizer INST
event add "Conference" --date 2024-11-20 --kind conference --modality hybrid
event add "Planned" --date-note mid-March
visit add 1 "Capital Airport" 首都机场 --date 2024-10-16 --facilitator NIA
participant add 1 1 --agency NIA
participant add 1 3 --role speaker
participant add 1 --agency NIA --women 4 --men 8 --further
participant add 1 --label "other experts" --side EU --count 3 --about
participant add 1 "HE Wei" --agency MFA --sex male --role interpreter
event edit 1 --status held --results "Agreed." --note "For us."
participant edit 1 --status attended
participant edit 1 1 --note "Came late."
participant edit 1 NIA --women 5
participant remove 1 "HE Wei" -y
agency edit NIA "Immigration Service" --from 2025-01-01
agency edit MFA --successor NIA
contact edit 1 --agency MFA --from 2025-01-01
contact edit 3 --no-point jean@example.org --note "Left."
project edit MMSP-III --manager 1 --no-party donor=EU
event postpone 2 --reason "Travel restrictions"
event copy 2 --date 2025-02-20
event cancel 2 -y
event edit 1 --date 2024-10-18..19
visit edit 4 --city Shanghai
event remove 3 -y
undo
redo
undo
contact merge 1 2
undo
contact merge 1 2
agency merge NIA NIA2 --prefer keep
undo 23 --with-later
{as told}
contact duplicates --not-same 3 4
agency duplicates --not-same EU INST
import contacts.csv --as contacts
undo
redo
import list.csv --event 1 --names further
import card.vcf
import calendar.ics
undo --last 2
redo
contact remove "Maria Example" -y
event remove 1 -y
undo
event add --from proposal.toml
event remove Course -y
undo
"""


@pytest.fixture
def book_at(request: pytest.FixtureRequest) -> Callable[[str], Iterator[str]]:
    """Make a new empty book in a file or on a server, as often as asked."""
    numbers = count(1)

    def make(kind: str) -> Iterator[str]:
        if kind == "sqlite":
            folder: Path = request.getfixturevalue("tmp_path")
            path = folder / f"rebuilt-{next(numbers)}.db"
            yield str(shutil.copy(request.getfixturevalue("_sqlite_template"), path))
            path.unlink()
        else:
            server: Server = request.getfixturevalue("postgres")
            name = f"rebuilt_{next(numbers)}"
            yield server.create(name, request.getfixturevalue("_postgresql_template"))
            server.drop(name)

    return make


def rebuilt(reader: Reader, seen: dict[int, dict[str, bytes]] | None = None) -> list[str]:
    """Return in what the book made again differs from the book, now and after the change sets that were `seen`."""
    again = replayed(reader)
    now, then = leaving(reader), leaving(again)
    again.connection.close()
    wrong = [name for name in now if now[name] != then[name]] + broken_links(reader)
    for number, before in (seen or {}).items():
        earlier = replayed(reader, number)
        found = views(earlier)
        earlier.connection.close()
        wrong += [f"{name} after change set {number}" for name in before if before[name] != found[name]]
    return wrong


def opened(address: str) -> Book:
    return Book(Settings(address), now=lambda: datetime(2026, 1, 2, tzinfo=UTC), actor="tester")


def looked_at(address: str) -> tuple[int, dict[str, bytes]]:
    book = opened(address)
    newest = int(book.reader.rows("SELECT coalesce(max(id), 0) FROM change_set")[0][0])
    found = views(book.reader)
    book.close()
    return newest, found


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_demo_is_rebuilt_from_its_history(kind: str, postgres: Server, tmp_path: Path, tally: Survived) -> None:
    address = str(tmp_path / "demo.db") if kind == "sqlite" else postgres.create("demo_rebuilt")
    book = record(address)
    wrong = rebuilt(book.reader)
    book.close()
    if kind == "postgresql":
        postgres.drop("demo_rebuilt")
    assert wrong == []
    tally(FAULT, tries=1, survived=1)


def test_a_book_on_which_every_command_was_used_is_rebuilt(
    address: str, run: Run, tmp_path: Path, tally: Survived, tries: Callable[[int, int], int]
) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    lines = EVERY_COMMAND.splitlines()
    seen: dict[int, Any] = {}
    told = ""
    for at, each in enumerate(lines):
        line = each.replace("{as told}", told)
        result = run("--no-input", *shlex.split(line), address=address)
        assert result.code == 0, f"{line}\n{result.err}"
        told = result.err.rpartition("Do it again: eventrec ")[2].strip()
        if at % tries(30, 1) == 0:
            newest, found = looked_at(address)
            seen[newest] = found
    book = opened(address)
    with book.writing("eventrec import sheet.xlsx --event 1") as work:
        attendance.mark(work.session, work.session.get_one(Participation, 3), date(2024, 10, 18))
    wrong = rebuilt(book.reader, seen)
    tables = {table for (table,) in book.reader.rows("SELECT DISTINCT table_name FROM change")}
    book.close()
    assert wrong == []
    assert tables >= RECORDS
    tally(FAULT, tries=1 + len(seen), survived=1 + len(seen))


LINES = (
    "event add {word} --date {day} --city Beijing",
    "event edit {number} --date {day}",
    "event edit {number} --status held",
    "event edit {number} --note {word} --city Shanghai",
    "event cancel {number} -y",
    "event postpone {number}",
    "event copy {number} --date {day}",
    "event remove {number} -y",
    "visit add {number} {word} --date {day}",
    "agency add {word} --code {word}",
    "agency edit {number} --note {word}",
    "agency edit {number} {word} --from {day}",
    "agency edit {number} --parent {other}",
    "agency remove {number} -y",
    "agency merge {number} {other}",
    "contact add {word} --agency {number} --email {word}@example.org --namesake",
    "contact edit {number} --agency {other} --from {day}",
    "contact edit {number} {word} --correct",
    "contact remove {number} -y",
    "contact merge {number} {other}",
    "contact duplicates --not-same {number} {other}",
    "project add {word} --code P{word}",
    "project edit {number} --donor {other}",
    "event edit {number} --project {other}=50 --contact {number}",
    "participant add {number} {other}",
    "participant add {number} --agency {other} --women 2 --men 3 --further",
    "participant add {number} --label {word} --count 4 --about",
    "participant edit {number} --status attended",
    "participant edit {number} {other} --role speaker",
    "participant remove {number} {other} -y",
    "import contacts.csv --as contacts",
    "undo",
    "undo {number} --with-later",
    "undo {other}",
    "undo --last 2",
    "redo",
    "redo {number} --with-later",
)
_COMMANDS = st.lists(
    st.tuples(
        st.sampled_from(LINES), st.integers(1, 4), st.integers(1, 6), st.sampled_from("ABCDE"), st.integers(1, 9)
    ),
    min_size=4,
    max_size=25,
)
BEGINNING = (
    "agency add First --code FIRST",
    "agency add Second --code SECOND",
    "contact add One --agency FIRST --sex female",
    "contact add Two --sex male",
    "event add Workshop --date 2024-10-17..18",
    "project add Programme --code PROG",
    "participant add 1 1",
)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_book_is_rebuilt_after_any_commands(
    kind: str,
    book_at: Callable[[str], Iterator[str]],
    run: Run,
    tmp_path: Path,
    tally: Survived,
    tries: Callable[[int, int], int],
) -> None:
    (tmp_path / "contacts.csv").write_text(CONTACTS, encoding="utf-8")
    outcomes: list[list[str]] = []

    @settings(max_examples=tries(1, 40))
    @given(_COMMANDS)
    def any_commands(commands: list[tuple[str, int, int, str, int]]) -> None:
        for address in book_at(kind):
            outcomes.append(after_commands(run, address, commands))
            assert outcomes[-1] == []

    any_commands()
    tally(FAULT, tries=len(outcomes), survived=sum(not wrong for wrong in outcomes))


def after_commands(run: Run, address: str, commands: list[tuple[str, int, int, str, int]]) -> list[str]:
    """Run the commands, also those that are refused, and return what is wrong with the history afterwards."""
    seen: dict[int, dict[str, bytes]] = {}
    for line in BEGINNING:
        assert run("--no-input", *shlex.split(line), address=address).code == 0
    for at, (line, number, other, word, day) in enumerate(commands):
        said: dict[str, Any] = {"number": number, "other": other, "word": word, "day": f"2024-10-1{day}"}
        result = run("--no-input", *shlex.split(line.format(**said)), address=address)
        assert result.code in (0, 1, 2, 3, 4, 6), f"{line}\n{result.err}"
        if at % 6 == 0:
            newest, found = looked_at(address)
            seen[newest] = found
    book = opened(address)
    wrong = rebuilt(book.reader, seen)
    book.close()
    return wrong
