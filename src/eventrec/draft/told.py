"""What a proposal leaves to a person, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.proposal import Draft, Proposal


def tells_of_an_event(proposal: Proposal) -> bool:
    """Tell whether anything of an event was read: what it is called, and either what it was or when."""
    return any(draft.title and (draft.kind or draft.starts_on or draft.partial_date) for draft in proposal.events)


def open_questions(proposal: Proposal) -> list[str]:
    """Return what is uncertain, missing, said differently in the two languages, or lacks the code to be added by."""
    several = len(proposal.events) > 1
    asked = [
        f"Event {number}: {question}" if several else question
        for number, draft in enumerate(proposal.events, 1)
        for question in _of(draft)
    ]
    return asked + [f"By which code is project “{name}” to be called?" for name in _projects_without_code(proposal)]


def unknown_names(proposal: Proposal) -> list[str]:
    """Return the agencies that the book does not know, each once; groups are no agencies."""
    return list(
        dict.fromkeys(
            party.code or next(iter(party.name.values()), "")
            for draft in proposal.events
            for party in draft.agencies
            if party.known is None and not party.group
        )
    )


def _projects_without_code(proposal: Proposal) -> list[str]:
    """Return the new projects that cannot be added, since the release gives them no acronym to be called by."""
    return list(
        dict.fromkeys(
            next(iter(draft.project.name.values()), "")
            for draft in proposal.events
            if draft.project and draft.project.known is None and draft.project.code is None
        )
    )


def _of(draft: Draft) -> Iterator[str]:
    yield from draft.uncertain.values()
    yield from draft.missing.values()
    yield from draft.disagreements
