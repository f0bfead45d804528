"""A proposal as a page for people: each field, the words it was read from, and what is asked of them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from eventrec.formats.terminal import visible
from eventrec.formats.width import pad, shorten, wrapped
from eventrec.text.dates import MONTHS, say_dates
from eventrec.text.names import is_chinese

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eventrec.draft.evidence import Evidence
    from eventrec.draft.proposal import Draft, Ignored, Party, Person, ProjectNamed, Proposal

KNOWN, NEW, BY_NAME, ASKED, MISSING = "✓", "+", "○", "?", "!"
LEGEND: Final = (
    f"{KNOWN} in the book   {NEW} new, to be added   {BY_NAME} new? stands by its name unless you say --add-new"
    f"   {ASKED} a question   {MISSING} missing"
)

_LABEL: Final = 14
_QUOTED: Final = 90
_LONG_LINE: Final = 200
_MOST_QUOTED: Final = 2
_MOST_IGNORED: Final = 12
_MARKS: Final = "“”\"‘’'《》「」 "
_DIM, _PLAIN = "\033[2m", "\033[0m"


@dataclass(frozen=True)
class _Row:
    """A value with its mark; `key` is the field or item that evidence and questions are kept under."""

    label: str
    text: str
    key: str
    mark: str = ""
    language: str | None = None
    """Of a text in one language, whose words alone are quoted under it."""


class Page:
    """Words a proposal. `width` is that of the screen, None for a pipe; `color` dims what is quoted.

    With `add_new` agencies that the book does not know are marked as to be added.
    """

    def __init__(
        self, proposal: Proposal, source: str, width: int | None = None, *, color: bool = False, add_new: bool = False
    ) -> None:
        self._proposal = proposal
        self._starts = [0, *accumulate(map(len, source.splitlines(keepends=True)))]
        self._width = width
        self._color = color
        self._add_new = add_new

    def lines(self) -> Iterator[str]:
        """Return the page line by line, each safe to print."""
        events = self._proposal.events
        for number, draft in enumerate(events, 1):
            if len(events) > 1:
                yield f"Event {number} of {len(events)}"
            yield from self._event(draft)
            yield ""
        if ignored := self._proposal.ignored:
            yield from self._ignored(ignored)
            yield ""
        yield from self._folded("", LEGEND)

    def _event(self, draft: Draft) -> Iterator[str]:
        label = ""
        for row in _rows(draft, self._add_new):
            asked = draft.uncertain.get(row.key)
            mark = ASKED if asked else row.mark
            shown = "" if row.label == label else row.label
            label = row.label
            yield from self._folded(f"{pad(shown, _LABEL)}{mark or ' '} ", row.text)
            for evidence in _shown(draft.evidence.get(row.key, ()), row.language):
                yield from self._quoted(evidence)
            if asked:
                yield from self._folded(" " * (_LABEL + 4), asked)
        questions = {row.key for row in _rows(draft, self._add_new)}
        for key, asked in draft.uncertain.items():
            if key not in questions:
                yield from self._folded(f"{pad(_label(key), _LABEL)}{ASKED} ", asked)
        for key, hint in draft.missing.items():
            yield from self._folded(f"{pad(_label(key), _LABEL)}{MISSING} ", hint)
        for sentence in draft.disagreements:
            yield from self._folded(f"{pad('Disagreement', _LABEL)}{MISSING} ", sentence)

    def _quoted(self, evidence: Evidence) -> Iterator[str]:
        words = shorten(" ".join(evidence.text.split()).strip(_MARKS), _QUOTED)
        for line in self._folded(" " * (_LABEL + 4), f"“{words}” {self._place(evidence.start)}: {evidence.reason}"):
            yield f"{_DIM}{line}{_PLAIN}" if self._color else line

    def _ignored(self, ignored: Sequence[Ignored]) -> Iterator[str]:
        yield "Not read"
        for each in ignored[:_MOST_IGNORED]:
            words = shorten(" ".join(each.text.split()), _QUOTED // 2)
            yield from self._folded(" " * 4, f"“{words}” {self._place(each.start)}: {each.reason}")
        if len(ignored) > _MOST_IGNORED:
            yield f"    … and {len(ignored) - _MOST_IGNORED} more; all of them: -f json"

    def _place(self, start: int) -> str:
        """Return where words stand: their line, and in a long one their character, both counted from 1."""
        line = bisect_right(self._starts, start)
        length = self._starts[line] - self._starts[line - 1] if line < len(self._starts) else 0
        character = start - self._starts[line - 1] + 1
        return f"(line {line}, character {character})" if length > _LONG_LINE else f"(line {line})"

    def _folded(self, before: str, text: str) -> Iterator[str]:
        """Return a text behind its label, on as many lines as the screen needs."""
        room = None if self._width is None else max(self._width - len(before), 30)
        for number, line in enumerate(wrapped(visible(text), room).split("\n")):
            yield (before if not number else " " * len(before)) + line


def _shown(quoted: Sequence[Evidence], language: str | None) -> Sequence[Evidence]:
    """Return the strongest words of each language, or of one."""
    found: dict[bool, list[Evidence]] = {}
    for each in quoted:
        found.setdefault(is_chinese(each.text), []).append(each)
    if language is not None:
        return found.get(language == "zh", [])[:_MOST_QUOTED]
    return [each for of_one in found.values() for each in of_one[: _MOST_QUOTED // len(found)]]


def _rows(draft: Draft, add_new: bool) -> Iterator[_Row]:
    """Return what was read, in the order in which people ask for it."""
    for language in sorted(draft.title):
        key = f"title.{language}"
        key = key if key in draft.uncertain or key in draft.evidence else "title"
        yield _Row("Title", draft.title[language], key, language=language)
    plain = {
        "kind": ("Kind", draft.kind),
        "starts_on": ("Date", _days(draft)),
        "city": ("City", " / ".join(dict.fromkeys(draft.city_names.values())) or draft.city),
        "country": ("Country", draft.country),
        "venue": ("Venue", " / ".join(draft.venue.values())),
        "modality": ("Modality", draft.modality),
    }
    yield from (_Row(label, text, key) for key, (label, text) in plain.items() if text)
    if draft.project:
        mark = KNOWN if draft.project.known else NEW if draft.project.code else ASKED
        yield _Row("Project", _project(draft.project), "project", mark)
    yield from (_Row("Donor", name, f"donors[{at}]") for at, name in enumerate(draft.donors))
    if draft.participants is not None:
        yield _Row("Participants", f"{'about ' if draft.approximate else ''}{draft.participants}", "participants")
    for at, party in enumerate(draft.agencies):
        mark = KNOWN if party.known else NEW if add_new and not party.group else BY_NAME
        yield _Row("Who", _party(party), f"agencies[{at}]", mark)
    for at, visit in enumerate(draft.visits):
        by = f", facilitated by {', '.join(visit.facilitators)}" if visit.facilitators else ""
        yield _Row("Site visit", f"{_both(visit.title)}{by}", f"visits[{at}]")
    if draft.contact:
        yield _Row("Contact", _person(draft.contact), "contact", KNOWN if draft.contact.known else NEW)
    if draft.topics:
        yield _Row("Topics", ", ".join(draft.topics), "topics")


def _days(draft: Draft) -> str:
    if draft.starts_on and draft.ends_on:
        return say_dates(date.fromisoformat(draft.starts_on), date.fromisoformat(draft.ends_on))
    if draft.partial_date:
        return f"{_without_year(draft.partial_date)}, of a year that is not said"
    return draft.date_note or ""


def _without_year(partial: str) -> str:
    """Return days like --02-21/--02-22 in words."""
    return "–".join(f"{int(each[5:7])} {MONTHS[int(each[2:4]) - 1]}" for each in partial.split("/"))


def _both(names: Mapping[str, str]) -> str:
    return " / ".join(names[language] for language in sorted(names))


def _project(project: ProjectNamed) -> str:
    rest = [f"({project.code})" if project.code else "", f"phase {project.phase}" if project.phase else ""]
    return " ".join([_numbered(_both(project.name), project.known), *filter(None, rest)])


def _party(party: Party) -> str:
    name = _numbered(_both(party.name) or party.code or "", party.known)
    code = f" ({party.code})" if party.code and party.code not in name else ""
    count = "" if party.count is None else f"{'about ' if party.approximate else ''}{party.count} people"
    return ", ".join(filter(None, (f"{name}{code}", party.role, party.modality, count)))


def _person(person: Person) -> str:
    name = " ".join(filter(None, (person.honorific, _both(person.name))))
    reached = (_both(person.position), person.office, person.email, person.phone)
    return ", ".join(filter(None, (_numbered(name, person.known), *reached)))


def _numbered(name: str, known: int | None) -> str:
    return f"{known} {name}" if known else name


def _label(key: str) -> str:
    plain = key.partition("[")[0].partition(".")[0]
    names = {"starts_on": "Date", "agencies": "Who", "visits": "Site visit", "donors": "Donor"}
    return names.get(plain, plain.capitalize())
