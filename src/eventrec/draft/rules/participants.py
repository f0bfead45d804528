"""How many people took part in all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft import choosing
from eventrec.draft.evidence import SURE, WORTH_ASKING, Candidate, Evidence, Found
from eventrec.draft.rule import rule
from eventrec.draft.rules import status
from eventrec.draft.rules.parties.people import OF_ALL, HeadCount, head_counts
from eventrec.draft.rules.several_events import Events, Whose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading

_NEAR: Final = 25
"""A sum that is believed nearly as much as a number is proposed: the number may be a part of it."""


@rule("participants", weight=86, reason="number of people of the event")
def counted_people(reading: Reading) -> Iterator[Found]:
    """Find numbers of people that are not said to be a part of those who came."""
    for count in head_counts(reading):
        if count.believed and not (count.part or count.teacher):
            yield Found((count.number, count.approximate), (count.span,), count.language, count.believed)


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Fill the number of participants; sums, and several numbers for the whole, are a question.

    Of several events each has the number that is said of it alone; what is said of all of them is a question in each.
    """
    year = int(draft.starts_on[:4]) if draft.starts_on else None
    counts = head_counts(reading, year)
    told = [count for count in counts if count.believed]
    events = Events(reading, occasion, [count.span for count in told if not count.addends])
    if events.several and _of_one_event(reading, told, events, draft):
        return
    outdated = {count.span for count in counts if not count.believed or events.whose(count.span) is Whose.OTHER}
    found = [
        each
        for each in choosing.candidates(reading, "participants", same=lambda value: value[0])
        if not any(words.start == span.start for words in each.evidence for span in outdated)
    ]
    best, sure = choosing.best(found)
    if best is None or best.score < WORTH_ASKING:
        return
    sums = {count.number: count.addends for count in told if count.addends}
    if not sure:
        best = next((each for each in found if each.value[0] in sums and best.score - each.score < _NEAR), best)
    number, _ = best.value
    alike = [count for count in told if count.number == number and not count.part]
    draft.evidence["participants"] = list(best.evidence)
    question = None if sure else _question(number, [each for each in found if each is not best], sums)
    own = {count.owner: count.number for count in told if count.owner is not None and not count.teacher}
    if len(own) > 1 and alike and all(count.owner is not None for count in alike):
        number = sum(own.values())
        question = f"{_listed(tuple(own.values()))}: {number} in all?"
    elif sure and _is_of_one_among_many(alike, draft):
        question = f"Is {number} the number of all participants? It is said of one agency only."
    if question is None and (larger := _larger_sum(told, number)):
        question = f"Is {number} the number of all participants? The parts that are named add up to {larger}."
    draft.participants = number
    draft.approximate = any(count.approximate for count in alike)
    if events.several:
        question = f"{_about(draft)}{number} took part in all {len(events)} events. How many in this one?"
    if status.is_called_off(draft):
        question = f"The event was called off; did {number} people take part?"
    if question:
        draft.uncertain["participants"] = question


def _of_one_event(reading: Reading, told: list[HeadCount], events: Events, draft: Draft) -> bool:
    """Fill the number that is said of this one of several events, if there is one."""
    own = [count for count in told if not count.addends and events.whose(count.span) is Whose.OWN]
    if not own:
        return False
    best = max(own, key=lambda count: count.believed)
    reason = "number of people with the day or place of this event"
    draft.participants, draft.approximate = best.number, best.approximate
    draft.evidence["participants"] = [Evidence(reading.page.quoted(best.span), best.span.start, best.span.end, reason)]
    if best.believed < SURE or len({count.number for count in own}) > 1:
        draft.uncertain["participants"] = f"Is {best.number} the number of all participants of this event?"
    return True


def _about(draft: Draft) -> str:
    return "About " if draft.approximate else ""


def _question(number: int, others: list[Candidate], sums: dict[int, tuple[int, ...]]) -> str:
    """Return what is asked; a sum, which the text does not say, with the numbers that it says."""
    addends = sums.get(number, ())
    rivals = [each.value[0] for each in others if each.score >= WORTH_ASKING and each.value[0] not in addends]
    if rivals:
        said = [f"{each} ({_listed(sums[each])})" if each in sums else str(each) for each in (number, *rivals[:3])]
        return f"How many took part in all: {' or '.join(said)}?"
    if addends:
        return f"{_listed(addends)}: {number} in all?"
    return f"Is {number} the number of all participants?"


def _listed(numbers: tuple[int, ...]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _is_of_one_among_many(alike: list[HeadCount], draft: Draft) -> bool:
    """Tell whether the number is of one agency's people, and others take part without a number."""
    if not alike or any(count.owner is None for count in alike) or any(count.believed >= OF_ALL for count in alike):
        return False
    return sum(party.role == "participant" and party.count is None for party in draft.agencies) > 0


def _larger_sum(told: list[HeadCount], number: int) -> int | None:
    """Return what the numbers of single agencies add up to, where it is more than the whole."""
    by_owner = {count.owner: count.number for count in told if count.owner is not None and count.part}
    total = sum(by_owner.values())
    return total if len(by_owner) > 1 and total > number else None
