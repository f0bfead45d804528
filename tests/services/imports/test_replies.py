from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import NOW
from tests.services import make

from eventrec.db.journal import journal_of
from eventrec.formats.ical.replies import Reply, ReplyFile, ReplyProblem
from eventrec.models import Event, Participation
from eventrec.services import event as events
from eventrec.services import participation, planning
from eventrec.services.headcount import HeadCount
from eventrec.services.imports import run
from eventrec.services.imports.wish import Wish

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.book import Work
    from eventrec.services.imports.outcome import Outcome

TODAY = NOW.date()
FIRST, SECOND, THIRD = (f"2026-01-01T0{hour}:00:00Z" for hour in (1, 2, 3))


@pytest.fixture
def session(work: Work) -> Session:
    """A book with event 1, to which contact 1 is invited (row 1); contact 2 is not on the list."""
    make.event(work.session)
    for name in ("LI Na", "WANG Wei"):
        make.contact(work.session, name, points_of=[make.email(f"{name.lower().replace(' ', '.')}@example.org")])
    participation.add(work.session, event_id=1, contact_id=1, status="invited")
    return work.session


def reply(session: Session, answer: str = "ACCEPTED", **fields: Any) -> Reply:
    event = session.get(Event, 1)
    assert event is not None
    given = {"uid": event.uid, "email": "li.na@example.org", "sequence": event.sequence, "given_at": FIRST}
    return Reply(**{"line": 5, "method": "REPLY", "answer": answer, **given, **fields})


def take(session: Session, *replies: Reply, **wish: Any) -> Outcome:
    return run.replies(session, ReplyFile(replies), Wish(TODAY, **wish))


def row(session: Session, number: int = 1) -> Participation:
    found = session.get(Participation, number)
    assert found is not None
    return found


def unchanged(session: Session, *replies: Reply, told: str, **wish: Any) -> None:
    """Assert that the answers change nothing and are told."""
    session.flush()
    before = journal_of(session).recorded
    outcome = take(session, *replies, **wish)
    assert journal_of(session).recorded == before
    assert outcome.same == len(replies)
    assert any(told in sentence for sentence in outcome.told), outcome.told


def refused(session: Session, *replies: Reply, why: str, **wish: Any) -> None:
    """Assert that the answers are refused, which takes the whole file back."""
    session.flush()
    before = row(session).status
    (problem,) = take(session, *replies, **wish).problems
    assert why in problem.message
    assert row(session).status == before


@pytest.mark.parametrize(
    ("answer", "status"), [("ACCEPTED", "confirmed"), ("DECLINED", "declined"), ("TENTATIVE", "registered")]
)
def test_an_answer_sets_where_the_participant_stands(session: Session, answer: str, status: str) -> None:
    outcome = take(session, reply(session, answer))
    assert (outcome.updated, outcome.saved) == (1, 1)
    assert (row(session).status, row(session).answered_at) == (status, FIRST)
    assert outcome.told == [f"LI Na (contact 1), event 1: {answer.lower()}, now {status} (was invited)."]


def test_the_same_answer_again_changes_nothing(session: Session) -> None:
    take(session, reply(session))
    outcome = take(session, reply(session))
    assert (outcome.same, outcome.saved) == (1, 0)


def test_the_newest_answer_counts_in_whatever_order_they_come(session: Session) -> None:
    take(session, reply(session, "DECLINED", given_at=SECOND))
    unchanged(session, reply(session, "ACCEPTED", given_at=FIRST), told="older than the one of 2026-01-01T02:00:00Z")
    take(session, reply(session, "TENTATIVE", given_at=THIRD))
    assert (row(session).status, row(session).answered_at) == ("registered", THIRD)


def test_nobody_answers_in_the_future(session: Session) -> None:
    """A clock that is wrong must not keep later answers out."""
    take(session, reply(session, given_at="2099-01-01T00:00:00Z"))
    assert row(session).answered_at == f"{NOW:%Y-%m-%dT%H:%M:%SZ}"


def test_an_answer_to_an_earlier_invitation_is_refused_unless_it_is_to_count(session: Session) -> None:
    """RFC 5546, 2.1.5."""
    old = reply(session)
    events.edit(session, 1, {"starts_on": date(2024, 11, 1), "ends_on": date(2024, 11, 1)})
    refused(
        session, old, why="out of date (SEQUENCE 0, now 1). Send the present one: eventrec export invitation 1 --to 1"
    )
    take(session, old, mode="update")
    assert row(session).status == "confirmed"


