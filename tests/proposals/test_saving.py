from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select
from tests.proposals.making import ANNA, OFFICE, PROJECT, STATES, TEXT, TODAY, draft, full, proposal, source
from tests.services import make

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.draft.proposal import Party, VisitedPlace
from eventrec.errors import AlreadyThere, EventrecError, Rejected
from eventrec.models import Agency, Base, Contact, Event, EventSource, Participation, Project
from eventrec.proposals import of_draft, read_toml, save, to_toml
from eventrec.services.forget.forget import forget
from eventrec.services.undo import undo

if TYPE_CHECKING:
    from eventrec.book import Book
    from eventrec.draft.proposal import Draft
    from eventrec.proposals import Saved

TABLES = Base.metadata.tables
VISITS = "Site visits without a day are saved as planned; give their day: eventrec visit edit 2 --date … --status held"


@dataclass
class Asking:
    """Somebody who gives a proposal on a day that stands still."""

    today: date = TODAY
    said: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.said.append(text)


def put(book: Book, *drafts: Draft, text: str = TEXT, **wish: bool) -> Saved:
    with book.writing("eventrec event add --from p.toml") as work:
        return save(Asking(), work, of_draft(proposal(*drafts), source(text), TODAY), **wish)


def put_file(book: Book, file: str, **wish: bool) -> Saved:
    with book.writing("eventrec event add --from p.toml") as work:
        return save(Asking(), work, read_toml(file, "p.toml"), **wish)


def file_of(*drafts: Draft) -> str:
    return to_toml(proposal(*drafts), source(), TODAY)


def all_new(*drafts: Draft) -> str:
    return file_of(*drafts).replace("new = false", "new = true")


def rows(book: Book, model: Any, *columns: str) -> list[tuple[Any, ...]]:
    with book.writing("a look", keep=False) as work:
        found = work.session.scalars(select(model).order_by(model.id)).all()
        return [tuple(getattr(row, column) for column in columns) for row in found]


def count(book: Book) -> dict[str, int]:
    """Return how many rows each table of records has, the history apart."""
    with engine(book.settings.database).connect() as opened:
        return {
            name: opened.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in TABLES.items()
            if name not in ("change", "change_set", "tombstone")
        }


def fails(book: Book, *drafts: Draft, **wish: bool) -> EventrecError:
    before = count(book)
    with pytest.raises(EventrecError) as told:
        put(book, *drafts, **wish)
    assert count(book) == before
    return told.value


def test_an_event_has_everything_that_the_release_says(book: Book) -> None:
    put(book)
    (event, visit) = rows(book, Event, "title", "kind", "status", "starts_on", "ends_on", "city", "country", "modality")
    assert event == (
        {"en": "Workshop on returns", "zh": "返回研讨会"}, "workshop", "held", date(2024, 10, 17), date(2024, 10, 18),
        {"en": "Beijing", "zh": "北京"}, "CN", "hybrid",
    )  # fmt: skip
    assert visit[:4] == ({"en": "Example Airport", "zh": "示例机场"}, "site-visit", "planned", None)
    assert rows(book, Event, "venue", "topics", "parent_id") == [
        ({"en": "Example Hotel"}, ["returns"], None),
        (None, None, 1),
    ]


def test_agencies_that_the_book_does_not_know_are_noted_by_name_and_not_made(book: Book) -> None:
    saved = put_file(book, file_of(full(visits=[])).replace("new = true", "new = false"))
    assert [rows(book, model, "id") for model in (Agency, Project, Contact)] == [[], [], []]
    assert rows(book, Participation, "event_id", "label", "role", "modality", "not_stated", "source")[:2] == [
        (1, {"en": "National Example Office", "zh": "国家示例局"}, "organizer", "in-person", None, "publication"),
        (1, {"en": "EU Member States"}, "participant", "online", 20, "publication"),
    ]
    assert [line.partition(" and was left out")[0] for line in saved.told] == [
        "Project “Example Project” is not in the book",
        "“Anna Lopez” is not in the book",
    ]
    assert "European Union" in saved.told[0]


