"""`eventrec export calendar`: one file, or a folder of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eventrec.cli import filters
from eventrec.cli import options as opt
from eventrec.cli.context import App, app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.disclosing import Purpose, To, disclosing
from eventrec.cli.export.app import export_app
from eventrec.cli.export.writing import write_folder, write_stream
from eventrec.cli.output import nothing
from eventrec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from eventrec.cli.disclosing import Disclosing
    from eventrec.exports.calendar import Calendar, CalendarWish
    from eventrec.exports.calendar_folders import Folder
    from eventrec.exports.feeds import Feeds
    from eventrec.views.criteria import Criteria

    Files = Iterator[tuple[str, Iterable[bytes]]]

PROGRAMS = ("outlook", "google", "apple", "thunderbird", "khal")


@export_app.command()
def calendar(
    ctx: typer.Context,
    event: filters.Event = None,
    project: filters.Project = None,
    agency: filters.Agency = None,
    side: filters.Side = None,
    contact: filters.Contact = None,
    kind: filters.Kind = None,
    status: filters.Status = None,
    modality: filters.Modality = None,
    city: filters.City = None,
    country: filters.Country = None,
    since: filters.Since = None,
    until: filters.Until = None,
    during: filters.During = None,
    text: filters.Text = None,
    only: filters.Only = False,
    lang: Annotated[str, typer.Option("--lang", metavar="en|zh|both", help="Language of titles.")] = "both",
    for_: Annotated[
        str | None, opt.word(PROGRAMS, "--for", help="The program that reads it; without, it suits all.")
    ] = None,
    utc: Annotated[bool, typer.Option("--utc", help="Hours in UTC, for programs that know no time zones.")] = False,
    attendees: Annotated[bool, typer.Option("--attendees", help="Name who takes part; personal data.")] = False,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="TEXT", help="Name of the calendar, once per language.")
    ] = None,
    removed_since: Annotated[
        str | None, typer.Option("--removed-since", metavar="DATE", help="Leave out what was removed before.")
    ] = None,
    split: Annotated[
        str | None, typer.Option("--split", metavar="FOLDER", help="One file for each event, named by its number.")
    ] = None,
    vdir: Annotated[
        str | None, typer.Option("--vdir", metavar="FOLDER", help="A vdir, which khal and vdirsyncer read.")
    ] = None,
    feeds: Annotated[
        str | None,
        typer.Option(
            "--feeds", metavar="FOLDER", help="Calendars to publish: all, each project's, agency's and contact's."
        ),
    ] = None,
    output: opt.Output = None,
    force: opt.Force = False,
    given_to: To = None,
    purpose: Purpose = None,
) -> None:
    """Write a calendar (.ics) for Outlook, Google, Apple, Thunderbird and khal.

    \b
      eventrec export calendar -o events.ics
      eventrec export calendar --project MMSP-III --lang en -o mmsp.ics
      eventrec export calendar --vdir ~/calendars/programme
      eventrec export calendar --feeds public
    """
    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params, status="event_status", modality="event_modality")
    wish = _wish(app, ctx.params)
    places = [word for word in ("output", "split", "vdir", "feeds") if ctx.params[word] is not None]
    if len(places) > 1:
        raise UsageError(f"--{places[0]} and --{places[1]} exclude each other.", "Write one after the other.")
    given = disclosing(app, ctx.params, "calendar" if feeds is None else "calendars to publish", criteria)
    from eventrec.exports.calendar import Calendar

    found = Calendar(app.reader, criteria, wish)
    if found.undated:
        app.warn(f"Not in the calendar, without a date: {'; '.join(found.undated)}.")
    if feeds is not None:
        _feeds(app, found, criteria, wish, Path(feeds), given, force=force)
    elif split is not None:
        _split(app, found, criteria, Path(split), given, force=force)
    elif vdir is not None:
        _vdir(app, found, criteria, Path(vdir), given, force=force)
    else:
        write_stream(app, _pieces(app, found, given), output, ".ics", criteria, force=force, given=given)


def _wish(app: App, options: dict[str, Any]) -> CalendarWish:
    from eventrec.exports.calendar import CalendarWish

    return CalendarWish(
        name=_name(app, options["name"]) if options["name"] else None,
        languages=options["lang"],
        utc=options["utc"],
        attendees=options["attendees"],
        removed_since=_day(app, options["removed_since"]) if options["removed_since"] else "",
        program=options["for_"] or "",
    )


def _name(app: App, texts: list[str]) -> Mapping[str, str]:
    from eventrec.text.names import read_localized

    return read_localized(texts, "name", app.reader.main_language())


def _day(app: App, text: str) -> str:
    from eventrec.values import day

    found = day(app, text)
    return found.isoformat() if found else ""


def _pieces(app: App, found: Calendar, given: Disclosing | None) -> Iterator[bytes]:
    """Yield the calendar, then note whom it names and tell whom it cannot name."""
    people: set[int] | None = set() if given else None
    yield from found.pieces(people)
    if given and people is not None:
        given.people = sorted(people)
    _tell(app, found)


def _tell(app: App, found: Calendar) -> None:
    """Say how many are not named in the calendar."""
    if found.unreachable:
        people = "participant has" if found.unreachable == 1 else "participants have"
        app.warn(f"{found.unreachable} {people} no e-mail address and cannot be named in a calendar.")


def _files(app: App, found: Calendar, made: Folder | Feeds, given: Disclosing | None) -> Files:
    """Yield the files of a folder, then note whom they name and tell whom they cannot name."""
    yield from made.files()
    if given:
        given.people = sorted(made.people)
    _tell(app, found)


def _is_nothing(app: App, made: Folder | Feeds, criteria: Criteria, folder: Path) -> bool:
    """Say when there is nothing to write. Criteria that nothing meets never empty a folder; an empty book does."""
    from eventrec.views.criteria import ALL

    if made or (criteria == ALL and folder.is_dir()):
        return False
    nothing(app, "records to write", criteria.describe())
    return True


def _split(
    app: App, found: Calendar, criteria: Criteria, folder: Path, given: Disclosing | None, *, force: bool
) -> None:
    from eventrec.exports import calendar_folders as folders

    made = folders.split(found)
    if not _is_nothing(app, made, criteria, folder):
        files = _files(app, found, made, given)
        write_folder(app, folder, files, belongs=folders.belongs_to_split, force=force, given=given)


def _vdir(
    app: App, found: Calendar, criteria: Criteria, folder: Path, given: Disclosing | None, *, force: bool
) -> None:
    from eventrec.exports import calendar_folders as folders

    made = folders.vdir(found)
    if _is_nothing(app, made, criteria, folder):
        return
    files = _files(app, found, made, given)
    write_folder(app, folder, files, belongs=folders.belongs_to_vdir, force=force, given=given)
    about = folders.about_vdir(found.options).items()
    new = [(file, [content]) for file, content in about if force or not (folder / file).exists()]
    write_folder(app, folder, new, force=force, quiet=True)


def _feeds(
    app: App,
    calendar: Calendar,
    criteria: Criteria,
    wish: CalendarWish,
    folder: Path,
    given: Disclosing | None,
    *,
    force: bool,
) -> None:
    from eventrec.exports.feeds import belongs_to_feeds, feeds

    with feeds(app.reader, calendar, wish) as made:
        if _is_nothing(app, made, criteria, folder):
            return
        files = _files(app, calendar, made, given)
        write_folder(app, folder, files, belongs=belongs_to_feeds, force=force, shared=not wish.attendees, given=given)
    if made:
        app.say(f"  Publish the folder; {folder / 'index.html'} lists the calendars to subscribe to.")
