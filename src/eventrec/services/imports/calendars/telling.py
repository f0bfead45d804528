"""What an import of a calendar has to say that is not about a single entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from eventrec.models import Event
    from eventrec.services.imports.calendars.parties import Parties
    from eventrec.services.imports.outcome import Outcome

_LISTED: Final = 5


class Telling:
    """Collects what is told once, with numbers and the next command."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self.buried: list[str] = []
        self.older: list[str] = []
        self.orphans: list[str] = []
        self.gone: list[str] = []
        self.series_off: list[str] = []
        self.unknown: list[str] = []
        self.not_for_us: list[str] = []
        self.floating: list[str] = []
        self.removed_elsewhere: list[str] = []
        self._visits: list[str] = []

    def visits_left(self, visits: Sequence[Event], event: Event, in_file: Collection[str]) -> None:
        """Note the visits of a called-off event that the calendar does not tell of."""
        self._visits += [
            f"event {visit.id} (of event {event.id})"
            for visit in visits
            if visit.uid not in in_file and visit.status not in ("cancelled", "postponed", "held")
        ]

    def finish(self, parties: Parties) -> None:
        """Tell it."""
        tell = self._outcome.tell
        for noun, numbers in parties.new.items():
            if numbers:
                tell(f"New: {_counted([f'{noun} {number}' for number in numbers])}.")
        for what, command in (
            ("organizer", "Add them (eventrec agency add, contact add) and import again with --mode update."),
            ("attendee", "Add them as contacts: import again with --with-people."),
        ):
            if left := sorted(parties.left[what]):
                word = "People to ask and organizers" if what == "organizer" else "People who take part"
                tell(f"{word} who are not in the book stand in the events' notes: {_counted(left)}. {command}")
        for found, sentence in (
            (
                self.floating,
                "Hours without a time zone, in a book without one, now whole days whose notes tell the hours: {}."
                " eventrec event edit NUMBER --time 09:00-17:00 --timezone Asia/Shanghai",
            ),
            (self.older, "The book has a later state, left as it is: {}. Take the calendar's word: --mode update."),
            (self.buried, "Removed from the book, and left out: {}. Take them in again: --mode update."),
            (
                self.orphans,
                "Site visits of an event that is neither in the file nor in the book, now other events: {}.",
            ),
            (
                self.removed_elsewhere,
                "Removed where the calendar was written, here cancelled: {}. eventrec event remove …",
            ),
            (self.gone, "Days that the series does not have any more, now cancelled: {}."),
            (self.series_off, "Days of series that were called off, now cancelled: {}."),
            (self.unknown, "Cancelled by their calendar and not in the book, so left out: {}."),
            (
                self.not_for_us,
                "Messages to participants about events of this book, left out: {}."
                " If another book wrote them: --mode update.",
            ),
            (self._visits, "Visits of called-off events that stay as they are: {}. eventrec visit list"),
        ):
            if found:
                tell(sentence.format(_counted(found)))


def _counted(names: Sequence[str]) -> str:
    """Return the first few of many names, and how many there are."""
    more = len(names) - _LISTED
    return "; ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")
