from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.services import make
from tests.services.imports.calendars.incoming import LATER, MODIFIED, UID, bring, entry, party

from eventrec.formats.ical.incoming import IncomingParty
from eventrec.localized import Localized
from eventrec.services import contact as contacts
from eventrec.services import event, participation
from eventrec.services.headcount import HeadCount
from eventrec.services.points import Point

if TYPE_CHECKING:
    from eventrec.book import Book

NOW = "2026-01-02T03:04:05Z"
JANE = party("Jane Doe", "jane@example.org", role="REQ-PARTICIPANT", answer="ACCEPTED")


def people(book: Book) -> list[tuple[object, ...]]:
    rows = sorted(book.reader.participants(), key=lambda row: int(str(row["id"])))
    return [(row["contact_id"], row["agency_id"], row["role"], row["status"]) for row in rows]


@pytest.fixture
def known(book: Book) -> Book:
    """A book with contact 1, Jane Doe, and agency 1, Agency NIA, each with an e-mail address."""
    with book.writing("a test") as work:
        make.contact(work.session, "Jane Doe", points_of=[Point("email", "jane@example.org")])
        make.agency(work.session, points_of=[Point("email", "info@nia.example.org")])
    return book


def test_people_of_our_own_calendar_are_added_once_as_old_as_their_first_event(book: Book) -> None:
    outcome = bring(
        book,
        entry(
            uid=UID,
            is_ours=True,
            modified=LATER,
            contact_party=party("Jane Doe", "jane@example.org"),
            organizer=party("Migration Office", "office@example.org"),
        ),
        entry(
            uid="2@host",
            is_ours=True,
            line=9,
            contact_party=party("Jane Doe", "jane@example.org"),
            attendees=(JANE, party("Migration Office", "office@example.org", group=True, answer="NEEDS-ACTION")),
        ),
    )
    contact, agency = book.reader.contact(1), book.reader.agency(1)
    assert (contact["name"], contact["emails"], contact["modified_at"]) == (
        {"en": "Jane Doe"},
        ["jane@example.org"],
        MODIFIED,
    )
    assert (agency["name"], agency["email"], agency["modified_at"]) == (
        {"en": "Migration Office"},
        "office@example.org",
        MODIFIED,
    )
    assert people(book) == [(None, 1, "organizer", "registered"), (1, None, "participant", "confirmed"),
                            (None, 1, "participant", "invited")]  # fmt: skip
    assert [row["dtstamp"] for row in book.reader.events()] == [LATER, MODIFIED]
    assert outcome.told == ["New: contact 1.", "New: agency 1."]


def test_an_address_that_a_known_one_gets_is_as_old_as_the_import(book: Book) -> None:
    nameless = {"contact_party": party("Jane Doe"), "organizer": party("Migration Office")}
    bring(book, entry(uid=UID, is_ours=True, **nameless))
    assert book.reader.event(1)["dtstamp"] == MODIFIED
    jane, office = party("Jane Doe", "jane@example.org"), party("Migration Office", "office@example.org")
    bring(book, entry(uid="2@host", is_ours=True, contact_party=jane), entry(uid="3@host", is_ours=True))
    assert book.reader.contact(1)["emails"] == ["jane@example.org"]
    assert [book.reader.event(number)["dtstamp"] for number in (1, 2, 3)] == [NOW, NOW, MODIFIED]
    bring(book, entry(uid="4@host", is_ours=True, organizer=office))
    assert book.reader.agency(1)["email"] == "office@example.org"
    assert book.reader.event(4)["dtstamp"] == NOW


def test_a_shared_mailbox_is_not_one_person(book: Book) -> None:
    for number, name in enumerate(("Ann", "Bo", "Ann"), 1):
        bring(book, entry(uid=f"{number}@host", is_ours=True, contact_party=party(name, "office@example.org")))
    rows = [book.reader.event(number)["contact"] for number in (1, 2, 3)]
    assert rows[0] == rows[2] == {"en": "Ann"}


