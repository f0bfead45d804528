from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, get_args

import psycopg
import pytest
from tests.db.test_upgrade import make_old

from eventrec.book import Book
from eventrec.cli.db.grant import LEVELS as OFFERED
from eventrec.config import Settings
from eventrec.db import grants
from eventrec.db.grants import NoSuchRole, grant
from eventrec.db.rights import LEVELS, SHOWN, TABLES, TABLES_SHOWN, WITHHELD, Level, columns
from eventrec.db.upgrade import create, upgrade
from eventrec.errors import NotAllowed, NotFound, Rejected, UsageError
from eventrec.localized import Localized
from eventrec.models import Base
from eventrec.services import contact, event, undo
from eventrec.services.points import Point
from eventrec.views.dialect import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres import Server

NOT_FOR_A_READER = (
    "SELECT name FROM contact",
    "SELECT * FROM v_contact",
    "SELECT position FROM affiliation",
    "SELECT value FROM contact_point",
    "SELECT position_any FROM v_participation",
    "SELECT before FROM change",
    "SELECT command FROM change_set",
    "SELECT calendar FROM tombstone",
    "SELECT id FROM v_event WHERE search_text LIKE '%li%'",
    "SELECT id FROM v_contact ORDER BY sort_key",
    "UPDATE event SET kind = 'other'",
    "DELETE FROM event",
    "INSERT INTO setting (uid, key, value, created_at, modified_at, version) VALUES ('1', '1', '1', now(), now(), 1)",
    "SELECT nextval('event_id_seq')",
    "CREATE VIEW peep AS SELECT name FROM contact",
    "LOCK TABLE event IN EXCLUSIVE MODE",
    "TRUNCATE event CASCADE",
    "COPY contact TO STDOUT",
)
NOT_FOR_A_WRITER = (
    "UPDATE change SET before = NULL",
    "UPDATE change_set SET actor = 'nobody'",
    "DELETE FROM change",
    "DELETE FROM change_set",
    "UPDATE schema_mark SET mark = 1",
    "UPDATE alembic_version SET version_num = '1'",
    "TRUNCATE event CASCADE",
    "DROP VIEW v_event",
    "ALTER TABLE event ADD COLUMN x integer",
    "CREATE TABLE mine (id integer)",
    "SELECT setval('event_id_seq', 1)",
)
ROLES = ("anna", "power bi", 'o"brien')


@pytest.fixture
def roles(postgres: Server, postgresql_address: str) -> Iterator[str]:
    """A book on a server with the roles anna, power bi and o"brien, which may do nothing yet."""
    names = psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, ROLES))
    with administrator(postgresql_address) as opened:
        for name in ROLES:
            opened.execute(psycopg.sql.SQL("CREATE ROLE {} LOGIN").format(psycopg.sql.Identifier(name)))
    yield postgresql_address
    with administrator(postgresql_address) as opened:
        opened.execute(psycopg.sql.SQL("DROP OWNED BY {}").format(names))
        opened.execute(psycopg.sql.SQL("DROP ROLE {}").format(names))
    assert postgres is not None


@contextmanager
def administrator(address: str) -> Iterator[psycopg.Connection]:
    with closing(psycopg.connect(address, autocommit=True)) as opened:
        yield opened


def of(role: str, address: str) -> str:
    return address.replace("eventrec@", f"{role.replace(' ', '%20').replace(chr(34), '%22')}@")


def record(address: str) -> None:
    with Book(Settings(address), actor="tester").writing("stock") as work:
        name = Localized({"en": "LI Na"})
        contact.add(work.session, name=name, sex="female", points_of=[Point("email", "li@example.org")])
        event.add(work.session, title=Localized({"en": "Workshop"}))


def may(address: str, sql: str) -> bool:
    """Tell whether a role may run a statement; nothing of it is kept."""
    with closing(psycopg.connect(address)) as opened:
        try:
            opened.execute(sql.encode())
        except psycopg.errors.InsufficientPrivilege:
            return False
        return True


def every_column(address: str) -> dict[str, set[str]]:
    with administrator(address) as opened:
        return {
            relation: {column.name for column in opened.execute(f"SELECT * FROM {relation}").description or ()}
            for relation in (*VIEWS, *Base.metadata.tables, "schema_mark", "alembic_version")
        }


def test_somebody_decided_about_every_column_of_every_view(postgresql_address: str) -> None:
    there = every_column(postgresql_address)
    for view in VIEWS:
        shown, withheld = set(columns(SHOWN[view])), set(columns(WITHHELD[view]))
        assert shown & withheld == set(), view
        assert there[view] - shown - withheld == set(), f"decide in db/rights.py who sees these columns of {view}"
        assert (shown | withheld) - there[view] == set(), f"{view} has no such columns"


