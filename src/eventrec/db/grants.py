"""GRANTs on a book on a server: what a level needs, who has which, and giving it again after an upgrade."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from eventrec import connection
from eventrec.db.rights import LEVELS, SHOWN, TABLES, TABLES_SHOWN, columns
from eventrec.driver_errors import in_words
from eventrec.errors import EventrecError, NotAllowed, NotFound, Rejected, UsageError

if TYPE_CHECKING:
    from eventrec.db.rights import Level

Ask = Callable[[str], Iterable[Sequence[Any]]]
"""Runs one SQL statement and returns its rows."""

Right = tuple[str, str, str]
"""Table or view, column (empty for all of it), privilege."""

_SCHEMA: Final = "relnamespace = to_regnamespace(quote_ident(current_schema()))"
_KINDS: Final = "relkind IN ('r', 'p', 'v', 'm', 'f')"
_COLUMNS: Final = (
    "SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"  # noqa: S608
    f" WHERE {_SCHEMA} AND {_KINDS} AND attnum > 0 AND NOT attisdropped ORDER BY relname, attnum"
)
_HELD: Final = f"""
SELECT relname, '', privilege_type, grantee, is_grantable
FROM pg_class, aclexplode(relacl)
WHERE {_SCHEMA} AND {_KINDS} AND grantee <> relowner
UNION ALL
SELECT relname, attname, privilege_type, grantee, is_grantable
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid, aclexplode(attacl)
WHERE {_SCHEMA} AND {_KINDS} AND attnum > 0 AND NOT attisdropped AND grantee <> relowner
"""  # noqa: S608
_WITH_NAMES: Final = (
    "SELECT held.*, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END"  # noqa: S608
    f" FROM ({_HELD}) AS held (relation, attribute, privilege, grantee, passes_on)"
    " WHERE grantee = 0 OR EXISTS (SELECT 1 FROM pg_roles WHERE pg_roles.oid = grantee) ORDER BY 1, 2, 3, 6"
)
_ROLE: Final = """
SELECT quote_ident(pg_roles.rolname), quote_ident(current_schema()), pg_has_role(pg_roles.oid, book.relowner, 'USAGE'),
    pg_get_userbyid(book.relowner), pg_has_role(book.relowner, 'USAGE')
FROM pg_roles, pg_class AS book
WHERE pg_roles.rolname = %(role)s AND book.oid = to_regclass('event')
"""
_WAY_IN: Final = """
SELECT 'GRANT USAGE ON SCHEMA ' || quote_ident(current_schema()) || ' TO ' || %(quoted)s::text
WHERE NOT has_schema_privilege(%(role)s, current_schema(), 'USAGE')
UNION ALL
SELECT 'GRANT CONNECT ON DATABASE ' || quote_ident(current_database()) || ' TO ' || %(quoted)s::text
WHERE NOT has_database_privilege(%(role)s, current_database(), 'CONNECT')
"""
_EFFECTIVE: Final = f"""
SELECT relname, '', privilege FROM pg_class,
    unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
WHERE {_SCHEMA} AND {_KINDS} AND CASE
    WHEN privilege IN ('INSERT', 'UPDATE') THEN has_any_column_privilege(%(role)s, pg_class.oid, privilege)
    ELSE has_table_privilege(%(role)s, pg_class.oid, privilege) END
UNION ALL
SELECT relname, attname, 'SELECT' FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE {_SCHEMA} AND {_KINDS} AND attnum > 0 AND NOT attisdropped
    AND has_column_privilege(%(role)s, pg_class.oid, attnum, 'SELECT')
