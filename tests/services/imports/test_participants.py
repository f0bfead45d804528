from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.services import make
from tests.services.imports.sheet import HEAD, TODAY, bring, problems, said, sheet

from eventrec.errors import Rejected, UsageError
from eventrec.localized import Localized
from eventrec.services import participation, undo
from eventrec.services.headcount import HeadCount

if TYPE_CHECKING:
    from eventrec.book import Book


@pytest.fixture
def workshop(book: Book) -> int:
    """A held event of two days, and an agency that is known."""
    with book.writing("a test") as work:
        make.agency(work.session, "NIA", country="CN")
        return make.event(work.session, status="held", ends_on=date(2024, 10, 18)).id


def people(book: Book) -> list[dict[str, Any]]:
    return sorted(book.reader.participants(), key=lambda row: int(str(row["id"])))


def counts(book: Book) -> list[int]:
    return [book.reader.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("contact", "participation", "agency")]


LIST = sheet(
    ("参会人员名单 List of participants",),
    (),
    HEAD,
    ("LI Na 李娜", "女", "NIA", "Officer 科员", "li.na@example.org", 13800138000.0),
    ("王伟", "Mr", "国家外事部", "处长", "wang@example.org", "+86 138 0013 8001"),
    (),
    ("合计", None, None, None, None, "2人"),
)


def test_a_list_under_a_merged_title_becomes_people_and_their_agencies(book: Book, workshop: int) -> None:
    outcome = bring(book, LIST, event_id=workshop)
    assert said(outcome) == {4: "new", 5: "new", 7: "left out"}
    first, second = people(book)
    assert (first["contact"], first["sex"], first["agency"]) == ({"en": "LI Na", "zh": "李娜"}, "female", "NIA")
    assert first["position"] == {"en": "Officer", "zh": "科员"}
    assert (second["contact"], second["sex"], second["agency_name"]) == ({"zh": "王伟"}, "male", {"zh": "国家外事部"})
    assert first["status"] == "attended"
    assert "New agency 2: 国家外事部." in outcome.told


def test_a_phone_that_excel_made_a_number_stays_a_phone(book: Book, workshop: int) -> None:
    bring(book, LIST, event_id=workshop)
    assert [row["phones"] for row in book.reader.contacts()] == [["+8613800138000"], ["+8613800138001"]]


def test_the_same_list_again_changes_nothing(book: Book, workshop: int) -> None:
    bring(book, LIST, event_id=workshop)
    before = book.reader.rows("SELECT max(id) FROM change_set")
    outcome = bring(book, LIST, event_id=workshop)
    assert (outcome.new, outcome.updated, outcome.same, outcome.saved) == (0, 0, 2, 0)
    assert book.reader.rows("SELECT max(id) FROM change_set") == before


def test_undo_takes_a_whole_import_back(book: Book, workshop: int) -> None:
    before = counts(book)
    bring(book, LIST, event_id=workshop)
    assert counts(book) != before
    with book.writing("eventrec undo") as work:
        undo.undo(work.session)
    assert counts(book) == before


def test_a_check_saves_nothing(book: Book, workshop: int) -> None:
    before = counts(book)
    outcome = bring(book, LIST, event_id=workshop, keep=False)
    assert outcome.new == 2
    assert counts(book) == before


def test_a_bad_row_leaves_nothing_behind_and_is_named_by_its_cell(book: Book, workshop: int) -> None:
    outcome = bring(
        book,
        sheet(
            HEAD,
            ("LI Na", "女", "NIA", None, "li.na@example.org", None),
            ("Broken One", "女", "Agency of nobody", None, "broken@", None),
            (None, "男", "NIA", None, None, None),
            ("Who Knows", "maybe", "NIA", None, None, "12"),
        ),
        event_id=workshop,
    )
    assert problems(outcome) == [(3, "邮箱"), (4, "姓名 Name"), (5, "性别"), (5, "手机")]
    assert [row["contact"] for row in people(book)] == [{"en": "LI Na"}]
    assert len(book.reader.agencies()) == 1


