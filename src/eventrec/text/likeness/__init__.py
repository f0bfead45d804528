"""How alike two names are, and why: what a person looks at before two records become one.

The score is 0 to 100. It never decides by itself: two people may have one name, and a part of an agency is not its
whole.
"""

from eventrec.text.likeness.agencies import agencies
from eventrec.text.likeness.people import keys, people
from eventrec.text.likeness.records import LIKELY, Likeness, Organisation, Person
from eventrec.text.likeness.spelling import spellings

__all__ = ["LIKELY", "Likeness", "Organisation", "Person", "agencies", "keys", "people", "spellings"]
