from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eventrec import connection
from eventrec.db.upgrade import computed_mark, create, upgrade
from eventrec.errors import DatabaseUnavailable, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres import Server


NOBODY = 65534
READ, ENTER = 0o5, 0o1
SETTING = (
    "INSERT INTO setting (uid, key, value, created_at, modified_at, version)"
    " VALUES ('u', 'k', '1', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', 1)"
)


@pytest.fixture
def shared(sqlite_address: str) -> Iterator[Path]:
    """A book in a folder that others can reach."""
    folder = Path(tempfile.mkdtemp(prefix="eventrec-"))
    yield Path(shutil.copy(sqlite_address, folder / "events.db"))
    folder.chmod(0o700)
    shutil.rmtree(folder)


@contextmanager
def with_rights(rights: int, path: Path, hidden: str = "") -> Iterator[str]:
    """Go on as somebody who has these rights to a book and its folder, but none to the file with a hidden ending.

    Root has every right: a test of root's goes on as nobody.
    """
    for file in path.parent.iterdir():
        file.chmod(0 if hidden and file.name.endswith(hidden) else 0o111 * (rights & 6))
    path.parent.chmod(0o111 * rights)
    root = os.geteuid() == 0
    if root:
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield str(path)
    finally:
        if root:
            os.setresuid(0, 0, 0)


def test_the_mark_in_the_package_is_that_of_the_schema() -> None:
    assert computed_mark() == connection.SCHEMA_MARK, (
        f"The views or the newest revision changed: set SCHEMA_MARK in connection.py to {computed_mark()}."
    )


def test_a_book_is_read_and_cannot_be_changed(sqlite_address: str) -> None:
    with closing(connection.open_for_reading(sqlite_address)) as opened:
        assert opened.execute("SELECT count(*) FROM event").fetchone() == (0,)
        with pytest.raises(DatabaseUnavailable, match="may only be read here"):
            opened.execute("DELETE FROM event")


def test_a_new_book_is_for_its_owner_only(tmp_path: Path) -> None:
    create(str(tmp_path / "new.db"))
    assert stat.S_IMODE((tmp_path / "new.db").stat().st_mode) == 0o600


def test_a_book_keeps_the_promised_settings(sqlite_address: str) -> None:
    with closing(connection.open_for_writing(sqlite_address)) as opened:
        found = [
            opened.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]
    assert found == ["wal", 2, 1, 1]


def test_a_missing_book_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable) as told:
        connection.open_for_reading(str(tmp_path / "none.db"))
    assert told.value.hint.endswith(f"eventrec --database {tmp_path / 'none.db'} init")
    assert not (tmp_path / "none.db").exists()


def test_writing_does_not_make_a_book_by_the_way(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        connection.open_for_writing(str(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "no record book in"), (b"This is a letter, not a database. " * 40, "no SQLite database")],
)
def test_a_file_that_is_no_book_is_left_alone(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseUnavailable, match=sentence):
        connection.open_for_reading(str(path))
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmark (id)")
    content = path.read_bytes()
    for open_it in (connection.open_for_reading, connection.open_for_writing, create, upgrade):
        with pytest.raises(DatabaseUnavailable, match=r"belongs to another program; it holds bookmark\."):
            open_it(str(path))  # type: ignore[operator]
    assert path.read_bytes() == content


def test_a_folder_is_no_book(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="is a folder"):
        connection.open_for_reading(str(tmp_path))


def _remark(address: str, revision: str) -> None:
    with closing(connection.open_for_writing(address)) as opened:
        change = "UPDATE alembic_version SET version_num = :revision"
        opened.execute(
            change if opened.dialect == "sqlite" else change.replace(":revision", "%(revision)s"),
            {"revision": revision},
        )
        opened.execute("PRAGMA user_version = 1" if opened.dialect == "sqlite" else "UPDATE schema_mark SET mark = 1")


def test_a_book_of_a_newer_version_is_not_touched(address: str) -> None:
    _remark(address, "9999")
    with pytest.raises(DatabaseUnavailable, match=r"newer eventrec \(schema 9999\)"):
        connection.open_for_reading(address)


def test_a_book_of_an_older_version_names_the_upgrade(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "REVISIONS", ("0000", *connection.REVISIONS))
    _remark(address, "0000")
    with pytest.raises(DatabaseUnavailable, match=r"older eventrec \(schema 0000\)") as told:
        connection.open_for_reading(address)
    assert "eventrec db upgrade" in told.value.hint


def test_a_book_with_other_views_names_the_upgrade(address: str) -> None:
    _remark(address, connection.REVISIONS[-1])
    with pytest.raises(DatabaseUnavailable, match=r"views .* of another version") as told:
        connection.open_for_reading(address)
    assert "eventrec db upgrade" in told.value.hint


