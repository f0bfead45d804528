"""Contact cards of the book's people and agencies (RFC 2426, RFC 6350)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from eventrec.exports.card_people import People, in_languages
from eventrec.files import digest
from eventrec.views.criteria import ALL, Criteria, of_agencies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from eventrec.formats.vcard import Card, Point, Version
    from eventrec.views.reader import Reader

Row = dict[str, Any]

_OF_AGENCY: Final = ("id", "uid", "code", "name", "kind", "website", "note", "sort_key", "revised_at")
_AGENCY_ORDER: Final = ("sort_key", "name_any")
_SAFE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_AT_ONCE: Final = 100
"""Cards in a piece of a file."""


@dataclass(frozen=True)
class CardWish:
    """How cards are to be: their version, and names in `both` languages or in one (its tag)."""

    version: Version = "3.0"
    languages: str = "both"


def cards(reader: Reader, what: str = "contacts", criteria: Criteria = ALL, wish: CardWish | None = None) -> bytes:
    """Return the `contacts` or `agencies` that meet the criteria as vCards; empty when there are none."""
    return b"".join(pieces(reader, what, criteria, wish))


def pieces(
    reader: Reader,
    what: str = "contacts",
    criteria: Criteria = ALL,
    wish: CardWish | None = None,
    tell: Callable[[int], object] = lambda _: None,
) -> Iterator[bytes]:
    """Yield the same cards, some whole ones at a time, while they are read; `tell` is told which contact each is."""
    found = _cards(reader, what, criteria, wish or CardWish(), tell)
    while some := [text for _, text in islice(found, _AT_ONCE)]:
        yield "".join(some).encode()


def one_by_one(
    reader: Reader,
    what: str = "contacts",
    criteria: Criteria = ALL,
    wish: CardWish | None = None,
    tell: Callable[[int], object] = lambda _: None,
) -> Iterator[tuple[str, list[bytes]]]:
    """Yield the same cards, each as a file under its name: the uid, so that it never changes."""
    for uid, text in _cards(reader, what, criteria, wish or CardWish(), tell):
        yield f"{safe_name(uid)}.vcf", [text.encode()]


def safe_name(uid: str) -> str:
    """Return a uid as the name of a file; one of another program's that no folder could take gives its hash."""
    return uid if _SAFE.fullmatch(uid) else digest(uid.encode())[:32]


def _cards(
    reader: Reader, what: str, criteria: Criteria, wish: CardWish, tell: Callable[[int], object]
) -> Iterator[tuple[str, str]]:
    """Yield uid and text of each card, all of them of one state of the book."""
    with reader.connection.snapshot():
        main = reader.main_language()
        if what == "contacts":
            yield from People(reader, wish.version, wish.languages, main, tell).written(criteria)
        else:
            yield from _of_agencies(reader, criteria, wish, main)


def _of_agencies(reader: Reader, criteria: Criteria, wish: CardWish, main: str) -> Iterator[tuple[str, str]]:
    from eventrec.formats.vcard import written

    reached = _points(reader)
    rows: Any = reader.stream("v_agency", _OF_AGENCY, of_agencies(criteria), _AGENCY_ORDER)
    for row in rows:
        card = _of_agency(row, reached.get(row["id"], []), wish.languages, main)
        yield card.uid, written(card, wish.version, main)


def _points(reader: Reader) -> dict[int, list[Point]]:
    """Return by number of the agency its points, the preferred ones first."""
    from eventrec.formats.vcard import Point
    from eventrec.views.where import Where

    found: dict[int, list[Point]] = {}
    columns = ("agency_id", "kind", "value", "label", "preferred")
    rows: Any = reader.table("v_contact_point", columns, Where("agency_id IS NOT NULL"), ("-preferred",))
    for row in rows:
        point = Point(row["kind"], row["value"], row["label"] or "", row["preferred"])
        found.setdefault(row["agency_id"], []).append(point)
    return found


def _of_agency(row: Row, points: Sequence[Point], languages: str, main: str) -> Card:
    from eventrec.formats.vcard import Card, Point

    website = [Point("url", row["website"])] if row["website"] else []
    return Card(
        uid=row["uid"],
        name=in_languages(row["name"], languages, main),
        kind="org",
        code=row["code"] or "",
        points=[*website, *points],
        note=row["note"] or "",
        categories=[row["kind"]] if row["kind"] != "other" else [],
        sort_key=row["sort_key"],
        revised_at=row["revised_at"],
    )
