from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from eventrec.cli import telling

if TYPE_CHECKING:
    from tests.conftest import Result, Run

EVENT_KEYS = {
    "id", "uid", "kind", "status", "status_reason", "title", "description", "starts_on", "ends_on", "date_note", "days",
    "start_time", "end_time", "timezone", "modality", "venue", "city", "country", "online_url", "topics", "contact",
    "contact_id", "parent", "replaces", "projects", "organizers", "sequence", "modified_at", "participants", "women",
    "men", "expected",
}  # fmt: skip
TITLE = {
    "en": "Workshop on Practical Cooperation on Returns and Readmissions",
    "zh": "返回和重新接纳务实合作研讨会",
}
PROGRAMME = (
    ("agency", "add", "International Organization for Migration", "国际移民组织", "--code", "IOM",
     "--kind", "international-organization"),
    ("agency", "add", "National Immigration Administration", "国家移民管理局", "--code", "NIA", "--kind", "government",
     "--country", "CN", "--side", "China"),
    ("agency", "add", "European Union", "欧盟", "--code", "EU", "--kind", "international-organization", "--side", "EU"),
    ("agency", "add", "European Commission", "欧盟委员会", "--code", "EC", "--parent", "EU", "--side", "EU"),
    ("project", "add", "EU-China Dialogue on Migration and Mobility Support Project, Phase III",
     "第三期支持中欧人员往来和移民领域对话项目", "--code", "MMSP-III", "--donor", "EU", "--implementer", "IOM"),
    ("contact", "add", "Andrei Zaitsev", "翟安瑞", "--honorific", "Mr.", "--sex", "male", "--email", "azaitsev@iom.int",
     "--agency", "IOM", "--position", "Programme Manager", "--manages", "MMSP-III"),
    ("event", "add", TITLE["en"], TITLE["zh"], "--date", "17 Oct 2024", "--kind", "workshop", "--city", "Beijing",
     "--country", "CN", "--modality", "hybrid", "--project", "MMSP-III", "--organizer", "IOM",
     "--contact", "Andrei Zaitsev"),
    ("visit", "add", "Workshop on Practical", "Beijing Capital International Airport", "北京首都国际机场",
     "--date", "2024-10-16", "--facilitator", "NIA"),
    ("participant", "add", "1", "--agency", "NIA", "--women", "4", "--men", "8", "--modality", "in-person",
     "--status", "attended"),
    ("participant", "add", "1", "--agency", "EC", "--women", "1", "--men", "1", "--modality", "online",
     "--status", "attended"),
    ("event", "edit", "1", "--status", "held"),
)  # fmt: skip


def test_a_programme_is_logged_reported_and_exported(run: Run, address: str) -> None:
    def eventrec(*words: str) -> Result:
        result = run(*words, address=address)
        assert result.code == 0, f"{words}\n{result.err}"
        return result

    for words in PROGRAMME:
        eventrec(*words)

    listed = json.loads(eventrec("event", "list", "-f", "json").out)
    assert [row["title"] for row in listed if row["id"] == 1] == [TITLE]
    assert all(row.keys() >= EVENT_KEYS for row in listed)

    report = json.loads(eventrec("report", "participants", "--project", "MMSP-III", "--by", "agency", "-f", "json").out)
    wanted = {"participations": 14, "women": 5, "men": 9, "unnamed": 14, "person_days": 14, "agencies": 2}
    assert {name: report["total"][name] for name in wanted} == wanted

    eventrec("export", "calendar", "--project", "MMSP-III", "-o", "mmsp.ics")
    eventrec("export", "contacts", "-o", "contacts.vcf")
    assert Path("mmsp.ics").read_bytes().count(b"BEGIN:VEVENT") == 2
    assert Path("contacts.vcf").read_bytes().count(b"BEGIN:VCARD") == 1

    assert "NIA" in eventrec("search", "移民管理").out
    assert "azaitsev@iom.int" in eventrec("search", "zaitsev").out or "Zaitsev" in eventrec("search", "zaitsev").out

    eventrec("event", "cancel", "1", "--reason", "test", "-y")
    eventrec("undo")
    (after,) = (row for row in json.loads(eventrec("event", "list", "-f", "json").out) if row["id"] == 1)
    assert after["status"] == "held"
    assert "event cancel 1" in eventrec("log").out
    eventrec("db", "check")
    assert set(telling.EVENT_KEYS) >= EVENT_KEYS


def test_init_makes_the_book_that_the_environment_names(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "t.db"
    assert run("init", address=str(place)).code == 0
    assert run("event", "list", address=str(place)).code == 0
