from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eventrec.models import Affiliation, Alias, ContactPoint, ProjectParty

if TYPE_CHECKING:
    from tests.views.book import Book

LATER = "2025-06-01T08:00:00Z"


class TestEvent:
    def test_participants_are_empty_until_the_event_is_held(self, book: Book) -> None:
        event = book.event("E", "2024-01-01", status="confirmed")
        book.unnamed(event, 1, 2, status="registered")
        book.unnamed(event, 3, label={"en": "invited"}, status="invited")
        row = book.reader.event(event)
        assert [row[name] for name in ("participants", "women", "men", "expected")] == [None, None, None, 3]

    def test_women_are_nought_where_only_men_were_counted(self, book: Book) -> None:
        event = book.event("E", "2024-01-01")
        book.unnamed(event, men=2)
        row = book.reader.event(event)
        assert [row[name] for name in ("participants", "women", "men", "expected")] == [2, 0, 2, None]

    def test_a_visit_without_projects_or_contact_has_its_parent_s(self, book: Book) -> None:
        person = book.contact("LI Na", email="li@example.org")
        parent = book.event("E", "2024-01-01", projects=(book.project("P"),), contact_id=person)
        row = book.reader.event(book.visit(parent, "V"))
        assert (row["projects"], row["contact_id"], row["contact_email"]) == (["P"], person, "li@example.org")
        assert (row["parent"], row["parent_uid"]) == (parent, book.reader.event(parent)["uid"])

    def test_a_visit_with_projects_and_contact_of_its_own_keeps_them(self, book: Book) -> None:
        parent = book.event("E", "2024-01-01", projects=(book.project("P"),), contact_id=book.contact("A"))
        visit = book.visit(parent, "V", projects=(book.project("Q"),), contact_id=book.contact("B"))
        row = book.reader.event(visit)
        assert (row["projects"], row["contact"]) == (["Q"], {"en": "B"})

    def test_organizers_are_codes_or_names_in_the_order_of_their_entry(self, book: Book) -> None:
        event = book.event("E", "2024-01-01")
        book.uncounted(event, agency_id=book.agency("ZZ"), role="organizer")
        book.uncounted(event, agency_id=book.agency(None, "Offices"), role="organizer")
        book.uncounted(event, agency_id=book.agency("NO"), role="organizer", status="declined")
        book.uncounted(event, agency_id=book.agency("HOST"), role="host")
        row = book.reader.event(event)
        assert (row["organizers"], row["organizer"]) == (["ZZ", "Offices"], {"en": "Agency ZZ"})

    def test_donors_are_those_of_the_projects_and_of_the_event(self, book: Book) -> None:
        project = book.project("P", donors=(book.agency("EU"),))
        event = book.event("E", "2024-01-01", projects=(project,))
        book.uncounted(event, agency_id=book.agency("AA"), role="donor")
        assert book.reader.event(event)["donors"] == ["AA", "EU"]

    @pytest.mark.parametrize("printed", ["contact", "email", "organizer", "project", "parent", "row"])
    def test_dtstamp_is_the_latest_change_to_what_the_calendar_prints(self, book: Book, printed: str) -> None:
        stamp = {printed: {"modified_at": LATER}}
        person = book.contact("A", **stamp.get("contact", {}))
        book.add(ContactPoint, contact_id=person, kind="email", value="a@example.org", **stamp.get("email", {}))
        agency = book.agency("A", **stamp.get("organizer", {}))
        project = book.project("P", **stamp.get("project", {}))
        parent = book.event("E", "2024-01-01", projects=(project,), contact_id=person, **stamp.get("parent", {}))
        visit = book.visit(parent, "V", "2024-01-01")
        book.uncounted(visit, agency_id=agency, role="organizer", **stamp.get("row", {}))
        assert book.reader.event(visit)["dtstamp"] == LATER

    def test_dtstamp_does_not_move_with_what_the_calendar_does_not_print(self, book: Book) -> None:
        event = book.event("E", "2024-01-01")
        book.named(event, book.contact("A", modified_at=LATER), modified_at=LATER)
        assert book.reader.event(event)["dtstamp"] == book.reader.event(event)["modified_at"]

    def test_days_are_those_of_the_calendar_where_no_others_are_given(self, book: Book) -> None:
        spans = (book.event("E", "2024-02-28..2024-03-01"), book.event("F", "2024-02-28..2024-03-01", days=2))
        assert [book.reader.event(event)["effective_days"] for event in spans] == [3, 2]


