"""Everything that a command writes: for its owner only, not through a link or into a pipe, never over theirs."""

from __future__ import annotations

import os
import re
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.cli.conftest import stock
from tests.faults.sampling import one_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Result, Run
    from tests.faults.conftest import Survived

WRITING: Final = {
    "list": ("event", "list", "-o", "out/list.csv"),
    "list as xlsx": ("contact", "list", "-o", "out/list.xlsx"),
    "log": ("log", "-o", "out/log.json"),
    "agenda": ("agenda", "--since", "2000", "-o", "out/agenda.md"),
    "search": ("search", "returns", "-o", "out/found.csv"),
    "report": ("report", "participants", "-o", "out/report.xlsx"),
    "check": ("check", "-o", "out/check.csv"),
    "calendar": ("export", "calendar", "-o", "out/a.ics"),
    "cards": ("export", "contacts", "-o", "out/a.vcf"),
    "participants": ("export", "participants", "--event", "1", "-o", "out/a.xlsx"),
    "sign-in": ("export", "sign-in", "1", "-o", "out/sheet.xlsx"),
    "sign-in for Word": ("export", "sign-in", "1", "-o", "out/sheet.docx"),
    "template": ("template", "contacts", "--filled", "-o", "out/template.xlsx"),
    "backup": ("db", "backup", "out/copy.db"),
    "archive": ("db", "backup", "out/copy.eventrec.zip"),
    "everything": ("export", "all", "-o", "out/all"),
    "split": ("export", "calendar", "--split", "out/split"),
    "vdir": ("export", "calendar", "--vdir", "out/vdir"),
    "feeds with names": ("export", "calendar", "--attendees", "--feeds", "out/feeds"),
    "split cards": ("export", "contacts", "--split", "out/cards"),
    "invitations": ("export", "invitation", "1", "--to", "1", "--organizer", "o@example.org", "-o", "out/mail"),
    "checked copy": ("import", "out/list.csv", "--as", "contacts", "--check"),
}
ONE_FILE: Final = [name for name, words in WRITING.items() if Path(words[-1]).suffix and words[0] != "import"]


@pytest.fixture(autouse=True)
def _sometimes(request: pytest.FixtureRequest, tries: Callable[[int, int], int]) -> None:
    one_in(7, request, tries)


@pytest.fixture(scope="module")
def _book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("books") / "stocked.db"
    stock(str(path))
    return path


@pytest.fixture
def here(_book: Path, run: Run, tmp_path: Path) -> Iterator[Callable[..., Result]]:
    """Run a command with a umask of 000 on the small programme, beside a folder `out` that is there."""
    shutil.copy(_book, tmp_path / "programme.db")
    (tmp_path / "programme.db").chmod(0o600)
    mask = os.umask(0)
    Path("out").mkdir(mode=0o700)
    yield lambda *words: run(*words, address=str(tmp_path / "programme.db"))
    os.umask(mask)


def others_may(folder: Path) -> list[str]:
    """Return what in a folder anybody but the owner may do anything with."""
    return [str(path) for path in folder.rglob("*") if stat.S_IMODE(path.lstat().st_mode) & 0o077]


@pytest.mark.parametrize("what", WRITING)
def test_what_is_written_is_for_its_owner_only(
    here: Callable[..., Result], what: str, tmp_path: Path, tally: Survived
) -> None:
    if what == "checked copy":
        Path("out/list.csv").write_text("name,email\nInvented Person,none@\n", encoding="utf-8")
        Path("out/list.csv").chmod(0o600)
    result = here(*WRITING[what])
    assert result.code in (0, 1, 4), result.err
    assert len(list(Path("out").iterdir())) > (what == "checked copy"), result.err
    assert others_may(tmp_path) == []
    tally("file for others to read", tries=1, survived=1)


def test_a_new_book_and_its_neighbours_are_for_their_owner_only(
    run: Run, here: Callable[..., Result], tmp_path: Path, tally: Survived
) -> None:
    assert here("--database", "book.db", "init").code == 0
    assert run("--database", "book.db", "event", "add", "W").code == 0
    assert run("agency", "add", "Invented", "--code", "INV").code == 0  # makes the default book
    assert others_may(tmp_path) == []
    tally("file for others to read", tries=3, survived=3)


