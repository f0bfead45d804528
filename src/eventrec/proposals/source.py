"""The release itself, as it goes into the file and from there into the book."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from eventrec.text.digests import digest_of

_NOT_KEPT: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LONGEST: Final = {"name": 255, "url": 2000}


@dataclass(frozen=True)
class Source:
    """What was read: the text, the name of the file without its place, and where it stands on the web."""

    text: str
    name: str | None = None
    url: str | None = None

    @classmethod
    def of(cls, text: str, *, name: str | None = None, url: str | None = None) -> Source:
        """Return a release to be kept: each control character is a blank, so that places in the text stay true."""
        plain = _NOT_KEPT.sub(" ", PurePath(name).name)[: _LONGEST["name"]] if name else None
        return cls(_NOT_KEPT.sub(" ", text), plain or None, _address(url))

    def at(self, url: str | None) -> Source:
        """Return the same release with the address that its text says, where none was given."""
        return self if self.url else replace(self, url=_address(url))

    @property
    def sha256(self) -> str:
        """The hash of the text in UTF-8, hexadecimal."""
        return digest_of(self.text)


def _address(url: str | None) -> str | None:
    """Return an address of the web; None for what is none that the book would take."""
    is_one = url and url.startswith(("http://", "https://")) and not re.search(r"[\s\x00-\x1f]", url)
    return url if is_one and 10 <= len(url or "") <= _LONGEST["url"] else None
