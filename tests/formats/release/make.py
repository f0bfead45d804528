"""Files for the tests of reading releases."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

TEXT = "The Example Agency held a workshop on samples in Nowhere on 17 October 2024."
CHINESE = "2024年10月17日，示例机构在示例市举办样品管理培训班，来自各地的三十名学员参加培训。"

PAGE = """\
<!DOCTYPE html><html><head><meta charset="utf-8"><title>Officers trained on samples in Nowhere | Example Agency</title>
<meta property="article:published_time" content="2024-10-22T08:00:00Z">
<link rel="canonical" href="https://example.org/news/1"></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/who">Who we are</a></li></ul></nav></header>
<main><article><h1>Officers trained on samples in Nowhere</h1>
<p>Nowhere – The Example Agency (EA) held a workshop on <a href="https://example.org/samples">sample keeping</a> on
17 October 2024 for thirty officers of the Ministry of Samples.</p>
<p>The event was paid for by the Government of Elsewhere and opened by the Minister, who thanked everybody.</p>
<table><tr><th>Date</th><td>17 October 2024</td></tr><tr><th>Venue</th><td>Sample Hotel</td></tr></table>
<p>For more information: <a href="mailto:press@example.org">Ms. Jane Sample</a></p></article></main>
<footer>© Example Agency</footer><script>alert("3 May 1999")</script></body></html>
"""

HEAD = (
    "From: Jane Sample <jane@example.org>\r\nTo: all@example.org\r\nSubject: Officers trained on samples\r\n"
    "Date: Tue, 22 Oct 2024 23:30:00 +0800\r\nMIME-Version: 1.0\r\n"
)


def mail(rest: str) -> bytes:
    return (HEAD + rest).replace("\n", "\r\n").replace("\r\r\n", "\r\n").encode()


def archive(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return content.getvalue()


def saved(document: Any) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def picture() -> bytes:
    """Return a PNG of one dot."""
    parts = ((b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    made = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)
