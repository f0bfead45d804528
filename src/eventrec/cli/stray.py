"""Words that the command line has no place for: the option, or the command, that was most likely meant."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import Rejected, UsageError
from eventrec.patterns import late
from eventrec.text.typed import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date


def no_command(word: str, commands: Collection[str], path: str) -> UsageError:
    """Return what to say about a word that is none of the commands there are after `path`."""
    from difflib import get_close_matches

    told = shortened(word)
    if near := get_close_matches(told, commands, 1):
        hint = f"Did you mean: {path} {near[0]}"
    elif "show" in commands and told == word and _may_be_a_name(word):
        hint = f"Did you mean: {path} show {shlex.quote(word)}"
    else:
        hint = f"See them all: {path} --help"
    return UsageError(f"There is no command “{told}”.", hint)


def refused(ctx: Any, words: Sequence[str]) -> UsageError:  # noqa: ANN401 - a class that Typer does not name
    """Return what to say about words that were typed after a command, without an option before them."""
    text, path = " ".join(words), ctx.command_path
    told = shortened(text)
    if any(each.param_type_name == "argument" for each in ctx.command.params):
        return UsageError(
            f"“{told}” is too much for {path}.",
            f"A name of several words goes in quotes. What else there is: {path} --help",
        )
    meant = "\n  Or: ".join(map(shlex.join, _meant(ctx, text))) if told == text and _may_be_a_name(text) else ""
    return UsageError(
        f"“{told}” needs an option that says what it is.",
        f"Did you mean: {meant}" if meant else f"See the options: {path} --help",
    )


def _may_be_a_name(text: str) -> bool:
    """Tell whether a record may be called so, and a command line take it: neither nothing nor what looks an option."""
    return bool(text.strip()) and not text.startswith("-")


def _meant(ctx: Any, text: str) -> Iterator[list[str]]:  # noqa: ANN401 - see `refused`
    """Yield the command lines that were likely meant, the likeliest first."""
    path, siblings = ctx.command_path.split(), getattr(ctx.parent.command, "commands", {})
    options = (name for each in ctx.command.params for name in each.opts if name in _FITS)
    fitting = next((option for option in options if _FITS[option](text, ctx.obj.today)), None)
    if fitting:
        yield [*path, fitting, text]
    if "show" not in siblings or fitting in ("--output", "--during"):
        return
    if sum(each.param_type_name == "argument" for each in siblings["show"].params) == 1:
        yield [*path[:-1], "show", text]
    if not text.isdecimal():
        yield [path[0], "search", text]


def _is_period(text: str, today: date) -> bool:
    from eventrec.text.dates import read_period

    try:
        read_period(text, today)
    except Rejected:
        return False
    return True


def _is_number(text: str, today: date) -> bool:
    return text.isdecimal() and not _is_period(text, today)


def _is_country(text: str, _: date) -> bool:
    from eventrec.text.places import read_country

    try:
        read_country(text)
    except Rejected:
        return False
    return True


def _is_file(text: str, _: date) -> bool:
    return bool(_FILE.search(text))


def _is_text(text: str, today: date) -> bool:
    return not (text.isdecimal() or _is_file(text, today))


_FILE: Final = late(r"\.(csv|docx|ics|json|jsonl|md|svg|tsv|txt|vcf|xlsx|zip)$", re.IGNORECASE)
_FITS: Final[dict[str, Callable[[str, date], bool]]] = {
    "--event": _is_number,
    "--contact": _is_number,
    "--country": _is_country,
    "--agency-country": _is_country,
    "--during": _is_period,
    "--output": _is_file,
    "--text": _is_text,
}
"""Options that narrow a list, and whether a word is what they take; the first of a command that fits was meant."""
