from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.services import make

from eventrec.models import EventProject
from eventrec.services import participation, setting
from eventrec.services.retention import under_audit

if TYPE_CHECKING:
    from eventrec.book import Work

LAST = date(2020, 1, 31)


def taking_part(work: Work, **project: object) -> int:
    person = make.contact(work.session).id
    event = make.event(work.session).id
    number = make.project(work.session, "P-1", **project).id
    work.session.add(EventProject(event_id=event, project_id=number))
    participation.add(work.session, event_id=event, contact_id=person)
    return person


@pytest.mark.parametrize(
    ("months", "usual", "until"),
    [(None, None, date(2025, 1, 31)), (None, 12, date(2021, 1, 31)), (1, 12, date(2020, 2, 29)), (0, None, LAST)],
)
def test_a_person_is_kept_until_the_months_after_the_projects_end_are_over(
    work: Work, months: int | None, usual: int | None, until: date
) -> None:
    if usual is not None:
        setting.put(work.session, "retention_months", usual)
    person = taking_part(work, ends_on=LAST, retention_months=months)
    assert under_audit(work.session, person, until) == [("P-1", until)]
    assert under_audit(work.session, person, until + timedelta(1)) == []


def test_a_project_without_an_end_keeps_a_person_for_no_known_time(work: Work) -> None:
    assert under_audit(work.session, taking_part(work), date(2090, 1, 1)) == [("P-1", None)]


def test_who_took_part_in_nothing_is_kept_for_nobody(work: Work) -> None:
    assert under_audit(work.session, make.contact(work.session).id, LAST) == []
