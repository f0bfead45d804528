"""Patterns that are made when they are first looked for: those of one language cost a release of the other nothing."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Look = Callable[..., re.Match[str] | None]


class Pattern:
    """A pattern as `re.compile` takes it, with the methods of what it returns."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _made(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    @cached_property
    def search(self) -> Look:
        """Find it anywhere."""
        return self._made.search

    @cached_property
    def match(self) -> Look:
        """Find it at the beginning."""
        return self._made.match

    @cached_property
    def fullmatch(self) -> Look:
        """Find it as the whole."""
        return self._made.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """Find it wherever it stands."""
        return self._made.finditer

    @cached_property
    def sub(self) -> Callable[..., str]:
        """Put something in its place."""
        return self._made.sub
