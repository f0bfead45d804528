"""What `contact` and `agency` share: listing likely doubles, telling two apart, making one of two."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from eventrec.cli.asking import Question
from eventrec.cli.output import give
from eventrec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.book import Work
    from eventrec.cli.context import App
    from eventrec.models import Agency, Contact
    from eventrec.services.merge import Clash

_COLUMNS: Final = ("score", "first", "first_name", "second", "second_name", "reasons")
_MEANINGS: Final = {"keep": "the first one's", "other": "the other one's", "sum": "both, added up"}


def list_duplicates(app: App, noun: str, options: Mapping[str, Any]) -> None:
    """List pairs that may be one record, or remember that two are not."""
    from eventrec.reports import duplicates

    if options.get("not_same"):
        _tell_apart(app, noun, *options["not_same"])
        return
    table = duplicates.contacts(app.reader) if noun == "contact" else duplicates.agencies(app.reader)
    if not table:
        app.warn(f"No two {'contacts' if noun == 'contact' else 'agencies'} look like one.")
    give(app, table, options, _COLUMNS)
    for row in islice(table, 1):
        app.say(f"The same? eventrec {noun} merge {row['first']} {row['second']}")
        app.say(f"Two of them? eventrec {noun} duplicates --not-same {row['first']} {row['second']}")


def _tell_apart(app: App, noun: str, first: str, second: str) -> None:
    from eventrec.models import Agency, Contact
    from eventrec.services import not_same, rows

    model: Any = {"contact": Contact, "agency": Agency}[noun]
    with app.writing() as work:
        one, other = (rows.get(work.session, model, work.find(noun, text).id) for text in (first, second))
        not_same.remember(work.session, one, other)
        app.say(f"Remembered: {noun} {one.id} and {noun} {other.id} are not the same.")


def warn_of_likely(app: App, work: Work, row: Contact | Agency) -> None:
    """Say which records a new one may be as well; nothing is stopped by it."""
    from eventrec.models import Agency
    from eventrec.services import likely

    is_agency = isinstance(row, Agency)
    noun = "agency" if is_agency else "contact"
    found = likely.agencies(work.session, row) if isinstance(row, Agency) else likely.contacts(work.session, row)
    for each in found:
        name = each.name.both(work.reader.main_language())
        app.warn(f"Likely known: {noun} {each.id}, {name} ({each.score}: {', '.join(each.reasons)}).")
    if found:
        app.warn(f"  If it is the same: eventrec {noun} merge {found[0].id} {row.id}")


def merge(app: App, noun: str, keep: str, other: str, options: Mapping[str, Any]) -> None:
    """Make one record of two; a person is asked what is right where they say different things, a script is refused."""
    from eventrec.services.merge import Clashes

    prefer = read_preferences(options.get("prefer") or ())
    while True:
        try:
            app.book.repeated(partial(_merge, app, noun, keep, other, dict(prefer), options))
        except Clashes as clashes:
            if not app.can_ask:
                raise
            prefer |= {clash.key: _ask(clash) for clash in clashes.clashes}
        else:
            return


def _merge(app: App, noun: str, keep: str, other: str, prefer: Mapping[str, str], options: Mapping[str, Any]) -> None:
    from eventrec.services import merge as merges

    service = merges.contacts if noun == "contact" else merges.agencies
    with app.writing(dry_run=bool(options.get("dry_run"))) as work:
        kept, gone = work.find(noun, keep), work.find(noun, other)
        done = service(work.session, kept.id, gone.id, prefer, if_version=options.get("if_version"))
        app.saved(noun, kept.id, f"is one with {noun} {gone.id} now: {work.find(noun, kept.id).label}.")
        for what, count in done.moved.items():
            app.say(f"  {what.capitalize()} moved: {count}.")
        for sentence in done.dropped:
            app.warn(f"  Dropped, {sentence}.")
        app.say(f"  {noun.capitalize()} {gone.id} leads to {noun} {kept.id} from now on. Back again: eventrec undo")


def _ask(clash: Clash) -> str:
    """Ask a person which of two values is right, while no transaction waits."""
    values = {"keep": clash.keep, "other": clash.other}
    answers = [
        (choice, f"{_MEANINGS[choice]}: {values[choice]}" if choice in values else _MEANINGS[choice])
        for choice in clash.choices
    ]
    return Question(f"Which {clash.key} is right?", answers).ask()


def read_preferences(texts: tuple[str, ...] | list[str]) -> dict[str, str]:
    """Return preferences by what they are for: `keep`, `other`, `sex=other`."""
    found: dict[str, str] = {}
    for text in texts:
        key, equals, choice = text.rpartition("=")
        if choice.strip() not in _MEANINGS:
            raise UsageError(f"“{text}” prefers nothing.", "Write keep, other, or what it is for: sex=other.")
        found[key.strip() if equals else "*"] = choice.strip()
    return found
