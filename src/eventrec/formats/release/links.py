"""Mail addresses that a web page has in its links and not in its words."""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from urllib.parse import unquote

_LINK: Final = re.compile(
    r"(<a\b[^<>]{0,2000}?\bhref\s*=\s*[\"']?mailto:([^\"'<>?\s]{3,320})[^<>]{0,2000}>)([^<>]{0,500})(?=</a>)",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(
    r"<(a|span)\b[^<>]{0,1000}?\bdata-cfemail\s*=\s*[\"']([0-9a-f]{6,640})[\"'][^<>]{0,1000}>[^<>]{0,200}</\1>",
    re.IGNORECASE,
)


def spelt_out(html: str) -> str:
    """Return HTML with the mail addresses of its links in its words, also those that a page keeps from robots."""
    html = _HIDDEN.sub(lambda found: _revealed(found[2]) or found[0], html)
    return _LINK.sub(_added, html)


def _added(found: re.Match[str]) -> str:
    address = unquote(unescape(found[2]))
    if "@" not in address or address.casefold() in unescape(found[3]).casefold() or set("<>&") & set(address):
        return found[0]
    return f"{found[0]} {address}"


def _revealed(code: str) -> str:
    """Return an address that Cloudflare wrote in hexadecimal figures, the first two being the key to the others."""
    try:
        octets = bytes.fromhex(code)
        address = bytes(each ^ octets[0] for each in octets[1:]).decode()
    except ValueError:
        return ""
    return address if "@" in address and not set("<>&") & set(address) else ""
