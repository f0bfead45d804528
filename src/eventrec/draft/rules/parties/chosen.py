"""The parties of an event: what all places of a release say of one organisation, put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import SURE, Evidence, Span
from eventrec.draft.proposal import Party
from eventrec.draft.rules.parties.clauses import Clauses
from eventrec.draft.rules.parties.masked import by_sentence, cover
from eventrec.draft.rules.parties.other_times import grammar, is_of_other_time, leads
from eventrec.draft.rules.parties.people import HeadCount, head_counts
from eventrec.draft.rules.parties.short_names import short_for
from eventrec.draft.rules.parties.whole_names import is_cut_off, is_of_each
from eventrec.draft.rules.several_events import Events, Whose
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventrec.draft.mentions.organisations import Organisation
    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading
    from eventrec.draft.rules.parties.parts import Part

_STRENGTH: Final = (
    "organizer", "co-organizer", "host", "facilitator", "chair", "trainer", "speaker", "observer", "participant",
)  # fmt: skip
_WORTH_LISTING: Final = 55
"""Below this an organisation is background and not even asked about."""

_OTHER_TIME: Final = 0.6
"""How much is left of the belief in what a sentence about another time says."""

_PAYERS: Final = frozenset(["government", "union", "fund", "foundation", "bank", "政府", "基金会", "基金", "银行"])
"""Heads of those whose support is money."""

_PLACES: Final = frozenset(
    [
        "university", "academy", "college", "school", "institute", "centre", "center", "museum", "hall", "library",
        "laboratory", "terminal", "port", "airport", "station", "hospital", "group", "company",
        "中心", "大学", "学院", "学校", "博物馆", "实验室", "医院", "基地", "集团", "公司", "机场", "口岸", "港",
    ]
)  # fmt: skip
"""Heads of those at which an event is held, or that it visits, and which have no other part in it."""

_AT_A_PLACE: Final = ("is where it is held", "is visited")

_OTHERS: Final = late(r"(?:other|various|several|many|relevant)\b|其他|其它|有关|相关|各", re.IGNORECASE)
_ANYBODY: Final = frozenset(
    [
        "agencies", "organizations", "organisations", "institutions", "partners", "authorities", "departments",
        "bodies", "ministries", "experts", "officials", "stakeholders", "representatives", "counterparts", "academia",
        "governments", "ngos", "universities", "entities", "sector", "society", "states", "countries", "actors",
        "services", "offices",
    ]
)  # fmt: skip
"""Heads of collectives that name nobody where no country or region stands before them."""

_DOUBT_OF_ORGANIZERS: Final = 1 / 3
_DOUBT_OF_OTHERS: Final = 1 / 2
"""How much is left of the doubt whether something is an organisation, when the text says surely what it does."""


@dataclass(frozen=True)
class _Chosen:
    """A party with everything that led to it."""

    party: Party
    evidence: tuple[Evidence, ...]
    question: str | None
    which_modality: str | None
    start: int
    count: HeadCount | None = None


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Fill the agencies: organizers first, then in the order of the text, each with its evidence and question."""
    year = int(draft.starts_on[:4]) if draft.starts_on else None
    text, _ = cover(reading)
    heard = _under_long_names(reading.organisations, parts(reading, year))
    told = [count for count in head_counts(reading, year) if count.believed]
    events = Events(reading, occasion, [count.span for count in told if not count.addends])
    counts = [count for count in told if count.owner is not None and events.whose(count.span) is not Whose.OTHER]
    chosen = []
    for owner, organisation in enumerate(reading.organisations):
        if owner not in heard:
            continue
        one = _chosen(reading, organisation, heard[owner], [count for count in counts if count.owner == owner], draft)
        places = [part.named.mention for part in heard[owner] if part.role]
        if places and is_of_each(text, places):
            continue
        if one is not None and one.question is None and is_cut_off(text, organisation, places):
            one = replace(one, question=f"Is “{_first_name(organisation)}” the whole name? More seems to stand there.")
        if one is not None:
            chosen.append(one)
    chosen.sort(key=lambda one: (one.party.role != "organizer", one.start))
    for at, one in enumerate(chosen):
        draft.agencies.append(one.party)
        draft.evidence[f"agencies[{at}]"] = list(one.evidence)
        if one.question:
            draft.uncertain[f"agencies[{at}]"] = one.question
        if one.count and events.whose(one.count.span) is Whose.ALL:
            draft.uncertain[f"agencies[{at}].count"] = f"How many of the {one.count.number} came to this event?"
        if one.which_modality:
            draft.uncertain[f"agencies[{at}].modality"] = one.which_modality


