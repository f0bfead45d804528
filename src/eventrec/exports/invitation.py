"""Invitations by mail: for each participant a calendar object and the message that carries it (RFC 5546, RFC 6047)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import Rejected
from eventrec.exports.calendar_event import calendar_event
from eventrec.exports.organizer import Organizer, organizer_of
from eventrec.formats.ical.revisions import changed_at, moved_at, times_called_off
from eventrec.localized import Localized
from eventrec.views.criteria import Criteria
from eventrec.views.invited import changes_of, revised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eventrec.formats.ical.records import Attendee, CalendarEvent, CalendarOptions
    from eventrec.views.reader import Reader

Row = dict[str, Any]

_EXPECTED: Final = ("invited", "registered", "confirmed", "attended")
_CALLED_OFF: Final = ("cancelled", "postponed")
_LONGEST_NAME: Final = 40
_FILE: Final = re.compile(r"event-([0-9]+)-contact-[0-9]+(?:-[a-z0-9-]+)?\.(?:ics|eml)")


@dataclass(frozen=True)
class InvitationWish:
    """Whom to invite and how: contacts by number, or everybody on the list who is expected.

    `organizer` is an address, or empty for the one that the records tell. With `visits` the event's site visits come
    along, each as an invitation of its own.
    """

    contacts: tuple[int, ...] = ()
    organizer: str = ""
    languages: str = "both"
    utc: bool = False
    visits: bool = False


@dataclass(frozen=True)
class Invitation:
    """A message to one participant: the name of its files without an ending, and what they hold.

    `people` are the numbers of the contacts whom it names.
    """

    name: str
    method: str
    calendar: bytes
    mail: bytes
    people: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Invitations:
    """All messages about an event, and what a person should know about them."""

    messages: Sequence[Invitation]
    words: Sequence[str]
    events: Sequence[int] = ()

    def belongs(self, name: str) -> bool:
        """Tell whether a file of this name is a message about one of the events."""
        found = _FILE.fullmatch(name)
        return found is not None and int(found[1]) in self.events


def invitations(reader: Reader, number: int, wish: InvitationWish) -> Invitations:
    """Return the messages about an event: invitations, or cancellations of what was called off.

    Nobody's message names anybody else. Nothing comes from a clock: DTSTAMP is the latest change to what is printed.
    Raises Rejected for an event without a date, for a named contact without an e-mail address, and when nobody is
    there to answer to.
    """
    rows: list[Row] = [dict(row) for row in reader.events(Criteria(event_ids=(number,)))]
    rows.sort(key=lambda row: (row["id"] != number, row["id"]))
    messages: list[Invitation] = []
    words: list[str] = []
    events: list[int] = []
    for row in rows if wish.visits else rows[:1]:
        if row["starts_on"] is None and row["id"] != number:
            words.append(
                f"Site visit {row['id']} has no date and was left out: eventrec visit edit {row['id']} --date …"
            )
            continue
        events.append(row["id"])
        made = _Event(reader, row, wish)
        messages += made.messages()
        words += made.words
    return Invitations(messages, words, events)


class _Event:
    """The messages about one event in the making."""

    def __init__(self, reader: Reader, row: Row, wish: InvitationWish) -> None:
        self.words: list[str] = []
        self._reader = reader
        self._row = row
        self._wish = wish
        self._main = reader.main_language()
        if row["starts_on"] is None:
            raise Rejected(
                f"Event {row['id']} has no date, and nobody can be invited to it yet.",
                f"eventrec event edit {row['id']} --date …",
            )
        self._organizer: Organizer = organizer_of(reader, row, wish.organizer)
        self._entry: CalendarEvent = calendar_event(row)
        changes = changes_of(reader, "event", row["id"]) if row["sequence"] else []
        self._changed_at, self._moved_at = changed_at(changes), moved_at(changes)

    def messages(self) -> Iterator[Invitation]:
        """Yield a message for each recipient; who gets none is told in `words`."""
        if self._row["status"] == "held":
            self.words.append(f"Event {self._row['id']} was held already.")
        for contact, taking in self._recipients():
            row = taking or self._not_on_the_list(contact)
            name = Localized(row["contact"]).both(self._main)
            if not row["email"]:
                self._without_address(contact, name)
            elif row["email"].lower() == self._organizer.email.lower():
                self.words.append(f"{name} is the organizer of event {self._row['id']} and gets no message.")
            else:
                yield self._message(contact, row, listed=taking is not None)

    def _recipients(self) -> Iterator[tuple[int, Row | None]]:
        """Yield contacts with their rows on the list: of several the one that is still open, then the first."""
        people: dict[int, Row] = {}
        table = self._reader.participants(Criteria(event_ids=(int(self._row["id"]),)))
        for row in sorted(map(dict, table), key=lambda row: (row["status"] not in _EXPECTED, row["id"])):
            if isinstance(row["contact_id"], int):
                people.setdefault(row["contact_id"], row)
        if self._wish.contacts:
            yield from ((contact, people.get(contact)) for contact in dict.fromkeys(self._wish.contacts))
        else:
            self._tell_who_declined(people)
            yield from ((contact, row) for contact, row in sorted(people.items()) if row["status"] in _EXPECTED)

    def _tell_who_declined(self, people: Mapping[int, Row]) -> None:
        for contact, row in sorted(people.items()):
            if row["status"] == "declined":
                name = Localized(row["contact"]).both(self._main)
                self.words.append(f"{name} declined and gets no message; --to {contact} invites again.")

    def _not_on_the_list(self, contact: int) -> Row:
        found = self._reader.contact(contact)
        event = self._row["id"]
        words = f"{Localized(found['name']).both(self._main)} is not on the list of event {event}."  # type: ignore[arg-type]
        add = f" Add: eventrec participant add {event} {contact} --status invited"
        self.words.append(words if self._row["status"] in _CALLED_OFF else words + add)
        return {
            "contact": found["name"], "email": found["email"], "role": "participant", "status": "invited",
            "answered_at": None, "modified_at": "", "created_at": "",
        }  # fmt: skip

    def _without_address(self, contact: int, name: str) -> None:
        hint = f"eventrec contact edit {contact} --email …"
        if self._wish.contacts:
            raise Rejected(f"{name} has no e-mail address.", hint)
        self.words.append(f"{name} has no e-mail address and gets no message. Add it: {hint}")

    def _message(self, contact: int, row: Row, *, listed: bool) -> Invitation:
        from eventrec.formats.ical.calendar import render
        from eventrec.formats.ical.records import Attendee, CalendarOptions

        called_off = self._row["status"] in _CALLED_OFF or row["status"] == "cancelled"
        method = "CANCEL" if called_off else "REQUEST"
        changes = changes_of(self._reader, "participation", row["id"]) if listed else []
        revisions = times_called_off(changes)
        moments = self._entry.modified, self._organizer.modified, row["modified_at"], revised(self._reader, contact)
        attendee = Attendee(
            row["contact"], row["email"], row["role"], row["status"], answer=self._answer(row), asked=not called_off
        )
        event = replace(
            self._entry,
            sequence=self._entry.sequence + revisions,
            modified=max(moments),
            organizer=self._organizer.party,
            attendees=(attendee,),
        )
        options = CalendarOptions(
            {},
            languages=self._wish.languages,
            main=self._main,
            utc=self._wish.utc,
            attendees=True,
            method=method,
        )
        updated = listed and event.sequence > 0 and (revisions > 0 or row["created_at"] < self._changed_at)
        content = render([event], options)
        mail = self._mail(event, options, attendee, content, updated=updated)
        people = frozenset({contact, self._row["contact_id"], self._organizer.contact_id} - {None})
        return Invitation(_file_name(self._row["id"], contact, row["contact"]), method, content, mail, people)

    def _mail(
        self, event: CalendarEvent, options: CalendarOptions, attendee: Attendee, content: bytes, *, updated: bool
    ) -> bytes:
        from eventrec.formats.ical import letter
        from eventrec.formats.mail import CalendarMail, Mailbox, render

        mail = CalendarMail(
            Mailbox(self._named(self._organizer.party.name), self._organizer.email),
            Mailbox(self._named(attendee.name), attendee.email or ""),
            letter.subject(event, options, updated=updated),
            letter.text(event, options, updated=updated),
            content,
            options.method,
        )
        return render(mail)

    def _answer(self, row: Row) -> str:
        """Return PARTSTAT: what was answered, unless the event has moved since, which asks anew (RFC 5546 §2.1.4)."""
        if (row["answered_at"] or row["modified_at"]) < self._moved_at:
            return "NEEDS-ACTION"
        if row["status"] == "registered":
            return "TENTATIVE" if row["answered_at"] else "NEEDS-ACTION"
        return {"confirmed": "ACCEPTED", "attended": "ACCEPTED"}.get(row["status"], "NEEDS-ACTION")

    def _named(self, name: Mapping[str, str]) -> str:
        return Localized(name).both(self._main).replace(" / ", " ") if name else ""


def _file_name(event: int, contact: int, name: dict[str, str]) -> str:
    """Return a name that only changes with the contact's: what is written later takes the place of what was earlier."""
    latin = name.get("en") or min(name.values())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-")
    return "-".join(filter(None, (f"event-{event}-contact-{contact}", words)))