def test_feeds_are_for_everybody_to_read_and_nobody_to_write(here: Callable[..., Result], tally: Survived) -> None:
    assert here("export", "calendar", "--feeds", "out/public").code == 0
    modes = {stat.S_IMODE(path.stat().st_mode) for path in Path("out/public").iterdir() if path.name[0] != "."}
    assert (modes, stat.S_IMODE(Path("out/public").stat().st_mode)) == ({0o644}, 0o755)
    assert stat.S_IMODE(Path("out/public/.eventrec.json").stat().st_mode) == 0o600
    tally("file for others to write", tries=1, survived=1)


@pytest.mark.parametrize("what", ONE_FILE)
def test_a_link_and_a_file_of_somebody_else_stay_as_they_are(
    here: Callable[..., Result], what: str, tally: Survived
) -> None:
    *words, output = WRITING[what]
    path, theirs = Path(output), Path("theirs")
    theirs.write_bytes(b"theirs")
    for target in ("../theirs", "nowhere", "../folder"):
        path.symlink_to(target)
        result = here(*words, output)
        assert result.code == 1, result.err
        assert "--force" in result.err
        assert (path.is_symlink(), theirs.read_bytes()) == (True, b"theirs")
        path.unlink()
    path.hardlink_to(theirs)
    assert here(*words, output).code == 1
    assert here(*words, output, "--force").code in (0, 1)
    assert (theirs.read_bytes(), path.read_bytes() != b"theirs") == (b"theirs", True)
    path.unlink()
    path.symlink_to("../theirs")
    assert here(*words, output, "--force").code in (0, 1)
    assert (path.is_symlink(), theirs.read_bytes()) == (False, b"theirs")
    assert [each.name for each in Path("out").iterdir() if each.name.endswith(".tmp")] == []
    tally("link in the place of a file", tries=6, survived=6)


@pytest.mark.parametrize("what", [name for name in ONE_FILE if WRITING[name][0] != "db"])
def test_a_pipe_is_no_file(here: Callable[..., Result], what: str, tally: Survived) -> None:
    *words, output = WRITING[what]
    os.mkfifo(output)
    for further in ((), ("--force",)):
        result = here(*words, output, *further)
        assert (result.code, "is a pipe or a device, not a file" in result.err) == (1, True), result.err
    assert stat.S_ISFIFO(Path(output).lstat().st_mode)
    tally("pipe in the place of a file", tries=2, survived=2)


@pytest.mark.parametrize("option", ["--split", "--vdir", "--feeds"])
def test_a_file_in_a_folder_that_is_a_link_stays(here: Callable[..., Result], option: str, tally: Survived) -> None:
    assert here("export", "calendar", option, "out/first").code == 0
    Path("theirs").write_bytes(b"theirs")
    Path("out/second").mkdir()
    for file in Path("out/first").glob("*.ics"):
        (Path("out/second") / file.name).symlink_to("../../theirs")
    assert here("export", "calendar", option, "out/second").code == 1
    assert Path("theirs").read_bytes() == b"theirs"
    assert here("export", "calendar", option, "out/second", "--force").code == 0
    assert Path("theirs").read_bytes() == b"theirs"
    assert not [path for path in Path("out/second").iterdir() if path.is_symlink()]
    tally("link in the place of a file", tries=2, survived=2)


@pytest.mark.parametrize("name", ["../evil", "a/b", "CON", "nul", "evil.", "a\tb", "字" * 60, "%2e%2e", "~root", "-rf"])
def test_a_name_of_a_record_is_never_a_path(
    here: Callable[..., Result], name: str, tmp_path: Path, tally: Survived
) -> None:
    before = {path.name for path in tmp_path.parent.iterdir()}
    here("contact", "add", "--email", "who@example.org", "--", name)
    here("agency", "edit", "NIA", "--correct", "-y", "--", name)
    here("event", "edit", "1", "--", name)
    here("participant", "add", "1", name, "--further")
    for what in ("everything", "split", "vdir", "feeds with names", "split cards"):
        assert here(*WRITING[what]).code == 0
    here("export", "invitation", "1", "--all-participants", "--organizer", "o@example.org", "-o", "out/mail")
    here("export", "calendar", "--name", name, "--split", "out/named")
    assert {path.name for path in tmp_path.parent.iterdir()} == before
    written = [path for path in Path("out").rglob("*") if path.is_file()]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", path.name) for path in written)
    assert {len(path.relative_to("out").parts) for path in written} == {2}
    there = {path.name for path in tmp_path.iterdir()}
    assert there <= {"out", "state", *(f"programme.db{ending}" for ending in ("", "-wal", "-shm"))}
    tally("name that leads elsewhere", tries=1, survived=1)