def parts(reading: Reading, year: int | None = None) -> dict[int, list[Part]]:
    """Return what the sentences say of each organisation (by its place in the reading); nothing of background.

    `year` is the event's: what a sentence tells of another year is believed less.
    """
    heard: dict[int, list[Part]] = {}
    first = leads(reading)
    for text, sentence, named in by_sentence(reading):
        if not named:
            continue
        other = is_of_other_time(text, sentence, year, lead=sentence.span.start in first)
        share = _OTHER_TIME if other else 1
        for part in Clauses(text, sentence.span, named, grammar(sentence)).parts():
            heard.setdefault(part.named.owner, []).append(_weighed(part, share))
    return heard


def _under_long_names(organisations: Sequence[Organisation], heard: dict[int, list[Part]]) -> dict[int, list[Part]]:
    """Put what is said of “Harbour Police” to the “Kenya Harbour Police” that was named before."""
    longer = short_for(organisations)
    joined: dict[int, list[Part]] = {}
    for owner, said in heard.items():
        joined.setdefault(longer.get(owner, owner), []).extend(said)
    return joined


def _weighed(part: Part, share: float) -> Part:
    return part if share == 1 else replace(part, weight=round(part.weight * share))


def _chosen(
    reading: Reading, organisation: Organisation, heard: Sequence[Part], counts: Sequence[HeadCount], draft: Draft
) -> _Chosen | None:
    """Return the party that an organisation is, if it is one."""
    said = [part for part in (_supporting(part, organisation, draft) for part in heard) if part.role]
    if organisation.head in _PLACES:
        said = [part for part in said if part.reason not in _AT_A_PLACE]
    score = _score(said)
    if score < _WORTH_LISTING or _is_vague(organisation, said):
        return None
    name = _first_name(organisation)
    if organisation.doubled:
        draft.disagreements.append(f"“{name}” may be one of the agencies under its name in the other language.")
        return None
    role = _role(said)
    modality, differs = _modality(said)
    count = _count(counts)
    party = Party(
        dict(organisation.names),
        role,
        modality,
        organisation.code,
        organisation.known,
        count.number if count else None,
        count.approximate if count else False,
        organisation.group,
    )
    question = _question(name, organisation, score, role)
    which = f"“{name}” is said to be there in person and online. Which is it?" if differs else None
    shown = [part for part in said if part.role == role] + [part for part in said if part.role != role]
    evidence = _evidence(reading, shown, count)
    return _Chosen(party, evidence, question, which, min(part.named.start for part in heard), count)


def _supporting(part: Part, organisation: Organisation, draft: Draft) -> Part:
    """Make a supporter a co-organizer, unless it supports with money: a donor, or somebody from another country."""
    if part.role != "supporter":
        return part
    names = {name.casefold() for name in (*organisation.names.values(), organisation.code) if name}
    if names & {donor.casefold().removeprefix("the ") for donor in draft.donors}:
        return replace(part, role=None)
    foreign = organisation.country and organisation.country != draft.country
    pays = organisation.group or organisation.head in _PAYERS
    weight = part.weight // 2 if pays else 65 if foreign else part.weight
    return replace(part, role="co-organizer", weight=weight)


