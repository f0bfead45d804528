"""Bringing in a file: what it is, what would happen row by row, and the copies that show its bad cells."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Final

from eventrec.errors import EventrecError, Rejected, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from eventrec.book import Work
    from eventrec.formats.ical.incoming import EventFile, Window
    from eventrec.formats.ical.replies import ReplyFile
    from eventrec.formats.sheets import CellValue, SheetFile
    from eventrec.formats.vcard_reader import CardFile
    from eventrec.services.imports.outcome import Outcome
    from eventrec.services.imports.wish import Wish

_LOOKED_AT: Final = 64 * 1024


@dataclass(frozen=True)
class Source:
    """A file that was opened: sheets, cards, events, or answers to invitations."""

    path: Path
    sheets: SheetFile | None = None
    cards: CardFile | None = None
    events: EventFile | None = None
    replies: ReplyFile | None = None


def read(path: Path, window: Window | None = None) -> Source:
    """Open a file and find out by its content what it is. Raises EventrecError and Rejected, naming the file.

    A calendar's series are taken apart within the window.
    """
    beginning = _beginning(path)
    with _named(path):
        return _read(path, beginning, window)


def _beginning(path: Path) -> bytes:
    """Return the first octets of a file; a pipe is none, since a file is read more than once."""
    try:
        mode = path.stat().st_mode
        if not (S_ISREG(mode) or S_ISDIR(mode)):
            raise EventrecError(f"{path} is no ordinary file.", "Save what it gives into a file, and name that.")
        with path.open("rb") as file:
            return file.read(_LOOKED_AT)
    except FileNotFoundError as error:
        if str(path) == "-":
            raise EventrecError("Standard input cannot be imported.", "Save it into a file, and name that.") from error
        raise EventrecError(f"There is no file {path}.", "Check its name and folder.") from error
    except IsADirectoryError as error:
        raise EventrecError(f"{path} is a folder.", "Name a file in it.") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise EventrecError(f"{path} cannot be read: {why}.", "Check who may read it.") from error


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let every refusal name the file."""
    try:
        yield
    except Rejected as error:
        if str(path) in error.message:
            raise
        raise Rejected(f"{path}: {error.message}", error.hint) from error


def _read(path: Path, beginning: bytes, window: Window | None) -> Source:
    begins = _plain(beginning)
    named_a_card = path.suffix.lower() in (".vcf", ".vcard") and not begins.startswith(("BEGIN:VCALENDAR", "PK"))
    if named_a_card or begins.startswith("BEGIN:VCARD"):
        from eventrec.formats import vcard_reader

        with path.open("rb") as file:
            return Source(path, cards=vcard_reader.read(file))
    if begins.startswith(("BEGIN:VCALENDAR", "BEGIN:VEVENT")) or path.suffix.lower() in (".ics", ".ical"):
        return _calendar(path, beginning, window)
    from eventrec.formats import mail_reader, sheets

    if mail_reader.is_message(beginning):
        return _mail(path, _content(path, mail_reader.LARGEST), window)
    return Source(path, sheets=sheets.read(path))


def _calendar(path: Path, beginning: bytes, window: Window | None) -> Source:
    from eventrec.formats.ical import reader, replies

    if replies.may_be_reply(beginning):
        content = _content(path, replies.LARGEST)
        if replies.is_reply(content):
            return Source(path, replies=replies.read(content))
    with path.open("rb") as file:
        return Source(path, events=reader.read(file, window))


def _mail(path: Path, content: bytes, window: Window | None) -> Source:
    """Return the answers that a mail brings; without any, the events of the calendars in it."""
    from eventrec.formats import mail_reader
    from eventrec.formats.ical import reader, replies

    found = mail_reader.read(content)
    answers = [
        replies.read(each.content, each.senders, each.sent_at) for each in found if replies.is_reply(each.content)
    ]
    if answers:
        return Source(path, replies=replies.joined(answers))
    return Source(path, events=reader.read(BytesIO(b"\r\n".join(each.content for each in found)), window))


