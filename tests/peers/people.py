"""People as they are recorded, one of them with every field that there is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.peers.scripts import SCRIPTS

from eventrec.services.points import Point

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Person:
    """A contact as it is recorded."""

    name: Mapping[str, str]
    points: tuple[Point, ...] = ()
    agency_id: int | None = None
    position: Mapping[str, str] | None = None
    unit: str | None = None
    manages: tuple[int, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)

    def of(self, kind: str) -> list[str]:
        """The values of one kind, as recorded."""
        return [point.value for point in self.points if point.kind in kind.split()]


EVERYTHING = Person(
    {"en": "Everything, Every; Field", "fr": "Tout", "zh": "全部"},
    (
        Point("email", "a@example.org", "work"),
        Point("email", "b@example.org", "home"),
        Point("email", "c@example.org", "old, unused; one"),
        Point("phone", "+861065323001", "work"),
        Point("phone", "+861065323002", "fax"),
        Point("phone", "+861065323003", "assistant"),
        Point("mobile", "+8613800138001", "home"),
        Point("wechat", "every_1"),
        Point("url", "https://example.org/a?b=1,2;3", "work"),
        Point("url", "https://example.org/中文", "blog"),
        Point("address", "1 Example Road; B, C\nBeijing", "home"),
        Point("address", "2 Example Road", "embassy"),
    ),
    agency_id=2,
    position={"en": "Head, of; unit \\ desk", "zh": "主任"},
    unit="Unit\\B; C",
    fields={
        "family_name": "Field",
        "given_name": "Everything, Every;",
        "honorific": "Dr., Prof.",
        "sex": "other",
        "languages": ["en", "zh", "fr"],
    },
)

PEOPLE = (
    Person(
        {"en": "Andrei Zaitsev", "zh": "翟安瑞"},
        (
            Point("email", "azaitsev@example.org"),
            Point("email", "a.zaitsev@mail.example.org", "home"),
            Point("phone", "+861065323001"),
            Point("mobile", "+8613800138000"),
            Point("wechat", "zaitsev_wx"),
            Point("url", "https://example.org/people/zaitsev?a=1,2"),
            Point("address", "1 Example Road; Block B, Chaoyang\n100600 Beijing"),
        ),
        agency_id=1,
        position={"en": "Programme Manager, Migration", "zh": "项目经理"},
        unit="Unit A; Returns",
        manages=(1, 2),
        fields={
            "family_name": "Zaitsev",
            "given_name": "Andrei",
            "honorific": "Mr.",
            "sex": "male",
            "languages": ["en", "zh", "ru"],
        },
    ),
    Person(
        {"en": "LI Na", "zh": "李娜"},
        (Point("email", "li.na@example.org"),),
        2,
        {"zh": "处长"},
        fields={"sex": "female"},
    ),
    Person({"zh": "欧阳菲菲"}, (Point("mobile", "+8613900139000"),), 2),
    Person({"en": "Only a Name"}),
    Person({"fr": "Zoë de l'Étang, dite “Zo”; Mme"}, (Point("email", "zoë@example.org"),), 3, fields={"sex": "other"}),
    *(Person({"en": f"Person {text}"[:500]}, (Point("address", text),)) for text in SCRIPTS.values()),
    EVERYTHING,
)
