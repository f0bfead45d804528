"""`eventrec calendar`: calendar files of any origin, looked at without the book."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eventrec import files
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.output import chosen, give, give_page
from eventrec.cli.telling import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from eventrec.cli.context import App
    from eventrec.formats.ical.check.finding import Checked, Finding

calendar_app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@calendar_app.callback()  # without it Typer makes the only command the whole page
def calendar() -> None:
    """Look at calendar files (.ics), whoever wrote them.

    \b
      eventrec calendar check events.ics
    """


@calendar_app.command()
def check(
    ctx: typer.Context,
    file: Annotated[list[str], typer.Argument(metavar="FILE…", help="Calendars; - is standard input.")],
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """Say what breaks a rule in calendar files, line by line, and what a named program makes of it.

    \b
      eventrec calendar check events.ics         exit 0: nothing, 1: warnings, 4: broken
      eventrec calendar check *.ics -f json
    """
    from eventrec.formats.ical.check.run import check as look

    app = app_of(ctx)
    checked = [(each, look(content)) for each, content in _contents(file)]
    _give(app, checked, ctx.params)
    for name, found in checked:
        told = f"{_named(name)}: {_summary(found)}."
        (app.warn if found.broken or found.warnings else app.say)(told)
    code = 4 if any(found.broken for _, found in checked) else 1 if any(found.warnings for _, found in checked) else 0
    if code:
        raise typer.Exit(code)


def _contents(names: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files one by one, after all have been found to be there."""
    for name in names:
        if name != "-":
            files.require(Path(name))
    for name in names:
        yield name, files.read(Path(name) if name != "-" else sys.stdin.buffer)


def _named(name: str) -> str:
    return "standard input" if name == "-" else name


def _summary(found: Checked) -> str:
    said = [counted(found.events, "event")]
    if not found.findings:
        return f"{said[0]}, nothing wrong"
    said += [f"{found.broken:,} broken"] if found.broken else []
    said += [counted(found.warnings, "warning")] if found.warnings else []
    said += [counted(found.notes, "note")] if found.notes else []
    return ", ".join(said)


def _give(app: App, checked: list[tuple[str, Checked]], options: Mapping[str, Any]) -> None:
    """Write the findings: for people as a page, with everything in it as JSON, and one a row in other formats."""
    from eventrec.formats.ical.check import table

    name = chosen(options)
    if name == "table":
        on_screen = options.get("output") is None and sys.stdout.isatty()
        give_page(app, _page(checked, shutil.get_terminal_size().columns if on_screen else None), options)
    elif name in ("json", "jsonl"):
        give(app, table.by_file(checked), options, main="en")
    else:
        give(app, table.by_finding(checked), options, main="en")


def _page(checked: list[tuple[str, Checked]], width: int | None) -> str:
    """Return the findings file by file, each in a line that begins with the file and the line in it."""
    from eventrec.formats.terminal import visible
    from eventrec.formats.width import wrapped

    blocks = []
    for name, found in checked:
        lines = [f"{_named(name)}: {_told(each)}" for each in found.findings]
        lines += [
            f"{_named(name)}: … and {counted(number, 'more', 'more')} of {rule}." for rule, number in found.more.items()
        ]
        if lines:
            blocks.append("".join(f"{wrapped(visible(line), width)}\n" for line in lines))
    return "\n".join(blocks)


def _told(finding: Finding) -> str:
    rule = finding.rule
    grounds = "; ".join(filter(None, (rule.reference, rule.client)))
    return f"line {finding.line}: {rule.severity}: {finding.message}" + (f" ({grounds})" if grounds else "")
