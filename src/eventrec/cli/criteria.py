"""From the options that every list, report and export shares to criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import UsageError
from eventrec.views.options import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.cli.context import App
    from eventrec.views.criteria import Criteria

_SAME: Final = (
    "event",
    "project",
    "agency",
    "side",
    "contact",
    "kind",
    "agency_kind",
    "city",
    "text",
    "status",
    "event_status",
    "modality",
    "event_modality",
    "role",
    "source",
    "consent",
    "only",
)


def criteria_of(app: App, options: Mapping[str, Any], **renamed: str) -> Criteria:
    """Return the criteria; `renamed` says what an option is called there, such as `status="event_status"`."""
    given: dict[str, Any] = {name: options[name] for name in _SAME if options.get(name)}
    for name, real in renamed.items():
        if name in given:
            given[real] = given.pop(name)
    for name in ("country", "agency_country"):
        if options.get(name):
            from eventrec.text.places import read_country

            given[name] = [read_country(text) for text in options[name]]
    if given.get("consent"):
        given["consent_on"] = app.today.isoformat()
    return resolve(app.reader, **given, **period_of(app, options))


def period_of(app: App, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return `since` and `until`, both inclusive, as ISO text, as far as the options ask for them."""
    since, until, during = (options.get(name) for name in ("since", "until", "during"))
    if not (since or until or during):
        return {}
    if during and (since or until):
        raise UsageError("--during says the whole period.", "Leave out --since and --until, or --during.")
    from eventrec.text.dates import read_bound, read_period

    if during:
        first, last = read_period(during, app.today)
        return {"since": first.isoformat(), "until": last.isoformat()}
    found: dict[str, str] = {}
    if since:
        found["since"] = read_bound(since, app.today, last=False).isoformat()
    if until:
        found["until"] = read_bound(until, app.today, last=True).isoformat()
    if since and until and found["since"] > found["until"]:
        raise UsageError(
            f"The period ends ({found['until']}) before it starts ({found['since']}).", "Correct one of them."
        )
    return found
