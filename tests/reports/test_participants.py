from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from eventrec.errors import UsageError
from eventrec.reports.participants import participants
from eventrec.views.criteria import ALL
from eventrec.views.options import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.views.book import Book

    from eventrec.table import Report


def report(book: Book, by: Sequence[str] = (), **options: Any) -> Report:
    lifted = {name: options.pop(name) for name in ("expected", "roles", "with_own_staff", "today") if name in options}
    return participants(book.reader, resolve(book.reader, **options) if options else ALL, by, **lifted)


def total(book: Book, *names: str, **options: Any) -> tuple[Any, ...] | Any:
    figures = report(book, **options).total
    assert figures
    return tuple(figures[name] for name in names) if len(names) > 1 else figures[names[0]]


def rows(found: Report, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in found]


def test_the_example_of_the_programme_adds_up(book: Book) -> None:
    iom, nia = book.agency("IOM"), book.agency("NIA", side="China")
    eu = book.agency("EU", side="EU")
    ec = book.agency("EC", parent_id=eu)
    project = book.project("MMSP-III", donors=(eu,), implementers=(iom,))
    event = book.event("Workshop", "2024-10-17", projects=(project,))
    book.visit(event, "Airport", "2024-10-16", status="confirmed")
    book.uncounted(event, agency_id=iom, role="organizer")
    book.unnamed(event, 4, 8, agency_id=nia, modality="in-person")
    book.unnamed(event, 1, 1, agency_id=ec, modality="online")

    found = report(book, ["agency"], project="MMSP-III")

    assert rows(found, "agency", "women", "men", "participations") == [("EC", 1, 1, 2), ("NIA", 4, 8, 12)]
    assert found.total == {
        "agency": None, "agency_name": None, "events": 1, "event_days": 1, "visits": 0, "participations": 14,
        "named": 0, "unnamed": 14, "women": 5, "men": 9, "other": 0, "not_stated": 0, "people": 0, "people_women": 0,
        "people_men": 0, "agencies": 2, "uncounted": 0, "person_days": 14, "approximate": False, "shared": 0,
    }  # fmt: skip


def test_a_person_with_two_roles_in_one_event_counts_once(book: Book) -> None:
    event, person = book.event("E", "2024-01-01"), book.contact("LI Na")
    book.named(event, person, role="participant")
    book.named(event, person, role="speaker")
    assert total(book, "participations", "named", "people", "person_days") == (1, 1, 1, 1)


def test_a_person_at_two_events_is_two_participations_and_one_of_the_people(book: Book) -> None:
    person = book.contact("LI Na", sex="female")
    for day in ("2024-01-01", "2024-02-01"):
        book.named(book.event("E", day), person)
    assert total(book, "participations", "women", "people", "people_women", "people_men") == (2, 2, 1, 1, 0)


def test_a_counted_role_stands_for_a_person_who_also_interprets(book: Book) -> None:
    event, person = book.event("E", "2024-01-01"), book.contact("LI Na")
    book.named(event, person, role="interpreter")
    book.named(event, person, role="participant")
    found = report(book, ["role"])
    assert rows(found, "role", "participations") == [("participant", 1)]
    assert not found.notes


def test_a_person_who_also_interprets_is_found_under_other_roles(book: Book) -> None:
    event, person = book.event("E", "2024-01-01"), book.contact("LI Na")
    book.named(event, person, role="participant")
    book.named(event, person, role="interpreter")
    assert rows(report(book, ["role"], roles=["interpreter"]), "role", "participations") == [("interpreter", 1)]


def test_the_role_criterion_finds_a_person_by_any_row(book: Book) -> None:
    event, person = book.event("E", "2024-01-01"), book.contact("LI Na")
    book.named(event, person, role="participant")
    book.named(event, person, role="speaker")
    assert total(book, "participations", role="speaker") == 1


def test_the_role_criterion_looks_at_rows_that_were_attended(book: Book) -> None:
    event, person = book.event("E", "2024-01-01"), book.contact("LI Na")
    book.named(event, person, role="participant")
    book.named(event, person, role="speaker", status="no-show")
    assert total(book, "participations", role="speaker") is None


def test_a_row_that_was_not_attended_does_not_stand_for_one_that_was(book: Book) -> None:
    event, person = book.event("E", "2024-01-01"), book.contact("LI Na")
    book.named(event, person, role="participant", status="no-show")
    book.named(event, person, role="speaker")
    assert rows(report(book, ["role"]), "role", "participations") == [("speaker", 1)]


