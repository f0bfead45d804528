"""What answers at once: lists, one record, help, and the check of the schema."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from benchmarks.rows import OURS, Differs, Row, Target, at_most, beyond, faster, shown
from benchmarks.works.peers import khal, khard

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.ground import Ground
    from benchmarks.rows import Figures

RUNS: Final = 11
PIPE: Final = "`event list`, `agenda`, `search`, `show` to a pipe"
SCREEN: Final = "the same as a table on a terminal"
HELP: Final = "`--help`, `--version`, completion"
FLOOR: Final = "argparse + sqlite3"
NO_OP: Final = "argparse no-op"
SHOWN: Final = 20
MORE: Final = 1_000


def listing(ground: Ground) -> Row:
    """`event list` of some twenty events out of ten thousand."""
    since = _since(ground.book())
    sides = [
        ground.eventrec(ground.book(), "event", "list", "--since", since, piped=True),
        ground.floor(FLOOR, "listing", ground.book(), since, piped=True),
        *khard(ground, SHOWN),
        *khal(ground, SHOWN),
        *khard(ground, ground.many(MORE), f"khard list, {ground.many(MORE):,} cards", runs=3),
    ]
    work = f"`event list` of some {SHOWN} events out of {ground.many(10_000):,}"
    note = (
        f"khard and khal have {SHOWN} cards and events in all, which is in their favour: eventrec lists as many out of"
        " a book with everything. What khard takes for more is shown beside it; no target asks for that."
    )
    targets = [at_most(2.8, FLOOR), faster(1.8, "khard list"), faster(4, "khal list")]
    return Row("list", PIPE, work, sides, targets, RUNS, same_text, note)


def agenda(ground: Ground) -> Row:
    """`agenda` of the same days."""
    since = _since(ground.book())
    sides = [
        ground.eventrec(ground.book(), "agenda", "--since", since, piped=True),
        ground.floor(FLOOR, "listing", ground.book(), since, "--not-cancelled", piped=True),
        *khard(ground, SHOWN),
        *khal(ground, SHOWN),
    ]
    work = "`agenda` of the same days, cancelled events left out"
    targets = [at_most(2.8, FLOOR), faster(1.8, "khard list"), faster(4, "khal list")]
    return Row("agenda", PIPE, work, sides, targets, RUNS, same_text)


def search(ground: Ground) -> Row:
    """`search` for one event by a word of its title."""
    word = f"Workshop {ground.many(10_000)}"
    sides = [
        ground.eventrec(ground.book(), "search", word, piped=True),
        ground.floor(FLOOR, "searching", ground.book(), word, piped=True),
        *khard(ground, SHOWN),
        *khal(ground, SHOWN),
    ]
    work = f"`search` for “{word}” in everything"
    targets = [at_most(2.8, FLOOR), faster(1.8, "khard list"), faster(4, "khal list")]
    return Row("search", PIPE, work, sides, targets, RUNS, same_text)


def show(ground: Ground) -> Row:
    """`event show` of one event."""
    number = ground.many(10_000) - 3
    sides = [
        ground.eventrec(ground.book(), "event", "show", number, piped=True),
        ground.floor(FLOOR, "showing", ground.book(), number, piped=True),
        *khard(ground, SHOWN),
        *khal(ground, SHOWN),
    ]
    targets = [at_most(2.8, FLOOR), faster(1.8, "khard list"), faster(4, "khal list")]
    return Row("show", PIPE, "`event show` of one event", sides, targets, RUNS, same_text)


def listing_on_screen(ground: Ground) -> Row:
    """`event list` as a table on a terminal."""
    since = _since(ground.book())
    sides = [
        ground.eventrec(ground.book(), "event", "list", "--since", since, terminal=True),
        ground.floor(FLOOR, "listing", ground.book(), since, piped=True),
    ]
    work = "`event list` of the same events, on a terminal of 120 columns"
    return Row("list-screen", SCREEN, work, sides, [at_most(4, FLOOR)], RUNS)


def agenda_on_screen(ground: Ground) -> Row:
    """`agenda` as a table on a terminal."""
    since = _since(ground.book())
    sides = [
        ground.eventrec(ground.book(), "agenda", "--since", since, terminal=True),
        ground.floor(FLOOR, "listing", ground.book(), since, "--not-cancelled", piped=True),
    ]
    return Row("agenda-screen", SCREEN, "`agenda`, on a terminal", sides, [at_most(4, FLOOR)], RUNS)


def search_on_screen(ground: Ground) -> Row:
    """`search` as a table on a terminal."""
    word = f"Workshop {ground.many(10_000)}"
    sides = [
        ground.eventrec(ground.book(), "search", word, terminal=True),
        ground.floor(FLOOR, "searching", ground.book(), word, piped=True),
    ]
    return Row("search-screen", SCREEN, "`search`, on a terminal", sides, [at_most(4, FLOOR)], RUNS)


def show_on_screen(ground: Ground) -> Row:
    """`event show` on a terminal."""
    number = ground.many(10_000) - 3
    sides = [
        ground.eventrec(ground.book(), "event", "show", number, terminal=True),
        ground.floor(FLOOR, "showing", ground.book(), number, piped=True),
    ]
    return Row("show-screen", SCREEN, "`event show`, on a terminal", sides, [at_most(4, FLOOR)], RUNS)


def help_(ground: Ground) -> Row:
    """`--help`, beside that of sqlite-utils."""
    theirs = "sqlite-utils --help"
    sides = [
        ground.eventrec(ground.book(), "--help", piped=True),
        ground.floor(NO_OP, "nothing", piped=True),
        *ground.peer("sqlite-utils", theirs, lambda programs: [programs / "sqlite-utils", "--help"], piped=True),
    ]
    return Row("help", HELP, "`--help`", sides, [at_most(3.5, NO_OP), at_most(1, theirs)], RUNS)


def help_of_a_command(ground: Ground) -> Row:
    """Show the help of one command with many options."""
    sides = [
        ground.eventrec(ground.book(), "event", "add", "--help", piped=True),
        ground.floor(NO_OP, "nothing", piped=True),
    ]
    return Row("help-command", HELP, "`event add --help`", sides, [at_most(3.5, NO_OP)], RUNS)


def version(ground: Ground) -> Row:
    """`--version`."""
    sides = [
        ground.eventrec(ground.book(), "--version", piped=True),
        ground.floor(NO_OP, "nothing", piped=True),
    ]
    return Row("version", HELP, "`--version`", sides, [at_most(3.5, NO_OP)], RUNS)


def completion(ground: Ground) -> Row:
    """Complete a word, as the shell asks when the Tab key is pressed."""
    ours = ground.eventrec(ground.book(), piped=True)
    words = ["_EVENTREC_COMPLETE=complete_bash", "COMP_WORDS=eventrec event l", "COMP_CWORD=2"]
    asking = type(ours)(ours.name, ["/usr/bin/env", *words, ours.command[0]], piped=True)
    sides = [asking, ground.floor(NO_OP, "nothing", piped=True)]
    work = "completion of `eventrec event l`, as bash asks for it"
    return Row("completion", HELP, work, sides, [at_most(3.5, NO_OP)], RUNS, _completes)


def schema(ground: Ground) -> Row:
    """Check a healthy book's schema, within a process."""
    sides = [
        ground.floor(OURS, "schema", "eventrec", ground.book(), piped=True),
        ground.floor("PRAGMA user_version", "schema", "pragma", ground.book(), piped=True),
    ]

    def judged(figures: Figures) -> tuple[str, bool]:
        ours, pragma = (float(figures[side.name].output.read_text()) for side in sides)
        return f"{ours:.1f} µs, the PRAGMA {pragma:.1f} µs ({shown(ours / pragma)}×)", ours <= 20

    targets = [Target("no Alembic, ≤ 20 µs", tuple(side.name for side in sides), judged)]
    work = "the schema of a healthy book is checked"
    note = "The microseconds are within the process, the seconds those of the whole script that repeats the check."
    return Row("schema", "schema check of a healthy book", work, sides, targets, 3, note=note)


