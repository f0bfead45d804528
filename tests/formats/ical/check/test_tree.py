from __future__ import annotations

import pytest
from tests.formats.ical.check.make import event, found, message

from eventrec.formats.ical.check.finding import Findings
from eventrec.formats.ical.check.tree import Property, content_line


def read(text: str) -> Property | None:
    return content_line(1, text, Findings())


def test_a_line_has_a_name_parameters_and_a_value() -> None:
    line = read('attendee;CN="Doe; Jane: x, y";Member="a","b";RSVP=TRUE:mailto:jane@example.org')
    assert line == Property(
        1,
        "ATTENDEE",
        {"CN": ("Doe; Jane: x, y",), "MEMBER": ("a", "b"), "RSVP": ("TRUE",)},
        "mailto:jane@example.org",
    )


@pytest.mark.parametrize(
    "text", ["SUMMARY:", "SUMMARY;X-A=:x", "SUMMARY;LANGUAGE=en:a;b=c:d", 'X-A;B="":', "S:\U0001f600"]
)
def test_lines_that_keep_to_the_grammar(text: str) -> None:
    assert found(event(f"X-LINE;X-P=a:{text}")) == []
    findings = Findings()
    assert content_line(1, text, findings) is not None
    assert findings.number == 0


@pytest.mark.parametrize(
    ("text", "rule", "why"),
    [
        ("Not a line", "content-line", "no colon"),
        ('SUMMARY;CN="a:b', "parameter", "a quote does not close"),
        ('SUMMARY;CN=a"b"c:x', "parameter", "a quote stands within a value"),
        ("SUMMARY;PUBLIC:x", "parameter", "one has no “=”"),
        ("SUMMARY;A_B=1:x", "parameter", "other characters"),
        ("SUM_MARY:x", "property-name", "letters, digits and hyphens"),
        (":x", "property-name", "letters, digits and hyphens"),
        ("DTSTART ;X=1:x", "property-name", "letters, digits and hyphens"),
    ],
)
def test_a_line_that_breaks_the_grammar_is_broken(text: str, rule: str, why: str) -> None:
    assert (8, rule) in found(event(text))
    assert why in message(event(text), rule)


def test_a_value_is_read_though_its_parameters_are_broken() -> None:
    assert found(event("GEO;PUBLIC:x")) == [(8, "parameter"), (8, "geo")]


def test_a_parameter_that_stands_twice_is_told() -> None:
    assert found(event("SUMMARY;LANGUAGE=en;LANGUAGE=de:x")) == [(8, "parameter-twice")]


def test_the_colon_of_a_value_ends_no_parameter() -> None:
    assert found(event('DESCRIPTION;ALTREP="https://example.org/a:b":x')) == []


@pytest.mark.parametrize(
    "text", ['S;A="' + '"' * 200_000 + ":x", "S" + ';A="b"' * 200_000 + ":x", "S" + ';A="' * 200_000]
)
def test_hostile_parameters_are_refused_at_once(text: str) -> None:
    findings = Findings()
    content_line(1, text, findings)
    assert findings.number == 1
