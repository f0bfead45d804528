"""`eventrec init` and `eventrec status`: the first steps."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Final

import typer

from eventrec import connection
from eventrec.cli import fields
from eventrec.cli.context import app_of
from eventrec.cli.telling import held, here
from eventrec.errors import NotAllowed

if TYPE_CHECKING:
    from eventrec.cli.context import App

init_app = typer.Typer(add_completion=False, rich_markup_mode=None)
status_app = typer.Typer(add_completion=False, rich_markup_mode=None)

_COUNTED: Final = ("event", "agency", "contact", "project", "participation")


@init_app.command()
def init(
    ctx: typer.Context,
    language: Annotated[str, typer.Option("--language", metavar="TAG", help="Main language of names: en, zh.")] = "en",
    timezone: Annotated[
        str | None, typer.Option("--timezone", metavar="ZONE", help="Where most events are: Asia/Shanghai.")
    ] = None,
    country: fields.Country = None,
) -> None:
    """Make an empty record book: the default one, or the one that --database or EVENTREC_DATABASE names.

    \b
      eventrec init
      eventrec init --timezone Asia/Shanghai --country CN
      eventrec --database team.db init --language zh
    """
    from eventrec.db.upgrade import create
    from eventrec.services.setting import put
    from eventrec.text.names import language_tag
    from eventrec.text.times import read_timezone
    from eventrec.values import country as read_country

    app = app_of(ctx)
    settings = {"language": language_tag(language)}
    if timezone:
        settings["timezone"], translated = read_timezone(timezone)
        if translated:
            app.say(translated)
    if country:
        settings["country"] = read_country(country) or ""
    app.book.make_place_if_default()
    create(app.settings.database)
    with app.writing() as work:
        for key, value in settings.items():
            put(work.session, key, value)
    app.say(f"A new record book: {connection.shown(app.settings.database)}")
    app.say('  Next: eventrec event add "Workshop on returns" "返回研讨会" --date 2024-10-17 --city Beijing')


@status_app.command()
def status(ctx: typer.Context) -> None:
    """Say what the book holds, what comes next, and what waits to be done.

    \b
      eventrec status
    """
    app = app_of(ctx)
    counts = {table: app.reader.rows(f"SELECT count(*) FROM {table}")[0][0] for table in _COUNTED}  # noqa: S608
    app.put(f"Book: {connection.shown(app.settings.database)} ({app.settings.source})")
    app.put(f"Holds: {held(counts)}")
    _waiting(app)
    with suppress(NotAllowed):  # who may not see the history is told the rest
        for row in app.reader.history(1):
            app.put(f"Last change: {here(row['moment'])} by {row['actor']}: {row['command']}")
    app.put("Next: eventrec agenda · eventrec report participants · eventrec --help")


def _waiting(app: App) -> None:
    today = app.today.isoformat()
    past = "status IN ('planned', 'tentative', 'confirmed') AND ends_on < :today"
    for sql, text in (
        (f"SELECT id FROM event WHERE {past} ORDER BY id", "Past, but not marked held"),  # noqa: S608
        ("SELECT id FROM event WHERE starts_on IS NULL AND status <> 'cancelled' ORDER BY id", "Without a date"),
    ):
        numbers = [str(row[0]) for row in app.reader.rows(sql, {"today": today} if ":today" in sql else {})]
        if numbers:
            more = f" and {len(numbers) - 10} more" if len(numbers) > 10 else ""
            noun = "event" if len(numbers) == 1 else "events"
            app.put(f"{text}: {noun} {', '.join(numbers[:10])}{more}")
