"""Renders the views for SQLite (3.38 or later) and PostgreSQL.

The `.sql` files are common SQL but for a few placeholders, written `{name arguments}`:

- `{text X TAG}`: the text of a Localized value in exactly that language.
- `{any X}`: its text in the book's main language (setting `language`, else English), else in its first tag.
- `{languages X NAME}`: four columns: NAME (the object), NAME_en, NAME_zh, NAME_any.
- `{list VALUE | FROM … ORDER BY …}`: a JSON array of the values in that order, without spaces; `[]` when none are.
- `{moment X}`: a moment as text, `YYYY-MM-DDTHH:MM:SSZ`.
- `{latest A | B | … }`: the latest of moments as text, of which some may be empty, but not all.
- `{days A B}`: the number of days from A to B, both inclusive.
- `{points TABLE KIND … }`: the preferred way, else the first recorded, to reach a contact or an agency.
- `{place TABLE}`: the join of the affiliation that tells today's agency and position of a contact.
- `{valid COLUMN}`: a column of the affiliation of the person who takes part that is valid on the event's first day.
- `{measure}`: what a participation can count as: actual, expected, or neither.
- `{parties ROLE}`: the labels of the agencies with that role in the project at hand.
- `{listed :NAME COLUMN … }`: rows that were handed over as a JSON array of arrays. A column is an integer or, written
  `COLUMN=text`, `COLUMN=date`, of that type.
- `{joined X}`: the values of a group with commas between, in no order; `{joined DISTINCT X}` each once.
- `{words NAME}`: a list of the vocabulary, quoted. `{roles}`: the roles that count.

The files are read when a database is made or upgraded, and by reports that count other roles: never by a list.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eventrec import vocabulary
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eventrec.dbapi import Dialect

VIEWS: Final = (
    "v_event_project",
    "v_own_staff",
    "v_agency",
    "v_on_the_day",
    "v_head",
    "v_event_itself",
    "v_event",
    "v_contact",
    "v_contact_point",
    "v_project",
    "v_participation",
    "v_retention",
    "v_event_source",
)
"""The views in the order of their creation: each looks only at tables and at views before it."""

_PLACEHOLDER: Final = late(r"\{(\w+)(?:\s+([^{}]*?))?\s*\}")
_BEYOND_NUMBERS: Final = 2**62
_MAIN_LANGUAGE: Final = "coalesce((SELECT trim(setting.value, '\"') FROM setting WHERE setting.key = 'language'), 'en')"


def rendered(dialect: Dialect) -> list[tuple[str, str]]:
    """Return every view's name and SELECT in creation order."""
    return [(name, body(name, dialect)) for name in VIEWS]


