from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from tests.conftest import NOW
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db import transaction as transactions
from eventrec.db.engine import engine
from eventrec.errors import ChangedSince, FieldChange
from eventrec.localized import Localized
from eventrec.models import Agency, Event, Participation
from eventrec.services import contact, event, participation, rows
from eventrec.services.event import ProjectShare
from eventrec.services.headcount import HeadCount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


@contextmanager
def writing(address: str, who: str, minutes: float = 0) -> Iterator[Session]:
    """Open a transaction of somebody's, so many minutes after the clock of the tests."""
    made = Book(Settings(address), now=lambda: NOW + timedelta(minutes=minutes), actor=who)
    with made.writing(f"a command of {who}") as work:
        yield work.session


@pytest.fixture
def workshop(address: str) -> str:
    """A book with event 1 of version 1, as Ben has read it."""
    with writing(address, "Ben", -60) as session:
        make.event(session, city=Localized(en="Beijing"), country="CN")
    return address


def refused(address: str, wanted: dict[str, object], version: int = 1) -> ChangedSince:
    with writing(address, "Ben", 2) as session, pytest.raises(ChangedSince) as told:
        event.edit(session, 1, wanted, if_version=version)
    return told.value


def test_who_was_faster_is_told_with_both_values(workshop: str) -> None:
    with writing(workshop, "Anna") as session:
        event.edit(session, 1, {"city": Localized(zh="上海"), "note": "Moved."})
    told = refused(workshop, {"city": Localized(en="Shanghai"), "kind": "training"})
    assert told.message == (
        "Event 1 was changed by Anna 2 minutes ago: city “Beijing” → “上海” (you: “Shanghai”);"
        " note empty → “Moved.”. Nothing was saved."
    )
    assert told.hint == "Look at it: eventrec event show 1 — then repeat the command with --if-version 2."
    assert (told.exit_code, told.version) == (1, 2)
    assert told.changes[0] == FieldChange("city", {"en": "Beijing"}, {"zh": "上海"}, {"en": "Shanghai"})


def test_who_wanted_the_same_is_told_so(workshop: str) -> None:
    with writing(workshop, "Anna") as session:
        event.edit(session, 1, {"kind": "training"})
    assert "kind “other” → “training” (you: the same)." in refused(workshop, {"kind": "training"}).message


def test_a_value_that_is_as_it_was_read_is_nobodys_wish(workshop: str) -> None:
    with writing(workshop, "Anna") as session:
        event.edit(session, 1, {"kind": "training"})
    assert "(you" not in refused(workshop, {"kind": "other", "note": "x"}).message


def test_every_change_since_is_told_with_its_author_the_newest_first(workshop: str) -> None:
    for minutes, who, kind in ((-50, "Anna", "training"), (-30, "Carl", "meeting"), (1, "Anna", "conference")):
        with writing(workshop, who, minutes) as session:
            event.edit(session, 1, {"kind": kind})
    told = refused(workshop, {"kind": "study-visit"})
    assert told.message == (
        "Event 1 was changed by Anna 1 minute ago: kind “meeting” → “conference” (you: “study-visit”)."
        " Before that by Carl 32 minutes ago: kind “training” → “meeting”."
        " Before that by Anna 52 minutes ago: kind “other” → “training”. Nothing was saved."
    )
    assert told.changes == (FieldChange("kind", "other", "conference", "study-visit"),)
    assert "Anna 52" not in refused(workshop, {"kind": "study-visit"}, version=2).message


def test_only_some_of_very_many_changes_are_told(workshop: str) -> None:
    for number in range(6):
        with writing(workshop, "Anna") as session:
            event.edit(session, 1, {"note": str(number)})
    told = refused(workshop, {"note": "mine"}).message
    assert told.count("by Anna") == 3
    assert "3 earlier changes are in the log." in told


def test_what_belongs_to_the_record_is_told_too(workshop: str) -> None:
    with writing(workshop, "Anna") as session:
        made = make.project(session, "MMSP-IV")
        event.edit(session, 1, {"note": "x"}, projects=[ProjectShare(made.id)])
    assert "note empty → “x”; project “MMSP-IV” added." in refused(workshop, {"kind": "training"}).message


