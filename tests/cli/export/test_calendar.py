from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec

LI_NA = ("contact", "edit", 2, "--email", "lina@example.org")


def values(content: bytes, name: str) -> list[str]:
    return [str(event[name]) for event in Calendar.from_ical(content).walk("VEVENT") if name in event]


def exported(eventrec: Eventrec, *words: object) -> bytes:
    result = eventrec("export", "calendar", *words)
    assert result.code == 0, result.err
    return result.stdout


def one(eventrec: Eventrec, number: int = 1) -> dict[str, str]:
    """Return the calendar entry of an event."""
    uid = eventrec("event", "show", number, "-f", "json").out.split('"uid": "')[1][:36]
    (found,) = [event for event in Calendar.from_ical(exported(eventrec)).walk("VEVENT") if event["UID"] == uid]
    return {name: found[name].to_ical().decode() for name in ("UID", "SEQUENCE", "STATUS", "LAST-MODIFIED", "DTSTAMP")}


def names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir() if not path.name.startswith("."))


# What changes, and what must not (RFC 5545 §3.8.7)


def test_a_new_date_is_a_new_sequence_of_the_same_event(eventrec: Eventrec) -> None:
    before = one(eventrec)
    eventrec("event", "edit", 1, "--date", "2024-10-18")
    after = one(eventrec)
    assert (after["UID"], after["SEQUENCE"], after["STATUS"]) == (before["UID"], "1", "CONFIRMED")
    assert after["LAST-MODIFIED"] == after["DTSTAMP"] >= before["LAST-MODIFIED"]


def test_an_event_is_cancelled_with_its_reason_and_without_a_question(eventrec: Eventrec) -> None:
    eventrec("event", "edit", 1, "--date", "2024-10-18")
    assert eventrec("event", "cancel", 1, "--reason", "Venue closed").code == 0
    after = one(eventrec)
    assert (after["SEQUENCE"], after["STATUS"]) == ("2", "CANCELLED")
    assert b"Venue closed" in exported(eventrec)


def test_without_a_reason_and_a_terminal_nothing_is_cancelled(eventrec: Eventrec) -> None:
    assert eventrec("event", "cancel", 1).code == 6
    assert one(eventrec)["STATUS"] == "CONFIRMED"


def test_a_removed_event_goes_out_as_cancelled_until_it_is_left_out(eventrec: Eventrec) -> None:
    before = one(eventrec)
    eventrec("event", "remove", 1, "-y")
    found = exported(eventrec)
    assert before["UID"] in values(found, "UID")
    assert set(values(found, "STATUS")) == {"CANCELLED"}
    assert exported(eventrec, "--removed-since", "2199-01-01") == b""


def test_held_is_nothing_new_for_a_calendar(eventrec: Eventrec) -> None:
    eventrec("event", "edit", 1, "--status", "held")
    assert (one(eventrec)["SEQUENCE"], one(eventrec)["STATUS"]) == ("0", "CONFIRMED")


# Who takes part


def test_people_and_agencies_are_named_only_when_asked_for(eventrec: Eventrec) -> None:
    eventrec(*LI_NA)
    eventrec("agency", "edit", "NIA", "--email", "office@example.org")
    eventrec("participant", "add", 1, "李娜", "--further")
    eventrec("participant", "add", 1, "李娜", "--role", "chair")
    assert b"example.org" not in exported(eventrec)
    found = exported(eventrec, "--event", 1, "--attendees").replace(b"\r\n ", b"").decode()
    people = sorted(line for line in found.split("\r\n") if line.startswith("ATTENDEE"))
    assert len(people) == 2
    assert ";ROLE=CHAIR;" in people[0]
    assert "CUTYPE=GROUP" in people[1]


def test_those_without_an_address_are_counted_aloud(eventrec: Eventrec) -> None:
    result = eventrec("export", "calendar", "--attendees", "-o", "e.ics")
    assert "2 participants have no e-mail address and cannot be named in a calendar." in result.err


def test_a_calendar_with_people_changes_when_one_of_them_does(eventrec: Eventrec) -> None:
    eventrec(*LI_NA)
    eventrec("participant", "add", 1, "李娜", "--further")
    with_people, without = exported(eventrec, "--attendees"), exported(eventrec)
    eventrec("participant", "edit", 1, "李娜", "--status", "declined")
    assert exported(eventrec) == without
    assert exported(eventrec, "--attendees") != with_people


