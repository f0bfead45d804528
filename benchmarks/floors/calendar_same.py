"""icalendar as the judge: are the events of two calendars equal, property by property, parameters and values?

    python calendar_same.py ONE OTHER

It prints how many there are, or the first that differs, and then leaves with 1.
"""

import sys
from itertools import zip_longest
from pathlib import Path

from icalendar import Calendar


def events(path: str) -> list:
    return [plain(event) for event in Calendar.from_ical(Path(path).read_bytes()).walk("VEVENT")]


def plain(event: object) -> list:
    return sorted((name, value.to_ical(), sorted(value.params.items())) for name, value in event.property_items()[1:-1])


def main() -> None:
    one, other = events(sys.argv[1]), events(sys.argv[2])
    for number, (mine, theirs) in enumerate(zip_longest(one, other), 1):
        if mine != theirs:
            print(f"event {number} differs:", *[each for each in mine or () if each not in (theirs or ())])
            print("from:", *[each for each in theirs or () if each not in (mine or ())])
            sys.exit(1)
    print(len(one))


main()
