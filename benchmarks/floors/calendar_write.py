"""icalendar: every event of a book as a calendar, built with its objects and written with `to_ical`.

    python calendar_write.py BOOK > events.ics

The properties and texts are those of `eventrec export calendar`, for the invented book; VTIMEZONEs are left out.
"""

import json
import sqlite3
import sys
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vUri

SQL = """
SELECT event.uid, event.created_at, event.modified_at, sequence, event.status, starts_on, ends_on, start_time,
    end_time, timezone, event.title, event.description, event.venue, event.city, event.country, event.kind, topics,
    online_url, contact.name,
    (SELECT value FROM contact_point WHERE contact_id = contact.id AND contact_point.kind = 'email'
        ORDER BY preferred DESC, id LIMIT 1),
    (SELECT group_concat(code) FROM event_project JOIN project ON project.id = project_id WHERE event_id = event.id)
FROM event
LEFT JOIN contact ON contact.id = event.contact_id
ORDER BY starts_on, coalesce(start_time, ''), event.uid
"""
COUNTRIES = {
    "CN": "China / 中国",
    "BE": "Belgium / 比利时",
    "PL": "Poland / 波兰",
    "NL": "Netherlands / 荷兰",
}
STATUSES = {"held": "CONFIRMED", "confirmed": "CONFIRMED", "cancelled": "CANCELLED"}


def both(text: str, between: str = " / ") -> str:
    return between.join(json.loads(text).values())


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def component(row: dict) -> Event:
    event = Event()
    event.add("UID", row["uid"])
    event.add("DTSTAMP", moment(row["modified_at"]))
    event.add("CREATED", moment(row["created_at"]))
    event.add("LAST-MODIFIED", moment(row["modified_at"]))
    event.add("SEQUENCE", row["sequence"])
    event.add("STATUS", STATUSES[row["status"]])
    first, last = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
    if row["start_time"]:
        zone = ZoneInfo(row["timezone"])
        event.add("DTSTART", datetime.combine(first, time.fromisoformat(row["start_time"]), zone))
        event.add("DTEND", datetime.combine(first, time.fromisoformat(row["end_time"]), zone))
        if last > first:
            event.add("RRULE", {"FREQ": "DAILY", "COUNT": (last - first).days + 1})
    else:
        event.add("DTSTART", first)
        event.add("DTEND", last + timedelta(days=1))
    cancelled = row["status"] == "cancelled"
    words = [both(row["description"], "\n\n")]
    if cancelled:
        words.append("Cancelled / 已取消")
    if row["online_url"]:
        words.append(f"Join online / 在线参加: {row['online_url']}")
    event.add("SUMMARY", both(row["title"]))
    event.add("DESCRIPTION", "\n\n".join(words))
    event.add("LOCATION", f"{both(row['venue'])}, {both(row['city'])}, {COUNTRIES[row['country']]}")
    event.add("CATEGORIES", [row["kind"], *row["projects"].split(","), *json.loads(row["topics"])])
    if row["online_url"]:
        link = vUri(row["online_url"], params={"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Online"})
        event.add("CONFERENCE", link)
    event.add("CONTACT", f"{both(row['contact'])}, {row['email']}")
    event.add("TRANSP", "OPAQUE" if row["start_time"] and not cancelled else "TRANSPARENT")
    return event


def main() -> None:
    book = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//benchmark//icalendar//EN")
    cursor = book.execute(SQL)
    names = [column[0] for column in cursor.description]
    names[18], names[19], names[20] = "contact", "email", "projects"
    for row in cursor:
        calendar.add_component(component(dict(zip(names, row, strict=True))))
    sys.stdout.buffer.write(calendar.to_ical())


main()
