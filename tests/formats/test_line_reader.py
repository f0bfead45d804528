from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import vText
from icalendar.parser import Contentline, Contentlines

from eventrec.formats.content_lines import escape_text, fold, parameter
from eventrec.formats.line_reader import LONGEST_LINE, Line, lines, parsed, unfolded

TEXT = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2028\u2029")
    | st.sampled_from("\n\\;,:\"^'="),
    max_size=200,
)
PIECES = st.lists(st.sampled_from(["A:", "b", "é研", " ", "\t", "\r", "\n", "\r\n", "=", "\ufeff", "\x0b", "\x85"]))


def slowly(text: str) -> list[tuple[int, str]]:
    """Unfold as RFC 5545 §3.1 says it, a line at a time; a blank line ends the one before it."""
    found: list[list[str]] = []
    numbers: list[int] = []
    is_open = False
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line[:1] in (" ", "\t") and is_open:
            found[-1].append(line[1:])
        elif line.strip():
            numbers.append(number)
            found.append([line])
            is_open = True
        else:
            is_open = False
    return list(zip(numbers, map("".join, found), strict=True))


@given(PIECES)
@example(["A:", "\r", "\n", " ", "b"])
def test_lines_end_in_crlf_lf_or_cr_and_go_on_behind_a_blank(pieces: list[str]) -> None:
    assert list(unfolded(pieces)) == slowly("".join(pieces))


def test_a_text_of_many_slabs_has_the_same_lines_wherever_they_are_cut() -> None:
    for end in ("\r\n", "\n", "\r"):
        text = "".join(f"DESCRIPTION:{'研' * (number % 50)}{end} {number}{end}" for number in range(9_000))
        found = list(unfolded(text[at : at + 1_000] for at in range(0, len(text), 1_000)))
        assert found == [(2 * each + 1, f"DESCRIPTION:{'研' * (each % 50)}{each}") for each in range(9_000)]


def test_of_a_line_without_end_comes_a_beginning_that_is_longer_than_any_may_be() -> None:
    ((number, found),) = unfolded(["A:" + "\n b" * (LONGEST_LINE + 100)])
    assert number == 1
    assert LONGEST_LINE < len(found) <= LONGEST_LINE + 110


def test_quoted_printable_goes_on_behind_an_equals_sign_and_any_other_value_does_not() -> None:
    text = "NOTE;ENCODING=QUOTED-PRINTABLE:caf=C3=A9=\n und\nURL:https://example.org/?a=\nUID:1"
    assert [line.text for line in lines(text) if isinstance(line, Line)] == ["caféund", "https://example.org/?a=", "1"]


@given(
    TEXT,
    st.lists(st.tuples(st.sampled_from(["CN", "X-A", "LANGUAGE"]), TEXT), max_size=3, unique_by=lambda each: each[0]),
)
@example("a\\nb", [("CN", 'Li; "Na": 李娜, ^n')])
@example("", [("CN", " "), ("X-A", "a = b"), ("LANGUAGE", "\u3000")])
@example("b", [("CN", "\\"), ("X-A", "a\\;b\\\\,")])
def test_names_parameters_and_texts_are_those_that_icalendar_reads(text: str, given_: list[tuple[str, str]]) -> None:
    head = "".join(f";{name}={parameter(value)}" for name, value in given_)
    folded = fold(f"Summary{head}:{escape_text(text)}")
    (ours,) = lines(folded)
    (theirs, _) = Contentlines.from_ical(folded.encode())
    name, parameters, value = theirs.parts()
    assert isinstance(ours, Line)
    assert ours.name == name.upper()
    assert {key: ours.first(key) for key in parameters} == dict(given_)
    assert {key: _one(each) for key, each in parameters.items()} == {key: _unescaped(each) for key, each in given_}
    assert ours.text == vText.from_ical(value)


def _unescaped(value: str) -> str:
    """Return a parameter as icalendar reads it, which takes escapes of TEXT there too; RFC 5545 §3.2 has none."""
    for mark, special in enumerate(",:;\\"):
        value = value.replace(f"\\{special}", chr(mark))
    return "".join(",:;\\"[ord(each)] if ord(each) < 4 else each for each in value)


def _one(value: str | list[str]) -> str:
    return value if isinstance(value, str) else value[0]


def test_a_head_longer_than_any_may_be_is_no_line() -> None:
    raw = f"X-A;CN={'a' * 20_000}:b"
    assert parsed(7, raw) == (7, raw)


def test_lines_that_begin_alike_have_the_same_parameters_and_their_own_values() -> None:
    first, second = (Contentline(f"DTSTART;TZID=Asia/Shanghai:2024101{day}T090000") for day in (7, 8))
    found = [parsed(1, str(first)), parsed(2, str(second))]
    assert found == [
        Line(1, "DTSTART", {"TZID": ("Asia/Shanghai",)}, "20241017T090000"),
        Line(2, "DTSTART", {"TZID": ("Asia/Shanghai",)}, "20241018T090000"),
    ]
