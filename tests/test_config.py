from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import platformdirs
import pytest

from eventrec import config
from eventrec.config import Folders
from eventrec.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    for name in ("data", "config", "state", "here"):
        (tmp_path / name).mkdir(exist_ok=True)
    return Folders(tmp_path / "data", tmp_path / "config", tmp_path / "state")


@pytest.fixture
def here(tmp_path: Path, folders: Folders) -> Path:
    assert folders.data.is_dir()
    return tmp_path / "here"


def test_an_option_comes_before_everything(here: Path, folders: Folders) -> None:
    (here / "eventrec.toml").write_text('database = "mine.db"')
    found = config.load("option.db", {"EVENTREC_DATABASE": "environment.db"}, here, folders)
    assert (found.database, found.source) == ("option.db", "--database")


def test_the_environment_comes_before_files(here: Path, folders: Folders) -> None:
    (here / "eventrec.toml").write_text('database = "mine.db"')
    assert config.load(None, {"EVENTREC_DATABASE": "environment.db"}, here, folders).database == "environment.db"


def test_a_file_here_comes_before_the_users_own(here: Path, folders: Folders) -> None:
    (folders.config / "eventrec.toml").write_text('database = "own.db"')
    assert config.load(None, {}, here, folders).database == str(folders.config / "own.db")
    (here / "eventrec.toml").write_text('database = "mine.db"')
    assert config.load(None, {}, here, folders).database == str(here / "mine.db")


def test_an_address_in_a_file_is_no_path(here: Path, folders: Folders) -> None:
    (here / "eventrec.toml").write_text('database = "postgresql://host/book"')
    assert config.load(None, {}, here, folders).database == "postgresql://host/book"


def test_only_the_default_book_may_be_made_by_the_way(here: Path, folders: Folders) -> None:
    default = config.load(None, {}, here, folders)
    assert (default.database, default.may_be_made) == (str(folders.data / "eventrec.db"), True)
    assert not config.load("typo.db", {}, here, folders).may_be_made


@pytest.mark.parametrize("written", ["records/book.db", "sqlite:///records/book.db"])
def test_a_path_in_a_file_starts_beside_it(here: Path, folders: Folders, written: str) -> None:
    (here / "eventrec.toml").write_text(f'database = "{written}"')
    assert config.load(None, {}, here, folders).database == str(here / "records" / "book.db")


def test_a_path_in_a_file_may_start_at_home(
    here: Path, folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (here / "eventrec.toml").write_text('database = "~/book.db"')
    assert config.load(None, {}, here, folders).database == str(tmp_path / "book.db")


def test_the_file_that_named_the_book_is_remembered(here: Path, folders: Folders) -> None:
    (here / "eventrec.toml").write_text('database = "mine.db"')
    assert config.load(None, {}, here, folders).source == str(here / "eventrec.toml")


def test_a_book_named_by_the_option_is_read_from_itself(here: Path, folders: Folders) -> None:
    found = config.load("other.db", {"EVENTREC_READ_DATABASE": "postgresql://standby/book"}, here, folders)
    assert found.read_database is None


def test_a_file_may_name_a_standby(here: Path, folders: Folders) -> None:
    (here / "eventrec.toml").write_text('database = "postgresql://a/b"\nread_database = "postgresql://c/b"')
    assert config.load(None, {}, here, folders).read_database == "postgresql://c/b"


def test_an_empty_variable_switches_the_standby_of_a_file_off(here: Path, folders: Folders) -> None:
    (here / "eventrec.toml").write_text('database = "postgresql://a/b"\nread_database = "postgresql://c/b"')
    assert config.load(None, {"EVENTREC_READ_DATABASE": ""}, here, folders).read_database is None
    found = config.load(None, {"EVENTREC_READ_DATABASE": "postgresql://d/b"}, here, folders)
    assert (found.read_database, found.read_source) == ("postgresql://d/b", "EVENTREC_READ_DATABASE")


def test_who_named_the_standby_is_remembered(here: Path, folders: Folders) -> None:
    (here / "eventrec.toml").write_text('database = "postgresql://a/b"\nread_database = "postgresql://c/b"')
    assert config.load(None, {}, here, folders).read_source == f"read_database in {here / 'eventrec.toml'}"


def test_a_misspelt_setting_is_told(here: Path, folders: Folders) -> None:
    (here / "eventrec.toml").write_text('databse = "mine.db"')
    with pytest.raises(UsageError, match="“databse” is no setting") as told:
        config.load(None, {}, here, folders)
    assert "database" in told.value.hint


def test_a_broken_file_is_named_with_its_line(here: Path, folders: Folders) -> None:
    (here / "eventrec.toml").write_text('database = "mine.db"\ndatabase\n')
    with pytest.raises(UsageError, match=r"eventrec\.toml .*line 2"):
        config.load(None, {}, here, folders)


def test_reads_can_go_to_a_standby(here: Path, folders: Folders) -> None:
    found = config.load(None, {"EVENTREC_READ_DATABASE": "postgresql://standby/book"}, here, folders)
    assert found.read_database == "postgresql://standby/book"


@pytest.mark.parametrize("text", ["database = ", "database = 3", "\x00", 'database = ""'])
def test_a_broken_file_is_named(here: Path, folders: Folders, text: str) -> None:
    (here / "eventrec.toml").write_text(text)
    with pytest.raises(UsageError, match=r"eventrec\.toml"):
        config.load(None, {}, here, folders)


@pytest.mark.parametrize("number", ["36501", "9" * 5000])
def test_a_number_of_backups_that_nobody_means_is_refused(here: Path, folders: Folders, number: str) -> None:
    with pytest.raises(UsageError, match="is too large"):
        config.load(None, {"EVENTREC_AUTOMATIC_BACKUPS": number}, here, folders)
    (here / "eventrec.toml").write_text(f"automatic_backups = {number}")
    with pytest.raises(UsageError, match=r"eventrec\.toml"):
        config.load(None, {}, here, folders)


def test_zeros_before_a_number_of_backups_do_not_matter(here: Path, folders: Folders) -> None:
    found = config.load(None, {"EVENTREC_AUTOMATIC_BACKUPS": "0" * 5000 + "36500"}, here, folders)
    assert found.automatic_backups == 36500


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize(
    "said",
    [
        {},
        {"XDG_DATA_HOME": "/srv/data"},
        {"XDG_CONFIG_HOME": "/srv/config", "XDG_STATE_HOME": "/srv/state"},
        {"XDG_DATA_HOME": "relative", "XDG_STATE_HOME": ""},
        {"HOME": "/home/li na"},
        {"HOME": "relative"},
    ],
    ids=str,
)
def test_the_users_folders_are_those_of_platformdirs(said: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "ANDROID_ROOT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert config.user_folders(os.environ) == Folders(
        data=platformdirs.user_data_path("eventrec", appauthor=False),
        config=platformdirs.user_config_path("eventrec", appauthor=False),
        state=platformdirs.user_state_path("eventrec", appauthor=False),
    )
