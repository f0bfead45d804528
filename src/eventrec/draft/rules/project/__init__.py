"""The project that pays, its acronym and phase.

An acronym is written as the text writes it, with the phase behind it (“MMSP III”).
A phase is written as English writes it (“III”), also where only 第三期 is said: it is a phase of the project. A batch
of people (第七期学员) stays as it is written. Where both languages say it, the English form is the value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eventrec.draft import phases
from eventrec.draft.choosing import best, candidates
from eventrec.draft.evidence import SURE, WORTH_ASKING, Evidence, Found, Span
from eventrec.draft.proposal import ProjectNamed
from eventrec.draft.rule import rule
from eventrec.draft.rules.project import known
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.evidence import Candidate
    from eventrec.draft.mentions.projects import ProjectMention
    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading
    from eventrec.draft.rules.project.known import Family

_LANGUAGES: Final = ("en", "zh")
_HEAD: Final = late(r"(?: (?:project|programme|program|initiative)|项目|计划)$", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """A project as one language names it in all places together; compared by its name alone."""

    key: str
    name: str = field(compare=False)
    code: str | None = field(compare=False)
    phases: tuple[str, ...] = field(compare=False)


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Fill the field."""
    del occasion
    families = known.families(reading)
    chosen = {language: best(candidates(reading, f"project.{language}")) for language in _LANGUAGES}
    found = {language: one for language, (one, _) in chosen.items() if one and one.score >= WORTH_ASKING}
    most = max((each.score for each in found.values()), default=0)
    if families and families[0].score >= min(most, WORTH_ASKING if not found else most):
        _fill_known(reading, families, draft)
    elif found:
        _fill_new(found, [language for language in found if not chosen[language][1]], draft)


@rule("project.en", weight=88, reason="the project that the event belongs to")
def _led_in_english(reading: Reading) -> Iterator[Found]:
    yield from _named(reading, "en", led=True)


@rule("project.zh", weight=88, reason="the project that the event belongs to")
def _led_in_chinese(reading: Reading) -> Iterator[Found]:
    yield from _named(reading, "zh", led=True)


@rule("project.en", weight=55, reason="a project that the text names")
def _named_in_english(reading: Reading) -> Iterator[Found]:
    yield from _named(reading, "en", led=False)


@rule("project.zh", weight=45, reason="a project that the text names")
def _named_in_chinese(reading: Reading) -> Iterator[Found]:
    yield from _named(reading, "zh", led=False)


def _named(reading: Reading, language: str, *, led: bool) -> Iterator[Found]:
    """Yield the projects that are named with words that lead to them, or without."""
    grouped: dict[str, list[ProjectMention]] = {}
    for each in reading.projects:
        if each.language == language:
            grouped.setdefault(_key(each, reading.projects), []).append(each)
    for key, mentions in grouped.items():
        those = [each for each in mentions if (each.led or each.batch) is led]
        if not those:
            continue
        said = tuple(dict.fromkeys(each.phase for each in mentions if each.phase))
        code = max((each.written for each in mentions if each.written), key=len, default=None)
        name = max(mentions, key=lambda each: len(each.name)).name
        yield Found(Named(key, name, code, said), tuple(each.span for each in those), language)


def _key(mention: ProjectMention, mentions: Sequence[ProjectMention]) -> str:
    """Return what a project is compared by: its name without “Project”, for an acronym the name it stands for."""
    plain = _HEAD.sub("", mention.name).casefold().replace(" – ", "-").replace(" - ", "-")
    other = next((each for each in mentions if each.code and each.code.casefold() == plain), None)
    return _HEAD.sub("", other.name).casefold() if other else plain


def _fill_known(reading: Reading, families: Sequence[Family], draft: Draft) -> None:
    """Fill in the project of the book that is meant, or ask which."""
    family = families[0]
    meant = family.meant()
    project = meant[0]
    said = sorted(family.said)
    phase = family.said[said[0]] if said else None
    draft.project = ProjectNamed(known.name_of(project, family.head), project.code, phase, project.id)
    draft.evidence["project"] = [
        _evidence(reading, span, f"is the {'code' if way == 'code' else 'name'} of project {project.id} of the book")
        for span, _, way in dict.fromkeys(family.spans)
    ]
    rivals = [each for each in families[1:] if family.score - each.score < 25]
    if rivals or len(meant) > 1:
        others = [*meant, *(each.head for each in rivals)]
        names = ", ".join(f"{each.id} ({each.code or next(iter(each.names.values()))})" for each in others)
        draft.uncertain["project"] = f"The text fits several projects of the book: {names}. Which one is it?"
    elif family.score < SURE:
        draft.uncertain["project"] = "The text names this project. Does the event belong to it?"
    if len(said) > 1:
        written = " and ".join(family.said[each] for each in said)
        draft.uncertain["project.phase"] = f"The text names phases {written}. Which one is it?"
        draft.disagreements.append(f"More than one phase of the project is named: {written}.")
    elif phase and project.id == family.head.id and family.children:
        draft.uncertain["project.phase"] = f"The book has no phase {phase} of project {project.id}. Is it a new one?"


def _fill_new(found: dict[str, Candidate], doubted: list[str], draft: Draft) -> None:
    """Fill in a project that the book does not know."""
    names = {language: one.value.name for language, one in found.items()}
    values = [one.value for one in found.values()]
    code = max((each.code for each in values if each.code), key=len, default=None)
    said = list(dict.fromkeys(phase for each in values for phase in each.phases))
    numbers = {phases.number_of(each) for each in said}
    draft.project = ProjectNamed(names, code, said[0] if said else None)
    draft.evidence["project"] = [quoted for one in found.values() for quoted in one.evidence]
    if doubted and set(found) <= set(doubted):
        draft.uncertain["project"] = "Is this the project that the event belongs to?"
    elif doubted:
        draft.project = ProjectNamed(
            {language: name for language, name in names.items() if language not in doubted}, code, draft.project.phase
        )
    if len(numbers) > 1:
        written = " and ".join(said)
        draft.uncertain["project.phase"] = f"The text names phases {written}. Which one is it?"
        draft.disagreements.append(f"More than one phase of the project is named: {written}.")


def _evidence(reading: Reading, span: Span, reason: str) -> Evidence:
    return Evidence(reading.page.quoted(span), span.start, span.end, reason)
