"""What people write above the columns of a sheet, in English and Chinese, and the field that is meant."""

# ruff: noqa: E501 (all words for a field stand on one line)

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from eventrec.patterns import late
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PERSON: Final = {
    "number": "no|no.|nr|number|seq|s/n|sn|#|序号|编号|号|次序",
    "code": "code|sign-in code|签到码|编码|code 编号",
    "contact": "contact|contact number|contact id|contact no|联系人编号",
    "version": "version|版本",
    "name": "name|full name|participant|participant name|attendee|person|delegate|姓名|名字|姓名全称|参会人|参会人员|参会者|"
    "人员姓名|参加人|参加人员|代表|与会者|与会人员|嘉宾|联系人|学员|学员姓名|名单|名称|name in full",
    "name_en": "name (english)|english name|name en|name in english|name (en)|name in latin|name pinyin|pinyin|latin name|"
    "英文名|英文姓名|姓名(英文)|英文名字|拼音|姓名拼音|姓名(拼音)|外文姓名|姓名(英)",
    "name_zh": "name (chinese)|chinese name|name zh|name in chinese|name (zh)|name (cn)|name in chinese characters|"
    "中文名|中文姓名|姓名(中文)|中文名字|姓名(中)|汉字姓名",
    "family_name": "family name|surname|last name|姓|姓氏|family",
    "given_name": "given name|first name|forename|given names|名|given|first names",
    "honorific": "honorific|salutation|prefix|title (mr/ms)|mr/ms|mr./ms.|mr ms|称谓|称呼|尊称|敬称",
    "sex": "sex|gender|m/f|f/m|male/female|性别|男/女|sex (m/f)|gender (m/f)",
    "agency": "agency|organisation|organization|institution|company|employer|affiliation|entity|organisation/agency|"
    "agency/organization|ministry|work unit|organisation name|org|agency name|delegation|"
    "单位|工作单位|机构|所在单位|组织|单位名称|所属单位|部门单位|机构名称|公司|代表团|派出单位|企业|所在机构|参会单位|单位/机构|组织机构",
    "agency_en": "agency (english)|organisation (english)|organization (english)|agency en|agency (en)|单位(英文)|英文单位|"
    "单位英文名称|机构(英文)|机构英文名|agency name en",
    "agency_zh": "agency (chinese)|organisation (chinese)|organization (chinese)|agency zh|agency (zh)|单位(中文)|中文单位|"
    "单位中文名称|机构(中文)|机构中文名|agency name zh",
    "position": "position|job title|title|function|post|designation|rank|role/position|position/title|job|"
    "职务|职位|职称|岗位|职务/职称|职务职称|职级|头衔",
    "position_en": "position (english)|title (english)|job title (english)|position en|position (en)|职务(英文)|英文职务|职位(英文)",
    "position_zh": "position (chinese)|title (chinese)|job title (chinese)|position zh|position (zh)|职务(中文)|中文职务|职位(中文)",
    "unit": "department|division|office|section|bureau|dept|unit/department|部门|处室|司局|科室|司处|所在部门|department/unit",
    "email": "email|e-mail|e mail|mail|email address|e-mail address|contact email|"
    "邮箱|电子邮箱|电子邮件|邮件|电邮|邮箱地址|电子邮件地址|e-mail地址",
    "email2": "email 2|second email|e-mail 2|other email|邮箱2|备用邮箱",
    "phone": "phone|telephone|tel|tel.|phone number|telephone number|office phone|work phone|contact number|landline|"
    "电话|联系电话|办公电话|固定电话|座机|电话号码|联系方式|单位电话",
    "mobile": "mobile|mobile phone|cell|cell phone|mobile number|cellphone|手机|手机号|手机号码|移动电话",
    "wechat": "wechat|wechat id|weixin|微信|微信号",
    "url": "url|web page|homepage|主页|个人主页",
    "address": "address|postal address|mailing address|地址|通讯地址|联系地址|邮寄地址",
    "languages": "languages|language|working languages|语言|工作语言|语种",
    "aliases": "aliases|alias|other names|also known as|别名|曾用名|其他名称",
    "country": "country|country/region|nationality|state|country of agency|国别|国家|国籍|国家/地区|国家地区|所属国家",
    "role": "role|role in event|participant role|capacity|角色|参会角色|参会身份|身份|参加身份",
    "status": "status|attendance status|registration status|registration|状态|参会状态|报名状态",
    "attended": "attended|present|attendance|checked in|check-in|signed|出席|是否出席|到会|签到|是否参会|是否到会|出席情况|签到情况|到场",
    "signature": "signature|signature 签名|sign|签名|签字|本人签名",
    "modality": "modality|mode|participation mode|online/in person|in person/online|attendance mode|参加方式|参会方式|线上/线下|参与方式",
    "days": "days|days attended|number of days|天数|参加天数|参会天数",
    "women": "women|female|females|number of women|女|女性|女性人数|女士|女性数",
    "men": "men|male|males|number of men|男|男性|男性人数|男士|男性数",
    "other": "other sex|other gender|其他性别",
    "not_stated": "not stated|sex not stated|unknown sex|未说明|性别未注明|性别不详",
    "count": "count|people|people without a name|无姓名人数|number of people|headcount|head-count|head count|pax|number of participants|total participants|"
    "persons|qty|人数|总人数|参会人数|数量|合计人数|人员数|代表人数",
    "about": "about|approximate|approx|约|大约|约数",
    "label": "label|party|reported as|标签|名目",
    "side": "side|reporting group|方|中方/欧方|所属方",
    "source": "source|evidence|来源|依据",
    "note": "note|notes|remark|remarks|comment|comments|备注|说明|附注|注",
    "event": "event|event number|event id|event no|event title|workshop|活动|活动编号|活动名称|会议名称|会议",
    "ignored": "eventrec",
}
_AGENCY: Final = {
    "number": _PERSON["number"],
    "agency": "agency|agency number|agency id|agency no|机构编号|单位编号",
    "version": "version|版本",
    "code": "code|acronym|abbreviation|short name|缩写|简称|代码|英文缩写|编码",
    "name": "name|agency name|organisation|organization|institution|full name|名称|单位|机构|单位名称|机构名称|全称|组织名称|公司名称",
    "name_en": "name (english)|english name|name en|name (en)|organisation (english)|organization (english)|"
    "agency (english)|英文名|英文名称|名称(英文)|英文全称|单位(英文)|机构(英文)",
    "name_zh": "name (chinese)|chinese name|name zh|name (zh)|organisation (chinese)|organization (chinese)|"
    "agency (chinese)|中文名|中文名称|名称(中文)|中文全称|单位(中文)|机构(中文)",
    "kind": "kind|type|category|type of organisation|type of organization|类别|类型|性质|机构类型|单位性质|种类",
    "side": _PERSON["side"] + "|group",
    "country": _PERSON["country"],
    "parent": "parent|part of|parent agency|belongs to|上级|上级单位|隶属|主管单位|上级机构",
    "successor": "successor|succeeded by|replaced by|继任|继任机构|后继机构",
    "website": "website|web site|url|homepage|网站|网址|官网|主页",
    "email": _PERSON["email"],
    "phone": _PERSON["phone"],
    "aliases": _PERSON["aliases"] + "|former name|former names|曾用名称|原名",
    "note": _PERSON["note"],
    "ignored": "eventrec",
}
_EVENT: Final = {
    "number": _PERSON["number"],
    "event": "event|event number|event id|event no|活动编号",
    "version": "version|版本",
    "title": "title|event title|name|event name|workshop|topic of event|subject|活动|活动名称|名称|标题|会议名称|题目|主题|活动标题",
    "title_en": "title (english)|english title|title en|title (en)|name (english)|英文标题|活动名称(英文)|英文名称|标题(英文)",
    "title_zh": "title (chinese)|chinese title|title zh|title (zh)|name (chinese)|中文标题|活动名称(中文)|中文名称|标题(中文)",
    "kind": "kind|type|event type|type of event|category|类别|类型|活动类型|形式|种类",
    "status": "status|event status|状态|活动状态",
    "status_reason": "status reason|reason|原因|取消原因|推迟原因",
    "date": "date|dates|day|event date|date(s)|日期|时间|活动日期|举办日期|活动时间|举办时间",
    "starts_on": "starts on|start|start date|from|begin|first day|开始日期|起始日期|开始|开始时间日期|自",
    "ends_on": "ends on|end|end date|to|until|last day|结束日期|截止日期|结束|至",
    "date_note": "date note|日期说明|日期备注",
    "days": "days|working days|天数|工作日数",
    "time": "hours|time|times|time of day|具体时间|时段",
    "start_time": "start time|starts at|begins at|开始时间|起始时间",
    "end_time": "end time|ends at|结束时间",
    "timezone": "timezone|time zone|时区",
    "modality": "modality|mode|format|online/in person|方式|举办方式|线上/线下|参加方式",
    "venue": "venue|place|location|building|地点|会场|场所|举办地点|场地",
    "venue_en": "venue (english)|venue en|venue (en)|地点(英文)|场所(英文)|会场(英文)",
    "venue_zh": "venue (chinese)|venue zh|venue (zh)|地点(中文)|场所(中文)|会场(中文)",
    "address": _PERSON["address"],
    "city": "city|town|城市|市|所在城市|举办城市",
    "city_en": "city (english)|city en|city (en)|城市(英文)",
    "city_zh": "city (chinese)|city zh|city (zh)|城市(中文)",
    "country": "country|国家|国别|国家/地区",
    "online_url": "online url|link|meeting link|join link|会议链接|线上链接|在线链接",
    "source_url": "source url|source|url|published at|news release|来源|网址|新闻链接|来源链接",
    "topics": "topics|topic|tags|keywords|议题|主题词|关键词|领域",
    "projects": "projects|project|funding project|项目|所属项目|资助项目",
    "organizers": "organizers|organizer|organisers|organiser|organized by|主办|主办方|主办单位|组织方|组织单位",
    "co_organizers": "co-organizers|co-organizer|co-organisers|协办|协办方|协办单位|联合主办",
    "hosts": "hosts|host|hosted by|承办|承办方|承办单位|接待单位",
    "facilitators": "facilitators|facilitator|facilitated by|协调单位|促成方",
    "contact": "contact|contact person|focal point|联系人|负责人",
    "parent": "parent|parent event|visit of|belongs to|所属活动|上级活动",
    "description": "description|summary|简介|描述|内容|活动内容|概述",
    "description_en": "description (english)|description en|description (en)|简介(英文)|描述(英文)",
    "description_zh": "description (chinese)|description zh|description (zh)|简介(中文)|描述(中文)",
    "results": "results|outcome|outcomes|成果|结果",
    "results_en": "results (english)|results en|results (en)|成果(英文)",
    "results_zh": "results (chinese)|results zh|results (zh)|成果(中文)",
    "note": _PERSON["note"],
    "ignored": "eventrec",
}
HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "participants": _PERSON,
    "contacts": _PERSON,
    "agencies": _AGENCY,
    "events": _EVENT,
}
"""By kind of sheet: the fields, each with what stands above its column."""

