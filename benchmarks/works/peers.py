"""Peers that need files of their own: khal and khard."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.ground import Ground
    from benchmarks.measure import Side


def khal(ground: Ground, rows: int) -> list[Side]:
    """Return khal listing so many events, out of a vdir with no others."""
    if not ground.peers:
        return []
    folder = ground.work / "khal"
    vdir = folder / "calendar"
    if not vdir.exists():
        folder.mkdir()
        _export(ground, rows, "calendar", "--vdir", vdir)
        (folder / "config").write_text(
            f"[calendars]\n[[events]]\npath = {vdir}\n[locale]\nlocal_timezone = Asia/Shanghai\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"[sqlite]\npath = {folder}/khal.db\n",
            encoding="utf-8",
        )
    words = ("list", "2023-01-01", "2026-12-31", "--once")
    return ground.peer(
        "khal", "khal list", lambda programs: [programs / "khal", "-c", folder / "config", *words], piped=True, runs=5
    )


def khard(ground: Ground, rows: int, name: str = "khard list", runs: int | None = None) -> list[Side]:
    """Return khard listing so many cards, out of a folder with no others."""
    if not ground.peers:
        return []
    folder = ground.work / f"khard-{rows}"
    cards = folder / "cards"
    if not cards.exists():
        folder.mkdir()
        _export(ground, rows, "contacts", "--split", cards)
        (folder / "config").write_text(f"[addressbooks]\n[[people]]\npath = {cards}\n", encoding="utf-8")
    return ground.peer(
        "khard", name, lambda programs: [programs / "khard", "-c", folder / "config", "list"], piped=True, runs=runs
    )


def _export(ground: Ground, rows: int, *words: object) -> None:
    book: Path = ground.wide(rows)
    command = ground.eventrec(book, "export", *words).words
    subprocess.run(command, check=True, env=ground.environment, capture_output=True)
