"""The criteria that every list, report and export shares, and the WHERE that each noun makes of them.

They are EXISTS, never joins: a criterion never makes a row appear twice.
"""

from typing import Literal, NamedTuple, Self

from eventrec.views.consent import consented
from eventrec.views.where import Where, among, containing, every

Period = Literal["overlap", "start"]
"""Lists take events that overlap the period; reports put an event whole into the period of its first day."""


class Criteria(NamedTuple):
    """What was asked for, with references already resolved to numbers. Nothing given matches everything.

    `project_ids` hold phases and `agency_ids` parts already. `since` and `until` are ISO dates, both inclusive.
    `cities` are names as the events hold them (JSON). `statuses`, `modalities`, `roles` and `sources` are of the
    participation. `consents` are purposes to every one of which a person agreed, validly on the day `consent_on` (ISO).
    `words` are the options as typed, for people to read.
    """

    event_ids: tuple[int, ...] = ()
    project_ids: tuple[int, ...] = ()
    agency_ids: tuple[int, ...] = ()
    sides: tuple[str, ...] = ()
    contact_ids: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    agency_kinds: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    agency_countries: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    text: str = ""
    statuses: tuple[str, ...] = ()
    event_statuses: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    event_modalities: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    consent_on: str = ""
    words: tuple[tuple[str, str], ...] = ()

    def without_period(self) -> Self:
        """Return the same criteria for any date."""
        return self._replace(since="", until="")

    def describe(self) -> str:
        """Return the criteria in words: "project MMSP-III, since 2024-01-01"."""
        return ", ".join(f"{name} {value}" for name, value in self.words)


ALL = Criteria()


def event_conditions(criteria: Criteria, event: str = "event", period: Period = "overlap") -> Where:
    """Return the conditions on an event itself; `event` is a table or view with the columns of `event`."""
    return every(
        (
            among(f"{event}.id", criteria.event_ids, "event"),
            _one_of_projects(criteria, f"{event}.id"),
            among(f"{event}.kind", criteria.kinds, "kind"),
            among(f"{event}.city", criteria.cities, "city"),
            among(f"{event}.country", criteria.countries, "country"),
            among(f"{event}.status", criteria.event_statuses, "event_status"),
            among(f"{event}.modality", criteria.event_modalities, "event_modality"),
            within_period(criteria, event, period),
            containing([f"{event}.search_text"], criteria.text, "text"),
        )
    )


def within_period(criteria: Criteria, event: str, period: Period) -> Where:
    """Return the condition on an event's dates; one without a date matches only when no period is given."""
    last = "ends_on" if period == "overlap" else "starts_on"
    since = Where(f"{event}.{last} >= :since", {"since": criteria.since})
    until = Where(f"{event}.starts_on <= :until", {"until": criteria.until})
    return every(where for where, given in ((since, criteria.since), (until, criteria.until)) if given)


def row_conditions(criteria: Criteria, row: str) -> Where:
    """Return the conditions on one participation; `row` is v_on_the_day or has its columns."""
    return every(
        (
            among(f"{row}.agency_id", criteria.agency_ids, "agency"),
            among(f"{row}.side", criteria.sides, "side"),
            among(f"{row}.country", criteria.agency_countries, "agency_country"),
            among(f"{row}.role", criteria.roles, "role"),
            among(f"{row}.status", criteria.statuses, "status"),
            among(f"{row}.modality", criteria.modalities, "modality"),
            among(f"{row}.source", criteria.sources, "source"),
        )
    )


def involvement(criteria: Criteria, event: str) -> Where:
    """Return the conditions on who takes part in an event: one row meets them all; the contact may be another."""
    rows = row_conditions(criteria, "taking")
    if criteria.agency_ids:
        rows = possibly_of_agencies(criteria, "taking") & rows
        takes_part = f"{event}.id IN (SELECT taking.event_id FROM v_on_the_day AS taking WHERE {rows.sql})"  # noqa: S608
    else:
        takes_part = f"EXISTS (SELECT 1 FROM v_on_the_day AS taking WHERE taking.event_id = {event}.id AND {rows.sql})"  # noqa: S608
    return every((Where(takes_part, rows.params) if rows else rows, _involves(criteria, f"{event}.id")))


