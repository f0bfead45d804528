"""What an event is saved as where its file does not say it, and the words that tell it to the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eventrec.proposals.held import told_as_past

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from eventrec.models import Event
    from eventrec.proposals.form import EventPart
    from eventrec.proposals.source import Source


@dataclass(frozen=True)
class Standing:
    """The status that an event gets beside its file, None for the book's own choice, and why."""

    status: str | None = None
    why: str = ""
    otherwise: str = ""
    """The status that it has when that is wrong."""

    @classmethod
    def of(cls, part: EventPart, fields: Mapping[str, Any], source: Source | None, today: date) -> Standing:
        """Decide by the days in `fields` and the words of the release."""
        if "status" in part.values:
            return cls()
        if "status" in part.left:
            return cls("planned", "since the file leaves its status open", "cancelled")
        last = fields.get("ends_on") or fields.get("starts_on")
        if last is None or last >= today:
            return cls()
        if source is not None and told_as_past(source.text):
            return cls("held", "since its day is over and the release tells it as past", "confirmed")
        return cls("confirmed", "though its day is over: nothing says for sure that it was held", "held")

    def told(self, event: Event) -> Iterator[str]:
        """Tell it in a sentence with the command that puts it right."""
        if self.status:
            yield (
                f"Event {event.id} was saved as {self.status}, {self.why}."
                f" Else: eventrec event edit {event.id} --status {self.otherwise}"
            )


def of_modality(part: EventPart, event: Event) -> Iterator[str]:
    """Tell the modality that an event has because nothing said another."""
    if "modality" not in part.values:
        why = "the file leaves it open" if "modality" in part.left else "the release does not say"
        yield (
            f"Event {event.id} was saved as {event.modality}, since {why}."
            f" Else: eventrec event edit {event.id} --modality online"
        )


def of_visits(event: Event, visits: Sequence[Event]) -> Iterator[str]:
    """Tell that site visits of a held event are planned as long as they have no day."""
    undated = [visit.id for visit in visits if visit.starts_on is None]
    if undated and event.status == "held":
        yield (
            "Site visits without a day are saved as planned; give their day:"
            f" eventrec visit edit {undated[0]} --date … --status held"
        )
