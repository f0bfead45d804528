"""Who gives the money: words about money say it, support alone does not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from eventrec.draft.choosing import candidates
from eventrec.draft.evidence import WORTH_ASKING, Candidate, Found
from eventrec.draft.rule import rule
from eventrec.draft.rules.donors import chinese, english
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.gazetteer import Known
    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading

_MOST: Final = 100
"""Donors that are read in a language; what names more is no release."""

_SAME: Final = {
    "eu": "European Union",
    "the eu": "European Union",
    "欧盟": "European Union",
    "欧洲联盟": "European Union",
    "欧盟委员会": "European Commission",
    "欧委会": "European Commission",
    "日本政府": "Government of Japan",
    "联合国": "United Nations",
    "un": "United Nations",
}
"""Donors that have one name in both languages, and everybody knows."""


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Fill in the donors that the text names; where it names none, those of a project of the book are a question."""
    del occasion
    found = [each for each in candidates(reading, "donors", partial(_key, reading)) if each.score >= WORTH_ASKING]
    if any(each.sure for each in found):
        found = [each for each in found if each.sure]
    for each, doubted in _joined(found):
        field = f"donors[{len(draft.donors)}]"
        draft.donors.append(_name(reading, each.value))
        draft.evidence[field] = list(each.evidence)
        if doubted or not each.sure:
            draft.uncertain[field] = f"Does “{draft.donors[-1]}” pay for this event?"
    if not draft.donors:
        _ask_for_those_of_the_project(reading, draft)


def _ask_for_those_of_the_project(reading: Reading, draft: Draft) -> None:
    """Ask whether the donors that the book has for the project pay for this event."""
    number = draft.project.known if draft.project and "project" not in draft.uncertain else None
    by_id = {each.id: each for each in reading.gazetteer.projects}
    project = by_id.get(number) if number else None
    while project and not project.donors and project.parent:
        project = by_id.get(project.parent)
    for donor in project.donors if project else ():
        agency = reading.gazetteer.agencies_by_id.get(donor)
        if project and agency:
            field, name = f"donors[{len(draft.donors)}]", _shown(reading, agency)
            draft.donors.append(name)
            draft.evidence[field] = [
                replace(each, reason="the project’s donor in the book") for each in draft.evidence["project"][:1]
            ]
            draft.uncertain[field] = (
                f"The text names no donor. Project {project.id} has “{name}” in the book. Does it pay for this event?"
            )


@rule("donors", weight=88, reason="the words before it say that it pays for the event or its project")
def _who_pays_in_english(reading: Reading) -> Iterator[Found]:
    for name, span, weight in islice(english.find(reading), _MOST):
        yield Found(name, (span,), "en", weight + name.endswith(")"))


@rule("donors", weight=88, reason="the words around it say that it pays for the event or its project")
def _who_pays_in_chinese(reading: Reading) -> Iterator[Found]:
    for name, span, weight in islice(chinese.find(reading), _MOST):
        yield Found(name, (span,), "zh", weight)


def _joined(found: list[Candidate]) -> list[tuple[Candidate, bool]]:
    """Return the donors in the order of the text, those of one language joined with those of the other.

    Where both name as many, they are the same in the same order, and English is shown. Where Chinese names others
    besides, these are doubted.
    """
    order = sorted(found, key=lambda one: one.evidence[0].start)
    in_english = [each for each in order if each.languages == {"en"}]
    in_chinese = [each for each in order if each.languages == {"zh"}]
    both = [each for each in order if len(each.languages) > 1]
    if len(in_english) == len(in_chinese):
        in_english, in_chinese = [_with(*pair) for pair in zip(in_english, in_chinese, strict=True)], []
    made = [(each, False) for each in both + in_english] + [(each, bool(in_english or both)) for each in in_chinese]
    return sorted(made, key=lambda one: one[0].evidence[0].start)


def _with(one: Candidate, other: Candidate) -> Candidate:
    """Return a candidate with the evidence of another added."""
    score = round(100 - (100 - one.score) * (100 - other.score) / 100)
    return Candidate(one.value, one.evidence + other.evidence, score, one.languages | other.languages)


def _key(reading: Reading, name: str) -> str:
    """Return what a donor is compared by: its number in the book, or its name without case, article and instrument."""
    owner = _owner(name)
    if agency := _agency(reading, owner):
        return f"agency {agency.id}"
    plain = normalise(_SAME.get(owner.casefold(), owner))
    for each in reading.organisations:
        if "en" in each.names and plain in map(normalise, each.names.values()):
            return normalise(each.names["en"]).removeprefix("the ")
    return plain.removeprefix("the ")


def _name(reading: Reading, name: str) -> str:
    """Return the name that is shown: that of the book in its main language, or as it is written."""
    owner = _owner(name)
    agency = _agency(reading, owner)
    return _shown(reading, agency) + name[len(owner) :] if agency else name


def _shown(reading: Reading, agency: Known) -> str:
    """Return what the book calls an agency, in its main language if it has a name in it."""
    return agency.names.get(reading.gazetteer.main_language) or next(iter(agency.names.values()))


def _owner(name: str) -> str:
    """Return a donor without the instrument in brackets: “European Union (Partnership Instrument)”."""
    return name.partition(" (")[0]


def _agency(reading: Reading, name: str) -> Known | None:
    """Return the agency of the book that has a name, if just one has it."""
    names = dict.fromkeys((normalise(name), normalise(_SAME.get(name.casefold(), name))))
    found = {each.id: each for called in names for each in reading.gazetteer.agencies_by_name.get(called, ())}
    return next(iter(found.values())) if len(found) == 1 else None