def test_points_and_places_of_a_person_are_told(address: str) -> None:
    with writing(address, "Ben") as session:
        made = make.agency(session, "NIA")
        make.contact(session)
    with writing(address, "Anna") as session:
        place = contact.affiliation.Place(made.id)
        contact.edit(session, 1, {"sex": "female"}, place=place, points_of=[make.email("li@example.org")])
    with writing(address, "Ben") as session, pytest.raises(ChangedSince) as told:
        contact.remove(session, 1, if_version=1)
    assert "sex “not-stated” → “female”; place at “NIA” added; email “li@example.org” added." in told.value.message


def test_records_that_a_field_leads_to_are_named(workshop: str) -> None:
    with writing(workshop, "Anna") as session:
        make.contact(session, "LI Na")
        event.edit(session, 1, {"contact_id": 1})
    assert "contact empty → “LI Na”." in refused(workshop, {"kind": "training"}).message


def test_a_head_count_is_told_by_its_row(workshop: str) -> None:
    with writing(workshop, "Ben") as session:
        made = make.agency(session)
        participation.add(session, event_id=1, agency_id=made.id, counts=HeadCount(women=4))
    with writing(workshop, "Anna") as session:
        participation.edit(session, 1, [1], {}, counts=HeadCount(women=5))
    with writing(workshop, "Ben") as session, pytest.raises(ChangedSince) as told:
        participation.edit(session, 1, [1], {}, counts=HeadCount(women=6), if_version=1)
    assert told.value.message.startswith("Row 1 of event 1 was changed by Anna just now: women 4 → 5 (you: 6).")
    assert "eventrec participant show 1 --row 1" in told.value.hint


def test_a_version_that_never_was_is_told(workshop: str) -> None:
    told = refused(workshop, {"kind": "training"}, version=9)
    assert told.message == "Event 1 has version 1; it never had a version 9. Nothing was saved."


def test_a_row_without_a_history_is_told_by_its_version(workshop: str) -> None:
    with writing(workshop, "Anna") as session:
        event.edit(session, 1, {"kind": "training"})
        session.execute(text("DELETE FROM change"))
    assert "has version 2, not 1; the history does not say why" in refused(workshop, {"kind": "meeting"}).message


def behind_the_session(address: str) -> None:
    with writing(address, "Ben") as ben:
        row = rows.get(ben, Event, 1)
        ben.execute(text("UPDATE event SET version = 7"))
        row.note = "mine"


def test_a_row_that_changes_behind_the_session_is_refused_in_words(workshop: str) -> None:
    with pytest.raises(ChangedSince, match="changed by somebody else in the meantime"):
        behind_the_session(workshop)


def read_committed(address: str, **options: Any) -> Engine:
    return engine(address, **options).execution_options(isolation_level="READ COMMITTED")


def both_at_once(address: str) -> None:
    with writing(address, "Ben", 3) as ben:
        row = rows.get(ben, Event, 1)
        with writing(address, "Anna", 1) as anna:
            rows.get(anna, Event, 1).note = "hers"
        row.note = "mine"


def test_sqlalchemys_own_lock_tells_both_values_too(postgresql_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(postgresql_address, "Ben", -60) as session:
        make.event(session)
    monkeypatch.setattr(transactions, "engine", read_committed)
    with pytest.raises(ChangedSince) as told:
        both_at_once(postgresql_address)
    assert told.value.message == (
        "Event 1 was changed by Anna 2 minutes ago: note empty → “hers” (you: “mine”). Nothing was saved."
    )


def test_without_a_version_two_people_change_two_fields(workshop: str) -> None:
    for who, fields in (("Anna", {"kind": "training"}), ("Ben", {"note": "x"})):
        with writing(workshop, who) as session:
            event.edit(session, 1, fields)
    with writing(workshop, "Ben") as session:
        row = rows.get(session, Event, 1)
        assert (row.kind, row.note, row.version) == ("training", "x", 3)


@pytest.mark.parametrize("model", [Agency, Participation])
def test_a_record_that_is_not_there_is_not_found(workshop: str, model: type[Agency]) -> None:
    with writing(workshop, "Ben") as session, pytest.raises(Exception, match="There is no"):
        rows.get(session, model, 99, 1)
