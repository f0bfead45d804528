"""What `eventrec export invitation` writes into its folder, and what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eventrec.cli.disclosing import disclosing
from eventrec.cli.export.writing import writing
from eventrec.cli.telling import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from eventrec.cli.context import App
    from eventrec.exports.invitation import Invitation, Invitations
    from eventrec.views.references import Reference


def write_invitations(app: App, event: str, folder: Path, options: Mapping[str, Any]) -> None:
    """Write a calendar file and a message for each recipient; files that hold the same already stay untouched."""
    from eventrec.exports.invitation import InvitationWish, invitations
    from eventrec.text.emails import read_email

    found, *contacts = _found(app, event, options["to"] or ())
    wish = InvitationWish(
        contacts=tuple(contact.id for contact in contacts),
        organizer=read_email(options["organizer"]) if options["organizer"] else "",
        languages=options["lang"],
        utc=options["utc"],
        visits=options["with_visits"],
    )
    made = invitations(app.reader, found.id, wish)
    for sentence in made.words:
        app.warn(sentence)
    if not made.messages:
        app.warn(
            f"Nobody on the list of event {found.id} can be written to, so there are no messages. See it: eventrec"
            f" participant list --event {found.id}"
        )
        return
    _write(app, found.id, made, folder, options)
    app.say("  Nothing was sent. Open each .eml in your mail program and send it.")
    if any(message.method == "REQUEST" for message in made.messages):
        app.say("  Then take the answers in: eventrec import reply.eml")


def _found(app: App, event: str, contacts: Iterable[str]) -> list[Reference]:
    """Return the event and the contacts, and say what shortened references led to."""
    from eventrec.views.references import find

    named = [("event", event), *(("contact", text) for text in contacts)]
    found = [find(app.reader, noun, text) for noun, text in named]
    for (noun, text), reference in zip(named, found, strict=True):
        if not reference.exact:
            app.say(f"“{text}” is {noun} {reference.id}, {reference.label}.")
    return found


def _write(app: App, number: int, made: Invitations, folder: Path, options: Mapping[str, Any]) -> None:
    from eventrec.exports import carried
    from eventrec.views.criteria import Criteria

    everybody = made.belongs if options["all_participants"] else lambda _: False
    contents = [
        (f"{message.name}{ending}", [content])
        for message in made.messages
        for ending, content in ((".ics", message.calendar), (".eml", message.mail))
    ]
    given = disclosing(app, options, "invitations", Criteria(words=(("event", str(number)),)))
    if given:
        given.people = carried.invitations(made)
    with writing(app, folder, contents, belongs=everybody, force=options["force"], given=given) as (_, done):
        gone = f", {counted(done.removed, 'file')} of who gets none any more removed" if done.removed else ""
        written = f"{counted(done.written, 'file')} new or changed{gone}"
        app.say(f"{_summary(made.messages, number)} in {folder}: {written}.")


def _summary(messages: Sequence[Invitation], number: int) -> str:
    """Say how many of which: “2 invitations and 1 cancellation of event 1”."""
    kinds = [message.method for message in messages]
    parts = [
        counted(kinds.count(method), word)
        for method, word in (("REQUEST", "invitation"), ("CANCEL", "cancellation"))
        if method in kinds
    ]
    return f"{' and '.join(parts)} for event {number}"
