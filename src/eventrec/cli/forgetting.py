"""What `eventrec contact forget` asks before, does, and tells afterwards: numbers and places, and never the name."""

from __future__ import annotations

import secrets
import shlex
from typing import TYPE_CHECKING, Any, Final

from eventrec.cli.output import give, put, save
from eventrec.cli.telling import counted
from eventrec.errors import NotFound, UsageError
from eventrec.patterns import late
from eventrec.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from eventrec.book import Work
    from eventrec.cli.context import App
    from eventrec.services.forget.backups import Copies
    from eventrec.services.forget.files import Cleaned
    from eventrec.services.forget.forget import Erased
    from eventrec.services.forget.remains import Remain

_TOLD: Final = 20
_NUMBER: Final = late(r"#?(\d{1,18})")
_ROWS: Final = {
    "contact": "contact",
    "contact_point": "e-mails, phones and addresses",
    "affiliation": "places of work",
    "alias": "other names",
    "project_party": "project roles",
    "consent": "consents",
    "not_same": "notes that somebody else is somebody else",
    "tombstone": "traces of earlier removals and merges",
    "participation": "participations, now anonymous head-counts",
    "event": "events that named the person to ask",
    "note": "lines that imports left in notes of events",
    "event_source": "releases that events were drafted from",
    "disclosure": "lists given to others",
}


def forget_person(app: App, reference: str, options: Mapping[str, Any]) -> None:
    """Forget a person in one transaction, then clean the book's files, and tell what is left to do elsewhere."""
    from eventrec.models import Contact
    from eventrec.services.forget.forget import forget
    from eventrec.services.retention import under_audit
    from eventrec.services.rows import get
    from eventrec.text.names import clean

    reason = clean(options["reason"], "reason", 200) if options.get("reason") else None
    dry_run = bool(options["dry_run"])
    with app.writing(dry_run=dry_run) as work:
        number, label = _whom(work, reference)
        if options.get("if_version") is not None:
            get(work.session, Contact, number, options["if_version"])
        audits = under_audit(work.session, number, app.today)
        done = forget(
            work.session,
            number,
            chance=lambda: secrets.token_hex(32),
            reason=reason,
            actors=options.get("actor") or (),
        )
        work.resolved.clear()
        app.confirm(_question(label, audits, done), yes=bool(options["yes"]))
        app.saved("contact", number, "was forgotten.")
        _tell_left(app, done, audits)
    give(app, _numbers(done), {}, main="en")
    _tell_copies(app, done)
    if not dry_run:
        _clean(app, done)


def show_everything(app: App, reference: str, options: Mapping[str, Any]) -> None:
    """Give out all that is held about a person: to read, or as JSON."""
    from datetime import datetime

    from eventrec.exports.everything import everything
    from eventrec.formats import dossier
    from eventrec.services.forget.backups import backups_with
    from eventrec.views.references import find

    if app.as_of is not None:
        raise UsageError(
            "--everything is what is held now, with its whole history; nothing is held of an earlier day but that.",
            "Leave out --as-of.",
        )
    output = options.get("output")
    name = dossier.choose(options.get("format"), output)
    found = find(app.reader, "contact", reference)
    backups, _ = backups_with(app.settings, [found.uid])
    content = dossier.render(
        everything(app.reader, found.id, [path.name for path in backups]), name, datetime.astimezone
    )
    if output in (None, "-"):
        put(content)
    else:
        save(app, str(output), content, force=bool(options.get("force")))


def _whom(work: Work, reference: str) -> tuple[int, str]:
    """Return number and label of a contact; also of one that was removed, of which the history still tells."""
    try:
        found = work.find("contact", reference)
    except NotFound:
        number = _NUMBER.fullmatch(reference.strip())
        sql = "SELECT row_id FROM tombstone WHERE table_name = 'contact' AND row_uid = :uid"
        rows = [(int(number[1]),)] if number else work.reader.rows(sql, {"uid": reference.strip().lower()})
        if not rows:
            raise
        return rows[0][0], f"contact {rows[0][0]}, which was removed"
    return found.id, f"contact {found.id}, {found.label}"


def _question(label: str, audits: Sequence[tuple[str, date | None]], done: Erased) -> str:
    parts = [f"{label[0].upper()}{label[1:]}, will be forgotten for good; this cannot be taken back."]
    if audits:
        parts.append(f"Auditors may still ask for the records: {_audits(audits)}.")
    if done.texts:
        texts = counted(len(done.texts), "text")
        parts.append(
            f"{texts} name the person and stay ({_listed(done.texts)}): edit them first, and the history of them is"
            " cleaned too."
        )
    if done.perhaps:
        options = " ".join(f"--actor {shlex.quote(name)}" for name in done.perhaps)
        parts.append(f"The history names {_actors(done)}; if that is the person, stop here and add {options}.")
    return " ".join([*parts, "Go on?"])


