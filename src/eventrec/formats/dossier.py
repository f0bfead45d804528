"""All that is held about one person, for that person: JSON with every column, and pages to read without the empty ones.

GDPR, article 15: what is held, what for, from where, who was given it, and how long it is kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape as escaped
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import UsageError
from eventrec.formats.cells import clean, jsonable
from eventrec.formats.markdown import escape, sentence
from eventrec.formats.marks import HTML_MARK
from eventrec.formats.terminal import visible
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ENDINGS: Final = {"json": ".json", "markdown": ".md", "html": ".html", "text": ".txt"}
_COMPUTED: Final = ("search_text", "sort_key")
"""Columns that only repeat others; JSON has them."""

_TECHNICAL: Final = ("id", "uid", "contact_id", "version", "row_uid", "first_uid", "second_uid", "sha256", "sequence")
"""Columns by which programs know a record; JSON has them."""

_SAID_IN_WORDS: Final = ("agency_id", "event_id", "project_id", "participation_id")
"""Numbers of what stands beside them by its name, the history apart."""

_LABELS: Final = {
    "created_at": "written down on", "modified_at": "last changed on", "is_primary": "main place of work",
    "starts_on": "from", "ends_on": "until", "value": "is", "url": "page", "agency_id": "agency number",
    "event_id": "event number", "project_id": "project number", "participation_id": "row of the list",
    "what": "about", "moment": "when", "actor": "by whom", "command": "typed",
}  # fmt: skip
_TABLES: Final = {
    "contact": "the person", "contact_point": "e-mail, phone or address", "affiliation": "place of work",
    "alias": "other name", "project_party": "role in a project", "participation": "taking part in an event",
    "attendance": "day present", "consent": "consent", "event": "event",
}  # fmt: skip
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::[\d.]+)?Z")

_NOTHING: Final = "Nothing."
_EMPTY: Final = "(nothing)"
_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "dl{display:grid;grid-template-columns:12rem 1fr;gap:.1rem 1rem;border-top:1px solid #ddd;padding-top:.5rem}"
    "dt{color:#666}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}"
)


@dataclass(frozen=True)
class Section:
    """One kind of record: the key for scripts, a heading, a sentence that says what for, and the records."""

    key: str
    heading: str
    what_for: str
    records: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Dossier:
    """Everything about one person."""

    title: str
    sections: Sequence[Section]


def choose(format: str | None, output: str | None) -> str:  # noqa: A002 (the option's own name)
    """Return the format that `-f` and the ending of `-o` ask for; text when neither says one. Raises UsageError."""
    lower = (output or "").lower()
    by_ending = next((name for name, ending in ENDINGS.items() if lower.endswith((ending, f"{ending[:4]}"))), None)
    wanted = {"table": "text"}.get(format, format) if format else None
    if wanted is not None and wanted not in ENDINGS:
        raise UsageError(
            f"Everything about a person is no {format}.",
            "Choose json, html, markdown or text: -f json, or -o with .json .html .md .txt.",
        )
    if wanted and by_ending and wanted != by_ending:
        raise UsageError(f"-f {format} and the file {output} disagree.", "Leave -f out.")
    if output not in (None, "-") and not (wanted or by_ending):
        raise UsageError(f"The ending of {output} stands for no format.", "Use one of .json .md .html .txt, or add -f.")
    return wanted or by_ending or "text"


def render(dossier: Dossier, name: str, local: Callable[[datetime], datetime] | None = None) -> bytes:
    """Write it in one of the formats of `ENDINGS`, UTF-8; `local` gives a moment the reader's zone, else it is UTC."""
    if name != "json" and local is not None:
        sections = [replace(each, records=_in_zone(list(each.records), local)) for each in dossier.sections]
        dossier = replace(dossier, sections=sections)
    return _WRITERS[name](dossier).encode()


