from __future__ import annotations

import hashlib
import stat
from typing import TYPE_CHECKING

import pytest

from eventrec import files, streamed
from eventrec.errors import EventrecError, OutputExists, PartlyWritten
from eventrec.formats.marks import written_by_eventrec
from eventrec.streamed import Hashed, Several
from eventrec.table import Anew

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_what_passed_is_hashed() -> None:
    hashed = Hashed([b"one", b"two"])
    assert list(hashed) == [b"one", b"two"]
    assert hashed.digest == hashlib.sha256(b"onetwo").hexdigest()


def test_a_file_is_written_while_it_comes_and_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"

    def pieces() -> Iterator[bytes]:
        for at in range(3):
            assert not path.exists()
            yield b"%d\n" % at

    assert streamed.save(path, Hashed(pieces()))
    assert path.read_bytes() == b"0\n1\n2\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_error_while_it_comes_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    files.save(path, b"before")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise EventrecError("The book is damaged.")

    with pytest.raises(EventrecError, match="damaged"):
        streamed.save(path, Hashed(pieces()), force=True)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_eventrec_wrote_is_replaced_whichever_way_it_was_written(tmp_path: Path) -> None:
    path, ledger = tmp_path / "a.csv", tmp_path / "ledger"
    files.save(path, b"one", ledger=ledger)
    assert streamed.save(path, Hashed([b"two"]), ledger=ledger)
    assert not streamed.save(path, Hashed([b"t", b"wo"]), ledger=ledger)
    assert files.save(path, b"three", ledger=ledger)


@pytest.mark.parametrize("recorded", [b"theirs", b"x" * 100_000])
def test_a_file_of_somebody_else_is_left_alone_without_force(tmp_path: Path, recorded: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(recorded)
    with pytest.raises(OutputExists):
        streamed.save(path, Hashed([b"ours"]), ledger=tmp_path / "ledger", recognised=written_by_eventrec)
    assert path.read_bytes() == recorded
    assert streamed.save(path, Hashed([b"ours"]), force=True)
    assert path.read_bytes() == b"ours"


def test_a_long_file_that_says_at_its_beginning_that_it_is_ours_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(b"BEGIN:VCARD\r\nPRODID:-//eventrec//Contacts//EN\r\n" + b"x" * 100_000)
    assert streamed.save(path, Hashed([b"new"]), recognised=written_by_eventrec)


def test_a_link_is_not_followed_and_with_force_it_is_replaced_itself(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"theirs")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    with pytest.raises(OutputExists):
        streamed.save(link, Hashed([b"ours"]))
    assert streamed.save(link, Hashed([b"ours"]), force=True)
    assert not link.is_symlink()
    assert (tmp_path / "real").read_bytes() == b"theirs"


def test_nothing_is_changed_when_the_last_step_before_refuses(tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    files.save(path, b"before")

    def refuse() -> None:
        raise EventrecError("The note could not be saved.")

    with pytest.raises(EventrecError, match="note"):
        streamed.save(path, Hashed([b"after"]), force=True, before=refuse)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_left_of_a_file_that_cannot_take_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(tmp_path), "replace", fail)
    with pytest.raises(EventrecError, match="full"):
        streamed.save(tmp_path / "a.vcf", Hashed([b"a"]))
    assert list(tmp_path.iterdir()) == []


def test_files_that_took_their_place_before_one_could_not_are_named_and_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, ledger = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "ledger"
    replace = type(tmp_path).replace

    def fail(staged: Path, target: Path) -> Path:
        if target == second:
            raise OSError(13, "Permission denied")
        return replace(staged, target)

    monkeypatch.setattr(type(tmp_path), "replace", fail)
    with pytest.raises(PartlyWritten, match=r"may not be written here\. Written before that: .*a\.csv\."):
        streamed.Several({first: Hashed([b"1"]), second: Hashed([b"2"])}, ledger=ledger).save()
    assert first.read_bytes() == b"1"
    assert not second.exists()
    monkeypatch.undo()
    assert streamed.Several({first: Hashed([b"3"]), second: Hashed([b"4"])}, ledger=ledger).save() == [first, second]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EventrecError, match="does not exist"):
        streamed.save(tmp_path / "nowhere" / "a.vcf", Hashed([b"a"]))


def test_of_several_files_all_or_none_take_their_place(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_bytes(b"somebody's")
    contents = {tmp_path / "a.csv": Hashed([b"a"]), tmp_path / "b.csv": Hashed([b"b"])}
    with pytest.raises(OutputExists):
        Several(contents).save()
    assert [each.name for each in tmp_path.iterdir()] == ["b.csv"]
    assert Several(contents, force=True).save() == list(contents)
    assert Several(contents).save() == []


def test_several_files_can_be_read_one_after_the_other_before_they_take_their_place(tmp_path: Path) -> None:
    several = Several({tmp_path / name: Hashed([name.encode()]) for name in ("b", "a")})
    seen = []
    several.save(lambda: seen.append(b"".join(several)))
    assert seen == [b"ab"]


def test_what_begins_anew_is_written_from_its_last_beginning_on(tmp_path: Path) -> None:
    class Twice:
        begun = False

        def __iter__(self) -> Iterator[bytes]:
            if not self.begun:
                self.begun = True
                yield b"void"
                raise Anew
            yield b"good"

    content = Hashed(Twice())
    assert streamed.save(tmp_path / "a.csv", content)
    assert (tmp_path / "a.csv").read_bytes() == b"good"
    assert content.digest == hashlib.sha256(b"good").hexdigest()
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]
