"""Who was online, from a meeting's attendance report: the entries of one person joined, and matched to the list."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from eventrec.db.journal import journal_of
from eventrec.errors import Rejected
from eventrec.models import Agency, Contact, ContactPoint, Event, Participation
from eventrec.services import headcount, participation, rows
from eventrec.services.headcount import HeadCount
from eventrec.services.imports.known import KnownAgencies, KnownPeople
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from eventrec.formats.meeting_log import Entry

_EVERYBODYS: Final = frozenset(
    ["gmail.com", "qq.com", "163.com", "126.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "yahoo.cn", "sina.com", "sina.cn", "sohu.com", "foxmail.com", "icloud.com", "me.com", "aliyun.com", "139.com", "189.cn", "proton.me", "gmx.de", "web.de"]
)
"""Mail that anybody may have: it says nothing of an agency."""

_BETWEEN: Final = re.compile(r"\s*[-–—_|｜/／@·]\s*|\s*[（(]\s*|\s*[)）]\s*")
_LISTED: Final = 10


@dataclass
class Attended:
    """A person of the report, with all entries; `seconds` counts no moment twice."""

    name: str
    names: set[str]
    email: str
    seconds: int
    entries: list[Entry] = field(default_factory=list)
    agency: str = ""

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded down: 29 minutes and 59 seconds are not 30."""
        return self.seconds // 60

    @property
    def is_somebody(self) -> bool:
        """Tell whether it has a person's name."""
        return any(entry.is_somebody for entry in self.entries)


@dataclass
class OnlineResult:
    """What the report meant for the event's list; `below` are people who were there too shortly."""

    matched: list[tuple[Attended, int, str]] = field(default_factory=list)
    """Person, contact, and what was done: new, updated or same."""

    unnamed: list[tuple[str, int, str]] = field(default_factory=list)
    """Whose people, how many, and what was done."""

    left: list[Attended] = field(default_factory=list)
    below: list[Attended] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def people(entries: Iterable[Entry]) -> list[Attended]:
    """Join the entries of one person: of one e-mail, else of one name. Telephones and rooms stay apart."""
    groups: dict[str, list[Entry]] = {}
    by_name: dict[str, str] = {}
    for entry in entries:
        name = normalise(entry.name)
        key = f"@{entry.email.lower()}" if entry.email else by_name.get(name, name if entry.is_somebody else f"#{name}")
        if entry.email:
            by_name.setdefault(name, key)
            if name in groups and entry.is_somebody:
                groups.setdefault(key, []).extend(groups.pop(name))
        groups.setdefault(key, []).append(entry)
    return [_joined(each) for each in groups.values()]


def _joined(entries: list[Entry]) -> Attended:
    first = entries[0]
    names = {name for entry in entries for name in (entry.name, *entry.others)}
    agency = next((entry.agency for entry in entries if entry.agency), "")
    email = next((entry.email for entry in entries if entry.email), "")
    return Attended(first.name, names, email, _seconds(entries), entries, agency)


def _seconds(entries: Sequence[Entry]) -> int:
    """Return for how long somebody was there; two devices at once count once where times are known."""
    timed = [(entry.joined, entry.left) for entry in entries if entry.joined and entry.left]
    spans = sorted(span for span in timed if span[0] <= span[1])
    if len(spans) < len(entries) or any(_is_less(entry) for entry in entries):
        return sum(entry.seconds for entry in entries)
    total, until = 0, None
    for start, end in spans:
        begin = start if until is None or start > until else until
        if until is None or end > until:
            total += int((end - begin).total_seconds())
            until = end
    return total


def _is_less(entry: Entry) -> bool:
    """Tell whether the line itself says less than from first coming to last going: the person was away in between."""
    if entry.joined is None or entry.left is None:
        return True
    return entry.seconds + 90 < (entry.left - entry.joined).total_seconds()