_HAN: Final = late(r"[\u3400-\u9fff]")
_BRACKETS: Final = late(r"\([^()]*\)")
_LONGEST: Final = 80


def field_of(heading: object, kind: str) -> str | None:
    """Return the field that a heading names in a sheet of that kind, or None.

    The field's own name is understood too. Of a heading in two languages each half is tried.
    """
    if not isinstance(heading, str) or not heading.strip() or len(heading) > _LONGEST:
        return None
    known = _known(kind)
    for words in _readings(heading):
        found = known.get(_key(words))
        if found:
            return found
    return None


def fields_of(kind: str) -> tuple[str, ...]:
    """Return the names of all fields that a sheet of that kind can have."""
    return tuple(name for name in HEADINGS[kind] if name not in ("number", "ignored"))


def heading_key(heading: str) -> str:
    """Return what a remembered heading is kept under: the same for other spaces, width, case and punctuation."""
    return _key(normalise(heading))


def _readings(heading: str) -> Iterator[str]:
    text = normalise(heading.replace("*", " "))
    yield text
    halves = re.split(r"[\n/|]", normalise_lines(heading))
    yield from halves
    han, latin = _half(text, han=True), _half(text, han=False)
    if han and latin:
        yield from (han, latin)
    for reading in (text, han, latin):
        yield _BRACKETS.sub(" ", reading)


def normalise_lines(text: str) -> str:
    """Return the text normalised line by line."""
    return "\n".join(normalise(line) for line in text.splitlines())


def _half(text: str, *, han: bool) -> str:
    """Return the words of a bilingual heading that are Chinese, or those that are not."""
    words = re.findall(
        r"\([^()]*\)|[^\s()]+", re.sub(r"(?<=[\u3400-\u9fff])(?=[a-z])|(?<=[a-z])(?=[\u3400-\u9fff])", " ", text)
    )
    return " ".join(word for word in words if bool(_HAN.search(word)) is han)


def _key(text: str) -> str:
    return re.sub(r"[^\w#]|_", "", text)


@cache
def _known(kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, words in HEADINGS[kind].items():
        for word in (name, *words.split("|")):
            found.setdefault(_key(normalise(word)), name)
    return found
