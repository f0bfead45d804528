from __future__ import annotations

from copy import copy
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from tests.services import make

from eventrec.errors import AlreadyThere, ChoiceNeeded, Rejected
from eventrec.services import agency as agencies
from eventrec.services import contact as contacts
from eventrec.services import headcount, participation
from eventrec.services.affiliation import Place
from eventrec.services.headcount import HeadCount

if TYPE_CHECKING:
    from eventrec.book import Book, Work
    from eventrec.models import Agency, Event, Participation


@pytest.fixture
def nia(work: Work) -> Agency:
    return make.agency(work.session)


@pytest.fixture
def event(work: Work) -> Event:
    return make.event(work.session)


def counts(row: Participation) -> tuple[int | None, ...]:
    return (row.women, row.men, row.other, row.not_stated)


def test_status_and_modality_are_the_events(work: Work, nia: Agency) -> None:
    planned = make.event(work.session, modality="online")
    row = participation.add(work.session, event_id=planned.id, agency_id=nia.id)
    assert (row.status, row.modality, row.role) == ("registered", "online", "participant")
    held = make.event(work.session, status="held", modality="hybrid")
    row = participation.add(work.session, event_id=held.id, agency_id=nia.id)
    assert (row.status, row.modality) == ("attended", "not-stated")


def test_a_second_identical_party_is_named_by_its_row(work: Work, nia: Agency, event: Event) -> None:
    participation.add(work.session, event_id=event.id, agency_id=nia.id)
    with pytest.raises(AlreadyThere, match=r"NIA is in event 1 already .* row 1"):
        participation.add(work.session, event_id=event.id, agency_id=nia.id)


def test_a_person_is_there_once_in_a_role_and_may_have_two(work: Work, event: Event) -> None:
    person = make.contact(work.session)
    participation.add(work.session, event_id=event.id, contact_id=person.id)
    participation.add(work.session, event_id=event.id, contact_id=person.id, role="speaker")
    with pytest.raises(AlreadyThere, match="LI Na is in event 1 already"):
        participation.add(work.session, event_id=event.id, contact_id=person.id, modality="online")


def test_a_negative_head_count_is_refused(work: Work, nia: Agency, event: Event) -> None:
    with pytest.raises(Rejected, match="cannot be negative: -1 women"):
        participation.add(work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(women=-1))


def test_more_days_than_the_event_has_are_refused(work: Work, event: Event) -> None:
    with pytest.raises(Rejected, match="2 days are more than event 1 has"):
        participation.add(work.session, event_id=event.id, counts=HeadCount(women=1), days=2)


def test_attendance_freezes_agency_its_name_and_position(work: Work, nia: Agency, event: Event) -> None:
    person = contacts.add(work.session, name=make.name("LI Na"), place=Place(nia.id, make.name("Officer")))
    row = participation.add(work.session, event_id=event.id, contact_id=person.id)
    assert (row.agency_id, row.position) == (None, None)
    participation.edit(work.session, event.id, [row.id], {"status": "attended"})
    agencies.edit(work.session, nia.id, {"name": make.name("Another name")})
    contacts.edit(work.session, person.id, {}, place=Place(position=make.name("Director"), correct=True))
    assert (row.agency_id, row.agency_name, row.position) == (nia.id, {"en": "Agency NIA"}, {"en": "Officer"})


def test_the_name_that_freezes_is_the_one_of_the_day(work: Work, nia: Agency, event: Event) -> None:
    agencies.edit(work.session, nia.id, {"name": make.name("New Agency")}, renamed_on=date(2025, 1, 1))
    row = participation.add(work.session, event_id=event.id, agency_id=nia.id, status="attended")
    assert row.agency_name == {"en": "Agency NIA"}


def test_the_agency_that_freezes_is_the_one_of_the_day(work: Work, nia: Agency, event: Event) -> None:
    person = make.contact(work.session, agency_id=nia.id)
    mfa = make.agency(work.session, "MFA")
    contacts.edit(work.session, person.id, {}, place=Place(mfa.id, starts_on=date(2025, 1, 1)))
    row = participation.add(work.session, event_id=event.id, contact_id=person.id, status="attended")
    assert row.agency_id == nia.id


