"""Several English names that share a head: “Ministries of Health, Labour and Justice”, “Embassies of Chad and Mali”."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations import nations
from eventrec.draft.mentions.organisations.joining import begins_own_name, has_head, is_place, is_topic
from eventrec.draft.mentions.organisations.words import HEADS, PLURAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.mentions.organisations.tokens import Run

_AND: Final = ("and", ", and", "and the", ", and the")
_COMMA: Final = (",", ", the")
_OF_PLACES: Final = frozenset(("Embassies", "Consulates", "Governments", "Delegations", "Missions", "Universities"))


@dataclass(frozen=True)
class Share:
    """One of the names: what it is called, the words that are its own, its country."""

    name: str
    span: Span
    head: str
    country: str | None


def shared(runs: Sequence[Run], at: int) -> tuple[list[Share], int] | None:
    """Return the names that a plural head at a run shares out, and the run behind them; None where it shares none."""
    first = runs[at]
    head = next((word.text for word in first.words if word.text in PLURAL), None)
    if head is None or at + 1 >= len(runs):
        return None
    of_places = head in _OF_PLACES or _place_of(runs[at + 1].text) is not None
    if runs[at + 1].link not in ("of", "of the") or (of_places and first.words[-1].text == "General" and at):
        return None
    items, after = _items(runs, at + 1, of_places=of_places)
    if of_places and (len(items) == 1 or not all(_place_of(_text(item)) for item in items)):
        return None
    if not of_places and len(items) == 1:
        return _by_place(runs, at, items[0], after, head)
    return [_share(first, head, item, of_places=of_places) for item in items], after


def _items(runs: Sequence[Run], at: int, *, of_places: bool) -> tuple[list[list[Run]], int]:
    """Return what an enumeration is made of; “A and B, C” has “A and B” as one, “A and B” alone are two."""
    items = [[runs[at]]]
    here = at + 1
    while here < len(runs) and _belongs(runs, here, of_places=of_places):
        if (runs[here].link == "and" and not of_places and _goes_on(runs, here)) or runs[here].link in ("of", "of the"):
            items[-1].append(runs[here])
        else:
            items.append([runs[here]])
        here += 1
    return items, here


def _goes_on(runs: Sequence[Run], here: int) -> bool:
    """Tell whether “and” is inside an item, as more items follow it or the item is half a topic: “Exit and Entry”."""
    if runs[here - 1].link == ", and":
        return True
    more = here + 1 < len(runs) and runs[here + 1].link in (",", ", and", ", and the")
    return (more and is_topic(runs[here + 1]) and not has_head(runs[here + 1])) or runs[here - 1].text in (
        "Exit",
        "Entry",
    )


def _belongs(runs: Sequence[Run], here: int, *, of_places: bool) -> bool:
    run = runs[here]
    if of_places:
        return run.link in (*_AND, *_COMMA) and _place_of(run.text) is not None and not has_head(run)
    if run.link not in (*_AND, *_COMMA) or not is_topic(run):
        return False
    return not begins_own_name(run) and not (has_head(run) and runs[here - 1].text not in ("Exit", "Entry"))


def _text(item: Sequence[Run]) -> str:
    parts = [item[0].text]
    parts += [f"{each.link} {each.text}" for each in item[1:]]
    return " ".join(parts)


def _place_of(text: str) -> str | None:
    found = nations.country(text) or (text if nations.is_place(text) else None)
    return None if text in nations.UNIONS else found


def _share(first: Run, head: str, item: Sequence[Run], *, of_places: bool) -> Share:
    words = [PLURAL.get(word.text, word.text) for word in first.words]
    country = nations.country(item[0].text) if of_places else None
    if words[0] in nations.adjectives() and not of_places:
        country = nations.adjectives()[words.pop(0)]
    name = f"{' '.join(words)} of {_text(item)}"
    return Share(name, Span(item[0].start, item[-1].end), PLURAL[head].lower(), country)


def _by_place(
    runs: Sequence[Run], at: int, topic: Sequence[Run], after: int, head: str
) -> tuple[list[Share], int] | None:
    """Share out by place: “General Stations of Frontier Inspection in Beijing, Shanghai and Xiamen”."""
    if after >= len(runs) or runs[after].link not in ("in", "in the", "of", "of the") or not is_place(runs[after]):
        return None
    places = [runs[after]]
    here = after + 1
    while here < len(runs) and runs[here].link in (*_AND, *_COMMA) and _is_named_place(runs[here]):
        places.append(runs[here])
        here += 1
    if len(places) == 1:
        return None
    name = " ".join(PLURAL.get(word.text, word.text) for word in runs[at].words)
    topic_text = f"{topic[0].link} {_text(topic)}"
    return [
        Share(
            f"{name} {topic_text} in {place.text}",
            Span(place.start, place.end),
            PLURAL[head].lower(),
            nations.country(place.text),
        )
        for place in places
    ], here


def _is_named_place(run: Run) -> bool:
    return not any(word.text in HEADS for word in run.words) and is_place(run)