def test_roles_that_do_not_count_are_told(book: Book) -> None:
    event = book.event("E", "2024-01-01")
    book.unnamed(event, 1, 1, role="interpreter")
    book.named(event, book.contact("A"), role="trainer")
    book.named(event, book.contact("B"))
    found = report(book)
    assert found.total
    assert found.total["participations"] == 1
    assert found.notes == ("Not counted: 1 trainer, 2 interpreters.",)


class TestOwnStaff:
    @pytest.fixture
    def event(self, book: Book) -> int:
        iom = book.agency("IOM")
        mission = book.agency("IOM-CN", parent_id=book.agency("IOM-AS", parent_id=iom))
        event = book.event("E", "2024-01-01", projects=(book.project("P", implementers=(iom,)),))
        book.named(event, book.contact("A"), agency_id=iom)
        book.named(event, book.contact("B"), agency_id=mission, role="interpreter")
        book.named(event, book.contact("C"))
        return event

    def test_people_of_the_implementer_and_its_parts_are_left_out_and_told(self, book: Book, event: int) -> None:
        found = report(book)
        assert found.total
        assert found.total["participations"] == event == 1
        assert found.notes == ("Not counted: 2 own staff.",)

    @pytest.mark.usefixtures("event")
    def test_they_count_when_asked_for_in_a_counted_role(self, book: Book) -> None:
        found = report(book, with_own_staff=True)
        assert found.total
        assert found.total["participations"] == 2
        assert found.notes == ("Not counted: 1 interpreter.",)

    def test_a_person_who_is_there_for_another_agency_too_is_no_own_staff(self, book: Book, event: int) -> None:
        book.named(event, 1, agency_id=book.agency("NIA"), role="speaker")
        assert total(book, "participations") == 2

    def test_they_are_nobody_s_own_staff_at_another_project(self, book: Book, event: int) -> None:
        other = book.event("F", "2024-01-02", projects=(book.project("Q"),))
        book.named(other, 1, agency_id=event)
        assert total(book, "participations", project="Q") == 1

    def test_at_a_visit_the_parent_s_project_decides(self, book: Book, event: int) -> None:
        visit = book.visit(event, "V", "2024-01-01")
        book.named(visit, 1, agency_id=1)
        assert total(book, "events", "participations", kind="site-visit") == (1, None)


def test_nothing_counted_is_empty_and_not_nothing(book: Book) -> None:
    event = book.event("E", "2024-01-01")
    book.uncounted(event, agency_id=book.agency("NIA"))
    found = report(book)
    assert found.total
    assert {name: found.total[name] for name in ("events", "participations", "women", "people", "person_days")} == {
        "events": 1, "participations": None, "women": None, "people": None, "person_days": None,
    }  # fmt: skip
    assert (found.total["uncounted"], found.total["agencies"]) == (1, 1)
    assert found.notes == ("Read “at least”: 1 delegation without a number.",)


def test_a_collective_counts_its_people_and_is_no_agency(book: Book) -> None:
    event = book.event("E", "2024-01-01")
    book.unnamed(event, 2, agency_id=book.agency("EU-MS", kind="group"))
    assert total(book, "participations", "agencies") == (2, 0)


def test_an_approximate_part_makes_the_total_approximate(book: Book) -> None:
    event = book.event("E", "2024-01-01")
    book.unnamed(event, not_stated=26, label={"en": "Chinese officials"}, side="China", approximate=True)
    book.unnamed(event, 2)
    found = report(book, ["agency"])
    assert rows(found, "agency", "agency_name", "not_stated", "approximate") == [
        (None, {"en": "Chinese officials"}, 26, True),
        (None, None, 0, False),
    ]
    assert found.total
    assert found.total["approximate"] is True


@pytest.mark.parametrize("status", ["planned", "tentative", "confirmed", "cancelled", "postponed"])
def test_an_event_that_is_not_held_is_not_actual(book: Book, status: str) -> None:
    book.named(book.event("E", "2024-01-01", status=status), book.contact("A"))
    assert total(book, "events", "participations") == (0, None)


@pytest.mark.parametrize("status", ["invited", "registered", "confirmed", "declined", "no-show", "cancelled"])
def test_a_participation_that_was_not_attended_is_not_actual(book: Book, status: str) -> None:
    book.named(book.event("E", "2024-01-01"), book.contact("A"), status=status)
    assert total(book, "events", "participations") == (1, None)


