"""JSON written piece by piece: a long answer is never held whole. The bytes are those of `json` and `jsonl`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from eventrec.formats.cells import jsonable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Growing(NamedTuple):
    """An object whose last key, `name`, holds a list that is made while it is written."""

    head: Mapping[str, Any]
    name: str
    items: Iterable[Mapping[str, Any]]


def array(objects: Iterable[Growing]) -> Iterator[bytes]:
    """Yield the pieces of an indented JSON array in UTF-8."""
    opening = "["
    for each in objects:
        head = _indented(each.head, "  ").removesuffix("\n  }")
        yield f'{opening}\n  {head},\n    "{each.name}": ['.encode()
        comma = ""
        for item in each.items:
            yield f"{comma}\n      {_indented(item, '      ')}".encode()
            comma = ","
        yield b"\n    ]\n  }" if comma else b"]\n  }"
        opening = ","
    yield b"[]\n" if opening == "[" else b"\n]\n"


def lines(objects: Iterable[Growing]) -> Iterator[bytes]:
    """Yield the pieces of one line of JSON for each object, in UTF-8."""
    for each in objects:
        yield f'{_dumped(each.head)[:-1]}, "{each.name}": ['.encode()
        comma = ""
        for item in each.items:
            yield f"{comma}{_dumped(item)}".encode()
            comma = ", "
        yield b"]}\n"


def _indented(value: Mapping[str, Any], margin: str) -> str:
    return json.dumps(jsonable(value), ensure_ascii=False, indent=2).replace("\n", f"\n{margin}")


def _dumped(value: Mapping[str, Any]) -> str:
    return json.dumps(jsonable(value), ensure_ascii=False)
