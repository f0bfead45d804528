from __future__ import annotations

import os
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from subprocess import run
from typing import TYPE_CHECKING

import pytest

from eventrec import connection
from eventrec.connection import REVISIONS, Standing
from eventrec.db.upgrade import create, downgrade, migrations, state

if TYPE_CHECKING:
    from subprocess import CompletedProcess

ROOT = Path(__file__).parents[1]


def python(*arguments: str, cwd: Path, path: Path | None = None) -> CompletedProcess[str]:
    """Run this Python, without a network, with a package folder before all others."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if path:
        environment["PYTHONPATH"] = str(path)
    done = run([sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    python("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing in it but the installed wheel."""
    folder = tmp_path_factory.mktemp("installed")
    python("-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), str(wheel), cwd=folder)
    return folder


def test_an_installed_wheel_upgrades_a_book_from_the_first_schema(
    installed: Path, sqlite_address: str, tmp_path: Path
) -> None:
    downgrade(sqlite_address, REVISIONS[0])
    with closing(connection.open_for_writing(sqlite_address, check=False)) as opened:
        opened.execute("DROP VIEW IF EXISTS v_event")
        opened.execute("PRAGMA user_version = 1")
    program = (
        "import sys, eventrec; from eventrec.db.upgrade import migrations, upgrade;"
        " print(eventrec.__file__, migrations(), upgrade(sys.argv[1]).after, sep='\\n')"
    )
    told = python("-c", program, sqlite_address, cwd=tmp_path, path=installed).stdout.splitlines()
    package = installed / "eventrec"
    assert told == [str(package / "__init__.py"), str(package / "migrations"), REVISIONS[-1]]
    assert state(sqlite_address)[0] is Standing.CURRENT


def test_an_installed_wheel_makes_the_same_book(installed: Path, tmp_path: Path) -> None:
    program = "import sys; from eventrec.db.upgrade import create; create(sys.argv[1])"
    python("-c", program, str(tmp_path / "theirs.db"), cwd=tmp_path, path=installed)
    create(str(tmp_path / "ours.db"))
    assert schema(tmp_path / "theirs.db") == schema(tmp_path / "ours.db")


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(connection.open_for_reading(str(path))) as opened:
        return opened.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_the_wheel_holds_what_is_read_at_run_time_and_nothing_built(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = [path for path in (ROOT / "src").rglob("*") if path.suffix in (".sql", ".tsv", ".typed")]
    assert {path.relative_to(ROOT / "src").as_posix() for path in data} <= names
    assert {f"eventrec/migrations/versions/{file.name}" for file in migrations().glob("versions/*.py")} <= names
    assert not [name for name in names if name.endswith(".pyc") or "__pycache__" in name]