def test_what_is_said_to_be_new_is_added_and_used(book: Book) -> None:
    union = Party({"en": "European Union"}, role="donor")
    saved = put_file(book, all_new(full(agencies=[OFFICE, STATES, union])))
    assert saved.told == [VISITS]
    assert rows(book, Agency, "code", "kind") == [("NEO", "other"), (None, "group"), (None, "other")]
    assert rows(book, Project, "code", "name") == [("EXP-3", {"en": "Example Project, Phase III"})]
    with book.writing("a look", keep=False) as work:
        project = work.reader.project(1)
        assert project["donors"] == ["European Union"]
        contact = work.reader.contact(1)
        assert (contact["agency"], contact["position"]) == ("NEO", {"en": "Programme Manager"})
        assert (contact["email"], contact["phone"], contact["honorific"]) == (
            "a.lopez@example.org", "+8613800001234", "Ms.",
        )  # fmt: skip
        event = work.reader.event(1)
        assert (event["contact_id"], event["projects"], event["organizers"]) == (1, ["EXP-3"], ["NEO"])
    assert (3, 1, "facilitator") not in rows(book, Participation, "event_id", "agency_id", "role")
    assert (2, 1, "facilitator") in rows(book, Participation, "event_id", "agency_id", "role")


def test_known_records_are_linked(book: Book) -> None:
    with book.writing("a test") as work:
        make.agency(work.session, "NEO")
        make.project(work.session, "EXP-3")
        make.contact(work.session, "Anna Lopez")
    saved = put(
        book,
        full(
            agencies=[replace(OFFICE, known=1)], project=replace(PROJECT, known=1), contact=replace(ANNA, known=1),
            donors=[], visits=[],
        ),
    )  # fmt: skip
    assert rows(book, Event, "contact_id")[0] == (1,)
    assert rows(book, Participation, "agency_id", "label")[0] == (1, None)
    assert rows(book, Project, "code") == [("EXP-3",)]
    assert saved.told == ["“National Example Office / 国家示例局” is agency 1, NEO Agency NEO."]


def test_a_known_project_is_not_changed_and_a_donor_that_it_lacks_is_told(book: Book) -> None:
    with book.writing("a test") as work:
        make.project(work.session, "EXP-3")
    saved = put(book, full(project=replace(PROJECT, known=1), agencies=[], contact=None, visits=[]))
    assert saved.told == [
        "The release names European Union as a donor, and project EXP-3 does not have it. If it is one:"
        " eventrec project edit 1 --donor …"
    ]
    assert rows(book, Project, "version") == [(1,)]


def test_donors_without_a_project_are_parties_of_the_event_once(book: Book) -> None:
    embassy = Party({"en": "Embassy of Example"}, role="donor")
    donors = ["Embassy of Example", "Example Fund"]
    put(book, full(project=None, donors=donors, agencies=[embassy], contact=None, participants=None, visits=[]))
    assert rows(book, Participation, "label", "role") == [
        ({"en": "Embassy of Example"}, "donor"),
        ({"en": "Example Fund"}, "donor"),
    ]


@pytest.mark.parametrize(
    ("total", "counts", "numbers"),
    [
        (33, (), [33]),
        (33, (20,), [20, 13]),
        (33, (20, 13), [20, 13]),
        (33, (20, 14), [20, 14]),
        (None, (20,), [20]),
        (0, (), []),
    ],
)
def test_everybody_is_counted_and_nobody_twice(
    book: Book, total: int | None, counts: tuple[int, ...], numbers: list[int]
) -> None:
    parties = [Party({"en": f"Office {at}"}, count=each) for at, each in enumerate(counts)]
    saved = put(book, draft(participants=total, agencies=parties))
    assert [row[0] for row in rows(book, Participation, "not_stated")] == numbers
    assert bool(saved.told) == (sum(counts) > (total or 99))


@pytest.mark.parametrize("role", ["organizer", "facilitator", "donor", "staff", "observer"])
@pytest.mark.parametrize(("total", "rest"), [(27, []), (30, [3]), (20, [])])
def test_people_whom_a_count_holds_are_no_others_whatever_their_role(
    book: Book, role: str, total: int, rest: list[int]
) -> None:
    parties = [replace(OFFICE, role=role, count=23), Party({"en": "Office"}, count=4)]
    saved = put(book, draft(participants=total, agencies=parties))
    assert [row[0] for row in rows(book, Participation, "not_stated")] == [23, 4, *rest]
    assert bool(saved.told) == (total < 27)


def test_about_is_kept_for_the_total_and_for_a_party(book: Book) -> None:
    put(book, draft(participants=33, approximate=True, agencies=[Party({"en": "A"}, count=3, approximate=True)]))
    assert rows(book, Participation, "approximate", "label") == [
        (True, {"en": "A"}),
        (True, {"en": "other participants", "zh": "其他参加者"}),
    ]


PAST = "The workshop was held in Beijing."
BY_WORDS = "since its day is over and the release tells it as past. Else: … confirmed"
LEFT_OPEN = "since the file leaves its status open. Else: … cancelled"