def test_people_still_registered_at_a_held_event_are_told(book: Book) -> None:
    book.unnamed(book.event("E", "2024-01-01"), 3, status="registered")
    assert report(book).notes == ("Not counted: 3 people registered or confirmed, not marked attended.",)


@pytest.mark.parametrize(
    ("event", "row", "counts"),
    [
        ("planned", "registered", True),
        ("tentative", "confirmed", True),
        ("confirmed", "registered", True),
        ("confirmed", "invited", False),
        ("confirmed", "attended", False),
        ("held", "registered", False),
        ("cancelled", "registered", False),
        ("postponed", "confirmed", False),
    ],
)
def test_expected_counts_the_registered_at_open_events(book: Book, event: str, row: str, counts: bool) -> None:
    book.named(book.event("E", "2024-01-01", status=event), book.contact("A"), status=row)
    assert total(book, "participations", expected=True) == (1 if counts else None)


class TestPersonDays:
    def test_a_person_counts_once_per_calendar_day_over_overlapping_events(self, book: Book) -> None:
        person = book.contact("A")
        for days in ("2024-01-01..2024-01-03", "2024-01-03..2024-01-04", "2024-01-02", "2024-02-01"):
            book.named(book.event("E", days), person)
        assert total(book, "participations", "person_days") == (4, 5)

    def test_days_of_the_row_go_before_those_of_the_event_before_the_calendar_s(self, book: Book) -> None:
        event = book.event("E", "2024-01-01..2024-01-05", days=4)
        book.unnamed(event, 2, days=1)
        book.unnamed(event, 3, label={"en": "x"})
        book.unnamed(book.event("F", "2024-02-01..2024-02-02"), 5)
        assert total(book, "event_days", "person_days") == (6, 2 * 1 + 3 * 4 + 5 * 2)

    def test_head_counts_of_overlapping_events_add_up(self, book: Book) -> None:
        for _ in range(2):
            book.unnamed(book.event("E", "2024-01-01"), 2)
        assert total(book, "person_days") == 4

    def test_they_are_empty_without_a_date_and_the_event_is_named(self, book: Book) -> None:
        book.unnamed(book.event("E", days=3), 2, status="registered")
        found = report(book, expected=True)
        assert found.total
        assert (found.total["participations"], found.total["person_days"]) == (2, None)
        assert found.notes == ("Without a date, so without person-days: #1 E.",)


class TestVisits:
    @pytest.fixture
    def workshop(self, book: Book) -> int:
        event = book.event("Workshop", "2024-10-17", projects=(book.project("P"),))
        visit = book.visit(event, "Airport", "2024-10-16")
        book.visit(event, "Center")
        book.unnamed(event, 3)
        book.unnamed(visit, 2)
        return event

    def test_they_stand_in_their_column_and_nowhere_else(self, book: Book, workshop: int) -> None:
        found = report(book, ["event"])
        figures = ("event", "events", "event_days", "visits", "participations", "person_days")
        assert rows(found, *figures) == [(workshop, 1, 1, 1, 3, 3)]
        assert found.notes == ("Site visits not marked held: #3 Center.",)

    @pytest.mark.usefixtures("workshop")
    def test_asked_for_they_are_events(self, book: Book) -> None:
        assert total(book, "events", "visits", "participations", kind="site-visit") == (1, 1, 2)
        assert total(book, "events", "visits", "participations", kind=("workshop", "site-visit")) == (2, 1, 5)

    @pytest.mark.usefixtures("workshop")
    @pytest.mark.parametrize("criterion", [{"project": "P"}, {"event": 1}, {"kind": "workshop"}, {}])
    def test_they_belong_to_the_project_the_number_and_the_kind_of_their_event(
        self, book: Book, criterion: dict[str, Any]
    ) -> None:
        assert total(book, "events", "visits", **criterion) == (1, 1)


