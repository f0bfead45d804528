"""What several exports print of an event: its place, its projects and who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.views.reader import Reader

Row = dict[str, Any]


def country(code: str | None, language: str) -> str | None:
    """Return the name of a country (ISO 3166-1); None without one."""
    from eventrec.text.places import country_name

    return country_name(code, language) if code else None


def countries(code: str | None, city: Mapping[str, str] | None, title: Mapping[str, str]) -> dict[str, str]:
    """Return the name of a country in the languages of the city beside it, else of the title; empty without one."""
    return {tag: str(country(code, tag)) for tag in city or title} if code else {}


def place(event: Row, main: str) -> str:
    """Return venue, city and country."""
    parts = [Localized(event[name]).both(main) for name in ("venue", "city") if event[name]]
    return ", ".join(part for part in (*parts, country(event["country"], main)) if part)


def projects(reader: Reader, event: Row) -> list[str]:
    """Return code and name of the projects that an event belongs to."""
    return [
        f"{row['code']} {Localized(row['name']).both(reader.main_language())}"  # type: ignore[arg-type]
        for row in reader.projects()
        if row["code"] in event["projects"]
    ]


def funding(reader: Reader, event: Row) -> list[str]:
    """Return the projects' funding statements, else the donors' names."""
    main = reader.main_language()
    stated = [
        Localized(row["funding_statement"]).both(main)  # type: ignore[arg-type]
        for row in reader.projects()
        if row["code"] in event["projects"] and row["funding_statement"]
    ]
    return list(dict.fromkeys(stated)) or (["Donors: " + ", ".join(event["donors"])] if event["donors"] else [])
