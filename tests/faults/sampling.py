"""Which of many alike tests `make test` runs; `make faults` runs all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


def one_in(number: int, request: pytest.FixtureRequest, tries: Callable[[int, int], int]) -> None:
    """Skip a test that has parameters unless it is the chosen one of so many: the same ones on every machine."""
    if hasattr(request.node, "callspec") and tries(0, 1) == 0 and crc32(request.node.name.encode()) % number:
        pytest.skip("make faults")
