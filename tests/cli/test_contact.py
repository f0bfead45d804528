from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec

KEYS = {
    "id", "uid", "name", "honorific", "sex", "email", "emails", "phone", "agency", "position", "projects",
    "last_event_on",
}  # fmt: skip


def contact(eventrec: Eventrec, reference: object) -> dict[str, Any]:
    (found,) = json.loads(eventrec("contact", "show", reference, "-f", "json").out)
    return dict(found)


def test_add_keeps_the_name_as_typed_and_the_phone_with_its_country(eventrec: Eventrec) -> None:
    words = (
        "contact",
        "add",
        "WANG Wei",
        "王伟",
        "--agency",
        "NIA",
        "--phone",
        "010 8532 1234",
        "--position",
        "Officer",
    )
    assert eventrec(*words).err == "Contact 3 was added: WANG Wei / 王伟.\n"
    found = contact(eventrec, "王伟")
    assert (found["phone"], found["agency"], found["position"]) == ("+861085321234", "NIA", {"en": "Officer"})


def test_people_read_phones_as_they_are_written_abroad_and_scripts_as_they_are_kept(eventrec: Eventrec) -> None:
    eventrec("contact", "edit", "1", "--phone", "+86 10 8532 1234", "--mobile", "+8613800138000")
    page = eventrec("contact", "show", "1").out
    assert "phone\t+86 10 8532 1234\n" in page
    assert "phones\t+86 10 8532 1234, +86 138 0013 8000\n" in page
    assert contact(eventrec, 1)["phone"] == "+861085321234"
    eventrec("agency", "edit", "NIA", "--phone", "+86 10 6532 1234")
    assert "phone\t+86 10 6532 1234\n" in eventrec("agency", "show", "NIA").out


def test_the_promised_keys_are_there(eventrec: Eventrec) -> None:
    assert contact(eventrec, 1).keys() >= KEYS


def test_a_contact_is_found_by_e_mail(eventrec: Eventrec) -> None:
    assert contact(eventrec, "azaitsev@iom.int")["id"] == 1


def test_a_namesake_is_refused_until_asked_for(eventrec: Eventrec) -> None:
    assert eventrec("contact", "add", "LI Na", "李娜", "--agency", "NIA").code == 4
    assert eventrec("contact", "add", "LI Na", "李娜", "--agency", "NIA", "--namesake").code == 0


def test_moving_to_another_agency_says_since_when(eventrec: Eventrec) -> None:
    result = eventrec("contact", "edit", "李娜", "--agency", "EU", "--from", "2025-01-01")
    assert result.err == "Contact 2 was changed: LI Na / 李娜.\n"
    assert contact(eventrec, 2)["agency"] == "EU"


def test_a_point_is_taken_away(eventrec: Eventrec) -> None:
    eventrec("contact", "edit", 1, "--no-point", "azaitsev@iom.int")
    assert contact(eventrec, 1)["emails"] == []


def test_removing_whom_an_event_names_says_so(eventrec: Eventrec) -> None:
    eventrec("contact", "edit", 1, "--sex", "male")
    result = eventrec("contact", "remove", 2, "-y")
    assert result.err.endswith("Contact 2 was removed.\n  Back again: eventrec undo\n")
