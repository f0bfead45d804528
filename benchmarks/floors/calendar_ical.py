"""ical: a calendar parsed, and the title and first day of every event looked at.

python calendar_ical.py FILE
"""

import sys
from pathlib import Path

from ical.calendar_stream import IcsCalendarStream

calendar = IcsCalendarStream.calendar_from_ics(Path(sys.argv[1]).read_text(encoding="utf-8"))
print(len([(event.summary, event.dtstart) for event in calendar.events]))