# Folders


def test_split_is_a_file_for_each_event_by_its_number(here: Eventrec) -> None:
    result = here("export", "calendar", "--split", "one")
    assert result.err == "one: 2 files written, 0 unchanged, 0 removed.\n"
    assert names("one") == ["event-1.ics", "event-2.ics"]
    assert values(Path("one/event-1.ics").read_bytes(), "SUMMARY") == ["Workshop on returns / 返回研讨会"]
    here("event", "remove", 2, "-y")
    here("export", "calendar", "--split", "one")
    assert values(Path("one/event-2.ics").read_bytes(), "STATUS") == ["CANCELLED"]


def test_a_vdir_holds_an_event_a_file_a_name_and_a_colour(here: Eventrec) -> None:
    here("export", "calendar", "--vdir", "cal", "--name", "Programme", "--name", "项目")
    events = [name for name in names("cal") if name.endswith(".ics")]
    assert sorted(values(exported(here), "UID")) == [name.removesuffix(".ics") for name in events]
    assert Path("cal/displayname").read_text(encoding="utf-8") == "Programme / 项目"
    assert Path("cal/color").read_text(encoding="utf-8") == "#4682B4"


def test_a_vdir_is_rewritten_only_where_something_changed(here: Eventrec) -> None:
    here("export", "calendar", "--vdir", "cal")
    before = {path.name: path.stat().st_mtime_ns for path in Path("cal").glob("[!.]*")}
    assert here("export", "calendar", "--vdir", "cal").err == "cal is up to date.\n"
    here("event", "edit", 2, "--venue", "Terminal 3")
    assert here("export", "calendar", "--vdir", "cal").err == "cal: 1 file written, 1 unchanged, 0 removed.\n"
    after = {path.name: path.stat().st_mtime_ns for path in Path("cal").glob("[!.]*")}
    assert len([name for name in after if after[name] != before[name]]) == 1


def test_what_was_removed_goes_from_a_vdir(here: Eventrec) -> None:
    here("export", "calendar", "--vdir", "cal")
    here("event", "remove", 2, "-y")
    assert here("export", "calendar", "--vdir", "cal").err == "cal: 0 files written, 1 unchanged, 1 removed.\n"
    here("event", "remove", 1, "-y")
    assert here("export", "calendar", "--vdir", "cal").err == "cal: 0 files written, 0 unchanged, 1 removed.\n"
    assert names("cal") == ["color", "displayname"]


def test_a_vdir_leaves_what_others_put_there(here: Eventrec) -> None:
    here("export", "calendar", "--vdir", "cal")
    Path("cal/theirs.ics").write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:-//khal//EN\r\nEND:VCALENDAR\r\n")
    Path("cal/color").write_text("#FF0000", encoding="utf-8")
    assert here("export", "calendar", "--vdir", "cal").code == 0
    assert "theirs.ics" in names("cal")
    assert Path("cal/color").read_text(encoding="utf-8") == "#FF0000"


def test_an_event_that_was_changed_in_the_vdir_is_not_overwritten(here: Eventrec) -> None:
    here("export", "calendar", "--vdir", "cal")
    path = next(Path("cal").glob("*.ics"))
    path.write_bytes(path.read_bytes().replace(b"SUMMARY:", b"SUMMARY:My "))
    result = here("export", "calendar", "--vdir", "cal")
    assert result.code == 1
    assert f"{path} was changed since eventrec wrote it." in result.err
    assert here("export", "calendar", "--vdir", "cal", "--force").code == 0


def test_nothing_makes_no_folder(here: Eventrec) -> None:
    for option in ("--split", "--vdir", "--feeds"):
        result = here("export", "calendar", "--kind", "training", option, "none")
        assert (result.code, result.err) == (0, "No records to write with kind training.\n")
    assert not Path("none").exists()


@pytest.mark.parametrize("other", [("--vdir", "b"), ("--feeds", "b"), ("-o", "b.ics")], ids=str)
def test_one_way_of_writing_at_a_time(here: Eventrec, other: tuple[str, str]) -> None:
    assert here("export", "calendar", "--split", "a", *other).code == 2


def test_criteria_that_nothing_meets_empty_no_folder(here: Eventrec) -> None:
    for option in ("--split", "--vdir", "--feeds"):
        here("export", "calendar", option, "folder")
        before = names("folder")
        result = here("export", "calendar", "--kind", "training", option, "folder")
        assert (result.code, result.err, names("folder")) == (0, "No records to write with kind training.\n", before)