class TestAgency:
    def test_parent_and_successor_are_codes_or_names(self, book: Book) -> None:
        parent, successor = book.agency("EU"), book.agency(None, "New ministry")
        row = book.reader.agency(book.agency("EC", parent_id=parent, successor_id=successor))
        assert (row["parent"], row["successor"]) == ("EU", "New ministry")

    def test_its_own_side_goes_before_its_parent_s(self, book: Book) -> None:
        whole = book.agency("EU", side="EU")
        rows = [book.reader.agency(book.agency(None, parent_id=whole, side=side)) for side in (None, "China")]
        assert [(row["side"], row["own_side"]) for row in rows] == [("EU", None), ("China", "China")]

    def test_aliases_are_listed(self, book: Book) -> None:
        agency = book.agency("NIA")
        for name in ("Old", "Acronym"):
            book.add(Alias, agency_id=agency, name=name)
        assert book.reader.agency(agency)["aliases"] == ["Acronym", "Old"]


class TestContact:
    def test_agency_and_position_are_those_of_the_open_affiliation(self, book: Book) -> None:
        person, old, new = book.contact("A"), book.agency("OLD"), book.agency("NEW")
        book.add(Affiliation, contact_id=person, agency_id=new, is_primary=True, position={"en": "Head"})
        from_to = {"starts_on": _day("2030-01-01"), "ends_on": _day("2030-12-31")}
        book.add(Affiliation, contact_id=person, agency_id=old, is_primary=True, **from_to)
        row = book.reader.contact(person)
        assert (row["agency"], row["position"]) == ("NEW", {"en": "Head"})

    def test_the_primary_affiliation_stands_for_the_person(self, book: Book) -> None:
        person = book.contact("A", agency=book.agency("MAIN"))
        second = {"agency_id": book.agency("SECOND"), "starts_on": _day("2030-01-01")}
        book.add(Affiliation, contact_id=person, is_primary=False, **second)
        assert book.reader.contact(person)["agency"] == "MAIN"

    def test_the_latest_affiliation_stands_where_none_is_open(self, book: Book) -> None:
        person = book.contact("A")
        for code, year in (("B", "2021"), ("A", "2023"), ("C", "2022")):
            book.add(Affiliation, contact_id=person, agency_id=book.agency(code), is_primary=True,
                     starts_on=_day(f"{year}-01-01"), ends_on=_day(f"{year}-12-31"))  # fmt: skip
        assert book.reader.contact(person)["agency"] == "A"

    def test_the_preferred_e_mail_comes_first(self, book: Book) -> None:
        person = book.contact("A")
        for value, preferred in (("a@example.org", False), ("b@example.org", True), ("c@example.org", False)):
            book.add(ContactPoint, contact_id=person, kind="email", value=value, preferred=preferred)
        row = book.reader.contact(person)
        assert row["email"] == "b@example.org"
        assert row["emails"] == ["b@example.org", "a@example.org", "c@example.org"]

    def test_projects_are_those_that_the_person_manages(self, book: Book) -> None:
        person = book.contact("A")
        for code, role in (("P", "programme-manager"), ("Q", "finance")):
            book.add(ProjectParty, project_id=book.project(code), contact_id=person, role=role)
        assert book.reader.contact(person)["projects"] == ["P"]

    def test_the_last_event_is_one_that_was_held_and_attended(self, book: Book) -> None:
        person = book.contact("A")
        for day, status, row in (
            ("2024-01-01", "held", "attended"),
            ("2024-02-01", "held", "no-show"),
            ("2024-03-01", "cancelled", "attended"),
        ):
            book.named(book.event("E", day, status=status), person, status=row, role="interpreter")
        row = book.reader.contact(person)
        assert (row["events"], row["first_event_on"], row["last_event_on"]) == (1, "2024-01-01", "2024-01-01")


