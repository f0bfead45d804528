from __future__ import annotations

import contextlib
import importlib.util
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from markdown_it import MarkdownIt

from eventrec import connection
from eventrec.cli import log, telling
from eventrec.db.upgrade import upgrade
from eventrec.demo.make import record
from eventrec.errors import EventrecError
from eventrec.exports.sheets import VIEWS
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
THE_SERVER = re.compile(r"postgresql://[^\s/]+/events")
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
def _demo_template(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Path:
    path = Path(shutil.copy(demo_file, tmp_path_factory.mktemp("demo") / "eventrec.db"))
    with contextlib.closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=DELETE")
    return path


@pytest.fixture
def demo(_demo_template: Path, tmp_path: Path) -> str:
    """The book that `eventrec demo` makes, where it makes it."""
    path = tmp_path / DEMO
    path.parent.mkdir()
    return str(shutil.copy(_demo_template, path))


@pytest.fixture
def server(postgres: Server) -> Iterator[str]:
    """An empty database, in the place of the one that the pages name."""
    yield postgres.create("docs_events")
    postgres.drop("docs_events")


def rows(address: str, sql: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(connection.open_for_reading(address)) as opened:
        return [tuple(row) for row in opened.execute(sql).fetchall()]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if commands(page) and page.name != "team.md"], ids=lambda page: page.name
)
def test_the_commands_of_a_page_run_in_order(page: Path, run: Run) -> None:
    for words in commands(page):
        assert words[0] == "eventrec", f"{page.name} has a command of another program in an sh block: {words}"
        result = run(*words[1:])
        assert result.code == 0, f"{page.name}: {shlex.join(words)}\n{result.err}"


ROLES = ("event_reader", "event_staff", "event_manager")


@pytest.fixture
def with_roles(server: str) -> Iterator[str]:
    """An empty database, and the roles that the page makes; roles belong to the whole server, so they go again."""
    with contextlib.closing(psycopg.connect(server, autocommit=True)) as opened:
        for block in blocks(DOCS / "team.md", "sql"):
            opened.execute(block.encode())
    yield server
    with contextlib.closing(psycopg.connect(server, autocommit=True)) as opened:
        opened.execute(f"DROP OWNED BY {', '.join(ROLES)}")
        opened.execute(f"DROP ROLE {', '.join(ROLES)}")


