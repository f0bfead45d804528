"""Bombs and files of any size: refused in words or harmless, each command in a process that is measured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.faults import bombs
from tests.faults.bombs import ENTITIES, MEGABYTE, NAMES, docx, sheet, table, word_cell, word_row, written, xlsx
from tests.faults.children import Ended, eventrec, harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.conftest import Survived

_CALENDAR: Final = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20240101\r\nSUMMARY:W\r\n"
_END: Final = b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
_CARD: Final = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Invented Person\r\n"
_MAIL: Final = b"From: a@example.org\r\nTo: b@example.org\r\n"
_PART: Final = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
_MEETING: Final = b"1. Summary\nMeeting title\tW\n\n2. Participants\nName\tFirst Join\n"
_SMILE: Final = "\U0001f600".encode()


def _xml() -> Iterator[tuple[str, Callable[[Path], None]]]:
    for name, (before, text) in ENTITIES.items():
        yield f"{name}.xlsx", lambda path, b=before, t=text: xlsx(path, before=b, strings=t)
        cells = word_row(word_cell(text))
        yield f"{name}.docx", lambda path, b=before, c=cells: docx(path, table(word_row(word_cell(b"name")), c), b)


BOMBS: Final[dict[str, Callable[[Path], None]]] = {
    **dict(_xml()),
    "far.xlsx": lambda path: xlsx(
        path, page=sheet(NAMES[0], b'<row r="1048576"><c r="XFD1048576" t="s"><v>1</v></c></row>')
    ),
    "sheets.xlsx": lambda path: xlsx(path, sheets=20_000),
    "spaces.xlsx": lambda path: xlsx(path, strings=b" " * 150 * MEGABYTE),
    "deep.xlsx": lambda path: xlsx(path, page=sheet(b"<a>" * 500_000, b"</a>" * 500_000)),
    "cell.xlsx": lambda path: xlsx(path, strings=b"0123456789abcdef" * 8_000),
    "overlapping.xlsx": bombs.overlapping,
    "lying.xlsx": bombs.lying,
    "nested.zip": lambda path: path.write_bytes(bombs.nested(5)) and None,
    "span.docx": lambda path: docx(
        path, table(word_row(word_cell(b"x", b'<w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>')))
    ),
    "before.docx": lambda path: docx(
        path, table(word_row(word_cell(b"x"), properties=b'<w:trPr><w:gridBefore w:val="2000000000"/></w:trPr>'))
    ),
    "merged.docx": lambda path: docx(
        path, table(word_row(word_cell(b"name")), *[word_row(word_cell(b"x", b"<w:tcPr><w:vMerge/></w:tcPr>"))] * 3000)
    ),
    "deep.docx": lambda path: docx(path, b"<w:sdt><w:sdtContent>" * 20_000 + b"</w:sdtContent></w:sdt>" * 20_000),
    "columns.csv": lambda path: written(path, b"name" + b",x" * 1_000_000 + b"\n", b"A\n", 0, b"A\n"),
    "quote.csv": lambda path: written(path, b'name\n"', b"aaaa\n", 8 * MEGABYTE, b""),
    "numbers.csv": lambda path: written(
        path, b"title,date,days\nW," + b"9" * 5000 + b"," + b"9" * 5000, b"\nX,99999-01-01,1e400", 100, b"\n"
    ),
    "line.ics": lambda path: written(path, _CALENDAR + b"DESCRIPTION:" + _SMILE, b"a", 15 * MEGABYTE, _END),
    "folded.ics": lambda path: written(
        path, _CALENDAR + b"DESCRIPTION:" + _SMILE, b"a" * 70 + b"\r\n ", 15 * MEGABYTE, _END
    ),
    "begins.ics": lambda path: written(path, b"", b"BEGIN:VEVENT\r\n", 2 * MEGABYTE, b""),
    "card.vcf": lambda path: written(path, _CARD + b"NOTE:" + _SMILE, b"a", 49 * MEGABYTE, b"\r\nEND:VCARD\r\n"),
    "folded.vcf": lambda path: written(
        path, _CARD + b"NOTE:" + _SMILE, b"a" * 70 + b"\r\n ", 49 * MEGABYTE, b"\r\nEND:VCARD\r\n"
    ),
    "notes.vcf": lambda path: written(
        path, b"", _CARD + b"NOTE:" + _SMILE + b"a" * 90_000 + b"\r\nEND:VCARD\r\n", 20 * MEGABYTE, b""
    ),
    "parts.eml": lambda path: written(path, _MAIL + _PART, b"--x\r\n" + _PART, 2 * MEGABYTE, b""),
    "report.csv": lambda path: written(path, _MEETING, b"A\t1/1/24, 9:00:00 AM\n", 4 * MEGABYTE, b""),
}
"""What a file is called, and how it is made."""

LARGE: Final[dict[str, tuple[bytes, bytes, bytes]]] = {
    "large.csv": (b"name,email\n", b"a", b"\n"),
    "large.tsv": (b"name\temail\n", b"a", b"\n"),
    "large.ics": (_CALENDAR + b"DESCRIPTION:", b"a", _END),
    "large.vcf": (_CARD + b"NOTE:", b"a", b"\r\nEND:VCARD\r\n"),
    "large.eml": (b"From: a@example.org\r\nTo: b@example.org\r\nSubject: ", b"a", b"\r\n\r\n"),
    "large.txt": (b"name\n", b"\x00", b"\n"),
}
_FEW: Final = ("billion laughs.xlsx", "span.docx", "lying.xlsx")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty book."""
    made = tmp_path_factory.mktemp("bombs")
    assert eventrec("--database", "book.db", "init", folder=made).code == 0
    return made


