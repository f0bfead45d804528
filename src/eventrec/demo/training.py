"""The one invented event of the demo: a training with invented people, so that counts can be seen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from eventrec.demo.naming import name
from eventrec.services import agency, contact, event, participation, project
from eventrec.services.affiliation import Place
from eventrec.services.event import ProjectShare
from eventrec.services.headcount import HeadCount
from eventrec.services.points import Point
from eventrec.services.project import Party

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.demo.programme import Ids

_AGENCIES: Final = (
    ("EX-FUND", "Example Fund", "示例基金会", "other", "international", None),
    ("EX-INST", "Example Institute", "示例研究所", "ngo", "international", None),
    ("EX-BORDER", "Example Border Office", "示例边检办公室", "government", "China", "CN"),
    ("EX-CITY", "Example City Government", "示例市政府", "government", "China", "CN"),
    ("EX-UNI", "Example University", "示例大学", "academia", "China", "CN"),
    ("EX-LABOUR", "Example Ministry of Labour", "示例劳动部", "government", "EU", "BE"),
    ("EX-RETURN", "Example Return Service", "示例返回服务局", "government", "EU", "NL"),
)

_W, _M, _O, _N = "female", "male", "other", "not-stated"
_ROOM, _ONLINE = "in-person", "online"
_PEOPLE: Final = (
    # English, Chinese, sex, agency, position, Chinese position, role, modality, days
    ("LI Na", "李娜", _W, "EX-BORDER", "Officer", "科员", "participant", _ROOM, None),
    ("WANG Fang", "王芳", _W, "EX-BORDER", "Deputy Director", "副处长", "participant", _ROOM, None),
    ("SHAN Lei", "单磊", _M, "EX-BORDER", "Officer", "科员", "participant", _ROOM, 2),
    ("ZENG Qiang", "曾强", _M, "EX-BORDER", "Officer", "科员", "participant", _ROOM, None),
    ("ZHAI Xin", "翟欣", _W, "EX-BORDER", "Analyst", "分析员", "participant", _ONLINE, None),
    ("OU Yang", "区洋", _M, "EX-BORDER", "Officer", "科员", "participant", _ROOM, None),
    ("LIU Min", "刘敏", _W, "EX-CITY", "Section Chief", "科长", "participant", _ROOM, None),
    ("CHEN Jie", "陈洁", _W, "EX-CITY", "Officer", "科员", "participant", _ROOM, 1),
    ("YANG Jun", "杨军", _M, "EX-CITY", "Officer", "科员", "participant", _ROOM, None),
    ("ZHAO Lin", "赵琳", _N, "EX-CITY", "Officer", "科员", "participant", _ONLINE, None),
    ("HUANG Bo", "黄波", _M, "EX-CITY", "Officer", "科员", "observer", _ROOM, None),
    ("XIE Ting", "解婷", _W, "EX-UNI", "Professor", "教授", "speaker", _ROOM, 1),
    ("QIU Hao", "仇浩", _M, "EX-UNI", "Researcher", "研究员", "participant", _ROOM, None),
    ("ZHA Yue", "查悦", _O, "EX-UNI", "Researcher", "研究员", "participant", _ONLINE, None),
    ("Anna Vermeer", None, _W, "EX-LABOUR", "Policy Officer", None, "speaker", _ROOM, None),
    ("Tomás Novák", None, _M, "EX-LABOUR", "Adviser", None, "participant", _ONLINE, None),
    ("Ingrid Lindqvist", None, _W, "EX-LABOUR", "Adviser", None, "participant", _ONLINE, None),
    ("Piet de Vries", None, _M, "EX-RETURN", "Team Leader", None, "chair", _ROOM, None),
    ("Eva Horváth", None, _W, "EX-RETURN", "Case Worker", None, "participant", _ROOM, None),
    ("Sam Jansen", None, _N, "EX-RETURN", "Case Worker", None, "participant", _ONLINE, 2),
    ("Noor Bakker", None, _W, "EX-RETURN", "Case Worker", None, "participant", _ROOM, None),
    ("MA Li", "马丽", _W, "EX-UNI", "Interpreter", "口译员", "interpreter", _ROOM, None),
    ("Grace Miller", None, _W, "EX-INST", "Project Officer", "项目官员", "trainer", _ROOM, None),
    ("HE Wei", "何伟", _M, "EX-INST", "Project Assistant", "项目助理", "participant", _ROOM, None),
)  # fmt: skip
_DELEGATIONS: Final = (
    # agency, people, approximate, modality, source
    ("EX-CITY", HeadCount(women=3, men=2), False, _ROOM, "host-list"),
    ("EX-LABOUR", HeadCount(not_stated=6), True, _ONLINE, "estimate"),
)


def add_example_project(session: Session, ids: Ids) -> None:
    """Add the invented agencies and their project."""
    for code, english, chinese, kind, side, country in _AGENCIES:
        row = agency.add(session, name=name(english, chinese), code=code, kind=kind, side=side, country=country)
        ids[code] = row.id
    made = project.add(
        session,
        code="EXAMPLE",
        name=name("Example Project (invented)", "示例项目（虚构）"),
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        funding_statement=name("Funded by the Example Fund", "由示例基金会资助"),
        parties=[Party("donor", ids["EX-FUND"]), Party("implementer", ids["EX-INST"])],
    )
    ids["EXAMPLE"] = made.id


def add_training(session: Session, ids: Ids) -> None:
    """Add the invented training, held over three days, with 24 people by name and two delegations without."""
    row = event.add(
        session,
        title=name("Training on interview techniques (invented)", "访谈技巧培训（虚构）"),
        kind="training",
        starts_on=date(2025, 3, 10),
        ends_on=date(2025, 3, 12),
        start_time="09:00",
        end_time="16:30",
        city=name("Beijing", "北京"),
        country="CN",
        venue=name("Example Hotel", "示例酒店"),
        modality="hybrid",
        status="held",
        projects=[ProjectShare(ids["EXAMPLE"])],
        parties=[("organizer", ids["EX-INST"])],
    )
    _add_people(session, ids, row.id)
    _add_delegations(session, ids, row.id)


def _add_people(session: Session, ids: Ids, event_id: int) -> None:
    for english, chinese, sex, code, position, chinese_position, role, modality, days in _PEOPLE:
        person = contact.add(
            session,
            name=name(english, chinese),
            sex=sex,
            place=Place(ids[code], name(position, chinese_position)),
            points_of=[Point("email", _address(english))],
        )
        participation.add(
            session,
            event_id=event_id,
            contact_id=person.id,
            role=role,
            modality=modality,
            days=days,
            source="sign-in-sheet" if modality == _ROOM else "online-log",
        )


def _add_delegations(session: Session, ids: Ids, event_id: int) -> None:
    for code, counts, approximate, modality, source in _DELEGATIONS:
        participation.add(
            session,
            event_id=event_id,
            agency_id=ids[code],
            counts=counts,
            approximate=approximate,
            modality=modality,
            source=source,
        )


def _address(english: str) -> str:
    plain = english.lower().replace("á", "a").replace(" ", ".")
    return f"{plain}@example.org"
