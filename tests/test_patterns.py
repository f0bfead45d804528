from __future__ import annotations

import copy
import re
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import eventrec
from eventrec.patterns import late

if TYPE_CHECKING:
    import pytest


def test_an_expression_is_compiled_when_it_is_used_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def noted(expression: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(expression)
        return compile_(expression, flags)

    monkeypatch.setattr(re, "compile", noted)
    pattern = late(r"(\d+)", re.ASCII)
    assert compiled == []
    assert (pattern.findall("12 and 34"), pattern.sub("n", "7"), pattern.search("no")) == (["12", "34"], "n", None)
    assert compiled == [r"(\d+)"]


def test_it_answers_as_a_compiled_expression_does() -> None:
    waiting, compiled = late(r"(?P<word>a)|b", re.IGNORECASE), re.compile(r"(?P<word>a)|b", re.IGNORECASE)
    for name in ("flags", "groups", "groupindex", "pattern"):
        assert getattr(waiting, name) == getattr(compiled, name)
    assert waiting.split("xAy") == compiled.split("xAy")
    assert [found.span() for found in waiting.finditer("xAyB")] == [(1, 2), (3, 4)]


def test_it_may_be_copied_before_it_is_used() -> None:
    assert copy.copy(late("a")).fullmatch("a")


def test_every_expression_that_waits_is_sound() -> None:
    waiting = [
        value
        for module in walk_packages(eventrec.__path__, "eventrec.")
        if not module.name.endswith(".__main__")
        for value in vars(import_module(module.name)).values()
        if type(value) is type(late(""))
    ]
    assert len(waiting) > 30
    assert all(isinstance(each.groups, int) for each in waiting)
