"""English names of organisations: where they begin and end, which are one and which are several."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventrec.draft.mentions.organisations import Organisation

Named = Callable[..., list[str]]
Read = Callable[..., list[Organisation]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("UNHCR and the Ministry of Interior of Moldova organized a training.", ["UNHCR", "Ministry of Interior"]),
        (
            "The Embassy of Japan in Mongolia and the General Authority for Border Protection hosted it.",
            ["Embassy of Japan in Mongolia", "General Authority for Border Protection"],
        ),
        (
            "Staff of the Kenya Revenue Authority, the National Police Service and the Directorate of Immigration"
            " Services attended.",
            ["Kenya Revenue Authority", "National Police Service", "Directorate of Immigration Services"],
        ),
        (
            "It was opened by Viet Nam's Ministry of Labour, Invalids and Social Affairs (MOLISA).",
            ["Ministry of Labour, Invalids and Social Affairs"],
        ),
        (
            "Officials from the Royal Thai Police, the Department of Special Investigation and the Office of the"
            " Attorney General took part.",
            ["Royal Thai Police", "Department of Special Investigation", "Office of the Attorney General"],
        ),
        (
            "The Guangdong Provincial Public Security Department, the Shenzhen Municipal Government and Sun Yat-sen"
            " University sent staff.",
            [
                "Guangdong Provincial Public Security Department",
                "Shenzhen Municipal Government",
                "Sun Yat-sen University",
            ],
        ),
        (
            "The Food and Agriculture Organization of the United Nations (FAO) and the World Food Programme (WFP)"
            " co-hosted it.",
            ["Food and Agriculture Organization of the United Nations", "World Food Programme"],
        ),
        (
            "Experts of the Organization for Security and Co-operation in Europe (OSCE) spoke.",
            ["Organization for Security and Co-operation in Europe"],
        ),
        (
            "The Swiss State Secretariat for Migration (SEM) and the Federal Office for Migration and Refugees met.",
            ["Swiss State Secretariat for Migration", "Federal Office for Migration and Refugees"],
        ),
        (
            "Professor Li Na of Peking University and Dr. John Smith from the University of Oxford spoke.",
            ["Peking University", "University of Oxford"],
        ),
        (
            "The Red Cross Society of China and the International Committee of the Red Cross (ICRC) signed.",
            ["Red Cross Society of China", "International Committee of the Red Cross"],
        ),
        (
            "GIZ and the Ministry of Gender, Labour and Social Development of Uganda trained inspectors.",
            ["GIZ", "Ministry of Gender, Labour and Social Development"],
        ),
        (
            "The Bali Process Regional Support Office and the Australian Border Force facilitated the session.",
            ["Bali Process Regional Support Office", "Australian Border Force"],
        ),
        (
            "UNODC, in partnership with the Government of Canada, conducted the training.",
            ["UNODC", "Government of Canada"],
        ),
        (
            "The Immigration Department of Malaysia and the Attorney General's Chambers came.",
            ["Immigration Department of Malaysia", "Attorney General's Chambers"],
        ),
        (
            "The National Agency for the Prohibition of Trafficking in Persons (NAPTIP) hosted the visit.",
            ["National Agency for the Prohibition of Trafficking in Persons"],
        ),
        (
            "Blue Harbour Technologies Co., Ltd. and China Merchants Group presented.",
            ["Blue Harbour Technologies Co., Ltd.", "China Merchants Group"],
        ),
        (
            "The Chinese Academy of Social Sciences and the Center for China and Globalization (CCG) joined.",
            ["Chinese Academy of Social Sciences", "Center for China and Globalization"],
        ),
        (
            "A delegation of the Ministry of Public Security of Viet Nam visited the Danube Institute.",
            ["Ministry of Public Security", "Danube Institute"],
        ),
        (
            "The Department of Consular Affairs of the Ministry of Foreign Affairs received them.",
            ["Department of Consular Affairs, Ministry of Foreign Affairs"],
        ),
        (
            "The Ministry of Home Affairs and Public Security and the Ministry of Finance were represented.",
            ["Ministry of Home Affairs and Public Security", "Ministry of Finance"],
        ),
        (
            "It was implemented by UN Women and UNICEF with the Norwegian Ministry of Foreign Affairs.",
            ["UN Women", "UNICEF", "Ministry of Foreign Affairs"],
        ),
        (
            "The Economic Community of West African States (ECOWAS) and the African Union Commission endorsed it.",
            ["Economic Community of West African States", "African Union Commission"],
        ),
        (
            "The Supreme People's Court and the Supreme People's Procuratorate sent judges.",
            ["Supreme People's Court", "Supreme People's Procuratorate"],
        ),
        (
            "The Dutch Immigration and Naturalisation Service (IND) shared lessons.",
            ["Dutch Immigration and Naturalisation Service"],
        ),
        (
            "The British Embassy Beijing and the UK National Crime Agency (NCA) supported it.",
            ["British Embassy Beijing", "UK National Crime Agency"],
        ),
        ("Experts from Europol, Frontex and INTERPOL spoke.", ["Europol", "Frontex", "INTERPOL"]),
        (
            "The United States Customs and Border Protection and the Portuguese Border and Aliens Service met.",
            ["United States Customs and Border Protection", "Portuguese Border and Aliens Service"],
        ),
        (
            "The Bureau of Exit and Entry Administration of Laos' Ministry of Public Security came.",
            ["Bureau of Exit and Entry Administration, Ministry of Public Security"],
        ),
        (
            "Officers of the Bureau of Labour Protection, Ministry of Labour, and of the Consumer Council came.",
            ["Bureau of Labour Protection, Ministry of Labour", "Consumer Council"],
        ),
        (
            "The Belgian Office of the Commissioner General for Refugees and Stateless Persons hosted it.",
            ["Belgian Office of the Commissioner General for Refugees and Stateless Persons"],
        ),
        ("It was eased by the Port of Antwerp Authority.", ["Port of Antwerp Authority"]),
        ("Last week Save the Coast International rebuilt piers.", ["Save the Coast International"]),
        ("The Lao PDR Ministry of Public Security agreed.", ["Ministry of Public Security"]),
        (
            "The Federal Ministry of the Interior and Community (BMI) and the Federal Criminal Police Office met.",
            ["Federal Ministry of the Interior and Community", "Federal Criminal Police Office"],
        ),
        ("The Ombudsman's Office and the High Court of Kenya agreed.", ["Ombudsman's Office", "High Court of Kenya"]),
        ("It was opened by UNHCX Country Director Anna Keller.", ["UNHCX"]),
        (
            "Zambia Police Service Hosts Workshop with Support from the Government of Japan",
            ["Zambia Police Service", "Government of Japan"],
        ),
        (
            "The Max Planck Institute for Comparative Public Law and International Law taught at Renmin University.",
            ["Max Planck Institute for Comparative Public Law and International Law", "Renmin University"],
        ),
        (
            "Singapore's Immigration & Checkpoints Authority and the Hong Kong Police Force shared views.",
            ["Immigration and Checkpoints Authority", "Hong Kong Police Force"],
        ),
        (
            "The Exit-Entry Administration of the Shanghai Public Security Bureau welcomed the group.",
            ["Exit-Entry Administration, Shanghai Public Security Bureau"],
        ),
        (
            "World Vision International in Cambodia and the British Council ran it.",
            ["World Vision International in Cambodia", "British Council"],
        ),
    ],
)
def test_names_go_as_far_as_they_do_and_no_further(named: Named, text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Officers from the Ministries of Justice, Interior and Health attended.",
            ["Ministry of Justice", "Ministry of Interior", "Ministry of Health"],
        ),
        (
            "Kenya's Ministries of Labour, Foreign Affairs, and Agriculture and Rural Affairs agreed.",
            ["Ministry of Labour", "Ministry of Foreign Affairs", "Ministry of Agriculture and Rural Affairs"],
        ),
        (
            "The Embassies of Germany, France and Italy sent observers.",
            ["Embassy of Germany", "Embassy of France", "Embassy of Italy"],
        ),
        ("The Governments of Chad and Mali signed.", ["Government of Chad", "Government of Mali"]),
        (
            "The General Stations of Exit and Entry Frontier Inspection in Beijing, Shanghai and Xiamen sent officers.",
            [
                "General Station of Exit and Entry Frontier Inspection in Beijing",
                "General Station of Exit and Entry Frontier Inspection in Shanghai",
                "General Station of Exit and Entry Frontier Inspection in Xiamen",
            ],
        ),
        (
            "The Maritime Safety Administrations of Hubei and Hunan attended.",
            ["Maritime Safety Administration of Hubei", "Maritime Safety Administration of Hunan"],
        ),
        ("The Universities of Vienna and Oslo joined.", ["University of Vienna", "University of Oslo"]),
    ],
)
def test_a_plural_head_is_shared_out_to_one_name_each(named: Named, text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Deputy Director Anna Keller and Major Ivan Petrov from Kish Island spoke on Human Rights.",
        "Participants visited the Beijing Capital International Airport on Monday.",
        "The workshop on Artificial Intelligence (AI) looked at COVID and the SDGs.",
        "It is part of the project Tackling Modern Slavery (TMS), phase II.",
        "The Office opened a Regional Office and a Liaison Office.",
        "The government and the police agreed with civil servants.",
    ],
)
def test_what_only_looks_like_a_name_is_none(named: Named, text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Iran's Ministry of Interior attended.", "IR"),
        ("The Norwegian Ministry of Health attended.", "NO"),
        ("The Ministry of Justice of the Republic of Korea attended.", "KR"),
        ("The Government of the Islamic Republic of Iran attended.", "IR"),
        ("The German Federal Police attended.", "DE"),
        ("The Royal Thai Police attended.", "TH"),
        ("The UK National Crime Agency attended.", "GB"),
        ("The State Migration Service of Azerbaijan attended.", "AZ"),
        ("The Embassy of Japan in Turkmenistan attended.", "JP"),
    ],
)
def test_the_country_is_that_of_the_words_around(read: Read, text: str, country: str) -> None:
    (found,) = read(text)
    assert found.country == country


def test_ministries_of_one_list_after_a_country_are_all_its_own(read: Read) -> None:
    found = read("Officials came from Iran's Ministry of Interior, Ministry of Labour and Ministry of Health.")
    assert [each.country for each in found] == ["IR", "IR", "IR"]


def test_one_list_has_one_number(read: Read) -> None:
    found = read("The Ministry of Labour, the Consumer Council and the Bar Association met. The Food Bank left.")
    numbers = [each.mentions[0].series for each in found]
    assert numbers[0] is not None
    assert numbers == [numbers[0], numbers[0], numbers[0], None]


@pytest.mark.parametrize(
    "office",
    [
        "UNHCR's Liaison Office in Kenya",
        "UNHCR Kenya",
        "the UNHCR Mission in Kenya",
        "the United Nations High Commissioner for Refugees (UNHCR) Office in Kenya",
        "the Chief of Mission of UNHCR Kenya",
        "UNHCR, the UN Refugee Agency,",
    ],
)
def test_an_office_abroad_and_the_whole_are_one(read: Read, office: str) -> None:
    found = read(f"Yesterday {office} hosted a course. The training was organized by UNHCR.")
    assert [each.code for each in found] == ["UNHCR"]
    assert len(found[0].mentions) == 2


def test_a_directorate_of_a_commission_is_named_and_not_the_commission(read: Read) -> None:
    (found,) = read("Staff of the European Commission's Directorate General for Trade spoke.")
    assert (found.names["en"], found.parent) == ("Directorate General for Trade", "European Commission")


def test_an_acronym_in_brackets_binds_both(read: Read) -> None:
    (found,) = read("The Danube Migration Agency (DMA) held a course. Later DMA thanked all.")
    assert (found.names["en"], found.code, len(found.mentions)) == ("Danube Migration Agency", "DMA", 2)


def test_a_national_body_is_one_with_and_without_its_country(read: Read) -> None:
    (found,) = read("The Kenyan National Crime Agency held a course. Later the National Crime Agency thanked all.")
    assert len(found.mentions) == 2


def test_an_acronym_of_a_project_is_no_organisation(named: Named) -> None:
    assert named("Under Capacity Building for Border Work (CBBW) a course was held by CBBW.") == []


def test_places_are_those_of_the_text(read: Read) -> None:
    text = "Today the Danube Migration Agency met."
    (found,) = read(text)
    span = found.mentions[0].span
    assert text[span.start : span.end] == "Danube Migration Agency"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr Sasaki, Ambassador of Japan to Turkmenistan, spoke.", "Embassy of Japan in Turkmenistan"),
        ("The Japanese Ambassador to Kenya spoke.", "Embassy of Japan in Kenya"),
        ("The EU Ambassador to Mongolia spoke.", "Delegation of the European Union to Mongolia"),
        (
            "Ms Lee, Ambassador Extraordinary and Plenipotentiary of the Republic of Korea to Laos, spoke.",
            "Embassy of South Korea in Laos",
        ),
    ],
)
def test_an_ambassador_stands_for_the_embassy(named: Named, text: str, name: str) -> None:
    assert named(text) == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Centre for Aid and Rescue (CAR) held a course.", ["Centre for Aid and Rescue"]),
        (
            "The Department of International Cooperation & Exchanges and the Norland Police Service came.",
            ["Department of International Cooperation and Exchanges", "Norland Police Service"],
        ),
        ("The Croatian Police and Customs Liaison Office held a course.",
         ["Croatian Police and Customs Liaison Office"]),
        (
            "The European Union Aid Mission to Chad and Mali (EUAMX) held a course.",
            ["European Union Aid Mission to Chad and Mali"],
        ),
        (
            "The Institute for Peace, Security and Conflict Studies held a course.",
            ["Institute for Peace, Security and Conflict Studies"],
        ),
        (
            "The Committee on Migration, Refugees and Displaced Persons held a course.",
            ["Committee on Migration, Refugees and Displaced Persons"],
        ),
        (
            "It was held by the Institute of International Relations and Centre for European Studies.",
            ["Institute of International Relations", "Centre for European Studies"],
        ),
        (
            "The International Organisation for Police Cooperation took part.",
            ["International Organisation for Police Cooperation"],
        ),
        ("The National School of Administration held a course.", ["National School of Administration"]),
        ("The Kenyan Foreign Ministry sent three diplomats.", ["Kenyan Foreign Ministry"]),
        (
            "Officials of the Ministries of Health, Labour and Justice, and the Office of the Attorney General came.",
            ["Ministry of Health", "Ministry of Labour", "Ministry of Justice", "Office of the Attorney General"],
        ),
        ("Relief International, with Harbour International, trained nurses.",
         ["Relief International", "Harbour International"]),
        ("Experts of the Border and Coast Guard Agency (Frontex) came.", ["Border and Coast Guard Agency"]),
        ("UNHCR, the UN Refugee Agency, held a course.", ["UNHCR"]),
        ("UNHCR/The UN Refugee Agency held a course.", ["UNHCR"]),
        ("Lakeside University's School of Law held a course.", ["School of Law, Lakeside University"]),
        ("Partners in China and Office of Mongolia met.", []),
        ("The National Agency to Combat Trafficking in Persons came.",
         ["National Agency to Combat Trafficking in Persons"]),
        ("The British Consulate-General Chongqing held a course.", ["British Consulate-General Chongqing"]),
        ("They visited the Spanish National Police for Kosovo officers.", ["Spanish National Police"]),
        ("The Estonian Police and Border Guard Board held a course.", ["Estonian Police and Border Guard Board"]),
        ("The Commissioner of the Norland Prison Service spoke.", ["Norland Prison Service"]),
        ("The National Police of Peru's Directorate against Trafficking in Persons came.",
         ["Directorate against Trafficking in Persons"]),
        ("The Federal Office for Refugees (FORX) in Nuremberg held a course.", ["Federal Office for Refugees"]),
        ("The Hungarian National Directorate-General for Aliens came.",
         ["Hungarian National Directorate-General for Aliens"]),
    ],
)  # fmt: skip
def test_a_name_is_cut_neither_at_its_joints_nor_at_its_brackets(named: Named, text: str, names: list[str]) -> None:
    assert named(text) == names


def test_a_body_without_a_word_that_says_so_is_doubted(read: Read) -> None:
    found = read("The African Wildlife Defenders (AWD) trained rangers.")
    assert [(each.names["en"], each.code, each.belief < 60) for each in found] == [
        ("African Wildlife Defenders", "AWD", True)
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Union for Aid Organization (UAO) Kenya Office met UAO.", "Union for Aid Organization"),
        (
            "The National Harbour Administration of Chad (NHA) met. The National Harbour Administration (NHA) went on.",
            "National Harbour Administration of Chad",
        ),
        ("The Interior Ministry met. The Ministry of the Interior of Chad went on.", "Interior Ministry"),
        ("The Kenyan Harbour Bureau met. The Harbour Bureau went on.", "Kenyan Harbour Bureau"),
    ],
)
def test_one_body_by_several_of_its_names_is_one(named: Named, text: str, name: str) -> None:
    assert named(text) == [name]
