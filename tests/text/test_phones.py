from __future__ import annotations

from contextlib import suppress

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrec.errors import EventrecError, Rejected
from eventrec.text import phones
from eventrec.text.phones import read_phone, show_phone

STRANGE = st.text(st.sampled_from("0123456789+()- ./;#extwo转分机\u0664\uff11\u200e\x00\ud800"), max_size=24)


@pytest.mark.parametrize(
    ("text", "country", "kept"),
    [
        ("+86 10 6532 1234", None, "+861065321234"),
        ("+86 (0)10-6532-1234", None, "+861065321234"),
        ("010-65321234", "CN", "+861065321234"),
        ("(010) 6532 1234", "cn", "+861065321234"),
        ("138 0013 8000", "CN", "+8613800138000"),
        ("0086 10 6532 1234", None, "+861065321234"),
        ("0086-10-65321234", "BE", "+861065321234"),
        ("02 123 45 67", "BE", "+3221234567"),
        ("+32 2 123 45 67", "CN", "+3221234567"),
        ("＋８６ １０ ６５３２ １２３４", None, "+861065321234"),
        ("+86 10 6532\u20111234", None, "+861065321234"),
        ("\u202a+86 10 6532 1234\u202c", None, "+861065321234"),
        ("+٨٦ ١٠ ٦٥٣٢ ١٢٣٤", None, "+861065321234"),
        ("tel:+86-10-6532-1234", None, "+861065321234"),
        ("+39 06 1234 5678", None, "+390612345678"),
    ],
)
def test_a_number_is_kept_in_e164(text: str, country: str | None, kept: str) -> None:
    assert read_phone(text, country) == kept


@pytest.mark.parametrize(
    "text",
    ["010-65321234转801", "010 6532 1234 ext. 801", "010-65321234 x801", "+861065321234;ext=801", "01065321234分机801"],
)
def test_an_extension_is_kept_as_rfc_3966_writes_it(text: str) -> None:
    assert read_phone(text, "CN") == "+861065321234;ext=801"


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+861065321234", "+86 10 6532 1234"),
        ("+861065321234;ext=12", "+86 10 6532 1234 ext. 12"),
        ("+8613800138000", "+86 138 0013 8000"),
        ("+3225551234", "+32 2 555 12 34"),
        ("of no country", "of no country"),
        ("+8613800138000 home", "+8613800138000 home"),
        ("+86 10 6532 1234", "+86 10 6532 1234"),
        ("\ud800", "\ud800"),
    ],
)
def test_a_number_is_shown_as_it_is_written_abroad(kept: str, shown: str) -> None:
    assert show_phone(kept) == shown


@pytest.mark.parametrize("country", [None, "", "XX"])
def test_a_national_number_without_a_country_is_refused(country: str | None) -> None:
    with pytest.raises(Rejected, match="does not say its country") as refused:
        read_phone("010-65321234", country)
    assert "+86" in refused.value.hint


@pytest.mark.parametrize("text", ["65321234", "1380013800"])
def test_a_national_number_that_is_not_whole_is_refused(text: str) -> None:
    with pytest.raises(Rejected, match="is no whole number in CN"):
        read_phone(text, "CN")


@pytest.mark.parametrize("text", ["+86 12", "+86 10 6532 1234 1234 1", "123", "010-65321234-801"])
def test_a_number_of_an_impossible_length_is_refused(text: str) -> None:
    with pytest.raises(Rejected, match="too many or too few digits"):
        read_phone(text, "CN")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "none",
        "+",
        "+999 123456",
        "call 010-65321234",
        "+86 10 6532 1234\x00",
        "\ud800010-65321234",
        "+86 10 6532 1234; +86 10 6532 1235",
        "010-65321234转",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Rejected, match="is no phone number"):
        read_phone(text, "CN")


def test_a_long_text_is_refused_in_a_short_sentence() -> None:
    with pytest.raises(Rejected, match="has no 10,000 characters"):
        read_phone("9" * 10_000, "CN")


@given(st.one_of(st.text(), STRANGE), st.sampled_from([None, "CN", "BE", "US"]))
def test_any_text_is_a_number_or_refused(text: str, country: str | None) -> None:
    with suppress(EventrecError):
        kept = read_phone(text, country)
        assert read_phone(kept, None) == kept


@given(
    st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)),
    st.text("0123456789 -", max_size=15),
    st.sampled_from([None, "CN", "BE", "IT", "US"]),
)
def test_a_number_with_its_country_s_code_is_read_as_the_library_reads_it(
    code: int, rest: str, country: str | None
) -> None:
    text = f"+{code}{rest}"
    quick: str | type[Rejected]
    slow: str | type[Rejected]
    try:
        quick = read_phone(text, country)
    except Rejected as error:
        quick = type(error)
    try:
        number = phones._parsed(text, country)
        slow = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    except Rejected as error:
        slow = type(error)
    assert quick == slow
