"""Markdown as GitHub reads it: a table, and for a report its heading, total, rule and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import NUMBERS, clean, criteria_text, heading, shown_parts, shown_total
from eventrec.formats.terminal import visible
from eventrec.table import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventrec.formats.registry import Options
    from eventrec.table import Stream, Table

_SPECIAL: Final = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])|&(?=[#\w])|!(?=\[)")
_LINE_START: Final = re.compile(r"^(\s*)(\d*)([-+#>=.)])")


def pieces(table: Table | Stream, options: Options) -> Iterator[bytes]:
    """Write a table or a report as Markdown in UTF-8."""
    report = table if isinstance(table, Report) else None
    title = options.title or (report.heading if report else "")
    if title:
        yield f"# {escape(title)}\n\n".encode()
    for lines in _lines(table, options):
        yield lines.encode()
    if report:
        yield "".join(f"\n{text}" for text in (_criteria(report), _notes(report)) if text).encode()


def escape(text: str) -> str:
    """Return text that Markdown shows as it is: no markup, link, HTML or cell border in it comes alive.

    A newline becomes `<br>`.
    """
    escaped = _SPECIAL.sub(r"\\\g<0>", visible(clean(text), lines=True))
    return escaped.replace("<", "&lt;").replace("\n", "<br>")


def sentence(text: str) -> str:
    """Return text for the beginning of a line, where a number or a dash would start a list."""
    return _LINE_START.sub(r"\1\2\\\3", escape(text))


def _lines(table: Table | Stream, options: Options) -> Iterator[str]:
    names = [escape(heading(column.name)) for column in table.columns]
    rules = ["---:" if column.kind in NUMBERS else "---" for column in table.columns]
    yield _joined([names, rules])
    for rows in shown_parts(table, options):
        yield _joined([escape(text) for text in row] for row in rows)
    if isinstance(table, Report) and table.total is not None:
        yield _joined([[_bold(text) for text in shown_total(table, options)]])


def _joined(rows: Iterable[Iterable[str]]) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def _bold(text: str) -> str:
    stripped = text.strip()
    return f"**{escape(stripped)}**" if stripped else ""


def _criteria(report: Report) -> str:
    asked = criteria_text(report)
    return f"Asked with: {escape(asked)}.\n" if asked else ""


def _notes(report: Report) -> str:
    return "".join(f"- {sentence(text)}\n" for text in (report.rule, *report.notes) if text)
