"""The door for people: one file per noun, thin."""

from __future__ import annotations

import gc
import sys
from typing import Final

from eventrec.cli.lazy import put_off

# What Typer, pathlib, inspect and SQLAlchemy import at their top for functions that nobody calls here.
put_off("importlib.metadata", "ipaddress", "ntpath", "subprocess", "tokenize")

_UNTIL_COLLECTED: Final = 20_000
"""How many more objects there are before Python looks for rings that nobody holds; by itself it does at 700."""


def run() -> None:
    """Run the program. What it is made of is held for good: nobody looks for rings in it, now or later."""
    gc.disable()
    try:
        from eventrec.cli.main import main
    except KeyboardInterrupt:
        sys.exit(130)  # as `main` does; nobody has to read where in it Python was

    gc.freeze()
    gc.set_threshold(_UNTIL_COLLECTED)
    gc.enable()
    main()
