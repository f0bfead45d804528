from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.views.book import day

from eventrec.localized import Localized
from eventrec.models import Affiliation, Attendance, Change, ChangeSet, ContactPoint, EventProject, NotSame
from eventrec.reports import checks
from eventrec.reports.check import CHECKS, check
from eventrec.views.criteria import ALL
from eventrec.views.options import resolve

if TYPE_CHECKING:
    from tests.views.book import Book

TODAY = "2025-01-01"
EARLIER, LATER = "2024-10-01T08:00:00Z", "2024-10-02T08:00:00Z"


def findings(book: Book, **options: Any) -> list[dict[str, Any]]:
    return list(check(book.reader, resolve(book.reader, **options) if options else ALL, TODAY))


def words(book: Book, **options: Any) -> list[str]:
    return [row["finding"] for row in findings(book, **options)]


def only(book: Book, finding: str) -> dict[str, Any]:
    """Return the one finding that the book has."""
    (row,) = findings(book)
    assert row["finding"] == finding
    return row


def held(book: Book, when: str = "2024-10-17", **values: Any) -> int:
    """Add a held event that nothing is wrong with."""
    event = book.event("Workshop", when, zh="研讨会", **values)
    book.unnamed(event, 1, 1, agency_id=book.agency(None, f"Counted at {event}"))
    return event


def test_a_clean_book_is_clean(book: Book) -> None:
    nia, iom = book.agency("NIA"), book.agency("IOM")
    project = book.project("P", implementers=(iom,), starts_on=day("2024-01-01"), ends_on=day("2024-12-31"))
    event = book.event("Workshop", "2024-10-17..2024-10-18", projects=(project,))
    visit = book.visit(event, "Airport", "2024-10-16")
    book.event("Next", "2025-01-01", status="confirmed")
    person = book.contact("LI Na", agency=nia)
    row = book.named(event, person, agency_id=nia, created_at=EARLIER)
    book.named(event, person, agency_id=nia, role="interpreter")
    book.unnamed(event, 4, 8, agency_id=nia, created_at=EARLIER)
    book.named(visit, person, agency_id=nia)
    book.uncounted(visit, agency_id=iom, role="host")
    book.add(Attendance, participation_id=row, day=day("2024-10-18"))
    assert findings(book) == []


def test_an_empty_book_is_clean(book: Book) -> None:
    assert findings(book) == []


def test_a_finding_names_event_record_and_what_mends_it(book: Book) -> None:
    event = held(book, status="confirmed")
    assert only(book, "not-marked-held") == {
        "finding": "not-marked-held",
        "event": event,
        "event_title": {"en": "Workshop", "zh": "研讨会"},
        "starts_on": "2024-10-17",
        "noun": "event",
        "id": event,
        "what": "It ended on 2024-10-17 and is still confirmed: not counted.",
        "hint": f"eventrec event edit {event} --status held",
    }


def test_findings_stand_by_date_and_an_undated_visit_beside_its_event(book: Book) -> None:
    late, early = held(book, "2024-12-01", status="planned"), held(book, "2024-01-01")
    visit = book.visit(early, "Airport")
    assert [(row["event"], row["finding"]) for row in findings(book)] == [
        (visit, "without-host"),
        (visit, "not-marked-held"),
        (late, "not-marked-held"),
    ]


# Named people and a head-count of one delegation


@pytest.fixture
def both(book: Book) -> tuple[int, int]:
    """An event and its row of a head-count; a person of the same agency was entered on the next day."""
    nia = book.agency("NIA")
    event = book.event("Workshop", "2024-10-17")
    row = book.unnamed(event, 4, 8, agency_id=nia, created_at=EARLIER)
    book.named(event, book.contact("LI Na"), agency_id=nia, created_at=LATER)
    return event, row


def test_names_and_a_head_count_entered_on_different_days_may_be_a_double_count(
    book: Book, both: tuple[int, int]
) -> None:
    event, row = both
    found = only(book, "named-and-unnamed")
    assert (found["event"], found["noun"], found["id"]) == (event, "participant", row)
    assert found["what"].startswith("NIA has 12 people without a name and, entered on another day, LI Na:")