"""  # noqa: S608


@dataclass(frozen=True)
class Grants:
    """The statements that give a role its level, and what the role may do beyond it all the same."""

    statements: tuple[str, ...]
    beyond: tuple[str, ...] = ()


class NoSuchRole(NotFound):
    """The server has no role of that name."""

    def __init__(self, role: str, quoted: str, nearest: Sequence[str]) -> None:
        message = f"The server has no role “{role}”."
        if nearest:
            message += f" Nearest: {', '.join(nearest)}."
        EventrecError.__init__(self, message, f"Let its administrator make it: CREATE ROLE {quoted} LOGIN;")


def grant(address: str, level: str, role: str, *, apply: bool = False) -> Grants:
    """Return the statements that give a role exactly what a level may do; with `apply` they are run, all or none.

    What the role had before is taken back first. Raises UsageError for a SQLite file or an unknown level, NoSuchRole,
    Rejected for the owner of the book, and NotAllowed when the address is not the owner's.
    """
    known = next((each for each in LEVELS if each == level), None)
    if known is None:
        raise UsageError(f"“{level}” is no level.", f"Choose one of: {', '.join(LEVELS)}.")
    if not connection.is_postgresql(address):
        raise UsageError(
            f"{address} is a file: whoever may open it sees and changes all of it.",
            "Rights of single people need a book on PostgreSQL: docs/team.md",
        )
    opened = (connection.open_for_writing if apply else connection.open_for_reading)(address)
    with contextlib.closing(opened), in_words(address):
        quoted, schema = _checked(opened, role, apply)
        statements = tuple(_statements(opened.raw.execute, known, quoted, schema))
        if not apply:
            return Grants(statements)
        with opened.raw.transaction():
            for statement in statements:
                opened.raw.execute(statement)
            if known != "nothing":
                _check_the_way_in(opened, role, quoted)
        return Grants(statements, tuple(_beyond(opened, known, role)))


def held(ask: Ask) -> list[tuple[Right, str, bool]]:
    """Return what others than the owner may do, as (right, grantee quoted for SQL, may pass it on)."""
    return [((row[0], row[1], row[2]), str(row[5]), bool(row[4])) for row in ask(_WITH_NAMES)]


def again(ask: Ask, rights: Iterable[tuple[Right, str, bool]]) -> Iterable[str]:
    """Return the GRANTs that give back rights, as far as the tables, views and columns are there."""
    there = _there(ask)
    for (relation, column, privilege), grantee, passes_on in rights:
        if relation in there and (not column or column in there[relation]):
            named = f" ({_quoted(column)})" if column else ""
            option = " WITH GRANT OPTION" if passes_on else ""
            yield f"GRANT {privilege}{named} ON {_quoted(relation)} TO {grantee}{option}"


def levels(ask: Ask) -> dict[str, Level]:
    """Return who has exactly the rights of a level, by the name quoted for SQL; other grantees are left out."""
    there = _there(ask)
    rights: dict[str, set[Right]] = {}
    for right, grantee, _ in held(ask):
        rights.setdefault(grantee, set()).add(right)
    known = {level: set(_rights(level, there)) for level in LEVELS if level != "nothing"}
    return {
        grantee: level
        for grantee, found in rights.items()
        for level, expected in known.items()
        if grantee != "PUBLIC" and found == expected
    }


def renewed(ask: Ask, before: dict[str, Level]) -> Iterable[str]:
    """Return the statements that give everybody who had a level the same level of the schema as it is now."""
    schema = str(next(iter(ask("SELECT quote_ident(current_schema())")))[0])
    for grantee, level in before.items():
        yield from _statements(ask, level, grantee, schema)


def _checked(opened: connection.Connection, role: str, apply: bool) -> tuple[str, str]:
    """Return the role and the schema, quoted for SQL. Raises NoSuchRole, Rejected, NotAllowed."""
    if role.lower() == "public":  # also in quotation marks PostgreSQL reads it as everybody
        raise Rejected("PUBLIC is everybody who can connect, and no role.", "Name a role: people can be members of it.")
    found = opened.raw.execute(_ROLE, {"role": role}).fetchone()
    if found is None:
        names = [row[0] for row in opened.raw.execute("SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'")]
        quoted = opened.raw.execute("SELECT quote_ident(%(role)s)", {"role": role}).fetchone()[0]
        raise NoSuchRole(role, quoted, get_close_matches(role, names, 3))
    quoted, schema, owns, owner, may_grant = found
    if owns:
        raise Rejected(
            f"The role “{role}” owns the book, or may do all that its owner may; a level would change nothing.",
            "Name a role of its own for daily work.",
        )
    if apply and not may_grant:
        raise NotAllowed(
            f"Only “{owner}”, which owns the book, gives rights to it.",
            "Let it run the same command, without --apply it is SQL.",
        )
    return quoted, schema


def _check_the_way_in(opened: connection.Connection, role: str, quoted: str) -> None:
    """Raise NotAllowed when a role cannot come to the tables: whoever owns these may not own what they are in."""
    lacking = opened.raw.execute(_WAY_IN, {"role": role, "quoted": quoted}).fetchall()
    if lacking:
        raise NotAllowed(
            f"The role “{role}” may not come to the tables, and you may not let it; nothing was changed.",
            f"Let the administrator run: {'; '.join(row[0] for row in lacking)}; then repeat the command.",
        )


def _statements(ask: Ask, level: Level, role: str, schema: str) -> Iterable[str]:
    """Return REVOKE and GRANT statements; `role` and `schema` are quoted already."""
    there = _there(ask)
    ours = [name for name in there if name in {*SHOWN, *TABLES_SHOWN, *TABLES["manager"]}]
    sequences = [f"{schema}.{row[0]}" for row in ask(_sequences(ours))]
    yield f"REVOKE ALL ON {', '.join(f'{schema}.{name}' for name in ours)} FROM {role} CASCADE"
    if sequences:
        yield f"REVOKE ALL ON {', '.join(sequences)} FROM {role} CASCADE"
    if level == "nothing":
        return
    yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
    by_relation: dict[tuple[str, bool], list[Right]] = {}
    for right in _rights(level, there):
        by_relation.setdefault((right[0], bool(right[1])), []).append(right)
    for (relation, by_column), rights in by_relation.items():
        named = f" ({', '.join(column for _, column, _ in rights)})" if by_column else ""
        privileges = "SELECT" if by_column else ", ".join(privilege for _, _, privilege in rights)
        yield f"GRANT {privileges}{named} ON {schema}.{relation} TO {role}"
    written = [name for name, privileges in TABLES[level].items() if "INSERT" in privileges]
    for privilege, tables in (("SELECT", TABLES[level]), ("USAGE", written)):  # a backup notes the last numbers
        if used := [f"{schema}.{row[0]}" for row in ask(_sequences(tables))]:
            yield f"GRANT {privilege} ON {', '.join(used)} TO {role}"


def _rights(level: Level, there: dict[str, list[str]]) -> Iterable[Right]:
    """Return what a level may do with the tables and views that are there."""
    for table, privileges in TABLES[level].items():
        if table in there:
            yield from ((table, "", privilege) for privilege in privileges)
    if level == "reader":
        for relation, written in {**TABLES_SHOWN, **SHOWN}.items():
            present = there.get(relation, [])
            yield from ((relation, column, "SELECT") for column in columns(written) if column in present)
    elif level != "nothing":
        yield from ((view, "", "SELECT") for view in SHOWN if view in there)


def _beyond(opened: connection.Connection, level: Level, role: str) -> Iterable[str]:
    """Return what a role may do beyond its level: through another role, PUBLIC, or somebody else's GRANT."""
    there = _there(opened.raw.execute)
    allowed: set[Right] = set()
    for relation, column, privilege in _rights(level, there):
        whole = privilege == "SELECT" and not column
        allowed |= {(relation, each, privilege) for each in (there[relation] if whole else [column])}
    more: dict[tuple[str, str], int] = {}
    for relation, column, privilege in opened.raw.execute(_EFFECTIVE, {"role": role}):
        if relation in {*SHOWN, *TABLES["manager"]} and (relation, column, privilege) not in allowed:
            more[relation, privilege] = more.get((relation, privilege), 0) + 1
    return sorted(f"{privilege} on {relation}" for relation, privilege in more)


def _there(ask: Ask) -> dict[str, list[str]]:
    """Return every table and view of the schema with its columns."""
    found: dict[str, list[str]] = {}
    for relation, column in ask(_COLUMNS):
        found.setdefault(str(relation), []).append(str(column))
    return found


def _sequences(tables: Iterable[str]) -> str:
    """Return the question for the sequences that number the rows of tables of ours, quoted for SQL."""
    names = ", ".join(f"'{name}'" for name in tables)
    return (
        "SELECT quote_ident(sequence.relname) FROM pg_class AS sequence"  # noqa: S608
        " JOIN pg_depend ON pg_depend.objid = sequence.oid AND pg_depend.deptype IN ('a', 'i')"
        " JOIN pg_class AS owner ON owner.oid = pg_depend.refobjid"
        f" WHERE sequence.relkind = 'S' AND owner.relname = ANY (ARRAY[{names}]::text[])"
        " AND sequence.relnamespace = to_regnamespace(quote_ident(current_schema()))"
        " AND owner.relnamespace = sequence.relnamespace ORDER BY 1"
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
