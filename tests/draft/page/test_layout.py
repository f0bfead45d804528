from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.draft.page.told import EN, MORE, MORE_ZH, ZH, kind_of, read, told

from eventrec.draft.evidence import Span
from eventrec.draft.page import Kind, lay_out


def test_places_in_the_text_are_places_in_the_source() -> None:
    source = f"\ufeffＥＡ\u3000ｔｒａｉｎｓ officers\u00a0in Nowhere‘s north\r\n\r\n{EN}\r\n"
    page = lay_out(source)
    assert len(page.text) == len(source)
    assert page.text.strip().startswith("EA trains officers in Nowhere's north")
    assert page.quoted(page.passages[1].span) == EN


def test_a_paragraph_of_broken_lines_reads_as_one() -> None:
    source = (
        "Officials Learn About Samples in Nowhere\n\n"
        "NOWHERE - The Example Agency (EA), in cooperation with the Ministry\n"
        "of Samples of Elsewhere, held a workshop on sample topics on 17\n"
        "October 2024 for thirty officials of the Ministry and of the Sample\n"
        "Service. Mr. John Sample, Director of the Sample Service, opened it\n"
        "and thanked the Government of Elsewhere.\n\n"
        "Participants visited the Sample Centre.\n"
    )
    page = lay_out(source)
    assert len(read(page)) == 3
    assert "on 17 October 2024 for" in page.text
    assert "Sample Service. Mr. John" in page.text


def test_broken_lines_without_an_empty_line_between_paragraphs_are_told_apart() -> None:
    source = (
        "Experts of both countries met in the city of Nowhere for a week to\n"
        "talk about samples and about how they are kept in good order by the\n"
        "Ministry of Samples.\n"
        "The meeting was the third of its kind, and the next will be held by\n"
        "the Sample Service of Elsewhere.\n"
    )
    assert len(read(lay_out(source))) == 2


def test_broken_lines_of_chinese_read_as_one() -> None:
    source = (
        "样品司在示例市举办样品管理培训班\n"
        "　　10月17日至18日，示例局在示例市举办样品管理培训班，来自各地的三十名\n"
        "学员参加培训。培训期间，学员们参观了样品中心，并与专家进行了交流。示例局\n"
        "局长张三出席开班式并讲话，他强调样品管理工作的重要性，要求大家认真学习。\n"
    )
    assert len(read(lay_out(source))) == 2


def test_a_broken_paragraph_goes_on_after_a_short_line_inside_a_name() -> None:
    source = (
        "NOWHERE - The Example Agency (EA) is holding a five-day training on\n"
        "samples for thirty immigration officials from the Samplian\n"
        "Immigration Agency (SIA) and the General Authority for Border\n"
        "Samples of the capital.\n"
        "Contact: Jane Sample\n"
        "EA Nowhere\n"
    )
    page = lay_out(source)
    assert len(read(page)) == 3
    assert "from the Samplian Immigration Agency (SIA) and" in page.text


@pytest.mark.parametrize("lines", [
    ("Nowhere – Officials from the Samplian", "Sample Agency (SA) and the General Board of Samples took part in it."),
    ("The workshop is attended by thirty officers of the Harbour", "Guard and the Port Authority of the north."),
    ("A workshop on the care of samples was opened by the National", "Sample Agency in the north of the country."),
])  # fmt: skip
def test_a_single_short_line_goes_on_inside_a_name(lines: tuple[str, str]) -> None:
    page = lay_out("Samples Are Kept in Nowhere by Officers\n\n" + "\n".join(lines))
    assert " ".join(lines) in read(page)


@pytest.mark.parametrize("lines", [
    ("Officers learn about samples from the British", "The Example Agency held a workshop for thirty officers."),
    ("Workshop on samples opens – Training for officers of the coast", "Example Agency holds it for thirty officers."),
    ("The workshop on samples opens in Nowhere", "Nowhere, 3 May 2024"),
    ("The workshop on samples opens in Nowhere", "Venue: Sample Centre, Nowhere"),
])  # fmt: skip
def test_a_headline_does_not_go_on_in_the_line_below(lines: tuple[str, str]) -> None:
    assert " ".join(lines) not in lay_out("\n".join(lines) + f"\n\n{EN}\n{MORE}").text


@pytest.mark.parametrize(("opening", "closing"), [('"', '"'), ("“", "”"), ("(", ")"), ("《", "》")])
def test_a_name_that_is_opened_goes_on_in_the_next_line(opening: str, closing: str) -> None:
    source = f"The workshop was held under the project {opening}\nSample Keeping in Nowhere{closing} of the agency."
    assert len(read(lay_out(source))) == 1


