"""Chinese numerals and the digits of other scripts, as plain figures."""

from __future__ import annotations

import unicodedata
from typing import Final

from eventrec.patterns import late

_DIGITS: Final = {char: str(at) for at, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "两": "2"}
_RUN: Final = late(r"[〇零○一二三四五六七八九十廿卅两]+(?=\s*(?:[年月日号季点點时時分刻至到、和及-]|$))")


def arabic(text: str) -> str:
    """Return the text with Chinese numerals of dates and hours, and digits of any script, as 0-9."""
    figures = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    return _RUN.sub(lambda found: _number(found[0]), figures)


def _number(run: str) -> str:
    """Read 二〇二四 digit by digit and 十七, 二十, 三十一 by tens; what is neither stays."""
    tens, ten, ones = run.replace("廿", "二十").replace("卅", "三十").partition("十")
    if not ten:
        return "".join(_DIGITS[char] for char in run)
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return run
    return _DIGITS.get(tens, "1") + _DIGITS.get(ones, "0")
