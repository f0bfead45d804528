"""Who takes part and who stands behind the event: role, modality and head-count.

`english` and `chinese` list the words that say what the organisations before or after them do; `clauses` finds which
those are; `people` reads head-counts; `fill` puts together what all places of a release say of one organisation.
"""

from __future__ import annotations

from eventrec.draft.rules.parties.chosen import fill

__all__ = ["fill"]
