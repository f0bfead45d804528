"""A message that carries a calendar (RFC 6047), as a draft that a mail program opens and a person sends."""

from __future__ import annotations

import base64
import contextlib
import hashlib
from dataclasses import dataclass
from email.header import Header
from email.utils import quote
from typing import TYPE_CHECKING, Final

from eventrec.formats.marks import DRAFT
from eventrec.formats.terminal import strip_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE: Final = 76


@dataclass(frozen=True)
class Mailbox:
    """Somebody's address, with the name that stands before it; it may be empty."""

    name: str
    email: str


@dataclass(frozen=True)
class CalendarMail:
    """A message to one recipient; `calendar` is an iCalendar object of that `method` (REQUEST, CANCEL)."""

    sender: Mailbox
    recipient: Mailbox
    subject: str
    text: str
    calendar: bytes
    method: str


def render(mail: CalendarMail) -> bytes:
    """Write the message: the text, the calendar as its alternative (RFC 6047 §2.4), and the same as an attachment.

    Programs that know invitations read the alternative, all others offer the attachment. There is no Date and no
    Message-ID: whoever sends the draft gives it both (RFC 6409 §8.2, §8.3); what is sent again is a new message.
    The boundaries are made from the content, so that the same message has the same bytes.
    """
    mark = hashlib.sha256(repr(mail).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    inner = _multipart("alternative", f"=_{mark}_2", [_text(mail), _calendar(mail)])
    outer = _multipart("mixed", f"=_{mark}_1", [inner, _attachment(mail)])
    return DRAFT + "".join(f"{line}\r\n" for line in (*_head(mail), *outer)).encode()


def _head(mail: CalendarMail) -> Iterator[str]:
    yield _address("From", mail.sender)
    yield _address("To", mail.recipient)
    yield f"Subject: {_encoded(mail.subject, 'Subject')}"
    yield "MIME-Version: 1.0"


def _address(name: str, mailbox: Mailbox) -> str:
    """Return a header field with one address (RFC 5322 §3.4); only a local part in other letters needs RFC 6532."""
    local, _, domain = mailbox.email.rpartition("@")
    with contextlib.suppress(UnicodeError):
        domain = domain if domain.isascii() else domain.encode("idna").decode()
    phrase = " ".join(strip_controls(mailbox.name).split())
    if not phrase:
        return f"{name}: <{local}@{domain}>"
    plain = phrase.isascii() and "=?" not in phrase
    shown = f'"{quote(phrase)}"' if plain else _encoded(phrase, name)
    return f"{name}: {shown}\r\n <{local}@{domain}>"


def _encoded(text: str, name: str) -> str:
    """Return unstructured text as it stands in a header: as encoded words (RFC 2047) unless it is short and plain."""
    line = " ".join(strip_controls(text).split())
    if line.isascii() and "=?" not in line and len(line) + len(name) + 2 <= _LINE:
        return line
    return Header(line, "utf-8", maxlinelen=_LINE, header_name=name).encode(linesep="\r\n")


def _multipart(kind: str, boundary: str, parts: list[list[str]]) -> list[str]:
    lines = [f'Content-Type: multipart/{kind}; boundary="{boundary}"', ""]
    for part in parts:
        lines += [f"--{boundary}", *part]
    return [*lines, f"--{boundary}--"]


def _text(mail: CalendarMail) -> list[str]:
    lines = strip_controls(mail.text).split("\n")
    return [
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        *_base64("\r\n".join(lines).encode()),
    ]


def _calendar(mail: CalendarMail) -> list[str]:
    return [
        f"Content-Type: text/calendar; method={mail.method}; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        *_base64(mail.calendar),
    ]


def _attachment(mail: CalendarMail) -> list[str]:
    return [
        'Content-Type: application/ics; name="invite.ics"',
        'Content-Disposition: attachment; filename="invite.ics"',
        "Content-Transfer-Encoding: base64",
        "",
        *_base64(mail.calendar),
    ]


def _base64(content: bytes) -> list[str]:
    return base64.encodebytes(content).decode().splitlines()
