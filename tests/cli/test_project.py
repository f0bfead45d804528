from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec

KEYS = {
    "id", "uid", "code", "name", "parent", "contract_number", "starts_on", "ends_on", "donors", "managers", "events",
    "participants",
}  # fmt: skip


def project(eventrec: Eventrec, reference: object) -> dict[str, Any]:
    (found,) = json.loads(eventrec("project", "show", reference, "-f", "json").out)
    return dict(found)


def test_add_keeps_dates_contract_and_donors(eventrec: Eventrec) -> None:
    words = ("--code", "CBMM-2", "--date", "2010-11-19..2013-11-19", "--contract", "DCI-MIGR 1", "--donor", "EU=80")
    result = eventrec("project", "add", "Capacity Building", "能力建设", *words)
    assert result.err == "Project 2 was added: CBMM-2 Capacity Building / 能力建设.\n"
    found = project(eventrec, "CBMM-2")
    assert (found["starts_on"], found["ends_on"], found["donors"]) == ("2010-11-19", "2013-11-19", ["EU"])
    assert found["contract_number"] == "DCI-MIGR 1"


def test_the_promised_keys_are_there(eventrec: Eventrec) -> None:
    assert project(eventrec, "MMSP-III").keys() >= KEYS


def test_a_phase_is_found_with_its_programme(eventrec: Eventrec) -> None:
    eventrec("project", "add", "Programme", "--code", "MMSP")
    eventrec("project", "edit", "MMSP-III", "--parent", "MMSP")
    found = json.loads(eventrec("event", "list", "--project", "MMSP", "-f", "json").out)
    assert 1 in [row["id"] for row in found]
    assert json.loads(eventrec("event", "list", "--project", "MMSP", "--only", "-f", "json").out) == []


def test_a_party_is_taken_away(eventrec: Eventrec) -> None:
    eventrec("project", "edit", "MMSP-III", "--no-party", "donor=EU", "--no-party", "programme-manager=1")
    found = project(eventrec, "MMSP-III")
    assert (found["donors"], found["managers"]) == ([], [])


def test_a_party_without_a_role_is_exit_2(eventrec: Eventrec) -> None:
    assert eventrec("project", "edit", "MMSP-III", "--no-party", "EU").code == 2


def test_remove_of_a_project_without_events(eventrec: Eventrec) -> None:
    eventrec("project", "add", "Mistake", "--code", "XYZ")
    assert eventrec("project", "remove", "XYZ", "-y").err == "Project 2 was removed.\n  Back again: eventrec undo\n"
