from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from typer.main import get_command

from eventrec.cli.main import PAGES
from eventrec.services.forget.history import WORDS, in_short


@pytest.mark.parametrize(
    ("command", "short"),
    [
        ("eventrec contact add 'LI Na' --email li.na@example.org", "eventrec contact add [erased]"),
        ("eventrec --database li-na.db contact add 'LI Na'", "eventrec [erased]"),
        ("eventrec undo", "eventrec undo"),
        ("eventrec import li-na.vcf", "eventrec import [erased]"),
        ("eventrec contact add contact", "eventrec contact add [erased]"),
        ("eventrec contact forget", "eventrec contact forget"),
        ("a script of LI Na", "[erased]"),
        ("eventrec contact add 'never closed", "eventrec contact add [erased]"),
    ],
)
def test_a_command_is_cut_to_words_that_say_nothing_of_anybody(command: str, short: str) -> None:
    assert in_short(command) == short


def _names(command: Any) -> set[str]:
    inner = getattr(command, "commands", {})
    return set(inner) | {name for each in inner.values() for name in _names(each)}


def test_every_command_keeps_its_words() -> None:
    for page in PAGES.values():
        for name, (module, _) in page.items():
            loaded = import_module(f"eventrec.cli.{module}")
            app = getattr(loaded, f"{name.rstrip('_')}_app", None)
            assert name in WORDS
            if app is not None:
                assert _names(get_command(app)) <= WORDS, name