def test_somebody_decided_about_every_table(postgresql_address: str) -> None:
    there = every_column(postgresql_address)
    assert set(TABLES["writer"]) == set(TABLES["manager"]) == {*Base.metadata.tables, "schema_mark", "alembic_version"}
    for table, written in TABLES_SHOWN.items():
        assert set(columns(written)) <= there[table], table


def test_the_command_offers_every_level() -> None:
    assert OFFERED == LEVELS == get_args(Level)


def test_a_reader_sees_what_was_decided_and_nothing_else(roles: str) -> None:
    grant(roles, "reader", "power bi", apply=True)
    reader = of("power bi", roles)
    decided = {**TABLES_SHOWN, **SHOWN}
    with closing(psycopg.connect(reader, autocommit=True)) as opened:
        for relation, there in every_column(roles).items():
            seen = set()
            for column in there:
                try:
                    opened.execute(f'SELECT "{column}" FROM {relation}'.encode())
                except psycopg.errors.InsufficientPrivilege:
                    continue
                seen.add(column)
            assert seen == set(columns(decided.get(relation, ""))), relation


def test_a_reader_is_refused_people_history_and_writing(roles: str) -> None:
    grant(roles, "reader", "anna", apply=True)
    assert [sql for sql in NOT_FOR_A_READER if may(of("anna", roles), sql)] == []


def test_a_writer_records_takes_back_and_looks_at_the_history(roles: str) -> None:
    grant(roles, "writer", "anna", apply=True)
    address = of("anna", roles)
    record(address)
    book = Book(Settings(address), actor="anna")
    with book.writing("remove") as work:
        contact.remove(work.session, 1)
    with book.writing("undo") as work:
        undo.undo(work.session)
    assert [row["command"] for row in book.reader.history()] == ["undo", "remove", "stock"]
    assert book.reader.contact(1)["name"] == {"en": "LI Na"}
    book.close()


def test_a_writer_never_edits_the_history_nor_the_schema(roles: str) -> None:
    grant(roles, "writer", "anna", apply=True)
    assert [sql for sql in NOT_FOR_A_WRITER if may(of("anna", roles), sql)] == []


def test_a_manager_may_take_a_person_out_of_the_history_and_not_remove_from_it(roles: str) -> None:
    grant(roles, "manager", "anna", apply=True)
    assert may(of("anna", roles), "UPDATE change SET before = NULL")
    assert not may(of("anna", roles), "DELETE FROM change")
    assert not may(of("anna", roles), "DROP VIEW v_event")


def test_who_becomes_a_reader_keeps_nothing_of_a_writer(roles: str) -> None:
    grant(roles, "writer", 'o"brien', apply=True)
    assert may(of('o"brien', roles), "SELECT name FROM contact")
    assert grant(roles, "reader", 'o"brien', apply=True).beyond == ()
    for sql in ("SELECT name FROM contact", "UPDATE event SET kind = 'other'", "SELECT nextval('event_id_seq')"):
        assert not may(of('o"brien', roles), sql)
    grant(roles, "nothing", 'o"brien', apply=True)
    assert not may(of('o"brien', roles), "SELECT count(*) FROM v_head")


def test_what_a_role_may_beyond_its_level_is_named(roles: str) -> None:
    with administrator(roles) as opened:
        opened.execute("GRANT SELECT (name) ON contact TO PUBLIC")
        opened.execute('GRANT DELETE ON event TO "power bi"')
        opened.execute('GRANT "power bi" TO anna')
    assert grant(roles, "reader", "anna", apply=True).beyond == ("DELETE on event", "SELECT on contact")
    assert grant(roles, "writer", "power bi", apply=True).beyond == ()


def test_without_apply_the_statements_are_told_and_not_run(roles: str) -> None:
    told = grant(roles, "reader", 'o"brien').statements
    assert not may(of('o"brien', roles), "SELECT count(*) FROM v_head")
    with administrator(roles) as opened:
        opened.execute(";".join(told).encode())
    assert may(of('o"brien', roles), "SELECT count(*) FROM v_head")
    assert not may(of('o"brien', roles), "SELECT name FROM contact")


def test_a_role_that_is_not_there_is_told_with_the_statement_that_makes_it(roles: str) -> None:
    with pytest.raises(NoSuchRole) as told:
        grant(roles, "reader", 'anna"; DROP TABLE event; --')
    assert told.value.hint.endswith('CREATE ROLE "anna""; DROP TABLE event; --" LOGIN;')
    with pytest.raises(NoSuchRole, match=r"Nearest: anna\."):
        grant(roles, "reader", "ana")


