from __future__ import annotations

import contextlib
import shutil
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.upgrade import create
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session
    from tests.conftest import Result, Run
    from tests.postgres import Server

TABLES = (
    "agency", "contact", "contact_point", "affiliation", "project", "project_party", "event", "event_project",
    "participation", "alias", "change_set", "change", "tombstone", "setting",
)  # fmt: skip
WORKSHOP_DAY = date(2024, 10, 17)
VISIT_DAY = date(2024, 10, 16)

_numbers = count(1)


class Eventrec(Protocol):
    """Runs a command line on the book of the test."""

    def __call__(self, *arguments: object, typed: str = "") -> Result: ...


def _record(session: Session) -> None:
    from eventrec.services import agency, contact, event, participation, project
    from eventrec.services.affiliation import Place
    from eventrec.services.event import ProjectShare
    from eventrec.services.headcount import HeadCount
    from eventrec.services.points import Point
    from eventrec.services.project import Party

    def name(english: str, chinese: str) -> Localized:
        return Localized({"en": english, "zh": chinese})

    agency.add(session, code="IOM", name=name("International Organization for Migration", "国际移民组织"))
    nia = name("National Immigration Administration", "国家移民管理局")
    agency.add(session, code="NIA", name=nia, kind="government", country="CN", side="China")
    agency.add(session, code="EU", name=name("European Union", "欧盟"), side="EU")
    project.add(
        session, code="MMSP-III", name=name("Mobility Phase III", "第三期"), parties=[Party("donor", agency_id=3)]
    )
    zaitsev = name("Andrei Zaitsev", "翟安瑞")
    mail = [Point("email", "azaitsev@iom.int")]
    contact.add(session, name=zaitsev, sex="male", place=Place(1), points_of=mail, manages=[1])
    contact.add(session, name=name("LI Na", "李娜"), sex="female", place=Place(2))
    fields: dict[str, Any] = {"kind": "workshop", "city": name("Beijing", "北京"), "country": "CN", "contact_id": 1}
    event.add(
        session,
        title=name("Workshop on returns", "返回研讨会"),
        starts_on=WORKSHOP_DAY,
        ends_on=WORKSHOP_DAY,
        projects=[ProjectShare(1)],
        parties=[("organizer", 1)],
        **fields,
    )
    event.add(session, title=name("Capital Airport", "首都机场"), parent_id=1, starts_on=VISIT_DAY, ends_on=VISIT_DAY)
    participation.add(session, event_id=1, agency_id=2, counts=HeadCount(women=4, men=8))


def stock(address: str) -> None:
    create(address)
    book = Book(Settings(address), actor="tester")
    with book.writing("stock") as work:
        _record(work.session)


@pytest.fixture(scope="session")
def _stocked_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stocked") / "stocked.db"
    stock(str(path))
    return path


@pytest.fixture(scope="session")
def _stocked_server(postgres: Server) -> str:
    stock(postgres.create("stocked"))
    return "stocked"


@pytest.fixture
def sqlite_programme(_stocked_file: Path, tmp_path: Path) -> str:
    """A book in a file.

    It holds agencies 1 IOM, 2 NIA, 3 EU, project 1 MMSP-III, contacts 1 Andrei Zaitsev, 2 LI Na, event 1 with its visit
    2, and of event 1 row 1 (organizer IOM) and row 2 (4 women and 8 men of NIA).
    """
    return str(shutil.copy(_stocked_file, tmp_path / "programme.db"))


@pytest.fixture
def postgresql_programme(postgres: Server, _stocked_server: str) -> Iterator[str]:
    """The same book on a server."""
    name = f"programme_{next(_numbers)}"
    yield postgres.create(name, _stocked_server)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def programme(request: pytest.FixtureRequest) -> str:
    """The same book, once in a file and once on a server."""
    return str(request.getfixturevalue(f"{request.param}_programme"))


@pytest.fixture
def eventrec(run: Run, programme: str) -> Eventrec:
    """Run a command line on the small programme."""

    def call(*arguments: object, typed: str = "") -> Result:
        return run(*arguments, address=programme, typed=typed)

    return call


@pytest.fixture
def here(run: Run, sqlite_programme: str) -> Eventrec:
    """Run a command line on the small programme in a file, for what no database has a say in."""

    def call(*arguments: object, typed: str = "") -> Result:
        return run(*arguments, address=sqlite_programme, typed=typed)

    return call


def everything(address: str) -> dict[str, list[Any]]:
    """Return every row of every table, to see that nothing was saved."""
    with contextlib.closing(connection.open_for_reading(address)) as opened:
        return {
            table: [tuple(row) for row in opened.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()]
            for table in TABLES
        }


@pytest.fixture
def untouched(programme: str) -> Callable[[], bool]:
    """Tell whether the small programme is as it was before the test."""
    before = everything(programme)
    return lambda: everything(programme) == before
