"""Modules that are read when something in them is first used, though others import them at every start.

Python has words for that from 3.15 on (PEP 810, explicit lazy imports). What stands in the way before is that libraries
import at their top what they use in one rare function.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

_READING = RLock()


class Lazy(ModuleType):
    """A module that is not read yet; whoever asks for anything in it has it read.

    While it is halfway, other threads wait also for what is there already: a function may need what comes after it.
    """

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401
        if not name.startswith("__"):  # what Python itself asks of every module
            _whole(self)
        return ModuleType.__getattribute__(self, name)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        _whole(self)
        return ModuleType.__getattribute__(self, name)


_BEING_READ: set[Lazy] = set()
"""Those that are halfway: what they import may ask for them."""


def _whole(module: Lazy) -> None:
    with _READING:
        if type(module) is Lazy and module not in _BEING_READ:
            _read(module)


def _read(module: Lazy) -> None:
    _BEING_READ.add(module)
    try:
        module.__spec__.loader.exec_module(module)  # type: ignore[union-attr]
        module.__class__ = ModuleType  # type: ignore[assignment]
    finally:
        _BEING_READ.remove(module)


def put_off(*names: str) -> None:
    """Let modules of Python's own library be read late, unless they are already or this Python has none.

    Only those written in Python can be, and only such as a library imports whole: `from module import name` reads it.
    """
    for name in names:
        if name not in sys.modules and (spec := find_spec(name)):
            module = sys.modules[name] = module_from_spec(spec)
            module.__class__ = Lazy
            package, _, own = name.rpartition(".")
            if package:
                setattr(sys.modules[package], own, module)