def test_namesakes_of_one_file_with_other_addresses_stay_apart(book: Book) -> None:
    bring(
        book,
        *(
            entry(uid=f"{line}@host", line=line, is_ours=True, contact_party=party("Wang Wei", email))
            for line, email in ((2, "a@example.org"), (3, "b@example.org"), (4, None), (5, "a@example.org"))
        ),
    )
    assert [book.reader.event(number)["contact_email"] for number in (1, 2, 3, 4)] == [
        "a@example.org",
        "b@example.org",
        None,
        "a@example.org",
    ]


def test_people_of_another_calendar_are_matched_by_address_or_name(known: Book) -> None:
    outcome = bring(
        known,
        entry(
            contact="Jane Doe",
            contact_party=party("Jane Doe"),
            organizer=party("NIA secretariat", "INFO@nia.example.org"),
            attendees=(party("DOE Jane", "jane@example.org", role="CHAIR", answer="TENTATIVE"),),
        ),
    )
    row = known.reader.event(1)
    assert (row["contact_id"], row["organizers"], row["note"]) == (1, ["NIA"], None)
    assert people(known) == [(None, 1, "organizer", "registered"), (1, None, "chair", "registered")]
    assert outcome.told == []


def test_a_person_may_organize_another_calendars_event(known: Book) -> None:
    bring(known, entry(organizer=party("", "jane@example.org")))
    assert people(known) == [(1, None, "organizer", "registered")]


def test_who_is_not_in_the_book_is_kept_in_the_note_and_told_once(book: Book) -> None:
    many = [party(f"Guest {number}", f"g{number}@example.org", answer="ACCEPTED") for number in range(1, 8)]
    outcome = bring(
        book,
        entry(contact="Front desk, +32 2 555", organizer=party("Boss", "boss@example.org"), attendees=tuple(many)),
        entry(uid="2@host", line=9, organizer=party("Boss", "boss@example.org")),
    )
    note = str(book.reader.event(1)["note"]).split("\n")
    assert book.reader.event(1)["modified_at"] == MODIFIED
    assert note[:2] == ["Contact: Front desk, +32 2 555", "Organizer: Boss <boss@example.org>"]
    assert note[2] == "Attendee: Guest 1 <g1@example.org> (accepted)"
    assert len(note) == 9
    assert len(book.reader.contacts()) == len(book.reader.participants()) == 0
    assert outcome.told == [
        "People to ask and organizers who are not in the book stand in the events' notes: Boss <boss@example.org>;"
        " Front desk, +32 2 555. Add them (eventrec agency add, contact add) and import again with --mode update.",
        "People who take part who are not in the book stand in the events' notes: Guest 1 <g1@example.org> (accepted);"
        " Guest 2 <g2@example.org> (accepted); Guest 3 <g3@example.org> (accepted); Guest 4 <g4@example.org>"
        " (accepted); Guest 5 <g5@example.org> (accepted) and 2 more. Add them as contacts: import again with"
        " --with-people.",
    ]


def test_with_people_adds_them_also_to_an_event_that_is_known(book: Book) -> None:
    guests = entry(attendees=(JANE, party("", "nameless@example.org"), party("Team", group=True)))
    bring(book, guests)
    outcome = bring(book, guests, with_people=True)
    assert (outcome.updated, [row["name"] for row in book.reader.contacts()]) == (1, [{"en": "Jane Doe"}])
    assert people(book) == [(1, None, "participant", "confirmed")]
    assert str(book.reader.event(1)["note"]).split("\n") == ["Attendee: nameless@example.org", "Attendee: Team"]
    assert bring(book, guests, with_people=True).same == 1


