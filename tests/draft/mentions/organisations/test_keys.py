"""What names are compared by."""

from __future__ import annotations

import pytest

from eventrec.draft.mentions.organisations.keys import diplomatic, is_short_for, key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The International Organisation for Health", "International Organization for Health"),
        ("Training Centre", "training center"),
        ("Immigration & Checkpoints Authority", "Immigration and Checkpoints Authority"),
        ("Ministry of Labor", "Ministry of Labour"),
        ("Directorate-General for Trade", "Directorate General for Trade"),
        ("Université de Québec", "Universite de Quebec"),
        ("中国国家移民管理局", "国家移民管理局"),
    ],
)
def test_spelling_does_not_tell_names_apart(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize("name", ["中国政府", "中国银行", "中国科学院", "中国红十字会"])
def test_china_stays_where_it_is_the_name(name: str) -> None:
    assert key(name) == name


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("Embassy of Japan in Turkmenistan", ("embassy", "JP", "TM")),
        ("Japanese Embassy in Ashgabat", ("embassy", "JP", "TM")),
        ("日本驻蒙古国大使馆", ("embassy", "JP", "MN")),
        ("Delegation of the European Union to China", ("delegation", "European Union", "CN")),
        ("EU Delegation", ("delegation", "European Union", None)),
        ("欧盟驻华代表团", ("delegation", "European Union", "CN")),
        ("Ministry of Japan", None),
    ],
)
def test_missions_are_known_by_sender_and_place(name: str, mark: tuple[str, str, str | None] | None) -> None:
    assert diplomatic(name) == mark


def test_a_short_form_has_signs_of_the_long_one_in_order_and_its_last() -> None:
    assert is_short_for("移民局", "国家移民管理局")
    assert is_short_for("人社部", "人力资源和社会保障部")
    assert not is_short_for("移民署", "国家移民管理局")
    assert not is_short_for("外交部", "外交部")
