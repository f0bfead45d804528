from __future__ import annotations

import contextlib
import json
import shlex
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Eventrec


@pytest.fixture
def clean(eventrec: Eventrec) -> Eventrec:
    """A book without anything to mend."""
    eventrec("visit", "edit", 2, "--host", "NIA", "--status", "held")
    eventrec("participant", "add", 2, "--agency", "NIA", "--women", 2, "--status", "attended")
    eventrec("event", "edit", 1, "--status", "held")
    eventrec("participant", "edit", 1, "--status", "attended")
    return eventrec


def test_a_clean_book_is_exit_0(clean: Eventrec) -> None:
    result = clean("check")
    assert (result.code, result.err) == (0, "Nothing found.\n")


def test_a_clean_book_on_a_page_is_no_page(clean: Eventrec) -> None:
    assert clean("check", "-f", "table").stdout == b""


def test_a_clean_book_as_json_is_an_empty_list(clean: Eventrec) -> None:
    result = clean("check", "-f", "json")
    assert (result.code, result.out) == (0, "[]\n")


def test_findings_are_exit_1(eventrec: Eventrec) -> None:
    result = eventrec("check", "-f", "json")
    assert (result.code, result.err) == (1, "3 findings in 2 events.\n")
    assert [(row["finding"], row["noun"], row["id"]) for row in json.loads(result.out)] == [
        ("without-host", "visit", 2),
        ("not-marked-held", "visit", 2),
        ("not-marked-held", "event", 1),
    ]


def test_the_keys_are_promised(eventrec: Eventrec) -> None:
    row = json.loads(eventrec("check", "-f", "json").out)[0]
    assert list(row) == ["finding", "event", "event_title", "starts_on", "noun", "id", "what", "hint"]
    assert row["event_title"] == {"en": "Capital Airport", "zh": "首都机场"}


def test_people_read_it_event_by_event(here: Eventrec) -> None:
    assert here("check", "-f", "table", "--lang", "both").out == (
        "#2 Capital Airport / 首都机场, 2024-10-16\n"
        "  without-host: It has no host.\n"
        "    eventrec visit edit 2 --host AGENCY\n"
        "  not-marked-held: It ended on 2024-10-16 and is still confirmed: not counted.\n"
        "    eventrec visit edit 2 --status held\n"
        "\n"
        "#1 Workshop on returns / 返回研讨会, 2024-10-17\n"
        "  not-marked-held: It ended on 2024-10-17 and is still confirmed: not counted.\n"
        "    eventrec event edit 1 --status held\n"
    )


def test_a_title_from_a_record_does_nothing_to_the_terminal(here: Eventrec, sqlite_programme: str) -> None:
    with contextlib.closing(sqlite3.connect(sqlite_programme)) as book, book:
        book.execute("UPDATE event SET title = ? WHERE id = 1", ['{"en":"Work\u202eshop"}'])
    assert "Work⟨U+202E⟩shop" in here("check", "-f", "table").out


def test_a_page_goes_into_a_file(here: Eventrec, tmp_path: Path) -> None:
    result = here("check", "-o", "check.txt")
    assert (result.code, result.out) == (1, "")
    assert (tmp_path / "check.txt").read_text(encoding="utf-8").startswith("#2 Capital Airport, 2024-10-16\n  without")


@pytest.mark.parametrize("name", ["tsv", "csv", "jsonl", "xlsx", "markdown"])
def test_findings_go_into_every_format(name: str, here: Eventrec) -> None:
    result = here("check", "-f", name)
    assert (result.code, bool(result.stdout)) == (1, True)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--project", "MMSP-III"), 3),
        (("--event", "2"), 2),
        (("--kind", "site-visit"), 2),
        (("--agency", "EU"), 0),
        (("--during", "2023"), 0),
    ],
)
def test_criteria_limit_it(words: tuple[str, ...], found: int, here: Eventrec) -> None:
    result = here("check", *words, "-f", "json")
    assert (result.code, len(json.loads(result.out))) == (int(found > 0), found)


def test_an_event_that_is_not_there_is_exit_3(here: Eventrec) -> None:
    assert here("check", "--event", 99).code == 3


WRONG = """
agency add Ministry --code MPS
project add Other --code OTHER --date 2023-01-01..2023-12-31
event edit 1 --project MMSP-III=60 --project OTHER=30 --status held --modality hybrid
visit edit 2 --status held
participant add 1 "WANG Wei" --agency NIA --further
participant add 1 "ZHAO Lin" --sex male
participant add 1 "ZHAO Lin" --role chair
participant add 1 --agency MPS --status attended
participant add 1 --label Others --count 4 --status registered
participant add 2 "HE Wei" --agency MPS --sex male
contact add "LI Min" --agency MPS --email he@example.org --sex male
contact edit "HE Wei" --email he@example.org
participant edit 1 NIA --status attended
event add "Empty" --date 2024-01-01 --status held
event add "Past" --date 2024-01-02
event add "To come" --date 2199-01-01 --status held
participant add 5 --agency MPS --women 1
"""
FILLED_IN = {
    "N": "3",
    "SEX": "female",
    "MODALITY": "online",
    "AGENCY": "MPS",
    "DATE": "2024-10-16",
    "DATES": "2020-01-01..2030-01-01",
    "MMSP-III=SHARE": "MMSP-III=70",
}


@pytest.fixture
def wrong(here: Eventrec) -> Eventrec:
    """A book with very much to mend."""
    for line in WRONG.strip().splitlines():
        result = here(*shlex.split(line))
        assert result.code == 0, f"{line}: {result.err}"
    return here


def test_every_hint_is_a_command(wrong: Eventrec) -> None:
    rows: list[dict[str, Any]] = json.loads(wrong("check", "-f", "json").out)
    assert len({row["finding"] for row in rows}) > 10
    for row in rows:
        for hint in row["hint"].split(", or "):
            words = [FILLED_IN.get(word, word) for word in shlex.split(hint)[1:]]
            dry = () if "duplicates" in words else ("-n",)
            result = wrong(*words, *dry)
            assert result.code in (0, 6), f"{row['finding']}: {hint}: {result.err}"
