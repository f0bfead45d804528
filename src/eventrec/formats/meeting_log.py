"""Attendance reports of Zoom, Microsoft Teams and Tencent Meeting (VooV), known by their headings.

A report is read from the rows of a sheet, whatever file they came in. Times are as printed, in the zone of whoever
took the report; only their differences matter.
"""

# ruff: noqa: E501 (all headings of a column stand together)

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Row = tuple[Any, ...]

LOOKED_AT: Final = 60

_COLUMNS: Final = {
    "name": "name (original name)|name|full name|user name (original name)|user name|nickname|display name|participant|"
    "participant name|attendee|名称（原始名称）|名称|姓名|用户名（原始名称）|用户名称|用户昵称|用户昵称（入会昵称）|昵称|参会者|参会者姓名|"
    "成员|成员姓名|参会人|入会昵称|用户名|全名|参与者",
    "email": "user email|email|e-mail|email address|participant id (upn)|upn|用户邮箱|用户电子邮件|电子邮件|邮箱|电子邮件地址|"
    "参与者 id (upn)|参与者id(upn)",
    "joined": "join time|joined|first join|first join time|time joined|meeting start time|start time|加入时间|首次加入|首次加入时间|"
    "入会时间|首次入会时间|进入时间|最早入会时间|进入会议时间|参会时间|第一次加入",
    "left": "leave time|left|last leave|last leave time|time left|end time|离开时间|上次离开|上次离开时间|最后一次离开|最后离开时间|"
    "退会时间|最后退会时间|最晚退会时间|退出时间|离开会议时间",
    "duration": "duration (minutes)|total duration (minutes)|duration(minutes)|duration|in-meeting duration|time in session (minutes)|"
    "total duration|attendance duration|time in meeting|持续时间（分钟）|总持续时间（分钟）|时长（分钟）|会议中持续时间|会议持续时间|"
    "参会时长|参会时长（分钟）|累计参会时长|累计时长|累计参会时长（分钟）|在线时长|入会时长|时长|总时长（分钟）|持续时间",
    "guest": "guest|访客",
    "waiting": "in waiting room|waiting room|等候室|在等候室中",
    "role": "role|角色|身份",
    "agency": "organization|company|department|企业|部门|单位|所在部门|企业名称",
    "action": "user action|action|用户操作|操作",
    "timestamp": "timestamp|时间戳",
    "attended": "attended|是否参加|已参加",
}
_PLATFORMS: Final = (
    ("zoom", re.compile(r"original name|原始名称|guest|访客|topic|会议主题.*zoom|in waiting room|time in session")),
    ("teams", re.compile(r"in-meeting duration|会议中持续时间|upn|user action|用户操作|first join|首次加入")),
    ("tencent", re.compile(r"入会|退会|参会时长|nickname|昵称|会议号|voov")),
)
_NOBODY: Final = re.compile(
    r"(iphone|ipad|android|huawei|honor|xiaomi|redmi|oppo|vivo|samsung|galaxy|macbook|pc|laptop|desktop|phone|device|user|guest|"
    r"zoom user|teams user|腾讯会议用户|手机用户|匿名用户|匿名|访客|用户|来宾|会议室.*|room.*)[\s\d\w-]*|\+?[\d*\s-]{6,}",
    re.IGNORECASE,
)
_ORIGINAL: Final = re.compile(r"(?P<shown>.+?)\s*[（(](?P<original>[^()（）]+)[)）]\s*")
_OUTSIDE: Final = re.compile(
    r"\s*[（(](guest|external|unverified|host|co-host|访客|外部|来宾|主持人|未验证|me|我)[^()（）]*[)）]", re.IGNORECASE
)
_TOKENS: Final = (
    (re.compile(r"(\d+(?:\.\d+)?)\s*(?:h(?:ours?|rs?)?\b|小时|时)", re.IGNORECASE), 3600),
    (re.compile(r"(\d+(?:\.\d+)?)\s*(?:m(?:in(?:ute)?s?)?\b|分钟|分)", re.IGNORECASE), 60),
    (re.compile(r"(\d+(?:\.\d+)?)\s*(?:s(?:ec(?:ond)?s?)?\b|秒)", re.IGNORECASE), 1),
)
_DAY: Final = re.compile(
    r"(?P<a>\d{1,4})[-/.年](?P<b>\d{1,2})[-/.月](?P<c>\d{1,4})日?,?\s*(?:at\s*)?(?P<h>\d{1,2})[:时](?P<m>\d{2})(?:[:分](?P<s>\d{2}))?\s*秒?"
    r"\s*(?P<half>[AP]\.?M\.?|上午|下午)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Layout:
    """A report as it was understood: platform, the row of its headings (from 0), what each column means."""

    platform: str
    head_row: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """One line: somebody who was there for a time. `row` counts from 1; times are as printed, or None."""

    row: int
    name: str
    email: str = ""
    joined: datetime | None = None
    left: datetime | None = None
    seconds: int = 0
    agency: str = ""
    others: tuple[str, ...] = field(default=())
    """Other names that the line has for the person: Zoom's original name."""

    @property
    def is_somebody(self) -> bool:
        """Tell whether the line has a person's name, not that of a telephone or a room."""
        return bool(self.email) or not _NOBODY.fullmatch(self.name)


@dataclass(frozen=True)
class LogProblem:
    """A line that cannot be read; `column` is its heading."""

    row: int
    column: str
    message: str


def recognise(rows: Sequence[Row]) -> Layout | None:
    """Return how a report is laid out, from its first rows; None for a sheet that is no attendance report."""
    for at, row in enumerate(rows[:LOOKED_AT]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            name = _KNOWN.get(_key(cell)) if isinstance(cell, str) else None
            if name and name not in columns:
                columns[name] = column
        timed = "duration" in columns or {"joined", "left"} <= set(columns) or {"action", "timestamp"} <= set(columns)
        if "name" in columns and timed:
            text = " ".join(str(cell) for each in rows[: at + 1] for cell in each if cell is not None)
            platform = next((name for name, mark in _PLATFORMS if mark.search(normalise(text))), "")
            if platform:
                return Layout(platform, at, columns, {name: str(row[column]) for name, column in columns.items()})
    return None


def entries(rows: Iterable[Row], layout: Layout) -> Iterator[Entry | LogProblem]:
    """Yield the lines of a report, and those that cannot be read. Lines of the waiting room do not count.

    A report of several parts (Teams' summary, Zoom's webinars) has its people under headings like those found; another
    part ends it.
    """
    columns = layout.columns
    us_order = False
    waiting: dict[str, tuple[int, datetime]] = {}
    for number, row in enumerate(rows, 1):
        if number <= layout.head_row + 1:
            continue
        cells = {name: row[at] for name, at in columns.items() if at < len(row)}
        name = _text(cells.get("name"))
        if not name:
            if waiting or any(cell is not None for cell in row):
                continue
            continue
        if re.match(r"\d\.\s", name) or _key(name) in _KNOWN:
            if _key(name) in _KNOWN and "duration" in columns:
                continue
            break
        us_order = us_order or "m" in _text(cells.get("joined")).lower()[-3:]
        if "action" in columns:
            yield from _action(number, cells, name, waiting)
            continue
        if _text(cells.get("waiting")).lower() in ("yes", "是") or _text(cells.get("attended")).lower() in ("no", "否"):
            continue
        yield _entry(number, cells, name, layout)
    for name, (number, since) in waiting.items():
        yield LogProblem(
            number, layout.headings.get("timestamp", ""), f"{name} joined at {since:%H:%M} and never left."
        )


def _action(
    number: int, cells: Mapping[str, Any], name: str, waiting: dict[str, tuple[int, datetime]]
) -> Iterator[Entry | LogProblem]:
    """Pair Teams' older lines, one for coming and one for going."""
    moment = moment_of(cells.get("timestamp"))
    word = normalise(_text(cells.get("action")))
    if moment is None:
        yield LogProblem(number, "Timestamp", f"“{_text(cells.get('timestamp'))}” is no time.")
    elif word.startswith(("join", "加入", "已加入")):
        waiting[name] = (number, moment)
    elif name in waiting:
        _, since = waiting.pop(name)
        yield Entry(number, *_name(name), joined=since, left=moment, seconds=int((moment - since).total_seconds()))


def _entry(number: int, cells: Mapping[str, Any], name: str, layout: Layout) -> Entry | LogProblem:
    shown, others = _names(name)
    joined, left = moment_of(cells.get("joined")), moment_of(cells.get("left"))
    seconds = seconds_of(
        cells.get("duration"),
        minutes="min" in normalise(layout.headings.get("duration", ""))
        or "分钟" in layout.headings.get("duration", ""),
    )
    if seconds is None and joined and left:
        seconds = int((left - joined).total_seconds())
    if seconds is None or seconds < 0:
        column = layout.headings.get("duration") or layout.headings.get("left", "")
        return LogProblem(
            number, column, f"How long {shown} was there cannot be read: “{_text(cells.get('duration'))}”."
        )
    email = _text(cells.get("email"))
    return Entry(
        number,
        shown,
        email if "@" in email else "",
        joined,
        left,
        seconds,
        _text(cells.get("agency")),
        others,
    )


def _name(name: str) -> tuple[str]:
    return (_names(name)[0],)


def _names(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the name that is shown and other ones: “Li Na (李娜)”, without marks such as “(Guest)”."""
    plain = _OUTSIDE.sub("", name).strip() or name
    found = _ORIGINAL.fullmatch(plain)
    if not found:
        return plain, ()
    return found["shown"].strip(), (found["original"].strip(), plain)


def moment_of(cell: Any) -> datetime | None:  # noqa: ANN401
    """Return a time as printed. Day and month that can be told apart only by habit are read as month first with AM/PM."""
    if isinstance(cell, datetime):
        return cell
    found = _DAY.search(_text(cell))
    if not found:
        return None
    first, second, third = int(found["a"]), int(found["b"]), int(found["c"])
    if first > 31:
        year, month, day = first, second, third
    elif second > 12 or (found["half"] and first <= 12 and not re.search(r"[上下]午", found["half"])):
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    hour = int(found["h"]) % 12 if found["half"] else int(found["h"])
    if found["half"] and found["half"][0] in "Pp下":
        hour += 12
    try:
        return datetime(year if year > 99 else 2000 + year, month, day, hour, int(found["m"]), int(found["s"] or 0))  # noqa: DTZ001
    except ValueError:
        return None


def seconds_of(cell: Any, *, minutes: bool) -> int | None:  # noqa: ANN401
    """Return a length of time in seconds: “1h 2m 3s”, “1小时2分”, “0:45:10”, or a number of minutes."""
    if isinstance(cell, timedelta):
        return int(cell.total_seconds())
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return round(cell * 60) if minutes or cell >= 1 else round(cell * 86400)
    text = normalise(_text(cell))
    if not text:
        return None
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return round(float(text) * 60)
    if clock := re.fullmatch(r"(?:(\d+)[:：])?(\d{1,2})[:：](\d{2})", text):
        hours, middle, last = (int(part or 0) for part in clock.groups())
        return hours * 3600 + middle * 60 + last
    parts = [(float(number), unit) for mark, unit in _TOKENS for number in mark.findall(text)]
    return round(sum(number * unit for number, unit in parts)) if parts else None


def _text(cell: Any) -> str:  # noqa: ANN401
    if cell is None:
        return ""
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell).strip()


def _key(cell: str) -> str:
    return re.sub(r"[^\w]|_", "", normalise(cell))


_KNOWN: Final = {_key(word): name for name, words in _COLUMNS.items() for word in words.split("|")}
