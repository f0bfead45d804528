"""People as they are recorded, and cards with every field that there is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.peers.scripts import SCRIPTS

from eventrec.formats.vcard import Card
from eventrec.formats.vcard import Point as Reached
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
)


CARDS = (
    Card(
        uid="6f1d1c1a-0000-4000-8000-000000000001",
        name={"en": "Everything, Every; Field", "zh": "全部", "fr": "Tout"},
        family_name="Field",
        given_name="Everything, Every;",
        honorific="Dr., Prof.",
        organization={"en": "Office; of, Examples", "zh": "示例"},
        unit="Unit\\B",
        position={"en": "Head, of; unit", "zh": "主任"},
        emails=(
            Reached("a@example.org", "work", preferred=True),
            Reached("b@example.org", "home"),
            Reached("c@example.org", "old"),
        ),
        phones=(
            Reached("+861065323001", "work", preferred=True),
            Reached("+8613800138000", "home", mobile=True),
            Reached("+861065323002", "fax"),
            Reached("+861065323003", "assistant"),
        ),
        addresses=(Reached("1 Example Road; B, C\nBeijing", "home"), Reached("2 Example Road", "embassy")),
        urls=(Reached("https://example.org/a?b=1,2;3"), Reached("example.org/中文")),
        wechat="every_1",
        note="A note; of, two\nlines.",
        sex="other",
        categories=("EXAMPLE", "with, comma"),
        languages=("en", "zh", "fr"),
        sort_key="everything",
        revised_at="2024-02-02T09:30:00Z",
    ),
    Card(
        uid="6f1d1c1a-0000-4000-8000-000000000002",
        name={"en": "International Office, Examples", "zh": "国际示例组织"},
        kind="org",
        emails=(Reached("office@example.org"),),
        phones=(Reached("+861065323000"),),
        addresses=(Reached("3 Example Road"),),
        urls=(Reached("https://example.org"),),
        revised_at="2024-02-02T09:30:00Z",
    ),
    *(
        Card(uid=f"6f1d1c1a-0000-4000-8000-00000000001{number}", name={"en": text}, note=text, position={"en": text})
        for number, text in enumerate(SCRIPTS.values())
    ),
)
"""Cards with every field there is, of a person and of an agency, and with texts of every kind."""
