"""English words for events, for people and for their titles, as patterns."""

from __future__ import annotations

from typing import Final

EVENT: Final = (
    r"(?:work-?shops?|trainings?|seminars?|conferences?|meetings?|events?|courses?|sessions?|webinars?|symposi(?:um|a)|"
    r"forums?|study (?:visits?|tours?)|dialogues?|consultations?|round-?\s?tables?|exchanges?|lectures?|summits?|"
    r"exercises?|briefings?|congress|retreats?|launch|ceremon(?:y|ies)|simulations?|programmes?|programs?|"
    r"activit(?:y|ies)|"
    r"discussions?|camps?|bootcamps?|hackathons?|classes|class|modules?|celebrations?|missions?|visits?|drills?|talks?|"
    r"orientations?|campaigns?|receptions?|training-of-trainers|ToTs?|curriculum|schools?|table-?\s?top)"
)
PEOPLE: Final = (
    r"(?:officials?|representatives?|delegates?|officers?|experts?|participants?|staff(?: members)?|members|"
    r"specialists?|"
    r"practitioners|prosecutors?|judges?|magistrates?|investigators?|inspectors?|examiners?|academics?|scholars?|"
    r"students?|trainees?|teachers|trainers?|facilitators?|instructors?|speakers?|panell?ists|colleagues|counterparts?|"
    r"stakeholders|delegations?|teams?|personnel|guards|analysts|journalists|researchers?|diplomats?|leaders?|managers|"
    r"professionals|employees|attendees|learners|cadets|lawyers?|policy-?makers|decision-?makers|guests|actors|"
    r"partners|"
    r"interpreters|consultants?|technicians?|detectives|policemen|agents|volunteers|interns|advis[eo]rs|executives|"
    r"people|"
    r"persons|men and women|graduates|professors?|lecturers?|responders|workers|youth|migrants|units|focal points|"
    r"administrators|liaisons?|attach[eé]s?|commanders|directors|heads|chiefs|secretaries|ambassadors|ministers)"
)
TITLE: Final = (
    r"(?:director(?:[ -]general)?|head|chief(?: of mission)?|ambassador|minister|representative|president|"
    r"chair(?:man|person|"
    r"woman)?|commissioner|secretary(?:[ -]general)?|coordinator|manager|officer|professor|dean|major|colonel|captain|"
    r"general|inspector|superintendent|commander|adviser|advisor|counsell?or|attach[eé]|spokes(?:man|woman|person)|"
    r"specialist|expert|governor|mayor|rector|deputy|vice[ -]\w+|mr|ms|mrs|dr|prof|lead|team leader|consul|envoy|"
    r"prosecutor|judge|lecturer|researcher|fellow|consultant|secretary|undersecretary|lieutenant)"
)

SOME_EVENT: Final = (
    r"(?:work-?shop|training|seminar|conference|meeting|event|course|session|webinar|forum|dialogue|consultation|"
    r"round-?\s?table|programme|program|lecture|exercise|symposium|summit|briefing|launch|study|visit|class)s?"
)
"""The commonest words for an event, for places where a pattern looks ahead."""

SOME_PEOPLE: Final = (
    r"\b(?:officials|officers|representatives|delegates|experts|participants|staff|members|specialists|stakeholders|people|"
    r"guests|partners|[a-z]{4,}(?:ers|ors|ists|ians|ees|eries)|[a-z]{4,}s\s+(?:from|of))\b"
)
"""The commonest words for people, and what looks like one, for places where a pattern looks ahead."""
