"""Attendance reports of Zoom, Microsoft Teams and Tencent Meeting (VooV), as they are downloaded.

Pure: rows of cells in, one entry for each time that somebody was in the meeting out.
"""

from eventrec.formats.meeting_log.headings import recognise
from eventrec.formats.meeting_log.reader import entries
from eventrec.formats.meeting_log.records import PLATFORMS, Entry, Layout, LogProblem

__all__ = ["PLATFORMS", "Entry", "Layout", "LogProblem", "entries", "recognise"]
