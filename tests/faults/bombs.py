"""Files that are small and do harm, or large and do nothing else; written without holding them in memory."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Final

from eventrec.connection import REVISIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

MEGABYTE: Final = 2**20
_XML: Final = b'<?xml version="1.0"?>'
_MAIN: Final = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

ENTITIES: Final = {
    "billion laughs": (
        b'<!DOCTYPE x [<!ENTITY a0 "lol">'
        + b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10))
        + b"]>",
        b"&a9;",
    ),
    "quadratic": (b'<!DOCTYPE x [<!ENTITY a "' + b"b" * 200_000 + b'">]>', b"&a;" * 100_000),
    "external": (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', b"&a;"),
    "parameter": (b'<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>', b"root"),
}


def zipped(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _types(part: str, kind: str) -> bytes:
    return (
        f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="{part}" ContentType="application/vnd.openxmlformats-'
        f'officedocument.{kind}.main+xml"/></Types>'
    ).encode()


def _relations(*targets: tuple[str, str]) -> bytes:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'.encode()


def sheet(*rows: bytes) -> bytes:
    return b"".join((_XML, b"<worksheet ", _MAIN, b"><sheetData>", *rows, b"</sheetData></worksheet>"))


NAMES: Final = (
    b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
    b'<row r="2"><c r="A2" t="s"><v>1</v></c></row>',
)


def xlsx(
    path: Path, *, page: bytes = b"", strings: bytes = b"Invented Person", before: bytes = b"", sheets: int = 1
) -> None:
    """Write a workbook of our own, byte by byte."""
    listed = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (i, i) for i in range(1, sheets + 1))
    zipped(
        path,
        {
            "[Content_Types].xml": _types("/xl/workbook.xml", "spreadsheetml.sheet"),
            "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": b"".join(
                (_XML, b"<workbook ", _MAIN, f' xmlns:r="{_OFFICE}"><sheets>'.encode(), listed, b"</sheets></workbook>")
            ),
            "xl/_rels/workbook.xml.rels": _relations(
                ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
            ),
            "xl/sharedStrings.xml": b"".join(
                (_XML, before, b"<sst ", _MAIN, b"><si><t>name</t></si><si><t>", strings, b"</t></si></sst>")
            ),
            "xl/worksheets/sheet1.xml": page or sheet(*NAMES),
        },
    )


def docx(path: Path, body: bytes, before: bytes = b"") -> None:
    """Write a Word document of our own, byte by byte."""
    zipped(
        path,
        {
            "[Content_Types].xml": _types("/word/document.xml", "wordprocessingml.document"),
            "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
            "word/document.xml": b"".join(
                (_XML, before, b"<w:document ", _WORD, b"><w:body>", body, b"</w:body></w:document>")
            ),
        },
    )


def table(*rows: bytes) -> bytes:
    return b"".join((b"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>", *rows, b"</w:tbl>"))


def word_cell(text: bytes, properties: bytes = b"") -> bytes:
    return b"".join((b"<w:tc>", properties, b"<w:p><w:r><w:t>", text, b"</w:t></w:r></w:p></w:tc>"))


def word_row(*cells: bytes, properties: bytes = b"") -> bytes:
    return b"".join((b"<w:tr>", properties, *cells, b"</w:tr>"))


def overlapping(path: Path) -> None:
    """Write a workbook whose directory names one and the same part many times (zip quine's cousin)."""
    xlsx(path)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        start = archive.start_dir
        number = len(archive.infolist())
    end = content.rindex(b"PK\x05\x06")
    directory = content[start:end]
    again = directory * 200
    total = number * 200
    tail = bytearray(content[end:])
    tail[8:10] = tail[10:12] = total.to_bytes(2, "little")
    tail[12:16] = len(again).to_bytes(4, "little")
    path.write_bytes(content[:start] + again + bytes(tail))


def lying(path: Path) -> None:
    """Write a workbook whose directory says that a part of 40 MB has a hundred octets."""
    xlsx(path, page=sheet(*NAMES) + b" " * 40 * MEGABYTE)
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    path.write_bytes(bytes(content))


def written(path: Path, before: bytes, piece: bytes, size: int, after: bytes) -> None:
    """Write `piece` again and again between two texts, until the file has so many octets."""
    block = piece * max(MEGABYTE // len(piece), 1)
    with path.open("wb") as file:
        file.write(before)
        while file.tell() < size:
            file.write(block)
        file.write(after)


def backup(path: Path, *, lines: Callable[[str], Iterable[bytes]], extra: dict[str, bytes] | None = None) -> None:
    """Write what claims to be a portable backup; `lines` gives the rows of each table."""
    from eventrec.models import Base

    manifest: dict[str, object] = {"format": "eventrec backup 1", "revision": REVISIONS[-1], "tables": {}}
    tables: dict[str, dict[str, object]] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in Base.metadata.sorted_tables:
            digest, rows = hashlib.sha256(), 0
            with archive.open(f"{each.name}.jsonl", "w") as file:
                for line in lines(each.name):
                    file.write(line)
                    digest.update(line)
                    rows += 1
            tables[each.name] = {"rows": rows, "sha256": digest.hexdigest(), "highest": rows}
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest | {"tables": tables}))


def nested(levels: int) -> bytes:
    """Return an archive within an archive within an archive."""
    content = b"\x00" * MEGABYTE
    for level in range(levels):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(4):
                archive.writestr(f"{level}-{copy}.zip", content)
        content = buffer.getvalue()
    return content
