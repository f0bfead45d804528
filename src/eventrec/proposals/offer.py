"""From a draft to what the file says: each field as an option would say it, with the words it was read from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from eventrec.proposals.held import was_held
from eventrec.proposals.reading import read
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from eventrec.draft.proposal import Draft, Party, Person, ProjectNamed, Proposal, VisitedPlace
    from eventrec.proposals.form import Form
    from eventrec.proposals.source import Source

_KEYS: Final = {"starts_on": "date", "ends_on": "date", "partial_date": "date", "approximate": "participants"}
"""Fields of a draft whose key has another name."""

_NEW: Final = "not in the book; true adds {it}, known = 12 says that it is number 12"
_NO_CODE: Final = "not in the book; to add it, give it a code and say true, known = 12 says that it is number 12"
_LEFT_OUT: Final = "not in the book, and added; false leaves {it} out, known = 12 says that it is number 12"
_SHOWN: Final = 160
_MOST_QUOTED: Final = 4
_IN_THE_BOOK: Final = re.compile(r"\bcontact (\d{1,9})\b")
"""Whom a question about a contact asks about."""

_ITEM: Final = re.compile(r"(\w+)\[(\d+)\](?:\.(.+))?")


@dataclass
class Piece:
    """A table of the file: its values by key, and comments above a key, behind it, or above all of them."""

    values: dict[str, Any] = field(default_factory=dict)
    above: dict[str, list[str]] = field(default_factory=dict)
    behind: dict[str, str] = field(default_factory=dict)
    first: list[str] = field(default_factory=list)
    tables: dict[str, Piece | list[Piece]] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """Return the values as a file that was read has them."""
        inner = {
            name: [each.data() for each in table] if isinstance(table, list) else table.data()
            for name, table in self.tables.items()
        }
        return {**self.values, **inner}


def of_draft(proposal: Proposal, source: Source, today: date, *, add_new: bool = False) -> Form:
    """Return a proposal ready to be saved, by the way that a file takes. Raises Rejected as `read_toml` does."""
    offered = {"event": [each.data() for each in pieces(proposal, source, today, add_new=add_new)]}
    source = source.at(proposal.url)
    kept = {"text": source.text, "sha256": source.sha256, "name": source.name, "url": source.url}
    return read({**offered, "source": {name: value for name, value in kept.items() if value}}, "The proposal")


def pieces(proposal: Proposal, source: Source, today: date, *, add_new: bool = False) -> list[Piece]:
    """Return the events of a proposal as tables of the file; `today` decides whether they were held.

    With `add_new` agencies that the book does not know are to be added to it, but for collectives.
    """
    url = source.at(proposal.url).url
    return [_Event(draft, source, today, add_new=add_new).piece(url) for draft in proposal.events]


class _Event:
    """One draft on its way into the file."""

    def __init__(self, draft: Draft, source: Source, today: date, *, add_new: bool) -> None:
        self._draft = draft
        self._add_new = add_new
        self._off = _off(draft)
        self._held = _is_held(draft, source.text, today)
        self._open: list[str] = []
        self._of_items: dict[str, list[str]] = {}
        """Open parts of items and of project and contact: `agencies[0]` → fields, empty for all of it."""

    def piece(self, url: str | None) -> Piece:
        draft = self._draft
        self._sort_questions()
        made = Piece()
        self._scalars(made, url)
        made.first += [f"The languages disagree: {each}" for each in draft.disagreements]
        if draft.project:
            made.tables["project"] = self._project(draft.project)
        elif donors := self._donors():
            made.values["donors"] = donors
        if draft.contact:
            made.tables["contact"] = self._contact(draft.contact)
        made.tables["agency"] = [self._agency(at, each) for at, each in enumerate(draft.agencies)]
        made.tables["visit"] = [self._visit(at, each) for at, each in enumerate(draft.visits)]
        made.tables = {name: table for name, table in made.tables.items() if table}
        self._comments(made)
        if self._open:
            made.values["open"] = self._open
            made.behind["open"] = "not saved as long as they stand here: see above"
        return made

    def _sort_questions(self) -> None:
        """Tell what is open in the event itself from what is open in its parts."""
        for name in self._draft.uncertain:
            item = _ITEM.fullmatch(name)
            whole, _, inner = name.partition(".")
            if item and item[1] not in ("donors", "topics"):
                self._of_items.setdefault(f"{item[1]}[{item[2]}]", []).append(item[3] or "")
            elif whole in ("project", "contact"):
                self._of_items.setdefault(whole, []).append("" if inner in ("", "name", "known") else inner)
            elif whole in ("agencies", "visits"):
                for at in range(len(getattr(self._draft, whole))):
                    self._of_items.setdefault(f"{whole}[{at}]", []).append("")
            elif not item and (key := _KEYS.get(whole, name)) not in self._open and not self._is_absent(whole):
                self._open.append(key)

    def _is_absent(self, name: str) -> bool:
        """Tell whether the draft has no value for a field, so that nothing of it can be left open."""
        if name in ("starts_on", "ends_on", "partial_date"):
            return not (self._draft.starts_on or self._draft.partial_date)
        if name == "donors":
            return self._draft.project is not None or not self._draft.donors
        return not getattr(self._draft, name, None)

    def _scalars(self, made: Piece, url: str | None) -> None:
        draft = self._draft
        given: dict[str, Any] = {
            "title": dict(draft.title),
            "kind": draft.kind,
            "status": self._off or ("held" if self._held else None),
            "date": _date_of(draft),
            "date_note": draft.date_note,
            "city": dict(draft.city_names) or draft.city,
            "country": draft.country,
            "venue": dict(draft.venue),
            "modality": draft.modality,
            "participants": draft.participants,
            "about": draft.approximate and draft.participants is not None,
            "topics": self._certain("topics", draft.topics),
            "source_url": url,
        }
        made.values |= {name: value for name, value in given.items() if value not in (None, "", {}, [], False)}
        if draft.partial_date and not draft.starts_on:
            made.behind["date"] = "put the year in the place of ????"
        if self._held:
            made.behind["status"] = 'it is told of as something past; if it was not held, write "confirmed"'
        if self._off:
            made.behind["status"] = "if it is not, write what it is"
            self._open.append("status")

    def _certain(self, name: str, values: Iterable[str]) -> list[str]:
        """Return the items of a list that are no questions."""
        return [value for at, value in enumerate(values) if f"{name}[{at}]" not in self._draft.uncertain]

    def _donors(self) -> list[str]:
        return self._certain("donors", self._draft.donors)

    def _project(self, project: ProjectNamed) -> Piece:
        made = Piece({"name": dict(project.name), "code": project.code, "phase": project.phase})
        _known_or_new(made, project.known, "it", new=project.code is not None)
        if project.known is None and project.code is None:
            made.behind["new"] = _NO_CODE
        made.values["donors"] = self._donors()
        if project.known is None:
            made.behind["donors"] = (
                'one that is not in the book needs an [[event.agency]] with new = true, role = "donor"'
            )
        self._close(made, "project", ("donors",) if "donors" in self._draft.uncertain else ())
        return made

    def _contact(self, person: Person) -> Piece:
        made = Piece({"name": dict(person.name), "honorific": person.honorific, "position": dict(person.position)})
        made.values |= {"office": person.office, "email": person.email, "phone": person.phone}
        asked = self._draft.uncertain.get("contact.known")
        number = _IN_THE_BOOK.search(asked or "")
        known = person.known if person.known is not None or number is None else int(number[1])
        _known_or_new(made, known, "the person", new=asked is None)
        if asked and known is not None:
            made.behind["known"] = "if it is this person; if not, write new = true in its place"
        self._close(made, "contact")
        return made

    def _agency(self, at: int, party: Party) -> Piece:
        made = Piece({"name": dict(party.name), "code": party.code})
        _known_or_new(made, party.known, "it", new=self._add_new and not party.group)
        modality = None if party.modality == "not-stated" else party.modality
        made.values |= {"group": party.group, "role": party.role, "modality": modality, "count": party.count}
        made.values["about"] = party.approximate and party.count is not None
        self._close(made, f"agencies[{at}]")
        return made

    def _visit(self, at: int, visit: VisitedPlace) -> Piece:
        made = Piece({"title": dict(visit.title), "facilitators": list(visit.facilitators)})
        self._close(made, f"visits[{at}]")
        return made

    def _close(self, made: Piece, name: str, more: Iterable[str] = ()) -> None:
        """Take out what is empty, say what is open, and quote where the part was read."""
        made.values = {key: value for key, value in made.values.items() if value not in (None, "", {}, [])}
        for flag in ("group", "about"):
            if made.values.get(flag) is False:
                del made.values[flag]
        made.first += [*_quoted(self._draft, name), *_asked(self._draft, name)]
        for key in list(made.values):
            if said := [*_quoted(self._draft, f"{name}.{key}"), *_asked(self._draft, f"{name}.{key}")]:
                made.above[key] = said
        fields = [*self._of_items.get(name, ()), *more]
        if "" in fields:
            made.values["open"] = True
            made.behind["open"] = "delete this line when all of it is right; until then none of it is saved"
        elif there := [each for each in dict.fromkeys(fields) if each.partition(".")[0] in made.values]:
            made.values["open"] = there
            made.behind["open"] = "not saved as long as they stand here"

    def _comments(self, made: Piece) -> None:
        """Put evidence and questions above the keys of the event; of a key that is not there, above all."""
        draft = self._draft
        inside = ("agencies", "visits", "project", "contact")
        for name in dict.fromkeys((*draft.evidence, *draft.uncertain, *draft.missing)):
            whole = re.split(r"[.\[]", name)[0]
            if whole in inside and whole not in draft.missing:
                continue
            key = _KEYS.get(whole, whole)
            said = [*_quoted(draft, name), *_asked(draft, name)]
            if name in draft.missing:
                said.append(f"missing: {draft.missing[name]}")
            project = made.tables.get("project")
            if key == "donors" and isinstance(project, Piece):
                project.above.setdefault("donors", []).extend(said)
            elif key in made.values:
                made.above.setdefault(name if name.startswith(f"{key}.") else key, []).extend(said)
            else:
                made.first += [f"{key.replace('_', ' ')}: {each}" for each in said]


def _known_or_new(made: Piece, known: int | None, it: str, *, new: bool) -> None:
    if known is not None:
        made.values["known"] = known
        made.behind["known"] = "its number in the book"
        return
    made.values["new"] = new
    made.behind["new"] = (_LEFT_OUT if new else _NEW).format(it=it)


def _date_of(draft: Draft) -> str | None:
    """Return the days as `--date` takes them, with ???? for a year that is not said."""
    if draft.starts_on:
        last = draft.ends_on
        return draft.starts_on if last in (None, draft.starts_on) else f"{draft.starts_on}..{last}"
    if not draft.partial_date:
        return None
    first, _, last = (part.removeprefix("--") for part in draft.partial_date.partition("/"))
    if not last or last == first:
        return f"????-{first}"
    return f"????-{first}..{last.removeprefix(first[:3]) if last[:2] == first[:2] else last}"


def _off(draft: Draft) -> str | None:
    """Return the status of an event of which the release says that it was called off, which is a question."""
    asked = draft.uncertain.get("status")
    return asked and ("cancelled" if "cancelled" in asked else "postponed")


def _is_held(draft: Draft, text: str, today: date) -> bool:
    """Tell whether the release tells of something that was, on days that are certain."""
    if not draft.starts_on or {"starts_on", "ends_on", "status"} & draft.uncertain.keys():
        return False
    return was_held(text, date.fromisoformat(draft.ends_on or draft.starts_on), today)


def _quoted(draft: Draft, name: str) -> list[str]:
    """Return the words that a field was read from, with their places."""
    return [
        f"read from: “{_short(each.text)}” (characters {each.start}–{each.end}): {each.reason}"
        for each in draft.evidence.get(name, ())[:_MOST_QUOTED]
    ]


def _asked(draft: Draft, name: str) -> list[str]:
    question = draft.uncertain.get(name)
    return [f"? {question}"] if question else []


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Tell whether two names by language have one in common, as search compares them."""
    return bool({normalise(each) for each in one.values()} & {normalise(each) for each in other.values()})
