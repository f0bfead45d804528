"""What the shell offers for a reference: codes and numbers from the book, and nothing when there is none."""

from __future__ import annotations

from typing import Final

from eventrec.errors import EventrecError

_SQL: Final = {
    "event": "SELECT CAST(id AS TEXT) FROM event ORDER BY id DESC",
    "visit": "SELECT CAST(id AS TEXT) FROM event WHERE kind = 'site-visit' ORDER BY id DESC",
    "agency": "SELECT coalesce(code, CAST(id AS TEXT)) FROM agency ORDER BY 1",
    "project": "SELECT code FROM project ORDER BY code",
    "contact": "SELECT CAST(id AS TEXT) FROM contact ORDER BY id",
}
_MOST: Final = 50


def references(noun: str, incomplete: str, database: str | None = None) -> list[str]:
    """Return up to 50 references of the noun that begin with what was typed."""
    from eventrec.cli.context import App

    app = App(database)
    try:
        found = [str(row[0]) for row in app.reader.rows(_SQL[noun])]
    except EventrecError:
        return []
    finally:
        app.close()
    return [each for each in found if each.lower().startswith(incomplete.lower())][:_MOST]