def test_lines_of_a_contact_stay_lines() -> None:
    contact = [
        "For more information, contact",
        "Jane Sample",
        "EA Nowhere",
        "Tel: +86 10 5555 0100",
        "jane@example.org",
    ]
    assert read(lay_out("\n".join([EN, "", *contact])))[1:] == contact


def test_points_of_a_list_stay_apart_and_lose_their_mark() -> None:
    source = f"{EN}\n• to learn about samples;\n• to exchange views.\n- to build a network"
    assert read(lay_out(source))[1:] == ["to learn about samples;", "to exchange views.", "to build a network"]


def test_quoted_lines_of_a_mail_lose_their_mark() -> None:
    assert read(lay_out(f"> {EN}\n> {MORE}")) == [EN, MORE]


def test_passages_are_in_order_and_nothing_is_read_twice() -> None:
    page = lay_out(f"{ZH}{MORE_ZH} {EN} {MORE}\n\n{ZH}\n{EN}")
    ends = [0, *(each.span.end for each in page.passages)]
    assert all(each.span.start >= end for each, end in zip(page.passages, ends, strict=False))


def test_passage_and_sentence_of_a_place_are_found() -> None:
    page = lay_out(f"News\n\n{EN} {MORE}")
    at = page.text.index("visited")
    passage, sentence = page.passage_at(Span(at, at + 1)), page.sentence_at(Span(at, at + 1))
    assert passage is not None
    assert sentence is not None
    assert page.of(sentence.span).strip() == "Participants discussed samples and visited the Sample Centre."
    assert page.passage_at(Span(5, 6)) is None
    assert page.sentence_at(Span(0, 1)) is None


def test_the_language_with_more_text_comes_first() -> None:
    assert lay_out(f"{EN} {MORE}\n{ZH}").languages == ("en", "zh")
    assert lay_out(f"{ZH}{MORE_ZH}{ZH}\n{EN}").languages == ("zh", "en")


def test_a_third_language_is_not_read() -> None:
    french = "Le 17 octobre 2024, l'Agence a organisé une formation sur la gestion des échantillons pour le ministère."
    russian = "Агентство провело тренинг по управлению образцами для тридцати сотрудников."
    assert kind_of("octobre", f"{french}\n{EN}") is Kind.OTHER
    assert kind_of("тренинг", f"{russian}\n{EN}") is Kind.OTHER
    assert not lay_out(f"Formation sur la gestion des échantillons à Nowhere\n{french}").languages


def test_everything_that_is_not_read_says_why() -> None:
    page = lay_out(f"Home\nNews\nOfficers Learn About Samples\n22 October 2024\n{EN}\nShare\n© 2024 Example Agency")
    assert all(each.why for each in page.passages if each.kind not in (Kind.HEADLINE, Kind.BODY))


def test_a_single_line_is_read() -> None:
    assert told("Workshop in Nowhere.") == [(Kind.BODY, "Workshop in Nowhere.")]


@pytest.mark.parametrize("source", ["", "\n", " \t\u3000\ufeff", "\x00", "—", "\r\r\r"])
def test_what_holds_no_words_has_nothing_to_read(source: str) -> None:
    assert read(lay_out(source)) == []


@given(st.text(alphabet="aB1 .。，\n\r\t•-:：（)“”汉字\u3000\ud83d©@/>|", max_size=300))
def test_any_text_keeps_its_length_and_its_order(source: str) -> None:
    page = lay_out(source)
    assert len(page.text) == len(source)
    end = 0
    for passage in page.passages:
        assert end <= passage.span.start < passage.span.end <= len(source)
        end = passage.span.end
    assert all(each.span.start < each.span.end for each in page.sentences)


SIZE = 200_000


@pytest.mark.parametrize(
    "piece",
    [
        "a", ".", ". ", "\n", "x\n", "A. ", "汉", "汉。", "汉字 ab ", "2024-10-22 ", "来源：", "On The ", "(", "> ",
        "a@", "http://", "\r", "EA Holds Workshop in Nowhere City\n\n", "Related news\n",
        "share print share | ", "2024-10-22 10:00 | ", "de la le et ", "汉字 The workshop was held. ", "1,",
    ],
)  # fmt: skip
def test_hostile_text_takes_no_more_than_its_length(piece: str) -> None:
    def seconds(size: int) -> float:
        source = piece * (size // len(piece))
        gc.disable()  # what other tests left behind is not what a page costs
        try:
            began = time.process_time()
            _ = lay_out(source).sentences
            return time.process_time() - began
        finally:
            gc.enable()

    assert seconds(SIZE) < 0.5 + 8 * seconds(SIZE // 4)
