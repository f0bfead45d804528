from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrec.errors import EventrecError, Rejected
from eventrec.localized import Localized
from eventrec.text import names
from eventrec.text.names import clean, language_of, language_tag, normalise, read_localized, search_text, sort_key

STRANGE = st.text(
    st.sampled_from("aé\u0301ß研の한яب =-\n\t\r\x00\x1b\x85\u200b\u2028\u202e\ud800\ufeffİǅﬁ½"), max_size=12
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Workshop \n", "Workshop"),
        ("\u3000研讨会\u3000", "研讨会"),
        ("\ufeffWorkshop\u200b", "Workshop"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_text_is_kept_without_what_stands_around_it(text: str, kept: str) -> None:
    assert clean(text, "title") == kept


@pytest.mark.parametrize(
    ("text", "character", "position"),
    [
        ("red \x1b[31m", "U+001B", 5),
        ("a\x00b", "U+0000", 2),
        ("a\nb", "U+000A", 2),
        ("a\tb", "U+0009", 2),
        ("\x1fab", "U+001F", 1),
        ("ab\x7f", "U+007F", 3),
        ("a\x9bb", "U+009B", 2),
        ("a\ud800b", "U+D800", 2),
        ("a\u2028b", "U+2028", 2),
        ("abc \u202e def", "U+202E", 5),
        ("a\u2066b", "U+2066", 2),
    ],
)
def test_a_control_character_in_a_line_is_refused_and_named(text: str, character: str, position: int) -> None:
    with pytest.raises(Rejected) as refused:
        clean(text, "title")
    told = refused.value.message
    assert told == f"The title holds the control character {character} at position {position}."


@pytest.mark.parametrize("text", ["one\ntwo", "one\ttwo", "one\u2028two", "abc \u202edef\u202c"])
def test_a_text_of_several_lines_may_hold_their_ends_and_directions(text: str) -> None:
    assert clean(text, "description", lines=True) == text


def test_the_ends_of_lines_become_those_of_unix() -> None:
    assert clean("one\r\ntwo", "description", lines=True) == "one\ntwo"


@pytest.mark.parametrize("text", ["a\rb", "a\x1b[0m", "a\x85b", "a\ud800b", "a\x00"])
def test_other_control_characters_are_refused_in_lines_too(text: str) -> None:
    with pytest.raises(Rejected, match="The description holds the control character"):
        clean(text, "description", lines=True)


@pytest.mark.parametrize("text", ["", "  ", "\n", "\u3000", "\u200b", "\u200e\u00ad", "\u2060 \ufeff"])
def test_a_text_of_which_nothing_is_seen_is_empty(text: str) -> None:
    with pytest.raises(Rejected, match="The title is empty"):
        clean(text, "title")


def test_a_text_that_is_too_long_is_told_its_length_and_the_limit() -> None:
    with pytest.raises(Rejected, match="The title has 10,000 characters; 500 are the most"):
        clean("x" * 10_000, "title")


def test_the_length_is_counted_in_characters_as_they_are_kept() -> None:
    assert len(clean("e\u0301" * 500, "title")) == 500


@given(st.one_of(st.text(), STRANGE), st.booleans())
def test_no_control_character_comes_through(text: str, lines: bool) -> None:
    with suppress(EventrecError):
        kept = clean(text, "title", lines=lines)
        assert {char for char in kept if unicodedata.category(char) in ("Cc", "Cs")} <= (
            set("\n\t") if lines else set()
        )
        assert clean(kept, "title", lines=lines) == kept


@pytest.mark.parametrize(
    ("text", "main", "language"),
    [
        ("Workshop", "en", "en"),
        ("Atelier", "fr", "fr"),
        ("Workshop", "zh", "en"),
        ("Workshop", "uk", "en"),
        ("研讨会", "en", "zh"),
        ("研讨会", "zh-Hant", "zh-Hant"),
        ("ワークショップ", "en", "ja"),
        ("東京でのワークショップ", "zh", "ja"),
        ("워크숍", "en", "ko"),
        ("Семинар", "en", "ru"),
        ("Семінар", "uk", "uk"),
        ("ورشة عمل", "en", "ar"),
        ("Hội thảo ở Đà Nẵng", "vi", "vi"),
        ("ＷＯＲＫＳＨＯＰ", "zh", "en"),
        ("2024", "en", "en"),
        ("2024", "zh", "zh"),
    ],
)
def test_the_script_tells_the_language(text: str, main: str, language: str) -> None:
    assert language_of(text, main) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("EU-China对话", "zh"),
        ("IOM 国际移民组织", "zh"),
        ("中欧MMSP项目第三期启动会", "zh"),
        ("研讨会 (Workshop on returns and readmissions)", "zh"),
        ("Workshop (研讨会)", "en"),
        ("Workshop （返回和重新接纳务实合作研讨会）", "en"),
        ("EU-China Dialogue on Migration in 北京", "en"),
        ("(研讨会)", "zh"),
    ],
)
def test_in_a_mixed_text_the_larger_part_tells_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["Workshop"], {"en": "Workshop"}),
        (["Workshop", "研讨会"], {"en": "Workshop", "zh": "研讨会"}),
        (["Workshop", "fr=Atelier"], {"en": "Workshop", "fr": "Atelier"}),
        (["研讨会", "zh-hant=研討會"], {"zh": "研讨会", "zh-Hant": "研討會"}),
        (["ES-419=Taller"], {"es-419": "Taller"}),
        (["sr-latn-rs=Radionica"], {"sr-Latn-RS": "Radionica"}),
        (["fr=a=b"], {"fr": "a=b"}),
        (["E=mc²"], {"en": "E=mc²"}),
        (["Result=good"], {"en": "Result=good"}),
        (["EU-China=one"], {"en": "EU-China=one"}),
        (["Workshop", " Workshop "], {"en": "Workshop"}),
    ],
)
def test_a_text_is_read_in_its_languages(words: list[str], value: dict[str, str]) -> None:
    assert read_localized(words, "title") == value


