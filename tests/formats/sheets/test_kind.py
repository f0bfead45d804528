from __future__ import annotations

import os
import re
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.formats.sheets.make import archive, compound, old_workbook, rows, workbook

from eventrec.errors import EventrecError, Rejected
from eventrec.formats import sheets

if TYPE_CHECKING:
    from pathlib import Path


def refusal(path: Path) -> str:
    """Return why a file is refused; the sentence must name it and something to do."""
    with pytest.raises(EventrecError) as refused:
        rows(path)
    assert path.name in refused.value.message
    assert refused.value.message.endswith(".")
    assert refused.value.hint.endswith(".")
    return refused.value.message


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "is empty"),
        ("list.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(50), "is a picture"),
        ("list.xlsx", b"%PDF-1.7\n", "is a PDF"),
        ("list.csv", b"\x1f\x8b\x08\x00", "is a compressed file"),
        ("list.xls", b"\x09\x02\x06\x00\x00\x00\x10\x00", "Excel before"),
        ("list.xls", b"<html><table><tr><td>Name", "is a web page"),
        ("list.xls", "<html><table>".encode("utf-16"), "is a web page"),
        ("list.xls", b"MIME-Version: 1.0\nContent-Type: multipart/related", "is a web page"),
        ("list.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "is XML"),
        ("list.csv", bytes(range(32)) * 40, "no text"),
        ("list.xlsx", b"PK\x03\x04" + bytes(40), "is damaged"),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "is damaged"),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "is damaged"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert says in refusal(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "list.csv").startswith("There is no file")


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path).endswith("is a folder.")


@pytest.mark.skipif(os.name == "nt", reason="named pipes are elsewhere there")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.csv")
    assert refusal(tmp_path / "list.csv").endswith("is no ordinary file.")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name\n")
    path.chmod(0)
    assert "cannot be read: Permission denied." in refusal(path)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.write(b"Name\n")
        file.truncate(501 * 2**20)
    assert "larger than 500 MB" in refusal(path)


@pytest.mark.parametrize(
    "streams",
    [
        {"EncryptionInfo": b"", "EncryptedPackage": b""},
        {"Workbook": old_workbook(password=True)},
    ],
)
def test_a_password_is_told(tmp_path: Path, streams: dict[str, bytes]) -> None:
    path = compound(tmp_path / "list.xlsx", streams)
    with pytest.raises(Rejected, match="is protected with a password") as refused:
        sheets.read(path)
    assert refused.value.hint == "Open it in Excel, save it without a password, and import that."


def test_a_locked_open_document_is_told(tmp_path: Path) -> None:
    manifest = b'<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
    path = archive(tmp_path / "list.ods", {"content.xml": b"\x8f\x01", "META-INF/manifest.xml": manifest})
    assert "is protected with a password" in refusal(path)


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    path = compound(tmp_path / "list.xls", {"Workbook": old_workbook()})
    assert rows(path) == [("Name",), (None, 2.5)]
    assert sheets.read(path).kind == "xls"


def test_a_cell_with_the_words_of_a_locked_file_does_not_lock_it(tmp_path: Path) -> None:
    hidden = old_workbook() + "EncryptedPackage WordDocument".encode("utf-16-le")
    assert sheets.read(compound(tmp_path / "list.xls", {"Workbook": hidden})).kind == "xls"


def test_an_old_word_document_is_refused(tmp_path: Path) -> None:
    path = compound(tmp_path / "list.doc", {"1Table": b"", "Data": b"", "ObjectPool": b"", "WordDocument": b""})
    assert "old Word document" in refusal(path)


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"ppt/presentation.xml": b""}, "PowerPoint"),
        ({"photo.jpg": b""}, "an archive without a sheet"),
        ({"content.xml": b"", "mimetype": b"application/vnd.oasis.opendocument.text"}, "without a sheet"),
        ({"Index/Document.iwa": b""}, "Numbers"),
    ],
)
def test_an_archive_of_other_things_is_refused(tmp_path: Path, members: dict[str, bytes], says: str) -> None:
    assert says in refusal(archive(tmp_path / "list.xlsx", members))


@pytest.mark.parametrize("name", ["list.csv", "list.xls", "list.ods", "list"])
def test_a_workbook_under_another_name_is_read_and_told(tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path / "list.xlsx", ("Name", "LI Na")).rename(tmp_path / name)
    assert rows(path) == [("Name", "LI Na")]
    assert sheets.read(path).told == (f"{name} was read as XLSX.",)


def test_a_text_table_named_xls_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_text("Name\tCity\nLI Na\tBeijing\n")
    assert rows(path) == [("Name", "City"), ("LI Na", "Beijing")]
    assert sheets.read(path).told == ("list.xls is a text table, whatever its name says, and was read as one.",)


def test_a_text_table_whose_first_word_begins_like_an_archive_is_a_text_table(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("PK,Name\n1,LI Na\n")
    assert rows(path) == [("PK", "Name"), ("1", "LI Na")]


@pytest.mark.parametrize("size", [201 * 2**20, 8 * 2**20], ids=["too much in all", "packed too tightly"])
def test_a_bomb_is_refused(tmp_path: Path, size: int) -> None:
    path = archive(tmp_path / "list.xlsx", {"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": bytes(size)})
    assert "unpacks to far more" in refusal(path)


def test_a_bomb_that_claims_to_be_small_is_refused(tmp_path: Path) -> None:
    size = 8 * 2**20
    path = archive(tmp_path / "list.xlsx", {"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": bytes(size)})
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 9000)))
    assert "unpacks to far more" in refusal(path)


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "list.xlsx", {"xl/workbook.xml": bytes(70_001)})
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 70_001), struct.pack("<I", 900)))
    assert "xl/workbook.xml is not as large as it says" in refusal(path)


def test_parts_that_overlap_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xl/a.xml", b"first")
        file.writestr("xl/b.xml", b"second")
        file.filelist[1].header_offset = file.filelist[0].header_offset
    assert "its parts overlap" in refusal(path)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_refused(tmp_path: Path, kept: float) -> None:
    path = workbook(tmp_path / "list.xlsx", ("Name",))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert "is damaged" in refusal(path)


def test_a_part_with_wrong_bytes_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", ("Name",))
    content = path.read_bytes()
    path.write_bytes(content[:200] + b"\xff" * 300 + content[500:])
    assert re.search(r"is damaged|is protected", refusal(path))
