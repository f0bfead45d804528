from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec

GIVEN = ("privacy", "consent", "李娜", "photographs", "--date", "2025-05-03", "--source", "sign-in sheet")


def listed(eventrec: Eventrec, *words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(eventrec("privacy", "consents", *words, "-f", "json").out)
    return found


def test_a_consent_is_recorded_listed_and_shown_with_the_person(eventrec: Eventrec) -> None:
    result = eventrec(*GIVEN)
    assert (result.code, result.out) == (0, "")
    assert "recorded “photographs”: given on 2025-05-03 (sign-in sheet)." in result.err
    (row,) = listed(eventrec)
    assert (row["contact_id"], row["answer"], row["valid"]) == (2, "given", True)
    shown = eventrec("contact", "show", "2").out
    assert "consent: photographs\tgiven on 2025-05-03, sign-in sheet" in shown


def test_lists_and_exports_can_be_narrowed_to_those_who_agreed(eventrec: Eventrec) -> None:
    eventrec(*GIVEN)
    eventrec("participant", "add", "1", "2", "--further")
    for words in (
        ("contact", "list"),
        ("export", "contacts", "-f", "json"),
        ("participant", "list"),
        ("export", "participants"),
    ):
        asked = eventrec(*words, "--consent", "Photographs", *(() if "json" in words else ("-f", "json")))
        assert [row.get("contact_id", row["id"]) for row in json.loads(asked.out)] == [2]
    assert "BEGIN:VCARD" in eventrec("export", "contacts", "--consent", "photographs").out
    assert eventrec("export", "contacts", "--consent", "photographs").out.count("BEGIN:VCARD") == 1


def test_a_purpose_that_nobody_was_asked_about_is_named_with_those_that_there_are(eventrec: Eventrec) -> None:
    eventrec(*GIVEN)
    result = eventrec("contact", "list", "--consent", "fotos")
    assert result.code == 3
    assert "There is no consent for “fotos”. Nearest: photographs." in result.err


def test_who_has_not_agreed_is_listed(eventrec: Eventrec) -> None:
    eventrec(*GIVEN)
    missing = eventrec("privacy", "consents", "--missing", "--purpose", "photographs", "-f", "json")
    assert [row["id"] for row in json.loads(missing.out)] == [1]
    unknown = eventrec("privacy", "consents", "--missing", "--purpose", "fotos", "-f", "json")
    assert len(json.loads(unknown.out)) == 2
    assert "Nobody was ever asked about “fotos”." in unknown.err


def test_a_consent_is_withdrawn_and_undo_gives_it_back(eventrec: Eventrec) -> None:
    eventrec(*GIVEN)
    assert eventrec("privacy", "consent", "2", "photographs", "--withdrawn", "2025-07-01").code == 0
    assert [(row["withdrawn_on"], row["valid"]) for row in listed(eventrec)] == [("2025-07-01", False)]
    eventrec("undo")
    assert [(row["withdrawn_on"], row["valid"]) for row in listed(eventrec)] == [(None, True)]


def test_a_wrong_answer_is_corrected_or_removed(eventrec: Eventrec) -> None:
    eventrec(*GIVEN)
    eventrec("privacy", "consent", "2", "photographs", "--correct", "--refused", "--date", "2025-05-04")
    assert [(row["answer"], row["answered_on"]) for row in listed(eventrec)] == [("refused", "2025-05-04")]
    eventrec("privacy", "consent", "2", "photographs", "--correct", "--given", "--source", "an e-mail")
    assert [(row["answer"], row["source"]) for row in listed(eventrec)] == [("given", "an e-mail")]
    eventrec("privacy", "consent", "2", "photographs", "--remove")
    assert listed(eventrec) == []


def test_a_dry_run_saves_no_answer(eventrec: Eventrec) -> None:
    assert eventrec(*GIVEN, "-n").err.startswith("Nothing was saved")
    assert listed(eventrec) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("2", "photographs"), 2, "Where is the answer written down?"),
        (("2", "photographs", "--source", "x", "--date", "2199-01-01"), 2, "has not come yet"),
        (("2", "photographs", "--remove", "--source", "x"), 2, "--remove removes an answer"),
        (("2", "photographs", "--remove"), 3, "has no answer about “photographs”"),
        (("2", "photographs", "--withdrawn", "2025-01-01"), 3, "has no consent about “photographs”"),
        (("2", " ", "--source", "x"), 4, "The purpose is empty"),
        (("2", "a\x1bb", "--source", "x"), 4, "control character"),
        (("99", "photographs", "--source", "x"), 3, "There is no contact “99”"),
    ],
)
def test_what_makes_no_sense_is_refused(here: Eventrec, words: tuple[str, ...], code: int, said: str) -> None:
    result = here("privacy", "consent", *words)
    assert result.code == code
    assert said in result.err


def test_missing_needs_a_purpose(here: Eventrec) -> None:
    assert here("privacy", "consents", "--missing").code == 2


def test_a_consent_that_was_withdrawn_is_not_withdrawn_again(eventrec: Eventrec) -> None:
    eventrec(*GIVEN)
    eventrec("privacy", "consent", "2", "photographs", "--withdrawn", "2025-07-01")
    again = eventrec("privacy", "consent", "2", "photographs", "--withdrawn", "2025-09-01")
    assert again.code == 4
    assert "withdrawn on 2025-07-01 already; nothing was changed." in again.err
    assert "--date 2025-05-03 --withdrawn 2025-09-01 --correct" in again.err
    assert [row["withdrawn_on"] for row in listed(eventrec)] == ["2025-07-01"]
    corrected = ("--date", "2025-05-03", "--withdrawn", "2025-06-30", "--correct")
    assert eventrec("privacy", "consent", "2", "photographs", *corrected).code == 0
    assert [row["withdrawn_on"] for row in listed(eventrec)] == ["2025-06-30"]


def test_an_empty_purpose_is_told_without_languages(eventrec: Eventrec) -> None:
    result = eventrec("privacy", "consent", "2", "")
    assert result.code == 4
    assert "The purpose is empty." in result.err
    assert "language" not in result.err


def test_a_refusal_that_is_withdrawn_is_told_as_what_it_is(eventrec: Eventrec) -> None:
    result = eventrec("privacy", "consent", "2", "photographs", "--refused", "--withdrawn", "2025-01-01")
    assert result.code == 2
    assert "A refusal cannot be withdrawn: nothing was given." in result.err


def test_an_answer_that_is_not_there_is_not_found(eventrec: Eventrec) -> None:
    assert eventrec("privacy", "consent", "2", "photographs", "--withdrawn", "2025-01-01").code == 3
    assert eventrec("privacy", "consent", "2", "photographs", "--remove").code == 3


def test_no_months_at_all_are_warned_of_and_taken_back(eventrec: Eventrec) -> None:
    told = eventrec("privacy", "retention", "0")
    assert "as soon as the last of their projects has ended" in told.err
    assert "Back again: eventrec undo" in told.err
    assert "as soon as" not in eventrec("privacy", "retention", "60").err
