"""Answers to invitations (RFC 5546 §3.2.3): who answers what to which event, as Outlook, Google and Apple write it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from eventrec.formats.ical.incoming import short_uid
from eventrec.formats.line_reader import Line, lines, where
from eventrec.formats.octets import decode
from eventrec.formats.terminal import strip_controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

METHODS: Final = ("REPLY", "COUNTER", "REFRESH")
"""The methods of messages from an attendee to the organizer."""

_METHOD: Final = re.compile(rb"^METHOD[^:\r\n]{0,100}:[ \t]*([A-Z-]{1,20})", re.IGNORECASE | re.MULTILINE)
_MOMENT: Final = re.compile(r"([0-9]{8})T([0-9]{6})Z?")
_DAY: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DEEPEST: Final = 50
_LOOKED_AT: Final = 64 * 1024
LARGEST: Final = 16 * 2**20
"""Octets of the largest file of answers that is read."""

_EXCHANGE: Final = re.compile(r"040000008200E00074C5B7101A82E008(?:[0-9A-F]{2})+", re.IGNORECASE)
_WITHIN: Final = b"vCal-Uid\x01\x00\x00\x00"


@dataclass(frozen=True)
class Reply:
    """What one message says: `answer` is PARTSTAT in capitals, `given_at` DTSTAMP in UTC, YYYY-MM-DDTHH:MM:SSZ.

    `line` is where it begins in the file, from 1. `day` is the only day that is meant (RECURRENCE-ID), as ISO text.
    `sent_by` answered in the name of `email`, `delegates` are those it was passed on to. `senders` are the addresses
    that the mail came from. What is not said is empty; only a REPLY always has an `email`.
    """

    line: int
    method: str
    uid: str
    email: str
    answer: str
    sequence: int = 0
    given_at: str = ""
    name: str = ""
    comment: str = ""
    day: str = ""
    sent_by: str = ""
    delegates: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReplyProblem:
    """An answer that cannot be taken, and why."""

    line: int
    message: str


@dataclass(frozen=True)
class ReplyFile:
    """The answers of a file, those that cannot be taken, and what was forgiven."""

    replies: Sequence[Reply]
    problems: Sequence[ReplyProblem] = ()
    told: tuple[str, ...] = ()


def may_be_reply(beginning: bytes) -> bool:
    """Tell whether a calendar has a METHOD of an attendee; it stands within its first 64 KB."""
    found = _METHOD.search(beginning[:_LOOKED_AT].replace(b"\x00", b""))
    return found is not None and found[1].decode().upper() in METHODS


def is_reply(content: bytes) -> bool:
    """Tell whether a calendar has a METHOD of an attendee, and events."""
    return may_be_reply(content) and b"BEGIN:VEVENT" in content.replace(b"\x00", b"").upper()


def read(content: bytes, senders: Sequence[str] = (), sent_at: str = "") -> ReplyFile:
    """Read all answers of a calendar; `senders` and `sent_at` (UTC) are those of the mail that brought it.

    Raises Rejected for an encoding that nobody can read.
    """
    text, encoding = decode(content)
    replies, problems, strange = list[Reply](), list[ReplyProblem](), list[int]()
    for method, begin, own in _events(text, strange):
        if method not in METHODS:
            problems.append(ReplyProblem(begin, f"This is no answer: its METHOD is {method[:20] or 'missing'}."))
            continue
        found = _replies(method, begin, own, tuple(address.lower() for address in senders), sent_at)
        if isinstance(found, ReplyProblem):
            problems.append(found)
        else:
            replies.append(found)
    told = [f"The calendar was read as {encoding}."] if encoding else []
    told += [f"No line of a calendar, left out: {where(strange)}."] if strange else []
    return ReplyFile(replies, problems, tuple(told))


def joined(files: Sequence[ReplyFile]) -> ReplyFile:
    """Return the answers of all calendars in a mail, numbered one after the other; what comes twice is one."""
    once = dict.fromkeys(replace(reply, line=0) for file in files for reply in file.replies)
    problems = [problem for file in files for problem in file.problems]
    told = dict.fromkeys(sentence for file in files for sentence in file.told)
    numbered = [replace(reply, line=number) for number, reply in enumerate(once, 1)]
    return ReplyFile(numbered, problems, tuple(told))


def _events(text: str, strange: list[int]) -> Iterator[tuple[str, int, list[Line]]]:
    """Yield each VEVENT with its calendar's METHOD, where it begins, and its own lines, without those of alarms."""
    stack: list[str] = []
    method, events = "", list[tuple[int, list[Line]]]()
    for line in lines(text):
        if isinstance(line, tuple):
            strange.append(line[0])
            continue
        name = line.value.strip().upper()
        if line.name == "BEGIN" and len(stack) < _DEEPEST:
            stack.append(name)
            if name == "VEVENT":
                events.append((line.number, []))
        elif line.name == "END" and name in stack:
            del stack[stack.index(name) :]
            if not stack:
                yield from ((method, begin, own) for begin, own in events)
                method, events = "", []
        elif stack[-1:] == ["VEVENT"]:
            events[-1][1].append(line)
        elif stack[-1:] == ["VCALENDAR"] and line.name == "METHOD":
            method = name
    yield from ((method, begin, own) for begin, own in events)