def body(name: str, dialect: Dialect, roles: Sequence[str] = vocabulary.COUNTED_ROLES) -> str:
    """Return the SELECT of one view; `roles` are those that `v_head` counts."""
    return render(Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8"), dialect, roles)


def render(sql: str, dialect: Dialect, roles: Sequence[str] = vocabulary.COUNTED_ROLES) -> str:
    """Replace the placeholders, innermost first."""

    def replace(found: re.Match[str]) -> str:
        name, arguments = found[1], found[2] or ""
        return quoted(roles) if name == "roles" else _RENDERERS[name](arguments, dialect)

    while _PLACEHOLDER.search(sql):
        sql = _PLACEHOLDER.sub(replace, sql)
    return sql.strip()


def quoted(words: Sequence[str]) -> str:
    """Return words of our own as a list of SQL literals."""
    return ", ".join(f"'{word}'" for word in words)


def valid(column: str, participation: str = "participation", event: str = "event") -> str:
    """Return the question for a column of the affiliation that says who somebody was on the first day of an event.

    `participation` and `event` name the rows; a participation that names its agency is of an affiliation with that one.
    """
    return f"""
    SELECT valid.{column}
    FROM affiliation AS valid
    WHERE valid.contact_id = {participation}.contact_id
        AND ({participation}.agency_id IS NULL OR valid.agency_id = {participation}.agency_id)
        AND (valid.starts_on IS NULL OR {event}.starts_on IS NULL OR valid.starts_on <= {event}.starts_on)
        AND (valid.ends_on IS NULL OR valid.ends_on >= {event}.starts_on)
    ORDER BY valid.is_primary DESC, valid.starts_on DESC NULLS LAST, valid.id DESC
    LIMIT 1
"""  # noqa: S608


def measure() -> str:
    """Return the expression that says what a participation can count as."""
    return f"""CASE
        WHEN event.status = 'held' AND participation.status = 'attended' THEN 'actual'
        WHEN event.status IN ({quoted(vocabulary.EXPECTED_EVENT_STATUSES)})
            AND participation.status IN ({quoted(vocabulary.EXPECTED_PARTICIPATION_STATUSES)}) THEN 'expected'
    END"""


def _text(arguments: str, dialect: Dialect) -> str:
    column, tag = arguments.rsplit(maxsplit=1)
    if dialect == "sqlite":
        return f"({column} ->> '{tag}')"
    return f"((CAST({column} AS json) ->> '{tag}') COLLATE \"C\")"


def _any(column: str, dialect: Dialect) -> str:
    if dialect == "sqlite":
        first = f"(SELECT tag.value FROM json_each({column}) AS tag ORDER BY tag.key LIMIT 1)"  # noqa: S608
        return f"coalesce({column} ->> {_MAIN_LANGUAGE}, {first})"
    first = (
        f"(SELECT tag.value FROM json_each_text(CAST({column} AS json)) AS tag"  # noqa: S608
        ' ORDER BY tag.key COLLATE "C" LIMIT 1)'
    )
    return f'(coalesce(CAST({column} AS json) ->> {_MAIN_LANGUAGE}, {first}) COLLATE "C")'


def _languages(arguments: str, dialect: Dialect) -> str:
    column, name = arguments.rsplit(maxsplit=1)
    return (
        f"{column} AS {name},\n    {_text(f'{column} en', dialect)} AS {name}_en,\n"
        f"    {_text(f'{column} zh', dialect)} AS {name}_zh,\n    {_any(column, dialect)} AS {name}_any"
    )


def _list(arguments: str, dialect: Dialect) -> str:
    value, rows = re.split(r"\|\s*FROM\b", arguments, maxsplit=1)
    listed = f"(SELECT {value.strip()} AS value FROM {rows.strip()}) AS listed"  # noqa: S608
    if dialect == "sqlite":
        return f"(SELECT json_group_array(listed.value) FROM {listed})"  # noqa: S608
    items = "string_agg(CAST(to_json(listed.value) AS text), ',')"
    return f"(SELECT ('[' || coalesce({items}, '') || ']') COLLATE \"C\" FROM {listed})"  # noqa: S608


def _moment(column: str, dialect: Dialect) -> str:
    if dialect == "sqlite":
        return column
    return f'(to_char({column} AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS"Z"\') COLLATE "C")'


def _latest(arguments: str, dialect: Dialect) -> str:
    moments = [moment.strip() for moment in re.split(r"\s\|\s", arguments)]
    if dialect == "postgresql":
        return f"greatest({', '.join(moments)})"
    given = (f"coalesce({moment}, '')" for moment in moments)  # max of several is empty when one of them is
    return f"max({', '.join(given)})"


def _days(arguments: str, dialect: Dialect) -> str:
    first, last = arguments.split()
    if dialect == "sqlite":
        return f"(CAST(julianday({last}) - julianday({first}) AS INTEGER) + 1)"
    return f"({last} - {first} + 1)"


def _points(arguments: str, dialect: Dialect) -> str:
    table, *words = arguments.split()
    kinds = [word for word in words if word in vocabulary.POINT_KINDS]
    owner = "contact" if table == "contact" else "agency"
    rows = f"FROM contact_point AS point WHERE point.{owner}_id = {table}.id AND point.kind IN ({quoted(kinds)})"
    first = f"(SELECT point.value {rows} ORDER BY +point.id LIMIT 1)"
    if dialect == "sqlite":
        # Without an order to put them in: the value comes from the row with the least number.
        number = f"min(point.id - point.preferred * {_BEYOND_NUMBERS})"
        first = f"(SELECT least.value FROM (SELECT point.value, {number} {rows}) AS least)"  # noqa: S608
        if owner == "agency":  # most have none, and the one look is enough
            return first
    # One of a kind may be preferred, and mostly is: an index finds it. Without the plus SQLite may read all of the
    # table in the order of its numbers.
    order = "ORDER BY +point.id " if len(kinds) > 1 else ""
    return f"coalesce((SELECT point.value {rows} AND point.preferred {order}LIMIT 1), {first})"


def _place(contact: str, _dialect: Dialect) -> str:
    # Nearly everybody has an open primary one, which comes first and which an index finds.
    return f"""LEFT JOIN affiliation ON affiliation.id = coalesce((
    SELECT main.id
    FROM affiliation AS main
    WHERE main.contact_id = {contact}.id AND main.is_primary AND main.ends_on IS NULL
), (
    SELECT latest.id
    FROM affiliation AS latest
    WHERE latest.contact_id = {contact}.id
    ORDER BY
        latest.ends_on IS NOT NULL,
        latest.is_primary DESC,
        latest.ends_on DESC,
        latest.starts_on DESC NULLS LAST,
        latest.id DESC
    LIMIT 1
))"""  # noqa: S608


def _parties(role: str, _dialect: Dialect) -> str:
    return (
        "{list v_agency.label | FROM v_agency WHERE v_agency.id IN ("  # noqa: S608
        "SELECT project_party.agency_id FROM project_party"
        f" WHERE project_party.project_id = project.id AND project_party.role = '{role}')"
        " ORDER BY v_agency.label, v_agency.id}"
    )


_TYPES: Final = {"": "integer))", "date": "date))", "text": 'text) COLLATE "C")'}


def _listed(arguments: str, dialect: Dialect) -> str:
    rows, *columns = arguments.split()
    named = [column.partition("=")[::2] for column in columns]
    if dialect == "sqlite":
        cells = [
            f"CAST(given.value ->> {at} AS {'integer' if kind == '' else 'text'}) AS {name}"
            for at, (name, kind) in enumerate(named)
        ]
        return f"SELECT {', '.join(cells)} FROM json_each({rows}) AS given"  # noqa: S608
    cells = [f"(CAST(given.value ->> {at} AS {_TYPES[kind]} AS {name}" for at, (name, kind) in enumerate(named)]
    return f"SELECT {', '.join(cells)} FROM json_array_elements(CAST({rows} AS json)) AS given (value)"  # noqa: S608


def _joined(arguments: str, dialect: Dialect) -> str:
    distinct, value = ("DISTINCT ", arguments[9:]) if arguments.startswith("DISTINCT ") else ("", arguments)
    if dialect == "sqlite":
        return f"group_concat({distinct}{value})"
    return f"string_agg({distinct}CAST({value} AS text), ',')"


def _words(name: str, _dialect: Dialect) -> str:
    return quoted(getattr(vocabulary, name))


_RENDERERS: Final[dict[str, Callable[[str, Dialect], str]]] = {
    "text": _text,
    "any": _any,
    "languages": _languages,
    "list": _list,
    "moment": _moment,
    "latest": _latest,
    "days": _days,
    "points": _points,
    "place": _place,
    "valid": lambda column, _: valid(column),
    "measure": lambda _, __: measure(),
    "parties": _parties,
    "listed": _listed,
    "joined": _joined,
    "words": _words,
}
