from __future__ import annotations

import shutil
import sqlite3
import stat
import sys
import time
from contextlib import closing
from subprocess import Popen
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import inspect, text
from tests.db.rows import GOOD, NEW, add, forget
from tests.services import make

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.connection import Standing
from eventrec.db import upgrade as upgrading
from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.db.grants import grant
from eventrec.db.upgrade import create, state, upgrade
from eventrec.errors import DatabaseUnavailable
from eventrec.services import event as events
from eventrec.services import planning, undo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.postgres import Server

REVISIONS = connection.REVISIONS
HEAD = REVISIONS[-1]

NEXT = """
import sqlalchemy as sa
from alembic import op

from eventrec.models import Base

revision = "9000"
down_revision = "{head}"


def agency(*more):
    table = Base.metadata.tables["agency"].to_metadata(sa.MetaData())
    for each in more:
        table.append_column(each) if isinstance(each, sa.Column) else table.append_constraint(each)
    return table


def upgrade():
    with op.batch_alter_table("agency", copy_from=agency(), table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("motto", sa.Text))
        batch.create_check_constraint(op.f("ck_agency_motto"), "motto <> ''")
    op.execute("UPDATE agency SET motto = 'Onwards'")
    {then}


def downgrade():
    motto = sa.Column("motto", sa.Text), sa.CheckConstraint("motto <> ''", name=op.f("ck_agency_motto"))
    with op.batch_alter_table("agency", copy_from=agency(*motto), table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_constraint(op.f("ck_agency_motto"), type_="check")
        batch.drop_column("motto")
"""


