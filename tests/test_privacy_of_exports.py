"""Which personal data each export and report carries by default, column by column; nothing more may slip in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.canaries import CANARIES, ON_THE_LIST, PEOPLE, found_in, plant

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.upgrade import create
from eventrec.demo import make
from eventrec.exports.sheets import summary

if TYPE_CHECKING:
    from tests.conftest import Run


def of(*people: str, columns: str) -> set[str]:
    return {f"{who}: {column.strip()}" for who in people for column in columns.split(",")}


EVERYTHING: Final = {f"{each.who}: {each.column}" for each in CANARIES}
NOBODY: Final[set[str]] = set()
WHOM_TO_ASK: Final = of("asked", columns="name, email")
CARD: Final = (
    "name, family, given, honorific, category, note, position, unit, label, email, phone, wechat, url, address"
)
CONTACT_SHEET: Final = CARD.replace(", label", "") + ", alias"
ROW: Final = "name, honorific, email, position on the day, note on the day"

EXPORTS: Final[dict[str, set[str]]] = {
    "export calendar -o out.ics": WHOM_TO_ASK,
    "export calendar --lang en --for outlook -o out.ics": WHOM_TO_ASK,
    "export calendar --feeds out": WHOM_TO_ASK,
    "export calendar --vdir out": WHOM_TO_ASK,
    "export calendar --split out": WHOM_TO_ASK,
    "export calendar --attendees -o out.ics": WHOM_TO_ASK | of(*ON_THE_LIST, columns="name, email"),
    "export calendar --attendees --feeds out": WHOM_TO_ASK | of(*ON_THE_LIST, columns="name, email"),
    "export contacts -o out.vcf": of(*PEOPLE, columns=CARD),
    "export contacts --vcard 4.0 --split out": of(*PEOPLE, columns=CARD),
    "export contacts -o out.csv": of(*PEOPLE, columns=CONTACT_SHEET),
    "export contacts -o out.xlsx": of(*PEOPLE, columns=CONTACT_SHEET),
    "export agencies -o out.csv": {"agency: note"},
    "export agencies -o out.vcf": {"agency: note"},
    "export events -o out.csv": WHOM_TO_ASK | {"event: note"},
    "export events -o out.xlsx": WHOM_TO_ASK | {"event: note"},
    "export participants -o out.csv": of(*ON_THE_LIST, columns=ROW),
    "export participants -o out.xlsx": of(*ON_THE_LIST, columns=ROW),
    "export participants --event 1 -o out.xlsx": of("attended", columns="name, position on the day"),
    "export invitation 1 --to 2 --organizer o@example.org -o out": WHOM_TO_ASK | of("attended", columns="name, email"),
    "export invitation 1 --all-participants -o out": WHOM_TO_ASK | of("attended", columns="name, email"),
    "export sign-in 1 -o out.xlsx": of("attended", columns="name, position on the day"),
    "export sign-in 1 -o out.docx": of("attended", columns="name, position on the day"),
    "export all -o out": of(*PEOPLE, columns=f"{CARD}, alias")
    | of(*ON_THE_LIST, columns=ROW)
    | {"event: note", "agency: note", "project: note"},
}
OTHERS: Final[dict[str, set[str]]] = {
    **{
        f"report {report} {words}-o out.{ending}": NOBODY
        for report, words in (
            ("participants", ""),
            ("participants", "--by event --by agency --by sex --expected "),
            ("participants", "--by role --roles organizer "),
            ("events", ""),
        )
        for ending in ("csv", "json", "xlsx", "md")
    },
    **{
        f"report contacts -o out.{ending}": of(*PEOPLE, columns="name, honorific, position, email, phone")
        for ending in ("csv", "json", "xlsx", "md")
    },
    **{f"template {what} -o out.xlsx": NOBODY for what in ("events", "contacts", "agencies", "participants")},
    "template participants --event 1 -o out.xlsx": NOBODY,
    "agenda --since 2020-01-01 -o out.csv": of("asked", columns="name"),
    "agenda --since 2020-01-01 -o out.md": NOBODY,
    "event list -o out.md": NOBODY,
}


@pytest.fixture(scope="module")
def _planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("canaries") / "canaries.db"
    create(str(path))
    book = Book(Settings(str(path)))
    plant(book)
    book.close()
    return path


@pytest.fixture
def address(_planted: Path, tmp_path: Path) -> str:
    """A book full of canaries."""
    return str(shutil.copy(_planted, tmp_path / "events.db"))


def test_every_canary_is_in_the_book(address: str) -> None:
    files = [Path(address), Path(f"{address}-wal")]
    content = b"".join(path.read_bytes() for path in files if path.exists()).decode("utf-8", "replace").lower()
    assert [each for each in CANARIES if each.word not in content] == []


@pytest.mark.parametrize("command", [*EXPORTS, *OTHERS])
def test_a_file_carries_these_personal_data_and_no_other(command: str, address: str, run: Run) -> None:
    result = run(*command.split(), address=address)
    expected = {**EXPORTS, **OTHERS}[command]
    assert result.code == 0, result.err
    (written,) = Path().glob("out*")
    said = b"" if "invitation" in command else result.stderr  # which names those who get no message
    assert found_in(written, result.stdout, said) == expected


@pytest.mark.parametrize("command", EXPORTS)
def test_a_note_of_an_export_names_exactly_the_people_in_its_bytes(command: str, address: str, run: Run) -> None:
    uids = {row["id"]: row["uid"] for row in json.loads(run("contact", "list", "-f", "json", address=address).out)}
    assert run(*command.split(), "--given-to", "x", "--purpose", "y", address=address).code == 0
    (written,) = Path().glob("out*")
    names = {word.partition(":")[0] for word in found_in(written)} & set(PEOPLE)
    files = [path.name for path in written.iterdir()] if written.is_dir() else []
    under_a_uid = {number for number, uid in uids.items() if any(uid in name for name in files)}
    note = json.loads(run("privacy", "disclosures", "-f", "json", address=address).out)[0]
    assert set(note["contact_ids"]) == {PEOPLE.index(who) + 1 for who in names} | under_a_uid
    assert note["people"] == len(note["contact_ids"])


def test_the_managers_summary_names_nobody(address: str) -> None:
    book = Book(Settings(address))
    content = summary(book.reader, "2025-04-01")
    book.close()
    assert b"MONEY" in content
    assert found_in(content) == NOBODY


def test_the_demos_calendar_and_summary_name_nobody_but_whom_to_ask(tmp_path: Path) -> None:
    made = make.make(tmp_path / "demo")
    book = Book(Settings(str(made.database)))
    people = [(row["id"], [*dict(row["name"]).values(), row["email"]]) for row in book.reader.contacts()]  # type: ignore[call-overload]
    asked = {row["contact_id"] for row in book.reader.events()}
    book.close()
    files = {path.name: path.read_text(encoding="utf-8") for path in made.written if path.suffix in (".ics", ".md")}
    assert set(files) == {"calendar.ics", "summary.md"}
    for name, text in files.items():
        allowed = asked if name == "calendar.ics" else set()
        named = {number for number, words in people if any(word and str(word) in text for word in words)}
        assert named <= allowed
