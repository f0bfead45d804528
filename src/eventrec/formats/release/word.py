"""A Word document: its paragraphs and tables in order."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import Rejected, UsageError
from eventrec.formats.release.parts import MOST_TEXT, Release, called, facts, refused, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST: Final = 10
"""Tables within tables."""

_SHORT: Final = 200
"""A row whose cells are no longer is a line of facts; a longer one holds paragraphs."""


def read(content: bytes, name: str) -> Release:
    """Return the text of a document that was found to be harmless; a heading is marked as in Markdown.

    The dates that Word keeps of the file are none of the release. Raises UsageError where python-docx is not installed,
    and Rejected.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise UsageError("Word documents need one more library.", "Install it: pip install 'eventrec[docx]'") from error
    lines, size = list[str](), 0
    try:
        document = Document(io.BytesIO(content))
        for line in _lines(document, 0):
            size += len(line)
            if size > MOST_TEXT:
                raise too_large(name, f"{MOST_TEXT:,} characters of text")
            lines.append(line)
        pictures = len(document.inline_shapes)
    except Rejected:
        raise
    except Exception as error:  # the library has no error of its own for what it cannot read
        raise refused(
            name, "is no Word document that can be read", "Save it again from Word, and give that."
        ) from error
    ignored = (f"{pictures} picture{'s' if pictures > 1 else ''} in the document",) if pictures else ()
    return Release("\n\n".join(line for line in lines if line.strip()), called(name), ignored=ignored)


def _lines(holder: Any, depth: int) -> Iterator[str]:  # noqa: ANN401
    from docx.table import Table

    for block in holder.iter_inner_content():
        if not isinstance(block, Table):
            yield _paragraph(block)
        elif depth < _DEEPEST:
            for row in block._tbl.tr_lst:
                yield from _row(block, row, depth)


def _paragraph(paragraph: Any) -> str:  # noqa: ANN401
    """Return the text of a paragraph, with the mail addresses that only its links have."""
    text = str(paragraph.text)
    for link in paragraph.hyperlinks:
        mail = (link.address or "").removeprefix("mailto:").partition("?")[0]
        if (link.address or "").startswith("mailto:") and mail not in text:
            text += f" {mail}"
    style = str(paragraph._p.style or "").lower()
    return f"# {text}" if text.strip() and style in ("title", "heading1") else text


def _row(table: Any, row: Any, depth: int) -> Iterator[str]:  # noqa: ANN401
    """Return a row: its cells in one line when all are short, else what stands in each."""
    from docx.table import _Cell

    cells = [
        [line for line in _lines(_Cell(cell, table), depth + 1) if line.strip()]
        for cell in row.tc_lst
        if cell.vMerge != "continue"
    ]
    cells = [cell for cell in cells if cell]
    if len(cells) > 1 and all(len(cell) == 1 and len(cell[0]) <= _SHORT for cell in cells):
        yield facts([cell[0] for cell in cells])
        return
    for cell in cells:
        yield from cell
