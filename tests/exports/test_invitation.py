from __future__ import annotations

from datetime import UTC, date, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from tests.conftest import NOW
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.errors import Rejected
from eventrec.exports.invitation import Invitation, Invitations, InvitationWish, invitations
from eventrec.services import contact as contacts
from eventrec.services import event as events
from eventrec.services import participation, planning
from eventrec.services import project as projects
from eventrec.services.points import Point
from eventrec.services.project import Party

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LATER = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
EVERYBODY = InvitationWish()


def stock(session: Session, **fields: Any) -> None:
    """Event 1, whose organizer 1 has an address; contact 1 is invited, 2 confirmed, 3 declined, 4 has no address."""
    organizer = make.agency(session, "INST")
    from eventrec.services import points

    points.add(session, organizer, [make.email("office@example.org")])
    make.event(session, parties=[("organizer", 1)], **fields)
    for name, status in (("LI Na", "invited"), ("WANG Wei", "confirmed"), ("ZHAO Lin", "declined")):
        person = make.contact(session, name, points_of=[make.email(f"{name.lower().replace(' ', '.')}@example.org")])
        participation.add(session, event_id=1, contact_id=person.id, status=status)
    make.contact(session, "CHEN Jie")
    participation.add(session, event_id=1, contact_id=4, status="registered")


@pytest.fixture
def stocked(book: Book) -> Book:
    with book.writing("stock") as work:
        stock(work.session)
    return book


def later(book: Book) -> Book:
    """The same book, a month on."""
    return Book(Settings(book.settings.database), now=lambda: LATER, actor="tester")


def made(book: Book, wish: InvitationWish = EVERYBODY, event: int = 1) -> Invitations:
    fresh = later(book)
    try:
        return invitations(fresh.reader, event, wish)
    finally:
        fresh.close()


def entry(message: Invitation) -> Any:
    (event,) = Calendar.from_ical(message.calendar).walk("VEVENT")
    return event


def mail(message: Invitation) -> EmailMessage:
    parsed = BytesParser(policy=policy.default).parsebytes(message.mail)
    assert isinstance(parsed, EmailMessage)
    return parsed


def only(book: Book, contact: int) -> Any:
    (message,) = made(book, InvitationWish((contact,))).messages
    return message


def change(book: Book, row: int, **changes: Any) -> None:
    with later(book).writing("change") as work:
        participation.edit(work.session, 1, [row], changes)


def test_everybody_who_is_expected_and_can_be_reached_gets_a_message(stocked: Book) -> None:
    written = made(stocked)
    assert [message.name for message in written.messages] == ["event-1-contact-1-li-na", "event-1-contact-2-wang-wei"]
    assert written.words == [
        "ZHAO Lin declined and gets no message; --to 3 invites again.",
        "CHEN Jie has no e-mail address and gets no message. Add it: eventrec contact edit 4 --email …",
    ]


def test_a_message_names_nobody_but_its_recipient(stocked: Book) -> None:
    first, second = made(stocked).messages
    for mine, other, message in (("li.na@", "wang.wei@", first), ("wang.wei@", "li.na@", second)):
        text = mail(message).get_body(("plain",))
        assert text is not None
        everything = message.calendar.decode() + text.get_content() + str(mail(message)["To"])
        assert mine in everything
        assert other not in everything


def test_a_request_comes_from_the_organizer_and_asks(stocked: Book) -> None:
    """RFC 5546, 3.2.2."""
    message = only(stocked, 1)
    said = entry(message)
    assert message.method == "REQUEST"
    assert (said["ORGANIZER"], said["ATTENDEE"]) == ("mailto:office@example.org", "mailto:li.na@example.org")
    assert (said["ATTENDEE"].params["PARTSTAT"], said["ATTENDEE"].params["RSVP"]) == ("NEEDS-ACTION", "TRUE")
    assert said["SEQUENCE"] == 0
    assert str(mail(message)["Subject"]) == "Invitation / 邀请: Workshop"
    assert str(mail(message)["From"]) == "Agency INST <office@example.org>"


