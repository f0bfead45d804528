from __future__ import annotations

from decimal import Decimal

import pytest

from eventrec.table import Column, Report, Table


@pytest.fixture
def events() -> Table:
    columns = (
        Column("id", "integer"),
        Column("starts_on", "date"),
        Column("title", "localized"),
        Column("city"),
        Column("projects", "list"),
        Column("share", "decimal"),
        Column("held", "boolean"),
    )
    title = {"en": "Workshop on Practical Cooperation on Returns", "zh": "返回和重新接纳务实合作研讨会"}
    return Table(
        columns,
        [
            (1, "2024-10-17", title, "Beijing", ["MMSP-III", "CBMM-2"], Decimal("60.50"), True),
            (22, None, {"zh": "北京首都国际机场"}, None, [], None, False),
        ],
    )


@pytest.fixture
def report() -> Report:
    numbers = ("events", "participations", "named", "uncounted")
    return Report(
        (Column("agency"), *(Column(name, "integer") for name in numbers)),
        [("NIA", 1, 12, 0, 0), ("EC", 1, 2, 0, 1), ("EU Member States", 1, None, None, 2)],
        report="participants",
        heading="Participants by agency",
        criteria={"project": "MMSP-III", "by": ["agency"]},
        rule="Counted: people who attended events that were held.",
        total={"agency": None, "events": 1, "participations": 14, "named": 0, "uncounted": 3},
        notes=("Not counted: 2 interpreters.",),
        chart=("agency", "participations"),
    )
