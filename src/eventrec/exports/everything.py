"""All that the book holds about one person, table by table, with every column and the whole history."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from eventrec.formats.dossier import Dossier, Section
from eventrec.localized import Localized
from eventrec.reports.retention import as_table, ties_of
from eventrec.text.columns import IDENTITY, STRUCTURED, TEXTS
from eventrec.text.mentions import Mentions
from eventrec.views.dialect import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.views.reader import Reader

Record = dict[str, Any]

_YES_OR_NO: Final = ("preferred", "is_primary", "approximate", "own_staff")
_MOMENTS: Final = ("created_at", "modified_at", "answered_at", "removed_at", "disclosed_at", "moment", "erased_at")
_TITLE: Final = "(SELECT event.title FROM event WHERE event.id = {table}.event_id) AS event_title"
_AGENCY: Final = "(SELECT agency.name FROM agency WHERE agency.id = {table}.agency_id) AS agency"
_PROJECT: Final = "(SELECT project.code FROM project WHERE project.id = {table}.project_id) AS project"

_JSON_TOO: Final = ("event_title", "agency")
"""Expressions that give texts by language."""

_PLAIN: Final = (
    ("contact", "The person", "Kept so that events and projects say who it is.", "contact", "id = :id", ()),
    ("points", "E-mail, phone, address", "Kept to reach the person.", "contact_point", "contact_id = :id", ()),
    ("affiliations", "Where the person works and worked", "Kept so that counts by agency stay true for each day.",
     "affiliation", "contact_id = :id", (_AGENCY,)),
    ("aliases", "Other names", "Kept so that a file with another spelling finds the same person.", "alias",
     "contact_id = :id", ()),
    ("project_roles", "Roles in projects", "Kept to know whom to ask about a project.", "project_party",
     "contact_id = :id", (_PROJECT,)),
    ("participations", "Events taken part in", "Kept to report to donors and auditors who was reached. The source says"
     " from where it is known.", "participation", "contact_id = :id",
     (_TITLE, "(SELECT event.starts_on FROM event WHERE event.id = {table}.event_id) AS starts_on",
      "(SELECT event.ends_on FROM event WHERE event.id = {table}.event_id) AS ends_on", _AGENCY)),
    ("attendance", "Days present", "Kept as a sign-in sheet shows them.", "attendance",
     "participation_id IN (SELECT id FROM participation WHERE contact_id = :id)", ()),
    ("consents", "Consents", "Kept to prove what the person agreed to, and for which purpose.", "consent",
     "contact_id = :id", ()),
)  # fmt: skip

_WRITTEN: Final = {
    table: left
    for table, names in TEXTS.items()
    if (left := tuple(name for name in names if name not in IDENTITY.get(table, ()))) and table != "event_source"
}
_OWN: Final = ("contact_point", "affiliation", "alias", "project_party", "participation", "event", "consent")


def everything(reader: Reader, contact_id: int, backups: Sequence[str] = ()) -> Dossier:
    """Return all that is held about a contact; `backups` are the names of those that hold it too."""
    contact = reader.contact(contact_id)
    sections = [
        Section(key, heading, what_for, list(_rows(reader, table, where, {"id": contact_id}, more)))
        for key, heading, what_for, table, where, more in _PLAIN
    ]
    ids = {contact_id, *(int(row["row_id"]) for row in _merged(reader, str(contact["uid"])))}
    sections += [
        _asked(reader, contact_id),
        _disclosures(reader, ids),
        _others(reader, str(contact["uid"])),
        Section("merged", "Records of the same person", "Merged into this one; kept so that their numbers lead here.",
                list(_merged(reader, str(contact["uid"])))),
        _retention(reader, contact_id),
        _history(reader, ids, sections),
        _mentioned(reader, contact_id, sections),
        _sources(reader, sections),
        Section("backups", "Backups that hold all this too", "Kept to bring the book back after a loss.",
                [{"file": name} for name in backups]),
    ]  # fmt: skip
    return Dossier(f"All that is held about {Localized(contact['name']).both()}", sections)  # type: ignore[arg-type]


def _rows(
    reader: Reader, table: str, where: str, params: dict[str, Any], more: Sequence[str] = (), order: str = "id"
) -> Iterator[Record]:
    """Yield rows with every column of a table, and further expressions."""
    names = reader.connection.execute(f"SELECT * FROM {table} WHERE 1 = 0").names  # noqa: S608
    columns = [f"{{moment {table}.{name}}} AS {name}" if name in _MOMENTS else f"{table}.{name}" for name in names]
    columns += [expression.replace("{table}", table) for expression in more]
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY {order}"  # noqa: S608
    named = [*names, *(expression.rpartition(" AS ")[2] for expression in more)]
    for row in reader.rows(render(sql, reader.dialect), params):
        yield {name: _value(table, name, cell) for name, cell in zip(named, row, strict=True)}


def _value(table: str, name: str, cell: Any) -> Any:  # noqa: ANN401
    if cell is None:
        return None
    if name in _YES_OR_NO:
        return bool(cell)
    if name in STRUCTURED.get(table, ()) or name in _JSON_TOO:
        return json.loads(cell)
    return cell if isinstance(cell, int | str) else str(cell)


def _asked(reader: Reader, contact_id: int) -> Section:
    sql = "SELECT id, title, starts_on FROM event WHERE contact_id = :id ORDER BY id"
    found = [
        {"event": number, "title": json.loads(title), "starts_on": day and str(day)}
        for number, title, day in reader.rows(sql, {"id": contact_id})
    ]
    return Section("asked", "Events that name the person to ask", "Calendars and invitations show it.", found)


def _disclosures(reader: Reader, ids: set[int]) -> Section:
    found = [row for row in _rows(reader, "disclosure", "1 = 1", {}) if ids & set(row["contact_ids"])]
    told = [{name: value for name, value in row.items() if name != "contact_ids"} for row in found]
    return Section("disclosures", "Lists that were given to others", "Kept to answer who has them.", told)


def _others(reader: Reader, uid: str) -> Section:
    found = list(_rows(reader, "not_same", "table_name = 'contact' AND :uid IN (first_uid, second_uid)", {"uid": uid}))
    return Section("not_same", "Others with a like name", "Kept so that nobody takes them for one person.", found)


def _merged(reader: Reader, uid: str) -> Iterator[Record]:
    waiting = [uid]
    while waiting:
        where = "table_name = 'contact' AND replaced_by = :uid"
        for row in _rows(reader, "tombstone", where, {"uid": waiting.pop()}):
            waiting.append(row["row_uid"])
            yield row


def _retention(reader: Reader, contact_id: int) -> Section:
    table = as_table(ties_of(reader, contact_id))
    found = [dict(zip(table.names, row, strict=True)) for row in table.rows]
    what_for = (
        "Auditors may ask for the records for so many months after the end of each of these; what lasts longest comes"
        " first and decides. Without an end it is kept until there is one."
    )
    return Section("retention", "How long it is kept", what_for, found)


def _history(reader: Reader, ids: set[int], sections: Sequence[Section]) -> Section:
    """Return every change of the person's rows; those that are gone are found by what the history says of them."""
    numbers = ", ".join(map(str, sorted(ids)))
    names = ", ".join(f"'{name}'" for name in _OWN)
    written = " OR ".join(
        f"{side} LIKE :written_{number}" for number in sorted(ids) for side in ("change.before", "change.after")
    )
    marks = [row["id"] for section in sections if section.key == "attendance" for row in section.records]
    of_marks = f" OR (change.table_name = 'attendance' AND change.row_id IN ({', '.join(map(str, marks))}))"
    sql = f"""
        SELECT {{moment change_set.moment}}, change_set.actor, change_set.command, change.table_name, change.row_id,
            change.before, change.after
        FROM change JOIN change_set ON change_set.id = change.change_set_id
        WHERE (change.table_name = 'contact' AND change.row_id IN ({numbers}))
            OR (change.table_name IN ({names}) AND ({written})){of_marks if marks else ""}
        ORDER BY change.id"""  # noqa: S608
    found = []
    params = {f"written_{number}": f'%"contact_id":{number},%' for number in ids}
    for moment, actor, command, table, row, before, after in reader.rows(render(sql, reader.dialect), params):
        states = {"before": before and json.loads(before), "after": after and json.loads(after)}
        found.append({"moment": moment, "actor": actor, "command": command, "what": f"{table} {row}", **states})
    return Section("history", "What was written, when and by whom", "Kept to answer for every count.", found)