class TestProjects:
    @pytest.fixture
    def shared(self, book: Book) -> int:
        first, second = book.project("P"), book.project("Q")
        event = book.event("Both", "2024-01-01", projects=(first, second))
        book.unnamed(event, 2)
        book.unnamed(book.event("One", "2024-01-02", projects=(first,)), 3)
        return event

    @pytest.mark.usefixtures("shared")
    def test_each_shows_an_event_whole_and_the_total_counts_it_once(self, book: Book) -> None:
        found = report(book, ["project"])
        assert rows(found, "project", "events", "participations", "shared") == [("P", 2, 5, 1), ("Q", 1, 2, 1)]
        assert found.total
        assert [found.total[name] for name in ("events", "participations", "shared")] == [2, 5, 1]
        assert found.notes == ("Reported whole under several projects: #1 Both (P, Q).",)

    @pytest.mark.usefixtures("shared")
    def test_the_report_of_one_says_what_is_reported_elsewhere_too(self, book: Book) -> None:
        assert total(book, "participations", "shared", project="Q") == (2, 1)

    @pytest.mark.usefixtures("shared")
    def test_several_asked_for_together_count_an_event_once(self, book: Book) -> None:
        assert total(book, "events", "participations", project=("P", "Q")) == (2, 5)

    def test_a_programme_brings_its_phases_along_unless_only(self, book: Book, shared: int) -> None:
        programme = book.project("MMSP")
        phase = book.project("MMSP-I", parent_id=programme)
        book.unnamed(book.event("Phase", "2018-01-01", projects=(phase,)), 7, 1)
        assert shared
        assert total(book, "participations", project="MMSP") == 8
        assert total(book, "participations", project="MMSP", only=True) is None


def test_events_with_nobody_recorded_are_events(book: Book) -> None:
    book.event("E", "2024-01-01", kind="meeting")
    assert rows(report(book, ["kind"]), "kind", "events", "participations") == [("meeting", 1, None)]


def test_an_event_is_in_the_period_of_its_first_day(book: Book) -> None:
    book.unnamed(book.event("E", "2024-12-31..2025-01-02"), 1)
    assert rows(report(book, ["quarter"]), "quarter", "event_days") == [("2024-Q4", 3)]
    assert total(book, "events", since="2025-01-01") == 0
    assert total(book, "events", until="2024-12-31") == 1


def test_a_delegation_of_men_is_no_row_of_women(book: Book) -> None:
    book.unnamed(book.event("E", "2024-01-01"), men=12)
    assert rows(report(book, ["sex"]), "sex", "participations", "events") == [("male", 12, 1)]


def test_a_side_comes_from_the_nearest_whole_that_has_one(book: Book) -> None:
    part = book.agency("EC-X", parent_id=book.agency("EC", parent_id=book.agency("EU", side="EU")))
    event = book.event("E", "2024-01-01")
    book.unnamed(event, 2, agency_id=part)
    book.unnamed(event, 3, label={"en": "officials"}, side="China")
    assert rows(report(book, ["side"]), "side", "participations") == [("China", 3), ("EU", 2)]
    assert total(book, "participations", side="eu") == 2


def test_an_agency_brings_its_parts_along_unless_only(book: Book) -> None:
    whole = book.agency("EU")
    event = book.event("E", "2024-01-01")
    book.unnamed(event, 2, agency_id=whole)
    book.unnamed(event, 3, agency_id=book.agency("EC", parent_id=whole))
    book.unnamed(event, 4)
    assert total(book, "participations", agency="EU") == 5
    assert total(book, "participations", agency="EU", only=True) == 2


def test_several_dimensions_make_one_row_for_each_combination_that_is_there(book: Book) -> None:
    for day in ("2024-01-01", "2025-01-01"):
        book.unnamed(book.event("E", day), 1, 2)
    assert rows(report(book, ["year", "sex"]), "year", "sex", "participations") == [
        ("2024", "female", 1),
        ("2024", "male", 2),
        ("2025", "female", 1),
        ("2025", "male", 2),
    ]


def test_past_events_not_marked_held_and_undated_ones_are_named(book: Book) -> None:
    book.event("Past", "2024-01-01", status="confirmed")
    book.event("Today", "2024-01-02", status="confirmed")
    book.event("Some day")
    assert report(book, today="2024-01-02").notes == (
        "Past and not marked held, so not counted: #1 Past (2024-01-01).",
        "Without a date, so not counted: #3 Some day.",
    )


def test_an_unknown_dimension_is_refused(book: Book) -> None:
    with pytest.raises(UsageError, match="“colour” is no dimension"):
        report(book, ["colour"])


def test_the_report_says_what_it_was_asked(book: Book) -> None:
    book.project("P")
    found = report(book, ["sex"], project="P", since="2024-01-01", with_own_staff=True)
    assert found.criteria == {
        "project": "P",
        "since": "2024-01-01",
        "by": ["sex"],
        "expected": False,
        "roles": ["participant", "observer", "chair", "speaker"],
        "with_own_staff": True,
    }
