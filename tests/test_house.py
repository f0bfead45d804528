import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = (sys.executable, "-m")


@pytest.mark.parametrize(
    "command",
    [
        pytest.param((*PYTHON, "ruff", "check"), id="ruff check"),
        pytest.param((*PYTHON, "ruff", "format", "--check"), id="ruff format"),
        pytest.param((*PYTHON, "mypy"), id="mypy"),
        pytest.param((str(Path(sys.executable).with_name("lint-imports")),), id="lint-imports"),
    ],
)
def test_the_house_is_in_order(command: tuple[str, ...]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
