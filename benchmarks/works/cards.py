"""Contact cards out."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

from benchmarks.ground import FLOORS
from benchmarks.rows import OURS, Differs, Row, faster

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.ground import Ground
    from benchmarks.rows import Figures

WRITING: Final = "vobject"


def exported(ground: Ground) -> Row:
    """`export contacts` of everybody, as vCard 3.0."""
    book = ground.book()
    sides = [
        ground.eventrec(book, "export", "contacts", "-o", "-"),
        *ground.peer(
            "vobject",
            WRITING,
            lambda programs: [programs / "python", "-W", "ignore", FLOORS / "cards_write.py", book],
            runs=1,
        ),
    ]
    return Row(
        "cards",
        "vCard export, 100,000 contacts",
        f"`export contacts` of {ground.many(100_000):,} contacts, vCard 3.0",
        sides,
        [faster(50, WRITING)],
        3,
        _same(ground),
        "Both read the projects in which somebody was involved out of a million participations.",
    )


def _same(ground: Ground) -> Callable[[Figures], str]:
    def same(figures: Figures) -> str:
        """Count at full size; compare property by property in a book of a hundredth."""
        if WRITING not in figures:
            return ""
        ours, theirs = (figures[name].output.read_bytes().count(b"BEGIN:VCARD") for name in (OURS, WRITING))
        if ours != theirs:
            raise Differs(f"{ours} cards and {theirs}")
        words = _compared(ground)
        return f"{ours:,} cards each; {words} cards of a smaller book, read by vobject, are equal property by property."

    return same


def _compared(ground: Ground) -> int:
    book, python = (
        ground.book(10_000),
        ground.peer("vobject", "", lambda programs: [programs / "python", "-W", "ignore"])[0].words,
    )
    commands = {
        "ours.vcf": ground.eventrec(book, "export", "contacts", "-o", "-").words,
        "theirs.vcf": [*python, str(FLOORS / "cards_write.py"), str(book)],
    }
    for name, command in commands.items():
        with (ground.work / name).open("wb") as file:
            subprocess.run(command, stdout=file, stderr=subprocess.DEVNULL, env=ground.environment, check=True)
    files = [str(ground.work / name) for name in commands]
    judge = [*python, str(FLOORS / "cards_same.py"), *files]
    done = subprocess.run(judge, env=ground.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Differs(done.stdout.strip()[:500] or done.stderr.strip()[-500:])
    return int(done.stdout)


ROWS = {"cards": exported}
