"""Cards of people as most are, written at one go: no text in them is escaped or too long for a line.

What `vcard_3` and `vcard_4` write of the same person is the same, which a test holds; any other card is left to them.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.formats import vcard_3, vcard_4
from eventrec.formats.content_lines import escape_text, fold, is_plain
from eventrec.formats.vcard_records import RANKS, by_language, is_told_by_scripts, is_uuid, joined
from eventrec.localized import pairs_of
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from eventrec.formats.vcard_records import PointKind, Texts, Version

_LINE: Final = 75
_ROOM: Final = 60
"""Octets that any of the lines has for what is in it."""

_BY_THEMSELVES: Final = ("url", "wechat")
"""Kinds whose values are written otherwise than as a text, or twice."""


_LATIN: Final = r"[A-Za-zÀ-ÖØ-öø-ɏ][ !#-+\-./0-:<-\[\]-~¡-¬®-ͯ]*"
_TOLD: Final = late(rf'\{{"(?:en":"({_LATIN})"(?:,"zh":"([一-鿿]+)")?|zh":"([一-鿿]+)")\}}')
"""Most names, in JSON: that each language is told by its script, and that nothing needs escaping, is seen at one go."""


class Work(NamedTuple):
    """Where people work and as what, in lines that are the same for many: those of a card, and those further down."""

    lines: str
    further: str


class Ways(NamedTuple):
    """The lines of ways to reach a person: a template, what puts values in its order, and the longest that fits."""

    template: str
    ordered: Callable[[Sequence[str]], tuple[str, ...]]
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
    order = sorted(range(len(kinds)), key=ranks.__getitem__)
    lines = [f"{head}%s{tail}" for head, tail, _ in map(frames.__getitem__, order)]
    longest = _LINE - max((len(head) + len(tail) for head, tail, _ in frames), default=0)
    return Ways(_ended(lines), itemgetter(*order) if len(order) > 1 else tuple, longest)


def filled(lines: Ways, values: Sequence[str]) -> str | None:
    """Return the lines with the values in them; None where one is too long, or not all in ASCII."""
    found = lines.template % lines.ordered(values)
    if not found.isascii():
        return None
    for value in values:
        if len(value) > lines.longest:
            return None
    return found


def line_of(categories: tuple[str, ...]) -> str:
    """Return the line of categories with its end, the same in every version; nothing for none."""
    return f"{vcard_3.listed(categories)}\r\n" if categories else ""


def person_3(
    uid: str,
    name: str,
    honorific: str,
    working: Work,
    reached: str,
    values: str,
    filed: str,
    sort_key: str,
    note: str,
    revised_at: str,
    main: str,
    _sex: str = "",
    _languages: tuple[str, ...] = (),
) -> str | None:
    """Return a person's card of version 3.0; None where it is not plain.

    `name` is in JSON as the book keeps it. `reached` are the lines of the ways to reach the person, `values` is a text
    that holds all that stands in them, `filed` the line of categories. Sex and languages have no place in it.
    """
    full = _full(name, main)
    if full is None or not is_plain(f"{uid}{honorific}{sort_key}{values}"):
        return None
    if len(f"{full}{honorific}".encode()) > _ROOM or len(uid.encode()) > _ROOM or len(sort_key.encode()) > _ROOM:
        return None
    under = f"SORT-STRING:{sort_key}\r\n" if sort_key else ""
    noted = f"{fold(f'NOTE:{escape_text(note)}')}\r\n" if note else ""
    return (
        f"{vcard_3.BEGIN}\r\nUID:{uid}\r\nFN:{full}\r\nN:{full};;;{honorific};\r\n{working.lines}{reached}{filed}"
        f"{under}{noted}{working.further}REV:{revised_at}\r\nEND:VCARD\r\n"
    )


def person_4(
    uid: str,
    name: str,
    honorific: str,
    working: Work,
    reached: str,
    values: str,
    filed: str,
    sort_key: str,
    note: str,
    revised_at: str,
    main: str,
    sex: str = "",
    languages: tuple[str, ...] = (),
) -> str | None:
    """Return a person's card of version 4.0; None where it is not plain. The arguments are those of `person_3`."""
    names = pairs_of(name)
    if names is None:
        return None
    full = joined(names, main, " ")
    if not (is_plain(f"{full}{honorific}{sort_key}{values}") and is_uuid(uid)) or len(full.encode()) > _ROOM:
        return None
    alternative = "ALTID=1;" if len(names) > 1 else ""
    prefix, under, named = honorific, vcard_4.sorted_as(sort_key), ""
    for tag, text in by_language(names, main):
        line = f"N;{alternative}LANGUAGE={tag}{under}:{text};;;{prefix};"
        named += f"{line if len(line) <= _LINE and line.isascii() else fold(line)}\r\n"
        prefix = under = ""
    noted = f"{fold(f'NOTE:{escape_text(note)}')}\r\n" if note else ""
    gender = f"GENDER:{vcard_4.GENDERS[sex]}\r\n" if sex in vcard_4.GENDERS else ""
    spoken = _ended(vcard_4.spoken_lines(languages)) if languages else ""
    return (
        f"{vcard_4.BEGIN}\r\nUID:urn:uuid:{uid}\r\nKIND:individual\r\nFN:{full}\r\n{named}{working.lines}{gender}"
        f"{reached}{spoken}{filed}{noted}REV:{vcard_4.moment(revised_at)}\r\nEND:VCARD\r\n"
    )


def _full(name: str, main: str) -> str | None:
    """Return a name as it stands in FN; None where it is not plain, or the scripts do not tell the languages."""
    found = _TOLD.fullmatch(name)
    if found is not None:
        en, zh, alone = found.groups()
        if en is None or zh is None:
            return en or alone
        return f"{zh} {en}" if main == "zh" else f"{en} {zh}"
    names = pairs_of(name)
    if names is None:
        return None
    full = joined(names, main, " ")
    return full if is_plain(full) and is_told_by_scripts(names, full, person=True) else None


def _ended(lines: Iterable[str]) -> str:
    return "".join([f"{line}\r\n" for line in lines])