def test_the_owner_and_everybody_are_given_no_level(roles: str) -> None:
    for name in ("eventrec", "PUBLIC", "public"):
        with pytest.raises(Rejected):
            grant(roles, "reader", name, apply=True)


def test_only_the_owner_gives_rights(roles: str) -> None:
    grant(roles, "manager", "anna", apply=True)
    with pytest.raises(NotAllowed, match="Only “eventrec”"):
        grant(of("anna", roles), "manager", "power bi", apply=True)
    assert grant(of("anna", roles), "manager", "power bi").statements


def test_who_cannot_come_to_the_tables_is_told_before_anything_is_changed(postgres: Server, roles: str) -> None:
    """The owner of the book owns neither the schema, whose name needs quotation marks, nor the database."""
    own, schema = postgres.create("closed"), '"The Book"'
    with administrator(own) as opened:
        opened.execute(f"CREATE SCHEMA {schema}; GRANT CREATE, USAGE ON SCHEMA {schema} TO anna".encode())
        opened.execute("CREATE VIEW event AS SELECT 1 AS x")  # of somebody else, in another schema
        opened.execute("REVOKE CONNECT ON DATABASE closed FROM PUBLIC; GRANT CONNECT ON DATABASE closed TO anna")
    address = of("anna", f"{own}&options=-csearch_path%3D%22The%5C%20Book%22")
    create(address)
    with pytest.raises(NotAllowed) as told:
        grant(address, "reader", "power bi", apply=True)
    ways = [f'GRANT USAGE ON SCHEMA {schema} TO "power bi"', 'GRANT CONNECT ON DATABASE closed TO "power bi"']
    assert told.value.hint == f"Let the administrator run: {'; '.join(ways)}; then repeat the command."
    with administrator(own) as opened:
        opened.execute(";".join(ways).encode())
    assert grant(address, "reader", "power bi", apply=True).beyond == ()
    assert may(address.replace("anna@", "power%20bi@"), "SELECT count(*) FROM v_head")
    make_old(address)
    upgrade(address)
    assert may(address.replace("anna@", "power%20bi@"), "SELECT count(*) FROM v_head")
    postgres.drop("closed")
    assert roles


def test_a_file_has_no_roles(sqlite_address: str) -> None:
    with pytest.raises(UsageError, match="is a file"):
        grant(sqlite_address, "reader", "anna")


@pytest.mark.parametrize("level", ["reader", "writer", "manager"])
def test_a_level_outlives_an_upgrade_and_takes_in_what_is_new(roles: str, level: Level) -> None:
    grant(roles, level, "power bi", apply=True)
    with administrator(roles) as opened:
        before = rights(opened)
    make_old(roles)
    upgrade(roles)
    with administrator(roles) as opened:
        assert rights(opened) == before
        assert grants.levels(opened.execute) == {'"power bi"': level}


def test_single_columns_of_a_view_outlive_an_upgrade(roles: str) -> None:
    with administrator(roles) as opened:
        opened.execute("GRANT SELECT (id, title_en) ON v_event TO anna WITH GRANT OPTION")
        opened.execute("GRANT SELECT (mark) ON schema_mark TO PUBLIC")
        before = rights(opened)
        assert len(before) == 3
    make_old(roles)
    upgrade(roles)
    with administrator(roles) as opened:
        assert rights(opened) == before
        assert grants.levels(opened.execute) == {}


def rights(opened: psycopg.Connection) -> list[object]:
    return sorted(map(str, grants.held(opened.execute)))


def test_a_reader_of_the_book_gets_it_without_people(roles: str) -> None:
    record(roles)
    grant(roles, "reader", "anna", apply=True)
    book = Book(Settings(of("anna", roles)))
    (row,) = book.reader.contacts(columns=("id", "name", "sex", "emails"))
    assert row == {"id": 1, "name": None, "sex": "female", "emails": None}
    assert book.withheld == ("emails", "name")
    assert [row["title"] for row in book.reader.events()] == [{"en": "Workshop"}]
    with pytest.raises(NotAllowed, match="does not let you"):
        book.reader.history()
    with pytest.raises(NotAllowed):
        list(book.reader.everything("v_contact_point"))
    with pytest.raises(NotFound):
        book.reader.event(99)
    book.close()


def test_a_reader_who_tries_to_write_is_told_what_it_takes(roles: str) -> None:
    record(roles)
    grant(roles, "reader", "anna", apply=True)
    book = Book(Settings(of("anna", roles)), actor="anna")
    with pytest.raises(NotAllowed) as told, book.writing("add") as work:
        event.add(work.session, title=Localized({"en": "Another"}))
    assert "eventrec db grant writer" in told.value.hint
    with pytest.raises(NotAllowed), book.writing("look") as work:
        work.reader.event(1)
