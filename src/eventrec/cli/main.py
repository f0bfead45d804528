"""The command `eventrec`: finds the noun's page, and turns every error into words and an exit code."""

from __future__ import annotations

import errno
import gc
import io
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperGroup

from eventrec import __version__
from eventrec.cli.asking import Question
from eventrec.cli.building import built
from eventrec.errors import EventrecError, UsageError
from eventrec.repeating import repeated

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGES: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "Start": {
        "init": ("start", "Make an empty record book."),
        "demo": ("demo", "Make a book of real records in a folder, to look around."),
        "status": ("start", "Say what the book holds and what comes next."),
        "db": ("db", "The database: info, upgrade, check, backup, verify, restore, grant."),
    },
    "Record": {
        "event": ("event", "Workshops, trainings, meetings."),
        "visit": ("visit", "Site visits, which belong to an event."),
        "agency": ("agency", "Organisations that take part, pay or do the work."),
        "project": ("project", "Programmes, their phases, and who pays for them."),
        "contact": ("contact", "People, where they work and how to reach them."),
        "participant": ("participant", "Who takes part in an event, by name or by number."),
    },
    "Find": {
        "agenda": ("agenda", "What is coming up."),
        "search": ("search", "Find a word in all records, in any language."),
        "log": ("log", "Who changed what, and when."),
    },
    "Bring in": {
        "import": ("import_", "Sheets, contact cards, calendars and attendance reports, checked row by row."),
        "template": ("template", "A workbook to fill in."),
        "draft": ("draft", "A news release: the record that it holds, each field with its words."),
    },
    "Give out": {
        "export": ("export", "Calendars, contact cards, sheets."),
        "report": ("report", "Participants, events and contacts, counted."),
        "privacy": ("privacy", "Consent, how long people are kept, and who was given their data."),
    },
    "Mend": {
        "undo": ("history", "Take the last command back."),
        "redo": ("history", "Do again what was taken back."),
        "check": ("check", "What would embarrass a report: double counts, gaps, contradictions."),
        "calendar": ("calendar", "Calendar files of any origin: what breaks a rule, and who stumbles over it."),
    },
}
"""Every command: the module below `eventrec.cli` that holds it, and its line in the help."""

_OF_BAD_DATA: Final = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What code that trusts the book stumbles with over values that no book should hold."""

_MODULES: Final = {name: module for pages in PAGES.values() for name, (module, _) in pages.items()}

EXAMPLES: Final = """\
eventrec keeps the record book of a programme team.

  eventrec demo                        a book of real records, to look around
  eventrec init                        your own book
  eventrec event add "Workshop on returns" "返回研讨会" --date 2024-10-17 --city Beijing
  eventrec participant add 1 --agency NIA --women 4 --men 8
  eventrec agenda                      what is coming up
  eventrec search 移民管理             find anything, in any language
  eventrec report participants --by agency
  eventrec export calendar -o events.ics
  eventrec undo                        take the last command back

All commands: eventrec --help. One command: eventrec event add --help.
"""


class Attempts:
    """What outlives one attempt at a command line: the answers to what was asked, and whether anything was saved."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.saved = False

    def note_saved(self) -> None:
        """Remember that something was saved."""
        self.saved = True


class Book(TyperGroup):
    """The commands, each imported only when it is called: a list must not wait for what a calendar needs."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002, ANN401
        """Return all commands in the order of the help."""
        return list(_MODULES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """Import the page of a command. Raises UsageError with the nearest one when there is no such command."""
        if cmd_name not in _MODULES:
            if ctx.resilient_parsing:
                return None
            from eventrec.cli.stray import no_command

            raise no_command(cmd_name, _MODULES, ctx.command_path)
        if cmd_name not in self.commands:
            page = import_module(f"eventrec.cli.{_MODULES[cmd_name]}")
            self.commands[cmd_name] = built(getattr(page, f"{cmd_name}_app"))
        return self.commands[cmd_name]

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run the command; Ctrl-C and a closed pipe are told by `main`, not by Typer; damage of the book in words."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise typer.Abort from error
        except BrokenPipeError:
            return _quiet_pipe()
        except (EventrecError, OSError):
            raise
        except Exception as error:
            if (told := _fault_of_the_book(ctx.obj, error)) is None:
                raise
            raise told from error

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002, ANN401
        """List the commands by what they are for, without importing them."""
        for heading, pages in PAGES.items():
            with formatter.section(heading):
                formatter.write_dl([(name, text) for name, (_, text) in pages.items()])


app = typer.Typer(
    cls=Book,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"eventrec {__version__}")
        raise typer.Exit


@app.callback()
def eventrec(
    ctx: typer.Context,
    database: Annotated[
        str | None, typer.Option("--database", metavar="URL|PATH", help="The book to use. [EVENTREC_DATABASE]")
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask; exit 6 where an answer is needed.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but the number of what was saved.")] = False,
    color: Annotated[str, typer.Option("--color", metavar="auto|always|never", help="Colour on the screen.")] = "auto",
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Say the version.")
    ] = False,
) -> None:
    """The record book of a programme team.

    \b
      eventrec event add "Workshop on returns" "返回研讨会" --date 2024-10-17 --city Beijing
      eventrec report participants --by agency
      eventrec export calendar -o events.ics
    """  # noqa: D401
    from eventrec.cli.context import App

    attempts = ctx.obj or Attempts()
    ctx.obj = App(database, no_input, quiet, color, answers=attempts.answers, on_saved=attempts.note_saved)
    ctx.call_on_close(ctx.obj.close)
    if ctx.invoked_subcommand is None:
        typer.echo(EXAMPLES, nl=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and leave with the documented exit code (see README).

    Without `arguments` it is the program's own, and the whole process is ours.
    """
    if arguments is None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: nothing half written stays behind
    attempts = Attempts()
    try:
        _open_streams()
        code = _answered(arguments, attempts)
        _flush()
    except EventrecError as error:
        code = _tell(error)
    except (KeyboardInterrupt, typer.Abort):
        code = _stopped(attempts)
    except BrokenPipeError:
        code = _quiet_pipe()
    except OSError as error:
        code = _tell(_told(error))
        _give_up_unwritable_output()
    except ModuleNotFoundError as error:
        code = _tell(_without_zones(error))
    except UnicodeEncodeError as error:
        code = _tell(_no_text(error))
    except Exception as error:
        code = _usage(error)
    if arguments is None:
        gc.freeze()  # or Python looks through all modules again before it lets go of them
    sys.exit(code if isinstance(code, int) else 0)


