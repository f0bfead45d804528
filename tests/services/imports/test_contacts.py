from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from tests.services import make
from tests.services.imports.sheet import TODAY, bring, problems, said, sheet

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.formats import vcard_reader
from eventrec.services import contact as contacts
from eventrec.services import undo
from eventrec.services.affiliation import Place
from eventrec.services.imports import run
from eventrec.services.imports.wish import Wish

if TYPE_CHECKING:
    from eventrec.book import Book

HEAD = ("Name", "姓名（中文）", "Sex", "Agency", "Position", "E-mail", "Phone", "Note")


def listed(book: Book) -> list[dict[str, Any]]:
    return sorted(book.reader.contacts(), key=lambda row: int(str(row["id"])))


def test_contacts_come_with_all_that_the_row_says(book: Book) -> None:
    file = sheet(
        HEAD,
        ("LI Na", "李娜", "F", "NIA", "Officer", "Li.Na@Example.org; na@example.org", "+86 10 6532 1234", "met in May"),
    )
    assert bring(book, file, kind="contacts").new == 1
    row = listed(book)[0]
    assert row["name"] == {"en": "LI Na", "zh": "李娜"}
    assert (row["sex"], row["agency"], row["position"]) == ("female", "NIA", {"en": "Officer"})
    assert row["emails"] == ["Li.Na@example.org", "na@example.org"]
    assert (row["phone"], row["note"]) == ("+861065321234", "met in May")


def test_phones_without_a_country_are_kept_in_the_note_and_counted(book: Book) -> None:
    found = bring(book, sheet(("Name", "Phone"), ("LI Na", "010-1234"), ("WU Bo", "+86 10 6532 1234")), kind="contacts")
    told = "Phone numbers that do not say their country, and are kept in the note: 1. Say it in a column “country”,"
    assert [sentence for sentence in found.told if sentence.startswith(told)]
    assert ["010-1234" in (row["note"] or "") for row in listed(book)] == [True, False]


def test_bulk_rows_are_as_if_added_one_by_one(book: Book) -> None:
    bring(book, sheet(HEAD, ("LI Na", "李娜", "F", "NIA", "Officer", "li@example.org")), kind="contacts")
    with book.writing("a test") as work:
        contacts.add(
            work.session,
            name=make.name("LI Na", "李娜"),
            place=Place(1, make.name("Officer")),
            points_of=[make.email("li@example.org")],
            sex="female",
            namesake=True,
        )
    first, second = listed(book)
    different = {name for name in first if first[name] != second[name]}
    assert different == {"id", "uid"}
    assert check(engine(book.settings.database)) == []


def test_numbers_go_on_without_a_gap(book: Book) -> None:
    with book.writing("a test") as work:
        make.contact(work.session, "First")
    bring(book, sheet(HEAD, ("LI Na",), ("WU Bo",)), kind="contacts")
    with book.writing("a test") as work:
        last = make.contact(work.session, "Last").id
    assert [row["id"] for row in listed(book)][:3] == [1, 2, 3]
    assert last in (4, 5)


def test_undo_and_redo_of_an_import_of_contacts(book: Book) -> None:
    bring(book, sheet(HEAD, ("LI Na", "李娜", "F", "NIA", "Officer", "li@example.org")), kind="contacts")
    before = listed(book)
    with book.writing("undo") as work:
        undo.undo(work.session)
    assert listed(book) == []
    with book.writing("redo") as work:
        undo.redo(work.session)
    after = listed(book)
    assert [{**row, "version": 0, "modified_at": ""} for row in after] == [
        {**row, "version": 0, "modified_at": ""} for row in before
    ]


@pytest.mark.parametrize(
    ("mode", "sex", "position"),
    [
        ("fill", "female", {"en": "Officer"}),
        ("update", "female", {"en": "Director"}),
        ("add", "not-stated", {"en": "Officer"}),
    ],
)
def test_what_happens_to_known_contacts(book: Book, mode: str, sex: str, position: dict[str, str]) -> None:
    bring(book, sheet(HEAD, ("LI Na", None, None, "NIA", "Officer", "li@example.org")), kind="contacts")
    outcome = bring(
        book, sheet(HEAD, ("LI Na", None, "F", "NIA", "Director", "li@example.org")), kind="contacts", mode=mode
    )
    row = listed(book)[0]
    assert (row["sex"], row["position"]) == (sex, position)
    assert outcome.new == 0
    assert ("kept: position “Officer” (the file says “Director”)" in outcome.results[0].text) is (mode == "fill")


def test_the_same_name_in_another_agency_is_another_person_and_told(book: Book) -> None:
    bring(book, sheet(HEAD, ("LI Na", None, None, "NIA")), kind="contacts")
    outcome = bring(book, sheet(HEAD, ("LI Na", None, None, "MFA")), kind="contacts")
    assert (outcome.new, [each.number for each in outcome.likely]) == (1, [1])


