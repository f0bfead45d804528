"""Cards of people as most are, written at one go: no text in them is escaped or too long for a line.

What `vcard_3` and `vcard_4` write of the same person is the same, which a test holds; any other card is left to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.formats import vcard_3, vcard_4
from eventrec.formats.content_lines import escape_text, fold, is_plain
from eventrec.formats.vcard_records import RANKS, by_language, is_told_by_scripts, is_uuid, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventrec.formats.vcard_records import PointKind, Texts, Version

_LINE: Final = 75
_ROOM: Final = 60
"""Octets that any of the lines has for what is in it."""

_BY_THEMSELVES: Final = ("url", "wechat")
"""Kinds whose values are written otherwise than as a text, or twice."""


class Work(NamedTuple):
    """Where people work and as what, in lines that are the same for many: those of a card, and those further down."""

    lines: str
    further: str


class Ways(NamedTuple):
    """The lines of ways to reach a person: a template for values in the order given, and the longest that fits."""

    template: str
    longest: int


def work(organization: Texts, unit: str, position: Texts, version: Version, main: str) -> Work:
    """Return the lines of an agency and a position, each with its end."""
    if version == "4.0":
        return Work(_ended(vcard_4.work(organization, unit, position, main)), "")
    lines = vcard_3.work(organization, unit, position, main)
    return Work(_ended(lines), _ended(vcard_3.alternatives(organization, position, main)))


def ways(kinds: Sequence[tuple[PointKind, str]], version: Version) -> Ways | None:
    """Return the lines for values of these kinds and labels; None where they must be seen to choose their order."""
    ranks = [RANKS[kind] for kind, _ in kinds]
    frame = vcard_3.frame if version == "3.0" else vcard_4.frame
    frames = [frame(kind, label, False) for kind, label in kinds]
    if len(set(ranks)) < len(ranks) or any(kind in _BY_THEMSELVES for kind, _ in kinds):
        return None
    if any(free is not None for _, _, free in frames):
        return None
    lines = [f"{frames[at][0]}{{{at}}}{frames[at][1]}" for at in sorted(range(len(kinds)), key=ranks.__getitem__)]
    return Ways(_ended(lines), _LINE - max((len(head) + len(tail) for head, tail, _ in frames), default=0))


def filled(lines: Ways, values: Sequence[str]) -> str | None:
    """Return the lines with the values in them; None where one is too long, or not all in ASCII."""
    for value in values:
        if len(value) > lines.longest or not value.isascii():
            return None
    return lines.template.format(*values)


def person_3(
    uid: str,
    names: Texts,
    honorific: str,
    working: Work,
    reached: str,
    values: str,
    filed: tuple[str, ...],
    sort_key: str,
    note: str,
    revised_at: str,
    main: str,
    _sex: str = "",
    _languages: tuple[str, ...] = (),
) -> str | None:
    """Return a person's card of version 3.0; None where it is not plain.

    `reached` are the lines of the ways to reach the person, `values` all that stands in them, `filed` the categories.
    Sex and languages have no place in it.
    """
    full = joined(names, main, " ")
    named = f"{full}{honorific}"
    if not is_plain(f"{uid}{named}{sort_key}{values}") or not is_told_by_scripts(names, full, person=True):
        return None
    if len(named.encode()) > _ROOM or len(uid.encode()) > _ROOM or len(sort_key.encode()) > _ROOM:
        return None
    categories = f"{vcard_3.listed(filed)}\r\n" if filed else ""
    under = f"SORT-STRING:{sort_key}\r\n" if sort_key else ""
    noted = f"{fold(f'NOTE:{escape_text(note)}')}\r\n" if note else ""
    return (
        f"{vcard_3.BEGIN}\r\nUID:{uid}\r\nFN:{full}\r\nN:{full};;;{honorific};\r\n{working.lines}{reached}{categories}"
        f"{under}{noted}{working.further}REV:{revised_at}\r\nEND:VCARD\r\n"
    )


def person_4(
    uid: str,
    names: Texts,
    honorific: str,
    working: Work,
    reached: str,
    values: str,
    filed: tuple[str, ...],
    sort_key: str,
    note: str,
    revised_at: str,
    main: str,
    sex: str = "",
    languages: tuple[str, ...] = (),
) -> str | None:
    """Return a person's card of version 4.0; None where it is not plain. The arguments are those of `person_3`."""
    full = joined(names, main, " ")
    if not (is_plain(f"{full}{honorific}{sort_key}{values}") and is_uuid(uid)) or len(full.encode()) > _ROOM:
        return None
    alternative = "ALTID=1;" if len(names) > 1 else ""
    prefix, under, named = honorific, vcard_4.sorted_as(sort_key), ""
    for tag, text in by_language(names, main):
        line = f"N;{alternative}LANGUAGE={tag}{under}:{text};;;{prefix};"
        named += f"{line if len(line) <= _LINE and line.isascii() else fold(line)}\r\n"
        prefix = under = ""
    categories = f"{vcard_4.listed(filed)}\r\n" if filed else ""
    noted = f"{fold(f'NOTE:{escape_text(note)}')}\r\n" if note else ""
    gender = f"GENDER:{vcard_4.GENDERS[sex]}\r\n" if sex in vcard_4.GENDERS else ""
    spoken = _ended(vcard_4.spoken_lines(languages)) if languages else ""
    return (
        f"{vcard_4.BEGIN}\r\nUID:urn:uuid:{uid}\r\nKIND:individual\r\nFN:{full}\r\n{named}{working.lines}{gender}"
        f"{reached}{spoken}{categories}{noted}REV:{vcard_4.moment(revised_at)}\r\nEND:VCARD\r\n"
    )


def _ended(lines: Iterable[str]) -> str:
    return "".join([f"{line}\r\n" for line in lines])
