from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from tests.services import make

from eventrec.errors import AlreadyThere, Rejected
from eventrec.models import Affiliation, ContactPoint
from eventrec.services import contact as contacts
from eventrec.services import participation
from eventrec.services.affiliation import Place

if TYPE_CHECKING:
    from eventrec.book import Work

MOVED = date(2025, 1, 1)


def test_a_person_of_that_name_in_that_agency_is_there_already(work: Work) -> None:
    nia = make.agency(work.session)
    make.contact(work.session, agency_id=nia.id)
    with pytest.raises(AlreadyThere, match="as contact 1"):
        make.contact(work.session, agency_id=nia.id)


def test_a_namesake_is_another_person(work: Work) -> None:
    first = make.contact(work.session)
    assert make.contact(work.session, namesake=True).id != first.id


def test_the_same_name_in_another_agency_is_another_person(work: Work) -> None:
    make.contact(work.session, agency_id=make.agency(work.session, "NIA").id)
    assert make.contact(work.session, agency_id=make.agency(work.session, "MFA").id).id == 2


def test_the_first_email_is_preferred_and_its_heir_follows(work: Work) -> None:
    points = [make.email("a@example.org"), make.email("b@example.org")]
    row = make.contact(work.session, points_of=points)
    assert work.reader.contact(row.id)["email"] == "a@example.org"
    contacts.edit(work.session, row.id, {}, no_points=["a@example.org"])
    assert work.reader.contact(row.id)["email"] == "b@example.org"


def test_a_point_that_is_known_is_not_added_twice(work: Work) -> None:
    row = make.contact(work.session, points_of=[make.email("a@example.org")])
    contacts.edit(work.session, row.id, {}, points_of=[make.email("a@example.org")])
    assert len(work.session.scalars(select(ContactPoint)).all()) == 1


def test_a_move_ends_the_old_affiliation_the_day_before(work: Work) -> None:
    nia, mfa = make.agency(work.session, "NIA"), make.agency(work.session, "MFA")
    row = make.contact(work.session, agency_id=nia.id)
    contacts.edit(work.session, row.id, {}, place=Place(mfa.id, starts_on=MOVED))
    places = work.session.scalars(select(Affiliation).order_by(Affiliation.id)).all()
    assert [(place.agency_id, place.starts_on, place.ends_on) for place in places] == [
        (nia.id, None, date(2024, 12, 31)),
        (mfa.id, MOVED, None),
    ]


def test_a_move_without_a_day_is_refused(work: Work) -> None:
    row = make.contact(work.session, agency_id=make.agency(work.session, "NIA").id)
    with pytest.raises(Rejected, match="since when"):
        contacts.edit(work.session, row.id, {}, place=Place(make.agency(work.session, "MFA").id))


def test_a_correction_overwrites_the_affiliation(work: Work) -> None:
    row = make.contact(work.session, agency_id=make.agency(work.session, "NIA").id)
    mfa = make.agency(work.session, "MFA")
    contacts.edit(work.session, row.id, {}, place=Place(mfa.id, correct=True))
    assert [place.agency_id for place in work.session.scalars(select(Affiliation))] == [mfa.id]


def test_somebody_who_takes_part_is_not_removed(work: Work) -> None:
    row = make.contact(work.session)
    participation.add(work.session, event_id=make.event(work.session).id, contact_id=row.id)
    with pytest.raises(Rejected, match="takes part in 1 events"):
        contacts.remove(work.session, row.id)


def test_an_event_forgets_a_removed_contact_and_says_so(work: Work) -> None:
    row = make.contact(work.session, points_of=[make.email("a@example.org")])
    event = make.event(work.session, contact_id=row.id)
    assert contacts.remove(work.session, row.id) == [event]
    assert event.contact_id is None