COUNTS = {"women": 4, "men": 8, "other": 0, "not_stated": 0}
NOBODY = dict.fromkeys(COUNTS)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param(COUNTS, {**COUNTS, "women": 3}, [], id="corrected"),
        pytest.param(NOBODY, COUNTS, [], id="counted only then"),
        pytest.param({**COUNTS, "status": "registered"}, COUNTS, ["named-and-unnamed"], id="another status"),
        pytest.param(None, COUNTS, ["named-and-unnamed"], id="entered after the names"),
    ],
)
def test_a_head_count_whose_numbers_were_changed_after_the_names_is_no_finding(
    book: Book,
    both: tuple[int, int],
    before: dict[str, Any] | None,
    after: dict[str, Any],
    found: list[str],
) -> None:
    book.add(ChangeSet, actor="staff", moment=LATER, command="")
    book.add(
        Change, change_set_id=1, table_name="participation", row_id=both[1], row_uid="x", version=2, before=before,
        after=after,
    )  # fmt: skip
    assert words(book) == found


def test_a_head_count_changed_before_the_names_is_a_finding(book: Book, both: tuple[int, int]) -> None:
    book.add(ChangeSet, actor="staff", moment=EARLIER, command="")
    book.add(
        Change, change_set_id=1, table_name="participation", row_id=both[1], row_uid="x", version=2, before=COUNTS,
        after={**COUNTS, "women": 3},
    )  # fmt: skip
    assert words(book) == ["named-and-unnamed"]


@pytest.mark.parametrize(
    "person",
    [
        pytest.param({"created_at": EARLIER}, id="the same day"),
        pytest.param({"agency_id": 2}, id="another agency"),
        pytest.param({"role": "speaker"}, id="another role"),
        pytest.param({"modality": "online"}, id="another modality"),
        pytest.param({"status": "no-show"}, id="was not there"),
    ],
)
def test_a_head_count_beside_somebody_else_is_no_finding(book: Book, person: dict[str, Any]) -> None:
    nia, _ = book.agency("NIA"), book.agency("MFA")
    event = book.event("Workshop", "2024-10-17")
    book.unnamed(event, 4, 8, agency_id=nia, created_at=EARLIER, modality="in-person")
    book.named(event, book.contact("LI Na"), **{"agency_id": nia, "created_at": LATER, **person})
    assert findings(book) == []


# The same people


def visited(book: Book, event: int, **values: Any) -> tuple[int, int]:
    """Add a held visit with one person on its list, and return the visit and the row."""
    agency = book.agency(None, "Host")
    visit = book.visit(event, "Airport", "2024-10-16")
    book.uncounted(visit, agency_id=agency, role="host")
    return visit, book.named(visit, book.contact("LI Na"), **{"agency_id": agency, **values})


def test_somebody_at_a_visit_but_not_at_its_event_is_found(book: Book) -> None:
    event = held(book)
    visit, row = visited(book, event)
    found = only(book, "not-at-the-event")
    assert (found["event"], found["noun"], found["id"]) == (visit, "participant", row)
    assert found["hint"] == f"eventrec participant add {event} 1, or eventrec participant remove {visit} --row {row}"


def test_somebody_who_did_not_come_to_the_event_is_found_at_its_visit(book: Book) -> None:
    event = held(book)
    visited(book, event)
    book.named(event, 1, status="no-show")
    assert words(book) == ["not-at-the-event"]


def test_somebody_at_visit_and_event_is_no_finding(book: Book) -> None:
    event = held(book)
    visited(book, event)
    book.named(event, 1, agency_id=1, role="organizer")
    assert findings(book) == []


def test_whoever_receives_the_visitors_need_not_be_at_the_event(book: Book) -> None:
    visit, _ = visited(book, held(book), role="host")
    book.unnamed(visit, 3)
    assert findings(book) == []


