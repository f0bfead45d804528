"""Bringing in what others wrote: sheets, cards, calendars and attendance reports, checked row by row."""
