"""Which formats there are. A new one is a module with `pieces(table, options)` and a line in FORMATS."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.errors import UsageError
from eventrec.table import Anew

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.table import Parts, Stream, Table


class Options(NamedTuple):
    """How to write: languages, the terminal's width in cells (None: never shorten), colour, Excel's habits.

    `languages` is `any`, `both` or one language tag, `main` the book's main language. `spare` names columns that may
    be left out where the width does not suffice, the first to go first.
    """

    main: str = "en"
    languages: str = "any"
    width: int | None = None
    color: bool = False
    for_excel: bool = False
    title: str = ""
    spare: tuple[str, ...] = ()


class Format(NamedTuple):
    """The module that writes a format, the ending of its files, whether they are not text, and are made of lines."""

    module: str
    ending: str
    binary: bool = False
    by_lines: bool = False


FORMATS: Final = {
    "table": Format("eventrec.formats.text", ".txt"),
    "tsv": Format("eventrec.formats.tsv", ".tsv", by_lines=True),
    "csv": Format("eventrec.formats.csv", ".csv", by_lines=True),
    "json": Format("eventrec.formats.json", ".json"),
    "jsonl": Format("eventrec.formats.jsonl", ".jsonl"),
    "xlsx": Format("eventrec.formats.xlsx", ".xlsx", binary=True),
    "markdown": Format("eventrec.formats.markdown", ".md"),
}


class Content:
    """A table as the octets of a format, in pieces that are made while they are read: whole lines, or a binary file.

    It can be read again from the beginning. It has to be when reading it raises Anew: what came until then is void.
    """

    def __init__(self, table: Table | Stream, name: str, options: Options) -> None:
        if name not in FORMATS:
            raise UsageError(f"There is no format “{name}”.", "Choose one of: " + ", ".join(FORMATS) + ".")
        self._what = (table, options)
        self._module = FORMATS[name].module

    def __iter__(self) -> Iterator[bytes]:
        pieces: Iterator[bytes] = import_module(self._module).pieces(*self._what)
        return pieces


def asked(table: Stream, name: str) -> Parts[Any]:
    """Return what a format reads of a stream: whoever wants to know first whether there is a row asks that."""
    if not FORMATS[name].by_lines:
        return table
    from eventrec.formats import flat

    return flat.asked(table)


def render(table: Table | Stream, name: str, options: Options) -> bytes:
    """Return a table in the named format; its module is imported now and not before."""
    content = Content(table, name, options)
    while True:
        try:
            return b"".join(content)
        except Anew:
            continue


def format_of(path: str) -> str | None:
    """Return the format that a file's ending stands for, whatever its case, or None."""
    lower = path.lower()
    return next((name for name, known in FORMATS.items() if lower.endswith(known.ending)), None)


def choose(format: str | None, output: str | None) -> str:  # noqa: A002 (the option's own name)
    """Return the format that `-f` and the ending of `-o` ask for, `table` when neither says one.

    Raises UsageError when they disagree. An ending that stands for no format leaves the choice to `-f`.
    """
    by_ending = format_of(output) if output else None
    if format and by_ending and format != by_ending:
        raise UsageError(
            f"-f {format} and the file {output} disagree: its ending says {by_ending}.",
            f"Leave -f out, or name the file …{FORMATS[format].ending if format in FORMATS else ''}.",
        )
    if output and output != "-" and not by_ending and not format:
        endings = " ".join(known.ending for known in FORMATS.values())
        raise UsageError(f"The ending of {output} stands for no format.", f"Use one of {endings}, or add -f.")
    return format or by_ending or "table"
