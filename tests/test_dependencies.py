from __future__ import annotations

import importlib.util
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

HOME = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_dependencies", HOME / "docs" / "make_dependencies.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_dependencies_is_of_today(made: ModuleType) -> None:
    assert (HOME / "docs" / "dependencies.md").read_text(encoding="utf-8") == made.page()


def test_every_library_that_runs_is_pinned_to_what_is_installed_and_says_its_licence(made: ModuleType) -> None:
    pins = made.pinned()
    for name in made.needed():
        library = distribution(name)
        assert pins.get(made._key(name)) == library.version, name
        assert made.licence(library) != "not said", name
