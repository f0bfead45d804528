"""`eventrec log`: who changed what, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import period_of
from eventrec.cli.output import chosen, give, put, save
from eventrec.cli.telling import here
from eventrec.formats import json_stream
from eventrec.formats.cells import clean, plain
from eventrec.formats.terminal import visible
from eventrec.table import Column, Table
from eventrec.views.history.changes import Wish, change_sets, changes, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from eventrec.cli.context import App
    from eventrec.table import Cell, Kind

log_app = typer.Typer(add_completion=False, rich_markup_mode=None)

LOG_KEYS: Final = (
    "id", "uid", "moment", "actor", "database_role", "command", "reverses", "reversed_by", "added", "changed",
    "removed", "rows", "changes",
)  # fmt: skip
"""The promised JSON keys of a change set, in their order."""

CHANGE_KEYS: Final = ("table", "noun", "id", "uid", "what", "fields")
"""The promised JSON keys of each of its changes."""

_COLUMNS: Final = (
    "id", "moment", "actor", "database_role", "command", "added", "changed", "removed", "rows", "reverses",
    "reversed_by",
)  # fmt: skip
_FIELDS: Final = (
    "change_set", "moment", "actor", "database_role", "command", "table", "noun", "id", "uid", "what", "field",
    "before", "after",
)  # fmt: skip
_NUMBERS: Final = ("change_set", "id")
_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("id", "added", "changed", "removed", "reverses", "reversed_by"), "integer"),
    "moment": "moment",
}
_AT_A_TIME: Final = 2**16
_STREAMS: Final = {"json": json_stream.array, "jsonl": json_stream.lines}


@log_app.command()
def log(
    ctx: typer.Context,
    of: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REF]", help="event 1, a code, a name, a uid; a number alone is a change set."),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Changes from this day on.")] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Changes until the end of this day.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="ACTOR", help="Changes by this person, or this role of the database.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0, help="How many, newest first; 0 for all.")] = 30,
    with_changes: Annotated[
        bool,
        typer.Option(
            "--changes", help="What was changed, field by field; of a record or a change set that is always told."
        ),
    ] = False,
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Show who changed what, and when, newest first.

    A record is named by its noun and number, or by what is its own: a code, a name, a uid; also one that was removed.
    A number alone is a change set, the same that `undo` takes. On the screen times are those here, in data UTC.
    In files and pipes a row is a change set; with --changes, and for a record or a change set, a changed field.

    \b
      eventrec log
      eventrec log event 1                what happened to event 1, before → after
      eventrec log NIA
      eventrec log 12                     all of change set 12
      eventrec log --since 2025-01-01 --by anna
      eventrec log --limit 0 -f json
    """
    from eventrec.views.history.records import which

    app = app_of(ctx)
    meant = which(app.reader, of or [])
    wish = Wish(meant.change_set, meant.record, *_period(app, ctx.params), by or "", limit or None)
    name = chosen(ctx.params)
    if name in _STREAMS:
        _write(app, _STREAMS[name](_objects(app, wish)), ctx.params)
    elif name == "table" and (of or with_changes):
        _write(app, _as_lines(app, wish), ctx.params)
    elif of or with_changes:
        give(app, _fields(app, wish), ctx.params)
    elif name in ("table", "markdown"):
        _give_people(app, wish, ctx.params)
    else:
        give(app, table_of(app.reader, wish), ctx.params)
    if next(change_sets(app.reader, replace(wish, limit=1)), None) is None:
        app.warn("Nothing has been changed yet." if wish == Wish(limit=wish.limit) else "No change is like that.")


def _period(app: App, options: Mapping[str, Any]) -> tuple[str, str]:
    """Return the first and the last moment, UTC, of the days here that the options name."""
    found = period_of(app, {name: options.get(name) for name in ("since", "until")})
    since = _midnight(found["since"]) if "since" in found else None
    until = _midnight(found["until"], days=1) - timedelta(seconds=1) if "until" in found else None
    return _utc(since), _utc(until)


def _midnight(day: str, days: int = 0) -> datetime:
    return datetime.combine(datetime.fromisoformat(day).date() + timedelta(days=days), time()).astimezone()


def _utc(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def _objects(app: App, wish: Wish) -> Iterator[json_stream.Growing]:
    for change_set in change_sets(app.reader, wish):
        told = {name: change_set[name] for name in LOG_KEYS if name != "changes"}
        done = changes(app.reader, int(str(change_set["id"])), wish.record)
        yield json_stream.Growing(told, "changes", (each.as_object() for each in done))


def _write(app: App, pieces: Iterable[bytes], options: Mapping[str, Any]) -> None:
    """Write pieces as they come, some at a time; a file whole."""
    output = options.get("output")
    if output not in (None, "-"):
        save(app, str(output), b"".join(pieces), force=bool(options.get("force")))
        return
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) > _AT_A_TIME:
            put(bytes(waiting))
            waiting.clear()
    put(bytes(waiting))


def _as_lines(app: App, wish: Wish) -> Iterator[bytes]:
    """Yield each change set with its changes in words; all that would act on a terminal is made visible."""
    from eventrec.views.history.words import Words

    words = Words(app.reader)
    for change_set in change_sets(app.reader, wish):
        yield f"{visible(_heading(change_set))}\n".encode()
        for change in changes(app.reader, int(str(change_set["id"])), wish.record):
            for line in words.lines(change):
                yield f"    {visible(line)}\n".encode()


def _heading(change_set: Mapping[str, Cell]) -> str:
    who = " ".join(filter(None, (str(change_set["actor"]), _role(change_set["database_role"]))))
    back = f"  (takes back #{change_set['reverses']})" if change_set["reverses"] else ""
    gone = f"  (taken back by #{change_set['reversed_by']})" if change_set["reversed_by"] else ""
    return f"#{change_set['id']}  {here(change_set['moment'])}  {who}  {change_set['command']}{back}{gone}"


def _role(role: Cell) -> str:
    return f"({role})" if role else ""


def _give_people(app: App, wish: Wish, options: Mapping[str, Any]) -> None:
    """Give one line for each change set, without the columns that say nothing in any of them."""
    from eventrec.views.history.words import say_rows

    found = table_of(app.reader, wish)
    rows = [
        {**row, "command": str(row["command"]).removeprefix("eventrec "), "rows": say_rows(row["rows"])}
        for row in found
    ]
    shown = [name for name in _COLUMNS if not rows or any(row[name] for row in rows)]
    columns = tuple(Column(name, _KINDS.get(name, "text")) for name in shown)
    give(app, Table(columns, [tuple(row[name] for name in shown) for row in rows]), options)


def _fields(app: App, wish: Wish) -> Table:
    """Return one row for each field that was changed, for a sheet."""
    rows: list[tuple[Cell, ...]] = []
    for change_set in change_sets(app.reader, wish):
        head = tuple(change_set[name] for name in ("id", *_FIELDS[1:5]))
        for change in changes(app.reader, int(str(change_set["id"])), wish.record):
            told = (change.table, change.noun, change.id, change.uid, change.what)
            pairs = change.fields() or {"": [None, None]}
            rows += [(*head, *told, name, *map(_plain, pair)) for name, pair in pairs.items()]
    kinds = tuple(Column(name, "integer" if name in _NUMBERS else "text") for name in _FIELDS)
    return Table(kinds, rows)


def _plain(value: Any) -> str | None:  # noqa: ANN401
    return None if value is None else clean(plain(value))
