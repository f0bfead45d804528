"""vobject as the judge: are the cards of two files equal, property by property, parameters and values?

    python cards_same.py ONE OTHER

PRODID apart, which names the program. It prints how many there are, or the first that differs, and then leaves with 1.
"""

import sys
from itertools import zip_longest
from pathlib import Path

import vobject


def cards(path: str) -> list:
    return [plain(card) for card in vobject.readComponents(Path(path).read_text(encoding="utf-8"))]


def plain(card: object) -> list:
    lines = [line for line in card.getChildren() if line.name != "PRODID"]
    return sorted((line.name, str(line.value), sorted(map(str, line.params.items()))) for line in lines)


def main() -> None:
    one, other = cards(sys.argv[1]), cards(sys.argv[2])
    for number, (mine, theirs) in enumerate(zip_longest(one, other), 1):
        if mine != theirs:
            print(f"card {number} differs:", *[each for each in mine or () if each not in (theirs or ())])
            print("from:", *[each for each in theirs or () if each not in (mine or ())])
            sys.exit(1)
    print(len(one))


main()
