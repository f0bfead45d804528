from pathlib import Path
from subprocess import run
from sys import executable

import pytest
from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from eventrec.errors import EventrecError
from eventrec.text import pinyin as tables
from eventrec.text.pinyin import readings

PHRASES = list(PHRASES_DICT)


def same(text: str) -> bool:
    usual = [ways[0] for ways in readings(text)]
    every = [[way.replace("ü", "v") for way in ways] for ways in readings(text)]
    return usual == lazy_pinyin(text, v_to_u=True) and every == pinyin(text, style=Style.NORMAL, heteronym=True)


def test_characters_read_as_pypinyin_reads_them() -> None:
    codes = sorted(PINYIN_DICT)
    assert all(same(chr(code)) for code in (*codes[::41], codes[0], codes[-1]))


def test_phrases_their_parts_and_two_of_them_read_as_pypinyin_reads_them() -> None:
    for phrase, other in zip(PHRASES[::191], reversed(PHRASES[::191]), strict=True):
        assert same(phrase), phrase
        assert same(phrase[1:]), phrase
        assert same(phrase[:-1] + other), phrase
    assert same(PHRASES[0])
    assert same(PHRASES[-1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Anna",
        "李 A. 娜·2",
        "吕绿",
        "嗯",
        "诶",
        "朝阳区",
        "重庆长春",
        "\u3007",
        "\ufa18\uf900",
        "𠀀𠀁",
        "𰀀",
        "かな李",
    ],
)
def test_other_characters_stay_as_they_are(text: str) -> None:
    assert same(text)


def test_without_pypinyin_nothing_is_read_from_where_one_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pinyin_dict.json").write_text('{\n"26446": "evil"\n}\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tables, "find_spec", lambda _: None)
    with pytest.raises(EventrecError, match="tables of pypinyin"):
        tables._Table("pinyin_dict.json", int)


def test_the_tables_are_not_brought_into_memory_as_a_module() -> None:
    program = (
        "import sys; from eventrec.text.pinyin import readings; readings('重庆'); sys.exit('pypinyin' in sys.modules)"
    )
    assert run([executable, "-c", program], cwd=Path(), check=False).returncode == 0
