from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files

import pytest

from eventrec import models

PROGRAM = """
import sys
from eventrec.models import {name}
print(*sorted(each.removeprefix("eventrec.models.") for each in sys.modules if each.startswith("eventrec.models.")))
"""
SOURCES = {path.name: path.read_text("utf-8") for path in files("eventrec.models").iterdir() if path.is_file()}


def read(name: str) -> str:
    """Return the files that are read for a record in a process of its own."""
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(name=name)], capture_output=True, check=True, text=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("name", "files"),
    [("Setting", "base setting"), ("EventProject", "base contact event event_project project"), ("Record", "base")],
)
def test_a_record_brings_along_only_those_that_it_refers_to(name: str, files: str) -> None:
    assert read(name) == files


def test_whoever_asks_for_base_has_the_tables_of_all_records() -> None:
    assert {f"{name}.py" for name in read("Base").split()} == SOURCES.keys() - {"__init__.py"}


def test_every_name_leads_to_the_class_of_that_name() -> None:
    assert [getattr(models, name).__name__ for name in models.__all__] == models.__all__
    with pytest.raises(ImportError):
        from eventrec.models import Nobody  # type: ignore[attr-defined]  # noqa: F401


def test_a_foreign_key_names_another_table_by_its_class_so_that_it_is_there() -> None:
    for source in SOURCES.values():
        by_name = set(re.findall(r'ForeignKey\("(\w+)\.', source))
        assert by_name <= set(re.findall(r'__tablename__ = "(\w+)"', source))
