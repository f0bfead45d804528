"""What a script gives, made into the options that a person would type, so that both are read in one way."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from eventrec.errors import UsageError
from eventrec.text.names import language_tag
from eventrec.values import NONE
from eventrec.vocabulary import (
    AGENCY_KINDS,
    EVENT_KINDS,
    EVENT_STATUSES,
    MODALITIES,
    PARTICIPATION_MODALITIES,
    PARTICIPATION_STATUSES,
    PROJECT_STATUSES,
    ROLES,
    SEXES,
    SOURCES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Kind = Literal["text", "names", "list", "number", "flag"]

_EMPTIED_BY_NONE: Final = ("date", "time", "at", "contact", "parent", "successor")


def _fields(**kinds: str) -> dict[str, Kind]:
    """Return by name what a field takes: `text="date time"` and so on."""
    return {name: kind for kind, names in kinds.items() for name in names.split()}  # type: ignore[misc]


FIELDS: Final[Mapping[str, Mapping[str, Kind | tuple[str, ...]]]] = {
    "event": {
        **_fields(
            names="title city venue description results",
            text="date date_note time timezone reason country address at online_url source_url note contact",
            list="topic project no_project organizer co_organizer host facilitator",
            number="days",
            flag="not_visits",
        ),
        "kind": EVENT_KINDS,
        "status": EVENT_STATUSES,
        "modality": MODALITIES,
    },
    "agency": {
        **_fields(
            names="name",
            text="code side country parent successor website note from_",
            list="email phone postal alias",
            flag="correct",
        ),
        "kind": AGENCY_KINDS,
    },
    "contact": {
        **_fields(
            names="name position",
            text="honorific agency unit from_ family_name given_name note",
            list="email phone mobile wechat url postal no_point manages language alias",
            flag="correct",
        ),
        "sex": SEXES,
    },
    "project": {
        **_fields(
            names="name funding",
            text="code parent contract date retention_months note",
            list="donor implementer partner beneficiary manager focal_point finance monitoring no_party alias",
        ),
        "status": PROJECT_STATUSES,
    },
    "participant": {
        **_fields(names="position", text="agency note", number="women men other not_stated count days", flag="about"),
        "role": ROLES,
        "status": PARTICIPATION_STATUSES,
        "modality": PARTICIPATION_MODALITIES,
        "source": SOURCES,
    },
}
"""By noun the fields that can be edited, named like the options of the command: a kind, or the words to choose from."""


def options(noun: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of `eventrec NOUN edit` for a script's values. Raises UsageError, naming the field."""
    if noun not in FIELDS:
        raise UsageError(f"“{noun}” cannot be edited.", f"Choose {', '.join(FIELDS)}.")
    known = FIELDS[noun]
    unknown = ", ".join(sorted(set(given) - set(known)))
    if unknown:
        raise UsageError(f"“{unknown}” is no field of {noun} that can be edited.", f"There are: {', '.join(known)}.")
    if not given:
        raise UsageError("Nothing was given to change.", f"There are: {', '.join(known)}.")
    return {name: _option(name, known[name], value) for name, value in given.items()}


def _option(name: str, kind: Kind | tuple[str, ...], value: Any) -> Any:  # noqa: ANN401
    if isinstance(kind, tuple):
        if value not in kind:
            raise UsageError(f"{name}: “{value}” is none of: {', '.join(kind)}.", "Choose one of them.")
        return value
    return _READERS[kind](name, value)


def _text(name: str, value: Any) -> str:  # noqa: ANN401
    if value is None:
        return NONE if name in _EMPTIED_BY_NONE else ""
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return ("-" if name == "time" else "..").join(_text(name, part) for part in value)
    if isinstance(value, datetime):
        raise UsageError(f"{name} is a day, not a moment.", "Give a date, and the hours as time=“09:00-17:00”.")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (str, Decimal)) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise _wrong(name, value, "a text")


def _names(name: str, value: Any) -> list[str]:  # noqa: ANN401
    if value is None:
        return [""]
    if isinstance(value, dict):
        return [f"{language_tag(str(tag))}={_text(name, text)}" for tag, text in value.items()] or [""]
    return _list(name, value)


def _list(name: str, value: Any) -> list[str]:  # noqa: ANN401
    values = [value] if isinstance(value, (str, int)) else value
    if not isinstance(values, (list, tuple)):
        raise _wrong(name, value, "a text or a list of texts")
    return [_text(name, each) for each in values]


def _number(name: str, value: Any) -> int:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(name, value, "a whole number")
    return value


def _flag(name: str, value: Any) -> bool:  # noqa: ANN401
    if not isinstance(value, bool):
        raise _wrong(name, value, "True or False")
    return value


def _wrong(name: str, value: Any, wanted: str) -> UsageError:  # noqa: ANN401
    return UsageError(f"{name} is {wanted}, not {value!r}.", "Give another value, or leave it out.")


_READERS: Final[Mapping[Kind, Callable[[str, Any], Any]]] = {
    "text": _text,
    "names": _names,
    "list": _list,
    "number": _number,
    "flag": _flag,
}
