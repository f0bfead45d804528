"""icalendar: a calendar parsed, and the title, first day and time zone of every event looked at.

python calendar_read.py FILE
"""

import sys
from pathlib import Path

from icalendar import Calendar

calendar = Calendar.from_ical(Path(sys.argv[1]).read_bytes())
print(len([(event["SUMMARY"], event["DTSTART"].dt) for event in calendar.walk("VEVENT")]))