def test_an_answer_holds_when_only_the_place_has_changed(session: Session) -> None:
    old = reply(session)
    events.edit(session, 1, {"online_url": "https://example.org/join"})
    take(session, old)
    assert (row(session).status, session.get_one(Event, 1).sequence) == ("confirmed", 1)


def test_who_was_called_off_and_invited_again_answers_a_higher_sequence(session: Session) -> None:
    participation.edit(session, 1, [1], {"status": "cancelled"})
    unchanged(session, reply(session, sequence=1), told="is cancelled there already")
    participation.edit(session, 1, [1], {"status": "invited"})
    refused(session, reply(session, sequence=0), why="SEQUENCE 0, now 1")
    take(session, reply(session, sequence=1))
    assert row(session).status == "confirmed"


@pytest.mark.parametrize("status", ["attended", "no-show"])
def test_who_came_or_stayed_away_is_not_changed(session: Session, status: str) -> None:
    participation.edit(session, 1, [1], {"status": status})
    unchanged(session, reply(session, "DECLINED"), told=f"is {status} there already")


@pytest.mark.parametrize("status", ["held", "cancelled", "postponed"])
def test_an_event_that_is_over_or_off_is_not_changed(session: Session, status: str) -> None:
    if status == "held":
        events.edit(session, 1, {"status": "held"})
    else:
        (planning.cancel if status == "cancelled" else planning.postpone)(session, 1, reason=None)
    unchanged(session, reply(session, sequence=0), told=f"the event is {status}")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"answer": "NEEDS-ACTION"}, "says neither yes nor no yet"),
        ({"answer": "X-PERHAPS"}, "says neither yes nor no yet"),
        ({"answer": "DELEGATED", "delegates": ("sun@example.org",)}, "passed the invitation on to sun@example.org"),
        ({"method": "COUNTER"}, "proposes another time"),
        ({"method": "REFRESH"}, "eventrec export invitation 1 --to li.na@example.org -o mail/"),
        ({"day": "2024-10-18"}, "answers for one day only (2024-10-18)"),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) and "delegates" not in value else None,
)
def test_what_is_no_yes_or_no_is_told(session: Session, fields: dict[str, Any], told: str) -> None:
    unchanged(session, replace(reply(session), **fields), told=told)


@pytest.mark.parametrize("method", ["COUNTER", "REFRESH"])
def test_a_question_about_an_event_that_is_not_here_is_told(session: Session, method: str) -> None:
    unchanged(session, reply(session, "", method=method, uid="unknown", email=""), told="Somebody asks about an event")


def test_a_contact_who_is_not_on_the_list_is_added(session: Session) -> None:
    outcome = take(session, reply(session, email="Wang.Wei@EXAMPLE.org"))
    assert outcome.new == 1
    assert (row(session, 2).contact_id, row(session, 2).status, row(session, 2).answered_at) == (2, "confirmed", FIRST)
    assert outcome.told == ["WANG Wei (contact 2), event 1: accepted, added to the list as confirmed."]


def test_whether_a_new_one_is_among_a_head_count_is_asked(session: Session) -> None:
    agency = make.agency(session)
    person = make.contact(session, "SUN Li", agency.id, sex="female", points_of=[make.email("sun@example.org")])
    participation.add(session, event_id=1, agency_id=agency.id, counts=HeadCount(women=2))
    outcome = take(session, reply(session, email="sun@example.org"))
    assert outcome.undecided.startswith("NIA already has a head-count in event 1")
    take(session, reply(session, email="sun@example.org"), names="included")
    assert row(session, 2).women == 1
    assert [each.status for each in participation.of_people(session, 1, contacts=[person.id])] == ["confirmed"]


def test_who_declines_is_never_taken_off_a_head_count(session: Session) -> None:
    agency = make.agency(session)
    make.contact(session, "SUN Li", agency.id, points_of=[make.email("sun@example.org")])
    participation.add(session, event_id=1, agency_id=agency.id, counts=HeadCount(women=2))
    assert take(session, reply(session, "DECLINED", email="sun@example.org")).undecided == ""
    assert row(session, 2).women == 2


def test_all_rows_of_a_person_that_are_open_follow(session: Session) -> None:
    participation.add(session, event_id=1, contact_id=1, role="speaker", status="invited")
    take(session, reply(session))
    assert [row(session, number).status for number in (1, 2)] == ["confirmed", "confirmed"]


def test_a_comment_goes_into_the_note_once(session: Session) -> None:
    participation.edit(session, 1, [1], {"note": "Vegetarian"})
    said = reply(session, comment="I come by train.\nArriving at 9.")
    take(session, said)
    assert row(session).note == "Vegetarian\n2026-01-01: I come by train.\nArriving at 9."
    assert take(session, said).same == 1
    take(session, replace(said, comment="\u200b", given_at=SECOND))
    assert row(session).note == "Vegetarian\n2026-01-01: I come by train.\nArriving at 9."


