"""Contact cards of the book's people (RFC 2426, RFC 6350)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eventrec.views.criteria import ALL, Criteria

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.formats.vcard import Card, Version
    from eventrec.views.reader import Reader

Row = dict[str, Any]


def cards(reader: Reader, criteria: Criteria = ALL, version: Version = "3.0") -> bytes:
    """Return the contacts that meet the criteria as vCards (RFC 2426 or RFC 6350); empty when there are none."""
    from eventrec.formats.vcard import render

    found = [_card(row) for row in reader.contacts(criteria)]
    return render(found, version, reader.main_language()) if found else b""


def _card(row: Row) -> Card:
    from eventrec.formats.vcard import Card, Point

    def points(values: Sequence[str], first: str | None) -> list[Point]:
        return [Point(value, "work", preferred=len(values) > 1 and value == first) for value in values]

    return Card(
        uid=row["uid"],
        name=row["name"],
        family_name=row["family_name"] or "",
        given_name=row["given_name"] or "",
        honorific=row["honorific"] or "",
        organization=row["agency_name"] or {},
        unit=row["unit"] or "",
        position=row["position"] or {},
        emails=points(row["emails"], row["email"]),
        phones=points(row["phones"], row["phone"]),
        addresses=[Point(row["address"], "work")] if row["address"] else [],
        urls=[Point(row["url"])] if row["url"] else [],
        wechat=row["wechat"] or "",
        sex=row["sex"],
        categories=row["projects"],
        languages=row["languages"] or (),
        sort_key=row["sort_key"],
        revised_at=row["modified_at"],
    )
