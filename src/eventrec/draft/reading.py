"""A release being read: its page, the book's own names, and what the text names, each looked up once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from eventrec.draft.gazetteer import Gazetteer
    from eventrec.draft.mentions.days import DayMention
    from eventrec.draft.mentions.organisations import Organisation
    from eventrec.draft.mentions.places import PlaceMention
    from eventrec.draft.mentions.projects import ProjectMention
    from eventrec.draft.page import Page


class Reading:
    """What rules look at. `published` is the day that the file says it appeared, a hint and no answer."""

    def __init__(self, page: Page, gazetteer: Gazetteer, published: date | None = None) -> None:
        self.page = page
        self.gazetteer = gazetteer
        self.published = published

    @cached_property
    def days(self) -> Sequence[DayMention]:
        """Every date of the text, in order."""
        from eventrec.draft.mentions import days

        return days.find(self)

    @cached_property
    def places(self) -> Sequence[PlaceMention]:
        """Every city and country of the text, in order."""
        from eventrec.draft.mentions import places

        return places.find(self)

    @cached_property
    def organisations(self) -> Sequence[Organisation]:
        """Every organisation and delegation that the text names, in order."""
        from eventrec.draft.mentions import organisations

        return organisations.find(self)

    @cached_property
    def projects(self) -> Sequence[ProjectMention]:
        """Every project that the text names, in order."""
        from eventrec.draft.mentions import projects

        return projects.find(self)
