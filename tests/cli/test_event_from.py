from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.proposals.making import TEXT, TODAY, full, proposal, source

from eventrec.proposals import to_toml

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Eventrec


TITLE = {"en": "Course on returns", "zh": "返回课程"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A proposal of a course of which nothing new is to be added but the event."""
    path = tmp_path / "proposal.toml"
    text = to_toml(proposal(full(title=TITLE, uncertain={"venue": "?"})), source(), TODAY)
    path.write_text(text.replace("new = true", "new = false"), encoding="utf-8")
    return path


def shown(eventrec: Eventrec, number: int) -> dict[str, Any]:
    (found,) = json.loads(eventrec("event", "show", number, "-f", "json").out)
    return dict(found)


def test_it_says_what_was_added_what_was_left_out_and_what_comes_next(eventrec: Eventrec, file: Path) -> None:
    result = eventrec("event", "add", "--from", file)
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines() == [
        "Event 3 was added.",
        "  Course on returns / 返回课程",
        "  Thursday 17 – Friday 18 October 2024 · held · Beijing / 北京, CN",
        "Visit 4 was added.",
        "  Example Airport / 示例机场",
        "  date not known · planned · Beijing / 北京, CN",
        "Left open in the file, and so not saved: venue of event 1.",
        "Project “Example Project” is not in the book and was left out, with its donors European Union: write"
        " new = true, or known = and its number.",
        "“Anna Lopez” is not in the book and was left out: write new = true, or known = and the number of the person.",
        "Site visits without a day are saved as planned; give their day: eventrec visit edit 4 --date … --status held",
        "  Next: eventrec event show 3",
        "  All of it back: eventrec undo",
    ]


def test_what_is_new_is_told_with_its_number(eventrec: Eventrec, file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("new = false", "new = true"), encoding="utf-8")
    told = eventrec("event", "add", "--from", file).err
    for line in ("Agency 4 was added.", "Project 2 was added.", "Contact 3 was added.", "Event 3 was added."):
        assert line in told
    assert shown(eventrec, 3)["contact"] == {"en": "Anna Lopez"}


def test_it_shows_where_it_was_read_from_and_gives_the_text_on_request(eventrec: Eventrec, file: Path) -> None:
    eventrec("event", "add", "--from", file)
    digest = source().sha256
    assert f"drafted from\tnews.txt, sha256 {digest[:12]}…" in eventrec("event", "show", 3).out
    assert shown(eventrec, 3)["sources"] == [{"name": "news.txt", "url": None, "sha256": digest}]
    assert eventrec("event", "show", 3, "--source").out == f"{TEXT}\n"
    assert TEXT[:20] not in eventrec("event", "show", 3).out
    assert shown(eventrec, 1)["sources"] == []


def test_an_event_that_was_typed_has_no_release(here: Eventrec) -> None:
    result = here("event", "show", 1, "--source")
    assert (result.code, result.out) == (3, "")
    assert "Event 1 was not drafted from a release." in result.err
    assert here("event", "show", 1, "--source", "-f", "json").code == 2


def test_a_dry_run_saves_nothing(eventrec: Eventrec, file: Path, untouched: Callable[[], bool]) -> None:
    result = eventrec("event", "add", "--from", file, "--dry-run")
    assert (result.code, result.err.splitlines()[0]) == (0, "Nothing was saved (--dry-run). Without it:")
    assert "Next:" not in result.err
    assert "undo" not in result.err
    assert untouched()


def test_undo_takes_all_of_it_away(eventrec: Eventrec, file: Path) -> None:
    eventrec("event", "add", "--from", file)
    assert eventrec("undo").code == 0
    assert eventrec("event", "show", 3).code == 3
    assert eventrec("event", "add", "--from", file).code == 0


def test_the_same_release_again_is_refused_unless_it_is_said(
    eventrec: Eventrec, file: Path, untouched: Callable[[], bool]
) -> None:
    assert eventrec("event", "add", "--from", file).code == 0
    result = eventrec("event", "add", "--from", file)
    assert result.code == 4
    assert "This release is in the book already: event 3" in result.err
    assert "add --twice" in result.err
    assert eventrec("event", "add", "--from", file, "--twice").code == 0
    assert not untouched()


def test_standard_input_is_read_as_a_file_is(here: Eventrec, file: Path) -> None:
    result = here("event", "add", "--from", "-", typed=file.read_text(encoding="utf-8"))
    assert (result.code, "Event 3 was added." in result.err) == (0, True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_of_a_windows_editor_is_read(here: Eventrec, file: Path, encoding: str) -> None:
    file.write_text(file.read_text(encoding="utf-8"), encoding=encoding, newline="\r\n")
    assert here("event", "add", "--from", file).code == 0
    assert here("event", "show", 3, "--source").out == f"{TEXT}\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no [[event]]."),
        (b"\xff\xfe\xd8", "is no proposal: it is no text in UTF-8."),
        (b"\x7fELF\x02\x01\x80\x80", "is no proposal: it is no text in UTF-8."),
        ("[[event]]\ntitle = '研讨会'\ndate = '????-11-03'\n".encode(), "line 3 (event 1): “????-11-03” does not say"),
        ("[[event]]\ntitle = '研讨会'\ncolour = 1\n".encode(), "line 3 (event 1): “colour” is not known here."),
    ],
)
def test_what_is_no_proposal_is_refused_in_words(here: Eventrec, file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    result = here("event", "add", "--from", file)
    assert (result.code, said in result.err, "proposal.toml" in result.err) == (4, True, True)


def test_a_file_that_is_not_there_is_said(here: Eventrec) -> None:
    result = here("event", "add", "--from", "nowhere.toml")
    assert result.code == here("draft", "nowhere.toml").code == 4
    assert "There is no file nowhere.toml." in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("name", [".", "x" * 5000 + ".toml"])
def test_what_cannot_be_read_is_data_that_is_rejected(here: Eventrec, name: str) -> None:
    result = here("event", "add", "--from", name)
    assert (result.code, "Traceback" in result.err) == (4, False)


def test_quiet_gives_the_number_of_the_event_alone(here: Eventrec, file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("new = false", "new = true"), encoding="utf-8")
    assert here("--quiet", "event", "add", "--from", file).out == "3\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Workshop", "--from", "p.toml"), "a title is too much"),
        (("--from", "p.toml", "--city", "Beijing"), "--city is too much"),
        ((), "An event needs a title."),
        (("Workshop", "--twice"), "go with --from"),
        (("Workshop", "--again"), "go with --from"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(here: Eventrec, words: tuple[str, ...], said: str) -> None:
    result = here("event", "add", *words)
    assert (result.code, said in result.err) == (2, True)


def test_the_log_says_in_words_what_the_event_was_drafted_from(here: Eventrec, file: Path) -> None:
    here("event", "add", "--from", file)
    told = here("log", "event", 3, "-f", "table").out
    assert "release added: news.txt" in told
    assert "officials met" not in told


def test_calendars_and_lists_never_carry_the_text(here: Eventrec, file: Path) -> None:
    here("event", "add", "--from", file)
    for words in (("export", "calendar", "-o", "out.ics"), ("export", "events", "-o", "out.csv")):
        assert here(*words).code == 0
        assert "officials met" not in Path(words[-1]).read_text(encoding="utf-8-sig")


def test_everything_about_a_person_has_the_paragraphs_of_releases_that_name_it(here: Eventrec, file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("new = false", "new = true"), encoding="utf-8")
    here("event", "add", "--from", file)
    found = json.loads(here("contact", "show", "Anna Lopez", "--everything", "-f", "json").out)
    (release,) = found["sources"]
    assert release["text"].startswith("On 17th October 2024")
    assert "Workshop on returns" not in release["text"]
    assert (release["name"], release["event_title"]) == ("news.txt", TITLE)
    assert found["mentioned"] == []


def test_forgetting_tells_of_the_releases_it_cleaned(here: Eventrec, file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("new = false", "new = true"), encoding="utf-8")
    here("event", "add", "--from", file)
    result = here("contact", "forget", "Anna Lopez", "-y")
    assert result.code == 0
    assert "releases that events were drafted from\t1" in result.out
    text = here("event", "show", 3, "--source").out
    assert "Lopez" not in text
    assert "said […] ([…])." in text


def test_an_earlier_day_has_the_releases_of_that_day(here: Eventrec, file: Path) -> None:
    here("event", "add", "--from", file)
    told = json.loads(here("event", "show", 3, "--as-of", "today", "-f", "json").out)
    assert [each["name"] for each in told[0]["sources"]] == ["news.txt"]
