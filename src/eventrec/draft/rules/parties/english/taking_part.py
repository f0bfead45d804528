"""Who takes part, whose people speak or are spoken of, and what is background, in English."""

from __future__ import annotations

from typing import Final

from eventrec.draft.rules.parties.cues import ORGANISATION, Cue, Reach
from eventrec.draft.rules.parties.english import holds
from eventrec.draft.rules.parties.english.words import PEOPLE, SOME_EVENT, SOME_PEOPLE, TITLE

_O: Final = ORGANISATION
_OF: Final = (
    r"(?:\s+on(?:\s+[\w-]+){1,6}?(?=\s+from\b))?\s+(?:[a-z-]+\s+){0,2}?(?:from|of|representing|at|within|with|for|in)\s+"
    r"(?:(?:both|all|the|various|several)\s+)*"
)

CUES: Final = (
    # Participants.
    Cue(
        "sends a delegation to it",
        r"(?:delegations?|teams?|groups?|missions?)(?:\s+(?:\w+\s+){0,3}?|,\s+)(?:was\s+|were\s+)?(?:headed|"
        r"led)\s+by\b",
        Reach.AFTER,
        "participant",
        85,
    ),
    Cue(
        "takes part in it",
        r"(?:well[- ]|jointly\s+)?attended\s+(?:(?:in[- ]person|online|virtually|remotely|both)\s+)?by\b|"
        r"attendance\s+(?:of|by|from)\b|"
        r"(?:in[- ]person\s+|online\s+|virtual\s+|physical\s+|remote\s+|active\s+|full\s+)*(?:participation|"
        r"involvement|"
        r"presence)\s+(?:of|from|by)\b|joined\s+(?:(?:in[- ]person|online|virtually|remotely)\s+)?by\b"
        r"|represented\s+(?:at\s+the\s+\w+\s+)?(?:by|were|are)\b|(?:participants|attendees|audience|delegates|"
        r"delegations|trainees|guests)\s+(?:(?:at|of|to|in|during)\s+(?:the\s+)?(?:[\w-]+\s+){1,4}?)?(?:(?:were|was|are|also|mainly|mostly)\s+)*(?:included?|including|"
        r"came\s+from|come\s+from|"
        r"comprised?|represented|drawn\s+from|hail(?:ed)?\s+from|(?<=were\s)from|(?<=are\s)from)\b|(?:taking\s+part|participating|present|"
        r"in\s+attendance|"
        r"attending)(?:\s+(?:in|at)\s+the\s+(?:[a-z-]+\s+){1,3}?)?\s*(?:were|are|was|is|will\s+be)\b|present\s*:"
        r"|(?:came|come|coming|drawn)\s+from\s+(?:[a-z]+\s+){0,3}?(?:backgrounds|sectors|institutions|agencies|"
        r"organi[sz]ations|bodies|entities|departments|ministries|services),?\s+(?:including|such\s+as|namely)\b"
        r"|following\s+(?:[a-z]+\s+){1,3}?(?:attended|participated|took\s+part|were\s+(?:present|represented))[^.:;]{0,40}:"
        r"|participating\s+(?:agencies|institutions|organi[sz]ations|countries)(?:\s+(?:were|are|included?)|:)"
        r"|(?:online|in[- ]person|virtually|remotely)\s+by\b|drawn\s+from\b|beneficiaries\s+(?:were|are|"
        r"included?|from)\b",
        Reach.AFTER,
        "participant",
        88,
    ),
    Cue(
        "is brought together by it",
        r"(?:has\s+|have\s+)?(?:br(?:ought|ings?|inging)|g(?:athered|athers|athering))\s+together\b|gather(?:ed|"
        rf"s|ing)\b(?=[^.;:]{{0,80}}?{SOME_PEOPLE})|(?:welcomed|featur(?:ed|es|ing)|assembl(?:ed|es|ing)|train(?:ed|s)|uniting|involv(?:ed|es|ing)|"
        rf"engag(?:ed|es|ing)|"
        rf"target(?:s|ed|ing)?|conven(?:ed|es|ing))\b(?=\s[^.;:]{{0,90}}?(?:{SOME_PEOPLE}|"
        rf"{_O}))(?!\s[^.;:]{{0,25}}?\b{SOME_EVENT}\b)",
        Reach.AFTER,
        "participant",
        85,
        subject="organizer",
    ),
    Cue(
        "takes part in it",
        r"attend(?:ed|s|ing)?\b|(?:took|takes?|taking|taken)\s+part\b|participat(?:ed|es?|ing)\b|join(?:ed|s|"
        r"ing)\b(?!\s+(?:forces|"
        r"hands|by))|(?:was|were|are|is)\s+(?:also\s+)?(?:present|represented|in\s+attendance|"
        r"among\s+the\s+participants|"
        r"invited)\b|(?:was|were)\s+(?:also\s+)?trained\b(?!\s+by)|(?:received|underwent|undergo|complet(?:ed|"
        r"es)|graduated\s+from)\b"
        rf"(?=[^.;:]{{0,60}}?\b{SOME_EVENT}\b(?!\s+(?:of\s+trainers\s+)?for\b))|dialled\s+in\b|connected\s+(?:online|"
        rf"remotely|via)\b",
        Reach.BEFORE,
        "participant",
        87,
    ),
    Cue(
        "is visited",
        rf"(?:site\s+|field\s+|study\s+|working\s+|official\s+)?(?:visit(?:s|ed|ing)?|tour(?:s|ed)?|"
        rf"trips?)\s+(?:to\s+)?(?:the\s+)?"
        rf"(?=(?:[a-z]+\s+){{0,5}}?{_O})",
        Reach.AFTER,
        "host",
        60,
        subject="participant",
    ),
    Cue(
        "sends people to it",
        rf"sen(?:t|ds?)\s+(?:(?:[\w-]+\s+){{1,4}}?to\b|(?:[\w-]+\s+){{1,3}}?{SOME_PEOPLE})",
        Reach.BEFORE,
        "participant",
        84,
    ),
    Cue("is trained", rf"training\s+of\s+(?:the\s+)?(?={_O})", Reach.AFTER, "participant", 82),
    Cue(
        "teaches at it",
        r"provid(?:ed|es|ing)\s+(?:[\w-]+\s+){0,3}?(?:trainers|instructors|lecturers|facilitators)\b",
        Reach.BEFORE,
        "trainer",
        85,
        holds.done_by_somebody,
    ),
    Cue(
        "receives those who come",
        r"(?:received|welcomed|hosted)\s+(?:the|a)\s+(?:[\w-]+\s+){0,3}?(?:delegation|visitors|visiting\s+\w+)\b",
        Reach.BEFORE,
        "host",
        85,
        holds.done_by_somebody,
    ),
    Cue(
        "teaches at it",
        r"(?:experts?|trainers?|specialists|instructors|lecturers)\s+(?:also\s+)?(?:delivered|provided|gave|taught|trained|ran)\b",
        Reach.BEFORE,
        "trainer",
        85,
    ),
    Cue(
        "shares something at it",
        r"shar(?:ed|es|ing)\s+(?:[a-z]+\s+){0,2}?(?:views|experiences?|insights|perspectives|lessons|"
        r"good\s+practices|best\s+practices|knowledge|expertise)\b",
        Reach.BEFORE,
        "participant",
        84,
        holds.done_by_somebody,
    ),
    Cue(
        "meets others at it",
        r"(?:met|exchanged|discussed|discuss|explored|deliberated|shared|presented|showcased|engaged|gathered|"
        r"reviewed|outlined|introduced|briefed|travell?ed|paid\s+a\s+visit|visit(?:ed|s)|toured)\b",
        Reach.BEFORE,
        "participant",
        70,
        holds.done_by_somebody,
    ),
    Cue(
        "organizes it",
        r"(?:held|holds?|holding|(?:co-?)?organi[sz](?:ed|es?|ing)|(?:co-?)?host(?:ed|s|ing)?|conduct(?:ed|s|ing)?|"
        r"conven(?:ed|es?|ing)|launch(?:ed|es|ing)?|kick(?:ed|s)?[- ]off|deliver(?:ed|s|ing)?|train(?:s|ed)|ran|"
        r"runs|"
        r"staged|arrang(?:ed|es|ing)|complet(?:ed|es|ing)|conclud(?:ed|es|ing)|wrap(?:ped|s)\s+up|(?:began|begins|begun|"
        r"start(?:ed|s)|"
        r"initiat(?:ed|es)|carr(?:ied|ies)\s+out|provid(?:ed|es|ing)|offer(?:ed|s|ing)|equip(?:ped|s)|"
        r"coordinat(?:ed|es)|rolled\s+out|rolls\s+out|mark(?:ed|s)|celebrat(?:ed|es)|undertook|"
        r"open(?:ed|s)))\b",
        Reach.BEFORE,
        "organizer",
        87,
        holds.acts,
    ),
    Cue(
        "implements the project",
        r"implement(?:ed|s|ing)\b",
        Reach.BEFORE,
        "co-organizer",
        80,
        holds.acts,
    ),
    Cue("supports it", r"support(?:ed|s)?\b", Reach.BEFORE, "supporter", 80, holds.acts),
    Cue(
        "is thanked for holding it",
        r"for\s+(?:[a-z]+ly\s+)?(?:hosting|organi[sz]ing|arranging|co-?organi[sz]ing|convening)\b|for\s+(?:its|"
        r"their|the)\s+"
        r"(?:[a-z-]+\s+){0,3}?(?:arrangements?|hospitality|organi[sz]ation)\b",
        Reach.BEFORE,
        "organizer",
        82,
    ),
    # People of an organisation.
    Cue(
        "sends a delegation to it",
        rf"(?:delegations?|study\s+(?:groups?|teams?))\s+(?:from|of)\s+(?:both\s+)?(?:the\s+)?(?={_O})",
        Reach.LABEL,
        "participant",
        83,
    ),
    Cue(
        "sends people to it",
        rf"{PEOPLE}{_OF}(?=[^.;:]{{0,60}}?{_O})",
        Reach.LABEL,
        "participant",
        70,
    ),
    Cue(
        "has somebody named with a title",
        rf"{TITLE},?(?:\s+(?:[a-z-]+\s+){{0,4}}?(?:of|at|from|for|to|in|with)\s+|\s*,\s*)(?:the\s+)?(?={_O})",
        Reach.LABEL,
        "participant",
        45,
    ),
    Cue(
        "is what the event is for",
        rf"(?:for|to)\s+(?:the\s+|its\s+|\d+\s+)?(?={_O})",
        Reach.AFTER,
        "participant",
        80,
        holds.behind_event,
    ),
    Cue(
        "is what the event is held with",
        rf"with\s+(?:the\s+)?(?={_O})",
        Reach.AFTER,
        "co-organizer",
        80,
        holds.right_behind_event,
    ),
    Cue(
        "has somebody who speaks of it",
        r"(?:said|says|noted|stressed|emphasi[sz]ed|highlighted|added|explained|underlined|underscored|remarked|"
        r"stated|commented|"
        r"expressed|thanked|reiterated|pointed\s+out|affirmed|reaffirmed|acknowledged|appreciated|reflected|"
        r"observed|recalled|"
        r"praised|commended|welcomed|encouraged|urged|concluded|congratulated)\b",
        Reach.SAID,
        "participant",
        80,
    ),
    Cue(
        "is among those at it",
        rf"(?:including|among\s+(?:them|others)|comprising)\s+(?:(?:those\s+)?(?:from|"
        rf"of)\s+(?=[^.;]{{0,60}}?{_O})|(?=(?:the\s+|\w+'s\s+)?{_O}))",
        Reach.AMONG,
        "participant",
        85,
    ),
    Cue("goes on", r"(?:together|along)\s+with\b|alongside\b|as\s+well\s+as\b", Reach.WITH),
    # What follows is about something else.
    Cue(
        "is told of otherwise",
        r"(?:with)?in\s+the\s+(?:framework|context|margins|field|area)\s+of\b|under\s+the\b|as\s+part\s+of\b|"
        r"part\s+of\b|in\s+line\s+with\b|"
        r"in\s+accordance\s+with\b|pursuant\s+to\b|based\s+on\b|according\s+to\b|on\s+the\s+sidelines\s+of\b|"
        r"between\b|which\b|who\b|whose\b|"
        r"whom\b|that\b|where\b|while\b|whereas\b|when\b|because\b|since\b|such\s+as\b|aim(?:s|ed|ing)?\s+(?:to|"
        r"at)\b|"
        r"(?:is|are|was|were)\s+(?:an?|the|one|part)\b|in\s+order\s+to\b|following\b|led\s+by\b|established\s+by\b|"
        r"[a-z]{3,}ed\s+by\b|"
        r"(?:published|issued|adopted|signed|developed|drafted|ratified)\s+by\b|regarding\b|concerning\b|"
        r"to\s+(?!the\b|an?\b|its\b|their\b|our\b|his\b|her\b|this\b|these\b|all\b|some\b|around\b|about\b|"
        r"over\b|more\b|"
        r"approximately\b|attend\b|participate\b|join\b|take\s+part\b|organi[sz]e\b|hold\b|host\b|convene\b|\d)[a-z]{3,}\b(?=\s)",
        Reach.STOP,
    ),
)