def test_a_row_that_fails_late_takes_its_new_agency_with_it(book: Book, workshop: int) -> None:
    file = sheet((*HEAD, "days"), ("LI Na", "女", "New Agency", None, None, None, 9))
    outcome = bring(book, file, event_id=workshop)
    assert "9 days are more than event" in outcome.problems[0].message
    assert counts(book) == [0, 0, 1]
    assert "New agency" not in " ".join(map(str, book.reader.agencies()))


def test_a_row_after_a_bad_one_is_saved_with_the_same_new_agency(book: Book, workshop: int) -> None:
    file = sheet(
        (*HEAD, "days"),
        ("LI Na", "女", "New Agency", None, None, None, 9),
        ("WU Bo", "男", "New Agency", None, None, None, 1),
    )
    outcome = bring(book, file, event_id=workshop)
    assert (outcome.new, len(outcome.problems)) == (1, 1)
    assert [row["agency_name"] for row in people(book)] == [{"en": "New Agency"}]


def test_what_nobody_understood_is_told_and_kept_in_the_note(book: Book, workshop: int) -> None:
    outcome = bring(
        book, sheet((*HEAD, "饮食要求"), ("LI Na", "女", "NIA", None, None, None, "素食")), event_id=workshop
    )
    assert people(book)[0]["note"] == "饮食要求: 素食"
    assert any("饮食要求" in sentence for sentence in outcome.told)


def test_a_mapped_heading_is_remembered(book: Book, workshop: int) -> None:
    file = sheet(("Naam", "Werkgever"), ("LI Na", "NIA"))
    with pytest.raises(Rejected, match="No row of headings"):
        bring(book, file, event_id=workshop, kind="participants")
    bring(book, file, event_id=workshop, kind="participants", maps={"naam": "name", "werkgever": "agency"})
    again = bring(book, file, event_id=workshop, kind="participants")
    assert (again.same, again.problems) == (1, [])


def test_a_number_without_a_name_is_an_unnamed_head_count(book: Book, workshop: int) -> None:
    file = sheet(("单位", "姓名", "女", "男", "人数"), ("NIA", None, 3, 2, 6), ("Others", None, None, None, "约10人"))
    bring(book, file, event_id=workshop)
    delegation, others = people(book)
    assert [delegation[name] for name in ("women", "men", "other", "not_stated")] == [3, 2, 0, 1]
    assert (others["label"], others["not_stated"], others["approximate"]) == ({"en": "Others"}, 10, True)


def test_fewer_people_in_all_than_by_sex_is_refused(book: Book, workshop: int) -> None:
    outcome = bring(book, sheet(("单位", "姓名", "女", "男", "人数"), ("NIA", None, 3, 2, 4)), event_id=workshop)
    assert "4 people are fewer than the 5 counted by sex" in outcome.problems[0].message


def test_another_number_than_the_books_is_not_taken_unasked(book: Book, workshop: int) -> None:
    bring(book, sheet(("单位", "姓名", "人数"), ("NIA", None, 3)), event_id=workshop)
    changed = sheet(("单位", "姓名", "人数"), ("NIA", None, 4))
    assert "the file 4 in all" in bring(book, changed, event_id=workshop).problems[0].message
    assert bring(book, changed, event_id=workshop, mode="update").updated == 1
    assert people(book)[0]["not_stated"] == 4


@pytest.mark.parametrize(("total", "told"), [("42人", True), ("3 people", False)])
def test_a_total_that_is_not_the_sum_of_its_rows_is_told(book: Book, workshop: int, total: str, told: bool) -> None:
    file = sheet(
        HEAD, ("LI Na", None, "NIA"), ("WU Bo", None, "NIA"), ("XU Di", None, "NIA"), ("Total", None, None, total)
    )
    outcome = bring(book, file, event_id=workshop)
    assert any("people in all" in sentence for sentence in outcome.told) is told


