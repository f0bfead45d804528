"""Answers to invitations: they set where a participant stands, unless something newer is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from eventrec.db.journal import journal_of
from eventrec.errors import ChoiceNeeded, Rejected
from eventrec.formats.ical.revisions import moved_since, times_called_off
from eventrec.models import Change, Contact, ContactPoint, Event, Participation, Tombstone
from eventrec.services import participation
from eventrec.services.imports.calendars.identity import uid_of
from eventrec.services.imports.people import Refused
from eventrec.text.emails import read_email
from eventrec.text.names import clean, normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.replies import Reply
    from eventrec.services.imports.outcome import Action, Outcome
    from eventrec.services.imports.wish import Wish

STATUSES: Final = {"ACCEPTED": "confirmed", "DECLINED": "declined", "TENTATIVE": "registered"}
"""What an answer (PARTSTAT, RFC 5545 §3.2.12) makes of a participant's status."""

_OPEN: Final = ("invited", "registered", "confirmed", "declined")
_OVER: Final = ("held", "cancelled", "postponed")
_LONGEST: Final = 2_000


class Replies:
    """Settles one answer after another. `undecided` says which head-count a new participant met."""

    def __init__(self, session: Session, wish: Wish, outcome: Outcome, main: str) -> None:
        self._session = session
        self._wish = wish
        self._outcome = outcome
        self._main = main
        self.undecided = ""

    def put(self, reply: Reply) -> tuple[Action, str]:
        """Set the participant's status. Raises Refused for what somebody has to look at.

        What is told and changes nothing: a proposal of another time, an answer for one day, to what is over, of a
        participant who came, stayed away or was called off, and one that is older than the answer known.
        """
        if reply.method != "REPLY":
            return self._aside(reply)
        event = self._event(reply)
        contact = self._contact(reply, event)
        who = f"{contact.name.both(self._main)} (contact {contact.id})"
        self._check_sender(reply, contact, who)
        beside = self._beside(reply, event, contact)
        if beside:
            return self._same(who, event, beside)
        there = self._rows(event, contact)
        self._check_sequence(reply, event, contact, who, there)
        if not there:
            return self._add(reply, event, contact, who)
        still_open = [row for row in there if row.status in _OPEN]
        if not still_open:
            return self._same(who, event, f"is {there[0].status} there already; the answer changes nothing")
        return self._answer(reply, event, who, still_open)

    def _aside(self, reply: Reply) -> tuple[Action, str]:
        """Tell of a proposal of another time, or of a question for the present invitation; neither changes anything."""
        who = reply.name[:80] or reply.email or "Somebody"
        try:
            event = self._event(reply)
        except Refused as unknown:
            words = f"{who} asks about an event: {unknown.message}"
            self._outcome.tell(words)
            return "same", words
        if reply.method == "COUNTER":
            return self._same(
                who,
                event,
                f"proposes another time. Answer by mail, or move it: eventrec event edit {event.id} --date …",
            )
        to = f"--to {reply.email}" if reply.email else "--to CONTACT"
        return self._same(who, event, f"asks for the invitation: eventrec export invitation {event.id} {to} -o mail/")

    def _same(self, who: str, event: Event, why: str) -> tuple[Action, str]:
        words = f"{who}, event {event.id}: {why}"
        self._outcome.tell(f"{words}.")
        return "same", words

    def _event(self, reply: Reply) -> Event:
        """Return the event with the UID, or the only one that was imported under it."""
        uids = (reply.uid.lower(), uid_of(reply.uid))
        query = select(Event).where(Event.uid.in_(uids)).order_by(Event.id)
        found = list(self._session.scalars(query)) or list(
            self._session.scalars(select(Event).where(Event.source_uid == reply.uid).order_by(Event.id))
        )
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"event {event.id}" for event in found)
            raise Refused("UID", f"It answers a series, which is here as {listed}; record it by hand.")
        gone = self._session.scalar(
            select(Tombstone).where(Tombstone.table_name == "event", Tombstone.row_uid.in_(uids))
        )
        if gone is not None:
            raise Refused("UID", f"It answers event {gone.row_id}, which was removed on {gone.removed_at[:10]}.")
        raise Refused("UID", f"It answers an event that is not in this book (UID {reply.uid[:80]}).")

    def _contact(self, reply: Reply, event: Event) -> Contact:
        """Return who has the address; of several who share it, who is on the list or called as the answer says."""
        address = self._address(reply.email)
        query = (
            select(Contact)
            .join(ContactPoint, ContactPoint.contact_id == Contact.id)
            .where(ContactPoint.kind == "email", func.lower(ContactPoint.value) == address.lower())
            .order_by(Contact.id)
            .distinct()
        )
        found = list(self._session.scalars(query))
        if not found:
            named = f"{address}, {reply.name[:80]}" if reply.name and reply.name != address else address
            raise Refused(
                "ATTENDEE",
                f"No contact has the address it answers for ({named}). Give it to whom it belongs: eventrec contact"
                f" edit CONTACT --email {address}",
            )
        listed = [contact for contact in found if self._rows(event, contact)]
        called = [contact for contact in found if normalise(reply.name) in map(normalise, contact.name.values())]
        for one in (found, listed, called):
            if len(one) == 1:
                return one[0]
        numbers = ", ".join(f"{contact.name.both(self._main)} (contact {contact.id})" for contact in found)
        raise Refused("ATTENDEE", f"{address} is the address of several: {numbers}. Record the answer by hand.")

    @staticmethod
    def _address(email: str) -> str:
        try:
            return read_email(email)
        except Rejected:
            return email

    def _check_sender(self, reply: Reply, contact: Contact, who: str) -> None:
        """Refuse a mail from somebody else, who may not answer for others; an assistant says so (SENT-BY)."""
        query = select(ContactPoint.value).where(ContactPoint.contact_id == contact.id, ContactPoint.kind == "email")
        own = {reply.email.lower(), *(value.lower() for value in self._session.scalars(query))}
        sent_by = reply.sent_by.lower()
        if reply.senders and not own & set(reply.senders):
            if sent_by not in reply.senders and self._wish.mode != "update":
                raise Refused(
                    "ATTENDEE",
                    f"The answer of {who} was sent by {reply.senders[0]}, which is none of its addresses. If it is, add"
                    f" it: eventrec contact edit {contact.id} --email {reply.senders[0]} — or take the answer with"
                    " --mode update.",
                )
            self._outcome.tell(f"{reply.senders[0]} answered for {who}.")
        elif sent_by and sent_by not in own:
            self._outcome.tell(f"{reply.sent_by} answered for {who}.")

    def _beside(self, reply: Reply, event: Event, contact: Contact) -> str:
        """Say why the answer sets no status; empty when it does."""
        if event.status in _OVER:
            return f"the event is {event.status}; the answer changes nothing"
        if reply.day:
            return (
                f"answers for one day only ({reply.day}). Record the days by hand: eventrec participant edit {event.id}"
                f" {contact.id} --days …"
            )
        if reply.answer == "DELEGATED":
            to = ", ".join(reply.delegates) or "somebody else"
            return f"passed the invitation on to {to}. Add who comes: eventrec participant add {event.id} CONTACT"
        return "" if reply.answer in STATUSES else "says neither yes nor no yet"

    def _rows(self, event: Event, contact: Contact) -> list[Participation]:
        query = select(Participation).where(Participation.event_id == event.id, Participation.contact_id == contact.id)
        return list(self._session.scalars(query.order_by(Participation.id)))

    def _check_sequence(
        self, reply: Reply, event: Event, contact: Contact, who: str, there: Sequence[Participation]
    ) -> None:
        """Refuse an answer to an earlier invitation (RFC 5546 §2.1.5), unless only another room or link came since."""
        called_off = max((times_called_off(self._changes("participation", row.id)) for row in there), default=0)
        present = event.sequence + called_off
        if reply.sequence >= present or self._wish.mode == "update":
            return
        if called_off or moved_since(self._changes("event", event.id), reply.sequence):
            raise Refused(
                "SEQUENCE",
                f"{who} answers an invitation to event {event.id} that is out of date (SEQUENCE {reply.sequence}, now"
                f" {present}). Send the present one: eventrec export invitation {event.id} --to {contact.id} -o mail/"
                " — or take the answer with --mode update.",
            )

    def _changes(self, table: str, number: int) -> list[tuple[str, Any, Any]]:
        query = select(Change.before, Change.after).where(Change.table_name == table, Change.row_id == number)
        return [("", before, after) for before, after in self._session.execute(query.order_by(Change.id))]

    def _given_at(self, reply: Reply) -> str | None:
        """Return when the answer was given; nobody can have given it later than now."""
        return min(reply.given_at, journal_of(self._session).moment) if reply.given_at else None

    def _answer(self, reply: Reply, event: Event, who: str, rows: Sequence[Participation]) -> tuple[Action, str]:
        status, given_at = STATUSES[reply.answer], self._given_at(reply)
        known = max((row.answered_at or "" for row in rows), default="")
        if known and given_at is None:
            raise Refused("DTSTAMP", f"{who} has answered before, and this answer does not say when it was given.")
        if given_at is not None and given_at < known:
            return self._same(who, event, f"this answer is older than the one of {known}, which stays")
        before = journal_of(self._session).recorded
        was = rows[0].status
        for row in rows:
            changes = {
                "status": status,
                "answered_at": given_at or row.answered_at,
                "note": self._note(reply, row.note),
            }
            participation.edit(self._session, event.id, [row.id], changes)
        self._session.flush()
        words = f"{who}, event {event.id}: {reply.answer.lower()}, now {status}"
        if journal_of(self._session).recorded == before:
            return "same", words
        if was != status:
            words += f" (was {was})"
        self._outcome.tell(f"{words}.")
        return "updated", words

    def _add(self, reply: Reply, event: Event, contact: Contact, who: str) -> tuple[Action, str]:
        """Put on the list who was invited without being on it."""
        status = STATUSES[reply.answer]
        within = {"included": True, "further": False}.get(self._wish.names or "")
        try:
            participation.add(
                self._session,
                event_id=event.id,
                contact_id=contact.id,
                from_headcount=False if status == "declined" else within,
                status=status,
                answered_at=self._given_at(reply),
                note=self._note(reply, None),
            )
        except ChoiceNeeded as choice:
            self.undecided = choice.message.removesuffix(" Is the person one of those?")
        words = f"{who}, event {event.id}: {reply.answer.lower()}, added to the list as {status}"
        self._outcome.tell(f"{words}.")
        return "new", words

    def _note(self, reply: Reply, note: str | None) -> str | None:
        """Return the note with what was written along, once; what nobody can see is no comment."""
        try:
            written = clean(reply.comment[:_LONGEST], "comment", 2 * _LONGEST, lines=True)
        except Rejected:
            return note
        comment = f"{reply.given_at[:10]}: {written}" if reply.given_at else written
        if note and comment in note:
            return note
        return f"{note}\n{comment}" if note else comment
