"""The records of the demo: public facts of real programmes. What is not published stays empty."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
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

Ids = dict[str, int]
"""The numbers of the records made so far, by code, or by English name where there is none."""

_INTERNATIONAL: Final = "international"
_ORG: Final = "international-organization"
_AGENCIES: Final = (
    # code, English, Chinese, kind, side, country, part of
    ("IOM", "International Organization for Migration", "国际移民组织", _ORG, _INTERNATIONAL, None, None),
    ("IOM-CN", "IOM Mission in China", "国际移民组织驻华代表处", _ORG, None, "CN", "IOM"),
    ("ILO", "International Labour Organization", "国际劳工组织", _ORG, _INTERNATIONAL, None, None),
    ("EU", "European Union", "欧盟", _ORG, "EU", None, None),
    ("EC", "European Commission", "欧盟委员会", _ORG, None, None, "EU"),
    ("EUD-CN", "Delegation of the European Union to China", "欧盟驻华代表团", "embassy", None, "CN", "EU"),
    (None, "EU Member States", "欧盟成员国", "group", "EU", None, None),
    (None, "Schengen Associated States", "申根成员国", "group", "EU", None, None),
    ("NIA", "National Immigration Administration", "国家移民管理局", "government", "China", "CN", None),
    ("MFA", "Ministry of Foreign Affairs", "外交部", "government", "China", "CN", None),
    ("MPS", "Ministry of Public Security", "公安部", "government", "China", "CN", None),
    ("MCA", "Ministry of Civil Affairs", "民政部", "government", "China", "CN", None),
    ("SAFEA", "State Administration of Foreign Experts Affairs", "国家外国专家局", "government", "China", "CN", None),
    (None, "Beijing Foreign Affairs Office", "北京市外事办公室", "government", "China", "CN", None),
    (None, "Shanghai Foreign Affairs Office", "上海市外事办公室", "government", "China", "CN", None),
    (None, "Chinese government agencies", "中国政府机构", "group", "China", "CN", None),
    (None, "ASEAN Secretariat", "东盟秘书处", _ORG, _INTERNATIONAL, None, None),
)  # fmt: skip

_MMSP: Final = ("EU-China Dialogue on Migration and Mobility Support Project", "支持中欧人员往来和移民领域对话项目")
_FUNDED: Final = name("Funded by the European Union", "由欧盟资助")


def add_agencies(session: Session, ids: Ids) -> None:
    """Add the agencies with their sides; a part without a side of its own has that of its whole."""
    for code, english, chinese, kind, side, country, parent in _AGENCIES:
        row = agency.add(
            session,
            name=name(english, chinese),
            code=code,
            kind=kind,
            side=side,
            country=country,
            parent_id=ids[parent] if parent else None,
        )
        ids[code or english] = row.id


def add_projects(session: Session, ids: Ids) -> None:
    """Add the programme, its phases and the project before it."""
    ids["MMSP"] = project.add(session, code="MMSP", name=name(*_MMSP)).id
    phases = (
        ("MMSP-I", "Phase I", "第一期", ("IOM", "ILO"), "completed", "2015-2018; the exact days are not published."),
        ("MMSP-II", "Phase II", "第二期", ("IOM",), "completed", None),
        ("MMSP-III", "Phase III", "第三期", ("IOM",), "active", None),
    )
    for code, english, chinese, implementers, status, note in phases:
        row = project.add(
            session,
            code=code,
            name=name(f"{_MMSP[0]}, {english}", f"{chinese}{_MMSP[1]}"),
            parent_id=ids["MMSP"],
            status=status,
            note=note,
            funding_statement=_FUNDED,
            parties=[
                Party("donor", ids["EU"]),
                *(Party("implementer", ids[implementer]) for implementer in implementers),
            ],
        )
        ids[code] = row.id
    row = project.add(
        session,
        code="CBMM-2",
        name=name("Capacity Building for Migration Management in China: Phase 2"),
        contract_number="DCI-MIGR 2010/229-653",
        starts_on=date(2010, 11, 19),
        ends_on=date(2013, 11, 19),
        status="completed",
        funding_statement=_FUNDED,
        parties=[Party("donor", ids["EU"], share=Decimal(80)), Party("implementer", ids["IOM"])],
    )
    ids["CBMM-2"] = row.id


def add_contact(session: Session, ids: Ids) -> None:
    """Add the programme manager whom the news release names."""
    row = contact.add(
        session,
        name=name("Andrei Zaitsev", "翟安瑞"),
        honorific="Mr.",
        sex="male",
        place=Place(ids["IOM-CN"], name("Programme Manager", "项目经理")),
        points_of=[Point("email", "azaitsev@iom.int")],
        manages=[ids["MMSP-III"]],
    )
    ids["Andrei Zaitsev"] = row.id


def add_workshop_on_returns(session: Session, ids: Ids) -> None:
    """Add the workshop of 2024 with its two site visits, whose days are not published."""
    row = event.add(
        session,
        title=name("Workshop on Practical Cooperation on Returns and Readmissions", "返回和重新接纳务实合作研讨会"),
        description=name(
            "Chinese and European practitioners compared how they cooperate on returns and readmissions.",
            "中欧双方同行就返回和重新接纳的务实合作交换做法。",
        ),
        topics=["return", "readmission"],
        kind="workshop",
        starts_on=date(2024, 10, 17),
        ends_on=date(2024, 10, 17),
        city=name("Beijing", "北京"),
        country="CN",
        modality="hybrid",
        status="held",
        contact_id=ids["Andrei Zaitsev"],
        projects=[ProjectShare(ids["MMSP-III"])],
        parties=[("organizer", ids["IOM-CN"])],
    )
    ids["workshop on returns"] = row.id
    in_person = ("Chinese government agencies", "EUD-CN", "EU Member States", "Schengen Associated States")
    for party in in_person:
        _take_part(session, row.id, agency_id=ids[party], modality="in-person")
    _take_part(session, row.id, agency_id=ids["EC"], modality="online")
    _take_part(session, row.id, label=name("other European experts", "其他欧洲专家"), side="EU", modality="online")
    for english, chinese in (
        ("Beijing Capital International Airport", "北京首都国际机场"),
        ("Document Examination Center", "证件查验中心"),
    ):
        event.add(
            session,
            title=name(english, chinese),
            parent_id=row.id,
            date_note="before the workshop; the day is not published",
            parties=[("facilitator", ids["NIA"])],
        )


def add_workshop_on_mixed_migration(session: Session, ids: Ids) -> None:
    """Add the workshop of 2018; its participants were reported as one number, the agencies by name only."""
    row = event.add(
        session,
        title=name("Workshop on global measures for mixed migration", "应对混合移民的全球措施研讨会"),
        topics=["mixed migration"],
        kind="workshop",
        starts_on=date(2018, 2, 6),
        ends_on=date(2018, 2, 7),
        city=name("Beijing", "北京"),
        country="CN",
        status="held",
        projects=[ProjectShare(ids["MMSP-I"])],
    )
    _take_part(
        session,
        row.id,
        label=name("Chinese officials", "中方官员"),
        side="China",
        counts=HeadCount(not_stated=26),
        approximate=True,
    )
    for party in ("MFA", "MPS", "MCA", "SAFEA", "Beijing Foreign Affairs Office", "Shanghai Foreign Affairs Office"):
        _take_part(session, row.id, agency_id=ids[party])


def add_anniversary(session: Session, ids: Ids) -> None:
    """Add the third anniversary of the project, of which only a round number is known."""
    row = event.add(
        session,
        title=name("Third anniversary of MMSP", "支持中欧人员往来和移民领域对话项目三周年"),
        kind="other",
        starts_on=date(2018, 5, 8),
        ends_on=date(2018, 5, 8),
        city=name("Beijing", "北京"),
        country="CN",
        status="held",
        projects=[ProjectShare(ids["MMSP-I"])],
    )
    _take_part(session, row.id, counts=HeadCount(not_stated=100), approximate=True)


def add_seminar(session: Session, ids: Ids) -> None:
    """Add the regional seminar of 2023, of which no numbers are published."""
    event.add(
        session,
        title=name("High-level regional seminar on migration governance policy", "地区移民治理政策高级别研讨会"),
        topics=["migration governance"],
        kind="conference",
        starts_on=date(2023, 6, 26),
        ends_on=date(2023, 6, 28),
        city=name("Beijing", "北京"),
        country="CN",
        status="held",
        parties=[
            ("organizer", ids["NIA"]),
            ("co-organizer", ids["ASEAN Secretariat"]),
            ("co-organizer", ids["IOM"]),
        ],
    )


def _take_part(session: Session, event_id: int, **fields: object) -> None:
    participation.add(session, event_id=event_id, source="publication", **fields)  # type: ignore[arg-type]
