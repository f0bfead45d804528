"""Giving out what was found: on the screen, into a pipe, into a file."""

from __future__ import annotations

import shutil
import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from eventrec.errors import UsageError
from eventrec.formats import registry
from eventrec.formats.registry import Options
from eventrec.formats.terminal import visible
from eventrec.table import Anew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from eventrec.cli.context import App
    from eventrec.cli.disclosing import Disclosing
    from eventrec.table import Part, Stream, Table


SPARE: Final = (
    "shared", "approximate", "planned_starts_on", "planned_ends_on", "status_reason", "people_women", "people_men",
    "event_days", "visits", "named", "unnamed", "agency_name", "event", "agencies", "uncounted", "donors", "country",
    "days", "ends_on", "modality", "evidenced", "people", "kind", "position", "reverses", "reversed_by", "rows",
    "parent", "detail", "person_days", "date_note", "city", "starts_on", "other", "not_stated", "label", "projects",
)  # fmt: skip
"""Columns that a narrow terminal can do without, the first to go first."""

_HELD: Final = 2**20
"""Octets that wait in memory until they may be seen; more wait on the disk."""


def give(
    app: App,
    table: Table | Stream,
    options: Mapping[str, Any],
    people: Sequence[str] = (),
    *,
    main: str | None = None,
    given: Disclosing | None = None,
) -> None:
    """Write a table as `--format`, `--output`, `--lang`, `--for-excel` and `--force` ask.

    `people` names the columns for the screen and for Markdown; every other format has them all. `main` is the main
    language; None asks the book. What is `given` to somebody outside is noted.
    """
    output = options.get("output")
    name = chosen(options)
    if name in ("table", "markdown"):
        table = _as_clocks_here(table.pick(*people) if people else table)
    content = registry.Content(table, name, _how(app, options, name, main or app.reader.main_language()))
    if output in (None, "-"):
        put_whole(content, binary=registry.FORMATS[name].binary, is_for_people=name == "table", given=given)
    elif output is not None:
        save_stream(app, output, content, force=bool(options.get("force")), given=given)


def _as_clocks_here(table: Table | Stream) -> Table | Stream:
    """Return the table with its moments as the clock here shows them, for people; data has UTC."""
    at = {i for i, column in enumerate(table.columns) if column.kind == "moment"}
    if not at:
        return table
    from eventrec.text.moments import say_here

    def say(part: Part) -> Part:
        return [
            [say_here(str(cell), datetime.astimezone) if cell else cell for cell in cells] if i in at else cells
            for i, cells in enumerate(part)
        ]

    return table.map(say, [each._replace(kind="text") if each.kind == "moment" else each for each in table.columns])


def give_one(app: App, table: Table, format: str) -> None:
    """Write the only row of a table: in JSON the object alone, which is what a script expects of one thing."""
    if format == "json":
        import json

        from eventrec.formats.cells import jsonable

        put((json.dumps(jsonable(next(iter(table))), ensure_ascii=False, indent=2) + "\n").encode())
    else:
        give(app, table, {"format": format}, main="en")


def give_page(app: App, page: str, options: Mapping[str, Any]) -> None:
    """Write a page for people where `--output` asks."""
    output = options.get("output")
    if output in (None, "-"):
        put(page.encode(), is_for_people=True)
    else:
        save(app, str(output), page.encode(), force=bool(options.get("force")))


def chosen(options: Mapping[str, Any]) -> str:
    """Return the format: as asked for, else a table on a terminal and TSV in a pipe."""
    wanted, output = options.get("format"), options.get("output")
    if wanted is None and output in (None, "-") and not sys.stdout.isatty():
        return "tsv"
    return registry.choose(wanted, output)


def put(content: bytes, *, binary: bool = False, is_for_people: bool = False, given: Disclosing | None = None) -> None:
    """Write to standard output; a workbook only where no person would see it.

    On a screen nothing acts in what is written for programs either; what `is_for_people` was made so, with its colours.
    """
    shown = content
    if sys.stdout.isatty() and not is_for_people:
        if binary:
            raise UsageError("That is a file, not text for a screen.", "Name it with -o FILE.")
        shown = _on_screen(content.decode()).encode()
    with _noting(given, None, [content]) as note:
        note()
        sys.stdout.flush()
        sys.stdout.buffer.write(shown)
        sys.stdout.buffer.flush()


def _noting(
    given: Disclosing | None, file: Path | None, contents: Iterable[bytes]
) -> AbstractContextManager[Callable[[], None]]:
    """Return what saves the note of a file that is given to somebody, see `disclosing.noting`; most are to nobody."""
    if given is None:
        return nullcontext(lambda: None)
    from eventrec.cli.disclosing import noting

    return noting(given, file, contents)