def test_the_commands_for_a_team_run_in_order_on_a_server(with_roles: str) -> None:
    for words in commands(DOCS / "team.md"):
        command = [
            str(Path(sys.executable).with_name("eventrec")),
            *[THE_SERVER.sub(with_roles, word) for word in words[1:]],
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{shlex.join(words)}\n{done.stderr}"
    with contextlib.closing(psycopg.connect(with_roles, autocommit=True)) as opened:
        opened.execute("UPDATE schema_mark SET mark = 1")
    upgrade(with_roles)
    for role in ROLES:
        with contextlib.closing(psycopg.connect(with_roles)) as opened:
            opened.execute(f"SET ROLE {role}")
            assert opened.execute("SELECT count(*) FROM v_head").fetchone() == (0,)
            statements = ("SELECT note FROM agency", "DELETE FROM event", "UPDATE change SET before = NULL")
            assert [may(opened, sql) for sql in statements] == [role != ROLES[0]] * 2 + [role == ROLES[2]]


def may(opened: psycopg.Connection, sql: str) -> bool:
    try:
        with opened.transaction():
            opened.execute(sql.encode())
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def test_the_example_of_counting_has_the_heads_that_its_page_shows(run: Run, sqlite_address: str) -> None:
    page = DOCS / "counting.md"
    for words in commands(page)[1:]:
        last = run(*words[1:], address=sqlite_address)
    heads = [
        tuple("" if cell is None else str(cell) for cell in row) for row in rows(sqlite_address, blocks(page, "sql")[0])
    ]
    assert heads == table(page, "participation_id")
    total = json.loads(last.out)["total"]
    said = {"participations": 12, "women": 4, "men": 8, "named": 1, "unnamed": 11, "uncounted": 1, "person_days": 24}
    assert {name: total[name] for name in said} == said
    assert rows(sqlite_address, blocks(page, "sql")[1]) == [(12,)]


def table(page: Path, heading: str) -> list[tuple[str, ...]]:
    """The body of the table whose first heading is the one given."""
    found: list[list[list[str]]] = []
    for token in tokens(page):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and found and token.level > 3:
            found[-1][-1].append(token.content)
    return next([tuple(row) for row in each[1:]] for each in found if each[0][0] == heading)


BY_AGENCY = [
    ("EX-BORDER", 3, 3, 6),
    ("EX-CITY", 5, 4, 10),
    ("EX-LABOUR", 2, 1, 9),
    ("EX-RETURN", 2, 1, 4),
    ("EX-UNI", 1, 1, 3),
]


@pytest.mark.usefixtures("demo")
def test_the_report_from_the_command_line_is_that_of_the_page(run: Run) -> None:
    answer = json.loads(run(*commands(DOCS / "scripts.md")[-1][1:]).out)
    columns = ("agency", "women", "men", "participations")
    assert [tuple(row[name] for name in columns) for row in answer["rows"]] == BY_AGENCY


@pytest.mark.usefixtures("demo")
def test_the_report_from_python_is_that_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    exec(blocks(DOCS / "scripts.md", "python")[0], {})  # noqa: S102
    printed = capsys.readouterr().out.splitlines()
    assert printed[:-1] == [" ".join(map(str, row)) for row in BY_AGENCY]
    assert printed[-1].startswith("32 ")
    assert Path("participants.xlsx").exists()


@pytest.mark.usefixtures("demo")
def test_the_correction_from_python_is_refused_when_somebody_was_faster(capsys: pytest.CaptureFixture[str]) -> None:
    exec(blocks(DOCS / "scripts.md", "python")[1], {})  # noqa: S102
    saved, refused, *changes = capsys.readouterr().out.splitlines()
    assert saved == "三号厅 2"
    assert refused.startswith("Event 1 was changed by tester")
    assert "venue empty → “Hall 3 / 三号厅” (you: “Hall 4”)" in refused
    assert changes[0] == "venue None {'en': 'Hall 3', 'zh': '三号厅'} {'en': 'Hall 4'}"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_report_from_sql_is_that_of_the_command_line(kind: str, request: pytest.FixtureRequest) -> None:
    address = str(request.getfixturevalue("demo" if kind == "sqlite" else "server"))
    if kind == "postgresql":
        record(address).close()
    by_agency, one_project = blocks(DOCS / "scripts.md", "sql")
    assert rows(address, by_agency) == BY_AGENCY
    assert rows(address, one_project) == [(126,)]


def test_the_report_from_r_is_that_of_the_command_line(demo: str) -> None:
    (block,) = blocks(DOCS / "scripts.md", "r")
    asked = re.search(r'dbGetQuery\(con, "(.+?)"\)', block, re.DOTALL)
    assert asked is not None
    by_sex = rows(demo, asked[1])
    for agency, women, men, participations in BY_AGENCY:
        found = {sex: people for each, sex, people in by_sex if each == agency}
        assert (found.get("female", 0), found.get("male", 0), sum(found.values())) == (women, men, participations)


def test_the_keys_of_a_page_are_those_of_the_command_line() -> None:
    assert [block.split() for block in blocks(DOCS / "data.md", "keys")] == [
        list(getattr(telling, f"{noun.upper()}_KEYS")) for noun in NOUNS
    ]


def test_the_keys_of_the_log_are_those_of_the_page() -> None:
    assert [tuple(block.split()) for block in blocks(DOCS / "history.md", "keys")] == [log.LOG_KEYS, log.CHANGE_KEYS]


def test_the_python_of_the_history_runs_after_its_commands(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for words in commands(DOCS / "history.md"):
        run(*words[1:])
    for block in blocks(DOCS / "history.md", "python"):
        exec(block, {})  # noqa: S102
    assert capsys.readouterr().out.splitlines()[-1].startswith("As of ")


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_in_json_has_the_keys_of_the_page(noun: str, demo: str, run: Run) -> None:
    listed = json.loads(run("--database", demo, noun, "list", "-f", "json").out)
    assert list(listed[0]) == blocks(DOCS / "data.md", "keys")[NOUNS.index(noun)].split()


def test_the_columns_of_a_page_are_those_of_the_views() -> None:
    assert [block.split() for block in blocks(DOCS / "data.md", "columns")] == [list(COLUMNS[view]) for view in VIEWS]


def test_every_variable_and_exit_code_of_the_readme_is_real() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    codes = {int(row[0]) for row in table(ROOT / "README.md", "code")}
    assert codes == {0, 130, *(error.exit_code for error in family(EventrecError))}
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert [name for name in re.findall(r"EVENTREC_[A-Z_]+", text) if f'"{name}"' not in source] == []


def family(error: type[EventrecError]) -> Iterator[type[EventrecError]]:
    yield error
    for each in error.__subclasses__():
        yield from family(each)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    words = "\n".join(
        [
            *blocks(page, "console"),
            *(c.content for t in tokens(page) for c in t.children or () if c.type == "code_inline"),
        ]
    )
    assert [name for name in re.findall(r"^make ([a-z]+)", words, re.MULTILINE) if name not in targets] == []


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


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["postgres"], *extras["docx"], *extras["draft"]]
    names = {re.split(r"[^\w-]", name)[0].lower() for name in needed}
    assert {row[0].split()[0].lower() for row in table(ROOT / "CONTRIBUTING.md", "name")} == names
