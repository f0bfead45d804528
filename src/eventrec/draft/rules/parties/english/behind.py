"""Who pays, holds, supports, teaches, chairs and speaks, in English."""

from __future__ import annotations

from typing import Final

from eventrec.draft.rules.parties.cues import ORGANISATION, Cue, Reach
from eventrec.draft.rules.parties.english import holds
from eventrec.draft.rules.parties.english.words import EVENT

_O: Final = ORGANISATION
_BY: Final = (
    r"(?:\s+(?:jointly|together|also|in \w+|on behalf))?"
    r"(?:\s+(?:online|virtually|today|yesterday|(?-i:in|on|at|from|to|the|[A-Z][\w'’-]*|\d[\d–-]*),?)){0,9}?\s+by\b"
)
"""Behind a participle: who does it, maybe after the place and the day."""

_SUPPORT: Final = r"(?:support|assistance|help|facilitation|backing)"

CUES: Final = (
    # Money alone makes no party.
    Cue(
        "pays",
        rf"(?:co-?)?(?:funded|financed|sponsored|bankrolled)\s+(?:[a-z]+ly\s+)?(?:by|through|from|under|with)\b"
        rf"|(?:with\s+(?:the\s+)?)?(?:generous\s+|financial\s+|kind\s+|additional\s+|"
        rf"full\s+)*(?:co-?)?(?:funding|funds|financing|financial\s+{_SUPPORT}"
        rf"|financial\s+contributions?|sponsorship)(?:\s+and\s+[a-z]+)?\s+(?:is\s+|was\s+|were\s+|generously\s+|"
        rf"kindly\s+)*"
        rf"(?:from|of|by|through|provided|given)\b(?:\s+by\b)?|{_SUPPORT}\s+and\s+funding\s+(?:from|of|by)\b"
        rf"|(?:made\s+)?possible\s+(?:by|through|thanks\s+to|with)\b|financially\s+supported\s+by\b"
        rf"|supported\s+financially\s+by\b|generous\s+(?:{_SUPPORT}|contributions?)\s+(?:of|from|by)\b"
        rf"|donated\s+by\b|grants?\s+(?:from|of|by)\b|paid\s+(?:for\s+)?by\b",
        Reach.STOP,
    ),
    # Organizers.
    Cue("jointly organizes it", r"in\s+partnership\s+between\b", Reach.AFTER, "organizer", 85),
    Cue(
        "jointly organizes it",
        r"an?\s+(?:joint\s+)?(?:collaboration|initiative|effort|partnership|undertaking|venture|co-?operation)\s+"
        r"(?:between|of|by)\b",
        Reach.AFTER,
        "organizer",
        82,
        holds.behind_event,
    ),
    Cue(
        "organizes it",
        rf"(?<=-)(?:led|organi[sz]ed|hosted|run|convened)\s+(?:[\w-]+\s+){{0,4}}?{EVENT}\b",
        Reach.BEFORE,
        "organizer",
        84,
    ),
    Cue(
        "implements the project",
        rf"(?<=-)implemented\s+(?:[\w-]+\s+){{0,6}}?(?:\([A-Z]+\)\s+)?(?:project|initiative|action|{EVENT})\b",
        Reach.BEFORE,
        "co-organizer",
        80,
    ),
    Cue(
        "is named as its co-organizer",
        rf"co-?\s?(?:organi[sz]ed|hosted|convened|sponsored){_BY}|co-?organi[sz]ers?(?:\s+(?:is|are|were|was|"
        rf"include[ds]?)|:)",
        Reach.AFTER,
        "co-organizer",
        90,
    ),
    Cue("hosts it", r"at\s+the\s+(?:kind\s+)?invitation\s+of\b", Reach.AFTER, "host", 84),
    Cue(
        "works on it with others",
        r"(?:partner(?:ed|s|ing)|team(?:ed|s|ing)\s+up|join(?:ed|s|ing)\s+(?:forces|hands)|collaborat(?:ed|es|ing)|"
        r"cooperat(?:ed|es|ing))\s+with\b",
        Reach.AFTER,
        "co-organizer",
        82,
        holds.of_event_ahead,
        subject="organizer",
    ),
    Cue("hosts it", rf"hosted{_BY}|host(?:\s+institution|\s+agency)?:", Reach.AFTER, "host", 90),
    Cue(
        "organizes it",
        rf"(?:organi[sz]ed|held|convened|arranged|launched|run|initiated|spearheaded|"
        rf"put\s+together){_BY}"
        r"|organi[sz](?:ers?|ing\s+(?:institutions?|agenc(?:y|ies)))(?:\s+(?:is|are|were|was|include[ds]?)|:)"
        r"|jointly\s+by\b|(?:initiative|event|workshop|seminar|conference|(?:training|course)(?=\s+by))\s+(?:by|"
        r"of)\s+(?:the\s+)?(?=" + _O + ")",
        Reach.AFTER,
        "organizer",
        90,
    ),
    Cue("coordinates it", rf"coordinated{_BY}", Reach.AFTER, "organizer", 72),
    Cue("conducts it", rf"conducted{_BY}", Reach.AFTER, "organizer", 85),
    Cue("implements the project", rf"(?:implemented|carried\s+out|executed){_BY}", Reach.AFTER, "co-organizer", 80),
    Cue(
        "works on it with others",
        r"in\s+(?:[a-z-]+\s+(?:and\s+[a-z-]+\s+)?)?(?:co-?operation|collaboration|partnership|co-?ordination|"
        r"conjunction|"
        r"association|concert)(?:\s+and\s+[a-z-]+)?\s+with\b|jointly\s+with\b|in\s+tandem\s+with\b|"
        r"hand\s+in\s+hand\s+with\b"
        r"|(?:co-?operating|collaborating)\s+with\b"
        r"|(?:with|through|in)\s+(?:the\s+|a\s+)?(?:[a-z-]+\s+){0,2}?(?:co-?operation|collaboration|partnership|"
        r"co-?ordination)\s+(?:from|of|with)\b",
        Reach.AFTER,
        "co-organizer",
        87,
    ),
    Cue(
        "gives it its name",
        r"under\s+the\s+(?:auspices|patronage|umbrella)\s+of\b",
        Reach.AFTER,
        "co-organizer",
        60,
    ),
    Cue(
        "supports it",
        rf"(?:jointly\s+|also\s+|actively\s+)?(?:supported|backed|assisted|aided)\s+by\b|with\s+(?:the\s+)?(?:(?!financial|generous|"
        rf"funding)[a-z-]+\s+){{0,3}}?{_SUPPORT}\s+(?:of|from|by)\b"
        rf"|with\s+(?:the\s+)?(?:expertise|advice|guidance|expert\s+input|contributions?)\s+(?:of|from|by)\b"
        rf"|(?:technical|logistical|expert|organi[sz]ational)\s+{_SUPPORT}\s+(?:of|from|by|provided\s+by)\b",
        Reach.AFTER,
        "supporter",
        80,
    ),
    Cue("gives support", rf"(?:{_SUPPORT}|resources|equipment)\s+(?:was\s+|were\s+)?provided\s+by\b", Reach.STOP),
    Cue(
        "is where it is held",
        r"(?:held|hosted|convened|conducted|took\s+place|takes\s+place|tak(?:e|ing)\s+place|starts|started|began|"
        r"opened|organi[sz]ed)"
        r"(?:\s+(?!by\b|at\b|an?\b|the\b|its\b|their\b)[\w()/]+){0,4}?\s+at\s+(?:the\s+)?(?:(?:headquarters|"
        r"premises|offices?|campus|conference\s+hall)\s+of\s+)?"
        rf"(?:the\s+)?(?={_O})",
        Reach.AFTER,
        "host",
        60,
    ),
    # Those who teach, lead and speak.
    Cue(
        "facilitates it",
        rf"(?:co-?)?(?:facilitated|led|guided|mentored){_BY}",
        Reach.AFTER,
        "facilitator",
        85,
    ),
    Cue(
        "teaches at it",
        r"(?:was|were|been|being)\s+(?:trained|taught|coached|instructed|mentored)\s+by\b",
        Reach.AFTER,
        "trainer",
        86,
        subject="participant",
    ),
    Cue(
        "teaches at it",
        rf"(?:delivered|provided|taught|instructed|given|trained|coached|imparted){_BY}|(?:trainers?|"
        rf"instructors?|lecturers?)"
        r"\s+(?:from|of|were|are|included?)\b",
        Reach.AFTER,
        "trainer",
        84,
    ),
    Cue("chairs it", rf"(?:co-?)?(?:chaired|moderated){_BY}|presided\s+over\s+by\b", Reach.AFTER, "chair", 87),
    Cue(
        "speaks at it",
        r"welcomed\s+by\b|speaking\s+(?:at|during)\s+the\s+(?:[a-z]+\s+){1,3}?(?:were|was)\b|(?:speech(?:es)?|remarks|presentations?|lectures?|address(?:es)?|statements?|keynotes?|interventions?)\s+"
        r"(?:(?:was|were|also|delivered|given|made|presented)\s+)*(?:by|from)\b|(?:opened|inaugurated|addressed|"
        r"officiated|closed)"
        rf"{_BY}|speakers\s+(?:from|of|included?|were|came\s+from)\b|heard\s+from\b|panell?ists\s+(?:included?|were|came\s+from|come\s+from)\b",
        Reach.AFTER,
        "speaker",
        86,
    ),
    Cue(
        "speaks at it",
        r"(?:delivered|gave|made|offered|delivering|giving|gives|delivers|presented|"
        r"provided)\s+(?:[a-z'-]+\s+){0,4}?(?:"
        r"remarks|speech(?:es)?|address(?:es)?|presentations?|lectures?|keynotes?|statements?|talks?|overview)\b"
        r"|(?:officially\s+|formally\s+)?(?:opened|inaugurated|closed|opens)\s+the\b|addressed\s+the\b|"
        r"spoke\s+(?:at|on|about|of)\b"
        r"|welcom(?:ed|ing)\s+(?:the\s+|all\s+)?(?:participants|delegates|guests|attendees|trainees)\b",
        Reach.BEFORE,
        "speaker",
        86,
        holds.done_by_somebody,
    ),
    Cue(
        "chairs it",
        r"(?:co-?)?(?:chaired|chairs|moderated|moderates|presided\s+over)\b",
        Reach.BEFORE,
        "chair",
        86,
        holds.done_by_somebody,
    ),
    Cue(
        "facilitates it",
        r"(?:will\s+)?facilitat(?:ed|es?)\b|leads?\b|led\b",
        Reach.BEFORE,
        "facilitator",
        84,
        holds.acts,
    ),
)
