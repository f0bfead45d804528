"""DictReader, email-validator and SQLAlchemy's ORM: a sheet of contacts as many a program would bring it in.

    python contacts_orm.py SHEET BOOK

Every address is validated and every person an object with objects; no history, nobody is matched. A new file.
"""

import csv
import sys

from email_validator import validate_email
from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Agency(Base):
    __tablename__ = "agency"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)


class Contact(Base):
    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_zh: Mapped[str | None]
    sex: Mapped[str]
    points: Mapped[list["Point"]] = relationship()
    affiliations: Mapped[list["Affiliation"]] = relationship()


class Point(Base):
    __tablename__ = "contact_point"
    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    kind: Mapped[str]
    value: Mapped[str]


class Affiliation(Base):
    __tablename__ = "affiliation"
    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    agency: Mapped[Agency] = relationship()
    position: Mapped[str]


SEXES = {"F": "female", "女": "female", "M": "male", "男": "male", "": "not-stated"}


def main() -> None:
    engine = create_engine(f"sqlite:///{sys.argv[2]}")
    Base.metadata.create_all(engine)
    agencies: dict[str, Agency] = {}
    with Session(engine) as session, open(sys.argv[1], encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            email = validate_email(row["E-mail"], check_deliverability=False).normalized
            agency = agencies.setdefault(row["Agency"], Agency(code=row["Agency"]))
            session.add(
                Contact(
                    name=row["Name"],
                    name_zh=row["姓名（中文）"] or None,
                    sex=SEXES[row["Sex"]],
                    points=[Point(kind="email", value=email), Point(kind="phone", value=row["Phone"].replace(" ", ""))],
                    affiliations=[Affiliation(agency=agency, position=row["Position"])],
                )
            )
        session.commit()


main()