def length_of(attended: Iterable[Attended]) -> int:
    """Return how long the meeting was in seconds: from the first who came to the last who left, else the longest stay."""
    everybody = list(attended)
    joined = [entry.joined for each in everybody for entry in each.entries if entry.joined]
    left = [entry.left for each in everybody for entry in each.entries if entry.left]
    if joined and left:
        return int((max(left) - min(joined)).total_seconds())
    return max((each.seconds for each in everybody), default=0)


def record(
    session: Session,
    event_id: int,
    attended: Sequence[Attended],
    *,
    today: Any,  # noqa: ANN401
    minimum_minutes: int | None = None,
    minimum_share: int | None = None,
) -> OnlineResult:
    """Mark who was online. The rest becomes an unnamed head-count of its agency, or of nobody in particular.

    `minimum_share` is per cent of the meeting. The same report again changes nothing. Raises Rejected for an event that
    is still to come, or called off.
    """
    event = rows.get(session, Event, event_id)
    if event.status in ("cancelled", "postponed") or event.starts_on is None or event.starts_on > today:
        state = event.status if event.status in ("cancelled", "postponed") else "still to come"
        raise Rejected(
            f"Event {event.id} is {state}; nobody can have attended it.", f"See it: eventrec event show {event.id}"
        )
    result = OnlineResult()
    needed = _needed(attended, minimum_minutes, minimum_share)
    result.below = [each for each in attended if each.seconds < needed]
    known, agencies = KnownPeople(session), KnownAgencies(session)
    groups: dict[int | None, int] = defaultdict(int)
    for each in attended:
        if each.seconds < needed:
            continue
        contact = _contact(session, event, each, known, agencies)
        if contact is None:
            groups[_agency(session, each, agencies)] += 1
            if each.is_somebody:
                result.left.append(each)
        else:
            result.matched.append((each, contact, _mark(session, event, contact, result)))
    for agency_id, number in sorted(groups.items(), key=lambda pair: pair[0] or 0):
        label = agencies.label(agency_id, "en") if agency_id else "not stated"
        result.unnamed.append((label, number, _count(session, event, agency_id, number)))
    if event.status != "held" and (result.matched or result.unnamed):
        result.told.append(
            f"Event {event.id} is not marked held, so nobody counts yet: eventrec event edit {event.id} --status held"
        )
    return result


def _needed(attended: Sequence[Attended], minutes: int | None, share: int | None) -> int:
    if minutes is not None:
        return minutes * 60
    return length_of(attended) * share // 100 if share is not None else 1


def _contact(session: Session, event: Event, each: Attended, known: KnownPeople, agencies: KnownAgencies) -> int | None:
    """Return the contact that a person of the report is: of the same e-mail, or on the list under that very name."""
    if each.email:
        owner = session.scalars(
            select(ContactPoint.contact_id).where(
                ContactPoint.kind == "email", ContactPoint.contact_id.is_not(None), ContactPoint.value.ilike(each.email)
            )
        ).all()
        if len(owner) == 1:
            return owner[0]
    on_list = {row.contact_id for row in participation.of_event(session, event.id) if row.contact_id is not None}
    wanted = {normalise(part) for name in each.names for part in (name, *_BETWEEN.split(name)) if part.strip()}
    found = {
        number
        for number in on_list
        if wanted & {normalise(name) for name in (*known.people[number].names.values(), *known.people[number].aliases)}
    }
    if len(found) == 1:
        return found.pop()
    agency_id = _named_agency(each, agencies)
    if agency_id is None:
        return None
    theirs = {
        person.id
        for person in known.people.values()
        if person.agency_id == agency_id and wanted & {normalise(name) for name in person.names.values()}
    }
    return theirs.pop() if len(theirs) == 1 else None