@pytest.mark.parametrize(
    ("other", "mend"),
    [
        pytest.param({"role": "speaker"}, "remove 1 --row 2", id="two roles that count"),
        pytest.param(
            {"role": "interpreter", "status": "no-show"}, "edit 1 --row 2 --status attended", id="two statuses"
        ),
        pytest.param(
            {"role": "interpreter", "modality": "online"}, "edit 1 --row 2 --modality in-person", id="two modalities"
        ),
    ],
)
def test_the_same_person_twice_is_found(book: Book, other: dict[str, Any], mend: str) -> None:
    nia = book.agency("NIA")
    event, person = book.event("Workshop", "2024-10-17"), book.contact("LI Na")
    book.named(event, person, agency_id=nia, modality="in-person")
    row = book.named(event, person, agency_id=nia, **{"modality": "in-person", **other})
    found = only(book, "same-person-twice")
    assert (found["noun"], found["id"], found["hint"]) == ("participant", row, f"eventrec participant {mend}")


def test_a_third_row_of_a_person_is_one_more_finding(book: Book) -> None:
    nia = book.agency("NIA")
    event, person = book.event("Workshop", "2024-10-17"), book.contact("LI Na")
    rows = [book.named(event, person, agency_id=nia, role=role) for role in ("participant", "speaker", "chair")]
    assert [row["id"] for row in findings(book)] == rows[1:]


def test_a_role_that_was_declined_is_no_second_row(book: Book) -> None:
    nia = book.agency("NIA")
    event, person = book.event("Workshop", "2024-10-17"), book.contact("LI Na")
    book.named(event, person, agency_id=nia)
    book.named(event, person, agency_id=nia, role="speaker", status="declined")
    assert findings(book) == []


def pair(book: Book, one: dict[str, Any], two: dict[str, Any], agencies: tuple[str, str] = ("NIA", "NIA")) -> None:
    """Add an event with two contacts."""
    numbers = {code: book.agency(code) for code in dict.fromkeys(agencies)}
    event = book.event("Workshop", "2024-10-17")
    for contact, code in zip((one, two), agencies, strict=True):
        book.named(event, book.contact(**contact), agency_id=numbers[code])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param({"name": "LI Na"}, {"name": "Li Na", "zh": "李娜"}, id="the case apart"),
        pytest.param({"name": "LI Na", "zh": "李娜"}, {"name": "Lina Li", "zh": "李娜"}, id="in Chinese"),
    ],
)
def test_two_contacts_with_one_name_and_agency_are_probably_one_person(
    book: Book, one: dict[str, Any], two: dict[str, Any]
) -> None:
    pair(book, one, two)
    found = only(book, "probably-one-person")
    assert (found["noun"], found["id"]) == ("contact", 2)
    assert found["hint"] == "eventrec contact merge 1 2, or eventrec contact duplicates --not-same 1 2"


def test_two_contacts_with_one_name_in_two_agencies_are_two_people(book: Book) -> None:
    pair(book, {"name": "LI Na"}, {"name": "LI Na"}, ("NIA", "MFA"))
    assert findings(book) == []


def test_two_contacts_with_one_e_mail_are_probably_one_person(book: Book) -> None:
    pair(book, {"name": "LI Na"}, {"name": "Nana"}, ("NIA", "MFA"))
    for contact in (1, 2):
        book.add(ContactPoint, contact_id=contact, kind="email", value="li@example.org", preferred=True)
    assert "have one e-mail" in only(book, "probably-one-person")["what"]


def test_two_contacts_that_somebody_told_apart_are_no_finding(book: Book) -> None:
    pair(book, {"name": "LI Na"}, {"name": "LI Na"})
    first, second = sorted(row[0] for row in book.reader.rows("SELECT uid FROM contact"))
    book.add(NotSame, table_name="contact", first_uid=first, second_uid=second)
    assert findings(book) == []


def test_somebody_without_an_agency_on_that_day_is_found(book: Book) -> None:
    person = book.contact("LI Na", agency=book.agency("NIA"))
    event = book.event("Workshop", "2024-10-17")
    row = book.named(event, person)
    found = only(book, "without-agency")
    assert (found["noun"], found["id"]) == ("participant", row)
    assert found["hint"] == f"eventrec participant edit {event} --row {row} --agency AGENCY"


# Numbers


def test_people_still_registered_for_a_held_event_are_found(book: Book) -> None:
    event = held(book)
    book.unnamed(event, 2, 3, agency_id=1, status="registered")
    book.named(event, book.contact("LI Na", agency=1), status="confirmed", role="interpreter")
    found = only(book, "still-registered")
    assert found["what"] == "It was held, and 2 rows with 6 people are still registered or confirmed: not counted."
    assert found["hint"] == f"eventrec participant edit {event} --status attended"


