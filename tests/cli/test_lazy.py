from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from eventrec.cli.lazy import Lazy, put_off

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

SLOW = """
import time
time.sleep(0.05)
first = 1
time.sleep(0.05)
last = 2
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that modules are found in; what was imported from there is forgotten again."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def late(folder: Path, text: str) -> ModuleType:
    (folder / "ferry_rules.py").write_text(text, "utf-8")
    put_off("ferry_rules")
    module = import_module("ferry_rules")
    assert type(module) is Lazy
    return module


def test_a_module_is_read_when_something_in_it_is_first_used(folder: Path) -> None:
    (folder / "read").touch()
    text = f"import pathlib\npathlib.Path({str(folder / 'read')!r}).unlink()\nseats = 12\n"
    module = late(folder, text)
    assert module.__name__ == "ferry_rules"
    assert (folder / "read").exists(), "its own name does not stand in it"
    assert module.seats == 12
    assert not (folder / "read").exists()
    assert type(module) is not Lazy
    assert module.seats == 12, "and it is read once: the file that it unlinks is gone"


def test_a_name_that_is_not_there_is_missed_as_ever(folder: Path) -> None:
    module = late(folder, "seats = 12\n")
    with pytest.raises(AttributeError, match="module 'ferry_rules' has no attribute 'beds'"):
        module.beds  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'beds' from 'ferry_rules'"):
        exec("from ferry_rules import beds", {})  # noqa: S102


def test_threads_that_need_it_at_once_wait_until_it_is_whole(folder: Path) -> None:
    module = late(folder, SLOW)
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda number: (number % 2, module.last if number % 2 else module.first), range(8))) == {
            (0, 1),
            (1, 2),
        }


def test_a_function_that_needs_what_comes_after_it_waits_for_that(folder: Path) -> None:
    text = "import time\ndef seats():\n    return last\nbegun = True\ntime.sleep(0.1)\nlast = 2\n"
    module = late(folder, text)
    with ThreadPoolExecutor(2) as threads:
        reading = threads.submit(lambda: module.last)
        while "begun" not in vars(module):
            pass
        assert threads.submit(lambda: module.seats()).result() == 2
        assert reading.result() == 2


def test_a_module_that_cannot_be_read_says_so_every_time(folder: Path) -> None:
    module = late(folder, "import no_such_module_anywhere\n")
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError, match="no_such_module_anywhere"):
            module.seats  # noqa: B018


def test_a_module_of_a_package_is_found_in_it(folder: Path) -> None:
    (folder / "harbour").mkdir()
    (folder / "harbour" / "__init__.py").touch()
    (folder / "harbour" / "piers.py").write_text("many = 3\n", "utf-8")
    put_off("harbour.piers")
    harbour = import_module("harbour")
    assert type(harbour.piers) is Lazy
    assert harbour.piers.many == 3


def test_what_is_imported_already_or_nowhere_is_left_alone() -> None:
    put_off("subprocess", "no_such_module_anywhere")
    assert type(subprocess) is not Lazy
    assert "no_such_module_anywhere" not in sys.modules


def test_every_module_that_the_command_puts_off_works_when_it_is_used_after_all() -> None:
    program = """
import eventrec.cli, sys
from eventrec.cli.lazy import Lazy
late = [name for name, module in sys.modules.items() if type(module) is Lazy]
import importlib.metadata, io, ipaddress, ntpath, subprocess, tokenize
print(importlib.metadata.version("typer") > "", ipaddress.ip_address("192.0.2.1"), ntpath.join("a", "b"))
print(subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True).stdout.decode().strip())
print(len(list(tokenize.generate_tokens(io.StringIO("a = 1").readline))))
print(sorted(late), [name for name in late if type(sys.modules[name]) is Lazy])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    *said, last = done.stdout.splitlines()
    assert said == ["True 192.0.2.1 a\\b", "1", "5"]
    assert last == "['importlib.metadata', 'ipaddress', 'ntpath', 'subprocess', 'tokenize'] []"