@pytest.mark.parametrize(
    ("text", "line", "status", "told"),
    [
        (PAST, "", "held", BY_WORDS),
        ("研讨会在北京举行了。", "", "held", BY_WORDS),
        (PAST, 'status = "confirmed"', "confirmed", ""),
        (PAST, 'status = "cancelled"', "cancelled", ""),
        (PAST, 'status = "held"\nopen = ["status"]', "planned", LEFT_OPEN),
        (
            "A workshop on returns in Beijing.", "", "confirmed",
            "though its day is over: nothing says for sure that it was held. Else: … held",
        ),
        (
            "The workshop will be held in Beijing.", "", "confirmed",
            "though its day is over: nothing says for sure that it was held. Else: … held",
        ),
    ],
)  # fmt: skip
def test_an_event_whose_year_a_person_filled_in_is_held_where_its_release_tells_it_as_past(
    book: Book, text: str, line: str, status: str, told: str
) -> None:
    partial = draft(starts_on=None, ends_on=None, partial_date="--10-17")
    file = to_toml(proposal(partial), source(text), TODAY)
    assert "status" not in file
    saved = put_file(book, file.replace('date = "????-10-17"', f'date = "2024-10-17"\n{line}\n'))
    assert rows(book, Event, "status") == [(status,)]
    whole = f"Event 1 was saved as {status}, {told}".replace("…", "eventrec event edit 1 --status")
    assert saved.told == (["Left open in the file, and so not saved: status of event 1."] if "open" in line else []) + (
        [whole] if told else []
    )


@pytest.mark.parametrize(("day", "status"), [("2026-01-01", "confirmed"), ("2026-01-02", "confirmed"), ("", "planned")])
def test_an_event_whose_day_is_not_over_is_as_the_book_has_it(book: Book, day: str, status: str) -> None:
    file = to_toml(proposal(draft(starts_on=None, ends_on=None)), source(PAST), TODAY)
    saved = put_file(book, file.replace("city.en", f'date = "{day or "none"}"\ncity.en'))
    assert (rows(book, Event, "status"), saved.told) == ([(status,)], [])


def test_a_release_that_says_that_its_event_is_off_is_never_saved_as_if_it_was_on(book: Book) -> None:
    text = "Workshop on returns\n\nThe workshop of 17 October was cancelled."
    off = draft(participants=20, uncertain={"status": "The text says that it was cancelled."})
    file = to_toml(proposal(off), source(text), TODAY)
    saved = put_file(book, file)
    assert rows(book, Event, "status") == [("planned",)]
    assert saved.told[0] == "Left open in the file, and so not saved: status of event 1."
    put_file(book, file.replace('open = ["status"]', ""), twice=True)
    assert rows(book, Event, "status") == [("planned",), ("cancelled",)]


def test_a_modality_that_the_release_does_not_say_is_told(book: Book) -> None:
    saved = put(book, draft(modality=None))
    assert saved.told == [
        "Event 1 was saved as in-person, since the release does not say. Else: eventrec event edit 1 --modality online"
    ]
    saved = put(book, draft(modality="online", uncertain={"modality": "Online?"}), twice=True)
    assert "since the file leaves it open" in saved.told[-1]
    assert put(book, draft(modality="online"), twice=True).told == []


def test_where_nothing_says_how_people_met_their_modality_is_not_stated(book: Book) -> None:
    put(book, draft(modality=None, agencies=[Party({"en": "A"})]))
    assert rows(book, Participation, "modality") == [("not-stated",)]


def test_several_events_of_a_release_share_what_is_new_and_each_keeps_the_text(book: Book) -> None:
    twice = [
        full(title={"en": f"Course in {city}"}, starts_on=day, ends_on=day, visits=[], participants=None)
        for city, day in (("Beijing", "2024-07-02"), ("Shanghai", "2024-07-04"))
    ]
    saved = put_file(book, all_new(*twice))
    assert (len(saved.events), len(saved.agencies), len(saved.projects), len(saved.contacts)) == (2, 2, 1, 1)
    digest = source().sha256
    assert rows(book, EventSource, "event_id", "name", "sha256", "text") == [
        (1, "news.txt", digest, TEXT), (2, "news.txt", digest, TEXT),
    ]  # fmt: skip