def test_a_locked_book_says_so(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    with closing(connection.open_for_writing(sqlite_address)) as one:
        one.execute("BEGIN IMMEDIATE")
        with (
            closing(connection.open_for_writing(sqlite_address)) as other,
            pytest.raises(DatabaseUnavailable, match="Another program is writing"),
        ):
            other.execute("BEGIN IMMEDIATE")


def test_a_reader_is_not_kept_waiting_by_a_writer(sqlite_address: str) -> None:
    with closing(connection.open_for_writing(sqlite_address)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with closing(connection.open_for_reading(sqlite_address)) as reader:
            assert reader.execute("SELECT count(*) FROM event").fetchone() == (0,)


def test_a_damaged_book_says_so(sqlite_address: str) -> None:
    path = Path(sqlite_address)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with (
        pytest.raises(DatabaseUnavailable, match="damaged"),
        closing(connection.open_for_reading(sqlite_address)) as opened,
    ):
        opened.execute("SELECT * FROM event").fetchall()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://me:secret@host/book", "postgresql://me:…@host/book"),
        ("postgresql://me:sec/r@t@one:1,two:2/book", "postgresql://me:…@one:1,two:2/book"),
        ("postgresql://me@host:5432/book?user=a@b", "postgresql://me@host:5432/book?user=a@b"),
        ("postgresql://host/book?sslpassword=secret", "postgresql://host/book?sslpassword=…"),
        ("postgresql://host/book?password=secret&x=1", "postgresql://host/book?password=…&x=1"),
        ("events.db", "events.db"),
    ],
)
def test_a_password_is_never_shown(address: str, expected: str) -> None:
    assert connection.shown(address) == expected


def test_a_server_that_is_not_there_says_so() -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot be reached"):
        connection.open_for_reading("postgresql://nobody@127.0.0.1:1/none")


def test_a_server_without_the_database_says_so(postgres: Server) -> None:
    with pytest.raises(DatabaseUnavailable, match="no such database"):
        connection.open_for_reading(postgres.url("none"))


def test_an_empty_database_on_a_server_names_init(postgres: Server) -> None:
    address = postgres.create("empty")
    with pytest.raises(DatabaseUnavailable) as told:
        connection.open_for_reading(address)
    assert "eventrec init" in told.value.hint
    postgres.drop("empty")


def test_a_missing_driver_names_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseUnavailable) as told:
        connection.open_for_reading("postgresql://host/book")
    assert 'pip install "eventrec[postgres]"' in told.value.hint


@pytest.mark.parametrize("address", ["mysql://me:secret@host/book", "sqlite://book.db", "sqlite:///", ""])
def test_an_address_of_another_kind_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(UsageError, match="is no address of a record book") as told:
        connection.open_for_reading(address)
    assert "secret" not in str(told.value)


def test_an_address_may_be_a_sqlite_url(sqlite_address: str) -> None:
    connection.open_for_reading(f"sqlite:///{sqlite_address}").close()


def test_signs_that_mean_something_in_a_url_may_stand_in_a_path(sqlite_address: str) -> None:
    odd = Path(sqlite_address).rename(Path(sqlite_address).with_name("50%20 #1? 记录.db"))
    connection.open_for_reading(str(odd)).close()


def test_a_device_is_no_book() -> None:
    with pytest.raises(DatabaseUnavailable, match="is no file"):
        connection.open_for_writing("/dev/null")


def test_a_name_that_no_file_can_have_says_so() -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot be opened"):
        connection.open_for_reading("x" * 5000)


def test_a_python_with_an_old_sqlite_says_so(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 37, 2))
    with pytest.raises(DatabaseUnavailable, match=r"3\.38 or later is needed"):
        connection.open_for_reading(sqlite_address)


def test_a_book_whose_making_broke_off_is_an_empty_one(tmp_path: Path) -> None:
    address = str(tmp_path / "half.db")
    connection.make_file(tmp_path / "half.db")
    connection.open_for_writing(address, check=False).close()
    assert (tmp_path / "half.db").stat().st_size > 0
    with pytest.raises(DatabaseUnavailable, match="no record book in"):
        connection.open_for_reading(address)
    create(address)
    connection.open_for_reading(address).close()


def test_a_protected_book_that_nobody_writes_is_read_with_a_word(shared: Path) -> None:
    with with_rights(READ, shared) as address, closing(connection.open_for_reading(address)) as opened:
        assert opened.execute("SELECT count(*) FROM event").fetchone() == (0,)
        assert "nobody may be changing it" in opened.warning


