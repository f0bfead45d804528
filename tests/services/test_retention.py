from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.services import make

from eventrec.services import contact as contacts
from eventrec.services import participation as participations
from eventrec.services import project as projects
from eventrec.services import retention
from eventrec.services.event import ProjectShare

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.book import Work

TODAY = date(2026, 1, 2)


def audited(work: Work, **project: Any) -> list[tuple[str, date | None]]:
    """Return what under_audit says of somebody who takes part in an event of such a project."""
    at = make.project(work.session, **project)
    return retention.under_audit(work.session, taking_part(work.session, at.id), TODAY)


def taking_part(session: Session, *project_ids: int, day: date = date(2017, 3, 1)) -> int:
    person = make.contact(session)
    event = make.event(session, day=day, projects=[ProjectShare(number) for number in project_ids])
    participations.add(session, event_id=event.id, contact_id=person.id)
    session.flush()
    return person.id


def test_a_person_is_under_audit_for_five_years_after_the_end_of_a_project(work: Work) -> None:
    assert audited(work, ends_on=date(2021, 1, 2)) == [("MMSP-III", TODAY)]


def test_the_day_after_the_last_day_is_the_first_without_audit(work: Work) -> None:
    assert audited(work, ends_on=date(2021, 1, 1)) == []


def test_a_project_without_an_end_keeps_its_people(work: Work) -> None:
    assert audited(work) == [("MMSP-III", None)]


def test_a_project_has_months_of_its_own(work: Work) -> None:
    assert audited(work, ends_on=date(2025, 12, 31), retention_months=0) == []


def test_the_book_says_the_months_of_projects_that_do_not(work: Work) -> None:
    retention.set_months(work.session, 120)
    assert audited(work, ends_on=date(2018, 6, 30)) == [("MMSP-III", date(2028, 6, 30))]


def test_a_phase_without_an_end_ends_as_its_programme_does(work: Work) -> None:
    programme = make.project(work.session, "MMSP", ends_on=date(2025, 1, 31), retention_months=84)
    assert audited(work, parent_id=programme.id) == [("MMSP-III", date(2032, 1, 31))]


def test_whoever_is_asked_about_an_event_or_manages_its_project_is_kept(work: Work) -> None:
    project = make.project(work.session, ends_on=date(2024, 1, 31))
    asked = make.contact(work.session, "Who is asked")
    make.event(work.session, day=date(2017, 3, 1), contact_id=asked.id, projects=[ProjectShare(project.id)])
    manager = contacts.add(work.session, name=make.name("Who manages"), manages=[project.id])
    for person in (asked, manager):
        assert retention.under_audit(work.session, person.id, TODAY) == [("MMSP-III", date(2029, 1, 31))]


def test_the_project_that_ends_last_is_named_first(work: Work) -> None:
    ends = {"A": date(2023, 1, 1), "B": None, "C": date(2024, 1, 1), "D": date(2000, 1, 1)}
    made = [projects.add(work.session, code=code, name=make.name(code), ends_on=day) for code, day in ends.items()]
    person = taking_part(work.session, *(each.id for each in made))
    assert [code for code, _ in retention.under_audit(work.session, person, TODAY)] == ["B", "C", "A"]


def test_an_event_after_the_end_of_its_project_keeps_its_people_from_its_own_day(work: Work) -> None:
    project = make.project(work.session, ends_on=date(2020, 1, 31))
    person = taking_part(work.session, project.id, day=date(2024, 10, 17))
    assert retention.under_audit(work.session, person, TODAY) == [("MMSP-III", date(2029, 10, 17))]


def test_nobody_is_under_audit_for_an_event_without_a_project(work: Work) -> None:
    assert retention.under_audit(work.session, taking_part(work.session), TODAY) == []