def _open_streams() -> None:
    """Let nothing come from a standard input that is closed; a closed output is refused, since nobody would see it."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        raise EventrecError("Standard output is closed; nothing was done.", "Send it to a file or a terminal.")


def _answered(arguments: Sequence[str] | None, attempts: Attempts) -> Any:  # noqa: ANN401
    """Run a command line: again with the answer for everything that it asks, and when another writer was in the way."""
    while True:
        try:
            return repeated(lambda: app(args=arguments, prog_name="eventrec", standalone_mode=False, obj=attempts))
        except Question as question:
            attempts.answers[question.text] = question.ask()


def _stopped(attempts: Attempts) -> int:
    """Say what became of a command that a person broke off; what was saved before that stays."""
    kept = "what was saved before stays. See it: eventrec log" if attempts.saved else "nothing was saved."
    typer.echo(f"\nStopped; {kept}", err=True)
    return 130


def _tell(error: EventrecError) -> int:
    from eventrec.formats.terminal import visible

    typer.echo(f"eventrec: {visible(error.message, lines=True)}", err=True)
    if error.hint:
        typer.echo(f"  {visible(error.hint, lines=True)}", err=True)
    return error.exit_code


def _told(error: OSError) -> EventrecError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EventrecError("The disk is full; not everything was written.", "Make room, then repeat the command.")
    where = f"{error.filename}: " if error.filename else ""
    return EventrecError(f"{where}{error.strerror or error}.", "Check the place, then repeat the command.")


def _fault_of_the_book(app: Any, error: Exception) -> EventrecError | None:  # noqa: ANN401
    """Return what to say when an error comes from the database, or from what a damaged book holds; None for a bug."""
    from eventrec.cli.context import App
    from eventrec.driver_errors import is_of_a_driver, translate

    if told := translate(error):
        return told
    held = getattr(error, "orig", None)  # SQLAlchemy wraps what goes wrong while it writes a value
    by_driver = is_of_a_driver(error)
    if not isinstance(app, App) or not (isinstance(held or error, _OF_BAD_DATA) or by_driver):
        return None
    from eventrec.db.damage import damage

    return damage(app.settings.database, question=by_driver)


def _without_zones(error: ModuleNotFoundError) -> EventrecError:
    """Say that the time zones are not installed; any other module that is missing is a fault of ours."""
    if error.name != "tzdata":
        raise error
    return EventrecError("The time zones are not installed here.", "Install them: pip install tzdata")


def _no_text(error: UnicodeEncodeError) -> EventrecError:
    """Say that a word of the command line is in another encoding than the terminal's; any other fault is ours."""
    if not any("\ud800" <= character <= "\udfff" for character in error.object[error.start : error.end]):
        raise error
    return UsageError(
        "A word of the command line is in another encoding than the system's; nothing was saved.",
        "Type it anew, or set the terminal to UTF-8.",
    )


def _usage(error: Exception) -> int:
    """Show what is wrong with the command line; anything else is a fault of ours and keeps its traceback."""
    from eventrec.formats.terminal import visible

    show, code = getattr(error, "show", None), getattr(error, "exit_code", None)
    if show is None or not isinstance(code, int):
        raise error
    told = io.StringIO()
    show(file=told)
    words = told.getvalue()
    for typers in ("is not a valid int.", "is not a valid int range."):
        words = words.replace(typers, "is no whole number.")
    typer.echo(visible(words, lines=True), nl=False, err=True)
    return code


def _flush() -> None:
    sys.stdout.flush()


def _give_up_unwritable_output() -> None:
    """Let go of what cannot be written: Python would try once more when it ends, and leave with a code of its own."""
    try:
        sys.stdout.flush()
    except OSError:
        _quiet_pipe()


def _quiet_pipe() -> int:
    """The reader of our output has gone (`| head`); end quietly, as other tools do."""  # noqa: D401
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    main()
