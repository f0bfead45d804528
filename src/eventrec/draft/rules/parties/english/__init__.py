"""How an English sentence says what an organisation has to do with the event.

“IOM hosts a workshop” says who holds it: an organizer. Only “hosted by” tells the host from the organizer.
"""

from __future__ import annotations

import re
from typing import Final

from eventrec.draft.rules.parties.cues import Cues, Grammar
from eventrec.draft.rules.parties.english import behind, taking_part
from eventrec.draft.rules.parties.english.words import EVENT, PEOPLE, TITLE
from eventrec.patterns import late

__all__ = ["EVENT", "GRAMMAR", "PEOPLE"]

GRAMMAR: Final = Grammar(
    cues=Cues(
        (*behind.CUES, *taking_part.CUES),
        r"\b(?<!\bnon-)(?<!\bnot )(?<!\bnever )(?<!\bunable to )(?<!\bdeclined to )(?<!\brefused to )(?<!\bfailed to )",
        re.IGNORECASE,
    ),
    event=late(rf"\b{EVENT}\b|\bparticipants\b|\btrained\b", re.IGNORECASE),
    listed=late(r"[,;&:/\n•(]|\b(?:and|alongside|with|or|plus|as\s+well\s+as)\b", re.IGNORECASE),
    ends_list=late(
        r"(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<!Prof)\.\s|\b(?:in|on|at|for|during|about|against|into|towards?|regarding|"
        r"through|under|upon|over|is|are|was|were|has|"
        rf"have|will|would|can|could|by|to|this|it|they|{EVENT})\b",
        re.IGNORECASE,
    ),
    ends_reach=late(
        r"\b(?:at|on(?!.{1,80}\bfrom\s+(?:the\s+)?$)|during|about|through|under|against)\b|;", re.IGNORECASE
    ),
    apart=late(r",\s+(?:and\s+)?with\b|;"),
    beside=late(r"\b(?:in|of|to|for|at|on)\s+(?:the\s+)?(?:[A-Z][\w'-]+(?:\s+(?=[A-Z])|\b)){1,4}"),
    parent=late(
        r"(?:\s*'s|\s*,?\s*(?:of|under|within|in|from|for|at))\s+(?:the\s+)?(?:[\w'-]+\s+){0,4}$|\s*'s\s*$",
        re.IGNORECASE,
    ),
    joined=late(r"\band\b|&|\bas\s+well\s+as\b", re.IGNORECASE),
    introduced=late(
        r"\W*(?:[^–—-]{1,60}\s[–—-]{1,2}\s+)?(?:in|on|at|with|under|during|following|after|as|building|based|through|since|by|for|to|upon|within|"
        r"alongside|"
        r"together|[a-z]+ing|thanks|organi[sz]ed|funded|supported)\b",
        re.IGNORECASE,
    ),
    narrowed=late(r"\b(?:in\s+particular|particularly|especially|notably|namely)\b", re.IGNORECASE),
    new_subject=late(
        rf";\s|\b(?:the|this|a|an|its)\s+(?:[\w-]+\s+){{0,3}}?{EVENT}\s+(?:also\s+|will\s+|has\s+)*$"
        rf"|,\s+(?:(?:some|about|around|over|nearly|more\s+than)\s+)?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|"
        rf"eleven|twelve|\w+teen|twenty|thirty|forty|fifty)\s+(?:[\w-]+\s+){{0,4}}?{PEOPLE}\s+(?:also\s+|have\s+|had\s+)*$",
        re.IGNORECASE,
    ),
    venue=late(
        r"\bat\s+(?:the\s+)?(?:(?:headquarters|premises|offices?|campus|facilities|main\s+building|centre|center)"
        r"\s+of\s+)?(?:the\s+)?$",
        re.IGNORECASE,
    ),
    pays=late(
        r"-(?:co-?)?(?:funded|financed|sponsored|supported|backed|assisted)\b|(?:'s)?[-\s](?:(?:funded|financed|sponsored)\b|(?:(?!(?:with|from|and|by|through|in|of|for|under|to)\b)\w+\s+){0,3}?"
        r"(?:fund|funding)\b)",
        re.IGNORECASE,
    ),
    once=late(
        r"\b(?:(?:former(?:ly)?|ex|retired|previous(?:ly)?|once)[-\s]+(?:an?\s+)?(?:[\w-]+\s+){1,4}?(?:of|to|at|for|in|with|from)|"
        r"formerly\s+(?:of|at|with)|retired\s+from|alumn\w+\s+of|graduates?\s+of)\s+(?:the\s+)?$",
        re.IGNORECASE,
    ),
    once_behind=late(r"(?!)"),
    titled=late(rf"\b(?:{TITLE}|{PEOPLE})\b", re.IGNORECASE),
    reported=late(
        r"(?:said|says|stated|noted|explained|added|stressed|emphasi[sz]ed|highlighted|underlined|reiterated|affirmed)\s+that\b",
        re.IGNORECASE,
    ),
    other_time=late(
        r"\b(?:last|previous|past|next|earlier|coming)\s+(?:year|month|week|quarter|decade|edition|round|activit|"
        rf"{EVENT})|"
        r"\bsince\s+(?:19|20)\d\d|\bearlier\s+this\b|\b(?:each|every)\s+year|"
        r"\bannually\b"
        r"|\bso\s+far\b|\bto\s+date\b|\bupcoming\b|\bpreviously\b|\bin\s+the\s+(?:past|coming|future|"
        r"near\s+future)\b|\bover\s+"
        r"the\s+(?:past|last|years)\b|\b(?:established|founded)\s+in\b|\bfollow-up\s+(?:workshop|training)",
        re.IGNORECASE,
    ),
    adverbial=late(r"(?!)"),
    in_person=late(
        r"\bin[- ]person\b|\bface[- ]to[- ]face\b|\bphysical(?:ly)?\b|\bon-?\s?site\b(?!\s+visit)|\bin\s+the\s+room\b",
        re.IGNORECASE,
    ),
    online=late(
        r"\bonline\b|\bvirtual(?:ly)?\b|\bremote(?:ly)?\b|\b(?:via|by|through|over|using)\s+(?:\w+\s+)?(?:video|zoom|"
        r"teams|"
        r"webex|skype|tele)|\bvideo-?\s?(?:conferenc|link)|\bdialled\s+in\b",
        re.IGNORECASE,
    ),
)
