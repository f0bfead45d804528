# ruff: noqa: E501 (a sentence is read best in one line)
"""Collectives: parties without a name of their own, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventrec.draft.mentions.organisations import Organisation

Read = Callable[..., list[Organisation]]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("It was joined by EU Member States.", "EU Member States", None),
        ("It was joined by Schengen Associated States.", "Schengen Associated States", None),
        ("It was joined by several Embassies of EU Member States.", "Embassies of EU Member States", None),
        ("It was joined by ASEAN member states.", "ASEAN member states", None),
        ("It was joined by Chinese government agencies.", "Chinese government agencies", "CN"),
        ("It was joined by Kenyan border management authorities.", "Kenyan border management authorities", "KE"),
        ("It was joined by other European experts.", "other European experts", None),
        ("It was joined by Nordic Embassies and Consulates in Kenya.", "Nordic Embassies and Consulates in Kenya", None),
        ("It was joined by Provincial Security Bureaus.", "Provincial Security Bureaus", None),
        ("It was joined by Central Asian border and migration services.", "Central Asian border and migration services", None),
        ("It was joined by Kenya's border services.", "Kenya's border services", "KE"),
        ("It was joined by Kenyan border troops.", "Kenyan border troops", "KE"),
        ("It was joined by the Wellport municipal authorities.", "Wellport municipal authorities", None),
        ("The Wellport municipal authorities joined it.", "Wellport municipal authorities", None),
        ("中国政府机构派员参加。", "中国政府机构", "CN"),
        ("欧盟成员国派员参加。", "欧盟成员国", None),
        ("申根联系国派员参加。", "申根联系国", None),
        ("欧盟成员国驻华使馆派员参加。", "欧盟成员国驻华使馆", None),
        ("其他欧洲专家在线参加。", "其他欧洲专家", None),
        ("老挝移民部门派员参加。", "老挝移民部门", "LA"),
        ("其他省级外事办公室派员参加。", "其他省级外事办公室", None),
    ],
)  # fmt: skip
def test_a_collective_is_a_party_without_a_name(read: Read, text: str, name: str, country: str | None) -> None:
    (found,) = read(text)
    assert found.group
    assert list(found.names.values()) == [name]
    assert found.country == country


def test_the_authorities_of_several_countries_are_one_party_each(read: Read) -> None:
    found = read("文莱达鲁萨兰国、柬埔寨王国和泰王国的移民部门代表参加会议。")
    assert [(each.names["zh"], each.country) for each in found] == [
        ("文莱达鲁萨兰国移民部门", "BN"),
        ("柬埔寨王国移民部门", "KH"),
        ("泰王国移民部门", "TH"),
    ]


def test_a_collective_without_an_owner_is_believed_less(read: Read) -> None:
    (found,) = read("It was joined by government agencies.")
    assert found.belief < 60


def test_a_name_is_no_collective_because_others_stand_before_embassies(read: Read) -> None:
    found = read("The Ministry of Health and Nordic Embassies agreed.")
    assert [(each.names["en"], each.group) for each in found] == [
        ("Ministry of Health", False),
        ("Nordic Embassies", True),
    ]