class TestHeadCounts:
    """Named people of a delegation whose number is recorded already."""

    FILE = sheet(HEAD, ("LI Na", "女", "NIA"), ("WU Bo", "男", "NIA"))

    @pytest.fixture
    def counted(self, book: Book, workshop: int) -> int:
        with book.writing("a test") as work:
            participation.add(work.session, event_id=workshop, agency_id=1, counts=HeadCount(women=3, men=1))
        return workshop

    def total(self, book: Book) -> list[Any]:
        return [(row["contact"] is not None, row["women"], row["men"]) for row in people(book)]

    def test_a_clash_is_told_and_decided_by_nobody(self, book: Book, counted: int) -> None:
        outcome = bring(book, self.FILE, event_id=counted, keep=False)
        assert "NIA has a head-count in event" in outcome.undecided
        assert "names 2 of its people" in outcome.undecided

    def test_included_people_are_taken_off(self, book: Book, counted: int) -> None:
        outcome = bring(book, self.FILE, event_id=counted, names="included")
        assert (outcome.undecided, self.total(book)) == ("", [(False, 2, 0), (True, 1, 0), (True, 0, 1)])

    def test_further_people_come_on_top(self, book: Book, counted: int) -> None:
        bring(book, self.FILE, event_id=counted, names="further")
        assert self.total(book) == [(False, 3, 1), (True, 1, 0), (True, 0, 1)]

    def test_it_is_told_how_the_delegation_stands(self, book: Book, counted: int) -> None:
        assert "NIA: 2 named + 2 further = 4." in bring(book, self.FILE, event_id=counted, names="included").told

    def test_more_names_than_were_counted_are_refused(self, book: Book, counted: int) -> None:
        file = sheet(HEAD, ("LI Na", "男", "NIA"), ("WU Bo", "男", "NIA"))
        outcome = bring(book, file, event_id=counted, names="included")
        assert (outcome.new, [each.row for each in outcome.problems]) == (1, [3])

    def test_a_head_count_in_the_same_file_is_no_clash(self, book: Book, workshop: int) -> None:
        file = sheet(("姓名", "单位", "人数"), (None, "NIA", 5), ("LI Na", "NIA", None))
        outcome = bring(book, file, event_id=workshop)
        assert (outcome.undecided, outcome.new) == ("", 2)


def test_an_attended_mark_after_the_event_makes_it_a_sign_in_sheet(book: Book, workshop: int) -> None:
    file = sheet(
        (*HEAD, "出席"), ("LI Na", "女", "NIA", None, None, None, "✓"), ("WU Bo", "男", "NIA", None, None, None, "缺席")
    )
    bring(book, file, event_id=workshop)
    assert [(row["status"], row["source"]) for row in people(book)] == [
        ("attended", "sign-in-sheet"),
        ("no-show", None),
    ]


@pytest.mark.parametrize("known", [False, True])
def test_who_is_marked_no_show_for_absence_is_told_of_once(book: Book, known: bool) -> None:
    with book.writing("a test") as work:
        make.agency(work.session, "NIA")
        event = make.event(work.session, day=TODAY).id
        if known:
            participation.add(work.session, event_id=event, contact_id=make.contact(work.session, "LI Na", 1).id)
    absent = ("LI Na", "NIA", "缺席")
    outcome = bring(book, sheet(("日期", TODAY), ("姓名", "单位", "签到"), absent, absent), event_id=event)
    assert [row["status"] for row in people(book)] == ["no-show"]
    assert (outcome.new, outcome.updated, outcome.same) == ((0, 1, 1) if known else (1, 0, 1))


def test_a_source_that_is_said_is_kept_on_each_row(book: Book, workshop: int) -> None:
    bring(book, LIST, event_id=workshop, source="host-list")
    assert {row["source"] for row in people(book)} == {"host-list"}


def test_a_later_list_marks_registered_people_attended(book: Book, workshop: int) -> None:
    head = (*HEAD, "状态")
    bring(book, sheet(head, ("LI Na", "女", "NIA", None, None, None, "已报名")), event_id=workshop)
    outcome = bring(book, sheet(head, ("LI Na", "女", "NIA", None, None, None, "出席")), event_id=workshop)
    assert (outcome.updated, people(book)[0]["status"]) == (1, "attended")


def test_rows_may_name_their_events(book: Book, workshop: int) -> None:
    file = sheet(
        ("活动", "姓名", "单位", "人数"), (workshop, "LI Na", "NIA"), ("Workshop", "WU Bo", "NIA"), (99, "XU Di", "NIA")
    )
    outcome = bring(book, file, kind="participants")
    assert (outcome.new, problems(outcome)) == (2, [(4, "活动")])


