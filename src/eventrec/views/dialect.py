"""Renders the views for SQLite (3.38 or later) and PostgreSQL.

The `.sql` files are common SQL but for a few placeholders, written `{name arguments}`:

- `{text X TAG}`: the text of a Localized value in exactly that language.
- `{any X}`: its text in the book's main language (setting `language`, else English), else in its first tag.
- `{languages X NAME}`: four columns: NAME (the object), NAME_en, NAME_zh, NAME_any.
- `{list VALUE | FROM … ORDER BY …}`: a JSON array of the values in that order, without spaces; `[]` when none are.
- `{moment X}`: a moment as text, `YYYY-MM-DDTHH:MM:SSZ`.
- `{days A B}`: the number of days from A to B, both inclusive.
- `{points TABLE KIND … }`: the preferred way, else the first recorded, to reach a contact or an agency.
- `{parties ROLE}`: the labels of the agencies with that role in the project at hand.
- `{words NAME}`: a list of the vocabulary, quoted. `{roles}`: the roles that count.

The files are read when a database is made or upgraded, and by reports that count other roles: never by a list.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eventrec import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eventrec.dbapi import Dialect

VIEWS: Final = (
    "v_event_project",
    "v_own_staff",
    "v_agency",
    "v_on_the_day",
    "v_head",
    "v_event",
    "v_contact",
    "v_contact_point",
    "v_project",
    "v_participation",
    "v_retention",
    "v_event_source",
)
"""The views in the order of their creation: each looks only at tables and at views before it."""

_PLACEHOLDER: Final = re.compile(r"\{(\w+)(?:\s+([^{}]*?))?\s*\}")
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


def _text(arguments: str, dialect: Dialect) -> str:
    column, tag = arguments.split()
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
    column, name = arguments.split()
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


def _days(arguments: str, dialect: Dialect) -> str:
    first, last = arguments.split()
    if dialect == "sqlite":
        return f"(CAST(julianday({last}) - julianday({first}) AS INTEGER) + 1)"
    return f"({last} - {first} + 1)"


def _points(arguments: str, _dialect: Dialect) -> str:
    table, *words = arguments.split()
    kinds = [word for word in words if word in vocabulary.POINT_KINDS]
    owner = "contact" if table == "contact" else "agency"
    return (
        f"(SELECT point.value FROM contact_point AS point WHERE point.{owner}_id = {table}.id"  # noqa: S608
        f" AND point.kind IN ({quoted(kinds)}) ORDER BY point.preferred DESC, point.id LIMIT 1)"
    )


def _parties(role: str, _dialect: Dialect) -> str:
    return (
        "{list v_agency.label | FROM v_agency WHERE v_agency.id IN ("  # noqa: S608
        "SELECT project_party.agency_id FROM project_party"
        f" WHERE project_party.project_id = project.id AND project_party.role = '{role}')"
        " ORDER BY v_agency.label, v_agency.id}"
    )


def _words(name: str, _dialect: Dialect) -> str:
    return quoted(getattr(vocabulary, name))


_RENDERERS: Final[dict[str, Callable[[str, Dialect], str]]] = {
    "text": _text,
    "any": _any,
    "languages": _languages,
    "list": _list,
    "moment": _moment,
    "days": _days,
    "points": _points,
    "parties": _parties,
    "words": _words,
}
