from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from tests.services import make

from eventrec.errors import Rejected
from eventrec.models import Event, Participation, Tombstone
from eventrec.services import event as events
from eventrec.services import participation, planning
from eventrec.services.event import ProjectShare
from eventrec.services.headcount import HeadCount

if TYPE_CHECKING:
    from eventrec.book import Work

LATER = date(2025, 3, 12)


def test_a_cancelled_event_takes_its_visits_along(work: Work) -> None:
    event = make.event(work.session)
    visit = make.event(work.session, "Airport", parent_id=event.id)
    assert list(planning.cancel(work.session, event.id, reason="Venue closed")) == [event, visit]
    assert (event.status, event.status_reason, event.sequence) == ("cancelled", "Venue closed", 1)


def test_visits_can_go_on_without_their_event(work: Work) -> None:
    event = make.event(work.session)
    visit = make.event(work.session, "Airport", parent_id=event.id)
    planning.cancel(work.session, event.id, reason=None, visits=False)
    assert visit.status == "confirmed"


def test_an_event_is_not_cancelled_twice(work: Work) -> None:
    event = make.event(work.session)
    planning.cancel(work.session, event.id, reason=None)
    with pytest.raises(Rejected, match="is cancelled already"):
        planning.cancel(work.session, event.id, reason=None)


def test_a_postponed_event_keeps_its_date_until_it_has_a_new_one(work: Work) -> None:
    event = make.event(work.session)
    planning.postpone(work.session, event.id, reason="Travel restrictions")
    assert (event.status, event.starts_on) == ("postponed", make.THAT_DAY)
    events.edit(work.session, event.id, {"starts_on": LATER, "ends_on": LATER})
    assert (event.status, event.status_reason, event.sequence) == ("confirmed", None, 2)


def test_the_copy_of_a_cancelled_event_replaces_it(work: Work) -> None:
    event = make.event(work.session)
    assert planning.copy(work.session, event.id, starts_on=LATER, ends_on=LATER).replaces_id is None
    planning.cancel(work.session, event.id, reason=None)
    assert planning.copy(work.session, event.id, starts_on=LATER, ends_on=LATER).replaces_id == event.id


def test_a_copy_takes_people_as_invited_and_no_numbers(work: Work) -> None:
    nia, project = make.agency(work.session), make.project(work.session)
    event = make.event(work.session, status="held", projects=[ProjectShare(project.id)], results=make.name("Done"))
    person = make.contact(work.session, agency_id=nia.id)
    participation.add(work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(women=4))
    participation.add(work.session, event_id=event.id, contact_id=person.id, from_headcount=False)
    participation.add(work.session, event_id=event.id, counts=HeadCount(not_stated=100))
    new = planning.copy(work.session, event.id, starts_on=None, ends_on=None)
    query = select(Participation).where(Participation.event_id == new.id).order_by(Participation.id)
    rows = work.session.scalars(query).all()
    assert [(row.contact_id, row.agency_id, row.status, row.women) for row in rows] == [
        (None, nia.id, "invited", None),
        (person.id, nia.id, "invited", None),
    ]
    assert (new.status, new.results, work.reader.event(new.id)["projects"]) == ("planned", None, ["MMSP-III"])


def test_a_removed_event_takes_its_people_and_visits_with_it(work: Work) -> None:
    event = make.event(work.session)
    make.event(work.session, "Airport", parent_id=event.id, parties=[("facilitator", make.agency(work.session).id)])
    assert len(planning.remove(work.session, event.id)) == 2
    assert work.session.scalars(select(Event)).all() == []
    assert work.session.scalars(select(Participation)).all() == []


def test_a_removed_event_keeps_what_its_calendar_must_still_say(work: Work) -> None:
    event = make.event(work.session)
    planning.remove(work.session, event.id)
    (said,) = work.session.scalars(select(Tombstone.calendar))
    assert (said["starts_on"], said["title"], said["sequence"]) == ("2024-10-17", {"en": "Workshop"}, 1)


def test_an_undated_event_leaves_nothing_in_calendars(work: Work) -> None:
    planning.remove(work.session, make.event(work.session, day=None).id)
    assert work.session.scalars(select(Tombstone.calendar)).all() == [None]