@pytest.fixture
def land(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let one more migration land, which makes a table anew that many others refer to, and then does `then`."""

    folder = tmp_path / "migrations"
    shutil.copytree(upgrading.migrations(), folder)

    def land(then: str = "pass") -> None:
        (folder / "versions" / "9000_motto.py").write_text(NEXT.replace("{head}", HEAD).replace("{then}", then))
        monkeypatch.setattr(upgrading, "migrations", lambda: folder)
        monkeypatch.setattr(connection, "REVISIONS", (*REVISIONS, "9000"))
        monkeypatch.setattr(connection, "SCHEMA_MARK", upgrading.computed_mark("9000"))

    return land


@pytest.fixture
def filled(address: str) -> str:
    """A book with rows in every table."""
    with engine(address).begin() as opened:
        for table, row in GOOD:
            add(opened, table, row)
    return address


def rows(address: str, *but: str) -> dict[str, list[dict[str, Any]]]:
    """Return all that is in a book, without some columns."""
    with engine(address, check=False).connect() as opened:
        names = set(inspect(opened).get_table_names()) - {"alembic_version", "schema_mark"}
        found = {name: opened.execute(text(f"SELECT * FROM {name} ORDER BY id")).mappings().all() for name in names}
    return {
        name: [{column: row[column] for column in row if column not in but} for row in there]
        for name, there in found.items()
    }


def views(address: str) -> list[str]:
    with engine(address, check=False).connect() as opened:
        return sorted(inspect(opened).get_view_names())


def make_old(address: str) -> None:
    """Let a book have been made by a version with other views."""
    with engine(address).begin() as opened:
        sqlite = opened.dialect.name == "sqlite"
        opened.execute(text("PRAGMA user_version = 1" if sqlite else "UPDATE schema_mark SET mark = 1"))


def test_a_new_book_is_current(tmp_path: Path) -> None:
    create(str(tmp_path / "book.db"))
    assert state(str(tmp_path / "book.db")) == (Standing.CURRENT, connection.REVISIONS[-1])


def test_a_book_is_not_made_over_another(filled: str) -> None:
    before = rows(filled)
    with pytest.raises(DatabaseUnavailable, match="holds a record book already"):
        create(filled)
    assert rows(filled) == before


def test_a_book_that_could_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(upgrading, "_run", break_off)
    with pytest.raises(KeyboardInterrupt):
        create(str(tmp_path / "new.db"))
    assert list(tmp_path.glob("new.db*")) == []


@pytest.mark.parametrize("change", [upgrade, state, connection.open_for_writing, connection.open_for_reading])
def test_a_mistyped_name_makes_no_book(tmp_path: Path, change: Callable[[str], object]) -> None:
    with pytest.raises(DatabaseUnavailable, match="no record book at"):
        change(str(tmp_path / "typo.db"))
    assert not (tmp_path / "typo.db").exists()


def test_a_current_book_is_left_alone(address: str) -> None:
    done = upgrade(address)
    assert (done.before, done.backup) == (done.after, None)


def test_a_book_of_a_newer_version_is_left_alone(sqlite_address: str) -> None:
    with engine(sqlite_address).begin() as opened:
        opened.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    make_old(sqlite_address)
    with pytest.raises(DatabaseUnavailable, match="newer eventrec"):
        upgrade(sqlite_address)


def test_an_upgrade_keeps_every_row(filled: str, land: Callable[..., None]) -> None:
    before = rows(filled)
    land()
    done = upgrade(filled)
    assert (done.before, done.after) == (HEAD, "9000")
    assert {row["motto"] for row in rows(filled)["agency"]} == {"Onwards"}
    assert rows(filled, "motto") == before
    assert state(filled)[0] is Standing.CURRENT


def test_a_downgrade_keeps_every_row(filled: str, land: Callable[..., None]) -> None:
    before = rows(filled)
    land()
    upgrade(filled)
    upgrading.downgrade(filled, HEAD)
    assert rows(filled) == before
    assert state(filled) == (Standing.OLDER, HEAD)


def test_what_was_done_before_an_upgrade_can_be_taken_back_after_it(address: str) -> None:
    book = Book(Settings(address))
    with book.writing("add") as work:
        made = make.event(work.session, contact_id=make.contact(work.session).id)
        planning.remove(work.session, make.event(work.session, "Another").id)
    with book.writing("edit") as work:
        events.edit(work.session, made.id, {"note": "Changed."})
    with book.writing("remove") as work:
        planning.remove(work.session, made.id)
    book.close()
    upgrading.downgrade(address, "0002")
    with engine(address, check=False).begin() as opened:
        forget(opened)
    upgrade(address)
    assert check(engine(address)) == []
    book = Book(Settings(address))
    for _ in range(2):
        with book.writing("undo") as work:
            undo.undo(work.session)
    assert book.reader.event(made.id)["note"] is None
    for _ in range(2):
        with book.writing("redo") as work:
            undo.redo(work.session)
    assert len(book.reader.events()) == 0
    for _ in range(3):
        with book.writing("undo") as work:
            undo.undo(work.session)
    assert len(book.reader.contacts()) == 0
    book.close()
    assert check(engine(address)) == []


@pytest.mark.parametrize("left", [2, 0])
def test_numbers_are_not_used_again_after_an_upgrade(address: str, land: Callable[..., None], left: int) -> None:
    with engine(address).begin() as opened:
        for table, row in GOOD[:3]:
            add(opened, table, row)
        for number in range(3, left, -1):
            opened.execute(text(f"DELETE FROM agency WHERE id = {number}"))
    land()
    upgrade(address)
    with engine(address).begin() as opened:
        add(opened, "agency", NEW["agency"])
        assert opened.execute(text("SELECT max(id) FROM agency")).scalar() == 4


def test_an_upgrade_that_breaks_off_leaves_the_book_as_it_was(filled: str, land: Callable[..., None]) -> None:
    before = (rows(filled), views(filled))
    land("raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        upgrade(filled)
    assert (rows(filled), views(filled)) == before
    assert state(filled) == (Standing.OLDER, HEAD)
    land()
    upgrade(filled)
    assert state(filled)[0] is Standing.CURRENT


def test_an_upgrade_that_would_lose_a_link_is_taken_back(sqlite_address: str, land: Callable[..., None]) -> None:
    with engine(sqlite_address).begin() as opened:
        for table, row in GOOD:
            add(opened, table, row)
    before = rows(sqlite_address)
    land("op.execute('DELETE FROM contact WHERE id = 1')")
    with pytest.raises(
        DatabaseUnavailable, match=r"refer to records that are gone \(.*affiliation.*nothing was changed"
    ):
        upgrade(sqlite_address)
    assert rows(sqlite_address) == before


def test_a_copy_whose_name_another_upgrade_took_meanwhile_gets_the_next_name(
    sqlite_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_old(sqlite_address)
    meanwhile = tmp_path / f"events.before-{HEAD}-1.db"
    free_name = upgrading._free_name

    def taken(path: Path, revision: str) -> Path:
        kept = free_name(path, revision)
        if kept == meanwhile:
            meanwhile.write_text("the other's")
        return kept

    monkeypatch.setattr(upgrading, "_free_name", taken)
    kept = upgrade(sqlite_address).backup
    assert kept == tmp_path / f"events.before-{HEAD}-2.db"
    assert meanwhile.read_text() == "the other's"


def test_the_book_as_it_was_is_kept_for_its_owner(sqlite_address: str, land: Callable[..., None]) -> None:
    land()
    kept = upgrade(sqlite_address).backup
    assert kept is not None
    assert kept.name == f"events.before-{HEAD}-1.db"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert state(str(kept)) == (Standing.OLDER, HEAD)


def test_an_older_copy_is_never_replaced(sqlite_address: str, tmp_path: Path) -> None:
    (tmp_path / f"events.before-{HEAD}-1.db").write_text("older")
    make_old(sqlite_address)
    kept = upgrade(sqlite_address).backup
    assert kept == tmp_path / f"events.before-{HEAD}-2.db"
    assert (tmp_path / f"events.before-{HEAD}-1.db").read_text() == "older"


def test_an_upgrade_makes_the_views_anew(address: str) -> None:
    there = views(address)
    with engine(address).begin() as opened:
        opened.execute(text("DROP VIEW v_project"))
    make_old(address)
    upgrade(address)
    assert views(address) == there


def test_a_view_of_somebodys_own_outlives_an_upgrade(address: str) -> None:
    with engine(address).begin() as opened:
        opened.exec_driver_sql(
            "CREATE VIEW mine AS SELECT id FROM v_event WHERE city LIKE '%Bei%'",
            execution_options={"no_parameters": True},
        )
    make_old(address)
    upgrade(address)
    assert "mine" in views(address)
    with closing(connection.open_for_reading(address)) as opened:
        assert opened.execute("SELECT count(*) FROM mine").fetchone() == (0,)


def test_a_view_of_somebodys_own_that_no_longer_fits_is_not_lost(
    postgresql_address: str, land: Callable[..., None]
) -> None:
    with engine(postgresql_address).begin() as opened:
        opened.execute(text("CREATE VIEW mine AS SELECT replaced_by FROM tombstone"))
    land("op.drop_column('tombstone', 'replaced_by')")
    with pytest.raises(DatabaseUnavailable, match=r"The view mine, .* does not fit"):
        upgrade(postgresql_address)
    assert "mine" in views(postgresql_address)


def test_rights_outlive_an_upgrade(postgresql_address: str, postgres: Server) -> None:
    with engine(postgresql_address).begin() as opened:
        opened.execute(text('CREATE ROLE "power bi" LOGIN'))
        opened.execute(text('GRANT SELECT ON v_event, schema_mark TO "power bi"'))
    make_old(postgresql_address)
    upgrade(postgresql_address)
    as_reporter = postgresql_address.replace("eventrec@", "power%20bi@")
    with closing(connection.open_for_reading(as_reporter)) as opened:
        assert opened.execute("SELECT count(*) FROM v_event").fetchone() == (0,)
        with pytest.raises(DatabaseUnavailable, match="does not let you"):
            opened.execute("SELECT count(*) FROM event")
    with engine(postgresql_address).begin() as writing:
        writing.execute(text('DROP OWNED BY "power bi"'))
        writing.execute(text('DROP ROLE "power bi"'))
    assert postgres is not None


def test_a_writer_may_write_to_a_table_that_an_upgrade_brings(
    postgresql_address: str, land: Callable[..., None]
) -> None:
    with engine(postgresql_address).begin() as opened:
        opened.execute(text("CREATE ROLE writer LOGIN"))
    try:
        grant(postgresql_address, "writer", "writer", apply=True)
        with engine(postgresql_address).begin() as opened:
            opened.execute(text("DROP TABLE not_same"))
        land("op.create_table('not_same', sa.Column('id', sa.Integer, primary_key=True))")
        upgrade(postgresql_address)
        with closing(connection.open_for_writing(postgresql_address.replace("eventrec@", "writer@"))) as opened:
            opened.execute("INSERT INTO not_same DEFAULT VALUES")
            with pytest.raises(DatabaseUnavailable, match="does not let you"):
                opened.execute("TRUNCATE not_same")
    finally:
        with engine(postgresql_address, check=False).begin() as opened:
            opened.execute(text("DROP OWNED BY writer"))
            opened.execute(text("DROP ROLE writer"))


def start_upgrade(address: str) -> Popen[bytes]:
    program = "import sys; from eventrec.db.upgrade import upgrade; upgrade(sys.argv[1])"
    return Popen([sys.executable, "-c", program, address])


def waiting(holder: connection.Connection) -> int:
    """Return how many sessions of a server wait for a table."""
    sql = "SELECT count(*) FROM pg_locks WHERE relation = 'alembic_version'::regclass AND NOT granted"
    return int(holder.execute(sql).fetchone()[0])


def test_two_upgrades_of_a_file_at_once_do_not_hurt_each_other(sqlite_address: str) -> None:
    make_old(sqlite_address)
    both = [start_upgrade(sqlite_address) for _ in range(2)]
    assert [each.wait(timeout=60) for each in both] == [0, 0]
    assert state(sqlite_address)[0] is Standing.CURRENT


def test_two_upgrades_on_a_server_go_one_after_the_other(postgresql_address: str) -> None:
    make_old(postgresql_address)
    with closing(connection.open_for_writing(postgresql_address, check=False)) as holder:
        holder.execute("BEGIN")
        holder.execute("LOCK TABLE alembic_version IN EXCLUSIVE MODE")
        both = [start_upgrade(postgresql_address) for _ in range(2)]
        while waiting(holder) < 2:
            assert [each.poll() for each in both] == [None, None]
            time.sleep(0.02)
        holder.execute("COMMIT")
        assert [each.wait(timeout=60) for each in both] == [0, 0]
    assert state(postgresql_address)[0] is Standing.CURRENT


def test_an_upgrade_waits_for_a_writer_only_so_long(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_old(sqlite_address)
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(sqlite_address, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable, match="Another program is writing"):
            upgrade(sqlite_address)


def test_migrations_of_a_project_that_eventrec_was_installed_into_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "vendor" / "eventrec"
    for folder in (tmp_path / "migrations", package / "migrations"):
        folder.mkdir(parents=True)
        (folder / "env.py").touch()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "another"')
    monkeypatch.setattr(upgrading, "_PACKAGE", package)
    assert upgrading.migrations() == package / "migrations"


def test_an_upgrade_is_silent(sqlite_address: str, capfd: pytest.CaptureFixture[str]) -> None:
    make_old(sqlite_address)
    upgrade(sqlite_address)
    assert capfd.readouterr() == ("", "")
