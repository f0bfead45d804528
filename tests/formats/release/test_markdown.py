from __future__ import annotations

from datetime import date

import pytest
from tests.formats.release.make import TEXT

from eventrec.formats import release


def read(text: str) -> release.Release:
    return release.read_bytes(text.encode(), "release.md")


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("The **Example Agency** held a *workshop*.", "The Example Agency held a workshop."),
        ('See [the page](https://example.org/a "Title").', "See the page."),
        ("Contact [Jane Sample](mailto:jane@example.org).", "Contact Jane Sample jane@example.org."),
        ("Contact <jane@example.org>.", "Contact jane@example.org."),
        ("![A picture](a.png)Text of it.", "Text of it."),
        ("5 \\* 3 is the number\\.", "5 * 3 is the number."),
        ("Officers trained\n================\n\nText.", "# Officers trained\n\nText."),
        ("# Officers trained\n\n- one\n- two", "# Officers trained\n\n- one\n- two"),
        ("The file sample_of_the_week is 3*4*5.", "The file sample_of_the_week is 3*4*5."),
    ],
)
def test_marks_go_and_words_stay(marked: str, bare: str) -> None:
    assert read(marked).text == bare


def test_what_stands_before_a_page_gives_its_headline_and_day() -> None:
    found = read(f'---\ntitle: "Officers trained on samples"\ndate: 2024-10-22T10:00:00Z\nlayout: news\n---\n{TEXT}\n')
    assert found.text == f"# Officers trained on samples\n\n{TEXT}\n"
    assert found.published == date(2024, 10, 22)


def test_a_plain_text_keeps_its_stars() -> None:
    assert release.read_bytes(b"A *star* stays.", "release.txt").text == "A *star* stays."
