"""A bar chart in text: one bar a line, scaled to the widest."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import number
from eventrec.formats.terminal import visible
from eventrec.formats.width import pad, shorten, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    Number = int | Decimal | None

_GAP: Final = "  "
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"


def bars(
    labels_and_values: Sequence[tuple[str, Number]],
    cells: int,
    *,
    plain: bool = False,
    shown: Sequence[str] | None = None,
) -> str:
    """Return one line a bar, such as `NIA  ████████ 12`, no wider than `cells`.

    A value of None has no bar and no number. `plain` draws in ASCII. `shown` replaces the numbers' texts, for
    "≥12".
    """
    if not labels_and_values:
        return ""
    labels = [visible(label) for label, _ in labels_and_values]
    values = [value for _, value in labels_and_values]
    texts = shown or ["" if value is None else number(value) for value in values]
    margin = min(max(map(width, labels)), max(cells * 2 // 5, 8))
    room = max(cells - margin - len(_GAP) - 1 - max(map(width, texts)), 1)
    top = max((value for value in values if value is not None), default=0)
    lines = (
        f"{pad(shorten(label, margin), margin)}{_GAP}{_bar(value, top, room, plain)} {text}".rstrip() + "\n"
        for label, value, text in zip(labels, values, texts, strict=True)
    )
    return "".join(lines)


def _bar(value: Number, top: int | Decimal, room: int, plain: bool) -> str:
    if not value or value < 0 or top <= 0:
        return ""
    eighths = max(1, int(Decimal(value) * room * 8 / Decimal(top)))
    if plain:
        return "#" * max(1, eighths // 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
