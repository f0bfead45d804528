"""Invented releases of every shape, each with the facts that a person would write down (`releases/*.json`).

`gaps` in a file of facts names the fields that are missing, asked or wrongly asked in that release: what is not yet
right. A value that is wrong and yet no question is no gap, but a fault.
"""

from functools import cache
from pathlib import Path

import pytest
from benchmarks.drafting.__main__ import drafted, releases
from benchmarks.drafting.fields import ABSENT, RIGHT, SURELY_WRONG, Outcome, outcomes

from eventrec.draft.gazetteer import Gazetteer
from eventrec.formats.release import read_bytes

FOLDER = Path(__file__).with_name("releases")
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
FLOORS = {
    "title.en": 95, "title.zh": 95, "date": 80, "city": 70, "country": 80, "kind": 95, "modality": 90,
    "participants": 85, "project": 95, "project.phase": 95, "donors": 85, "agencies": 85, "visits": 90,
    "contact.name": 95, "contact.phone": 95, "contact.email": 95,
}  # fmt: skip
"""The share of a field's values, in per cent, that is right or rightly left open in all of the releases together."""


@cache
def judged(name: str) -> tuple[tuple[Outcome, ...], frozenset[str]]:
    ((_, text, facts),) = releases(FOLDER, [name])
    events, _ = drafted(name, text, Gazetteer())
    return tuple(outcomes(facts, events)), frozenset(facts.get("gaps", ()))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_read_from_a_release_is_wrong_and_no_question(name: str) -> None:
    found, _ = judged(name)
    assert [each for each in found if each.verdict == SURELY_WRONG] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_release_is_read_but_for_its_known_gaps(name: str) -> None:
    found, gaps = judged(name)
    missed = [each for each in found if each.verdict not in (RIGHT, ABSENT, SURELY_WRONG) and each.field not in gaps]
    assert missed == []


@pytest.mark.parametrize("field", FLOORS)
def test_a_field_is_read_right_at_least_this_often(field: str) -> None:
    verdicts = [each.verdict for name in NAMES for each in judged(name)[0] if each.field == field]
    good = sum(each in (RIGHT, ABSENT) for each in verdicts)
    assert 100 * good >= FLOORS[field] * len(verdicts)


def test_releases_of_both_languages_and_of_each_are_read() -> None:
    languages = {tuple(bool(facts[f"title_{each}"]) for each in ("en", "zh")) for _, _, facts in releases(FOLDER)}
    assert languages == {(True, True), (True, False), (False, True)}


def test_a_chinese_release_kept_in_the_chinese_encoding_holds_the_same_words() -> None:
    for name, text, facts in releases(FOLDER):
        if facts["title_zh"]:
            assert read_bytes(text.encode("gb18030"), f"{name}.txt").text.split() == text.split()