class TestParticipation:
    def test_a_named_row_has_one_for_the_sex_and_nought_for_the_others(self, book: Book) -> None:
        row = book.reader.participation(book.named(book.event("E", "2024-01-01"), book.contact("A", sex="other")))
        assert [row[name] for name in ("women", "men", "other", "not_stated", "counted")] == [0, 0, 1, 0, 1]

    def test_counted_is_what_the_row_adds_to_its_event(self, book: Book) -> None:
        event, person = book.event("E", "2024-01-01"), book.contact("A")
        book.named(event, person)
        book.named(event, person, role="speaker")
        book.unnamed(event, 2, 1)
        book.unnamed(event, 9, role="interpreter")
        book.uncounted(event, agency_id=book.agency("NIA"))
        assert {row["id"]: row["counted"] for row in book.reader.participants()} == {
            1: 1,
            2: None,
            3: 3,
            4: None,
            5: None,
        }

    def test_before_it_is_attended_agency_and_position_are_those_valid_on_the_day(self, book: Book) -> None:
        person, event = book.contact("A"), book.event("E", "2024-06-30", status="confirmed")
        for code, first, last in (("OLD", "2020-01-01", "2024-06-30"), ("NEW", "2024-07-01", None)):
            book.add(Affiliation, contact_id=person, agency_id=book.agency(code, side=f"side of {code}"),
                     is_primary=True, position={"en": f"Head at {code}"}, starts_on=_day(first),
                     ends_on=last and _day(last))  # fmt: skip
        row = book.reader.participation(book.named(event, person, status="registered"))
        assert (row["agency"], row["position"], row["side"]) == ("OLD", {"en": "Head at OLD"}, "side of OLD")
        undated = book.reader.participation(book.named(book.event("F"), person, status="registered"))
        assert undated["agency"] == "NEW"

    def test_an_affiliation_that_had_ended_by_the_day_says_nothing(self, book: Book) -> None:
        person, ended = book.contact("A"), {"starts_on": _day("2020-01-01"), "ends_on": _day("2024-06-29")}
        book.add(Affiliation, contact_id=person, agency_id=book.agency("OLD"), is_primary=True, **ended)
        row = book.named(book.event("E", "2024-06-30", status="confirmed"), person, status="registered")
        assert book.reader.participation(row)["agency"] is None

    def test_once_attended_what_is_written_stays(self, book: Book) -> None:
        person = book.contact("A", agency=book.agency("NOW"))
        frozen = {"agency_id": book.agency("THEN"), "agency_name": {"en": "Old name"}}
        row = book.reader.participation(book.named(book.event("E", "2024-01-01"), person, **frozen))
        assert (row["agency"], row["agency_name"], row["position"]) == ("THEN", {"en": "Old name"}, None)
        bare = book.reader.participation(book.named(book.event("F", "2024-01-01"), person))
        assert bare["agency"] is None


class TestProject:
    def test_events_and_participants_include_those_of_its_phases_but_no_visits(self, book: Book) -> None:
        programme = book.project("MMSP")
        phase = book.project("MMSP-I", parent_id=programme)
        event = book.event("E", "2024-01-01", projects=(programme, phase))
        book.unnamed(event, 3)
        book.unnamed(book.visit(event, "V", "2024-01-01"), 5)
        book.event("F", "2024-01-01", status="cancelled", projects=(phase,))
        rows = [book.reader.project(number) for number in (programme, phase)]
        assert [(row["events"], row["participants"], row["phases"]) for row in rows] == [(1, 3, ["MMSP-I"]), (1, 3, [])]

    def test_managers_are_names(self, book: Book) -> None:
        project = book.project("P", donors=(book.agency("EU"),))
        book.add(ProjectParty, project_id=project, contact_id=book.contact("LI Na", "李娜"), role="programme-manager")
        row = book.reader.project(project)
        assert (row["managers"], row["donors"]) == (["LI Na"], ["EU"])


def _day(text: str) -> object:
    from datetime import date

    return date.fromisoformat(text)
