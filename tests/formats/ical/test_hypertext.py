from __future__ import annotations

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
