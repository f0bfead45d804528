"""Typer and SQLAlchemy Core: one event into one table.

    python adding.py BOOK TITLE_EN TITLE_ZH DAY CITY

No check, no history, no copy of the book before the first change of a day, nothing found by name.
"""

import json
import uuid
from datetime import UTC, datetime

import typer
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert


def main(book: str, title_en: str, title_zh: str, day: str, city: str) -> None:
    names = "uid created_at modified_at kind title status starts_on ends_on modality city search_text topics".split()
    event = Table(
        "event",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("version", Integer),
        Column("sequence", Integer),
        *(Column(name, String) for name in names),
    )
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    row = {
        "uid": str(uuid.uuid4()),
        "created_at": moment,
        "modified_at": moment,
        "kind": "workshop",
        "title": json.dumps({"en": title_en, "zh": title_zh}, ensure_ascii=False, separators=(",", ":")),
        "status": "confirmed",
        "starts_on": day,
        "ends_on": day,
        "modality": "in-person",
        "city": json.dumps({"en": city}, ensure_ascii=False, separators=(",", ":")),
        "search_text": f"{title_en}\n{title_zh}\n{city}".lower(),
        "topics": "[]",
        "version": 1,
        "sequence": 0,
    }
    with create_engine(f"sqlite:///{book}").begin() as connection:
        added = connection.execute(insert(event).values(row))
        typer.echo(f"Saved event {added.inserted_primary_key[0]}.")


typer.run(main)
