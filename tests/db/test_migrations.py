from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from tests.db.rows import GOOD, add

from eventrec import connection
from eventrec.db import upgrade as upgrading
from eventrec.db.engine import engine
from eventrec.models import Base
from eventrec.models.base import is_of
from eventrec.views.dialect import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OBJECTS = {
    "sqlite": "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
    " AND name NOT IN ('alembic_version', 'sqlite_autoindex_alembic_version_1')",
    "postgresql": "SELECT 'column', table_name || '.' || column_name, data_type || coalesce(collation_name, '')"
    " || is_nullable || coalesce(column_default, ''), '' FROM information_schema.columns"
    " WHERE table_schema = 'public' AND table_name NOT IN ('alembic_version', 'schema_mark') AND table_name !~ '^v_'"
    " UNION ALL SELECT 'constraint', conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace AND conname !~ '^(alembic_version|schema_mark)_'"
    " UNION ALL SELECT 'index', indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    " AND tablename <> 'alembic_version'",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the tables of the models, made without a migration."""
    if request.param == "sqlite":
        connection.make_file(tmp_path / "fresh.db")
        address = str(tmp_path / "fresh.db")
    else:
        address = request.getfixturevalue("postgres").create("fresh")
    with engine(address, check=False).begin() as opened:
        Base.metadata.create_all(opened)
    yield address
    if request.param == "postgresql":
        request.getfixturevalue("postgres").drop("fresh")


@pytest.fixture
def migrated(fresh: str, request: pytest.FixtureRequest) -> str:
    """A book on the same kind of database."""
    kind = "postgresql" if connection.is_postgresql(fresh) else "sqlite"
    return str(request.getfixturevalue(f"{kind}_address"))


def objects(address: str) -> dict[tuple[str, str], tuple[str, frozenset[str]]]:
    """Return every table, constraint and index in the words of the database; a table's lines in any order."""
    with engine(address, check=False).connect() as opened:
        rows = opened.exec_driver_sql(OBJECTS[opened.dialect.name], execution_options={"no_parameters": True})
        return {(kind, name): (table, _lines(sql)) for kind, name, table, sql in rows}


def _lines(sql: str | None) -> frozenset[str]:
    """Return what stands between the commas outside inner brackets: an added column stands on the last line."""
    parts, depth = [""], 0
    for character in sql or "":
        depth += {"(": 1, ")": -1}.get(character, 0)
        if (depth == 1 and character in "(,") or (depth == 0 and character == ")"):
            parts.append("")
        else:
            parts[-1] += character
    return frozenset(line for part in parts if (line := " ".join(part.split())))


def test_a_migrated_book_and_a_fresh_one_are_the_same_object_by_object(migrated: str, fresh: str) -> None:
    assert objects(migrated) == objects(fresh)


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_alembic_finds_nothing_to_add(address: str) -> None:
    with engine(address).connect() as opened:
        options = {
            "compare_type": True,
            "include_name": lambda name, *_: name != "schema_mark",
            "include_object": lambda found, *_: is_of(found, opened.dialect.name),
        }
        context = MigrationContext.configure(opened, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_the_package_knows_every_revision() -> None:
    script = ScriptDirectory.from_config(upgrading.config("unused.db"))
    assert script.get_heads() == [connection.REVISIONS[-1]]
    assert [each.revision for each in script.walk_revisions()] == list(reversed(connection.REVISIONS))


def test_a_landed_migration_looks_at_no_model() -> None:
    for file in (upgrading.migrations() / "versions").glob("*.py"):
        assert "eventrec." not in file.read_text(encoding="utf-8").split('"""', 2)[2]


def test_a_book_has_every_view_and_no_other(address: str) -> None:
    with engine(address).connect() as opened:
        assert sorted(inspect(opened).get_view_names()) == sorted(VIEWS)


def _fill(address: str) -> None:
    """Put a row into every table, but for those of people who were forgotten: they keep an older schema away."""
    with engine(address).begin() as opened:
        for table, row in GOOD:
            if table != "forgotten":
                add(opened, table, row)


def test_an_older_schema_is_refused_to_a_book_that_forgot_people(address: str) -> None:
    with engine(address).begin() as opened:
        add(opened, "forgotten", dict(GOOD)["forgotten"])
    with pytest.raises(RuntimeError, match="let them come back"):
        upgrading.downgrade(address, "0003")
    assert upgrading.state(address) == (connection.Standing.CURRENT, connection.REVISIONS[-1])


def test_every_migration_goes_down_and_up_again_with_rows_in_every_table(address: str) -> None:
    _fill(address)
    for revision in reversed(connection.REVISIONS[1:-1]):
        upgrading.downgrade(address, revision)
        assert upgrading.state(address) == (connection.Standing.OLDER, revision)
        upgrading.upgrade(address)
        with engine(address).connect() as opened:
            assert opened.exec_driver_sql("SELECT count(*) FROM event").scalar() == sum(
                table == "event" for table, _ in GOOD
            )


def test_a_book_with_rows_in_every_table_goes_down_and_up_again(address: str) -> None:
    _fill(address)
    upgrading.downgrade(address, "base")
    assert upgrading.state(address) == (connection.Standing.EMPTY, "")
    upgrading.create(address)
    with closing(connection.open_for_reading(address)) as reading:
        assert [reading.execute(f"SELECT count(*) FROM {view}").fetchone()[0] for view in VIEWS] == [0] * len(VIEWS)
