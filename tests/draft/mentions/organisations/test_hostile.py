"""Long and strange texts are read in a time that grows with them."""

from __future__ import annotations

from time import process_time

import pytest

from eventrec.draft.evidence import Span
from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.mentions import organisations
from eventrec.draft.page import Kind, Page, Passage
from eventrec.draft.reading import Reading

SIGNS = 60_000
SECONDS = 8


def _read(text: str, language: str) -> None:
    page = Page(text, text, (Passage(Span(0, len(text)), Kind.BODY, language),))
    organisations.find(Reading(page, Gazetteer()))


@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("en", "Ministry of Foreign Affairs and "),
        ("en", "UNHX, "),
        ("en", "A"),
        ("en", "Alpha "),
        ("en", "Swiss and European "),
        ("en", "(UNHX) ("),
        ("en", "UNHX's "),
        ("en", "Office of the "),
        ("en", "Ambassador of "),
        ("en", "Alpha Beta Co "),
        ("en", "a-"),
        ("zh", "部"),
        ("zh", "外交和"),
        ("zh", "中国、"),
        ("zh", "国家移民管理局、"),
        ("zh", "国际组织"),
        ("zh", "中国移民局("),
        ("zh", "国家移民管理局和"),
        ("zh", "东海大学医学院/"),
        ("zh", "中国—"),
        ("zh", "國"),
        ("en", "Centre for Aid (CFA) "),
        ("en", "Relief International, "),
    ],
)
def test_words_without_end_do_not_hold_it_up(language: str, unit: str) -> None:
    began = process_time()
    _read(unit * (SIGNS // len(unit)), language)
    assert process_time() - began < SECONDS


def test_thousands_of_names_do_not_hold_it_up() -> None:
    began = process_time()
    _read(" and ".join(f"the Ministry of X{number} Affairs" for number in range(SIGNS // 30)), "en")
    _read("、".join(f"甲{chr(0x4E00 + number)}司法部" for number in range(SIGNS // 12)), "zh")
    assert process_time() - began < SECONDS


@pytest.mark.parametrize("text", ["", " ", "(", "、", "的", "The", "UN", "Ministry", "部", "\n\n", "of of of", "(IOX)"])
def test_what_is_hardly_a_text_names_nothing(text: str) -> None:
    assert list(organisations.find(Reading(Page(text, text, ()), Gazetteer()))) == []
    _read(text, "en")
    _read(text, "zh")