def possibly_of_agencies(criteria: Criteria, row: str) -> Where:
    """Return a condition that every participation meets that was of the agencies on the day, and few others.

    It is true by the agency of the row, else of an affiliation of the person, and says it so that indexes find it.
    """
    own = among("participation.agency_id", criteria.agency_ids, "agency")
    theirs = among("affiliation.agency_id", criteria.agency_ids, "agency")
    found = (
        f"SELECT participation.id FROM participation WHERE {own.sql}"  # noqa: S608
        " UNION ALL SELECT participation.id FROM affiliation"
        " JOIN participation ON participation.contact_id = affiliation.contact_id"
        f" WHERE {theirs.sql} AND participation.agency_id IS NULL"
    )
    return Where(f"{row}.id IN ({found})", own.params) if own else own


def _involves(criteria: Criteria, event_id: str) -> Where:
    """Return the condition that a person takes part in an event or is whom to ask about it."""
    row, asked, above = (
        among(column, criteria.contact_ids, "contact")
        for column in ("participation.contact_id", "asked.contact_id", "above.contact_id")
    )
    takes_part = f"SELECT participation.event_id FROM participation WHERE {row.sql}"  # noqa: S608
    to_ask = (
        f"SELECT asked.id FROM event AS asked WHERE {asked.sql} OR (asked.contact_id IS NULL"  # noqa: S608
        f" AND asked.parent_id IN (SELECT above.id FROM event AS above WHERE {above.sql}))"
    )
    return Where(f"({event_id} IN ({takes_part}) OR {event_id} IN ({to_ask}))", row.params) if row else row


def of_events(criteria: Criteria, period: Period = "overlap") -> Where:
    """Return the conditions on v_event. An event that was named brings its site visits along."""
    own = event_conditions(criteria._replace(event_ids=()), "v_event", period)
    named = among("v_event.id", criteria.event_ids, "event")
    visits = among("v_event.parent", criteria.event_ids, "event")
    family = Where(f"({named.sql} OR {visits.sql})", named.params) if named else named
    return every((family, own, involvement(criteria, "v_event")))


def of_participations(criteria: Criteria) -> Where:
    """Return the conditions on v_participation. Text is looked for in event, person and agency."""
    event = event_conditions(criteria._replace(text=""))
    happening = f"v_participation.event IN (SELECT event.id FROM event WHERE {event.sql})"  # noqa: S608
    return every(
        (
            Where(happening, event.params) if event else event,
            possibly_of_agencies(criteria, "v_participation"),
            row_conditions(criteria, "v_participation"),
            among("v_participation.contact_id", criteria.contact_ids, "contact"),
            consented("v_participation.contact_id", criteria.consents, criteria.consent_on),
            _text_of_participation(criteria),
        )
    )


def _text_of_participation(criteria: Criteria) -> Where:
    owners = {"event": "event", "contact": "contact_id", "agency": "agency_id"}
    found = containing(["search_text"], criteria.text, "text")
    anywhere = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {table}.id = v_participation.{column} AND {table}.{found.sql[1:-1]})"  # noqa: S608
        for table, column in owners.items()
    )
    return Where(f"({anywhere})", found.params) if found else found


def of_agencies(criteria: Criteria) -> Where:
    """Return the conditions on v_agency; those on events ask that it takes part, or is a party to the project."""
    return every(
        (
            among("v_agency.id", criteria.agency_ids, "agency"),
            among("v_agency.kind", criteria.agency_kinds, "agency_kind"),
            among("v_agency.side", criteria.sides, "side"),
            among("v_agency.country", criteria.agency_countries, "agency_country"),
            containing(["v_agency.search_text"], criteria.text, "text"),
            _takes_part(criteria._replace(agency_ids=(), sides=(), agency_countries=(), text=""), "agency"),
        )
    )


