"""Options of whatever gives an answer: how it is written, and where to. And how options are made."""

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


FORMATS = ("table", "tsv", "csv", "json", "jsonl", "xlsx", "markdown")

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
