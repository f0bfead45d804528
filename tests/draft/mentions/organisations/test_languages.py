"""A release in two languages names each organisation once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventrec.draft.mentions.organisations import Organisation

Named = Callable[..., list[str]]
Read = Callable[..., list[Organisation]]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Ministry of Human Resources and Social Security", "人力资源和社会保障部"),
        ("State Administration for Market Regulation", "国家市场监督管理总局"),
        ("Confederation of British Industry", "英国工业联合会"),
        ("Thai Immigration Bureau", "泰国移民局"),
        ("Beijing Municipal Foreign Affairs Office", "北京市外事办公室"),
        ("Shanghai Foreign Affairs Office", "上海市外事办公室"),
        ("All-China Women's Federation", "全国妇联"),
        ("Chinese Academy of Social Sciences", "中国社会科学院"),
        ("Delegation of the European Union to China", "欧盟驻华代表团"),
        ("Embassy of Japan in Mongolia", "日本驻蒙古国大使馆"),
        ("EU Delegation to Mongolia", "欧盟驻蒙古国代表团"),
        ("Guangdong Provincial Public Security Department", "广东省公安厅"),
        ("International Labour Organization", "国际劳工组织"),
        ("European Commission", "欧盟委员会"),
        ("Ministry of Justice of Mongolia", "蒙古国司法部"),
        ("National Narcotics Control Commission", "国家禁毒委员会"),
        ("United Nations Office on Drugs and Crime", "联合国毒品和犯罪问题办公室"),
    ],
)
def test_a_name_and_its_translation_are_one(read: Read, english: str, chinese: str) -> None:
    found = read(f"The {english} sent trainers to Ulaanbaatar on Monday.\n\n{chinese}派教员前往乌兰巴托。")
    assert len(found) == 1
    assert set(found[0].names) == {"en", "zh"}
    assert not found[0].doubled


def test_the_letters_of_an_acronym_may_be_those_of_the_other_name(read: Read) -> None:
    (found,) = read("The visit was facilitated by NIA on Monday.\n\n国家移民管理局协助安排了此次参观。")
    assert (dict(found.names), found.code) == ({"en": "NIA", "zh": "国家移民管理局"}, "NIA")


def test_the_place_in_a_list_pairs_what_words_do_not(named: Named) -> None:
    text = (
        "The Ministry of Commerce, the Ministry of Justice and Tsinghua University attended.\n\n"
        "商务部、司法部和清华大学派员参加。"
    )
    assert named(text) == [
        "Ministry of Commerce / 商务部",
        "Ministry of Justice / 司法部",
        "Tsinghua University / 清华大学",
    ]


def test_lists_of_another_length_pair_nothing_by_place(named: Named) -> None:
    text = "The Ministry of Commerce and Tsinghua University attended.\n\n商务部、司法部和清华大学派员参加。"
    assert named(text) == ["Ministry of Commerce / 商务部", "Tsinghua University", "司法部", "清华大学"]


def test_what_stays_alone_in_the_second_language_is_to_be_asked(read: Read) -> None:
    text = (
        "The Ministry of Commerce held a long course on the law of contracts for judges from all over the country.\n\n"
        "商务部举办培训班。清华大学派员参加。"
    )
    assert {each.names.get("zh"): each.doubled for each in read(text)} == {"商务部": False, "清华大学": True}


def test_ministries_of_different_countries_are_not_paired(read: Read) -> None:
    found = read("Norway's Ministry of Justice sent trainers to Beijing.\n\n越南司法部派员前往北京。")
    assert len(found) == 2


def test_collectives_are_paired_too(read: Read) -> None:
    text = "EU Member States and Chinese government agencies attended.\n\n欧盟成员国和中国政府机构派员参加。"
    assert [len(each.names) for each in read(text)] == [2, 2]
