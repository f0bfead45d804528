from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from tests.services import make

from eventrec.errors import Rejected
from eventrec.models import Participation
from eventrec.services import event as events
from eventrec.services.event import ProjectShare
from eventrec.services.setting import put

if TYPE_CHECKING:
    from eventrec.book import Work
    from eventrec.models import Event

NEXT_DAY = date(2024, 10, 18)


def move(work: Work, event: Event, day: date | None, **changes: Any) -> events.Edited:
    return events.edit(work.session, event.id, {"starts_on": day, "ends_on": day, **changes})


def test_an_event_with_a_date_is_confirmed_and_one_without_is_planned(work: Work) -> None:
    assert make.event(work.session).status == "confirmed"
    assert make.event(work.session, day=None).status == "planned"


def test_a_first_date_confirms_a_planned_event(work: Work) -> None:
    event = make.event(work.session, day=None)
    assert move(work, event, make.THAT_DAY).event.status == "confirmed"


def test_the_first_date_that_was_set_is_kept(work: Work) -> None:
    event = make.event(work.session)
    move(work, event, NEXT_DAY)
    assert (event.planned_starts_on, event.starts_on) == (make.THAT_DAY, NEXT_DAY)


def test_an_event_without_a_date_is_not_held(work: Work) -> None:
    with pytest.raises(Rejected, match="without a date cannot be marked held"):
        make.event(work.session, day=None, status="held")


def test_a_new_date_is_a_new_sequence_and_held_is_none(work: Work) -> None:
    event = make.event(work.session)
    assert event.sequence == 0
    move(work, event, NEXT_DAY)
    assert event.sequence == 1
    events.edit(work.session, event.id, {"status": "held"})
    assert event.sequence == 1


def test_a_new_title_is_no_new_sequence_but_moves_modified_at(work: Work) -> None:
    event = make.event(work.session)
    version = event.version
    events.edit(work.session, event.id, {"title": make.name("Seminar")})
    assert (event.sequence, event.version) == (0, version + 1)


def test_an_edit_that_changes_nothing_writes_nothing(work: Work) -> None:
    event = make.event(work.session)
    events.edit(work.session, event.id, {"title": make.name("Workshop")})
    assert event.version == 1


def test_a_well_known_city_gives_country_and_time_zone(work: Work) -> None:
    event = make.event(work.session, city=make.name("Brussels"))
    assert (event.country, event.timezone) == ("BE", "Europe/Brussels")


def test_an_unknown_city_gets_the_time_zone_of_the_book(work: Work) -> None:
    put(work.session, "timezone", "Asia/Shanghai")
    assert make.event(work.session, city=make.name("Nowhere-upon-Sea")).timezone == "Asia/Shanghai"


def test_hours_without_a_time_zone_are_refused(work: Work) -> None:
    with pytest.raises(Rejected, match="Hours need a time zone"):
        make.event(work.session, start_time="09:00")


def test_hours_that_the_clocks_skip_are_refused(work: Work) -> None:
    with pytest.raises(Rejected, match="There is no 02:30 on Sunday 31 March 2024"):
        make.event(work.session, day=date(2024, 3, 31), start_time="02:30", timezone="Europe/Brussels")


def test_more_working_days_than_days_are_refused(work: Work) -> None:
    with pytest.raises(Rejected, match="2 working days do not fit into 1"):
        make.event(work.session, days=2)


def test_taking_the_date_away_takes_the_hours_away(work: Work) -> None:
    event = make.event(work.session, start_time="09:00", end_time="17:00", timezone="Asia/Shanghai")
    move(work, event, None)
    assert (event.starts_on, event.start_time, event.end_time) == (None, None, None)


def test_a_visit_has_city_country_and_time_zone_of_its_event(work: Work) -> None:
    event = make.event(work.session, city=make.name("Beijing", "北京"), country="CN")
    visit = make.event(work.session, "Airport", day=None, parent_id=event.id)
    assert (visit.kind, visit.city, visit.country, visit.timezone) == (
        "site-visit",
        {"en": "Beijing", "zh": "北京"},
        "CN",
        "Asia/Shanghai",
    )


def test_a_visit_has_no_visits(work: Work) -> None:
    event = make.event(work.session)
    visit = make.event(work.session, "Airport", parent_id=event.id)
    with pytest.raises(Rejected, match="is a site visit itself"):
        make.event(work.session, "Gate", parent_id=visit.id)


def test_a_site_visit_belongs_to_an_event(work: Work) -> None:
    with pytest.raises(Rejected, match="belongs to an event"):
        make.event(work.session, kind="site-visit")


def test_visits_move_along_by_as_many_days(work: Work) -> None:
    event = make.event(work.session)
    visit = make.event(work.session, "Airport", date(2024, 10, 16), parent_id=event.id)
    assert list(move(work, event, date(2024, 11, 17)).moved_visits) == [visit]
    assert visit.starts_on == date(2024, 11, 16)


def test_visits_can_be_left_where_they_are(work: Work) -> None:
    event = make.event(work.session)
    visit = make.event(work.session, "Airport", parent_id=event.id)
    events.edit(work.session, event.id, {"starts_on": NEXT_DAY, "ends_on": NEXT_DAY}, visits=False)
    assert visit.starts_on == make.THAT_DAY


def test_shares_of_projects_are_kept_and_changed(work: Work) -> None:
    project = make.project(work.session)
    event = make.event(work.session, projects=[ProjectShare(project.id, Decimal(60))])
    events.edit(work.session, event.id, {}, projects=[ProjectShare(project.id, Decimal(40))])
    rows = work.reader.rows("SELECT share FROM event_project")
    assert [Decimal(str(row[0])) for row in rows] == [40]


def test_organizers_are_participations_with_that_role(work: Work) -> None:
    nia = make.agency(work.session)
    make.event(work.session, status="held", parties=[("organizer", nia.id)])
    (row,) = work.session.scalars(select(Participation))
    assert (row.role, row.status, row.agency_name) == ("organizer", "attended", {"en": "Agency NIA"})


def test_a_reason_without_a_cancellation_is_refused_not_dropped(work: Work) -> None:
    event = make.event(work.session)
    with pytest.raises(Rejected, match="only for a cancelled or postponed event"):
        events.edit(work.session, event.id, {"status_reason": "fog"})
