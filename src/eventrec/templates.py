"""From the book to workbooks that people fill in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from eventrec.formats.template_sheet import Lists, import_command, render
from eventrec.table import show_localized
from eventrec.views.criteria import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from eventrec.table import Cell
    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

__all__ = ["KINDS", "import_command", "template"]

KINDS: Final = ("participants", "events", "agencies", "contacts")

_LANGUAGES: Final = ("en", "zh")
_HEAD_COUNTS: Final = ("women", "men", "other", "not_stated")

Row = dict[str, Any]
_Phones = defaultdict[int, dict[str, list[str]]]


def template(
    reader: Reader | None, kind: str, criteria: Criteria = ALL, *, filled: bool = False, event: int | None = None
) -> bytes:
    """Return the workbook of a kind, with what the book offers to choose from; without a book, with the words alone.

    With `filled` it holds the records that match, with their numbers and versions: imported unchanged, nothing
    changes. `event` is the one whose participants they are, or will be.
    """
    if reader is None:
        return render(kind, Lists(), event=event)
    return render(kind, _lists(reader), _ROWS[kind](reader, criteria) if filled else None, event=event)


def _lists(reader: Reader) -> Lists:
    main = reader.main_language()
    agencies = list(reader.agencies(columns=("code", "name", "own_side")))
    cities = [row["city"] for row in reader.events(columns=("city",)) if isinstance(row["city"], dict)]
    return Lists(
        agencies=_once(row["code"] or show_localized(row["name"], main) for row in agencies),
        sides=sorted(_once(row["own_side"] for row in agencies)),
        cities_en=sorted(_once(city.get("en") for city in cities)),
        cities_zh=sorted(_once(city.get("zh") for city in cities)),
        projects=_once(row["code"] for row in reader.projects(columns=("code",))),
    )


def _once(cells: Iterable[Cell]) -> list[str]:
    """Return every text once, in the order in which they come."""
    return list(dict.fromkeys(str(cell) for cell in cells if cell))


def _participants(reader: Reader, criteria: Criteria) -> list[Row]:
    return [_participant(row) for row in reader.participants(criteria)]


def _participant(row: Mapping[str, Any]) -> Row:
    """Return a participation: the person, or the party and its head-count.

    Phones are left out; they are the contact's, and its own sheet has them.
    """
    found = {
        **_picked(row, "event", "agency", "role", "status", "modality", "days", "source", "note"),
        "side": None if row["agency_id"] else row["side"],
        "label": _in_one_cell(row["label"]),
    }
    if row["contact_id"] is not None:
        names, position = _languages(row, "contact", "name"), _languages(row, "position")
        return {**found, "contact": row["contact_id"], **names, **position, **_picked(row, "sex", "email")}
    if row["women"] is not None:
        counts = _picked(row, *_HEAD_COUNTS)
        found |= {**counts, "count": sum(counts.values()), "about": "yes" if row["approximate"] else None}
    return found


def _contacts(reader: Reader, criteria: Criteria) -> list[Row]:
    numbers = _phones(reader, "contact_id")
    return [_contact(row, numbers) for row in reader.contacts(criteria)]


def _contact(row: Mapping[str, Any], phones: _Phones) -> Row:
    same = (
        "version", "family_name", "given_name", "honorific", "sex", "agency", "unit", "wechat", "url", "address",
        "aliases", "note",
    )  # fmt: skip
    return {
        "contact": row["id"],
        **_languages(row, "name"),
        **_languages(row, "position"),
        **_picked(row, *same),
        **phones[row["id"]],
        "email": row["emails"],
        "languages": ", ".join(row["languages"] or ()),
    }


def _agencies(reader: Reader, criteria: Criteria) -> list[Row]:
    numbers = _phones(reader, "agency_id")
    return [_agency(row, numbers) for row in reader.agencies(criteria)]


def _agency(row: Mapping[str, Any], phones: _Phones) -> Row:
    same = ("version", "code", "kind", "country", "parent", "successor", "website", "email", "aliases", "note")
    return {
        "agency": row["id"],
        **_languages(row, "name"),
        **_picked(row, *same),
        "side": row["own_side"],
        "phone": phones[row["id"]].get("phone"),
    }


def _events(reader: Reader, criteria: Criteria) -> list[Row]:
    return [_event(row) for row in reader.events(criteria)]


def _event(row: Mapping[str, Any]) -> Row:
    """Return an event. Projects and contact of a visit are left out: those shown may be its event's."""
    same = (
        "version", "kind", "parent", "status", "status_reason", "starts_on", "ends_on", "date_note", "days",
        "start_time", "end_time", "timezone", "modality", "address", "country", "organizers", "online_url",
        "source_url", "topics", "note",
    )  # fmt: skip
    found = {"event": row["id"], **_picked(row, *same)}
    for name in ("title", "venue", "city", "description", "results"):
        found |= _languages(row, name)
    if row["parent"] is None:
        found |= {"projects": row["projects"], "contact": row["contact_id"]}
    return found


def _picked(row: Mapping[str, Any], *names: str) -> Row:
    return {name: row[name] for name in names}


def _languages(row: Mapping[str, Any], name: str, field: str = "") -> Row:
    """Return a localized cell as one column for each language."""
    texts = row[name] or {}
    return {f"{field or name}_{tag}": texts.get(tag) for tag in _LANGUAGES}


def _in_one_cell(label: Mapping[str, str] | None) -> str | None:
    """Return a text in its languages as one cell from which they are read again: “officials 官员”, “fr=experts”."""
    if not label:
        return None
    known = [label[tag] for tag in _LANGUAGES if tag in label]
    return " ".join(known) or "; ".join(f"{tag}={text}" for tag, text in label.items())


def _phones(reader: Reader, owner: str) -> _Phones:
    """Return by owner and kind the numbers, the preferred first: the views have phones and mobiles in one column."""
    found: _Phones = defaultdict(dict)
    query = (
        f"SELECT {owner}, kind, value FROM contact_point"  # noqa: S608 (a column of ours)
        f" WHERE {owner} IS NOT NULL AND kind IN ('phone', 'mobile') ORDER BY preferred DESC, id"
    )
    for number, kind, value in reader.rows(query):
        found[int(number)].setdefault(kind, []).append(value)
    return found


_ROWS: Final = {"participants": _participants, "contacts": _contacts, "agencies": _agencies, "events": _events}
