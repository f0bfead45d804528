"""In which encoding a text table is, and the refusal of what is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.formats import encodings
from eventrec.formats.sheets.records import Unreadable, damaged

if TYPE_CHECKING:
    from pathlib import Path


def encoding_of(path: Path) -> tuple[str, str]:
    """Return the encoding of a text file, and its name for people where it is not UTF-8. Raises Unreadable.

    The file may begin with a byte order mark, which reading it in this encoding may leave as its first character.
    """
    try:
        return encodings.encoding_of(lambda: path.open("rb"))
    except encodings.GoesOnOtherwise as error:
        raise damaged(path, f"it begins as {error.told} and goes on otherwise") from error
    except encodings.Binary as error:
        raise Unreadable(
            f"{path} is no text table: it holds bytes that are no text.", "Import an XLSX or CSV file."
        ) from error
    except encodings.NoText as error:
        raise Unreadable(
            f"{path} is in an encoding that is neither UTF-8, UTF-16 nor GB18030.",
            "Open it in Excel, save it as CSV UTF-8 and import that.",
        ) from error
