from __future__ import annotations

import pytest

from eventrec.draft.whole_words import WholeWords


def found(name: str, text: str, *, plural: bool = False) -> list[str]:
    return [text[span.start : span.end] for span in WholeWords(text).find(name, plural=plural)]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("River Project", "the river project began", ["river project"]),
        (
            "EU-China Dialogue",
            "The EU – China Dialogue and the EU-China\nDialogue",
            ["EU – China Dialogue", "EU-China\nDialogue"],
        ),
        ("CRSP-II", "It is CRSP II, not crsp ii.", ["CRSP II"]),
        ("SHIP", "The ship and the SHIPS of SHIP.", ["SHIP"]),
        ("清洁河流项目", "在清洁河流项目框架下", ["清洁河流项目"]),
        ("NIA", "由NIA主办", ["NIA"]),
        ("river (upper)", "the River (Upper) ran", ["River (Upper)"]),
        ("Border", "Borders and cross-border", ["border"]),
        ("", "nothing", []),
    ],
)
def test_name_is_found_as_whole_words(name: str, text: str, expected: list[str]) -> None:
    assert found(name, text) == expected


def test_plural_is_found_where_it_is_asked_for() -> None:
    assert found("return", "Returns are returned.", plural=True) == ["Returns"]
