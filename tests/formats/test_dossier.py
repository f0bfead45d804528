from __future__ import annotations

import json
from datetime import timedelta, timezone

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


CHANGED = Section(
    "history",
    "History",
    "Kept.",
    [{"moment": "2025-05-03T10:00:00.000000Z", "actor": "lina", "command": "eventrec", "what": "contact_point 2",
      "before": {"id": 2, "uid": "u-1", "value": "a@example.org", "kind": "email", "version": 1},
      "after": {"id": 2, "uid": "u-1", "value": "b@example.org", "kind": "email", "version": 2}}],
)  # fmt: skip


@pytest.mark.parametrize("name", ["markdown", "html", "text"])
def test_pages_say_what_changed_in_words_and_by_the_readers_clock(name: str) -> None:
    east = timezone(timedelta(hours=8))
    page = render(Dossier("LI Na", [CHANGED]), name, lambda moment: moment.astimezone(east)).decode()
    assert "2025-05-03 18:00 +0800" in page.replace("\\", "")
    assert "a@example.org → b@example.org" in page.replace("\\", "")
    assert not any(word in page for word in ("u-1", "contact_point", "version", "kind"))


@pytest.mark.parametrize("name", ["html", "text"])
def test_a_page_may_be_asked_for_by_name(name: str) -> None:
    assert choose(name, None) == name
