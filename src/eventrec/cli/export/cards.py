"""What the exports of contacts and agencies share: cards in one file, or one file a card."""

from __future__ import annotations

from array import array
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from eventrec.cli import options as opt
from eventrec.cli.disclosing import disclosing
from eventrec.cli.export.writing import sheet, write_stream, writing
from eventrec.cli.output import nothing
from eventrec.cli.telling import counted
from eventrec.errors import Rejected, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from eventrec.cli.context import App
    from eventrec.cli.disclosing import Disclosing
    from eventrec.exports.cards import CardWish
    from eventrec.views.criteria import Criteria

VERSIONS: Final = ("3.0", "4.0")

VCard = Annotated[str | None, opt.word(VERSIONS, "--vcard", help="Version of the cards; Outlook takes 3.0.")]
Lang = Annotated[
    str | None, typer.Option("--lang", metavar="en|zh|both", help="Cards: language of names. Without it: both.")
]
Split = Annotated[
    str | None, typer.Option("--split", metavar="FOLDER", help="One file for each card; unchanged ones stay untouched.")
]


def give_cards(app: App, what: str, criteria: Criteria, options: Mapping[str, Any], *, by_default: bool) -> None:
    """Write cards into a file or a folder, or a sheet where `-f` or the ending of `-o` asks for one.

    `by_default` says whether cards are what goes to the screen.
    """
    output, folder = options["output"], options["split"]
    asked = options["vcard"] or options["lang"] or folder
    if folder and output:
        raise UsageError("--split writes into a folder, -o into a file.", "Leave out one of them.")
    on_screen = output in (None, "-")
    if options["format"] or not (asked or (by_default if on_screen else output.lower().endswith(".vcf"))):
        if asked:
            raise UsageError("--vcard, --lang and --split are for cards.", "Name the file ….vcf, without -f.")
        sheet(app, what, criteria, dict(options))
        return
    from eventrec.exports.cards import one_by_one, pieces

    wish, force = _wish(options), bool(options["force"])
    given = disclosing(app, options, what, criteria)
    tell: Callable[[int], object] = _unnoted
    if given:
        given.people = people = array("q")
        tell = people.append
    if folder:
        _split(app, one_by_one(app.reader, what, criteria, wish, tell), criteria, Path(folder), given, force)
        return
    content = pieces(app.reader, what, criteria, wish, tell)
    write_stream(app, content, output, ".vcf", criteria, force=force, given=given)


def _unnoted(_: int) -> None:
    """Take no note of whose card is written: a million numbers would be held for nobody."""


def _wish(options: Mapping[str, Any]) -> CardWish:
    from eventrec.exports.cards import CardWish
    from eventrec.text.names import language_tag

    language = options["lang"] or "both"
    try:
        tag = language if language == "both" else language_tag(language)
    except Rejected as error:
        raise UsageError(error.message, "Write --lang en, zh or both.") from error
    return CardWish(options["vcard"] or "3.0", tag)


def _split(
    app: App,
    cards: Iterator[tuple[str, list[bytes]]],
    criteria: Criteria,
    folder: Path,
    given: Disclosing | None,
    force: bool,
) -> None:
    """Write each card into its own file; say which cards in the folder are left from before."""
    first = next(cards, None)
    if first is None:
        nothing(app, "records to write", criteria.describe())
        return
    with writing(app, folder, chain([first], cards), force=force, given=given) as (whole, done):
        made = counted(done.written + done.same, "card")
        app.say(f"{folder}: {made}, {done.written} written, {done.same} unchanged.")
    _tell_others(app, folder, whole.digests)


def _tell_others(app: App, folder: Path, found: Collection[str]) -> None:
    from eventrec.formats.marks import written_by_eventrec

    others = sorted(path for path in folder.glob("*.vcf") if path.name not in found and path.is_file())
    ours = [path.name for path in others if written_by_eventrec(path.read_bytes())]
    if ours:
        shown = ", ".join(ours[:3]) + (f" and {len(ours) - 3} more" if len(ours) > 3 else "")
        app.warn(f"From before, and not among these cards; remove what you do not need: {shown}.")
