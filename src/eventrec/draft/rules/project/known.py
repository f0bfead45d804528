"""Projects of the book that a text names: by name, alias or code, the phase where the text says one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eventrec.draft import phases
from eventrec.draft.whole_words import WholeWords
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eventrec.draft.evidence import Span
    from eventrec.draft.gazetteer import KnownProject
    from eventrec.draft.reading import Reading

_FEWEST: Final = 3
"""Letters of a name or code that is looked for."""

_PHASE_OF_NAME: Final = late(
    r",?\s*[–—-]?\s*\(?\bphase (?:[ivx]{1,4}|\d{1,2}|one|two|three|four|five|six)\)?"
    r"|(?: (?:II|III|IV|V)$)|第(?:[一二三四五六七八九十]|\d{1,2})(?:期|阶段)|(?<=项目)[一二三四五六七八九十]期",
    re.IGNORECASE,
)


@dataclass
class Family:
    """A project of the book with its phases, as far as a text names them."""

    head: KnownProject
    spans: list[tuple[Span, str, str]] = field(default_factory=list)
    """Where it is named, the language, and by what: "name" or "code"."""

    named: set[int] = field(default_factory=set)
    """Phases that the text names in full."""

    said: dict[int, str] = field(default_factory=dict)
    """Phases by number, as the text writes them."""

    led: bool = False
    children: Sequence[KnownProject] = ()

    @property
    def score(self) -> int:
        """How far it is believed that the event belongs to it (0 to 100)."""
        ways = {way for _, _, way in self.spans}
        doubt = 1.0
        for weight in (95 * self.led, 68 * ("name" in ways), 62 * ("code" in ways)):
            doubt *= 1 - weight / 100
        return round(100 * (1 - doubt))

    def meant(self) -> Sequence[KnownProject]:
        """Return the project or phases that are meant: one, or several that fit."""
        if self.named:
            return [each for each in self.children if each.id in self.named]
        fits = [each for each in self.children if phase_of(each, self.head) in self.said]
        return fits or [self.head]


def families(reading: Reading) -> list[Family]:
    """Return the projects of the book that are named, the best first."""
    projects = reading.gazetteer.projects
    by_id = {each.id: each for each in projects}
    found: dict[int, Family] = {}
    for project, span, language, way in _longest(_matches(reading)):
        head = by_id.get(project.parent or project.id, project)
        family = found.setdefault(head.id, Family(head))
        family.children = [each for each in projects if each.parent == head.id]
        family.spans.append((span, language, way))
        if project.id != head.id:
            family.named.add(project.id)
        _read_phase(reading, family, project, span)
    return sorted(found.values(), key=lambda each: (-each.score, each.spans[0][0]))


def phase_of(project: KnownProject, head: KnownProject | None = None) -> int | None:
    """Return which phase a project of the book is, by its code (“MMSP-III”) or its name."""
    if project.code and head and head.code and project.code.startswith(head.code):
        number = phases.number_of(project.code[len(head.code) :].strip(" -_/"))
        if number:
            return number
    for language, name in project.names.items():
        said = (phases.CHINESE if language.startswith("zh") else phases.ENGLISH).search(name)
        if said and (number := phases.number_of(next(filter(None, said.groups())))):
            return number
    return None


def name_of(project: KnownProject, head: KnownProject | None) -> Mapping[str, str]:
    """Return what a project is called without its phase."""
    if head and head.id != project.id and phase_of(project, head):
        return dict(head.names)
    return {language: _PHASE_OF_NAME.sub("", name).strip() or name for language, name in project.names.items()}


def _matches(reading: Reading) -> Iterator[tuple[KnownProject, Span, str, str]]:
    """Yield each place where a project is called by one of its names."""
    words = WholeWords(reading.page.text)
    for project in reading.gazetteer.projects:
        for called in project.called():
            if len(called) < _FEWEST:
                continue
            way = "code" if called == project.code or called.isupper() else "name"
            for span in words.find(called):
                if sentence := reading.page.sentence_at(span):
                    yield project, span, sentence.language, way


def _longest(
    matches: Iterator[tuple[KnownProject, Span, str, str]],
) -> list[tuple[KnownProject, Span, str, str]]:
    """Return the matches without those that stand inside a longer one."""
    kept: list[tuple[KnownProject, Span, str, str]] = []
    for each in sorted(matches, key=lambda match: (match[1].start, -match[1].end)):
        if not kept or each[1].start >= kept[-1][1].end or each[1] == kept[-1][1]:
            kept.append(each)
    return kept


def _read_phase(reading: Reading, family: Family, project: KnownProject, span: Span) -> None:
    """Note the phase that is said where a project is named, and whether words lead to it."""
    for mention in reading.projects:
        if mention.span.meets(span) or (mention.code and project.code and mention.code == family.head.code):
            family.led = family.led or mention.led
            if mention.phase and (number := phases.number_of(mention.phase)):
                family.said[number] = mention.phase
    after = reading.page.text[span.end : span.end + 24]
    before = reading.page.text[max(0, span.start - 24) : span.start]
    behind = re.match(
        rf"[ -](?P<roman>{phases.NUMBER_EN})\b(?! (?:countries|years|events))"
        rf"|,? ?\(?[Pp]hase (?P<word>{phases.NUMBER_EN})\b|[(\uff08]?(?:第)?(?P<han>[一二三四五六七八九十])期",
        after,
    )
    ahead = re.search(r"\b(?P<nth>\w+) phase of (?:the )?[\"“']?$|第(?P<han>[一二三四五六七八九十])期[“\"《]?$", before)
    for each in (behind, ahead):
        written = next(filter(None, each.groups()), None) if each else None
        if written and (number := phases.number_of(written)):
            family.said[number] = phases.roman(written)
