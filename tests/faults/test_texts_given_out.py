"""Line breaks, markup, formulas and terminal escapes in every text of a book, in everything that leaves it."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.cli.conftest import stock
from tests.faults.commands import CHANGING, Place, places
from tests.faults.sampling import one_in
from tests.faults.spoiled import spoil
from tests.workbooks import cells

from eventrec.formats.csv import unguard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Result, Run
    from tests.faults.conftest import Survived

_ALIVE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""In a pipe a table for scripts holds what the records hold, but for what acts on a terminal."""

_FORMULA: Final = re.compile("[=+\\-@\t\r＝＋－＠]")
_SPLIT: Final = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Where Python, the most generous of readers, sees a new line."""

_NAME: Final = re.compile(r"(?:item\d+\.)?(?:[A-Z0-9-]+|X-AB[A-Za-z]+)")
_TAGS: Final = {"html", "meta", "title", "style", "h1", "p", "table", "tr", "th", "td", "a"}
_HEADERS: Final = {
    "x-unsent", "x-mailer", "from", "to", "subject", "mime-version", "content-type", "content-transfer-encoding",
    "content-disposition",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _sometimes(request: pytest.FixtureRequest, tries: Callable[[int, int], int]) -> None:
    one_in(5, request, tries)


@pytest.fixture(scope="module")
def spoiled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("evil") / "evil.db"
    stock(str(path))
    assert spoil(str(path)) > 35
    return path


@pytest.fixture
def evil(spoiled_file: Path, run: Run, tmp_path: Path) -> Callable[..., Result]:
    """Run a command on the book whose every text is hostile."""
    address = str(shutil.copy(spoiled_file, tmp_path / "evil.db"))

    def call(*words: object) -> Result:
        result = run(*words, address=address)
        assert result.code == 0, result.err
        return result

    return call


def content_lines(content: bytes) -> list[str]:
    """Return the lines of a calendar or card without folds, split wherever any reader may split."""
    lines: list[str] = []
    for line in _SPLIT.split(content.decode()):
        if line.startswith((" ", "\t")) and lines:
            lines[-1] += line[1:]
        elif line:
            lines.append(line)
    return lines


def names(content: bytes) -> set[str]:
    return {re.split("[:;]", line, maxsplit=1)[0] for line in content_lines(content)}


def whole(content: bytes, component: str, number: int) -> None:
    """Look that a file holds so many components, and nothing that somebody slipped in."""
    found = names(content)
    strange = [name for name in found if "EVIL" in name or not _NAME.fullmatch(name)]
    assert not strange, strange
    lines = content_lines(content)
    assert lines.count(f"BEGIN:{component}") == lines.count(f"END:{component}") == number
    assert "BEGIN:VALARM" not in lines
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)


@pytest.mark.parametrize("options", [(), ("--utc",), ("--attendees",), ("--lang", "en"), ("--for", "outlook")])
def test_no_text_adds_a_line_to_a_calendar(
    evil: Callable[..., Result], options: tuple[str, ...], tally: Survived
) -> None:
    evil("export", "calendar", "-o", "a.ics", *options)
    whole(Path("a.ics").read_bytes(), "VEVENT", 2)
    for what, number in (("--split", 2), ("--vdir", 2), ("--feeds", 3)):
        evil("export", "calendar", what, f"folder{what}", *options)
        files = sorted(Path(f"folder{what}").glob("*.ics"))
        assert len(files) >= number
        for file in files:
            whole(file.read_bytes(), "VEVENT", file.read_bytes().count(b"\r\nBEGIN:VEVENT\r\n"))
            assert re.fullmatch(r"[a-z0-9.-]+", file.name)
    tally("line break in a calendar", tries=4, survived=4)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize(("what", "number"), [("contacts", 2), ("agencies", 3)])
def test_no_text_adds_a_line_to_a_card(
    evil: Callable[..., Result], version: str, what: str, number: int, tally: Survived
) -> None:
    evil("export", what, "--vcard", version, "-o", "a.vcf")
    whole(Path("a.vcf").read_bytes(), "VCARD", number)
    evil("export", what, "--vcard", version, "--split", "cards")
    assert len(list(Path("cards").glob("*.vcf"))) == number
    tally("line break in a card", tries=1, survived=1)


def test_no_text_adds_a_field_to_a_message(evil: Callable[..., Result], tally: Survived) -> None:
    evil("export", "invitation", "1", "--to", "1", "--organizer", "office@example.org", "-o", "mail")
    files = sorted(Path("mail").glob("*.eml"))
    assert [re.fullmatch(r"event-1-contact-1(-[a-z0-9-]+)?\.eml", file.name) is not None for file in files] == [True]
    for file in files:
        content = file.read_bytes()
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert not message.defects
        for part in message.walk():
            assert {name.lower() for name in part.keys()} <= _HEADERS  # noqa: SIM118 (a message is no dict)
            if part.get_content_type() == "text/calendar":
                whole(part.get_payload(decode=True), "VEVENT", 1)  # type: ignore[arg-type]
        assert [part.get_content_type() for part in message.walk()] == [
            "multipart/mixed", "multipart/alternative", "text/plain", "text/calendar", "application/ics",
        ]  # fmt: skip
        assert message["to"].addresses[0].addr_spec == "azaitsev@iom.int"
        assert len(message["to"].addresses) == 1
    tally("line break in a message", tries=len(files), survived=len(files))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_no_text_adds_a_tag_to_the_page(evil: Callable[..., Result], tally: Survived) -> None:
    evil("export", "calendar", "--feeds", "public")
    page = Path("public/index.html").read_text(encoding="utf-8")
    tags = _Tags()
    tags.feed(page)
    assert "script" in page
    assert tags.found <= _TAGS
    assert not [name for name in tags.attributes if name.startswith("on")]
    assert not _ALIVE.search(page.replace("\n", ""))
    tally("markup in a page", tries=1, survived=1)


SHEETS: Final = ("events", "participants", "contacts", "agencies")


@pytest.mark.parametrize("what", SHEETS)
def test_no_text_is_a_formula_and_all_come_back_equal(evil: Callable[..., Result], what: str, tally: Survived) -> None:
    evil("export", what, "-f", "csv", "-o", "plain.csv")
    evil("export", what, "-f", "csv", "--for-excel", "-o", "excel.csv")
    evil("export", what, "-o", "sheet.xlsx")
    plain = list(csv.reader(io.StringIO(Path("plain.csv").read_text(encoding="utf-8"), newline="")))
    excel = list(csv.reader(io.StringIO(Path("excel.csv").read_bytes().decode("utf-8-sig"), newline="")))
    (sheet,) = cells(Path("sheet.xlsx").read_bytes()).values()
    texts = [cell for row in excel[1:] for cell in row if not re.fullmatch(r"[-+]?[0-9.]+", cell)]
    assert any("cmd|" in text for text in texts)
    assert not [text for text in texts if _FORMULA.match(text)]
    assert [[unguard(cell) for cell in row] for row in excel] == plain
    in_sheet = [cell for row in sheet for cell in row if isinstance(cell, str)]
    assert {cell for row in plain for cell in row if "cmd|" in cell} == {cell for cell in in_sheet if "cmd|" in cell}
    assert not list(formulas(Path("sheet.xlsx").read_bytes()))
    tally("formula in a sheet", tries=3, survived=3)


@pytest.mark.parametrize(
    "words",
    [
        ("export", "participants", "--event", "1", "-o", "list.xlsx"),
        ("export", "sign-in", "1", "-o", "list.xlsx"),
        ("template", "participants", "--filled", "-o", "list.xlsx"),
        ("template", "contacts", "--filled", "-o", "list.xlsx"),
        ("template", "events", "--filled", "-o", "list.xlsx"),
        ("report", "participants", "--by", "agency", "-o", "list.xlsx"),
        ("report", "events", "-o", "list.xlsx"),
        ("event", "list", "-o", "list.xlsx"),
    ],
    ids=" ".join,
)
def test_no_workbook_holds_a_formula_of_ours_or_theirs(
    evil: Callable[..., Result], words: tuple[str, ...], tally: Survived
) -> None:
    evil(*words)
    content = Path("list.xlsx").read_bytes()
    assert cells(content)
    assert [formula for formula in formulas(content) if "cmd" in formula or "evil" in formula] == []
    tally("formula in a sheet", tries=1, survived=1)


def formulas(content: bytes) -> Iterator[str]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                yield from re.findall(r"<f[ >].*?</f>", archive.read(name).decode())


READING: Final = sorted({place.words for place in places() if place.words[-1] not in CHANGING and len(place.words) > 1})
_NOT_ON_A_SCREEN: Final = ("db", "export", "template", "calendar", "eventrec")


@pytest.mark.parametrize("form", ["table", "tsv", "markdown"])
def test_no_text_reaches_a_screen_alive(run: Run, spoiled_file: Path, form: str, tally: Survived) -> None:
    tried = 0
    for place in {each.words: each for each in places() if each.words in READING}.values():
        if place.words[0] in _NOT_ON_A_SCREEN:
            continue
        result = run(*_line(place, form), address=str(spoiled_file))
        told = result.out + result.err
        assert result.code in (0, 1), told
        assert "Traceback" not in told
        found = (_CONTROL if form == "tsv" else _ALIVE).search(told)
        assert not found, f"{place}: {found and told[max(0, found.start() - 50) : found.end() + 20]!r}"
        tried += 1
    assert tried > 15
    tally("terminal escape on a screen", tries=tried, survived=tried)


def _line(place: Place, form: str) -> list[str]:
    words = [*place.words]
    from tests.faults.commands import command

    if any("--format" in each.opts for each in command(place.words).params):
        words += ["--format", form]
    given = {"participants": ["--by", "agency"], "search": ["cmd"], "duplicates": []}.get(place.words[-1], [])
    if place.words[-1] == "search":
        return [*words, "cmd"]
    if place.words[-1] == "show":
        number = {"visit": ["2"], "participant": ["1"]}.get(place.words[0], ["1"])
        return [*words, *number]
    return [*words, *given]


def test_errors_and_questions_show_what_is_hidden(run: Run, spoiled_file: Path, tally: Survived) -> None:
    lines = (
        ("contact", "show", "cm"),
        ("event", "show", "\x1b[31m\u202enone"),
        ("agency", "add", "x", "--code", "NIA"),
        ("contact", "edit", "1", "--email", "a\u202e@b"),
        ("event", "remove", "1"),
        ("agency", "edit", "NIA", "New name"),
        ("project", "show", "\x07"),
        ("contact", "remove", "1"),
        ("import", "\x1b[31m.xlsx"),
        ("db", "restore", "\x1b[31m\u202e.zip"),
        ("--database", "\x1b[31m.db", "event", "list"),
        ("--color", "\x1b[31m", "status"),
        ("event", "list", "--kind", "\x1b[31m"),
        ("event", "edit", "1", "--days", "\x1b[31m"),
        ("\x1b[31m",),
        ("event", "\x1b[31m"),
        ("event", "list", "--\x1b[31m"),
    )
    for words in lines:
        result = run(*words, address=str(spoiled_file))
        assert result.code in (1, 2, 3, 4, 5, 6), words
        assert not _ALIVE.search(result.err.replace("\n", "")), result.err
        assert not _ALIVE.search(result.out.replace("\n", "")), result.out
    tally("terminal escape on a screen", tries=len(lines), survived=len(lines))


def test_the_shell_is_offered_nothing_that_acts_on_it(spoiled_file: Path) -> None:
    from eventrec.cli.completion import references

    for noun in ("event", "visit", "agency", "project", "contact"):
        found = references(noun, "", str(spoiled_file))
        assert found
        assert all(re.fullmatch(r"[A-Za-z0-9./_-]+", each) for each in found)
