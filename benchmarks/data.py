"""An invented book of any size, the same on every machine: bilingual, seeded, written straight into the tables.

The rows are those that the services would have written, computed columns included, but for the history: a million rows
are made in seconds, and no work that is measured reads the history.
"""

from __future__ import annotations

import csv
import json
import random
import sqlite3
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from eventrec.db.derived import computed
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from psycopg import Connection

    Row = Sequence[Any]

MOMENT: Final = "2026-01-05T02:00:00Z"
FIRST_DAY: Final = date(2023, 1, 2)
_DAYS: Final = 3 * 364

_FAMILIES: Final = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕翟单"
_GIVEN: Final = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂安瑞晓红志文玉华建国海燕宁博思雨佳"
_FIRST: Final = (
    "Anna",
    "Eva",
    "Jan",
    "Piet",
    "Noor",
    "Tomas",
    "Ingrid",
    "Marta",
    "Lars",
    "Olga",
    "Ivan",
    "Petra",
    "Hugo",
    "Lena",
    "Ana",
    "Zoë",
    "Émile",
    "Søren",
)
_LAST: Final = (
    "Bakker",
    "Novák",
    "Lindqvist",
    "Vermeer",
    "Horváth",
    "Jansen",
    "Weber",
    "Moreau",
    "Rossi",
    "Nielsen",
    "Costa",
    "O'Brien",
    "Müller",
)
_SUBJECTS: Final = (
    ("return and readmission", "遣返与接收"),
    ("entry and exit management", "出入境管理"),
    ("labour mobility", "劳务流动"),
    ("counter-trafficking", "打击人口贩运"),
    ("identity documents", "身份证件"),
    ("migration data", "移民数据"),
    ("integration of newcomers", "新移民融入"),
    ("visa facilitation", "签证便利化"),
)
_CITIES: Final = (
    ("Beijing", "北京", "CN", "Asia/Shanghai"),
    ("Shanghai", "上海", "CN", "Asia/Shanghai"),
    ("Guangzhou", "广州", "CN", "Asia/Shanghai"),
    ("Brussels", "布鲁塞尔", "BE", "Europe/Brussels"),
    ("Warsaw", "华沙", "PL", "Europe/Warsaw"),
    ("The Hague", "海牙", "NL", "Europe/Amsterdam"),
)
_BODIES: Final = (
    ("Ministry of Mobility", "流动部", "government"),
    ("Institute of Border Studies", "边境研究所", "academia"),
    ("Office for Newcomers", "新移民事务办公室", "government"),
    ("Council for Exchange", "交流协会", "ngo"),
)
_KINDS: Final = ("workshop", "training", "conference", "meeting", "study-visit")
_COUNTRIES: Final = ("CN", "BE", "PL", "NL", "DE", "IT")


@dataclass(frozen=True)
class Size:
    """How many of each there are."""

    contacts: int = 100_000
    agencies: int = 2_000
    events: int = 10_000
    participations: int = 1_000_000