def test_a_protected_book_that_is_being_written_is_read_as_it_is_now(shared: Path) -> None:
    with closing(connection.open_for_writing(str(shared))) as writer:
        writer.execute(SETTING)
        with with_rights(READ, shared) as address, closing(connection.open_for_reading(address)) as opened:
            assert opened.execute("SELECT count(*) FROM setting").fetchone() == (1,)
            assert not opened.warning


def test_an_empty_file_beside_a_protected_book_hides_nothing(shared: Path) -> None:
    shared.with_name("events.db-wal").touch()
    with with_rights(READ, shared) as address, closing(connection.open_for_reading(address)) as opened:
        assert "nobody may be changing it" in opened.warning


@pytest.mark.parametrize("lost", ["-wal", "-shm"])
def test_old_data_is_never_shown_for_new(sqlite_address: str, shared: Path, lost: str) -> None:
    with closing(connection.open_for_writing(sqlite_address)) as writer:
        writer.execute(SETTING)
        for ending in ("", "-wal"):  # what a crash leaves behind
            shutil.copy(f"{sqlite_address}{ending}", f"{shared}{ending}")
    hidden = lost if lost == "-wal" else ""
    with with_rights(READ, shared, hidden) as address, pytest.raises(DatabaseUnavailable, match="cannot be read"):
        connection.open_for_reading(address)


def test_a_book_that_may_not_be_read_says_so(shared: Path) -> None:
    with with_rights(ENTER, shared) as address, pytest.raises(DatabaseUnavailable, match="You may not read"):
        connection.open_for_reading(address)


def test_a_folder_that_may_not_be_entered_says_so(shared: Path) -> None:
    with with_rights(0, shared) as address, pytest.raises(DatabaseUnavailable, match="cannot be opened: Permission"):
        connection.open_for_reading(address)


def test_a_book_cannot_be_made_in_a_protected_folder(shared: Path) -> None:
    with with_rights(READ, shared), pytest.raises(DatabaseUnavailable, match="cannot be made: Permission denied"):
        create(str(shared.with_name("new.db")))


def test_a_protected_book_refuses_a_change_in_words(shared: Path) -> None:
    with with_rights(READ, shared) as address, pytest.raises(DatabaseUnavailable, match="may only be read here"):
        connection.open_for_writing(address)


def test_a_server_gives_dates_and_moments_as_text(postgresql_address: str) -> None:
    with closing(
        connection.open_for_reading(f"{postgresql_address}&options=-ctimezone%3DAsia/Shanghai%20-cdatestyle%3DGerman")
    ) as opened:
        row = opened.execute("SELECT date '2024-10-17', timestamptz '2024-10-17 08:00+08'").fetchone()
    assert row == ("2024-10-17", "2024-10-17 00:00:00+00")


def test_a_server_is_only_read_from_for_a_list(postgresql_address: str) -> None:
    with (
        closing(connection.open_for_reading(postgresql_address)) as opened,
        pytest.raises(DatabaseUnavailable, match="may only be read here"),
    ):
        opened.execute("DELETE FROM event")


def test_an_address_goes_to_libpq_as_it_stands(postgresql_address: str) -> None:
    hosts = postgresql_address.replace("host=", "host=%2Fnowhere,")
    with closing(connection.open_for_reading(f"{hosts}&options=-cwork_mem%3D7MB")) as opened:
        assert opened.execute("SHOW work_mem").fetchone() == ("7MB",)


def test_an_unknown_user_of_a_server_is_refused(postgresql_address: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="refused the user or the password"):
        connection.open_for_reading(postgresql_address.replace("eventrec@", "stranger@"))


def test_a_mistake_in_a_server_address_is_told_without_the_password() -> None:
    with pytest.raises(UsageError, match="is no PostgreSQL address") as told:
        connection.open_for_reading("postgresql://me:secret@host/book?colour=red")
    assert "secret" not in str(told.value)


def test_a_table_locked_on_a_server_is_waited_for_only_so_long(postgresql_address: str) -> None:
    with closing(connection.open_for_writing(postgresql_address)) as one:
        one.execute("BEGIN")
        one.execute("LOCK TABLE event")
        with (
            closing(connection.open_for_writing(postgresql_address, timeout=0.05)) as other,
            pytest.raises(DatabaseUnavailable, match="Another program is writing"),
        ):
            other.execute("DELETE FROM event")


def test_the_tables_of_another_program_on_a_server_are_left_alone(postgres: Server) -> None:
    address = postgres.create("foreign")
    with closing(connection.open_for_writing(address, check=False)) as opened:
        opened.execute("CREATE TABLE bookmark (id int)")
    for open_it in (connection.open_for_reading, create, upgrade):
        with pytest.raises(DatabaseUnavailable, match="belongs to another program"):
            open_it(address)  # type: ignore[operator]
    postgres.drop("foreign")
