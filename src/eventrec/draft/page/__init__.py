"""A release as a page: what is text and what stands around it, in which language, sentence by sentence.

`lay_out` is the door. Its steps stand in the modules beside: `plain` (a text of the same length), `lines` and
`paragraphs`, `furniture` (what belongs to the page and not to the release), `scripts` (English from Chinese),
`headlines`, and `sentences`.
"""

from eventrec.draft.page.layout import lay_out
from eventrec.draft.page.parts import READ, Kind, Page, Passage, Sentence

__all__ = ["READ", "Kind", "Page", "Passage", "Sentence", "lay_out"]
