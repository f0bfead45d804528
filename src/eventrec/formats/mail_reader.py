"""Messages in: the calendars that a saved mail carries (RFC 5322, RFC 2045, RFC 6047), and who sent them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from email.errors import MessageError
from email.parser import BytesParser
from email.policy import Compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import Message

LARGEST: Final = 20 * 2**20
"""So large may a mail or a mailbox be, in octets: reading takes eight times as much memory."""

_MOST_PARTS: Final = 20_000
_MOST_LINES: Final = 400_000
_MOST_MAILS: Final = 10_000
_DEEPEST: Final = 50
_LONGEST: Final = 8_000
"""So much of a header field is looked at: the time that its parameters take grows with the square of their number."""

_FIELD: Final = re.compile(rb"([!-9;-~]+)[ \t]*:")
_OF_A_MAIL: Final = {
    "to", "cc", "bcc", "received", "delivered-to", "return-path", "message-id", "reply-to", "x-unsent", "x-received",
}  # fmt: skip
"""Fields that a mail has beside From, and a web page that was saved as one file has not."""

_SENDERS: Final = ("From", "Reply-To", "Sender")
_CALENDARS: Final = ("text/calendar", "application/ics", "text/x-vcalendar")
_LOCKED: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_NOT_DECODED: Final = ("utf-8", "us-ascii", "idna", "punycode", "unicode_escape", "raw_unicode_escape")
"""What is in UTF-8 already, and what Python decodes that is no character set of mails."""

_EMLX: Final = re.compile(rb"\A[0-9]{1,10}[ \t]*\r?\n")
_BETWEEN: Final = re.compile(rb"^From [^\r\n]*\r?\n(?=[!-9;-~]+:)", re.MULTILINE)
_BY_HAND: Final = "Record the answer by hand: eventrec participant edit EVENT WHO --status confirmed"


@dataclass(frozen=True)
class MailedCalendar:
    """A calendar in UTF-8, as far as its character set was known; who sent it, and when (UTC, empty when not said)."""

    content: bytes
    senders: tuple[str, ...]
    sent_at: str


class _ShortFields(Compat32):
    """Python's policy that never fails on a field, with fields that are cut off where no honest one goes on."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return a field's name and the beginning of its value."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST]


def is_message(beginning: bytes) -> bool:
    """Tell whether a file is a mail, or a mailbox of several, from its beginning: its header says From and more."""
    names = set()
    for line in _bare(beginning).split(b"\n"):
        if not line.strip():
            break
        if line[:1] in (b" ", b"\t"):
            continue
        found = _FIELD.match(line)
        if found is None:
            return False
        names.add(found[1].decode().lower())
    return "from" in names and bool(names & _OF_A_MAIL)


def read(content: bytes) -> Sequence[MailedCalendar]:
    """Return the calendars of a mail, of mails within it, or of a mailbox (mbox), each once for each sender.

    Raises Rejected when there is none, when it is locked, and for a mail that is no honest one by its size.
    """
    if is_too_large(content):
        raise Rejected("The mail is too large.", "Save the answers one by one, without large attachments.")
    found: dict[tuple[bytes, tuple[str, ...]], MailedCalendar] = {}
    seen: set[str] = set()
    for message in _messages(content):
        for part, senders, sent_at in _parts(message):
            seen.add(_kind(part))
            calendar = _calendar(part)
            if calendar:
                found.setdefault((b"".join(calendar.split()), senders), MailedCalendar(calendar, senders, sent_at))
    if not found:
        raise _nothing(seen)
    return list(found.values())


def is_too_large(content: bytes) -> bool:
    """Tell whether a mail is no honest one by its octets, parts or lines."""
    return len(content) > LARGEST or content.count(b"\n--") > _MOST_PARTS or content.count(b"\n") > _MOST_LINES


def parsed(mail: bytes) -> Message:
    """Return a mail taken apart. Raises Rejected when it cannot be; `is_too_large` must have been asked before."""
    try:
        return BytesParser(policy=_ShortFields()).parsebytes(_bare(mail))
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise Rejected("The mail is damaged and cannot be read.", "Save it again from the mail program.") from error


def _bare(content: bytes) -> bytes:
    """Return a mail without what mail programs put before it: a byte order mark, a number (Apple), a line (mbox)."""
    bare = _EMLX.sub(b"", content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), count=1)
    return bare.partition(b"\n")[2] if bare.startswith(b"From ") else bare


def _messages(content: bytes) -> Iterator[Message]:
    bare = content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    mails = _BETWEEN.split(bare)[1:] if bare.startswith(b"From ") else [content]
    if len(mails) > _MOST_MAILS:
        raise Rejected(f"There are more than {_MOST_MAILS:,} mails in the file.", "Save fewer at a time.")
    for mail in mails:
        yield parsed(mail)


def _parts(message: Message) -> Iterator[tuple[Message, tuple[str, ...], str]]:
    """Yield every part that holds something, with who sent the nearest mail around it, and when."""
    waiting = [(message, _senders(message), _sent_at(message), 0)]
    while waiting:
        part, senders, sent_at, depth = waiting.pop()
        if not part.is_multipart():
            yield part, senders, sent_at
            continue
        if depth > _DEEPEST:
            raise Rejected("The mail is nested too deeply.", "Save the answer itself, not what it was forwarded in.")
        inner: Any = part.get_payload()
        for each in reversed(inner):
            own = _senders(each)
            waiting.append((each, own or senders, _sent_at(each) if own else sent_at, depth + 1))


def _senders(message: Message) -> tuple[str, ...]:
    fields = [str(value) for name in _SENDERS for value in message.get_all(name, [])]
    try:
        found = getaddresses(fields)
    except RecursionError:
        return ()
    return tuple(dict.fromkeys(address.lower() for _, address in found if "@" in address))


def _sent_at(message: Message) -> str:
    try:
        moment = parsedate_to_datetime(str(message.get("Date", "")))
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, LookupError, OverflowError):
        return ""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.year >= 1970 else ""


def _kind(part: Message) -> str:
    name = _file_name(part)
    if name == "winmail.dat" or part.get_content_type() == "application/ms-tnef":
        return "tnef"
    return "locked" if part.get_content_type() in _LOCKED or name.endswith(".p7m") else ""


def _calendar(part: Message) -> bytes:
    """Return a part's calendar in UTF-8; empty when it is none."""
    if part.get_content_type() not in _CALENDARS and not _file_name(part).endswith(".ics"):
        return b""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or b"BEGIN:VCALENDAR" not in content.replace(b"\x00", b"").upper():
        return b""
    charset = part.get_content_charset("utf-8")
    charset = "gb18030" if charset in ("gb2312", "gbk") else charset
    if charset in _NOT_DECODED:
        return content
    try:
        return content.decode(charset).encode()
    except (LookupError, ValueError):
        return content


def _file_name(part: Message) -> str:
    try:
        return str(part.get_filename() or "").lower()
    except (ValueError, LookupError, TypeError):
        return ""


def _nothing(seen: set[str]) -> Rejected:
    """Say why there is no calendar."""
    if "tnef" in seen:
        return Rejected(
            "The mail holds its answer in Outlook's own form (winmail.dat), which other programs cannot read.", _BY_HAND
        )
    if "locked" in seen:
        return Rejected("The mail is encrypted or signed as a whole, and its answer cannot be seen.", _BY_HAND)
    return Rejected("There is no calendar in the mail, so it answers no invitation that can be read.", _BY_HAND)
