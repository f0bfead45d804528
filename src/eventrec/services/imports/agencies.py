"""Rows of a sheet of agencies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from eventrec.db.derived import computed
from eventrec.db.journal import journal_of
from eventrec.localized import Localized
from eventrec.models import Agency, Alias, ContactPoint
from eventrec.services import agency as agencies
from eventrec.services import points, rows
from eventrec.services.imports.cells import Cells
from eventrec.services.imports.identities import Identities, newer_in_book
from eventrec.services.imports.outcome import Likely, Problem
from eventrec.services.imports.people import NEAR_UNTIL, Refused
from eventrec.services.imports.person import kept_note
from eventrec.services.points import Point
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from eventrec.services.imports.known_agencies import KnownAgencies
    from eventrec.services.imports.layout import Layout
    from eventrec.services.imports.outcome import Action, Outcome
    from eventrec.services.imports.people import People
    from eventrec.services.imports.rows import RawRow
    from eventrec.services.imports.wish import Wish


@dataclass
class IncomingAgency:
    """An agency as a row tells of it."""

    sheet: str
    row: int
    name: Localized | None
    number: int | None
    version: int | None
    parent: str
    successor: str
    aliases: list[str]
    columns: dict[str, Any] = field(default_factory=dict)
    points: list[Point] = field(default_factory=list)
    uid: str = ""
    """The identity that a card gives."""

    revised: str | None = None
    """When what a card says was last changed, UTC."""

    exactly: bool = False
    """The name is as eventrec writes it, letter by letter."""

    @property
    def texts(self) -> list[str]:
        """What the agency may be known by: its code first."""
        code = self.columns.get("code")
        return [*([code] if code else []), *(self.name or {}).values()]

    @property
    def label(self) -> str:
        """What to call it in a sentence."""
        return (self.name.both() if self.name else self.columns.get("code")) or f"agency {self.number}"


_COLUMNS: Final = ("code", "kind", "side", "country", "parent_id", "successor_id", "website", "note")


class AgencyRows:
    """Adds and changes agencies, one row after another; new ones are written many at once."""

    def __init__(
        self, session: Session, wish: Wish, outcome: Outcome, people: People, main: str, country: str | None
    ) -> None:
        self._session = session
        self._wish = wish
        self._outcome = outcome
        self._people = people
        self._bulk = people.bulk
        self._main = main
        self._country = country
        self._added: set[int] = set()
        self._at_hand: list[Agency] = []
        """Only keeps them in the session, which holds what it has read weakly."""

        self._rows = self._bulk.rows(Agency, "name", *_COLUMNS, "search_text", "sort_key")
        self._names = self._bulk.rows(Alias, "agency_id", "name")
        self._ways = self._bulk.rows(ContactPoint, "agency_id", "kind", "value", "label", "preferred")
        self.forget()

    def forget(self) -> None:
        """Read the identities anew before the next row, since some of them were taken back."""
        self._identities: Identities | None = None

    def read(self, row: RawRow, found: Layout) -> tuple[IncomingAgency, list[Problem]]:
        """Return what the row says and everything in it that cannot be read."""
        problems: list[Problem] = []
        cells = Cells(
            row.cells,
            lambda name, message: problems.append(Problem(row.sheet, row.number, found.heading(name) or name, message)),
            self._wish.today,
        )
        number, version = cells.number("agency"), cells.number("version")
        country = cells.country("country")
        columns = {
            "code": cells.line("code", 31),
            "kind": cells.word("kind", "agency kind"),
            "side": cells.line("side", 50),
            "country": country,
            "website": cells.line("website", 2000),
            "note": kept_note(cells, row),
        }
        incoming = IncomingAgency(
            row.sheet,
            row.number,
            cells.localized("name", self._main),
            number[0] if number else None,
            version[0] if version else None,
            cells.text("parent"),
            cells.text("successor"),
            [part.strip() for part in cells.text("aliases").replace("；", ";").split(";") if part.strip()],
            {name: value for name, value in columns.items() if value},
        )
        incoming.points = [Point("email", value) for value in cells.emails("email")]
        incoming.points += [Point("phone", value) for value in cells.phones("phone", country or self._country)[0]]
        if not (incoming.name or incoming.number or incoming.columns.get("code") or problems):
            problems.append(Problem(row.sheet, row.number, found.heading("name") or "name", "There is no name."))
        return incoming, problems

    def look_ahead(self, rows: Sequence[IncomingAgency]) -> None:
        """Read the agencies that rows may mean, all at once."""
        known = self._people.agencies
        numbers = {number for each in rows for text in each.texts for number in known.same([text])}
        numbers |= {each.number for each in rows if each.number}
        query = select(Agency).where(Agency.id.in_(sorted(numbers - self._added)))
        self._at_hand = list(self._session.scalars(query))

    def put(self, incoming: IncomingAgency) -> tuple[Action, str]:
        """Add the agency, or bring the known one up to date. Raises Refused and Rejected."""
        known = self._people.agencies
        number = incoming.number or self._by_uid(incoming.uid) or self._same(known, incoming)
        links = {
            f"{name}_id": self._other(known, name, text)
            for name, text in (("parent", incoming.parent), ("successor", incoming.successor))
            if text
        }
        if number is None:
            return self._new(known, incoming, links)
        wanted = {**incoming.columns, **links, **({"name": incoming.name} if incoming.name else {})}
        return self._change(self._get(number, incoming.version, wanted), incoming, links)

    def _get(self, number: int, version: int | None = None, wanted: dict[str, Any] | None = None) -> Agency:
        if number in self._added:
            self._bulk.flush()
        return rows.get(self._session, Agency, number, version, wanted)

    def _by_uid(self, uid: str) -> int | None:
        if not uid:
            return None
        self._identities = self._identities or Identities(self._session, Agency)
        return self._identities.find(uid)

    def _same(self, known: KnownAgencies, incoming: IncomingAgency) -> int | None:
        """Return the agency that has the code, else the one of a name in any language."""
        if incoming.exactly:  # two cards of one file are two agencies
            found = {*known.named(incoming.name or Localized()), *known.same([incoming.columns.get("code") or ""])}
            found -= self._added
        else:
            found = {number for text in incoming.texts for number in known.same([text])}
        by_code = {
            number
            for number in found
            if (known.codes[number] or "").lower() == (incoming.columns.get("code") or "").lower()
        }
        found = by_code or found
        if len(found) > 1:
            listed = "; ".join(f"agency {number}, {known.names[number].both(self._main)}" for number in sorted(found))
            raise Refused("name", f"{incoming.label} is more than one agency: {listed}.")
        return next(iter(found), None)

    def _other(self, known: KnownAgencies, field: str, text: str) -> int:
        found = known.same([text])
        if len(found) != 1:
            raise Refused(
                field, f"There is {'more than one' if found else 'no'} agency “{text}”; put it on a row above."
            )
        return found[0]

    def _new(self, known: KnownAgencies, incoming: IncomingAgency, links: dict[str, Any]) -> tuple[Action, str]:
        name = incoming.name or Localized({self._main: incoming.columns["code"]})
        near = self._near(known, name)
        if near:
            likely = [
                Likely(
                    incoming.sheet,
                    incoming.row,
                    "agency",
                    incoming.label,
                    number,
                    known.names[number].both(self._main),
                    score,
                    reasons,
                )
                for number, score, reasons in near
            ]
            decided = self._wish.decisions.get(likely[0].key)
            if decided:
                return self._change(self._get(decided), incoming, links)
            if decided is None:
                self._outcome.likely.extend(likely)
        number = self._add(known, name, incoming, links)
        return "new", f"{incoming.label} (agency {number})"

    def _add(self, known: KnownAgencies, name: Localized, incoming: IncomingAgency, links: dict[str, Any]) -> int:
        """Add an agency as `agency.add` does. Raises AlreadyThere."""
        second = known.second(name, incoming.columns.get("code"))
        if second is not None:
            what = f"code {known.codes[second[0]]}" if second[1] else "name"
            raise agencies.taken(what, second[0], known.names[second[0]])
        row = self._bulk.whole(Agency, {"name": name, **incoming.columns, **links})
        found = computed("agency", row, incoming.aliases)
        uid = self._identities.free(incoming.uid) if self._identities else ""
        moment = incoming.revised and min(incoming.revised, journal_of(self._session).moment)
        values = (name, *[row[name] for name in _COLUMNS], found["search_text"], found["sort_key"])
        number, uid = self._rows.add(*values, uid=uid, moment=moment)
        aliases = list(dict.fromkeys(incoming.aliases))
        for alias in aliases:
            self._names.add(number, alias)
        for point in points.of_new(incoming.points):
            self._ways.add(number, *point, moment=moment)
        if self._identities:
            self._identities.add(uid, number)
        self._added.add(number)
        known.add(number, row["code"], name, row["country"], row["parent_id"], row["kind"], aliases)
        return number

    def _near(self, known: KnownAgencies, name: Localized) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return the agencies of a near name; in a long file each row would be compared with all before it."""
        if self._outcome.rows < NEAR_UNTIL:
            return known.near(name)
        self._outcome.tell(f"Near names were looked up for {NEAR_UNTIL:,} rows; others: eventrec agency duplicates")
        return []

    def _change(self, row: Agency, incoming: IncomingAgency, links: dict[str, Any]) -> tuple[Action, str]:
        words = f"{incoming.label} (agency {row.id})"
        if self._wish.mode == "add":
            return "same", words
        by_uid = self._by_uid(incoming.uid) == row.id
        if by_uid:
            self._bulk.flush()
        newer = newer_in_book(self._session, Agency, row.id, incoming.revised) if by_uid else ""
        if newer:
            self._outcome.tell_at("Older than what the book has, which was kept, the card at", incoming.row)
            return "same", f"{words}; kept: all, changed on {newer} (the card is of {incoming.revised})"
        kept: list[str] = []
        changes = self._changes(row, incoming, links, kept)
        changed = bool(changes or incoming.aliases or incoming.points) and self._edit(row, incoming, changes)
        return ("updated" if changed else "same"), words + ("; kept: " + "; ".join(kept) if kept else "")

    def _edit(self, row: Agency, incoming: IncomingAgency, changes: dict[str, Any]) -> bool:
        """Change a known agency; returns whether anything is different now."""
        self._bulk.flush()
        before = journal_of(self._session).recorded
        agencies.edit(self._session, row.id, changes, aliases=incoming.aliases, points_of=incoming.points)
        if journal_of(self._session).recorded == before:
            return False
        known = self._people.agencies
        known.change(row.id, row.code, row.name, row.country, row.parent_id, row.kind, incoming.aliases)
        return True

    def _changes(self, row: Agency, incoming: IncomingAgency, links: dict[str, Any], kept: list[str]) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        update = self._wish.mode == "update"
        for name, new in {**incoming.columns, **links}.items():
            old = getattr(row, name)
            if name == "note":
                if new not in (old or ""):
                    changes[name] = f"{old}\n{new}" if old else new
            elif old in (None, "") or (name == "kind" and old == "other") or update:
                changes[name] = new
            elif old != new and not (name == "code" and old.lower() == new.lower()):
                kept.append(f"{name.removesuffix('_id')} “{old}” (the file says “{new}”)")
        names = row.name
        for tag, text in (incoming.name or {}).items():
            if tag not in names or (update and names[tag] != text):
                names = names | {tag: text}
            elif normalise(names[tag]) != normalise(text):
                kept.append(f"name “{names[tag]}” (the file says “{text}”)")
        if names != row.name:
            changes["name"] = names
        return changes
