"""What the other tests here compare with: the files say what is in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.peers import plain, same
from tests.peers.book import ATTENDEES, DATED, ENTRIES
from tests.peers.exported import CALENDARS, INVITED
from tests.peers.people import PEOPLE

if TYPE_CHECKING:
    from tests.peers.book import Entry
    from tests.peers.exported import Exported

WHOLE = [name for name in CALENDARS if name != "named.ics"]


def texts(entry: Entry, name: str, lang: str) -> list[str]:
    """Return what was typed into a field of an event, in the languages of the calendar."""
    typed = entry.fields.get(name) or {}
    if lang == "both":
        return list(typed.values())
    return [typed[lang]] if lang in typed else list(typed.values())[:1]


@pytest.mark.parametrize("name", WHOLE)
def test_every_event_with_a_date_is_in_a_whole_calendar(exported: Exported, name: str) -> None:
    assert exported.events(name).keys() == {exported.uids[entry.name] for entry in DATED}
    assert len(DATED) == len(ENTRIES) - 1


@pytest.mark.parametrize("name", WHOLE)
def test_the_texts_are_those_of_the_book(exported: Exported, name: str) -> None:
    lang = name.removesuffix(".ics") if name in ("en.ics", "zh.ics") else "both"
    for uid, part in exported.events(name).items():
        entry = exported.entries[uid]
        assert part.text("SUMMARY") == entry.summary(lang)
        if "removed" in entry.moves:
            continue
        for text in texts(entry, "description", lang):
            assert text in part.text("DESCRIPTION")
        for text in (*texts(entry, "venue", lang), *texts(entry, "city", lang), entry.fields.get("address", "")):
            assert text in part.text("LOCATION")
        said = plain.split(part.value("CATEGORIES"))
        kind = "site-visit" if entry.parent else entry.fields.get("kind", "other")
        assert said[0] == kind
        assert {*entry.projects, *entry.fields.get("topics", ())} <= {*said}


@pytest.mark.parametrize("name", WHOLE)
def test_status_and_sequence_are_those_of_the_book(exported: Exported, name: str) -> None:
    for uid, part in exported.events(name).items():
        entry = exported.entries[uid]
        assert (part.value("STATUS"), int(part.value("SEQUENCE"))) == (entry.status, entry.sequence)


def test_a_visit_refers_to_its_event(exported: Exported) -> None:
    visit = exported.events("both.ics")[exported.uids["Airport visit"]]
    assert visit.values("RELATED-TO") == [exported.uids["Workshop on returns"]]


def test_people_are_those_of_the_book(exported: Exported) -> None:
    people = same.attendees(exported.events("people.ics")[exported.uids["With people"]])
    found = {address.removeprefix("mailto:"): tuple(told[1:]) for address, told in people.items()}
    assert {address: told for address, told in found.items() if told[-1] == "INDIVIDUAL"} == ATTENDEES


@pytest.mark.parametrize("name", ["cards3.vcf", "cards4.vcf"])
def test_the_cards_are_those_of_the_book(exported: Exported, name: str) -> None:
    cards = {uid.removeprefix("urn:uuid:"): same.card(part) for uid, part in exported.cards(name).items()}
    for person in PEOPLE:
        card = cards[exported.uids[next(iter(person.name.values()))]]
        full = card["fn"].replace(";", ",")  # not every reader knows a semicolon in FN
        assert all(text.replace(";", ",") in full for text in person.name.values())
        assert sorted(card["emails"]) == sorted(person.of("email"))
        assert sorted(phone.removeprefix("tel:") for phone in card["phones"]) == sorted(person.of("phone mobile"))
        assert sorted(card["addresses"]) == sorted(person.of("address"))
        assert bool(card["urls"]) == bool(person.of("url"))
        for text in (person.position or {}).values():
            assert text in " ".join(card["title"])
        assert all(person.unit in parts for parts in card["org"] if person.unit)
    assert len(cards) >= len(PEOPLE)


def test_invitations_and_cancellations_are_among_what_is_read(exported: Exported) -> None:
    """RFC 5546, 3.2."""
    messages = [name for name in exported.calendars if name.startswith("mail/")]
    assert len(messages) == len(INVITED)
    assert {exported.read(name)[0].value("METHOD") for name in messages} == {"REQUEST", "CANCEL"}
    assert all(exported.read(name)[0].value("METHOD") == "" for name in exported.calendars if name not in messages)
