"""A release that came as a mail, or a web page that was saved as one file (RFC 5322, RFC 2045, RFC 2557)."""

from __future__ import annotations

import re
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import Rejected
from eventrec.formats import mail_reader
from eventrec.formats.ical import hypertext
from eventrec.formats.release.links import spelt_out
from eventrec.formats.release.parts import Release, called, refused, without_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from email.message import Message

_DEEPEST: Final = 20
_MOST_SHOWN: Final = 5
_ANSWERED: Final = re.compile(r"(?:(?:re|fw|fwd|aw|wg|tr|答复|回复|转发)\s?[:：]\s*)+", re.IGNORECASE)
_LOCKED: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")


def read(content: bytes, name: str) -> Release:
    """Return a mail with its subject as the first line and its date as the day it was put out; attachments are told.

    A page saved as one file (MHTML) is read as the web page that it is. Raises Rejected, and UsageError where a web
    page needs a library.
    """
    if mail_reader.is_too_large(content):
        raise refused(name, "is too large for a mail", "Save it without its attachments, and give that.")
    try:
        message = mail_reader.parsed(content)
    except Rejected as error:
        raise refused(name, "is damaged and cannot be read as a mail", error.hint) from error
    texts, pages, others = _parts(message)
    page = str(message.get("Snapshot-Content-Location", "")).strip()
    if page or (not message.get("To") and pages and message.get_content_type() == "multipart/related"):
        return _saved_page(pages, name, page or str(pages[0].get("Content-Location", "")))
    subject = _ANSWERED.sub("", _subject(message), count=1)
    body = next(filter(str.strip, map(_text, texts)), "")
    if not body.strip():
        body = next(
            filter(str.strip, (hypertext.text_of(spelt_out(_text(each)), with_addresses=False) for each in pages)), ""
        )
    if not body.strip():
        raise _nothing(name, message, others)
    text = f"# {subject}\n\n{body}" if subject and subject not in body[:2000] else body
    return Release(text, called(name), (), _sent_on(message), None, tuple(others))


def _saved_page(pages: list[Message], name: str, url: str) -> Release:
    from eventrec.formats.release import web

    if not pages:
        raise without_text(name)
    return web.read(_text(pages[0]), name, (), url if url.startswith(("http://", "https://")) else None)


def _parts(message: Message) -> tuple[list[Message], list[Message], list[str]]:
    """Return the parts that are plain text, those that are HTML, and the names of what is attached."""
    texts: list[Message] = []
    pages: list[Message] = []
    others: list[str] = []
    for part in _leaves(message):
        kind, name = part.get_content_type(), _file_name(part)
        if part.get_content_disposition() == "attachment" or (name and not kind.startswith("text/")):
            others.append(f"attachment: {name}" if name else f"attachment without a name ({kind})")
        elif kind == "text/plain":
            texts.append(part)
        elif kind == "text/html":
            pages.append(part)
    if len(others) > _MOST_SHOWN:
        others = [*others[:_MOST_SHOWN], f"{len(others) - _MOST_SHOWN:,} attachments more"]
    return texts, pages, others


def _leaves(message: Message) -> Iterator[Message]:
    """Yield every part that holds something itself, in order; what is nested too deeply is left out."""
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        if not part.is_multipart():
            yield part
        elif depth < _DEEPEST:
            inner: Any = part.get_payload()
            waiting += [(each, depth + 1) for each in reversed(inner)]


def _text(part: Message) -> str:
    """Return the text of a part; an unknown character set is read as UTF-8 or GB18030, as far as it goes."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    said = str(part.get_content_charset() or "utf-8")
    return _decoded(content, "gb18030" if said in ("gb2312", "gbk", "x-gbk") else said)


def _decoded(content: bytes, charset: str) -> str:
    for each in (charset, "utf-8", "gb18030"):
        try:
            return content.decode(each)
        except (LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def _subject(message: Message) -> str:
    found = next((value for name, value in message.raw_items() if name.lower() == "subject"), "")
    raw = _decoded(str(found).encode("utf-8", "surrogateescape"), "utf-8")
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except (ValueError, LookupError):
        return " ".join(raw.split())


def _sent_on(message: Message) -> date | None:
    """Return the day on which a mail was sent, as its sender's clock had it."""
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date()
    except (ValueError, TypeError, LookupError, OverflowError):
        return None


def _file_name(part: Message) -> str:
    try:
        return str(part.get_filename() or "")[:200]
    except (ValueError, LookupError, TypeError):
        return ""


def _nothing(name: str, message: Message, others: list[str]) -> Exception:
    if message.get_content_type() in _LOCKED:
        return refused(
            name, "is an encrypted mail", "Open it in the mail program, and pipe its text in: eventrec draft -"
        )
    if others:
        return refused(name, f"holds no text beside its {others[0]}", "Save the attachment, and give that.")
    return without_text(name)