def _replies(method: str, begin: int, own: list[Line], senders: tuple[str, ...], sent_at: str) -> Reply | ReplyProblem:
    said: dict[str, Line] = {}
    for line in own:
        said.setdefault(line.name, line)
    uid = short_uid(_own_uid(said["UID"].text.strip())) if "UID" in said else ""
    if not uid:
        return ReplyProblem(begin, "The answer does not say to which event: UID is missing.")
    attendee = _attendee([line for line in own if line.name == "ATTENDEE"], senders)
    if attendee is None and method == "REPLY":
        return ReplyProblem(begin, "The answer does not say whose it is: it needs one ATTENDEE that answers.")
    attendee = attendee or Line(begin, "ATTENDEE", {}, f"mailto:{senders[0]}" if senders else "")
    sequence = said["SEQUENCE"].value.strip() if "SEQUENCE" in said else ""
    return Reply(
        begin,
        method,
        uid,
        _address(attendee),
        _answer(attendee),
        sequence=int(sequence) if re.fullmatch(r"[0-9]{1,9}", sequence) else 0,
        given_at=_moment(said.get("DTSTAMP")) or sent_at,
        name=attendee.first("CN").strip(),
        comment=_comment(own, attendee),
        day=_day(said.get("RECURRENCE-ID")),
        sent_by=_mailbox(attendee.first("SENT-BY")),
        delegates=tuple(map(_mailbox, attendee.parameters.get("DELEGATED-TO", ()))),
        senders=senders,
    )


def _attendee(found: list[Line], senders: tuple[str, ...]) -> Line | None:
    """Return whose answer it is. There should be one (RFC 5546 §3.2.3); of several, who sent it, else who answers."""
    named = [line for line in found if _address(line)]
    if len(named) == 1:
        return named[0]
    for line in named:
        if {_address(line).lower(), _mailbox(line.first("SENT-BY")).lower()} & set(senders):
            return line
    answering = [line for line in named if _answer(line) != "NEEDS-ACTION"]
    passing_on = [line for line in answering if _answer(line) == "DELEGATED"]
    for line in passing_on if len(passing_on) == 1 else answering if len(answering) == 1 else ():
        return line
    return None


def _address(line: Line) -> str:
    """Return an attendee's address; Apple's servers name a principal and put the address beside it (RFC 7986 §6.2)."""
    return _mailbox(line.value) or _mailbox(line.first("EMAIL"))


def _mailbox(uri: str) -> str:
    bare = uri.strip().strip('"')
    if bare.lower().startswith("mailto:"):
        bare = unquote(bare[len("mailto:") :].partition("?")[0]).strip()
    elif ":" in bare or "/" in bare:
        return ""
    return bare if "@" in bare else ""


def _answer(line: Line) -> str:
    """Return PARTSTAT, which is NEEDS-ACTION where nothing is said (RFC 5545 §3.2.12)."""
    return line.first("PARTSTAT").strip().upper() or "NEEDS-ACTION"


def _comment(own: list[Line], attendee: Line) -> str:
    """Return what was written along: in COMMENT, or in Google's own parameter."""
    written = [line.text.strip() for line in own if line.name == "COMMENT"]
    words = dict.fromkeys(filter(None, (*written, attendee.first("X-RESPONSE-COMMENT").strip())))
    return strip_controls("\n".join(words).replace("\r\n", "\n")).strip()


def _moment(line: Line | None) -> str:
    found = _MOMENT.fullmatch(line.value.strip()) if line else None
    try:
        moment = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if found else None
    except ValueError:
        return ""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment and moment.year >= 1970 else ""


def _day(line: Line | None) -> str:
    found = _DAY.match(line.value.strip()) if line else None
    return "-".join(found.groups()) if found else "not readable" if line else ""


def _own_uid(uid: str) -> str:
    """Return the UID; Exchange may wrap one that it did not make into its own (MS-OXCICAL 2.1.3.1.1.20.26)."""
    if not _EXCHANGE.fullmatch(uid):
        return uid
    _, marked, wrapped = bytes.fromhex(uid).partition(_WITHIN)
    return wrapped.split(b"\x00")[0].decode("ascii", "replace") if marked else uid