def _plain(beginning: bytes) -> str:
    """Return the beginning of a text file in capitals, whatever its encoding, without blanks before it."""
    text = beginning.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return text[:40].decode("ascii", "replace").upper()


def _content(path: Path, largest: int) -> bytes:
    content = None
    if path.stat().st_size <= largest:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    if content is None or len(content) > largest:
        raise Rejected(f"{path} is larger than {largest // 2**20} MB.", "Split it and import the parts.")
    return content


def settle(work: Work, source: Source, wish: Wish) -> Outcome:
    """Do the import in an open transaction, which the caller keeps or takes back. Raises Rejected, ChoiceNeeded."""
    from eventrec.services.imports import run

    if source.cards is not None:
        if wish.kind not in (None, "contacts", "participants"):
            raise UsageError("Contact cards hold contacts.", "Leave out --as, or say --as participants with --event.")
        return run.cards(work.session, source.cards, wish)
    if source.events is not None:
        if wish.kind not in (None, "events"):
            raise UsageError("A calendar holds events.", "Leave out --as.")
        return run.calendar(work.session, source.events, wish)
    if source.replies is not None:
        if wish.kind is not None or wish.event_id is not None:
            raise UsageError("An answer says itself whose it is and to which event.", "Leave out --as and --event.")
        return run.replies(work.session, source.replies, wish)
    if source.sheets is None:
        raise UsageError("There is nothing to import.", "Name a file.")
    return run.sheets(work.session, source.sheets, wish)


def checked_copy(source: Source, outcome: Outcome) -> bytes:
    """Return the file's sheets as a workbook whose bad cells are coloured and commented; empty where it has none."""
    return _marked(source, outcome, None)


def rest(source: Source, outcome: Outcome) -> bytes:
    """Return what stands above the headings, the headings and the rows with problems, ready to be mended."""
    return _marked(source, outcome, {(each.sheet, each.row) for each in outcome.problems})


def _marked(source: Source, outcome: Outcome, only: set[tuple[str, int]] | None) -> bytes:
    from eventrec.formats.marked_sheet import MarkedSheet, render

    if source.sheets is None:
        return b""
    sheets = []
    for sheet in source.sheets.sheets:
        layout = outcome.layouts.get(sheet.name)
        if layout is None:
            continue
        at = {text: column for column, text in layout.headings.items()}
        rows: list[tuple[CellValue, ...]] = []
        marks: dict[tuple[int, int | None], str] = {}
        notes: dict[int, str] = {}
        told = {each.row: each for each in outcome.results if each.sheet == sheet.name}
        problems: dict[int, list[tuple[int | None, str]]] = {}
        for each in outcome.problems:
            if each.sheet == sheet.name:
                problems.setdefault(each.row, []).append((at.get(each.column), each.message))
        for number, row in enumerate(sheet.rows, 1):
            if only is not None and number > layout.head_row + 1 and (sheet.name, number) not in only:
                continue
            for column, message in problems.get(number, ()):
                place = (len(rows), column)
                marks[place] = f"{marks[place]}\n{message}" if place in marks else message
            if only is None and number in told:
                notes[len(rows)] = f"{told[number].action}: {told[number].text}"
            rows.append(row)
        sheets.append(MarkedSheet(sheet.name, rows, layout.head_row, marks, notes))
    return render(sheets) if sheets else b""


def beside(path: Path, word: str) -> Path:
    """Return where the copy of a file is written: `list-check.xlsx` beside `list.csv`."""
    return path.with_name(f"{path.stem}-{word}.xlsx")


def told(outcome: Outcome, most: int) -> Iterable[str]:
    """Yield the problems as sentences, at most so many."""
    yield from (problem.told(outcome.unit) for problem in outcome.problems[:most])
    if len(outcome.problems) > most:
        yield f"… and {len(outcome.problems) - most} more."
