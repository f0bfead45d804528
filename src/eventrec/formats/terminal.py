"""Text from records on its way to a screen or a file: nothing in it acts on a terminal, all is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.patterns import late

if TYPE_CHECKING:
    import re

_CONTROLS: Final = late(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BIDI: Final = "\u202a-\u202e\u2066-\u2069"
_UNSEEN: Final = late(f"[\x00-\x1f\x7f-\x9f{_BIDI}\u2028\u2029\ufeff\ud800-\udfff]")


def visible(text: str, lines: bool = False) -> str:
    r"""Return text that is safe to print: control characters and bidi overrides are shown, never obeyed.

    ESC becomes ␛, a right-to-left override ⟨U+202E⟩. With `lines`, newlines stay as they are; else they are
    shown as ␊. Text that holds none of these comes back as it is.
    """
    if text.isprintable():  # most texts are, and none of the unseen is
        return text
    if lines:
        return "\n".join(_UNSEEN.sub(_picture, line) for line in text.split("\n"))
    return _UNSEEN.sub(_picture, text)


def strip_controls(text: str) -> str:
    """Return text without C0, DEL and C1 characters, apart from newline and tab; lone surrogates go too."""
    return text if text.isprintable() else _CONTROLS.sub("", text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
