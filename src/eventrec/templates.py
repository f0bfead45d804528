"""From the book to workbooks that people fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eventrec.formats.template_sheet import Lists, render
from eventrec.table import show_localized
from eventrec.views.criteria import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from eventrec.table import Cell
    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

KINDS = ("participants", "events", "agencies", "contacts")


def template(reader: Reader | None, kind: str, criteria: Criteria = ALL, *, filled: bool = False) -> bytes:
    """Return the workbook of a kind, with what the book offers to choose from; without a book, with the words alone.

    With `filled` it holds the records that match, with their numbers and versions: imported unchanged, nothing changes.
    """
    if reader is None:
        return render(kind, Lists())
    main = reader.main_language()
    agencies = reader.agencies(columns=("code", "name"))
    events = reader.events(columns=("city",))
    lists = Lists(
        agencies=_once(str(row["code"]) if row["code"] else show_localized(row["name"], main) for row in agencies),
        cities=sorted(_once(show_localized(row["city"], main) for row in events if row["city"])),
        projects=_once(str(row["code"]) for row in reader.projects(columns=("code",)) if row["code"]),
    )
    rows = [_ROWS[kind](row, reader) for row in _records(reader, kind, criteria)] if filled else []
    return render(kind, lists, rows)


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def _records(reader: Reader, kind: str, criteria: Criteria) -> Any:  # noqa: ANN401
    return {
        "participants": reader.participants,
        "contacts": reader.contacts,
        "agencies": reader.agencies,
        "events": reader.events,
    }[kind](criteria)


def _languages(cell: Cell, name: str) -> dict[str, Cell]:
    names = cell if isinstance(cell, dict) else {}
    return {f"{name}_{tag}": names.get(tag) for tag in ("en", "zh")}


def _participant(row: Mapping[str, Any], reader: Reader) -> dict[str, Cell]:
    named = row["contact_id"] is not None
    return {
        **_languages(row["contact"], "name"),
        **(_languages(row["position"], "position")),
        "sex": row["sex"],
        "agency": row["agency"] or show_localized(row["label"], reader.main_language()),
        "email": row["email"],
        "role": row["role"],
        "status": row["status"],
        "modality": row["modality"],
        "women": None if named else row["women"],
        "men": None if named else row["men"],
        "count": None
        if named or row["women"] is None
        else sum(row[name] for name in ("women", "men", "other", "not_stated")),
        "source": row["source"],
        "note": row["note"],
    }


def _contact(row: Mapping[str, Any], _reader: Reader) -> dict[str, Cell]:
    same = ("version", "honorific", "sex", "agency", "unit", "email", "wechat", "address", "note")
    phones = row["phones"] or []
    return {
        "contact": row["id"],
        **_languages(row["name"], "name"),
        **_languages(row["position"], "position"),
        **{name: row[name] for name in same},
        "phone": "; ".join(phones) if isinstance(phones, list) else phones,
        "languages": ", ".join(row["languages"] or ()),
    }


def _agency(row: Mapping[str, Any], _reader: Reader) -> dict[str, Cell]:
    same = ("version", "code", "kind", "country", "parent", "website", "email", "phone", "aliases", "note")
    return {
        "agency": row["id"],
        **_languages(row["name"], "name"),
        **{name: row[name] for name in same},
        "side": row["own_side"],
    }


def _event(row: Mapping[str, Any], _reader: Reader) -> dict[str, Cell]:
    same = (
        "version", "kind", "status", "starts_on", "ends_on", "start_time", "end_time", "modality", "country",
        "projects", "organizers", "topics", "note",
    )  # fmt: skip
    texts: dict[str, Cell] = {}
    for name in ("title", "venue", "city"):
        texts |= _languages(row[name], name)
    own = {name: row[name] for name in same}
    if row["parent"] is not None:  # a site visit shows its event's projects; they are not its own
        own["projects"] = None
    return {"event": row["id"], **texts, **own}


_ROWS = {"participants": _participant, "contacts": _contact, "agencies": _agency, "events": _event}
