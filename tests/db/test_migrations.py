from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import inspect, text

from eventrec import connection
from eventrec.db import upgrade as upgrading
from eventrec.db.engine import engine
from eventrec.demo.make import record
from eventrec.errors import DatabaseUnavailable
from eventrec.models import Base
from eventrec.views.dialect import VIEWS

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """An address where nothing is yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "new.db")
        return
    postgres: Server = request.getfixturevalue("postgres")
    yield postgres.create("nothing_yet")
    postgres.drop("nothing_yet")


def objects(made: Engine) -> dict[str, Any]:
    """Return every table, column, constraint and index of a database, as it describes them."""
    found: dict[str, Any] = {}
    looked = inspect(made)
    for table in sorted(looked.get_table_names()):
        if table in ("alembic_version", "schema_mark"):
            continue
        found[table] = {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in looked.get_columns(table)],
            "checks": sorted((str(c["name"]), c["sqltext"]) for c in looked.get_check_constraints(table)),
            "uniques": sorted((str(c["name"]), c["column_names"]) for c in looked.get_unique_constraints(table)),
            "foreign": sorted(
                (str(c["name"]), c["constrained_columns"], c["referred_table"], str(c["options"]))
                for c in looked.get_foreign_keys(table)
            ),
        }
    with made.connect() as opened:
        sql = (
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
            if made.dialect.name == "sqlite"
            else "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname"
        )
        skip = ("alembic_version_pkc",)
        found["indexes"] = [(n, " ".join(s.split())) for n, s in opened.execute(text(sql)) if n not in skip]
    return found


def test_the_migrations_make_what_the_models_say(empty: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    upgrading.create(empty)
    if connection.is_postgresql(empty):
        fresh = request.getfixturevalue("postgres").create("fresh")
    else:
        fresh = str(tmp_path / "fresh.db")
    with engine(fresh, check=False).begin() as opened:
        Base.metadata.create_all(opened)
    assert objects(engine(empty)) == objects(engine(fresh, check=False))
    if connection.is_postgresql(empty):
        request.getfixturevalue("postgres").drop("fresh")


def test_the_newest_revision_is_the_one_the_package_expects() -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(upgrading.config("unused.db"))
    assert script.get_heads() == [connection.REVISIONS[-1]]
    assert [each.revision for each in script.walk_revisions()] == list(reversed(connection.REVISIONS))


def test_a_book_full_of_records_goes_down_and_up_again(empty: str) -> None:
    record(empty).close()
    upgrading.downgrade(empty, "base")
    with closing(connection.open_for_writing(empty, check=False)) as opened:
        with pytest.raises(Exception, match="event"):
            opened.execute("SELECT 1 FROM event")
    with pytest.raises(DatabaseUnavailable, match="no record book"):
        connection.open_for_reading(empty)
    upgrading._run(empty, "upgrade", "head")
    with closing(connection.open_for_reading(empty)) as opened:
        assert opened.execute("SELECT count(*) FROM v_event").fetchone() == (0,)


def test_an_upgrade_that_breaks_off_leaves_the_book_as_it_was(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic.runtime.migration import MigrationContext

    with closing(connection.open_for_writing(address)) as opened:
        opened.execute("PRAGMA user_version = 1" if opened.dialect == "sqlite" else "UPDATE schema_mark SET mark = 1")
    before = views(address)

    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(MigrationContext, "run_migrations", break_off)
        with pytest.raises(KeyboardInterrupt):
            upgrading.upgrade(address)
    assert views(address) == before
    upgrading.upgrade(address)
    connection.open_for_reading(address).close()


def views(address: str) -> list[str]:
    with engine(address, check=False).connect() as opened:
        return sorted(inspect(opened).get_view_names())


def test_an_upgrade_makes_the_views_anew_and_keeps_a_copy(sqlite_address: str) -> None:
    with closing(connection.open_for_writing(sqlite_address)) as opened:
        opened.execute("PRAGMA user_version = 1")
        opened.execute("DROP VIEW v_project")
    done = upgrading.upgrade(sqlite_address)
    assert done.backup is not None
    assert done.backup.stat().st_mode & 0o077 == 0
    assert views(sqlite_address) == sorted(VIEWS)


def test_a_current_book_is_left_alone(sqlite_address: str) -> None:
    assert upgrading.upgrade(sqlite_address).backup is None


def test_rights_on_views_outlive_an_upgrade(postgresql_address: str) -> None:
    with engine(postgresql_address).begin() as opened:
        opened.execute(text("CREATE ROLE reporter"))
        opened.execute(text("GRANT SELECT ON v_event TO reporter"))
        opened.execute(text("UPDATE schema_mark SET mark = 1"))
    upgrading.upgrade(postgresql_address)
    with engine(postgresql_address).begin() as opened:
        assert opened.execute(text("SELECT has_table_privilege('reporter', 'v_event', 'SELECT')")).scalar()
        opened.execute(text("DROP OWNED BY reporter"))
        opened.execute(text("DROP ROLE reporter"))


def test_a_book_is_not_made_over_another(address: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"record book .*already"):
        upgrading.create(address)
