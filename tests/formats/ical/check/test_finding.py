from __future__ import annotations

from tests.formats.ical.check.make import calendar, entry

from eventrec.formats.ical.check.finding import KEPT, Findings, Rule, Severity, quoted
from eventrec.formats.ical.check.run import check

ONE = Rule("one", Severity.BROKEN, "RFC 5545 §3.1")
OTHER = Rule("other", Severity.WARNING)


def test_all_findings_are_counted_and_the_first_of_each_rule_kept() -> None:
    findings = Findings()
    for line in range(1_000):
        findings.add(ONE, line, "wrong")
    findings.add(OTHER, 5, "odd")
    found = findings.checked(0)
    assert (found.broken, found.warnings, found.notes) == (1_000, 1, 0)
    assert len(found.findings) == KEPT + 1
    assert found.more == {"one": 1_000 - KEPT}


def test_findings_stand_by_line() -> None:
    findings = Findings()
    for line in (3, 1, 2):
        findings.add(ONE, line, "wrong")
    assert [finding.line for finding in findings.checked(0).findings] == [1, 2, 3]


def test_a_rule_that_is_broken_everywhere_hides_no_other() -> None:
    lines = [line for at in range(2_000) for line in entry("SUMMARY:a, b", uid=str(at))]
    found = check(calendar(*lines, *entry("GEO:x", uid="last")))
    assert found.events == 2_001
    assert found.more == {"not-escaped": 2_000 - KEPT}
    assert [finding.line for finding in found.findings][-1] == 3 + 2_000 * 6 + 5


def test_what_a_message_quotes_is_shortened() -> None:
    assert quoted("short") == "“short”"
    assert quoted("x" * 100) == f"“{'x' * 60}…”"
