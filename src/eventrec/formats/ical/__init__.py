"""Calendars: iCalendar objects (RFC 5545, RFC 7986) that every client takes."""