def test_the_main_language_is_that_of_the_book() -> None:
    assert read_localized(["Atelier", "研讨会"], "title", "fr") == {"fr": "Atelier", "zh": "研讨会"}


@pytest.mark.parametrize(
    ("words", "main", "example"),
    [
        (["Workshop", "Seminar"], "en", "fr=Seminar"),
        (["Atelier", "Seminar"], "fr", "en=Seminar"),
        (["研讨会", "研討會"], "en", "zh-Hant=研討會"),
    ],
)
def test_two_texts_in_one_language_are_refused_with_both(words: list[str], main: str, example: str) -> None:
    with pytest.raises(Rejected) as refused:
        read_localized(words, "title", main)
    assert all(f"“{word}”" in refused.value.message for word in words)
    assert refused.value.hint.endswith(example)


@pytest.mark.parametrize("words", [[], [""], ["fr="], ["Workshop", "zh= "]])
def test_a_language_without_a_text_is_refused(words: list[str]) -> None:
    with pytest.raises(Rejected, match="The title is empty"):
        read_localized(words, "title")


def test_every_language_is_cleaned() -> None:
    with pytest.raises(Rejected, match=r"The title holds the control character U\+001B"):
        read_localized(["Workshop", "fr=Atelier\x1b"], "title")


@given(st.lists(st.one_of(st.text(), STRANGE), max_size=4))
def test_any_words_are_a_title_or_refused(words: list[str]) -> None:
    with suppress(EventrecError):
        assert read_localized(words, "title")


@pytest.mark.parametrize(("text", "tag"), [("ZH-hant", "zh-Hant"), (" en ", "en"), ("pt-br", "pt-BR")])
def test_a_language_tag_gets_its_usual_case(text: str, tag: str) -> None:
    assert language_tag(text) == tag


@pytest.mark.parametrize("text", ["", "English", "e", "en=", "zh_CN", "中文"])
def test_what_is_no_language_tag_is_refused(text: str) -> None:
    with pytest.raises(Rejected, match="is no language tag"):
        language_tag(text)


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("Straße", "strasse"),
        ("STRASSE", "straße"),
        ("Café", "cafe"),
        ("Cafe", "café"),
        ("Łódź", "lodz"),
        ("Tromsø", "Tromso"),
        ("İstanbul", "istanbul"),
        ("ＮＩＡ", "nia"),
        ("NIA", "ｎｉａ"),
        ("国家移民管理局", "移民管理"),
        ("LI   Na", "li na"),
        ("Work\u00adshop", "workshop"),
        ("Workshop", "work\u200bshop"),
        ("ｶﾞｽ", "ガス"),
        ("MÜLLER", "muller"),
    ],
)
def test_people_find_what_they_type(text: str, needle: str) -> None:
    assert normalise(needle) in search_text(text)


@pytest.mark.parametrize(("text", "needle"), [("ハス", "バス"), ("Workshop", "Work shop"), ("移民", "难民")])
def test_other_words_are_not_found(text: str, needle: str) -> None:
    assert normalise(needle) not in search_text(text)


