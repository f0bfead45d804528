from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("移民管理",), ("agency", 2)),
        (("zaitsev",), ("contact", 1)),
        (("ZAITSEV",), ("contact", 1)),
        (("azaitsev@iom",), ("contact", 1)),
        (("mmsp",), ("project", 1)),
        (("重新",), None),
        (("on returns",), ("event", 1)),
        (("返回",), ("event", 1)),
        (("capital", "air"), ("event", 2)),
    ],
)
def test_a_part_of_a_word_is_enough(words: tuple[str, ...], found: tuple[str, int] | None, eventrec: Eventrec) -> None:
    result = eventrec("search", *words, "-f", "json")
    rows = [(row["noun"], row["id"]) for row in json.loads(result.out)]
    assert result.code == 0
    assert (found in rows) if found else not rows


def test_nothing_found_is_said_and_no_error(eventrec: Eventrec) -> None:
    result = eventrec("search", "zzz")
    assert (result.code, result.err) == (0, "Nothing holds “zzz”.\n")


def test_per_cent_and_underscore_are_letters(eventrec: Eventrec) -> None:
    assert json.loads(eventrec("search", "%", "-f", "json").out) == []
    assert json.loads(eventrec("search", "o_", "-f", "json").out) == []


def test_more_than_the_limit_is_said(eventrec: Eventrec) -> None:
    assert "These are the first 1; more with --limit." in eventrec("search", "i", "--limit", 1).err
