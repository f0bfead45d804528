"""Dates in Chinese words, for letters: 2024年10月17日（星期四）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.text.weekdays import chinese

if TYPE_CHECKING:
    from datetime import date


def say_date(day: date) -> str:
    """Return a day in words: 2024年10月17日（星期四）."""
    return f"{day.year}年{day.month}月{day.day}日（{chinese(day)}）"


def say_dates(first: date, last: date) -> str:
    """Return a range in words, both days inclusive, as short as can be: 2024年10月17日（星期四）至18日（星期五）."""
    if first == last:
        return say_date(first)
    end = f"{last.day}日（{chinese(last)}）"
    if first.year != last.year:
        end = say_date(last)
    elif first.month != last.month:
        end = f"{last.month}月{end}"
    return f"{say_date(first)}至{end}"