def _score(said: Iterable[Part]) -> int:
    """Return how far it is believed that an organisation has a part in the event; the same reason counts once."""
    best: dict[tuple[str, str], int] = {}
    for part in said:
        key = (part.reason, part.named.mention.language)
        best[key] = max(best.get(key, 0), part.weight)
    doubt = 1.0
    for weight in best.values():
        doubt *= 1 - weight / 100
    return round(100 * (1 - doubt))


def _role(said: Sequence[Part]) -> str:
    """Return the strongest role that is believed, or the one believed most."""
    by_role: dict[str, list[Part]] = {}
    for part in said:
        by_role.setdefault(part.role or "participant", []).append(part)
    for role in _STRENGTH:
        if role in by_role and _score(by_role[role]) >= SURE:
            return role
    return max(by_role, key=lambda role: _score(by_role[role]))


def _modality(said: Sequence[Part]) -> tuple[str | None, bool]:
    """Return how its people took part, and whether the places of the text differ about it."""
    modalities = {part.modality for part in said if part.modality}
    if len(modalities) == 1:
        return next(iter(modalities)), False
    return None, len(modalities) > 1


def _count(counts: Sequence[HeadCount]) -> HeadCount | None:
    """Return its head-count, if the text says one and the same."""
    return counts[0] if len({count.number for count in counts}) == 1 else None


def _first_name(organisation: Organisation) -> str:
    return next(iter(organisation.names.values()))


def _is_vague(organisation: Organisation, said: Sequence[Part]) -> bool:
    """Tell whether a collective may be anybody: “government agencies”; not where the text says how they came."""
    if not organisation.group or len(organisation.names) > 1 or any(part.modality for part in said):
        return False
    name = _first_name(organisation)
    if _OTHERS.match(name):
        return True
    return name.islower() and name.split()[-1] in _ANYBODY


def _belief(organisation: Organisation, role: str) -> float:
    """Return how far it is believed to be an organisation of this name; what it does strengthens it."""
    languages = {mention.language for mention in organisation.mentions}
    doubt = float((1 - organisation.belief / 100) ** len(languages))
    if not organisation.group:
        doubt *= _DOUBT_OF_ORGANIZERS if role in ("organizer", "co-organizer", "host") else _DOUBT_OF_OTHERS
    return round(100 - 100 * doubt)


def _question(name: str, organisation: Organisation, score: int, role: str) -> str | None:
    if score < SURE:
        return f"Does “{name}” take part in the event ({role})? The text does not say so clearly."
    if _belief(organisation, role) >= SURE and (len(organisation.names) > 1 or not _is_common_noun(organisation)):
        return None
    if organisation.group:
        return f"Is “{name}” a party of its own, or are these people of agencies that are named elsewhere?"
    return f"Is “{name}” an organisation, and is this its name? It {organisation.why}."


def _is_common_noun(organisation: Organisation) -> bool:
    """Tell whether a collective ends in a common noun, “Norland border services”, and may be no party by that name."""
    last = _first_name(organisation).split()[-1]
    return organisation.group and last.islower()


def _evidence(reading: Reading, said: Sequence[Part], count: HeadCount | None) -> tuple[Evidence, ...]:
    """Return the words: each name with what was said of it, once."""
    quoted: dict[tuple[int, int], Evidence] = {}
    for part in said:
        start = min(part.words.start, part.named.start)
        end = max(part.words.end, part.named.end)
        span = Span(start, end) if end - start <= 200 else part.named.mention.span
        reason = f"{part.reason} ({part.role}, {part.modality})" if part.modality else f"{part.reason} ({part.role})"
        quoted.setdefault((span.start, span.end), Evidence(reading.page.quoted(span), span.start, span.end, reason))
    if count:
        span = count.span
        quoted.setdefault(
            (span.start, span.end), Evidence(reading.page.quoted(span), span.start, span.end, "number of its people")
        )
    return tuple(quoted.values())
