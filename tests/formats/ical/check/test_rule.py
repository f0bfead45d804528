from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from eventrec.formats.ical.check import octets, run, tree
from eventrec.formats.ical.check.finding import Rule
from eventrec.formats.ical.check.rule import CALENDAR_RULES, COMPONENT_RULES, PARAMETER_RULES, PROPERTY_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[4] / "docs" / "checking-calendars.md"
CLIENTS = {"Apple", "Google", "Outlook", "Thunderbird", "khal"}
WITHOUT_PARAGRAPH = {
    "alarm-after-start",
    "alarms-several",
    "calendar-name-of-one",
    "component-size",
    "findings",
    "line-size",
    "zone-long",
}
"""What no standard speaks of: limits of ours and of programs."""


def every() -> Iterator[Rule]:
    for module in (octets, tree, run):
        yield from (each for each in vars(module).values() if isinstance(each, Rule))
    for rules in (*PROPERTY_RULES.values(), *PARAMETER_RULES.values(), *COMPONENT_RULES.values(), CALENDAR_RULES):
        yield from (rule for rule, _ in rules)


def rows(columns: int) -> list[list[str]]:
    """The cells of the page's rows that begin with a rule and have so many columns."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip(" `") for cell in line.split(" |")] for line in lines if line.startswith("| `")]
    return [[each[0].strip("| `"), *each[1:-1]] for each in cells if len(each) == columns + 1]


def paragraphs(rules: set[Rule]) -> str:
    """The paragraphs of rules of one name, as the page has them."""
    by_standard: dict[str, list[str]] = {}
    for reference in {rule.reference for rule in rules if rule.reference}:
        standard, _, paragraph = reference.partition(" ")
        number, _, paragraph = paragraph.partition(" ")
        by_standard.setdefault(f"{standard} {number}", []).append(paragraph)
    ordered = {
        key: sorted(each, key=lambda text: [int(n) for n in re.findall("[0-9]+", text)])
        for key, each in by_standard.items()
    }
    return "; ".join(f"{key} {', '.join(ordered[key])}" for key in sorted(ordered))


def test_the_page_lists_every_rule_as_it_is() -> None:
    by_name: dict[str, set[Rule]] = {}
    for rule in every():
        by_name.setdefault(rule.name, set()).add(rule)
    expected = {
        name: (*{str(rule.severity) for rule in rules}, paragraphs(rules), *{rule.client for rule in rules})
        for name, rules in by_name.items()
    }
    listed = {row[0]: tuple(row[1:]) for row in rows(4) if row[1] in ("broken", "warning", "note")}
    assert listed == expected


def test_every_program_that_a_rule_names_has_its_ground_on_the_page() -> None:
    named = {(rule.name, client) for rule in every() if rule.client for client in rule.client.split(", ")}
    grounds = [row for row in rows(4) if row[1] not in ("broken", "warning", "note")]
    assert {(row[0], client) for row in grounds for client in row[1].split(", ")} == named
    assert {client for _, client in named} <= CLIENTS
    assert all(row[3] for row in grounds)


def test_every_rule_of_a_standard_names_its_paragraph() -> None:
    assert {rule.name for rule in every() if not re.fullmatch(r"RFC \d{4} §\d+(\.\d+)*", rule.reference)} == (
        WITHOUT_PARAGRAPH
    )


def test_names_of_rules_are_words_with_hyphens() -> None:
    assert [rule.name for rule in every() if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule.name)] == []
