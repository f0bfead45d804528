"""How options are made, and those that any command may have: its record, how it answers, how it makes a change."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer


def word(words: Sequence[str], *names: str, help: str, panel: str | None = None) -> Any:  # noqa: ANN401
    """Return an option that takes one of the words, offers them to the shell and refuses anything else."""

    def read(text: str) -> str:
        if text not in words:
            raise typer.BadParameter(f"“{text}” is none of: {', '.join(words)}.")
        return text

    return typer.Option(
        *names,
        parser=read,
        metavar="WORD",
        help=f"{help} One of: {', '.join(words)}.",
        autocompletion=offered(words),
        rich_help_panel=panel,
    )


def offered(words: Sequence[str]) -> Callable[[str], list[str]]:
    """Return the shell completion of a fixed list."""

    def complete(incomplete: str) -> list[str]:
        return [each for each in words if each.startswith(incomplete)]

    return complete


def reference(noun: str) -> Callable[[typer.Context, str], list[str]]:
    """Return the shell completion of a record's code or number, read from the book."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        from eventrec.cli.completion import references

        return references(noun, incomplete, ctx.find_root().params.get("database"))

    return complete


def record(noun: str, *names: str, help: str, metavar: str = "") -> Any:  # noqa: ANN401
    """Return an option that names a record of the book, and offers those that there are to the shell."""
    return typer.Option(*names, metavar=metavar or noun.upper(), help=help, autocompletion=reference(noun))


# The record that a command is about
EventArgument = Annotated[
    str,
    typer.Argument(metavar="EVENT", help="Its number, or the start of its title.", autocompletion=reference("event")),
]
VisitArgument = Annotated[
    str,
    typer.Argument(metavar="VISIT", help="Its number, or the start of its title.", autocompletion=reference("visit")),
]
AgencyArgument = Annotated[
    str, typer.Argument(metavar="AGENCY", help="Its code, number or name.", autocompletion=reference("agency"))
]
ProjectArgument = Annotated[
    str, typer.Argument(metavar="PROJECT", help="Its code, number or name.", autocompletion=reference("project"))
]
ContactArgument = Annotated[
    str, typer.Argument(metavar="CONTACT", help="Name, number or e-mail.", autocompletion=reference("contact"))
]

FORMATS = ("table", "tsv", "csv", "json", "jsonl", "xlsx", "markdown")

# How an answer is written, and where to
Format = Annotated[str | None, word(FORMATS, "--format", "-f", help="How to write it.")]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file; its ending decides the format.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that eventrec did not write.")]
Language = Annotated[
    str,
    typer.Option("--lang", metavar="en|zh|both|any", help="Language of names; any: the main one, else what there is."),
]
ForExcel = Annotated[bool, typer.Option("--for-excel", help="CSV that Excel opens well and cannot execute.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="As it was at the end of that day, or at 2025-03-01T12:00."),
]

# How a change is made
DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Check everything, save nothing.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
IfVersion = Annotated[
    int | None, typer.Option("--if-version", metavar="N", help="Only if the record still has this version.")
]
Again = Annotated[bool, typer.Option("--again", help="The person was forgotten, and agreed to be in the book again.")]
Twice = Annotated[
    bool, typer.Option("--twice", help="Though this release, or an event of that title and day, is in the book.")
]
NotSame = Annotated[
    tuple[str, str] | None,
    typer.Option("--not-same", metavar="A B", help="Remember that these two are not the same."),
]
Prefer = Annotated[
    list[str] | None,
    typer.Option(
        "--prefer", metavar="keep|other|WHAT=…", help="Which one is right, for all clashes or for one: sex=other."
    ),
]
