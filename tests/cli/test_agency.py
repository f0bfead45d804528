from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec

KEYS = {"id", "uid", "code", "name", "kind", "side", "country", "parent", "successor", "aliases"}


def agency(eventrec: Eventrec, reference: object) -> dict[str, Any]:
    (found,) = json.loads(eventrec("agency", "show", reference, "-f", "json").out)
    return dict(found)


def test_add_says_number_code_and_name(eventrec: Eventrec) -> None:
    result = eventrec("agency", "add", "Ministry of Foreign Affairs", "外交部", "--code", "MFA", "--country", "中国")
    assert (result.code, result.out) == (0, "")
    assert result.err == "Agency 4 was added: MFA Ministry of Foreign Affairs / 外交部.\n"
    assert agency(eventrec, "MFA")["country"] == "CN"


def test_the_promised_keys_are_there(eventrec: Eventrec) -> None:
    assert agency(eventrec, "NIA").keys() >= KEYS


def test_a_part_is_found_with_its_whole_unless_only(eventrec: Eventrec) -> None:
    eventrec("agency", "add", "European Commission", "--code", "EC", "--parent", "EU")
    codes = [row["code"] for row in json.loads(eventrec("agency", "list", "--agency", "EU", "-f", "json").out)]
    assert codes == ["EC", "EU"]
    only = json.loads(eventrec("agency", "list", "--agency", "EU", "--only", "-f", "json").out)
    assert [row["code"] for row in only] == ["EU"]


def test_a_new_name_keeps_the_old_one_as_a_dated_alias(eventrec: Eventrec) -> None:
    assert eventrec("agency", "edit", "NIA", "Immigration Service", "--from", "2025-01-01").code == 0
    found = agency(eventrec, "National Immigration Administration")
    assert found["name"]["en"] == "Immigration Service"
    assert "National Immigration Administration" in str(found["aliases"])


def test_a_corrected_name_keeps_nothing(eventrec: Eventrec) -> None:
    eventrec("agency", "edit", "NIA", "Immigration Service", "--correct")
    assert eventrec("agency", "show", "National Immigration Administration").code == 3


def test_an_empty_text_empties_a_field(eventrec: Eventrec) -> None:
    eventrec("agency", "edit", "NIA", "--side", "")
    assert agency(eventrec, "NIA")["side"] is None


def test_remove_of_what_nothing_refers_to(eventrec: Eventrec) -> None:
    eventrec("agency", "add", "Mistake", "--code", "XYZ")
    result = eventrec("agency", "remove", "XYZ", "-y")
    assert result.err == "Agency 4 was removed.\n  Back again: eventrec undo\n"
    assert eventrec("agency", "show", "XYZ").code == 3
