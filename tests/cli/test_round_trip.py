from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Run

OPTIONS = ((), ("--attendees",), ("--lang", "en"), ("--lang", "zh"), ("--utc",), ("--name", "Ours"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Path:
    """The demo's book."""
    return Path(shutil.copy(demo_file, tmp_path_factory.mktemp("demo") / "eventrec.db"))


@pytest.fixture(params=["file", "server"])
def copy(request: pytest.FixtureRequest, run: Run, tmp_path: Path) -> Iterator[str]:
    """The address of an empty book, made by `init`."""
    if request.param == "server":
        yield str(request.getfixturevalue("postgresql_address"))
        return
    assert run("init", address=str(tmp_path / "copy.db")).code == 0
    yield str(tmp_path / "copy.db")


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_the_demo_goes_into_an_empty_book_and_comes_out_the_same(
    run: Run, demo: Path, copy: str, tmp_path: Path, options: tuple[str, ...]
) -> None:
    assert run("export", "calendar", "-o", "all.ics", *options, address=str(demo)).code == 0
    result = run("import", "all.ics", address=copy)
    assert (result.code, result.out) == (0, "")
    assert run("export", "calendar", "-o", "copy.ics", *options, address=copy).code == 0
    assert (tmp_path / "copy.ics").read_bytes() == (tmp_path / "all.ics").read_bytes()
    again = run("import", "all.ics", "--check", address=copy)
    assert again.code == 0
    assert "0 new, 0 updated" in again.err


def test_people_of_another_calendar_come_in_only_when_wished(run: Run, copy: str, tmp_path: Path) -> None:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//EN", "BEGIN:VEVENT", "UID:1@host",
        "DTSTAMP:20250101T000000Z", "DTSTART;VALUE=DATE:20250301", "SUMMARY:Meeting",
        "ATTENDEE;CN=Jane Doe;PARTSTAT=ACCEPTED:mailto:jane@example.org", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    (tmp_path / "other.ics").write_bytes("\r\n".join(lines).encode())
    assert "import again with --with-people" in run("import", "other.ics", address=copy).err
    assert "Jane" not in run("contact", "list", address=copy).out
    assert "1 updated" in run("import", "other.ics", "--with-people", address=copy).err
    assert "Jane Doe" in run("contact", "list", address=copy).out
