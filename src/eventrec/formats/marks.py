"""The marks by which a file tells that eventrec wrote it, so that it may be replaced without asking."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Final

from eventrec.patterns import late

PRODUCT: Final = "-//eventrec//"
"""How the PRODID of every calendar and card begins."""

DRAFT: Final = b"X-Unsent: 1\r\nX-Mailer: eventrec\r\n"
"""How a message begins that nobody has sent or saved anew: mail programs write their own fields first."""

COMMENT: Final = "Written by eventrec."
HTML_MARK: Final = f"<!-- {COMMENT} -->"
"""The second line of every page."""

WRITTEN_ON: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The date in every workbook's properties: no clock, so that identical records give identical bytes."""

_PRODID: Final = late(rb"\r?\nPRODID:" + re.escape(PRODUCT.encode()))
_PAGE: Final = f"<!doctype html>\n{HTML_MARK}\n".encode()
_PROPERTIES: Final = "docProps/core.xml"
_LARGEST: Final = 100_000


def written_by_eventrec(data: bytes) -> bool:
    """Tell whether eventrec wrote this calendar, card, page, message or workbook, and nobody saved it anew since.

    A calendar or a card says it in its first PRODID, so its beginning is enough; of a workbook all bytes are
    needed. Excel and LibreOffice change the date of modification when they save: such a workbook is the user's.
    Other formats carry no mark.
    """
    if data.startswith(b"BEGIN:V"):
        first = re.search(rb"\r?\nPRODID[:;]", data)
        return first is not None and _PRODID.match(data, first.start()) is not None
    if data.startswith((_PAGE, DRAFT)):
        return True
    return data.startswith(b"PK") and _is_our_workbook(data)


def _is_our_workbook(data: bytes) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_PROPERTIES) as member:
            properties = member.read(_LARGEST).decode()
    except (KeyError, ValueError, OSError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        return False
    modified = re.search(r"<dcterms:modified[^>]*>([^<]*)<", properties)
    return (
        f"<dc:description>{COMMENT}</dc:description>" in properties
        and modified is not None
        and modified[1] == WRITTEN_ON.strftime("%Y-%m-%dT%H:%M:%SZ")
    )
