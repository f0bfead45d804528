"""Changing a book behind the back of eventrec, and what the check then finds."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import psycopg

from eventrec import connection
from eventrec.db.check import check
from eventrec.db.engine import reading_engine

if TYPE_CHECKING:
    from eventrec.db.check import Finding


def meddle(address: str, *statements: str) -> None:
    """Run statements without any constraint being looked at."""
    if connection.is_postgresql(address):
        with contextlib.closing(psycopg.connect(address, autocommit=True)) as opened:
            opened.execute("SET session_replication_role = replica")
            for statement in statements:
                opened.execute(statement)
        return
    with contextlib.closing(sqlite3.connect(address, isolation_level=None)) as opened:
        opened.execute("PRAGMA ignore_check_constraints = ON")
        opened.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            opened.execute(statement)


def found(address: str) -> list[Finding]:
    return check(reading_engine(address))


def texts(address: str, kind: str = "") -> list[str]:
    return [finding.text for finding in found(address) if kind in ("", finding.kind)]
