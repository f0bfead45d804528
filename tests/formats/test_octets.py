from __future__ import annotations

from io import BytesIO

import pytest

from eventrec.formats import octets


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_text_that_comes_in_pieces_is_read_wherever_they_are_cut(
    size: int, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(octets, "_PIECE", size)
    text = "研讨会, Workshop, 𠀀\r\n" * 3
    file = BytesIO(text.encode(encoding))
    assert "".join(octets.decoded_pieces(octets.pieces(file), encoding)) == text
    assert octets.are(encoding, octets.pieces(file))


@pytest.mark.parametrize("content", ["研".encode()[:-1], b"a" * 70_000 + b"\xff", "研".encode("gb18030")])
def test_one_octet_that_is_not_utf_8_is_found_wherever_it_stands(content: bytes) -> None:
    assert not octets.are("utf-8", octets.pieces(BytesIO(content)))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_characters_that_were_folded_are_mended_wherever_pieces_are_cut(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(octets, "_PIECE", size)
    text = "研讨会𠀀é" * 20
    content = text.encode()
    folded = b"\r\n ".join(content[at : at + 7] for at in range(0, len(content), 7))
    found, encoding = octets.texts(BytesIO(folded))
    assert ("".join(found).replace("\r\n ", ""), encoding) == (text, "")
