import pytest

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.reading import Reading
from eventrec.draft.rules import place


def placed(text: str, gazetteer: Gazetteer | None = None) -> Draft:
    draft = Draft()
    place.fill(Reading(lay_out(text), gazetteer or Gazetteer()), Occasion(), draft)
    return draft


def said(text: str) -> str:
    """Return “Riga LV”, with a question mark before what is not an answer and a line for what is not known."""
    draft = placed(text)
    city = ("?" if "city" in draft.uncertain else "") + (draft.city or "-")
    country = ("?" if "country" in draft.uncertain else "") + (draft.country or "-")
    return f"{city} {country}"


SENTENCES = [
    ("On 4 June 2024, in Almaty, the Example Institute held a workshop on border data.", "Almaty KZ"),
    ("The Example Institute held a workshop on border data in Almaty, Kazakhstan.", "Almaty KZ"),
    (
        "From 11 to 13 March 2024, the Agency organized a training in Ashgabat, Turkmenistan, for 27 officers.",
        "Ashgabat TM",
    ),
    ("The workshop, held in the northern city of Harbin, is supported by the Ministry.", "Harbin CN"),
    ("The seminar took place in Turkmenistan's capital, Ashgabat, on 3 May.", "Ashgabat TM"),
    ("A two-day workshop was held at the Sunrise Hotel, Bangkok, on 3 May.", "Bangkok TH"),
    ("The seminar starts today at the Example Police Academy in Langfang, Hebei Province.", "Langfang CN"),
    ("A first coordination meeting was held today in Beijing.", "Beijing CN"),
    ("Judges from Lagos, Accra and Dakar attended a workshop held in Abuja on 3 May.", "Abuja NG"),
    (
        "The training, held in Manila, gathered officers from the posts of Beijing, Shanghai, Guangzhou and Xiamen.",
        "Manila PH",
    ),
    ("The Agency will organize a conference in Peking on 3 May.", "Beijing CN"),
    ("A workshop was held in Xian on 3 May.", "Xian CN"),
    ("The seminar was held in Nice, France, on 3 May.", "Nice FR"),
    ("The course took place in Birmingham, Alabama, United States.", "Birmingham US"),
    ("The training took place in Tripoli, Lebanon, on 3 May.", "Tripoli LB"),
    ("The Agency organized a seminar in Singapore on 3 May.", "Singapore SG"),
    # datelines
    ("Hangzhou – The Agency is today holding a joint training for 33 officials.", "Hangzhou CN"),
    ("Ha Noi, November 29, 2021 – The Agency organized the closing workshop.", "Ha Noi VN"),
    ("VIENTIANE, Lao PDR – The Agency organized the closing workshop.", "Vientiane LA"),
    ("China - The Agency's office will facilitate a two-day workshop on 3 and 4 November in Beijing.", "Beijing CN"),
    ("Nairobi – The Agency held a workshop in Mombasa for 30 officers.", "Mombasa KE"),
    ("Kenya – The Agency held a workshop for 30 officers.", "- KE"),
    ("Geneva – The Agency held a workshop for officers of Libya.", "?Geneva ?CH"),
    ("北京，2024年5月3日 示例机构今天举办研讨会。", "Beijing CN"),
    ("示例日报北京6月28日电 区域研讨会28日举行。", "?Beijing CN"),
    ("新华社曼谷6月28日电 区域研讨会28日在清迈举行。", "Chiang Mai TH"),
    # Chinese
    ("2024年6月4日，示例研究院在阿拉木图举办边境数据研讨会。", "Almaty KZ"),
    ("2024年10月17日，示例机构驻华代表处在北京举办研讨会。", "Beijing CN"),
    ("培训班在河北省廊坊市开班，来自上海、广州的学员参加。", "Langfang CN"),
    ("来自北京、上海、广州的代表参加了在昆明举行的研讨会。", "Kunming CN"),
    ("研讨会于6月4日在京举行。", "Beijing CN"),
    ("示例机构在海南省海口市举办培训班。", "Haikou CN"),
    ("泰国代表团赴中国示例管理局访问交流。", "- CN"),
    ("移民管理培训班今天在广西南宁开班。", "Nanning CN"),
    ("区域研讨会在越南河内举行。", "Hanoi VN"),
    ("The EU Delegation held a seminar in Beijing.", "Beijing CN"),
    ("A workshop was organised in Can Tho, Viet Nam.", "Can Tho VN"),
    # places that no table has
    ("The Agency will organize a two-day workshop on Iran's Kish Island on 21st and 22nd February.", "Kish Island IR"),
    ("A training for border guards was held in Kara-Suu, Kyrgyzstan, on 3 May.", "Kara-Suu KG"),
    ("示例机构在云南省瑞丽市举办培训班。", "瑞丽 CN"),
    # what is said of another event, of an office or of a visit
    ("研讨会4月5日在北京举行。下次研讨会将在布鲁塞尔举行。", "Beijing CN"),
    ("The workshop was held in Beijing. The next workshop will be held in Brussels.", "Beijing CN"),
    ("The ceremony took place at the Ministry of Foreign Affairs in Bishkek on 15 February.", "Bishkek KG"),
    ("Yangon, 10 March 2017: Ten officers travelled to Bangkok for a study visit.", "Bangkok TH"),
    ("The workshop “Mixed Flows” (Beijing, 6-7 February 2018) gathered 26 officials.", "Beijing CN"),
    ("Chiang Rai (Thailand), 3 May 2021 – Officers met in Chiang Rai for a workshop.", "Chiang Rai TH"),
    ("Ghana - A training in Accra was held by the Example Centre (EXC) in Moshi, Tanzania.", "Accra GH"),
    # only a province or country
    ("The workshop was held in Thailand on 3 May for 20 officers.", "- TH"),
    ("The workshop was held in Hebei Province for 20 officers.", "- CN"),
    # datelines of other shapes
    ("Moshi, Tanzania | 7 March 2031\n\nThe Institute held a training for 20 officers.", "Moshi TZ"),
    ("Bangkok (Thailand), 23 May 2031\n- From 18 to 19 May, the Institute held a seminar.", "Bangkok TH"),
    ("24.11.2031. Nis, Serbia. The Institute is concluding a five-day training today.", "Nis RS"),
    ("2031年9月28日-北京 示例研究院举办了移民数据研讨会。", "Beijing CN"),
    ("示例社大连2031年9月3日电 示例学院今天举办为期三天的培训班。", "Dalian CN"),
    # the dateline says another city than the event
    ("Nairobi, 14 February 2031 – The Institute opened a workshop in Naivasha yesterday.", "Naivasha KE"),
    (
        "Chengdu, 21 March 2031 – A workshop was held at Example University. Officials of the British "
        "Consulate-General in Chongqing attended.",
        "Chengdu CN",
    ),
    # another event was there
    (
        "Following the workshop in Tunis on 3 March 2031, the second workshop took place in Rabat on 5 May 2031.",
        "Rabat MA",
    ),
    ("To mark the agreement signed in Geneva, the Ministry hosted a conference in Montevideo.", "Montevideo UY"),
    ("The course is new here. The first took place in Kampala in 2029. It is held in Entebbe.", "?Entebbe -"),
    # the city hosts, or stands between the event and its days
    ("Almaty hosted on 3-4 May 2031 the annual meeting of the network.", "Almaty KZ"),
    ("The City of Gaziantep hosted a study visit for mayors from 3 to 5 May 2031.", "Gaziantep TR"),
    ("Training on interviewing, Podgorica, 3-4 May 2031\n\nThe Institute trained 20 officers.", "Podgorica ME"),
    ("A delegation of nine officers visited Lisbon from 4 to 6 October 2031.", "Lisbon PT"),
    ("The course took place at Example Academy, Karasuu, Kyrgyzstan, on 5 May.", "Karasuu KG"),
    ("In Freetown, the Agency trained 30 officers from 5 to 9 May 2031.", "Freetown SL"),
    # asked only
    ("Victoria Falls, 3 May 2031 – The Agency opened a workshop on data today.", "?Victoria Falls -"),
    ("Harare, 3 May 2031 – The Agency held a workshop in Hwangetown today.", "?Hwangetown ?ZW"),
    ("UNHCR's office in Tunis trained 25 judges on statelessness.", "?Tunis ?TN"),
    (
        "The training was held at the Emergency Centre at Lusaka's International Airport with an expert from the "
        "Example Centre in Moshi, Tanzania.",
        "?Lusaka ?ZM",
    ),
    ("On 3 May 2031 IOM Angola conducted a training for 20 officers.", "- ?AO"),
    ("Suva, Fiji – Officials of 12 countries are meeting this week in Naditown for a workshop.", "?Naditown ?FJ"),
    ("Monrovia, Liberia; 4 May 2031 - The Agency has concluded a workshop on identity management.", "Monrovia LR"),
    ("Tashkent. On 3 May 2031 the Academy hosted a lecture of the University of Vienna.", "Tashkent UZ"),
    ("Officers travelled from Kabul to Dushanbe, where the Agency held a training on 3 May.", "Dushanbe TJ"),
    (
        "The conference, originally planned for 3 April 2031 in Beirut, was held on 5 May 2031 in Larnaca, Cyprus.",
        "Larnaca CY",
    ),
    ("The training was held for consular staff of the Embassies in Berlin, Rome and Madrid.", "- -"),
    # Chinese
    ("示例研究院专家来广州开展培训，培训班顺利举办。", "Guangzhou CN"),
    ("20名学员前往示例大学广州校区接受培训。", "Guangzhou CN"),
    ("移民论坛在比利时布鲁塞尔成功召开。", "Brussels BE"),
    ("國際組織2日在北京聯合舉辦研討會。", "Beijing CN"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_where_it_is_held_is_read(text: str, expected: str) -> None:
    assert said(text) == expected


SILENT = [
    "Experts of the University of Cologne trained officers at the seminar.",
    "The Beijing Foreign Affairs Office took part in the workshop.",
    "The training was attended by officers from Beijing, Shanghai, Guangzhou and Xiamen.",
    "The meeting discussed the Bali Process and the Palermo Protocol.",
    "The online workshop brought together officers from Bangkok and Manila.",
    "Reading materials were shared at the workshop by Mary and Jordan Example.",
    "Participants may split into groups at the workshop, and a mobile team will help.",
    "For further information on the workshop, contact Agency Tehran.",
    "The training included a visit to Beijing Capital International Airport.",
    "北京大学对外汉语教育学院院长参加交流。",
    "来自北京、上海、广州的学员参加培训。",
    "北京市外事办公室、上海市外事办公室派员参加研讨会。",
    "会议期间，学员参观了北京首都国际机场。",
    "线上研讨会邀请了北京和上海的专家。",
]


@pytest.mark.parametrize("text", SILENT)
def test_a_place_of_people_or_in_a_name_is_not_the_events(text: str) -> None:
    draft = placed(text)
    assert draft.city is None or "city" in draft.uncertain
    assert draft.country is None or "country" in draft.uncertain or draft.city is None


def test_an_online_event_has_no_city_from_its_dateline() -> None:
    draft = placed("Vienna – The Agency held an online workshop for judges.")
    assert draft.city is None or "city" in draft.uncertain


def test_two_cities_side_by_side_are_a_question() -> None:
    draft = placed("The Agency held workshops in Bangkok and Chiang Mai.")
    assert draft.uncertain["city"] == "Was it in Bangkok or Chiang Mai?"
    assert (draft.country, "country" in draft.uncertain) == ("TH", False)


@pytest.mark.parametrize(
    "text",
    [
        "From 18 to 22 September the Agency organized a study visit to Berlin, Germany, and Brussels, Belgium.",
        "9月18日至22日，机构组织代表团赴德国柏林和比利时布鲁塞尔开展学习考察。",
        "示例大学代表团于2031年6月1日至8日访问塔吉克斯坦、乌兹别克斯坦，6月3日在杜尚别出席论坛。",
        "12日至16日，考察团一行10人赴波兰、德国考察边境管理。",
        "China – Twelve officials will visit Germany and the Netherlands on a study tour.",
    ],
)
def test_a_journey_to_two_countries_is_a_question(text: str) -> None:
    draft = placed(text)
    assert draft.country is None or "country" in draft.uncertain
    assert draft.city is None or "city" in draft.uncertain


def test_a_city_has_its_name_in_both_languages() -> None:
    assert placed("The Agency held a workshop in Almaty.").city_names == {"en": "Almaty", "zh": "阿拉木图"}


def test_a_city_of_the_book_is_read_as_the_book_has_it() -> None:
    book = Gazetteer(cities=(({"en": "Ruili", "zh": "瑞丽"}, "CN"),))
    draft = placed("示例机构在瑞丽举办培训班。", book)
    assert (draft.city, draft.country, draft.city_names) == ("Ruili", "CN", {"en": "Ruili", "zh": "瑞丽"})


def test_languages_that_name_one_city_strengthen_each_other() -> None:
    draft = placed("The Agency held a workshop in Riga.\n示例机构在里加举办研讨会。")
    assert (draft.city, draft.uncertain) == ("Riga", {})
    assert {each.text for each in draft.evidence["city"]} == {"Riga", "里加"}


@pytest.mark.parametrize(
    ("text", "language", "venue"),
    [
        ("The workshop was held at the Sunrise Hotel in Bangkok.", "en", "Sunrise Hotel"),
        (
            "The seminar starts today at the China's National Example Academy in Langfang.",
            "en",
            "National Example Academy",
        ),
        ("The course took place at the Institute of Public Health in Tirana.", "en", "Institute of Public Health"),
        ("The conference was held at Hotel Example in Pristina.", "en", "Hotel Example"),
        ("研讨会在北京国际会议中心举行。", "zh", "北京国际会议中心"),
        ("培训班在云南省昆明市示例宾馆举办。", "zh", "示例宾馆"),
        ("研讨会\n时间：2024年5月3日\n地点：示例大酒店", "zh", "示例大酒店"),
    ],
)
def test_the_house_in_which_it_is_held_is_read(text: str, language: str, venue: str) -> None:
    assert placed(text).venue == {language: venue}


@pytest.mark.parametrize(
    "text",
    ["in Beijing " * 20000, "在北京" * 20000, "in Aa Bb Cc " * 20000, "at the Aa of " * 20000, "in Aab and " * 20000],
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    placed(f"The workshop was held {text}")


@pytest.mark.parametrize(
    ("text", "city", "venue"),
    [
        ("2024年5月3日，研讨会在西安与示例师范大学举行。", "Xi’an", None),
        ("2024年5月3日，示例署在成都市和示例警官学院举办研讨会。", "Chengdu", None),
        ("2024年5月3日，研讨会在西安示例师范大学举行。", "Xi’an", "西安示例师范大学"),
        ("2024年5月3日，研讨会在北京示例历史与文化学院举行。", "Beijing", "北京示例历史与文化学院"),
        ("The seminar was held in Riga with the Example University on 3 May 2024.", "Riga", None),
        ("The seminar was held at the Example University in Riga on 3 May 2024.", "Riga", "Example University"),
    ],
)
def test_a_city_and_with_whom_it_was_held_there_are_no_house(text: str, city: str, venue: str | None) -> None:
    draft = placed(text)
    assert (draft.city, next(iter(draft.venue.values()), None)) == (city, venue)
