from __future__ import annotations

import json

import pytest

from eventrec.errors import UsageError
from eventrec.formats.dossier import Dossier, Section, choose, render

HELD = Dossier(
    "All that is held about LI Na",
    [
        Section("contact", "The person", "Kept.", [{"id": 1, "name": {"en": "LI Na", "zh": "李娜"}, "note": None,
                                                    "sex": "female", "preferred": True, "search_text": "li na"}]),
        Section("aliases", "Other names", "Kept too.", []),
    ],
)  # fmt: skip


def test_json_has_every_column() -> None:
    assert json.loads(render(HELD, "json")) == {
        "contact": [{"id": 1, "name": {"en": "LI Na", "zh": "李娜"}, "note": None, "sex": "female", "preferred": True,
                     "search_text": "li na"}],
        "aliases": [],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["markdown", "html", "text"])
def test_pages_to_read_leave_out_what_is_empty_and_say_where_nothing_is_held(name: str) -> None:
    page = render(HELD, name).decode()
    assert "LI Na / 李娜" in page
    assert "yes" in page
    assert "Nothing." in page
    assert "note" not in page
    assert "search" not in page


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_nothing_that_is_held_comes_alive(name: str) -> None:
    section = Section("contact", "The person", "Kept.", [{"note": "<img src=x onerror=alert(1)>\n# Heading\x1b[31m"}])
    page = render(Dossier("<b>", [section]), name).decode()
    assert "<img" not in page
    assert "\x1b" not in page
    assert "\n# Heading" not in page or name == "html"


@pytest.mark.parametrize(
    ("wanted", "output", "name"),
    [
        (None, None, "text"), (None, "a.JSON", "json"), (None, "a.html", "html"), (None, "a.md", "markdown"),
        ("json", None, "json"), ("table", "a.txt", "text"), ("json", "-", "json"), ("markdown", "a.out", "markdown"),
    ],
)  # fmt: skip
def test_the_ending_or_the_option_decides(wanted: str | None, output: str | None, name: str) -> None:
    assert choose(wanted, output) == name


@pytest.mark.parametrize(("wanted", "output"), [("csv", None), ("json", "a.md"), (None, "a.pdf")])
def test_what_makes_no_sense_is_refused(wanted: str | None, output: str | None) -> None:
    with pytest.raises(UsageError):
        choose(wanted, output)