def test_who_works_elsewhere_in_the_book_stays_there_and_it_is_told(book: Book, workshop: int) -> None:
    with book.writing("a test") as work:
        make.agency(work.session, "MFA")
        make.contact(work.session, "LI Na", 2, points_of=[make.email("li.na@example.org")])
    outcome = bring(book, sheet(HEAD, ("LI Na", "女", "NIA", None, "li.na@example.org")), event_id=workshop)
    assert "kept: agency MFA (the file says NIA" in outcome.results[0].text
    assert people(book)[0]["agency"] == "NIA"
    assert next(iter(book.reader.contacts()))["agency"] == "MFA"


def test_a_sheet_without_rows_is_no_empty_success(book: Book, workshop: int) -> None:
    with pytest.raises(Rejected, match="no rows below"):
        bring(book, sheet(HEAD), event_id=workshop)


def test_a_hidden_sheet_is_left_out_and_told(book: Book, workshop: int) -> None:
    from eventrec.formats.sheets import Sheet, SheetFile

    file = SheetFile("xlsx", (*LIST.sheets, Sheet("old", [HEAD, ("OLD Man", "男", "NIA")], hidden=True)))
    outcome = bring(book, file, event_id=workshop)
    assert outcome.new == 2
    assert "Sheet “old” is hidden and was left out." in outcome.told


def test_a_repeated_heading_and_a_footnote_are_no_people(book: Book, workshop: int) -> None:
    file = sheet(HEAD, ("LI Na", "女", "NIA"), HEAD, ("备注：以上名单由主办方提供，如有变动另行通知",))
    assert said(bring(book, file, event_id=workshop)) == {2: "new", 4: "left out"}


def test_headings_that_fit_several_kinds_need_a_word(book: Book) -> None:
    with pytest.raises(UsageError, match="do not say what the rows are"):
        bring(book, sheet(("名称",), ("Something",)))


def test_a_person_twice_in_one_sheet_is_once_on_the_list(book: Book, workshop: int) -> None:
    file = sheet(HEAD, ("LI Na", "女", "NIA"), ("LI Na", "女", "NIA"))
    assert said(bring(book, file, event_id=workshop)) == {2: "new", 3: "same"}
    assert len(people(book)) == 1


def test_the_mode_add_leaves_known_people_alone(book: Book, workshop: int) -> None:
    bring(book, sheet(HEAD, ("LI Na", None, "NIA")), event_id=workshop)
    outcome = bring(
        book, sheet(HEAD, ("LI Na", "女", "NIA", "Officer"), ("WU Bo", "男", "NIA")), event_id=workshop, mode="add"
    )
    assert (outcome.new, outcome.same) == (1, 1)
    assert people(book)[0]["sex"] == "not-stated"


def test_names_in_one_column_for_family_and_one_for_given_are_put_together(book: Book, workshop: int) -> None:
    bring(book, sheet(("姓", "名", "单位"), ("李", "娜", "NIA"), ("Novák", "Tomás", "NIA")), event_id=workshop)
    assert [row["contact"] for row in people(book)] == [{"zh": "李娜"}, {"en": "Novák Tomás"}]


def test_two_columns_of_one_field_are_its_two_languages(book: Book, workshop: int) -> None:
    file = sheet(
        ("姓名", "Name", "单位", "Agency", "职务", "Position"),
        ("李娜", "LI Na", "国家移民管理局", "NIA", "科员", "Officer"),
        ("Piet Bakker", "Piet Bakker", None, "NIA", None, None),
        ("皮特", None, "NIA", None, None, None),
    )
    assert bring(book, file, event_id=workshop).told == []
    assert [row["contact"] for row in people(book)] == [
        {"en": "LI Na", "zh": "李娜"},
        {"en": "Piet Bakker"},
        {"zh": "皮特"},
    ]
    assert {row["agency"] for row in people(book)} == {"NIA"}
    assert people(book)[0]["position"] == {"en": "Officer", "zh": "科员"}


def test_a_localized_name_is_never_recased(book: Book, workshop: int) -> None:
    bring(book, sheet(HEAD, ("  van der BERG, Jan ", "M", "NIA")), event_id=workshop)
    assert people(book)[0]["contact"] == Localized(en="van der BERG, Jan")