def test_a_facilitator_that_the_book_knows_is_linked_and_another_is_a_label(book: Book) -> None:
    with book.writing("a test") as work:
        make.agency(work.session, "NIA")
    put(book, draft(visits=[VisitedPlace({"en": "Center"}, ("NIA", "Harbour Police", "NI"))]))
    assert rows(book, Participation, "event_id", "agency_id", "label", "role") == [
        (2, 1, None, "facilitator"),
        (2, None, {"en": "Harbour Police"}, "facilitator"),
        (2, None, {"en": "NI"}, "facilitator"),
    ]


def test_a_visit_with_a_day_was_held_with_its_event(book: Book) -> None:
    file = file_of(full()).replace("facilitators = ", 'date = "2024-10-18"\nfacilitators = ')
    put_file(book, file)
    assert rows(book, Event, "status", "starts_on")[1] == ("held", date(2024, 10, 18))


def test_all_of_it_is_one_change_set_and_undo_takes_all_of_it_away(book: Book) -> None:
    before = count(book)
    put_file(book, all_new(full()))
    with book.writing("undo") as work:
        undo(work.session, "1")
    assert count(book) == before
    with book.writing("undo the undo") as work:
        undo(work.session, "2")
    assert count(book)["event_source"] == 1
    assert check(engine(book.settings.database)) == []


def test_the_same_release_is_refused_and_taken_with_twice(book: Book) -> None:
    put(book)
    error = fails(book, draft(title={"en": "Another"}, starts_on="2024-12-01", ends_on="2024-12-01"))
    assert isinstance(error, AlreadyThere)
    assert error.message == (
        "This release is in the book already: event 1, Workshop on returns / 返回研讨会, was drafted from it."
    )
    assert "--twice" in error.hint
    saved = put(book, twice=True)
    assert len(rows(book, EventSource, "id")) == 2
    assert (rows(book, Project, "id"), rows(book, Contact, "id")) == ([(1,)], [(1,)])
    assert [line for line in saved.told if "by now" in line] == [
        "“Example Project” is in the book by now: project #1 EXP-3 Example Project, Phase III.",
        "“Anna Lopez” is in the book by now: contact #1 Anna Lopez.",
    ]


def test_an_agency_that_came_into_the_book_meanwhile_is_linked(book: Book) -> None:
    with book.writing("a test") as work:
        make.agencies.add(work.session, name=make.name("EU Member States"), kind="group")
    saved = put(book, draft(agencies=[STATES, Party({"en": "12"}), Party({"en": "EU Member"})]))
    assert rows(book, Participation, "agency_id") == [(1,), (None,), (None,)]
    assert "“EU Member States” is in the book by now: agency #1 EU Member States." in saved.told


def test_another_phase_under_the_same_code_is_no_project_of_the_book(book: Book) -> None:
    put(book)
    second = full(title={"en": "Other"}, project=replace(PROJECT, phase="II"), contact=None)
    with pytest.raises(AlreadyThere, match="Project of event 1: The code EXP-3 is taken by project 1"):
        put(book, second, text="Another release.")


def test_an_event_of_that_title_and_day_is_refused_and_taken_with_twice(book: Book) -> None:
    with book.writing("a test") as work:
        make.event(work.session, "Workshop on returns")
    assert "Event 1 of the file: Event 1 has that title and that day already" in fails(book).message
    put(book, twice=True)


def test_the_same_title_on_another_day_is_another_event(book: Book) -> None:
    with book.writing("a test") as work:
        make.event(work.session, "Workshop on returns", date(2023, 10, 17))
    put(book)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"starts_on": "2024-02-30", "ends_on": "2024-02-30"},
            "Event 1 of the file: “2024-02-30”: February 2024 has 29 days.",
        ),
        ({"country": "Atlantis"}, "Event 1 of the file: "),
        ({"agencies": [replace(OFFICE, known=99)]}, "Agency 1 of event 1: There is no agency “99”."),
        ({"contact": replace(ANNA, known=99)}, "Contact of event 1: There is no contact “99”."),
        ({"project": replace(PROJECT, known=99)}, "Project of event 1: There is no project “99”."),
        ({"agencies": [OFFICE, OFFICE]}, "Agency 2 of event 1: National Example Office / 国家示例局 is in event 1"),
        ({"title": {"en": "x" * 501}}, "Event 1 of the file: The title has 501 characters"),
    ],
)
def test_a_refusal_names_its_place_in_the_file_and_saves_nothing(
    book: Book, fields: dict[str, Any], message: str
) -> None:
    held = {"starts_on": "2024-10-17", "ends_on": "2024-10-17"}
    if "starts_on" in fields:
        file = file_of(full()).replace("2024-10-17..2024-10-18", fields["starts_on"])
        with pytest.raises(Rejected) as told:
            put_file(book, file)
        assert told.value.message == message
    else:
        assert fails(book, full(**{**held, **fields})).message.startswith(message)