def test_an_organizer_still_registered_is_no_finding(book: Book) -> None:
    book.uncounted(held(book), agency_id=book.agency("IOM"), role="organizer", status="registered")
    assert findings(book) == []


def test_people_registered_for_an_event_to_come_are_no_finding(book: Book) -> None:
    book.unnamed(book.event("Next", "2025-02-01", status="confirmed"), not_stated=5)
    assert findings(book) == []


def test_sex_not_stated_is_found_with_the_names(book: Book) -> None:
    event = held(book)
    book.named(event, book.contact("LI Na", sex="not-stated"), agency_id=1)
    row = book.unnamed(event, not_stated=7, agency_id=book.agency("NIA"))
    book.unnamed(event, not_stated=9, role="interpreter")
    found = only(book, "sex-not-stated")
    assert found["what"] == "Sex is not stated of 1 named: LI Na (contact 1); and of 7 without a name."
    assert found["hint"] == "eventrec contact edit 1 --sex SEX"
    assert row


def test_sex_not_stated_of_a_head_count_alone_is_mended_in_its_row(book: Book) -> None:
    event = book.event("Workshop", "2024-10-17")
    row = book.unnamed(event, not_stated=7)
    assert only(book, "sex-not-stated")["hint"].startswith(f"eventrec participant edit {event} --row {row} --women")


def test_modality_not_stated_in_a_hybrid_event_is_found(book: Book) -> None:
    event = book.event("Workshop", "2024-10-17", modality="hybrid")
    book.unnamed(event, 2, modality="online")
    row = book.unnamed(event, 4, 8, agency_id=book.agency("NIA"))
    found = only(book, "modality-not-stated")
    assert found["what"] == "It is hybrid, and 1 row with 12 people does not say in person or online."
    assert found["hint"] == f"eventrec participant edit {event} --row {row} --modality MODALITY"


def test_a_held_event_with_nobody_recorded_is_found(book: Book) -> None:
    event = book.event("Workshop", "2024-10-17")
    book.uncounted(event, agency_id=book.agency("IOM"), role="organizer")
    book.unnamed(event, 4, agency_id=1, status="invited")
    assert only(book, "nobody-recorded")["id"] == event


def test_delegations_without_a_number_are_found_by_name(book: Book) -> None:
    event = held(book)
    row = book.uncounted(event, agency_id=book.agency("NIA"))
    book.uncounted(event, label=Localized({"en": "other experts"}))
    found = only(book, "uncounted")
    assert found["what"] == "Its numbers read “at least”, for 2 delegations without a number: NIA, other experts."
    assert found["hint"] == f"eventrec participant edit {event} --row {row} --women N --men N"


# Projects


def test_an_event_under_two_projects_is_found(book: Book) -> None:
    event = held(book, projects=(book.project("P"), book.project("Q")))
    found = only(book, "two-projects")
    assert "under P, Q:" in found["what"]
    assert found["hint"] == f"eventrec event edit {event} --no-project Q"


def test_an_event_under_a_programme_and_its_phase_is_no_finding(book: Book) -> None:
    programme = book.project("P")
    phase = book.project("P-I", parent_id=book.project("P-A", parent_id=programme))
    held(book, projects=(programme, phase))
    assert findings(book) == []


def test_an_event_under_two_phases_of_one_programme_is_found(book: Book) -> None:
    programme = book.project("P")
    held(book, projects=(book.project("P-I", parent_id=programme), book.project("P-II", parent_id=programme)))
    assert words(book) == ["two-projects"]


def test_a_visit_that_inherits_two_projects_is_told_at_its_event_alone(book: Book) -> None:
    event = held(book, projects=(book.project("P"), book.project("Q")))
    book.uncounted(book.visit(event, "Airport", status="planned"), agency_id=1, role="host")
    assert [row["event"] for row in findings(book) if row["finding"] == "two-projects"] == [event]


