"""A contact that is known, filled or changed by what a file says; written with many others at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eventrec.db.derived import computed
from eventrec.localized import Localized
from eventrec.models import Affiliation, Alias, Contact, ContactPoint
from eventrec.services import points
from eventrec.services.forget import again
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from eventrec.db.bulk import Bulk
    from eventrec.db.journal import Row
    from eventrec.models import Record
    from eventrec.services.imports.known_agencies import KnownAgencies
    from eventrec.services.imports.person import Incoming
    from eventrec.services.imports.standing import Standing

COLUMNS: Final = ("family_name", "given_name", "honorific", "sex", "languages")


class Filling:
    """What a row changes of a known contact; nothing is written before `save`, so a refusal leaves nothing behind."""

    def __init__(self, session: Session, there: Standing, *, mode: str, main: str, moment: str) -> None:
        self._session = session
        self._there = there
        self._mode = mode
        self._main = main
        self._moment = moment
        self._contact = there.contact
        self._place = there.place
        self._points = list(there.points)
        self._aliases = list(there.aliases)
        self._steps: list[tuple[type[Record], Row | None, Row]] = []
        self.kept: list[str] = []
        """What the book has otherwise, and was left as it is."""

    @property
    def changes(self) -> bool:
        """Whether anything is changed."""
        return bool(self._steps)

    def fill(self, who: Incoming, agency_id: int | None, agencies: KnownAgencies) -> None:
        """Take in all that a row says but the note and the categories, which `more` brings."""
        self._work(who, agency_id, agencies)
        self._reach(who.points)
        for name in who.aliases:
            if (name, None) not in self._aliases:
                self._aliases.append((name, None))
                self._steps.append((Alias, None, {"contact_id": self._contact["id"], "name": name}))
        values = [point["value"] for point in self._points]
        self._change_contact(computed("contact", self._contact, [name for name, _ in self._aliases], values))

    def person(self, who: Incoming, note: str | None, words: Sequence[str]) -> None:
        """Take in name, columns, the note, and words under which a card was filed."""
        changes = self._columns(who)
        if name := self._name(who.names):
            changes["name"] = name
        old = self._contact["note"]
        if note and note not in (old or ""):
            changes["note"] = f"{old}\n{note}" if old else note
        if words:
            changes["categories"] = [*(self._contact["categories"] or ()), *words]
        self._change_contact(changes)

    def _columns(self, who: Incoming) -> dict[str, Any]:
        changes = {}
        for name in COLUMNS:
            new, old = getattr(who, name), self._contact[name]
            if not new or new == old:
                continue
            if old in (None, "not-stated", []) or self._mode == "update":
                changes[name] = new
            else:
                self.kept.append(f"{name.replace('_', ' ')} “{old}” (the file says “{new}”)")
        return changes

    def _name(self, names: Localized | None) -> Localized | None:
        changed: Localized = self._contact["name"]
        for tag, new in (names or {}).items():
            old = changed.get(tag)
            if old is None or (self._mode == "update" and old != new):
                again.check(self._session, names=[new])
                changed = changed | {tag: new}
            elif normalise(old) != normalise(new):
                self.kept.append(f"name “{old}” (the file says “{new}”)")
        return None if changed == self._contact["name"] else changed

    def _work(self, who: Incoming, agency_id: int | None, agencies: KnownAgencies) -> None:
        place = self._place
        if place is None:
            if agency_id is not None:
                self._start(who, agency_id)
            return
        if agency_id not in (None, place["agency_id"]):
            now, new = agencies.label(place["agency_id"], self._main), agencies.label(agency_id or 0, self._main)
            command = f"eventrec contact edit {self._contact['id']} --agency {agency_id} --from DATE"
            self.kept.append(f"agency {now} (the file says {new}; if so: {command})")
            return
        changes = {}
        for name in ("position", "unit"):
            new, old = getattr(who, name), place[name]
            if not new or new == old:
                continue
            if not old or self._mode == "update":
                changes[name] = new
            elif isinstance(old, Localized) and all(tag not in old for tag in new):
                changes[name] = old | new
            elif not (isinstance(old, Localized) and all(old.get(tag) == text for tag, text in new.items())):
                shown = [each.both(self._main) if isinstance(each, Localized) else each for each in (old, new)]
                self.kept.append(f"{name} “{shown[0]}” (the file says “{shown[1]}”)")
        if changes:
            self._place = self._changed(Affiliation, place, changes)

    def _start(self, who: Incoming, agency_id: int) -> None:
        self._place = {
            "contact_id": self._contact["id"],
            "agency_id": agency_id,
            "position": who.position,
            "unit": who.unit,
            "is_primary": True,
        }
        self._steps.append((Affiliation, None, self._place))

    def _reach(self, new: Sequence[points.Point]) -> None:
        """Add points as `points.add` does; a known one is left as it is, but for a label that it lacks."""
        there = {(row["kind"], row["value"]): at for at, row in enumerate(self._points)}
        again.check(self._session, points=[pair for each in new if (pair := (each.kind, each.value)) not in there])
        best = points.preferred(new)
        for point in new:
            at = there.get((point.kind, point.value))
            if at is not None:
                row = self._points[at]
                if point.label and not row["label"]:
                    self._points[at] = self._changed(ContactPoint, row, {"label": point.label})
                continue
            preferred = best[point.kind] == point and not any(
                row["kind"] == point.kind and row["preferred"] for row in self._points
            )
            row = {
                "contact_id": self._contact["id"],
                "kind": point.kind,
                "value": point.value,
                "label": point.label,
                "preferred": preferred,
            }
            there[point.kind, point.value] = len(self._points)
            self._points.append(row)
            self._steps.append((ContactPoint, None, row))

    def _change_contact(self, changes: dict[str, Any]) -> None:
        if any(self._contact[name] != value for name, value in changes.items()):
            self._contact = self._changed(Contact, self._contact, changes)

    def _changed(self, model: type[Record], row: Row, changes: dict[str, Any]) -> Row:
        moment = max(self._moment, row["modified_at"])  # the clock may have been set back
        after = {**row, **changes, "version": row["version"] + 1, "modified_at": moment}
        self._steps.append((model, row, after))
        return after

    def save(self, bulk: Bulk) -> None:
        """Write what was changed, and know the contact as it stands now."""
        for model, before, after in self._steps:
            if before is None:
                number, uid = bulk.add(model, **after)
                own = {"id": number, "uid": uid, "created_at": self._moment, "modified_at": self._moment, "version": 1}
                after |= bulk.whole(model, own | after)
            else:
                bulk.change(model, before, after)
        there, person = self._there, self._there.person
        there.contact, there.place, there.points, there.aliases = (
            self._contact, self._place, self._points, self._aliases,
        )  # fmt: skip
        person.names = self._contact["name"]
        person.agency_id = self._place["agency_id"] if self._place else person.agency_id
        person.aliases = tuple(name for name, _ in self._aliases)
        person.emails = tuple(row["value"] for row in self._points if row["kind"] == "email")
        person.phones = tuple(row["value"] for row in self._points if row["kind"] in ("phone", "mobile"))
