from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrec.formats.ical.hypertext import is_html, text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<ul><li>One</li><li>Two</li></ul>after", "- One\n- Two\nafter"),
        ('<a href="https://example.org">here</a>', "here (https://example.org)"),
        ('<a href="https://example.org">https://example.org</a>', "https://example.org"),
        ("<style>p {color: red}</style><b>A &lt; B</b>", "A < B"),
        ("<table><tr><td>One</td></tr></table>", "One"),
        ('<a title="a > b" href = https://example.org>here</a>', "here (https://example.org)"),
        ("<a href='https://example.org/?a=1&amp;b=2'>here", "here (https://example.org/?a=1&b=2)"),
        (
            '<a href="https://example.org/1">one<a href="https://example.org/2">two</a>',
            "one (https://example.org/1)two (https://example.org/2)",
        ),
        ("<p title=it's>It's here</p>", "It's here"),
        ("<!DOCTYPE html><html><head><title>No</title><body>Yes</body></html>", "Yes"),
        ("<p>One<!-- two\n<b> --> three</p>", "One three"),
        ("<p>One</p><!-- two", "One\n<!-- two"),
        ("<p>Na Li <na@example.org></p>", "Na Li <na@example.org>"),
        ("<p>One <a href='https://exam", "One <a href='https://exam"),
        (f"<b>&#{'1' * 5_000};</b>", "\ufffd"),
    ],
)
def test_the_text_of_html_is_for_reading(html: str, text: str) -> None:
    assert is_html(html)
    assert text_of(html) == text


@pytest.mark.parametrize("text", ["a < b > c", "<na@example.org>", "<unknown>", "x" * 300_000 + "<br>"])
def test_other_angle_brackets_are_text(text: str) -> None:
    assert not is_html(text)


@given(st.text("<>/abp &;!-[]", max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert len(text_of(text)) <= 3 * len(text) + 10


@pytest.mark.parametrize(
    "part",
    ["<a ", '<a href="', "<!--", "<a>x", "<a href=x>y</a>", "</a>", "<a \"<a '", '<a ="<a "', "&#1", "<![", "<p\n"],
)
@pytest.mark.parametrize("end", ["<br>", '">', "-->"])
def test_a_long_text_whose_tags_do_not_end_is_read_at_once(part: str, end: str) -> None:
    text = (part * 200_000)[:190_000] + end
    before = time.process_time()
    is_html(text)
    text_of(text)
    assert time.process_time() - before < 2