def test_who_has_accepted_is_not_asked_as_if_anew(stocked: Book) -> None:
    assert entry(only(stocked, 2))["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_a_tentative_answer_stays_one(stocked: Book) -> None:
    change(stocked, 2, status="registered", answered_at="2026-02-01T00:00:00Z")
    assert entry(only(stocked, 1))["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"


def test_a_new_date_is_an_update_that_asks_everybody_again(stocked: Book) -> None:
    """RFC 5546, 2.1.4: a higher SEQUENCE; and a later DTSTAMP (RFC 5545, 3.8.7.2)."""
    before = entry(only(stocked, 2))
    with later(stocked).writing("move") as work:
        events.edit(work.session, 1, {"starts_on": date(2024, 11, 1), "ends_on": date(2024, 11, 1)})
    message = only(stocked, 2)
    after = entry(message)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert before["UID"] == after["UID"]
    assert before["DTSTAMP"].dt < after["DTSTAMP"].dt == LATER
    assert after["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert str(mail(message)["Subject"]) == "Updated invitation / 邀请更新: Workshop"


def test_a_new_link_is_an_update_that_leaves_answers_as_they_are(stocked: Book) -> None:
    with later(stocked).writing("link") as work:
        events.edit(work.session, 1, {"online_url": "https://example.org/join"})
    message = only(stocked, 2)
    assert entry(message)["SEQUENCE"] == 1
    assert entry(message)["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert str(mail(message)["Subject"]).startswith("Updated invitation")


def test_who_comes_to_the_list_after_the_move_gets_no_update_but_an_invitation(stocked: Book) -> None:
    with later(stocked).writing("move") as work:
        events.edit(work.session, 1, {"starts_on": date(2024, 11, 1), "ends_on": date(2024, 11, 1)})
        contacts.edit(work.session, 4, {}, points_of=[make.email("chen@example.org")])
        newcomer = make.contact(work.session, "SUN Li", points_of=[make.email("sun@example.org")])
        participation.add(work.session, event_id=1, contact_id=newcomer.id, status="invited")
    assert str(mail(only(stocked, 5))["Subject"]).startswith("Invitation / 邀请: ")
    assert entry(only(stocked, 5))["SEQUENCE"] == 1


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_a_called_off_event_is_cancelled_for_everybody(stocked: Book, status: str) -> None:
    """RFC 5546, 3.2.5: METHOD:CANCEL, STATUS:CANCELLED, and a SEQUENCE higher than the invitation's."""
    call_off = planning.cancel if status == "cancelled" else planning.postpone
    with later(stocked).writing("call off") as work:
        call_off(work.session, 1, reason="Venue closed")
    messages = made(stocked).messages
    assert [message.method for message in messages] == ["CANCEL", "CANCEL"]
    said = entry(messages[0])
    assert (said["STATUS"], said["SEQUENCE"]) == ("CANCELLED", 1)
    assert "RSVP" not in said["ATTENDEE"].params
    assert Calendar.from_ical(messages[0].calendar)["METHOD"] == "CANCEL"
    assert "Venue closed" in mail(messages[0]).get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_who_is_called_off_gets_a_cancel_with_a_higher_sequence(stocked: Book) -> None:
    """RFC 5546, 3.2.5: without STATUS, since the event takes place."""
    change(stocked, 2, status="cancelled")
    message = only(stocked, 1)
    said = entry(message)
    assert message.method == "CANCEL"
    assert said["SEQUENCE"] == 1
    assert "STATUS" not in said
    assert str(mail(message)["Subject"]).startswith("Invitation withdrawn / 邀请撤回: ")
    assert [each.name for each in made(stocked).messages] == ["event-1-contact-2-wang-wei"]


def test_who_is_invited_again_gets_no_lower_sequence_and_the_others_none_that_is_higher(stocked: Book) -> None:
    """RFC 5546, 2.1.5: what has a lower SEQUENCE than the last message is out of date."""
    change(stocked, 2, status="cancelled")
    change(stocked, 2, status="invited")
    assert [entry(message)["SEQUENCE"] for message in made(stocked).messages] == [1, 0]
    assert only(stocked, 1).method == "REQUEST"


def test_who_declined_may_be_asked_again_by_name(stocked: Book) -> None:
    message = only(stocked, 3)
    assert message.method == "REQUEST"
    assert entry(message)["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


def test_who_is_not_on_the_list_is_invited_and_told(stocked: Book) -> None:
    with later(stocked).writing("add") as work:
        make.contact(work.session, "SUN Li", points_of=[make.email("sun@example.org")])
    written = made(stocked, InvitationWish((5,)))
    assert len(written.messages) == 1
    assert written.words == ["SUN Li is not on the list of event 1. Add: eventrec participant add 1 5 --status invited"]


def test_a_named_contact_without_an_address_is_refused(stocked: Book) -> None:
    with pytest.raises(Rejected, match="CHEN Jie has no e-mail address"):
        made(stocked, InvitationWish((4,)))


def test_the_organizer_is_not_invited_to_its_own_event(stocked: Book) -> None:
    """Outlook throws such a message away."""
    written = made(stocked, InvitationWish(organizer="LI.NA@example.org"))
    assert [message.name for message in written.messages] == ["event-1-contact-2-wang-wei"]
    assert "LI Na is the organizer of event 1 and gets no message." in written.words


def test_an_address_that_is_given_has_the_name_of_its_owner(stocked: Book) -> None:
    (message,) = made(stocked, InvitationWish((2,), organizer="li.na@example.org")).messages
    assert entry(message)["ORGANIZER"].params["CN"] == "LI Na"
    (message,) = made(stocked, InvitationWish((2,), organizer="other@example.org")).messages
    assert entry(message)["ORGANIZER"].params["CN"] == "Agency INST"


def test_an_event_without_a_date_is_refused(book: Book) -> None:
    with book.writing("stock") as work:
        stock(work.session, day=None)
    with pytest.raises(Rejected, match="no date"):
        made(book)


def test_the_events_contact_invites_where_the_agency_cannot(book: Book) -> None:
    with book.writing("stock") as work:
        make.contact(work.session, "LI Na", points_of=[make.email("li.na@example.org")])
        make.contact(work.session, "WANG Wei", points_of=[make.email("wang@example.org")])
        make.event(work.session, contact_id=1)
    (message,) = made(book, InvitationWish((2,))).messages
    assert entry(message)["ORGANIZER"] == "mailto:li.na@example.org"


def test_a_programme_manager_invites_where_nobody_else_can(book: Book) -> None:
    with book.writing("stock") as work:
        for name in ("LI Na", "WANG Wei"):
            make.contact(work.session, name, points_of=[make.email(f"{name[:2].lower()}@example.org")])
        projects.add(work.session, code="P", name=make.name("P"), parties=[Party("programme-manager", contact_id=1)])
        make.event(work.session, projects=[events.ProjectShare(1)])
    (message,) = made(book, InvitationWish((2,))).messages
    assert entry(message)["ORGANIZER"] == "mailto:li@example.org"


def test_without_anybody_to_answer_to_the_option_is_named(book: Book) -> None:
    with book.writing("stock") as work:
        make.contact(work.session, "LI Na", points_of=[make.email("li@example.org")])
        make.event(work.session)
    with pytest.raises(Rejected) as refused:
        made(book, InvitationWish((1,)))
    assert "--organizer" in refused.value.hint


def test_visits_come_along_only_when_asked_for(stocked: Book) -> None:
    with later(stocked).writing("visits") as work:
        for day in (date(2024, 10, 16), None):
            events.add(work.session, title=make.name("Airport"), parent_id=1, starts_on=day, ends_on=day)
    assert len(made(stocked, InvitationWish((1,))).messages) == 1
    written = made(stocked, InvitationWish((1,), visits=True))
    assert [message.name for message in written.messages] == ["event-1-contact-1-li-na", "event-2-contact-1-li-na"]
    visit = entry(written.messages[1])
    assert visit["RELATED-TO"] == entry(written.messages[0])["UID"]
    assert visit["ORGANIZER"] == "mailto:office@example.org"
    assert "Site visit 3 has no date and was left out: eventrec visit edit 3 --date …" in written.words


def test_of_two_rows_the_open_one_counts(stocked: Book) -> None:
    change(stocked, 2, status="cancelled")
    with later(stocked).writing("add") as work:
        participation.add(work.session, event_id=1, contact_id=1, role="chair", status="invited")
    message = only(stocked, 1)
    assert message.method == "REQUEST"
    assert entry(message)["ATTENDEE"].params["ROLE"] == "CHAIR"


def test_the_same_records_are_the_same_bytes(stocked: Book) -> None:
    assert made(stocked) == made(stocked)


def test_dtstamp_is_the_latest_change_of_all_that_is_printed(stocked: Book) -> None:
    assert entry(only(stocked, 1))["DTSTAMP"].dt == NOW
    with later(stocked).writing("address") as work:
        contacts.edit(work.session, 1, {}, points_of=[Point("email", "new@example.org")])
    assert entry(only(stocked, 1))["DTSTAMP"].dt == LATER
    assert entry(only(stocked, 2))["DTSTAMP"].dt == NOW


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ({"zh": "李娜"}, ""),
        ({"en": "José Núñez-O'Brien", "zh": "何塞"}, "-jose-nunez-o-brien"),
        ({"en": "../../etc/passwd"}, "-etc-passwd"),
        ({"en": "A" * 300}, "-" + "a" * 40),
    ],
    ids=["Chinese", "accents", "a path", "long"],
)
def test_file_names_are_safe(stocked: Book, name: dict[str, str], ending: str) -> None:
    from eventrec.localized import Localized

    with later(stocked).writing("rename") as work:
        contacts.edit(work.session, 1, {"name": Localized(name)})
    assert only(stocked, 1).name == f"event-1-contact-1{ending}"
