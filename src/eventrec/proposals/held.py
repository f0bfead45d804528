"""Whether an event was held, by the words of its release."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

_NOT_YET: Final = re.compile(
    r"\bwill\s+(?:be\s+(?:held|hosted|organi[sz]ed|convened)|take\s+place|host|hold|organi[sz]e|convene)\b"
    r"|\b(?:cancelled|canceled|called\s+off|postponed|rescheduled)\b|将于|将在|即将|拟于|定于|取消|推迟|延期",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(
    r"\b(?:was|were|took\s+place|gathered|concluded|attended|participated|held|hosted)\b|举行了|举办了|召开了|圆满|结束|落幕",
    re.IGNORECASE,
)


def was_held(text: str, last: date, today: date) -> bool:
    """Tell whether an event whose `last` day is known was held: the day is over, and nothing says that it will be."""
    if last > today or _NOT_YET.search(text):
        return False
    return last < today or told_as_past(text)


def told_as_past(text: str) -> bool:
    """Tell whether a release tells of something that was, and of nothing that will be or was called off."""
    return _TOLD.search(text) is not None and not _NOT_YET.search(text)
