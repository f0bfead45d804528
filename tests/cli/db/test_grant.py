from __future__ import annotations

import json
import subprocess
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.postgres import binaries
from tests.proposals.making import TODAY, full, proposal, source

from eventrec.proposals import to_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Eventrec
    from tests.conftest import Run

DIMENSIONS = "event,project,agency,side,country,kind,modality,role,sex,year,quarter,month"
COUNTED = (
    *(f"report participants --by {each}" for each in DIMENSIONS.split(",")),
    "report participants --expected --with-own-staff --roles organizer,participant --by agency",
    "report participants --roll-up successors --by agency --expected",
    "report participants --roll-up parents --by agency --expected",
    "report participants --project MMSP-III --agency NIA --city 北京 --country CN --agency-country CN --expected",
    "report participants --event 1 --kind workshop --role participant --status registered --expected",
    "report participants --event-status confirmed --event-modality in-person --modality in-person --side China",
    "report participants --during 2024 --only --expected --by month -f json",
    "report events --project MMSP-III --since 2024-01-01 --until 2024-12-31",
    "agency list --kind government",
    "project list --since 2024-01-01",
)
"""What a reader is there for: the same answers as the owner's, to the byte."""

NOT_FOR_A_READER = (
    "log",
    "search Zaitsev",
    "contact show 1",
    "report contacts",
    "export calendar -o events.ics",
    "export contacts -o people.vcf",
    "event add Another",
    "event edit 1 --city Beijing",
    "undo",
    "check",
    "db check",
    "db backup book.eventrec.zip",
    "privacy due",
)


@pytest.fixture
def anna(postgresql_programme: str) -> Iterator[str]:
    """The small programme's address for the role anna, which may do nothing yet."""
    with closing(psycopg.connect(postgresql_programme, autocommit=True)) as opened:
        opened.execute("CREATE ROLE anna LOGIN")
    yield postgresql_programme.replace("eventrec@", "anna@")
    with closing(psycopg.connect(postgresql_programme, autocommit=True)) as opened:
        opened.execute("DROP OWNED BY anna")
        opened.execute("DROP ROLE anna")


def test_the_sql_goes_to_standard_output_and_is_not_run(anna: str, postgresql_programme: str, run: Run) -> None:
    result = run("db", "grant", "reader", "anna", address=postgresql_programme)
    assert result.code == 0
    assert result.out.startswith("BEGIN;\nREVOKE ALL ON public.")
    assert result.out.endswith(" TO anna;\nCOMMIT;\n")
    assert result.err.startswith("Nothing was changed. ")
    assert run("event", "list", address=anna).code == 5


def test_a_reader_reports_and_is_told_what_it_does_not_see(anna: str, postgresql_programme: str, run: Run) -> None:
    given = run("db", "grant", "reader", "anna", "--apply", address=postgresql_programme)
    assert (given.code, given.out) == (0, "")
    assert (
        given.err
        == "The role anna is now a reader: it sees events, agencies, projects and every number, and nobody's name.\n"
    )
    for words in (
        ("report", "participants", "--by", "agency", "--expected", "--city", "Beijing"),
        ("report", "events", "--project", "MMSP-III"),
        ("agency", "list"),
        ("status",),
        ("db", "info"),
    ):
        assert run(*words, address=anna).code == 0, words
    listed = run("event", "list", "-f", "json", address=anna)
    assert listed.code == 0
    assert "Zaitsev" not in listed.out
    assert listed.err == "Left empty, since your role in the database may not see it: contact, status reason.\n"
    assert run("event", "show", 99, address=anna).code == 3


def test_a_reader_counts_like_the_owner(anna: str, postgresql_programme: str, run: Run) -> None:
    run("event", "edit", 1, "--status", "held", address=postgresql_programme)
    run("participant", "edit", 2, "--status", "attended", address=postgresql_programme)
    run("db", "grant", "reader", "anna", "--apply", address=postgresql_programme)
    for line in COUNTED:
        mine = run(*line.split(), address=anna)
        assert mine.code == 0, f"{line}\n{mine.err}"
        if line.startswith("report"):
            assert mine.out == run(*line.split(), address=postgresql_programme).out, line