def _in_zone(value: Any, local: Callable[[datetime], datetime]) -> Any:  # noqa: ANN401
    """Return the value with every moment in it as the reader's clock showed it, with the offset from UTC."""
    if isinstance(value, list):
        return [_in_zone(each, local) for each in value]
    if isinstance(value, dict):
        return {name: _in_zone(each, local) for name, each in value.items()}
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return f"{local(datetime.fromisoformat(value)):%Y-%m-%d %H:%M %z}"
    return value


def _json(dossier: Dossier) -> str:
    content = {section.key: [jsonable(dict(record)) for record in section.records] for section in dossier.sections}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _markdown(dossier: Dossier) -> str:
    parts = [f"# {escape(dossier.title)}\n"]
    for section in dossier.sections:
        parts.append(f"\n## {escape(section.heading)}\n\n{sentence(section.what_for)}\n")
        listed = (
            "".join(f"- {escape(name)}: {escape(text)}\n" for name, text in _told(each)) for each in section.records
        )
        parts.extend(f"\n{lines}" for lines in listed)
        parts += [] if section.records else [f"\n{_NOTHING}\n"]
    return "".join(parts)


def _text(dossier: Dossier) -> str:
    lines = [dossier.title, "=" * min(len(dossier.title), 80)]
    for section in dossier.sections:
        lines += ["", section.heading, "-" * len(section.heading), section.what_for]
        for record in section.records:
            lines += ["", *(f"  {name}: {text}" for name, text in _told(record))]
        lines += [] if section.records else [_NOTHING]
    return "".join(f"{visible(clean(line), lines=True)}\n" for line in lines)


def _html(dossier: Dossier) -> str:
    return "\n".join(_page(dossier)) + "\n"


def _page(dossier: Dossier) -> Iterator[str]:
    def shown(text: str) -> str:
        return escaped(visible(clean(text), lines=True))

    yield "<!doctype html>"
    yield HTML_MARK
    yield '<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    yield f"<title>{shown(dossier.title)}</title><style>{_STYLE}</style><h1>{shown(dossier.title)}</h1>"
    for section in dossier.sections:
        yield f"<h2>{shown(section.heading)}</h2><p>{shown(section.what_for)}</p>"
        for record in section.records:
            told = "".join(f"<dt>{shown(name)}</dt><dd>{shown(text)}</dd>" for name, text in _told(record))
            yield f"<dl>{told}</dl>"
        if not section.records:
            yield f"<p>{_NOTHING}</p>"
    yield "</html>"


def _told(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is not empty, in words."""
    if {"before", "after", "what"} <= record.keys():
        yield from _change(record)
        return
    for name, value in record.items():
        text = _words(value)
        if text and name not in (*_COMPUTED, *_TECHNICAL, *_SAID_IN_WORDS):
            yield _label(name), text


def _label(name: str) -> str:
    return _LABELS.get(name) or name.replace("_", " ")


def _change(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what one entry of the history changed, field by field."""
    table = str(record["what"]).partition(" ")[0]
    for name in ("moment", "actor", "command"):
        if record.get(name):
            yield _label(name), _words(record[name])
    yield _label("what"), _TABLES.get(table, table.replace("_", " "))
    before, after = record["before"] or {}, record["after"] or {}
    for name in {**before, **after}:
        old, new = _words(before.get(name)), _words(after.get(name))
        if old == new or name in (*_COMPUTED, *_TECHNICAL, "modified_at", "created_at"):
            continue
        yield _label(name), f"{old or _EMPTY} → {new or _EMPTY}" if before and after else new or f"{old} (removed)"


def _words(value: Any) -> str:  # noqa: ANN401
    if value is None or value == "" or value in ([], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if all(isinstance(each, str) for each in value.values()):
            return Localized(value).both()
        return "; ".join(f"{name}: {text}" for name, text in _told(value))
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    return _MOMENT.sub(r"\1 \2 UTC", value) if isinstance(value, str) else str(value)


_WRITERS: Final[dict[str, Callable[[Dossier], str]]] = {
    "json": _json,
    "markdown": _markdown,
    "html": _html,
    "text": _text,
}
