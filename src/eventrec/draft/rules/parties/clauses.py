"""Which organisations of a sentence a cue speaks of, going from left to right and back from each verb.

A cue that looks ahead (“attended by”) holds for the enumeration behind it; a verb (“organized”, 参加) for the one
before it. Where both claim a name, the verb has it, if the sentence shows where one enumeration ends: “In cooperation
with A and B, C organized”.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.rules.parties.cues import QUOTED, Cue, Grammar, Reach
from eventrec.draft.rules.parties.modality import end_of_words, of_words
from eventrec.draft.rules.parties.parts import IN_EVENT, ORGANIZING, Heard, Part, Run, joined
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.rules.parties.masked import Named

_FARTHEST: Final = 160
"""Characters over which a cue reaches the first name, or an enumeration the next."""

_VERBS: Final = (Reach.BEFORE, Reach.SAID)
_BREAKS: Final = (Reach.AFTER, Reach.BEFORE, Reach.SAID, Reach.STOP)
_GOVERNING: Final = ("by", "from", "of", "to", "with", "through")
_REASONS: Final = {"organizer": "organizes it", "participant": "takes part in it"}

_CLOSED: Final = late(
    r"[,)]\s*(?:(?:[a-z]+ly|yesterday|today|also|this\s+\w+|will|has|have|on\s+[\w ]{1,20}|in\s+[A-Z]\w+)\s*){0,4}$"
)
"""Before a verb: that what was put in ends, but for an adverb."""

_OPENED: Final = late(r"\ue000(?: \([A-Z]{2,}\))?, $")
"""Before what is put in behind a name: “A, in partnership with B and C is holding”."""

_REPORTED: Final = 0.6
"""How much is left of the belief in what somebody is only said to say."""

_ALSO_REPORTED: Final = frozenset(["has somebody who speaks of it", "is thanked for holding it"])
_LECTURE: Final = late(
    r"\b(?:opening|closing|welcom(?:e|ing)|keynote)\s+(?:remarks|speech|address|statement)", re.IGNORECASE
)
_TOGETHER: Final = late(r"\bwith\b|\balongside\b")
_PART_OF: Final = late(r"\b[A-Z]{2,}(?: [A-Z]{2,})*\s+of\s+(?:the\s+)?$")
"""Before a name: that a part of it is meant, whose acronym alone is said, “DG NEAR of the”."""

_PLAIN_COMMA: Final = late(r",\s*(?:the\s+)?")
_BESIDE: Final = late(r"\s*[(,]?\s*(?:\([A-Z]+\)\s*)?(?:(?:attend|join|participat|tak)\w*\s+(?:part\s+)?)?")
_AHEAD: Final = late(r"\s*(?:by|from|participa|represent|attend)")


class Clauses:
    """A sentence taken apart: `parts` says what each organisation in it does."""

    def __init__(self, text: str, span: Span, named: Sequence[Named], grammar: Grammar) -> None:
        self._text = text
        self._span = span
        self._grammar = grammar
        self._named = [each for each in named if not self._is_aside(each)]
        self._heard = [Heard(*found) for found in grammar.cues.find(text, span.start, span.end)]

    def _is_aside(self, named: Named) -> bool:
        """Tell whether a body only pays, or somebody was of it once."""
        grammar, text, span = self._grammar, self._text, self._span
        if grammar.pays.match(text, named.end, span.end) or grammar.once_behind.match(text, named.end, span.end):
            return True
        return grammar.once.search(text, max(span.start, named.start - 60), named.start) is not None

    def parts(self) -> list[Part]:
        """Return what the sentence says of each organisation; a place before two verbs has two parts."""
        ahead = self._ahead()
        verbs: list[Part] = []
        for at, heard in enumerate(self._heard):
            if heard.cue.reach is Reach.BEFORE or heard.cue.subject:
                verbs += self._back(at, heard)
            elif heard.cue.reach is Reach.SAID:
                verbs += self._speaker(at, heard)
        told = [joined(ahead.get(part.named.start), part) for part in verbs]
        done = {part.named.start for part in verbs}
        return self._as_reported([*(part for start, part in ahead.items() if start not in done), *told])

    def _as_reported(self, parts: list[Part]) -> list[Part]:
        """Believe less what stands behind “said that”, but for who says it and who is thanked."""
        said = [
            heard.end
            for heard in self._heard
            if heard.cue.reach is Reach.SAID and self._grammar.reported.match(self._text, heard.start)
        ]
        if not said:
            return parts
        return [
            replace(part, weight=round(part.weight * _REPORTED))
            if part.words.start >= said[0] and part.reason not in _ALSO_REPORTED
            else part
            for part in parts
        ]

    def _ahead(self) -> dict[int, Part]:
        """Return what cues say of the names behind them."""
        found: dict[int, Part] = {}
        run: Run | None = None
        last: Cue | None = None
        every: list[Heard | Named] = [*self._heard, *self._named]
        for each in sorted(every, key=lambda one: one.start):
            if isinstance(each, Heard):
                run = self._heard_ahead(each, run, last)
                last = each.cue if each.cue.role else last
                continue
            if run is None:
                continue
            gap = self._text[run.edge : each.start]
            if not self._goes_on(gap, run):
                run = None
            elif (run.fresh and not _PART_OF.search(gap)) or (not run.fresh and self._grammar.listed.search(gap)):
                found[each.start] = run.part(each, self._trailing(each))
                run = replace(run, edge=each.end, fresh=False)
            else:
                run = replace(run, edge=each.end)
        return self._trailed(found)

    def _heard_ahead(self, heard: Heard, run: Run | None, last: Cue | None) -> Run | None:
        """Return the enumeration that is open after a cue."""
        cue = heard.cue
        if cue.reach is Reach.AFTER:
            return Run(heard, heard.end, self._modality_ahead(heard))
        if cue.reach is Reach.LABEL:
            gap = self._text[run.edge : heard.start] if run else ""
            modality = self._modality_ahead(heard)
            if run and self._goes_on(gap, run) and self._is_listed(gap, run):
                return replace(run, edge=heard.end, fresh=True, labelled=True, modality=modality or run.modality)
            return Run(heard, heard.end, modality, labelled=True, in_event=self._of_event())
        if cue.reach is Reach.AMONG:
            if run:
                return replace(run, edge=heard.end, fresh=True)
            takes_part = last is not None and last.role == "participant" and last.weight >= IN_EVENT
            return Run(heard, heard.end, None) if takes_part else None
        if cue.reach is Reach.WITH:
            if run:
                return run
            weight = 82 if last is not None and last.role in ORGANIZING else 70
            beside = Cue("works on it with others", "", Reach.AFTER, "co-organizer", weight)
            return Run(replace(heard, cue=beside), heard.end, None)
        return None

    def _is_listed(self, gap: str, run: Run) -> bool:
        """Tell whether people named behind an enumeration are of it: not in “At the invitation of A, people of B”."""
        if run.fresh:
            return True
        introduces = run.heard.start <= self._span.start + 1
        only_comma = "," in gap and not self._grammar.joined.search(gap)
        return self._grammar.listed.search(gap) is not None and not (introduces and only_comma)

    def _goes_on(self, gap: str, run: Run) -> bool:
        """Tell whether an enumeration goes on over these words."""
        if len(gap) > _FARTHEST or QUOTED in gap:
            return False
        if run.fresh:
            return not self._grammar.ends_reach.search(gap)
        return not self._ends_list(gap)

    def _ends_list(self, gap: str) -> bool:
        grammar = self._grammar
        return (
            grammar.ends_list.search(grammar.beside.sub("", grammar.online.sub("", grammar.in_person.sub("", gap))))
            is not None
        )

    def _of_event(self) -> bool:
        return self._grammar.event.search(self._text, self._span.start, self._span.end) is not None

    def _back(self, at: int, heard: Heard) -> list[Part]:
        """Return what a verb says of the names before it."""
        group = self._subjects(at, heard)
        cue = heard.cue
        if not group or (cue.subject and self._is_event_itself(group[-1].end, heard)):
            return []
        clause_end = self._clause_end(heard)
        modality = of_words(self._grammar, self._text[group[-1].end : clause_end])
        words = Span(heard.start, end_of_words(self._grammar, self._text, Span(heard.end, clause_end)))
        role, reason = (cue.subject, _REASONS[cue.subject]) if cue.subject else (cue.role, cue.reason)
        weight = IN_EVENT if 70 <= cue.weight < IN_EVENT and self._of_event() else cue.weight
        return [Part(each, role, weight, reason, words, modality) for each in group]

    def _is_event_itself(self, left: int, heard: Heard) -> bool:
        """Tell whether an event does it, “a workshop of A brought together B”; what trains people is somebody."""
        if self._text.startswith("train", heard.start):
            left = max(left, self._text.rfind(",", left, heard.start))
        return self._grammar.event.search(self._text, left, heard.start) is not None

    def _subjects(self, at: int, heard: Heard) -> list[Named]:
        """Return the enumeration that a verb belongs to, over what is put in between commas."""
        right = heard.start
        for broken in self._breaks_before(at):
            if broken is None:
                group = self._run_before(self._span.start, right, heard)
                introduced = self._grammar.introduced.match(self._text, self._span.start, right) is not None
                return self._last_list(group) if introduced else group
            if broken.start >= right:
                continue
            if self._is_put_in(broken, right):
                right = self._opening(at, broken)
                continue
            group = self._run_before(broken.end, right, heard)
            if broken.cue.reach is Reach.AFTER or self._governs(broken):
                last = self._last_list(group, strict=True)
                if last or not self._reaches_over(broken):
                    return last
                right = broken.start
            elif not group and self._shares_subject(broken, right):
                right = broken.start
            else:
                return group
        return []

    def _shares_subject(self, broken: Heard, right: int) -> bool:
        """Tell whether a verb goes on from the one before it: “A visited the port and organized a workshop”."""
        if broken.cue.reach is not Reach.BEFORE or not broken.cue.role or right - broken.end > _FARTHEST:
            return False
        return not self._grammar.new_subject.search(self._text, broken.end, right)

    def _is_put_in(self, broken: Heard, right: int) -> bool:
        """Tell whether what a cue begins ends with a comma or bracket before the verb: “A, funded by B, held”."""
        beside = broken.cue.reason == "works on it with others" and _OPENED.search(
            self._text, self._span.start, broken.start
        )
        closed = beside or _CLOSED.search(self._text, broken.end, right) is not None
        return bool(closed) and any(each.end <= broken.start for each in self._named)

    def _opening(self, at: int, broken: Heard) -> int:
        """Return where the words put in begin: at the nearest cue behind a comma or bracket."""
        for each in self._breaks_before(at):
            if each is None or each.start > broken.start:
                continue
            if self._text[self._span.start : each.start].rstrip().endswith((",", "(")):
                return each.start
        return broken.start

    def _governs(self, broken: Heard) -> bool:
        """Tell whether a cue that stops needs a name behind it: “funded by”, “according to”."""
        return broken.cue.reach is Reach.STOP and self._text[broken.start : broken.end].endswith(_GOVERNING)

    def _breaks_before(self, at: int) -> list[Heard | None]:
        """Return the cues before a verb that end its subject, the nearest first, and the beginning of the sentence."""
        near = [each for each in self._heard[max(0, at - 12) : at] if each.cue.reach in _BREAKS]
        return [*reversed(near[-3:]), None]

    def _reaches_over(self, broken: Heard) -> bool:
        """Tell whether what a cue speaks of stands between a subject and its verb, as in Chinese: 为…举办."""
        if self._grammar.adverbial.match(self._text, broken.start):
            return True
        before = [each for each in self._named if each.end <= broken.start]
        return (
            bool(before) and broken.cue.role == "co-organizer" and len(self._text[before[-1].end : broken.start]) <= 40
        )

    def _run_before(self, left: int, right: int, heard: Heard) -> list[Named]:
        """Return the enumeration that ends at `right`, not before `left`; venues are passed over."""
        run: list[Named] = []
        edge = right
        for each in reversed(self._named):
            if each.start >= right or (self._is_held(heard.cue) and self._is_venue(each)):
                continue
            if each.start < left:
                break
            gap = self._text[each.end : edge]
            if len(gap) > _FARTHEST or QUOTED in gap or (not run and self._grammar.new_subject.search(gap)):
                break
            if run and self._grammar.narrowed.search(gap):
                break
            if run and self._grammar.parent.match(gap):
                run[-1] = each
            elif run and (
                not self._grammar.listed.search(gap) or self._ends_list(gap) or self._grammar.apart.search(gap)
            ):
                break
            else:
                run.append(each)
            edge = each.start
        return run[::-1]

    def _is_held(self, cue: Cue) -> bool:
        """Tell whether what is done is done somewhere; what is said or supported is not: “a director at A said”."""
        return cue.role != "supporter" and cue.reach is not Reach.SAID

    def _is_venue(self, named: Named) -> bool:
        before = self._text[max(self._span.start, named.start - 60) : named.start]
        return self._grammar.venue.search(before) is not None

    def _last_list(self, group: list[Named], *, strict: bool = False) -> list[Named]:
        """Return the second of two enumerations that stand behind each other: “A and B, C” is C.

        Where there is no such place, all of them, or none if `strict`.
        """
        gaps = [self._text[one.end : two.start] for one, two in pairwise(group)]
        joined = [self._grammar.joined.search(gap) is not None for gap in gaps]
        plain = [at for at, gap in enumerate(gaps) if "," in gap and not joined[at] and not _TOGETHER.search(gap)]
        for at in reversed(plain):
            if any(joined[:at]):
                return group[at + 1 :]
        if plain:
            return group[(plain[0] if any(joined) else plain[-1]) + 1 :]
        first = group[0].start if group else self._span.start
        if strict and not re.search(
            r"[,;]\s*(?:with\s+|and\s+)?(?:the\s+)?$", self._text[max(self._span.start, first - 16) : first]
        ):
            return []
        return group

    def _speaker(self, at: int, heard: Heard) -> list[Part]:
        """Return the organisation whose man or woman says something."""
        words = Span(heard.start, heard.end)
        cue = heard.cue
        before = self._text[max(self._span.start, heard.start - 4) : heard.start].rstrip(' ,"”')
        if before.endswith(QUOTED) or (not before and heard.start == self._span.start):
            behind = [each for each in self._named if 0 <= each.start - heard.end < _FARTHEST]
            stretch = self._text[heard.end : heard.end + 2 * _FARTHEST]
            if not behind or not self._grammar.titled.search(stretch):
                return []
            return [Part(behind[0], cue.role, cue.weight, cue.reason, words)]
        group = self._subjects(at, heard)
        if not group:
            return []
        gaps = [self._text[one.end : two.start] for one, two in pairwise(group)]
        named = group[0] if all(_PLAIN_COMMA.fullmatch(gap) for gap in gaps) else group[-1]
        stretch = self._text[max(self._span.start, named.start - 60) : heard.start]
        titled = self._grammar.titled.search(stretch) is not None
        role = "speaker" if _LECTURE.search(self._text, self._span.start, heard.start) else cue.role
        return [Part(named, role, cue.weight if titled else cue.weight // 2, cue.reason, words)]

    def _clause_end(self, heard: Heard) -> int:
        """Return where what is said with a verb ends: the next mark or name."""
        end = min(self._span.end, heard.end + 70)
        for at in range(heard.end, end):
            if self._text[at] in ",;。，；(（" or self._text[at] == "\ue000":
                return at
        return end

    def _modality_ahead(self, heard: Heard) -> str | None:
        """Return how those named behind a cue took part, as the words before them say."""
        left = max(self._span.start, heard.start - 30)
        for mark in ",;(":
            left = max(left, self._text.rfind(mark, left, heard.start) + 1)
        first = next((each.start for each in self._named if each.start >= heard.end), heard.end)
        return of_words(self._grammar, self._text[left : min(first, heard.end + 60)])

    def _trailing(self, named: Named) -> str | None:
        """Return what stands right behind a name: “A and B in person, C online”."""
        for pattern, modality in ((self._grammar.in_person, "in-person"), (self._grammar.online, "online")):
            match = pattern.search(self._text, named.end, min(self._span.end, named.end + 45))
            if (
                match
                and _BESIDE.fullmatch(self._text, named.end, match.start())
                and not _AHEAD.match(self._text, match.end())
            ):
                return modality
        return None

    def _trailed(self, found: dict[int, Part]) -> dict[int, Part]:
        """Give what stands behind the last of an enumeration to those before it."""
        behind: Part | None = None
        for start in sorted(found, reverse=True):
            part = found[start]
            trailing = self._trailing(part.named)
            if trailing:
                behind = replace(part, modality=trailing)
            elif behind and behind.words == part.words:
                found[start] = replace(part, modality=behind.modality)
            else:
                behind = None
        return found
