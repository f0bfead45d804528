from __future__ import annotations

import contextlib
import os
import struct
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.formats.release.make import CHINESE, PAGE, TEXT, archive
from tests.formats.sheets.make import compound

from eventrec.errors import Rejected, UsageError
from eventrec.formats import release

if TYPE_CHECKING:
    from pathlib import Path


def refusal(content: bytes, name: str = "release.txt") -> Rejected:
    """Return the refusal of a content; it must name the file and something to do."""
    with pytest.raises(Rejected) as refused:
        release.read_bytes(content, name)
    assert refused.value.exit_code == 4
    assert refused.value.message.startswith("Standard input" if name == "-" else name)
    assert refused.value.message.endswith(".")
    assert refused.value.hint
    return refused.value


def test_a_text_file_is_read_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    path.write_text(TEXT)
    found = release.read(path)
    assert (found.text, found.name, found.told, found.published, found.url) == (TEXT, "release.txt", (), None, None)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (CHINESE.encode(), ()),
        (CHINESE.encode("utf-8-sig"), ()),
        (CHINESE.encode("utf-16"), ("release.txt was read as UTF-16.",)),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), ("release.txt was read as UTF-16.",)),
        (CHINESE.encode("gb18030"), ("release.txt was read as GB18030.",)),
        (b"\x84\x31\x95\x33" + CHINESE.encode("gb18030"), ("release.txt was read as GB18030.",)),
    ],
)
def test_the_encoding_is_found_and_told(content: bytes, told: tuple[str, ...]) -> None:
    found = release.read_bytes(content, "folder/release.txt")
    assert (found.text, found.told) == (CHINESE, told)


def test_standard_input_is_read_like_a_file() -> None:
    found = release.read_bytes(CHINESE.encode("gb18030"), "-")
    assert (found.text, found.name, found.told) == (CHINESE, "-", ("Standard input was read as GB18030.",))


def test_ends_of_lines_are_line_feeds() -> None:
    assert release.read_bytes(b"One line.\r\nAnother.\rA third.\n", "a.txt").text == "One line.\nAnother.\nA third.\n"


@pytest.mark.parametrize("content", [b"", b" \r\n\t", "\u3000\ufeff—…\n".encode()])
def test_what_holds_no_text_is_refused(content: bytes) -> None:
    assert refusal(content).message == "release.txt holds no text."
    assert refusal(content, "-").message == "Standard input holds no text."


@pytest.mark.parametrize(
    ("content", "says", "todo"),
    [
        (b"%PDF-1.7\n", "is a PDF", "pipe it in"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "is a picture", "pipe it in"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "is a picture", "pipe it in"),
        (b"BM\x36\x00\x00\x00" + bytes(50), "is a picture", "pipe it in"),
        (bytes(4) + b"ftypheic" + bytes(50), "is a picture or a recording", "pipe it in"),
        (b"\x7fELF\x02\x01\x01" + bytes(50), "is a program", "eventrec draft FILE"),
        (bytes(range(32)) * 40, "is no text", "eventrec draft FILE"),
        (b"{\\rtf1\\ansi Text}", "is an RTF text", ".docx"),
        (b"\x1f\x8b\x08\x00", "is a packed file", "Unpack"),
        (b"PK\x03\x04" + bytes(40), "is damaged", "again"),
        (archive({"a.txt": b"x"}), "is an archive", "Unpack"),
        (archive({"xl/workbook.xml": b"<x/>"}), "is a workbook", "eventrec draft FILE"),
        (archive({"ppt/slides.xml": b"<x/>"}), "is a PowerPoint", "pipe it in"),
        (archive({"content.xml": b"<x/>"}), "is an OpenDocument file", ".docx"),
        (archive({"word/document.xml": b"<x/>"}), "is no Word document that can be read", "again"),
        (archive({"word/document.xml": bytes(60 * 2**20)}), "unpacks to far more", "pipe it in"),
        (CHINESE.encode("utf-16") + b"x", "begins as UTF-16", "pipe it in"),
        ("2024年10月17日，示例機構在示例市舉辦樣品管理培訓班。".encode("big5"), "neither UTF-8", "Save it as UTF-8"),
        (b"a" * (21 * 2**20), "larger than 20 MB", "alone"),
        (b"Word " * 500_000, "larger than 500,000 characters", "alone"),
    ],
)
def test_what_is_no_release_is_refused_in_words(content: bytes, says: str, todo: str) -> None:
    refused = refusal(content)
    assert says in refused.message
    assert todo in refused.hint