def imported(folder: Path, name: str, *options: str) -> Ended:
    return eventrec("--database", "book.db", "import", name, "--check", *options, folder=folder)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_words_or_harmless(
    folder: Path, name: str, tries: Callable[[int, int], int], tally: Survived
) -> None:
    if tries(0, 1) == 0 and name not in _FEW:
        pytest.skip("make faults")
    BOMBS[name](folder / name)
    kind = ("--as", "events" if name == "numbers.csv" else "contacts") if name[-4:] in ("xlsx", "docx", ".csv") else ()
    ended = imported(folder, name, *kind)
    (folder / name).unlink()
    wrong = harmless(ended, 0, 1, 2, 4)
    assert not wrong, f"{name}: {wrong}"
    if ended.code == 4 and "have problems" not in ended.err and "has problems" not in ended.err:
        assert name.split(".")[0] in ended.err or "headings" in ended.err, ended.err
    assert "root:" not in ended.out + ended.err
    tally("bomb in a file", tries=1, survived=1)


@pytest.mark.parametrize("name", LARGE)
def test_a_line_of_a_hundred_megabytes_is_refused_or_left_out_and_told(
    folder: Path, name: str, tries: Callable[[int, int], int], tally: Survived
) -> None:
    if tries(0, 1) == 0:
        pytest.skip("make faults")
    before, piece, after = LARGE[name]
    written(folder / name, before, piece, 100 * MEGABYTE, after)
    ended = imported(folder, name)
    (folder / name).unlink()
    wrong = harmless(ended, 0 if name == "large.ics" else 4)
    assert not wrong, f"{name}: {wrong}"
    assert ("left out: line 7" if name == "large.ics" else name) in ended.err
    tally("line of 100 MB", tries=1, survived=1)


