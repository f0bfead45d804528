"""What the headings of attendance reports mean, in English and Chinese, and which platform has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eventrec.formats.meeting_log.moments import ORDERS, duration, moment, plain
from eventrec.formats.meeting_log.records import PLATFORMS, Layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eventrec.formats.sheets.records import CellValue, Row

LOOKED_AT: Final = 60
"""Rows among which the headings are looked for."""

_ORIGINAL: Final = r"\((?:original name|原始名称|原始姓名|原名称?)\)"
_FIELDS: Final[Mapping[str, str]] = {
    "name": rf"(user )?name( {_ORIGINAL})?|(full|display|participant|member|attendee) name|participant|attendee|member"
    r"|(user )?nickname( \(.*\))?"
    rf"|(用户)?(名|名称|姓名){_ORIGINAL}|用户名称?|姓名|名称|全名|显示名称|(用户|入会|成员)?昵称(\(.*\))?|成员(名称)?"
    r"|(参会|参与|参加|与会)(者|人|人员|成员)",
    "email": r"((user|registration) )?e-?mail( address)?|(用户)?(电子邮件|电子邮箱|邮箱)(地址)?",
    "account": r"participant id( \(upn\))?|upn|(参与者|与会者) ?id ?(\(upn\))?",
    "joined": r"join time|first join( time)?|joined at|time joined"
    r"|(首次|第一次)?(加入|入会|进入)(会议)?时间|(首次|第一次)加入",
    "left": r"(leave|exit) time|last leave( time)?|left at|time left"
    r"|(最后(一次)?|上次)?(离开|离会|退会|退出)(会议)?时间|(最后(一次)?|上次)离开",
    "duration": r"(total )?(attendance |(in-)?meeting )?duration|time in (session|meeting)"
    r"|(总|累计)?(参会|入会|在会|会话|会议)?(中|内)?的?(持续时间|时长)|会话时间",
    "action": r"user action|用户操作|用户动作",
    "at": r"time ?stamp|时间戳记?",
    "guest": r"(is )?guest|(是否?为?)?(访客|来宾)",
    "waiting": r"in (the )?waiting room|(是否)?在?等候室中?",
    "attended": r"attended|已参加|已出席|是否参加|是否出席",
    "role": r"(user )?role|identity|角色|身份|(用户|参会)身份|(会议|参会)角色",
    "agency": r"organi[sz]ation|company|department|company/department|enterprise"
    r"|(所属)?(企业|部门|公司|单位|组织|机构|企业/部门|公司/部门)(名称)?",
    "meeting": r"topic|((meeting|webinar) )?id|host|(actual )?(start|end) time|meeting title|participants"
    r"|(会议)?主题|(会议)? ?id|会议号|(开始|结束)时间|参会者数|参与者数",
}
"""By field: what stands above its column."""

_OF_ONE: Final[Mapping[str, str]] = {
    "zoom": rf".*{_ORIGINAL}|user (name|email)|in (the )?waiting room|(is )?guest|time in session|attended"
    r"|total duration|recording (consent|disclaimer response)|用户(电子邮件|邮箱)"
    r"|(是否)?访客|(是否)?在等候室中?|总持续时间|会话时间",
    "teams": r"full name|first join( time)?|last leave( time)?|in-meeting duration|participant id \(upn\)"
    r"|user action|全名|(首次|第一次)加入(时间)?|(最后(一次)?|上次)离开(时间)?"
    r"|会议(中|内)的?持续时间|参与者 ?id ?\(upn\)|用户(操作|动作)",
    "tencent": r"(user )?nickname( \(.*\))?|(用户|入会|成员)?昵称(\(.*\))?|(首次)?入会时间|(最后)?(退会|离会)时间"
    r"|(总|累计)?(参会|入会)时长|累计时长|入会次数",
}
"""Headings that only one platform has."""

_FOR_A_PERSON: Final = re.compile(r"first|首次|第一次")
_UNIT: Final = re.compile(r"\s*\((?P<unit>minutes?|mins?|seconds?|secs?|hh:mm:ss|utc|gmt[^)]*|分钟|分|秒|时:分:秒)\)$")
_SUMMED: Final = re.compile(r"(actual |(total )?meeting )?duration|(累计)?会议(持续时间|总?时长)|实际持续时间|持续时间")
_STARTS: Final = re.compile(r"((meeting|actual) )?start time|(会议)?开始时间")
_ENDS: Final = re.compile(r"((meeting|actual) )?end time|(会议)?结束时间")
_LONGEST: Final = 60


@dataclass(frozen=True)
class Head:
    """A row of headings."""

    columns: Mapping[str, int]
    headings: Mapping[str, str]
    marks: Mapping[str, int]
    """How many headings each platform alone has."""

    detailed: bool


def recognise(rows: Sequence[Row]) -> Layout | None:
    """Return how an attendance report is laid out, from its first rows; None when it is none that we know."""
    for at, row in enumerate(rows[:LOOKED_AT]):
        head = head_of(row)
        if head is None or not any(head.marks.values()):
            continue
        platform = max(PLATFORMS, key=lambda name: head.marks[name])
        return Layout(platform, at, head.columns, head.headings, head.detailed, _seconds(rows[:at]))
    return None


def head_of(row: Row) -> Head | None:
    """Return what the headings of a row mean; None when the row does not name people and their times."""
    keys = {at: key for at, cell in enumerate(row) if isinstance(cell, str) and (key := key_of(cell))}
    by_field: dict[str, list[int]] = {}
    for at, key in keys.items():
        if field := _field(key):
            by_field.setdefault(field, []).append(at)
    timed = "duration" in by_field or {"joined", "left"} <= by_field.keys() or {"action", "at"} <= by_field.keys()
    about_the_meeting = len(by_field.get("meeting", ())) > 1 and "joined" not in by_field
    if "name" not in by_field or not timed or about_the_meeting:
        return None
    name = next((at for at in by_field["name"] if keys[at].endswith(")")), by_field["name"][0])
    columns = {field: next((at for at in places if at > name), places[0]) for field, places in by_field.items()}
    columns["name"] = name
    columns.pop("meeting", None)
    marks = {
        platform: sum(re.fullmatch(pattern, key) is not None for key in keys.values())
        for platform, pattern in _OF_ONE.items()
    }
    one_each = not {"joined", "action"} & columns.keys() or bool(
        "joined" in columns and _FOR_A_PERSON.search(keys[columns["joined"]])
    )
    return Head(columns, {field: heading(row[at]) for field, at in columns.items()}, marks, not one_each)


def heading(cell: CellValue) -> str:
    """Return a heading as it is shown in a sentence."""
    return " ".join(str(cell).split()).lstrip("\ufeff")


def key_of(text: str) -> str:
    """Return what a heading is known by: plain letters in small, without its unit and a colon."""
    if len(text) > _LONGEST:
        return ""
    key = re.sub(r"(?<=\S)\(", " (", plain(text).lower().rstrip(":").strip())
    key = _UNIT.sub("", key)
    return re.sub(r"(?<=[\u3400-\u9fff]) \(", "(", key)


def unit_of(text: str) -> int:
    """Return how many seconds a mere number under this heading counts: minutes unless it says seconds."""
    found = _UNIT.search(plain(text).lower())
    return 1 if found and found["unit"] in ("second", "seconds", "sec", "secs", "秒") else 60


@cache
def _field(key: str) -> str:
    return next((field for field, pattern in _FIELDS.items() if re.fullmatch(pattern, key)), "")


def _seconds(rows: Sequence[Row]) -> int | None:
    """Return how long the meeting was, by what stands above the list: beside its name, or under it."""
    said = _said(rows)
    for text, value in said:
        if _SUMMED.fullmatch(key_of(text)) and (seconds := duration(value, unit_of(text))):
            return seconds
    starts, ends = (_first(said, pattern) for pattern in (_STARTS, _ENDS))
    for order in ORDERS:
        since, until = moment(starts, order), moment(ends, order)
        if since and until and 0 < (until - since).total_seconds() < 24 * 3600:
            return int((until - since).total_seconds())
    return None


def _said(rows: Sequence[Row]) -> list[tuple[str, CellValue]]:
    """Return each text above the list with the cell beside it, then each with the cell under it."""
    beside = [(row[0], row[1]) for row in rows if len(row) == 2 and isinstance(row[0], str)]
    under = [
        (cell, below[at])
        for row, below in pairwise(rows)
        for at, cell in enumerate(row)
        if isinstance(cell, str) and len(row) > 2 and at < len(below)
    ]
    return beside + under


def _first(said: Sequence[tuple[str, CellValue]], pattern: re.Pattern[str]) -> CellValue:
    return next((value for text, value in said if pattern.fullmatch(key_of(text))), None)