def test_an_event_that_is_not_here_is_refused(session: Session) -> None:
    refused(session, reply(session, uid="somebody@elsewhere.example"), why="not in this book (UID somebody@elsewhere")


def test_an_event_that_was_removed_is_named(session: Session) -> None:
    said = reply(session)
    make.event(session, "Another")
    participation.remove(session, [1])
    planning.remove(session, 1)
    (problem,) = take(session, said).problems
    assert "event 1, which was removed on 2026-01-02" in problem.message


def test_an_event_of_another_calendar_answers_to_its_uid_there(session: Session) -> None:
    session.get(Event, 1).source_uid = "abc@outlook.example"  # type: ignore[union-attr]
    take(session, reply(session, uid="abc@outlook.example"))
    assert row(session).status == "confirmed"


def test_a_series_of_another_calendar_is_left_to_a_person(session: Session) -> None:
    make.event(session, "Second day")
    for number in (1, 2):
        session.get(Event, number).source_uid = "abc@outlook.example"  # type: ignore[union-attr]
    refused(session, reply(session, uid="abc@outlook.example"), why="a series, which is here as event 1, event 2")


def test_an_unknown_address_is_refused_with_the_command_that_adds_it(session: Session) -> None:
    refused(
        session, reply(session, email="lina@example.com", name="LI Na"),
        why="(lina@example.com, LI Na). Give it to whom it belongs: eventrec contact edit CONTACT --email lina@",
    )  # fmt: skip


def test_of_two_who_share_an_address_who_is_on_the_list_answers(session: Session) -> None:
    make.contact(session, "LI Mei", points_of=[make.email("li.na@example.org")])
    take(session, reply(session))
    assert row(session).status == "confirmed"
    participation.add(session, event_id=1, contact_id=3, status="invited")
    take(session, reply(session, "DECLINED", name="li mei", given_at=SECOND))
    assert row(session, 2).status == "declined"
    refused(session, reply(session, given_at=THIRD), why="is the address of several: LI Na (contact 1), LI Mei")


def test_a_mail_from_somebody_else_does_not_answer(session: Session) -> None:
    """RFC 6047, 3: who sends a reply is to be compared with whom it is of."""
    refused(session, reply(session, senders=("other@example.com",)), why="was sent by other@example.com")
    outcome = take(session, reply(session, senders=("other@example.com",)), mode="update")
    assert "other@example.com answered for LI Na (contact 1)." in outcome.told
    assert row(session).status == "confirmed"


def test_a_mail_from_another_address_of_the_same_person_answers(session: Session) -> None:
    from eventrec.models import Contact
    from eventrec.services import points

    points.add(session, session.get_one(Contact, 1), [make.email("lina@example.com")])
    take(session, reply(session, senders=("lina@example.com",)))
    assert row(session).status == "confirmed"


@pytest.mark.parametrize("senders", [(), ("desk@example.org",), ("li.na@example.org",)])
def test_an_assistant_answers_and_is_named(session: Session, senders: tuple[str, ...]) -> None:
    """RFC 5545, 3.2.18."""
    outcome = take(session, reply(session, sent_by="desk@example.org", senders=senders))
    assert row(session).status == "confirmed"
    assert "desk@example.org answered for LI Na (contact 1)." in outcome.told


def test_an_answer_without_a_moment_counts_only_as_the_first(session: Session) -> None:
    take(session, reply(session, given_at=""))
    assert (row(session).status, row(session).answered_at) == ("confirmed", None)
    take(session, reply(session, given_at=FIRST))
    refused(session, reply(session, "DECLINED", given_at=""), why="does not say when it was given")


def test_the_good_answers_of_a_file_stay_beside_a_bad_one(session: Session) -> None:
    """Whoever opened the transaction decides whether they are kept."""
    file = ReplyFile([reply(session), reply(session, uid="unknown")], [ReplyProblem(40, "Broken.")])
    outcome = run.replies(session, file, Wish(TODAY))
    assert (outcome.rows, outcome.updated, len(outcome.problems)) == (3, 1, 2)


def test_an_answer_to_a_visit_is_of_the_visit(session: Session) -> None:
    visit = events.add(session, title=make.name("Airport"), parent_id=1, starts_on=make.THAT_DAY, ends_on=make.THAT_DAY)
    participation.add(session, event_id=visit.id, contact_id=1, status="invited")
    take(session, reply(session, uid=visit.uid))
    assert [row(session, number).status for number in (1, 2)] == ["invited", "confirmed"]
