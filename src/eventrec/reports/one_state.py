"""A report puts several questions, and all of them are answered from one state of the book."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from eventrec.views.reader import Reader

P = ParamSpec("P")
R = TypeVar("R")


def of_one_state(report: Callable[Concatenate[Reader, P], R]) -> Callable[Concatenate[Reader, P], R]:
    """Let a report see the book as it is when it begins, whoever writes meanwhile: its total is that of its rows."""

    @wraps(report)
    def asked(reader: Reader, /, *args: P.args, **named: P.kwargs) -> R:
        with reader.connection.snapshot():
            return report(reader, *args, **named)

    return asked
