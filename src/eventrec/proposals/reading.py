"""Reads a proposal strictly: an unknown key, a value of another kind or a word that is none of its list is refused."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import Rejected
from eventrec.proposals.form import EVENT, NAMED_BY, SEVERAL, SOURCE, TABLES, EventPart, Form, Part
from eventrec.proposals.source import Source
from eventrec.text.digests import digest_of
from eventrec.text.names import clean, language_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from eventrec.proposals.form import Keys

LARGEST: Final = 4_000_000
"""Characters of a file; a release has a few thousand."""

_MOST_EVENTS, _MOST_PARTS, _MOST_ITEMS = 50, 300, 100
_MOST_PEOPLE: Final = 1_000_000
_LONGEST: Final = 20_000
_LINES: Final = ("description", "results", "note")
_NO_YEAR: Final = re.compile(r"\?{2,}|(?<!\d)--\d")
_HEADER: Final = re.compile(r"\s*\[\[?\s*([\w.\s]+?)\s*\]\]?\s*(?:#.*)?")
_PART: Final = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_FURTHER: Final = rf"(?:[ \t]*+\.[ \t]*+{_PART})"
_MANY_KEYS: Final = re.compile(rf"(?<![\w.-]){_PART}{_FURTHER}{{50}}(?:{_FURTHER}{{2000}}|{_FURTHER}*+[ \t]*+[=\]])")
"""A key of more than fifty parts: the time that one takes grows with their square."""

_AGAIN: Final = "Mend the file, then repeat the command."


def read_toml(text: str, name: str) -> Form:
    """Return what a file says; `name` is how it is called in refusals. Raises Rejected with file, line and key."""
    if len(text) > LARGEST:
        raise Rejected(f"{name} has more than {LARGEST:,} characters: that is no proposal.", _OTHER)
    if _MANY_KEYS.search(text):
        raise Rejected(f"{name} cannot be read: it is nested too deeply.", _OTHER)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Rejected(f"{name} is no TOML: {_in_words(error)}.", _OTHER) from error
    except (RecursionError, ValueError) as error:
        raise Rejected(
            f"{name} cannot be read: it is nested too deeply, or holds an impossible number.", _OTHER
        ) from error
    return read(data, name, text)


_OTHER: Final = "A proposal is written by: eventrec draft FILE -o proposal.toml"


def read(data: Mapping[str, Any], name: str, text: str = "") -> Form:
    """Return what the tables of a proposal say; `text` is the file, to name the lines. Raises Rejected."""
    return _Reader(name, text).form(data)


class _Reader:
    """Reads one proposal, and knows what it leaves open."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._lines = text.split("\n") if text else []
        self._left: list[str] = []
        self._told: list[str] = []

    def form(self, data: Mapping[str, Any]) -> Form:
        for key in data:
            if key not in ("event", "source"):
                raise self._refused((), key, f"“{_shown(key)}” is not known here: there are [[event]] and [source].")
        events = self._tables((), "event", data.get("event", []), _MOST_EVENTS)
        if not events:
            raise Rejected(f"{self._name} holds no [[event]].", _OTHER)
        source = self._source(data["source"]) if "source" in data else None
        parts = tuple(self._event(at, each) for at, each in enumerate(events, 1))
        return Form(parts, source, tuple(self._left), tuple(self._told))

    def _event(self, number: int, data: Mapping[str, Any]) -> EventPart:
        place = (("event", number),)
        own = {key: value for key, value in data.items() if key not in TABLES}
        event = self._part(place, own, EVENT)
        if event is None:
            raise self._refused(place, "title", "the title is open.", _TITLE_OPEN)
        single = {
            name: self._part((*place, (name, 1)), self._table(place, name, data[name]), TABLES[name])
            for name in TABLES
            if name not in SEVERAL and name in data
        }
        several = {name: self._several(place, name, data.get(name, [])) for name in SEVERAL}
        return EventPart(
            f"{event.where} of the file",
            event.values,
            event.left,
            agencies=several["agency"],
            visits=several["visit"],
            project=single.get("project"),
            contact=single.get("contact"),
        )

    def _several(self, place: Place, name: str, value: Any) -> tuple[Part, ...]:  # noqa: ANN401
        found = self._tables(place, name, value, _MOST_PARTS)
        parts = (self._part((*place, (name, at)), each, TABLES[name]) for at, each in enumerate(found, 1))
        return tuple(part for part in parts if part is not None)

    def _tables(self, place: Place, name: str, value: Any, most: int) -> Sequence[Mapping[str, Any]]:  # noqa: ANN401
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            header = ".".join([*(each for each, _ in place), name])
            raise self._refused(place, name, f"{name} is written as [[{header}]], once for each.")
        if len(value) > most:
            raise self._refused(place, name, f"{name} is there {len(value):,} times; {most} are the most.")
        return value

    def _table(self, place: Place, name: str, value: Any) -> Mapping[str, Any]:  # noqa: ANN401
        if not isinstance(value, dict):
            raise self._refused(
                place, name, _HOW.get(name, f"{name} is written as [event.{name}], once for each event.")
            )
        return value

    def _part(self, place: Place, data: Mapping[str, Any], keys: Keys) -> Part | None:
        """Read one table without what is open in it; None where all of it is."""
        noun = place[-1][0]
        title = NAMED_BY.get(noun, "name")
        for key in data:
            self._check(place, key, keys)
        given = dict(data)
        is_open = self._value(place, "open", given.pop("open"), keys) if "open" in data else []
        if True in is_open or title in is_open:
            self._left.append(f"{_where(place)} ({_called(data.get(title))})")
            return None
        left = tuple(name for name in is_open if self._drop(place, name, given, keys))
        values = {key: self._value(place, key, value, keys) for key, value in given.items()}
        if noun == "agency" and "role" in data and "role" not in values:
            self._left.append(f"{_where(place)} ({_called(values.get(title))})")
            return None
        if not values.get(title) and not (noun in ("agency", "project", "contact") and "known" in values):
            raise self._refused(place, title, f"has no {title}.", f"Give it: {title}.en = …, or delete the table.")
        return Part(_where(place), values, left)

    def _drop(self, place: Place, name: str, given: dict[str, Any], keys: Keys) -> bool:
        """Take out what is open before it is read; tells whether it was there.

        A name that stands for nothing is refused, since a slip would save what is open.
        """
        key, _, tag = name.partition(".")
        if key not in keys or key == "open" or (tag and keys[key] != "names"):
            raise self._refused(place, "open", f"open names “{_shown(name)}”, which is no field.")
        if key not in given:
            return False
        self._left.append(f"{name} of {_where(place)}")
        there = given.pop(key)
        if tag and isinstance(there, dict):
            others = {each: text for each, text in there.items() if each.casefold() != tag.casefold()}
            given |= {key: others} if others else {}
        return True

    def _check(self, place: Place, key: str, keys: Keys) -> None:
        if key not in keys:
            known = ", ".join(each for each in keys)
            raise self._refused(place, key, f"“{_shown(key)}” is not known here.", f"There are: {known}.")

    def _value(self, place: Place, key: str, value: Any, keys: Keys) -> Any:  # noqa: ANN401
        self._check(place, key, keys)
        kind = keys[key]
        if isinstance(kind, tuple):
            if value not in kind:
                shown = f"“{_shown(value)}”" if isinstance(value, str) else _typed(value)
                raise self._refused(place, key, f"{key}: {shown} is none of: {', '.join(kind)}.")
            return value
        try:
            return _READERS[kind](key, value)
        except _Wrong as error:
            raise self._refused(place, key, f"{key} {error}.") from error
        except Rejected as error:
            raise self._refused(place, key, error.message, error.hint) from error

    def _source(self, value: Any) -> Source:  # noqa: ANN401
        place = (("source", 1),)
        data = self._table((), "source", value)
        values = {key: self._value(place, key, each, SOURCE) for key, each in data.items() if key != "text"}
        text = data.get("text")
        if not isinstance(text, str) or not text.strip():
            raise self._refused(place, "text", "has no text.", "Put the release there, or delete [source].")
        if "sha256" in values and digest_of(text) != values["sha256"]:
            raise self._refused(
                place,
                "text",
                "is not the text that was read: its hash is another one.",
                "Put it back, or delete the line sha256; then the text is kept as it stands here.",
            )
        source = Source.of(text, name=values.get("name"), url=values.get("url"))
        if values.get("url") and source.url is None:
            self._told.append(
                f"The address of the release is none of the web and was left out: {_shown(values['url'])}."
            )
        return source

    def _refused(self, place: Place, key: str, message: str, hint: str = "") -> Rejected:
        line = self._line(place, key)
        where = f"{self._name}{f', line {line}' if line else ''}"
        what = f" ({_where(place)})" if place else ""
        return Rejected(f"{where}{what}: {message}", hint or _AGAIN)

    def _line(self, place: Place, key: str) -> int | None:
        """Return the line on which a key stands, or its table begins, as far as plain lines tell."""
        header = ".".join(name for name, _ in place)
        counts: dict[str, int] = {}
        wanted, inside, first = place[-1][1] if place else 1, not place, None
        outer = place[0][1] if len(place) > 1 else None
        for number, line in enumerate(self._lines, 1):
            if (found := _HEADER.fullmatch(line)) is not None:
                name = re.sub(r"\s", "", found[1])
                if name == "event":
                    counts = {"event": counts.get("event", 0) + 1}
                else:
                    counts[name] = counts.get(name, 0) + 1
                inside = name == header and counts[name] == wanted and outer in (None, counts.get("event"))
                first = number if inside else first
            elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]", line):
                return number
        return first