def test_answers_of_a_later_state_count_but_not_against_who_was_there(known: Book) -> None:
    bring(known, entry(attendees=(JANE,)))
    declined = party("Jane Doe", "jane@example.org", answer="DECLINED")
    bring(known, entry(attendees=(declined,), sequence=1))
    assert people(known) == [(1, None, "participant", "declined")]
    bring(known, entry(attendees=(party("Jane Doe", "jane@example.org", answer="NEEDS-ACTION"),), sequence=2))
    assert people(known) == [(1, None, "participant", "declined")]
    with known.writing("attended") as work:
        participation.edit(work.session, 1, [1], {"status": "attended"})
    bring(known, entry(attendees=(declined,), sequence=3))
    assert people(known) == [(1, None, "participant", "attended")]


def test_an_older_state_changes_no_answers(known: Book) -> None:
    bring(known, entry(attendees=(JANE,), sequence=3))
    bring(known, entry(attendees=(party("Jane Doe", "jane@example.org", answer="DECLINED"),), sequence=2))
    assert people(known) == [(1, None, "participant", "confirmed")]


def test_a_delegation_with_a_number_is_asked_about(known: Book) -> None:
    with known.writing("a test") as work:
        make.contact(work.session, "LI Na", agency_id=1, points_of=[Point("email", "li@example.org")])
        made = make.event(work.session, uid=UID)
        participation.add(work.session, event_id=made.id, agency_id=1, counts=HeadCount(women=4))
    file = entry(uid=UID, sequence=1, attendees=(party("LI Na", "li@example.org", answer="ACCEPTED"),))
    assert "already has a head-count" in bring(known, file, keep=False).undecided
    bring(known, file, names="included")
    assert [row["women"] for row in known.reader.participants() if row["contact"] is None] == [4]


def test_who_is_only_told_of_it_is_an_observer_or_our_own_staff(known: Book) -> None:
    told = party("Jane Doe", "jane@example.org", role="NON-PARTICIPANT", answer="ACCEPTED")
    bring(known, entry(uid="1@host", attendees=(told,)), entry(uid="2@host", line=9, is_ours=True, attendees=(told,)))
    assert [role for _, _, role, _ in people(known)] == ["observer", "staff"]


def test_an_address_that_is_none_is_kept_in_the_note(book: Book) -> None:
    bring(book, entry(organizer=party("Boss", "/o=ExchangeLabs/cn=boss@x y")))
    assert book.reader.event(1)["note"] == "Organizer: Boss </o=ExchangeLabs/cn=boss@x y>"


def test_a_known_one_without_an_address_is_given_it(book: Book) -> None:
    with book.writing("a test") as work:
        make.agency(work.session)
    bring(book, entry(organizer=party("Agency NIA", "info@nia.example.org")))
    assert book.reader.agency(1)["email"] == "info@nia.example.org"


def test_a_name_that_is_another_one_in_another_language_is_another_person(book: Book) -> None:
    with book.writing("a test") as work:
        contacts.add(work.session, name=Localized({"en": "LI Na", "zh": "李娜"}))
    theirs = IncomingParty(Localized({"en": "LI Na", "zh": "李那"}))
    bring(book, entry(uid="1@host", is_ours=True, contact_party=party("LI Na")))
    bring(book, entry(uid="2@host", is_ours=True, contact_party=theirs))
    assert [book.reader.event(number)["contact_id"] for number in (1, 2)] == [1, 2]


def test_a_visit_names_its_contact_even_when_it_is_the_events(book: Book) -> None:
    jane = party("Jane", "jane@example.org")
    bring(
        book,
        entry(uid=UID, is_ours=True, contact_party=jane, modified=LATER),
        entry("Port", uid="v@host", is_ours=True, contact_party=jane, parent_uid=UID, categories=("site-visit",)),
    )
    assert book.reader.event(2)["dtstamp"] == MODIFIED
    with book.writing("edit") as work:
        event.edit(work.session, 1, {"contact_id": None})
    assert book.reader.event(2)["contact_id"] == 1
