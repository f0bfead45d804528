"""What was read, field by field, beside the facts.

A verdict for each value: `right`; `asked` (right, but as a question); `missing`; `wrong` (another value, as a
question); `surely wrong` (another value as an answer, or an answer where the text says nothing); `absent` (the text
says nothing, and nothing or only a question was given). Of a list each item is judged by itself, and whatever was
given beyond it is wrong or surely wrong. Where a release tells of several events, days and cities are held against
them in order; of everything else the first event that says it counts, and lists are those of all events together.
Facts may hold what else is right, as a list under the field's name and `_also`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from benchmarks.drafting import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

RIGHT: Final = "right"
ASKED: Final = "asked"
MISSING: Final = "missing"
WRONG: Final = "wrong"
SURELY_WRONG: Final = "surely wrong"
ABSENT: Final = "absent"
VERDICTS: Final = (RIGHT, ABSENT, ASKED, MISSING, WRONG, SURELY_WRONG)

KINDS: Final = {
    "workshop": "workshop", "seminar": "workshop", "closing workshop": "workshop", "webinar": "workshop",
    "roundtable": "meeting", "symposium": "conference", "training": "training", "training course": "training",
    "conference": "conference", "forum": "conference", "dialogue": "meeting", "meeting": "meeting",
    "coordination meeting": "meeting", "consultation": "meeting", "launch": "other", "ceremony": "other",
    "study visit": "study-visit", "study tour": "study-visit", "visit": "study-visit", "site visit": "site-visit",
    "campaign": "other", "other": "other",
}  # fmt: skip
"""The free words of the facts, in the words of a record. A high-level seminar may be a conference too."""

_MAY_BE_TOO: Final = {"roundtable": ("workshop", "conference"), "launch": ("meeting", "workshop", "conference"),
                      "symposium": ("workshop",), "dialogue": ("conference",), "forum": ("workshop", "meeting"),
                      "consultation": ("workshop",), "visit": ("meeting",), "ceremony": ("meeting",),
                      "webinar": ("training",)}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """The verdict on one value."""

    field: str
    verdict: str
    expected: Any = None
    given: Any = None
    listed: bool = False
    """One of a list, of which precision is told too."""


def outcomes(facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    """Return the verdicts on all that a release's facts say."""
    for judge in _JUDGES:
        yield from judge(facts, events)


def doubtful(event: Mapping[str, Any], field: str) -> bool:
    """Tell whether a field, or what it is part of, is a question: `contact` asks of `contact.email` too."""
    asked = set(event.get("uncertain") or ())
    parts = re.split(r"(?=[.\[])", field)
    return any("".join(parts[: at + 1]) in asked for at in range(len(parts)))


def _verdict(expected: object, given: object, same: bool, asked: bool) -> str:
    if given in (None, "", "not-stated"):
        return ABSENT if expected is None else MISSING
    if expected is None:
        return ABSENT if asked else SURELY_WRONG
    if same:
        return ASKED if asked else RIGHT
    return WRONG if asked else SURELY_WRONG


def _first(events: Sequence[Mapping[str, Any]], take: Callable[[Mapping[str, Any]], Any]) -> tuple[Any, Any]:
    """Return the first event that says something and what it says."""
    for event in events:
        if (given := take(event)) not in (None, "", {}, []):
            return event, given
    return {}, None


def _also(facts: Mapping[str, Any], field: str) -> Sequence[Any]:
    """Return what else is right, where the text can be read in more than one way."""
    return facts.get(f"{field}_also") or ()


