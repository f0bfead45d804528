from __future__ import annotations

import contextlib
import importlib.util
import io
import re
import shlex
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt

from eventrec import connection
from eventrec.cli import telling
from eventrec.demo.make import record
from eventrec.errors import EventrecError
from eventrec.views.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from markdown_it.token import Token
    from tests.conftest import Run
    from tests.postgres import Server

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
DEMO = "eventrec-demo/eventrec.db"
ON_A_SERVER = re.compile(r"postgresql://[^\s/]+/events")
NOUNS = ("event", "agency", "contact", "project", "participant")


def tokens(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def blocks(page: Path, *languages: str) -> list[str]:
    return [token.content for token in tokens(page) if token.type == "fence" and token.info in languages]


def commands(page: Path) -> list[list[str]]:
    lines = "".join(blocks(page, "sh")).replace("\\\n", "").splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_commands", DOCS / "make_commands.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def _demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "eventrec.db"
    record(str(path)).close()
    return path


@pytest.fixture
def demo(_demo_template: Path, tmp_path: Path) -> str:
    """The book that `eventrec demo` makes, where it makes it."""
    path = tmp_path / DEMO
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(_demo_template)) as made, contextlib.closing(sqlite3.connect(path)) as copy:
        made.backup(copy)
    return str(path)


@pytest.fixture
def server(postgres: Server) -> Iterator[str]:
    """An empty database, in the place of the one that the pages name."""
    yield postgres.create("docs_events")
    postgres.drop("docs_events")


def rows(address: str, sql: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(connection.open_for_reading(address)) as opened:
        return [tuple(row) for row in opened.execute(sql.replace("%", "%%") if "://" in address else sql).fetchall()]


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_the_commands_of_a_page_run_in_order(page: Path, run: Run, request: pytest.FixtureRequest) -> None:
    there: str | None = None
    for words in commands(page):
        if any(ON_A_SERVER.search(word) for word in words):
            there = there or request.getfixturevalue("server")
        if any(DEMO in word for word in words) and not Path(DEMO).exists():
            request.getfixturevalue("demo")
        assert words[0] == "eventrec", f"{page.name} has a command of another program in an sh block: {words}"
        result = run(*[ON_A_SERVER.sub(str(there), word) for word in words[1:]])
        assert result.code == 0, f"{page.name}: {shlex.join(words)}\n{result.err}"


def test_the_python_of_the_readme_runs_after_its_commands(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for words in commands(ROOT / "README.md"):
        run(*words[1:])
    for block in blocks(ROOT / "README.md", "python"):
        exec(block, {})  # noqa: S102
    assert "Workshop on returns 12" in capsys.readouterr().out
    assert Path("participants.xlsx").exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    children = [child for token in tokens(page) for child in token.children or ()]
    targets = [str(child.attrs["href"]) for child in children if child.type == "link_open"]
    here = [urlsplit(target) for target in targets if not urlsplit(target).scheme]
    missing = [link.geturl() for link in here if not (page.parent / unquote(link.path)).exists()]
    assert missing == []
    assert [link.geturl() for link in here if link.fragment and link.fragment not in anchors(page, link.path)] == []


def anchors(page: Path, path: str) -> set[str]:
    found = tokens(page.parent / path if path else page)
    headings = [found[at + 1].content for at, token in enumerate(found) if token.type == "heading_open"]
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_reference_of_commands_is_up_to_date() -> None:
    made = generator()
    assert made.PAGE.read_text(encoding="utf-8") == made.page(), "Run: python docs/make_commands.py"


def test_every_command_is_described_with_an_example() -> None:
    bare = [
        " ".join(words)
        for words, command in generator().walk()
        if not command.help or (not hasattr(command, "list_commands") and f"{' '.join(words)}" not in command.help)
    ]
    assert bare == []


def test_every_option_and_argument_is_described() -> None:
    bare = [
        f"{' '.join(words)} {parameter.name}"
        for words, command in generator().walk()
        for parameter in command.params
        if not (getattr(parameter, "help", "") or "").strip()
    ]
    assert bare == []
