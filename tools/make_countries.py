"""Make src/eventrec/text/countries.tsv from CLDR, through the package Babel; official names and demonyms are by hand.

Run: python tools/make_countries.py. The same release of Babel gives the same file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from babel import Locale

from eventrec.text.places import OTHER_COUNTRY_NAMES

TABLE: Final = Path(__file__).parents[1] / "src" / "eventrec" / "text" / "countries.tsv"
BY_HAND: Final = Path(__file__).with_name("countries_by_hand.tsv")
NOT_ISO: Final = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
HEADER: Final = """\
# Countries and territories of ISO 3166-1. Made by tools/make_countries.py.
# Data: Unicode CLDR, https://cldr.unicode.org, Unicode License v3 (https://www.unicode.org/license.txt).
# Copyright © 1991-present Unicode, Inc. Changed: selected; official and other names and demonyms added by hand.
# Code, English name, Chinese name, other English names, other Chinese names, demonyms in English.
"""


def main() -> None:
    """Write the table."""
    english, chinese = (_territories(language) for language in ("en", "zh"))
    by_hand = dict(_by_hand())
    lines = []
    for code in sorted(english):
        official, chinese_official, demonyms = by_hand.get(code, ("", "", ""))
        others = [*OTHER_COUNTRY_NAMES.get(code, "").split("|"), *official.split("|"), *chinese_official.split("|")]
        names = [each for each in dict.fromkeys(map(str.strip, others)) if len(each) > 1]
        named = {english[code], chinese[code]}
        latin = [each for each in names if not _is_chinese(each) and each not in named]
        han = [each for each in names if _is_chinese(each) and each not in named]
        lines.append("\t".join((code, english[code], chinese[code], "|".join(latin), "|".join(han), demonyms)))
    TABLE.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def _territories(language: str) -> dict[str, str]:
    named = Locale.parse(language).territories
    return {code: name for code, name in named.items() if re.fullmatch("[A-Z]{2}", code) and code not in NOT_ISO}


def _by_hand() -> list[tuple[str, tuple[str, str, str]]]:
    rows = (line.split("\t") for line in BY_HAND.read_text("utf-8").splitlines() if line[:1].isalpha())
    return [(code, (official, chinese, demonyms)) for code, official, chinese, demonyms in rows]


def _is_chinese(text: str) -> bool:
    return re.search("[\u3400-\u9fff]", text) is not None


if __name__ == "__main__":
    main()
