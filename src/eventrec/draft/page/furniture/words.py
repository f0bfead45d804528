"""What a line is when it is not text, why, and the pieces of patterns that several of its kinds share."""

from __future__ import annotations

from typing import Final, NamedTuple

from eventrec.draft.page.parts import Kind


class Furniture(NamedTuple):
    """What a line is when it is not text, and why it is not read, in words for a person."""

    kind: Kind
    why: str


PUT_UP: Final = Furniture(Kind.STAMP, "stands on the page, not in the release: when it was put up")
TAKEN_FROM: Final = Furniture(Kind.STAMP, "stands on the page, not in the release: who wrote it or where it is from")
READ_BY: Final = Furniture(Kind.STAMP, "stands on the page, not in the release: how often it was read")
SENT_BY: Final = Furniture(Kind.STAMP, "the head of a mail, not the release: who sent it to whom")
MENU: Final = Furniture(Kind.MENU, "a menu of the page")
BUTTONS: Final = Furniture(Kind.MENU, "buttons of the page")
OTHER_NEWS: Final = Furniture(Kind.MENU, "other news of the page")
COMMENTS: Final = Furniture(Kind.MENU, "a place for comments")
NOTICE: Final = Furniture(Kind.OTHER, "a notice of the web site")
END: Final = Furniture(Kind.OTHER, "the mark at the end of a release")
LABEL: Final = Furniture(Kind.OTHER, "a menu or a label above the headline")
REPEATED: Final = Furniture(Kind.OTHER, "the headline once more")
ABOUT: Final = Furniture(Kind.OTHER, "about the organisation, not about the event")
SIGNED: Final = Furniture(Kind.OTHER, "the signature of a mail")
FOREIGN: Final = Furniture(Kind.OTHER, "in a language that is not read here")
PICTURE: Final = Furniture(Kind.CAPTION, "says what a picture shows")
DATELINE: Final = Furniture(Kind.DATELINE, "where and when the release was written")
ADDRESS: Final = Furniture(Kind.ADDRESS, "the address of the page")

MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
CLOCK: Final = (
    r"\d{1,2}[:：h]\d{2}(?:[:：]\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s?\(?(?:GMT|UTC|CES?T|CST)(?:[+-]\d{1,2})?\)?)?"
)
WEEKDAY: Final = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|(?:星期|周|礼拜)[一二三四五六日天])"
)
DAY: Final = (
    rf"(?:{WEEKDAY}[,\s]{{0,3}})?(?:\d{{4}}\s?[-/.年]\s?\d{{1,2}}\s?[-/.月]\s?\d{{1,2}}(?!\d)\s?[日号]?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d)"
    r"|[一二〇○零]{1,2}[一二三四五六七八九〇○零]{2,3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?[\s-](?:of\s)?{MONTH}|{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?)[\s,-]{{1,2}}\d{{4}})"
    rf"(?:[\s,T|(（-]{{0,4}}(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:星期|周)\w)[)）]?)?"
    rf"(?:[\s,T|@-]{{0,4}}(?:at\s)?(?P<clock>{CLOCK}))?"
)
"""A day with its weekday and the time of the clock, in any of the forms that pages write."""
