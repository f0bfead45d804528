from __future__ import annotations

from types import SimpleNamespace

from tests.faults.tally import Tally, added_up, as_table


def test_tallies_of_one_fault_are_added_up() -> None:
    reports = [
        SimpleNamespace(user_properties=[("fault", ("power cut", 3, 3, 0)), ("other", "x")]),
        SimpleNamespace(user_properties=[("fault", ["power cut", 2, 1, 5]), ("fault", ("disk full", 1, 1, 0))]),
    ]
    assert added_up(reports) == {"disk full": Tally(1, 1, 0), "power cut": Tally(5, 4, 5)}  # type: ignore[arg-type]


def test_table_ends_with_the_sum() -> None:
    lines = as_table({"disk full": Tally(1000, 999, 0), "power cut": Tally(5, 4, 5)})
    assert [line.split("  ")[0].strip() for line in lines] == ["fault", "disk full", "power cut", "all"]
    assert lines[-1].split() == ["all", "1,005", "1,003", "5"]
