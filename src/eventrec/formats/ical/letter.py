"""What an invitation by mail says to somebody who reads it: its subject and its text, in each language asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.texts import in_languages, location
from eventrec.formats.ical.tzif import clock
from eventrec.text import chinese_dates, dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.records import CalendarEvent, CalendarOptions, Party

_LANGUAGES: Final = ("en", "zh")


@dataclass(frozen=True)
class _Words:
    """The words of a letter in one language; `colon` stands after the name of a line."""

    about: dict[str, str]
    openings: dict[str, str]
    closings: dict[str, str]
    colon: str
    names: dict[str, str]
    daily: str
    hours: str
    fewer: str
    unsure: str


_ENGLISH: Final = _Words(
    about={
        "invited": "Invitation",
        "updated": "Updated invitation",
        "cancelled": "Cancelled",
        "postponed": "Postponed",
        "withdrawn": "Invitation withdrawn",
    },
    openings={
        "invited": "You are invited to this event.",
        "updated": "This is your invitation as it stands now. It replaces the earlier one.",
        "cancelled": "This event is cancelled.",
        "postponed": "This event is postponed. The date below is not valid any more.",
        "withdrawn": "The invitation to this event that was sent to you is withdrawn.",
    },
    closings={
        "REQUEST": "Accept, decline or say tentative in your mail or calendar program, or reply to this message.",
        "CANCEL": "No answer is needed. If the entry stays in your calendar, delete it there.",
    },
    colon=": ",
    names={
        "when": "When",
        "where": "Where",
        "online": "Join online",
        "more": "More",
        "reason": "Reason",
        "organizer": "Organizer",
        "contact": "Contact",
    },
    daily="{}, {} each day ({})",
    hours="{}, {} ({})",
    fewer=" ({} working days)",
    unsure=" – to be confirmed",
)
_CHINESE: Final = _Words(
    about={
        "invited": "邀请",
        "updated": "邀请更新",
        "cancelled": "已取消",
        "postponed": "已延期",
        "withdrawn": "邀请撤回",
    },
    openings={
        "invited": "诚邀您参加以下活动。",
        "updated": "这是最新的邀请，请以此为准。",
        "cancelled": "以下活动已取消。",
        "postponed": "以下活动已延期，下列日期不再有效。",
        "withdrawn": "此前发给您的以下活动邀请现予撤回。",
    },
    closings={
        "REQUEST": "请在邮件或日历程序中选择“接受”“暂定”或“谢绝”，或直接回复本邮件。",
        "CANCEL": "无需回复。如日历中仍有该条目，请自行删除。",
    },
    colon="：",
    names={
        "when": "时间",
        "where": "地点",
        "online": "在线参加",
        "more": "详情",
        "reason": "原因",
        "organizer": "主办方",
        "contact": "联系人",
    },
    daily="{}，每天{}（{}）",
    hours="{}，{}（{}）",
    fewer="（共{}个工作日）",
    unsure="（待确认）",
)
_WORDS: Final = {"en": _ENGLISH, "zh": _CHINESE}


def subject(event: CalendarEvent, options: CalendarOptions, *, updated: bool) -> str:
    """Return what the message is about, then the title: “Invitation / 邀请: Workshop / 研讨会”."""
    about = " / ".join(_WORDS[tag].about[_occasion(event, options, updated)] for tag in _tags(options))
    return f"{about}: {in_languages(event.title, options)}"


def text(event: CalendarEvent, options: CalendarOptions, *, updated: bool) -> str:
    """Return the whole text, one language after the other, the main one first; hours are in the event's own zone."""
    occasion = _occasion(event, options, updated)
    letters = (_letter(event, replace(options, languages=tag), tag, occasion) for tag in _tags(options))
    return "\n\n----\n\n".join(letters) + "\n"


def _tags(options: CalendarOptions) -> list[str]:
    """Return the languages of the letter: English for one that has no words of its own."""
    if options.languages != "both":
        return [options.languages if options.languages in _WORDS else "en"]
    return sorted(_LANGUAGES, key=lambda tag: (tag != options.main, tag))


def _occasion(event: CalendarEvent, options: CalendarOptions, updated: bool) -> str:
    if options.method != "CANCEL":
        return "updated" if updated else "invited"
    return event.status if event.status in ("cancelled", "postponed") else "withdrawn"


def _letter(event: CalendarEvent, options: CalendarOptions, tag: str, occasion: str) -> str:
    words = _WORDS[tag]
    facts = (f"{words.names[name]}{words.colon}{said}" for name, said in _facts(event, options, tag) if said)
    parts = (
        words.openings[occasion],
        in_languages(event.title, options),
        "\n".join(facts),
        in_languages(event.description, options),
        words.closings[options.method],
    )
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _facts(event: CalendarEvent, options: CalendarOptions, tag: str) -> Iterator[tuple[str, str]]:
    yield "when", _when(event, tag)
    yield "where", location(event, options)
    yield "online", event.online_url or ""
    yield "more", event.source_url or ""
    yield "reason", event.status_reason or ""
    yield "organizer", _reached(event.organizer, options)
    if event.contact is not None and event.contact != event.organizer:
        yield "contact", _reached(event.contact, options)


def _reached(party: Party | None, options: CalendarOptions) -> str:
    if party is None:
        return ""
    return ", ".join(filter(None, (in_languages(party.name, options), party.email)))


def _when(event: CalendarEvent, tag: str) -> str:
    words = _WORDS[tag]
    say = chinese_dates.say_dates if tag == "zh" else dates.say_dates
    said = say(event.starts_on, event.ends_on)
    several = event.starts_on != event.ends_on
    if event.start_time and event.timezone:
        hours = f"{event.start_time}–{event.end_time}" if event.end_time else event.start_time
        zone = f"{event.timezone}, UTC{_offset(event)}"
        said = (words.daily if several else words.hours).format(said, hours, zone)
    if event.days is not None and event.days < (event.ends_on - event.starts_on).days + 1:
        said += words.fewer.format(event.days)
    return said + (words.unsure if event.status in ("planned", "tentative") else "")


def _offset(event: CalendarEvent) -> str:
    """Return how far the first day's hours are from UTC: +08:00."""
    start = time.fromisoformat(event.start_time or "00:00")
    offset = datetime.combine(event.starts_on, start, clock(event.timezone or "UTC")).utcoffset() or timedelta()
    minutes = int(abs(offset).total_seconds()) // 60
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"
