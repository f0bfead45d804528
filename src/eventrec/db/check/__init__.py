"""Is the book whole? The database's own checks, the rules for its rows, and whether the history leads to them."""

from __future__ import annotations

from eventrec.db.check.finding import Finding
from eventrec.db.check.run import check, check_book
from eventrec.db.check.tables import records

__all__ = ["Finding", "check", "check_book", "records"]
