"""Contact cards of the book's people and agencies (RFC 2426, RFC 6350)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eventrec.localized import Localized
from eventrec.views.criteria import ALL, Criteria

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eventrec.formats.vcard import Card, Point, Version
    from eventrec.views.reader import Reader

Row = dict[str, Any]

_OF_CONTACT: Final = (
    "id", "uid", "name", "family_name", "given_name", "honorific", "sex", "languages", "categories", "agency_name",
    "position", "unit", "involved_in", "note", "sort_key", "revised_at",
)  # fmt: skip
_OF_AGENCY: Final = ("id", "uid", "code", "name", "kind", "website", "note", "sort_key", "revised_at")
_SAFE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


@dataclass(frozen=True)
class CardWish:
    """How cards are to be: their version, and names in `both` languages or in one (its tag)."""

    version: Version = "3.0"
    languages: str = "both"


def cards(reader: Reader, what: str = "contacts", criteria: Criteria = ALL, wish: CardWish | None = None) -> bytes:
    """Return the `contacts` or `agencies` that meet the criteria as vCards; empty when there are none."""
    from eventrec.formats.vcard import render

    wish = wish or CardWish()
    found = _cards(reader, what, criteria, wish)
    return render(found, wish.version, reader.main_language()) if found else b""


def one_by_one(
    reader: Reader, what: str = "contacts", criteria: Criteria = ALL, wish: CardWish | None = None
) -> dict[str, bytes]:
    """Return the same cards, each as a file under its name: the uid, so that it never changes."""
    from eventrec.formats.vcard import render

    wish = wish or CardWish()
    main = reader.main_language()
    found = _cards(reader, what, criteria, wish)
    return {f"{safe_name(card.uid)}.vcf": render([card], wish.version, main) for card in found}


def safe_name(uid: str) -> str:
    """Return a uid as the name of a file; one of another program's that no folder could take gives its hash."""
    return uid if _SAFE.fullmatch(uid) else hashlib.sha256(uid.encode()).hexdigest()[:32]


def _cards(reader: Reader, what: str, criteria: Criteria, wish: CardWish) -> list[Card]:
    main = reader.main_language()
    owner = "contact_id" if what == "contacts" else "agency_id"
    points = _points(reader, owner)
    rows: Sequence[Row]
    if what == "contacts":
        rows = list(reader.contacts(criteria, _OF_CONTACT))
        return [_of_contact(row, points.get(row["id"], []), wish.languages, main) for row in rows]
    rows = list(reader.agencies(criteria, _OF_AGENCY))
    return [_of_agency(row, points.get(row["id"], []), wish.languages, main) for row in rows]


def _points(reader: Reader, owner: str) -> dict[int, list[Point]]:
    """Return by number of the owner its points, the preferred ones first."""
    from eventrec.formats.vcard import Point
    from eventrec.views.where import Where

    found: dict[int, list[Point]] = {}
    columns = (owner, "kind", "value", "label", "preferred")
    rows: Any = reader.table("v_contact_point", columns, Where(f"{owner} IS NOT NULL"), ("-preferred",))
    for row in rows:
        point = Point(row["kind"], row["value"], row["label"] or "", row["preferred"])
        found.setdefault(row[owner], []).append(point)
    return found


def _of_contact(row: Row, points: Sequence[Point], languages: str, main: str) -> Card:
    from eventrec.formats.vcard import Card

    return Card(
        uid=row["uid"],
        name=_in(row["name"], languages, main),
        family_name=row["family_name"] or "",
        given_name=row["given_name"] or "",
        honorific=row["honorific"] or "",
        organization=_in(row["agency_name"], languages, main),
        unit=row["unit"] or "",
        position=_in(row["position"], languages, main),
        points=points,
        note=row["note"] or "",
        sex=row["sex"],
        categories=list(dict.fromkeys([*row["involved_in"], *(row["categories"] or ())])),
        languages=row["languages"] or (),
        sort_key=row["sort_key"],
        revised_at=row["revised_at"],
    )


def _of_agency(row: Row, points: Sequence[Point], languages: str, main: str) -> Card:
    from eventrec.formats.vcard import Card, Point

    website = [Point("url", row["website"])] if row["website"] else []
    return Card(
        uid=row["uid"],
        name=_in(row["name"], languages, main),
        kind="org",
        code=row["code"] or "",
        points=[*website, *points],
        note=row["note"] or "",
        categories=[row["kind"]] if row["kind"] != "other" else [],
        sort_key=row["sort_key"],
        revised_at=row["revised_at"],
    )


def _in(values: Mapping[str, str] | None, languages: str, main: str) -> dict[str, str]:
    """Return a text in all languages, or in the one that is asked for, else in the one that there is."""
    text = Localized(values or {})
    if languages == "both" or not text:
        return text
    tag = languages if languages in text else main if main in text else min(text)
    return {tag: text[tag]}
