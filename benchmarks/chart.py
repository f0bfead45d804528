"""Charts of cost against size, both axes logarithmic, as SVG that needs nothing else."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 1030
HEIGHT: Final = 560
LEFT, TOP, RIGHT, BOTTOM = 76, 64, 390, 64
COLOURS: Final = (
    "#1b6ca8", "#d1495b", "#2f9e6e", "#8e5ea2", "#e08e0b", "#3c4f76", "#a8572c", "#5b8c1f",
    "#c2478f", "#008b9a", "#7a7a00", "#6b4ce6", "#9c2f2f", "#2b2b2b", "#4f9bd9", "#b59a00",
)  # fmt: skip
APART: Final = 17.0
"""Pixels between the names at the right."""


@dataclass(frozen=True)
class Line:
    """A line through points (rows, value); `dashed` for others than eventrec, in the colour of the line before."""

    name: str
    points: Sequence[tuple[float, float]]
    dashed: bool = False


@dataclass(frozen=True)
class Scale:
    """Where a value stands between two ends, both powers of ten apart or a part of that."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the pixel of a value."""
        part = (math.log10(value) - math.log10(self.low)) / (math.log10(self.high) - math.log10(self.low))
        return round(self.start + part * (self.end - self.start), 1)

    def marks(self) -> list[float]:
        """Return the values that the axis names: powers of ten, and between them 2 and 5 when there are few."""
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        steps = (1.0,) if last - first > 3 else (1.0, 2.0, 5.0)
        found = [step * 10.0**power for power in range(first, last + 1) for step in steps]
        return [value for value in found if self.low * 0.999 <= value <= self.high * 1.001]


def chart(title: str, across: str, up: str, lines: Sequence[Line]) -> str:
    """Return the SVG of a chart; lines without points are left out."""
    drawn = [line for line in lines if line.points]
    xs = [x for line in drawn for x, _ in line.points]
    ys = [y for line in drawn for _, y in line.points]
    x = Scale(min(xs, default=1), max(max(xs, default=10), min(xs, default=1) * 10), LEFT, WIDTH - RIGHT)
    y = Scale(*_round(min(ys, default=1), max(ys, default=10)), HEIGHT - BOTTOM, TOP)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222">'
    )
    return "\n".join(
        [
            head,
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            f'<text x="{LEFT}" y="28" font-size="17" font-weight="bold">{escape(title)}</text>',
            f'<text x="{LEFT}" y="48" fill="#555">{escape(up)}</text>',
            *_axes(x, y, across),
            *_lines(drawn, x, y),
            "</svg>",
            "",
        ]
    )


def _round(low: float, high: float) -> tuple[float, float]:
    """Return ends a little outside, at 1, 2 or 5 times a power of ten."""
    steps = [step * 10.0**power for power in range(-6, 8) for step in (1.0, 2.0, 5.0)]
    below = max((step for step in steps if step <= low), default=low)
    above = min((step for step in steps if step >= high), default=high)
    return below, above if above > below else below * 10


def _axes(x: Scale, y: Scale, across: str) -> list[str]:
    found = []
    for value in y.marks():
        at = y.at(value)
        found.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at}" y2="{at}" stroke="#e3e3e3"/>')
        found.append(f'<text x="{LEFT - 8}" y="{at + 4}" text-anchor="end">{_said(value)}</text>')
    for power in range(math.floor(math.log10(x.low)), math.ceil(math.log10(x.high)) + 1):
        if x.low * 0.999 <= 10.0**power <= x.high * 1.001:
            at = x.at(10.0**power)
            found.append(f'<line x1="{at}" x2="{at}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#e3e3e3"/>')
            found.append(f'<text x="{at}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{10**power:,}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    found.append(f'<text x="{middle}" y="{HEIGHT - 16}" text-anchor="middle" fill="#555">{escape(across)}</text>')
    return found


def _said(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def _lines(lines: Sequence[Line], x: Scale, y: Scale) -> list[str]:
    found = []
    ends = _apart([y.at(line.points[-1][1]) for line in lines])
    turn = -1
    for number, line in enumerate(lines):
        turn += not (line.dashed and number)
        colour = COLOURS[turn % len(COLOURS)]
        dash = ' stroke-dasharray="6 4"' if line.dashed else ""
        places = [(x.at(across), y.at(up)) for across, up in line.points]
        path = " ".join(f"{across},{up}" for across, up in places)
        found.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        found += [f'<circle cx="{across}" cy="{up}" r="3.2" fill="{colour}"/>' for across, up in places]
        last_x, last_y = places[-1]
        start, at = WIDTH - RIGHT + 14, ends[number]
        found.append(
            f'<polyline points="{last_x},{last_y} {start},{at}" fill="none" stroke="{colour}" opacity="0.35"/>'
        )
        found.append(f'<text x="{start + 4}" y="{at + 4}" fill="{colour}">{escape(line.name)}</text>')
    return found


def _apart(places: Sequence[float]) -> list[float]:
    """Move names that would lie upon each other, within the chart, in the order of their lines."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    moved = dict.fromkeys(order, 0.0)
    last = TOP - APART
    for number in order:
        last = moved[number] = max(places[number], last + APART)
    lowest = HEIGHT - BOTTOM + 10.0
    for number in reversed(order):
        moved[number] = min(moved[number], lowest)
        lowest = moved[number] - APART
    return [round(moved[number], 1) for number in range(len(places))]
