"""Why a row of an import is refused, in words and at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from eventrec.db.refusals import refusal
from eventrec.errors import ChangedSince, EventrecError
from eventrec.services.imports.outcome import Problem
from eventrec.services.imports.people import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from eventrec.services.imports.outcome import Outcome


def refuse(
    outcome: Outcome,
    error: EventrecError | IntegrityError,
    sheet: str,
    number: int,
    heading: Callable[[str], str] = lambda name: name,
) -> None:
    """Note that a row cannot be taken, for the reason that an error gives; `heading` is that of a field."""
    told = refusal(error) if isinstance(error, IntegrityError) else error
    field = told.field if isinstance(told, Refused) else ""
    message = told.message if isinstance(told, Refused) else f"{told.message} {told.hint}".strip()
    if isinstance(told, ChangedSince):
        outcome.changed += not told.never
        what = told.message.removesuffix(f" {told.NOTHING_SAVED}")
        message = f"{what} To take this row all the same, write version {told.version} into it."
    outcome.refuse([Problem(sheet, number, (heading(field) or field) if field else "", message)])