def of(rows: int) -> Size:
    """Return the size of a book with so many participations, in the proportions of the whole one."""
    return Size(max(rows // 10, 100), max(rows // 500, 20), max(rows // 100, 10), rows)


def make_book(path: Path, size: Size) -> None:
    """Write a new SQLite book at `path`, analyzed and with everything in the one file."""
    from eventrec.db.upgrade import create

    create(str(path))
    book = sqlite3.connect(path)
    book.execute("PRAGMA synchronous = OFF")
    book.execute("PRAGMA cache_size = -200000")
    with book:
        for table, columns, rows in _tables(size):
            marks = ", ".join("?" * len(columns))
            book.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608
    book.execute("ANALYZE")
    book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()


def make_server_book(connection: Connection[Any], size: Size) -> None:
    """Write the same rows into an empty book on a PostgreSQL server."""
    for table, columns, rows in _tables(size):
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    [bool(cell) if name in _FLAGS else cell for name, cell in zip(columns, row, strict=True)]
                )
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        connection.execute(f"SELECT setval({sequence}, (SELECT max(id) FROM {table}))")  # noqa: S608
    connection.commit()
    connection.autocommit = True
    connection.execute("ANALYZE")


def write_contacts(path: Path, rows: int) -> None:
    """Write a CSV file of contacts as an office would keep it: names in two languages, numbers, addresses."""
    chance = random.Random(1)  # noqa: S311 (the same people every time)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Name", "姓名（中文）", "Sex", "Agency", "Position", "E-mail", "Phone"])
        for number in range(rows):
            latin, chinese = _name(chance)
            writer.writerow(
                [
                    latin,
                    chinese if number % 2 else "",
                    chance.choice(["F", "M", "女", "男", ""]),
                    f"AG-{number % 2000}",
                    "Officer",
                    f"person{number}@example{number % 50}.org",
                    f"+86 10 {6000_0000 + number}",
                ]
            )


_FLAGS: Final = ("is_primary", "preferred", "approximate")


def _tables(size: Size) -> Iterator[tuple[str, tuple[str, ...], Iterable[Row]]]:
    """Yield each table with its columns and rows, owners before what they own."""
    own = ("id", "uid", "created_at", "modified_at", "version")
    yield "setting", (*own, "key", "value"), [(*_own("setting", 1), "language", '"en"')]
    yield (
        "agency",
        (*own, "code", "name", "kind", "side", "country", "parent_id", "search_text", "sort_key"),
        _agencies(size),
    )
    yield (
        "contact",
        (*own, "name", "honorific", "sex", "note", "sort_key", "search_text"),
        _contacts(size),
    )
    yield "contact_point", (*own, "contact_id", "kind", "value", "preferred"), _points(size)
    yield (
        "affiliation",
        (*own, "contact_id", "agency_id", "position", "is_primary"),
        _affiliations(size),
    )
    yield "project", (*own, "code", "name", "status", "search_text", "sort_key"), _projects()
    yield (
        "project_party",
        (*own, "project_id", "agency_id", "role"),
        [(*_own("project_party", at), at, at, "implementer") for at in range(1, 4)],
    )
    yield "event", (*own, *_EVENT), _events(size)
    yield (
        "event_project",
        (*own, "event_id", "project_id"),
        ((*_own("event_project", at), at, at % 3 + 1) for at in range(1, size.events + 1)),
    )
    yield "participation", (*own, *_PARTICIPATION), _participations(size)


def _own(table: str, number: int) -> tuple[int, str, str, str, int]:
    """Return what every row has."""
    uid = uuid.UUID(int=(_number(table) << 96) | number, version=4)
    return number, str(uid), MOMENT, MOMENT, 1


def _number(table: str) -> int:
    """Return a number for a table's name that is the same in every process."""
    return int.from_bytes(table.encode()[:3], "big")


def _localized(**texts: str) -> str:
    return json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _agencies(size: Size) -> Iterator[Row]:
    for at in range(1, size.agencies + 1):
        english, chinese, kind = _BODIES[at % 4]
        name = Localized(en=f"{english} {at}", zh=f"{chinese}{at}")
        row = {"code": f"AG-{at}", "name": name}
        top = at <= max(size.agencies // 10, 3)
        yield (
            *_own("agency", at),
            row["code"],
            _localized(**name),
            kind,
            ("EU" if at % 2 else "China") if top else None,
            _COUNTRIES[at % 6],
            None if top else at % max(size.agencies // 10, 3) + 1,
            *computed("agency", row).values(),
        )


def _name(chance: random.Random) -> tuple[str, str]:
    chinese = chance.choice(_FAMILIES) + "".join(chance.sample(_GIVEN, 2))
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}", chinese


def _email(at: int) -> str:
    return f"person{at}@example{at % 50}.org"


def _phone(at: int) -> str:
    return f"+8610{6000_0000 + at}"


def _contacts(size: Size) -> Iterator[Row]:
    chance = random.Random(1)  # noqa: S311 (the same people every time)
    for at in range(1, size.contacts + 1):
        latin, chinese = _name(chance)
        name = Localized(en=latin, zh=chinese) if at % 2 else Localized(zh=chinese)
        fields = {"name": name, "family_name": None, "given_name": None}
        found = computed("contact", fields, (), (_email(at), _phone(at)))
        sex = chance.choice(("female", "male", "female", "male", "not-stated"))
        note = "Met at the opening; 会议上认识" if at % 7 == 0 else None
        yield (
            *_own("contact", at),
            _localized(**name),
            ("Ms.", None, "Dr.")[at % 3],
            sex,
            note,
            found["sort_key"],
            found["search_text"],
        )


def _points(size: Size) -> Iterator[Row]:
    for at in range(1, size.contacts + 1):
        yield (*_own("contact_point", 2 * at - 1), at, "email", _email(at), 1)
        yield (*_own("contact_point", 2 * at), at, "phone", _phone(at), 1)


def _affiliations(size: Size) -> Iterator[Row]:
    position = _localized(en="Officer", zh="科员")
    for at in range(1, size.contacts + 1):
        yield (*_own("affiliation", at), at, at % size.agencies + 1, position, 1)


def _projects() -> Iterator[Row]:
    for at, code in enumerate(("MOB-I", "MOB-II", "DIALOGUE"), 1):
        name = Localized(en=f"Mobility dialogue {at}", zh=f"流动对话{at}")
        row = {"code": code, "name": name, "contract_number": None}
        yield (*_own("project", at), code, _localized(**name), "active", *computed("project", row).values())


_EVENT: Final = (
    "kind",
    "title",
    "description",
    "topics",
    "status",
    "contact_id",
    "starts_on",
    "ends_on",
    "planned_starts_on",
    "planned_ends_on",
    "start_time",
    "end_time",
    "timezone",
    "modality",
    "venue",
    "city",
    "country",
    "online_url",
    "sequence",
    "search_text",
)


def _events(size: Size) -> Iterator[Row]:
    chance = random.Random(2)  # noqa: S311 (the same events every time)
    for at in range(1, size.events + 1):
        english, chinese = _SUBJECTS[at % 8]
        city, city_zh, country, zone = _CITIES[at % 6]
        first = FIRST_DAY + timedelta(days=at * _DAYS // size.events)
        last = first + timedelta(days=chance.choice((0, 0, 1, 2)))
        title = Localized(en=f"Workshop {at} on {english}", zh=f"{chinese}第{at}次研讨会")
        words = Localized(
            en=f"Two days on {english}, with cases; delegations bring their own figures, see “annex {at}”.",
            zh=f"就{chinese}进行为期两天的研讨，各代表团介绍案例，见附件{at}。",
        )
        venue = Localized(en=f"Hotel {at % 90}, hall 2", zh=f"{at % 90}号酒店二号厅")
        place = Localized(en=city, zh=city_zh)
        row = {
            "title": title,
            "venue": venue,
            "city": place,
            "description": words,
            "results": None,
            "topics": [english],
        }
        timed = at % 3 > 0
        yield (
            *_own("event", at),
            _KINDS[at % 5],
            _localized(**title),
            _localized(**words),
            json.dumps([english]),
            "cancelled" if at % 20 == 0 else "confirmed" if at % 10 == 5 else "held",
            at % size.contacts + 1,
            *(day.isoformat() for day in (first, last, first, last)),
            "09:30" if timed else None,
            "17:00" if timed else None,
            zone,
            ("in-person", "hybrid", "online")[at % 3],
            _localized(**venue),
            _localized(**place),
            country,
            f"https://meet.example.org/{at}" if at % 3 else None,
            at % 4,
            computed("event", row)["search_text"],
        )


_PARTICIPATION: Final = (
    "event_id",
    "agency_id",
    "contact_id",
    "role",
    "status",
    "modality",
    "women",
    "men",
    "other",
    "not_stated",
    "approximate",
    "source",
    "agency_name",
    "position",
)


def _participations(size: Size) -> Iterator[Row]:
    """Every event has as many rows; of ten, one is a delegation's head-count, the others are named people."""
    each = max(size.participations // max(size.events, 1), 1)
    names = {int(row[0]): str(row[6]) for row in _agencies(size)}
    position = _localized(en="Officer", zh="科员")
    number = 0
    for event in range(1, size.events + 1):
        status = "registered" if event % 20 == 0 or event % 10 == 5 else "attended"
        for at in range(each):
            number += 1
            if number > size.participations:
                return
            contact = (event * 37 + at) % size.contacts + 1
            modality = ("in-person", "online", "in-person", "not-stated")[at % 4]
            source = ("sign-in-sheet", "registration", None)[at % 3]
            if at % 10 == 9:
                agency = (event * 11 + at // 10) % size.agencies + 1
                counts = ((event + at) % 5, at % 4, 0, event % 2)
                given = names[agency] if status == "attended" else None
                yield (
                    *_own("participation", number),
                    *(event, agency, None, "participant", status, modality),
                    *(*counts, at % 2, source, given, None),
                )
                continue
            agency = contact % size.agencies + 1
            role = "speaker" if at % 10 == 1 else "organizer" if at == 0 else "participant"
            shown = (names[agency], position) if status == "attended" else (None, None)
            yield (
                *_own("participation", number),
                *(event, agency, contact, role, status, modality),
                *(None, None, None, None, 0, source, *shown),
            )