def test_pinyin_is_told_as_likely_and_never_taken(book: Book) -> None:
    bring(book, sheet(HEAD, (None, "翟安瑞", None, "NIA")), kind="contacts")
    outcome = bring(book, sheet(HEAD, ("ZHAI Anrui", None, None, "NIA")), kind="contacts")
    assert outcome.new == 1
    assert "翟安瑞 reads ZHAI Anrui" in outcome.likely[0].reasons


def test_a_decision_makes_a_likely_person_the_known_one(book: Book) -> None:
    bring(book, sheet(HEAD, (None, "翟安瑞", None, "NIA")), kind="contacts")
    file = sheet(HEAD, ("ZHAI Anrui", None, None, "NIA"))
    likely = bring(book, file, kind="contacts", keep=False).likely[0]
    bring(book, file, kind="contacts", decisions={likely.key: likely.number})
    assert [row["name"] for row in listed(book)] == [{"en": "ZHAI Anrui", "zh": "翟安瑞"}]


def test_one_e_mail_and_two_plainly_different_names_are_two_people(book: Book) -> None:
    bring(book, sheet(HEAD, ("LI Na", None, None, "NIA", None, "office@example.org")), kind="contacts")
    outcome = bring(book, sheet(HEAD, ("WU Bo", None, None, "NIA", None, "office@example.org")), kind="contacts")
    assert (outcome.new, outcome.likely[0].reasons[-1]) == (1, "same agency")


def test_two_people_of_one_pinyin_are_two(book: Book) -> None:
    bring(book, sheet(HEAD, ("LI Na", "李娜", None, "NIA"), ("LI Na", "李纳", None, "NIA")), kind="contacts")
    assert [row["name"]["zh"] for row in listed(book)] == ["李娜", "李纳"]


def test_a_number_that_does_not_say_its_country_is_kept_in_the_note(book: Book) -> None:
    outcome = bring(book, sheet(HEAD, ("LI Na", None, None, "NIA", None, None, "6532 1234")), kind="contacts")
    assert (outcome.problems, listed(book)[0]["note"]) == ([], "Phone: 6532 1234")
    assert any("do not say their country" in sentence for sentence in outcome.told)


def test_a_contact_is_found_by_its_number(book: Book) -> None:
    bring(book, sheet(HEAD, ("LI Na",)), kind="contacts")
    head = ("Contact number", "Name", "Sex")
    outcome = bring(book, sheet(head, (1.0, "LI Na", "F"), (7, "WU Bo", "M")), kind="contacts")
    assert (outcome.updated, problems(outcome)) == (1, [(3, "Contact number")])


def test_a_version_that_has_moved_on_refuses_the_row(book: Book) -> None:
    bring(book, sheet(HEAD, ("LI Na",)), kind="contacts")
    with book.writing("a test") as work:
        contacts.edit(work.session, 1, {"sex": "female"})
    outcome = bring(book, sheet(("Contact number", "Version", "Name", "Note"), (1, 1, "LI Na", "new")), kind="contacts")
    assert (
        "Contact 1 was changed by tester just now: sex “not-stated” → “female”. To take" in outcome.problems[0].message
    )
    assert outcome.problems[0].message.endswith("To take this row all the same, write version 2 into it.")


def test_two_thousand_rows_are_all_there(book: Book) -> None:
    rows = [(f"Person Number{at}", None, None, f"Agency {at % 7}", None, f"p{at}@example.org") for at in range(2_000)]
    outcome = bring(book, sheet(HEAD, *rows), kind="contacts")
    assert (outcome.new, len(book.reader.contacts()), len(book.reader.agencies())) == (2_000, 2_000, 7)
    assert len(said(bring(book, sheet(HEAD, *rows[:50]), kind="contacts"))) == 50


CARDS = b"""BEGIN:VCARD
VERSION:3.0
FN:LI Na / \xe6\x9d\x8e\xe5\xa8\x9c
N:LI;Na;;;
ORG:NIA;Division 3
TITLE:Officer
EMAIL;TYPE=WORK:li.na@example.org
TEL;TYPE=CELL:+86 138 0013 8000
END:VCARD
BEGIN:VCARD
VERSION:3.0
EMAIL:broken@
X-NAME:Broken
"""


def test_cards_become_contacts_and_a_bad_one_is_named_by_its_line(book: Book) -> None:
    file = vcard_reader.read(BytesIO(CARDS))
    with book.writing("import") as work:
        outcome = run.cards(work.session, file, Wish(today=TODAY))
    assert (outcome.new, problems(outcome)) == (1, [(10, "")])
    row = listed(book)[0]
    assert (row["name"], row["agency"], row["unit"]) == ({"en": "LI Na", "zh": "李娜"}, "NIA", "Division 3")
    assert (row["family_name"], row["given_name"], row["phone"]) == ("LI", "Na", "+8613800138000")


def test_another_name_that_is_typed_twice_in_a_cell_is_one(book: Book) -> None:
    assert bring(book, sheet(("Name", "Also known as"), ("LI Na", "Nana; Nana")), kind="contacts").new == 1
    assert listed(book)[0]["aliases"] == ["Nana"]
