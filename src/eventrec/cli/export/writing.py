"""How an export is given: a sheet on the screen or in a file, a file of one kind."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, TypedDict

from eventrec.cli.disclosing import disclosing, noting
from eventrec.cli.output import give, is_empty, nothing, put, put_whole, save, save_stream
from eventrec.cli.telling import counted
from eventrec.errors import UsageError
from eventrec.formats.marks import written_by_eventrec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Required, Unpack

    from eventrec.cli.context import App
    from eventrec.cli.disclosing import Disclosing
    from eventrec.folders import Done, Folder
    from eventrec.views.criteria import Criteria


def sheet(app: App, what: str, criteria: Criteria, options: dict[str, Any]) -> None:
    """Give the records that meet the criteria as a sheet."""
    from eventrec.exports import carried, sheets

    given = disclosing(app, options, what, criteria)

    table = sheets.sheet(app.reader, what, criteria)
    missing = not table if given else is_empty(table, options)
    if missing:
        nothing(app, what, criteria.describe())
        if options.get("output") not in (None, "-"):
            return
        given = None
    if given:
        table, given.people = carried.sheet(what, table)
    give(app, table, options, given=given)


def write(
    app: App,
    content: bytes,
    output: str | None,
    ending: str,
    criteria: Criteria,
    *,
    force: bool,
    binary: bool = False,
    given: Disclosing | None = None,
) -> None:
    """Write a file of one kind; an empty result makes none and says so."""
    if not content:
        nothing(app, "records to write", criteria.describe())
        return
    if output in (None, "-"):
        put(content, binary=binary, given=given)
        return
    save(app, _named(str(output), ending), content, force=force, given=given)


def write_stream(
    app: App,
    content: Iterable[bytes],
    output: str | None,
    ending: str,
    criteria: Criteria,
    *,
    force: bool,
    given: Disclosing | None = None,
) -> None:
    """Write a text file of one kind as `write` does, while it comes, in pieces of whole lines."""
    pieces = iter(content)
    first = next(pieces, None)
    if first is None:
        nothing(app, "records to write", criteria.describe())
        return
    whole = chain([first], pieces)
    if output in (None, "-"):
        put_whole(whole, given=given)
        return
    save_stream(app, _named(str(output), ending), whole, force=force, given=given)


def _named(output: str, ending: str) -> str:
    if not output.lower().endswith(ending):
        raise UsageError(f"{output} does not end in {ending}.", f"Name it …{ending}")
    return output


class Written(TypedDict, total=False):
    """How a folder is written: over others' files too, and readable by whom."""

    belongs: Callable[[str], bool]
    force: Required[bool]
    shared: bool


def write_folder(
    app: App,
    folder: Path,
    contents: Iterable[tuple[str, Iterable[bytes]]],
    *,
    quiet: bool = False,
    given: Disclosing | None = None,
    **how: Unpack[Written],
) -> None:
    """Write the files of a folder while they come, and say what changed in it."""
    with writing(app, folder, contents, given=given, **how) as (_, done):
        if quiet:
            return
        changes = f"{counted(done.written, 'file')} written, {done.same} unchanged, {done.removed} removed"
        app.say(f"{folder}: {changes}." if done.written or done.removed else f"{folder} is up to date.")


@contextmanager
def writing(
    app: App,
    folder: Path,
    contents: Iterable[tuple[str, Iterable[bytes]]],
    *,
    given: Disclosing | None = None,
    **how: Unpack[Written],
) -> Iterator[tuple[Folder, Done]]:
    """Write the files of a folder while they come; yield it and what was done, before a note of it is told."""
    from eventrec.folders import Folder

    whole = Folder(folder, contents, ledger=app.settings.ledger, recognised=written_by_eventrec, **how)
    with noting(given, folder, whole) as note:
        yield whole, whole.save(note)