def shared(book: Book, *shares: str | None) -> None:
    """Add an event whose programme and its phase have these shares of the cost."""
    event, above = held(book), None
    for at, share in enumerate(shares):
        above = book.project(f"P{at}", parent_id=above)
        book.add(EventProject, event_id=event, project_id=above, share=share)


@pytest.mark.parametrize("shares", [("100",), ("33.3", "66.7"), ("33.33", "33.33", "33.34"), (None, None), ()])
def test_shares_of_a_hundred_or_none_are_no_finding(book: Book, shares: tuple[str | None, ...]) -> None:
    shared(book, *shares)
    assert findings(book) == []


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        (("33.33", "33.33", "33.33"), "99.99 % together, not 100: P0 33.33 %, P1 33.33 %, P2 33.33 %."),
        (("60", None), "60 % together, not 100: P0 60 %, P1 no share."),
        (("100", "10.50"), "110.5 % together, not 100: P0 100 %, P1 10.5 %."),
    ],
)
def test_shares_that_are_not_a_hundred_are_found(book: Book, shares: tuple[str | None, ...], told: str) -> None:
    shared(book, *shares)
    found = only(book, "shares-not-100")
    assert found["what"] == f"The shares of its projects are {told}"
    assert found["hint"] == "eventrec event edit 1 --project P0=SHARE"


@pytest.mark.parametrize("when", ["2023-12-31..2024-01-01", "2024-12-31..2025-01-01"])
def test_an_event_outside_its_projects_dates_is_found(book: Book, when: str) -> None:
    project = book.project("P", starts_on=day("2024-01-01"), ends_on=day("2024-12-31"))
    held(book, when, projects=(project,))
    found = only(book, "outside-project")
    assert found["what"] == f"It is on {when.replace('..', ' to ')}, outside P (2024-01-01 to 2024-12-31)."


def test_a_project_without_an_end_has_no_outside_after_it(book: Book) -> None:
    held(book, "2030-01-01", projects=(book.project("P", starts_on=day("2024-01-01")),), status="confirmed")
    assert findings(book) == []


def test_a_visit_outside_the_dates_of_its_events_project_is_found(book: Book) -> None:
    event = held(book, "2024-01-01", projects=(book.project("P", starts_on=day("2024-01-01")),))
    visit = book.visit(event, "Airport", "2023-12-31")
    book.uncounted(visit, agency_id=1, role="host")
    book.unnamed(visit, 3)
    found = only(book, "outside-project")
    assert (found["noun"], found["id"]) == ("visit", visit)
    assert found["hint"].startswith(f"eventrec visit edit {visit} --date DATE, or ")


# Visits, status and days


@pytest.mark.parametrize(
    ("role", "told"),
    [("observer", "It has no host."), ("facilitator", "It has a facilitator, but no host.")],
)
def test_a_site_visit_without_a_host_is_found(book: Book, role: str, told: str) -> None:
    visit = book.visit(held(book), "Airport", "2025-02-01", status="confirmed")
    book.uncounted(visit, agency_id=1, role=role, status="registered")
    found = only(book, "without-host")
    assert (found["noun"], found["id"], found["what"]) == ("visit", visit, told)


def test_an_event_held_in_the_future_is_found(book: Book) -> None:
    held(book, TODAY)
    event = held(book, "2025-01-02")
    found = only(book, "held-in-the-future")
    assert (found["id"], found["what"]) == (event, "It is marked held, and begins on 2025-01-02.")


@pytest.mark.parametrize("status", ["planned", "tentative", "confirmed"])
def test_a_past_event_not_marked_held_is_found(book: Book, status: str) -> None:
    event = book.event("Workshop", "2024-12-30..2024-12-31", status=status)
    book.event("Running", f"2024-12-31..{TODAY}", status=status)
    assert only(book, "not-marked-held")["id"] == event


def test_an_undated_visit_of_a_held_event_is_not_marked_held(book: Book) -> None:
    visit = book.visit(held(book), "Airport")
    book.uncounted(visit, agency_id=1, role="host", status="registered")
    found = only(book, "not-marked-held")
    assert found["hint"] == f"eventrec visit edit {visit} --date DATE --status held"


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_did_not_take_place_needs_no_mending(book: Book, status: str) -> None:
    project = book.project("P", starts_on=day("2025-01-01"))
    event = book.event("Workshop", "2024-10-17", status=status, projects=(project, book.project("Q")))
    book.visit(event, "Airport", "2024-10-16", status=status)
    assert findings(book) == []


