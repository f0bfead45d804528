"""Attendance reports of online meetings: who was there, for how long, and what becomes of it in the book."""

from eventrec.services.online_attendance.people import Attended, people
from eventrec.services.online_attendance.record import OnlineMatch, OnlineResult, record

__all__ = ["Attended", "OnlineMatch", "OnlineResult", "people", "record"]
