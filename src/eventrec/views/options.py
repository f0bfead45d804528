"""From the options that people type to Criteria: references found, phases and parts taken along."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from eventrec import vocabulary
from eventrec.errors import NotAllowed, UsageError
from eventrec.text.names import normalise
from eventrec.views import consent as consents
from eventrec.views.criteria import Criteria

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from eventrec.views.reader import Reader

Given = str | int | tuple[str, ...] | list[str] | None
"""An option: not given, one value, or several of which one must match."""

_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "kind": vocabulary.EVENT_KINDS,
    "agency_kind": vocabulary.AGENCY_KINDS,
    "event_status": vocabulary.EVENT_STATUSES,
    "modality": vocabulary.PARTICIPATION_MODALITIES,
    "event_modality": vocabulary.MODALITIES,
    "role": vocabulary.ROLES,
    "source": vocabulary.SOURCES,
}


def resolve(
    reader: Reader,
    *,
    event: Given = None,
    project: Given = None,
    agency: Given = None,
    side: Given = None,
    contact: Given = None,
    kind: Given = None,
    agency_kind: Given = None,
    city: Given = None,
    country: Given = None,
    agency_country: Given = None,
    since: str | None = None,
    until: str | None = None,
    text: str | None = None,
    status: Given = None,
    event_status: Given = None,
    modality: Given = None,
    event_modality: Given = None,
    role: Given = None,
    source: Given = None,
    consent: Given = None,
    consent_on: str = "",
    only: bool = False,
) -> Criteria:
    """Return the criteria for the options given. `since`, `until` and `consent_on` are ISO dates, countries ISO codes.

    A project brings its phases and an agency its parts along unless `only`. Raises NotFound, Ambiguous, UsageError.
    """
    options: dict[str, Given] = {
        "event": event,
        "project": project,
        "agency": agency,
        "side": side,
        "contact": contact,
        "kind": kind,
        "agency_kind": agency_kind,
        "city": city,
        "country": country,
        "agency_country": agency_country,
        "status": status,
        "event_status": event_status,
        "modality": modality,
        "event_modality": event_modality,
        "role": role,
        "source": source,
        "consent": consent,
        "since": since,
        "until": until,
        "text": text,
    }
    given = {name: _several(value) for name, value in options.items()}
    for name, words in _WORDS.items():
        _check(name, given[name], words)
    found = _found(reader, given, only=only)
    return found._replace(since=since or "", until=until or "", text=normalise(text or ""), consent_on=consent_on)


def _found(reader: Reader, given: Mapping[str, tuple[str, ...]], *, only: bool) -> Criteria:
    """Return the criteria that have several values, with what they name found in the book."""
    return Criteria(
        event_ids=_ids(reader, "event", given["event"]),
        project_ids=_with_parts(reader, "project", _ids(reader, "project", given["project"]), only),
        agency_ids=_with_parts(reader, "agency", _ids(reader, "agency", given["agency"]), only),
        sides=_sides(reader, given["side"]),
        contact_ids=_ids(reader, "contact", given["contact"]),
        kinds=given["kind"],
        agency_kinds=given["agency_kind"],
        cities=_cities(reader, given["city"]),
        countries=given["country"],
        agency_countries=given["agency_country"],
        statuses=given["status"],
        event_statuses=given["event_status"],
        modalities=given["modality"],
        event_modalities=given["event_modality"],
        roles=given["role"],
        sources=given["source"],
        consents=_purposes(reader, given["consent"]),
        words=tuple((name.replace("_", "-"), " or ".join(values)) for name, values in given.items() if values),
    )


def _several(value: Given) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(map(str, value)) if isinstance(value, tuple | list) else (str(value),)


def _check(name: str, values: Iterable[str], words: tuple[str, ...]) -> None:
    for value in values:
        if value not in words:
            option = name.replace("_", "-")
            raise UsageError(f"“{value}” is no {option.replace('-', ' ')}.", f"Choose one of: {', '.join(words)}.")


def _ids(reader: Reader, noun: str, references: Iterable[str]) -> tuple[int, ...]:
    from eventrec.views.references import find

    return tuple(dict.fromkeys(find(reader, noun, reference).id for reference in references))


def _with_parts(reader: Reader, table: str, ids: tuple[int, ...], only: bool) -> tuple[int, ...]:
    if only or not ids:
        return ids
    params = {f"id_{at}": value for at, value in enumerate(ids)}
    sql = (
        "WITH RECURSIVE part (id) AS ("  # noqa: S608
        f"SELECT id FROM {table} WHERE id IN ({', '.join(f':{name}' for name in params)})"
        f" UNION SELECT {table}.id FROM part JOIN {table} ON {table}.parent_id = part.id)"
        " SELECT id FROM part ORDER BY id"
    )
    return tuple(row[0] for row in reader.rows(sql, params))


def _purposes(reader: Reader, purposes: tuple[str, ...]) -> tuple[str, ...]:
    """Return purposes as the answers write them. Raises NotFound for one that nobody was asked about."""
    return tuple(consents.require(reader, purpose) for purpose in purposes)


def _sides(reader: Reader, sides: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sides as the records write them; one that no record has stays as typed and matches nothing."""
    if not sides:
        return ()
    known = {
        normalise(side): side
        for (side,) in reader.rows("SELECT side FROM agency UNION SELECT side FROM participation")
        if side
    }
    return tuple(known.get(normalise(side), side) for side in sides)


def _cities(reader: Reader, cities: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cities as events hold them: matched in any language, without regard to case, and by alias."""
    if not cities:
        return ()
    wanted = {normalise(city) for city in cities}
    for city, alias in _other_names(reader):
        if normalise(alias) in wanted:
            wanted.add(normalise(city))
    held = [row[0] for row in reader.rows("SELECT DISTINCT city FROM event WHERE city IS NOT NULL ORDER BY city")]
    found = [city for city in held if wanted & {normalise(name) for name in json.loads(city).values()}]
    return tuple(found) or cities


def _other_names(reader: Reader) -> list[tuple[str, str]]:
    """Return the other names of cities, as (city, name); none, and noted so, where the role may not see them."""
    try:
        return [(city, name) for city, name in reader.rows("SELECT city, name FROM alias WHERE city IS NOT NULL")]
    except NotAllowed:
        if not reader.connection.may_fail:
            raise
        reader.withheld.add("other names of cities")
        return []