def test_presence_on_a_day_that_is_none_of_the_events_is_found(book: Book) -> None:
    event = held(book, "2024-10-17..2024-10-18")
    for at, name in enumerate(("LI Na", "WANG Wei")):
        row = book.named(event, book.contact(name), agency_id=1)
        for when in ("2024-10-16", "2024-10-18", "2024-10-19")[at:]:
            book.add(Attendance, participation_id=row, day=day(when))
    found = only(book, "attendance-outside")
    assert found["what"].endswith("none of its own: 2024-10-16 (1 person), 2024-10-19 (2 people).")
    assert found["hint"] == f"eventrec event edit {event} --date DATE"


# Criteria


@pytest.fixture
def two(book: Book) -> tuple[int, int, int]:
    """Two held events of two projects with one finding each, and a visit to the first with another."""
    nia, mfa = book.agency("NIA"), book.agency("MFA")
    one = book.event("One", "2024-01-10", projects=(book.project("P"),), kind="training")
    other = book.event("Other", "2024-02-10", projects=(book.project("Q"),))
    book.named(one, book.contact("LI Na", sex="not-stated"), agency_id=nia)
    book.named(other, book.contact("WANG Wei", sex="not-stated"), agency_id=mfa)
    visit = book.visit(one, "Airport", "2024-01-09", status="confirmed")
    book.uncounted(visit, agency_id=mfa, role="host", status="registered")
    return one, other, visit


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, (3, 1, 2)),
        ({"project": "P"}, (3, 1)),
        ({"event": "1"}, (3, 1)),
        ({"event": "3"}, (3,)),
        ({"kind": "training"}, (3, 1)),
        ({"kind": "site-visit"}, (3,)),
        ({"agency": "NIA"}, (1,)),
        ({"agency": "MFA"}, (3, 2)),
        ({"contact": "WANG Wei"}, (2,)),
        ({"role": "speaker"}, ()),
        ({"since": "2024-02-01"}, (2,)),
        ({"until": "2024-01-31"}, (3, 1)),
        ({"text": "other"}, (2,)),
    ],
)
def test_the_criteria_limit_what_is_looked_at(
    book: Book, two: tuple[int, int, int], options: dict[str, Any], found: tuple[int, ...]
) -> None:
    assert tuple(row["event"] for row in findings(book, **options)) == found
    assert two == (1, 2, 3)


def test_an_agency_limits_the_rows_that_are_named(book: Book) -> None:
    event = book.event("Workshop", "2024-10-17")
    for code, people in (("NIA", 2), ("MFA", 5)):
        book.unnamed(event, not_stated=people, agency_id=book.agency(code))
    assert [row["what"] for row in findings(book, agency="MFA")] == ["Sex is not stated of 5 without a name."]


def test_an_affiliation_of_that_day_is_an_agency(book: Book) -> None:
    person = book.contact("LI Na")
    book.add(Affiliation, contact_id=person, agency_id=book.agency("NIA"), is_primary=True)
    book.named(book.event("Next", "2025-02-01", status="confirmed"), person, status="registered")
    assert findings(book) == []


def test_the_documentation_names_every_finding() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(checks.__path__[0]).glob("*.py"))
    page = Path(__file__).parents[2].joinpath("docs", "counting.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z0-9]+-[a-z0-9-]+|uncounted)` \|", page.split("Before a report goes out")[1], re.M)
    assert len(told) == len(CHECKS)
    assert all(f'"{word}",' in source for word in told)


def test_no_check_asks_event_by_event(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    for when in ("2024-01-01", "2024-02-01", "2024-03-01"):
        book.unnamed(book.event("Workshop", when), not_stated=1)
    asked: list[str] = []
    rows = book.reader.rows
    monkeypatch.setattr(book.reader, "rows", lambda sql, params=None: asked.append(sql) or rows(sql, params))
    assert len(findings(book)) == 3
    assert len(asked) == len(CHECKS) + 1
