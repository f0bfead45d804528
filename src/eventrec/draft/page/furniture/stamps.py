"""What a page writes about itself: when it was put up, from where, by whom, how often it was read.

A line is gone through piece by piece, so that each word of a stamp is written down once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.page.furniture import facts
from eventrec.draft.page.furniture.words import BUTTONS, CLOCK, DAY, PUT_UP, READ_BY, SENT_BY, TAKEN_FROM, WEEKDAY
from eventrec.patterns import late

if TYPE_CHECKING:
    from eventrec.draft.page.furniture.words import Furniture

_PUT_UP: Final = late(
    r"(?:(?:first\s|this\s\w{4,12}\swas\s)?(?:published|posted|updated|created|submitted|released|uploaded|reviewed|modified)\b(?:\s(?:on|at|date)\b)?"
    r"|(?:publish|publishing|publication|release|posting|news|article|update)\s?(?:date|time)\b"
    r"|date\s(?:published|publish|posted|added|created|of\spublication)\b|last\s(?:updated?|modified|reviewed)\b(?:\son\b)?"
    r"|(?:发布|發[布佈表]|发表|更新|发稿|上传|创建|刊发|添加|编辑|刊登|录入)(?:时间|時間|日期|于)|(?P<field>时间|時間|日期|date|time))\s?(?P<mark>[:：|])?\s?",
    re.I,
)
_BY: Final = late(
    r"(?:(?:文章|信息|稿件|新闻|内容|图片|本文)?(?:来源|來源|出处)|稿源|作者|文字|撰稿人?|供稿(?:单位|人)?|投稿|责任?编辑?|编辑|編輯|[初复终一二三]审"
    r"|审核人?|校对|审校|发布(?:者|人|单位|机构)|通讯员|记者|記者|摄影|录入|排版|监制|值班编辑|文[/／]图|图[/／]文|文|图"
    r"|source|author|editor|(?:edited|written|posted|text|reported)\sby|reporter|byline)\s?[:：|]\s?",
    re.I,
)
_COUNT: Final = late(
    r"(?:(?:浏览|点击|阅读|访问|查看|评论|点赞|分享|收藏|人气)(?:次数|量|数|人数)?|(?:view|hit|read|visit|comment|like|share)s?)\s?[:：|]?\s?",
    re.I,
)
_FIGURES: Final = late(r"[\d,.]{1,9}\s?(?:次|人|k|万)?")
_TOOL: Final = late(
    r"(?:字号|字体|大\s?中\s?小|打印(?:本页)?|关闭(?:窗口)?|分享到?|收藏|(?:我要)?纠错|用?手(?:持设备|机)(?:访问|阅读|查看)|print|a\+\s?a-?)[:：]?",
    re.I,
)
_MARK: Final = late(r"[\s|/·•,，()（）\[\]【】–—-]+")
_VALUE: Final = late(r"[^\s:：|,，。][^:：|,，。]{0,28}?(?=\s|$|[|\[\]【】)）])")
_SITE: Final = late(r"(?:https?://|www\.)\S+", re.I)
_CLOCK: Final = late(CLOCK, re.I)
_DAY: Final = late(DAY, re.I)
_OTHERS: Final = late(
    r"by:?\s(?-i:[A-Z])[\w.'-]{1,30}(?:\s(?-i:[A-Z])[\w.'-]{0,30}){0,4}$|(?:文[/／]|图[/／]){1,2}.{2,60}$"
    r"|[(（【][^()（）【】]{2,40}(?:供稿|报道|编辑|来稿|整理|综合)[)）】]$"
    r"|(?:press|media|communications?|public\s\w{6,11})(?:\sand\s\w{5,14})?\s(?:team|unit|section|office|department)\b.{0,60}$",
    re.I,
)
_ALONE: Final = late(rf"{WEEKDAY}$|\d{{1,2}}\s(?:min(?:ute)?s?|分钟)\s?(?:read|阅读)?$", re.I)
_MAIL_HEAD: Final = late(
    r"(?:from|to|cc|bcc|reply-to|sender|发件人|收件人|抄送|密送)\s?[:：]\s?[^\n]{0,300}@|(?:sent|发送时间|已发送)\s?[:：].{0,40}\d{1,2}[:：]\d{2}"
    r"|-{3,}\s?(?:original|forwarded|begin\sforwarded|原始邮件|转发邮件|转发的邮件)",
    re.I,
)
_LONGEST: Final = 200
_GONE_THROUGH: Final = 300


def of_line(line: str) -> Furniture | None:
    """Return what a stamp is; a date that its line calls a fact of the event (“Date: …”) is none."""
    if len(line) > _LONGEST:
        return SENT_BY if _MAIL_HEAD.match(line) else None
    end, seen = _pieces(line)
    if may_be_of_the_event(line, seen):
        return None
    if end == len(line):
        return _of_pieces(seen)
    if _put_up(line):
        return None if _is_headed(line) else PUT_UP
    label = _BY.match(line.lstrip("(（[【"))
    if (label and len(line) - label.end() <= 80) or _OTHERS.match(line):
        return TAKEN_FROM
    if _ALONE.match(line):
        return READ_BY
    return SENT_BY if _MAIL_HEAD.match(line) else None


def may_be_of_the_event(line: str, seen: set[str] | None = None) -> bool:
    """Tell whether a line is “Date: …”, by which a page means itself and an announcement its event."""
    label = _PUT_UP.match(line)
    if label is None or not label["field"] or not label["mark"]:
        return False
    return not {"by", "count", "tool", "clock"} & (_pieces(line)[1] if seen is None else seen)


def _pieces(line: str) -> tuple[int, set[str]]:
    """Return up to where a line is nothing but pieces of stamps, and which kinds of them there are."""
    at, seen = 0, set[str]()
    while at < min(len(line), _GONE_THROUGH):
        end, kinds = _piece(line, at)
        if end == at:
            break
        at = end
        seen |= kinds
    return at, seen


def _piece(line: str, at: int) -> tuple[int, set[str]]:
    """Return where the piece of a stamp at a place ends, and what it is; the place itself where there is none."""
    if found := _MARK.match(line, at):
        return found.end(), set()
    label = _PUT_UP.match(line, at)
    if found := _DAY.match(line, label.end() if label else at):
        return found.end(), {"day", *(("labelled",) if label else ()), *(("clock",) if found["clock"] else ())}
    if label := _BY.match(line, at):
        value = None if _BY.match(line, label.end()) else _VALUE.match(line, label.end())
        return (value.end() if value else label.end()), {"by", "labelled"}
    if (label := _COUNT.match(line, at)) and (found := _FIGURES.match(line, label.end())):
        return found.end(), {"count", "labelled"}
    if found := _CLOCK.match(line, at):
        return found.end(), {"clock"}
    if (found := _FIGURES.match(line, at)) and (found[0][-1] == "次" or (label := _COUNT.match(line, found.end()))):
        return (label.end() if label else found.end()), {"count"}
    if found := _TOOL.match(line, at) or _SITE.match(line, at):
        return found.end(), {"tool"} if found.re.pattern == _TOOL.pattern else set()
    return at, set()


def _of_pieces(seen: set[str]) -> Furniture | None:
    """Return what a line of nothing but pieces is by what there is among them."""
    if seen & {"day", "clock"}:
        return PUT_UP
    if "count" in seen:
        return READ_BY
    if "by" in seen:
        return TAKEN_FROM
    return BUTTONS if "tool" in seen else None


def _put_up(line: str) -> bool:
    """Tell whether a line says in other words when a page was put up: “Posted by the editor on 22 October 2024”."""
    label = _PUT_UP.match(line)
    if label is None or (label["field"] and not label["mark"]):
        return False
    day = _DAY.search(line, label.end(), label.end() + 60)
    if day is None or day.start() - label.end() > 24:
        return False
    rest = line[day.end() :]
    return len(rest) <= 40 and "." not in rest and "。" not in rest


_PASTED: Final = late(
    r"(?:news(?:\s(?:article|story|item))?|article|press\srelease|(?:feature\s)?story|statement|date)\s?[:：|]?\s?",
    re.I,
)
_BEGINS: Final = late(r"[^\W\d_a-zß-ÿ]|[“\"]")
_BEHIND: Final = late(
    r"\s+[\[(（]?(?:(?:date|日期|时间|发布时间)\s?[:：]?\s?)?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?[\])）]?$",
    re.I,
)


_LABELLED: Final = late(
    r"(?:(?:joint\s)?(?:press|media|news)\s(?:release|statement|advisory)|news(?:\s(?:article|story|item))?|for\simmediate\srelease)"
    r"\s?(?:[:：|]|\s[–—-]|[–—])\s?|(?:新闻|工作|部门|外事|学校)(?:动态|快讯|要闻|资讯|稿|通稿)\s?(?:[:：|]\s?|\s)",
    re.I,
)
_BRACKETED: Final = late(rf"[\[【(（]\s?{DAY}\s?[\]】)）]\s?", re.I)


def before(line: str) -> int:
    """Return how many characters of a line are a stamp before the text that goes on in it; 0 where there is none."""
    end, seen = _pieces(line)
    bracketed = _BRACKETED.match(line)
    if 0 < end < len(line) and "day" in seen and ("labelled" in seen or bracketed) and not facts.is_one(line[end:]):
        return end
    label = _LABELLED.match(line, end if {"day"} == seen and line[end - 2 : end] == "| " else 0)
    if label and _BEGINS.match(line, label.end()) and not facts.is_one(line[label.end() :]):
        return label.end()
    label = _PASTED.match(line)
    day = _DAY.match(line, label.end()) if label else None
    if day is None:
        return 0
    end = day.end() + len(line[day.end() :]) - len(line[day.end() :].lstrip(" |·–—-"))
    return end if _BEGINS.match(line, end) and not facts.is_one(line[end:]) else 0


def _is_headed(line: str) -> bool:
    """Tell whether a headline goes on after the words that say when a page was put up."""
    rest = line[before(line) :]
    if len(rest) == len(line) or "," in rest or not _BEGINS.match(rest):
        return False
    return len(rest.split()) >= _LEAST_WORDS or len(_HAN.findall(rest)) >= _LEAST_HAN


_LEAST_WORDS: Final = 4
_LEAST_HAN: Final = 8
_HAN: Final = late(r"[^\W\d_A-Za-zÀ-ɏ]")
_LAST_DAY: Final = late(r"(?:\bto|\band|\buntil|[-–—~至到])\s?$", re.I)
_OF_SITE: Final = late(r"(?<=\w)\s\|\s[^|@:：\d.。]{2,50}$")


def behind(line: str) -> int:
    """Return where a stamp behind a headline begins, as in a list of headlines; the line's length where none does.

    The name of the site after a bar is one: “Officers trained in Nowhere | Example Agency”.
    """
    if len(line) > _LONGEST:
        return len(line)
    found = None if facts.is_one(line) else _BEHIND.search(line)
    if found and _LAST_DAY.search(line, 0, found.start() + 1):
        found = None
    if found is None and line.count("|") == 1 and not facts.is_one(line):
        found = _OF_SITE.search(line)
        left = line[: found.start()] if found else ""
        if len(left.split()) < _LEAST_WORDS + 1 and len(_HAN.findall(left)) < _LEAST_HAN:
            found = None
    return found.start() if found else len(line)


_PLACE: Final = late(
    r"[(（\[【]?[^\W\d_][\w.'-]{0,20}(?:[\s/&]{1,2}[^\W\d_][\w.'-]{0,20}){0,3}"
    r"(?:\s?[,，(]\s?[^\W\d_][\w.' -]{0,30}\)?){0,2}",
    re.I,
)
_AROUND: Final = " ,，、|:：–—-"
_AFTER: Final = late(r"(?:[\s,，]{0,3}UNIQUE\sID[:：]?\s?\S{1,20})?\s?[–—:：)）\]】.-]{0,3}$", re.I)
_WIRE: Final = late(r"[(（【]?\w{1,8}[网社报台]\S{0,14}?(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:电|讯|消息)[】)）]?$")
_NO_PLACE: Final = late(
    r"(?:on|from|since|until|between|week\sof|by|start|starts|end|ends|begins?|when)\b|.{0,30}\b(?:news|press|release|stor(?:y|ies)|article|statement|event|media|blog"
    r"|update|report|announcement|feature|workshop|training|seminar|conference|meeting|course|visit)s?\b"
    r"|.{0,20}(?:新闻|动态|公告|通知|要闻|时间|日期|资讯|快讯|研讨|培训|会议|论坛|来源|作者|编辑)",
    re.I,
)


def is_dateline(line: str) -> bool:
    """Tell whether a line is a place and a date alone."""
    if len(line) > 120 or facts.is_days(line):
        return False
    day = _DAY.search(line)
    if day is None:
        return bool(_WIRE.match(line))
    left, right = line[: day.start()].rstrip(_AROUND + "(（"), line[day.end() :]
    place = left if left else right.strip(_AROUND)
    if left and not _AFTER.match(right):
        return bool(_WIRE.match(line))
    return bool(_PLACE.fullmatch(place)) and not _NO_PLACE.match(place) and _PUT_UP.match(place) is None