def _events(facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    wanted = max(len(_days_wanted(facts)), len(_cities_wanted(facts)), 1)
    verdict = RIGHT if len(events) == wanted else MISSING if len(events) < wanted else SURELY_WRONG
    yield Outcome("events", verdict, wanted, len(events))


def _title(language: str, facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    wanted = facts.get(f"title_{language}")
    also = _also(facts, f"title_{language}")
    event, given = _first(events, lambda each: (each.get("title") or {}).get(language))
    same = bool(wanted and given) and any(names.same_title(each, given) for each in (wanted, *also))
    asked = doubtful(event, f"title.{language}")
    yield Outcome(f"title.{language}", _verdict(wanted, given, same, asked), wanted, given)


def _days_wanted(facts: Mapping[str, Any]) -> list[str]:
    """Return the days of each event, `first/last` or one day, full or without their year."""
    if not facts.get("date_start"):
        return [_single(each.strip()) for each in (facts.get("date_partial") or "").split(",") if each.strip()]
    starts = facts["date_start"].split(",")
    ends = (facts.get("date_end") or facts["date_start"]).split(",")
    return [_single(f"{start.strip()}/{end.strip()}") for start, end in zip(starts, ends, strict=True)]


def _single(days: str) -> str:
    first, _, last = days.partition("/")
    return first if last in ("", first) else days


def _days_given(event: Mapping[str, Any]) -> str | None:
    if event.get("starts_on"):
        return _single(f"{event['starts_on']}/{event.get('ends_on') or event['starts_on']}")
    return _single(event["partial_date"]) if event.get("partial_date") else None


def _date(facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    """Judge the days; the question for a year that the text does not say leaves month and day an answer."""
    wanted = _days_wanted(facts) or [None]
    for at in range(max(len(wanted), len(events))):
        expected = wanted[at] if at < len(wanted) else None
        event = events[at] if at < len(events) else {}
        given = _days_given(event)
        asked = any(doubtful(event, each) for each in ("starts_on", "ends_on", "date", "partial_date"))
        same = given is not None and given in (expected, *_also(facts, "date"))
        if same and given and given.startswith("--"):
            asked = doubtful(event, "partial_date")
        elif expected and given and _yearless(expected) == _yearless(given) and (given.startswith("--") or asked):
            same = asked = True
        if at < len(wanted) or given:
            yield Outcome("date", _verdict(expected, given, same, asked), expected, given)


def _yearless(days: str) -> str:
    return re.sub(r"\d{4}-(?=\d\d-\d\d)", "--", days)


def _cities_wanted(facts: Mapping[str, Any]) -> list[str]:
    return [each.strip() for each in (facts.get("city") or "").split(";") if each.strip()]


def _city(facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    wanted = _cities_wanted(facts) or [None]
    also = _also(facts, "city")
    for at in range(max(len(wanted), len(events))):
        expected = wanted[at] if at < len(wanted) else None
        event = events[at] if at < len(events) else {}
        given = [each for each in (event.get("city"), *(event.get("city_names") or {}).values()) if each]
        same = any(names.same_place(each, *given) for each in (expected, *also) if each)
        if at < len(wanted) or (given and expected):
            verdict = _verdict(expected, given[0] if given else None, same, doubtful(event, "city"))
            yield Outcome("city", verdict, expected, given)


def _simple(field: str, facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    """Judge a value that is the same or not: country, modality, participants."""
    wanted = facts.get(field)
    event, given = _first(events, lambda each: each.get(field))
    if given in _also(facts, field):
        wanted = given
    yield Outcome(field, _verdict(wanted, given, wanted == given, doubtful(event, field)), wanted, given)


def _kind(facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    word = facts.get("kind")
    right = [KINDS[word], *_MAY_BE_TOO.get(word, ())] if word else []
    title = f"{facts.get('title_en') or ''}{facts.get('title_zh') or ''}".lower()
    if word == "seminar" and re.search(r"high[- ]level|高级别|高层", title):
        right.append("conference")
    right += [KINDS.get(each, each) for each in _also(facts, "kind")]
    event, given = _first(events, lambda each: each.get("kind"))
    yield Outcome("kind", _verdict(word, given, given in right, doubtful(event, "kind")), word, given)


def _project(facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    wanted, acronym = facts.get("project"), facts.get("project_acronym")
    event, given = _first(events, lambda each: each.get("project"))
    offered = [each for each in (*(given or {"names": {}})["names"].values(), (given or {}).get("code")) if each]
    same = any(names.same_project(each, acronym, *offered) for each in (wanted, *_also(facts, "project")) if each)
    yield Outcome("project", _verdict(wanted, given, same, doubtful(event, "project")), wanted, offered)
    phase = facts.get("project_phase")
    said = (given or {}).get("phase")
    same = bool(phase and said) and names.phase(phase) == names.phase(said)
    yield Outcome("project.phase", _verdict(phase, said, same, doubtful(event, "project.phase")), phase, said)


@dataclass(frozen=True)
class _Item:
    """An item that was given: all that it is called, and whether it is a question."""

    called: tuple[str, ...]
    asked: bool


def _matched(wanted: Sequence[str], items: Sequence[_Item]) -> dict[int, int]:
    """Return which wanted item is which given one, the most alike first, each once."""
    pairs = sorted(
        ((names.likeness(one, *item.called), row, column) for row, one in enumerate(wanted)
         for column, item in enumerate(items)), key=lambda each: (-each[0], each[1:]),
    )  # fmt: skip
    found: dict[int, int] = {}
    for likeness, row, column in pairs:
        if likeness >= names.ALIKE and row not in found and column not in found.values():
            found[row] = column
    return found


def _listed(
    field: str, wanted: Sequence[str], items: Sequence[_Item], fine: Callable[[_Item], bool] = lambda _: False
) -> Iterator[Outcome]:
    """Judge a list; an item that is `fine` is right though nobody asked for it, and is not counted."""
    if not wanted and all(each.asked or fine(each) for each in items):
        yield Outcome(field, ABSENT, None, None, listed=True)
        return
    matched = _matched(wanted, items)
    for row, expected in enumerate(wanted):
        item = items[matched[row]] if row in matched else None
        verdict = MISSING if item is None else ASKED if item.asked else RIGHT
        yield Outcome(field, verdict, expected, item and " | ".join(item.called), listed=True)
    for column, item in enumerate(items):
        if column not in matched.values() and not fine(item):
            verdict = WRONG if item.asked else SURELY_WRONG
            yield Outcome(field, verdict, None, " | ".join(item.called), listed=True)


def _donors(facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    wanted = [each.strip() for each in (facts.get("donor") or "").split(";") if each.strip()]
    asked: dict[str, bool] = {}
    for event in events:
        for at, each in enumerate(event.get("donors") or ()):
            asked.setdefault(each, doubtful(event, f"donors[{at}]"))
    items = [_Item((name,), each) for name, each in asked.items()]
    also = _also(facts, "donor")
    yield from _listed("donors", wanted, items, lambda item: _any_like(also, item))


def _any_like(wanted: Sequence[str], item: _Item) -> bool:
    return any(names.likeness(each, *item.called) >= names.ALIKE for each in wanted)


def _agencies_given(events: Sequence[Mapping[str, Any]]) -> list[tuple[_Item, Mapping[str, Any], bool]]:
    """Return the agencies of all events, each once, with whether its modality is a question."""
    found: dict[tuple[str, ...], tuple[_Item, Mapping[str, Any], bool]] = {}
    for event in events:
        for at, each in enumerate(event.get("agencies") or ()):
            called = tuple(dict.fromkeys(name for name in (*each["name"].values(), each.get("code")) if name))
            item = _Item(called, doubtful(event, f"agencies[{at}]"))
            found.setdefault(called, (item, each, doubtful(event, f"agencies[{at}].modality")))
    return list(found.values())


def _agencies(facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    wanted = facts.get("agencies") or []
    items = [item for item, _, _ in _agencies_given(events)]
    countries = {name for code in facts.get("agency_countries") or () for name in _country_names(code)}
    also = [*_also(facts, "agencies"), *(facts.get("modality_by_party") or ())]

    def fine(item: _Item) -> bool:
        """Tell whether it is a party of another fact, a country's delegation, or what a listed one belongs to."""
        part = (each for each in wanted if names.ALIKE <= names.likeness(each, *item.called) < 100)
        of_country = any(name in called.casefold() for name in countries for called in item.called)
        return of_country or _any_like(also, item) or any(part)

    yield from _listed("agencies", wanted, items, fine)


_FORMAL: Final = {"CN": ("中华人民共和国",), "KR": ("大韩民国", "south korea"), "TH": ("泰王国",), "VN": ("viet nam",)}
"""Names of countries that do not hold their short ones."""


def _country_names(code: str) -> Iterator[str]:
    from babel import Locale

    for language in ("en", "zh"):
        if name := Locale(language).territories.get(code):
            yield name.casefold().split(" (")[0]
    yield from _FORMAL.get(code, ())


def _modality_by_party(facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    if not (wanted := facts.get("modality_by_party")):
        return
    given = _agencies_given(events)
    matched = _matched(list(wanted), [item for item, _, _ in given])
    for row, (party, expected) in enumerate(wanted.items()):
        item, agency, asked = given[matched[row]] if row in matched else (None, {}, False)
        said = agency.get("modality")
        yield Outcome("modality_by_party", _verdict(expected, said, said == expected, asked), expected, (party, said))
    for column, (item, agency, asked) in enumerate(given):
        if column not in matched.values() and agency.get("modality") not in (None, "not-stated") and not asked:
            yield Outcome("modality_by_party", SURELY_WRONG, None, (item.called, agency["modality"]))


def _visits(facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    wanted = facts.get("site_visits") or []
    given = [
        (_Item(tuple((each.get("title") or {}).values()), doubtful(event, f"visits[{at}]")), each)
        for event in events
        for at, each in enumerate(event.get("visits") or ())
    ]
    places = [f"{each['place']} ({each['place_zh']})" if each.get("place_zh") else each["place"] for each in wanted]
    items = [item for item, _ in given]
    yield from _listed("visits", places, items)
    for row, column in _matched(places, items).items():
        expected, (item, visit) = wanted[row], given[column]
        if expected.get("place_zh"):
            title = (visit.get("title") or {}).get("zh")
            same = bool(title) and names.likeness(expected["place_zh"], title) >= names.ALIKE
            yield Outcome("visits.zh", _verdict(expected["place_zh"], title, same, item.asked), places[row], title)
        facilitator, said = expected.get("facilitator"), visit.get("facilitators") or []
        same = bool(facilitator) and any(names.likeness(facilitator, each) >= names.ALIKE for each in said)
        verdict = _verdict(facilitator, said[0] if said else None, same, item.asked)
        yield Outcome("visits.facilitator", verdict, facilitator, said)


def _contact(facts: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Iterator[Outcome]:
    """Judge whom to ask; what the facts leave out of a contact is not judged."""
    wanted = facts.get("contact")
    event, given = _first(events, lambda each: each.get("contact"))
    if wanted is None:
        said = given and [each for each in (*given["name"].values(), given.get("email"), given.get("phone")) if each]
        yield Outcome("contact.name", _verdict(None, said or None, False, doubtful(event, "contact")), None, said)
        return
    called = (given or {}).get("name") or {}
    position = (given or {}).get("position") or {}
    said = {
        "name": [each for language, each in called.items() if language != "zh" or not wanted.get("name_zh")],
        "name_zh": [called["zh"]] if called.get("zh") else [],
        "title": [given["honorific"]] if given and given.get("honorific") else [],
        "role": [each for language, each in position.items() if language != "zh" or not wanted.get("role_zh")],
        "role_zh": [position["zh"]] if position.get("zh") else [],
        **{key: [given[key]] if given and given.get(key) else [] for key in ("office", "phone", "email")},
    }
    for key, offered in said.items():
        if key in wanted:
            name = "contact." + {"title": "honorific"}.get(key, key)
            same = wanted[key] is not None and any(_same_of_contact(key, wanted[key], each) for each in offered)
            asked = doubtful(event, name.removesuffix("_zh")) or doubtful(event, name.replace("role", "position"))
            yield Outcome(
                name, _verdict(wanted[key], offered[0] if offered else None, same, asked), wanted[key], offered
            )


def _same_of_contact(key: str, expected: str, given: str) -> bool:
    if key == "phone":
        return re.sub(r"\D", "", expected) == re.sub(r"\D", "", given)
    if key in ("office", "role"):
        return names.likeness(expected, given) >= names.ALIKE
    return re.sub(r"[.\s]", "", names.plain(expected)) == re.sub(r"[.\s]", "", names.plain(given))


_JUDGES: Final = (
    _events, partial(_title, "en"), partial(_title, "zh"), _date, _city, partial(_simple, "country"), _kind,
    partial(_simple, "modality"), _modality_by_party, partial(_simple, "participants"), _project, _donors, _agencies,
    _visits, _contact,
)  # fmt: skip