def test_somebody_of_a_counted_delegation_needs_a_decision(work: Work, nia: Agency, event: Event) -> None:
    participation.add(work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(women=4, men=8))
    person = make.contact(work.session, agency_id=nia.id, sex="female")
    with pytest.raises(ChoiceNeeded, match=r"NIA already has a head-count in event 1 \(4 women, 8 men\)"):
        participation.add(work.session, event_id=event.id, contact_id=person.id)


@pytest.mark.parametrize(
    ("sex", "left"),
    [("female", (3, 8, 0, 1)), ("male", (4, 7, 0, 1)), ("other", (4, 8, 0, 0)), ("not-stated", (4, 8, 0, 0))],
)
def test_one_is_taken_off_the_matching_sex_else_not_stated(
    work: Work, nia: Agency, event: Event, sex: str, left: tuple[int, ...]
) -> None:
    group = participation.add(
        work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(women=4, men=8, not_stated=1)
    )
    person = make.contact(work.session, agency_id=nia.id, sex=sex)
    participation.add(work.session, event_id=event.id, contact_id=person.id, from_headcount=True)
    assert counts(group) == left
    assert str(headcount.delegation(work.session, event.id, nia.id, "participant")) == "1 named + 12 further = 13"


def test_a_head_count_without_the_sex_is_not_guessed_at(work: Work, nia: Agency, event: Event) -> None:
    participation.add(work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(men=8))
    person = make.contact(work.session, agency_id=nia.id, sex="female")
    with pytest.raises(Rejected, match="holds no further woman and nobody not stated"):
        participation.add(work.session, event_id=event.id, contact_id=person.id, from_headcount=True)


def test_the_last_one_taken_off_removes_the_row(work: Work, nia: Agency, event: Event) -> None:
    participation.add(work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(women=1))
    person = make.contact(work.session, agency_id=nia.id, sex="female")
    participation.add(work.session, event_id=event.id, contact_id=person.id, from_headcount=True)
    assert [row.contact_id for row in participation.of_event(work.session, event.id)] == [person.id]


def test_somebody_further_leaves_the_head_count_alone(work: Work, nia: Agency, event: Event) -> None:
    group = participation.add(work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(women=4))
    person = make.contact(work.session, agency_id=nia.id, sex="female")
    participation.add(work.session, event_id=event.id, contact_id=person.id, from_headcount=False)
    assert group.women == 4
    delegation = headcount.delegation(work.session, event.id, nia.id, "participant")
    assert str(delegation) == "1 named + 4 further = 5"


def test_only_what_changes_is_counted_as_changed(work: Work, nia: Agency, event: Event) -> None:
    one = participation.add(work.session, event_id=event.id, agency_id=nia.id)
    other = participation.add(work.session, event_id=event.id, label=make.name("experts"), status="attended")
    changed = participation.edit(work.session, event.id, [one.id, other.id], {"status": "attended"})
    assert changed == [one]


def test_a_label_is_found_in_every_language(work: Work, event: Event) -> None:
    row = participation.add(work.session, event_id=event.id, label=make.name("Experts", "专家"))
    assert participation.with_label(work.session, event.id, "experts") == [row]
    assert participation.with_label(work.session, event.id, "专家") == [row]


def test_event_and_person_count_as_changed_when_somebody_is_taken_off_the_list(book: Book) -> None:
    with book.writing("on the list") as work:
        event, person = make.event(work.session), make.contact(work.session)
        row = participation.add(work.session, event_id=event.id, contact_id=person.id)
        numbers = (event.id, person.id, row.id)
    before = [book.reader.event(numbers[0])["version"], book.reader.contact(numbers[1])["version"]]
    later = copy(book)
    later.now = lambda: datetime(2026, 2, 1, tzinfo=UTC)
    with later.writing("off the list") as work:
        participation.remove(work.session, [numbers[2]])
    after = [book.reader.event(numbers[0]), book.reader.contact(numbers[1])]
    assert [found["version"] for found in after] == [version + 1 for version in before]
    assert {found["modified_at"] for found in after} == {"2026-02-01T00:00:00Z"}