Place = tuple[tuple[str, int], ...]
"""Where a table is: its name and its number, those around it first."""

_HOW: Final = {"source": "source is written as [source], once for the file."}
_TITLE_OPEN: Final = "Find it right, or mend it, then take “title” out of open."


class _Wrong(Exception):
    """A value is of another kind."""


def _where(place: Place) -> str:
    if len(place) == 1:
        return f"{place[0][0]} {place[0][1]}" if place[0][0] == "event" else place[0][0]
    name, number = place[-1]
    words = {"visit": "site visit"}.get(name, name)
    return f"{words} {number} of event {place[0][1]}" if name in SEVERAL else f"{words} of event {place[0][1]}"


def _called(names: Any) -> str:  # noqa: ANN401
    """Return names that were not read, in words."""
    texts = [each for each in (names.values() if isinstance(names, dict) else [names]) if isinstance(each, str)]
    return _shown(" / ".join(texts)) or "no name"


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:60]}…"


def _typed(value: object) -> str:
    """Return a value as it is typed in the file, cut where it is long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{_shown(value)}"'
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    return _shown(value)


def _in_words(error: tomllib.TOMLDecodeError) -> str:
    """Return what the library says of a slip, with the line that it names."""
    said, at, where = str(error).rpartition(" (at ")
    return f"{_shown(said)} ({where}" if at else _shown(where)


def _text(key: str, value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str):
        raise _Wrong(f"is a text in quotation marks, not {_typed(value)}")
    return clean(value, key.replace("_", " "), _LONGEST, lines=key in _LINES)


def _names(key: str, value: Any) -> dict[str, str]:  # noqa: ANN401
    """Return texts by language; of a text without one the script tells it when it is saved."""
    if isinstance(value, str):
        return {"": _text(key, value)}
    if not isinstance(value, dict) or not value:
        raise _Wrong(f"is a text, or one for each language: {key}.en = …, {key}.zh = …")
    return {language_tag(tag): _text(key, text) for tag, text in value.items()}


def _list(key: str, value: Any) -> list[str]:  # noqa: ANN401
    if not isinstance(value, list) or len(value) > _MOST_ITEMS:
        raise _Wrong(f'is a list of texts, {_MOST_ITEMS} at most: ["…", "…"]')
    return [_text(key, each) for each in value]


def _number(_key: str, value: Any) -> int:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_PEOPLE:
        raise _Wrong(f"is a whole number from 0 to {_MOST_PEOPLE:,}, not {_typed(value)}")
    return value


def _flag(_key: str, value: Any) -> bool:  # noqa: ANN401
    if not isinstance(value, bool):
        raise _Wrong(f"is true or false, without quotation marks, not {_typed(value)}")
    return value


def _reference(key: str, value: Any) -> str:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise _Wrong(f"is a number of the book, or a code in quotation marks, not {_typed(value)}")
    return _text(key, str(value))


def _date(key: str, value: Any) -> str:  # noqa: ANN401
    """Return days as they are typed; TOML has dates of its own, without quotation marks."""
    text = _text(key, value if isinstance(value, str) else value.isoformat() if hasattr(value, "isoformat") else value)
    if _NO_YEAR.search(text):
        raise Rejected(
            f"“{_shown(text)}” does not say its year.",
            "Write the year in the place of ????, or delete the line: then the event is saved without a date.",
        )
    return text


def _open(_key: str, value: Any) -> list[str | bool]:  # noqa: ANN401
    if isinstance(value, bool):
        return [True] if value else []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _Wrong('is a list of fields, ["date", "city"], or true for all of the table')
    return list(value)


_READERS: Final[dict[str, Callable[[str, Any], Any]]] = {
    "text": _text,
    "names": _names,
    "list": _list,
    "number": _number,
    "flag": _flag,
    "reference": _reference,
    "date": _date,
    "open": _open,
}