def test_the_sql_is_for_psql(anna: str, postgresql_programme: str, run: Run) -> None:
    told = run("db", "grant", "writer", "anna", address=postgresql_programme)
    command = [str(binaries() / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", postgresql_programme]
    done = subprocess.run(command, input=told.stdout, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    assert run("event", "add", "Another", address=anna).code == 0


def test_a_reader_is_told_what_it_takes(anna: str, postgresql_programme: str, run: Run) -> None:
    run("db", "grant", "reader", "anna", "--apply", address=postgresql_programme)
    for line in NOT_FOR_A_READER:
        result = run(*line.split(), address=anna)
        assert (result.code, result.out) == (5, ""), line
        assert "does not let you" in result.err, line
        assert "eventrec db grant writer" in result.err, line


def test_a_writer_works_as_before_and_a_leaver_sees_nothing(anna: str, postgresql_programme: str, run: Run) -> None:
    run("db", "grant", "writer", "anna", "--apply", address=postgresql_programme)
    assert run("event", "remove", 2, "-y", address=anna).code == 0
    assert run("undo", address=anna).code == 0
    assert run("contact", "show", 1, address=anna).code == 0
    assert run("db", "check", address=anna).err == "The book is whole.\n"
    assert run("db", "backup", "book.eventrec.zip", address=anna).code == 0
    assert run("db", "grant", "nothing", "anna", "--apply", address=postgresql_programme).code == 0
    assert run("event", "list", address=anna).code == 5


def test_a_manager_forgets_and_a_writer_cannot(anna: str, postgresql_programme: str, run: Run) -> None:
    run("db", "grant", "writer", "anna", "--apply", address=postgresql_programme)
    refused = run("contact", "forget", 2, "-y", address=anna)
    assert (refused.code, refused.out) == (5, "")
    assert "(manager, to forget people" in refused.err
    assert "LI Na" in run("contact", "show", 2, address=anna).out
    run("db", "grant", "manager", "anna", "--apply", address=postgresql_programme)
    assert run("contact", "forget", 2, "-y", address=anna).code == 0
    assert run("contact", "show", 2, address=anna).code == 3
    assert run("db", "check", address=anna).err == "The book is whole.\n"


def test_a_writer_notes_what_was_given_away_and_cannot_unsay_it(anna: str, postgresql_programme: str, run: Run) -> None:
    run("db", "grant", "writer", "anna", "--apply", address=postgresql_programme)
    given = run("export", "contacts", "-o", "people.vcf", "--to", "EU", "--purpose", "final report", address=anna)
    assert given.code == 0, given.err
    note = json.loads(run("log", "-f", "json", address=anna).out)[0]["id"]
    assert run("undo", note, address=anna).code == 1
    assert "EU" in run("privacy", "disclosures", address=anna).out


def test_what_cannot_be_granted_is_told(eventrec: Eventrec, programme: str) -> None:
    on_server = programme.startswith("postgresql")
    result = eventrec("db", "grant", "reader", "nobody-here")
    assert result.code == (3 if on_server else 2)
    assert ('CREATE ROLE "nobody-here" LOGIN;' if on_server else "is a file") in result.err
    assert eventrec("db", "grant", "king", "anna").code == 2


def test_a_reader_exports_what_it_may_see_of_the_book(anna: str, postgresql_programme: str, run: Run) -> None:
    run("db", "grant", "reader", "anna", "--apply", address=postgresql_programme)
    result = run("export", "all", "-o", "book", address=anna)
    assert (result.code, result.out) == (0, ""), result.err
    names = sorted(path.name for path in Path("book").iterdir())
    assert names == ["agency.csv", "contact.csv", "event.csv", "head.csv", "participation.csv", "project.csv"]
    assert "may see nothing of it: book/contact_point.csv" in result.err
    assert "Left empty, since your role in the database may not see it:" in result.err
    assert "Zaitsev" not in "".join(path.read_text(encoding="utf-8") for path in Path("book").iterdir())


def test_who_may_see_nothing_exports_nothing(anna: str, run: Run) -> None:
    assert run("export", "all", "-o", "book", address=anna).code == 5
    assert not Path("book").exists()


def test_a_reader_is_told_that_looking_back_needs_the_history(anna: str, postgresql_programme: str, run: Run) -> None:
    run("db", "grant", "reader", "anna", "--apply", address=postgresql_programme)
    result = run("report", "participants", "--as-of", "2024-10-17", address=anna)
    assert (result.code, result.out) == (5, "")
    assert "Looking back needs the history, which your role in the database may not see" in result.err
    assert "grant" not in result.err


def test_old_words_are_taken_out_of_the_history_by_a_manager_alone(
    anna: str, postgresql_programme: str, run: Run
) -> None:
    run("event", "edit", 1, "--results", "Opened by LI Na.", address=postgresql_programme)
    run("event", "edit", 1, "--results", "Opened by the host.", address=postgresql_programme)
    run("db", "grant", "writer", "anna", "--apply", address=postgresql_programme)
    refused = run("privacy", "scrub", "event", 1, "results", "-y", address=anna)
    assert (refused.code, "(manager, to forget people" in refused.err) == (5, True)
    run("db", "grant", "manager", "anna", "--apply", address=postgresql_programme)
    done = run("privacy", "scrub", "event", 1, "results", "-y", address=anna)
    assert (done.code, "only the owner of the tables" in done.err) == (0, True)
    assert "Opened by LI Na." not in run("log", "event", 1, "-f", "json", address=anna).out


def test_a_reader_sees_that_an_event_was_drafted_from_a_release_and_not_its_words(
    anna: str, postgresql_programme: str, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "proposal.toml"
    path.write_text(to_toml(proposal(full(title={"en": "Course"})), source(), TODAY), encoding="utf-8")
    assert run("event", "add", "--from", path, address=postgresql_programme).code == 0
    run("db", "grant", "reader", "anna", "--apply", address=postgresql_programme)
    (shown,) = json.loads(run("event", "show", 3, "-f", "json", address=anna).out)
    assert shown["sources"] == [{"name": None, "url": None, "sha256": source().sha256}]
    result = run("event", "show", 3, "--source", address=anna)
    assert (result.code, result.out) == (5, "")
    assert "may not see releases" in result.err
