"""The list of an event's participants that a donor files."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from eventrec.exports.event_texts import funding, place, projects
from eventrec.views.criteria import Criteria

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.formats.participant_list import ParticipantList, ParticipantRow
    from eventrec.views.reader import Reader

_ORGANIZING: Final = ("organizer", "co-organizer", "host", "facilitator", "donor")

Row = dict[str, Any]


def participant_list(reader: Reader, event_id: int) -> ParticipantList:
    """Return the list of one event that a donor files, with the total that the report gives for it.

    It holds those who attended; before the event is held, those who are registered or confirmed.
    """
    from eventrec.formats.participant_list import ParticipantList, ParticipantTotal
    from eventrec.reports.participants import participants
    from eventrec.text.dates import say_dates

    event: Row = reader.event(event_id)
    held = event["status"] == "held"
    kind = (event["kind"],) if event["kind"] == "site-visit" else ()
    criteria = Criteria(
        event_ids=(event_id,), kinds=kind, statuses=("attended",) if held else ("registered", "confirmed")
    )
    report = participants(reader, criteria, expected=not held)
    total = report.total or {}
    measure = "actual" if held else "expected"
    counted = _counted(reader, event_id, measure)
    rows = [row for row in reader.participants(criteria) if row["event"] == event_id and _takes_part(row)]
    dates = [date.fromisoformat(event[name]) if event[name] else None for name in ("starts_on", "ends_on")]
    return ParticipantList(
        title=event["title"],
        dates=say_dates(*dates),
        place=place(event, reader.main_language()),
        rows=[_list_row(row, counted) for row in rows],
        total=ParticipantTotal(**{field.name: total[field.name] for field in fields(ParticipantTotal)}),  # type: ignore[arg-type]
        projects=projects(reader, event),
        funding=funding(reader, event),
        notes=[report.rule, *report.notes],
        main=reader.main_language(),
    )


def _counted(reader: Reader, event_id: int, measure: str) -> dict[int, int | None]:
    """Return by participation how many people it adds under the rule; None when nobody counted them."""
    rows = reader.rows(
        "SELECT participation_id, sum(people) FROM v_head WHERE event_id = :event AND measure = :measure"
        " AND reason = '' GROUP BY participation_id",
        {"event": event_id, "measure": measure},
    )
    return {int(number): None if people is None else int(people) for number, people in rows}


def _list_row(row: Row, counted: Mapping[int, int | None]) -> ParticipantRow:
    from eventrec.formats.participant_list import ParticipantRow

    named = row["contact"] is not None
    counts = {} if named else {name: row[name] for name in ("women", "men", "other", "not_stated")}
    return ParticipantRow(
        name=row["contact"],
        sex=row["sex"] or "not-stated",
        agency=row["agency_name"] or row["label"],
        agency_address=row["agency_address"] or "",
        country=row["country"] or "",
        position=row["position"],
        role=row["role"],
        modality=row["modality"],
        days=row["effective_days"],
        source=row["source"] or "",
        approximate=row["approximate"],
        counted=counted.get(row["id"], 0),
        contact_id=row["contact_id"],
        **counts,
    )


def _takes_part(row: Row) -> bool:
    """Tell apart those who take part from agencies that are only named as organizing or paying."""
    return row["contact"] is not None or row["women"] is not None or row["role"] not in _ORGANIZING
