"""What rows of a sheet of events name: events, contacts and projects of the book, looked up without a question each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from eventrec.models import Contact, Event, Project
from eventrec.services import event as events
from eventrec.services.imports.cells import record_of
from eventrec.services.imports.index import Index
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized

_AT_ONCE: Final = 1_000
_REMEMBERED: Final = 1_000


class EventsOfBook:
    """Events by title, also those that an import adds; contacts and projects as they were before it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._at_hand: list[Event] = []
        """Only keeps them in the session, which holds what it has read weakly."""

        self._first_new: int | None = None
        self._contacts: dict[str, Sequence[int]] = {}

    @cached_property
    def zone(self) -> str | None:
        """The time zone of the book."""
        return events.zone_of_book(self._session)

    @cached_property
    def projects(self) -> Mapping[str, int]:
        """Projects by code and by each name, as `normalise` writes them."""
        found: dict[str, int] = {}
        for number, code, name in self._session.execute(select(Project.id, Project.code, Project.name)):
            for text in (code or "", *name.values()):
                found.setdefault(normalise(text), number)
        return found

    @cached_property
    def _by_title(self) -> Index:
        """Numbers by title, and by title and first day."""
        index = Index()
        for number, title, day in self._all(Event.id, Event.title, Event.starts_on):
            _put(index, number, title, day)
        return index

    @cached_property
    def _by_name(self) -> Index:
        index = Index()
        for number, name in self._all(Contact.id, Contact.name):
            index.add(number, map(normalise, name.values()))
        return index

    def _all(self, *columns: Any) -> Iterator[Any]:  # noqa: ANN401
        yield from self._session.connection().execute(select(*columns).execution_options(yield_per=_AT_ONCE))

    def know(self, number: int, title: Localized, day: date | None, *, is_new: bool) -> None:
        """Know an event that was added or changed."""
        _put(self._by_title, number, title, day)
        if is_new and not self.is_new(number):
            self._first_new = number

    def is_new(self, number: int) -> bool:
        """Tell whether an event may wait to be written."""
        return self._first_new is not None and number >= self._first_new

    def look_ahead(self, rows: Iterable[tuple[int | None, Localized | None, date | None]]) -> None:
        """Read the events that rows may mean, by number or by title and first day, all at once."""
        keys, numbers = [], set[int]()
        for number, title, day in rows:
            if number is not None:
                numbers.add(number)
            keys += [(normalise(text), day) for text in (title or {}).values()]
        numbers |= self._by_title.look_ahead(keys)
        query = select(Event).where(Event.id.in_(sorted(numbers)))
        self._at_hand = list(self._session.scalars(query)) if numbers else []

    def named(self, title: Localized, day: date | None) -> set[int]:
        """Return the events that may have one of the titles and that first day."""
        return {number for text in title.values() for number in self._by_title.find((normalise(text), day))}

    def called(self, text: str) -> set[int]:
        """Return the events that may have that number or title."""
        return {*self._by_title.find(normalise(text)), record_of(text) or 0}

    def contacts(self, text: str) -> Sequence[int]:
        """Return the contacts that have that number or name."""
        if text not in self._contacts:
            if len(self._contacts) >= _REMEMBERED:
                self._contacts.clear()
            wanted = normalise(text)
            may_be = sorted({*self._by_name.find(wanted), record_of(text) or 0})
            self._contacts[text] = [
                number
                for number, name in self._session.execute(
                    select(Contact.id, Contact.name).where(Contact.id.in_(may_be)).order_by(Contact.id)
                )
                if text.lstrip("#") == str(number) or wanted in map(normalise, name.values())
            ]
        return self._contacts[text]


def _put(index: Index, number: int, title: Localized, day: date | None) -> None:
    texts = [normalise(text) for text in title.values()]
    index.add(number, [*texts, *((text, day) for text in texts)])
