from __future__ import annotations

from tests.formats.ical.check.make import event

from eventrec.formats.ical.check.run import check
from eventrec.formats.ical.check.table import FILE_KEYS, FINDING_KEYS, by_file, by_finding

CHECKED = [("a.ics", check(event("GEO:x", "DTEND:20241017T020000"))), ("b.ics", check(event()))]
GEO = {
    "line": 8,
    "severity": "broken",
    "rule": "geo",
    "reference": "RFC 5545 §3.8.1.6",
    "client": None,
    "message": "GEO: “x” is no place, which is written 39.90;116.40 (latitude;longitude).",
}


def test_a_file_has_its_counts_and_findings() -> None:
    one, other = by_file(CHECKED)
    assert tuple(one) == FILE_KEYS
    assert (one["file"], one["events"], one["broken"], one["warnings"], one["notes"]) == ("a.ics", 1, 1, 1, 0)
    assert isinstance(one["findings"], list)
    assert one["findings"][0] == GEO
    assert (other["file"], other["broken"], other["findings"], other["more"]) == ("b.ics", 0, [], {})


def test_a_finding_has_its_file() -> None:
    rows = list(by_finding(CHECKED))
    assert tuple(rows[0]) == ("file", *FINDING_KEYS)
    assert rows[0] == {"file": "a.ics", **GEO}
    assert [row["rule"] for row in rows] == ["geo", "end-without-zone"]