def test_a_new_project_needs_a_code(book: Book) -> None:
    file = all_new(full(project=replace(PROJECT, code=None)))
    with pytest.raises(Rejected, match="Project of event 1: There is no code") as told:
        put_file(book, file)
    assert "code = " in told.value.hint


def test_a_new_agency_whose_name_is_taken_is_refused_with_its_number(book: Book) -> None:
    with book.writing("a test") as work:
        make.agency(work.session, "NEO")
    with pytest.raises(AlreadyThere, match="Agency 1 of event 1: The code NEO is taken by agency 1"):
        put_file(book, all_new(full()))


def _forget_anna(book: Book) -> None:
    with book.writing("a test") as work:
        number = make.contact(work.session, "Anna Lopez", points_of=[make.email("a.lopez@example.org")]).id
    with book.writing("forget") as work:
        forget(work.session, number, chance=lambda: "ab" * 32)


def test_somebody_who_was_forgotten_does_not_come_back_unasked(book: Book) -> None:
    _forget_anna(book)
    with pytest.raises(Rejected, match="Contact of event 1: Somebody with this e-mail address was forgotten") as told:
        put_file(book, all_new(full()))
    assert "--again" in told.value.hint
    put_file(book, all_new(full()), again=True)
    assert rows(book, Contact, "name") == [({"en": "Anna Lopez"},)]


def test_a_text_with_the_address_of_somebody_who_was_forgotten_is_not_kept(book: Book) -> None:
    _forget_anna(book)
    assert "with this e-mail address was forgotten" in fails(book, draft(contact=None)).message


def test_a_position_at_an_office_that_the_book_does_not_know_is_kept_in_the_note(book: Book) -> None:
    file = file_of(full(agencies=[])).replace("new = false", "new = true")
    saved = put_file(book, file)
    told = "Kept in the note, since the book has no such agency: the position and “National Example Office”"
    assert any(told in line for line in saved.told)
    assert rows(book, Contact, "name", "note") == [({"en": "Anna Lopez"}, "Programme Manager, National Example Office")]


def test_donors_that_the_book_does_not_know_are_noted_in_words(book: Book) -> None:
    saved = put(book)
    assert rows(book, Project, "funding_statement") == [({"en": "Funded by European Union"},)]
    assert "project EXP-3 is funded by European Union" in saved.told[0]
    assert saved.told[0].endswith(" eventrec project edit 1 --donor …")


def test_advice_calls_a_project_by_its_number_since_a_code_may_hold_blanks(book: Book) -> None:
    saved = put(book, full(project=replace(PROJECT, code="SRP III")))
    assert saved.told[0].endswith(" eventrec project edit 1 --donor …")
    again = full(title={"en": "Other"}, project=replace(PROJECT, known=1), donors=["Fund"], contact=None)
    told = put(book, again, text="Another release.").told
    assert any(line.endswith("eventrec project edit 1 --donor …") for line in told)


def test_a_project_without_a_code_is_left_out_until_it_has_one(book: Book) -> None:
    saved = put(book, full(project=replace(PROJECT, code=None)))
    assert rows(book, Project, "id") == []
    assert "Project “Example Project” is not in the book and was left out" in saved.told[0]


@pytest.mark.parametrize("phase", ["III", "3", "第三期", "Phase III"])
def test_a_phase_is_said_in_each_language_of_the_name_of_a_new_project(book: Book, phase: str) -> None:
    project = replace(PROJECT, name={"en": "Example", "zh": "示例"}, code="EX", phase=phase)
    put_file(book, all_new(full(project=project, agencies=[], contact=None)))
    assert rows(book, Project, "name") == [({"en": "Example, Phase III", "zh": "示例（第三期）"},)]


@pytest.mark.parametrize(
    ("code", "name", "phase", "said"),
    [
        ("EX-III", "Example", "III", "Example"),
        ("EX", "Example, Phase III", "Phase III", "Example, Phase III"),
        ("EX", "Example", "Pilot", "Example, Pilot"),
        ("EXI-MIG", "Migration In Isles", "I", "Migration In Isles, Phase I"),
    ],
)
def test_a_phase_is_not_said_twice(book: Book, code: str, name: str, phase: str, said: str) -> None:
    project = replace(PROJECT, name={"en": name}, code=code, phase=phase)
    put_file(book, all_new(full(project=project, agencies=[], contact=None)))
    assert rows(book, Project, "name") == [({"en": said},)]
