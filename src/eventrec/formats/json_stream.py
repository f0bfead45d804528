"""JSON written object by object: a long answer is never held whole. The bytes are those of `json` and `jsonl`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from eventrec.formats.cells import jsonable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def array(objects: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield the pieces of an indented JSON array in UTF-8."""
    opening = "[\n  "
    for each in objects:
        text = json.dumps(jsonable(each), ensure_ascii=False, indent=2).replace("\n", "\n  ")
        yield (opening + text).encode()
        opening = ",\n  "
    yield b"[]\n" if opening.startswith("[") else b"\n]\n"


def lines(objects: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield one line of JSON for each object, in UTF-8."""
    for each in objects:
        yield (json.dumps(jsonable(each), ensure_ascii=False) + "\n").encode()