def of_contacts(criteria: Criteria) -> Where:
    """Return the conditions on v_contact. Agency and side are today's.

    Those on events ask that the person takes part, is whom to ask about the event, or is a party to the project.
    """
    agency = every(
        (
            among("v_agency.side", criteria.sides, "side"),
            among("v_agency.country", criteria.agency_countries, "agency_country"),
        )
    )
    today = f"EXISTS (SELECT 1 FROM v_agency WHERE v_agency.id = v_contact.agency_id AND {agency.sql})"  # noqa: S608
    elsewhere = criteria._replace(agency_ids=(), sides=(), agency_countries=(), contact_ids=(), text="")
    return every(
        (
            among("v_contact.id", criteria.contact_ids, "contact"),
            among("v_contact.agency_id", criteria.agency_ids, "agency"),
            Where(today, agency.params) if agency else agency,
            containing(["v_contact.search_text"], criteria.text, "text"),
            consented("v_contact.id", criteria.consents, criteria.consent_on),
            _takes_part(elsewhere, "contact"),
        )
    )


def of_projects(criteria: Criteria) -> Where:
    """Return the conditions on v_project.

    Agency and contact are parties to it, a period is one that it overlaps, the status is its own; what else is
    asked of events and of those who take part is true of one of its events.
    """
    since = Where("(v_project.ends_on IS NULL OR v_project.ends_on >= :since)", {"since": criteria.since})
    until = Where("(v_project.starts_on IS NULL OR v_project.starts_on <= :until)", {"until": criteria.until})
    elsewhere = criteria.without_period()._replace(project_ids=(), agency_ids=(), contact_ids=(), statuses=(), text="")
    event = event_conditions(elsewhere) & involvement(elsewhere, "event")
    reported = (
        "EXISTS (SELECT 1 FROM v_event_project JOIN event ON event.id = v_event_project.event_id"  # noqa: S608
        f" WHERE v_event_project.project_id = v_project.id AND {event.sql})"
    )
    return every(
        (
            among("v_project.id", criteria.project_ids, "project"),
            _is_party(among("project_party.agency_id", criteria.agency_ids, "agency"), "project", "v_project.id"),
            _is_party(among("project_party.contact_id", criteria.contact_ids, "contact"), "project", "v_project.id"),
            among("v_project.status", criteria.statuses, "status"),
            since if criteria.since else Where(),
            until if criteria.until else Where(),
            Where(reported, event.params) if event else event,
            containing(["v_project.search_text"], criteria.text, "text"),
        )
    )


def _one_of_projects(criteria: Criteria, event_id: str) -> Where:
    projects = among("v_event_project.project_id", criteria.project_ids, "project")
    reported = f"EXISTS (SELECT 1 FROM v_event_project WHERE v_event_project.event_id = {event_id} AND {projects.sql})"  # noqa: S608
    return Where(reported, projects.params) if projects else projects


def _takes_part(criteria: Criteria, noun: Literal["agency", "contact"]) -> Where:
    """Return the condition that the record takes part in an event that meets the criteria."""
    rows = every((row_conditions(criteria, "taking"), among("taking.contact_id", criteria.contact_ids, "contact")))
    events = event_conditions(criteria)
    if not rows and not events:
        return Where()
    both = every((rows, events))
    owner = f"v_{noun}.id"
    few = possibly_of_agencies(criteria, "taking")
    takes_part = (
        f"{owner} IN (SELECT taking.{noun}_id FROM v_on_the_day AS taking JOIN event ON event.id = taking.event_id"  # noqa: S608
        f"{(few & both).clause()})"
    )
    ways = [takes_part]
    if noun == "contact" and not rows:
        ways.append(f"EXISTS (SELECT 1 FROM event WHERE event.contact_id = {owner} AND {events.sql})")  # noqa: S608
    if criteria.project_ids and criteria._replace(project_ids=(), words=()) == ALL:
        party = _is_party(among("project_party.project_id", criteria.project_ids, "project"), noun, owner)
        ways.append(party.sql)
    return Where(f"({' OR '.join(ways)})", both.params)


def _is_party(condition: Where, noun: str, owner: str) -> Where:
    """Return the condition that the owner has a place in a project, as the condition narrows it."""
    sql = f"EXISTS (SELECT 1 FROM project_party WHERE project_party.{noun}_id = {owner} AND {condition.sql})"  # noqa: S608
    return Where(sql, condition.params) if condition else condition