@pytest.mark.parametrize(
    ("stream", "says", "todo"),
    [
        ("WordDocument", "is a Word document of the old kind (.doc)", ".docx"),
        ("EncryptedPackage", "is protected with a password", "without a password"),
        ("__properties_version1.0", "is a message in Outlook's own form", ".eml"),
        ("Contents", "is no text", "pipe it in"),
    ],
)
def test_old_and_locked_office_files_say_what_to_do(tmp_path: Path, stream: str, says: str, todo: str) -> None:
    refused = refusal(compound(tmp_path / "x", {stream: bytes(5000)}).read_bytes())
    assert says in refused.message
    assert todo in refused.hint


def test_a_damaged_office_file_is_refused() -> None:
    assert "is no text" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20)).message


def test_a_locked_archive_is_refused() -> None:
    locked = bytearray(archive({"word/document.xml": b"<x/>"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", locked, locked.index(mark) + flags, 1)
    refused = refusal(bytes(locked))
    assert "is protected with a password" in refused.message
    assert "Word" in refused.hint


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match=r"There is no file .*gone\.txt\."):
        release.read(tmp_path / "gone.txt")


def test_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="is a folder"):
        release.read(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="named pipes are elsewhere there")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "release.txt")
    with pytest.raises(Rejected, match="is no ordinary file"):
        release.read(tmp_path / "release.txt")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    path.write_text(TEXT)
    path.chmod(0)
    with pytest.raises(Rejected, match="cannot be read: Permission denied"):
        release.read(path)


def test_what_a_file_is_its_content_says() -> None:
    assert release.read_bytes(PAGE.encode(), "release.txt").url == "https://example.org/news/1"
    assert release.read_bytes(TEXT.encode(), "release.html").text == TEXT
    assert release.read_bytes(b"MZ and BM are letters of a text.", "a.txt").text.startswith("MZ")


@pytest.mark.parametrize(
    ("name", "content", "extra"),
    [("a.html", PAGE.encode(), "draft"), ("a.docx", archive({"word/document.xml": b"<x/>"}), "docx")],
)
def test_a_library_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UsageError) as refused:
        release.read_bytes(content, name)
    assert refused.value.hint == f"Install it: pip install 'eventrec[{extra}]'"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<!doctype html><body>" + b"<div>" * 1_000_000),
        ("a.html", b"<!doctype html><body>" + b"<div>" * 200_000 + b"x" + b"</div>" * 200_000),
        ("a.html", b"<!doctype html><body>" + b"<p>word " * 200_000),
        ("a.html", b"<!doctype html><body>" + b"<a href='mailto:" * 60_000),
        ("a.html", b"<!doctype html><body>" + b"<!--" * 200_000),
        ("a.html", b"<!doctype html><body><p " + b"a=1 " * 300_000 + b">x</p>"),
        ("a.md", b"[" * 1_000_000),
        ("a.md", b"[a](" * 200_000),
        ("a.md", b"**a " * 200_000),
        ("a.md", b"---\n" * 200_000),
        ("a.txt", b"a@" * 500_000),
    ],
)
def test_hostile_files_are_read_or_refused_in_seconds(name: str, content: bytes) -> None:
    began = time.process_time()
    with contextlib.suppress(Rejected):
        release.read_bytes(content, name)
    assert time.process_time() - began < 15
