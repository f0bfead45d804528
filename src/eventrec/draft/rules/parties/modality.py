"""How an organisation's people took part: in the room or online, as words beside their names say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eventrec.draft.evidence import Span
    from eventrec.draft.rules.parties.cues import Grammar


def of_words(grammar: Grammar, words: str) -> str | None:
    """Return "in-person" or "online" if these words say one of them, and only one."""
    in_person = grammar.in_person.search(words) is not None
    online = grammar.online.search(words) is not None
    if in_person == online:
        return None
    return "in-person" if in_person else "online"


def end_of_words(grammar: Grammar, text: str, span: Span) -> int:
    """Return where the words end that say in which way, or where the stretch begins if it says nothing."""
    for pattern in (grammar.in_person, grammar.online):
        match = pattern.search(text, span.start, span.end)
        if match:
            return match.end()
    return span.start