def put_whole(
    content: Iterable[bytes], *, binary: bool = False, is_for_people: bool = False, given: Disclosing | None = None
) -> None:
    """Write to standard output as `put` does, when all of it has come: much of it waits in a file without a name."""
    screened = sys.stdout.isatty() and not is_for_people
    if screened and binary:
        raise UsageError("That is a file, not text for a screen.", "Name it with -o FILE.")
    hashed = _hashed(content) if given else content
    with _Waiting() as waiting, _noting(given, None, hashed) as note:
        waiting.fill(hashed)
        note()
        _write_out(map(_piece_on_screen, waiting.pieces()) if screened else waiting.pieces())


class _Waiting:
    """Octets that must be complete before they are seen: few are held, more wait on the disk."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._file: IO[bytes] | None = None

    def __enter__(self) -> _Waiting:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def fill(self, content: Iterable[bytes]) -> None:
        """Take all pieces, those from before again when they begin anew."""
        while True:
            self._held, room = [], _HELD
            if self._file:
                self._file.seek(0)
                self._file.truncate()
            try:
                for piece in content:
                    self._held.append(piece)
                    room -= len(piece)
                    if room < 0:
                        self._spill()
                        room = _HELD
            except Anew:
                continue
            return

    def _spill(self) -> None:
        from tempfile import TemporaryFile, gettempdir

        from eventrec.errors import not_written

        try:
            self._file = self._file or TemporaryFile()  # noqa: SIM115 (closed on leaving)
            self._file.writelines(self._held)
        except OSError as error:
            raise not_written(Path(gettempdir()), error) from error
        self._held = []

    def pieces(self) -> Iterator[bytes]:
        """Yield what was taken, in pieces of whole lines."""
        if self._file:
            self._file.seek(0)
            while piece := self._file.read(_HELD // 4):
                yield piece + self._file.readline()
        yield from self._held


def _hashed(content: Iterable[bytes]) -> Iterable[bytes]:
    from eventrec.streamed import Hashed

    return Hashed(content)


def _write_out(pieces: Iterable[bytes]) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.writelines(pieces)
    sys.stdout.buffer.flush()


def _piece_on_screen(piece: bytes) -> bytes:
    return _on_screen(piece.decode()).encode()


def _on_screen(text: str) -> str:
    return "\t".join(visible(part, lines=True) for part in text.replace("\r\n", "\n").split("\t"))


def save(app: App, output: str, content: bytes, *, force: bool = False, given: Disclosing | None = None) -> None:
    """Write a file whole or not at all and say so; nothing to write is no file."""
    path = Path(output)
    if not content:
        app.warn(f"There is nothing to write; {path} was not made.")
        return
    from eventrec import files
    from eventrec.formats.marks import written_by_eventrec

    with _noting(given, path, [content]) as note:
        fresh = files.save(
            path, content, force=force, ledger=app.settings.ledger, recognised=written_by_eventrec, before=note
        )
        app.say(f"Written: {path}" if fresh else f"{path} is up to date.")


def save_stream(
    app: App, output: str, content: Iterable[bytes], *, force: bool = False, given: Disclosing | None = None
) -> None:
    """Write a file as `save` does, while its content comes."""
    from eventrec import streamed
    from eventrec.formats.marks import written_by_eventrec

    path, hashed = Path(output), streamed.Hashed(content)
    with _noting(given, path, hashed) as note:
        fresh = streamed.save(
            path, hashed, force=force, ledger=app.settings.ledger, recognised=written_by_eventrec, before=note
        )
        app.say(f"Written: {path}" if fresh else f"{path} is up to date.")


def is_empty(table: Stream, options: Mapping[str, Any]) -> bool:
    """Tell whether there is nothing to give; the question is put as the format asks for it, and not once more."""
    return not registry.asked(table, chosen(options))


def nothing(app: App, what: str, criteria: str) -> None:
    """Say that nothing matched, and what was asked."""
    app.warn(f"No {what} with {criteria}." if criteria else f"There are no {what} yet.")


def _how(app: App, options: Mapping[str, Any], name: str, main: str) -> Options:
    output = options.get("output")
    on_screen = output is None and sys.stdout.isatty()
    return Options(
        main=main,
        languages=options.get("lang") or "any",
        width=shutil.get_terminal_size().columns if name == "table" and on_screen else None,
        color=app.colored and output is None and name == "table",
        for_excel=bool(options.get("for_excel")),
        spare=SPARE,
    )
