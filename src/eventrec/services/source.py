"""The releases that events were drafted from: kept with the event, and known again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import Text, select, type_coerce

from eventrec.localized import Localized
from eventrec.models import Event, EventSource
from eventrec.services.forget import again
from eventrec.text.digests import digest_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.ASCII)


def add(session: Session, event_id: int, *, text: str, name: str | None = None, url: str | None = None) -> EventSource:
    """Keep the text that an event was drafted from; `name` is that of the file, without its place.

    Raises CameBack for a text with the e-mail address of somebody who was forgotten, unless that was allowed.
    """
    again.check(session, points=[("email", each) for each in dict.fromkeys(_EMAIL.findall(text))])
    row = EventSource(event_id=event_id, text=text, sha256=digest_of(text), name=name, url=url)
    session.add(row)
    session.flush()
    return row


def drafted_from(session: Session, text: str) -> list[Event]:
    """Return the events that were drafted from this very text, oldest first."""
    theirs = select(EventSource.event_id).where(EventSource.sha256 == digest_of(text))
    return list(session.scalars(select(Event).where(Event.id.in_(theirs)).order_by(Event.id)))


def of_title_and_day(session: Session, title: Localized, starts_on: date | None) -> list[Event]:
    """Return the events on that first day that have the title in one of its languages."""
    if starts_on is None:
        return []
    found: dict[int, Event] = {}
    for tag, text in title.items():
        written = type_coerce(Event.title, Text).contains(Localized({tag: text}).to_json()[1:-1], autoescape=True)
        query = select(Event).where(Event.starts_on == starts_on, written).order_by(Event.id)
        found |= {event.id: event for event in session.scalars(query) if event.title.get(tag) == text}
    return [found[number] for number in sorted(found)]
