"""The page that lists the calendars of a folder, for whoever subscribes to them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.texts import in_languages
from eventrec.formats.marks import HTML_MARK
from eventrec.formats.terminal import strip_controls, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eventrec.formats.ical.records import CalendarOptions

_HEADING: Final = {"en": "Calendars", "zh": "日历"}
_CALENDAR: Final = {"en": "Calendar", "zh": "日历"}
_EVENTS: Final = {"en": "Events", "zh": "活动"}
_HOW: Final = {
    "en": "Copy the address of a calendar and subscribe to it in your calendar program.",
    "zh": "复制日历的链接地址，在您的日历程序中订阅。",
}
_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .8rem .4rem 0;"
    "border-bottom:1px solid #ddd}td:last-child,th:last-child{text-align:right;padding-right:0;white-space:nowrap}"
    "a{color:#1f5a8a}"
)


@dataclass(frozen=True)
class ListedFeed:
    """A calendar of the folder: its file beside the page, its name by language, how many events it holds."""

    file: str
    name: Mapping[str, str]
    events: int


def render(feeds: Sequence[ListedFeed], options: CalendarOptions) -> bytes:
    """Write the page in the languages of the calendars: UTF-8, no script, nothing from elsewhere."""
    return ("\n".join(_lines(feeds, options)) + "\n").encode()


def _lines(feeds: Sequence[ListedFeed], options: CalendarOptions) -> Iterator[str]:
    def text(value: Mapping[str, str]) -> str:
        return escape(visible(" ".join(strip_controls(in_languages(value, options)).split())))

    language = options.main if options.languages == "both" else options.languages
    yield "<!doctype html>"
    yield HTML_MARK
    yield f'<html lang="{escape(language)}">'
    yield '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    yield f"<title>{text(_HEADING)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield f"<h1>{text(_HEADING)}</h1>"
    yield f"<p>{text(_HOW)}</p>"
    yield f"<table><tr><th>{text(_CALENDAR)}</th><th>{text(_EVENTS)}</th></tr>"
    for feed in feeds:
        yield f'<tr><td><a href="{escape(feed.file)}">{text(feed.name)}</a></td><td>{feed.events}</td></tr>'
    yield "</table>"
    yield "</html>"
