"""A saved web page: its main text, its headline, when it was put up and its address, by its own marks."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from eventrec.errors import UsageError
from eventrec.formats.ical import hypertext
from eventrec.formats.release.links import spelt_out
from eventrec.formats.release.parts import Release, called, facts

_MOST_TAGS: Final = 60_000
_DEEPEST: Final = 400
"""A page with more, or nested deeper, is no honest one: it is only stripped of its tags."""

_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]{0,15})\b[^<>]*+(/?)>", re.IGNORECASE)
_NOT_CLOSED: Final = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li",
))  # fmt: skip
_DATES: Final = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
_SITE: Final = re.compile(r"(?:\s+[–—»·-]\s+|\s*[|_｜]\s*)[^|_｜–—»]{2,80}$")
_HEADING: Final = re.compile(r"<h([1-3])\b[^<>]{0,500}>(.{1,400}?)</h\1>", re.IGNORECASE | re.DOTALL)
_SHORTEST: Final = 6
"""Characters of a heading that is taken for the beginning of the title."""

_HEADLINE_WITHIN: Final = 12
"""The headline is looked for in so many lines."""


def read(html: str, name: str, told: tuple[str, ...] = (), url: str | None = None) -> Release:
    """Return the release on a web page. Raises UsageError where trafilatura is not installed. Nothing is fetched."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise UsageError("Web pages need one more library.", "Install it: pip install 'eventrec[draft]'") from error
    html = spelt_out(html)
    if _is_honest(html):
        try:
            found: Any = bare_extraction(
                html, url=url, with_metadata=True, include_comments=False, include_tables=True, favor_recall=True,
                date_extraction_params=_DATES,
            )  # fmt: skip
        except Exception:  # the library has no error of its own for what it cannot take apart
            found = None
        if found is not None and (found.text or "").strip():
            text = _headed(_without_bars(found.text), _title(html, found.title or ""))
            return Release(text, called(name), told, _day(found.date), _address(found.url) or url)
    stripped = (*told, f"{called(name)} has no main text that can be told from its menus, so all of it was read.")
    return Release(hypertext.text_of(html, with_addresses=False), called(name), stripped, None, url)


def _is_honest(html: str) -> bool:
    """Tell whether a page is taken apart without harm: not too many tags, not nested too deeply."""
    depth = most = 0
    for count, tag in enumerate(_TAG.finditer(html)):
        if tag[2].lower() not in _NOT_CLOSED and not tag[3]:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            most = max(most, depth)
        if count > _MOST_TAGS or most > _DEEPEST:
            return False
    return True


def _without_bars(text: str) -> str:
    """Return the text with the rows of its tables as lines; trafilatura draws them with bars."""
    lines = []
    for line in text.split("\n"):
        if not line.startswith("|"):
            lines.append(line)
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if any(cell.strip("-: ") for cell in cells):
            lines.append(facts([cell for cell in cells if cell]))
    return "\n".join(lines)


def _title(html: str, title: str) -> str:
    """Return the title of a page without the name of its site, as the heading has it that the title begins with."""
    title = " ".join(title.split())
    for found in _HEADING.finditer(html):
        heading = " ".join(hypertext.text_of(found[2], with_addresses=False).split())
        if len(heading) >= _SHORTEST and title.startswith(heading):
            return heading
    return title


def _headed(text: str, title: str) -> str:
    """Return the text with its headline marked as one, and put before it where it is missing."""
    if not title:
        return text
    lines = text.split("\n")
    for wanted in dict.fromkeys((title, _SITE.sub("", title))):
        for at, line in enumerate(lines[:_HEADLINE_WITHIN]):
            if " ".join(line.lstrip("# ").split()).casefold() == wanted.casefold():
                lines[at] = f"# {line.lstrip('# ')}"
                return "\n".join(lines)
    return f"# {_SITE.sub('', title)}\n\n{text}"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _address(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) and len(url) <= 2000 else None