def _actors(done: Erased) -> str:
    return f"the actor {done.perhaps[0]}" if len(done.perhaps) == 1 else f"the actors {', '.join(done.perhaps)}"


def _audits(audits: Sequence[tuple[str, date | None]]) -> str:
    return "; ".join(f"project {code} {f'until {until}' if until else 'has no end yet'}" for code, until in audits)


def _listed(remains: Sequence[Remain]) -> str:
    more = f" and {len(remains) - _TOLD} more" if len(remains) > _TOLD else ""
    return "; ".join(each.shown for each in remains[:_TOLD]) + more


def _tell_left(app: App, done: Erased, audits: Sequence[tuple[str, date | None]]) -> None:
    """Tell what names the person still, and what was kept on purpose."""
    if audits:
        app.warn(f"Under audit retention: {_audits(audits)}. The counts are kept, the name is not.")
    if done.texts:
        app.warn(f"These texts still name the person: {_listed(done.texts)}.")
        _tell_way_out(app, done.texts)
    if done.others:
        app.warn(f"Other records with the same name, number or address were left: {_listed(done.others)}.")
    if done.perhaps:
        names = " ".join(map(shlex.quote, done.perhaps))
        app.warn(f"The history names {_actors(done)}; if that is the person: eventrec privacy forget-actor {names}")
    if done.days_kept:
        app.say("Days marked on sign-in sheets stay, without the name: events on the same days are counted by them.")


def _tell_way_out(app: App, texts: Sequence[Remain]) -> None:
    """Say how the name goes out of texts, and out of what they said before."""
    from eventrec.services.forget.scrub import NOUNS

    nouns = {table: noun for noun, table in reversed(NOUNS.items())}
    fields: dict[tuple[str, int], list[str]] = {}
    for each in texts:
        if each.table_name in nouns:
            fields.setdefault((nouns[each.table_name], each.row_id), []).append(each.column)
    if fields:
        app.warn("  Edit each, and then take out of the history what it said:")
    for (noun, number), names in list(fields.items())[:_TOLD]:
        app.warn(f"    eventrec privacy scrub {noun} {number} {' '.join(names)}")


def _numbers(done: Erased) -> Table:
    rows = [(_ROWS[name], number) for name, number in done.rows.items()]
    rows += [("entries of the history", done.history), ("command lines", done.commands), ("actor names", done.actors)]
    return Table((Column("erased"), Column("number", "integer")), rows)


def _tell_copies(app: App, done: Erased) -> None:
    from eventrec.services.forget.backups import copies_with

    copies: Copies = copies_with(app.settings, done.uids, done.mentions)
    for path in copies.backups:
        app.warn(f"A backup still holds the person: {path}")
    for path in copies.exports:
        app.warn(f"A file that eventrec wrote still names the person: {path}")
    for path in copies.unread:
        app.warn(f"Nobody knows whether this backup holds the person; it cannot be read: {path}")
    if copies.backups or copies.exports or copies.unread:
        app.warn("  Remove them, or keep them where nobody restores them. Copies elsewhere are yours to find.")


def _clean(app: App, done: Erased) -> None:
    from eventrec.services.forget.files import clean

    app.book.close()
    cleaned = clean(app.settings.database, done.mentions.octets())
    if cleaned.why:
        app.warn(f"What was erased may stand in the book's files for a while: {cleaned.why}.")
        app.warn("  It goes when all programs have closed the book and the next change is saved.")
    _tell_files(app, done, cleaned)


def _tell_files(app: App, done: Erased, cleaned: Cleaned) -> None:
    from eventrec import connection

    if connection.is_postgresql(app.settings.database):
        what = "were not" if cleaned.why else "were"
        app.say(f"The tables and the planner's statistics {what} written anew. The server's log of changes (WAL), its")
        app.say("  standbys and backups may hold what was erased until they are overwritten; ask who runs the server.")
    elif not cleaned.found:
        apart = "Apart from the texts named above, nothing" if done.texts or done.others else "Nothing"
        app.say(f"Searched: {', '.join(cleaned.searched)}. {apart} of the person is left there.")
    elif cleaned.anew and (done.texts or done.others):
        app.warn(f"{', '.join(cleaned.found)} still holds what stands in the texts and records named above.")
    elif cleaned.anew:
        app.say(f"{', '.join(cleaned.found)} was written anew. What is like it there is part of other records' words.")
    else:
        app.warn(f"{', '.join(cleaned.found)} still holds something of the person, in free space.")


def tell_of_many(app: App, done: Erased, *, dry_run: bool) -> None:
    """Tell what was erased of many people and what is left to do, then clean the book's files once for all of them."""
    give(app, _numbers(done), {}, main="en")
    _tell_left(app, done, ())
    _tell_copies(app, done)
    if not dry_run:
        _clean(app, done)
