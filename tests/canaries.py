"""A book in which every column with personal data holds a word that stands nowhere else, and a search for them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from eventrec.localized import Localized
from eventrec.services import agency, consent, contact, disclosure, event, participation, planning, project, source
from eventrec.services.affiliation import Place
from eventrec.services.event import ProjectShare
from eventrec.services.points import Point
from eventrec.services.project import Party

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from eventrec.book import Book

PEOPLE = ("asked", "attended", "declined", "manager", "finance", "untied", "buried")
"""Whom to ask about the event, who took part in it, who declined, who manages and who accounts for its project,
somebody tied to nothing, and whom one would have asked about an event that was removed."""

ON_THE_LIST = ("attended", "declined")
REACHED = ("email", "phone", "wechat", "url", "address")
OWN = ("family", "given", "honorific", "category", "note", "alias", "position", "unit", "label", "consent")


@dataclass(frozen=True)
class Canary:
    """A word that is looked for, and whose it is; `column` tells what it says of that person."""

    who: str
    column: str
    word: str


def _canaries() -> tuple[Canary, ...]:
    found = []
    for at, who in enumerate(PEOPLE):
        found += [Canary(who, "name", f"zq{who}name"), Canary(who, "name", f"饕餮{'甲乙丙丁戊己庚'[at]}")]
        found += [Canary(who, column, f"zq{who}{column}") for column in (*REACHED, *OWN) if column != "phone"]
        found.append(Canary(who, "phone", f"139123400{at:02}"))
    for who in ON_THE_LIST:
        found += [Canary(who, f"{column} on the day", f"zq{who}row{column}") for column in ("position", "note")]
    found += [Canary("event", "note", "zqeventnote"), Canary("agency", "note", "zqagencynote")]
    found += [Canary("project", "note", "zqprojectnote"), Canary("actor", "name", "zqactor")]
    found += [Canary("release", "text", "zqreleasetext"), Canary("release", "name", "zqreleasename")]
    return (*found, Canary("recipient", "name", "zqrecipient"), Canary("recipient", "purpose", "zqreason"))


CANARIES = _canaries()


def plant(book: Book) -> None:
    """Record agency 1, project 1, the people in their order, event 1 with its visit 2, and what was removed."""
    book.actor = "ZqActor"
    with book.writing("plant") as work:
        _plant(work.session)
    with book.writing("remove") as work:
        planning.remove(work.session, 3)
        contact.edit(work.session, _number("buried"), {"note": "ZqBuriedNote"})


def _plant(session: Session) -> None:
    agency.add(session, code="HOST", name=_name("The Host"), kind="government", country="CN", note="ZqAgencyNote")
    project.add(session, code="MONEY", name=_name("The Money"), note="ZqProjectNote", starts_on=date(2024, 1, 1))
    for at, who in enumerate(PEOPLE):
        _add_person(session, who, at)
    parties = [
        Party("programme-manager", contact_id=_number("manager")),
        Party("finance", contact_id=_number("finance")),
    ]
    project.set_parties(session, project.rows.get(session, project.Project, 1), parties)
    day = {"starts_on": date(2025, 3, 10), "ends_on": date(2025, 3, 11)}
    share, host = [ProjectShare(1)], [("organizer", 1)]
    event.add(
        session, title=_name("Workshop"), kind="workshop", status="held", contact_id=_number("asked"), projects=share,
        parties=host, note="ZqEventNote", **day,
    )  # fmt: skip
    event.add(session, title=_name("Visit"), parent_id=1, **day)
    event.add(session, title=_name("Removed"), contact_id=_number("buried"), projects=share, **day)
    source.add(session, 1, text="ZqReleaseText", name="ZqReleaseName.txt")
    for who in ON_THE_LIST:
        position = _name(f"Zq{who}rowPosition")
        participation.add(
            session, event_id=1, contact_id=_number(who), agency_id=1, status=who, position=position,
            note=f"Zq{who}rowNote",
        )  # fmt: skip
    disclosure.add(
        session, recipient="ZqRecipient", purpose="ZqReason", what="contacts", people=[1], criteria="ZqReason"
    )


def _add_person(session: Session, who: str, at: int) -> None:
    word = f"Zq{who}"
    values = {
        "email": f"{word.lower()}email@example.org",
        "mobile": f"+86139123400{at:02}",
        "wechat": f"{word}Wechat",
        "url": f"https://example.org/{word}Url",
        "address": f"{word}Address 1, Beijing",
    }
    row = contact.add(
        session,
        name=Localized({"en": f"{word}Name", "zh": f"饕餮{'甲乙丙丁戊己庚'[at]}"}),
        family_name=f"{word}Family",
        given_name=f"{word}Given",
        honorific=f"{word}Honorific",
        sex="female",
        categories=[f"{word}Category"],
        note=f"{word}Note",
        aliases=[f"{word}Alias"],
        place=Place(1, _name(f"{word}Position"), f"{word}Unit"),
        points_of=[Point(kind, value, f"{word}Label") for kind, value in values.items()],
    )
    consent.add(session, row.id, purpose="photographs", answered_on=date(2025, 1, 1), source=f"{word}Consent")


def _number(who: str) -> int:
    return PEOPLE.index(who) + 1


def _name(text: str) -> Localized:
    return Localized({"en": text})


def found_in(*contents: bytes | Path) -> set[str]:
    """Return the canaries in files, folders (with the files' names) and bytes, each as “who: column”."""
    text = "\n".join(_text(content) for content in contents).lower()
    digits = re.sub(r"[\s()+-]", "", text)
    return {
        f"{each.who}: {each.column}" for each in CANARIES if each.word in (digits if each.column == "phone" else text)
    }


def _text(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return _read(content)
    if content.is_dir():
        return "\n".join(f"{path.name}\n{_text(path)}" for path in sorted(content.iterdir()))
    return _read(content.read_bytes())


def _read(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if content.startswith((b"From:", b"To:", b"MIME-Version:", b"Subject:", b"X-Unsent:", b"Date:")):
        return _mail(content)
    return re.sub(r"\r\n[ \t]", "", content.decode("utf-8-sig"))


def _mail(content: bytes) -> str:
    message = message_from_bytes(content, policy=policy.default)
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return "\n".join(
        [*(f"{name}: {value}" for name, value in message.items()), *(_read(bytes(part)) for part in parts)]
    )