def _named_agency(each: Attended, agencies: KnownAgencies) -> int | None:
    """Return the agency that stands in the display name, “NIA-Li Na”, or in a column of its own."""
    texts = [each.agency] if each.agency else []
    for name in sorted(each.names):
        parts = [part for part in _BETWEEN.split(name) if part.strip()]
        texts += parts if len(parts) > 1 else []
    for text in texts:
        found = agencies.same([text])
        if len(found) == 1:
            return found[0]
    return None


def _agency(session: Session, each: Attended, agencies: KnownAgencies) -> int | None:
    """Return the agency of somebody who is not known: as named, else the only one whose mail has that domain."""
    named = _named_agency(each, agencies)
    domain = each.email.rpartition("@")[2].lower()
    if named is not None or not domain or domain in _EVERYBODYS:
        return named
    own = set(
        session.scalars(
            select(ContactPoint.agency_id).where(
                ContactPoint.agency_id.is_not(None), ContactPoint.value.endswith(f"@{domain}", autoescape=True)
            )
        )
    )
    own |= {
        number
        for number, website in session.execute(select(Agency.id, Agency.website).where(Agency.website.is_not(None)))
        if re.search(rf"//(?:www\.)?{re.escape(domain)}(?:[/:]|$)", website or "")
    }
    if not own:
        own = _agencies_of_domain(session, domain)
    return own.pop() if len(own) == 1 else None


def _agencies_of_domain(session: Session, domain: str) -> set[int | None]:
    """Return where the contacts work whose addresses have a domain."""
    from eventrec.models import Affiliation

    query = (
        select(Affiliation.agency_id)
        .join(ContactPoint, ContactPoint.contact_id == Affiliation.contact_id)
        .where(ContactPoint.value.endswith(f"@{domain}", autoescape=True), Affiliation.is_primary)
        .where(Affiliation.ends_on.is_(None))
    )
    return set(session.scalars(query))


def _mark(session: Session, event: Event, contact_id: int, result: OnlineResult) -> str:
    """Mark one contact attended online; somebody who was in the room stays there."""
    before = journal_of(session).recorded
    there = participation.of_people(session, event.id, contacts=[contact_id])
    if not there:
        participation.add(
            session,
            event_id=event.id,
            contact_id=contact_id,
            status="attended",
            modality="online",
            source="online-log",
            from_headcount=False,
        )
        return "new"
    for row in there:
        if row.status == "attended" and row.modality == "in-person":
            name = rows.get(session, Contact, contact_id).name.both()
            result.told.append(f"{name} was in the room and online too; the row stays as it is.")
            continue
        changes = {"status": "attended", "modality": "online"}
        participation.edit(session, event.id, [row.id], changes if row.source else {**changes, "source": "online-log"})
    return "updated" if journal_of(session).recorded != before else "same"


def _count(session: Session, event: Event, agency_id: int | None, number: int) -> str:
    """Set the unnamed online head-count of an agency, or of nobody in particular, that the report tells of."""
    row = session.scalar(
        select(Participation).where(
            Participation.event_id == event.id,
            Participation.contact_id.is_(None),
            Participation.agency_id.is_not_distinct_from(agency_id),
            Participation.label.is_(None),
            Participation.role == "participant",
            Participation.modality == "online",
            Participation.status == "attended",
        )
    )
    if row is not None and row.source not in (None, "online-log"):
        raise Rejected(
            f"Row {row.id} counts people online already, from another source ({row.source}): {headcount.describe(row)}.",
            f"Remove it first, or leave the report out: eventrec participant remove {event.id} --row {row.id}",
        )
    if row is not None:
        before = journal_of(session).recorded
        participation.edit(session, event.id, [row.id], {"source": "online-log"}, counts=HeadCount(not_stated=number))
        return "updated" if journal_of(session).recorded != before else "same"
    participation.add(
        session,
        event_id=event.id,
        agency_id=agency_id,
        counts=HeadCount(not_stated=number),
        status="attended",
        modality="online",
        source="online-log",
    )
    return "new"
