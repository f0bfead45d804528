"""Making one record of two: everything moves, nothing is dropped, and one undo takes it apart again."""

from __future__ import annotations

from eventrec.services.merge.agencies import agencies
from eventrec.services.merge.clash import Clash, Clashes, Merged
from eventrec.services.merge.contacts import contacts

__all__ = ["Clash", "Clashes", "Merged", "agencies", "contacts"]