def _mentioned(reader: Reader, contact_id: int, sections: Sequence[Section]) -> Section:
    """Return texts about other things that name the person."""
    mentions = _mentions(sections)
    found = []
    for table, columns in _WRITTEN.items():
        for row in _texts(reader, table, columns, contact_id):
            found += [
                {"where": f"{name.replace('_', ' ')} of {table.replace('_', ' ')} {row['id']}", "text": row[name]}
                for name in columns
                if mentions.in_value(row[name])
            ]
    return Section("mentioned", "Texts that name the person", "Written about something else.", found)


def _sources(reader: Reader, sections: Sequence[Section]) -> Section:
    """Return the releases that name the person, of each the paragraphs that do: others tell of other people."""
    mentions, found = _mentions(sections), list[Record]()
    for row in _rows(reader, "event_source", "1 = 1", {}, (_TITLE,)):
        if any(row[name] and mentions.in_text(row[name]) for name in ("text", "url", "name")):
            theirs = [part for part in re.split(r"\n\s*\n", row["text"]) if mentions.in_text(part)]
            found.append({**row, "text": "\n\n".join(theirs)})
    what_for = "Kept so that an event can be compared with what was published of it; here are the paragraphs that do."
    return Section("sources", "Releases that name the person", what_for, found)


def _mentions(sections: Sequence[Section]) -> Mentions:
    """Return what finds the person in text."""
    records = {section.key: section.records for section in sections}
    points = [(row["kind"], row["value"]) for row in records["points"]]
    return Mentions(
        names=(*records["contact"][0]["name"].values(), *(row["name"] for row in records["aliases"])),
        emails=tuple(value for kind, value in points if kind == "email"),
        phones=tuple(value for kind, value in points if kind in ("phone", "mobile")),
        others=tuple(value for kind, value in points if kind in ("wechat", "url", "address")),
    )


def _texts(reader: Reader, table: str, columns: Sequence[str], contact_id: int) -> Iterator[Record]:
    """Yield the texts of a table but for the rows that are the person's own."""
    own = "id" if table == "contact" else "contact_id" if table in _OWN and table != "event" else ""
    where = f" WHERE {own} IS NULL OR {own} <> :id" if own else ""
    sql = f"SELECT {', '.join(['id', *columns])} FROM {table}{where} ORDER BY id"  # noqa: S608
    for number, *cells in reader.rows(sql, {"id": contact_id} if own else {}):
        yield {"id": number} | {name: _value(table, name, cell) for name, cell in zip(columns, cells, strict=True)}
