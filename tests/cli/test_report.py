from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec


@pytest.fixture
def held(eventrec: Eventrec) -> Eventrec:
    """The workshop was held and the delegation came."""
    eventrec("participant", "edit", 1, "NIA", "--status", "attended")
    eventrec("event", "edit", 1, "--status", "held")
    return eventrec


def report(eventrec: Eventrec, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(eventrec("report", *words, "-f", "json").out)
    return found


def test_json_is_an_object_with_rule_rows_and_total(held: Eventrec) -> None:
    found = report(held, "participants", "--by", "agency,sex", "--project", "MMSP-III")
    assert found.keys() >= {"report", "criteria", "rule", "rows", "total"}
    assert [row["participations"] for row in found["rows"]] == [4, 8]
    assert found["total"]["participations"] == 12


def test_the_rule_stands_under_the_table(held: Eventrec) -> None:
    out = held("report", "participants", "--by", "agency", "-f", "table").out
    assert "Actual: people who attended" in out
    assert "█" in out


def test_what_was_left_out_is_told_beside_the_data(held: Eventrec) -> None:
    assert "not marked held: #2" in held("report", "participants", "-f", "tsv").err


def test_roles_are_replaced(held: Eventrec) -> None:
    total = report(held, "participants", "--roles", "interpreter")["total"]
    assert total["participations"] in (None, 0)


@pytest.mark.parametrize("words", [("participants", "--expected"), ("events",), ("contacts",)])
def test_every_report_goes_into_every_format(words: tuple[str, ...], eventrec: Eventrec) -> None:
    for name in ("table", "tsv", "csv", "json", "jsonl", "markdown", "xlsx"):
        result = eventrec("report", *words, "-f", name)
        assert (result.code, bool(result.stdout)) == (0, True)


def test_events_hold_planned_and_actual_dates(eventrec: Eventrec) -> None:
    eventrec("event", "edit", 1, "--date", "2024-11-20", "--not-visits")
    row = next(row for row in report(eventrec, "events")["rows"] if row["id"] == 1)
    assert (row["planned_starts_on"], row["starts_on"]) == ("2024-10-17", "2024-11-20")


def test_contacts_tell_what_they_manage(eventrec: Eventrec) -> None:
    row = next(row for row in report(eventrec, "contacts")["rows"] if row["id"] == 1)
    assert (row["projects"], row["agency"]) == (["MMSP-III"], "IOM")
