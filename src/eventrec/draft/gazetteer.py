"""The book's own names, by which a release is read: agencies, projects, contacts, cities and topics.

Agencies and projects are read whole. Contacts are too many for that: the book is asked for those that a release names.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import NotAllowed
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from eventrec.table import Cell
    from eventrec.views.reader import Reader

    Ask = Callable[[Collection[str]], Sequence["KnownContact"]]


@dataclass(frozen=True)
class Known:
    """A record of the book: its number, code, names by language, and everything else it is called."""

    id: int
    names: Mapping[str, str]
    code: str | None = None
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    country: str | None = None
    parent: int | None = None

    def called(self) -> Iterator[str]:
        """Return every name, code and alias."""
        yield from self.names.values()
        yield from self.aliases
        if self.code:
            yield self.code


@dataclass(frozen=True)
class KnownProject(Known):
    """A project or phase; its donors are numbers of agencies."""

    donors: tuple[int, ...] = ()
    implementers: tuple[int, ...] = ()


@dataclass(frozen=True)
class KnownContact(Known):
    """A person; e-mails in lower case, phones in E.164, the agency by number."""

    honorific: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    agency: int | None = None
    position: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Gazetteer:
    """What the book knows. An empty one knows nothing, and everything read is offered as new."""

    agencies: tuple[Known, ...] = ()
    projects: tuple[KnownProject, ...] = ()
    contacts: tuple[KnownContact, ...] = ()
    """People at hand; `ask` finds further ones."""

    ask: Ask | None = None
    """Returns the contacts one of whose names or points is one of the texts (normalised), and perhaps others."""

    cities: tuple[tuple[Mapping[str, str], str | None], ...] = ()
    """Cities of events already recorded, by language, with their country."""

    topics: tuple[str, ...] = ()
    main_language: str = "en"
    country: str | None = None
    """The book's own country (ISO), which national phone numbers are of."""

    @cached_property
    def agencies_by_id(self) -> Mapping[int, Known]:
        """The agencies by number."""
        return {each.id: each for each in self.agencies}

    @cached_property
    def agencies_by_name(self) -> Mapping[str, tuple[Known, ...]]:
        """The agencies by each normalised name, code and alias."""
        found: dict[str, dict[int, Known]] = {}
        for each in self.agencies:
            for name in each.called():
                found.setdefault(normalise(name), {})[each.id] = each
        return {name: tuple(agencies.values()) for name, agencies in found.items()}

    def contacts_reached_by(self, *points: str) -> tuple[KnownContact, ...]:
        """Return the contacts with one of these e-mails or phones (E.164), whatever the case."""
        wanted = {point.lower() for point in points if point}
        return tuple(
            each for each in self._asked(wanted) if wanted & {point.lower() for point in (*each.emails, *each.phones)}
        )

    def contacts_called(self, *names: str) -> tuple[KnownContact, ...]:
        """Return the contacts with one of these names or aliases, whatever the case and accents."""
        wanted = {key for name in names if (key := normalise(name))}
        return tuple(each for each in self._asked(wanted) if wanted & {normalise(name) for name in each.called()})

    def _asked(self, wanted: Collection[str]) -> Sequence[KnownContact]:
        if not wanted:
            return ()
        return (*self.contacts, *(self.ask(wanted) if self.ask else ()))


_LINES: Final = ":end || search_text || :end"
_MOST_CONTACTS: Final = 50
"""Of more people who may be meant none is told from the others."""


def of_book(reader: Reader) -> Gazetteer:
    """Return what a book knows, as of the day that the reader is asked about.

    A role of the database that may not see people knows no contact; all else is the same.
    """
    donors, implementers = _parties(reader, "donor"), _parties(reader, "implementer")
    return Gazetteer(
        agencies=tuple(map(_agency, reader.table("v_agency", _AGENCY))),
        projects=tuple(
            _project(row, donors.get(row["id"], ()), implementers.get(row["id"], ()))
            for row in reader.table("v_project", _PROJECT)
        ),
        ask=lambda wanted: _contacts(reader, wanted),
        cities=_cities(reader),
        topics=_topics(reader),
        main_language=reader.main_language(),
        country=reader.setting("country"),
    )


_AGENCY: Final = ("id", "code", "name", "aliases", "kind", "country", "parent_id")
_PROJECT: Final = ("id", "code", "name", "aliases", "parent_id")
_CONTACT: Final = (
    "id", "name", "aliases", "honorific", "emails", "phones", "agency_id", "position",
)  # fmt: skip


def _agency(row: Mapping[str, Any]) -> Known:
    return Known(
        row["id"], row["name"], row["code"], tuple(row["aliases"]), row["kind"], row["country"], row["parent_id"]
    )


def _project(row: Mapping[str, Any], donors: tuple[int, ...], implementers: tuple[int, ...]) -> KnownProject:
    return KnownProject(
        row["id"],
        row["name"],
        row["code"],
        tuple(row["aliases"]),
        parent=row["parent_id"],
        donors=donors,
        implementers=implementers,
    )


def _contact(row: Mapping[str, Any]) -> KnownContact:
    return KnownContact(
        row["id"],
        row["name"],
        aliases=tuple(row["aliases"] or ()),
        honorific=row["honorific"],
        emails=tuple(email.lower() for email in row["emails"] or ()),
        phones=tuple(row["phones"] or ()),
        agency=row["agency_id"],
        position=row["position"] or {},
    )


def _contacts(reader: Reader, wanted: Collection[str]) -> Sequence[KnownContact]:
    """Ask for the contacts one of whose names, aliases, e-mails or phones is one of the texts.

    Each of them is a line of the text that is searched.
    """
    from eventrec.views.where import Where, containing

    named = [
        containing(("search_text",), text, f"part_{at}") & containing((_LINES,), f"\n{text}\n", f"line_{at}")
        for at, text in enumerate(sorted(wanted))
    ]
    params = {name: value for each in named for name, value in each.params.items()}
    where = Where(f"({' OR '.join(each.sql for each in named)})", {"end": "\n", **params})
    try:
        found = reader.table("v_contact", _CONTACT, where, limit=_MOST_CONTACTS)
    except NotAllowed:
        return ()
    return tuple(map(_contact, found))


def _parties(reader: Reader, role: str) -> dict[Cell, tuple[int, ...]]:
    """Return the agencies with a role in each project, by number."""
    found: dict[Cell, tuple[int, ...]] = {}
    sql = (
        "SELECT project_id, agency_id FROM project_party WHERE role = :role AND agency_id IS NOT NULL"
        " ORDER BY project_id, id"
    )
    for project, agency in reader.rows(sql, {"role": role}):
        found[project] = (*found.get(project, ()), agency)
    return found


def _cities(reader: Reader) -> tuple[tuple[Mapping[str, str], str | None], ...]:
    sql = "SELECT DISTINCT city, country FROM v_event WHERE city IS NOT NULL ORDER BY city, country"
    return tuple((json.loads(city), country) for city, country in reader.rows(sql))


def _topics(reader: Reader) -> tuple[str, ...]:
    """Return the topics of the book's own list, then those that events have besides, each once."""
    used = reader.rows("SELECT DISTINCT topics FROM v_event WHERE topics IS NOT NULL ORDER BY topics")
    listed = [*(reader.setting("topics") or ()), *(topic for (text,) in used for topic in json.loads(text))]
    return tuple(dict.fromkeys(map(str, listed)))
