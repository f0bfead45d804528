"""Who takes part, as a release reports it: agencies of the book, new ones, and names that the book does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eventrec.localized import Localized
from eventrec.proposals.form import about
from eventrec.proposals.offer import same
from eventrec.proposals.there import exactly, there
from eventrec.text.names import normalise, read_localized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.book import Work
    from eventrec.models import Event
    from eventrec.proposals.form import EventPart, Part
    from eventrec.proposals.saving import Saved
    from eventrec.values import Asking

_SOURCE: Final = "publication"
_EVERYBODY: Final = {"en": "participants", "zh": "参加者"}
_OTHERS: Final = {"en": "other participants", "zh": "其他参加者"}
"""What the people are called whom a release only counts."""


class Parties:
    """The parties of the events of one proposal; an agency that is new in several of them is added once."""

    def __init__(self, asking: Asking, work: Work, saved: Saved) -> None:
        self._asking = asking
        self._work = work
        self._main = work.reader.main_language()
        self._saved = saved
        self._new: dict[str, int] = {}
        """Numbers of agencies that this proposal added, by code and names."""

        self._here: list[tuple[Part, int | None]] = []
        """The agencies of the event at hand, each with its number in the book."""

    def begin(self, event: EventPart) -> None:
        """Look up the agencies of an event, and add those that are new."""
        self._here = []
        for part in event.agencies:
            with about(part):
                self._here.append((part, self._number(part)))

    def take_part(self, event: Event, modality: str | None) -> None:
        """Add a row for each agency, or for its name where the book does not know it."""
        for part, number in self._here:
            with about(part):
                values = part.values
                self._row(
                    event,
                    number,
                    self._label(part) if number is None else None,
                    role=values.get("role", "participant"),
                    modality=values.get("modality", modality),
                    count=values.get("count"),
                    approximate=values.get("about", False),
                )

    def donors(self, event: Event, names: Sequence[str], modality: str | None) -> None:
        """Add those who pay where no project is named; one that is among the agencies as donor already is there."""
        there = {word for part, _ in self._here if part.values.get("role") == "donor" for word in _words(part)}
        for name in names:
            if normalise(name) not in there:
                number = self.agency_called(name)
                label = None if number is not None else read_localized([name], "donor", self._main, 300)
                self._row(event, number, label, role="donor", modality=modality)

    def others(self, event: Event, total: int | None, *, approximate: bool, modality: str | None) -> None:
        """Add the people whom no agency's count holds, whatever its role, so that nobody is counted twice."""
        if total is None:
            return
        counted = [part.values["count"] for part, _ in self._here if "count" in part.values]
        rest = total - sum(counted)
        if rest < 0:
            self._saved.told.append(
                f"The agencies of event {event.id} have {sum(counted)} people, more than the {total} of the release;"
                " the counts of the agencies were saved."
            )
        if rest > 0:
            called = _OTHERS if counted else _EVERYBODY
            label = Localized({tag: text for tag, text in called.items() if tag in event.title} or called)
            self._row(event, None, label, role="participant", modality=modality, count=rest, approximate=approximate)

    def facilitate(self, visit: Event, names: Sequence[str]) -> None:
        """Add who facilitated a site visit."""
        for name in dict.fromkeys(names):
            number = self.agency_called(name)
            label = None if number is not None else self._label_called(name)
            self._row(visit, number, label, role="facilitator", modality=None)

    def agency_called(self, name: str) -> int | None:
        """Return the agency of the file, or of the book, that has exactly this name or code; None when none has."""
        wanted = normalise(name)
        for part, number in self._here:
            if number is not None and wanted in _words(part):
                return number
        found = exactly(self._work, "agency", name)
        return found.id if found else None

    def _label_called(self, name: str) -> Localized:
        """Return a name in every language in which the file has it."""
        for part, _ in self._here:
            if normalise(name) in _words(part) and part.names:
                return self._label(part)
        return read_localized([name], "facilitator", self._main, 300)

    def _label(self, part: Part) -> Localized:
        names = [f"{tag}={text}" if tag else text for tag, text in part.names.items()]
        return read_localized(names, "name", self._main, 300)

    def _number(self, part: Part) -> int | None:
        """Return the agency's number in the book; None for one that is not to be added."""
        values = part.values
        if "known" in values:
            found = self._work.find("agency", values["known"])
            names: Any = self._work.reader.agency(found.id)["name"]
            if part.names and not same(part.names, names):
                self._saved.told.append(f"“{' / '.join(part.names.values())}” is agency {found.id}, {found.label}.")
            return found.id
        key = f"{values.get('code') or ''} {sorted(part.names.items())}"
        if key not in self._new and (by_now := there(self._work, "agency", part.names, part.names.values())):
            self._saved.told.append(f"“{' / '.join(part.names.values())}” is in the book by now: agency {by_now}.")
            self._new[key] = by_now.id
        if key not in self._new and values.get("new"):
            self._new[key] = self._add(part)
        return self._new.get(key)

    def _add(self, part: Part) -> int:
        from eventrec.services import agency
        from eventrec.values import country, fields

        values = part.values
        given = {"code": values.get("code"), "kind": values.get("kind") or ("group" if values.get("group") else None)}
        columns = fields(
            {**given, "name": [f"{tag}={text}" if tag else text for tag, text in part.names.items()]}, self._main
        )
        if "country" in values:
            columns["country"] = country(values["country"])
        row = agency.add(self._work.session, **columns)
        self._saved.agencies.append(row)
        return row.id

    def _row(
        self,
        event: Event,
        number: int | None,
        label: Localized | None,
        *,
        role: str,
        modality: str | None,
        count: int | None = None,
        approximate: bool = False,
    ) -> None:
        from eventrec.services import participation
        from eventrec.services.headcount import HeadCount

        participation.add(
            self._work.session,
            event_id=event.id,
            agency_id=number,
            label=label,
            role=role,
            modality=modality,
            counts=None if count is None else HeadCount(not_stated=count),
            approximate=approximate,
            source=_SOURCE,
        )


def _words(part: Part) -> set[str]:
    """Return what an agency of the file is called, as search compares it."""
    return {normalise(each) for each in (*part.names.values(), part.values.get("code") or "") if each}