def search_people(ground: Ground) -> Row:
    """`search` for two Chinese characters in a hundred thousand contacts."""
    word = "李娜"
    like, idle = "LIKE over the columns of names", "the same in a small book"
    small = ground.book(1_000)
    sides = [
        ground.eventrec(ground.book(), "search", word, "--limit", 1_000_000, piped=True),
        ground.eventrec(small, "search", word, name=f"{OURS}, {idle}", piped=True),
        ground.floor(like, "searching", ground.book(), word, piped=True),
        ground.floor(f"LIKE, {idle}", "searching", small, word, piped=True),
    ]
    pairs = ((OURS, f"{OURS}, {idle}"), (like, f"LIKE, {idle}"))
    return Row(
        "search-people",
        "search in 100,000 contacts, two Chinese characters",
        f"`search {word}` in {ground.many(100_000):,} contacts",
        sides,
        [beyond(1.2, pairs, "≤ 1.2× of LIKE, both beyond start-up")],
        RUNS,
        _no_hit_lost,
        "Beyond start-up: less what the same command takes with a book of 100 contacts. LIKE looks into names only; "
        "eventrec also into e-mails, phones and aliases, in every spelling, and sorts by the latest event.",
    )


def same_text(figures: Figures) -> str:
    """Tell that eventrec and the floor wrote the same bytes."""
    ours, floor = (figures[name].output.read_bytes() for name in (OURS, FLOOR))
    if ours != floor:
        raise Differs("eventrec and the floor print different rows")
    rows = ours.count(b"\n") - 1
    return f"The same {rows} rows, byte for byte."


def _completes(figures: Figures) -> str:
    if b"list" not in figures[OURS].output.read_bytes():
        raise Differs("nothing was completed")
    return "It offers `list`."


def _no_hit_lost(figures: Figures) -> str:
    ours, like = (_numbers(figures[name].output) for name in (OURS, "LIKE over the columns of names"))
    if like - ours:
        raise Differs(f"{len(like - ours)} records that LIKE finds are not found")
    return f"LIKE finds {len(like)} records, eventrec {len(ours)}, and all of those among them."


def _numbers(path: Path) -> set[tuple[str, ...]]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return {tuple(line.split("\t")[:2]) for line in lines}


def _since(book: Path) -> str:
    """Return the day from which on there are some twenty events."""
    import sqlite3

    with closing(sqlite3.connect(f"file:{book}?mode=ro", uri=True)) as opened:
        days = opened.execute(
            "SELECT ends_on, count(*) OVER (ORDER BY ends_on DESC) FROM event GROUP BY id ORDER BY ends_on DESC"
        ).fetchall()
    return str(min(days, key=lambda each: abs(each[1] - SHOWN))[0])


ROWS = {
    "list": listing,
    "agenda": agenda,
    "search": search,
    "show": show,
    "list-screen": listing_on_screen,
    "agenda-screen": agenda_on_screen,
    "search-screen": search_on_screen,
    "show-screen": show_on_screen,
    "help": help_,
    "help-command": help_of_a_command,
    "version": version,
    "completion": completion,
    "schema": schema,
}
SEARCH = {"search-people": search_people}