@pytest.mark.parametrize(("text", "plain"), [("Ǿ", "o"), ("Ǣ", "ae"), ("ΐ", "ι"), ("ﬆ", "st")])
def test_a_letter_of_several_parts_is_taken_apart_to_the_end(text: str, plain: str) -> None:
    assert normalise(text) == plain


@given(st.one_of(st.text(), STRANGE))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(), st.text(), st.text())
def test_a_part_is_found_in_its_whole(before: str, text: str, after: str) -> None:
    needle = normalise(f"x{text}x")
    assert needle in search_text(f"{before} x{text}x {after}")


def test_all_parts_are_searched_a_line_each() -> None:
    value = Localized(en="Returns", zh="返回")
    assert search_text("NIA", value, None, "", "Returns", "two\nlines") == "nia\nreturns\n返回\ntwo lines"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("翟安瑞", "zhai an rui"),
        ("单雄信", "shan xiong xin"),
        ("曾国藩", "zeng guo fan"),
        ("仇英", "qiu ying"),
        ("解缙", "xie jin"),
        ("查良镛", "zha liang yong"),
        ("区志明", "ou zhi ming"),
        ("尉迟恭", "yuchi gong"),
        ("任重", "ren zhong"),
        ("吕布", "lu bu"),
        ("李娜", "li na"),
    ],
)
def test_a_person_is_ordered_by_the_reading_of_the_surname(name: str, key: str) -> None:
    assert sort_key(Localized(zh=name), person=True) == key


@pytest.mark.parametrize(
    ("name", "key"), [("单位", "dan wei"), ("重庆市外事办公室", "chong qing shi wai shi ban gong shi")]
)
def test_other_names_are_ordered_by_their_usual_reading(name: str, key: str) -> None:
    assert sort_key(Localized(zh=name)) == key


@pytest.mark.parametrize(
    ("name", "family_name", "key"),
    [
        (Localized(en="Andrei Zaitsev", zh="翟安瑞"), None, "andrei zaitsev"),
        (Localized(en="Andrei Zaitsev", zh="翟安瑞"), "Zaitsev", "zaitsev andrei"),
        (Localized(en="LI Na", zh="李娜"), "LI", "li na"),
        (Localized(zh="翟安瑞"), "翟", "zhai an rui"),
        (Localized(zh="李娜"), "Li", "li na"),
        (Localized(en="Piet de Vries"), "de Vries", "de vries piet"),
        (Localized(en="Anna Vermeer"), "Jansen", "jansen anna vermeer"),
        (Localized(en="Prince"), "Prince", "prince"),
    ],
)
def test_a_person_is_ordered_by_the_family_name_where_it_is_known(
    name: Localized, family_name: str | None, key: str
) -> None:
    assert sort_key(name, family_name, person=True) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ({"en": "Éclair – “O'Brien” & Søn"}, "eclair o brien son"),
        ({"fr": "Été", "zh": "夏"}, "ete"),
        ({"ru": "Семинар"}, "семинар"),
        ({"en": "!!!"}, "!!!"),
    ],
)
def test_case_accents_and_punctuation_do_not_order(name: dict[str, str], key: str) -> None:
    assert sort_key(Localized(name)) == key


@given(st.one_of(st.text(min_size=1), STRANGE.filter(bool)), st.one_of(st.none(), st.text()), st.booleans())
def test_every_name_has_a_key(text: str, family_name: str | None, person: bool) -> None:
    assert "\n" not in sort_key(Localized(en=text), family_name, person=person)


def test_how_characters_are_read_is_looked_up_only_for_a_chinese_name() -> None:
    code = (
        "import sys; from eventrec.localized import Localized; from eventrec.text.names import sort_key;"
        "sort_key(Localized(en='Na', zh='娜')); sys.exit('eventrec.text.pinyin' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], check=False, env=environment).returncode == 0


@given(
    st.text(
        st.sampled_from(
            "aZ ß\u00e9\u0130\u0131\u0149\u01c4\u0141\u00d8\u017f\u00e6\u0301\u674e\u5a1c\u3400\uf900\u00a0\t-'"
        )
    )
)
def test_the_short_way_to_compare_a_text_ends_as_the_long_one(text: str) -> None:
    assert normalise(text) == names._normalised(text)


def test_every_letter_is_compared_the_short_way_as_the_long_one() -> None:
    letters = [chr(code) for code in range(0x80, 0x3000)]
    assert [normalise(f"a{letter}b") for letter in letters] == [names._normalised(f"a{letter}b") for letter in letters]
