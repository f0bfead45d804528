from __future__ import annotations

from datetime import date

import pytest

from eventrec.text.chinese_dates import say_dates


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2024, 10, 17), date(2024, 10, 17), "2024年10月17日（星期四）"),
        (date(2024, 10, 17), date(2024, 10, 20), "2024年10月17日（星期四）至20日（星期日）"),
        (date(2022, 11, 29), date(2022, 12, 2), "2022年11月29日（星期二）至12月2日（星期五）"),
        (date(2024, 12, 31), date(2025, 1, 1), "2024年12月31日（星期二）至2025年1月1日（星期三）"),
    ],
)
def test_a_range_is_said_as_shortly_as_can_be(first: date, last: date, said: str) -> None:
    assert say_dates(first, last) == said
