"""Chinese numerals and the digits of other scripts, as plain figures."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DIGITS: Final = {char: at for at, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "廿": 20}
_RUN: Final = re.compile(r"[〇零○一二三四五六七八九十廿两]+(?=\s*(?:[年月日号季]|$|[至到-]))")


def arabic(text: str) -> str:
    """Return the text with Chinese numerals in dates, and digits of any script, as 0-9."""
    plain = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    return _RUN.sub(lambda found: str(_number(found[0])), plain)


def _number(run: str) -> str:
    """Read 二〇二四 digit by digit and 十七, 二十, 三十一 by tens."""
    if "十" not in run:
        return "".join(str(_DIGITS[char]) for char in run)
    tens, _, ones = run.partition("十")
    if "十" in ones:
        return run
    return str((_read(tens) if tens else 1) * 10 + (_read(ones) if ones else 0))


def _read(run: str) -> int:
    return int("".join(str(_DIGITS[char]) for char in run))