def test_a_table_of_a_gigabyte_is_refused(folder: Path, tries: Callable[[int, int], int], tally: Survived) -> None:
    for size in (499, 1024)[: tries(0, 2)]:
        written(folder / "rows.csv", b"name,email\n", b"Invented Person,who@example.org\n", size * MEGABYTE, b"")
        ended = imported(folder, "rows.csv", "--as", "contacts") if size > 500 else _looked_at(folder)
        (folder / "rows.csv").unlink()
        wrong = harmless(ended, 4)
        assert not wrong, f"{size} MB: {wrong}"
        assert "rows.csv" in ended.err or "headings" in ended.err
        tally("table of a gigabyte", tries=1, survived=1)


def _looked_at(folder: Path) -> Ended:
    """Import nearly half a gigabyte as agencies, of which it holds none: every row of it is looked at."""
    return eventrec(
        "--database", "book.db", "import", "rows.csv", "--as", "events", "--check", folder=folder, seconds=300
    )


@pytest.mark.parametrize("command", [("import", "-"), ("import", "/dev/stdin"), ("calendar", "check", "-")])
def test_an_input_that_never_ends_is_refused(folder: Path, command: tuple[str, ...], tally: Survived) -> None:
    endless = "import sys\ntry:\n while 1: sys.stdout.buffer.write(b'BEGIN:VCARD\\r\\n' * 5000)\nexcept OSError: pass"
    with subprocess.Popen(
        [sys.executable, "-IS", "-c", endless], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as typing:
        assert typing.stdout is not None
        ended = eventrec("--database", "book.db", *command, folder=folder, source=typing.stdout)
        typing.kill()
    wrong = harmless(ended, 1)
    assert not wrong, wrong
    tally("input without an end", tries=1, survived=1)


_ELSEWHERE: Final = ("../evil", "/tmp/evil", "..\\evil", "a/../../evil")  # noqa: S108

RESTORED: Final[dict[str, Callable[[Path], None]]] = {
    "deep": lambda path: bombs.backup(path, lines=lambda table: [b"[" * 100_000 + b"\n"] if table == "agency" else []),
    "deep manifest": lambda path: bombs.zipped(path, {"manifest.json": b'{"a":' * 100_000}),
    "no rows": lambda path: bombs.backup(path, lines=lambda table: [b"7\n", b"null\n"] if table == "agency" else []),
    "numbers": lambda path: bombs.backup(
        path, lines=lambda table: [b'{"id":' + b"9" * 5000 + b"}\n"] if table == "agency" else []
    ),
    "one line": lambda path: bombs.backup(
        path, lines=lambda table: [b" " * MEGABYTE] * 400 if table == "agency" else []
    ),
    "large manifest": lambda path: bombs.zipped(path, {"manifest.json": b" " * 400 * MEGABYTE}),
    "slipping": lambda path: bombs.backup(path, lines=lambda _: (), extra=dict.fromkeys(_ELSEWHERE, b"evil")),
    "nested": lambda path: path.write_bytes(bombs.nested(5)) and None,
    "overlapping": bombs.overlapping,
}


@pytest.mark.parametrize("name", RESTORED)
@pytest.mark.parametrize("command", ["restore", "verify"])
def test_a_backup_that_is_a_bomb_is_refused(
    folder: Path, name: str, command: str, tries: Callable[[int, int], int], tally: Survived
) -> None:
    from tests.faults.commands import COMMANDS

    if ("db", command) not in COMMANDS or (tries(0, 1) == 0 and name != "deep"):
        pytest.skip("make faults")
    RESTORED[name](folder / "evil.eventrec.zip")
    above = {path.name for path in folder.parent.iterdir()}
    ended = eventrec("--database", "new.db", "db", command, "evil.eventrec.zip", folder=folder)
    wrong = harmless(ended, 1, 4, *((0,) if name == "slipping" else ()))
    assert not wrong, f"{name}: {wrong}"
    assert {path.name for path in folder.parent.iterdir()} == above
    assert not list(folder.rglob("evil"))
    assert not Path("/tmp/evil").exists()  # noqa: S108
    for path in folder.glob("new.db*"):
        path.unlink()
    tally("bomb in a backup", tries=1, survived=1)
