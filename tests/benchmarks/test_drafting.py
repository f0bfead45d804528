import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.drafting import names
from benchmarks.drafting.fields import outcomes

ROOT = Path(__file__).parents[2]
FACTS = {
    "title_en": "Workshop on Safe Harbours",
    "title_zh": None,
    "kind": "seminar",
    "date_start": "2031-05-06",
    "date_end": "2031-05-07",
    "city": "Beijing",
    "country": "CN",
    "modality": "hybrid",
    "modality_by_party": {"Harbour Guild": "online"},
    "project": "Harbours of Tomorrow (HOT)",
    "project_phase": "第二期",
    "donor": "European Union; Lantern Fund",
    "agencies": ["IOM", "Ministry of Harbours", "Harbour Guild"],
    "participants": 23,
    "site_visits": [{"place": "North Pier", "place_zh": "北码头", "facilitator": "Harbour Guild"}],
    "contact": {"name": "Ana Roe", "role": None, "phone": "+860000", "email": "ana@example.org"},
}
EVENT = {
    "title": {"en": "“Safe Harbours” Workshop"},
    "kind": "workshop",
    "starts_on": "2031-05-06",
    "ends_on": "2031-05-07",
    "partial_date": None,
    "city": "Beijing",
    "city_names": {"zh": "北京"},
    "country": "CN",
    "modality": "hybrid",
    "participants": 23,
    "project": {"names": {"en": "Harbours of Tomorrow project"}, "code": "HOT II", "phase": "II"},
    "donors": ["EU", "The Lantern Fund"],
    "agencies": [
        {"name": {"zh": "国际移民组织驻华代表处"}, "modality": None},
        {"name": {"en": "Ministry of Harbours (MoH)"}, "modality": None},
        {"name": {"en": "the Harbour Guild"}, "modality": "online"},
    ],
    "visits": [{"title": {"en": "the North Pier", "zh": "北码头"}, "facilitators": ["Harbour Guild"]}],
    "contact": {"name": {"en": "Ana Roe"}, "position": {}, "phone": "+860000", "email": "ana@example.org"},
    "uncertain": [],
}


def verdicts(field: str, facts: dict[str, object] | None = None, **event: object) -> list[str]:
    return [each.verdict for each in outcomes(FACTS | (facts or {}), [EVENT | event]) if each.field == field]


def test_all_that_is_read_as_a_person_wrote_it_down_is_right() -> None:
    counted = Counter(each.verdict for each in outcomes(FACTS, [EVENT]))
    assert set(counted) == {"right", "absent"}


def test_a_value_is_asked_missing_wrong_or_surely_wrong() -> None:
    assert verdicts("participants", uncertain=["participants"]) == ["asked"]
    assert verdicts("participants", participants=None) == ["missing"]
    assert verdicts("participants", participants=32, uncertain=["participants"]) == ["wrong"]
    assert verdicts("participants", participants=32) == ["surely wrong"]


def test_an_answer_is_surely_wrong_where_the_text_says_nothing_and_a_question_is_not() -> None:
    nothing = {"participants": None}
    assert verdicts("participants", nothing) == ["surely wrong"]
    assert verdicts("participants", nothing, uncertain=["participants"]) == ["absent"]
    assert verdicts("participants", nothing, participants=None) == ["absent"]


def test_a_doubt_about_a_whole_is_a_doubt_about_its_parts() -> None:
    assert verdicts("contact.email", uncertain=["contact"]) == ["asked"]
    assert verdicts("contact.email", uncertain=["contact.phone"]) == ["right"]
    assert verdicts("agencies", uncertain=["agencies[1]"]) == ["right", "asked", "right"]
    assert verdicts("agencies", uncertain=["agencies"]) == ["asked"] * 3


def test_an_agency_too_many_and_one_named_twice_are_surely_wrong() -> None:
    agencies = [*EVENT["agencies"], {"name": {"en": "Moon Office"}}, {"name": {"en": "Ministry of Harbours"}}]
    assert verdicts("agencies", agencies=agencies) == ["right"] * 3 + ["surely wrong"] * 2


def test_an_agency_that_another_fact_names_is_not_too_many() -> None:
    facts = {"modality_by_party": {"Moon Office": "online"}, "agency_countries": ["KE"]}
    agencies = [*EVENT["agencies"], {"name": {"en": "Moon Office"}}, {"name": {"en": "delegation of Kenya"}}]
    assert verdicts("agencies", facts, agencies=agencies) == ["right"] * 3


def test_a_day_without_year_is_right_though_the_year_is_asked_and_an_invented_year_is_not() -> None:
    facts = {"date_start": None, "date_end": None, "date_partial": "--05-06/--05-07"}
    partial = {"starts_on": None, "ends_on": None, "partial_date": "--05-06/--05-07"}
    assert verdicts("date", facts, **partial, uncertain=["starts_on"]) == ["right"]
    assert verdicts("date", facts) == ["surely wrong"]
    assert verdicts("date", facts, uncertain=["starts_on"]) == ["asked"]
    assert verdicts("date", **partial) == ["asked"]


def test_several_events_are_held_against_their_days_and_cities_in_order() -> None:
    facts = FACTS | {"date_start": None, "date_partial": "--05-06,--05-08", "city": "Beijing; Ha Noi"}
    one, two = ({**EVENT, "starts_on": None, "partial_date": day} for day in ("--05-06", "--05-08"))
    found = list(outcomes(facts, [one, two | {"city": "Hanoi"}]))
    assert [each.verdict for each in found if each.field in ("events", "date", "city")] == ["right"] * 5
    found = list(outcomes(facts, [one]))
    assert [each.verdict for each in found if each.field in ("events", "date")] == ["missing", "right", "missing"]


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        ("SEF (Portugal)", "Portuguese Border and Aliens Service (SEF)"),
        ("IOM", "International Organization for Migration"),
        ("IOM China", "国际移民组织驻华代表处"),
        ("EU Delegation to China", "欧盟驻华代表团"),
        ("National Immigration Administration (NIA)", "中国国家移民管理局"),
        ("Ministry of Interior", "Iran’s Ministry of Interior"),
        ("Embassy of Japan in Turkmenistan", "Japanese Embassy"),
        ("Embassies of EU Member States", "several Embassies of EU Member States present in Beijing"),
    ],
)
def test_an_organisation_is_the_same_by_acronym_language_and_words(expected: str, given: str) -> None:
    assert names.likeness(expected, given) >= names.ALIKE


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        ("Ministry of Public Security", "Ministry of Foreign Affairs"),
        ("European Union", "European Commission"),
        ("泰国移民局", "国家移民管理局"),
        ("Embassy of Japan", "Embassy of Germany"),
        ("IOM", "IOM Training Centre"),
    ],
)
def test_another_organisation_is_not_the_same(expected: str, given: str) -> None:
    assert names.likeness(expected, given) < names.ALIKE


def test_a_phase_is_the_same_in_roman_arabic_and_chinese() -> None:
    assert [names.phase(each) for each in ("VII", "Phase 7", "第七期", "第十二期", "二十", "soon")] == [
        7, 7, 7, 12, 20, None,
    ]  # fmt: skip


def test_a_folder_is_scored_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "00.txt").write_text("Nothing is told here.", encoding="utf-8")
    (tmp_path / "00.json").write_text(json.dumps(FACTS, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.drafting", str(tmp_path), "--verbose"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "missing      participants        23  <-  None" in done.stdout
    assert "1 releases; a reading takes the processor" in done.stdout


def test_an_empty_folder_is_said_to_hold_no_release(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.drafting", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "No release was found" in done.stderr