# Feeds


def test_feeds_are_the_calendars_of_all_projects_agencies_and_contacts(eventrec: Eventrec) -> None:
    eventrec("participant", "add", 1, "李娜", "--further")
    assert eventrec("export", "calendar", "--feeds", "public").code == 0
    found = names("public")
    assert [name for name in found if not name.startswith("contact-")] == [
        "agency-1.ics", "agency-2.ics", "all.ics", "index.html", "project-1.ics",
    ]  # fmt: skip
    assert len([name for name in found if name.startswith("contact-")]) == 2
    assert len(values(Path("public/project-1.ics").read_bytes(), "UID")) == 2
    assert "X-WR-CALNAME:MMSP-III Mobility Phase III" in Path("public/project-1.ics").read_text(encoding="utf-8")


def test_feeds_name_nobody_but_the_person_to_ask(eventrec: Eventrec) -> None:
    eventrec(*LI_NA)
    eventrec("participant", "add", 1, "李娜", "--further")
    eventrec("export", "calendar", "--feeds", "public")
    together = b"".join(path.read_bytes() for path in Path("public").iterdir()).replace(b"\r\n ", b"")
    assert "李娜".encode() not in together
    assert b"lina@example.org" not in together
    assert "翟安瑞".encode() in together
    eventrec("export", "calendar", "--feeds", "private", "--attendees")
    assert "李娜".encode() in b"".join(path.read_bytes() for path in Path("private").iterdir())


def test_feeds_can_be_read_by_a_web_server_unless_they_name_people(here: Eventrec) -> None:
    here("export", "calendar", "--feeds", "public")
    here("export", "calendar", "--feeds", "private", "--attendees")
    assert stat.S_IMODE(Path("public/all.ics").stat().st_mode) & 0o400
    assert stat.S_IMODE(Path("private/all.ics").stat().st_mode) == 0o600


def test_a_project_has_the_events_of_its_phases_and_an_agency_those_of_its_parts(eventrec: Eventrec) -> None:
    eventrec("project", "add", "Mobility", "--code", "MMSP")
    eventrec("project", "edit", "MMSP-III", "--parent", "MMSP")
    eventrec("agency", "edit", "NIA", "--parent", "EU")
    eventrec("export", "calendar", "--feeds", "public")
    assert values(Path("public/project-2.ics").read_bytes(), "UID") == values(
        Path("public/project-1.ics").read_bytes(), "UID"
    )
    assert "agency-3.ics" in names("public")


def test_who_declined_has_the_event_no_longer(eventrec: Eventrec) -> None:
    eventrec("participant", "add", 1, "李娜", "--further")
    eventrec("export", "calendar", "--feeds", "public")
    eventrec("participant", "edit", 1, "李娜", "--status", "declined")
    assert "1 removed" in eventrec("export", "calendar", "--feeds", "public").err


def test_a_feeds_name_is_safe_whatever_the_uid_of_a_card_was(here: Eventrec) -> None:
    card = ("BEGIN:VCARD", "VERSION:3.0", "UID:a/../../../strange", "FN:Somebody", "END:VCARD", "")
    Path("card.vcf").write_text("\r\n".join(card), encoding="utf-8")
    here("import", "card.vcf")
    here("participant", "add", 1, "Somebody", "--further")
    assert here("export", "calendar", "--feeds", "public").code == 0
    (found,) = [name for name in names("public") if name.startswith("contact-") and len(name) == 44]
    here("participant", "edit", 1, "Somebody", "--status", "declined")
    here("export", "calendar", "--feeds", "public")
    assert found not in names("public")


def test_unchanged_feeds_are_left_untouched(here: Eventrec) -> None:
    here("export", "calendar", "--feeds", "public")
    before = {path.name: path.stat().st_mtime_ns for path in Path("public").iterdir()}
    assert "public is up to date." in here("export", "calendar", "--feeds", "public").err
    assert {path.name: path.stat().st_mtime_ns for path in Path("public").iterdir()} == before


def test_the_page_lists_projects_and_agencies_but_no_contact(here: Eventrec) -> None:
    here("export", "calendar", "--feeds", "public")
    page = Path("public/index.html").read_text(encoding="utf-8")
    assert '<a href="agency-2.ics">NIA National Immigration Administration / 国家移民管理局</a>' in page
    assert "contact-" not in page
