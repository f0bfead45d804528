import ast
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


def test_a_module_and_a_function_fit_on_what_a_reader_keeps_in_mind() -> None:
    too_long = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if text.count("\n") >= 400:
            too_long.append(f"{path.name}: {text.count(chr(10))} lines")
        for each in ast.walk(ast.parse(text)):
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                body = each.body[ast.get_docstring(each) is not None :] or each.body
                if (lines := (body[-1].end_lineno or 0) - body[0].lineno + 1) > 40:
                    too_long.append(f"{path.name}: {each.name} has {lines} lines")
    assert too_long == []
