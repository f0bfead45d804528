"""What was found in files, as tables: one row per finding, or one per file with its findings in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.formats.ical.check.finding import Checked, Finding
    from eventrec.table import Cell

FILE_KEYS: Final = ("file", "events", "broken", "warnings", "notes", "findings", "more")
"""The promised JSON keys of a file; `more` says of a rule how many findings are not among `findings`."""

FINDING_KEYS: Final = ("line", "severity", "rule", "reference", "client", "message")
"""The promised JSON keys of a finding; `reference` and `client` are null where there is none."""


def by_file(checked: Sequence[tuple[str, Checked]]) -> Table:
    """Return one row per file."""
    columns = tuple(
        Column(name, "list" if name == "findings" else "object" if name == "more" else "integer")
        for name in FILE_KEYS[1:]
    )
    rows: list[tuple[Cell, ...]] = [
        (name, of.events, of.broken, of.warnings, of.notes, [_object(each) for each in of.findings], dict(of.more))
        for name, of in checked
    ]
    return Table((Column("file"), *columns), rows)


def by_finding(checked: Sequence[tuple[str, Checked]]) -> Table:
    """Return one row per finding, with its file."""
    columns = tuple(Column(name, "integer" if name == "line" else "text") for name in FINDING_KEYS)
    rows = [(name, *_cells(each)) for name, of in checked for each in of.findings]
    return Table((Column("file"), *columns), rows)


def _cells(finding: Finding) -> tuple[Cell, ...]:
    rule = finding.rule
    return (finding.line, str(rule.severity), rule.name, rule.reference or None, rule.client or None, finding.message)


def _object(finding: Finding) -> dict[str, Cell]:
    return dict(zip(FINDING_KEYS, _cells(finding), strict=True))
